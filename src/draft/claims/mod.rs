//! Who says what: the claims of a text.

mod assemble;
mod content;
mod cues;
mod plain;
mod source;
mod view;

pub(crate) use assemble::{Assembler, Raw};

/// By what a claim was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// A clause of saying with a subject, or a phrase such as "according to".
    Clause,
    /// An infinitive, a participle or a gerund.
    Dependent,
    /// A verb in the passive.
    Passive,
    /// A noun such as "claim".
    Noun,
    /// An adjective such as "confident".
    Adjective,
    /// A verb that no table knows, beside a quotation.
    Unknown,
    /// A colon or a dash.
    Mark,
    /// A quotation alone, or first person that goes on.
    Alone,
}
