//! Text in boxes: paragraphs one under the other, measured and then set.

use crate::draw::geometry::Rect;
use crate::draw::scene::{Anchor, Colour, Label, set};
use crate::draw::text::{Face, Paragraph, Room, Span, Style, balanced, wrap};

use super::words::{NodeWords, Setting};

/// A name.
pub(super) const NAME: Style = Style {
    face: Face::Bold,
    size: 13.0,
};
/// What was said.
pub(super) const WORDS: Style = Style {
    face: Face::Regular,
    size: 13.0,
};
/// What was said, in the words of whoever reports it.
pub(super) const PARAPHRASE: Style = Style {
    face: Face::Italic,
    size: 13.0,
};
/// The small line.
pub(super) const NOTE: Style = Style {
    face: Face::Regular,
    size: 10.0,
};

/// Paragraphs one under the other.
#[derive(Debug, Clone)]
pub(super) struct Block {
    paragraphs: Vec<Paragraph>,
    anchor: Anchor,
}

impl Block {
    /// Paragraphs along one side.
    pub(super) fn new(paragraphs: Vec<Paragraph>, anchor: Anchor) -> Self {
        Block { paragraphs, anchor }
    }

    /// How high it is.
    pub(super) fn height(&self) -> f64 {
        self.paragraphs.iter().map(Paragraph::height).sum()
    }

    /// How wide it is.
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

    /// Its labels, in the middle of a box's height.
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

/// One style of words.
pub(super) fn span(text: &str, style: Style, colour: Colour) -> Span<'_> {
    Span {
        text,
        style,
        colour,
    }
}

/// A node's name over its small line, in the middle; three lines and two at the most.
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

/// What was said in at most so many lines: a quote upright, a paraphrase italic.
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
