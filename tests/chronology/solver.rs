//! The solver against brute force on small networks: every value of every point is gone through.
//! `ANNALS_THOROUGH=1` tries 100,000 networks of each sort.

use std::collections::BTreeSet;

use annals::chronology::{Chronology, Network, Point, Premise, Stretch, relate};
use annals::time::{Allen, AllenSet};
use proptest::prelude::*;

fn cases() -> u32 {
    crate::common::tried(100_000, 1_000)
}

/// Values that points take: the origin is 0.
const LEAST: i64 = -6;
const MOST: i64 = 6;

/// `to - from <= most`, resting on a premise.
#[derive(Debug, Clone, Copy)]
struct Said {
    from: usize,
    to: usize,
    most: i64,
    premise: u32,
}

#[derive(Debug, Clone)]
struct Small {
    points: usize,
    said: Vec<Said>,
}

/// A fact is about one pair of points, or two facts are: which says how far apart, both ways.
fn small() -> impl Strategy<Value = Small> {
    (2..=5_usize).prop_flat_map(|points| {
        let one = (0..points, 0..points, -3..=4_i64, 0..2_u32);
        let one = one.prop_filter("two points", |one| one.0 != one.1);
        let one = one.prop_map(|(from, to, most, second)| Said {
            from,
            to,
            most,
            premise: (from.min(to) * 5 + from.max(to)) as u32 * 2 + second,
        });
        prop::collection::vec(one, 1..9).prop_map(move |said| Small { points, said })
    })
}

fn network(small: &Small, keep: &dyn Fn(u32) -> bool) -> Network {
    let mut network = Network::default();
    let mut points = vec![Point::ZERO];
    points.extend((1..small.points).map(|_| network.point()));
    for one in small.said.iter().filter(|one| keep(one.premise)) {
        network.at_most(
            points[one.from],
            points[one.to],
            one.most,
            Premise(one.premise),
        );
    }
    network
}

/// Every assignment of values within the bounds that satisfies what some premises say. Sums of at
/// most eight bounds of at most four fit within the values only if few are used; so distances are
/// worked out by closure (Floyd, Warshall), which is brute force over all paths.
fn closure(small: &Small, keep: &dyn Fn(u32) -> bool) -> Option<Vec<Vec<Option<i64>>>> {
    let mut far = vec![vec![None; small.points]; small.points];
    for (point, row) in far.iter_mut().enumerate() {
        row[point] = Some(0);
    }
    for one in small.said.iter().filter(|one| keep(one.premise)) {
        let cell: &mut Option<i64> = &mut far[one.from][one.to];
        *cell = Some(cell.map_or(one.most, |known| known.min(one.most)));
    }
    for by in 0..small.points {
        for from in 0..small.points {
            for to in 0..small.points {
                if let (Some(a), Some(b)) = (far[from][by], far[by][to]) {
                    let known = far[from][to];
                    far[from][to] = Some(known.map_or(a + b, |known| known.min(a + b)));
                }
            }
        }
    }
    (0..small.points)
        .all(|point| far[point][point] == Some(0))
        .then_some(far)
}

