//! Visits the facts, kind by kind, and writes the constraints of each into the network.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroU32;
use std::sync::OnceLock;

use super::{CLAIMS, Chronicle, Fact, PremiseKind};
use annals_model::{ClaimId, DateId, Facts, RecordRef};
use annals_solver::Choice;
use annals_solver::scale::{self, Scale};
use annals_solver::{Network, Point, Premise, Premises};
use annals_solver::{RelationBounds, Stretch};
use annals_time::{AllenSet, Date, Extent, TimeOfDay};

/// Tells which records are in force, where it is not all that were never retracted.
pub(super) type InForce<'f> = &'f dyn Fn(RecordRef) -> bool;

/// The network of all facts in force, without the irrelevant claims.
pub(super) fn chronicle(
    facts: &Facts,
    slack: u32,
    irrelevant: &[bool],
    known: Option<InForce<'_>>,
) -> Chronicle {
    let built = Builder::new(facts, slack, Scale::Days, irrelevant, known).built();
    if built.is_by_the_second() {
        // Rarely: then all is written once more, on the other scale.
        let by_the_second = Builder::new(facts, slack, Scale::Seconds, irrelevant, known);
        return by_the_second.built().chronicle;
    }
    built.chronicle
}

/// The position of each relevant claim among the relevant ones, from 1; empty if all are relevant.
fn places(irrelevant: &[bool]) -> Vec<Option<NonZeroU32>> {
    if !irrelevant.contains(&true) {
        return Vec::new();
    }
    let mut next = 0;
    let place = |irrelevant: &bool| {
        next += u32::from(!irrelevant);
        NonZeroU32::new(next).filter(|_| !irrelevant)
    };
    irrelevant.iter().map(place).collect()
}

/// The most common UTC offset of times of day, in minutes: all others are converted to it. Times
/// without an offset are then not comparable to any.
fn clock(facts: &Facts) -> Option<i16> {
    let times = facts.dates.iter().filter_map(Date::time_of_day);
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for offset in times.filter_map(TimeOfDay::offset) {
        *counts.entry(offset).or_default() += 1;
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(offset, _)| offset)
}

pub(super) struct Builder<'f> {
    pub(super) facts: &'f Facts,
    pub(super) slack: u32,
    known: Option<InForce<'f>>,
    clock: Option<i16>,
    pub(super) chronicle: Chronicle,
    /// The date and the premise of each record.
    pub(super) dated: Vec<Option<(DateId, Premise)>>,
    /// Only used for lookups, never iterated.
    pub(super) said: HashMap<AllenSet, RelationBounds, foldhash::fast::RandomState>,
    /// The records with a known time of day, in seconds on the most common clock.
    pub(super) moments: BTreeMap<RecordRef, i64>,
    /// The points from which a distance in hours counts, between records without a time of day.
    pub(super) hours: Vec<Point>,
    /// The points of days from which distances count, by the start or end on that day.
    pub(super) days: BTreeMap<Point, Point>,
}

impl<'f> Builder<'f> {
    fn new(
        facts: &'f Facts,
        slack: u32,
        scale: Scale,
        irrelevant: &[bool],
        known: Option<InForce<'f>>,
    ) -> Self {
        let counts = [
            facts.documents.len(),
            facts.actors.len(),
            facts.events.len(),
            facts.claims.len(),
            facts.relations.len(),
        ]
        .map(|count| count as u32);
        let mut network = Network::default();
        let mut first_point = [0; 5];
        let places = places(irrelevant);
        for (kind, count) in counts.iter().enumerate() {
            first_point[kind] = network.len() as u32;
            let left_out = if kind == CLAIMS {
                irrelevant.iter().filter(|irrelevant| **irrelevant).count() as u32
            } else {
                0
            };
            for _ in left_out..*count {
                let (start, end) = (network.point(), network.point());
                // An interval begins before it ends.
                network.at_least(start, end, 1, Premises::NONE);
            }
        }
        // Each has a start and an end.
        let things = (network.len() - first_point[0] as usize) / 2;
        Builder {
            facts,
            slack,
            known,
            clock: clock(facts),
            chronicle: Chronicle {
                network,
                facts: Vec::new(),
                one_of: Vec::new(),
                choices: Vec::new(),
                left_out: Vec::new(),
                aside: Vec::new(),
                by_premise: OnceLock::new(),
                follows: Vec::new(),
                scale,
                slack,
                first_point,
                counts,
                places,
            },
            said: HashMap::default(),
            dated: vec![None; things],
            moments: BTreeMap::new(),
            hours: Vec::new(),
            days: BTreeMap::new(),
        }
    }

