//! a person of an age that nobody reaches
//!
//! # What it finds
//! A person whose lifespan has no end, and who would be older than 120 years (`[check] oldest` in
//! annals.toml) at something they said or did, whatever the uncertain dates are.
//!
//! # Why it matters
//! A birth without a death that is centuries ago is most often a missing death, or a century
//! mistyped.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: mason, name: The mason, kind: person, lifespan: 1780/..}
//! claims:
//!   - {id: c1, speaker: mason, said: 1920-06, content: The stone is sound.}
//! ```
//!
//! # How to mend
//! Give the lifespan its end, or correct the date.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: mason, name: The mason, kind: person, lifespan: 1880/..}
//! claims:
//!   - {id: c1, speaker: mason, said: 1920-06, content: The stone is sound.}
//! ```
//!
//! # When it stays silent
//! States, organizations and groups may be of any age. A birth that can lie late enough (`about
//! 1900`, with its slack) is not taken for the year written.
//!
//! # Source
//! The oldest age on record is 122 years.

use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};

use super::actor_activity::{Deed, deeds};
use super::capped_findings::CappedFindings;
use annals_model::ActorKind;
use annals_time::Date;

/// A person of an age that nobody reaches.
static CODE: Code = Code::new("AN303", "age", Severity::Warning, include_str!("age.rs"));

/// See [`CODE`].
pub(crate) struct Age;

/// Days of a year, as 400 years of the calendar have them.
const YEAR: f64 = 365.2425;

impl Rule for Age {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = CappedFindings::new(&CODE);
        for deed in deeds(facts) {
            let is_person = facts[deed.actor].kind == Some(ActorKind::Person);
            if !is_person || deed.lifespan.last().is_some() {
                continue;
            }
            let oldest = context.thresholds().oldest;
            let age = least_age(context, &deed).filter(|age| *age > f64::from(oldest));
            if let Some(age) = age {
                found.add(context, deed.record, || finding(context, &deed, age));
            }
        }
        found.finish(findings);
    }
}

/// The least age in years that the dates leave.
fn least_age(context: &Context<'_>, deed: &Deed<'_>) -> Option<f64> {
    let slack = context.thresholds().slack;
    let vague = |date: &Date| {
        if date.takes_slack() {
            date.widened(slack)
        } else {
            date.clone()
        }
    };
    let born = vague(deed.lifespan).extent().latest_start().number()?;
    let acted = vague(deed.when).extent().earliest_start().number()?;
    #[allow(
        clippy::cast_precision_loss,
        reason = "an age of more than 2^52 days is too old anyway"
    )]
    let age = (acted - born) as f64 / YEAR;
    Some(age)
}

fn finding(context: &Context<'_>, deed: &Deed<'_>, age: f64) -> Finding {
    let facts = context.facts();
    let (record, actor) = (
        wording::record(facts, deed.record),
        wording::record(facts, deed.actor),
    );
    let oldest = context.thresholds().oldest;
    let years = age.floor();
    Finding::new(
        &CODE,
        format!("{actor} is at least {years} years old in {record}"),
    )
    .at(
        deed.place(facts),
        format!("{} {}", deed.verb, deed.when.dated()),
    )
    .at(
        Place::value(facts.common(deed.actor).origin, "lifespan"),
        format!("there {}", deed.lifespan.dated()),
    )
    .note(format!("nobody is thought to be older than {oldest} years"))
    .help("give the lifespan its end, or correct one of the dates")
    .of(deed.record)
    .of(deed.actor)
}
