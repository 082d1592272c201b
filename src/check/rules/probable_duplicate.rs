//! a claim that seems to be there twice
//!
//! # What it finds
//! Two claims of the same speakers, with the same date and the same words, case, accents and
//! punctuation aside, neither of which repeats the other.
//!
//! # Why it matters
//! Counted twice, one statement looks like two. Most often two reports of it were annotated one
//! after the other.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! claims:
//!   - {id: c1, speaker: a, said: 2021-05-04, quote: The mole stands.}
//!   - {id: c2, speaker: a, said: 2021-05-04, quote: “The mole stands”}
//! ```
//!
//! # How to mend
//! Keep one claim with the evidence of both; or, if it was said twice, let the second repeat the
//! first.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! claims:
//!   - {id: c1, speaker: a, said: 2021-05-04, quote: The mole stands.}
//!   - {id: c2, speaker: a, said: 2021-05-04, quote: “The mole stands”, repeats: c1}
//! ```
//!
//! # When it stays silent
//! Claims without words or without a date, claims at different events, and claims of which one
//! `repeats`, or came `via`, the other. Where only `content` tells the words, claims to or about
//! others: a summary such as “makes a statement” says little alone.
//!
//! # Source
//! The fact format, version 1: *claim*, `repeats`.

use crate::check::{Context, Rule};
use crate::finding::{Code, Finding, Place, Severity};
use crate::load::faults;

use std::collections::HashMap;

use super::left_over::FirstTen;
use super::link::is_in_force;
use crate::model::{ActorId, Claim, ClaimId, DateId, EventId, Facts, NodeRef, Str, Via};

/// A claim that seems to be there twice.
static CODE: Code = Code::new(
    "AN324",
    "probable-duplicate",
    Severity::Warning,
    include_str!("probable_duplicate.rs"),
);

/// See [`CODE`].
pub(crate) struct ProbableDuplicate;

/// What two claims that may be one have in common.
#[derive(PartialEq, Eq, Hash)]
struct Likeness {
    speakers: Vec<ActorId>,
    said: DateId,
    at: Option<EventId>,
    words: String,
    /// To whom and about what, where the words are not those of the speaker.
    summary: Option<(Vec<ActorId>, Vec<NodeRef>)>,
}

impl Rule for ProbableDuplicate {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = FirstTen::new(&CODE);
        // Only looked up: the claims are walked in their own order.
        let mut first: HashMap<Likeness, ClaimId> = HashMap::new();
        for (id, claim) in facts
            .claims
            .iter()
            .filter(|(id, _)| is_in_force(facts, *id))
        {
            let Some(likeness) = likeness(facts, claim) else {
                continue;
            };
            let Some(&other) = first.get(&likeness) else {
                first.insert(likeness, id);
                continue;
            };
            if !is_told(facts, id, other) && !is_told(facts, other, id) {
                found.add(context, id.into(), || finding(facts, other, id));
            }
        }
        found.finish(findings);
    }
}

fn likeness(facts: &Facts, claim: &Claim) -> Option<Likeness> {
    let mut speakers = facts.list(claim.speaker).to_vec();
    speakers.sort_unstable();
    let words = plain(facts, claim.quote.or(claim.content)?);
    let summary = claim.quote.is_none().then(|| {
        let to = facts.list(claim.to).to_vec();
        (to, facts.list(claim.about).to_vec())
    });
    Some(Likeness {
        said: claim.said?,
        at: claim.at,
        words,
        speakers,
        summary,
    })
    .filter(|likeness| !likeness.speakers.is_empty() && !likeness.words.is_empty())
}

/// The letters and figures of a text, without case.
fn plain(facts: &Facts, text: Str) -> String {
    let letters = facts.str(text).chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether a claim says itself that it repeats another, or that it came through it.
fn is_told(facts: &Facts, claim: ClaimId, other: ClaimId) -> bool {
    let claim = &facts[claim];
    facts.list(claim.repeats).contains(&other) || facts.list(claim.via).contains(&Via::Claim(other))
}

fn finding(facts: &Facts, first: ClaimId, second: ClaimId) -> Finding {
    let place = |id: ClaimId| {
        let field = if facts[id].quote.is_some() {
            "quote"
        } else {
            "content"
        };
        Place::value(facts.common(id).origin, field)
    };
    let (one, two) = (faults::record(facts, first), faults::record(facts, second));
    Finding::new(&CODE, format!("{one} and {two} seem to be one"))
        .at(place(first), "the same words")
        .at(place(second), "of the same speaker, with the same date")
        .note("what one speaker said once is one claim, with all of its evidence")
        .help(format!(
            "keep one of them, or let {second} repeat {first}",
            second = facts.id(second),
            first = facts.id(first)
        ))
        .of(first)
        .of(second)
}
