//! one person at two places far apart on one day
//!
//! # What it finds
//! A person who takes part in two events of one day whose places, by their `lat` and `lon`, lie
//! farther apart than one gets in that time: at the speed that `[check] travel_speed` in annals.toml
//! gives, in kilometres an hour from door to door (250 where it gives none).
//!
//! # Why it matters
//! Most often a day is wrong, a place is taken for another of its name, or somebody took part from
//! afar, and then their role should say so.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: envoy, name: Ines Carvalho, kind: person}
//! places:
//!   - {id: lisbon, name: Lisbon, lat: 38.72, lon: -9.14}
//!   - {id: wellington, name: Wellington, lat: -41.29, lon: 174.78}
//! events:
//!   - {id: talks, label: Talks, when: 2021-05-04, place: lisbon, participants: [envoy]}
//!   - {id: dinner, label: Dinner, when: 2021-05-04, place: wellington, participants: [envoy]}
//! ```
//!
//! # How to mend
//! Correct a date or a place, or leave out who was not there.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: envoy, name: Ines Carvalho, kind: person}
//! places:
//!   - {id: lisbon, name: Lisbon, lat: 38.72, lon: -9.14}
//!   - {id: wellington, name: Wellington, lat: -41.29, lon: 174.78}
//! events:
//!   - {id: talks, label: Talks, when: 2021-05-04, place: lisbon, participants: [envoy]}
//!   - {id: dinner, label: Dinner, when: 2021-05-07, place: wellington, participants: [envoy]}
//! ```
//!
//! # When it stays silent
//! Dates of more than a day or with `?`, `~` or `%`; a place without `lat` and `lon` of its own;
//! less than 100 kilometres; an event and one that it is a part of; events that are scheduled,
//! anticipated, alleged or cancelled; organizations. Where the times of day have no distance from
//! UTC, one has all of the day, and the hours by which the sun rises earlier at the one place than
//! at the other. Days with more than a thousand events of one person are not looked at.
//!
//! # Source
//! Distances on a sphere of 6,371 kilometres radius, by the haversine formula: R. W. Sinnott,
//! *Virtues of the Haversine*, Sky and Telescope 68, 1984.

use super::capped_findings::CappedFindings;
use super::link::is_in_force;
use crate::{Context, Rule};
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{ActorId, ActorKind, EventId, Facts, Status};
use annals_time::{Day, TimeOfDay};

/// One person at two places far apart on one day.
static CODE: Code = Code::new(
    "AN306",
    "two-places",
    Severity::Warning,
    include_str!("two_places.rs"),
);

/// What is nearer is the same region, whose places are often given by its middle, in kilometres.
const NEAR: f64 = 100.0;

/// The most events of one person on one day that are held against each other.
const MOST: usize = 1000;

/// See [`CODE`].
pub(crate) struct TwoPlaces;

/// Where and when an event of one day took place.
#[derive(Debug, Clone, Copy)]
struct Spot {
    event: EventId,
    /// Degrees north and east.
    at: (f64, f64),
    /// Seconds of the day in UTC, where its date says so.
    moment: Option<i32>,
}

impl Rule for TwoPlaces {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let speed = f64::from(context.thresholds().travel_speed);
        let mut days: Vec<(ActorId, Day, Spot)> = Vec::new();
        for (id, event) in facts.events.iter() {
            let Some((day, spot)) = spot(facts, id).filter(|_| is_in_force(facts, id)) else {
                continue;
            };
            let who = facts.list(event.participants).iter();
            let people = who.filter_map(|one| one.actor).filter(|actor| {
                facts[*actor].kind == Some(ActorKind::Person) && is_in_force(facts, *actor)
            });
            days.extend(people.map(|actor| (actor, day, spot)));
        }
        days.sort_by_key(|(actor, day, spot)| (*actor, *day, spot.event));
        days.dedup_by_key(|(actor, day, spot)| (*actor, *day, spot.event));
        let mut found = CappedFindings::new(&CODE);
        for of_day in days.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
            if of_day.len() > MOST {
                continue;
            }
            for (nth, (actor, _, one)) in of_day.iter().enumerate() {
                for (_, _, other) in &of_day[nth + 1..] {
                    let (far, hours) = (kilometres(one.at, other.at), hours(one, other));
                    let apart = far >= NEAR && far > speed * hours;
                    if apart && !is_part(facts, one.event, other.event) {
                        found.add(context, other.event.into(), || {
                            finding(facts, *actor, (one.event, other.event), far, hours)
                        });
                    }
                }
            }
        }
        found.finish(findings);
    }
}