    fn built(mut self) -> Self {
        let facts = self.facts;
        for (id, document) in facts.documents.iter() {
            self.date(id.into(), document.published);
        }
        for (id, actor) in facts.actors.iter() {
            self.date(id.into(), actor.lifespan);
        }
        for (id, event) in facts.events.iter() {
            self.date(id.into(), event.when);
        }
        // Claims without ends need no points.
        let claims = facts.claims.handles();
        let claims = claims.filter(|id| self.chronicle.stretch(RecordRef::from(*id)).is_some());
        let claims: Vec<ClaimId> = claims.collect();
        let mut rounds = annals_watch::Rounds::default();
        for id in &claims {
            rounds.look();
            self.date((*id).into(), facts[*id].said);
        }
        for (id, relation) in facts.relations.iter() {
            self.date(id.into(), relation.when);
        }
        for id in facts.events.handles() {
            self.event(id);
        }
        for id in claims {
            rounds.look();
            self.claim(id);
        }
        for id in facts.relations.handles() {
            self.relation(id);
        }
        for id in facts.orders.handles() {
            self.order(id);
        }
        self.chronicle.network.arrange();
        self
    }

    /// Whether distances in hours connect records with a time of day through records without one:
    /// then hours count across midnight.
    fn is_by_the_second(&self) -> bool {
        if self.moments.is_empty() || self.hours.is_empty() {
            return false;
        }
        let part = self.chronicle.network.parts([]);
        let timed = self.moments.keys();
        let timed = timed.filter_map(|record| self.chronicle.stretch(*record));
        let timed: BTreeSet<Point> = timed.map(|one| part[one.start.index()]).collect();
        let mut hours = self.hours.iter();
        hours.any(|point| timed.contains(&part[point.index()]))
    }

    pub(super) fn in_force(&self, record: RecordRef) -> bool {
        if let Some(known) = self.known {
            return known(record);
        }
        let more = self.facts.more(record);
        more.is_none_or(|more| more.retracted.is_none())
    }

    pub(super) fn premise(
        &mut self,
        record: RecordRef,
        kind: PremiseKind,
        other: Option<RecordRef>,
    ) -> Premise {
        let premise = Premise(self.chronicle.facts.len() as u32);
        self.chronicle.facts.push(Fact {
            record,
            kind,
            other,
        });
        premise
    }

    pub(super) fn place(&self, record: RecordRef) -> Option<usize> {
        let first = self.chronicle.first_point[0];
        let start = self.chronicle.stretch(record)?.start;
        Some((start.index() - first as usize) / 2)
    }

    fn date(&mut self, record: RecordRef, when: Option<DateId>) {
        let known = when.filter(|_| self.in_force(record));
        let (Some(id), Some(stretch)) = (known, self.chronicle.stretch(record)) else {
            return;
        };
        let premise = self.premise(record, PremiseKind::Date, None);
        if let Some(place) = self.place(record) {
            self.dated[place] = Some((id, premise));
        }
        let date = self.facts.date(id);
        if date.takes_slack() {
            let widened = date.widened(self.slack);
            self.extent(stretch, widened.extent(), premise);
        } else {
            match self.moment(date) {
                Some(Moment::At(seconds)) => {
                    self.moments.insert(record, seconds);
                    self.time_of_day(stretch, seconds, premise);
                }
                Some(Moment::Beside(seconds)) => {
                    return self.beside(stretch, date, seconds, premise);
                }
                None => {}
            }
            self.extent(stretch, date.extent(), premise);
            self.alternatives(stretch, date, premise);
        }
    }

