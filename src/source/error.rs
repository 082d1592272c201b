//! Why a source is not read, in words for whoever wants it read.

use std::fmt;
use std::io;
use std::ops::{Deref, DerefMut};

use super::{At, Spot};

/// What sort of refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// It cannot be opened or read.
    Unreadable,
    /// It is not what its format says.
    Syntax,
    /// It is larger, deeper or more tightly packed than is read.
    Limit,
    /// It tries to reach beyond itself.
    Unsafe,
    /// It can be read in several ways, and the user must say which.
    Ambiguous,
    /// An option says what cannot be.
    Usage,
    /// What was to be written cannot be.
    Write,
}

/// Why reading a source ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError(Box<Reason>);

/// What there is to say of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What sort.
    pub sort: Sort,
    /// What is wrong, in one line; for an ambiguity, the question.
    pub message: String,
    /// Where.
    pub at: At,
    /// What stands there, for the drawing.
    pub label: String,
    /// The rule, and what else helps to understand.
    pub notes: Vec<String>,
    /// What to do about it: for an ambiguity, the option that answers it.
    pub help: Option<String>,
}

impl SourceError {
    /// A refusal of this sort.
    pub fn new(sort: Sort, at: At, message: impl Into<String>) -> Self {
        SourceError(Box::new(Reason {
            sort,
            message: message.into(),
            at,
            label: String::new(),
            notes: Vec::new(),
            help: None,
        }))
    }

    /// The source is not what its format says.
    pub fn syntax(at: At, message: impl Into<String>) -> Self {
        SourceError::new(Sort::Syntax, at, message)
    }

    /// The source is larger, deeper or more tightly packed than is read.
    pub fn limit(at: At, message: impl Into<String>) -> Self {
        SourceError::new(Sort::Limit, at, message)
    }

    /// The source tries to reach beyond itself.
    pub fn reaches_out(at: At, message: impl Into<String>) -> Self {
        SourceError::new(Sort::Unsafe, at, message)
    }

    /// The source can be read in several ways; `option` says which is meant: `--dates dmy or mdy`.
    pub fn ambiguous(at: At, question: impl Into<String>, option: impl Into<String>) -> Self {
        let mut refusal = SourceError::new(Sort::Ambiguous, at, question);
        refusal.help = Some(option.into());
        refusal
    }

    /// What was to be written cannot be.
    pub fn write(error: &io::Error) -> Self {
        let at = At {
            file: "".into(),
            spot: Spot::Whole,
        };
        SourceError::new(Sort::Write, at, words_of(error))
    }

    /// … with these words at the place.
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

    /// What reading gave in place of bytes: a refusal that came through a reader as it was, else
    /// that the file cannot be read.
    pub fn of_io(error: io::Error, at: &At) -> Self {
        let words = words_of(&error);
        match error
            .into_inner()
            .map(<dyn std::error::Error + Send + Sync>::downcast::<SourceError>)
        {
            Some(Ok(refusal)) => *refusal,
            _ => SourceError::new(Sort::Unreadable, at.clone(), words),
        }
    }

    /// The refusal as the error of a reader; [`SourceError::of_io`] gets it back.
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

/// What the system says, without its error number.
fn words_of(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => {
            let words = error.to_string();
            let words = words.split(" (os error").next().unwrap_or(&words);
            words.to_owned()
        }
    }
}
