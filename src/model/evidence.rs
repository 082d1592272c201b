//! Evidence: what a record rests on.

use super::RecordKind as Kind;
use super::fields::{Field, Part, Pool, Shape, fields};
use super::{ArenaRange, DocumentId, Str};
use Shape::{Reference, Spans, Text};
use annals_evidence::{Level, Span};

/// What a record rests on: a document, a passage of it, and where that stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence {
    /// The document; `None` where the facts name one that is not there.
    pub document: Option<DocumentId>,
    /// The passage, as quoted.
    pub quote: Option<Str>,
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
        "The passage that shows the fact, word for word; … where words are left out.")
        .column("evidence_quote"),
    spans: Field::new("spans", Spans,
        "Where it stands in the text: code points, the end not included.")
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
