//! Allen's relations as constraints between the ends of two stretches of time.
//!
//! A set of relations says something about each of the four pairs of ends: earlier, at once, later.
//! Where what it says of the pairs allows no other relation, it is written into the network whole
//! (the *pointisable* relations without ≠); else what it says of the pairs holds at least.

use annals_time::{Allen, AllenSet};

use super::network::{Network, Point, Premises};

/// The ends of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub start: Point,
    /// Where it ends.
    pub end: Point,
}

/// How an end of the first lies to an end of the second: the signs that are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Signs {
    earlier: bool,
    at_once: bool,
    later: bool,
}

/// The ends of two stretches of which a relation speaks: which of the first, which of the second.
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

/// Whether a set says that an end of the first (0 its start, 1 its end) comes no earlier than an end
/// of the second, and may come later: a distance between them then counts from the second.
pub fn comes_later(set: AllenSet, first_end: usize, second_end: usize) -> bool {
    let pair = PAIRS
        .iter()
        .position(|pair| *pair == (first_end, second_end));
    let said = signs(set);
    pair.is_some_and(|nth| said[nth].later && !said[nth].earlier)
}

/// The relations that what a set says of the pairs of ends allows: the set, or more.
pub fn pointised(set: AllenSet) -> AllenSet {
    let said = signs(set);
    let fits = |relation: &Allen| {
        let own = signs((*relation).into());
        said.iter().zip(own).all(|(said, own)| {
            // "Earlier or later, but not at once" cannot be written as a bound.
            let at_once = said.at_once || (said.earlier && said.later);
            (!own.earlier || said.earlier)
                && (!own.at_once || at_once)
                && (!own.later || said.later)
        })
    };
    Allen::ALL.into_iter().filter(fits).collect()
}

/// What a set of relations says of the ends of two stretches, as bounds: worked out once for all
/// orders that say it.
#[derive(Debug, Clone)]
pub struct Said {
    /// Ends 0 and 1 of the first, 2 and 3 of the second: from, to, and at most how much later.
    bounds: Vec<(usize, usize, i64)>,
    /// Whether that is all that the set says.
    pub whole: bool,
}

impl Said {
    /// What a set says.
    pub fn of(set: AllenSet) -> Said {
        let said = signs(set);
        // Starts come before their ends: what follows from that is not written.
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
        Said {
            bounds,
            whole: pointised(set) == set,
        }
    }

    /// The bounds: ends 0 and 1 are those of the first, 2 and 3 those of the second.
    pub fn bounds(&self) -> &[(usize, usize, i64)] {
        &self.bounds
    }

    /// Writes it into a network.
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

/// Writes what a set of relations says into a network; whether that is all it says.
pub fn relate(
    network: &mut Network,
    first: Stretch,
    set: AllenSet,
    second: Stretch,
    premises: Premises,
) -> bool {
    let said = Said::of(set);
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
            assert_eq!(Allen::of((a[0], a[1]), (b[0], b[1])), Some(relation));
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
