//! The blocks of a page: paragraphs, headings, items, rows.

use super::NOT_SHOWN;
use crate::document::title;
use crate::paragraphs::Paragraphs;

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "math", "meter", "nobr", "output",
    "picture", "progress", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "svg", "time", "tt", "u", "var", "wbr",
];

/// The text of a page as it grows.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    paragraphs: Paragraphs,
    block: String,
    /// How many elements that keep white space are open.
    kept: usize,
    /// How many quotations are open.
    quotes: usize,
    in_heading: bool,
    heading: Option<String>,
}

impl Blocks {
    pub(super) fn start(&mut self, name: &str) {
        match name {
            "br" => {
                self.block.push('\n');
                return;
            }
            // Browsers set the marks.
            "q" => {
                self.block.push(if self.quotes.is_multiple_of(2) {
                    '“'
                } else {
                    '‘'
                });
                self.quotes += 1;
                return;
            }
            "td" | "th" => {
                if !self.block.trim().is_empty() {
                    self.block.push('\t');
                }
                return;
            }
            _ => {}
        }
        self.around(name);
        match name {
            "pre" | "listing" | "xmp" | "plaintext" => self.kept += 1,
            "h1" => self.in_heading = true,
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        match name {
            "q" if self.quotes > 0 => {
                self.quotes -= 1;
                self.block.push(if self.quotes.is_multiple_of(2) {
                    '”'
                } else {
                    '’'
                });
                return;
            }
            "br" | "td" | "th" => return,
            _ => {}
        }
        self.around(name);
        match name {
            "pre" | "listing" | "xmp" => self.kept = self.kept.saturating_sub(1),
            "h1" => self.in_heading = false,
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.kept > 0 {
            self.block.push_str(&text.replace("\r\n", "\n"));
            return;
        }
        // White space of HTML, of which a no-break space is none. A line break that is meant is kept.
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                if !self.block.ends_with([' ', '\n', '\t']) && !self.block.is_empty() {
                    self.block.push(' ');
                }
            } else if c != '\u{ad}' && c != '\0' {
                // Soft hyphens are where a word may be broken, and are not shown.
                self.block.push(c);
            }
        }
    }

    /// Ends a block, unless the element stands within a line.
    fn around(&mut self, name: &str) {
        // Elements of authors, such as `<my-word>`, stand within a line.
        if INLINE.contains(&name) || NOT_SHOWN.contains(&name) || name.contains('-') {
            return;
        }
        let block = std::mem::take(&mut self.block);
        if self.in_heading && self.heading.is_none() {
            self.heading = title(&block);
        }
        // Two line breaks and more part paragraphs, except where white space is kept.
        if self.kept > 0 {
            self.paragraphs.push(&block);
        } else {
            for paragraph in block.split("\n\n") {
                self.paragraphs.push(paragraph);
            }
        }
    }

    /// The text, and the first heading.
    pub(super) fn finish(mut self) -> (String, Option<String>) {
        self.kept = 0;
        self.around("body");
        (self.paragraphs.finish(), self.heading)
    }
}
