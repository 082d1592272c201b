//! a person of an impossible age
//!
//! # What it finds
//! A person whose lifespan has no end and who would be older than 120 years (`[check] oldest` in
//! annals.toml) at something they said or did, whatever the uncertain dates are.
//!
//! # Why it matters
//! If somebody was born centuries ago and has no death date, that date is most often missing, or a
//! century was mistyped.
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
//! # How to fix
//! Give the lifespan an end, or correct the date.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: mason, name: The mason, kind: person, lifespan: 1880/..}
//! claims:
//!   - {id: c1, speaker: mason, said: 1920-06, content: The stone is sound.}
//! ```
//!
//! # When it stays silent
//! States, organizations and groups may be of any age. A birth that can be late enough (`about
//! 1900`, with its slack) is not taken as exactly the year written.
//!
//! # Source
//! The oldest age on record is 122 years.

use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};

use super::actor_activity::{Activity, activities};
use super::collected::Collected;
use annals_model::ActorKind;
use annals_time::Date;

/// A person active at an implausible age.
static CODE: Code = Code::new("AN303", "age", Severity::Warning, include_str!("age.rs"));

/// See [`CODE`].
pub(crate) struct Age;

/// The days in a year, averaged over 400 years of the calendar.
const YEAR: f64 = 365.2425;

impl Rule for Age {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = Collected::new(context, &CODE);
        for activity in activities(facts) {
            let is_person = facts[activity.actor].kind == Some(ActorKind::Person);
            if !is_person || activity.lifespan.last().is_some() {
                continue;
            }
            let oldest = context.thresholds().oldest;
            let age = least_age(context, &activity).filter(|age| *age > f64::from(oldest));
            if let Some(age) = age {
                found.add(context, activity.record, CODE.severity, || {
                    finding(context, &activity, age)
                });
            }
        }
        found.finish(findings);
    }
}

/// The least age in years that the dates leave.
fn least_age(context: &Context<'_>, activity: &Activity<'_>) -> Option<f64> {
    let slack = context.thresholds().slack;
    let vague = |date: &Date| {
        if date.takes_slack() {
            date.widened(slack)
        } else {
            date.clone()
        }
    };
    let born = vague(activity.lifespan).extent().latest_start().number()?;
    let acted = vague(activity.when).extent().earliest_start().number()?;
    #[allow(
        clippy::cast_precision_loss,
        reason = "an age of more than 2^52 days is too old anyway"
    )]
    let age = (acted - born) as f64 / YEAR;
    Some(age)
}

fn finding(context: &Context<'_>, activity: &Activity<'_>, age: f64) -> Finding {
    let facts = context.facts();
    let (record, actor) = (
        wording::record(facts, activity.record),
        wording::record(facts, activity.actor),
    );
    let oldest = context.thresholds().oldest;
    let years = age.floor();
    Finding::new(
        &CODE,
        format!("{actor} is at least {years} years old in {record}"),
    )
    .at(
        activity.place(facts),
        format!("{} {}", activity.verb, activity.when.dated()),
    )
    .at(
        Place::value(facts.common(activity.actor).origin, "lifespan"),
        format!("there {}", activity.lifespan.dated()),
    )
    .note(format!(
        "nobody is assumed to live longer than {oldest} years"
    ))
    .help("give the lifespan an end, or correct one of the dates")
    .of(activity.record)
    .of(activity.actor)
}
