//! The spellings of a fact file, and writing its records one after the other.

use std::io;
use std::path::Path;

use serde::Serializer as _;
use serde::ser::SerializeMap as _;
use serde_json::{Map, Value};

use super::yaml;
use annals_model::{RecordKind, Vocabulary};

/// How a fact file is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// YAML.
    Yaml,
    /// One JSON object.
    Json,
    /// JSON Lines.
    JsonLines,
}

impl Spelling {
    /// The spelling that the ending says; YAML where it says none.
    pub fn of(file: Option<&Path>) -> Self {
        let ending = file
            .and_then(Path::extension)
            .and_then(|ending| ending.to_str());
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("json") => Spelling::Json,
            Some("jsonl") => Spelling::JsonLines,
            _ => Spelling::Yaml,
        }
    }

    /// How deep lists and objects may stand within each other in a value of a record: readers stop
    /// at 127, and the file and its lists count.
    pub(super) fn deepest(self) -> usize {
        match self {
            Spelling::JsonLines => 126,
            Spelling::Json => 125,
            Spelling::Yaml => 124,
        }
    }

    pub(super) fn ending(self) -> &'static str {
        match self {
            Spelling::Yaml => ".yaml",
            Spelling::Json => ".json",
            Spelling::JsonLines => ".jsonl",
        }
    }
}

/// Writes the records of a fact file. In YAML and JSON the records of a kind must come one after the
/// other; JSON Lines take any order.
pub struct RecordWriter {
    spelling: Spelling,
    before: Option<RecordKind>,
}

impl RecordWriter {
    /// A writer in one spelling.
    pub fn new(spelling: Spelling) -> Self {
        RecordWriter {
            spelling,
            before: None,
        }
    }

    /// Writes what comes before the first record.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn begin(&self, out: &mut dyn io::Write) -> io::Result<()> {
        match self.spelling {
            Spelling::Yaml => out.write_all(b"annals: 1\n"),
            Spelling::Json => out.write_all(b"{\"annals\":1"),
            Spelling::JsonLines => Ok(()),
        }
    }

    /// Writes a record: its fields, the id first if it has one.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn record(
        &mut self,
        out: &mut dyn io::Write,
        kind: RecordKind,
        fields: &Map<String, Value>,
    ) -> io::Result<()> {
        let before = self.before.replace(kind);
        match self.spelling {
            Spelling::Yaml => {
                if before != Some(kind) {
                    write!(out, "\n{}:\n", kind.plural())?;
                }
                out.write_all(yaml::record(kind, fields).as_bytes())
            }
            Spelling::Json => {
                match before {
                    Some(same) if same == kind => out.write_all(b",\n")?,
                    Some(_) => write!(out, "\n],\n\"{}\":[\n", kind.plural())?,
                    None => write!(out, ",\n\"{}\":[\n", kind.plural())?,
                }
                Ok(serde_json::to_writer(&mut *out, fields)?)
            }
            Spelling::JsonLines => {
                let mut line = serde_json::Serializer::new(&mut *out);
                let mut map = line.serialize_map(None)?;
                map.serialize_entry("type", kind.word())?;
                for (field, value) in fields {
                    map.serialize_entry(field, value)?;
                }
                map.end()?;
                out.write_all(b"\n")
            }
        }
    }

    /// Writes what comes after the last record.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn end(&self, out: &mut dyn io::Write) -> io::Result<()> {
        match (self.spelling, self.before) {
            (Spelling::Json, Some(_)) => out.write_all(b"\n]}\n"),
            (Spelling::Json, None) => out.write_all(b"}\n"),
            _ => Ok(()),
        }
    }
}
