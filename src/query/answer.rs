//! What answers are made of: references, dates, evidence, and the envelope around them.

use serde::Serialize;

use super::adjacency::Adjacency;
use super::selection::ResolvedQuery;
use super::validity::Validity;
use annals_evidence::{Level, Span};
use annals_finding::FilePlace;
use annals_load::{LoadResult, Places};
use annals_model::{ClaimId, Evidence, Facts, RecordRef};
use annals_time::{Date, Day};

/// A record that an answer points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ref {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
}

impl Ref {
    /// The reference of a record.
    pub fn of(facts: &Facts, record: impl Into<RecordRef>) -> Self {
        let record = record.into();
        Ref {
            id: facts.id(record).to_owned(),
            name: facts.label(record).to_owned(),
        }
    }
}

/// A passage behind a row.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceRow {
    /// The document.
    pub document: Option<Ref>,
    /// When it was published.
    pub published: Option<Date>,
    /// The passage, as quoted.
    pub quote: Option<String>,
    /// Where in the document it stands, if the facts say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Where it stands in the text, as given or as found.
    pub spans: Vec<Span>,
    /// How it stands there; null without a text.
    pub verified: Option<Level>,
}

impl EvidenceRow {
    /// A passage as data.
    pub fn of(facts: &Facts, evidence: &Evidence) -> Self {
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
                .map(|id| facts.date(id).clone()),
            quote: evidence.quote.map(|quote| facts.str(quote).to_owned()),
            page: evidence.page.map(|page| facts.str(page).to_owned()),
            spans: spans.to_vec(),
            verified: evidence.verified,
        }
    }
}

/// A record taken back.
#[derive(Debug, Clone, Serialize)]
pub struct RetractionRow {
    /// When.
    pub on: Date,
    /// Why.
    pub reason: Option<String>,
}

/// The latest day on which a record can have been said or known: that of its first publication.
pub fn reported_day(dossier: &Dossier<'_>, record: impl Into<RecordRef>) -> Option<Day> {
    dossier.force.reported(dossier.facts(), record)?.last()
}

/// What a question is asked of.
#[derive(Debug)]
pub struct Dossier<'l> {
    /// What was read.
    pub loaded: &'l LoadResult,
    /// Where it stands.
    pub places: Places<'l>,
    /// Which of it is in force.
    pub force: Validity,
    /// Which claims have to do with what, if many questions will be asked.
    adjacency: Option<Adjacency>,
}

impl<'l> Dossier<'l> {
    /// A dossier of what was read.
    pub fn new(loaded: &'l LoadResult) -> Self {
        Dossier {
            loaded,
            places: Places::new(loaded),
            force: Validity::default(),
            adjacency: None,
        }
    }

    /// The same, made ready for many questions: each then costs what it returns. That costs about
    /// as much as a few questions.
    #[must_use]
    pub fn indexed(self) -> Self {
        Dossier {
            adjacency: Some(Adjacency::of(self.facts())),
            ..self
        }
    }

    /// Claims among which are all that a selection asks for, where that is known to be fewer than
    /// all.
    pub(super) fn candidates(&self, selection: &ResolvedQuery) -> Option<Vec<ClaimId>> {
        let adjacency = self.adjacency.as_ref()?;
        adjacency.candidates(self.facts(), selection)
    }

    /// A dossier in which certain records are in force.
    pub fn with(loaded: &'l LoadResult, force: &Validity) -> Self {
        Dossier {
            force: force.clone(),
            ..Dossier::new(loaded)
        }
    }

    /// How a record was taken back, as far as that was known.
    pub fn retraction(&self, record: impl Into<RecordRef>) -> Option<RetractionRow> {
        self.force.retraction(self.facts(), record)
    }

    /// The facts.
    pub fn facts(&self) -> &'l Facts {
        &self.loaded.facts
    }

    /// Where a record stands.
    pub fn source(&self, record: impl Into<RecordRef>) -> FilePlace {
        self.places.record(record)
    }
}

/// What every command's JSON is wrapped in; it only ever grows.
#[derive(Debug, Serialize)]
pub struct Envelope<'a, T> {
    /// The name and version of the answer's form: `annals.said/1`.
    pub schema: &'static str,
    /// The answer.
    pub data: T,
    /// What the user should know of it.
    pub warnings: &'a [String],
}
