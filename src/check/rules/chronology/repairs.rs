//! Repairs for a conflict: for each of its facts, what it would have to be if all others are right.

use std::collections::BTreeSet;

use annals_chronology::premises::{Chronicle, Fact, Few, PremiseKind};
use annals_chronology::{
    Chronology, Conflict, Part, Point, Premise, Premises, RelationBounds, scale,
};
use annals_finding::{Finding, Place, shown};
use annals_model::{End, Facts, OrderId, RecordRef};
use annals_query::chronicle::{counted_words, date_of, denied, turned};
use annals_time::{Bound, Calendar, Date, Day, Precision};

/// Up to this many facts, each gets a repair; with more, only dates and distances.
const EACH: usize = 4;
/// The most repairs that are shown.
const MOST: usize = 8;

/// Adds the repairs of a conflict to its finding.
pub(super) fn add(
    facts: &Facts,
    chronicle: &Chronicle,
    premises: &[Premise],
    conflict: &Conflict,
    finding: &mut Finding,
) {
    let known: Vec<Fact> = premises.iter().map(|one| chronicle.fact(*one)).collect();
    let conflict = Mended::new(facts, chronicle, premises, conflict.short);
    let each = known.len() <= EACH;
    let mut repairs: Vec<Repair> = Vec::new();
    let mut others: Vec<Repair> = Vec::new();
    let mut left_out = false;
    for (premise, fact) in premises.iter().zip(&known) {
        let is_full = repairs.len() >= MOST;
        match (fact.kind, fact.record) {
            _ if is_full => left_out = true,
            (PremiseKind::Date, _) => {
                let moved = conflict.date(*premise, *fact);
                let wrong = || Repair::words(denied(facts, *fact));
                repairs.push(moved.unwrap_or_else(wrong));
            }
            (PremiseKind::Order, RecordRef::Order(id)) if facts[id].apart.is_some() => {
                repairs.push(conflict.distance(*premise, *fact, id));
            }
            _ if !each => left_out = true,
            (PremiseKind::Order, RecordRef::Order(id)) => {
                others.push(conflict.order(*premise, *fact, id));
            }
            _ => others.push(Repair::words(denied(facts, *fact))),
        }
    }
    repairs.append(&mut others);
    let mut mended = std::mem::replace(finding, Finding::new(finding.code, ""));
    for repair in repairs.into_iter().take(MOST) {
        let words = format!("if all else is right, {}", repair.words);
        mended = match repair.edit {
            Some((place, text)) => mended.suggest(words, place, &text),
            None => mended.help(words),
        };
    }
    if left_out {
        let orders = known.iter().all(|fact| fact.kind == PremiseKind::Order);
        mended = mended.help(if orders {
            "reverse one of the orders, or leave it out"
        } else {
            "or one of the other facts is wrong"
        });
    }
    *finding = mended;
}

/// The ends of all records that a fact involves.
fn ends(facts: &Facts, chronicle: &Chronicle, fact: Fact) -> Vec<Point> {
    let things = match fact.record {
        RecordRef::Order(id) => [facts[id].first, facts[id].second],
        record => [Some(record), fact.other],
    };
    let stretches = things.into_iter().flatten();
    let stretches = stretches.filter_map(|thing| chronicle.stretch(thing));
    stretches.flat_map(|one| [one.start, one.end]).collect()
}

/// A repair.
struct Repair {
    words: String,
    edit: Option<(Place, String)>,
}

impl Repair {
    fn words(words: String) -> Self {
        Repair { words, edit: None }
    }
}

/// A conflict to be mended.
pub(super) struct Mended<'c> {
    facts: &'c Facts,
    chronicle: &'c Chronicle,
    few: Few,
    premises: &'c [Premise],
    short: i64,
}

/// The days that are left to a start or an end.
pub(super) type Window = [Option<Day>; 2];

