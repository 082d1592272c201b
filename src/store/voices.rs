//! On how many origins claims and positions rest.

use std::ops::Range;
use std::sync::Arc;

use super::answers::Answer;
use super::backend::Need;
use super::data::Data;
use super::{Store, StoreError};
use annals_query::voices::{VoicesOf, VoicesRow, voiced, voices};
use annals_query::{Query, Validity};

/// Claims or positions with their origins, oldest first. Rows are created on demand.
#[derive(Debug, Clone)]
pub struct Voices {
    data: Arc<Data>,
    validity: Validity,
    rests: annals_query::voices::Voices,
}

impl Voices {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rests.found.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rests.found.is_empty()
    }

    /// Some of the rows.
    pub fn rows(&self, range: Range<usize>) -> impl Iterator<Item = VoicesRow> + '_ {
        let dossier = self.data.dossier(&self.validity);
        let found = self.rests.found.get(range).unwrap_or_default();
        found
            .iter()
            .map(move |one| voiced(&dossier, &self.rests.web, one))
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = VoicesRow> + '_ {
        self.rows(0..self.len())
    }
}

impl Store {
    /// On how many independent origins each selected claim or position rests.
    ///
    /// # Errors
    /// If a name in the query is unknown or ambiguous, or the facts cannot be read.
    pub fn voices(&self, query: &Query, of: VoicesOf) -> Result<Answer<Voices>, StoreError> {
        let mut answer = self.voiced(query, of)?;
        if answer.is_empty() {
            let things = match of {
                VoicesOf::Claims => ["claim", "claims"],
                VoicesOf::Positions => ["position", "positions"],
            };
            let count = |query: &Query| Some(self.voiced(query, of).ok()?.len());
            let why = self.why_empty(query, things, count);
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    fn voiced(&self, query: &Query, of: VoicesOf) -> Result<Answer<Voices>, StoreError> {
        let query = self.viewed(query);
        // A chain of reporting can lead anywhere.
        let data = self.backend.scan(Need::All)?.data;
        let resolved = query.resolve(data.facts())?;
        let validity = resolved.validity.clone();
        let rests = voices(&data.dossier(&validity), &resolved, of);
        let rows = Voices {
            data: Arc::clone(&data),
            validity: validity.clone(),
            rests,
        };
        Ok(Answer::new(rows, &data, Some(&validity)))
    }
}
