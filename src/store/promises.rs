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
    found: Found,
    /// The day at whose end the states are; `None` if the facts name no day.
    pub day: Option<Day>,
}

/// From what the rows are made.
#[derive(Debug, Clone)]
enum Found {
    Facts {
        data: Arc<Data>,
        query: Arc<ResolvedQuery>,
        found: Arc<[Promise]>,
    },
    /// From the columns of a snapshot.
    #[cfg(feature = "snapshot")]
    Columns(Arc<annals_snapshot::PromiseRows>),
}

impl Promises {
    /// The number of rows.
    pub fn len(&self) -> usize {
        match &self.found {
            Found::Facts { found, .. } => found.len(),
            #[cfg(feature = "snapshot")]
            Found::Columns(rows) => rows.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Some of the rows.
    pub fn rows(&self, range: Range<usize>) -> impl Iterator<Item = PromiseRow> + '_ {
        self.rows_of(range)
    }

    /// Some of the rows, which borrow their texts and dates.
    pub fn borrowed_rows(
        &self,
        range: Range<usize>,
    ) -> impl Iterator<Item = PromiseRow<&str, &Date>> {
        self.rows_of(range)
    }

    fn rows_of<'p, S: From<&'p str> + 'p, D: From<&'p Date> + 'p>(
        &'p self,
        range: Range<usize>,
    ) -> Box<dyn Iterator<Item = PromiseRow<S, D>> + 'p> {
        match &self.found {
            Found::Facts { data, query, found } => {
                let dossier = data.dossier(&query.validity);
                let found = found.get(range).unwrap_or_default().iter();
                Box::new(found.map(move |one| promised(&dossier, query, one)))
            }
            #[cfg(feature = "snapshot")]
            Found::Columns(rows) => Box::new(rows.rows(range)),
        }
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
        #[cfg(feature = "snapshot")]
        if let Some(day) = day
            && let Some(answer) = self.promised_in_columns(&query, asked, day)?
        {
            return Ok(answer);
        }
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
        let found = Found::Facts {
            data: Arc::clone(&data),
            query: Arc::new(resolved),
            found: found.into(),
        };
        let rows = Promises { found, day };
        Ok(Answer::new(rows, &data, Some(&validity)))
    }

    /// The same, if a snapshot can tell it without making records of its rows.
    #[cfg(feature = "snapshot")]
    fn promised_in_columns(
        &self,
        query: &Query,
        asked: &PromisesAsked,
        day: Day,
    ) -> Result<Option<Answer<Promises>>, StoreError> {
        let found = self.backend.promise_rows(query, &asked.state, day)?;
        let Some((data, rows)) = found else {
            return Ok(None);
        };
        let validity = query.resolve(data.facts())?.validity;
        let rows = Promises {
            found: Found::Columns(Arc::new(rows)),
            day: Some(day),
        };
        Ok(Some(Answer::new(rows, &data, Some(&validity))))
    }
}
