//! What every record has, and where it stands.

use super::fields::{Field, Part, Shape, fields};
use super::{ArenaRange, DateId, Handle, Name, Str};
use Shape::{Date, Number, Parts, Text, Words};

/// The place of a record: file and byte offset, eight bytes.
///
/// Lines, columns and the places of single fields are worked out only when they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(u64);

/// Which file, by its number in [`Facts::files`](super::Facts::files).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// The number of the file, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Origin {
    const OFFSET_BITS: u32 = 40;

    /// The most files that facts can have.
    pub const MOST_FILES: usize = 1 << (64 - Self::OFFSET_BITS);

    /// The record that begins at this byte of this file (at most 1 TiB in).
    pub fn new(file: FileId, offset: usize) -> Self {
        let offset = offset as u64 & ((1 << Self::OFFSET_BITS) - 1);
        Origin((u64::from(file.0) << Self::OFFSET_BITS) | offset)
    }

    /// The file.
    pub fn file(self) -> FileId {
        FileId((self.0 >> Self::OFFSET_BITS) as u32)
    }

    /// The byte at which the record begins.
    pub fn offset(self) -> usize {
        (self.0 & ((1 << Self::OFFSET_BITS) - 1)) as usize
    }
}

/// What every record has.
#[derive(Debug, Clone, Copy)]
pub struct Common {
    /// Its id: as written, or made from its place (`kyiv.yaml#orders/3`).
    pub id: Name,
    /// Whether the id was written.
    pub named: bool,
    /// Where it stands.
    pub origin: Origin,
    /// Note, tags, confidence and the rest, which few records have.
    pub more: Option<MoreId>,
}

/// The fields that every record may have.
#[derive(Debug, Clone, Default)]
pub struct More {
    /// A remark.
    pub note: Option<Str>,
    /// Words to find it by.
    pub tags: ArenaRange<Name>,
    /// How sure the annotator is, 0 to 1.
    pub confidence: Option<f64>,
    /// When it entered the data set.
    pub recorded: Option<DateId>,
    /// When and why it was taken back.
    pub retracted: Option<Retraction>,
    /// Checks to silence.
    pub ignore: ArenaRange<Ignore>,
    /// The fields that begin with `x_`: name and JSON value.
    pub extra: ArenaRange<(Str, Str)>,
}

fields! {
    More;
    note: Field::new("note", Text, "The annotator's note."),
    tags: Field::new("tags", Words, "Tags to find it by.")
        .links_of(RecordKind::Claim, "claim_tag", "tag").numbered("tag").decides_stance(),
    confidence: Field::new("confidence", Number { least: 0.0, most: 1.0 },
        "How sure the annotator is, 0 to 1.")
        .kept(),
    recorded: Field::new("recorded", Date, "When it entered the data set.")
        .kept(),
    retracted: Field::new("retracted", Shape::Part(&RETRACTION), "When it was retracted, and why.")
        .kept().decides_stance(),
    ignore: Field::new("ignore", Parts(&IGNORE), "Findings to silence, each with a reason."),
}

/// A handle of a [`More`].
pub type MoreId = Handle<More>;

/// A record taken back.
#[derive(Debug, Clone, Copy)]
pub struct Retraction {
    /// On which day.
    pub on: DateId,
    /// Why.
    pub reason: Option<Str>,
}

/// A check silenced on one record.
#[derive(Debug, Clone, Copy)]
pub struct Ignore {
    /// The code of the check.
    pub code: Name,
    /// Why.
    pub reason: Option<Str>,
}

/// A retraction, where it says more than a day.
pub static RETRACTION: Part = Part {
    name: "retraction",
    called: "a retraction",
    doc: "A retraction.",
    fields: &[
        Field::new("on", Date, "When.").required().kept(),
        Field::new("reason", Text, "Why."),
    ],
    pool: None,
};

/// A finding to silence.
pub static IGNORE: Part = Part {
    name: "ignore",
    called: "an ignore",
    doc: "A finding to silence.",
    fields: &[
        Field::new("code", Shape::Code, "Its code.").required(),
        Field::new("reason", Text, "Why.").required(),
    ],
    pool: None,
};

super::word::vocabulary! {
    /// The eight kinds of record.
    RecordKind, "a kind of record", {
        /// Where facts come from.
        Document = "document",
        /// Who can act or speak.
        Actor = "actor",
        /// Where.
        Place = "place",
        /// What is debated.
        Topic = "topic",
        /// What happened.
        Event = "event",
        /// What somebody said.
        Claim = "claim",
        /// A dated tie between actors.
        Relation = "relation",
        /// How two dated things lie in time.
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
            RecordKind::Place => "Which stance.",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_keeps_file_and_offset() {
        let origin = Origin::new(FileId(70_000), 5_000_000_000);
        assert_eq!(
            (origin.file(), origin.offset()),
            (FileId(70_000), 5_000_000_000)
        );
        assert_eq!(size_of::<Origin>(), 8);
    }
}
