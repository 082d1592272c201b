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
mod spelling;
pub mod yaml;

use std::io;
use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value};

use super::{Export, Exporter, Options, closure};
use annals_graph::View;
use annals_model::{DocumentId, RecordRef};
use annals_query::Dossier;

use ids::Ids;
pub(super) use ids::each_id;
pub use spelling::{RecordWriter, Spelling};

/// A fact file.
pub(super) static FORMAT: Exporter = Exporter {
    name: "facts",
    title: "a fact file: YAML, JSON Lines or (with --format facts) .json, for Annals and editors",
    extensions: &["yaml", "yml", "jsonl"],
    loses: "It has no comments and no faulty fields. Texts of documents are named, not included.",
    notes: "",
    options: &[],
    work: Export::stream(write),
};

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
    let mut lines = RecordWriter::new(spelling);
    lines.begin(out)?;
    for &record in &records {
        lines.record(out, record.kind(), &writer.fields(record))?;
    }
    lines.end(out)
}

struct Writer<'d, 'l> {
    dossier: &'d Dossier<'l>,
    ids: Ids,
    /// The folder of the file that is written.
    folder: Option<PathBuf>,
    spelling: Spelling,
}

impl Writer<'_, '_> {
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
                        annals_finding::shown(facts.str(*name)),
                        record.kind(),
                        annals_finding::shown(facts.id(record)),
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
