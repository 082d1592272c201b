//! Allen's algebra on sets of relations: inverse, composition, the ORD-Horn class, and the
//! decomposition of other sets into sets of that class. A set is a mask of thirteen bits, in the
//! order of [`Allen::ALL`].
//!
//! Sources: J. F. Allen, *Maintaining Knowledge about Temporal Intervals*, 1983; B. Nebel,
//! H.-J. Bürckert, *Reasoning about Temporal Relations: A Maximal Tractable Subclass of Allen's
//! Interval Algebra*, 1995; G. Ligozat, *A New Proof of Tractability for ORD-Horn Relations*, 1996.

use std::cmp::Ordering;
use std::sync::OnceLock;

use annals_time::{Allen, AllenSet};

/// A set of relations as a mask.
pub(super) type Mask = u16;

/// The number of relations.
const COUNT: usize = Allen::ALL.len();
/// All relations: no constraint.
pub(super) const ALL: Mask = (1 << COUNT) - 1;
/// Sets are composed in two halves, to keep the tables small; this is the number of bits in the
/// lower half.
const LOWER: usize = 7;
const LOWER_MASK: Mask = (1 << LOWER) - 1;

/// The mask of a set.
pub(super) fn mask(set: AllenSet) -> Mask {
    set.iter().fold(0, |mask, one| mask | bit(one))
}

/// The set of a mask.
pub(super) fn set(mask: Mask) -> AllenSet {
    relations(mask).collect()
}

/// The relations of a mask.
pub(super) fn relations(mask: Mask) -> impl Iterator<Item = Allen> {
    Allen::ALL
        .into_iter()
        .filter(move |one| mask & bit(*one) != 0)
}

/// The mask of one relation.
pub(super) fn bit(relation: Allen) -> Mask {
    1 << relation as Mask
}

/// The tables of the algebra.
pub(super) struct Algebra {
    inverse: Vec<Mask>,
    /// The composition of the halves of two sets: lower with lower, lower with upper, and so on.
    composed: [Vec<Mask>; 4],
    is_horn: Vec<bool>,
    /// All non-empty ORD-Horn sets, the largest first.
    horn: Vec<Mask>,
}

impl Algebra {
    /// The tables, built on first use.
    pub(super) fn get() -> &'static Algebra {
        static TABLES: OnceLock<Algebra> = OnceLock::new();
        TABLES.get_or_init(Algebra::new)
    }

    /// Every command that looks at time builds them, so each cell is made of one before it.
    fn new() -> Self {
        let mut inverse = vec![0; 1 << COUNT];
        for mask in 1..=ALL {
            let rest = inverse[without_lowest(mask) as usize];
            inverse[mask as usize] = rest | bit(Allen::ALL[lowest(mask)].inverse());
        }
        let is_horn = pre_convex();
        let mut horn: Vec<Mask> = (1..=ALL).filter(|one| is_horn[*one as usize]).collect();
        horn.sort_by_key(|one| std::cmp::Reverse(one.count_ones()));
        let basic = basic_compositions();
        let half = |first: usize, second: usize| {
            let basic = |one: usize, other: usize| {
                let row = basic.get(first * LOWER + one);
                row.and_then(|row| row.get(second * LOWER + other).copied())
                    .unwrap_or(0)
            };
            composed_halves(basic)
        };
        Algebra {
            inverse,
            composed: [half(0, 0), half(0, 1), half(1, 0), half(1, 1)],
            is_horn,
            horn,
        }
    }

    /// The set with the two stretches exchanged.
    pub(super) fn inverse(&self, mask: Mask) -> Mask {
        self.inverse[mask as usize]
    }

    /// The possible relations between a first and a third, if one set holds between the first and a
    /// second and the other between the second and the third.
    pub(super) fn composed(&self, one: Mask, other: Mask) -> Mask {
        let row = |half: Mask| usize::from(half) << LOWER;
        let (low, high) = (row(one & LOWER_MASK), row(one >> LOWER));
        let (other_low, other_high) = ((other & LOWER_MASK) as usize, (other >> LOWER) as usize);
        self.composed[0][low | other_low]
            | self.composed[1][low | other_high]
            | self.composed[2][high | other_low]
            | self.composed[3][high | other_high]
    }

    /// Whether a set is in ORD-Horn: path consistency decides networks of such sets.
    pub(super) fn is_horn(&self, mask: Mask) -> bool {
        self.is_horn[mask as usize]
    }

    /// Disjoint ORD-Horn sets whose union is the set, the largest first.
    pub(super) fn pieces(&self, mask: Mask) -> Vec<Mask> {
        let mut left = mask;
        let mut pieces = Vec::new();
        while left != 0 {
            // A single relation is in ORD-Horn, so there always is one.
            let largest = self.horn.iter().find(|one| **one & !left == 0);
            let Some(&piece) = largest else { break };
            pieces.push(piece);
            left &= !piece;
        }
        pieces
    }
}

