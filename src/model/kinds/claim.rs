//! Claims: what somebody said. A claim is never an event.

use crate::fields::{Field, NODES, Shape, one_of, one_of_or_own};
use crate::ids::{ActorId, EventId, LinksId, NodeRef, RecordKind, RelationId};
use crate::parts::{EVIDENCE, Evidence, STANCE, Stance};
use crate::storage::{ArenaRange, DateId, Name, Str};
use crate::values::{fields, record};
use crate::word::vocabulary;
use Shape::{Date, Parts, Reference, References, Text};

vocabulary! {
    /// What a speaker does by saying something.
    Act, "an act", {
        /// Says that it is so.
        Asserts = "asserts",
        /// Says that it is not so.
        Denies = "denies",
        /// Says that what somebody else said is so.
        Confirms = "confirms",
        /// Withdraws what they said.
        Retracts = "retracts",
        /// Wants it done, with authority or force behind it.
        Demands = "demands",
        /// Asks for it.
        Requests = "requests",
        /// Offers it.
        Offers = "offers",
        /// Commits to it.
        Promises = "promises",
        /// Says that it will happen.
        Predicts = "predicts",
        /// Says that they will do harm.
        Threatens = "threatens",
        /// Asks whether it is so.
        Questions = "questions",
        /// Refuses it, or refuses to comment.
        Declines = "declines",
        /// Shows an attitude without words.
        Expresses = "expresses",
    }
}

vocabulary! {
    /// How a statement is reported.
    Mode, "a mode", {
        /// In the speaker's own words.
        Direct = "direct",
        /// In the reporter's words.
        Indirect = "indirect",
        /// Partly in each.
        Mixed = "mixed",
    }
}

/// Whether the list of speakers says who spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Voice {
    /// It does.
    #[default]
    Speakers,
    /// The facts give an empty list: the narrator of the document spoke.
    Narrator,
    /// Unknown: the facts name no speaker, or none that exists. It is never taken for the narrator.
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
        /// The relation in which they speak: an office, a mandate.
        pub capacity: Option<RelationId>,
        /// To whom.
        pub to: ArenaRange<ActorId>,
        /// About what.
        pub about: ArenaRange<NodeRef>,
        /// The speaker's stances.
        pub stance: ArenaRange<Stance>,
        /// What the speaker does by saying it.
        pub act: Option<Act>,
        /// The same, in a word that the user has added.
        pub own_act: Option<Name>,
        /// How the statement is reported.
        pub mode: Option<Mode>,
        /// The text within quotation marks.
        pub quote: Option<Str>,
        /// What was said, in the annotator's words.
        pub content: Option<Str>,
        /// When it was said.
        pub said: Option<DateId>,
        /// By when what is promised, asked or threatened is due.
        pub due: Option<DateId>,
        /// The day of the week, as worded in the source.
        pub weekday: Option<Str>,
        /// The event at which it was said.
        pub at: Option<EventId>,
        /// Its links to other claims, and to whoever passed it on; few claims have any.
        pub links: Option<LinksId>,
        /// The passages that show it.
        pub evidence: ArenaRange<Evidence>,
    }
}

fields! {
    Claim;
    speaker: Field::new("speaker", References(&[RecordKind::Actor]),
        "Who said it; an empty list means the narrator of the document.")
        .required().edge("said").links("claim_speaker", "actor").kept().decides_stance(),
    capacity: Field::new("as", Reference(&[RecordKind::Relation]),
        "The relation in which they speak: an office, a mandate.")
        .column("as_relation").kept(),
    to: Field::new("to", References(&[RecordKind::Actor]), "To whom.")
        .column("to_id").edge("addressed_to").links("claim_to", "actor").kept(),
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
    due: Field::new("due", Date,
        "By when it is due: what is promised, offered or threatened, or the answer to a question.")
        .kept(),
    weekday: Field::new("weekday", Text, "The day of the week, as worded in the source.")
        .few(),
    at: Field::new("at", Reference(&[RecordKind::Event]), "The event at which it was said.")
        .column("at_event").edge("said_at").links("claim_at", "event").kept(),
    [via]: Field::new("via", References(&[RecordKind::Actor, RecordKind::Claim]),
        "Who or what passed it on: actors or claims.")
        .edge("via").links("claim_via", "voice").kept(),
    [responds_to]: Field::new("responds_to", References(&[RecordKind::Claim]), "Claims it responds to.")
        .edge("responds_to").links("claim_responds_to", "claim").kept().decides_stance(),
    [supports]: Field::new("supports", References(&[RecordKind::Claim]), "Claims it supports.")
        .edge("supports").links("claim_supports", "claim").kept(),
    [contradicts]: Field::new("contradicts", References(&[RecordKind::Claim]), "Claims it contradicts.")
        .edge("contradicts").links("claim_contradicts", "claim").kept(),
    [repeats]: Field::new("repeats", References(&[RecordKind::Claim]), "Claims it repeats.")
        .edge("repeats").links("claim_repeats", "claim").kept(),
    [fulfils]: Field::new("fulfils", References(&[RecordKind::Claim]),
        "Promises, offers or threats that it fulfils: by saying it, the speaker does what was promised.")
        .edge("fulfils").links("claim_fulfils", "claim").kept(),
    [breaks]: Field::new("breaks", References(&[RecordKind::Claim]),
        "Promises, offers or threats that it breaks.")
        .edge("breaks").links("claim_breaks", "claim").kept(),
    evidence: Field::new("evidence", Parts(&EVIDENCE), "The passages that show it.")
        .edge("reported_in").links("claim_evidence", "document").kept(),
}
