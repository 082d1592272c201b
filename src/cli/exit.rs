//! How the program ends, and why a command ends without its answer.

use std::io;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// There are findings of error level.
    Findings,
    /// Wrong usage.
    Usage,
    /// An input cannot be read or parsed, or an output cannot be written.
    Unreadable,
}

impl Exit {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Unreadable => 3,
        }
    }
}

/// Why a command ended without its answer.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What to tell the user, if they have not been told.
    pub(crate) message: Option<String>,
    pub(crate) exit: Exit,
}

impl Failure {
    pub(crate) fn usage(message: String) -> Self {
        Failure {
            message: Some(message),
            exit: Exit::Usage,
        }
    }

    pub(crate) fn quiet(exit: Exit) -> Self {
        Failure {
            message: None,
            exit,
        }
    }

    pub(crate) fn io(what: &str, error: &io::Error) -> Self {
        let words = error.to_string();
        let words = words.split(" (os error").next().unwrap_or(&words);
        Failure {
            message: Some(format!("{what}: {words}")),
            exit: Exit::Unreadable,
        }
    }
}
