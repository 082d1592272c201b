//! Documents: where facts come from.

use super::{ArenaRange, Common, DateId, Handle, Name, Str};

/// Where facts come from: a report, a transcript, a letter.
#[derive(Debug, Clone)]
pub struct Document {
    /// What every record has.
    pub common: Common,
    /// Its title, as it stands there.
    pub title: Option<Str>,
    /// `report`, `agency`, `transcript`, `letter`, `post` or another word.
    pub kind: Option<Name>,
    /// Who wrote it, as it says.
    pub author: ArenaRange<Str>,
    /// Who brought it out.
    pub publisher: Option<Str>,
    /// When it was published: the latest date for what it reports.
    pub published: Option<DateId>,
    /// The language it is in (BCP 47).
    pub language: Option<Str>,
    /// Where it can be read.
    pub url: Option<Str>,
    /// The documents that it draws on.
    pub based_on: ArenaRange<DocumentId>,
    /// The documents that it corrects.
    pub corrects: ArenaRange<DocumentId>,
    /// The path of its plain text, as written.
    pub text: Option<Str>,
    /// The SHA-256 of that text, in hexadecimal digits.
    pub sha256: Option<Str>,
}

/// A handle of a [`Document`].
pub type DocumentId = Handle<Document>;
