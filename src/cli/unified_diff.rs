//! The lines of files that change, as a unified diff.

use std::io::{self, Write};

use similar::TextDiff;

/// Draws what becomes of a file.
pub(super) fn draw(
    out: &mut dyn Write,
    file: &str,
    [before, after]: [&str; 2],
    styled: bool,
) -> io::Result<()> {
    let diff = TextDiff::from_lines(before, after);
    let drawn = diff.unified_diff().header(file, file).to_string();
    for line in drawn.lines() {
        let colour = match line.as_bytes().first() {
            Some(b'+') => "32",
            Some(b'-') => "31",
            _ => "",
        };
        let shown: String = line.chars().flat_map(annals_finding::visible).collect();
        if styled && !colour.is_empty() {
            writeln!(out, "\u{1b}[{colour}m{shown}\u{1b}[0m")?;
        } else {
            writeln!(out, "{shown}")?;
        }
    }
    Ok(())
}