/// Where an event took place, if it took place on one day that is known.
fn spot(facts: &Facts, id: EventId) -> Option<(Day, Spot)> {
    let event = &facts[id];
    let took_place = matches!(
        event.status,
        None | Some(Status::Occurred | Status::Ongoing)
    );
    let date = facts.date(event.when.filter(|_| took_place)?);
    let place = &facts[event.place?];
    let at = place.lat.zip(place.lon)?;
    let (first, last) = (date.extent().earliest_start(), date.extent().latest_end());
    let day = first.day().filter(|day| last.day() == Some(*day))?;
    let moment = date.time_of_day().filter(|time| time.offset().is_some());
    let spot = Spot {
        event: id,
        at,
        moment: moment.map(TimeOfDay::utc_seconds),
    };
    (!date.takes_slack()).then_some((day, spot))
}

/// The hours that one has to get from the one to the other.
fn hours(one: &Spot, other: &Spot) -> f64 {
    if let Some((a, b)) = one.moment.zip(other.moment) {
        return f64::from((a - b).abs()) / 3600.0;
    }
    // The day begins an hour earlier with each 15 degrees to the east.
    24.0 + (one.at.1 - other.at.1).abs() / 15.0
}

/// How far apart two points of the earth are, by the haversine formula.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    const RADIUS: f64 = 6371.0;
    let (north, east) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let along = a.0.to_radians().cos() * b.0.to_radians().cos();
    let half = (north / 2.0).sin().powi(2) + along * (east / 2.0).sin().powi(2);
    2.0 * RADIUS * half.sqrt().min(1.0).asin()
}

/// Whether one event is a part of the other, however deep.
fn is_part(facts: &Facts, one: EventId, other: EventId) -> bool {
    // Circles of parts are found elsewhere; here they end after a hundred steps.
    let wholes =
        |event: EventId| std::iter::successors(Some(event), |at| facts[*at].part_of).take(100);
    wholes(one).any(|at| at == other) || wholes(other).any(|at| at == one)
}

fn finding(
    facts: &Facts,
    actor: ActorId,
    (one, other): (EventId, EventId),
    far: f64,
    hours: f64,
) -> Finding {
    let name = |id: EventId| facts[id].place.map_or("?", |place| facts.label(place));
    let when = |id: EventId| {
        facts[id]
            .when
            .map_or(String::new(), |when| facts.date(when).dated())
    };
    let label = |id: EventId| format!("{} in {} {}", facts.label(id), name(id), when(id));
    let place = |id: EventId| Place::value(facts.common(id).origin, "place");
    let needed = far / hours.max(1.0 / 60.0);
    Finding::new(
        &CODE,
        format!(
            "{} was in {} and in {} within one day",
            facts.label(actor),
            name(one),
            name(other)
        ),
    )
    .at(place(one), label(one))
    .at(place(other), label(other))
    .note(format!(
        "the places are {far:.0} km apart: at least {needed:.0} km an hour in the {hours:.0} hours that there are"
    ))
    .help("correct a date or a place, or leave out who was not there")
    .of(one)
    .of(other)
    .of(actor)
}

#[cfg(test)]
mod tests {
    use super::kilometres;

    #[test]
    fn distances_are_those_of_the_globe() {
        let (lisbon, wellington) = ((38.72, -9.14), (-41.29, 174.78));
        assert!(kilometres(lisbon, lisbon) < 1e-9);
        let half_round = kilometres((0.0, 0.0), (0.0, 180.0));
        assert!((half_round - 20_015.1).abs() < 0.1, "{half_round}");
        let over_the_date_line = kilometres((0.0, 179.5), (0.0, -179.5));
        assert!(
            (over_the_date_line - 111.2).abs() < 0.1,
            "{over_the_date_line}"
        );
        assert!((19_000.0..20_015.1).contains(&kilometres(lisbon, wellington)));
    }
}
