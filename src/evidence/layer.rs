//! The two searchable forms of a text behind one interface.

use std::ops::Range;

use super::Text;
use super::fold::Folded;
use super::places::Places;

/// The form that is searched: the text itself or a folded form.
#[derive(Clone, Copy)]
pub(super) enum Layer<'t> {
    Exact(&'t Text),
    Folded(&'t Folded),
}

impl<'t> Layer<'t> {
    pub(super) fn words(self) -> &'t str {
        match self {
            Self::Exact(text) => text.as_str(),
            Self::Folded(folded) => folded.words(),
        }
    }

    pub(super) fn is_edge(self, at: usize) -> bool {
        match self {
            Self::Exact(text) => text.is_edge(at),
            Self::Folded(folded) => folded.is_edge(at),
        }
    }

    pub(super) fn to_original(self, bytes: Range<usize>) -> Range<usize> {
        match self {
            Self::Exact(_) => bytes,
            Self::Folded(folded) => folded.to_original(bytes),
        }
    }

    /// Regions of the original as regions of the layer.
    pub(super) fn regions(self, original: &[Range<usize>]) -> Vec<Range<usize>> {
        original
            .iter()
            .map(|region| match self {
                Self::Exact(_) => region.clone(),
                Self::Folded(folded) => folded.standing_in(region.clone()),
            })
            .collect()
    }

    /// The matches of `needle` within `regions` of the layer, as byte ranges of the original.
    pub(super) fn places<'a>(
        self,
        needle: &'a str,
        regions: &'a [Range<usize>],
    ) -> impl Iterator<Item = Range<usize>> + use<'a, 't>
    where
        't: 'a,
    {
        regions.iter().flat_map(move |region| {
            self.places_in(needle, region.clone())
                .map(move |place| self.to_original(place))
        })
    }

    pub(super) fn places_in<'a>(
        self,
        needle: &'a str,
        region: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> + use<'a, 't>
    where
        't: 'a,
    {
        let start = region.start;
        Places::new(&self.words()[region], needle)
            .map(move |place| start + place..start + place + needle.len())
            .filter(move |place| self.is_edge(place.start) && self.is_edge(place.end))
    }
}
