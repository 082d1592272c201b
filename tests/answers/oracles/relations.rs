//! Random networks of lists of Allen's relations, A(n, d, l), against every order of the ends.
//!
//! Source of the model: B. Nebel, *Solving Hard Qualitative Temporal Reasoning Problems*, 1997: n
//! stretches, each listed with d others on average, l relations in a list on average.

use std::collections::BTreeSet;

use annals::chronology::{
    Choice, Network, Point, Premise, Premises, RelationBounds, RelationChoice, Stretch,
    contradictions, relate,
};
use annals::time::{Allen, AllenSet};
use proptest::prelude::*;

use super::cases;

/// Lists of relations between stretches.
#[derive(Debug, Clone)]
struct Lists {
    stretches: usize,
    lists: Vec<(usize, usize, AllenSet)>,
}

/// Each pair is listed with a probability of d / (n − 1), each relation with l / 13.
fn lists() -> impl Strategy<Value = Lists> {
    (3..=4_usize, 1..=3_usize, 2..=7_u32).prop_flat_map(|(stretches, degree, length)| {
        let pairs = (0..stretches).flat_map(move |a| (a + 1..stretches).map(move |b| (a, b)));
        let list = move |(a, b): (usize, usize)| {
            let is_listed = (0..stretches - 1).prop_map(move |nth| nth < degree);
            let relations = prop::collection::vec(0..13_u32, 13);
            (is_listed, relations).prop_map(move |(is_listed, relations)| {
                let chosen = Allen::ALL.into_iter().zip(relations);
                let chosen = chosen.filter(|(_, nth)| *nth < length).map(|(one, _)| one);
                let set: AllenSet = chosen.collect();
                (a, b, set, is_listed && !set.is_empty())
            })
        };
        let all: Vec<_> = pairs.map(list).collect();
        all.prop_map(move |all| Lists {
            stretches,
            lists: (all.into_iter())
                .filter(|(.., is_listed)| *is_listed)
                .map(|(a, b, set, _)| (a, b, set))
                .collect(),
        })
    })
}

/// Whether the ends can lie in some order in which each list that is kept holds.
fn can_be(lists: &Lists, keep: &dyn Fn(usize) -> bool) -> bool {
    fn place(
        lists: &Lists,
        keep: &dyn Fn(usize) -> bool,
        placed: &mut Vec<(usize, usize)>,
    ) -> bool {
        let nth = placed.len();
        if nth == lists.stretches {
            return true;
        }
        // So many ends have at most as many places.
        let places = 2 * lists.stretches;
        for start in 0..places {
            for end in start + 1..places {
                placed.push((start, end));
                let mut own = lists.lists.iter().enumerate();
                let holds = own.all(|(at, (a, b, set))| {
                    let known = *a <= nth && *b <= nth && (*a == nth || *b == nth);
                    !known
                        || !keep(at)
                        || Allen::between(placed[*a], placed[*b])
                            .is_some_and(|one| set.contains(one))
                });
                if holds && place(lists, keep, placed) {
                    return true;
                }
                placed.pop();
            }
        }
        false
    }
    place(lists, keep, &mut Vec::new())
}

/// The same as a network with choices, as facts give it; and with a bound that says nothing of the
/// stretches, so that the network of bounds has a part in it.
fn network(lists: &Lists, has_bounds: bool) -> (Network, Vec<Choice>) {
    let mut network = Network::default();
    let stretch = |network: &mut Network| {
        let (start, end) = (network.point(), network.point());
        network.at_least(start, end, 1, Premises::NONE);
        Stretch { start, end }
    };
    let stretches: Vec<Stretch> = (0..lists.stretches)
        .map(|_| stretch(&mut network))
        .collect();
    let mut choices = Vec::new();
    for (nth, &(a, b, set)) in lists.lists.iter().enumerate() {
        let premise = Premise(nth as u32);
        let (first, second) = (stretches[a], stretches[b]);
        if relate(&mut network, first, set, second, premise.into()) {
            continue;
        }
        let ends = [first.start, first.end, second.start, second.end];
        let option = |one: Allen| {
            let bounds = RelationBounds::from_set(one.into());
            let bounds = bounds.bounds().iter();
            bounds
                .map(|&(from, to, most)| (ends[from], ends[to], most))
                .collect()
        };
        choices.push(Choice {
            premise,
            options: set.iter().map(option).collect(),
            listed: Some(RelationChoice { first, set, second }),
        });
    }
    if has_bounds {
        network.at_least(Point::ZERO, stretches[0].start, 1, Premise(1000));
        network.at_most(Point::ZERO, stretches[1].end, 1_000_000, Premise(1001));
    }
    (network, choices)
}

/// Whether the solver decides as going through all orders does, and its conflicts are enough and
/// without anything that they can do without.
fn is_decided(lists: &Lists) -> Result<(), TestCaseError> {
    let possible = can_be(lists, &|_| true);
    for has_bounds in [false, true] {
        let (network, choices) = network(lists, has_bounds);
        let solved = annals::chronology::Chronology::new(&network, &|_| 1.0);
        if !solved.conflicts.is_empty() {
            prop_assert!(!possible);
            continue;
        }
        let found = contradictions(&network, &choices, 50_000_000);
        prop_assert!(found.given_up.is_empty());
        prop_assert_eq!(found.contradictions.is_empty(), possible, "{:?}", lists);
        for conflict in &found.contradictions {
            prop_assert!(conflict.is_smallest, "{:?}", lists);
            let own: BTreeSet<usize> = conflict.premises.iter().map(|one| one.0 as usize).collect();
            prop_assert!(
                !can_be(lists, &|nth| own.contains(&nth)),
                "{:?} can be: {:?}",
                own,
                lists
            );
            for left_out in &own {
                let rest = can_be(lists, &|nth| nth != *left_out && own.contains(&nth));
                prop_assert!(
                    rest,
                    "{:?} does without {}: {:?}, bounds {}",
                    own,
                    left_out,
                    lists,
                    has_bounds
                );
            }
        }
    }
    Ok(())
}

/// What random lists came to once.
#[test]
fn lists_that_went_wrong_are_decided() {
    let of_bits = |bits: u16| -> AllenSet {
        let each = Allen::ALL.into_iter().enumerate();
        let chosen = each.filter(|(nth, _)| bits >> nth & 1 != 0);
        chosen.map(|(_, one)| one).collect()
    };
    let lists = [
        (0, 1, 5119),
        (0, 2, 7503),
        (0, 3, 544),
        (1, 2, 7631),
        (1, 3, 16),
        (2, 3, 7235),
    ];
    for from in [1, 0] {
        let lists = lists[from..].iter();
        let lists = Lists {
            stretches: 4,
            lists: lists.map(|&(a, b, bits)| (a, b, of_bits(bits))).collect(),
        };
        is_decided(&lists).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lists_of_relations_are_decided(lists in lists()) {
        is_decided(&lists)?;
    }
}
