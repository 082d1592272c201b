//! The order of each column of the graph and the vertical position of each place in it.

use super::layout::{GAPS, Item, Link, Spot};
use crate::layout::order::{Tie, Wish, crossings, order, places, sift_between};

/// The number of sweeps over the columns.
const SWEEPS: usize = 16;

/// The spots of each column from the top down, with few crossing lines.
pub(super) fn untangled(made: &[Vec<Spot>], links: &[Vec<Link>]) -> Vec<Vec<usize>> {
    let mut orders: Vec<Vec<usize>> = made
        .iter()
        .map(|column| (0..column.len()).collect())
        .collect();
    let mut best = orders.clone();
    let mut least = all_crossings(&orders, links);
    for sweep in 0..SWEEPS {
        if least == 0 {
            break;
        }
        let columns: Vec<usize> = if sweep % 2 == 0 {
            (1..made.len()).collect()
        } else {
            (0..made.len().saturating_sub(1)).rev().collect()
        };
        for column in columns {
            let (fixed, flipped) = if sweep % 2 == 0 {
                (column - 1, false)
            } else {
                (column + 1, true)
            };
            let place = placed(&orders[fixed]);
            let between = &links[column.min(fixed)];
            let ties: Vec<Tie> = between
                .iter()
                .map(|(left, right)| {
                    if flipped {
                        (place[*right], *left)
                    } else {
                        (place[*left], *right)
                    }
                })
                .collect();
            orders[column] = kept_apart(order(&ties, made[column].len()), &ties, &orders[column]);
        }
        let mut settled = orders.clone();
        settle(&mut settled, links);
        let count = all_crossings(&settled, links);
        if count < least {
            least = count;
            best = settled;
        }
    }
    best
}

/// Moves each spot to where its lines to both sides cross least.
fn settle(orders: &mut [Vec<usize>], links: &[Vec<Link>]) {
    for _ in 0..4 {
        let before = orders.to_vec();
        for column in 0..orders.len() {
            let mut sides = vec![vec![Vec::new(); orders[column].len()]; 2];
            if column > 0 {
                let place = placed(&orders[column - 1]);
                for (left, right) in &links[column - 1] {
                    sides[0][*right].push(place[*left]);
                }
            }
            if column + 1 < orders.len() {
                let place = placed(&orders[column + 1]);
                for (left, right) in &links[column] {
                    sides[1][*left].push(place[*right]);
                }
            }
            for places in sides.iter_mut().flatten() {
                places.sort_unstable();
            }
            sift_between(&mut orders[column], &[&sides[0], &sides[1]]);
        }
        if before == orders {
            break;
        }
    }
}

/// Spots without a link on this side keep their position as far as possible.
fn kept_apart(found: Vec<usize>, ties: &[Tie], before: &[usize]) -> Vec<usize> {
    let mut is_tied = vec![false; found.len()];
    for (_, one) in ties {
        is_tied[*one] = true;
    }
    let mut tied = found.into_iter().filter(|one| is_tied[*one]);
    before
        .iter()
        .map(|one| {
            if is_tied[*one] {
                tied.next().unwrap_or(*one)
            } else {
                *one
            }
        })
        .collect()
}

fn placed(order: &[usize]) -> Vec<usize> {
    let mut place = vec![0; order.len()];
    for (at, one) in order.iter().enumerate() {
        place[*one] = at;
    }
    place
}

fn all_crossings(orders: &[Vec<usize>], links: &[Vec<Link>]) -> usize {
    let between = |nth: usize| {
        let place = placed(&orders[nth]);
        let ties: Vec<Tie> = links[nth]
            .iter()
            .map(|(left, right)| (place[*left], *right))
            .collect();
        crossings(&ties, &orders[nth + 1])
    };
    (0..orders.len().saturating_sub(1)).map(between).sum()
}

/// The number of passes over the vertical positions.
const SETTLING: usize = 24;

/// Positions each spot vertically: close to what it is linked with, and with straight passing
/// lines.
pub(super) fn heights_of(
    made: &[Vec<Spot>],
    links: &[Vec<Link>],
    orders: &[Vec<usize>],
) -> Vec<Vec<Spot>> {
    let mut spots = made.to_vec();
    let gap = |column: usize| {
        if column.is_multiple_of(2) {
            GAPS.0
        } else {
            GAPS.1
        }
    };
    for (column, order) in orders.iter().enumerate() {
        let mut top = 0.0;
        for one in order {
            spots[column][*one].top = top;
            top += spots[column][*one].height + gap(column);
        }
    }
    let weight = |a: Item, b: Item| {
        let node = |item: Item| matches!(item, Item::Node(_));
        if node(a) || node(b) { 1.0 } else { 6.0 }
    };
    for round in 0..SETTLING {
        let columns: Vec<usize> = if round % 2 == 0 {
            (0..spots.len()).collect()
        } else {
            (0..spots.len()).rev().collect()
        };
        for column in columns {
            let mut sums = vec![(0.0, 0.0); spots[column].len()];
            let mut pull = |one: usize, other: &Spot, item: Item| {
                let weight = weight(item, other.item);
                sums[one].0 += other.middle() * weight;
                sums[one].1 += weight;
            };
            if column > 0 {
                for (left, right) in &links[column - 1] {
                    pull(
                        *right,
                        &spots[column - 1][*left],
                        spots[column][*right].item,
                    );
                }
            }
            if column + 1 < spots.len() {
                for (left, right) in &links[column] {
                    pull(*left, &spots[column + 1][*right], spots[column][*left].item);
                }
            }
            let wishes: Vec<Wish> = orders[column]
                .iter()
                .map(|one| {
                    let spot = &spots[column][*one];
                    let (sum, weight) = sums[*one];
                    let middle = if weight > 0.0 {
                        sum / weight
                    } else {
                        spot.middle()
                    };
                    Wish {
                        middle,
                        height: spot.height,
                        weight: weight.max(0.1),
                    }
                })
                .collect();
            let tops = places(&wishes, f64::NEG_INFINITY, gap(column));
            for (one, top) in orders[column].iter().zip(tops) {
                spots[column][*one].top = top;
            }
        }
    }
    let least = spots
        .iter()
        .flatten()
        .map(|spot| spot.top)
        .fold(f64::INFINITY, f64::min);
    for spot in spots.iter_mut().flatten() {
        spot.top -= least;
    }
    spots
}
