//! The claims behind a weight, as records or as the columns of a snapshot tell them.

use super::statement_rows::WhyStatement;
use crate::answer::Ref;
use annals_finding::FilePlace;
use annals_model::{ClaimId, StanceValue};
use annals_network::Unit;
use annals_time::Date;

/// A claim as columns tell it.
#[derive(Debug, Clone)]
pub struct ShownClaim {
    /// Its id.
    pub id: String,
    /// Where it comes among all that are read: its file, and its line.
    pub order: (u32, usize),
    /// Its stances, and the numbers of the texts by which things are named.
    pub stances: Vec<(u32, StanceValue)>,
    /// The words.
    pub quote: Option<String>,
    /// What was said, in the annotator's words.
    pub content: Option<String>,
    /// When it was said.
    pub said: Option<Date>,
    /// Whether only its record tells when it was said.
    pub said_in_record: bool,
    /// The document of the first passage.
    pub document: Option<Ref>,
    /// Where it is written.
    pub source: FilePlace,
}

/// Claims, by the numbers that units have of them.
#[derive(Debug)]
pub(super) enum Claims {
    /// Records; of a part of a snapshot only those that can be shown.
    Records(Vec<Option<ClaimId>>),
    /// What columns tell of those that can be shown, and the numbers of the texts by which things are named.
    OfColumns(Vec<Option<Box<ShownClaim>>>, Vec<u32>),
}

impl ShownClaim {
    /// Its statement of a thing, named by the text of a number; `of_level` says which values are of the
    /// level of the unit.
    pub(super) fn statement(
        &self,
        thing: Option<u32>,
        of_level: impl Fn(StanceValue) -> bool,
        certain: bool,
    ) -> WhyStatement {
        let stances = self.stances.iter().filter(|one| Some(one.0) == thing);
        let mut stances = stances.map(|one| one.1);
        let level = stances.clone().find(|value| of_level(*value));
        WhyStatement {
            claim: self.id.clone(),
            level: level.or_else(|| stances.next()),
            certain,
            quote: self.quote.clone(),
            content: self.content.clone(),
            said: self.said.clone(),
            document: self.document.clone(),
            source: self.source.clone(),
        }
    }
}

/// The claims of some units, in the order in which they are read.
pub(super) fn in_order(
    claims: &[Option<Box<ShownClaim>>],
    units: Vec<(Unit, bool)>,
) -> Vec<(&ShownClaim, Unit, bool)> {
    let known = units.into_iter().filter_map(|(unit, certain)| {
        let claim = claims.get(unit.claim as usize)?.as_deref()?;
        Some((claim, unit, certain))
    });
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|(claim, unit, _)| (claim.order, unit.level));
    known
}