impl<'c> Mended<'c> {
    pub(super) fn new(
        facts: &'c Facts,
        chronicle: &'c Chronicle,
        premises: &'c [Premise],
        short: i64,
    ) -> Self {
        let known = premises.iter().map(|one| chronicle.fact(*one));
        let points = known.flat_map(|fact| ends(facts, chronicle, fact));
        let points: Vec<Point> = points.collect();
        Mended {
            facts,
            chronicle,
            few: chronicle.resting_on(premises, &points),
            premises,
            short,
        }
    }

    /// What a date or a distance would have to be, were all others right.
    pub(super) fn would_be(&self, premise: Premise) -> Option<String> {
        let fact = self.chronicle.fact(premise);
        let repair = match (fact.kind, fact.record) {
            (PremiseKind::Date, _) => self.date(premise, fact)?,
            (PremiseKind::Order, RecordRef::Order(id)) if self.facts[id].apart.is_some() => {
                self.distance(premise, fact, id)
            }
            _ => return None,
        };
        Some(repair.words)
    }

    /// The days that all facts but one leave to the start and to the end of a record.
    pub(super) fn left(&self, premise: Premise, record: RecordRef) -> Option<[Window; 2]> {
        let part = self.without(premise);
        let solved = Chronology::new(&part.network, &|_| 1.0);
        let stretch = self.chronicle.stretch(record)?;
        let scale = self.chronicle.scale;
        let (start, end) = (part.inside(stretch.start)?, part.inside(stretch.end)?);
        let begins = [
            solved
                .earliest(start)
                .and_then(|tick| scale.day_not_before(tick)),
            solved.latest(start).and_then(scale::day_not_after),
        ];
        let over = [
            solved
                .earliest(end)
                .and_then(|tick| scale.end_not_before(tick)),
            solved.latest(end).and_then(scale::end_not_after),
        ];
        Some([begins, over])
    }

    /// The constraints of all facts but one.
    fn without(&self, premise: Premise) -> Part {
        let others = self.premises.iter().copied().filter(|one| *one != premise);
        self.few.less(&others.collect::<BTreeSet<Premise>>())
    }

    /// When something would have to be.
    fn date(&self, premise: Premise, fact: Fact) -> Option<Repair> {
        let date = date_of(self.facts, fact.record)?;
        let [begins, over] = self.left(premise, fact.record)?;
        let extent = date.extent();
        let given_start = [extent.earliest_start(), extent.latest_start()].map(Bound::day);
        let given_end = [extent.earliest_end(), extent.latest_end()].map(Bound::day);
        let own = shown(self.facts.id(fact.record));
        let (verbs, of_one) = match fact.record {
            RecordRef::Document(_) => (["was published"; 2], true),
            RecordRef::Claim(_) => (["was said"; 2], true),
            _ => (["begins", "ends"], false),
        };
        // The days on which both ends can be, if it can have been on a single day.
        let both = [begins[0].max(over[0]), earlier(begins[1], over[1])];
        let one_day = both[0]
            .zip(both[1])
            .is_none_or(|(first, last)| first <= last);
        let falls = of_one || matches!(fact.record, RecordRef::Event(_));
        if given_start == given_end && falls && one_day {
            let Some((window, by)) = moved(both, given_start) else {
                return self.moment(fact, date).map(Repair::words);
            };
            let verb = if of_one { verbs[0] } else { "falls" };
            let words = format!("{own} {verb} {}: {by}", days(window)?);
            let edit = self.edit(fact, date, window);
            return Some(Repair { words, edit });
        }
        let sides = [(verbs[0], begins, given_start), (verbs[1], over, given_end)];
        let side = sides.into_iter().find_map(|(verb, left, given)| {
            let (window, by) = moved(left, given)?;
            Some(format!("{own} {verb} {}: {by}", days(window)?))
        });
        side.or_else(|| self.moment(fact, date)).map(Repair::words)
    }

