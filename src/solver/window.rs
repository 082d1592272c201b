//! Where within a day a point can lie, and whether a circle of constraints between such points cannot
//! be.
//!
//! A bound of a point is rounded to where the point can lie. Rounding keeps the order of bounds and
//! goes along with every shift by whole days, so that the narrowest bounds are still what is left
//! when nothing more follows; but a circle of constraints can then be impossible whose sum is not
//! below nothing. Source: C. Leiserson, J. Saxe, *A Mixed-Integer Linear Programming Problem Which Is
//! Efficiently Solvable*, 1988.

use super::network::{Constraint, Network};
use super::scale::{DAY, SECONDS};

/// Where within a day a point can lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Window {
    /// At any tick.
    #[default]
    Anywhere,
    /// At one of the moments of a day, on the scale on which there is room between those of two days.
    Moments,
    /// At midnight: it stands for a day as a whole.
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

    /// The last tick at which a point can lie that does not lie after a tick.
    pub fn not_after(self, tick: i64) -> i64 {
        let over = tick.rem_euclid(DAY) - self.last();
        tick - over.max(0)
    }

    /// The first tick at which a point can lie that does not lie before a tick.
    pub fn not_before(self, tick: i64) -> i64 {
        let rest = tick.rem_euclid(DAY);
        if rest > self.last() {
            tick - rest + DAY
        } else {
            tick
        }
    }

    /// The most that a bound of a point leaves: how far it lies from the origin or, `BACK`, the
    /// origin from it.
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

/// Whether constraints, each from where the one before leads and the last back to the beginning,
/// cannot all hold. `BACK`, they are gone through the other way.
pub(super) fn cannot_be<const BACK: bool>(network: &Network, circle: &[u32]) -> bool {
    fall::<BACK>(network, circle).is_some()
}

/// By how much at least a circle of constraints falls short, if they cannot all hold.
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
    // From a point that can lie at midnight, round and round: either a bound comes back as it was,
    // or, since two roundings at one point differ by whole days, it falls by a day before long.
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
