//! Positions: distances in the picture are those along ties, as far as they can be.
//!
//! Source: E. Gansner, Y. Koren, S. North, *Graph Drawing by Stress Majorization* (2004); moved one node
//! at a time. Only sums, products, quotients and square roots are taken, which are the same everywhere.

use std::collections::VecDeque;

/// How often all nodes are moved.
const ROUNDS: usize = 250;
/// How often nodes that lie on each other are moved apart.
const ROUNDS_APART: usize = 400;
/// The distance of two tied nodes.
const LENGTH: f64 = 120.0;
/// The least gap between nodes.
const GAP: (f64, f64) = (14.0, 16.0);

/// The middles of nodes of some widths and heights, given which are tied.
pub(super) fn places(sizes: &[(f64, f64)], links: &[(usize, usize)]) -> Vec<(f64, f64)> {
    let count = sizes.len();
    let distances = distances(count, links);
    let mut places = circle(count);
    for _ in 0..ROUNDS {
        for one in 0..count {
            let (mut x, mut y, mut sum) = (0.0, 0.0, 0.0);
            for other in (0..count).filter(|other| *other != one) {
                let wanted = f64::from(distances[one * count + other]) * LENGTH;
                let weight = 1.0 / (wanted * wanted);
                let (dx, dy) = (
                    places[one].0 - places[other].0,
                    places[one].1 - places[other].1,
                );
                let is = (dx * dx + dy * dy).sqrt().max(1e-9);
                x += weight * (places[other].0 + dx * wanted / is);
                y += weight * (places[other].1 + dy * wanted / is);
                sum += weight;
            }
            if sum > 0.0 {
                places[one] = (x / sum, y / sum);
            }
        }
    }
    spread(&mut places, sizes);
    apart(&mut places, sizes);
    // The upper left corner is the origin.
    let left = places
        .iter()
        .zip(sizes)
        .map(|(at, size)| at.0 - size.0 / 2.0)
        .fold(f64::INFINITY, f64::min);
    let top = places
        .iter()
        .zip(sizes)
        .map(|(at, size)| at.1 - size.1 / 2.0)
        .fold(f64::INFINITY, f64::min);
    places
        .iter()
        .map(|(x, y)| (round(x - left), round(y - top)))
        .collect()
}

/// Gives nodes as much room as they need: some times what all of them cover, more across than down, since
/// names are wide.
fn spread(places: &mut [(f64, f64)], sizes: &[(f64, f64)]) {
    const ROOM: f64 = 3.5;
    const WIDER: f64 = 1.6;
    let covered: f64 = sizes
        .iter()
        .map(|(wide, high)| (wide + GAP.0) * (high + GAP.1))
        .sum();
    let ends = |of: fn(&(f64, f64)) -> f64| {
        let all = || places.iter().map(of);
        all().fold(f64::NEG_INFINITY, f64::max) - all().fold(f64::INFINITY, f64::min)
    };
    let (wide, high) = (ends(|at| at.0), ends(|at| at.1));
    if !(wide > 1.0 && high > 1.0) {
        return;
    }
    let area = (covered * ROOM).max(wide * high);
    let down = (area / (wide * high * WIDER)).sqrt().max(0.75);
    let across = area / (wide * high * down);
    for at in places {
        *at = (at.0 * across, at.1 * down);
    }
}

fn round(at: f64) -> f64 {
    (at * 100.0).round() / 100.0
}

/// Points on a circle, for a start; by quotients, since sines differ from machine to machine.
fn circle(count: usize) -> Vec<(f64, f64)> {
    let radius = LENGTH * (count as f64).sqrt();
    let point = |nth: usize| {
        let turn = 4.0 * nth as f64 / count.max(1) as f64;
        // Each quarter of the circle.
        let t = turn.fract();
        let below = 1.0 + t * t;
        let (x, y) = ((1.0 - t * t) / below, 2.0 * t / below);
        let (x, y) = match turn as usize % 4 {
            0 => (x, y),
            1 => (-y, x),
            2 => (-x, -y),
            _ => (y, -x),
        };
        // Not quite round, so that no two lie in a mirror.
        let longer = 1.0 + 0.05 * (nth % 3) as f64;
        (x * radius * longer, y * radius)
    };
    (0..count).map(point).collect()
}

