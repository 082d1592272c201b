//! The eight kinds of record.

use crate::word::vocabulary;

vocabulary! {
    /// The eight kinds of record.
    RecordKind, "a kind of record", {
        /// Where facts come from.
        Document = "document",
        /// Who can act or speak.
        Actor = "actor",
        /// Where something happened.
        Place = "place",
        /// What is debated.
        Topic = "topic",
        /// What happened, happens or is expected.
        Event = "event",
        /// What somebody said.
        Claim = "claim",
        /// A dated relation between actors.
        Relation = "relation",
        /// How two dated things relate in time.
        Order = "order",
    }
}

impl RecordKind {
    /// The name of the list that holds them in a fact file.
    pub fn plural(self) -> &'static str {
        match self {
            RecordKind::Document => "documents",
            RecordKind::Actor => "actors",
            RecordKind::Place => "places",
            RecordKind::Topic => "topics",
            RecordKind::Event => "events",
            RecordKind::Claim => "claims",
            RecordKind::Relation => "relations",
            RecordKind::Order => "orders",
        }
    }

    /// What one is, as the JSON Schema says it.
    pub fn doc(self) -> &'static str {
        match self {
            RecordKind::Document => "Where facts come from.",
            RecordKind::Actor => "Who can act or speak.",
            RecordKind::Place => "Where something happened.",
            RecordKind::Topic => "What is debated.",
            RecordKind::Event => "What happened, happens or is expected.",
            RecordKind::Claim => "What somebody said.",
            RecordKind::Relation => "A dated relation between actors.",
            RecordKind::Order => "How two dated things relate in time.",
        }
    }

    /// With its article, for messages: "an actor".
    pub fn with_article(self) -> &'static str {
        match self {
            RecordKind::Document => "a document",
            RecordKind::Actor => "an actor",
            RecordKind::Place => "a place",
            RecordKind::Topic => "a topic",
            RecordKind::Event => "an event",
            RecordKind::Claim => "a claim",
            RecordKind::Relation => "a relation",
            RecordKind::Order => "an order",
        }
    }
}
