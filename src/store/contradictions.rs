//! Contradictions, of whatever kind.

use std::ops::Range;
use std::sync::Arc;

use super::answers::Answer;
use super::backend::Need;
use super::data::Data;
use super::{Store, StoreError};
use annals_model::RecordRef;
use annals_query::contradictions::{
    Contradiction, ContradictionKind, ContradictoryRow, contradictions, contradictory,
};
use annals_query::{Query, ResolvedQuery};
use annals_time::Certainty;

/// Contradictions: those that somebody wrote down, then those within one speaker, then those between
/// speakers; each oldest first. Rows are created on demand.
#[derive(Debug, Clone)]
pub struct Contradictions {
    data: Arc<Data>,
    query: Arc<ResolvedQuery>,
    found: Arc<[Contradiction]>,
}

impl Contradictions {
    /// The number of contradictions.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Some of the rows.
    pub fn rows(&self, range: Range<usize>) -> impl Iterator<Item = ContradictoryRow> + '_ {
        let dossier = self.data.dossier(&self.query.validity);
        let found = self.found.get(range).unwrap_or_default();
        found
            .iter()
            .map(move |one| contradictory(&dossier, &self.query, one))
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = ContradictoryRow> + '_ {
        self.rows(0..self.len())
    }
}

/// Two claims that are known to contradict each other, by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContradictingPair {
    /// Whether somebody stated it; else it is one within a speaker.
    pub is_stated: bool,
    /// The claims, the earlier first.
    pub claims: [String; 2],
    /// The subject of the stances.
    pub toward: Option<String>,
    /// Whether it certainly is one, and both claims match.
    pub certain: bool,
}

impl Store {
    /// The rows of contradictions that were found elsewhere, in the same order. What these facts do not have
    /// is left out.
    ///
    /// # Errors
    /// If a name in the query is unknown or ambiguous, or the facts cannot be read.
    pub fn contradicting_pairs(
        &self,
        query: &Query,
        pairs: &[ContradictingPair],
    ) -> Result<Vec<ContradictoryRow>, StoreError> {
        let data = self.backend.scan(Need::All)?.data;
        let facts = data.facts();
        let resolved = Query {
            text: Vec::new(),
            ..self.viewed(query)
        };
        let resolved = resolved.resolve(facts)?;
        let dossier = data.dossier(&resolved.validity);
        let found = pairs.iter().filter_map(|pair| {
            let claim = |id: &String| match facts.find(id) {
                Some(RecordRef::Claim(claim)) => Some(claim),
                _ => None,
            };
            let [one, other] = pair.claims.each_ref().map(claim);
            let toward = pair.toward.as_ref().and_then(|id| facts.find(id));
            Some(Contradiction {
                kind: if pair.is_stated {
                    ContradictionKind::Stated
                } else {
                    ContradictionKind::Within
                },
                claims: [one?, other?],
                toward: toward.and_then(RecordRef::node),
                between: None,
                certainty: if pair.certain {
                    Certainty::Certainly
                } else {
                    Certainty::Possibly
                },
            })
        });
        Ok(found
            .map(|one| contradictory(&dossier, &resolved, &one))
            .collect())
    }

    /// The contradictions of which a query selects at least one claim, and in whose window both lie.
    ///
    /// # Errors
    /// If a name in the query is unknown or ambiguous, or the facts cannot be read.
    pub fn contradictions(&self, query: &Query) -> Result<Answer<Contradictions>, StoreError> {
        let mut answer = self.contradicting(query)?;
        if answer.is_empty() {
            let count = |query: &Query| Some(self.contradicting(query).ok()?.len());
            let why = self.why_empty(query, ["contradiction", "contradictions"], count);
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    fn contradicting(&self, query: &Query) -> Result<Answer<Contradictions>, StoreError> {
        let query = self.viewed(query);
        // Who stood opposite shows only when all stances are there.
        let data = self.backend.scan(Need::All)?.data;
        let resolved = query.resolve(data.facts())?;
        let validity = resolved.validity.clone();
        let found = contradictions(&data.dossier(&validity), &resolved);
        let rows = Contradictions {
            data: Arc::clone(&data),
            query: Arc::new(resolved),
            found: found.found.into(),
        };
        let mut answer = Answer::new(rows, &data, Some(&validity));
        if !found.is_complete {
            answer.notes.others.push(
                "there can be more contradictions: of speakers who waver endlessly, or things on \
                 which very many stand opposite, not all pairs are looked for"
                    .to_owned(),
            );
        }
        Ok(answer)
    }
}
