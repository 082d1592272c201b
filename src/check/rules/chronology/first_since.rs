//! a "first since" with an earlier one in between
//!
//! # What it finds
//! An event that is called the first of its kind since a day or an event, in its label, its note or
//! a passage of its evidence ("first visit since 2014"), and another event of the same kind that
//! certainly lies in between, at the same place and with the same participants in the same roles.
//!
//! # Why it matters
//! "The first since" is a claim by the source about everything that it has left out, and easily
//! wrong. Or the other event has the wrong date, or is the same event.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: envoy, name: Ines Carvalho, kind: person}
//! places:
//!   - {id: harbour, name: The harbour}
//! events:
//!   - {id: landing, label: The envoy's first visit since 2014, kind: visit, when: 2021-05-04, place: harbour, participants: [{actor: envoy, role: guest}]}
//!   - {id: passage, label: The envoy passes through, kind: visit, when: 2017-08, place: harbour, participants: [{actor: envoy, role: guest}]}
//! ```
//!
//! # How to fix
//! Correct the wording or a date, or give the other event the kind, place or role that
//! distinguishes it.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: envoy, name: Ines Carvalho, kind: person}
//! places:
//!   - {id: harbour, name: The harbour}
//! events:
//!   - {id: landing, label: The envoy's first visit since 2014, kind: visit, when: 2021-05-04, place: harbour, participants: [{actor: envoy, role: guest}]}
//!   - {id: passage, label: The envoy passes through, kind: stopover, when: 2017-08, place: harbour, participants: [{actor: envoy, role: guest}]}
//! ```
//!
//! # When it stays silent
//! Events without a kind; another event that can be outside the time between, or on its first or
//! last day; another event at a different place, or with different participants or roles; events
//! that are scheduled, anticipated, alleged or cancelled. What follows "since" is read if it is a
//! date (in English, German, French or Spanish), or the id or label of an event. Wording with
//! "about", "early" or "not" is not read. For each event, up to a thousand others are considered.
//!
//! # Source
//! Wording of this kind is a common mistake in reports: the rule compares it with the facts that
//! the report gives elsewhere.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::super::collected::Collected;
use super::super::link::is_in_force;
use super::chains::Chains;
use super::shown::place;
use super::since::{FirstOf, first_of, last_day, may_say};
use crate::{Context, Rule};
use annals_chronology::Point;
use annals_chronology::premises::{Chronicle, Fact};
use annals_chronology::scale;
use annals_finding::{Code, Finding, Path, Place, Severity, shown};
use annals_model::{EventId, Facts, Name, PlaceId, RecordRef, Status};
use annals_query::chronicle::{SolvedChronology, words};
use annals_time::{Bound, Day};

/// A first with an earlier one in between.
pub(super) static CODE: Code = Code::new(
    "AN314",
    "first-since",
    Severity::Warning,
    include_str!("first_since.rs"),
);

/// The most events compared with one.
const MOST: usize = 1000;

/// See [`CODE`].
pub(crate) struct FirstSince;

impl Rule for FirstSince {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// It reads the narrowed dates of the shared search: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}

/// Since when something is the first.
#[derive(Debug, Clone, Copy)]
enum Since {
    /// Since a day: whatever comes after it counts.
    Day(Day),
    /// Since an event began, or was over.
    Event(EventId, Point, bool),
}

/// An event described as a first.
struct First<'f> {
    event: EventId,
    said: FirstOf<'f>,
    /// The field that says so.
    path: Path,
    since: Since,
}

/// Adds a finding for each first that is none.
pub(super) fn find(
    context: &Context<'_>,
    chronicle: &Chronicle,
    chronology: &SolvedChronology<'_, '_>,
    findings: &mut Vec<Finding>,
) {
    let facts = context.facts();
    let names = OnceCell::new();
    let firsts: Vec<First<'_>> = (facts.events.handles())
        .filter(|id| facts[*id].status != Some(Status::Cancelled) && is_in_force(facts, *id))
        .filter_map(|id| first(facts, chronicle, chronology, &names, id))
        .collect();
    if firsts.is_empty() {
        return;
    }
    let others = by_kind(facts);
    let mut found = Collected::new(context, &CODE);
    let mut chains = Chains::default();
    for one in &firsts {
        let key = facts[one.event]
            .kind
            .map(|kind| (kind, facts[one.event].place));
        let others = key.and_then(|key| others.get(&key));
        let others = others.map_or(&[][..], Vec::as_slice);
        let compared = &others[..others.len().min(MOST)];
        let between = compared.iter().copied().find(|other| {
            *other != one.event
                && has_part(facts, *other, one.event)
                && lies_between(chronicle, chronology, one, *other)
        });
        if let Some(other) = between {
            found.add(context, one.event.into(), CODE.severity, || {
                finding(facts, chronicle, chronology, one, other, &mut chains)
            });
        } else if compared.len() < others.len() {
            found.add(context, one.event.into(), Severity::Info, || {
                not_compared(facts, one, others.len())
            });
        }
    }
    found.finish(findings);
}

