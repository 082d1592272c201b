//! What the document is made of.

use crate::answer::Ref;
use crate::said::SaidRow;
use crate::show::PassageRow;
use annals_time::Date;

/// A document about the claims of a selection.
#[derive(Debug, Clone, Default)]
pub struct BriefDocument {
    /// The question, as a sentence.
    pub question: String,
    /// The conditions under which it is answered, a sentence each.
    pub conditions: Vec<String>,
    /// The claims, in the order of `said`.
    pub claims: Vec<BriefClaim>,
    /// How many claims there would be without a limit on rows.
    pub selected: usize,
    /// How many further claims match that were retracted, and are left out.
    pub retracted: usize,
    /// The documents that the claims rest on, and those that these rest on.
    pub sources: Vec<BriefSource>,
    /// What is not verified.
    pub doubts: Vec<BriefDoubt>,
    /// What `annals check` finds about these records.
    pub findings: Vec<BriefFinding>,
    /// The files that were read.
    pub files: Vec<BriefFile>,
    /// The version of Annals that made it.
    pub version: &'static str,
}

/// A claim.
#[derive(Debug, Clone)]
pub struct BriefClaim {
    /// Its number in the document, from 1.
    pub number: usize,
    /// The claim, as `said` has it.
    pub said: SaidRow,
    /// For each of its speakers, in order: what they were on that day.
    pub speakers: Vec<BriefSpeaker>,
    /// Who or what passed it on.
    pub via: Vec<BriefVoice>,
    /// The passages it rests on.
    pub passages: Vec<BriefPassage>,
    /// The claims that it is linked to.
    pub links: Vec<BriefLink>,
}

/// A speaker of a claim.
#[derive(Debug, Clone)]
pub struct BriefSpeaker {
    /// Who.
    pub actor: Ref,
    /// Whether the source does not name them.
    pub unnamed: bool,
    /// The offices and other ties that they held on the day of the claim; first the one that the claim
    /// itself names.
    pub offices: Vec<BriefOffice>,
}

/// An office or another tie of a speaker on the day of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefOffice {
    /// In words: "mayor, Town of Skerrow".
    pub words: String,
    /// Whether they certainly held it that day.
    pub certain: bool,
}

/// A passage behind a claim.
#[derive(Debug, Clone)]
pub struct BriefPassage {
    /// The number of its document among the sources.
    pub source: Option<usize>,
    /// The passage, in its sentence.
    pub passage: PassageRow,
}

/// How a claim is linked to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// The facts say that it contradicts the other.
    Contradicts,
    /// The facts say that the other contradicts it.
    ContradictedBy,
    /// The same speaker supports and opposes the same thing at times that can be the same.
    ContradictsItself,
    /// Its speaker takes the other back.
    TakesBack,
    /// Its speaker takes it back in the other.
    TakenBack,
    /// It responds to the other.
    RespondsTo,
    /// It repeats the other.
    Repeats,
    /// It keeps the other: a promise, an offer or a threat.
    Fulfils,
    /// The other keeps it.
    FulfilledBy,
    /// It breaks the other.
    Breaks,
    /// The other breaks it.
    BrokenBy,
}

impl LinkKind {
    /// In words, before the other claim.
    pub fn words(self) -> &'static str {
        match self {
            LinkKind::Contradicts => "contradicts",
            LinkKind::ContradictedBy => "is contradicted by",
            LinkKind::ContradictsItself => "does not agree with what the same speaker said in",
            LinkKind::TakesBack => "takes back",
            LinkKind::TakenBack => "was taken back by",
            LinkKind::RespondsTo => "responds to",
            LinkKind::Repeats => "repeats",
            LinkKind::Fulfils => "keeps",
            LinkKind::FulfilledBy => "is kept by",
            LinkKind::Breaks => "breaks",
            LinkKind::BrokenBy => "is broken by",
        }
    }

    /// Whether a reader must not miss it: it puts the claim in question.
    pub fn is_grave(self) -> bool {
        matches!(
            self,
            LinkKind::Contradicts
                | LinkKind::ContradictedBy
                | LinkKind::ContradictsItself
                | LinkKind::TakesBack
                | LinkKind::TakenBack
                | LinkKind::Breaks
                | LinkKind::BrokenBy
        )
    }
}

/// A claim that another is linked to.
#[derive(Debug, Clone)]
pub struct BriefLink {
    /// How.
    pub kind: LinkKind,
    /// Its number, if it stands in the document.
    pub number: Option<usize>,
    /// The claim.
    pub claim: SaidRow,
}

/// A source: a document that a claim rests on, directly or by way of others.
#[derive(Debug, Clone)]
pub struct BriefSource {
    /// Its number in the document, from 1.
    pub number: usize,
    /// The document.
    pub document: Ref,
    /// What it is: `report`, `agency` …
    pub kind: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// Its address.
    pub url: Option<String>,
    /// The numbers of the sources that it is based on.
    pub based_on: Vec<usize>,
    /// The numbers of the sources that it corrects.
    pub corrects: Vec<usize>,
    /// The numbers of the sources that correct it.
    pub corrected_by: Vec<usize>,
    /// The claims of the document that rest on it.
    pub claims: Vec<usize>,
    /// Who or what passed these claims on.
    pub via: Vec<BriefVia>,
    /// Its text, if that is there.
    pub text: Option<BriefFile>,
}

/// Who or what passed a claim on.
#[derive(Debug, Clone)]
pub enum BriefVoice {
    /// An actor, and whether the source does not name them.
    Actor(Ref, bool),
    /// Another claim, and its number, if it stands in the document.
    Claim(Ref, Option<usize>),
}

/// Who or what passed claims of a source on.
#[derive(Debug, Clone)]
pub struct BriefVia {
    /// Who or what.
    pub voice: BriefVoice,
    /// The claims.
    pub claims: Vec<usize>,
}

/// Why something is not verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The passage does not stand in its text.
    Missing,
    /// The passage stands in its text more than once.
    Ambiguous,
    /// The text of the document is not there.
    NoText,
    /// The facts name the document, and no passage of it.
    NoPassage,
    /// The facts name no document.
    NoDocument,
}

/// Claims of which something is not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefDoubt {
    /// Why.
    pub why: Doubt,
    /// The number of the source.
    pub source: Option<usize>,
    /// The claims.
    pub claims: Vec<usize>,
}

/// A finding about records of the document.
#[derive(Debug, Clone)]
pub struct BriefFinding {
    /// Its code.
    pub code: &'static str,
    /// Error, warning or remark.
    pub severity: &'static str,
    /// What was found.
    pub message: String,
    /// Where: file and line.
    pub place: Option<String>,
    /// The claims of the document that it concerns.
    pub claims: Vec<usize>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefFile {
    /// Its path, as it is shown.
    pub name: String,
    /// Whether it is the text of a document; else it holds facts.
    pub is_text: bool,
    /// The SHA-256 of its bytes; `None` where they cannot be read any more.
    pub sha256: Option<String>,
}