    /// How far a time of day is off, if the day is right.
    fn moment(&self, fact: Fact, date: &Date) -> Option<String> {
        date.time_of_day()?;
        let second = self.chronicle.scale.second();
        let seconds = (self.short + second - 1).div_euclid(second).max(1);
        let own = shown(self.facts.id(fact.record));
        Some(format!(
            "the time of {own} is off by at least {}",
            span(seconds)
        ))
    }

    /// The edit of a date written as a single day, if a single day remains.
    fn edit(&self, fact: Fact, date: &Date, window: Window) -> Option<(Place, String)> {
        let day = window[0].filter(|_| window[0] == window[1])?;
        let plain = date.precision() == Precision::Day
            && date.calendar() == Calendar::Gregorian
            && date.display().is_none()
            && date.time_of_day().is_none()
            && date.written().len() == 10;
        plain.then(|| (super::shown::place(self.facts, fact), day.to_string()))
    }

    /// The required distance between two records.
    fn distance(&self, premise: Premise, fact: Fact, id: OrderId) -> Repair {
        let wrong = || Repair::words(denied(self.facts, fact));
        self.range(premise, id).map_or_else(wrong, |range| {
            let order = &self.facts[id];
            let name = |thing: Option<RecordRef>| {
                thing.map_or("?".to_owned(), |one| shown(self.facts.id(one)))
            };
            let (one, other) = (name(order.first), name(order.second));
            let apart = order.apart.as_ref();
            let written = apart.map_or(String::new(), |apart| apart.by.words());
            let ends = apart.and_then(|apart| counted_words(apart, &one, &other));
            let things = match ends {
                _ if order.first == order.second => format!("{one} takes {range}"),
                Some(ends) => format!("it is {range} {ends}"),
                None => format!("{one} and {other} are {range} apart"),
            };
            Repair::words(format!("{things}, not {written}"))
        })
    }

    /// The range of distances that the other facts allow.
    fn range(&self, premise: Premise, id: OrderId) -> Option<String> {
        let order = &self.facts[id];
        let apart = order.apart.as_ref()?;
        let (from, to) = self.chronicle.apart(order)?;
        let scale = self.chronicle.scale;
        let part = self.without(premise);
        let solved = Chronology::new(&part.network, &|_| 1.0);
        let (from, to) = (part.inside(from)?, part.inside(to)?);
        let most = solved.from(from).to(to);
        let least = solved.from(to).to(from).map(|sum| -sum);
        let is_out = |least: Option<i64>, most: Option<i64>, written: (i64, i64)| {
            least.is_some_and(|least| least > written.1)
                || most.is_some_and(|most| most < written.0)
        };
        if apart.by.counts_days() {
            let midnight = scale::DAY - scale.last_moment();
            let early = i64::from(apart.from == End::End) * midnight + scale.last_moment();
            let late = i64::from(apart.to == End::End) * midnight + scale.last_moment();
            let least = least.map(|tick| (tick - early + scale::DAY - 1).div_euclid(scale::DAY));
            let most = most.map(|tick| (tick + late).div_euclid(scale::DAY));
            let months = apart.by.least().months() + apart.by.most().months() > 0;
            let written = [apart.by.least(), apart.by.most()].map(|one| one.days() as i64);
            if !months && !is_out(least, most, (written[0], written[1])) {
                return None;
            }
            return between(least, most, |days| count(days, "day"));
        }
        let seconds = |tick: i64| tick.div_euclid(scale.second());
        let (least, most) = (least.map(seconds), most.map(seconds));
        // On the scale of days there are unused ticks between two days, so round distances beyond
        // one day.
        let far = |one: &i64| scale.second() == 1 && one.abs() > 86_400;
        let written = [apart.by.least(), apart.by.most()].map(|one| one.seconds() as i64);
        let within = least.iter().chain(&most).all(|one| !far(one));
        (within && is_out(least, most, (written[0], written[1])))
            .then(|| between(least, most, span))
            .flatten()
    }

