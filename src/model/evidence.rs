//! Evidence: what a record rests on.

use super::RecordKind as Kind;
use super::fields::{Field, Part, Pool, Shape, fields};
use super::{ArenaRange, DocumentId, Str};
use Shape::{Numeral, Reference, Spans, Text};
use annals_evidence::{Level, Span};

/// What a record rests on: a document, a passage of it, and where that stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence {
    /// The document; `None` where the facts name one that is not there.
    pub document: Option<DocumentId>,
    /// The passage, as quoted.
    pub quote: Option<Str>,
    /// Where in the document it stands, as the document counts: "12", "iv", "12-13".
    pub page: Option<Str>,
    /// Where it stands, as written: code points, end-exclusive.
    pub spans: ArenaRange<Span>,
    /// Where the quote was found, if it was looked for; else as `spans`.
    pub found: ArenaRange<Span>,
    /// How the quote stands in the text; `None` where there is no text or no quote.
    pub verified: Option<Level>,
}

fields! {
    Evidence;
    document: Field::new("document", Reference(&[Kind::Document]), "The document.")
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
    fields: <Evidence as super::Fields>::FIELDS,
    pool: Some(Pool::Evidence),
};
