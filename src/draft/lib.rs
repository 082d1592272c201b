//! From a text to proposed facts: who said what, with the exact passages of the text.

mod claims;
mod lexicon;
mod scan;

use std::ops::Range;

/// A language that there is a table for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
}

/// A claim that was found, in ranges of bytes.
#[derive(Debug, Clone)]
pub struct Found {
    /// Who says it.
    pub source: Vec<Range<usize>>,
    /// What introduces it.
    pub cue: Vec<Range<usize>>,
    /// What is said.
    pub content: Vec<Range<usize>>,
    /// Whether it is said not to have been said.
    pub negated: bool,
    /// Why.
    pub why: &'static str,
}

/// Drafts a text.
pub fn draft(text: &str) -> Vec<Found> {
    let lexicon = lexicon::Lexicon::of(Language::English);
    let mut assembler = claims::Assembler::new(lexicon);
    let mut paragraphs = scan::paragraphs(text).peekable();
    while let Some(range) = paragraphs.next() {
        let opens = paragraphs.peek().is_some_and(|next| scan::opens_with_mark(&text[next.clone()]));
        let paragraph = scan::read(text, range, opens, lexicon);
        assembler.paragraph(&paragraph);
    }
    assembler
        .claims
        .into_iter()
        .filter(|raw| !raw.content.is_empty())
        .map(|raw| Found { source: raw.source, cue: raw.cue, content: raw.content, negated: raw.negated, why: raw.why })
        .collect()
}
