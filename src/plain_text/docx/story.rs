//! The paragraphs of a part of a document.

use std::collections::{BTreeMap, BTreeSet};

use annals_source::xml::{Element, Piece, Xml, decode};
use annals_source::{At, SourceError};

use super::labels::{Section, style};
use crate::document::title;
use crate::pages::Style;

/// The paragraphs of a part.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// The paragraphs, with a form feed where Word last began a page, and footnotes behind the paragraph that
    /// refers to them.
    pub(super) paragraphs: Vec<String>,
    pub(super) sections: Vec<Section>,
    /// The first paragraph in the style of titles.
    pub(super) title: Option<String>,
    /// Whether changes are tracked in it.
    pub(super) changes: bool,
}

/// Footnotes or endnotes by their ids, in the order of the part.
#[derive(Debug, Default)]
pub(super) struct Notes {
    order: Vec<String>,
    by_id: BTreeMap<String, Vec<String>>,
}

impl Notes {
    pub(super) fn read(part: &[u8], at: &At) -> Result<Self, SourceError> {
        let mut reader = Reader::default();
        reader.read(part, at, &Notes::default())?;
        Ok(reader.notes)
    }

    /// All paragraphs of all notes.
    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.order
            .iter()
            .filter_map(|id| self.by_id.get(id))
            .flatten()
    }
}

impl Story {
    pub(super) fn read(part: &[u8], at: &At, footnotes: &Notes) -> Result<Self, SourceError> {
        let mut reader = Reader::default();
        reader.read(part, at, footnotes)?;
        Ok(reader.story)
    }
}

/// A paragraph that is open.
#[derive(Debug, Default)]
struct Open {
    text: String,
    /// Footnotes that it refers to.
    footnotes: Vec<String>,
    is_title: bool,
}

#[derive(Debug, Default)]
struct Reader {
    story: Story,
    notes: Notes,
    /// The open paragraphs: those of a text box lie in the one that anchors it.
    open: Vec<Open>,
    /// Paragraphs of text boxes, until the one that anchors them ends.
    boxes: Vec<String>,
    /// How deep the reader is in what is no text: what was moved away, the second version of a drawing.
    skipped: usize,
    /// The names of the open elements, without prefixes.
    elements: Vec<String>,
    /// The pages begun.
    pages: usize,
    /// The note that is read.
    note: Option<String>,
    numbers: Option<(Option<u32>, Style)>,
    /// The footnotes that stand in the text already.
    placed: BTreeSet<String>,
}

impl Reader {
    fn read(&mut self, part: &[u8], at: &At, footnotes: &Notes) -> Result<(), SourceError> {
        let decoded = decode(part, at, None)?;
        let mut xml = Xml::new(&decoded.text, &at.file);
        while let Some(piece) = xml.next()? {
            match piece {
                Piece::Start(element) => self.start(&element),
                Piece::End(_) => self.end(footnotes),
                Piece::Text(text) => {
                    if self.skipped == 0 && self.elements.last().is_some_and(|name| name == "t") {
                        self.push(&text);
                    }
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    fn start(&mut self, element: &Element) {
        let name = element.local();
        self.elements.push(name.to_owned());
        if self.skipped > 0 || matches!(name, "Fallback" | "moveFrom") {
            self.skipped += 1;
        }
        self.story.changes |= matches!(name, "ins" | "del" | "moveFrom" | "moveTo");
        if self.skipped > 0 {
            return;
        }
        match name {
            // Properties hold elements of the same names.
            "tab" if self.elements.iter().any(|open| open == "tabs") => {}
            "p" => self.open.push(Open::default()),
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => {
                // A page break is told by where Word began the next page.
                if element
                    .attribute("type")
                    .is_none_or(|kind| kind == "textWrapping")
                {
                    self.push("\n");
                } else {
                    self.push(" ");
                }
            }
            "noBreakHyphen" => self.push("\u{2011}"),
            "lastRenderedPageBreak" => {
                self.pages += 1;
                self.push("\u{c}");
            }
            "pStyle" => {
                let of_title = element
                    .attribute("val")
                    .is_some_and(|style| style == "Title");
                if let Some(open) = self.open.last_mut() {
                    open.is_title |= of_title;
                }
            }
            "footnoteReference" => {
                let id = element.attribute("id").map(str::to_owned);
                if let (Some(id), Some(open)) = (id, self.open.last_mut()) {
                    open.footnotes.push(id);
                }
            }
            "footnote" | "endnote" => {
                // Those with a type are the lines above the notes.
                let usual = element
                    .attribute("type")
                    .is_none_or(|kind| kind == "normal");
                self.note = element.attribute("id").filter(|_| usual).map(str::to_owned);
            }
            "sectPr" => self.numbers = Some((None, Style::Decimal)),
            "pgNumType" => {
                let start = element
                    .attribute("start")
                    .and_then(|start| start.parse().ok());
                let style = element.attribute("fmt").map_or(Style::Decimal, style);
                self.numbers = Some((start, style));
            }
            _ => {}
        }
    }

    fn end(&mut self, footnotes: &Notes) {
        let Some(name) = self.elements.pop() else {
            return;
        };
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name.as_str() {
            "p" => self.end_paragraph(footnotes),
            // A cell of a table is parted from the next by its paragraph.
            "footnote" | "endnote" => self.note = None,
            "sectPr" => {
                if let Some((start, style)) = self.numbers.take() {
                    self.story.sections.push(Section {
                        last: self.pages,
                        start,
                        style,
                    });
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self, footnotes: &Notes) {
        let Some(done) = self.open.pop() else {
            return;
        };
        if !self.open.is_empty() {
            self.boxes.push(done.text);
            return;
        }
        if done.is_title && self.story.title.is_none() {
            self.story.title = title(&done.text);
        }
        let boxes = std::mem::take(&mut self.boxes);
        let paragraphs = std::iter::once(done.text).chain(boxes);
        if let Some(id) = &self.note {
            if !self.notes.by_id.contains_key(id) {
                self.notes.order.push(id.clone());
            }
            self.notes
                .by_id
                .entry(id.clone())
                .or_default()
                .extend(paragraphs);
            return;
        }
        self.story.paragraphs.extend(paragraphs);
        for id in done.footnotes {
            if let Some(note) = footnotes.by_id.get(&id)
                && self.placed.insert(id)
            {
                self.story.paragraphs.extend(note.iter().cloned());
            }
        }
    }
}
