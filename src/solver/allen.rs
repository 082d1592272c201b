//! Allen relations as constraints between the ends of two intervals.
//!
//! A set of relations constrains each of the four pairs of ends: earlier, equal, later. If these
//! constraints allow no relation outside the set, they represent it completely (the *pointisable*
//! relations without ≠); otherwise they are a relaxation of it.

use annals_time::{Allen, AllenSet};

use super::network::{Network, Point, Premises};

/// The ends of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The start.
    pub start: Point,
    /// The end.
    pub end: Point,
}

/// The possible positions of an end of the first interval relative to an end of the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Signs {
    earlier: bool,
    at_once: bool,
    later: bool,
}

/// The pairs of ends that a relation constrains: index in the first interval, index in the second.
const PAIRS: [(usize, usize); 4] = [(0, 0), (0, 1), (1, 0), (1, 1)];

/// Two stretches that have a relation: an example of each.
fn example(relation: Allen) -> [[i32; 2]; 2] {
    let (a, b) = match relation {
        Allen::Before => ([0, 1], [2, 3]),
        Allen::Meets => ([0, 1], [1, 2]),
        Allen::Overlaps => ([0, 2], [1, 3]),
        Allen::Starts => ([0, 1], [0, 2]),
        Allen::During => ([1, 2], [0, 3]),
        Allen::Finishes => ([1, 2], [0, 2]),
        Allen::Equals => ([0, 1], [0, 1]),
        Allen::After => ([2, 3], [0, 1]),
        Allen::MetBy => ([1, 2], [0, 1]),
        Allen::OverlappedBy => ([1, 3], [0, 2]),
        Allen::StartedBy => ([0, 2], [0, 1]),
        Allen::Contains => ([0, 3], [1, 2]),
        Allen::FinishedBy => ([0, 2], [1, 2]),
    };
    [a, b]
}

fn signs(set: AllenSet) -> [Signs; 4] {
    PAIRS.map(|(one, other)| {
        let orders = set.iter().map(|relation| {
            let [a, b] = example(relation);
            a[one].cmp(&b[other])
        });
        let mut signs = Signs {
            earlier: false,
            at_once: false,
            later: false,
        };
        for order in orders {
            match order {
                std::cmp::Ordering::Less => signs.earlier = true,
                std::cmp::Ordering::Equal => signs.at_once = true,
                std::cmp::Ordering::Greater => signs.later = true,
            }
        }
        signs
    })
}

/// Whether a set implies that an end of the first (0 its start, 1 its end) comes no earlier than an
/// end of the second, and may come later: a distance between them then counts from the second.
pub fn comes_later(set: AllenSet, first_end: usize, second_end: usize) -> bool {
    let pair = PAIRS
        .iter()
        .position(|pair| *pair == (first_end, second_end));
    let said = signs(set);
    pair.is_some_and(|nth| said[nth].later && !said[nth].earlier)
}

/// The relations allowed by the constraints of a set on pairs of ends: the set, or a superset.
pub fn pointised(set: AllenSet) -> AllenSet {
    let said = signs(set);
    let fits = |relation: &Allen| {
        let own = signs((*relation).into());
        said.iter().zip(own).all(|(said, own)| {
            // "Earlier or later, but not equal" is not a bound.
            let at_once = said.at_once || (said.earlier && said.later);
            (!own.earlier || said.earlier)
                && (!own.at_once || at_once)
                && (!own.later || said.later)
        })
    };
    Allen::ALL.into_iter().filter(fits).collect()
}

/// The bounds that a set of relations implies between the ends of two intervals, computed once for
/// all orders with that set.
#[derive(Debug, Clone)]
pub struct RelationBounds {
    /// Bounds as (from, to, most ticks later); ends 0 and 1 are of the first interval, 2 and 3 of
    /// the second.
    bounds: Vec<(usize, usize, i64)>,
    /// Whether the bounds represent the set completely.
    pub whole: bool,
}

impl RelationBounds {
    /// The bounds of a set.
    pub fn from_set(set: AllenSet) -> RelationBounds {
        let said = signs(set);
        // Starts precede their ends; what that implies is not written.
        let not_later = |one: usize, other: usize| !said[2 * one + other].later;
        let not_earlier = |one: usize, other: usize| !said[2 * one + other].earlier;
        let mut bounds = Vec::new();
        for ((one, other), signs) in PAIRS.into_iter().zip(said) {
            let (x, y) = (one, 2 + other);
            let most = if signs.at_once { 0 } else { -1 };
            let follows = (one == 0 && not_later(1, other)) || (other == 1 && not_later(one, 0));
            if !signs.later && !follows {
                bounds.push((y, x, most));
            }
            let follows =
                (one == 1 && not_earlier(0, other)) || (other == 0 && not_earlier(one, 1));
            if !signs.earlier && !follows {
                bounds.push((x, y, most));
            }
        }
        RelationBounds {
            bounds,
            whole: pointised(set) == set,
        }
    }

    /// The bounds; ends 0 and 1 are those of the first interval, 2 and 3 those of the second.
    pub fn bounds(&self) -> &[(usize, usize, i64)] {
        &self.bounds
    }

    /// Adds the bounds to a network.
    pub fn write(
        &self,
        network: &mut Network,
        first: Stretch,
        second: Stretch,
        premises: Premises,
    ) {
        let ends = [first.start, first.end, second.start, second.end];
        for &(from, to, most) in &self.bounds {
            network.at_most(ends[from], ends[to], most, premises);
        }
    }
}

/// Adds the bounds of a set of relations to a network; returns whether they represent it
/// completely.
pub fn relate(
    network: &mut Network,
    first: Stretch,
    set: AllenSet,
    second: Stretch,
    premises: Premises,
) -> bool {
    let said = RelationBounds::from_set(set);
    said.write(network, first, second, premises);
    said.whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_what_they_say() {
        for relation in Allen::ALL {
            let [a, b] = example(relation);
            assert_eq!(Allen::between((a[0], a[1]), (b[0], b[1])), Some(relation));
        }
    }

    #[test]
    fn named_unions_are_written_whole() {
        for name in [
            "starts_before",
            "ends_before",
            "before_or_meets",
            "overlapping",
        ] {
            let set = AllenSet::from_name(name).unwrap();
            assert_eq!(pointised(set), set, "{name}");
        }
        for relation in Allen::ALL {
            assert_eq!(pointised(relation.into()), relation.into());
        }
        let disjoint = AllenSet::from_name("disjoint").unwrap();
        assert_ne!(pointised(disjoint), disjoint);
    }
}
