//! The excerpt shown of a file: one or a few lines, cut if they are long.
//!
//! A fact file may be one line of a hundred megabytes, and a paragraph of a text is often a single
//! line.

use std::ops::Range;

use crate::{Excerpt, FilePlace, Fix, Label, Locate, Located, Place};

/// How much of a line is shown before and after a mark, in bytes.
const AROUND: usize = 60;
/// A longer line is cut, in bytes.
const LONG_LINE: usize = 240;
/// The most bytes shown of a cut line.
const MOST: usize = 600;
/// The most lines shown of a passage.
const MOST_LINES: usize = 4;
/// The longest sentence that is written out, in characters.
const LONGEST_SENTENCE: usize = 500;

/// An excerpt to render, with the marks in it.
pub(super) struct Window {
    /// The text to render; "…" marks what was cut off.
    pub(super) source: String,
    /// The line of the file on which `source` begins.
    pub(super) line: usize,
    /// The place of the first label that is pointed at.
    pub(super) place: FilePlace,
    /// The marks; empty if the whole file is meant, or can no longer be read.
    pub(super) marks: Vec<Mark>,
    /// A sentence that is wider than the drawing.
    pub(super) sentence: Option<String>,
}

/// A place in a window.
pub(super) struct Mark {
    /// Bytes of the window's source, on character boundaries.
    pub(super) range: Range<usize>,
    pub(super) role: Role,
    pub(super) label: String,
}

/// The role of a label in its finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The location of the finding.
    Primary,
    /// Another place.
    Other,
    /// The context of another place: shown without a label.
    Around,
}

/// A label that was found in its file.
struct Found {
    located: Located,
    role: Role,
    label: String,
}

impl Found {
    fn bytes(&self) -> Range<usize> {
        self.located.bytes.clone().unwrap_or(0..0)
    }

    /// Whether both can share a window: on one line or in its sentence, close together, and without
    /// overlap.
    fn goes_with(&self, other: &Found) -> bool {
        let (a, b) = (&self.located.place, &other.located.place);
        let near = a.file == b.file && a.line <= b.line && b.end_line <= a.end_line;
        if !near || self.located.bytes.is_none() || other.located.bytes.is_none() {
            return false;
        }
        let (a, b) = (self.bytes(), other.bytes());
        let around = self.role == Role::Around || other.role == Role::Around;
        let apart = a.end < b.start || b.end < a.start;
        let gap = b
            .start
            .saturating_sub(a.end)
            .max(a.start.saturating_sub(b.end));
        (around || apart) && gap <= LONG_LINE
    }
}

/// The windows of the labels of a finding, in their order: labels share a window if they can.
pub(super) fn windows(labels: &[Label], files: &dyn Locate, width: usize) -> Vec<Window> {
    let mut rows: Vec<Vec<Found>> = Vec::new();
    for (nth, label) in labels.iter().enumerate() {
        let role = match nth {
            0 => Role::Primary,
            _ if label.text.is_empty() => Role::Around,
            _ => Role::Other,
        };
        let found = Found {
            located: shown(label, files),
            role,
            label: label.text.clone(),
        };
        match rows
            .iter_mut()
            .find(|row| row.iter().all(|one| one.goes_with(&found)))
        {
            Some(row) => row.push(found),
            None => rows.push(vec![found]),
        }
    }
    rows.into_iter()
        .filter_map(|row| window(row, files, width))
        .collect()
}

/// The range of a label, cut to the lines shown.
fn shown(label: &Label, files: &dyn Locate) -> Located {
    let mut located = files.locate(&label.place);
    let most = if matches!(label.place, Place::Passage(..)) {
        MOST_LINES
    } else {
        1
    };
    let last = located.place.line + most - 1;
    if let (Some(bytes), true) = (&mut located.bytes, located.place.end_line > last) {
        if let Some(line) = files.lines(located.file, last, last) {
            bytes.end = line.end().max(bytes.start);
        }
        located.place.end_line = last;
    }
    located
}

