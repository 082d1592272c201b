//! How few, and how many, periods some units of uncertain dates can lie in.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The fewest periods in which units can lie, given the stretch of each as (last, first): the fewest
/// points that stab all stretches. Each is stabbed as late as possible.
pub(crate) fn fewest(stretches: &mut [(i64, i64)]) -> u32 {
    stretches.sort_unstable();
    let mut count = 0;
    let mut stabbed = None::<i64>;
    for &(last, first) in &*stretches {
        if stabbed.is_none_or(|at| first > at) {
            count += 1;
            stabbed = Some(last);
        }
    }
    count
}

/// The most different periods in which units can lie, given the stretch of each as (first, last). Each
/// period goes to that unit which has the least time left.
///
/// Source: F. Glover, *Maximum matching in a convex bipartite graph* (1967).
pub(crate) fn most(stretches: &mut [(i64, i64)]) -> u32 {
    // So many periods before the first end that is named are as good as an endless past.
    let enough = stretches.len() as i64 + 1;
    let is_named = |at: &i64| *at > i64::MIN + 1 && *at < i64::MAX - 1;
    let ends = stretches.iter().flat_map(|(first, last)| [*first, *last]);
    let earliest = ends.filter(is_named).min().unwrap_or(0);
    for (first, _) in &mut *stretches {
        *first = (*first).max(earliest - enough);
    }
    stretches.sort_unstable();
    let mut waiting = BinaryHeap::new();
    let (mut next, mut at, mut count) = (0, i64::MIN, 0);
    loop {
        if waiting.is_empty() {
            match stretches.get(next) {
                Some((first, _)) => at = at.max(*first),
                None => return count,
            }
        }
        while let Some(&(_, last)) = stretches.get(next).filter(|(first, _)| *first <= at) {
            waiting.push(Reverse(last));
            next += 1;
        }
        while let Some(Reverse(last)) = waiting.pop() {
            if last >= at {
                count += 1;
                at += 1;
                break;
            }
        }
    }
}

/// The fewest of the periods of a year in which units can lie, given those of each as bits; and whether
/// that is certain. The year is cut at each of the periods of one unit in turn, one of which it must lie
/// in: the others are stretches then.
pub(crate) fn fewest_yearly(units: &[u64], periods: u32) -> (u32, bool) {
    // Of several the same one, in whatever order they come.
    let Some(one) = units.iter().min_by_key(|bits| (bits.count_ones(), **bits)) else {
        return (0, true);
    };
    let (mut best, mut is_tight) = (u32::MAX, true);
    for cut in (0..periods).filter(|at| one >> at & 1 == 1) {
        let others = units.iter().filter(|bits| *bits >> cut & 1 == 0);
        let mut stretches: Vec<(i64, i64)> = others
            .map(|bits| {
                // The period after the cut is the first.
                let all = (1_u64 << periods) - 1;
                let turned = (bits >> (cut + 1) | bits << (periods - cut - 1)) & all;
                let first = i64::from(turned.trailing_zeros());
                let last = i64::from(u64::BITS - 1 - turned.leading_zeros());
                is_tight &= last - first + 1 == i64::from(turned.count_ones());
                (last, first)
            })
            .collect();
        best = best.min(1 + fewest(&mut stretches));
    }
    (best, is_tight)
}

/// The most different periods of a year in which units can lie, given those of each as bits: a largest
/// matching, by augmenting paths.
pub(crate) fn most_yearly(units: &[u64], periods: u32) -> u32 {
    fn place(unit: usize, units: &[u64], of: &mut [Option<usize>], tried: &mut u64) -> bool {
        let mut left = units[unit] & !*tried;
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            *tried |= 1 << at;
            if of[at].is_none_or(|other| place(other, units, of, tried)) {
                of[at] = Some(unit);
                return true;
            }
            left = units[unit] & !*tried;
        }
        false
    }
    let mut of = vec![None; periods as usize];
    let mut count = 0;
    for unit in 0..units.len() {
        if count == periods {
            break;
        }
        count += u32::from(place(unit, units, &mut of, &mut 0));
    }
    count
}
