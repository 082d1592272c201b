//! Orders and distances, as bounds between the ends of records.

use super::build::Builder;
use super::{OneOf, PremiseKind};
use annals_model::{End, Order, OrderId, RecordRef};
use annals_solver::Window;
use annals_solver::scale::{self, Scale};
use annals_solver::{Choice, RelationChoice};
use annals_solver::{Point, Premise, Premises};
use annals_solver::{RelationBounds, comes_later};
use annals_time::{Allen, Day, Distance, Duration};

impl Builder<'_> {
    pub(super) fn order(&mut self, id: OrderId) {
        let order = &self.facts[id];
        let things = order.first.zip(order.second).filter(|(one, other)| {
            self.in_force(id.into()) && self.in_force(*one) && self.in_force(*other)
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
        if one == other {
            // From a record to itself, an order only gives its length.
            let length = order.apart.as_ref().filter(|_| set.contains(Allen::Equals));
            if let Some((apart, [from, to])) = length.zip(counted(order)) {
                let premise = self.premise(id.into(), PremiseKind::Order, None);
                self.apart(&apart.by, from, to, premise);
            }
            return;
        }
        let premise = self.premise(id.into(), PremiseKind::Order, None);
        let said = self
            .said
            .entry(set)
            .or_insert_with(|| RelationBounds::from_set(set));
        said.write(&mut self.chronicle.network, first, second, premise.into());
        if !said.whole {
            let ends = [first.start, first.end, second.start, second.end];
            let option = |relation: Allen| {
                let said = RelationBounds::from_set(relation.into());
                let bounds = said.bounds().iter();
                bounds
                    .map(|&(from, to, most)| (ends[from], ends[to], most))
                    .collect()
            };
            self.chronicle.choices.push(Choice {
                premise,
                options: set.iter().map(option).collect(),
                listed: Some(RelationChoice { first, set, second }),
            });
            self.chronicle.one_of.push(OneOf {
                premise,
                first,
                set,
                second,
            });
        }
        if let Some((apart, [from, to])) = order.apart.as_ref().zip(counted(order)) {
            self.apart(&apart.by, from, to, premise);
        }
    }

    fn apart(
        &mut self,
        by: &Distance,
        (one, of_one): (RecordRef, End),
        (other, of_other): (RecordRef, End),
        premise: Premise,
    ) {
        let ends = self.chronicle.end(one, of_one);
        let Some((from, to)) = ends.zip(self.chronicle.end(other, of_other)) else {
            return;
        };
        let scale = self.chronicle.scale;
        let (mut least, mut most) = scale.ticks(by);
        let of_ends = of_one == End::End || of_other == End::End;
        if by.counts_days() {
            // Something that ends at midnight ends on the day before.
            let midnight = scale::DAY - scale.last_moment();
            least -= i64::from(of_one == End::End) * midnight;
            most += i64::from(of_other == End::End) * midnight;
            self.days_apart(by, (from, of_one), (to, of_other), premise);
        }
        let network = &mut self.chronicle.network;
        network.at_least(from, to, least, premise);
        network.at_most(from, to, most, premise);
        if !by.counts_days() {
            self.by_the_clock(by, [(one, from), (other, to)], premise);
            return;
        }
        let by_calendar = by.least().months() + by.most().months() > 0;
        let loose = of_ends || scale == Scale::Seconds;
        if !by_calendar && !loose {
            return;
        }
        // Months are counted on the calendar, from the days that the other's own date allows. So
        // are days if ticks allow one more than a distance in days does.
        if let Some((days, dated)) = self.days_of(one, of_one) {
            let (first, last) = scale::reached(by, days.0, days.1);
            self.between((to, of_other), first, last, Premises::both(premise, dated));
        }
        if let Some((days, dated)) = self.days_of(other, of_other) {
            let first = by.most().earliest_reaching(days.0);
            let last = by.least().latest_reaching(days.1);
            self.between((from, of_one), first, last, Premises::both(premise, dated));
        }
    }

    /// A distance in days counts from day to day. If moments have ticks of their own, a start lies
    /// at one of these, and a distance in ticks is equivalent; otherwise each day gets a point.
    fn days_apart(
        &mut self,
        by: &Distance,
        (from, of_one): (Point, End),
        (to, of_other): (Point, End),
        premise: Premise,
    ) {
        let plain = of_one == End::Start && of_other == End::Start;
        if plain && self.chronicle.scale == Scale::Days {
            for point in [from, to] {
                self.chronicle.network.within_day(point, Window::Moments);
            }
            return;
        }
        let [from, to] =
            [(from, of_one), (to, of_other)].map(|(point, end)| self.day_of(point, end));
        let (least, most) = scale::days(by);
        let network = &mut self.chronicle.network;
        network.at_least(from, to, least * scale::DAY, premise);
        network.at_most(from, to, most * scale::DAY, premise);
    }

    /// The midnight at the start of the day on which something begins or ends.
    fn day_of(&mut self, point: Point, end: End) -> Point {
        if let Some(day) = self.days.get(&point) {
            return *day;
        }
        let network = &mut self.chronicle.network;
        let day = network.point();
        network.within_day(day, Window::Midnight);
        let (soonest, latest) = match end {
            End::Start => (0, scale::DAY - 1),
            End::End => (1, scale::DAY),
        };
        network.at_least(day, point, soonest, Premises::NONE);
        network.at_most(day, point, latest, Premises::NONE);
        self.days.insert(point, day);
        day
    }

    /// Hours count on the clock, from the moments that the other's own date gives, which are exact
    /// on any scale.
    fn by_the_clock(&mut self, by: &Distance, things: [(RecordRef, Point); 2], premise: Premise) {
        let seconds = |one: Duration| {
            let days = i64::try_from(one.days())
                .ok()?
                .checked_mul(scale::SECONDS)?;
            let rest = i64::try_from(one.seconds()).ok()?;
            days.checked_add(rest)
                .filter(|all| *all < scale::FARTHEST && one.months() == 0)
        };
        let [(one, from), (other, to)] = things;
        let moments = [one, other].map(|thing| self.moments.get(&thing).copied());
        if moments == [None, None] {
            self.hours.push(from);
        }
        let Some((least, most)) = seconds(by.least()).zip(seconds(by.most())) else {
            return;
        };
        let sides = [
            (moments[0], one, to, [least, most]),
            (moments[1], other, from, [-most, -least]),
        ];
        for (moment, thing, point, [least, most]) in sides {
            let dated = self.place(thing).and_then(|place| self.dated[place]);
            let Some((moment, (_, dated))) = moment.zip(dated) else {
                continue;
            };
            let premises = Premises::both(premise, dated);
            let scale = self.chronicle.scale;
            // Moments are known to within a second.
            let (soonest, latest) = (moment + least - 1, moment + most + 1);
            let network = &mut self.chronicle.network;
            network.at_least(Point::ZERO, point, scale.moment(soonest), premises);
            network.at_most(Point::ZERO, point, scale.moment(latest), premises);
        }
    }

    fn between(
        &mut self,
        (point, end): (Point, End),
        first: Option<Day>,
        last: Option<Day>,
        premises: Premises,
    ) {
        let last_moment = self.chronicle.scale.last_moment();
        let network = &mut self.chronicle.network;
        let (soonest, latest) = match end {
            End::Start => (0, last_moment),
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

    /// The days on which a record can begin or end by its own date, and the premise of that date.
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

/// The ends between which a distance counts: it has no sign, so it counts from the end that the
/// relation puts first.
pub(super) fn counted(order: &Order) -> Option<[(RecordRef, End); 2]> {
    let apart = order.apart.as_ref()?;
    let from = (order.first?, apart.from);
    let to = (order.second?, apart.to);
    let end = |end: End| usize::from(end == End::End);
    let is_later = comes_later(order.relation?.set, end(apart.from), end(apart.to));
    Some(if is_later { [to, from] } else { [from, to] })
}
