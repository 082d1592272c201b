//! Going through the facts, sort by sort, and writing what each says into the network.

use std::collections::HashMap;

use super::{Chronicle, Fact, OneOf, Sort, slot};
use crate::chronology::allen::{Said, Stretch, comes_later};
use crate::chronology::choices::Choice;
use crate::chronology::network::{Network, Point, Premise, Premises};
use crate::chronology::scale;
use crate::model::{
    ActorId, Apart, ClaimId, DateId, DocumentId, End, EventId, Facts, OrderId, RecordRef,
};
use crate::time::{Allen, AllenSet, Certainty, Date, Day, DayRelation, Extent, compare};

/// The network of all facts in force.
pub(super) fn chronicle(facts: &Facts, slack: u32) -> Chronicle {
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
    for (kind, count) in counts.iter().enumerate() {
        first_point[kind] = network.len() as u32;
        for _ in 0..*count {
            let (start, end) = (network.point(), network.point());
            // What lasts begins before it ends.
            network.at_least(start, end, 1, Premises::NONE);
        }
    }
    let mut builder = Builder {
        facts,
        slack,
        zoned: zoned(facts),
        chronicle: Chronicle {
            network,
            facts: Vec::new(),
            one_of: Vec::new(),
            choices: Vec::new(),
            first_point,
            counts,
        },
        said: HashMap::default(),
        dated: vec![None; counts.iter().sum::<u32>() as usize],
    };
    builder.build();
    builder.chronicle.network.arrange();
    builder.chronicle
}

/// Whether some time of day is given with its distance from UTC: then those without cannot be held
/// against them.
fn zoned(facts: &Facts) -> bool {
    let dates = facts.dates.iter().filter_map(Date::time_of_day);
    dates.clone().any(|time| time.offset().is_some())
}

struct Builder<'f> {
    facts: &'f Facts,
    slack: u32,
    zoned: bool,
    chronicle: Chronicle,
    /// The date and the premise of each thing.
    dated: Vec<Option<(DateId, Premise)>>,
    /// Only looked up, never walked.
    said: HashMap<AllenSet, Said, foldhash::fast::RandomState>,
}

