//! The known distances between the few ends that a choice involves, and the effect of an option.

use crate::choices::Choice;
use crate::network::{Point, Premise};
use crate::{Chronology, Distances};

/// A step between two ends: by a known distance, or by a bound of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Leg {
    Known(usize, usize),
    Option,
}

/// The most ticks by which each end lies behind each other, and through which steps.
pub(super) type Far = Vec<Vec<Option<(i64, Vec<Leg>)>>>;

/// The ends of a choice, the origin first, and the distances between them.
pub(super) struct Ends {
    points: Vec<Point>,
    distances: Vec<Distances>,
    known: Far,
}

impl Ends {
    pub(super) fn new(solved: &Chronology<'_>, choice: &Choice) -> Self {
        let mut points = vec![Point::ZERO];
        points.extend(choice.points());
        let distances: Vec<Distances> = points.iter().map(|point| solved.from(*point)).collect();
        let step = |from: usize, to: usize| {
            if from == to {
                return Some((0, Vec::new()));
            }
            let far = distances[from].to(points[to])?;
            Some((far, vec![Leg::Known(from, to)]))
        };
        let row = |from| (0..points.len()).map(|to| step(from, to)).collect();
        let known = (0..points.len()).map(row).collect();
        Ends {
            points,
            distances,
            known,
        }
    }

    fn place(&self, point: Point) -> usize {
        // Every point of the choice is among them.
        self.points
            .iter()
            .position(|one| *one == point)
            .unwrap_or(0)
    }

    /// The distances under an option, or the steps of the negative cycle that it closes.
    pub(super) fn with(&self, bounds: &[(Point, Point, i64)]) -> Result<Far, Vec<Leg>> {
        // One bound against one distance is the simplest reason.
        for &(from, to, most) in bounds {
            let (from, to) = (self.place(from), self.place(to));
            if let Some((back, _)) = &self.known[to][from]
                && back + most < 0
            {
                return Err(vec![Leg::Known(to, from), Leg::Option]);
            }
        }
        let mut far = self.known.clone();
        for &(from, to, most) in bounds {
            let (from, to) = (self.place(from), self.place(to));
            if far[from][to]
                .as_ref()
                .is_none_or(|(known, _)| most < *known)
            {
                far[from][to] = Some((most, vec![Leg::Option]));
            }
        }
        let all = self.points.len();
        for by in 0..all {
            for from in 0..all {
                for to in 0..all {
                    let (Some((a, there)), Some((b, on))) = (&far[from][by], &far[by][to]) else {
                        continue;
                    };
                    let sum = a + b;
                    if far[from][to]
                        .as_ref()
                        .is_some_and(|(known, _)| sum >= *known)
                    {
                        continue;
                    }
                    let mut legs = there.clone();
                    legs.extend(on);
                    legs.sort_unstable();
                    legs.dedup();
                    if from == to {
                        // Negative: a cycle.
                        return Err(legs);
                    }
                    far[from][to] = Some((sum, legs));
                }
            }
        }
        Ok(far)
    }

    /// What all remaining options imply that is not known without them, with the steps of each.
    pub(super) fn common(&self, left: &[Far]) -> Vec<((Point, Point), i64, Vec<Leg>)> {
        let mut common = Vec::new();
        for (from, row) in self.known.iter().enumerate() {
            for (to, known) in row.iter().enumerate() {
                let each: Option<Vec<&(i64, Vec<Leg>)>> =
                    left.iter().map(|far| far[from][to].as_ref()).collect();
                let Some(each) = each else { continue };
                let most = each.iter().map(|(sum, _)| *sum).max();
                let Some(most) = most else { continue };
                if from == to || known.as_ref().is_some_and(|(known, _)| most >= *known) {
                    continue;
                }
                let legs = each.iter().flat_map(|(_, legs)| legs.iter().copied());
                let pair = (self.points[from], self.points[to]);
                common.push((pair, most, legs.collect()));
            }
        }
        common
    }

    /// The premises behind steps.
    pub(super) fn because(
        &self,
        solved: &Chronology<'_>,
        legs: &[Leg],
        own: Premise,
    ) -> Vec<Premise> {
        let mut because = Vec::new();
        for leg in legs {
            match *leg {
                Leg::Option => because.push(own),
                Leg::Known(from, to) => {
                    because.extend(solved.because(&self.distances[from], self.points[to]));
                }
            }
        }
        because
    }
}
