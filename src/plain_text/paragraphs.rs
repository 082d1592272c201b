//! Paragraphs as they are written: a blank line between them.

/// A text that grows by paragraphs.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    pub(crate) text: String,
    /// Pages that begin before the next paragraph.
    pages: usize,
    /// Whether the next paragraph goes on with the last.
    goes_on: bool,
}

impl Paragraphs {
    /// Adds a paragraph, less the white space around it; nothing if it is blank. Form feeds in it begin pages.
    pub(crate) fn push(&mut self, paragraph: &str) {
        let blank = |c: char| c.is_whitespace() && c != '\u{c}';
        let words = paragraph.trim();
        if words.is_empty() {
            self.pages += paragraph.matches('\u{c}').count();
            return;
        }
        // Form feeds around the words stay, white space around them does not.
        let start = paragraph.len() - paragraph.trim_start().len();
        let end = start + words.len();
        self.pages += paragraph[..start].matches('\u{c}').count();
        let lower = words.chars().next().is_some_and(char::is_lowercase);
        let goes_on = std::mem::take(&mut self.goes_on) && lower;
        if !self.text.is_empty() && !goes_on {
            self.text.push_str("\n\n");
        }
        for _ in 0..std::mem::take(&mut self.pages) {
            self.text.push('\u{c}');
        }
        for (number, line) in words.split('\n').enumerate() {
            if number > 0 {
                self.text.push('\n');
            }
            self.text.push_str(line.trim_matches(blank));
        }
        self.pages = paragraph[end..].matches('\u{c}').count();
    }

    /// Ends a page. A paragraph that goes on is parted only by the form feed.
    #[cfg_attr(
        not(feature = "pdf"),
        allow(dead_code, reason = "pages of DOCX end within paragraphs")
    )]
    pub(crate) fn end_page(&mut self, goes_on: bool) {
        self.pages += 1;
        self.goes_on = goes_on;
    }

    /// The text as a whole, with a line break at its end.
    pub(crate) fn finish(mut self) -> String {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        // Empty pages at the end are pages too.
        for _ in 0..self.pages {
            self.text.push('\u{c}');
        }
        self.text
    }
}
