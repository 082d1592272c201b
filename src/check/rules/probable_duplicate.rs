//! a claim that seems to be entered twice
//!
//! # What it finds
//! Two claims with the same speakers, the same date and the same text (ignoring case, accents and
//! punctuation), neither of which repeats the other.
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
//! # How to fix
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
//! Claims without text or without a date, claims at different events, and claims of which one
//! `repeats`, or came `via`, the other.
//!
//! # Source
//! The fact format, version 1: *claim*, `repeats`.

use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};

use std::collections::HashMap;
use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

use super::collected::Collected;
use super::link::is_in_force;
use annals_model::{ActorId, Claim, ClaimId, DateId, EventId, Facts, Str, Via};
use annals_query::bloom::BloomFilter;

/// A claim that probably occurs twice.
static CODE: Code = Code::new(
    "AN324",
    "probable-duplicate",
    Severity::Warning,
    include_str!("probable_duplicate.rs"),
);

/// See [`CODE`].
pub(crate) struct ProbableDuplicate;

/// What two claims must have in common to be duplicates.
#[derive(PartialEq, Eq, Hash)]
struct Likeness {
    speakers: Vec<ActorId>,
    said: DateId,
    at: Option<EventId>,
    words: String,
}

impl Rule for ProbableDuplicate {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut pairs: Vec<(ClaimId, ClaimId)> = Vec::new();
        // Texts are only read for claims that agree in everything else.
        for alike in alike(facts).chunk_by(|one, other| one.0 == other.0) {
            if alike.len() < 2 {
                continue;
            }
            let mut first: HashMap<Likeness, ClaimId> = HashMap::new();
            for &(_, id) in alike {
                let Some(likeness) = likeness(facts, &facts[id]) else {
                    continue;
                };
                let other = *first.entry(likeness).or_insert(id);
                if other != id
                    && !is_transmitted(facts, id, other)
                    && !is_transmitted(facts, other, id)
                {
                    pairs.push((id, other));
                }
            }
        }
        pairs.sort_unstable();
        let mut found = Collected::new(context, &CODE);
        for (id, other) in pairs {
            found.add(context, id.into(), CODE.severity, || {
                finding(facts, other, id)
            });
        }
        found.finish(findings);
    }
}

/// The claims in force with a text and a date, by a hash of their key and of the beginning of the
/// text; claims with equal hashes keep their order. Hashes may collide; most claims without a
/// duplicate are left out.
fn alike(facts: &Facts) -> Vec<(u64, ClaimId)> {
    let sums = FixedState::default();
    let sum = |claim: &Claim| {
        // Independent of the order of the speakers.
        let speakers = facts.list(claim.speaker).iter();
        let speakers = speakers.map(|one| sums.hash_one(one));
        let speakers = speakers.reduce(u64::wrapping_add)?;
        claim.quote.or(claim.content)?;
        Some(sums.hash_one((speakers, claim.said?, claim.at)))
    };
    let count = facts.claims.len();
    let (mut once, mut twice) = (BloomFilter::of_about(count), BloomFilter::of_about(count));
    for (_, claim) in facts.claims.iter() {
        if let Some(sum) = sum(claim)
            && once.meet(sum)
        {
            twice.meet(sum);
        }
    }
    let beginning = |text: Str| {
        let mut letters = plain_letters(facts.str(text));
        std::array::from_fn::<_, 8, _>(|_| letters.next())
    };
    let may_be = facts.claims.iter().filter_map(|(id, claim)| {
        let sum = sum(claim).filter(|sum| twice.may_have(*sum))?;
        let words = beginning(claim.quote.or(claim.content)?);
        is_in_force(facts, id).then(|| (sums.hash_one((sum, words)), id))
    });
    let mut alike: Vec<_> = may_be.collect();
    alike.sort_unstable();
    alike
}

/// The key of a claim that its duplicates share.
fn likeness(facts: &Facts, claim: &Claim) -> Option<Likeness> {
    let mut speakers = facts.list(claim.speaker).to_vec();
    speakers.sort_unstable();
    let words = plain(facts, claim.quote.or(claim.content)?);
    Some(Likeness {
        said: claim.said?,
        at: claim.at,
        words,
        speakers,
    })
    .filter(|likeness| !likeness.words.is_empty())
}

/// The letters and digits of a text, ignoring case.
fn plain(facts: &Facts, text: Str) -> String {
    plain_letters(facts.str(text)).collect()
}

fn plain_letters(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// Whether a claim states that it repeats another, or was transmitted by it.
fn is_transmitted(facts: &Facts, claim: ClaimId, other: ClaimId) -> bool {
    let claim = &facts[claim];
    facts.list(facts.links(claim).repeats).contains(&other)
        || facts
            .list(facts.links(claim).via)
            .contains(&Via::Claim(other))
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
    let (one, two) = (
        wording::record(facts, first),
        wording::record(facts, second),
    );
    Finding::new(&CODE, format!("{one} and {two} seem to be the same claim"))
        .at(place(first), "the same text")
        .at(place(second), "from the same speaker, with the same date")
        .note("what a speaker said once is one claim, with all its evidence")
        .help(format!(
            "keep one of them, or let {second} repeat {first}",
            second = facts.id(second),
            first = facts.id(first)
        ))
        .of(first)
        .of(second)
}
