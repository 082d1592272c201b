//! The pictures, one file each, and what they share: text, boxes, headings, column order.

mod boxes;
mod claims;
mod frame;
mod graph;
mod ladder;
mod limit;
mod order;
mod timeline;
mod words;

use super::Picture;

/// Every picture, in the order in which help shows them.
pub static PICTURES: &[&dyn Picture] = &[
    &claims::Claims,
    &timeline::Timeline,
    &ladder::Ladder,
    &graph::Graph,
];

/// The approximate number of nodes that a page can show; above it, a picture shows less and says
/// so.
pub(super) const MOST_NODES: usize = 300;

/// "1 claim", "23 claims".
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    format!(
        "{} {}",
        grouped(count),
        if count == 1 { one } else { several }
    )
}

/// A count with commas: "12,345".
pub(super) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
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