/// The events that took place, by kind and place.
fn by_kind(facts: &Facts) -> BTreeMap<(Name, Option<PlaceId>), Vec<EventId>> {
    let mut by_kind: BTreeMap<_, Vec<EventId>> = BTreeMap::new();
    for (id, event) in facts.events.iter() {
        let took_place = matches!(
            event.status,
            None | Some(Status::Occurred | Status::Ongoing)
        );
        if let Some(kind) = event.kind.filter(|_| took_place && is_in_force(facts, id)) {
            by_kind.entry((kind, event.place)).or_default().push(id);
        }
    }
    by_kind
}

/// What an event is the first of, and since when.
fn first<'f>(
    facts: &'f Facts,
    chronicle: &Chronicle,
    chronology: &SolvedChronology<'_, '_>,
    names: &OnceCell<Names>,
    id: EventId,
) -> Option<First<'f>> {
    let event = &facts[id];
    let kind = facts.name(event.kind?);
    let label = event.label.map(|text| (text, Path::field("label")));
    let note = facts.more(id).and_then(|more| more.note);
    let note = note.map(|text| (text, Path::field("note")));
    let quotes = facts.list(event.evidence).iter().enumerate();
    let quotes = quotes.filter_map(|(nth, evidence)| {
        let path = Path::field("evidence").index(nth).key("quote");
        Some((evidence.quote?, path))
    });
    let texts = label.into_iter().chain(quotes).chain(note);
    texts.into_iter().find_map(|(text, path)| {
        let text = facts.str(text);
        let said = may_say(text).then(|| first_of(text, kind)).flatten()?;
        let since = match last_day(said.clause) {
            Some(day) => Since::Day(day),
            None => {
                let names = names.get_or_init(|| Names::new(facts));
                event_named(facts, chronicle, chronology, names, (said.clause, id))?
            }
        };
        Some(First {
            event: id,
            said,
            path,
            since,
        })
    })
}

/// Events by their ids and labels, in lower case.
struct Names(BTreeMap<String, Vec<EventId>>);

impl Names {
    fn new(facts: &Facts) -> Self {
        let mut names: BTreeMap<String, Vec<EventId>> = BTreeMap::new();
        for id in facts.events.handles().filter(|id| is_in_force(facts, *id)) {
            let plain = facts.id(id).to_lowercase().replace(['-', '_'], " ");
            let label = facts.label(id).to_lowercase();
            if label != plain {
                names.entry(label).or_default().push(id);
            }
            names.entry(plain).or_default().push(id);
        }
        Names(names)
    }

