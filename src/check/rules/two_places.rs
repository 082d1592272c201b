//! one person in two distant places on one day
//!
//! # What it finds
//! A person who takes part in two events on one day whose places, by their `lat` and `lon`, are
//! farther apart than one can travel in that time, at the speed in `[check] travel_speed` of
//! annals.toml, in kilometres per hour from door to door (250 by default). Where this is so of very
//! many pairs of events of one day, they are one finding.
//!
//! # Why it matters
//! Most often a day is wrong, a place is confused with another of the same name, or somebody took
//! part remotely; then their role should say so.
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
//! # How to fix
//! Correct a date or a place, or remove the participant who was not there.
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
//! Dates of more than a day or with `?`, `~` or `%`; a place without its own `lat` and `lon`; less
//! than 100 kilometres; an event and one that it is part of; events that are scheduled,
//! anticipated, alleged or cancelled; organizations. Where the times of day have no UTC offset, the
//! traveller has the whole day, plus the hours by which the sun rises earlier in one place than in
//! the other. Of more than a thousand events of one person on one day, the first
//! thousand are compared with each other, which a remark says.
//!
//! # Source
//! Distances on a sphere of 6,371 kilometres radius, by the haversine formula: R. W. Sinnott,
//! *Virtues of the Haversine*, Sky and Telescope 68, 1984.

use std::collections::BTreeSet;

use super::collected::Collected;
use super::link::is_in_force;
use crate::{Context, Rule};
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{ActorId, ActorKind, EventId, Facts, RecordRef, Status};
use annals_time::{Day, TimeOfDay};

/// A person at two distant places on the same day.
static CODE: Code = Code::new(
    "AN306",
    "two-places",
    Severity::Warning,
    include_str!("two_places.rs"),
);

/// Closer places, in kilometres, are in the same region, whose coordinates are often those of its
/// centre.
const NEAR: f64 = 100.0;

/// The most events of one person on one day that are compared with each other.
const MOST: usize = 1000;

/// Up to this many pairs for each event of a day, each pair is a finding; with more, the day is one.
const OF_EACH: usize = 10;

/// See [`CODE`].
pub(crate) struct TwoPlaces;

/// The place and time of an event on a single day.
#[derive(Debug, Clone, Copy)]
struct Spot {
    event: EventId,
    /// Degrees north and east.
    at: (f64, f64),
    /// Seconds of the day in UTC, if its date gives a time.
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
        let mut found = Collected::new(context, &CODE);
        for of_day in days.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
            let actor = of_day[0].0;
            let spots: Vec<Spot> = of_day.iter().map(|(.., spot)| *spot).collect();
            let compared = &spots[..spots.len().min(MOST)];
            let pairs = too_far(facts, compared, speed);
            if pairs.len() > OF_EACH * compared.len() {
                let last = pairs.iter().map(|pair| pair.events.1).max();
                let record = last.map_or(actor.into(), RecordRef::Event);
                found.add(context, record, CODE.severity, || {
                    many_places(facts, actor, compared, &pairs)
                });
            } else {
                for pair in &pairs {
                    found.add(context, pair.events.1.into(), CODE.severity, || {
                        finding(facts, actor, pair)
                    });
                }
            }
            if let [first, ..] = &spots[compared.len()..] {
                found.add(context, first.event.into(), Severity::Info, || {
                    not_compared(facts, actor, &spots[compared.len()..])
                });
            }
        }
        found.finish(findings);
    }
}

/// Two events that are too far apart for one day.
struct Pair {
    events: (EventId, EventId),
    kilometres: f64,
    hours: f64,
}

/// The pairs of events of one person and day that are too far apart.
fn too_far(facts: &Facts, spots: &[Spot], speed: f64) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (nth, one) in spots.iter().enumerate() {
        for other in &spots[nth + 1..] {
            let (kilometres, hours) = (kilometres(one.at, other.at), hours(one, other));
            let apart = kilometres >= NEAR && kilometres > speed * hours;
            if apart && !is_part(facts, one.event, other.event) {
                pairs.push(Pair {
                    events: (one.event, other.event),
                    kilometres,
                    hours,
                });
            }
        }
    }
    pairs
}

/// The place and time of an event, if it took place on a single known day.
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

