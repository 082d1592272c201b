//! Looking for a quote: exactly, then folded, then in its parts.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::elision;
use super::fold::{Folded, LineHyphen};
use super::layer::Layer;
use super::thread::{Cursor, Thread};
use super::{Span, Text};

/// How a quote matches its text. There is nothing between [`Elided`](Level::Elided) and
/// [`Missing`](Level::Missing): no degree of similarity verifies a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Code point by code point.
    Exact,
    /// Equal except for typography.
    Folded,
    /// The parts around its ellipses occur in order, each exactly or folded.
    Elided,
    /// It occurs more than once, and no span identifies the place.
    Ambiguous,
    /// It does not occur.
    Missing,
}

impl Level {
    /// All levels, the best first.
    pub const ALL: [Level; 5] = [
        Level::Exact,
        Level::Folded,
        Level::Elided,
        Level::Ambiguous,
        Level::Missing,
    ];

    /// The name used in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Exact => "exact",
            Level::Folded => "folded",
            Level::Elided => "elided",
            Level::Ambiguous => "ambiguous",
            Level::Missing => "missing",
        }
    }
}

/// Where a quote occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How it matches.
    pub level: Level,
    /// The match: one span, or one for each part of an elided quote, in order. The first match if
    /// ambiguous, empty if missing.
    pub spans: Vec<Span>,
    /// The number of matches. Overlapping ones count (`aa` occurs twice in `aaa`); for a quote in
    /// several parts, only matches disjoint from earlier ones do.
    pub occurrences: usize,
    /// The first few other matches, each from its first to its last word.
    pub others: Vec<Span>,
}

/// How many other matches are reported.
const OTHERS: usize = 4;

impl Found {
    fn missing() -> Self {
        Self {
            level: Level::Missing,
            spans: Vec::new(),
            occurrences: 0,
            others: Vec::new(),
        }
    }

    /// More than one match and no way to choose.
    fn or_ambiguous(mut self) -> Self {
        if self.occurrences > 1 {
            self.level = Level::Ambiguous;
        }
        self
    }
}

impl Text {
    /// Searches the whole text for a quote: exactly, then folded, then, if it has an ellipsis, by
    /// its parts.
    ///
    /// The closest level decides. A quote that occurs once exactly and once more with different
    /// typography is exact, because its exact spelling occurs only once. For a quote in several
    /// parts, the match that ends first is taken, at its tightest; the quote is ambiguous if all
    /// its parts occur in order once more after it. A quote without content (empty, or only white
    /// space) is missing.
    pub fn find(&self, quote: &str) -> Found {
        let whole = 0..self.as_str().len();
        self.search(quote, std::slice::from_ref(&whole))
            .or_ambiguous()
    }

    /// Searches only within a passage, which may be discontinuous. If the quote occurs there more
    /// than once, the first match is taken, because the passage already identifies the place.
    ///
    /// Spans are sorted, and those that overlap or touch are merged; reversed spans and those
    /// outside the text are ignored. No part of a quote may cross a gap; the quote may, at an
    /// ellipsis.
    pub fn find_within(&self, quote: &str, outer: &[Span]) -> Found {
        self.search(quote, &self.regions(outer))
    }

    /// The byte ranges of a passage, sorted and disjoint.
    fn regions(&self, outer: &[Span]) -> Vec<Range<usize>> {
        let mut spans: Vec<Span> = outer
            .iter()
            .map(|span| Span::new(span.start, span.end.min(self.len())))
            .filter(|span| !span.is_empty())
            .collect();
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        merged
            .into_iter()
            .filter_map(|span| self.byte_range(span))
            .collect()
    }

    fn search(&self, quote: &str, regions: &[Range<usize>]) -> Found {
        if Folded::new(quote, LineHyphen::Kept).words().is_empty() {
            return Found::missing();
        }
        let exact = Layer::Exact(self).places(quote, regions);
        if let Some(found) = self.found(Level::Exact, exact) {
            return found;
        }
        let readings = self.readings(quote);
        for reading in &readings {
            let layer = Layer::Folded(reading.text);
            let needle = Folded::new(quote, reading.hyphens);
            let folded_regions = layer.regions(regions);
            let places = layer.places(needle.words(), &folded_regions);
            if let Some(found) = self.found(Level::Folded, places) {
                return found;
            }
        }
        let Some(parts) = elision::parts(quote) else {
            return Found::missing();
        };
        readings
            .iter()
            .find_map(|reading| self.search_parts(&parts, reading, regions))
            .unwrap_or_else(Found::missing)
    }

