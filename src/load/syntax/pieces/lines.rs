//! The lines of a YAML text, as far as they say where a list of records and its items begin.

use std::ops::Range;

use super::kind_of_letters;
use crate::syntax::json::{is_file_field, kind_of_list};

/// A line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its bytes, without the line break.
    pub(super) bytes: Range<usize>,
    /// How many spaces it begins with.
    pub(super) indent: usize,
    /// Whether a tab is among the white space that it begins with.
    pub(super) has_tab: bool,
    pub(super) is: LineIs,
}

/// What a line is, by its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineIs {
    /// Blank, or a comment.
    Nothing,
    /// `---` or `...`.
    Mark,
    /// It begins with a dash that is an item's.
    Dash,
    Other,
}

impl Line {
    /// All lines of a text, from a byte on.
    pub(super) fn all(text: &str, from: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut start = from;
        while start < text.len() {
            let rest = &text.as_bytes()[start..];
            let end = memchr::memchr(b'\n', rest).map_or(text.len(), |at| start + at);
            lines.push(Line::of(text, start..end));
            start = end + 1;
        }
        lines
    }

    fn of(text: &str, bytes: Range<usize>) -> Line {
        let line = &text[bytes.clone()];
        let content = line.trim_start_matches([' ', '\t']);
        let blank = &line[..line.len() - content.len()];
        let indent = blank.bytes().take_while(|byte| *byte == b' ').count();
        let content = content.trim_end();
        let is_mark = |mark| {
            let rest = content.strip_prefix(mark);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        };
        let is = if content.is_empty() || content.starts_with('#') {
            LineIs::Nothing
        } else if blank.is_empty() && (is_mark("---") || is_mark("...")) {
            LineIs::Mark
        } else if is_mark("-") {
            LineIs::Dash
        } else {
            LineIs::Other
        };
        Line {
            bytes,
            indent,
            has_tab: blank.contains('\t'),
            is,
        }
    }

    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.bytes.clone()]
    }

    /// The first word of an item, or the mark with which it begins.
    pub(super) fn first_word<'t>(&self, text: &'t str) -> &'t str {
        let rest = self.text(text).trim_start_matches([' ', '\t', '-']);
        let word = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let mark = rest.chars().next().map_or(0, char::len_utf8);
        &rest[..if word == 0 { mark } else { word }]
    }

    /// The column in which the content of an item begins.
    pub(super) fn content_indent(&self, text: &str) -> usize {
        let rest = &self.text(text)[self.indent..];
        let after = rest.trim_start_matches('-');
        let content = after.trim_start_matches(' ');
        self.indent + rest.len() - content.len()
    }
}

/// The name of a field of the file that begins on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) name: String,
    /// Its bytes in the line, quotation marks included.
    pub(super) key: Range<usize>,
    /// Whether it is written as a key is. Else it only has the letters of one.
    pub(super) is_key: bool,
    /// Over how many lines it goes.
    pub(super) lines: usize,
}

impl Head {
    /// By the text of a line in the first column, and of the one after it.
    pub(super) fn of(line: &str, next: &str) -> Option<Head> {
        let written = Head::written(line);
        let is_known =
            |head: &Head| kind_of_list(&head.name).is_some() || is_file_field(&head.name);
        if written.as_ref().is_some_and(is_known) {
            return written;
        }
        Head::meant(line, next).or(written)
    }

    /// A key, and its colon.
    fn written(line: &str) -> Option<Head> {
        let (name, end) = match line.chars().next()? {
            quote @ ('"' | '\'') => {
                let end = line[1..].find(quote)? + 1;
                (&line[1..end], end + 1)
            }
            _ => {
                let ends = |at: usize| {
                    let after = line[at + 1..].chars().next();
                    after.is_none_or(char::is_whitespace)
                };
                let end = line.match_indices(':').find(|(at, _)| ends(*at))?.0;
                (line[..end].trim_end(), end)
            }
        };
        let after = line[end..].trim_start().strip_prefix(':')?;
        let is_key = after.chars().next().is_none_or(char::is_whitespace);
        (is_key && !name.is_empty()).then(|| Head {
            name: name.to_owned(),
            key: 0..end,
            is_key: true,
            lines: 1,
        })
    }

    /// A key that has been damaged, or broken in two.
    pub(super) fn meant(line: &str, next: &str) -> Option<Head> {
        let own = line.split('#').next().unwrap_or("").trim_end();
        let whole = kind_of_letters(own).map(|kind| (kind, 1));
        let in_two = || {
            let begins = own.starts_with(char::is_alphanumeric);
            let next = next.split('#').next().unwrap_or("");
            let kind = kind_of_letters(&format!("{own}{next}")).filter(|_| begins)?;
            Some((kind, 2))
        };
        let (kind, lines) = whole.or_else(in_two)?;
        Some(Head {
            name: kind.plural().to_owned(),
            key: 0..own.len(),
            is_key: false,
            lines,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(line: &str) -> Option<(String, bool)> {
        Head::of(line, "").map(|head| (head.name, head.is_key))
    }

    #[test]
    fn names_of_lists_are_recognised_whatever_the_slip() {
        for line in [
            "actors:",
            "\"actors\": # people",
            "actors:  - id: x",
            "actors: [",
        ] {
            assert_eq!(name(line), Some(("actors".into(), true)), "{line}");
        }
        for line in ["actors", "\"actors:", "[actors:", "actors[", "ac\"tors"] {
            assert_eq!(name(line), Some(("actors".into(), false)), "{line}");
        }
        let broken = Head::of("act", "ors:").map(|head| head.name);
        assert_eq!(broken.as_deref(), Some("actors"));
        assert_eq!(name("actorz:"), Some(("actorz".into(), true)));
        assert_eq!(name("of the town, and more"), None);
        assert_eq!(name("https://x"), None);
    }

    #[test]
    fn lines_are_told_apart() {
        use LineIs::{Dash, Mark, Nothing, Other};
        let text = "a:\n\n  # c\n  - x\n\t- y\n---\n  -z\n -\r\n";
        let lines = Line::all(text, 0);
        let is: Vec<LineIs> = lines.iter().map(|line| line.is).collect();
        assert_eq!(is, [Other, Nothing, Nothing, Dash, Dash, Mark, Other, Dash]);
        assert!(lines[4].has_tab && !lines[3].has_tab);
        assert_eq!(lines[3].content_indent(text), 4);
    }
}
