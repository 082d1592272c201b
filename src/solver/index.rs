//! The constraints of a network by what they rest on, for callers that extract many small parts.

use std::collections::BTreeSet;

use super::network::{Constraint, Network, Part, Point, Premise};

/// The constraints of a network by their premises; those without any, by their points.
#[derive(Debug, Clone)]
pub struct ConstraintIndex {
    by_premise: Rows,
    by_point: Rows,
}

impl ConstraintIndex {
    /// The index of a network, which holds until constraints are added to it or left out.
    pub fn new(network: &Network) -> Self {
        let all = || network.constraints().iter().enumerate();
        let premises = |one: &Constraint| -> Vec<usize> {
            one.premises.iter().map(|one| one.0 as usize).collect()
        };
        let points = |one: &Constraint| -> Vec<usize> {
            if one.premises.count() > 0 {
                return Vec::new();
            }
            vec![one.from.index(), one.to.index()]
        };
        let keys = |of: &dyn Fn(&Constraint) -> Vec<usize>| -> Rows {
            Rows::new(|each| {
                for (nth, one) in all() {
                    for key in of(one) {
                        each(key, nth);
                    }
                }
            })
        };
        ConstraintIndex {
            by_premise: keys(&premises),
            by_point: keys(&points),
        }
    }

    /// The positions of the constraints that rest on a premise.
    pub(super) fn resting_on(&self, premise: Premise) -> &[u32] {
        self.by_premise.of(premise.0 as usize)
    }
}

impl Network {
    /// The constraints that rest on these premises alone, with their points renumbered in order,
    /// and the premise-free constraints between these points and those in `also`. `index` is of
    /// this network.
    pub fn part_of(
        &self,
        index: &ConstraintIndex,
        premises: &BTreeSet<Premise>,
        also: &[Point],
    ) -> Part {
        let constraints = self.constraints();
        let resting = premises.iter().flat_map(|one| index.resting_on(*one));
        let resting: BTreeSet<usize> = resting
            .map(|nth| *nth as usize)
            .filter(|nth| {
                let mut all = constraints[*nth].premises.iter();
                all.all(|one| premises.contains(&one))
            })
            .collect();
        let ends = resting
            .iter()
            .flat_map(|nth| [constraints[*nth].from, constraints[*nth].to]);
        let points: BTreeSet<Point> = ends.chain(also.iter().copied()).collect();
        let points = points.into_iter().filter(|point| *point != Point::ZERO);
        let points: Vec<Point> = points.collect();
        let free = points
            .iter()
            .flat_map(|point| index.by_point.of(point.index()));
        let free: BTreeSet<usize> = free.map(|nth| *nth as usize).collect();
        let mut part = Part::default();
        for point in points {
            part.push(point, self);
        }
        for nth in free.into_iter().chain(resting) {
            part.take(&constraints[nth]);
        }
        part
    }
}

/// Positions in a list by some key: compressed rows.
#[derive(Debug, Clone)]
struct Rows {
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Rows {
    /// `visit` calls its argument with each key and position, the same each time it is called.
    fn new(visit: impl Fn(&mut dyn FnMut(usize, usize))) -> Self {
        let mut starts = vec![0_u32];
        visit(&mut |key, _| {
            if starts.len() < key + 2 {
                starts.resize(key + 2, 0);
            }
            starts[key + 1] += 1;
        });
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let last = starts.last().copied().unwrap_or(0);
        let mut positions = vec![0; last as usize];
        visit(&mut |key, nth| {
            positions[next[key] as usize] = nth as u32;
            next[key] += 1;
        });
        Rows { starts, positions }
    }

    fn of(&self, key: usize) -> &[u32] {
        match self.starts.get(key..key + 2) {
            Some(&[from, to]) => &self.positions[from as usize..to as usize],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Network, Point, Premise, Premises};
    use super::ConstraintIndex;
    use std::collections::BTreeSet;

    #[test]
    fn a_part_has_what_rests_on_its_premises_and_what_holds_anyway() {
        let mut network = Network::default();
        let [a, b, c, d] = std::array::from_fn(|_| network.point());
        network.at_least(a, b, 1, Premises::NONE);
        network.at_least(b, c, 2, Premise(0));
        network.at_most(a, c, 9, Premises::both(Premise(0), Premise(1)));
        network.at_least(Point::ZERO, d, 3, Premise(2));
        network.at_least(c, d, 1, Premises::NONE);
        let index = ConstraintIndex::new(&network);
        let part = |premises: &[u32], also: &[Point]| {
            let premises: BTreeSet<Premise> = premises.iter().copied().map(Premise).collect();
            let part = network.part_of(&index, &premises, also);
            let tied = part.network.constraints().iter();
            tied.map(|one| (part.outside(one.from), part.outside(one.to)))
                .map(|(from, to)| [from.index(), to.index()])
                .map(|mut ends| {
                    ends.sort_unstable();
                    ends
                })
                .collect::<Vec<_>>()
        };
        let [a, b, c, d] = [a, b, c, d].map(Point::index);
        assert_eq!(part(&[0], &[]), [[b, c]]);
        assert_eq!(part(&[0, 1], &[]), [[a, b], [b, c], [a, c]]);
        assert_eq!(part(&[2], &[Point::from_index(c as u32)]), [[c, d], [0, d]]);
        assert!(part(&[7], &[]).is_empty());
    }
}
