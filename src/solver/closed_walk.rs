//! Inconsistent constraints that the search for negative cycles does not see.
//!
//! The search keeps one constraint for each label, the last that lowered it. Where labels are rounded, a
//! cycle that only rounds once can take the place of the one before it, and so hide a longer cycle that it
//! is part of: the labels then fall for ever, and no cycle of parents is inconsistent. Here each label
//! remembers which label it came from, so that what lowers a point again and again is seen whole, even
//! where it goes through a constraint more than once.

use std::collections::VecDeque;

use super::network::{Adjacency, Constraint, Network};
use super::window::is_inconsistent;

const NONE: u32 = u32::MAX;

/// A label that was lowered: by which constraint, and which label this counted from.
struct Step {
    point: u32,
    edge: u32,
    before: u32,
}

/// A closed walk over active constraints that is inconsistent, if one is found within a bounded effort.
/// `ends` are the points from which a constraint counts and which it bounds, `first` the label of a point
/// before any constraint, `rounded` where a point can lie.
pub(super) fn closed_walk<const BACK: bool>(
    network: &Network,
    leaving: &Adjacency,
    on: &[bool],
    ends: impl Fn(&Constraint) -> [u32; 2],
    first: impl Fn(u32) -> i64,
    rounded: impl Fn(u32, i64) -> i64,
) -> Option<Vec<u32>> {
    let points = network.len();
    let mut label: Vec<i64> = (0..points as u32).map(first).collect();
    let mut latest = vec![NONE; points];
    let mut queued = vec![true; points];
    let mut queue: VecDeque<u32> = (0..points as u32).collect();
    let mut steps: Vec<Step> = Vec::new();
    let mut effort = 1_000_000 + 100 * points;
    let mut rounds = annals_watch::Rounds::default();
    while let Some(from) = queue.pop_front() {
        rounds.look();
        queued[from as usize] = false;
        for edge in leaving.at(from).filter(|edge| on[*edge as usize]) {
            let constraint = &network.constraints()[edge as usize];
            let to = ends(constraint)[1];
            let lowered = label[from as usize].saturating_add(constraint.most);
            if lowered >= label[to as usize] {
                continue;
            }
            label[to as usize] = rounded(to, lowered);
            let before = latest[from as usize];
            latest[to as usize] = steps.len() as u32;
            steps.push(Step {
                point: to,
                edge,
                before,
            });
            let (walk, walked) = back_to_itself::<BACK>(network, &steps, 4 * points + 16);
            if walk.is_some() {
                return walk;
            }
            effort = effort.checked_sub(walked)?;
            if !std::mem::replace(&mut queued[to as usize], true) {
                queue.push_back(to);
            }
        }
    }
    None
}

/// The walk from an earlier label of the point that was lowered last to this one, if it is inconsistent;
/// and how many steps were looked at.
fn back_to_itself<const BACK: bool>(
    network: &Network,
    steps: &[Step],
    most: usize,
) -> (Option<Vec<u32>>, usize) {
    let Some(last) = steps.last() else {
        return (None, 1);
    };
    let mut walk = vec![last.edge];
    let mut at = last.before;
    while let Some(step) = steps.get(at as usize).filter(|_| walk.len() < most) {
        if step.point == last.point {
            let mut closed = walk.clone();
            closed.reverse();
            if is_inconsistent::<BACK>(network, &closed) {
                return (Some(closed), walk.len());
            }
        }
        walk.push(step.edge);
        at = step.before;
    }
    (None, walk.len())
}

#[cfg(test)]
mod tests {
    use super::super::scale::{DAY, SECONDS};
    use super::super::{Chronology, Network, Point, Premise, Premises, Window};

    /// The midnight of the day on which something begins or ends.
    fn day_of(network: &mut Network, point: Point, is_end: bool) -> Point {
        let day = network.point();
        network.within_day(day, Window::Midnight);
        let [soonest, latest] = if is_end { [1, DAY] } else { [0, DAY - 1] };
        network.at_least(day, point, soonest, Premises::NONE);
        network.at_most(day, point, latest, Premises::NONE);
        day
    }

    /// Within a few days, something ends a day after another begins, and a third begins where it ends and
    /// yet a day later: then it ends at the midnight between them, on the first day.
    fn network(days: i64) -> (Network, Point) {
        let mut network = Network::default();
        let [open, close] = [(); 2].map(|()| network.point());
        network.at_least(Point::ZERO, open, 0, Premise(0));
        network.at_most(Point::ZERO, open, SECONDS, Premise(0));
        network.at_least(Point::ZERO, close, (days - 1) * DAY + 1, Premise(0));
        network.at_most(Point::ZERO, close, days * DAY, Premise(0));
        let things = [(); 3].map(|()| [network.point(), network.point()]);
        for [start, end] in things {
            network.at_least(start, end, 1, Premises::NONE);
            network.at_least(open, start, 0, Premises::NONE);
            network.at_least(end, close, 0, Premises::NONE);
        }
        let [first, middle, last] = things;
        network.at_least(first[0], middle[0], 1, Premise(2));
        network.at_least(middle[1], last[0], 0, Premise(1));
        network.at_most(middle[1], last[0], 0, Premise(1));
        let ends = [(first[0], false), (middle[1], true), (last[0], false)];
        let [a, b, c] = ends.map(|(point, is_end)| day_of(&mut network, point, is_end));
        for (from, to, premise) in [(a, b, Premise(2)), (b, c, Premise(1))] {
            network.at_least(from, to, DAY, premise);
            network.at_most(from, to, DAY, premise);
        }
        network.arrange();
        (network, middle[1])
    }

    #[test]
    fn a_cycle_behind_one_that_only_rounds_is_found() {
        let (network, _) = network(2);
        for solved in [
            Chronology::new(&network, &|_| 1.0),
            Chronology::with_bounds(&network, &|_| 1.0),
        ] {
            assert_eq!(solved.conflicts.len(), 1);
            let mut premises = solved.conflicts[0].premises.clone();
            premises.sort_unstable();
            assert_eq!(premises, [Premise(0), Premise(1), Premise(2)]);
        }
    }

    #[test]
    fn a_day_more_and_all_of_it_can_be() {
        let (network, end) = network(3);
        let solved = Chronology::with_bounds(&network, &|_| 1.0);
        assert!(solved.conflicts.is_empty());
        assert_eq!(solved.earliest(end), Some(2 * DAY));
        assert_eq!(solved.latest(end), Some(2 * DAY));
    }
}
