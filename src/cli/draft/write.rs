//! Proposals written: as facts, as spans, or each under its sentence.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::asked::{Form, unreadable};
use super::input::Input;
use super::table;
use crate::Failure;
use crate::output::{Target, keep_out_of_snapshots};
use annals_draft::{Draft, Known, Proposals, Record, Source, spans};
use annals_files::NewFile;

/// A text that was read.
pub(super) struct Read {
    pub(super) input: Input,
    pub(super) draft: Draft,
    /// Its document.
    pub(super) source: Source,
    pub(super) known: Vec<Known>,
}

/// A text with what is proposed from it.
pub(super) struct Drafted<'r> {
    pub(super) input: &'r Input,
    pub(super) draft: &'r Draft,
    pub(super) proposals: Proposals<'r>,
}

impl<'r> Drafted<'r> {
    pub(super) fn new(read: &'r Read) -> Self {
        let Read {
            input,
            draft,
            source,
            known,
        } = read;
        Drafted {
            input,
            draft,
            proposals: Proposals::new(draft, &input.text, source, known),
        }
    }

    /// Passes on each record. They are made one by one: together they would be longer than the text.
    pub(super) fn each<E>(&self, mut each: impl FnMut(Record) -> Result<(), E>) -> Result<(), E> {
        let page_of = |bytes| annals_plain_text::page_of(&self.input.pages, bytes);
        let mut records = self.proposals.records(&page_of);
        records.try_for_each(&mut each)
    }
}

/// The lists of records in facts, in their order.
const LISTS: &[(&str, &str)] = &[
    ("document", "documents"),
    ("actor", "actors"),
    ("relation", "relations"),
    ("event", "events"),
    ("claim", "claims"),
    ("order", "orders"),
];

/// Writes all drafts to one place.
pub(super) fn all(out: &mut dyn Write, form: Form, drafted: &[Drafted<'_>]) -> io::Result<()> {
    match form {
        Form::Table => drafted.iter().try_for_each(|one| table::table(out, one)),
        Form::Jsonl => drafted
            .iter()
            .try_for_each(|one| one.each(|record| line(out, &record))),
        Form::Spans => drafted.iter().try_for_each(|one| {
            spans(out, &one.input.name, &one.input.text, one.draft)?;
            writeln!(out)
        }),
        Form::Json => {
            write!(out, "{{\n  \"annals\": 1")?;
            lists(drafted, |list, number, record| {
                let begin = match (list, number) {
                    (Some(list), _) => format!(",\n  \"{list}\": [\n    "),
                    (None, 0) => "\n  ]".to_owned(),
                    (None, _) => ",\n    ".to_owned(),
                };
                out.write_all(begin.as_bytes())?;
                record.map_or(Ok(()), |record| {
                    Ok(serde_json::to_writer(&mut *out, &record)?)
                })
            })?;
            writeln!(out, "\n}}")
        }
        Form::Yaml => {
            // Every JSON object is a flow mapping of YAML.
            writeln!(out, "annals: 1")?;
            lists(drafted, |list, _, record| {
                if let Some(list) = list {
                    writeln!(out, "{list}:")?;
                }
                record.map_or(Ok(()), |record| {
                    writeln!(out, "  - {}", Value::Object(record))
                })
            })
        }
    }
}

fn line(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    writeln!(out)
}

/// Passes on the records list by list, without their types: the name of a list with its first record, then the
/// others with how many came before, last that it ends.
fn lists(
    drafted: &[Drafted<'_>],
    mut each: impl FnMut(Option<&str>, usize, Option<Record>) -> io::Result<()>,
) -> io::Result<()> {
    for (kind, list) in LISTS {
        let mut number = 0;
        for one in drafted {
            one.each(|mut record| {
                if record.get("type").is_none_or(|one| one != kind) {
                    return Ok(());
                }
                record.shift_remove("type");
                let begins = (number == 0).then_some(*list);
                each(begins, number, Some(record))?;
                number += 1;
                io::Result::Ok(())
            })?;
        }
        if number > 0 {
            each(None, 0, None)?;
        }
    }
    Ok(())
}

/// Writes each draft to a file of its own; what stands there already stays, and what is new is added.
pub(super) fn folder(folder: &Path, drafted: &[Drafted<'_>]) -> Result<(), Failure> {
    keep_out_of_snapshots(folder)?;
    std::fs::create_dir_all(folder).map_err(|error| unreadable(folder, &error))?;
    let home = home(folder);
    let any = |one: &&Drafted<'_>| one.proposals.counts() != [0; 4];
    for one in drafted.iter().filter(any) {
        let path = folder.join(format!("{}.jsonl", one.input.name));
        let earlier = if path.exists() {
            annals_files::read_own_text(&path, 1 << 30)
                .map_err(|error| unreadable(&path, &error))?
        } else {
            String::new()
        };
        // What stands there was read, to propose only what is new; it is kept, and so may be written.
        let mut file = NewFile::beside(&path).map_err(|error| unreadable(&path, &error))?;
        let mut add = || {
            let mut out = io::BufWriter::new(&mut file);
            out.write_all(earlier.as_bytes())?;
            if !earlier.is_empty() && !earlier.ends_with('\n') {
                writeln!(out)?;
            }
            one.each(|record| line(&mut out, &relative(record, &home)))?;
            out.flush()
        };
        add().map_err(|error| unreadable(&path, &error))?;
        file.put(&path).map_err(|error| unreadable(&path, &error))?;
        if one.input.extracted {
            let text = home.join(format!("{}.txt", one.input.name));
            Target::File(text).write(|out| out.write_all(one.input.text.as_str().as_bytes()))?;
        }
    }
    Ok(())
}

/// The folder of the facts that drafts become: that of the dossier for its own drafts, in which a text is
/// found when they are accepted; else that of the drafts.
fn home(drafts: &Path) -> PathBuf {
    let of_dossier = drafts.ends_with(".annals/drafts").then(|| {
        let whole = drafts.canonicalize().ok()?;
        Some(whole.parent()?.parent()?.to_owned())
    });
    of_dossier.flatten().unwrap_or_else(|| drafts.to_owned())
}

/// A record whose text is named as facts in this folder name it.
fn relative(mut record: Record, folder: &Path) -> Record {
    let is_document = record.get("type").is_some_and(|kind| kind == "document");
    if is_document && let Some(Value::String(text)) = record.get("text") {
        // Facts may only use texts in their own folder; others are found by name, with --texts.
        let inside = folder.canonicalize().ok().and_then(|folder| {
            let text = Path::new(text).canonicalize().ok()?;
            text.strip_prefix(&folder).ok().map(Path::to_owned)
        });
        let name = Path::new(text)
            .file_name()
            .map(Path::new)
            .map(Path::to_owned);
        if let Some(path) = inside.or(name) {
            record.insert(
                "text".to_owned(),
                path.to_string_lossy().into_owned().into(),
            );
        }
    }
    record
}