fn window(row: Vec<Found>, files: &dyn Locate, width: usize) -> Option<Window> {
    // The first mark gives the place; a sentence without a mark gives its own.
    let first = row
        .iter()
        .find(|found| found.role != Role::Around)
        .or(row.first())?;
    let place = first.located.place.clone();
    let (source, line) = (String::new(), place.line);
    let nothing = Window {
        source,
        line,
        place,
        marks: Vec::new(),
        sentence: None,
    };
    let file = first.located.file;
    if first.located.bytes.is_none() {
        return Some(nothing);
    }
    let line = row
        .iter()
        .map(|found| found.located.place.line)
        .min()
        .unwrap_or(line);
    let last = row
        .iter()
        .map(|found| found.located.place.end_line)
        .max()
        .unwrap_or(line);
    let Some(lines) = files.lines(file, line, last.max(line)) else {
        return Some(nothing);
    };
    let cut = cut(&lines, &row);
    let mut source = String::new();
    source.push_str(if cut.start > lines.start { "…" } else { "" });
    let shift = source.len();
    source.push_str(lines.get(cut.clone()));
    source.push_str(if cut.end < lines.end() { "…" } else { "" });
    let inside = |at: usize| lines.floor(at.clamp(cut.start, cut.end)) - cut.start + shift;
    let sentence = sentence(&row, &lines, width);
    let marks = row.into_iter().map(|found| {
        let bytes = found.bytes();
        let range = inside(bytes.start)..inside(bytes.end);
        Mark {
            range,
            role: found.role,
            label: found.label,
        }
    });
    Some(Window {
        source,
        line,
        marks: marks.collect(),
        sentence,
        ..nothing
    })
}

/// The sentence around a place, if it does not fit on one line of the output.
fn sentence(row: &[Found], lines: &Excerpt<'_>, width: usize) -> Option<String> {
    let around = row.iter().find(|found| found.role == Role::Around)?;
    let sentence = lines.get(around.bytes());
    if sentence
        .lines()
        .all(|line| line.chars().count() + 10 <= width)
    {
        return None;
    }
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let whole = words.join(" ");
    let mut shown: String = whole.chars().take(LONGEST_SENTENCE).collect();
    if shown.len() < whole.len() {
        shown.push('…');
    }
    Some(shown.chars().flat_map(crate::visible).collect())
}

/// Cuts long lines to the marks and some context.
fn cut(lines: &Excerpt<'_>, row: &[Found]) -> Range<usize> {
    if lines.text.len() <= LONG_LINE {
        return lines.bytes();
    }
    let join = |a: Range<usize>, b: Range<usize>| a.start.min(b.start)..a.end.max(b.end);
    let all = row
        .iter()
        .map(Found::bytes)
        .reduce(join)
        .unwrap_or(lines.bytes());
    let pointed = row
        .iter()
        .filter(|found| found.role != Role::Around)
        .map(Found::bytes);
    let pointed = pointed.reduce(join).unwrap_or(all.clone());
    let wanted = if all.len() <= MOST { all } else { pointed };
    let end = wanted.end.min(wanted.start + MOST);
    let start = wanted.start.saturating_sub(AROUND).max(lines.start);
    lines.floor(start)..lines.floor((end + AROUND).min(lines.end()))
}

/// A change within one line.
pub(super) struct Change {
    /// The line, or an excerpt of it.
    pub(super) source: String,
    pub(super) line: usize,
    /// Bytes of `source` that are replaced.
    pub(super) range: Range<usize>,
    /// The replacement.
    pub(super) text: String,
}

/// The changes of a fix that can be rendered: those within one line.
pub(super) fn changes(fix: &Fix, files: &dyn Locate) -> Vec<Change> {
    let changes = fix.edits.iter().filter_map(|edit| {
        let (located, new) = files.spell(edit);
        let line = located.place.line;
        let line = files.lines(located.file, line, line)?;
        let bytes = located.bytes?;
        let within = line.start <= bytes.start && bytes.end <= line.end() && bytes.len() <= MOST;
        if !within || new.len() > MOST || new.contains(['\n', '\r']) {
            return None;
        }
        let mut shown = line.bytes();
        if line.text.len() > LONG_LINE {
            let start = bytes.start.saturating_sub(AROUND).max(line.start);
            shown = line.floor(start)..line.floor((bytes.end + AROUND).min(line.end()));
        }
        let before = if shown.start > line.start { "…" } else { "" };
        let after = if shown.end < line.end() { "…" } else { "" };
        let shift = |at: usize| at - shown.start + before.len();
        Some(Change {
            source: format!("{before}{}{after}", line.get(shown.clone())),
            line: located.place.line,
            range: shift(bytes.start)..shift(bytes.end),
            text: new,
        })
    });
    changes.collect()
}