    /// A date with alternatives means one of them.
    fn alternatives(&mut self, stretch: Stretch, date: &Date, premise: Premise) {
        let several = date.alternatives();
        if several.len() < 2 {
            return;
        }
        let option = |extent: &Extent| {
            let first = scale::first_tick(extent.earliest_start());
            let last = scale::midnight_after(extent.latest_end());
            let first = first.map(|tick| (stretch.start, Point::ZERO, -tick));
            let last = last.map(|tick| (Point::ZERO, stretch.end, tick));
            first.into_iter().chain(last).collect()
        };
        self.chronicle.choices.push(Choice {
            premise,
            options: several.iter().map(option).collect(),
            listed: None,
        });
    }

    fn extent(&mut self, stretch: Stretch, extent: Extent, premise: Premise) {
        let scale = self.chronicle.scale;
        let network = &mut self.chronicle.network;
        if let Some(tick) = scale::first_tick(extent.earliest_start()) {
            network.at_least(Point::ZERO, stretch.start, tick, premise);
        }
        if let Some(tick) = scale::midnight_after(extent.latest_end()) {
            network.at_most(Point::ZERO, stretch.end, tick, premise);
        }
        if let Some(tick) = scale.last_tick(extent.latest_start()) {
            network.at_most(Point::ZERO, stretch.start, tick, premise);
        }
        if extent.earliest_end() != extent.earliest_start()
            && let Some(tick) = scale::first_tick(extent.earliest_end())
        {
            network.at_least(Point::ZERO, stretch.end, tick + 1, premise);
        }
    }

    /// When something was to the second, by the clock of most.
    fn moment(&self, date: &Date) -> Option<Moment> {
        let (time, day) = date.time_of_day().zip(date.first())?;
        let ahead = match (time.offset(), self.clock) {
            (Some(own), Some(clock)) => clock - own,
            (None, None) => 0,
            // The position is unknown.
            _ => return None,
        };
        let midnight = i64::from(day.number()) * scale::SECONDS;
        let seconds = i64::from(time.seconds()) + 60 * i64::from(ahead);
        if (0..scale::SECONDS).contains(&seconds) {
            return Some(Moment::At(midnight + seconds));
        }
        // The midnight at the end of a day belongs to that day.
        (ahead != 0).then_some(Moment::Beside(midnight + seconds))
    }

    /// A time of day is a moment of one second.
    fn time_of_day(&mut self, stretch: Stretch, seconds: i64, premise: Premise) {
        let scale = self.chronicle.scale;
        let tick = scale.moment(seconds);
        let network = &mut self.chronicle.network;
        network.at_least(Point::ZERO, stretch.start, tick, premise);
        network.at_most(Point::ZERO, stretch.end, tick + scale.second(), premise);
    }

    /// A moment that falls on another day by the most common clock. It lies on the day as written
    /// relative to dates of the same place, and on the other day relative to the clock. So it is
    /// only known to lie on one of the two, or in between.
    fn beside(&mut self, stretch: Stretch, date: &Date, seconds: i64, premise: Premise) {
        let scale = self.chronicle.scale;
        let tick = scale.moment(seconds);
        let extent = date.extent();
        let network = &mut self.chronicle.network;
        if let Some(first) = scale::first_tick(extent.earliest_start()) {
            network.at_least(Point::ZERO, stretch.start, first.min(tick), premise);
        }
        if let Some(last) = scale::midnight_after(extent.latest_end()) {
            let end = last.max(tick + scale.second());
            network.at_most(Point::ZERO, stretch.end, end, premise);
        }
    }
}

/// The time of something on the most common clock, in seconds: on its own day or on another.
enum Moment {
    At(i64),
    Beside(i64),
}