    /// The ways to treat hyphens at line ends that differ for the quote or the text.
    fn readings(&self, quote: &str) -> Vec<Reading<'_>> {
        let kept = Reading {
            text: self.folded(),
            hyphens: LineHyphen::Kept,
        };
        let differ = self.folded().has_line_hyphens()
            || Folded::new(quote, LineHyphen::Kept).has_line_hyphens();
        let joined = differ.then(|| Reading {
            text: self.joined(),
            hyphens: LineHyphen::Joined,
        });
        std::iter::once(kept).chain(joined).collect()
    }

    fn search_parts(
        &self,
        parts: &[&str],
        reading: &Reading<'_>,
        regions: &[Range<usize>],
    ) -> Option<Found> {
        let parts = reading.fold(parts);
        let layer = Layer::Folded(reading.text);
        let regions = layer.regions(regions);
        if let [only] = parts.as_slice() {
            return self.found(Level::Elided, layer.places(only, &regions));
        }
        let thread = Thread {
            layer,
            parts: &parts,
            regions: &regions,
        };
        let mut place = thread.next_from(Cursor { region: 0, at: 0 })?;
        let mut end = Thread::end(&place)?;
        thread.tighten(&mut place);
        let spans = place
            .into_iter()
            .map(|stretch| self.span_of_bytes(layer.to_original(stretch.bytes)))
            .collect();
        let mut found = Found {
            level: Level::Elided,
            spans,
            occurrences: 1,
            others: Vec::new(),
        };
        while let Some(mut again) = thread.next_from(end) {
            end = Thread::end(&again)?;
            found.occurrences += 1;
            if found.others.len() < OTHERS {
                thread.tighten(&mut again);
                if let (Some(first), Some(last)) = (again.first(), again.last()) {
                    let around = first.bytes.start..last.bytes.end;
                    let bytes = layer.to_original(around);
                    found.others.push(self.span_of_bytes(bytes));
                }
            }
        }
        Some(found)
    }

    /// The first part of an elided quote that does not occur after the parts before it; `None` if
    /// all occur in order. Of the two ways to treat hyphens, the one that matches more parts is
    /// used.
    pub(super) fn first_misplaced_part(&self, parts: &[&str]) -> Option<usize> {
        let whole = 0..self.as_str().len();
        let readings = self.readings(&parts.concat());
        let in_order = readings.iter().map(|reading| {
            let layer = Layer::Folded(reading.text);
            let regions = layer.regions(std::slice::from_ref(&whole));
            let folded: Vec<String> = reading.fold(parts);
            let thread = Thread {
                layer,
                parts: &folded,
                regions: &regions,
            };
            thread.stretches_from(Cursor { region: 0, at: 0 }).count()
        });
        in_order.max().filter(|&count| count < parts.len())
    }

    fn found(&self, level: Level, places: impl Iterator<Item = Range<usize>>) -> Option<Found> {
        let mut places = places;
        let first = self.span_of_bytes(places.next()?);
        let mut found = Found {
            level,
            spans: vec![first],
            occurrences: 1,
            others: Vec::new(),
        };
        for place in places {
            found.occurrences += 1;
            if found.others.len() < OTHERS {
                found.others.push(self.span_of_bytes(place));
            }
        }
        Some(found)
    }
}

/// A folded text, and how to fold the quotes searched in it.
struct Reading<'t> {
    text: &'t Folded,
    hyphens: LineHyphen,
}

impl Reading<'_> {
    /// The folded parts of a quote. Each has content, so none is empty.
    fn fold(&self, parts: &[&str]) -> Vec<String> {
        let fold = |part: &&str| Folded::new(part, self.hyphens).words().to_owned();
        parts.iter().map(fold).collect()
    }
}
