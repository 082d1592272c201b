//! Evidence: the passages of documents that show what a record says.

use super::object_members::{Members, members};
use crate::fields::{Field, Part, Pool, Shape};
use crate::ids::{DocumentId, RecordKind};
use crate::storage::{ArenaRange, Str};
use Shape::{Numeral, Reference, Spans, Text};
use annals_evidence::{Level, Span};

/// A passage of a document that shows what a record says, and where it stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence {
    /// The document; `None` where the facts name an unknown one.
    pub document: Option<DocumentId>,
    /// The passage, as quoted.
    pub quote: Option<Str>,
    /// Where it stands in the document, as the document counts its pages: "12", "iv", "12-13".
    pub page: Option<Str>,
    /// Its position in the text, as the facts give it: code points, with the end excluded.
    pub spans: ArenaRange<Span>,
    /// Where the quote was found, if it was looked for; else the same as `spans`.
    pub found: ArenaRange<Span>,
    /// How exactly the quote agrees with the text; `None` where there is no text or no quote.
    pub verified: Option<Level>,
}

members! {
    Evidence;
    document: Field::new("document", Reference(&[RecordKind::Document]), "The document.")
        .required().column("evidence_document").kept(),
    quote: Field::new("quote", Text,
        "The passage that shows the fact, word for word; … marks omitted words.")
        .column("evidence_quote"),
    page: Field::new("page", Numeral,
        "Where in the document it stands, as the document counts its pages: 12, iv, 12-13.")
        .column("evidence_page"),
    spans: Field::new("spans", Spans,
        "Its position in the text: code points, with the end excluded.")
        .no_column(),
}

/// A passage of a document.
pub static EVIDENCE: Part = Part {
    name: "evidence",
    called: "evidence",
    doc: "A passage of a document.",
    fields: Evidence::FIELDS,
    pool: Some(Pool::Evidence),
};
