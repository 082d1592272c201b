//! From sentences to claims: quotations that go on, that have no clause of saying of their own, or that
//! stand under a heading.

use std::ops::Range;

use super::cues;
use super::proposed::{How, Proposed};
use super::view::View;
use crate::lexicon::{Class, Level, Lexicon};
use crate::scan::{Kind, Paragraph, Token};

/// A claim as found: ranges of bytes of the text.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub(crate) source: Vec<Range<usize>>,
    pub(crate) cue: Vec<Range<usize>>,
    pub(crate) content: Vec<Range<usize>>,
    pub(crate) act: &'static str,
    pub(crate) level: Level,
    pub(crate) negated: bool,
    /// Whether somebody else's words are taken on: the claim whose speaker goes on.
    pub(crate) follows: Option<usize>,
    /// By what it was found.
    pub(crate) how: How,
}

/// Puts the claims of a text together, paragraph by paragraph.
pub(crate) struct Assembler {
    lexicon: &'static Lexicon,
    pub(crate) claims: Vec<Raw>,
    /// The claim whose quotation goes on in the next paragraph.
    goes_on: Option<usize>,
    /// The claim that waits for a quotation: "She said:".
    waits: Option<usize>,
    /// The claim that the last paragraph ended with, where it ended with a quotation.
    last_quoted: Option<usize>,
}

impl Assembler {
    pub(crate) fn new(lexicon: &'static Lexicon) -> Self {
        Self {
            lexicon,
            claims: Vec::new(),
            goes_on: None,
            waits: None,
            last_quoted: None,
        }
    }

    /// Takes the next paragraph.
    pub(crate) fn paragraph(&mut self, paragraph: &Paragraph) {
        let first = self.claims.len();
        if self.turn(paragraph) {
            return;
        }
        let mut pending: Vec<Range<usize>> = Vec::new();
        let goes_on = self.goes_on.take();
        let mut waits = self.waits.take();
        // The claim that a sentence goes on with which only reports, in the subjunctive.
        let mut reported: Option<usize> = None;
        for sentence in &paragraph.sentences {
            let tokens = &paragraph.tokens[sentence.clone()];
            if is_bare_quote(tokens) {
                let quotes = quotes_of(tokens);
                let at_start = sentence.start == 0;
                let owner = if at_start { goes_on.or(waits) } else { None }
                    .or_else(|| self.speaker_in(first))
                    .or(waits);
                match owner {
                    Some(owner) => self.claims[owner].content.extend(quotes),
                    None => pending.extend(quotes),
                }
                continue;
            }
            let view = View {
                tokens,
                lexicon: self.lexicon,
            };
            let found = cues::claims(view);
            let before = self.claims.len();
            for proposed in found {
                self.add(tokens, &proposed, &mut pending);
            }
            if let Some(owner) = goes_on.filter(|_| sentence.start == 0)
                && tokens[0].is_quote()
            {
                self.take_on(owner, before, tokens);
            }
            if self.claims.len() > before {
                reported = self.speaker_in(before);
            } else if let Some(owner) = reported.filter(|_| is_reported(tokens)) {
                let ends = tokens
                    .iter()
                    .rev()
                    .take_while(|token| !token.is_word() && !token.is_quote());
                let last = tokens.len() - 1 - ends.count().min(tokens.len() - 1);
                self.claims[owner]
                    .content
                    .push(tokens[0].start..tokens[last].end);
                continue;
            } else {
                reported = None;
                self.without_cue(
                    paragraph.sentences.len() == 1,
                    tokens,
                    first,
                    goes_on.filter(|_| sentence.start == 0).or(waits),
                    &mut pending,
                );
            }
            if tokens.last().is_some_and(|last| last.mark(':')) && self.claims.len() > before {
                waits = Some(self.claims.len() - 1);
            }
        }
        self.finish(paragraph, first, pending, waits);
    }

    /// A turn of a transcript: a name in capitals and a colon, then what they say; and the paragraphs after
    /// it, as long as they are in the same quotation.
    fn turn(&mut self, paragraph: &Paragraph) -> bool {
        let Some((name, content)) = paragraph.turn.clone() else {
            return false;
        };
        let content = if content.is_empty() {
            Vec::new()
        } else {
            vec![content]
        };
        self.claims.push(Raw {
            source: vec![name.clone()],
            cue: only(name.end..name.end + 1),
            content,
            act: "asserts",
            level: Level::Speech,
            negated: false,
            follows: None,
            how: How::Mark,
        });
        let owner = self.claims.len() - 1;
        let goes_on = paragraph
            .tokens
            .last()
            .and_then(|token| token.quote)
            .is_some_and(|quote| quote.goes_on);
        self.goes_on = goes_on.then_some(owner);
        self.waits = None;
        self.last_quoted = Some(owner);
        true
    }

