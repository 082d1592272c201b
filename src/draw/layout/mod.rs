//! The pictures, one file each, and what they share: text, boxes, headings, column order.

mod boxes;
pub(crate) mod claims;
mod frame;
pub(crate) mod graph;
pub(crate) mod ladder;
mod limit;
pub(crate) mod network;
mod order;
pub(crate) mod timeline;
mod words;

pub(super) use annals_format::counted;

/// About how many nodes a page can show; past that, a picture shows less and says so.
pub(super) const MOST_NODES: usize = 300;

/// How to see what a picture leaves out.
pub(super) const SELECT: &str = "select with --from, --by, --about";

/// "the picture shows the most recent; 144 older claims are left out: select with …".
pub(super) fn left_out(count: usize, [one, several]: [&str; 2], select: &str) -> Option<String> {
    let are = if count == 1 { "is" } else { "are" };
    let what = counted(count, one, several);
    (count > 0)
        .then(|| format!("the picture shows the most recent; {what} {are} left out: {select}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_words() {
        assert_eq!(counted(1, "claim", "claims"), "1 claim");
        assert_eq!(counted(0, "claim", "claims"), "0 claims");
        assert_eq!(counted(1_234_567, "claim", "claims"), "1,234,567 claims");
    }
}