/// How many ties lie between each two nodes; between parts that no tie joins, a little more than within
/// any.
fn distances(count: usize, links: &[(usize, usize)]) -> Vec<u16> {
    let mut beside = vec![Vec::new(); count];
    for (one, other) in links {
        beside[*one].push(*other);
        beside[*other].push(*one);
    }
    let mut all = vec![u16::MAX; count * count];
    let mut farthest = 1;
    for begin in 0..count {
        let row = &mut all[begin * count..(begin + 1) * count];
        row[begin] = 0;
        let mut queue = VecDeque::from([begin]);
        while let Some(at) = queue.pop_front() {
            let next = row[at].saturating_add(1);
            for other in &beside[at] {
                if row[*other] == u16::MAX {
                    row[*other] = next;
                    farthest = farthest.max(next);
                    queue.push_back(*other);
                }
            }
        }
    }
    let between = (farthest / 2).max(1).saturating_add(1);
    all.iter_mut()
        .filter(|one| **one == u16::MAX)
        .for_each(|one| *one = between);
    all
}

/// Moves nodes apart that lie on each other, the shorter way.
fn apart(places: &mut [(f64, f64)], sizes: &[(f64, f64)]) {
    for _ in 0..ROUNDS_APART {
        let mut moved = false;
        for one in 0..places.len() {
            for other in one + 1..places.len() {
                let wide = f64::midpoint(sizes[one].0, sizes[other].0) + GAP.0;
                let high = f64::midpoint(sizes[one].1, sizes[other].1) + GAP.1;
                let (dx, dy) = (
                    places[other].0 - places[one].0,
                    places[other].1 - places[one].1,
                );
                let (x, y) = (wide - dx.abs(), high - dy.abs());
                if x <= 0.0 || y <= 0.0 {
                    continue;
                }
                moved = true;
                let way = |d: f64| if d < 0.0 { -1.0 } else { 1.0 };
                if x < y {
                    let by = way(dx) * (x / 2.0 + 0.05);
                    places[one].0 -= by;
                    places[other].0 += by;
                } else {
                    let by = way(dy) * (y / 2.0 + 0.05);
                    places[one].1 -= by;
                    places[other].1 += by;
                }
            }
        }
        if !moved {
            return;
        }
    }
    rows(places, sizes);
}

/// Sets nodes that cannot be moved apart from above downwards, each below those that it lies on.
fn rows(places: &mut [(f64, f64)], sizes: &[(f64, f64)]) {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].1.total_cmp(&places[*b].1).then(a.cmp(b)));
    for nth in 0..order.len() {
        let one = order[nth];
        let mut again = true;
        while again {
            again = false;
            for other in &order[..nth] {
                let wide = f64::midpoint(sizes[one].0, sizes[*other].0) + GAP.0;
                let high = f64::midpoint(sizes[one].1, sizes[*other].1) + GAP.1;
                let beside = (places[one].0 - places[*other].0).abs() >= wide;
                if !beside && (places[one].1 - places[*other].1).abs() < high {
                    places[one].1 = places[*other].1 + high + 0.05;
                    again = true;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_lie_beside_each_other_and_close_to_those_they_are_tied_to() {
        let sizes = vec![(80.0, 24.0); 40];
        let links: Vec<(usize, usize)> = (0..40)
            .flat_map(|one| {
                (one + 1..40)
                    .filter(move |other| one / 20 == other / 20)
                    .map(move |other| (one, other))
            })
            .collect();
        let places = places(&sizes, &links);
        let mut between = [(0.0, 0); 2];
        for one in 0..40 {
            for other in one + 1..40 {
                let (dx, dy) = (
                    places[one].0 - places[other].0,
                    places[one].1 - places[other].1,
                );
                assert!(
                    dx.abs() >= 80.0 || dy.abs() >= 24.0,
                    "{one} lies on {other}"
                );
                let sum = &mut between[usize::from(one / 20 != other / 20)];
                *sum = (sum.0 + (dx * dx + dy * dy).sqrt(), sum.1 + 1);
            }
        }
        let mean = |(sum, count): (f64, i32)| sum / f64::from(count);
        assert!(mean(between[0]) < mean(between[1]), "{between:?}");
    }

    #[test]
    fn few_nodes_have_places_too() {
        assert!(places(&[], &[]).is_empty());
        assert_eq!(places(&[(10.0, 10.0)], &[]).len(), 1);
        assert_eq!(places(&[(10.0, 10.0); 2], &[]).len(), 2);
    }
}
