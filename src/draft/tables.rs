//! Tables of words that come with the program: headings in brackets, lines below them.

/// The lines of a table, each with the heading above it; without those that are empty or a comment.
pub(crate) fn lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut heading = "";
    table.lines().map(str::trim).filter_map(move |line| {
        let named = line.strip_prefix('[');
        if let Some(name) = named.and_then(|rest| rest.strip_suffix(']')) {
            heading = name;
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((heading, line))
    })
}
