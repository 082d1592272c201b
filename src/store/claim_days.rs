//! What lists of claims show beside their rows: on which days they were said, and what their speakers were
//! then.

use std::collections::BTreeMap;
use std::ops::Range;

use annals_model::{ClaimId, RecordRef};
use annals_query::said::{SaidRow, row};
use annals_time::{Certainty, Day};

use super::answers::Claims;
use super::{ClaimsPage, Store};

/// When a claim was said, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimDays {
    /// Which claim.
    pub claim: ClaimId,
    /// The first and the last day on which it can have been said, by its own date; `None` where that says
    /// nothing.
    pub said: [Option<Day>; 2],
    /// The day of its first publication.
    pub reported: Option<Day>,
}

impl Claims {
    /// The days of all of them, in their order, without making rows.
    pub fn days(&self) -> impl Iterator<Item = ClaimDays> + '_ {
        let facts = self.data.facts();
        let dossier = self.data.dossier(&self.query.validity);
        self.found.iter().map(move |(claim, _)| {
            let said = facts[*claim].said.map(|said| facts.date(said));
            let reported = if said.is_none() {
                annals_query::answer::reported_day(&dossier, *claim)
            } else {
                None
            };
            ClaimDays {
                claim: *claim,
                said: [
                    said.and_then(annals_time::Date::first),
                    said.and_then(annals_time::Date::last),
                ],
                reported,
            }
        })
    }

    /// What the first speaker of some of them certainly was on the day, by the id of the claim: "mayor, Town
    /// of Skerrow".
    pub fn offices(&self, range: Range<usize>) -> BTreeMap<String, String> {
        let facts = self.data.facts();
        let dossier = self.data.dossier(&self.query.validity);
        let claims = self.found.get(range).unwrap_or_default();
        let claims: Vec<ClaimId> = claims.iter().map(|(claim, _)| *claim).collect();
        let found = annals_query::brief::first_offices(&dossier, &claims).into_iter();
        found
            .map(|(claim, words)| (facts.id(claim).to_owned(), words))
            .collect()
    }
}

impl ClaimsPage {
    /// What the first speakers of the rows were, where all claims were read.
    pub fn offices(&self) -> BTreeMap<String, String> {
        let rows = self.first..self.first + self.rows.len();
        self.claims
            .as_ref()
            .map_or_else(BTreeMap::new, |claims| claims.offices(rows))
    }
}

impl Store {
    /// Claims as rows, by their ids. Of a snapshot that was not read whole, none.
    pub fn claims_named(&self, ids: &[&str]) -> BTreeMap<String, SaidRow> {
        let Some(data) = self.backend.read_data() else {
            return BTreeMap::new();
        };
        let (facts, validity) = (data.facts(), self.view_validity());
        let dossier = data.dossier(&validity);
        let rows = ids.iter().filter_map(|id| match facts.find(id)? {
            RecordRef::Claim(claim) => Some(row(&dossier, claim, Certainty::Certainly)),
            _ => None,
        });
        rows.map(|row| (row.id.clone(), row)).collect()
    }

    /// The roles that relations of an actor give, by the id of the relation. Of a snapshot that was not read
    /// whole, none.
    pub fn roles(&self, actor: &str) -> BTreeMap<String, String> {
        let Some(data) = self.backend.read_data() else {
            return BTreeMap::new();
        };
        let facts = data.facts();
        let Some(RecordRef::Actor(actor)) = facts.find(actor) else {
            return BTreeMap::new();
        };
        let own = facts.relations.iter();
        let own = own.filter(|(_, one)| one.from == Some(actor) || one.to == Some(actor));
        let roles = own.filter_map(|(id, one)| {
            let role = facts.str(one.role?).to_owned();
            Some((facts.id(id).to_owned(), role))
        });
        roles.collect()
    }
}
