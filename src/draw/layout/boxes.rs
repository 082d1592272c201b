//! Text in boxes: stacked paragraphs, measured and then positioned.

use crate::Canvas;
use crate::geometry::Rect;
use crate::scene::{Anchor, Colour, Form, Label, Part, Role, Shape, set};
use crate::text::{Face, Paragraph, Room, Span, Style, balanced, wrap};
use annals_model::RecordRef;

use super::words::{NodeWords, Setting};

/// A name.
pub(super) const NAME: Style = Style {
    face: Face::Bold,
    size: 13.0,
};
/// Quoted text.
pub(super) const WORDS: Style = Style {
    face: Face::Regular,
    size: 13.0,
};
/// Text in the annotator's wording.
pub(super) const PARAPHRASE: Style = Style {
    face: Face::Italic,
    size: 13.0,
};
/// The small line.
pub(super) const NOTE: Style = Style {
    face: Face::Regular,
    size: 10.0,
};

/// Stacked paragraphs.
#[derive(Debug, Clone)]
pub(super) struct Block {
    paragraphs: Vec<Paragraph>,
    anchor: Anchor,
}

impl Block {
    /// Left-aligned paragraphs.
    pub(super) fn new(paragraphs: Vec<Paragraph>, anchor: Anchor) -> Self {
        Block { paragraphs, anchor }
    }

    /// The height.
    pub(super) fn height(&self) -> f64 {
        self.paragraphs.iter().map(Paragraph::height).sum()
    }

    /// The width.
    pub(super) fn width(&self) -> f64 {
        (self.paragraphs.iter().map(Paragraph::width)).fold(0.0, f64::max)
    }

    /// Whether something is left out of its first paragraph.
    pub(super) fn is_cut(&self) -> bool {
        self.paragraphs.first().is_some_and(|one| one.cut)
    }

    /// How high its first line is.
    pub(super) fn first_line(&self) -> f64 {
        let first = self.paragraphs.iter().find(|one| !one.lines.is_empty());
        first.map_or(0.0, |one| {
            let lines = u32::try_from(one.lines.len()).unwrap_or(u32::MAX);
            one.height() / f64::from(lines)
        })
    }

    /// Its labels, centred vertically in a box.
    pub(super) fn set(&self, room: Rect) -> Vec<Label> {
        let mut top = room.y + (room.height - self.height()) / 2.0;
        let mut labels = Vec::new();
        for paragraph in &self.paragraphs {
            let height = paragraph.height();
            let room = Rect::new(room.x, top, room.width, height);
            labels.extend(set(paragraph, room, self.anchor));
            top += height;
        }
        labels
    }
}

/// The padding between the sides of a box and its text.
pub(super) const PAD: (f64, f64) = (12.0, 8.0);

/// A box with its text.
#[derive(Debug, Clone)]
pub(super) struct Boxed {
    pub(super) id: String,
    pub(super) words: NodeWords,
    pub(super) block: Block,
    /// From the top of the sheet.
    pub(super) rect: Rect,
}

impl Boxed {
    /// Renders it at a vertical offset, with a class of its own and its link.
    pub(super) fn part(
        &self,
        canvas: &Canvas<'_, '_>,
        class: &str,
        record: Option<RecordRef>,
        top: f64,
    ) -> Part {
        let rect = Rect {
            y: self.rect.y + top,
            ..self.rect
        };
        let class = format!("{class} {}", self.words.class);
        let mut part = Part::new(self.id.clone(), class.trim_start(), Role::Node(rect));
        part.tooltip.clone_from(&self.words.tooltip);
        part.link = record.and_then(|record| canvas.link(record));
        part.shapes.push(Shape::Area(self.words.area(rect)));
        let mut room = rect.inset(PAD.0, PAD.1);
        let (left, right) = points(&self.words);
        room.x += left;
        room.width -= left + right;
        part.write(self.block.set(room));
        part
    }
}

/// The width available for text in a box of this width.
pub(super) fn room(words: &NodeWords, width: f64) -> f64 {
    let (left, right) = points(words);
    width - 2.0 * PAD.0 - left - right
}

/// The width that the pointed ends of a box take.
fn points(words: &NodeWords) -> (f64, f64) {
    match words.form {
        Form::Pointed(start, end) => (start / 2.0, end / 2.0),
        Form::Ellipse => (0.0, 16.0),
        _ => (0.0, 0.0),
    }
}

/// A span of text in one style.
pub(super) fn span(text: &str, style: Style, colour: Colour) -> Span<'_> {
    Span {
        text,
        style,
        colour,
    }
}

/// A node's name above its details, centred; at most three and two lines.
pub(super) fn node(words: &NodeWords, text: Colour, width: f64) -> Block {
    let (style, ending) = match words.setting {
        Setting::Name => (NAME, "…"),
        Setting::Quote => (WORDS, "…”"),
        Setting::Paraphrase => (PARAPHRASE, "…"),
    };
    let room = Room {
        width,
        lines: 3,
        ending,
    };
    let name = balanced(&[span(&words.name, style, text)], room);
    let note = balanced(
        &[span(&words.note, NOTE, words.look.note)],
        Room::new(width, 2),
    );
    Block::new(vec![name, note], Anchor::Middle)
}

/// The text of a claim, cut to a number of lines: a quote upright, a paraphrase italic.
pub(super) fn said(words: &NodeWords, text: Colour, width: f64, lines: usize) -> Paragraph {
    let (style, ending) = match words.setting {
        Setting::Paraphrase => (PARAPHRASE, "…"),
        Setting::Quote => (WORDS, "…”"),
        Setting::Name => (WORDS, "…"),
    };
    let room = Room {
        width,
        lines,
        ending,
    };
    wrap(&[span(&words.name, style, text)], room)
}
