//! Why a source cannot be read, worded for its user.

use std::fmt;
use std::io;
use std::ops::{Deref, DerefMut};

use super::{At, Spot};
use annals_files::words_of;

/// The kind of error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceErrorKind {
    /// It cannot be opened or read.
    Unreadable,
    /// It does not conform to its format.
    Syntax,
    /// It is larger, deeper or more tightly packed than is read.
    Limit,
    /// It tries to reach beyond itself.
    Unsafe,
    /// It can be read in several ways, and the user must say which.
    Ambiguous,
    /// An option is invalid.
    Usage,
    /// The output cannot be written.
    Write,
}

/// Why reading a source ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError(Box<Reason>);

/// The details of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The kind of error.
    pub kind: SourceErrorKind,
    /// The problem, in one line; for an ambiguity, the question.
    pub message: String,
    /// The place.
    pub at: At,
    /// The label at the place, for the excerpt.
    pub label: String,
    /// The rule, and other explanations.
    pub notes: Vec<String>,
    /// How to resolve it: for an ambiguity, the option that answers it.
    pub help: Option<String>,
}

impl SourceError {
    /// An error of this kind.
    pub fn new(kind: SourceErrorKind, at: At, message: impl Into<String>) -> Self {
        SourceError(Box::new(Reason {
            kind,
            message: message.into(),
            at,
            label: String::new(),
            notes: Vec::new(),
            help: None,
        }))
    }

    /// The source does not conform to its format.
    pub fn syntax(at: At, message: impl Into<String>) -> Self {
        SourceError::new(SourceErrorKind::Syntax, at, message)
    }

    /// The source is larger, deeper or more highly compressed than permitted.
    pub fn limit(at: At, message: impl Into<String>) -> Self {
        SourceError::new(SourceErrorKind::Limit, at, message)
    }

    /// The source tries to reach beyond itself.
    pub fn reaches_out(at: At, message: impl Into<String>) -> Self {
        SourceError::new(SourceErrorKind::Unsafe, at, message)
    }

    /// The source can be read in several ways; `option` chooses one: `--dates dmy or mdy`.
    pub fn ambiguous(at: At, question: impl Into<String>, option: impl Into<String>) -> Self {
        let mut refusal = SourceError::new(SourceErrorKind::Ambiguous, at, question);
        refusal.help = Some(option.into());
        refusal
    }

    /// The output cannot be written.
    pub fn write(error: &io::Error) -> Self {
        let at = At {
            file: "".into(),
            spot: Spot::Whole,
        };
        SourceError::new(SourceErrorKind::Write, at, words_of(error))
    }

    /// … with this label at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// … under this rule.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// … to be mended like this.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The error behind an I/O error: a `SourceError` passed through a reader unchanged, otherwise
    /// that the file cannot be read.
    pub fn of_io(error: io::Error, at: &At) -> Self {
        let words = words_of(&error);
        match error
            .into_inner()
            .map(<dyn std::error::Error + Send + Sync>::downcast::<SourceError>)
        {
            Some(Ok(refusal)) => *refusal,
            _ => SourceError::new(SourceErrorKind::Unreadable, at.clone(), words),
        }
    }

    /// The error as an I/O error of a reader; [`SourceError::of_io`] recovers it.
    pub fn into_io(self) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, self)
    }
}

impl Deref for SourceError {
    type Target = Reason;

    fn deref(&self) -> &Reason {
        &self.0
    }
}

impl DerefMut for SourceError {
    fn deref_mut(&mut self) -> &mut Reason {
        &mut self.0
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

impl std::error::Error for SourceError {}
