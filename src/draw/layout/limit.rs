//! Limits the number of dated records to what a page can show.

use super::MOST_NODES;

/// The plan of as many records as a page can show: all of them, or the most recent. They are sorted
/// by date, the first `dated` of them have one, and undated ones are dropped first. `plan` makes a
/// plan from some records and the number left out.
pub(super) fn most_recent<T: Clone, P>(
    all: &[T],
    dated: usize,
    plan: impl Fn(&[T], usize) -> P,
    nodes: impl Fn(&P) -> usize,
) -> P {
    let of_most = |most: usize| {
        let undated = most.saturating_sub(dated);
        let some = [
            &all[dated - most.min(dated)..dated],
            &all[dated..][..undated],
        ];
        plan(&some.concat(), all.len() - most)
    };
    let most = all.len().min(MOST_NODES);
    let whole = of_most(most);
    if nodes(&whole) <= MOST_NODES {
        return whole;
    }
    // More records have more nodes: find the most that fit by bisection.
    let (mut fits, mut too_many) = (1, most);
    while fits + 1 < too_many {
        let middle = usize::midpoint(fits, too_many);
        if nodes(&of_most(middle)) <= MOST_NODES {
            fits = middle;
        } else {
            too_many = middle;
        }
    }
    of_most(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records shown for a count, given the number of dated ones and the nodes of each.
    fn shown(all: usize, dated: usize, nodes: usize) -> (Vec<usize>, usize) {
        let all: Vec<usize> = (0..all).collect();
        most_recent(
            &all,
            dated,
            |some, left_out| (some.to_vec(), left_out),
            |(some, _)| some.len() * nodes,
        )
    }

    #[test]
    fn the_most_recent_are_shown() {
        assert_eq!(shown(0, 0, 1), (vec![], 0));
        assert_eq!(shown(3, 2, 100), (vec![0, 1, 2], 0));
        assert_eq!(shown(5, 4, 100), (vec![1, 2, 3], 2));
        assert_eq!(shown(5, 2, 100), (vec![0, 1, 2], 2));
        assert_eq!(shown(5, 4, 1_000), (vec![3], 4), "one is always shown");
        let (some, left_out) = shown(1_000, 1_000, 3);
        assert_eq!((some[0], some.len(), left_out), (900, 100, 900));
    }
}
