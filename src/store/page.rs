//! A page of a list of claims.

#[cfg(feature = "snapshot")]
use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use annals_query::Query;
use annals_query::said::SaidRow;
use annals_query::timeline::TimelineRow;
use annals_time::Day;
#[cfg(feature = "snapshot")]
use {annals_query::Validity, annals_snapshot::Listed};

use super::answers::{Answer, Claims};
#[cfg(feature = "snapshot")]
use super::{Notes, data::Data};
use super::{Store, StoreError};

/// Rows of a timeline, with how many there are in all and how many come before them.
type Counted = (Answer<Vec<TimelineRow>>, [usize; 2]);

/// Some of the claims that a query selects, in their order.
#[derive(Debug, Clone)]
pub struct ClaimsPage {
    /// How many there are.
    pub all: usize,
    /// How many come before the rows.
    pub first: usize,
    /// The rows.
    pub rows: Vec<SaidRow>,
    /// How many there are on each day, where all were said on a single one and only some were read.
    pub days: Option<Vec<(Day, usize)>>,
    /// All of them, if they were read.
    pub claims: Option<Claims>,
}

/// Which claims of a snapshot are all read for a page that shows some of them: no more than so many, which lie in
/// no more places than so many. Those that lie close to each other cost little more than one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadAll {
    /// How many claims.
    pub claims: usize,
    /// In how many places.
    pub places: usize,
}

impl ReadAll {
    /// However many there are.
    pub const ANY: ReadAll = ReadAll::up_to(usize::MAX);

    /// None but those that are shown.
    pub const NONE: ReadAll = ReadAll::up_to(0);

    /// No more than so many, wherever they lie.
    pub const fn up_to(claims: usize) -> ReadAll {
        let places = usize::MAX;
        ReadAll { claims, places }
    }

    #[cfg(feature = "snapshot")]
    fn takes(self, listed: &Listed) -> bool {
        listed.len() <= self.claims && listed.places() <= self.places
    }
}

impl ClaimsPage {
    /// Of claims that were all read, those that follow one, or else the first.
    fn of_all(claims: Claims, after: Option<&str>, most: usize) -> Self {
        let first = after
            .and_then(|id| claims.position(id))
            .map_or(0, |place| place + 1);
        let last = claims.len().min(first.saturating_add(most));
        ClaimsPage {
            all: claims.len(),
            first,
            rows: claims.rows(first..last).collect(),
            days: None,
            claims: Some(claims),
        }
    }
}

impl Store {
    /// Some of the claims of [`Store::said`], for who looks at a list: those that follow a claim, by its id,
    /// or else the first. Of a snapshot, not many more than these are read, unless `whole` takes all of them.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn claims_page(
        &self,
        query: &Query,
        after: Option<&str>,
        most: usize,
        whole: ReadAll,
    ) -> Result<Answer<ClaimsPage>, StoreError> {
        let mut page = self.few_claims(query, after, most, whole)?;
        // Telling why nothing is there would read all of a snapshot.
        if page.data.all == 0 && !self.has_snapshot() {
            let count = |query: &Query| Some(self.claims(query).ok()?.len());
            let why = self.why_empty(query, ["claim", "claims"], count);
            page.notes.others.extend(why);
        }
        Ok(page)
    }

    /// The same, which does not say why there are none.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn few_claims(
        &self,
        query: &Query,
        after: Option<&str>,
        most: usize,
        whole: ReadAll,
    ) -> Result<Answer<ClaimsPage>, StoreError> {
        #[cfg(feature = "snapshot")]
        if let Some(page) = self.page_in_part(query, after, most, whole)? {
            return Ok(page);
        }
        let _ = whole;
        let Answer {
            data: claims,
            notes,
            files,
        } = self.claims(query)?;
        let page = ClaimsPage::of_all(claims, after, most);
        Ok(Answer {
            data: page,
            notes,
            files,
        })
    }

    /// Reads of a snapshot what every page of a list needs, so that the first one need not wait for it.
    ///
    /// # Errors
    /// When the snapshot is damaged.
    pub fn prepare_pages(&self) -> Result<(), StoreError> {
        #[cfg(feature = "snapshot")]
        if let Some(snapshot) = self.backend.unread_snapshot() {
            annals_snapshot::prepare_lists(snapshot)?;
        }
        Ok(())
    }

    /// Whether [`Store::claims_page`] reads all claims of [`Store::said`]: those that are in memory, and those of a
    /// snapshot that `whole` takes.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn are_all_read(&self, query: &Query, whole: ReadAll) -> Result<bool, StoreError> {
        #[cfg(feature = "snapshot")]
        if let Some(snapshot) = self.backend.unread_snapshot() {
            let listed = annals_snapshot::listed(snapshot, &self.viewed(query))?;
            return Ok(listed.is_none_or(|listed| whole.takes(&listed)));
        }
        let _ = (query, whole);
        Ok(true)
    }

    /// Some of the rows of [`Store::timeline`], and how many there are and come before them: those that
    /// follow a record, by its id, or else the first. Of a snapshot, not many more are read.
    ///
    /// # Errors
    /// As for [`Store::timeline`].
    pub fn timeline_page(
        &self,
        query: &Query,
        after: Option<&str>,
        most: usize,
    ) -> Result<Counted, StoreError> {
        #[cfg(feature = "snapshot")]
        if let Some(page) = self.timeline_in_part(query, after, most)? {
            return Ok(page);
        }
        let mut answer = if self.has_snapshot() {
            self.dated_records(query)?
        } else {
            self.timeline(query)?
        };
        let rows = std::mem::take(&mut answer.data);
        let first = after
            .and_then(|after| rows.iter().position(|row| row.id == after))
            .map_or(0, |place| place + 1);
        let all = rows.len();
        answer.data = rows.into_iter().skip(first).take(most).collect();
        Ok((answer, [all, first]))
    }
}

