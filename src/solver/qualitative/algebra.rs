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

    fn new() -> Self {
        let masks = 0..=ALL;
        let inverse = masks.clone().map(|one| mask(set(one).inverse()));
        let is_horn: Vec<bool> = masks.clone().map(is_pre_convex).collect();
        let mut horn: Vec<Mask> = masks
            .filter(|one| *one != 0 && is_horn[*one as usize])
            .collect();
        horn.sort_by_key(|one| std::cmp::Reverse(one.count_ones()));
        let basic = basic_compositions();
        let half = |first: usize, second: usize| {
            let mut table = vec![0; 1 << (2 * LOWER)];
            for (at, cell) in table.iter_mut().enumerate() {
                let (a, b) = (at >> LOWER, at & LOWER_MASK as usize);
                for one in (0..LOWER).filter(|bit| a >> bit & 1 != 0) {
                    for other in (0..LOWER).filter(|bit| b >> bit & 1 != 0) {
                        let (one, other) = (first * LOWER + one, second * LOWER + other);
                        if one < COUNT && other < COUNT {
                            *cell |= basic[one][other];
                        }
                    }
                }
            }
            table
        };
        Algebra {
            inverse: inverse.collect(),
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

/// The number of free ends under the most general relation of a set; negative if the set is empty.
fn dimension(mask: Mask) -> i32 {
    let of_one = |relation| 2 - place(relation).iter().filter(|one| **one % 2 == 1).count() as i32;
    relations(mask).map(of_one).max().unwrap_or(-1)
}

/// Whether, within the smallest lattice interval around a set, all missing relations are less
/// general than the set: these sets are ORD-Horn.
fn is_pre_convex(mask: Mask) -> bool {
    let places: Vec<[u8; 2]> = relations(mask).map(place).collect();
    let least = |nth: usize| places.iter().map(|one| one[nth]).min();
    let most = |nth: usize| places.iter().map(|one| one[nth]).max();
    let within = |place: [u8; 2]| {
        (0..2).all(|nth| Some(place[nth]) >= least(nth) && Some(place[nth]) <= most(nth))
    };
    let around = Allen::ALL.into_iter().filter(|one| within(place(*one)));
    let around = around.fold(0, |mask, one| mask | bit(one));
    mask == 0 || dimension(around & !mask) < dimension(mask)
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