    /// The claim of this paragraph whose speaker goes on.
    fn speaker_in(&self, first: usize) -> Option<usize> {
        (first..self.claims.len()).rev().find(|&at| {
            self.claims[at].level == Level::Speech
                && !self.claims[at].negated
                && !self.claims[at].content.is_empty()
        })
    }

    fn add(&mut self, tokens: &[Token], proposed: &Proposed, pending: &mut Vec<Range<usize>>) {
        let bytes = |ranges: &[Range<usize>]| -> Vec<Range<usize>> {
            let ranges = ranges.iter().filter(|range| !range.is_empty());
            ranges
                .map(|range| tokens[range.start].start..tokens[range.end - 1].end)
                .collect()
        };
        let mut content = bytes(&proposed.content);
        let begins_quoted = proposed
            .content
            .first()
            .is_some_and(|range| range.start == 0 && tokens[0].is_quote());
        if !pending.is_empty() && (proposed.open || begins_quoted) {
            let mut all = std::mem::take(pending);
            all.append(&mut content);
            content = all;
        }
        self.claims.push(Raw {
            source: bytes(&proposed.source),
            cue: bytes(std::slice::from_ref(&proposed.cue)),
            content,
            act: proposed.act,
            level: proposed.level,
            negated: proposed.negated,
            follows: None,
            how: proposed.how,
        });
        if proposed.open
            && self
                .claims
                .last()
                .is_some_and(|claim| claim.content.is_empty())
        {
            // "She paused. "…"": what follows in quotation marks is hers.
            let follows = tokens.last().is_some_and(|last| last.mark(':'));
            if !follows {
                self.claims.pop();
            }
        }
    }

    /// A quotation that goes on from the paragraph before, where this sentence has a claim of its own.
    fn take_on(&mut self, owner: usize, before: usize, tokens: &[Token]) {
        let quote = tokens[0].start..tokens[0].end;
        let owned = self.claims[before..].iter().position(|claim| {
            claim
                .content
                .iter()
                .any(|part| part.start <= quote.start && quote.end <= part.end)
        });
        match owned {
            Some(at) => {
                // The clause of saying stands with the last paragraph of the quotation: all of it is one claim,
                // if the first part had no speaker.
                if self.claims[owner].source.is_empty() {
                    let mut all = std::mem::take(&mut self.claims[owner].content);
                    let claim = &mut self.claims[before + at];
                    all.append(&mut claim.content);
                    claim.content = all;
                }
            }
            None => self.claims[owner].content.push(quote),
        }
    }

    /// A sentence with a quotation and no clause of saying: a dash and a name, or a quotation that belongs to
    /// the claim before.
    fn without_cue(
        &mut self,
        alone: bool,
        tokens: &[Token],
        first: usize,
        owner: Option<usize>,
        pending: &mut Vec<Range<usize>>,
    ) {
        let view = View {
            tokens,
            lexicon: self.lexicon,
        };
        if let Some((quote, name)) = dash(view) {
            let mut content = std::mem::take(pending);
            content.push(tokens[quote].start..tokens[quote].end);
            self.claims.push(Raw {
                source: only(tokens[name.start].start..tokens[name.end - 1].end),
                cue: Vec::new(),
                content,
                act: "asserts",
                level: Level::Speech,
                negated: false,
                follows: None,
                how: How::Mark,
            });
            return;
        }
        if let Some(owner) = owner
            && tokens[0].is_quote()
        {
            self.claims[owner]
                .content
                .push(tokens[0].start..tokens[0].end);
            return;
        }
        // First person outside marks, after a quotation: its speaker goes on.
        let first_person = tokens.iter().any(|token| token.is(Class::FIRST))
            && !tokens.iter().any(Token::is_quote);
        if alone
            && first_person
            && tokens.len() > 3
            && let Some(earlier) = self.last_quoted
            && pending.is_empty()
        {
            self.claims.push(Raw {
                source: self.claims[earlier].source.clone(),
                cue: Vec::new(),
                content: only(tokens[0].start..tokens[tokens.len() - 1].end),
                act: "asserts",
                level: Level::Speech,
                negated: false,
                follows: Some(earlier),
                how: How::Alone,
            });
            return;
        }
        let speech = |token: &&Token| {
            token
                .quote
                .is_some_and(|quote| quote.words > 5 && quote.capital)
        };
        if let Some(quote) = tokens.iter().find(speech)
            && let Some(speaker) = self.speaker_in(first)
        {
            self.claims[speaker].content.push(quote.start..quote.end);
        }
    }