/// Rows of a part of a list, in their order.
#[cfg(feature = "snapshot")]
struct Slice<R> {
    rows: Vec<R>,
    first: usize,
    notes: Notes,
    files: Vec<PathBuf>,
}

#[cfg(feature = "snapshot")]
impl Store {
    /// The page, if only some of the claims need to be read for it.
    fn page_in_part(
        &self,
        query: &Query,
        after: Option<&str>,
        most: usize,
        whole: ReadAll,
    ) -> Result<Option<Answer<ClaimsPage>>, StoreError> {
        let query = self.viewed(query);
        let Some(snapshot) = self.backend.unread_snapshot() else {
            return Ok(None);
        };
        let listed = annals_snapshot::listed(snapshot, &query)?;
        let Some(listed) = listed else {
            return Ok(None);
        };
        if listed.len() <= most || whole.takes(&listed) {
            return self.page_of_few(&listed, &query, after, most);
        }
        let rows_of = |data: &Arc<Data>, ids: &BTreeSet<String>| {
            let resolved = query.resolve(data.facts())?;
            let claims = Claims::new(Arc::clone(data), resolved);
            Ok(claims.iter().filter(|row| ids.contains(&row.id)).collect())
        };
        let slice = self.slice(&listed, (&query, after), most, rows_of, |row: &SaidRow| {
            &row.id
        })?;
        Ok(slice.map(|slice| {
            let data = ClaimsPage {
                all: listed.len(),
                first: slice.first,
                rows: slice.rows,
                days: listed.by_day(),
                claims: None,
            };
            let (notes, files) = (slice.notes, slice.files);
            Answer { data, notes, files }
        }))
    }

    /// The page, where all of the claims are read.
    fn page_of_few(
        &self,
        listed: &Listed,
        query: &Query,
        after: Option<&str>,
        most: usize,
    ) -> Result<Option<Answer<ClaimsPage>>, StoreError> {
        let part = self.backend.listed_part(listed, 0..listed.len())?;
        let Some((data, ids, _)) = part else {
            return Ok(None);
        };
        let resolved = query.resolve(data.facts())?;
        let validity = resolved.validity.clone();
        let claims = Claims::new(Arc::clone(&data), resolved).only(&ids);
        let page = ClaimsPage::of_all(claims, after, most);
        Ok(Some(Answer::new(page, &data, Some(&validity))))
    }

    fn timeline_in_part(
        &self,
        query: &Query,
        after: Option<&str>,
        most: usize,
    ) -> Result<Option<Counted>, StoreError> {
        let query = self.viewed(query);
        let Some(snapshot) = self.backend.unread_snapshot() else {
            return Ok(None);
        };
        let listed = annals_snapshot::listed_in_time(snapshot, &query)?;
        let Some(listed) = listed.filter(|listed| listed.len() > most || listed.is_empty()) else {
            return Ok(None);
        };
        let rows_of = |data: &Arc<Data>, ids: &BTreeSet<String>| {
            let narrowed = annals_snapshot::narrowed(snapshot, &data.loaded)?;
            let mut rows = Self::rows_narrowed(data, &query, &narrowed)?;
            rows.retain(|row| ids.contains(&row.id));
            Ok(rows)
        };
        let slice = self.slice(
            &listed,
            (&query, after),
            most,
            rows_of,
            |row: &TimelineRow| &row.id,
        )?;
        Ok(slice.map(|slice| {
            let counts = [listed.len(), slice.first];
            let (data, notes, files) = (slice.rows, slice.notes, slice.files);
            (Answer { data, notes, files }, counts)
        }))
    }

    /// Some rows of a list: those that follow a record, or else the first. `rows_of` makes those of the
    /// records that were read and have these ids, in their order.
    fn slice<R>(
        &self,
        listed: &Listed,
        (query, after): (&Query, Option<&str>),
        most: usize,
        rows_of: impl Fn(&Arc<Data>, &BTreeSet<String>) -> Result<Vec<R>, StoreError>,
        id: impl Fn(&R) -> &String,
    ) -> Result<Option<Slice<R>>, StoreError> {
        let Some(snapshot) = self.backend.unread_snapshot() else {
            return Ok(None);
        };
        let start = match after {
            Some(id) => listed.place_after(snapshot, id)?,
            None => None,
        };
        let all = listed.len();
        // Of what follows the last, the notes are those of the last.
        let is_over = start.is_some_and(|start| start >= all);
        let begin = start.unwrap_or(0).min(all.saturating_sub(1));
        let read = |begin: usize, rows: usize| {
            let end = all.min(begin.saturating_add(rows));
            self.backend.listed_part(listed, begin..end)
        };
        let Some((data, ids, before)) = read(begin, most)? else {
            return Ok(None);
        };
        let mut rows = rows_of(&data, &ids)?;
        let place = after.and_then(|after| rows.iter().position(|row| id(row) == after));
        let skip = match start.and(place) {
            Some(place) => place + 1,
            None if is_over => rows.len(),
            None => 0,
        };
        let next = before + rows.len();
        rows.drain(..skip);
        // The record that the rows follow may be among the last of its day.
        if rows.len() < most && next < all {
            let Some((data, ids, _)) = read(next, most - rows.len())? else {
                return Ok(None);
            };
            rows.extend(rows_of(&data, &ids)?);
        }
        rows.truncate(most);
        let validity = Validity {
            retracted: query.retracted,
            ..Validity::default()
        };
        Ok(Some(Slice {
            rows,
            first: before + skip,
            notes: data.notes(Some(&validity)),
            files: data.files(),
        }))
    }
}
