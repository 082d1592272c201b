//! Questions about the texts of documents, and about when things came to be known.

use std::collections::BTreeSet;

use super::answers::Answer;
#[cfg(feature = "snapshot")]
use super::backend::Need;
use super::{Store, StoreError};
use annals_model::{RecordKind, Vocabulary as _};
use annals_query::marked_text::{DocumentRow, MarkedText, documents, marked_text};
use annals_query::show::Shown;
#[cfg(feature = "snapshot")]
use annals_query::show::show;
use annals_query::{Validity, look_up};
use annals_time::Day;

impl Store {
    /// The documents, with how much rests on the text of each, in the order of the facts.
    ///
    /// # Errors
    /// If the facts cannot be read.
    pub fn documents(&self) -> Result<Answer<Vec<DocumentRow>>, StoreError> {
        let data = self.backend.all()?;
        let validity = self.view_validity();
        let rows = documents(&data.dossier(&validity));
        Ok(Answer::new(rows, &data, Some(&validity)))
    }

    /// The text of a document, with the claims and events whose passages stand in it.
    ///
    /// # Errors
    /// If the name is unknown or ambiguous, or the facts cannot be read.
    pub fn marked_text(&self, name: &str) -> Result<Answer<MarkedText>, StoreError> {
        let data = self.backend.all()?;
        let record = look_up(data.facts(), name, &[RecordKind::Document])?;
        let annals_model::RecordRef::Document(id) = record else {
            let name = annals_finding::shown(name);
            return Err(StoreError::Question(format!("{name} is not a document")));
        };
        let validity = self.view_validity();
        let text = marked_text(&data.dossier(&validity), id);
        Ok(Answer::new(text, &data, Some(&validity)))
    }

    pub(super) fn view_validity(&self) -> Validity {
        Validity {
            as_of: self.view.as_of.clone(),
            ..Validity::default()
        }
    }

    /// What a record is called, by its id, a name or an alias. `None` if there is none or several, or the
    /// facts have not been read whole.
    pub fn name_of(&self, word: &str) -> Option<String> {
        #[cfg(feature = "snapshot")]
        if let Some(snapshot) = self.backend.unread_snapshot() {
            return annals_snapshot::name_of(snapshot, word).ok().flatten();
        }
        let data = self.backend.read_data()?;
        let facts = data.facts();
        let record = look_up(facts, word, RecordKind::ALL).ok()?;
        Some(facts.label(record).to_owned())
    }

    /// Everything about one record that can be told without reading all facts: as [`Store::show`], but
    /// from a snapshot that was not read whole without the dates that all facts narrow, and without the
    /// contradictions of its speaker; and without what was said by it, to it, of it and at it, if that is not
    /// asked for. Also whether it is everything.
    ///
    /// # Errors
    /// If the name is unknown or ambiguous, or the facts cannot be read.
    pub fn show_near(
        &self,
        name: &str,
        with_claims: bool,
    ) -> Result<(Answer<Shown>, bool), StoreError> {
        #[cfg(feature = "snapshot")]
        if self.view.as_of.is_none() {
            let need = Need::Near { name, with_claims };
            if let Some(scan) = self.backend.scan_part(need)? {
                let validity = Validity {
                    retracted: true,
                    ..Validity::default()
                };
                let record = look_up(scan.data.facts(), name, RecordKind::ALL)?;
                let mut shown = show(&scan.data.dossier(&validity), record, None);
                shown.contradictions.clear();
                shown.more_contradictions = false;
                return Ok((Answer::new(shown, &scan.data, None), false));
            }
        }
        #[cfg(not(feature = "snapshot"))]
        let _ = with_claims;
        Ok((self.show(name)?, true))
    }

    /// The days on which something came to be known, or no longer held: publications, entries and
    /// retractions, the earliest first. `None` if the facts have not been read whole.
    pub fn days_of_news(&self) -> Option<Vec<Day>> {
        let data = self.backend.read_data()?;
        let facts = data.facts();
        let published = facts.documents.iter().filter_map(|(_, one)| one.published);
        let more = facts.more.iter();
        let noted = more.flat_map(|(_, one)| [one.recorded, one.retracted.map(|one| one.on)]);
        let all = published.chain(noted.flatten());
        let days: BTreeSet<Day> = all.filter_map(|date| facts.date(date).last()).collect();
        Some(days.into_iter().collect())
    }

    /// Whether the files are as they were when they were read.
    pub fn is_current(&self) -> bool {
        self.backend.has_stdin() || !self.backend.has_changed()
    }
}
