//! The building blocks of answers: references, dates, evidence, and the envelope around them.

use std::sync::Arc;

use serde::Serialize;

use super::adjacency::{Adjacency, Named};
use super::validity::{RetractionRow, Validity};
use annals_evidence::{Level, Span};
use annals_finding::FilePlace;
use annals_load::{LoadResult, Places};
use annals_model::{ClaimId, Evidence, Facts, RecordRef};
use annals_time::{Date, Day};

/// A record that an answer points to.
///
/// Rows own their texts, or borrow them (`Ref<&str>`): of hundreds of thousands that are written at once, copies of
/// names would take longer than writing them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ref<S = String> {
    /// Its id.
    pub id: S,
    /// Its display name.
    pub name: S,
}

impl Ref {
    /// A reference to a record.
    pub fn new(facts: &Facts, record: impl Into<RecordRef>) -> Self {
        Ref::of(facts, record)
    }
}

impl<'f, S: From<&'f str>> Ref<S> {
    /// A reference to a record that owns its texts, or borrows them.
    pub fn of(facts: &'f Facts, record: impl Into<RecordRef>) -> Self {
        let record = record.into();
        Ref {
            id: facts.id(record).into(),
            name: facts.label(record).into(),
        }
    }
}

/// A passage behind a row.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceRow<S = String, D = Date> {
    /// The document.
    pub document: Option<Ref<S>>,
    /// When it was published.
    pub published: Option<D>,
    /// The passage, as quoted.
    pub quote: Option<S>,
    /// Where in the document it is, if the facts say so: a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<S>,
    /// Where it occurs in the text, as given or as found.
    pub spans: Vec<Span>,
    /// How it matches the text; null without a text.
    pub verified: Option<Level>,
}

impl EvidenceRow {
    /// A passage as data.
    pub fn new(facts: &Facts, evidence: &Evidence) -> Self {
        EvidenceRow::of(facts, evidence)
    }
}

impl<'f, S: From<&'f str>, D: From<&'f Date>> EvidenceRow<S, D> {
    /// A passage as data that owns its texts and dates, or borrows them.
    pub fn of(facts: &'f Facts, evidence: &Evidence) -> Self {
        let given = facts.list(evidence.spans);
        let spans = if given.is_empty() {
            facts.list(evidence.found)
        } else {
            given
        };
        let document = evidence.document;
        EvidenceRow {
            document: document.map(|id| Ref::of(facts, id)),
            published: document
                .and_then(|id| facts[id].published)
                .map(|id| facts.date(id).into()),
            quote: evidence.quote.map(|quote| facts.str(quote).into()),
            page: evidence.page.map(|page| facts.str(page).into()),
            spans: spans.to_vec(),
            verified: evidence.verified,
        }
    }
}

/// The latest day on which a record can have been said or known: that of its first publication.
pub fn reported_day(dossier: &Dossier<'_>, record: impl Into<RecordRef>) -> Option<Day> {
    dossier.validity.reported(dossier.facts(), record)?.last()
}

/// The data that a question is answered from.
#[derive(Debug)]
pub struct Dossier<'l> {
    /// The loaded facts.
    pub loaded: &'l LoadResult,
    /// The source locations of records.
    pub places: Places<'l>,
    /// Which of the records are in force.
    pub validity: Validity,
    /// The claims by the records they involve, if many questions are expected.
    adjacency: Option<Arc<Adjacency>>,
}

impl<'l> Dossier<'l> {
    /// A dossier of loaded facts.
    pub fn new(loaded: &'l LoadResult) -> Self {
        Dossier {
            loaded,
            places: Places::new(loaded),
            validity: Validity::default(),
            adjacency: None,
        }
    }

    /// The same dossier, indexed for many questions: each then costs what it returns. Building the
    /// index costs about as much as a few questions.
    #[must_use]
    pub fn indexed(self) -> Self {
        Dossier {
            adjacency: Some(Arc::new(Adjacency::new(self.facts()))),
            ..self
        }
    }

    /// The same dossier with an existing index of the same facts.
    #[must_use]
    pub fn with_adjacency(self, adjacency: Arc<Adjacency>) -> Self {
        Dossier {
            adjacency: Some(adjacency),
            ..self
        }
    }

    /// A superset of the claims that a selection which names these things matches, if known to be
    /// smaller than all claims.
    pub(super) fn candidates(&self, named: impl FnOnce() -> Option<Named>) -> Option<Vec<ClaimId>> {
        let adjacency = self.adjacency.as_ref()?;
        adjacency.candidates(self.facts(), named()?)
    }

    /// A dossier in which certain records are in force.
    pub fn with(loaded: &'l LoadResult, validity: &Validity) -> Self {
        Dossier {
            validity: validity.clone(),
            ..Dossier::new(loaded)
        }
    }

    /// How a record was retracted, as far as is known on the day of the view.
    pub fn retraction(&self, record: impl Into<RecordRef>) -> Option<RetractionRow> {
        self.validity.retraction(self.facts(), record)
    }

    /// The facts.
    pub fn facts(&self) -> &'l Facts {
        &self.loaded.facts
    }

    /// The source location of a record.
    pub fn source(&self, record: impl Into<RecordRef>) -> FilePlace {
        self.places.record(record)
    }
}

/// The envelope of every command's JSON; fields are only ever added.
#[derive(Debug, Serialize)]
pub struct Envelope<'a, T> {
    /// The name and version of the answer's format: `annals.said/1`.
    pub schema: &'static str,
    /// The answer.
    pub data: T,
    /// Notes for the user.
    pub warnings: &'a [String],
}
