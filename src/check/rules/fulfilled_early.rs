//! a promise fulfilled or broken before it was made
//!
//! # What it finds
//! A claim or an event that `fulfils` or `breaks` a claim, but was over before that was said,
//! whatever the uncertain dates are.
//!
//! # Why it matters
//! Nobody keeps or breaks a promise that has not been made. Either one of the dates is wrong, or
//! another promise is meant.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! claims:
//!   - {id: c1, speaker: a, act: promises, said: 2021-05-06, content: The mole will be rebuilt.}
//! events:
//!   - {id: rebuilt, label: The mole is rebuilt, when: 2020-08, fulfils: c1}
//! ```
//!
//! # How to fix
//! Correct a date, or name the promise that is meant.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! claims:
//!   - {id: c1, speaker: a, act: promises, said: 2021-05-06, content: The mole will be rebuilt.}
//! events:
//!   - {id: rebuilt, label: The mole is rebuilt, when: 2021-08, fulfils: c1}
//! ```
//!
//! # When it stays silent
//! Both on one day; what began before the promise and ended after it; records without a date;
//! retracted records. It is a warning where dates said to be approximate decide it.
//!
//! # Source
//! The fact format, version 1: `fulfils`, `breaks`. Only the two dates are compared: nothing about
//! other dates follows from what a promise came to.

use super::collected::Collected;
use super::link::{Link, LinkPlaces, is_in_force};
use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{ArenaRange, ClaimId, DateId, Facts, RecordRef};
use annals_time::DayRelation;

/// A promise fulfilled or broken before it was made.
static CODE: Code = Code::new(
    "AN212",
    "fulfilled-early",
    Severity::Error,
    include_str!("fulfilled_early.rs"),
);

/// See [`CODE`].
pub(crate) struct FulfilledEarly;

impl Rule for FulfilledEarly {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = Collected::new(context, &CODE);
        for link in [Link::Fulfils, Link::Breaks] {
            let mut places = LinkPlaces::new(context.loaded, link);
            for (deed, promise) in pairs(facts, link) {
                if deed == RecordRef::from(promise)
                    || !is_in_force(facts, deed)
                    || !is_in_force(facts, promise)
                {
                    continue;
                }
                let Some((done, said)) = date_of(facts, deed).zip(facts[promise].said) else {
                    continue;
                };
                let (done, said) = (facts.date(done), facts.date(said));
                let early = context.ruled_out(said, DayRelation::StartsNotAfterEnd, done);
                if let Some(severity) = early {
                    found.add(context, deed, severity, || {
                        finding(facts, &mut places, link, deed, promise)
                    });
                }
            }
        }
        found.finish(findings);
    }
}

/// What fulfils or breaks a promise, and the promise: events in their order, then claims.
fn pairs(facts: &Facts, link: Link) -> Vec<(RecordRef, ClaimId)> {
    let of_event = |fulfils: ArenaRange<ClaimId>, breaks: ArenaRange<ClaimId>| {
        let list = if link == Link::Fulfils {
            fulfils
        } else {
            breaks
        };
        facts.list(list).iter().copied()
    };
    let events = facts.events.iter().flat_map(|(id, event)| {
        of_event(event.fulfils, event.breaks).map(move |promise| (RecordRef::from(id), promise))
    });
    let claims = link.pairs(facts).into_iter();
    let claims = claims.filter_map(|(deed, promise)| match promise {
        RecordRef::Claim(promise) => Some((deed, promise)),
        _ => None,
    });
    events.chain(claims).collect()
}

fn date_of(facts: &Facts, deed: RecordRef) -> Option<DateId> {
    match deed {
        RecordRef::Event(id) => facts[id].when,
        RecordRef::Claim(id) => facts[id].said,
        _ => None,
    }
}

fn finding(
    facts: &Facts,
    places: &mut LinkPlaces<'_>,
    link: Link,
    deed: RecordRef,
    promise: ClaimId,
) -> Finding {
    let subject = wording::record(facts, deed);
    let id = annals_finding::shown(facts.id(promise));
    let verb = link.verb();
    let mut finding = Finding::new(
        &CODE,
        format!("{subject} {verb} {id}, which was said later"),
    )
    .at(places.of(deed, promise.into()), format!("{verb} {id}"));
    let field = if matches!(deed, RecordRef::Event(_)) {
        "when"
    } else {
        "said"
    };
    let dates = [
        (deed, field, date_of(facts, deed)),
        (promise.into(), "said", facts[promise].said),
    ];
    for (record, field, date) in dates {
        let place = Place::value(facts.common(record).origin, field);
        let date = date.map_or(String::new(), |date| facts.date(date).dated());
        finding = finding.at(place, date);
    }
    finding
        .note("something must be promised before it can be fulfilled or broken")
        .help("correct one of the two dates, or name the promise that is meant")
        .of(deed)
        .of(promise)
}
