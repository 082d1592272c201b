//! Where within a day a point can lie, and whether a cycle of constraints between such points is
//! inconsistent.
//!
//! A bound of a point is rounded to where the point can lie. Rounding is monotonic and commutes
//! with shifts by whole days, so the tightest bounds are still the fixed point of propagation; but
//! a cycle of constraints can then be inconsistent even if its sum is not negative. Source: C.
//! Leiserson, J. Saxe, *A Mixed-Integer Linear Programming Problem Which Is Efficiently Solvable*,
//! 1988.

use super::network::{Constraint, Network};
use super::scale::{DAY, SECONDS};

/// Where within a day a point can lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Window {
    /// At any tick.
    #[default]
    Anywhere,
    /// At one of the moments of a day, on the scale with unused ticks between the moments of two
    /// days.
    Moments,
    /// At midnight: represents a whole day.
    Midnight,
}

impl Window {
    /// The last tick of a day.
    fn last(self) -> i64 {
        match self {
            Window::Anywhere => DAY - 1,
            Window::Moments => SECONDS,
            Window::Midnight => 0,
        }
    }

    /// The last tick no later than `tick` at which a point can lie.
    pub fn not_after(self, tick: i64) -> i64 {
        let over = tick.rem_euclid(DAY) - self.last();
        tick - over.max(0)
    }

    /// The first tick no earlier than `tick` at which a point can lie.
    pub fn not_before(self, tick: i64) -> i64 {
        let rest = tick.rem_euclid(DAY);
        if rest > self.last() {
            tick - rest + DAY
        } else {
            tick
        }
    }

    /// The rounded bound of a point: its distance from the origin or, with `BACK`, the distance of
    /// the origin from it.
    pub(super) fn rounded<const BACK: bool>(self, bound: i64) -> i64 {
        if self == Window::Anywhere {
            bound
        } else if BACK {
            -self.not_before(-bound)
        } else {
            self.not_after(bound)
        }
    }
}

/// Whether constraints that form a cycle are inconsistent. With `BACK`, they are traversed
/// backwards.
pub(super) fn is_inconsistent<const BACK: bool>(network: &Network, circle: &[u32]) -> bool {
    fall::<BACK>(network, circle).is_some()
}

/// The least shortfall of a cycle of constraints, if they are inconsistent.
pub(super) fn fall<const BACK: bool>(network: &Network, circle: &[u32]) -> Option<i64> {
    let constraints = network.constraints();
    let one = |nth: usize| &constraints[circle[nth % circle.len()] as usize];
    let most = circle.iter().map(|edge| constraints[*edge as usize].most);
    let sum = most.fold(0_i64, i64::saturating_add);
    if sum < 0 || !network.has_windows() {
        return (sum < 0).then_some(-sum);
    }
    let reached = |one: &Constraint| network.window(if BACK { one.from } else { one.to });
    let windows = (0..circle.len()).filter(|nth| reached(one(*nth)) != Window::Anywhere);
    let windows: Vec<usize> = windows.collect();
    let start = windows.first()? + 1;
    // Goes around the cycle from a point that can lie at midnight: either a bound returns unchanged
    // or, since two roundings at one point differ by whole days, it soon decreases by a day.
    let mut at = 0_i64;
    for _ in 0..3 * windows.len() + 5 {
        let before = at;
        for nth in start..start + circle.len() {
            let next = at.saturating_add(one(nth).most);
            at = reached(one(nth)).rounded::<BACK>(next);
        }
        if at >= before {
            return None;
        }
        if at <= -DAY {
            return Some(-at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_rounded_to_where_a_point_can_lie() {
        let moments = Window::Moments;
        assert_eq!(moments.not_after(DAY - 1), SECONDS);
        assert_eq!(moments.not_after(DAY), DAY);
        assert_eq!(moments.not_before(SECONDS), SECONDS);
        assert_eq!(moments.not_before(SECONDS + 1), DAY);
        assert_eq!(moments.not_before(-1), 0);
        assert_eq!(Window::Midnight.not_after(-1), -DAY);
        assert_eq!(Window::Midnight.not_before(1), DAY);
        assert_eq!(Window::Anywhere.rounded::<true>(5), 5);
        assert_eq!(moments.rounded::<true>(-SECONDS - 1), -DAY);
    }
}
