//! The order of a column that minimises crossing lines, and the positions of its boxes.
//!
//! One side is fixed, the other is ordered: by the mean position of each box's neighbours (the
//! *barycentre* of Sugiyama, Tagawa and Toda, 1981), then by moving each box to where it has the
//! fewest crossings (*sifting*, after Rudell, 1993) until nothing improves.

/// A line from a row of the fixed side to a box of the other, both counted from the top.
pub(super) type Tie = (usize, usize);

/// The most boxes that are sifted; more stay in barycentre order, because sifting compares pairs.
const MOST_SIFTED: usize = 600;
/// The number of passes over all boxes.
const ROUNDS: usize = 8;
/// The number of initial orders tried.
const STARTS: usize = 4;

/// The boxes from the top down, so that lines hardly cross.
pub(super) fn order(ties: &[Tie], boxes: usize) -> Vec<usize> {
    let rows = rows_of(ties, boxes);
    let mut order: Vec<usize> = (0..boxes).collect();
    order.sort_by(|a, b| mean(&rows[*a]).total_cmp(&mean(&rows[*b])).then(a.cmp(b)));
    if boxes <= MOST_SIFTED {
        sift(&mut order, &rows);
    }
    order
}

/// Rows that may be reordered: stretches in a fixed order; within each, groups that stay together;
/// within each, smaller groups; within each, rows.
pub(super) type Stretches = Vec<Vec<Vec<Vec<usize>>>>;

/// Orders both sides to minimise crossing lines: groups within their stretch, rows within their
/// group, and boxes freely. `tied` has the boxes of each row. Returns the boxes from the top down.
pub(super) fn untangle(tied: &[Vec<usize>], boxes: usize, stretches: &mut Stretches) -> Vec<usize> {
    let ties = |stretches: &Stretches| -> Vec<Tie> {
        let rows = rows_in(stretches).enumerate();
        rows.flat_map(|(at, row)| tied[*row].iter().map(move |one| (at, *one)))
            .collect()
    };
    let mut best = order(&ties(stretches), boxes);
    let mut least = crossings(&ties(stretches), &best);
    let given = stretches.clone();
    // The result depends on the initial order, so several are tried.
    for start in 0..STARTS {
        let mut tried = given.clone();
        for groups in &mut tried {
            let turn = groups.len() * (start / 2) / STARTS.div_ceil(2);
            groups.rotate_left(turn);
            if start % 2 == 1 {
                groups.reverse();
            }
        }
        let mut found = order(&ties(&tried), boxes);
        for _ in 0..ROUNDS {
            if least == 0 {
                break;
            }
            sweep(&mut tried, tied, &found);
            found = order(&ties(&tried), boxes);
            let count = crossings(&ties(&tried), &found);
            if count < least {
                least = count;
                best.clone_from(&found);
                stretches.clone_from(&tried);
            }
        }
    }
    best
}

/// Orders the rows by the positions of the boxes.
fn sweep(stretches: &mut Stretches, tied: &[Vec<usize>], order: &[usize]) {
    let mut place = vec![0; order.len()];
    for (at, one) in order.iter().enumerate() {
        place[*one] = at;
    }
    let places = |rows: &[usize]| -> Vec<usize> {
        let all = rows.iter().flat_map(|row| tied[*row].iter());
        let mut places: Vec<usize> = all.map(|one| place[*one]).collect();
        places.sort_unstable();
        places
    };
    for groups in stretches {
        for smaller in groups.iter_mut() {
            for rows in smaller.iter_mut() {
                rearranged(rows, |row| places(&[*row]));
            }
            rearranged(smaller, |rows| places(rows));
        }
        rearranged(groups, |smaller| places(&smaller.concat()));
    }
}

/// The rows from the top down.
pub(super) fn rows_in(stretches: &Stretches) -> impl Iterator<Item = &usize> {
    stretches.iter().flatten().flatten().flatten()
}

/// Reorders items with lines to these places so that they cross least.
fn rearranged<T: Clone>(things: &mut Vec<T>, places: impl Fn(&T) -> Vec<usize>) {
    if things.len() > MOST_SIFTED {
        return;
    }
    let tied: Vec<Vec<usize>> = things.iter().map(places).collect();
    let mut order: Vec<usize> = (0..things.len()).collect();
    order.sort_by(|a, b| mean(&tied[*a]).total_cmp(&mean(&tied[*b])));
    sift(&mut order, &tied);
    *things = order.iter().map(|one| things[*one].clone()).collect();
}

