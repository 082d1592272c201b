//! Findings drawn with their lines, in the style of rustc.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::window::{Change, Role, Window, changes, windows};
use crate::{Finding, Label, Locate, Severity, visible};

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

/// The minimum width.
const LEAST_WIDTH: usize = 40;

/// The most labelled places that are drawn, and the most further places.
const MOST_DRAWN: (usize, usize) = (12, 2);

/// Renders one finding, without a line break at its end.
pub fn text(finding: &Finding, files: &dyn Locate, drawing: Drawing) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let width = drawing.width.max(LEAST_WIDTH);
    let (labels, hidden) = drawn(finding);
    let windows = windows(&labels, files, width);
    let title = level
        .primary_title(finding.message.as_str())
        .id(finding.code.code);
    let mut group = title.elements(Vec::<Origin<'_>>::new());
    for (nth, window) in windows.iter().enumerate() {
        group = draw(window, nth, group);
    }
    for note in &finding.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if hidden > 0 {
        let are = if hidden == 1 {
            "place is"
        } else {
            "places are"
        };
        let words = format!("{hidden} more {are} not shown; annals check -f json lists all");
        group = group.element(Level::NOTE.message(words));
    }
    let sentences = windows
        .iter()
        .filter_map(|window| window.sentence.as_deref());
    for sentence in sentences {
        group = group.element(Level::NOTE.message(format!("the text there: {sentence}")));
    }
    let mut report = vec![group];
    let fixes: Vec<Vec<Change>> = finding
        .fixes
        .iter()
        .map(|fix| changes(fix, files))
        .collect();
    for (fix, changes) in finding.fixes.iter().zip(&fixes) {
        let help = Group::with_title(Level::HELP.secondary_title(fix.message.as_str()));
        report.push(changes.iter().fold(help, |group, change| {
            let patch = Patch::new(change.range.clone(), change.text.as_str());
            let source = Snippet::source(change.source.as_str()).line_start(change.line);
            group.element(source.patch(patch))
        }));
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
    let drawn = renderer
        .decor_style(style)
        .term_width(width)
        .render(&report);
    with_places(&drawn, &windows)
}

/// The places that are drawn, and how many are not.
fn drawn(finding: &Finding) -> (Vec<Label>, usize) {
    let (labels, further) = MOST_DRAWN;
    let mut drawn: Vec<Label> = finding.labels.iter().take(labels).cloned().collect();
    drawn.extend(finding.further.iter().take(further).map(|place| Label {
        place: place.clone(),
        text: crate::ALSO_HERE.to_owned(),
    }));
    let hidden = finding.labels.len() + finding.further.len() - drawn.len();
    (drawn, hidden)
}

fn draw<'w>(window: &'w Window, nth: usize, group: Group<'w>) -> Group<'w> {
    if window.marks.is_empty() {
        return group.element(Origin::path(file_name(window)));
    }
    let marks = window.marks.iter().map(|mark| {
        let kind = match mark.role {
            Role::Primary => AnnotationKind::Primary,
            Role::Other => AnnotationKind::Context,
            Role::Around => AnnotationKind::Visible,
        };
        let label = (!mark.label.is_empty()).then_some(mark.label.as_str());
        kind.span(mark.range.clone()).label(label)
    });
    let snippet = Snippet::source(window.source.as_str()).line_start(window.line);
    group.element(snippet.path(stand_in(nth)).annotations(marks))
}

fn file_name(window: &Window) -> String {
    window.place.file.chars().flat_map(visible).collect()
}

/// A stand-in for the place of a window during rendering. The renderer counts columns from the
/// start of the window, which differs from the start of the line if a long line is cut.
fn stand_in(nth: usize) -> String {
    /// A private-use character, which no file name is likely to contain.
    const MARK: char = '\u{10FFFD}';
    format!("{MARK}{nth}{MARK}")
}

/// Replaces each stand-in, and the position computed for it, with the file, line and column.
fn with_places(drawn: &str, windows: &[Window]) -> String {
    let mut out = String::with_capacity(drawn.len());
    let mut rest = drawn;
    for (nth, window) in windows
        .iter()
        .enumerate()
        .filter(|(_, window)| !window.marks.is_empty())
    {
        let stand_in = stand_in(nth);
        let Some(at) = rest.find(&stand_in) else {
            continue;
        };
        out.push_str(&rest[..at]);
        let place = &window.place;
        out.push_str(&format!(
            "{}:{}:{}",
            file_name(window),
            place.line,
            place.column
        ));
        let counted = &rest[at + stand_in.len()..];
        rest = counted.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    }
    out.push_str(rest);
    out
}
