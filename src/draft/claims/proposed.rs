//! A claim of one sentence.

use std::ops::Range;

use super::view::View;
use crate::lexicon::Level;

/// A claim of a sentence, in numbers of tokens.
#[derive(Debug, Clone)]
pub(super) struct Proposed {
    pub(super) source: Vec<Range<usize>>,
    pub(super) cue: Range<usize>,
    pub(super) content: Vec<Range<usize>>,
    pub(super) act: &'static str,
    pub(super) level: Level,
    pub(super) negated: bool,
    /// Whether what is said was looked for in vain: it may stand in the sentence before or after.
    pub(super) open: bool,
    pub(super) how: How,
}

/// Where the clause begins that ends before a token.
pub(super) fn clause_start(view: View<'_>, at: usize) -> usize {
    (0..at)
        .rev()
        .find(|&mark| view.mark(mark, ';'))
        .map_or(0, |mark| mark + 1)
}

/// By what a claim was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// A clause of saying with a subject, or a phrase such as "according to".
    Clause,
    /// An infinitive, a participle or a gerund.
    Dependent,
    /// A verb in the passive.
    Passive,
    /// A noun such as "claim".
    Noun,
    /// An adjective such as "confident".
    Adjective,
    /// A verb that no table knows, beside a quotation.
    Unknown,
    /// A colon or a dash.
    Mark,
    /// A quotation alone, or first person that goes on.
    Alone,
}