/// For each relation between a first and a second and each between the second and a third, the
/// possible relations between the first and the third. Computed from all intervals over six
/// moments, as many as three intervals have ends.
fn basic_compositions() -> [[Mask; COUNT]; COUNT] {
    let stretches = || (0..6).flat_map(|start| (start + 1..6).map(move |end| (start, end)));
    let mut table = [[0; COUNT]; COUNT];
    for a in stretches() {
        for b in stretches() {
            for c in stretches() {
                let known = Allen::between(a, b)
                    .zip(Allen::between(b, c))
                    .zip(Allen::between(a, c));
                if let Some(((one, other), both)) = known {
                    table[one as usize][other as usize] |= bit(both);
                }
            }
        }
    }
    table
}

/// The position of a relation in the lattice of relations: for the start and the end of the first
/// interval, whether it lies before, at, between or after the ends of the second. Odd positions are
/// at an end.
fn place(relation: Allen) -> [u8; 2] {
    match relation {
        Allen::Before => [0, 0],
        Allen::Meets => [0, 1],
        Allen::Overlaps => [0, 2],
        Allen::FinishedBy => [0, 3],
        Allen::Contains => [0, 4],
        Allen::Starts => [1, 2],
        Allen::Equals => [1, 3],
        Allen::StartedBy => [1, 4],
        Allen::During => [2, 2],
        Allen::Finishes => [2, 3],
        Allen::OverlappedBy => [2, 4],
        Allen::MetBy => [3, 4],
        Allen::After => [4, 4],
    }
}

/// The position of an end of the first (0 its start, 1 its end) relative to an end of the second.
pub(super) fn ends(relation: Allen, first: usize, second: usize) -> Ordering {
    place(relation)[first].cmp(&[1, 3][second])
}

/// The number of free ends of a relation.
fn free_ends(relation: Allen) -> i8 {
    2 - place(relation).iter().filter(|one| **one % 2 == 1).count() as i8
}

/// For each set, whether within the smallest lattice interval around it all missing relations are
/// less general than the set, that is, leave fewer ends free: these sets are ORD-Horn.
fn pre_convex() -> Vec<bool> {
    /// The smallest lattice interval around a set: the least and the greatest place of each end.
    #[derive(Clone, Copy)]
    struct Hull {
        least: [u8; 2],
        most: [u8; 2],
    }
    let places = Allen::ALL.map(place);
    let free = Allen::ALL.map(free_ends);
    let nothing = Hull {
        least: [u8::MAX; 2],
        most: [0; 2],
    };
    let mut hulls = vec![nothing; 1 << COUNT];
    // The free ends under the most general relation of each set; -1 if it is empty.
    let mut dimensions = vec![-1; 1 << COUNT];
    for mask in 1..=ALL {
        let (rest, one) = (without_lowest(mask) as usize, lowest(mask));
        let (hull, place) = (hulls[rest], places[one]);
        hulls[mask as usize] = Hull {
            least: [0, 1].map(|end| hull.least[end].min(place[end])),
            most: [0, 1].map(|end| hull.most[end].max(place[end])),
        };
        dimensions[mask as usize] = dimensions[rest].max(free[one]);
    }
    let is_pre_convex = |mask: Mask| {
        let hull = hulls[mask as usize];
        let mut around = 0;
        for (nth, place) in places.iter().enumerate() {
            let within = |end: usize| (hull.least[end]..=hull.most[end]).contains(&place[end]);
            around |= Mask::from(within(0) && within(1)) << nth;
        }
        mask == 0 || dimensions[(around & !mask) as usize] < dimensions[mask as usize]
    };
    (0..=ALL).map(is_pre_convex).collect()
}

