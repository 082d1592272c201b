//! From a text to proposed facts: who said what, with the exact passages of the text.

mod claims;
mod dates;
mod lexicon;
mod scan;
mod speakers;

use std::ops::Range;

/// A language that there is a table for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Ukrainian.
    Ukrainian,
    /// Russian.
    Russian,
    /// Another, for which there is no table.
    Other,
}

impl Language {
    /// Its code, as in BCP 47; of another language `und`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Ukrainian => "uk",
            Self::Russian => "ru",
            Self::Other => "und",
        }
    }
}

pub use dates::{DateFound, DateKind};

/// The dates of a text.
pub fn timex(text: &str, article: Option<annals_time::Day>) -> Vec<DateFound> {
    let lexicon = lexicon::Lexicon::of(Language::English);
    scan::paragraphs(text)
        .flat_map(|range| dates::dates(&scan::all_words(text, range, lexicon), Language::English, article))
        .collect()
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
    /// Who speaks.
    pub speaker: Option<String>,
}

/// Drafts a text.
pub fn draft(text: &str) -> Vec<Found> {
    let lexicon = lexicon::Lexicon::of(Language::English);
    let mut assembler = claims::Assembler::new(lexicon);
    let mut speakers = speakers::Speakers::new(lexicon);
    let mut paragraphs = scan::paragraphs(text).peekable();
    while let Some(range) = paragraphs.next() {
        let opens = paragraphs.peek().is_some_and(|next| scan::opens_with_mark(&text[next.clone()]));
        let paragraph = scan::read(text, range, opens, lexicon);
        let first = assembler.claims.len();
        assembler.paragraph(&paragraph);
        speakers.paragraph(text, &paragraph, &assembler.claims, first);
    }
    assembler
        .claims
        .into_iter()
        .enumerate()
        .filter(|(_, raw)| !raw.content.is_empty())
        .map(|(at, raw)| Found {
            source: raw.source,
            cue: raw.cue,
            content: raw.content,
            negated: raw.negated,
            why: raw.why,
            speaker: speakers.resolved.get(&at).map(|found| speakers.actors[found.actor].name.clone()),
        })
        .collect()
}
