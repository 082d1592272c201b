//! What every importer makes: records with ids that speak, and the account of what came.

mod ids;
mod record;
mod report;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use annals_export::facts::{RecordWriter, Spelling};
use annals_model::{RecordKind, Vocabulary};
use annals_source::bytes::Decoded;
use annals_source::{At, SourceError};

pub use record::{Evidence, Record, extra_key};
pub use report::{ImportReport, ReportForm, SameName};

use ids::Ids;

/// Where what is made goes.
pub struct Outputs<'o> {
    facts: &'o mut dyn io::Write,
    spelling: Spelling,
    report: Option<(&'o mut dyn io::Write, ReportForm)>,
    texts: Option<&'o mut dyn Texts>,
}

/// A folder for the plain texts of documents, beside the fact file.
pub trait Texts {
    /// Writes a text, and gives its path from the fact file: `facts-texts/report.txt`.
    ///
    /// # Errors
    /// When it cannot be written.
    fn write(&mut self, name: &str, text: &str) -> io::Result<String>;
}

impl<'o> Outputs<'o> {
    /// Facts in YAML.
    pub fn to(facts: &'o mut dyn io::Write) -> Self {
        Outputs {
            facts,
            spelling: Spelling::Yaml,
            report: None,
            texts: None,
        }
    }

    /// … in the spelling that the ending of this file says.
    #[must_use]
    pub fn spelled_as(mut self, file: Option<&Path>) -> Self {
        self.spelling = super::spelling_of(file);
        self
    }

    /// … with a report of each thing that was left out or changed.
    #[must_use]
    pub fn reporting(mut self, report: &'o mut dyn io::Write, form: ReportForm) -> Self {
        self.report = Some((report, form));
        self
    }

    /// … with a place for the texts of documents.
    #[must_use]
    pub fn with_texts(mut self, texts: &'o mut dyn Texts) -> Self {
        self.texts = Some(texts);
        self
    }
}

/// Said of a source whose encoding was recognised.
pub(crate) fn detected(encoding: &str) -> &'static str {
    match encoding {
        "windows-1252" => "read as Windows-1252, which was recognised and not said",
        "UTF-16LE" | "UTF-16BE" => "read as UTF-16, which was recognised and not said",
        _ => "read in an encoding that was recognised and not said",
    }
}

/// Takes the records of an import: each gets out as soon as its spelling allows (JSON Lines at once,
/// so that millions need no memory; YAML and JSON kind by kind at the end).
pub struct Builder<'o> {
    facts: &'o mut dyn io::Write,
    texts: Option<&'o mut dyn Texts>,
    writer: RecordWriter,
    at_once: bool,
    kept: BTreeMap<RecordKind, Vec<Map<String, Value>>>,
    ids: Ids,
    ledger: ImportReport,
    report: Option<(&'o mut dyn io::Write, ReportForm)>,
}

impl<'o> Builder<'o> {
    pub(super) fn new(outputs: Outputs<'o>) -> Result<Self, SourceError> {
        let writer = RecordWriter::new(outputs.spelling);
        let facts = outputs.facts;
        writer
            .begin(facts)
            .map_err(|error| SourceError::write(&error))?;
        Ok(Builder {
            facts,
            texts: outputs.texts,
            writer,
            at_once: outputs.spelling == Spelling::JsonLines,
            kept: BTreeMap::new(),
            ids: Ids::default(),
            ledger: ImportReport::default(),
            report: outputs.report,
        })
    }

    /// A new id from words: their slug, with a number where it is taken. The same sequence of calls
    /// gives the same ids.
    pub fn id(&mut self, kind: RecordKind, words: &str) -> String {
        self.ids.fresh(kind, words)
    }

    /// The id of the thing of this key, and whether it is new: actors by name, documents by address.
    /// Keys of different kinds are different.
    pub fn id_of(&mut self, kind: RecordKind, key: &str, words: &str) -> (String, bool) {
        self.ids.of(kind, key, words)
    }

    /// Keeps ids of words clear of `prefix-1`, `prefix-2` …: to be said before the first id.
    pub fn reserve(&mut self, prefix: &'static str) {
        self.ids.reserve(prefix);
    }

