//! A refusal as a finding, and the places of sources for drawing it: with its line where the source
//! is a text, else with the name of the place alone.

use std::ops::Range;

use annals_finding::{Edit, Excerpt, FilePlace, Finding, Locate, Located, Place};
use annals_load::faults;
use annals_model::FileId;
use annals_source::{Limits, Source, SourceError, SourceErrorKind, Spot, each_input};

/// A longer text is not read again to show a line of it.
const LONGEST: u64 = 64 << 20;

/// What is shown of the source of one refusal.
#[derive(Debug)]
pub struct SourcePlaces {
    name: String,
    text: Option<String>,
    bytes: Option<Range<usize>>,
    line: usize,
    column: usize,
}

/// The finding of a refusal, and where it stands. What cannot be written and what an option says have no
/// place.
pub fn finding(
    refusal: &SourceError,
    sources: &[Source],
    encoding: Option<&str>,
) -> Option<(Finding, SourcePlaces)> {
    let file = FileId(0);
    let places = SourcePlaces::of(refusal, sources, encoding);
    let range = places.bytes.clone();
    let place = range.map_or(Place::File(file), |range| Place::Bytes(file, range.into()));
    let (words, label) = (&refusal.message, &refusal.label);
    let mut finding = match refusal.kind {
        SourceErrorKind::Write | SourceErrorKind::Usage => return None,
        SourceErrorKind::Unreadable => faults::unreadable::found(file, &places.name, words),
        SourceErrorKind::Syntax => faults::source_syntax::found(place, words, label),
        SourceErrorKind::Limit => faults::source_limit::found(place, words, label),
        SourceErrorKind::Unsafe => faults::source_reaches_out::found(place, words, label),
        SourceErrorKind::Ambiguous => faults::source_ambiguous::found(place, words, label),
    };
    for note in &refusal.notes {
        finding = finding.note(note);
    }
    if let Some(help) = &refusal.help {
        finding = finding.help(help);
    }
    Some((finding, places))
}

impl SourcePlaces {
    fn of(refusal: &SourceError, sources: &[Source], encoding: Option<&str>) -> Self {
        let nothing = SourcePlaces {
            name: refusal.at.to_string(),
            text: None,
            bytes: None,
            line: 1,
            column: 1,
        };
        let (line, column, length) = match refusal.at.spot {
            Spot::Line(line) | Spot::Field { line, .. } => (line, 1, None),
            Spot::Text {
                line,
                column,
                length,
            } => (line, column, Some(length)),
            _ => return nothing,
        };
        let file = &refusal.at.file;
        let mut text = None;
        for source in sources.iter().filter(|one| file.starts_with(&*one.name)) {
            let limits = Limits {
                held: LONGEST,
                ..Limits::default()
            };
            // What cannot be shown is named.
            let _ = each_input(source, &limits, |_| true, &mut |input| {
                if input.name == *file {
                    text = input.text(encoding).ok().map(|decoded| decoded.text);
                }
                Ok(())
            });
        }
        let Some(text) = text else {
            return nothing;
        };
        let Some(start) = start_of(&text, line) else {
            return nothing;
        };
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let whole = text[start..end].trim_end_matches('\r');
        let nth = |n: usize| {
            whole
                .char_indices()
                .nth(n)
                .map_or(whole.len(), |(at, _)| at)
        };
        let range = match length {
            Some(length) => start + nth(column - 1)..start + nth(column - 1 + length),
            None => start..start + whole.len(),
        };
        SourcePlaces {
            name: file.to_string(),
            text: Some(text),
            bytes: Some(range),
            line,
            column,
        }
    }
}

/// The byte at which a line begins, counted from 1.
fn start_of(text: &str, line: usize) -> Option<usize> {
    match line.checked_sub(2) {
        None => Some(0),
        Some(breaks) => memchr::memchr_iter(b'\n', text.as_bytes())
            .nth(breaks)
            .map(|at| at + 1),
    }
}

impl Locate for SourcePlaces {
    fn locate(&self, _: &Place) -> Located {
        let length = self
            .bytes
            .as_ref()
            .and_then(|range| self.text.as_ref()?.get(range.clone()));
        let length = length.map_or(0, |text| text.chars().count());
        Located {
            file: FileId(0),
            bytes: self.bytes.clone(),
            place: FilePlace {
                file: self.name.clone(),
                line: self.line,
                column: self.column,
                end_line: self.line,
                end_column: self.column + length,
            },
        }
    }

    fn lines(&self, _: FileId, from: usize, to: usize) -> Option<Excerpt<'_>> {
        let text = self.text.as_deref()?;
        let (start, last) = (start_of(text, from)?, start_of(text, to)?);
        let rest = &text[last..];
        let end = rest.find('\n').unwrap_or(rest.len());
        let end = last + rest[..end].trim_end_matches('\r').len();
        Excerpt::new(text, start..end)
    }

    fn spell(&self, edit: &Edit) -> (Located, String) {
        (self.locate(&edit.place), edit.text.clone())
    }
}