    /// The only event with a name.
    fn only(&self, name: &str) -> Option<EventId> {
        match self.0.get(name)?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// The event that a clause names, and whether its beginning or its end is meant. If the clause does
/// not say, the end is meant, unless the event is ongoing.
fn event_named(
    facts: &Facts,
    chronicle: &Chronicle,
    chronology: &SolvedChronology<'_, '_>,
    names: &Names,
    (clause, of): (&str, EventId),
) -> Option<Since> {
    const BEGAN: [&str; 5] = [" began", " begins", " started", " starts", " broke out"];
    const OVER: [&str; 4] = [" ended", " ends", " was over", " is over"];
    const BEGINNING: [&str; 3] = ["the beginning of ", "the start of ", "the outbreak of "];
    const END: &str = "the end of ";
    let clause = clause.to_lowercase();
    let mut name = clause.as_str();
    let mut begins = None;
    for (tails, begin) in [(&BEGAN[..], true), (&OVER[..], false)] {
        if let Some(rest) = tails.iter().find_map(|tail| name.strip_suffix(tail)) {
            (name, begins) = (rest, Some(begin));
        }
    }
    if let Some(rest) = BEGINNING.iter().find_map(|head| name.strip_prefix(head)) {
        (name, begins) = (rest, Some(true));
    } else if let Some(rest) = name.strip_prefix(END) {
        (name, begins) = (rest, Some(false));
    }
    let bare = ["the ", "its ", "his ", "her "].iter();
    let bare = bare.fold(name, |name, head| name.strip_prefix(head).unwrap_or(name));
    let one = names.only(name).or_else(|| names.only(bare))?;
    if one == of {
        return None;
    }
    let stretch = chronicle.stretch(one.into())?;
    let goes_on = || {
        let never = facts[one]
            .when
            .map(|when| facts.date(when).extent().earliest_end());
        never == Some(Bound::FUTURE) || chronology.solved().latest(stretch.end).is_none()
    };
    let begins = begins.unwrap_or_else(goes_on);
    let point = if begins { stretch.start } else { stretch.end };
    Some(Since::Event(one, point, begins))
}

/// Whether an event has all the participants of another, in the same roles.
fn has_part(facts: &Facts, event: EventId, of: EventId) -> bool {
    let own = facts.list(facts[event].participants);
    let wanted = facts.list(facts[of].participants).iter();
    let mut wanted = wanted.filter(|one| one.actor.is_some());
    wanted.all(|one| {
        own.iter()
            .any(|two| (two.actor, two.role) == (one.actor, one.role))
    })
}

/// Whether an event certainly lies after the time since which another is the first, and before that
/// other.
fn lies_between(
    chronicle: &Chronicle,
    chronology: &SolvedChronology<'_, '_>,
    first: &First<'_>,
    other: EventId,
) -> bool {
    let solved = chronology.solved();
    let ends = chronicle
        .stretch(other.into())
        .zip(chronicle.stretch(first.event.into()));
    let Some((other, own)) = ends else {
        return false;
    };
    let since = match first.since {
        // The midnight after it is the last moment of a day.
        Since::Day(day) => scale::midnight_after(day.into()).map(|tick| tick - 1),
        Since::Event(_, point, _) => solved.latest(point),
    };
    let begins = solved.earliest(other.start).zip(since);
    let is_over = solved.latest(other.end).zip(solved.earliest(own.start));
    begins.is_some_and(|(begins, since)| begins > since)
        && is_over.is_some_and(|(over, begins)| over <= begins)
}

fn finding(
    facts: &Facts,
    chronicle: &Chronicle,
    chronology: &SolvedChronology<'_, '_>,
    first: &First<'_>,
    other: EventId,
    chains: &mut Chains,
) -> Finding {
    let (own, between) = (shown(facts.id(first.event)), shown(facts.id(other)));
    let kind = facts[first.event]
        .kind
        .map_or("event", |kind| facts.name(kind));
    let mut finding = Finding::new(
        &CODE,
        format!(
            "event {own} is called the \"{}\", but {between} is a {} in between",
            shown(first.said.words),
            shown(kind)
        ),
    )
    .at(
        Place::Value(facts.common(first.event).origin, first.path.clone()),
        format!("says \"{}\"", shown(first.said.words)),
    );
    let mut records = vec![RecordRef::from(first.event), other.into()];
    let mut because = Vec::new();
    if let Some((inner, outer)) = chronicle
        .stretch(other.into())
        .zip(chronicle.stretch(first.event.into()))
    {
        because.extend(chains.behind(chronology, inner.start, true));
        because.extend(chains.behind(chronology, inner.end, false));
        because.extend(chains.behind(chronology, outer.start, true));
    }
    if let Since::Event(event, point, _) = first.since {
        because.extend(chains.behind(chronology, point, false));
        records.push(event.into());
    }
    let mut seen: Vec<Fact> = Vec::new();
    for fact in because.iter().map(|premise| chronicle.fact(*premise)) {
        if !seen.contains(&fact) {
            finding = finding.at(place(facts, fact), words(facts, fact));
            seen.push(fact);
        }
        if !records.contains(&fact.record) {
            records.push(fact.record);
        }
    }
    finding = finding
        .note(numbers(facts, chronology, first, other))
        .help("correct the wording or a date")
        .help(format!(
            "if {between} is of another kind, show it by its kind, its place or its roles"
        ));
    finding.records = records;
    finding
}

/// A remark that not all events of its kind were compared with a first.
fn not_compared(facts: &Facts, first: &First<'_>, others: usize) -> Finding {
    let own = shown(facts.id(first.event));
    let kind = facts[first.event]
        .kind
        .map_or("event", |kind| facts.name(kind));
    Finding::new(
        &CODE,
        format!(
            "event {own} is called the \"{}\", but only {MOST} of {others} events of the kind {} are compared with it",
            shown(first.said.words),
            shown(kind)
        ),
    )
    .at(
        Place::Value(facts.common(first.event).origin, first.path.clone()),
        format!("says \"{}\"", shown(first.said.words)),
    )
    .help("give the event a place, or a kind of its own: only events of one kind and place are compared")
    .of(first.event)
}

/// The days that it is drawn from.
fn numbers(
    facts: &Facts,
    chronology: &SolvedChronology<'_, '_>,
    first: &First<'_>,
    other: EventId,
) -> String {
    let day = |day: Option<Day>| day.map_or("…".to_owned(), Day::words);
    let window = |id: EventId| chronology.narrowed_with_slack(id.into());
    let after = match first.since {
        Since::Day(last) => last.words(),
        Since::Event(event, point, begins) => {
            let what = if begins { "the beginning" } else { "the end" };
            let last = chronology.solved().latest(point).and_then(|tick| {
                if begins {
                    scale::day_not_after(tick)
                } else {
                    scale::end_not_after(tick)
                }
            });
            format!(
                "{what} of {}, {} at the latest",
                shown(facts.id(event)),
                day(last)
            )
        }
    };
    let (own, between) = (shown(facts.id(first.event)), shown(facts.id(other)));
    let [begins, over] = [
        window(other).and_then(|row| row.first),
        window(other).and_then(|row| row.last),
    ];
    let when = if begins == over {
        format!("falls on {}", day(begins))
    } else {
        format!("lies between {} and {}", day(begins), day(over))
    };
    let before = day(window(first.event).and_then(|row| row.first));
    format!("{between} {when}: after {after}, and before {own}, {before} at the earliest")
}
