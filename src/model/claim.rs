//! Claims: what somebody said. A claim is never an event.

use super::RecordKind as Kind;
use super::evidence::EVIDENCE;
use super::fields::{Field, NODES, Part, Pool, Shape, fields, one_of, one_of_or_own, record};
use super::word::vocabulary;
use super::{
    ActorId, ArenaRange, Common, DateId, EventId, Evidence, Handle, Name, NodeRef, RelationId, Str,
};
use Shape::{Date, Parts, Reference, References, Text};

vocabulary! {
    /// What a speaker does in saying something.
    Act, "an act", {
        /// Says that it is so.
        Asserts = "asserts",
        /// Says that it is not so.
        Denies = "denies",
        /// Says that what another said is so.
        Confirms = "confirms",
        /// Takes back what they said.
        Retracts = "retracts",
        /// Wants it done, with authority or force.
        Demands = "demands",
        /// Asks for it.
        Requests = "requests",
        /// Holds it out.
        Offers = "offers",
        /// Binds themselves to it.
        Promises = "promises",
        /// Says that it will come.
        Predicts = "predicts",
        /// Says that they will do harm.
        Threatens = "threatens",
        /// Asks whether it is so.
        Questions = "questions",
        /// Turns it down, or will not speak of it.
        Declines = "declines",
        /// Shows an attitude without words.
        Expresses = "expresses",
    }
}

vocabulary! {
    /// How the words reach us.
    Mode, "a mode", {
        /// In the speaker's own words.
        Direct = "direct",
        /// In the words of whoever reports it.
        Indirect = "indirect",
        /// Partly in one, partly in the other.
        Mixed = "mixed",
    }
}

vocabulary! {
    /// Where a speaker stands.
    StanceValue, "a stance", {
        /// For it.
        Supports = "supports",
        /// Against it.
        Opposes = "opposes",
        /// Neither.
        Neutral = "neutral",
        /// Both.
        Mixed = "mixed",
    }
}

/// Where the speaker of a claim stands toward a thing.
#[derive(Debug, Clone, Copy)]
pub struct Stance {
    /// Toward what; `None` where the facts name something unknown.
    pub toward: Option<NodeRef>,
    /// Where.
    pub value: StanceValue,
}

/// Who or what passed a claim on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// Somebody.
    Actor(ActorId),
    /// Another claim.
    Claim(ClaimId),
}

/// Who says it, apart from those in the list of speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Voice {
    /// Those in the list of speakers.
    #[default]
    Speakers,
    /// The narrator of the document: the facts give an empty list.
    Narrator,
    /// Nobody knows: the facts name no speaker, or none that exists. Never taken for the narrator.
    Unknown,
}

record! {
    /// What somebody said.
    ///
    /// The times of a claim are different fields: `said` is when it was said; when it was reported is
    /// the publication of its documents; when it entered the data set is `recorded`.
    pub struct Claim {
        /// Who said it.
        pub speaker: ArenaRange<ActorId>,
        /// Whether the list of speakers says who spoke.
        pub voice: Voice,
        /// The office or mandate under which they spoke.
        pub capacity: Option<RelationId>,
        /// To whom.
        pub to: ArenaRange<ActorId>,
        /// About what.
        pub about: ArenaRange<NodeRef>,
        /// Where the speaker stands.
        pub stance: ArenaRange<Stance>,
        /// What they do in saying it.
        pub act: Option<Act>,
        /// What they do in saying it, in a word of the user's own.
        pub own_act: Option<Name>,
        /// How the words reach us.
        pub mode: Option<Mode>,
        /// The words within quotation marks.
        pub quote: Option<Str>,
        /// What was said, in the annotator's words.
        pub content: Option<Str>,
        /// When it was said.
        pub said: Option<DateId>,
        /// The day of the week, as the source words it.
        pub weekday: Option<Str>,
        /// The event at which it was said.
        pub at: Option<EventId>,
        /// What it has to do with other claims, and who passed it on; few have any.
        pub links: Option<LinksId>,
        /// What it rests on.
        pub evidence: ArenaRange<Evidence>,
    }
}