/// The composition of any two halves of sets, given that of two relations.
fn composed_halves(basic: impl Fn(usize, usize) -> Mask) -> Vec<Mask> {
    // First each relation with any half, then any half with any half.
    let halves = 1..1 << LOWER;
    let mut of_one = vec![0; LOWER << LOWER];
    let mut table = vec![0; 1 << (2 * LOWER)];
    for one in 0..LOWER {
        for other in halves.clone() {
            let rest = of_one[one << LOWER | without_lowest(other) as usize];
            of_one[one << LOWER | other as usize] = rest | basic(one, lowest(other));
        }
    }
    for one in halves.clone() {
        for other in halves.clone() {
            let rest = table[(without_lowest(one) as usize) << LOWER | other as usize];
            let with = of_one[lowest(one) << LOWER | other as usize];
            table[(one as usize) << LOWER | other as usize] = rest | with;
        }
    }
    table
}

/// The place of the lowest relation in a set that has one.
fn lowest(mask: Mask) -> usize {
    mask.trailing_zeros() as usize
}

/// The set without its lowest relation.
fn without_lowest(mask: Mask) -> Mask {
    mask & mask.wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nebel and Bürckert count 868 sets, including the empty one.
    #[test]
    fn the_class_has_its_size_and_is_closed() {
        let algebra = Algebra::get();
        assert_eq!(algebra.horn.len() + 1, 868);
        for &one in &algebra.horn {
            assert!(algebra.is_horn(algebra.inverse(one)));
            for &other in algebra.horn.iter().step_by(7) {
                assert!(algebra.is_horn(one & other));
                assert!(algebra.is_horn(algebra.composed(one, other)));
            }
        }
    }

    #[test]
    fn compositions_are_those_of_the_parts() {
        let algebra = Algebra::get();
        let [before, during] = [Allen::Before, Allen::During].map(bit);
        assert_eq!(algebra.composed(before, before), before);
        let of_both = ["before", "meets", "overlaps", "starts", "during"];
        let of_both = of_both.into_iter().filter_map(AllenSet::from_name);
        let of_both = of_both.fold(0, |mask_so_far, one| mask_so_far | mask(one));
        assert_eq!(algebra.composed(before, during), of_both);
        assert_eq!(algebra.composed(ALL, ALL), ALL);
        let basic = basic_compositions();
        arbtest::arbtest(|u| {
            let (a, b) = (u.int_in_range(0..=ALL)?, u.int_in_range(0..=ALL)?);
            let mut whole = 0;
            for one in relations(a) {
                for other in relations(b) {
                    whole |= basic[one as usize][other as usize];
                }
            }
            assert_eq!(algebra.composed(a, b), whole);
            let turned = algebra.composed(algebra.inverse(b), algebra.inverse(a));
            assert_eq!(algebra.inverse(whole), turned);
            Ok(())
        });
    }

    #[test]
    fn pieces_make_up_the_set() {
        let algebra = Algebra::get();
        for mask in 0..=ALL {
            let pieces = algebra.pieces(mask);
            assert_eq!(pieces.iter().fold(0, |all, one| all | one), mask);
            assert_eq!(pieces.len() <= 1, algebra.is_horn(mask));
            assert_eq!(set(mask).len(), mask.count_ones() as usize);
        }
    }
}
