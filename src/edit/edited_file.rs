//! A fact file that is being changed, step by step, in memory.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::lines;
use crate::pieces::{Pieces, Replacement, replaced};
use crate::reading_back::{self, PlaceNames};
use crate::refusal::Refusal;
use crate::spelling::{SpelledFile, Step};
use annals_load::{WrittenFile, WrittenRecord, written_records};
use annals_model::{FileKind, OwnWords, RecordKind, Vocabulary as _};

/// The most bytes of a file that is changed.
const LARGEST: u64 = annals_files::HELD;

/// A fact file that is being changed.
#[derive(Debug)]
pub(crate) struct EditedFile {
    /// Its name, as messages show it.
    pub(crate) name: String,
    /// What records without an id are named after.
    pub(crate) short: String,
    pub(crate) path: PathBuf,
    kind: FileKind,
    /// The text on disk; `None` where there is none yet.
    before: Option<String>,
    text: String,
    read: WrittenFile,
    pieces: Pieces,
    own_words: OwnWords,
}

/// The SHA-256 of a text, in hexadecimal digits.
pub(crate) fn sum_of(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

impl EditedFile {
    /// Reads a file. What cannot be read whole is not changed.
    pub(crate) fn of_disk(
        name: &str,
        short: &str,
        path: &Path,
        own_words: &OwnWords,
    ) -> Result<EditedFile, Refusal> {
        let bytes = annals_files::read(path, LARGEST);
        let bytes = bytes.map_err(|error| Refusal::disk(name, &error))?;
        let Ok(text) = String::from_utf8(bytes) else {
            return Err(Refusal::file(name, "it is not text in UTF-8"));
        };
        EditedFile::of_text(name, short, path, Some(text), own_words)
    }

    /// A file that is not there yet.
    pub(crate) fn new(
        name: &str,
        path: &Path,
        own_words: &OwnWords,
    ) -> Result<EditedFile, Refusal> {
        EditedFile::of_text(name, name, path, None, own_words)
    }

    /// The same with this text.
    pub(crate) fn of_text(
        name: &str,
        short: &str,
        path: &Path,
        before: Option<String>,
        own_words: &OwnWords,
    ) -> Result<EditedFile, Refusal> {
        let text = before.clone().unwrap_or_else(|| empty(name).to_owned());
        let kind = kind_of(name);
        let read = written_records(name, text.as_bytes(), own_words);
        let (Some(kind), Some(read)) = (kind, read) else {
            let why = "it is not a fact file in YAML, JSON, JSON Lines, CSV or TSV";
            return Err(Refusal::file(name, why));
        };
        if before.is_some()
            && !read.is_whole
            && !text.trim_start_matches('\u{feff}').trim().is_empty()
        {
            let why = "it can only be read in part, and is left as it is; correct what cannot be \
                       read first (annals check shows it)";
            return Err(Refusal::file(name, why));
        }
        Ok(EditedFile {
            name: name.to_owned(),
            short: short.to_owned(),
            path: path.to_owned(),
            kind,
            pieces: Pieces::of(before.as_deref().unwrap_or_default().len()),
            before,
            text,
            read,
            own_words: own_words.clone(),
        })
    }

    /// The text on disk.
    pub(crate) fn before(&self) -> Option<&str> {
        self.before.as_deref()
    }

    /// The text as it is by now.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The records as they are by now.
    pub(crate) fn records(&self) -> &[WrittenRecord] {
        &self.read.records
    }

    /// What takes the place of what, in the text on disk.
    pub(crate) fn replacements(&self) -> Vec<Replacement> {
        match self.before {
            Some(_) => self.pieces.replacements(),
            None => vec![Replacement::insertion(0, self.text.clone())],
        }
    }

    /// The number of the record of this id, or of this place.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        let mut records = self.read.records.iter();
        records.position(|record| self.name_of(record) == id)
    }

    /// The id of a record, or the name of its place.
    pub(crate) fn name_of(&self, record: &WrittenRecord) -> String {
        record
            .id()
            .unwrap_or_else(|| format!("{}#{}/{}", self.short, record.kind.plural(), record.nth))
    }

    /// The fields of a record as they are by now.
    pub(crate) fn fields(&self, record: usize) -> Map<String, Value> {
        let fields = reading_back::fields_of(&self.read.records[record]);
        let mut fields = fields.unwrap_or_default();
        if fields
            .get("type")
            .is_some_and(|word| word == self.read.records[record].kind.word())
        {
            fields.shift_remove("type");
        }
        fields
    }

    /// The line of a record, from 1.
    pub(crate) fn line_of(&self, record: usize) -> usize {
        lines::number(&self.text, self.read.records[record].offset)
    }

    /// Whether a record of this kind from this number on has no id, so that its name would move with others.
    pub(crate) fn has_unnamed(&self, kind: RecordKind, from: usize) -> bool {
        let rest = self.read.records.iter().skip(from);
        let mut of_kind = rest.filter(|record| record.kind == kind);
        of_kind.any(|record| record.id().is_none())
    }

    /// Makes a change, if one of the ways to make it says exactly what is meant; gives the number of the
    /// record.
    pub(crate) fn change(&mut self, step: &Step<'_>, names: PlaceNames) -> Result<usize, Refusal> {
        let candidates = SpelledFile {
            name: &self.name,
            kind: self.kind,
            text: &self.text,
            read: &self.read,
        }
        .candidates(step);
        let candidates = candidates.map_err(|why| self.refused(step, why))?;
        for (nth, mut candidate) in candidates.iter().cloned().enumerate() {
            if candidates[..nth].contains(&candidate) {
                continue;
            }
            candidate.sort_by_key(|one| (one.range.start, one.range.end));
            let Some(text) = replaced(&self.text, &candidate) else {
                continue;
            };
            let Some(read) = self.read_again(&candidate, &text) else {
                continue;
            };
            if let Some(record) = reading_back::holds(step, &self.read, &read, names) {
                self.pieces.replace(&candidate);
                self.text = text;
                self.read = read;
                return Ok(record);
            }
        }
        let why = "this cannot be written here so that it reads as meant and nothing else changes; \
                   nothing was written";
        Err(self.refused(step, why.to_owned()))
    }

    /// Reads the text after a change; of JSON Lines, which may be many, the lines that it touches.
    fn read_again(&self, change: &[Replacement], text: &str) -> Option<WrittenFile> {
        let touched = change.first().zip(change.last());
        let Some((first, last)) = touched.filter(|_| self.kind == FileKind::JsonLines) else {
            return written_records(&self.name, text.as_bytes(), &self.own_words);
        };
        let old = self.text.as_str();
        let start = old[..first.range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = old[last.range.end..].find('\n');
        let end = end.map_or(old.len(), |at| last.range.end + at + 1);
        let moved = |at: usize| at + text.len() - old.len();
        let lines = text.get(start..moved(end))?;
        let read = written_records(&self.name, lines.as_bytes(), &self.own_words)?;
        let known = &self.read.records;
        let before = known.iter().filter(|record| record.offset < start).cloned();
        let between = read.records.into_iter().map(|record| WrittenRecord {
            offset: record.offset + start,
            ..record
        });
        let after = known.iter().filter(|record| record.offset >= end);
        let after = after.map(|record| WrittenRecord {
            offset: moved(record.offset),
            ..record.clone()
        });
        let mut records: Vec<WrittenRecord> = before.chain(between).chain(after).collect();
        // Those without an id are named after how many of their kind stand before them.
        let mut counts = [0; 8];
        for record in &mut records {
            counts[record.kind as usize] += 1;
            record.nth = counts[record.kind as usize];
        }
        Some(WrittenFile {
            records,
            findings: read.findings,
            is_whole: read.is_whole,
        })
    }

    fn refused(&self, step: &Step<'_>, why: String) -> Refusal {
        let offset = match step {
            Step::Insert(new) => new.after,
            Step::Put { record, .. } | Step::Remove { record } => {
                Some(self.read.records[*record].offset)
            }
        };
        let at = offset.map(|offset| {
            let column = lines::column(&self.text, offset) + 1;
            (lines::number(&self.text, offset), column)
        });
        Refusal::File {
            file: self.name.clone(),
            at,
            why,
        }
    }
}

/// The spelling that the ending of a name says.
fn kind_of(name: &str) -> Option<FileKind> {
    let ending = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "yaml" | "yml" => Some(FileKind::Yaml),
        "json" => Some(FileKind::Json),
        "jsonl" => Some(FileKind::JsonLines),
        "csv" | "tsv" => Some(FileKind::Table),
        _ => None,
    }
}

/// What a new file begins with.
fn empty(name: &str) -> &'static str {
    match kind_of(name) {
        Some(FileKind::Json) => "{\n  \"annals\": 1\n}\n",
        Some(FileKind::Yaml) => "annals: 1\n",
        _ => "",
    }
}
