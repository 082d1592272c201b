//! The claims behind a weight, as records or as the columns of a snapshot tell them.

use std::sync::Arc;

use super::statement_rows::{StatedClaim, WhyStatement};
use crate::answer::Ref;
use annals_model::{ClaimId, StanceValue};
use annals_network::Unit;

/// Claims as columns tell them.
#[derive(Debug, Default)]
pub struct ShownClaims {
    /// Each with its row; rows ascend.
    pub claims: Vec<(u32, ShownClaim)>,
    /// What reports them.
    pub documents: Vec<Arc<Ref>>,
}

/// A claim as columns tell it.
#[derive(Debug)]
pub struct ShownClaim {
    /// Where it comes among all that are read: its file, and its line.
    pub order: (u32, usize),
    /// Its stances, and the numbers of the texts by which things are named.
    pub stances: Vec<(u32, StanceValue)>,
    /// What is shown of it.
    pub stated: Arc<StatedClaim>,
    /// Whether only its record tells when it was said.
    pub said_in_record: bool,
    /// Which of the documents is that of the first passage.
    pub document: Option<u32>,
}

/// Claims, by the numbers that units have of them.
#[derive(Debug)]
pub(super) enum Claims {
    /// Records; of a part of a snapshot only those that can be shown.
    Records(Vec<Option<ClaimId>>),
    /// What columns tell of those that can be shown.
    OfColumns {
        claims: Vec<Option<ShownClaim>>,
        documents: Vec<Arc<Ref>>,
        /// The numbers of the texts by which things are named.
        things: Vec<u32>,
    },
}

impl ShownClaim {
    /// Its statement of a thing, named by the text of a number; `of_level` says which values are of the
    /// level of the unit.
    pub(super) fn statement(
        &self,
        documents: &[Arc<Ref>],
        thing: Option<u32>,
        of_level: impl Fn(StanceValue) -> bool,
        certain: bool,
    ) -> WhyStatement {
        let stances = self.stances.iter().filter(|one| Some(one.0) == thing);
        let mut stances = stances.map(|one| one.1);
        let level = stances.clone().find(|value| of_level(*value));
        let document = self.document.and_then(|nth| documents.get(nth as usize));
        WhyStatement {
            claim: Arc::clone(&self.stated),
            level: level.or_else(|| stances.next()),
            certain,
            document: document.cloned(),
        }
    }
}

/// The claims of some units, in the order in which they are read.
pub(super) fn in_order(
    claims: &[Option<ShownClaim>],
    units: Vec<(Unit, bool)>,
) -> Vec<(&ShownClaim, Unit, bool)> {
    let known = units.into_iter().filter_map(|(unit, certain)| {
        let claim = claims.get(unit.claim as usize)?.as_ref()?;
        Some((claim, unit, certain))
    });
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|(claim, unit, _)| (claim.order, unit.level));
    known
}