    /// The id `prefix-n`, which takes no memory: for millions of records that the source, or their
    /// row, numbers. The caller sees to it that no number comes twice, and has reserved
    /// the prefix.
    pub fn numbered(&mut self, prefix: &'static str, n: u64) -> String {
        self.ids.reserve(prefix);
        format!("{prefix}-{n}")
    }

    /// Takes a record.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, record: Record) -> Result<(), SourceError> {
        annals_watch::look();
        let (kind, fields) = record.into_parts();
        self.ledger.made(kind);
        if self.at_once {
            return self
                .writer
                .record(self.facts, kind, &fields)
                .map_err(|error| SourceError::write(&error));
        }
        self.kept.entry(kind).or_default().push(fields);
        Ok(())
    }

    /// The plain text of a document: it is written beside the facts, and the record gets its path and
    /// its SHA-256. The text must be as spans count it.
    ///
    /// # Errors
    /// When there is no place for texts, or it cannot be written.
    pub fn text(&mut self, document: &mut Record, text: &str) -> Result<(), SourceError> {
        let Some(texts) = &mut self.texts else {
            let error =
                io::Error::other("the texts of documents need a folder; give a place with -o FILE");
            return Err(SourceError::write(&error));
        };
        let name = format!("{}.txt", document.id().unwrap_or("text"));
        let path = texts
            .write(&name, text)
            .map_err(|error| SourceError::write(&error))?;
        let sum = format!("{:x}", Sha256::digest(text.as_bytes()));
        document.set("text", path);
        document.set("sha256", sum);
        Ok(())
    }

    /// One more of the source's own things came: `event`, `row`, `statement`.
    pub fn came(&mut self, what: &'static str) {
        annals_watch::look();
        self.ledger.came(what, 1);
    }

    /// Something was left out: where, what as a word of the source's, and why, which is counted.
    ///
    /// # Errors
    /// When the report cannot be written.
    pub fn left_out(&mut self, at: &At, what: &str, why: &'static str) -> Result<(), SourceError> {
        self.ledger.left_out(why);
        self.tell("left out", at, what, why)
    }

    /// The text of a source. Where its encoding was recognised and not known, that is told.
    ///
    /// # Errors
    /// When the report cannot be written.
    pub fn taken(&mut self, decoded: Decoded, at: &At) -> Result<String, SourceError> {
        if decoded.guessed {
            self.changed(at, decoded.encoding, detected(decoded.encoding))?;
        }
        Ok(decoded.text)
    }

    /// Something was kept, but not as it was: a date that was converted, an encoding recognised.
    ///
    /// # Errors
    /// When the report cannot be written.
    pub fn changed(&mut self, at: &At, what: &str, how: &'static str) -> Result<(), SourceError> {
        self.ledger.changed(how);
        self.tell("changed", at, what, how)
    }

    /// Some names of actors are likely of one, who is not made of them unasked.
    ///
    /// # Errors
    /// When the report cannot be written.
    pub(crate) fn likely_same(&mut self, at: &At, same: SameName) -> Result<(), SourceError> {
        let why = format!("likely the same as {}", same.may_be.join(" or "));
        for name in &same.names {
            self.tell("remark", at, name, &why)?;
        }
        self.ledger.likely_same(same);
        Ok(())
    }

    /// Something that the user must know is said after the import.
    pub(crate) fn notice(&mut self, words: String) {
        self.ledger.notice(words);
    }

    fn tell(&mut self, sort: &str, at: &At, what: &str, why: &str) -> Result<(), SourceError> {
        let Some((report, form)) = &mut self.report else {
            return Ok(());
        };
        report::entry(*report, *form, sort, at, what, why)
            .map_err(|error| SourceError::write(&error))
    }

    pub(super) fn finish(mut self) -> Result<ImportReport, SourceError> {
        let mut write = || -> io::Result<()> {
            for kind in RecordKind::ALL {
                for fields in self.kept.remove(kind).unwrap_or_default() {
                    self.writer.record(self.facts, *kind, &fields)?;
                }
            }
            self.writer.end(self.facts)
        };
        write().map_err(|error| SourceError::write(&error))?;
        if let Some((report, form)) = &mut self.report {
            report::end(*report, *form, &self.ledger)
                .map_err(|error| SourceError::write(&error))?;
        }
        Ok(self.ledger)
    }
}
