//! Answers: rows, with notes for the user.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Deref, Range};
use std::path::PathBuf;
use std::sync::Arc;

use super::data::Data;
use super::error::StoreError;
use super::notes::Notes;
use annals_model::{ClaimId, RecordRef};
use annals_query::chronicle::{DatesRow, EndRow};
use annals_query::count::{Counts, Dimension, count};
use annals_query::find::{self, FoundRow, Hit, find};
use annals_query::positions::PositionRow;
use annals_query::said::{SaidRow, row, selected};
use annals_query::words::Words;
use annals_query::{ResolvedQuery, Validity};
use annals_time::{Certainty, Date};

/// An answer with notes for the user.
#[derive(Debug, Clone)]
pub struct Answer<T> {
    /// The answer.
    pub data: T,
    /// Notes for the user.
    pub notes: Notes,
    /// The files that were read for it.
    pub files: Vec<PathBuf>,
}

impl<T> Answer<T> {
    pub(crate) fn new(data: T, facts: &Data, validity: Option<&Validity>) -> Self {
        Answer {
            data,
            notes: facts.notes(validity),
            files: facts.files(),
        }
    }
}

impl<T> Deref for Answer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

impl<T: IntoIterator> IntoIterator for Answer<T> {
    type Item = T::Item;
    type IntoIter = T::IntoIter;

    fn into_iter(self) -> T::IntoIter {
        self.data.into_iter()
    }
}

/// Selected claims, oldest first. Rows are created on demand, so that a million of them need not be
/// in memory.
#[derive(Debug, Clone)]
pub struct Claims {
    pub(crate) data: Arc<Data>,
    pub(crate) query: Arc<ResolvedQuery>,
    pub(crate) found: Arc<[(ClaimId, Certainty)]>,
}

impl Claims {
    pub(crate) fn new(data: Arc<Data>, query: ResolvedQuery) -> Self {
        let found = query.claims(&data.dossier(&query.validity)).into();
        let query = Arc::new(query);
        Claims { data, query, found }
    }

    /// Those of them with these ids, in their order.
    #[cfg(feature = "snapshot")]
    pub(crate) fn only(self, ids: &std::collections::BTreeSet<String>) -> Self {
        let facts = self.data.facts();
        let found = self.found.iter().copied();
        let found: Vec<_> = found
            .filter(|(id, _)| ids.contains(facts.id(*id)))
            .collect();
        // A count goes through the query again, which selects no others then.
        let mut records = annals_model::RecordSet::none(facts);
        for (id, _) in &found {
            records.insert(*id);
        }
        let query = Arc::new(self.query.among(records));
        Claims {
            data: Arc::clone(&self.data),
            query,
            found: found.into(),
        }
    }

    /// All of them, whatever the limit on rows is, counted by some properties: as `Store::count` does,
    /// without reading anything again.
    ///
    /// # Errors
    /// If there are too many groups.
    pub fn count(&self, per: &[Dimension]) -> Result<Counts, StoreError> {
        let query = self.query.unlimited();
        let counts = count(&self.data.dossier(&query.validity), &query, per);
        counts.map_err(|error| StoreError::Question(error.to_string()))
    }

    /// The number of claims.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Where a claim stands among them, by its id.
    pub fn position(&self, id: &str) -> Option<usize> {
        let RecordRef::Claim(id) = self.data.facts().find(id)? else {
            return None;
        };
        self.found.iter().position(|(claim, _)| *claim == id)
    }

    /// Some of the rows.
    pub fn rows(&self, range: Range<usize>) -> impl Iterator<Item = SaidRow> + '_ {
        self.rows_of(range)
    }

    /// Some of the rows, which borrow their texts and dates.
    pub fn borrowed_rows(&self, range: Range<usize>) -> impl Iterator<Item = SaidRow<&str, &Date>> {
        self.rows_of(range)
    }

    fn rows_of<'c, S: From<&'c str> + 'c, D: From<&'c Date> + 'c>(
        &'c self,
        range: Range<usize>,
    ) -> impl Iterator<Item = SaidRow<S, D>> + 'c {
        let dossier = self.data.dossier(&self.query.validity);
        let claims = self.found.get(range).unwrap_or_default();
        claims.iter().map(move |claim| {
            annals_watch::look();
            selected(&dossier, &self.query, *claim)
        })
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = SaidRow> + '_ {
        self.rows(0..self.len())
    }
}

/// The rows of [`Claims`], created in batches of some hundred.
#[derive(Debug)]
pub struct IntoRows {
    claims: Claims,
    next: usize,
    made: std::vec::IntoIter<SaidRow>,
}

impl Iterator for IntoRows {
    type Item = SaidRow;

