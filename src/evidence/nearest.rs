//! stub
use super::{Span, Text};
/// stub
#[derive(Debug)]
pub struct WordIndex;
impl WordIndex {
    pub(super) fn new(_: &str) -> Self {
        Self
    }
}
/// stub
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The sentence, or sentences, around the place.
    pub sentence: Span,
    /// The place that the quote is likest to.
    pub place: Span,
    /// In the text: the first stretch that differs; empty where the text lacks what the quote has.
    pub differing: Span,
    /// The same stretch in the quote; empty where the quote lacks what the text has.
    pub in_quote: Span,
}
impl Text {
    /// stub
    pub fn nearest(&self, _quote: &str) -> Option<Nearest> {
        None
    }
}
