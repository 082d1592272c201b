//! When a node or an edge is there, for programs that play a graph through time: stretches from a
//! day up to the day after.

use annals_graph::Bundle;
use annals_model::{DateId, Facts};
use annals_time::Day;

/// A stretch of days. Its end is the day *after* its last: a single day is a stretch that is one
/// day long, and not a point without length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spell {
    /// The first day; none where it is open or unknown.
    pub(super) start: Option<Day>,
    /// The day after the last; none where that is open or unknown.
    pub(super) end: Option<Day>,
}

/// The stretches in which a date can lie, in order: one for each of the dates of which one is
/// meant, joined where they meet. None where the date leaves everything open, or there is none.
pub(super) fn spells(facts: &Facts, date: Option<DateId>) -> Vec<Spell> {
    joined(of_date(facts, date))
}

/// The stretches in which an edge can lie: of merged edges those of all. None where one of them can
/// lie anywhere.
pub(super) fn spells_of_edges(facts: &Facts, bundle: &Bundle<'_>) -> Vec<Spell> {
    let mut all = Vec::new();
    for edge in bundle.edges() {
        let some = of_date(facts, edge.when);
        if some.is_empty() {
            return Vec::new();
        }
        all.extend(some);
    }
    joined(all)
}

fn of_date(facts: &Facts, date: Option<DateId>) -> Vec<Spell> {
    let Some(date) = date.map(|id| facts.date(id)) else {
        return Vec::new();
    };
    let spells = date.alternatives().iter().map(|one| Spell {
        start: one.earliest_start().day(),
        end: (one.latest_end().day()).and_then(|day| day.checked_add_days(1)),
    });
    spells.collect()
}

fn joined(mut all: Vec<Spell>) -> Vec<Spell> {
    all.sort_unstable();
    let mut joined: Vec<Spell> = Vec::with_capacity(all.len());
    for spell in all {
        match joined.last_mut() {
            Some(last) if last.end.is_none() || spell.start <= last.end => {
                last.end = last.end.zip(spell.end).map(|(a, b)| a.max(b));
            }
            _ => joined.push(spell),
        }
    }
    // Always is no stretch.
    joined.retain(|one| one.start.is_some() || one.end.is_some());
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> Option<Day> {
        Day::from_ymd(2023, 4, day)
    }

    fn spell(start: Option<Day>, end: Option<Day>) -> Spell {
        Spell { start, end }
    }

    #[test]
    fn stretches_that_meet_are_one() {
        let some = vec![
            spell(day(9), day(12)),
            spell(day(1), day(5)),
            spell(day(5), day(7)),
            spell(day(2), day(3)),
        ];
        let one = [spell(day(1), day(7)), spell(day(9), day(12))];
        assert_eq!(joined(some), one);
        let open = vec![
            spell(day(3), None),
            spell(None, day(2)),
            spell(day(5), day(6)),
        ];
        let both = [spell(None, day(2)), spell(day(3), None)];
        assert_eq!(joined(open), both);
        let always = vec![spell(day(1), None), spell(None, day(4))];
        assert_eq!(joined(always), []);
    }
}
