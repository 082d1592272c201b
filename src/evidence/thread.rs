//! Matches the parts of an elided quote one after the other.

use std::ops::Range;

use super::layer::Layer;
use super::places::last_place;

/// The position at which a search continues.
#[derive(Clone, Copy)]
pub(super) struct Cursor {
    pub(super) region: usize,
    pub(super) at: usize,
}

/// A part of a quote in one of the regions.
pub(super) struct Stretch {
    pub(super) region: usize,
    pub(super) bytes: Range<usize>,
}

/// Matches the parts of an elided quote in order across the regions.
pub(super) struct Thread<'t, 'a> {
    pub(super) layer: Layer<'t>,
    pub(super) parts: &'a [String],
    pub(super) regions: &'a [Range<usize>],
}

impl Thread<'_, '_> {
    /// The match that ends first: each part at its first match after the previous part.
    pub(super) fn next_from(&self, cursor: Cursor) -> Option<Vec<Stretch>> {
        let place: Vec<Stretch> = self.stretches_from(cursor).collect();
        (place.len() == self.parts.len() && !place.is_empty()).then_some(place)
    }

    /// Each part at its first match after the previous one, until a part has none.
    pub(super) fn stretches_from(&self, mut cursor: Cursor) -> impl Iterator<Item = Stretch> {
        self.parts.iter().map_while(move |part| {
            let stretch = self.part_from(part, cursor)?;
            cursor = Cursor {
                region: stretch.region,
                at: stretch.bytes.end,
            };
            Some(stretch)
        })
    }

    fn part_from(&self, part: &str, cursor: Cursor) -> Option<Stretch> {
        (cursor.region..self.regions.len()).find_map(|region| {
            let Range { start, end } = self.regions[region].clone();
            let start = if region == cursor.region {
                cursor.at.max(start)
            } else {
                start
            };
            let bytes = self.layer.places_in(part, start.min(end)..end).next()?;
            Some(Stretch { region, bytes })
        })
    }

    pub(super) fn end(place: &[Stretch]) -> Option<Cursor> {
        place.last().map(|last| Cursor {
            region: last.region,
            at: last.bytes.end,
        })
    }

    /// Moves each part except the last as close as possible to the following part.
    pub(super) fn tighten(&self, place: &mut [Stretch]) {
        for index in (0..place.len().saturating_sub(1)).rev() {
            let next = Cursor {
                region: place[index + 1].region,
                at: place[index + 1].bytes.start,
            };
            let lowest = Cursor {
                region: place[index].region,
                at: place[index].bytes.start,
            };
            if let Some(nearest) = self.part_before(&self.parts[index], lowest, next) {
                place[index] = nearest;
            }
        }
    }

    /// The last match of a part between two cursors.
    fn part_before(&self, part: &str, lowest: Cursor, next: Cursor) -> Option<Stretch> {
        (lowest.region..=next.region).rev().find_map(|region| {
            let Range { mut start, mut end } = self.regions[region].clone();
            if region == lowest.region {
                start = lowest.at;
            }
            if region == next.region {
                end = next.at;
            }
            let hay = self.layer.words().get(start..end)?;
            let place = last_place(hay, part, |place| {
                self.layer.is_edge(start + place) && self.layer.is_edge(start + place + part.len())
            })?;
            let bytes = start + place..start + place + part.len();
            Some(Stretch { region, bytes })
        })
    }
}
