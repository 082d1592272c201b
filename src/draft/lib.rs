//! From a text to proposed facts: who said what, with the exact passages of the text.
//!
//! Everything is found by rules over the text as it is: nothing is normalised, so every place is a
//! place of the text; nothing is learned, so the same text gives the same proposals. What is not
//! known is left empty: a quotation without a speaker is proposed without one. Proposals count for
//! nothing until a person accepts them.
//!
//! ```
//! use annals_draft::{Options, draft};
//!
//! let text = "“It is over,” said the chairwoman, Marta Oliveira, on Friday.";
//! let drafted = draft(text, &Options::default());
//! let claim = &drafted.claims[0];
//! let speaker = claim.speaker.map(|at| drafted.actors[at].name.as_str());
//! assert_eq!(speaker, Some("Marta Oliveira"));
//! assert_eq!(&text[claim.content[0].clone()], "“It is over,”");
//! ```
//!
//! `docs/draft.md` says how it works, and what it does not do.

mod claims;
mod dates;
mod events;
mod language;
mod lexicon;
mod names;
mod proposals;
mod result;
mod scan;
mod spans;
mod speakers;
mod tables;
#[cfg(test)]
mod tests;

use std::ops::Range;

use annals_evidence::quotable;
use annals_time::Day;

pub use dates::{DateFound, DateKind};
pub use events::{Event, Order};
pub use language::Language;
pub use proposals::{Known, KnownKind, PageOf, Proposals, Record, Source, id_of};
pub use result::{Actor, Claim, Confidence, Draft};
pub use spans::spans;

use lexicon::{Level, Lexicon};
use speakers::{How, Speakers};

/// What a text is drafted with.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The language; recognised where it is not given.
    pub language: Option<Language>,
    /// The day of the article, for dates that need one. Without it, "Friday" stays undated.
    pub article: Option<Day>,
    /// Whether attitudes are proposed too: what somebody wants, plans, supports, fears.
    pub all: bool,
    /// Whether events are proposed too, with their dates and their order.
    pub events: bool,
    /// Actors that are known: names are looked up among them first.
    pub actors: Vec<KnownActor>,
}

/// An actor that is known already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownActor {
    /// Its id in the dossier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Whether it is a person.
    pub person: bool,
}

/// Drafts a text.
pub fn draft(text: &str, options: &Options) -> Draft {
    let language = options
        .language
        .unwrap_or_else(|| language::recognised(text));
    let lexicon = Lexicon::of(language);
    let mut assembler = claims::Assembler::new(lexicon);
    let mut speakers = Speakers::new(lexicon);
    for actor in &options.actors {
        speakers.know(&actor.name, &actor.aliases, actor.person);
    }
    let mut dates = Vec::new();
    let mut finder = options
        .events
        .then(|| events::Finder::new(language, lexicon));
    let mut paragraphs = scan::paragraphs(text).peekable();
    while let Some(range) = paragraphs.next() {
        let next = paragraphs.peek();
        let opens = next.is_some_and(|next| scan::opens_with_mark(&text[next.clone()]));
        let paragraph = scan::read(text, range.clone(), opens, lexicon);
        let first = assembler.claims.len();
        assembler.paragraph(&paragraph);
        speakers.paragraph(text, &paragraph, &assembler.claims, first);
        let words = scan::all_words(text, range, lexicon);
        let first_date = dates.len();
        dates.extend(dates::dates(&words, language, options.article));
        if let Some(finder) = &mut finder {
            let claims = &assembler.claims[first..];
            finder.paragraph(text, &paragraph, &dates, first_date, claims);
        }
    }
    let (events, orders) =
        finder.map_or_else(Default::default, |finder| (finder.events, finder.orders));
    let mut drafted = Draft {
        events,
        orders,
        language,
        recognised: options.language.is_none(),
        claims: Vec::new(),
        actors: actors(&speakers, options.actors.len(), &options.actors),
        dates,
    };
    let resolved = &speakers.resolved;
    for (number, raw) in assembler.claims.into_iter().enumerate() {
        let wanted = options.all || raw.level == Level::Speech;
        if wanted && !raw.content.is_empty() {
            let found = resolved.get(&number).copied();
            let claim = claim(text, raw, found, &drafted.dates, options.article);
            drafted.claims.extend(claim);
        }
    }
    drafted
}