fields! {
    Claim;
    speaker: Field::new("speaker", References(&[Kind::Actor]),
        "Who said it; an empty list means the narrator of the document.")
        .required().edge("said").links("claim_speaker", "actor").kept().decides_stance(),
    capacity: Field::new("as", Reference(&[Kind::Relation]),
        "The relation in which they speak: an office, a mandate.")
        .kept(),
    to: Field::new("to", References(&[Kind::Actor]), "To whom.")
        .edge("addressed_to").links("claim_to", "actor").kept(),
    about: Field::new("about", References(NODES), "About what.")
        .edge("about").links("claim_about", "thing").kept(),
    stance: Field::new("stance", Parts(&STANCE), "The speaker's stance.")
        .edge("about").links_with("claim_stance", "toward", "value").kept().decides_stance(),
    (act own_act): Field::new("act", one_of_or_own::<Act>(|own| &own.acts),
        "What the speaker does by saying it.")
        .numbered("kind").decides_stance(),
    mode: Field::new("mode", one_of::<Mode>(), "How the statement is reported.")
        .kept().decides_stance(),
    quote: Field::new("quote", Text, "The text within quotation marks."),
    content: Field::new("content", Text, "What was said, in the annotator's words."),
    said: Field::new("said", Date, "When it was said.")
        .kept().decides_stance(),
    weekday: Field::new("weekday", Text, "The day of the week, as worded in the source.")
        .few(),
    at: Field::new("at", Reference(&[Kind::Event]), "The event at which it was said.")
        .edge("said_at").links("claim_at", "event").kept(),
    [via]: Field::new("via", References(&[Kind::Actor, Kind::Claim]),
        "Who or what passed it on: actors or claims.")
        .edge("via").links("claim_via", "voice").kept(),
    [responds_to]: Field::new("responds_to", References(&[Kind::Claim]), "Claims it responds to.")
        .edge("responds_to").links("claim_responds_to", "claim").kept().decides_stance(),
    [supports]: Field::new("supports", References(&[Kind::Claim]), "Claims it supports.")
        .edge("supports").links("claim_supports", "claim").kept(),
    [contradicts]: Field::new("contradicts", References(&[Kind::Claim]), "Claims it contradicts.")
        .edge("contradicts").links("claim_contradicts", "claim").kept(),
    [repeats]: Field::new("repeats", References(&[Kind::Claim]), "Claims it repeats.")
        .edge("repeats").links("claim_repeats", "claim").kept(),
    evidence: Field::new("evidence", Parts(&EVIDENCE), "The passages that show it.")
        .edge("reported_in").links("claim_evidence", "document").kept(),
}

/// Where the speaker stands.
pub static STANCE: Part = Part {
    name: "stance",
    called: "a stance",
    doc: "The speaker's stances; a single word applies to everything the claim is about.",
    fields: &[
        Field::new("toward", Reference(NODES), "Toward what.")
            .required()
            .column("stance_toward")
            .kept(),
        Field::new("value", one_of::<StanceValue>(), "Which stance.")
            .required()
            .column("stance_value")
            .kept(),
    ],
    pool: Some(Pool::Stances),
};

/// A handle of a [`Claim`].
pub type ClaimId = Handle<Claim>;

/// What a claim has to do with other claims, and who passed it on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Links {
    /// Who passed it on.
    pub via: ArenaRange<Via>,
    /// What it answers.
    pub responds_to: ArenaRange<ClaimId>,
    /// What it backs.
    pub supports: ArenaRange<ClaimId>,
    /// What it gainsays.
    pub contradicts: ArenaRange<ClaimId>,
    /// What it says again.
    pub repeats: ArenaRange<ClaimId>,
}

/// A claim that has [`Links`].
#[derive(Debug, Clone, Copy)]
pub struct Linked {
    /// The claim.
    pub claim: ClaimId,
    /// What it has to do with others.
    pub links: Links,
}

/// A handle of a claim's [`Links`].
pub type LinksId = Handle<Linked>;
