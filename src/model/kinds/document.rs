//! Documents: where facts come from.

use crate::fields::{Field, Shape};
use crate::ids::{DocumentId, RecordKind};
use crate::storage::{ArenaRange, DateId, Name, Str};
use crate::values::{fields, record};
use Shape::{Date, References, Sha256, Text, Texts, Word};

record! {
    /// Where facts come from: a report, a transcript, a letter.
    pub struct Document {
        /// Its title.
        pub title: Option<Str>,
        /// What it is: `report`, `agency`, `transcript`, `letter`, `post` or another word.
        pub kind: Option<Name>,
        /// Who wrote it.
        pub author: ArenaRange<Str>,
        /// Who published it.
        pub publisher: Option<Str>,
        /// When it was published. What it reports is no later.
        pub published: Option<DateId>,
        /// Its language as a BCP 47 tag.
        pub language: Option<Str>,
        /// Where it can be read.
        pub url: Option<Str>,
        /// Documents it is based on.
        pub based_on: ArenaRange<DocumentId>,
        /// Documents it corrects.
        pub corrects: ArenaRange<DocumentId>,
        /// The path of its plain text, as written.
        pub text: Option<Str>,
        /// The SHA-256 of that text, in hexadecimal digits.
        pub sha256: Option<Str>,
    }
}

fields! {
    Document;
    title: Field::new("title", Text, "Its title.")
        .required(),
    kind: Field::new("kind", Word, "What it is: report, agency, transcript, letter, post …")
        .numbered("kind"),
    author: Field::new("author", Texts, "Who wrote it."),
    publisher: Field::new("publisher", Text, "Who published it."),
    published: Field::new("published", Date, "When it was published.")
        .kept(),
    language: Field::new("language", Text, "Its language as a BCP 47 tag: en, uk.")
        .few(),
    url: Field::new("url", Text, "Where it can be read."),
    based_on: Field::new("based_on", References(&[RecordKind::Document]), "Documents it is based on.")
        .edge("based_on").links("document_based_on", "document").kept(),
    corrects: Field::new("corrects", References(&[RecordKind::Document]), "Documents it corrects.")
        .edge("corrects").links("document_corrects", "document").kept(),
    text: Field::new("text", Text,
        "Path of its plain text, relative to the fact file or a folder for texts."),
    sha256: Field::new("sha256", Sha256, "The SHA-256 of that text, as 64 hexadecimal digits."),
}
