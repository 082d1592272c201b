//! Questions about claims, positions and time.

use std::sync::Arc;

use super::answers::{Answer, Claims, DatedThing, Dates, Finds, Positions};
use super::backend::{Need, Scan};
use super::{Store, StoreError};
use annals_model::{RecordKind, RecordRef, Vocabulary as _};
use annals_query::chronicle::{EndRow, OrderRow, WhyRow};
use annals_query::no_rows::Restriction;
use annals_query::positions::{PositionFilter, positions};
use annals_query::show::{Shown, show};
use annals_query::timeline::{TimelineRow, selected, timeline};
use annals_query::words::Words;
use annals_query::{Query, Validity, look_up};

impl Store {
    /// Who said what to whom about whom, when, and where it is documented: the claims that a query
    /// selects, oldest first.
    ///
    /// # Errors
    /// If a name in the query is unknown or ambiguous, or the facts cannot be read.
    pub fn said(&self, query: &Query) -> Result<Answer<Claims>, StoreError> {
        let mut answer = self.claims(query)?;
        if answer.is_empty() {
            let count = |query: &Query| Some(self.claims(query).ok()?.len());
            let why = self.why_empty(query, ["claim", "claims"], count);
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    pub(crate) fn claims(&self, query: &Query) -> Result<Answer<Claims>, StoreError> {
        let query = self.viewed(query);
        let scan = self.backend.scan(Need::Claims(&query))?;
        let resolved = query.resolve(scan.data.facts())?;
        scan.data.expect_claim_question();
        let validity = resolved.validity.clone();
        let claims = Claims::new(Arc::clone(&scan.data), resolved);
        Ok(Answer::new(claims, &scan.data, Some(&validity)))
    }

    /// The names, claims, events and sentences of documents' texts that have all of some words, whatever
    /// case and accents, also within longer words. Names come first, by kind; then the others in the order
    /// of the texts. The query selects as everywhere; the text of a document is looked through where the
    /// document matches it. Words of the query must occur as well.
    ///
    /// # Errors
    /// If there are no words; if a name in the query is unknown or ambiguous, or the facts cannot be
    /// read.
    pub fn find(&self, words: &str, query: &Query) -> Result<Answer<Finds>, StoreError> {
        if Words::new([words]).is_empty() {
            let reason = "there are no words to find";
            return Err(StoreError::Question(reason.to_owned()));
        }
        let mut answer = self.found(words, query)?;
        if answer.is_empty() {
            let count = |query: &Query| Some(self.found(words, query).ok()?.len());
            let why = self.why_empty(query, ["hit", "hits"], count);
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    /// The first so many of what [`Store::find`] finds, for who looks at a list: of a snapshot in which much
    /// has the words, not much more is looked for. Also whether these are all.
    ///
    /// # Errors
    /// As for [`Store::find`].
    pub fn find_first(
        &self,
        words: &str,
        query: &Query,
        most: usize,
    ) -> Result<(Answer<Finds>, bool), StoreError> {
        #[cfg(feature = "snapshot")]
        if !Words::new([words]).is_empty() {
            let query = self.viewed(query).text(words);
            let few = true;
            let few = self.backend.scan_part(Need::Found { query: &query, few })?;
            if few.is_none()
                && let Some((data, rows)) = self.backend.found_first(&query, most)?
            {
                let is_all = rows.len() <= most;
                let words = Words::new(query.text.iter().map(String::as_str));
                let found = Finds::of_rows(rows, words);
                return Ok((
                    Answer::new(found, &data, Some(&Validity::default())),
                    is_all,
                ));
            }
        }
        let _ = most;
        // Telling why nothing is found would read all of a snapshot.
        if self.has_snapshot() && !Words::new([words]).is_empty() {
            return Ok((self.found(words, query)?, true));
        }
        Ok((self.find(words, query)?, true))
    }

    fn found(&self, words: &str, query: &Query) -> Result<Answer<Finds>, StoreError> {
        let query = self.viewed(query).text(words);
        #[cfg(feature = "snapshot")]
        if let Some(found) = self.found_in_part(&query)? {
            return Ok(found);
        }
        let few = false;
        let query = &query;
        found_in(&self.backend.scan(Need::Found { query, few })?, query)
    }

    /// What a snapshot finds without reading everything, or without making records of what it reads.
    #[cfg(feature = "snapshot")]
    fn found_in_part(&self, query: &Query) -> Result<Option<Answer<Finds>>, StoreError> {
        let few = true;
        if let Some(scan) = self.backend.scan_part(Need::Found { query, few })? {
            return found_in(&scan, query).map(Some);
        }
        let found = self.backend.found_rows(query)?;
        Ok(found.map(|(data, rows)| {
            let words = Words::new(query.text.iter().map(String::as_str));
            let found = Finds::of_rows(rows, words);
            Answer::new(found, &data, Some(&Validity::default()))
        }))
    }

    /// What happened, what was said, which relations held and what was published, oldest first.
    ///
    /// # Errors
    /// If a name in the query is unknown or ambiguous, or the facts cannot be read.
    pub fn timeline(&self, query: &Query) -> Result<Answer<Vec<TimelineRow>>, StoreError> {
        let mut answer = self.dated_records(query)?;
        if answer.is_empty() {
            let count = |query: &Query| self.count_dated(query).ok();
            let why = self.why_empty(query, ["record", "records"], count);
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    /// How many rows a timeline has.
    pub(crate) fn count_dated(&self, query: &Query) -> Result<usize, StoreError> {
        let query = self.viewed(query);
        let data = self.backend.scan(Need::Window(&query))?.data;
        let resolved = query.resolve(data.facts())?;
        Ok(selected(&data.dossier(&resolved.validity), &resolved).len())
    }

    /// The rows of a timeline of some facts of a snapshot, with the days that all facts leave.
    #[cfg(feature = "snapshot")]
    pub(crate) fn rows_narrowed(
        data: &super::data::Data,
        query: &Query,
        narrowed: &annals_snapshot::Narrowed,
    ) -> Result<Vec<TimelineRow>, StoreError> {
        use annals_query::timeline::NarrowedRow;
        use annals_time::Date;
        let resolved = query.resolve(data.facts())?;
        let mut rows = timeline(&data.dossier(&resolved.validity), &resolved, None);
        for row in &mut rows {
            let own = [Date::first, Date::last].map(|end| row.when.as_ref().and_then(end));
            row.narrowed = Some(narrowed.of(&row.id, own)).filter(NarrowedRow::is_some);
            if let Some(record) = data.facts().find(&row.id) {
                row.set_since_birth(data.facts(), record);
            }
        }
        Ok(rows)
    }

    pub(crate) fn dated_records(
        &self,
        query: &Query,
    ) -> Result<Answer<Vec<TimelineRow>>, StoreError> {
        let query = self.viewed(query);
        let scan = self.backend.scan(Need::Window(&query))?;
        let data = &scan.data;
        let resolved = query.resolve(data.facts())?;
        let validity = &resolved.validity;
        let dossier = data.dossier(validity);
        #[cfg(feature = "snapshot")]
        if let super::backend::Exactness::WithNarrowed(narrowed) = &scan.exactness {
            let rows = Self::rows_narrowed(data, &query, narrowed)?;
            return Ok(Answer::new(rows, data, Some(validity)));
        }
        let rows = data.with_chronology(&dossier, |solved| {
            // A view as of a day is not narrowed by what was learnt later.
            let solved = validity.as_of.is_none().then_some(solved);
            timeline(&dossier, &resolved, solved)
        });
        Ok(Answer::new(rows, data, Some(validity)))
    }

    /// Each speaker's stance on each subject, when it changed, and who held the opposite. `text`
    /// also requests the text of the claims ([`Positions::claims`]).
    ///
    /// # Errors
    /// If a name in the query is unknown or ambiguous, or the facts cannot be read.
    pub fn positions(
        &self,
        query: &Query,
        kept: PositionFilter,
        text: bool,
    ) -> Result<Answer<Positions>, StoreError> {
        let mut answer = self.stances(query, kept, text)?;
        if answer.rows.is_empty() {
            let filter = |option, of: fn(PositionFilter) -> bool| {
                of(kept).then(|| Restriction {
                    option,
                    without: (query.clone(), PositionFilter::default()),
                    alone: (Query::default(), kept),
                })
            };
            let filters = [
                filter("--contradictions", |kept| kept.contradictions),
                filter("--changes", |kept| kept.changes),
            ];
            let filters = filters.into_iter().flatten().collect();
            let why = self.why_empty_of(
                query,
                filters,
                ["position", "positions"],
                |query| (query, kept),
                |(query, kept)| Some(self.stances(query, *kept, false).ok()?.rows.len()),
            );
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    fn stances(
        &self,
        query: &Query,
        kept: PositionFilter,
        text: bool,
    ) -> Result<Answer<Positions>, StoreError> {
        let query = self.viewed(query);
        let need = Need::Stances {
            query: &query,
            kept,
            text,
        };
        let data = self.backend.scan(need)?.data;
        Self::stances_of(data, &query, kept)
    }

    /// The positions of [`Store::positions`], for who looks at a page: `None` if all of a snapshot would have
    /// to be read for them.
    ///
    /// # Errors
    /// As for [`Store::positions`].
    pub fn positions_of_few(
        &self,
        query: &Query,
        kept: PositionFilter,
    ) -> Result<Option<Answer<Positions>>, StoreError> {
        #[cfg(feature = "snapshot")]
        if self.backend.unread_snapshot().is_some() {
            let query = &self.viewed(query);
            let text = true;
            let scan = self
                .backend
                .scan_part(Need::Stances { query, kept, text })?;
            let found = scan.map(|scan| Self::stances_of(scan.data, query, kept));
            return found.transpose();
        }
        self.positions(query, kept, true).map(Some)
    }

    fn stances_of(
        data: Arc<super::data::Data>,
        query: &Query,
        kept: PositionFilter,
    ) -> Result<Answer<Positions>, StoreError> {
        let resolved = query.resolve(data.facts())?;
        let validity = resolved.validity.clone();
        let rows = positions(&data.dossier(&validity), &resolved, kept);
        let notes_of = Arc::clone(&data);
        let found = Positions {
            data,
            validity: validity.clone(),
            rows,
        };
        Ok(Answer::new(found, &notes_of, Some(&validity)))
    }

    /// Everything about one record: fields, edges, dates, and the sentences it is based on.
    /// Retracted facts are included and marked.
    ///
    /// # Errors
    /// If the name is unknown or ambiguous, or the facts cannot be read.
    pub fn show(&self, name: &str) -> Result<Answer<Shown>, StoreError> {
        let data = self.backend.all()?;
        let record = look_up(data.facts(), name, RecordKind::ALL)?;
        let validity = Validity {
            as_of: self.view.as_of.clone(),
            retracted: true,
            surely: false,
        };
        let dossier = data.dossier(&validity);
        // What has no days needs none narrowed.
        let is_in_time = !matches!(
            record.kind(),
            RecordKind::Topic | RecordKind::Place | RecordKind::Order
        );
        let shown = if is_in_time && validity.as_of.is_none() {
            data.with_chronology(&dossier, |solved| show(&dossier, record, Some(solved)))
        } else {
            show(&dossier, record, None)
        };
        Ok(Answer::new(shown, &data, None))
    }

    /// The narrowest days that all facts allow for each event, claim, publication and relation;
    /// with `changed`, only those that are narrower than the record's own date.
    ///
    /// # Errors
    /// If the facts cannot be read.
    pub fn dates(&self, changed: bool) -> Result<Answer<Dates>, StoreError> {
        let data = self.backend.all()?;
        let dossier = data.dossier(&Validity::default());
        let things: Vec<DatedThing> = data.with_chronology(&dossier, |solved| {
            let things = solved.dates(changed).into_iter();
            things
                .map(|record| DatedThing {
                    record,
                    ends: solved.ends(record).unwrap_or([EndRow::UNKNOWN; 2]),
                    conflict: solved.is_in_conflict(record),
                })
                .collect()
        });
        let notes_of = Arc::clone(&data);
        drop(dossier);
        let nothing = changed && things.is_empty();
        let dates = Dates { data, things };
        let mut answer = Answer::new(dates, &notes_of, None);
        if nothing && let all @ 1.. = self.dates(false)?.len() {
            let records = if all == 1 { "record" } else { "records" };
            answer.notes.others.push(format!(
                "--changed leaves nothing: without it there are {all} {records}, which nothing narrows"
            ));
        }
        Ok(answer)
    }

    /// The bounds of a record in time, each with the facts behind it.
    ///
    /// # Errors
    /// If the name is unknown or ambiguous, the record has no time, or the facts cannot be read.
    pub fn why(&self, name: &str) -> Result<Answer<WhyRow>, StoreError> {
        let data = self.backend.all()?;
        let record = look_up(data.facts(), name, RecordKind::ALL)?;
        let dossier = data.dossier(&Validity::default());
        let why = data.with_chronology(&dossier, |solved| solved.why(record));
        let why = why.ok_or_else(|| {
            let name = annals_finding::shown(name);
            let kind = record.kind().with_article();
            StoreError::Question(format!("{name} is {kind}, which has no time"))
        })?;
        Ok(Answer::new(why, &data, None))
    }

    /// Which of Allen's relations are possible between two records, and the facts that rule out the
    /// others.
    ///
    /// # Errors
    /// If a name is unknown or ambiguous, one of the records has no time, or the facts cannot be
    /// read.
    pub fn order(&self, first: &str, second: &str) -> Result<Answer<OrderRow>, StoreError> {
        let data = self.backend.all()?;
        let thing = |name: &str| -> Result<RecordRef, StoreError> {
            Ok(look_up(data.facts(), name, RecordKind::ALL)?)
        };
        let (first, second) = (thing(first)?, thing(second)?);
        let dossier = data.dossier(&Validity::default());
        let row = data.with_chronology(&dossier, |solved| solved.order(first, second));
        let row = row.ok_or_else(|| {
            StoreError::Question(
                "only things with a time can be ordered: events, claims, documents, relations, actors"
                    .to_owned(),
            )
        })?;
        Ok(Answer::new(row, &data, None))
    }
}

/// What is found among the facts that were read.
fn found_in(scan: &Scan, query: &Query) -> Result<Answer<Finds>, StoreError> {
    let resolved = query.resolve(scan.data.facts())?;
    let found = Finds::new(Arc::clone(&scan.data), &resolved);
    Ok(Answer::new(found, &scan.data, Some(&resolved.validity)))
}