    /// An order that would have to be turned round, or left out.
    fn order(&self, premise: Premise, fact: Fact, id: OrderId) -> Repair {
        let fits = || {
            let order = &self.facts[id];
            let said = RelationBounds::from_set(order.relation?.set.inverse());
            let mut part = self.without(premise);
            let [first, second] = [order.first?, order.second?].map(|one| {
                let stretch = self.chronicle.stretch(one)?;
                Some([part.inside(stretch.start)?, part.inside(stretch.end)?])
            });
            let ends = [first?, second?].concat();
            for &(from, to, most) in said.bounds() {
                let (from, to) = (ends[from], ends[to]);
                part.network.at_most(from, to, most, Premises::one(premise));
            }
            let solved = Chronology::new(&part.network, &|_| 1.0);
            Some(solved.conflicts.is_empty() && said.whole)
        };
        Repair::words(if fits() == Some(true) {
            format!("{}: reverse the order", turned(self.facts, fact))
        } else {
            denied(self.facts, fact)
        })
    }
}

/// The remaining days that lie outside the given ones, and by how far.
fn moved(left: Window, given: Window) -> Option<(Window, String)> {
    let later = left[0].zip(given[1]).filter(|(left, given)| left > given);
    let earlier = left[1].zip(given[0]).filter(|(left, given)| left < given);
    let (days, how) = match (later, earlier) {
        (Some((left, given)), _) => (left.number() - given.number(), "later"),
        (None, Some((left, given))) => (given.number() - left.number(), "earlier"),
        (None, None) => return None,
    };
    // Show both bounds if both remain.
    let window = match left {
        [Some(first), Some(last)] if first > last => return None,
        window => window,
    };
    let days = count(i64::from(days), "day");
    Some((window, format!("{days} {how} than given")))
}

fn earlier(one: Option<Day>, other: Option<Day>) -> Option<Day> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn days(window: Window) -> Option<String> {
    Some(match window {
        [Some(first), Some(last)] if first == last => format!("on {}", first.words()),
        [Some(first), Some(last)] => format!("between {} and {}", first.words(), last.words()),
        [Some(first), None] => format!("on {} or later", first.words()),
        [None, Some(last)] => format!("on {} or earlier", last.words()),
        [None, None] => return None,
    })
}

/// "at most 5 days", "3 days to 5 days", for non-negative bounds.
fn between(least: Option<i64>, most: Option<i64>, words: impl Fn(i64) -> String) -> Option<String> {
    match (least.filter(|least| *least > 0), most) {
        (_, Some(most)) if most < 0 => None,
        (Some(least), Some(most)) if least > most => None,
        (Some(least), Some(most)) if least == most => Some(words(least)),
        (Some(least), Some(most)) => Some(format!("{} to {}", words(least), words(most))),
        (Some(least), None) => Some(format!("at least {}", words(least))),
        (None, Some(most)) => Some(format!("at most {}", words(most))),
        (None, None) => None,
    }
}

fn count(number: i64, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}

/// Seconds as people count them.
fn span(seconds: i64) -> String {
    let parts = [
        (seconds / 86_400, "day"),
        (seconds / 3_600 % 24, "hour"),
        (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
    ];
    let some = parts.iter().filter(|(number, _)| *number > 0);
    let words: Vec<String> = some.map(|(number, word)| count(*number, word)).collect();
    if words.is_empty() {
        "no time".to_owned()
    } else {
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_ranges_are_said_as_people_do() {
        assert_eq!(span(13_200), "3 hours 40 minutes");
        assert_eq!(span(86_401), "1 day 1 second");
        let days = |least, most| between(least, most, |days| count(days, "day"));
        assert_eq!(days(Some(6), Some(6)).as_deref(), Some("6 days"));
        assert_eq!(days(Some(1), Some(6)).as_deref(), Some("1 day to 6 days"));
        assert_eq!(days(None, Some(6)).as_deref(), Some("at most 6 days"));
        assert_eq!(days(Some(-3), None), None);
        assert_eq!(days(None, Some(-1)), None);
    }
}
