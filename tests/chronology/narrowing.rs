//! What choices leave of a network, against brute force.
//! `ANNALS_THOROUGH=1` tries many more.

use std::collections::BTreeSet;

use annals::chronology::{
    Choice, Chronology, Decision, Network, Point, Premise, Premises, SearchResult, contradictions,
    decide, narrow,
};
use proptest::prelude::*;

fn cases(thorough: u32) -> u32 {
    crate::common::tried(thorough, thorough / 100)
}

/// Values that points take; the origin is 0.
const MOST: i64 = 4;

type Bound = (usize, usize, i64);

/// A few points, bounds between them, each with a premise of its own, and choices.
#[derive(Debug, Clone)]
struct Small {
    points: usize,
    bounds: Vec<Bound>,
    choices: Vec<Vec<Vec<Bound>>>,
}

fn small() -> impl Strategy<Value = Small> {
    (3..=4_usize).prop_flat_map(|points| {
        let bound = move |from: usize, to: usize, most: i64| (from % points, to % points, most);
        let one = (0..points, 0..points, -3..=3_i64).prop_map(move |(a, b, c)| bound(a, b, c));
        let one = one.prop_filter("two points", |one| one.0 != one.1);
        let option = prop::collection::vec(one.clone(), 1..3);
        let choice = prop::collection::vec(option, 2..4);
        (
            prop::collection::vec(one, 1..6),
            prop::collection::vec(choice, 1..4),
        )
            .prop_map(move |(bounds, choices)| Small {
                points,
                bounds,
                choices,
            })
    })
}

/// Every assignment of values that what rests on some premises admits. Values are bounded by
/// premises that are always there.
fn solutions(small: &Small, keep: &dyn Fn(usize) -> bool) -> Vec<Vec<i64>> {
    let mut all = vec![vec![0]];
    for _ in 1..small.points {
        let longer = all.iter().flat_map(|one: &Vec<i64>| {
            (-MOST..=MOST).map(move |value| one.iter().copied().chain([value]).collect())
        });
        all = longer.collect();
    }
    let holds = |values: &[i64], one: &Bound| values[one.1] - values[one.0] <= one.2;
    all.retain(|values| {
        let bounds = small.bounds.iter().enumerate();
        let bounds = bounds.filter(|(nth, _)| keep(*nth));
        let choices = small.choices.iter().enumerate();
        let choices = choices.filter(|(nth, _)| keep(small.bounds.len() + nth));
        bounds.map(|(_, one)| one).all(|one| holds(values, one))
            && choices.map(|(_, one)| one).all(|options| {
                options
                    .iter()
                    .any(|option| option.iter().all(|one| holds(values, one)))
            })
    });
    all
}

