//! What was promised, and what became of it.

use std::ops::Range;
use std::sync::Arc;

use super::answers::Answer;
use super::backend::Need;
use super::data::Data;
use super::{Store, StoreError};
use annals_model::Vocabulary as _;
use annals_query::no_rows::Restriction;
use annals_query::promises::{ACTS, Promise, PromiseRow, PromisesAsked, promised, promises, reach};
use annals_query::{Query, ResolvedQuery};
use annals_time::{Date, Day};

/// Promises with their states, oldest first. Rows are created on demand.
#[derive(Debug, Clone)]
pub struct Promises {
    data: Arc<Data>,
    query: Arc<ResolvedQuery>,
    found: Arc<[Promise]>,
    /// The day at whose end the states are; `None` if the facts name no day.
    pub day: Option<Day>,
}

impl Promises {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Some of the rows.
    pub fn rows(&self, range: Range<usize>) -> impl Iterator<Item = PromiseRow> + '_ {
        let dossier = self.data.dossier(&self.query.validity);
        let found = self.found.get(range).unwrap_or_default();
        found
            .iter()
            .map(move |one| promised(&dossier, &self.query, one))
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = PromiseRow> + '_ {
        self.rows(0..self.len())
    }
}

impl Store {
    /// The promises, offers, threats and questions that a query selects, or the acts that it names, in
    /// each state in which they can be on a day.
    ///
    /// # Errors
    /// If the day has no last day, a name in the query is unknown or ambiguous, or the facts cannot be
    /// read.
    pub fn promises(
        &self,
        query: &Query,
        asked: &PromisesAsked,
    ) -> Result<Answer<Promises>, StoreError> {
        let mut answer = self.promised(query, asked)?;
        if answer.is_empty() {
            let state = (!asked.state.is_empty()).then(|| Restriction {
                option: "--state",
                without: (
                    query.clone(),
                    PromisesAsked {
                        state: Vec::new(),
                        ..asked.clone()
                    },
                ),
                alone: (Query::default(), asked.clone()),
            });
            let why = self.why_empty_of(
                query,
                state.into_iter().collect(),
                ["promise", "promises"],
                |query| (query, asked.clone()),
                |(query, asked)| Some(self.promised(query, asked).ok()?.len()),
            );
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    fn promised(
        &self,
        query: &Query,
        asked: &PromisesAsked,
    ) -> Result<Answer<Promises>, StoreError> {
        let mut query = self.viewed(query);
        if query.act.is_empty() {
            query.act = ACTS.iter().map(|act| act.word().to_owned()).collect();
        }
        let day = asked.on.as_ref().map(Date::last);
        if day == Some(None) {
            return Err(StoreError::Question(
                "the day on which promises are asked after has no last day: leave --on out to ask as far as the facts reach"
                    .to_owned(),
            ));
        }
        let day = day.flatten();
        #[cfg(feature = "snapshot")]
        let day = day.or_else(|| self.backend.noted_reach());
        let need = match day {
            Some(_) => Need::Promises(&query),
            // Only all facts show how far they reach.
            None => Need::All,
        };
        let data = self.backend.scan(need)?.data;
        let day = day.or_else(|| reach(data.facts()));
        let resolved = query.resolve(data.facts())?;
        let validity = resolved.validity.clone();
        let found = promises(&data.dossier(&validity), &resolved, &asked.state, day);
        let rows = Promises {
            data: Arc::clone(&data),
            query: Arc::new(resolved),
            found: found.into(),
            day,
        };
        Ok(Answer::new(rows, &data, Some(&validity)))
    }
}
