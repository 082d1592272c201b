//! Events with their dates: "the ballot on 14 October", "the bridge collapsed on Monday", "two days after the
//! ballot". What stands in quotation marks is somebody's words, and is not looked at.

mod clauses;
mod nouns;
mod orders;
mod words;

use std::ops::Range;

use crate::claims::{Raw, View};
use crate::dates::{DateFound, DateKind};
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::scan::{Kind, Paragraph, Token};
use words::Words;

/// An event that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its words, in bytes.
    pub span: Range<usize>,
    /// What to call it: its words without the date.
    pub label: String,
    /// When it takes place: a number in `Draft::dates`.
    pub date: Option<usize>,
    /// Whether the text tells that it is still to come.
    pub ahead: bool,
    /// Whether it is named by a noun, such as "ballot", and not told by a clause.
    pub named: bool,
    /// Whether it is part of what somebody says, not of what the text tells itself.
    pub within_claim: bool,
    /// The noun that names it, in lower case: later "the ballot" is the same one.
    noun: Option<String>,
}

/// How two events lie in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The first: a number in `Draft::events`.
    pub first: usize,
    /// Whether it lies after the second, else before it.
    pub after: bool,
    /// The second: a number in `Draft::events`.
    pub second: usize,
    /// How far apart: an ISO 8601 duration, perhaps with "about".
    pub by: String,
    /// The words that tell it, in bytes.
    pub span: Range<usize>,
}

/// Finds events.
pub(crate) struct Finder {
    words: &'static Words,
    language: Language,
    lexicon: &'static Lexicon,
    pub(crate) events: Vec<Event>,
    pub(crate) orders: Vec<Order>,
}

/// A sentence with its dates.
struct Sentence<'a> {
    text: &'a str,
    view: View<'a>,
    /// Each date: its number, and its tokens.
    dates: Vec<(usize, Range<usize>)>,
    /// What others are said to say.
    claims: &'a [Raw],
}

/// A part of a sentence that is an event, in numbers of tokens.
struct Found {
    tokens: Range<usize>,
    label: Range<usize>,
    noun: Option<usize>,
    ahead: bool,
}

impl Finder {
    pub(crate) fn new(language: Language, lexicon: &'static Lexicon) -> Self {
        Self {
            words: Words::of(language),
            language,
            lexicon,
            events: Vec::new(),
            orders: Vec::new(),
        }
    }

    /// Reads a paragraph. Of `dates`, those from `first` on stand in it; of `claims`, those given.
    pub(crate) fn paragraph(
        &mut self,
        text: &str,
        paragraph: &Paragraph,
        dates: &[DateFound],
        first: usize,
        claims: &[Raw],
    ) {
        for range in &paragraph.sentences {
            let tokens = &paragraph.tokens[range.clone()];
            let view = View {
                tokens,
                lexicon: self.lexicon,
            };
            let in_tokens = |(number, date): (usize, &DateFound)| {
                let start = tokens
                    .iter()
                    .position(|token| token.start == date.span.start)?;
                let end = tokens.iter().position(|token| token.end == date.span.end)?;
                let is_date = date.kind != DateKind::Duration
                    && annals_time::Date::parse(&date.value).is_ok();
                (is_date && start <= end).then_some((number, start..end + 1))
            };
            let numbered = (first..).zip(&dates[first..]);
            let sentence = Sentence {
                text,
                view,
                dates: numbered.filter_map(in_tokens).collect(),
                claims,
            };
            self.sentence(&sentence);
        }
    }

    fn sentence(&mut self, sentence: &Sentence<'_>) {
        // Where the last event ended: no words are of two.
        let mut from = 0;
        for (number, date) in &sentence.dates {
            let found = self
                .noun_of(sentence, date, from)
                .or_else(|| self.clause_of(sentence, date, from));
            if let Some(found) = found {
                from = found.tokens.end;
                self.add(sentence, &found, Some(*number));
            }
        }
        self.orders(sentence);
    }

    /// Adds an event; gives its number.
    fn add(
        &mut self,
        sentence: &Sentence<'_>,
        found: &Found,
        date: Option<usize>,
    ) -> Option<usize> {
        let span = sentence.bytes(&found.tokens)?;
        let label = sentence.bytes(&found.label)?;
        let label = sentence.text[label]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if label.is_empty() {
            return None;
        }
        let noun = found.noun.map(|at| sentence.view.norm(at).to_owned());
        let overlaps = |range: &Range<usize>| range.start < span.end && span.start < range.end;
        let said = |claim: &Raw| {
            claim.level == crate::lexicon::Level::Speech && claim.content.iter().any(overlaps)
        };
        self.events.push(Event {
            within_claim: sentence.claims.iter().any(said),
            span,
            label,
            date,
            ahead: found.ahead,
            named: noun.is_some(),
            noun,
        });
        Some(self.events.len() - 1)
    }
}

impl Sentence<'_> {
    /// The bytes of some tokens, if there are any.
    fn bytes(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let all = self.view.tokens.get(tokens.clone())?;
        Some(all.first()?.start..all.last()?.end)
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.view.tokens.get(at)
    }

    /// Whether a token is a mark that ends a clause.
    fn ends_clause(&self, at: usize) -> bool {
        self.token(at).is_none_or(|token| match token.kind {
            Kind::Mark(mark) => ",;:.!?()[]—–-…".contains(mark),
            Kind::Quote => true,
            Kind::Word => false,
        })
    }
}
