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
pub struct SaidRow {
    /// Its id.
    pub id: String,
    /// The speakers; empty for the narrator of the document.
    pub speaker: Vec<Ref>,
    /// Whether the speakers are those listed, the narrator, or unknown.
    #[serde(skip)]
    pub voice: Voice,
    /// To whom.
    pub to: Vec<Ref>,
    /// The subjects.
    pub about: Vec<Ref>,
    /// The speaker's stances.
    pub stance: Vec<StanceRow>,
    /// The speech act.
    pub act: Option<String>,
    /// How the wording is transmitted.
    pub mode: Option<Mode>,
    /// The wording within quotation marks.
    pub quote: Option<String>,
    /// The content, in the annotator's wording.
    pub content: Option<String>,
    /// When it was said.
    pub said: Option<Date>,
    /// The day of its first publication.
    pub reported: Option<Day>,
    /// The event at which it was said.
    pub at: Option<Ref>,
    /// Who transmitted it.
    pub via: Vec<Ref>,
    /// The evidence for it.
    pub evidence: Vec<EvidenceRow>,
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
pub struct StanceRow {
    /// The subject of the stance.
    pub toward: Ref,
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

/// The row of a selected claim.
pub fn selected(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    (id, certainty): (ClaimId, Certainty),
) -> SaidRow {
    SaidRow {
        through: through(dossier, selection, id),
        ..row(dossier, id, certainty)
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
    let facts = dossier.facts();
    let claim = &facts[id];
    let stance = facts.list(claim.stance).iter().filter_map(|stance| {
        Some(StanceRow {
            toward: Ref::new(facts, stance.toward?),
            value: stance.value,
        })
    });
    let via = facts
        .list(facts.links(claim).via)
        .iter()
        .map(|via| match *via {
            Via::Actor(actor) => Ref::new(facts, actor),
            Via::Claim(other) => Ref::new(facts, other),
        });
    SaidRow {
        id: facts.id(id).to_owned(),
        speaker: facts
            .list(claim.speaker)
            .iter()
            .map(|one| Ref::new(facts, *one))
            .collect(),
        voice: claim.voice,
        to: facts
            .list(claim.to)
            .iter()
            .map(|one| Ref::new(facts, *one))
            .collect(),
        about: facts
            .list(claim.about)
            .iter()
            .map(|one| Ref::new(facts, *one))
            .collect(),
        stance: stance.collect(),
        act: facts.act_word(id).map(str::to_owned),
        mode: claim.mode,
        quote: claim.quote.map(|quote| facts.str(quote).to_owned()),
        content: claim.content.map(|content| facts.str(content).to_owned()),
        said: claim.said.map(|said| facts.date(said).clone()),
        reported: reported_day(dossier, id),
        at: claim.at.map(|event| Ref::new(facts, event)),
        via: via.collect(),
        evidence: facts
            .list(claim.evidence)
            .iter()
            .filter(|one| dossier.validity.knows(facts, one.document))
            .map(|one| EvidenceRow::new(facts, one))
            .collect(),
        through: Vec::new(),
        certain: certainty.is_certain(),
        retracted: dossier.retraction(id),
        source: dossier.source(id),
    }
}