/// The size of the smallest set of premises that cannot all hold.
fn smallest(small: &Small) -> Option<usize> {
    let premises: BTreeSet<u32> = small.said.iter().map(|one| one.premise).collect();
    let premises: Vec<u32> = premises.into_iter().collect();
    (0_u32..1 << premises.len())
        .filter(|set| {
            let keep = |premise: u32| {
                premises
                    .iter()
                    .position(|one| *one == premise)
                    .is_some_and(|nth| set & (1 << nth) != 0)
            };
            closure(small, &keep).is_none()
        })
        .map(|set| set.count_ones() as usize)
        .min()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_local_rejects: 10_000_000, ..ProptestConfig::default() })]

    #[test]
    fn verdict_bounds_reasons_and_smallest_conflicts(small in small()) {
        let whole = network(&small, &|_| true);
        let solved = Chronology::new(&whole, &|_| 1.0);
        let Some(far) = closure(&small, &|_| true) else {
            prop_assert!(!solved.conflicts.is_empty());
            let sizes: Vec<usize> = solved.conflicts.iter().map(|one| one.premises.len()).collect();
            prop_assert_eq!(sizes.iter().min().copied(), smallest(&small), "{:?}", solved.conflicts);
            let mut used = BTreeSet::new();
            for conflict in &solved.conflicts {
                let own: BTreeSet<u32> = conflict.premises.iter().map(|one| one.0).collect();
                prop_assert!(closure(&small, &|one| own.contains(&one)).is_none(), "{:?} can be", own);
                prop_assert!(conflict.short > 0);
                for left_out in &own {
                    prop_assert!(closure(&small, &|one| own.contains(&one) && one != *left_out).is_some(), "{:?} does without {}", own, left_out);
                    prop_assert!(used.insert(*left_out), "in two conflicts");
                }
            }
            prop_assert!(closure(&small, &|one| !used.contains(&one)).is_some(), "one was missed");
            return Ok(());
        };
        prop_assert!(solved.conflicts.is_empty(), "{:?}", solved.conflicts);
        let mut points = vec![Point::ZERO];
        let mut fresh = Network::default();
        points.extend((1..small.points).map(|_| fresh.point()));
        for (nth, point) in points.iter().enumerate().skip(1) {
            prop_assert_eq!(solved.latest(*point), far[0][nth]);
            prop_assert_eq!(solved.earliest(*point), far[nth][0].map(|sum| -sum));
            for (why, bound, side) in [
                (solved.why_latest(*point), solved.latest(*point), true),
                (solved.why_earliest(*point), solved.earliest(*point), false),
            ] {
                if bound.is_none() {
                    continue;
                }
                let own: BTreeSet<u32> = why.iter().map(|one| one.0).collect();
                let given = |keep: &dyn Fn(u32) -> bool| {
                    let far = closure(&small, keep).unwrap();
                    if side { far[0][nth] } else { far[nth][0].map(|sum| -sum) }
                };
                // What is listed is enough, and all of it is wanted.
                prop_assert_eq!(given(&|one| own.contains(&one)), bound);
                for left_out in &own {
                    let looser = given(&|one| own.contains(&one) && one != *left_out);
                    prop_assert!(looser != bound, "{:?} does without {}", own, left_out);
                }
            }
        }
    }
}

/// Every pair of stretches with ends among some values.
fn stretches() -> Vec<(i64, i64)> {
    (LEAST..=MOST)
        .flat_map(|a| (a + 1..=MOST).map(move |b| (a, b)))
        .collect()
}

#[test]
fn what_is_written_of_a_relation_is_what_it_says() {
    let all = stretches();
    for bits in 1..1_u32 << 13 {
        // Every seventh union, and all small ones: the whole is 8,191.
        if bits.count_ones() > 3 && bits % 7 != 0 {
            continue;
        }
        let set: AllenSet = Allen::ALL
            .into_iter()
            .enumerate()
            .filter(|(nth, _)| bits & (1 << nth) != 0)
            .map(|(_, one)| one)
            .collect();
        let mut network = Network::default();
        let [a, b] = [0, 1].map(|_| Stretch {
            start: network.point(),
            end: network.point(),
        });
        for one in [a, b] {
            network.at_least(one.start, one.end, 1, annals::chronology::Premises::NONE);
        }
        let whole = relate(&mut network, a, set, b, Premise(0).into());
        let mut allowed = AllenSet::EMPTY;
        for one in all.iter().step_by(3) {
            for other in &all {
                let values = [0, one.0, one.1, other.0, other.1];
                let holds = network
                    .constraints()
                    .iter()
                    .all(|it| values[it.to.index()] - values[it.from.index()] <= it.most);
                if holds {
                    allowed = allowed | Allen::between(*one, *other).unwrap().into();
                }
            }
        }
        assert!(set.is_subset_of(allowed), "{set}: a relation was lost");
        assert_eq!(whole, set == allowed, "{set} is written as {allowed}");
    }
}
