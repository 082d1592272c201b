//! Questions that count: what is in a dossier, and how many claims there are of each sort.

use super::answers::Answer;
use super::backend::Need;
use super::{Store, StoreError};
#[cfg(feature = "snapshot")]
use annals_model::RecordKind;
use annals_query::count::{Counts, Dimension, count};
use annals_query::overview::{OverviewRow, overview};
use annals_query::{Query, Validity};

/// How large a dossier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// How many claims it has; of files those that are taken back too.
    pub claims: usize,
    /// How many errors `annals check` finds.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
}

impl Store {
    /// What is in the dossier: how many records of each kind are in force, when they lie, who speaks,
    /// about which topics and in which documents, what is not verified, and what `annals check` finds.
    ///
    /// # Errors
    /// If the facts cannot be read.
    pub fn overview(&self) -> Result<Answer<OverviewRow>, StoreError> {
        let validity = Validity {
            as_of: self.view.as_of.clone(),
            ..Validity::default()
        };
        #[cfg(feature = "snapshot")]
        if validity.as_of.is_none()
            && let Some(snapshot) = self.backend.unread_snapshot()
            && let Some(row) = annals_snapshot::overview_of(snapshot)?
        {
            let data = self.backend.scan(Need::Nothing)?.data;
            return Ok(Answer::new(row, &data, Some(&validity)));
        }
        let data = self.backend.scan(Need::All)?.data;
        let row = overview(&data.dossier(&validity), data.counts());
        Ok(Answer::new(row, &data, Some(&validity)))
    }

    /// How large it is, without going through the records again.
    ///
    /// # Errors
    /// If the facts cannot be read.
    pub fn size(&self) -> Result<Size, StoreError> {
        #[cfg(feature = "snapshot")]
        if self.backend.unread_snapshot().is_some() {
            let row = self.overview()?.data;
            let mut claims = row.counts.0.iter();
            let claims = claims.find(|(kind, _)| *kind == RecordKind::Claim);
            return Ok(Size {
                claims: claims.map_or(0, |(_, count)| *count),
                errors: row.findings.errors,
                warnings: row.findings.warnings,
            });
        }
        let data = self.backend.all()?;
        let counts = data.counts();
        Ok(Size {
            claims: data.facts().claims.len(),
            errors: counts.errors,
            warnings: counts.warnings,
        })
    }

    /// The claims that a query selects, counted by one or more of their properties: at least and at
    /// most, where dates or a roll-up are uncertain. The query's limit is one on rows.
    ///
    /// # Errors
    /// If no property is given, or one twice; if there are too many groups; if a name in the query is
    /// unknown or ambiguous, or the facts cannot be read.
    pub fn count(&self, query: &Query, per: &[Dimension]) -> Result<Answer<Counts>, StoreError> {
        is_sensible(per)?;
        let mut answer = self.counts(query, per)?;
        if answer.data.is_empty() {
            let count = |query: &Query| Some(self.claims(query).ok()?.len());
            let why = self.why_empty(query, ["claim", "claims"], count);
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    fn counts(&self, query: &Query, per: &[Dimension]) -> Result<Answer<Counts>, StoreError> {
        let most = query.limit.unwrap_or(usize::MAX);
        let query = Query {
            limit: None,
            ..self.viewed(query)
        };
        #[cfg(feature = "snapshot")]
        if let Some(snapshot) = self.backend.unread_snapshot()
            && let Some(mut counts) = annals_snapshot::counts_of(snapshot, &query, per)?
        {
            counts.truncate(most);
            let data = self.backend.scan(Need::Nothing)?.data;
            let validity = query.resolve(data.facts())?.validity;
            return Ok(Answer::new(counts, &data, Some(&validity)));
        }
        let data = self.backend.scan(Need::Claims(&query))?.data;
        let resolved = query.resolve(data.facts())?;
        data.expect_claim_question();
        let dossier = data.dossier(&resolved.validity);
        let counts = count(&dossier, &resolved, per);
        let mut counts = counts.map_err(|error| StoreError::Question(error.to_string()))?;
        counts.truncate(most);
        Ok(Answer::new(counts, &data, Some(&resolved.validity)))
    }
}

/// Something is counted by, and by nothing twice.
fn is_sensible(per: &[Dimension]) -> Result<(), StoreError> {
    if per.is_empty() {
        let all: Vec<&str> = Dimension::ALL.iter().map(|one| one.word()).collect();
        let all = all.join(", ");
        return Err(StoreError::Question(format!(
            "--per says what claims are counted by: {all}"
        )));
    }
    let twice = (per.iter().enumerate()).find(|(nth, one)| per[..*nth].contains(one));
    twice.map_or(Ok(()), |(_, one)| {
        Err(StoreError::Question(format!("--per names {one} twice")))
    })
}
