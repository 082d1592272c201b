//! All conflicts of an inconsistent network: each conflict is found in turn, and its premises are
//! left out of the rest of the search.

use std::cell::OnceCell;

use super::conflict::{Conflict, Effort, as_found, smallest};
use super::consistency::Search;
use super::index::ConstraintIndex;
use super::network::{Network, Premise};

/// How many conflicts are made as small as can be.
const EXAMINED: usize = 1000;

/// Finds all conflicts of a network, with disjoint premises. The search ends with labels that
/// satisfy the remaining constraints.
pub(super) fn conflicts(
    network: &Network,
    search: &mut Search<'_, false>,
    confidence: &dyn Fn(Premise) -> f64,
) -> Vec<Conflict> {
    let mut found = Vec::new();
    let index = OnceCell::new();
    while let Err(cycle) = search.run() {
        let conflict = if found.len() < EXAMINED {
            let effort = Effort::after(found.len());
            smallest(network, search, &cycle, confidence, effort)
        } else {
            as_found(network, &cycle)
        };
        if conflict.premises.is_empty() {
            search.leave_out_premise_free();
            continue;
        }
        let index = index.get_or_init(|| ConstraintIndex::new(network));
        let edges = conflict
            .premises
            .iter()
            .flat_map(|one| index.resting_on(*one).iter().copied());
        search.leave_out(edges);
        found.push(conflict);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Chronology, Network, Premise, Premises};

    #[test]
    fn contradictions_without_premises_are_ignored() {
        let mut network = Network::default();
        let (a, b) = (network.point(), network.point());
        network.at_least(a, b, 1, Premises::NONE);
        network.at_least(b, a, 1, Premises::NONE);
        network.at_least(a, b, 5, Premise(0));
        network.at_most(a, b, 4, Premise(1));
        let solved = Chronology::new(&network, &|_| 1.0);
        assert_eq!(solved.conflicts.len(), 1);
        assert_eq!(solved.conflicts[0].premises.len(), 2);
    }

    /// For any constraints, including far beyond the range of dates: the search terminates, no
    /// conflict is empty, and no premise is in two.
    #[test]
    fn any_network_can_be_solved() {
        arbtest::arbtest(|u| {
            let mut network = Network::default();
            let mut points = vec![super::super::Point::ZERO];
            points.extend((0..6).map(|_| network.point()));
            for _ in 0..u.arbitrary_len::<[u8; 4]>()?.min(60) {
                let (from, to) = (*u.choose(&points)?, *u.choose(&points)?);
                let far = *u.choose(&[1, 1 << 20, Network::FARTHEST / 40])?;
                let most = far * u.int_in_range(-20..=20)?;
                let premises = match u.int_in_range(0_u32..=9)? {
                    0 => Premises::NONE,
                    1 => Premises::both(Premise(u.int_in_range(0..=9)?), Premise(10)),
                    _ => Premises::one(Premise(u.int_in_range(0..=20)?)),
                };
                network.at_most(from, to, most, premises);
            }
            let solved = Chronology::new(&network, &|_| 1.0);
            let mut seen = std::collections::BTreeSet::new();
            for conflict in &solved.conflicts {
                assert!(!conflict.premises.is_empty());
                assert!(conflict.premises.iter().all(|one| seen.insert(*one)));
            }
            let beside = Chronology::with_bounds(&network, &|_| 1.0);
            for point in &points {
                assert_eq!(solved.earliest(*point), beside.earliest(*point));
                assert_eq!(solved.latest(*point), beside.latest(*point));
            }
            Ok(())
        });
    }

    /// After conflicts are left out during the search, the remaining network has the same bounds as
    /// if solved separately.
    #[test]
    fn what_is_left_has_its_own_bounds() {
        arbtest::arbtest(|u| {
            let mut network = Network::default();
            let mut points = vec![super::super::Point::ZERO];
            points.extend((0..30).map(|_| network.point()));
            for pair in points[1..].chunks(2) {
                network.at_least(pair[0], pair[1], 1, Premises::NONE);
            }
            for premise in 0..u.arbitrary_len::<[u8; 4]>()?.min(120) as u32 {
                let dates = u.ratio(1, 3)?;
                let from = if dates {
                    points[0]
                } else {
                    *u.choose(&points)?
                };
                let to = *u.choose(&points)?;
                let first = u.int_in_range(-20..=20)?;
                network.at_least(from, to, first, Premise(premise));
                if dates {
                    network.at_most(from, to, first + u.int_in_range(0..=9)?, Premise(premise));
                }
            }
            let solved = Chronology::new(&network, &|_| 1.0);
            let in_conflict = |premise: Premise| {
                let mut conflicts = solved.conflicts.iter();
                conflicts.any(|one| one.premises.contains(&premise))
            };
            let rest = network.only(|one| !one.premises.iter().any(in_conflict));
            let alone = Chronology::with_bounds(&rest, &|_| 1.0);
            assert!(alone.conflicts.is_empty());
            for point in &points {
                assert_eq!(solved.earliest(*point), alone.earliest(*point));
                assert_eq!(solved.latest(*point), alone.latest(*point));
            }
            Ok(())
        });
    }
}