    fn finish(
        &mut self,
        paragraph: &Paragraph,
        first: usize,
        pending: Vec<Range<usize>>,
        waits: Option<usize>,
    ) {
        let last = paragraph.tokens.last();
        let heading = paragraph.tokens.len() == 1
            && last
                .and_then(|token| token.quote)
                .is_some_and(|quote| quote.closed && quote.last.is_none() && quote.words < 12);
        if !pending.is_empty() && !heading {
            let source = self
                .last_quoted
                .map(|at| self.claims[at].source.clone())
                .unwrap_or_default();
            self.claims.push(Raw {
                source,
                cue: Vec::new(),
                content: pending,
                act: "asserts",
                level: Level::Speech,
                negated: false,
                follows: self.last_quoted,
                how: How::Alone,
            });
        }
        let quoted_last = last.filter(|token| token.is_quote());
        let owner = quoted_last.and_then(|token| {
            (0..self.claims.len()).rev().take(12).find(|&at| {
                self.claims[at]
                    .content
                    .iter()
                    .any(|part| part.start <= token.start && token.end <= part.end)
            })
        });
        if quoted_last
            .and_then(|token| token.quote)
            .is_some_and(|quote| quote.goes_on)
        {
            self.goes_on = owner;
        }
        self.last_quoted = owner.or_else(|| {
            self.speaker_in(first).filter(|&at| {
                self.claims[at].content.iter().any(|part| {
                    paragraph.tokens.iter().any(|token| {
                        token.is_quote() && part.start <= token.start && token.end <= part.end
                    })
                })
            })
        });
        self.waits = waits.filter(|_| last.is_some_and(|token| token.mark(':')));
        if last.is_some_and(|token| token.mark(':')) && self.waits.is_none() {
            self.waits = self.introduced(paragraph);
        }
    }

    /// A claim without content for a paragraph such as "And from Chairwoman Ida Moreau:".
    fn introduced(&mut self, paragraph: &Paragraph) -> Option<usize> {
        let sentence = paragraph.sentences.last()?;
        let tokens = &paragraph.tokens[sentence.clone()];
        let view = View {
            tokens,
            lexicon: self.lexicon,
        };
        let colon = tokens.len() - 1;
        if colon == 0 || colon > 14 {
            return None;
        }
        let start = (0..colon)
            .rev()
            .find(|&at| view.is(at, Class::PREP) || view.is(at, Class::CONJ))
            .map_or(0, |at| at + 1);
        let name = start..colon;
        if name.is_empty()
            || !name.clone().any(|at| view.is_name(at))
            || name.clone().any(|at| view.is_finite(at))
        {
            return None;
        }
        self.claims.push(Raw {
            source: only(tokens[name.start].start..tokens[name.end - 1].end),
            cue: Vec::new(),
            content: Vec::new(),
            act: "asserts",
            level: Level::Speech,
            negated: false,
            follows: None,
            how: How::Mark,
        });
        Some(self.claims.len() - 1)
    }
}

/// Whether a sentence is reported speech without a clause of saying, as the subjunctive of German
/// shows: "Hier seien die Mittel zu gering."
fn is_reported(tokens: &[Token]) -> bool {
    let mut verbs = tokens
        .iter()
        .filter(|token| token.is(Class::FINITE | Class::REPORTED));
    // That of a clause behind it says nothing: "Er hatte gesagt, es sei zu spät."
    verbs.next().is_some_and(|first| first.is(Class::REPORTED))
        && !tokens
            .iter()
            .any(|token| token.is(Class::FIRST) || token.mark('?'))
}

/// Whether a sentence has nothing but what is quoted.
fn is_bare_quote(tokens: &[Token]) -> bool {
    tokens.iter().any(Token::is_quote)
        && tokens.iter().all(|token| !token.is_word())
        && tokens
            .iter()
            .any(|token| token.quote.is_some_and(|quote| quote.words > 1))
        && !tokens.iter().any(|token| token.mark('('))
}

fn quotes_of(tokens: &[Token]) -> Vec<Range<usize>> {
    tokens
        .iter()
        .filter(|token| token.is_quote())
        .map(|token| token.start..token.end)
        .collect()
}

/// `"…" — Name`: the quotation and the name.
fn dash(view: View<'_>) -> Option<(usize, Range<usize>)> {
    let dash = (1..view.len()).find(|&at| view.mark(at, '—') && view.is_quote(at - 1))?;
    let end = view.end();
    let name = dash + 1..end;
    let fits = !name.is_empty()
        && name.len() < 14
        && view.tokens[name.start].kind == Kind::Word
        && (view.tokens[name.start].capital)
        && !name.clone().any(|at| view.is_finite(at));
    fits.then_some((dash - 1, name))
}

/// A list of one range.
fn only(range: Range<usize>) -> Vec<Range<usize>> {
    std::iter::once(range).collect()
}
