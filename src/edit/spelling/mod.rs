//! The bytes that a change takes, in each spelling of facts.
//!
//! Each spelling proposes one or several ways to make a change; which of them says what was meant, and
//! leaves all else as it is, is found by reading the result ([`crate::reading_back`]).

mod brackets;
mod differences;
mod json;
mod json_lines;
mod step;
mod table;
mod yaml;

use annals_load::{WrittenFile, WrittenRecord};
use annals_model::FileKind;

pub(crate) use step::{Candidates, Insertion, Step};

/// A file whose records are known.
#[derive(Debug)]
pub(crate) struct SpelledFile<'f> {
    pub(crate) name: &'f str,
    pub(crate) kind: FileKind,
    pub(crate) text: &'f str,
    pub(crate) read: &'f WrittenFile,
}

impl SpelledFile<'_> {
    /// The ways to make a change.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn candidates(&self, step: &Step<'_>) -> Result<Candidates, String> {
        let (text, records) = (self.text, &self.read.records);
        match step {
            Step::Insert(new) => match self.kind {
                FileKind::Yaml => yaml::insert(text, new),
                FileKind::Json => json::insert(text, new),
                FileKind::JsonLines => Ok(json_lines::insert(text, records, new)),
                FileKind::Table => table::insert(text, self.name, records, new),
                FileKind::Book | FileKind::Text => Err(READ_ONLY.to_owned()),
            },
            Step::Put {
                record,
                field,
                value,
            } => {
                let WrittenRecord { kind, offset, .. } = self.read.records[*record];
                match self.kind {
                    FileKind::Yaml => yaml::put(text, offset, kind, field, value),
                    FileKind::Json => json::put(text, offset, kind, field, value),
                    FileKind::JsonLines => json_lines::put(text, offset, kind, field, value),
                    FileKind::Table => table::put(text, self.name, offset, field, value),
                    FileKind::Book | FileKind::Text => Err(READ_ONLY.to_owned()),
                }
            }
            Step::Remove { record } => {
                let offset = self.read.records[*record].offset;
                match self.kind {
                    FileKind::Yaml => yaml::remove(text, offset),
                    FileKind::Json => json::remove(text, offset),
                    FileKind::JsonLines => Ok(json_lines::remove(text, offset)),
                    FileKind::Table => table::remove(text, self.name, offset),
                    FileKind::Book | FileKind::Text => Err(READ_ONLY.to_owned()),
                }
            }
        }
    }
}

const READ_ONLY: &str =
    "workbooks are read, not written; save the sheet as CSV, or choose another file";
