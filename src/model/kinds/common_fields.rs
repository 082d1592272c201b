//! The optional fields that every kind of record has ([`More`]): note, tags, confidence and the
//! like.

use crate::fields::{Field, Shape};
use crate::ids::{RecordKind, marker};
use crate::parts::{IGNORE, Ignore, RETRACTION, Retraction};
use crate::storage::{ArenaRange, DateId, Name, Row, Str};
use crate::values::fields;
use Shape::{Date, Number, Parts, Text, Words};

/// The fields that every kind of record has. Few records use them, so they are kept apart.
#[derive(Debug, Clone, Default)]
pub struct More {
    /// The annotator's note.
    pub note: Option<Str>,
    /// Tags to find it by.
    pub tags: ArenaRange<Name>,
    /// How sure the annotator is, 0 to 1.
    pub confidence: Option<f64>,
    /// When it entered the data set.
    pub recorded: Option<DateId>,
    /// When and why it was retracted.
    pub retracted: Option<Retraction>,
    /// Findings to silence.
    pub ignore: ArenaRange<Ignore>,
    /// The fields that begin with `x_`: name and JSON value.
    pub extra: ArenaRange<(Str, Str)>,
}

impl Row for More {
    type Marker = marker::More;
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