    fn next(&mut self) -> Option<SaidRow> {
        const AT_ONCE: usize = 256;
        if let Some(row) = self.made.next() {
            return Some(row);
        }
        let range = self.next..self.claims.len().min(self.next + AT_ONCE);
        self.next = range.end;
        self.made = self.claims.rows(range).collect::<Vec<_>>().into_iter();
        self.made.next()
    }
}

impl IntoIterator for Claims {
    type Item = SaidRow;
    type IntoIter = IntoRows;

    fn into_iter(self) -> IntoRows {
        IntoRows {
            claims: self,
            next: 0,
            made: Vec::new().into_iter(),
        }
    }
}

/// What has some words: names first, then claims, events and texts in the order of the texts. Rows are
/// created on demand.
#[derive(Debug, Clone)]
pub struct Finds {
    words: Words,
    found: Found,
}

/// From what the rows are made.
#[derive(Debug, Clone)]
enum Found {
    Facts {
        data: Arc<Data>,
        validity: Validity,
        hits: Arc<[Hit]>,
    },
    /// From the columns of a snapshot.
    #[cfg(feature = "snapshot")]
    Columns(Arc<annals_snapshot::FoundRows>),
}

impl Finds {
    pub(crate) fn new(data: Arc<Data>, query: &ResolvedQuery) -> Self {
        let validity = query.validity.clone();
        let hits = find(&data.dossier(&validity), query).into();
        Finds {
            words: query.words().clone(),
            found: Found::Facts {
                data,
                validity,
                hits,
            },
        }
    }

    #[cfg(feature = "snapshot")]
    pub(crate) fn of_rows(rows: annals_snapshot::FoundRows, words: Words) -> Self {
        Finds {
            words,
            found: Found::Columns(Arc::new(rows)),
        }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        match &self.found {
            Found::Facts { hits, .. } => hits.len(),
            #[cfg(feature = "snapshot")]
            Found::Columns(rows) => rows.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Some of the rows.
    pub fn rows(&self, range: Range<usize>) -> Vec<FoundRow> {
        match &self.found {
            Found::Facts {
                data,
                validity,
                hits,
            } => {
                let dossier = data.dossier(validity);
                let hits = hits.get(range).unwrap_or_default().iter();
                let row = |hit| find::row(&dossier, &self.words, hit);
                hits.inspect(|_| annals_watch::look()).map(row).collect()
            }
            #[cfg(feature = "snapshot")]
            Found::Columns(rows) => rows.rows(range, &self.words),
        }
    }

    /// Some of the rows, which borrow their texts where they can.
    pub fn borrowed_rows(&self, range: Range<usize>) -> Vec<FoundRow<Cow<'_, str>>> {
        match &self.found {
            #[cfg(feature = "snapshot")]
            Found::Columns(rows) => rows.rows(range, &self.words),
            Found::Facts { .. } => self.rows(range).into_iter().map(Into::into).collect(),
        }
    }
}

/// The positions of speakers, with the claims behind each row.
#[derive(Debug, Clone)]
pub struct Positions {
    pub(crate) data: Arc<Data>,
    pub(crate) validity: Validity,
    /// The rows.
    pub rows: Vec<PositionRow>,
}

impl Positions {
    /// The claims in which stances were taken. They only have their texts if the question requested
    /// them.
    pub fn claims(&self) -> BTreeMap<ClaimId, SaidRow> {
        let dossier = self.data.dossier(&self.validity);
        let taken = self.rows.iter().flat_map(|row| &row.history);
        taken
            .map(|one| (one.id, row(&dossier, one.id, Certainty::Certainly)))
            .collect()
    }
}

impl IntoIterator for Positions {
    type Item = PositionRow;
    type IntoIter = std::vec::IntoIter<PositionRow>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

/// The starts and ends of records, by date. Rows are created on demand.
#[derive(Debug, Clone)]
pub struct Dates {
    pub(crate) data: Arc<Data>,
    pub(crate) things: Vec<DatedThing>,
}

/// A record with its narrowed dates.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DatedThing {
    pub(crate) record: RecordRef,
    pub(crate) ends: [EndRow; 2],
    pub(crate) conflict: bool,
}

impl Dates {
    /// The number of records.
    pub fn len(&self) -> usize {
        self.things.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }

    /// Some of the rows.
    pub fn rows(&self, range: Range<usize>) -> impl Iterator<Item = DatesRow<'_>> {
        let dossier = self.data.dossier(&Validity::default());
        let things = self.things.get(range).unwrap_or_default();
        things
            .iter()
            .inspect(|_| annals_watch::look())
            .map(move |thing| DatesRow::new(&dossier, thing.record, thing.ends, thing.conflict))
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = DatesRow<'_>> {
        self.rows(0..self.len())
    }
}