/// The mean of some places; items without lines come last.
fn mean(places: &[usize]) -> f64 {
    if places.is_empty() {
        return f64::INFINITY;
    }
    let sum: usize = places.iter().sum();
    #[expect(clippy::cast_precision_loss, reason = "places are few")]
    let mean = sum as f64 / places.len() as f64;
    mean
}

fn rows_of(ties: &[Tie], boxes: usize) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); boxes];
    for (row, one) in ties {
        rows[*one].push(*row);
    }
    for rows in &mut rows {
        rows.sort_unstable();
    }
    rows
}

/// Moves each box to where its lines cross least, until nothing improves.
fn sift(order: &mut Vec<usize>, rows: &[Vec<usize>]) {
    sift_between(order, &[rows]);
}

/// The same for boxes with lines to several sides: for each side, the sorted places that each box
/// is connected to. Too many boxes are left unchanged.
pub(super) fn sift_between(order: &mut Vec<usize>, sides: &[&[Vec<usize>]]) {
    if order.len() > MOST_SIFTED {
        return;
    }
    // The number of crossings when one box is above another.
    let boxes = order.len();
    let mut cost = vec![vec![0; boxes]; boxes];
    for rows in sides {
        for (above, costs) in cost.iter_mut().enumerate() {
            for (below, cost) in costs.iter_mut().enumerate() {
                *cost += crossing(&rows[above], &rows[below]);
            }
        }
    }
    for _ in 0..ROUNDS {
        let mut gained = false;
        for (one, costs) in cost.iter().enumerate() {
            let Some(at) = order.iter().position(|other| *other == one) else {
                continue;
            };
            // The improvement from moving it up or down, step by step.
            let (mut best, mut to) = (0, at);
            let mut change = 0;
            for place in (0..at).rev() {
                let other = order[place];
                change += costs[other] - cost[other][one];
                if change < best {
                    (best, to) = (change, place);
                }
            }
            change = 0;
            for (place, &other) in order.iter().enumerate().skip(at + 1) {
                change += cost[other][one] - costs[other];
                if change < best {
                    (best, to) = (change, place);
                }
            }
            if to != at {
                order.remove(at);
                order.insert(to, one);
                gained = true;
            }
        }
        if !gained {
            break;
        }
    }
}

/// The number of crossing lines when a box with the first rows is above one with the second.
fn crossing(above: &[usize], below: &[usize]) -> i64 {
    let each = above
        .iter()
        .map(|row| below.partition_point(|other| other < row));
    i64::try_from(each.sum::<usize>()).unwrap_or(i64::MAX / 4)
}

/// The number of crossing lines with the boxes in this order. Lines of one row, or into one box,
/// are fanned out and do not cross.
pub(super) fn crossings(ties: &[Tie], order: &[usize]) -> usize {
    let mut place = vec![0; order.len()];
    for (at, one) in order.iter().enumerate() {
        place[*one] = at;
    }
    let mut lines: Vec<(usize, usize)> =
        ties.iter().map(|(row, one)| (*row, place[*one])).collect();
    lines.sort_unstable();
    // For each line, counts the lines of rows above that end below it.
    let mut ended = vec![0_usize; order.len() + 1];
    let (mut count, mut total, mut from) = (0, 0, 0);
    while from < lines.len() {
        let row = lines[from].0;
        let until = from
            + lines[from..]
                .iter()
                .take_while(|line| line.0 == row)
                .count();
        for line in &lines[from..until] {
            count += total - before(&ended, line.1 + 1);
        }
        for line in &lines[from..until] {
            add(&mut ended, line.1);
            total += 1;
        }
        from = until;
    }
    count
}

/// Increments a place in a Fenwick tree (Fenwick, 1994).
fn add(tree: &mut [usize], place: usize) {
    let mut at = place + 1;
    while at < tree.len() {
        tree[at] += 1;
        at += at & at.wrapping_neg();
    }
}

/// The sum of the first places.
fn before(tree: &[usize], places: usize) -> usize {
    let mut at = places.min(tree.len() - 1);
    let mut sum = 0;
    while at > 0 {
        sum += tree[at];
        at -= at & at.wrapping_neg();
    }
    sum
}

