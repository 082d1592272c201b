//! Findings drawn with their lines, in the style of rustc.
//!
//! Each place is drawn with its line alone, cut to a window where the line is long: fact files may
//! be one line of a hundred megabytes.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet,
};

use crate::finding::{Finding, Label, Locate, Located, Place, Severity};

/// How findings are drawn.
#[derive(Debug, Clone, Copy)]
pub struct Drawing {
    /// With colours (ANSI sequences).
    pub colour: bool,
    /// With which letters.
    pub letters: Letters,
    /// How wide, in columns.
    pub width: usize,
}

/// The letters that lines and corners are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// Box drawing characters.
    Boxes,
    /// ASCII alone.
    Ascii,
}

/// How much of a line is shown before and after what is pointed at, in bytes.
const AROUND: usize = 60;
/// A longer line is cut to a window.
const LONG_LINE: usize = 240;
/// How many lines of a passage are shown.
const MOST_LINES: usize = 4;

/// Draws one finding, without a line break at its end.
pub fn text(finding: &Finding, files: &dyn Locate, drawing: Drawing) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let windows = windows(finding, files);
    let mut group = level
        .primary_title(finding.message.as_str())
        .id(finding.code.code)
        .elements(Vec::<Origin<'_>>::new());
    for window in &windows {
        group = window.draw(group);
    }
    for note in &finding.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    let mut report = vec![group];
    let patches: Vec<_> = finding
        .fixes
        .iter()
        .map(|fix| patches(fix, files))
        .collect();
    for (fix, patches) in finding.fixes.iter().zip(&patches) {
        let mut group = Group::with_title(Level::HELP.secondary_title(fix.message.as_str()));
        for patch in patches {
            group = group.element(
                Snippet::source(patch.source)
                    .line_start(patch.line)
                    .patch(Patch::new(patch.range.clone(), patch.text.as_str())),
            );
        }
        report.push(group);
    }
    let renderer = if drawing.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let style = match drawing.letters {
        Letters::Boxes => DecorStyle::Unicode,
        Letters::Ascii => DecorStyle::Ascii,
    };
    renderer
        .decor_style(style)
        .term_width(drawing.width)
        .render(&report)
}

/// A stretch of a file that is drawn, with what is pointed at in it.
struct Window<'f> {
    source: &'f str,
    /// The byte of the file at which `source` begins.
    start: usize,
    first: Located,
    marks: Vec<Mark>,
}

struct Mark {
    /// Bytes of `source`.
    range: Range<usize>,
    kind: AnnotationKind,
    label: String,
}

impl Window<'_> {
    fn draw<'a>(&'a self, group: Group<'a>) -> Group<'a> {
        let place = &self.first.place;
        let origin = Origin::path(place.file.as_str());
        if self.marks.is_empty() {
            return group.element(origin);
        }
        let origin = origin.line(place.line).char_column(place.column);
        let marks = self.marks.iter().map(|mark| -> Annotation<'a> {
            let label = (!mark.label.is_empty()).then_some(mark.label.as_str());
            mark.kind.span(mark.range.clone()).label(label)
        });
        let snippet = Snippet::source(self.source)
            .line_start(place.line)
            .fold(false);
        group.element(origin).element(snippet.annotations(marks))
    }
}

/// The windows of a finding: labels on one line share one.
fn windows<'f>(finding: &Finding, files: &'f dyn Locate) -> Vec<Window<'f>> {
    let mut rows: Vec<(Located, Vec<(Located, AnnotationKind, String)>)> = Vec::new();
    for (nth, label) in finding.labels.iter().enumerate() {
        let kind = if nth == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let located = shown(label, files);
        let text = label.text.clone();
        let same = rows.iter_mut().find(|(first, _)| {
            let (a, b) = (&first.place, &located.place);
            // The whole sentence of a text and what differs in it are drawn together.
            a.file == b.file && a.line <= b.line && b.end_line <= a.end_line.max(a.line)
        });
        match same {
            Some((_, marks)) => marks.push((located, kind, text)),
            None => rows.push((located.clone(), vec![(located, kind, text)])),
        }
    }
    rows.into_iter()
        .map(|(first, marks)| window(first, marks, files))
        .collect()
}

/// Where a label is, cut to the lines that are drawn.
fn shown(label: &Label, files: &dyn Locate) -> Located {
    let mut located = files.locate(&label.place);
    let most = if matches!(label.place, Place::Passage(..)) {
        MOST_LINES
    } else {
        1
    };
    let last = located.place.line + most - 1;
    if let (Some(bytes), true) = (&mut located.bytes, located.place.end_line > last) {
        if let Some(line) = files.line(located.file, last) {
            bytes.end = line.end.max(bytes.start);
        }
        located.place.end_line = last;
    }
    located
}

fn window<'f>(
    first: Located,
    marks: Vec<(Located, AnnotationKind, String)>,
    files: &'f dyn Locate,
) -> Window<'f> {
    let nothing = |first| Window {
        source: "",
        start: 0,
        first,
        marks: Vec::new(),
    };
    let lines = files
        .text(first.file)
        .zip(first.bytes.clone())
        .and_then(|(text, _)| {
            let from = files.line(first.file, first.place.line)?;
            let to = files.line(first.file, first.place.end_line)?;
            Some((text, from.start..to.end.max(from.end)))
        });
    let Some((text, lines)) = lines else {
        return nothing(first);
    };
    let marked = marks
        .iter()
        .filter_map(|(located, ..)| located.bytes.clone());
    let marked = marked.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
    let marked = marked.unwrap_or(lines.clone());
    let cut = cut(text, &lines, &marked);
    let source = &text[cut.clone()];
    let marks = marks.into_iter().filter_map(|(located, kind, label)| {
        let bytes = located.bytes?;
        let inside = |at: usize| floor(source, at.clamp(cut.start, cut.end) - cut.start);
        Some(Mark {
            range: inside(bytes.start)..inside(bytes.end),
            kind,
            label,
        })
    });
    Window {
        source,
        start: cut.start,
        first,
        marks: marks.collect(),
    }
}

/// What is shown of long lines: what is marked, and a little around it.
fn cut(text: &str, lines: &Range<usize>, marked: &Range<usize>) -> Range<usize> {
    if lines.len() <= LONG_LINE {
        return lines.clone();
    }
    let start = marked.start.saturating_sub(AROUND).max(lines.start);
    let end = marked.end.min(marked.start + 4 * LONG_LINE) + AROUND;
    floor(text, start)..floor(text, end.min(lines.end))
}

/// The character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A change of one line.
struct Change<'f> {
    source: &'f str,
    line: usize,
    range: Range<usize>,
    text: String,
}

/// The changes of a fix that can be drawn: those within one line that is not long.
fn patches<'f>(fix: &crate::finding::Fix, files: &'f dyn Locate) -> Vec<Change<'f>> {
    let changes = fix.edits.iter().filter_map(|edit| {
        let (located, text) = files.spell(edit);
        let source = files.text(located.file)?;
        let line = files.line(located.file, located.place.line)?;
        let bytes = located.bytes?;
        if line.len() > LONG_LINE || bytes.end > line.end || bytes.start < line.start {
            return None;
        }
        let range = bytes.start - line.start..bytes.end - line.start;
        Some(Change {
            source: &source[line],
            line: located.place.line,
            range,
            text,
        })
    });
    changes.collect()
}
