//! The text as it is: paragraphs, quotation marks, words and sentences, as ranges of bytes in it. Nothing is
//! normalised, so that every place that is found is a place of the text.

mod paragraphs;
mod quotes;
mod sentences;
mod token;
mod words;

use std::ops::Range;

pub(crate) use paragraphs::paragraphs;
pub(crate) use quotes::{is_mark, opens_with_mark};
pub(crate) use token::{Kind, Token};
pub(crate) use words::normal;

use crate::lexicon::Lexicon;

/// A paragraph, read.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    pub(crate) tokens: Vec<Token>,
    /// Ranges of tokens.
    pub(crate) sentences: Vec<Range<usize>>,
    /// Of a turn of a transcript: the name before the colon, and what is said. Bytes of the text.
    pub(crate) turn: Option<(Range<usize>, Range<usize>)>,
}

/// The stretches in quotation marks of a passage.
pub(crate) fn quoted(passage: &str) -> Vec<Range<usize>> {
    let lexicon = Lexicon::of(crate::language::Language::Other);
    quotes::zones(passage, 0..passage.len(), lexicon)
        .into_iter()
        .map(|zone| zone.start..zone.end)
        .collect()
}

/// The words of a paragraph, those in quotation marks too.
pub(crate) fn all_words(text: &str, range: Range<usize>, lexicon: &'static Lexicon) -> Vec<Token> {
    let mut tokens = Vec::new();
    words::split(text, range, lexicon, &mut tokens);
    tokens
}

/// Reads a paragraph. `next` is the one after it, which says whether a quotation goes on.
pub(crate) fn read(
    text: &str,
    range: Range<usize>,
    next_opens: bool,
    lexicon: &'static Lexicon,
) -> Paragraph {
    let zones = quotes::zones(text, range.clone(), lexicon);
    let mut tokens = Vec::new();
    let mut at = range.start;
    for zone in zones {
        words::split(text, at..zone.start, lexicon, &mut tokens);
        let last_in_paragraph = text[zone.end..range.end].trim().is_empty();
        at = zone.end;
        for part in quotes::parted(text, zone, lexicon) {
            match part {
                quotes::Part::Quoted(zone) => {
                    let goes_on = last_in_paragraph && next_opens && zone.end == at;
                    tokens.push(quotes::token(text, &zone, goes_on, lexicon));
                }
                quotes::Part::Words(range) => words::split(text, range, lexicon, &mut tokens),
            }
        }
    }
    words::split(text, at..range.end, lexicon, &mut tokens);
    let sentences = sentences::split(&tokens);
    let turn = turn(text, &range);
    Paragraph {
        tokens,
        sentences,
        turn,
    }
}

/// `WALLACE: Let us begin …`: a name in capitals before a colon, and what follows.
fn turn(text: &str, range: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    /// No name of a speaker is longer.
    const LONGEST: usize = 60;
    let paragraph = &text[range.clone()];
    let inner = paragraph.trim_start_matches(|c: char| !c.is_alphanumeric());
    let colon = inner.find(':').filter(|at| *at < LONGEST)?;
    let name = &inner[..colon];
    let capitals = name.chars().filter(|c| c.is_uppercase()).count() > 3
        && name
            .chars()
            .all(|c| c.is_uppercase() || " .'’-".contains(c));
    if !capitals || name.split_whitespace().count() > 4 {
        return None;
    }
    let start = range.start + (paragraph.len() - inner.len());
    let rest = inner[colon + 1..].trim_start();
    let content = range.end - rest.len()..range.end;
    (!rest.is_empty()).then_some((start..start + colon, content))
}
