//! Whether something more can be true together with all that a network says, exactly.
//!
//! The distances between two points take no account of where within a day points can lie, so a chain of
//! them can be possible although no choice of moments makes it true. Here, what is asked is added to the
//! network, which is then solved as a whole.

use std::collections::BTreeSet;

use super::Chronology;
use super::consistency::Search;
use super::network::{Network, Part, Point, Premise, Premises};

/// The part of a solved network that some points belong to, for trying what else can be true there.
#[derive(Debug)]
pub struct Trial {
    part: Part,
}

impl Chronology<'_> {
    /// The part of the network, without the premises in conflicts, that these points belong to. `None`
    /// if no point is restricted within a day: then the distances between points are exact.
    pub fn trial(&self, points: &[Point]) -> Option<Trial> {
        if !self.is_rounded {
            return None;
        }
        let pairs = points.windows(2).map(|pair| (pair[0], pair[1]));
        let part_of = self.network.parts(pairs);
        let wanted: BTreeSet<Point> = points.iter().map(|one| part_of[one.index()]).collect();
        let mut on = self.on.iter();
        // `split` takes all constraints, so what is left out is left out before.
        let mut kept = self.network.clone();
        kept.retain(|_| on.next().is_none_or(|on| *on));
        let mut parts = kept.split(&part_of, &wanted);
        let (_, part) = parts.pop_first()?;
        Some(Trial { part })
    }
}

impl Trial {
    /// The premises that rule these bounds out; `None` if they are possible. Each bound says that the
    /// second point is at most so many ticks later than the first. The premises are sufficient, but not
    /// all of them need be necessary.
    pub fn ruled_out_by(&self, bounds: &[(Point, Point, i64)]) -> Option<Vec<Premise>> {
        let mut network: Network = self.part.network.clone();
        for (from, to, most) in bounds {
            let (from, to) = (self.part.inside(*from)?, self.part.inside(*to)?);
            network.at_most(from, to, *most, Premises::NONE);
        }
        let circle = Search::<false>::new(&network).run().err()?;
        let constraints = circle
            .iter()
            .map(|nth| &network.constraints()[*nth as usize]);
        let premises: BTreeSet<Premise> = constraints.flat_map(|one| one.premises.iter()).collect();
        Some(premises.into_iter().collect())
    }
}
