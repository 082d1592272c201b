//! Looking for a quote: exactly, then folded, then in its parts.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::elision;
use super::fold::{Folded, LineHyphen};
use super::layer::Layer;
use super::thread::{Cursor, Thread};
use super::{Span, Text};

/// How a quote stands in its text. There is nothing between [`Elided`](Level::Elided) and
/// [`Missing`](Level::Missing): no likeness, however great, passes a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Code point by code point.
    Exact,
    /// The same but for typography.
    Folded,
    /// The parts around its ellipses stand there in order, each exactly or folded.
    Elided,
    /// More than once, and no span says which.
    Ambiguous,
    /// Not there.
    Missing,
}

impl Level {
    /// The name as answers write it.
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

/// Where a quote stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How it stands there.
    pub level: Level,
    /// The place: one span, or one for each part of an elided quote, in order. The first place
    /// when ambiguous, none when missing.
    pub spans: Vec<Span>,
    /// How many places there are: overlapping ones count (`aa` stands twice in `aaa`), of a
    /// quote in several parts only places disjoint from those before.
    pub occurrences: usize,
    /// The first few other places, each from its first to its last word.
    pub others: Vec<Span>,
}

/// How many other places are told.
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

    /// More than one place and nothing to choose by.
    fn or_ambiguous(mut self) -> Self {
        if self.occurrences > 1 {
            self.level = Level::Ambiguous;
        }
        self
    }
}

impl Text {
    /// Looks for a quote in the whole text: exactly; if it is nowhere, folded; if it has an
    /// ellipsis, in its parts.
    ///
    /// The closer level decides: a quote that stands once exactly and again with other
    /// typography is exact, since as it is written it stands in one place only. A quote of
    /// several parts is taken where it ends first and there at its tightest; it is ambiguous
    /// when all its parts stand in order once more after that. A quote in which nothing can be
    /// read (empty, only white space) is missing.
    pub fn find(&self, quote: &str) -> Found {
        let whole = 0..self.as_str().len();
        self.search(quote, std::slice::from_ref(&whole))
            .or_ambiguous()
    }

    /// Looks for a quote within a passage only, which may be discontinuous. Where it stands
    /// there more than once the first place is taken, for the passage says which is meant.
    ///
    /// Spans are put in the order of the text, those that overlap or touch made one; what is
    /// reversed or beyond the text is no part of the passage. No part of a quote runs over a
    /// gap; a quote does only where it has an ellipsis.
    pub fn find_within(&self, quote: &str, outer: &[Span]) -> Found {
        self.search(quote, &self.regions(outer))
    }

    /// The bytes of a passage, in order and apart.
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
        if let Some(found) = self.tell(Level::Exact, exact) {
            return found;
        }
        let readings = self.readings(quote);
        for reading in &readings {
            let layer = Layer::Folded(reading.text);
            let needle = Folded::new(quote, reading.hyphens);
            let folded_regions = layer.regions(regions);
            let places = layer.places(needle.words(), &folded_regions);
            if let Some(found) = self.tell(Level::Folded, places) {
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

    /// The readings of hyphens at line ends that differ in the quote or in the text.
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
            return self.tell(Level::Elided, layer.places(only, &regions));
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

    /// The first part of an elided quote that does not stand after the parts before it; none when
    /// all stand in order. Of two readings of hyphens the one that leads further counts.
    pub(super) fn first_part_astray(&self, parts: &[&str]) -> Option<usize> {
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

    fn tell(&self, level: Level, places: impl Iterator<Item = Range<usize>>) -> Option<Found> {
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

/// A folded text, and how quotes are folded to be looked for in it.
struct Reading<'t> {
    text: &'t Folded,
    hyphens: LineHyphen,
}

impl Reading<'_> {
    /// The parts of a quote, folded. Each says something, so that none is empty.
    fn fold(&self, parts: &[&str]) -> Vec<String> {
        let fold = |part: &&str| Folded::new(part, self.hyphens).words().to_owned();
        parts.iter().map(fold).collect()
    }
}
