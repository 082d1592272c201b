//! A text of YAML of which a part is lost, because it stands without quotes.

use std::ops::Range;

/// A scalar of YAML that ends before its text does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cut<'a> {
    /// What YAML reads.
    pub(crate) read: &'a str,
    /// What seems to be meant: all of it, as the file has it.
    pub(crate) whole: &'a str,
    /// The bytes of the file that the whole takes up.
    pub(crate) bytes: Range<usize>,
    /// How many of them YAML reads.
    pub(crate) kept: usize,
    /// What ends it.
    pub(crate) by: CutBy,
}

/// What ends a text that stands without quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CutBy {
    /// A comma within `{ }`: what follows would be a key.
    Comma,
    /// A `#` after a space: what follows is a comment.
    Hash,
}

impl Cut<'_> {
    /// What is lost, without the comma.
    pub(crate) fn lost(&self) -> &str {
        let lost = self.whole.get(self.kept..).unwrap_or_default();
        lost.trim_start_matches([',', ' ', '\t', '\n', '\r'])
    }

    /// The whole on one line, as YAML reads a text that goes on on the next.
    pub(crate) fn on_one_line(&self) -> String {
        let lines: Vec<&str> = self.whole.lines().map(str::trim).collect();
        lines.join(" ")
    }
}