/// A box with a desired position.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    /// The desired position of its centre.
    pub(super) middle: f64,
    /// The height.
    pub(super) height: f64,
    /// The weight of the desired position.
    pub(super) weight: f64,
}

/// The upper edges of boxes that keep their order and a gap between them, start no higher than
/// `top`, and together deviate least from their desired positions (least squares, by pooling
/// adjacent violators: Barlow and others, 1972).
pub(super) fn places(wishes: &[Wish], top: f64, gap: f64) -> Vec<f64> {
    // Without heights and gaps, each box is a number not less than the previous one.
    let mut offsets = Vec::with_capacity(wishes.len());
    let mut offset = 0.0;
    for wish in wishes {
        offsets.push(offset);
        offset += wish.height + gap;
    }
    // Pools of adjacent boxes: their mean desired position, its weight, their number.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        let wanted = wish.middle - wish.height / 2.0 - offset;
        pools.push((wanted, wish.weight.max(1e-9), 1));
        while let [.., (above, weight, count), (below, more, others)] = pools.as_slice() {
            if above <= below {
                break;
            }
            let (sum, count) = (weight + more, count + others);
            let mean = (above * weight + below * more) / sum;
            pools.truncate(pools.len() - 2);
            pools.push((mean, sum, count));
        }
    }
    let each = pools
        .iter()
        .flat_map(|(mean, _, count)| std::iter::repeat_n(*mean, *count));
    each.zip(offsets)
        .map(|(mean, offset)| mean.max(top) + offset)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_tied_to_one_row_stands_beside_it() {
        assert_eq!(order(&[(0, 1), (1, 0), (2, 2)], 3), [1, 0, 2]);
        assert_eq!(order(&[], 2), [0, 1]);
    }

    #[test]
    fn boxes_stand_apart_and_near_their_wishes() {
        let wish = |middle| Wish {
            middle,
            height: 10.0,
            weight: 1.0,
        };
        assert_eq!(places(&[wish(50.0), wish(100.0)], 0.0, 4.0), [45.0, 95.0]);
        assert_eq!(places(&[wish(50.0), wish(50.0)], 0.0, 4.0), [38.0, 52.0]);
        assert_eq!(places(&[wish(0.0), wish(0.0)], 20.0, 4.0), [20.0, 34.0]);
    }

    /// Counted pair by pair.
    fn one_by_one(ties: &[Tie], order: &[usize]) -> usize {
        let place = |one: usize| order.iter().position(|other| *other == one).unwrap();
        let mut count = 0;
        for a in ties {
            for b in ties {
                count += usize::from(a.0 < b.0 && place(a.1) > place(b.1));
            }
        }
        count
    }

    #[test]
    fn rows_of_one_day_change_places_and_days_do_not() {
        // Two days; on the first, two speakers whose claims have one subject each.
        let tied = [vec![1], vec![0], vec![1], vec![0]];
        let mut stretches = vec![vec![vec![vec![0]], vec![vec![1]]], vec![vec![vec![2, 3]]]];
        let boxes = untangle(&tied, 2, &mut stretches);
        let rows: Vec<usize> = rows_in(&stretches).copied().collect();
        assert_eq!(rows[..2].iter().max(), Some(&1), "{rows:?}");
        let ties: Vec<Tie> = (rows.iter().enumerate())
            .flat_map(|(at, row)| tied[*row].iter().map(move |one| (at, *one)))
            .collect();
        // One crossing remains: 0 1 | 0 1 and 1 0 | 0 1 have one, as has any order of the two days.
        assert_eq!(crossings(&ties, &boxes), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn crossings_are_counted_and_never_more_than_by_barycentre(
            ties in prop::collection::vec((0..12_usize, 0..8_usize), 0..40)
        ) {
            let found = order(&ties, 8);
            let mut sorted = found.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..8).collect::<Vec<_>>());
            prop_assert_eq!(crossings(&ties, &found), one_by_one(&ties, &found));
            let rows = rows_of(&ties, 8);
            let mut barycentre: Vec<usize> = (0..8).collect();
            barycentre.sort_by(|a, b| mean(&rows[*a]).total_cmp(&mean(&rows[*b])));
            prop_assert!(crossings(&ties, &found) <= crossings(&ties, &barycentre));
        }
    }
}
