//! `facts`: a selection as a fact file, in the spelling that the file's ending says: YAML (also on
//! standard output), JSON Lines, or one JSON object. Read again, it gives an equal graph.
//!
//! - The selected records come with all that they refer to, and with the orders between these, so
//!   that no reference leads nowhere.
//! - Every record has its id. One without an id of its own is written with the name of its place
//!   (`kyiv.yaml#claims/3`), so that it is called as before.
//! - The path of a document's text is made relative to the file that is written, if the text lies in
//!   that file's folder or below; else it stays as written, and `--texts` says where to look.
//! - Faulty fields, which reading left out, are not there; words of one's own need their
//!   `annals.toml` again.

mod ids;
mod yaml;

use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value};

use super::{Exporter, Options, Writes, closure};
use crate::graph::View;
use crate::model::{DocumentId, RecordRef, Vocabulary};
use crate::query::Dossier;

use ids::Ids;
pub(super) use ids::each_id;

/// A fact file.
pub(super) struct Facts;

/// How a fact file is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Yaml,
    Json,
    JsonLines,
}

impl Spelling {
    /// The spelling that the ending says; YAML where it says none.
    fn of(file: Option<&Path>) -> Self {
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
    fn deepest(self) -> usize {
        match self {
            Spelling::JsonLines => 126,
            Spelling::Json => 125,
            Spelling::Yaml => 124,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Spelling::Yaml => ".yaml",
            Spelling::Json => ".json",
            Spelling::JsonLines => ".jsonl",
        }
    }
}

impl Exporter for Facts {
    fn name(&self) -> &'static str {
        "facts"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["yaml", "yml", "jsonl"]
    }

    fn title(&self) -> &'static str {
        "a fact file: YAML, JSON Lines or (with --format facts) .json, for Annals and editors"
    }

    fn cannot_hold(&self) -> &'static str {
        "It has neither comments nor fields at fault; texts of documents are named, not held."
    }

    fn writes(&self) -> Writes {
        Writes::Stream(write)
    }
}

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let records = closure::records(dossier, view);
    let spelling = Spelling::of(options.file.as_deref());
    let writer = Writer {
        dossier,
        ids: Ids::of(dossier.facts(), &records),
        folder: options.file.as_deref().map(folder_of),
        spelling,
    };
    for &record in &records {
        writer.check_depth(record)?;
    }
    match spelling {
        Spelling::Yaml => writer.yaml(&records, out),
        Spelling::Json => writer.json(&records, out),
        Spelling::JsonLines => writer.json_lines(&records, out),
    }
}

struct Writer<'d, 'l> {
    dossier: &'d Dossier<'l>,
    ids: Ids,
    /// The folder of the file that is written.
    folder: Option<PathBuf>,
    spelling: Spelling,
}

impl Writer<'_, '_> {
    fn yaml(&self, records: &BTreeSet<RecordRef>, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"annals: 1\n")?;
        let mut before = None;
        for &record in records {
            let kind = record.kind();
            if before != Some(kind) {
                write!(out, "\n{}:\n", kind.plural())?;
                before = Some(kind);
            }
            out.write_all(yaml::record(kind, &self.fields(record)).as_bytes())?;
        }
        Ok(())
    }

    fn json(&self, records: &BTreeSet<RecordRef>, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"{\"annals\":1")?;
        let mut before = None;
        for &record in records {
            let kind = record.kind();
            match before {
                Some(same) if same == kind => out.write_all(b",\n")?,
                Some(_) => write!(out, "\n],\n\"{}\":[\n", kind.plural())?,
                None => write!(out, ",\n\"{}\":[\n", kind.plural())?,
            }
            before = Some(kind);
            serde_json::to_writer(&mut *out, &self.fields(record))?;
        }
        let end: &[u8] = if before.is_some() { b"\n]}\n" } else { b"}\n" };
        out.write_all(end)
    }

    fn json_lines(&self, records: &BTreeSet<RecordRef>, out: &mut dyn io::Write) -> io::Result<()> {
        for &record in records {
            let kind = record.kind();
            let mut line = Map::from_iter([("type".to_owned(), kind.word().into())]);
            line.extend(self.fields(record));
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// The fields of a record, with its id and without values that say nothing.
    fn fields(&self, record: RecordRef) -> Map<String, Value> {
        let facts = self.dossier.facts();
        let mut fields = facts.written(record);
        fields.shift_insert(0, "id".to_owned(), facts.id(record).into());
        self.ids.put_into(record, &mut fields);
        if let RecordRef::Document(id) = record
            && let Some(path) = self.text_below(id)
        {
            fields.insert("text".to_owned(), path.into());
        }
        if let Some(Value::Array(ignores)) = fields.get_mut("ignore") {
            let each = ignores.iter_mut().filter_map(Value::as_object_mut);
            each.for_each(|ignore| ignore.retain(|_, value| !value.is_null()));
        }
        fields
    }

    /// The path of a document's text from the file that is written, if it lies below its folder.
    fn text_below(&self, document: DocumentId) -> Option<String> {
        let facts = self.dossier.facts();
        // A document that is found by its sum alone needs no path.
        facts[document].text?;
        let (file, _) = self.dossier.loaded.texts.get(document)?;
        let text = plain(Path::new(&facts.files[file.index()].name))?;
        let below = text.strip_prefix(plain(self.folder.as_deref()?)?).ok()?;
        Some(below.to_str()?.replace('\\', "/"))
    }

    /// Values of fields of one's own may stand deeper within each other than a spelling can hold.
    fn check_depth(&self, record: RecordRef) -> io::Result<()> {
        let facts = self.dossier.facts();
        let Some(more) = facts.more(record).filter(|more| !more.extra.is_empty()) else {
            return Ok(());
        };
        for (name, value) in facts.list(more.extra) {
            if depth(facts.str(*value)) > self.spelling.deepest() {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!(
                        "the field {} of {} {} is nested deeper than {} can hold; .jsonl can",
                        crate::finding::shown(facts.str(*name)),
                        record.kind(),
                        crate::finding::shown(facts.id(record)),
                        self.spelling.ending(),
                    ),
                ));
            }
        }
        Ok(())
    }
}

/// How deep lists and objects stand within each other in a JSON text.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut quoted) = (0_usize, 0, false);
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if quoted => {
                bytes.next();
            }
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).to_owned()
}

/// The path without `.` in it; `None` where `..` makes it lead elsewhere than its words say.
fn plain(path: &Path) -> Option<PathBuf> {
    let leads_up = path.components().any(|part| part == Component::ParentDir);
    let parts = path.components().filter(|part| *part != Component::CurDir);
    (!leads_up).then(|| parts.collect())
}
