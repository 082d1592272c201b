//! `said`: who said what to whom about whom, when, and according to which source.

use serde::Serialize;

use super::answer::{Dossier, EvidenceRow, Ref, reported_day};
use super::selection::ResolvedQuery;
use super::validity::RetractionRow;
use annals_finding::FilePlace;
use annals_graph::Through;
use annals_model::{ClaimId, Facts, Mode, StanceValue, Via, Voice};
use annals_time::{Certainty, Date, Day};

/// A claim.
#[derive(Debug, Clone, Serialize)]
pub struct SaidRow<S = String, D = Date> {
    /// Its id.
    pub id: S,
    /// The speakers; empty for the narrator of the document.
    pub speaker: Vec<Ref<S>>,
    /// Whether the speakers are those listed, the narrator, or unknown.
    #[serde(skip)]
    pub voice: Voice,
    /// To whom.
    pub to: Vec<Ref<S>>,
    /// The subjects.
    pub about: Vec<Ref<S>>,
    /// The speaker's stances.
    pub stance: Vec<StanceRow<S>>,
    /// The speech act.
    pub act: Option<S>,
    /// How the wording is transmitted.
    pub mode: Option<Mode>,
    /// The wording within quotation marks.
    pub quote: Option<S>,
    /// The content, in the annotator's wording.
    pub content: Option<S>,
    /// When it was said.
    pub said: Option<D>,
    /// The day of its first publication.
    pub reported: Option<Day>,
    /// The event at which it was said.
    pub at: Option<Ref<S>>,
    /// Who transmitted it.
    pub via: Vec<Ref<S>>,
    /// The evidence for it.
    pub evidence: Vec<EvidenceRow<S, D>>,
    /// The relations through which it is by, to or about the selected actors.
    pub through: Vec<ThroughRow>,
    /// Whether it certainly matches the query, not only possibly.
    pub certain: bool,
    /// Whether and why it was retracted.
    pub retracted: Option<RetractionRow>,
    /// Its source location.
    pub source: FilePlace,
}

impl SaidRow {
    /// When it was said, for display: "20 Apr 2023", "undated, not after 3 May 2023".
    pub fn when(&self) -> String {
        match (&self.said, self.reported) {
            (Some(said), _) => said.dated(),
            (None, Some(day)) => format!("undated, not after {}", day.words()),
            (None, None) => "undated".to_owned(),
        }
    }

    /// Who said it, for display: the names of the speakers, or "the narrator".
    pub fn speaker(&self) -> String {
        match self.voice {
            Voice::Speakers => {
                let names: Vec<&str> = self.speaker.iter().map(|one| one.name.as_str()).collect();
                names.join(", ")
            }
            Voice::Narrator => "the narrator".to_owned(),
            Voice::Unknown => "an unknown speaker".to_owned(),
        }
    }

    /// The text of the claim: the quote, else the content in the annotator's wording; empty if it
    /// has neither.
    pub fn text(&self) -> &str {
        let text = self.quote.as_deref().or(self.content.as_deref());
        text.unwrap_or_default()
    }
}

/// A stance of a claim's speaker.
#[derive(Debug, Clone, Serialize)]
pub struct StanceRow<S = String> {
    /// The subject of the stance.
    pub toward: Ref<S>,
    /// The speaker's stance.
    pub value: StanceValue,
}

/// A relation through which a row was selected.
#[derive(Debug, Clone, Serialize)]
pub struct ThroughRow {
    /// The relation.
    pub relation: String,
    /// Whether it certainly held on the day.
    pub certain: bool,
}

/// The selected claims, oldest first.
pub fn said(dossier: &Dossier<'_>, selection: &ResolvedQuery) -> Vec<SaidRow> {
    (selection.claims(dossier).into_iter())
        .map(|claim| selected(dossier, selection, claim))
        .collect()
}

/// The row of a selected claim, which owns its texts and dates, or borrows them.
pub fn selected<'f, S: From<&'f str>, D: From<&'f Date>>(
    dossier: &Dossier<'f>,
    selection: &ResolvedQuery,
    (id, certainty): (ClaimId, Certainty),
) -> SaidRow<S, D> {
    SaidRow {
        through: through(dossier, selection, id),
        ..row_of(dossier, id, certainty)
    }
}

/// The relations through which a claim is selected.
pub fn through(dossier: &Dossier<'_>, selection: &ResolvedQuery, id: ClaimId) -> Vec<ThroughRow> {
    let facts = dossier.facts();
    rows_through(facts, &selection.through(facts, id))
}

/// A chain of relations as data.
pub fn rows_through(facts: &Facts, chain: &[Through]) -> Vec<ThroughRow> {
    let row = |step: &Through| ThroughRow {
        relation: facts.id(step.relation).to_owned(),
        certain: step.certain,
    };
    chain.iter().map(row).collect()
}

/// A claim as data.
pub fn row(dossier: &Dossier<'_>, id: ClaimId, certainty: Certainty) -> SaidRow {
    row_of(dossier, id, certainty)
}

/// A claim as data that owns its texts and dates, or borrows them.
fn row_of<'f, S: From<&'f str>, D: From<&'f Date>>(
    dossier: &Dossier<'f>,
    id: ClaimId,
    certainty: Certainty,
) -> SaidRow<S, D> {
    let facts = dossier.facts();
    let claim = &facts[id];
    let stance = facts.list(claim.stance).iter().filter_map(|stance| {
        Some(StanceRow {
            toward: Ref::of(facts, stance.toward?),
            value: stance.value,
        })
    });
    let via = facts
        .list(facts.links(claim).via)
        .iter()
        .map(|via| match *via {
            Via::Actor(actor) => Ref::of(facts, actor),
            Via::Claim(other) => Ref::of(facts, other),
        });
    SaidRow {
        id: facts.id(id).into(),
        speaker: facts
            .list(claim.speaker)
            .iter()
            .map(|one| Ref::of(facts, *one))
            .collect(),
        voice: claim.voice,
        to: facts
            .list(claim.to)
            .iter()
            .map(|one| Ref::of(facts, *one))
            .collect(),
        about: facts
            .list(claim.about)
            .iter()
            .map(|one| Ref::of(facts, *one))
            .collect(),
        stance: stance.collect(),
        act: facts.act_word(id).map(S::from),
        mode: claim.mode,
        quote: claim.quote.map(|quote| facts.str(quote).into()),
        content: claim.content.map(|content| facts.str(content).into()),
        said: claim.said.map(|said| facts.date(said).into()),
        reported: reported_day(dossier, id),
        at: claim.at.map(|event| Ref::of(facts, event)),
        via: via.collect(),
        evidence: facts
            .list(claim.evidence)
            .iter()
            .filter(|one| dossier.validity.knows(facts, one.document))
            .map(|one| EvidenceRow::of(facts, one))
            .collect(),
        through: Vec::new(),
        certain: certainty.is_certain(),
        retracted: dossier.retraction(id),
        source: dossier.source(id),
    }
}
