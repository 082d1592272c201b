//! `said`: who said what to whom about whom, when, and where it stands.

use serde::Serialize;

use super::answer::{Dossier, EvidenceRow, Ref, reported_day};
use super::selection::ResolvedQuery;
use super::validity::RetractionRow;
use annals_finding::FilePlace;
use annals_graph::Through;
use annals_model::{ClaimId, Facts, Mode, StanceValue, Via, Voice};
use annals_time::{Certainty, Date, Day};

/// One claim.
#[derive(Debug, Clone, Serialize)]
pub struct SaidRow {
    /// Its id.
    pub id: String,
    /// Who said it; empty for the narrator of the document.
    pub speaker: Vec<Ref>,
    /// Whether the speakers are those, the narrator, or not known.
    #[serde(skip)]
    pub voice: Voice,
    /// To whom.
    pub to: Vec<Ref>,
    /// About what.
    pub about: Vec<Ref>,
    /// Where the speaker stands.
    pub stance: Vec<StanceRow>,
    /// What they do in saying it.
    pub act: Option<String>,
    /// How the words reach us.
    pub mode: Option<Mode>,
    /// The words within quotation marks.
    pub quote: Option<String>,
    /// What was said, in the annotator's words.
    pub content: Option<String>,
    /// When it was said.
    pub said: Option<Date>,
    /// The day of its first publication.
    pub reported: Option<Day>,
    /// The event at which it was said.
    pub at: Option<Ref>,
    /// Who passed it on.
    pub via: Vec<Ref>,
    /// What it rests on.
    pub evidence: Vec<EvidenceRow>,
    /// Through which relations it is said by, to or about those that were asked for.
    pub through: Vec<ThroughRow>,
    /// Whether it is surely what was asked for, not only possibly.
    pub certain: bool,
    /// Whether and why it was taken back.
    pub retracted: Option<RetractionRow>,
    /// Where it stands.
    pub source: FilePlace,
}

impl SaidRow {
    /// When it was said, for reading: "20 April 2023", "undated, not after 3 May 2023".
    pub fn when(&self) -> String {
        match (&self.said, self.reported) {
            (Some(said), _) => said.dated(),
            (None, Some(day)) => format!("undated, not after {}", day.words()),
            (None, None) => "undated".to_owned(),
        }
    }

    /// Who said it, for reading: the names of the speakers, or "the narrator".
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

    /// What was said: the quote, else the content in the annotator's words; empty where there is
    /// neither.
    pub fn text(&self) -> &str {
        let text = self.quote.as_deref().or(self.content.as_deref());
        text.unwrap_or_default()
    }
}

/// A stance of a claim's speaker.
#[derive(Debug, Clone, Serialize)]
pub struct StanceRow {
    /// Toward what.
    pub toward: Ref,
    /// Where.
    pub value: StanceValue,
}

/// A relation through which a row is part of the answer.
#[derive(Debug, Clone, Serialize)]
pub struct ThroughRow {
    /// The relation.
    pub relation: String,
    /// Whether it surely held on the day.
    pub certain: bool,
}

/// The selected claims, oldest first.
pub fn said(dossier: &Dossier<'_>, selection: &ResolvedQuery) -> Vec<SaidRow> {
    (selection.claims(dossier).into_iter())
        .map(|claim| selected(dossier, selection, claim))
        .collect()
}

/// One of the selected claims.
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

/// The ties through which a claim is selected.
pub fn through(dossier: &Dossier<'_>, selection: &ResolvedQuery, id: ClaimId) -> Vec<ThroughRow> {
    let facts = dossier.facts();
    rows_through(facts, &selection.through(facts, id))
}

/// A chain of ties as data.
pub fn rows_through(facts: &Facts, chain: &[Through]) -> Vec<ThroughRow> {
    let row = |step: &Through| ThroughRow {
        relation: facts.id(step.relation).to_owned(),
        certain: step.certain,
    };
    chain.iter().map(row).collect()
}

/// One claim as data.
pub fn row(dossier: &Dossier<'_>, id: ClaimId, certainty: Certainty) -> SaidRow {
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
        id: facts.id(id).to_owned(),
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
        act: facts.act_word(id).map(str::to_owned),
        mode: claim.mode,
        quote: claim.quote.map(|quote| facts.str(quote).to_owned()),
        content: claim.content.map(|content| facts.str(content).to_owned()),
        said: claim.said.map(|said| facts.date(said).clone()),
        reported: reported_day(dossier, id),
        at: claim.at.map(|event| Ref::of(facts, event)),
        via: via.collect(),
        evidence: facts
            .list(claim.evidence)
            .iter()
            .filter(|one| dossier.force.knows(facts, one.document))
            .map(|one| EvidenceRow::of(facts, one))
            .collect(),
        through: Vec::new(),
        certain: certainty.is_certain(),
        retracted: dossier.retraction(id),
        source: dossier.source(id),
    }
}
