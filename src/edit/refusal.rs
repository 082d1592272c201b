//! Why nothing was changed.

use std::fmt;

use annals_finding::shown;

use crate::change::Conflict;

/// Why nothing was changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// What was asked for makes no sense, or names what is not there.
    Asked(String),
    /// A file that may not be written to, or not in this way.
    File {
        /// The file, as messages show it.
        file: String,
        /// The line and column, from 1, where they are known.
        at: Option<(usize, usize)>,
        /// Why.
        why: String,
    },
    /// The words are not in the text, or not in one place.
    Quote(String),
    /// The record became another since it was seen.
    Conflict(Conflict),
    /// The file became another since the plan was made.
    Changed {
        /// The file, as messages show it.
        file: String,
    },
    /// A file cannot be read or written.
    Disk {
        /// The file, as messages show it.
        file: String,
        /// What the system says.
        why: String,
    },
}

impl Refusal {
    pub(crate) fn file(file: &str, why: impl Into<String>) -> Self {
        Refusal::File {
            file: file.to_owned(),
            at: None,
            why: why.into(),
        }
    }

    pub(crate) fn disk(file: &str, error: &std::io::Error) -> Self {
        Refusal::Disk {
            file: file.to_owned(),
            why: annals_files::words_of(error),
        }
    }
}

/// The name of a file as a message shows it, with all characters that steer escaped.
fn path(file: &str) -> String {
    annals_finding::shown_path(std::path::Path::new(file))
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Asked(words) | Refusal::Quote(words) => f.write_str(words),
            Refusal::File { file, at, why } => {
                f.write_str(&path(file))?;
                if let Some((line, column)) = at {
                    write!(f, ":{line}:{column}")?;
                }
                write!(f, ": {why}")
            }
            Refusal::Conflict(conflict) => {
                let (record, file) = (shown(&conflict.record), path(&conflict.file));
                write!(f, "{record} has changed in {file} since it was read:")?;
                for one in &conflict.fields {
                    let [seen, now, yours] =
                        [&one.seen, &one.now, &one.yours].map(|value| shown(&value.to_string()));
                    let field = shown(&one.field);
                    write!(f, "\n  {field}: was {seen}, is {now}, yours {yours}")?;
                }
                Ok(())
            }
            Refusal::Changed { file } => {
                write!(f, "{} changed meanwhile; nothing was written", path(file))
            }
            Refusal::Disk { file, why } => {
                write!(f, "{}: {why}; nothing was written", path(file))
            }
        }
    }
}

impl std::error::Error for Refusal {}