/// The hours available to get from one to the other.
fn hours(one: &Spot, other: &Spot) -> f64 {
    if let Some((a, b)) = one.moment.zip(other.moment) {
        return f64::from((a - b).abs()) / 3600.0;
    }
    // The day begins an hour earlier for every 15 degrees east.
    24.0 + (one.at.1 - other.at.1).abs() / 15.0
}

/// The distance between two points on the earth, by the haversine formula.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    const RADIUS: f64 = 6371.0;
    let (north, east) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let along = a.0.to_radians().cos() * b.0.to_radians().cos();
    let half = (north / 2.0).sin().powi(2) + along * (east / 2.0).sin().powi(2);
    2.0 * RADIUS * half.sqrt().min(1.0).asin()
}

/// Whether one event is a part of the other, at any depth.
fn is_part(facts: &Facts, one: EventId, other: EventId) -> bool {
    // Cycles of parts are reported elsewhere; here the search stops after a hundred steps.
    let wholes =
        |event: EventId| std::iter::successors(Some(event), |at| facts[*at].part_of).take(100);
    wholes(one).any(|at| at == other) || wholes(other).any(|at| at == one)
}

/// An event with its place and date.
fn described(facts: &Facts, id: EventId) -> String {
    let when = facts[id]
        .when
        .map_or(String::new(), |when| facts.date(when).dated());
    format!("{} in {} {when}", facts.label(id), place_name(facts, id))
}

fn place_name(facts: &Facts, id: EventId) -> &str {
    facts[id].place.map_or("?", |place| facts.label(place))
}

fn place(facts: &Facts, id: EventId) -> Place {
    Place::value(facts.common(id).origin, "place")
}

/// "the places are 19596 km apart: at least 816 km/h in the 24 hours available".
fn numbers(pair: &Pair) -> String {
    let (far, hours) = (pair.kilometres, pair.hours);
    let needed = far / hours.max(1.0 / 60.0);
    format!("{far:.0} km apart: at least {needed:.0} km/h in the {hours:.0} hours available")
}

fn finding(facts: &Facts, actor: ActorId, pair: &Pair) -> Finding {
    let (one, other) = pair.events;
    Finding::new(
        &CODE,
        format!(
            "{} was in {} and in {} on one day",
            facts.label(actor),
            place_name(facts, one),
            place_name(facts, other)
        ),
    )
    .at(place(facts, one), described(facts, one))
    .at(place(facts, other), described(facts, other))
    .note(format!("the places are {}", numbers(pair)))
    .help("correct a date or a place, or remove the participant who was not there")
    .of(one)
    .of(other)
    .of(actor)
}

/// One finding for a day with too many pairs to list each.
fn many_places(facts: &Facts, actor: ActorId, spots: &[Spot], pairs: &[Pair]) -> Finding {
    let events = pairs.iter().flat_map(|pair| [pair.events.0, pair.events.1]);
    let events: BTreeSet<EventId> = events.collect();
    let mut finding = Finding::new(
        &CODE,
        format!(
            "{} took part in {} events on one day that are too far apart, as {} pairs of them are",
            facts.label(actor),
            events.len(),
            pairs.len()
        ),
    );
    for spot in spots.iter().filter(|spot| events.contains(&spot.event)) {
        finding = finding
            .at(place(facts, spot.event), described(facts, spot.event))
            .of(spot.event);
    }
    let farthest = pairs
        .iter()
        .max_by(|a, b| a.kilometres.total_cmp(&b.kilometres));
    if let Some(pair) = farthest {
        finding = finding.note(format!("the farthest are {}", numbers(pair)));
    }
    finding
        .help("correct a date or a place, or remove the participant who was not there")
        .of(actor)
}

/// A remark that the rest of a day was not compared.
fn not_compared(facts: &Facts, actor: ActorId, rest: &[Spot]) -> Finding {
    let mut finding = Finding::new(
        &CODE,
        format!(
            "{} takes part in {} events on one day: {} of them are not compared with the others",
            facts.label(actor),
            MOST + rest.len(),
            rest.len()
        ),
    );
    for (nth, spot) in rest.iter().enumerate() {
        let place = place(facts, spot.event);
        finding = if nth == 0 {
            finding.at(place, "from this one on")
        } else {
            finding.also_at(place)
        };
        finding = finding.of(spot.event);
    }
    finding
        .note(format!("the first {MOST} are compared with each other"))
        .help("annotate who took part in which, or date the events apart")
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