/// The actors of a text, as they are given out.
fn actors(speakers: &Speakers, known: usize, given: &[KnownActor]) -> Vec<Actor> {
    let all = speakers.actors.iter().enumerate();
    all.map(|(number, actor)| Actor {
        known: given
            .get(number)
            .filter(|_| number < known)
            .map(|known| known.id.clone()),
        kind: names::kind(actor),
        name: actor.name.clone(),
        at: actor.at.clone(),
        aliases: actor.aliases.clone(),
        role: actor.role.clone(),
        unnamed: actor.unnamed,
    })
    .collect()
}

/// A claim as it is given out: its spans in order, with what is sure of it and what is not. `None` where
/// nothing of what was said can be quoted.
fn claim(
    text: &str,
    raw: claims::Raw,
    found: Option<speakers::Resolved>,
    dates: &[DateFound],
    article: Option<Day>,
) -> Option<Claim> {
    let content = in_order(raw.content.clone()).into_iter();
    let content: Vec<Range<usize>> = content.filter_map(|part| quotable(text, part)).collect();
    if content.is_empty() {
        return None;
    }
    let (mut confidence, mut reason) = match found.map(|found| found.how) {
        None => (Confidence::Low, "no speaker found"),
        Some(How::Continued) => (Confidence::Low, "the speaker of the words before goes on"),
        Some(How::Pronoun) => (Confidence::Middle, "speaker from a pronoun"),
        Some(How::Described) => (Confidence::Middle, "speaker from a description"),
        Some(How::Named) => (
            Confidence::High,
            "speaker and words of saying stand in the sentence",
        ),
    };
    let weaker = match raw.how {
        claims::How::Dependent => Some("speaker from the rest of the sentence"),
        claims::How::Passive => Some("in the passive"),
        claims::How::Noun | claims::How::Adjective => Some("from a noun or an adjective"),
        claims::How::Unknown => Some("a verb that is not known"),
        claims::How::Mark => Some("from a colon or a dash"),
        claims::How::Clause | claims::How::Alone => None,
    };
    if let Some(weaker) = weaker.filter(|_| confidence == Confidence::High) {
        (confidence, reason) = (Confidence::Middle, weaker);
    }
    if raw.level != Level::Speech && confidence == Confidence::High {
        (confidence, reason) = (Confidence::Middle, "an attitude");
    }
    let said = said(text, &raw, dates, article);
    Some(Claim {
        source: in_order(raw.source),
        cue: in_order(raw.cue),
        content: in_order(content),
        speaker: found.map(|found| found.actor),
        act: raw.act,
        attitude: raw.level != Level::Speech,
        negated: raw.negated,
        said,
        confidence,
        reason,
    })
}

/// The date beside the words of saying: "said on Thursday". Its number.
fn said(text: &str, raw: &claims::Raw, dates: &[DateFound], article: Option<Day>) -> Option<usize> {
    /// As many bytes lie at most between the words of saying and the date.
    const NEAR: usize = 40;
    let cue = raw.cue.first()?;
    let from = dates.partition_point(|date| date.span.end + NEAR < cue.start);
    let near = dates[from..]
        .iter()
        .take_while(|date| date.span.start <= cue.end + NEAR);
    let outside = |date: &&DateFound| {
        let within =
            |part: &Range<usize>| part.start <= date.span.start && date.span.end <= part.end;
        // In the same sentence, and not after the article that reports it.
        let between = date.span.end.min(cue.end)..date.span.start.max(cue.start);
        let between = text.get(between).unwrap_or("");
        let known = annals_time::Date::parse(&date.value)
            .ok()
            .and_then(|date| date.first());
        date.kind != DateKind::Duration
            && !raw.content.iter().any(within)
            && !between.contains(['.', '!', '?', ';', '“', '"', '«'])
            && known.is_some_and(|first| article.is_none_or(|article| first <= article))
    };
    let distance = |date: &DateFound| {
        date.span
            .start
            .saturating_sub(cue.end)
            .max(cue.start.saturating_sub(date.span.end))
    };
    near.enumerate()
        .filter(|(_, date)| outside(date) && raw.level == Level::Speech)
        .min_by_key(|(_, date)| distance(date))
        .map(|(at, _)| from + at)
}

/// Spans in the order of the text; those that overlap or touch as one.
fn in_order(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}