/// The same as a network and choices; values are bounded without a premise.
fn network(small: &Small) -> (Network, Vec<Choice>, Vec<Point>) {
    let mut network = Network::default();
    let mut points = vec![Point::ZERO];
    points.extend((1..small.points).map(|_| network.point()));
    for point in &points[1..] {
        network.at_least(Point::ZERO, *point, -MOST, Premises::NONE);
        network.at_most(Point::ZERO, *point, MOST, Premises::NONE);
    }
    for (nth, &(from, to, most)) in small.bounds.iter().enumerate() {
        network.at_most(points[from], points[to], most, Premise(nth as u32));
    }
    let bound = |&(from, to, most): &Bound| (points[from], points[to], most);
    let choice = |(nth, options): (usize, &Vec<Vec<Bound>>)| Choice {
        premise: Premise((small.bounds.len() + nth) as u32),
        options: options
            .iter()
            .map(|option| option.iter().map(bound).collect())
            .collect(),
        listed: None,
    };
    let choices = small.choices.iter().enumerate().map(choice).collect();
    (network, choices, points)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(100_000), failure_persistence: None, max_local_rejects: 10_000_000, ..ProptestConfig::default() })]

    /// Nothing that can be is ruled out, what is said to be contradictory is, and what one choice
    /// says of its own ends is found whole.
    #[test]
    fn what_choices_leave_is_what_can_be(small in small()) {
        let (mut whole, choices, points) = network(&small);
        let free = (small.bounds.len() + small.choices.len()) as u32;
        let found = narrow(&whole, &choices, free, &|_| 1.0, 10_000_000);
        let can_be = solutions(&small, &|_| true);
        if found.conflicts.is_empty() {
            for one in &found.follows {
                whole.at_most(one.from, one.to, one.most, Premises::NONE);
            }
        } else {
            prop_assert!(can_be.is_empty(), "{:?}", found.conflicts);
        }
        let mut told = BTreeSet::new();
        for conflict in &found.conflicts {
            let own: BTreeSet<usize> = conflict.premises.iter().map(|one| one.0 as usize).collect();
            prop_assert!(solutions(&small, &|one| own.contains(&one)).is_empty(), "{:?} can be", own);
            for left_out in &own {
                prop_assert!(told.insert(*left_out), "in two conflicts");
                // Without it, all that bounds and one choice at a time rule out can be.
                let left = solutions(&small, &|one| own.contains(&one) && one != *left_out);
                let chosen = own.iter().filter(|one| **one >= small.bounds.len()).count();
                prop_assert!(chosen > 1 || !left.is_empty(), "{:?} does without {}", own, left_out);
            }
        }
        for one in &found.follows {
            let own: BTreeSet<usize> = one.because.iter().map(|one| one.0 as usize).collect();
            let rested = solutions(&small, &|premise| own.contains(&premise));
            let holds = rested.iter().all(|values| values[one.to.index()] - values[one.from.index()] <= one.most);
            prop_assert!(holds, "{:?} does not follow", one);
        }
        if can_be.is_empty() || !found.conflicts.is_empty() {
            return Ok(());
        }
        let solved = Chronology::new(&whole, &|_| 1.0);
        prop_assert!(solved.conflicts.is_empty());
        for (nth, point) in points.iter().enumerate().skip(1) {
            let values = can_be.iter().map(|values| values[nth]);
            let (least, most) = (values.clone().min(), values.max());
            prop_assert!(solved.earliest(*point) <= least && solved.latest(*point) >= most, "{}: {:?} to {:?}", nth, least, most);
            let own = choices[0].points();
            if choices.len() == 1 && own.contains(point) {
                prop_assert_eq!((solved.earliest(*point), solved.latest(*point)), (least, most));
            }
        }
    }

    /// The search decides what enumeration decides, and says what it rests on.
    #[test]
    fn the_search_decides_as_enumeration_does(small in small()) {
        let (whole, choices, _) = network(&small);
        if !Chronology::new(&whole, &|_| 1.0).conflicts.is_empty() {
            return Ok(());
        }
        let searched = contradictions(&whole, &choices, 10_000_000);
        prop_assert!(searched.given_up.is_empty());
        let found = searched.contradictions;
        prop_assert_eq!(found.is_empty(), !solutions(&small, &|_| true).is_empty());
        for conflict in found {
            let own: BTreeSet<usize> = conflict.premises.iter().map(|one| one.0 as usize).collect();
            prop_assert!(solutions(&small, &|one| own.contains(&one)).is_empty());
            for left_out in &own {
                let left = solutions(&small, &|one| own.contains(&one) && one != *left_out);
                prop_assert!(!left.is_empty(), "{:?} does without {}", own, left_out);
            }
        }
    }
}

#[test]
fn a_spent_budget_is_said_and_nothing_is_made_up() {
    let small = Small {
        points: 3,
        bounds: vec![(0, 1, 3)],
        choices: vec![vec![vec![(0, 1, 1)], vec![(1, 0, -2)]]],
    };
    let (whole, choices, _) = network(&small);
    let searched = contradictions(&whole, &choices, 0);
    assert!(searched.contradictions.is_empty());
    assert_eq!(searched.given_up.len(), 1);
    assert_eq!(decide(&whole, &choices, 0), Decision::NotDecided);
    let found = narrow(&whole, &choices, 2, &|_| 1.0, 0);
    assert!(found.follows.is_empty() && found.conflicts.is_empty());
    assert_eq!(
        contradictions(&whole, &choices, 1000),
        SearchResult::default()
    );
}