impl Builder<'_> {
    fn build(&mut self) {
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
        for (id, claim) in facts.claims.iter() {
            self.date(id.into(), claim.said);
        }
        for (id, relation) in facts.relations.iter() {
            self.date(id.into(), relation.when);
        }
        for id in facts.events.handles() {
            self.event(id);
        }
        for id in facts.claims.handles() {
            self.claim(id);
        }
        for id in facts.orders.handles() {
            self.order(id);
        }
    }

    fn in_force(&self, record: RecordRef) -> bool {
        let more = self.facts.more(record);
        more.is_none_or(|more| more.retracted.is_none())
    }

    fn premise(&mut self, record: RecordRef, sort: Sort, other: Option<RecordRef>) -> Premise {
        let premise = Premise(self.chronicle.facts.len() as u32);
        self.chronicle.facts.push(Fact {
            record,
            sort,
            other,
        });
        premise
    }

    fn place(&self, record: RecordRef) -> Option<usize> {
        let (kind, index) = slot(record)?;
        let before: u32 = self.chronicle.counts[..kind].iter().sum();
        Some((before + index) as usize)
    }

    fn date(&mut self, record: RecordRef, when: Option<DateId>) {
        let known = when.filter(|_| self.in_force(record));
        let (Some(id), Some(stretch)) = (known, self.chronicle.stretch(record)) else {
            return;
        };
        let premise = self.premise(record, Sort::Date, None);
        if let Some(place) = self.place(record) {
            self.dated[place] = Some((id, premise));
        }
        let date = self.facts.date(id);
        if date.takes_slack() {
            let widened = date.widened(self.slack);
            self.extent(stretch, widened.extent(), premise);
        } else {
            self.extent(stretch, date.extent(), premise);
            self.alternatives(stretch, date, premise);
            self.time_of_day(stretch, date, premise);
        }
    }

    /// Of several dates one is meant.
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
        });
    }

    fn extent(&mut self, stretch: Stretch, extent: Extent, premise: Premise) {
        let network = &mut self.chronicle.network;
        if let Some(tick) = scale::first_tick(extent.earliest_start()) {
            network.at_least(Point::ZERO, stretch.start, tick, premise);
        }
        if let Some(tick) = scale::midnight_after(extent.latest_end()) {
            network.at_most(Point::ZERO, stretch.end, tick, premise);
        }
        if let Some(tick) = scale::last_tick(extent.latest_start()) {
            network.at_most(Point::ZERO, stretch.start, tick, premise);
        }
        if extent.earliest_end() != extent.earliest_start()
            && let Some(tick) = scale::first_tick(extent.earliest_end())
        {
            network.at_least(Point::ZERO, stretch.end, tick + 1, premise);
        }
    }

    /// A time of day is a moment of one second.
    fn time_of_day(&mut self, stretch: Stretch, date: &Date, premise: Premise) {
        let Some((time, day)) = date.time_of_day().zip(date.first()) else {
            return;
        };
        let seconds = i64::from(time.utc_seconds());
        let comparable = time.offset().is_some() || !self.zoned;
        if !comparable || !(0..scale::MOMENTS).contains(&seconds) {
            return;
        }
        let tick = i64::from(day.number()) * scale::DAY + seconds;
        let network = &mut self.chronicle.network;
        network.at_least(Point::ZERO, stretch.start, tick, premise);
        network.at_most(Point::ZERO, stretch.end, tick + 1, premise);
    }

    fn event(&mut self, id: EventId) {
        let event = &self.facts[id];
        if !self.in_force(id.into()) {
            return;
        }
        if let Some(whole) = event.part_of.filter(|whole| *whole != id) {
            self.within(id.into(), whole.into(), Sort::PartOf);
        }
        for &effect in self.facts.list(event.causes) {
            if effect != id {
                self.not_before(effect.into(), id.into(), Sort::Causes, id.into());
            }
        }
    }

    fn claim(&mut self, id: ClaimId) {
        let claim = &self.facts[id];
        if !self.in_force(id.into()) {
            return;
        }
        if let Some(event) = claim.at {
            self.within(id.into(), event.into(), Sort::At);
        }
        for &other in self.facts.list(claim.responds_to) {
            self.not_before(id.into(), other.into(), Sort::Answers, id.into());
        }
        for &other in self.facts.list(claim.repeats) {
            self.not_before(id.into(), other.into(), Sort::Repeats, id.into());
        }
        let mut documents: Vec<DocumentId> = Vec::new();
        for evidence in self.facts.list(claim.evidence) {
            let document = evidence
                .document
                .filter(|one| self.facts[*one].published.is_some());
            documents.extend(document.filter(|one| !documents.contains(one)));
        }
        for document in documents {
            self.not_after_publication(id, document);
        }
        if let Some(office) = claim.capacity {
            self.within(id.into(), office.into(), Sort::Capacity);
        }
        for &speaker in self.facts.list(claim.speaker) {
            if self.facts[speaker].lifespan.is_some() {
                self.within_life(id, speaker);
            }
        }
    }

    /// One thing lies within another.
    fn within(&mut self, inner: RecordRef, outer: RecordRef, sort: Sort) {
        let ends = self
            .chronicle
            .stretch(inner)
            .zip(self.chronicle.stretch(outer));
        let Some((inside, around)) = ends.filter(|_| self.in_force(outer)) else {
            return;
        };
        let told_elsewhere = matches!(sort, Sort::Capacity | Sort::Speaker);
        if told_elsewhere && self.exclude(inner, DayRelation::SharesDay, outer) {
            return;
        }
        let premise = self.premise(inner, sort, Some(outer));
        let network = &mut self.chronicle.network;
        network.at_least(around.start, inside.start, 0, premise);
        network.at_least(inside.end, around.end, 0, premise);
    }

    /// Whether the dates of two things, as they are written, rule a relation between them out: then
    /// a rule about the two says so, and what else they say still counts.
    fn exclude(&self, one: RecordRef, relation: DayRelation, other: RecordRef) -> bool {
        let date = |record| {
            let (id, _) = self.dated[self.place(record)?]?;
            Some(self.facts.date(id))
        };
        let dates = date(one).zip(date(other));
        dates.is_some_and(|(one, other)| compare(one, relation, other) == Certainty::Never)
    }

    fn within_life(&mut self, claim: ClaimId, speaker: ActorId) {
        self.within(claim.into(), speaker.into(), Sort::Speaker);
    }

    /// One thing does not begin before another.
    fn not_before(&mut self, later: RecordRef, earlier: RecordRef, sort: Sort, of: RecordRef) {
        let ends = self
            .chronicle
            .stretch(later)
            .zip(self.chronicle.stretch(earlier));
        let both = self.in_force(later) && self.in_force(earlier) && later != earlier;
        let Some((after, before)) = ends.filter(|_| both) else {
            return;
        };
        let other = if of == later { earlier } else { later };
        let premise = self.premise(of, sort, Some(other));
        self.chronicle
            .network
            .at_least(before.start, after.start, 0, premise);
    }

    fn not_after_publication(&mut self, claim: ClaimId, document: DocumentId) {
        let ends = self
            .chronicle
            .stretch(claim.into())
            .zip(self.chronicle.stretch(document.into()));
        let Some((said, published)) = ends.filter(|_| self.in_force(document.into())) else {
            return;
        };
        let relation = DayRelation::StartsNotAfterEnd;
        if self.exclude(claim.into(), relation, document.into()) {
            return;
        }
        let premise = self.premise(claim.into(), Sort::Published, Some(document.into()));
        // It began, at least, before its report came out.
        self.chronicle
            .network
            .at_least(said.start, published.end, 1, premise);
    }

    fn order(&mut self, id: OrderId) {
        let order = &self.facts[id];
        let things = order.first.zip(order.second).filter(|(one, other)| {
            self.in_force(id.into()) && self.in_force(*one) && self.in_force(*other) && one != other
        });
        let Some((one, other)) = things else { return };
        let (Some(first), Some(second)) =
            (self.chronicle.stretch(one), self.chronicle.stretch(other))
        else {
            return;
        };
        let Some(set) = order.relation.map(|relation| relation.set) else {
            return;
        };
        let premise = self.premise(id.into(), Sort::Order, None);
        let said = self.said.entry(set).or_insert_with(|| Said::of(set));
        said.write(&mut self.chronicle.network, first, second, premise.into());
        if !said.whole {
            let ends = [first.start, first.end, second.start, second.end];
            let option = |relation: Allen| {
                let said = Said::of(relation.into());
                let bounds = said.bounds().iter();
                bounds
                    .map(|&(from, to, most)| (ends[from], ends[to], most))
                    .collect()
            };
            self.chronicle.choices.push(Choice {
                premise,
                options: set.iter().map(option).collect(),
            });
            self.chronicle.one_of.push(OneOf {
                premise,
                first,
                set,
                second,
            });
        }
        if let Some(apart) = &order.apart {
            let end = |end: End| usize::from(end == End::End);
            // A distance has no sign: it counts from what the relation says is earlier.
            if comes_later(set, end(apart.from), end(apart.to)) {
                let turned = Apart {
                    by: apart.by.clone(),
                    from: apart.to,
                    to: apart.from,
                };
                self.apart(&turned, (other, second), (one, first), premise);
            } else {
                self.apart(apart, (one, first), (other, second), premise);
            }
        }
    }

    fn apart(
        &mut self,
        apart: &Apart,
        (one, first): (RecordRef, Stretch),
        (other, second): (RecordRef, Stretch),
        premise: Premise,
    ) {
        let end = |stretch: Stretch, end: End| match end {
            End::Start => stretch.start,
            End::End => stretch.end,
        };
        let (from, to) = (end(first, apart.from), end(second, apart.to));
        let (least, most) = scale::ticks(&apart.by);
        let network = &mut self.chronicle.network;
        network.at_least(from, to, least, premise);
        network.at_most(from, to, most, premise);
        if apart.by.least().months() + apart.by.most().months() == 0 || !apart.by.counts_days() {
            return;
        }
        // Months are counted by the calendar: from the days that the other's own date allows.
        if let Some((days, dated)) = self.days_of(one, apart.from) {
            let (first, last) = scale::reached(&apart.by, days.0, days.1);
            self.between((to, apart.to), first, last, Premises::both(premise, dated));
        }
        if let Some((days, dated)) = self.days_of(other, apart.to) {
            let first = apart.by.most().earliest_reaching(days.0);
            let last = apart.by.least().latest_reaching(days.1);
            self.between(
                (from, apart.from),
                first,
                last,
                Premises::both(premise, dated),
            );
        }
    }

    fn between(
        &mut self,
        (point, end): (Point, End),
        first: Option<Day>,
        last: Option<Day>,
        premises: Premises,
    ) {
        let network = &mut self.chronicle.network;
        let (soonest, latest) = match end {
            End::Start => (0, scale::MOMENTS),
            End::End => (1, scale::DAY),
        };
        if let Some(day) = first {
            let tick = i64::from(day.number()) * scale::DAY + soonest;
            network.at_least(Point::ZERO, point, tick, premises);
        }
        if let Some(day) = last {
            let tick = i64::from(day.number()) * scale::DAY + latest;
            network.at_most(Point::ZERO, point, tick, premises);
        }
    }

    /// The days on which a thing can begin or end by its own date, and the premise of that.
    fn days_of(&self, record: RecordRef, end: End) -> Option<((Day, Day), Premise)> {
        let (id, premise) = self.dated[self.place(record)?]?;
        let date = self.facts.date(id);
        let widened = date.takes_slack().then(|| date.widened(self.slack));
        let extent = widened.as_ref().unwrap_or(date).extent();
        let bounds = match end {
            End::Start => (extent.earliest_start(), extent.latest_start()),
            End::End => (extent.earliest_end(), extent.latest_end()),
        };
        Some(((bounds.0.day()?, bounds.1.day()?), premise))
    }
}
