//! Proposals written: as facts, as spans, or each under its sentence.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Map, Value, json};

use super::asked::{Form, unreadable};
use super::input::Input;
use crate::Failure;
use crate::output::{Target, keep_out_of_snapshots};
use annals_draft::{Draft, Record, spans};
use annals_evidence::Text;
use annals_files::NewFile;

/// A text that was drafted.
pub(super) struct Drafted {
    pub(super) input: Input,
    pub(super) draft: Draft,
    pub(super) records: Vec<Record>,
    /// How many claims were left out: known, or not said.
    pub(super) left_out: usize,
}

/// The lists of records in facts, in their order.
const LISTS: &[(&str, &str)] = &[
    ("document", "documents"),
    ("actor", "actors"),
    ("relation", "relations"),
    ("claim", "claims"),
];

/// Writes all drafts to one place.
pub(super) fn all(out: &mut dyn Write, form: Form, drafted: &[Drafted]) -> io::Result<()> {
    match form {
        Form::Table => drafted.iter().try_for_each(|one| table(out, one)),
        Form::Jsonl => drafted
            .iter()
            .flat_map(|one| &one.records)
            .try_for_each(|record| line(out, record)),
        Form::Spans => drafted.iter().try_for_each(|one| {
            writeln!(
                out,
                "{}",
                spans(&one.input.name, &one.input.text, &one.draft)
            )
        }),
        Form::Json => {
            let mut facts = Map::new();
            facts.insert("annals".to_owned(), json!(1));
            for (list, records) in lists(drafted) {
                facts.insert(list.to_owned(), json!(records));
            }
            serde_json::to_writer_pretty(&mut *out, &facts)?;
            writeln!(out)
        }
        Form::Yaml => {
            // Every JSON object is a flow mapping of YAML.
            writeln!(out, "annals: 1")?;
            for (list, records) in lists(drafted) {
                writeln!(out, "{list}:")?;
                for record in records {
                    writeln!(out, "  - {}", Value::Object(record.clone()))?;
                }
            }
            Ok(())
        }
    }
}

fn line(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    writeln!(out)
}

/// The records by list, without their types.
fn lists(drafted: &[Drafted]) -> Vec<(&'static str, Vec<Record>)> {
    let records = || drafted.iter().flat_map(|one| &one.records);
    let lists = LISTS.iter().map(|(kind, list)| {
        let of_kind = records().filter(|record| record.get("type").is_some_and(|one| one == kind));
        let bare = of_kind.map(|record| {
            let mut record = record.clone();
            record.shift_remove("type");
            record
        });
        (*list, bare.collect::<Vec<Record>>())
    });
    lists.filter(|(_, records)| !records.is_empty()).collect()
}

/// Writes each draft to a file of its own; what stands there already stays, and what is new is added.
pub(super) fn folder(folder: &Path, drafted: &[Drafted]) -> Result<(), Failure> {
    keep_out_of_snapshots(folder)?;
    std::fs::create_dir_all(folder).map_err(|error| unreadable(folder, &error))?;
    for one in drafted.iter().filter(|one| !one.records.is_empty()) {
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
            for record in &one.records {
                line(&mut out, &relative(record, folder))?;
            }
            out.flush()
        };
        add().map_err(|error| unreadable(&path, &error))?;
        file.put(&path).map_err(|error| unreadable(&path, &error))?;
        if one.input.extracted {
            let text = folder.join(format!("{}.txt", one.input.name));
            Target::File(text).write(|out| out.write_all(one.input.text.as_str().as_bytes()))?;
        }
    }
    Ok(())
}

/// A record whose text is named as facts in this folder name it.
fn relative(record: &Record, folder: &Path) -> Record {
    let mut record = record.clone();
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

/// Each proposal under its sentence.
fn table(out: &mut dyn Write, one: &Drafted) -> io::Result<()> {
    let names: BTreeMap<&str, &str> = one
        .draft
        .actors
        .iter()
        .filter_map(|actor| Some((actor.known.as_deref()?, actor.name.as_str())))
        .collect();
    let proposed: BTreeMap<&str, &str> = one
        .records
        .iter()
        .filter(|record| record.get("type").is_some_and(|kind| kind == "actor"))
        .filter_map(|record| Some((record.get("id")?.as_str()?, record.get("name")?.as_str()?)))
        .collect();
    let mut claims: Vec<&Record> = one
        .records
        .iter()
        .filter(|record| record.get("type").is_some_and(|kind| kind == "claim"))
        .collect();
    claims.sort_by_key(|record| first_span(record));
    let mut last = None;
    for record in claims {
        let sentence = first_span(record)
            .map(|(start, end)| sentence(&one.input.text, start, end))
            .unwrap_or_default();
        if last.as_ref() != Some(&sentence) {
            writeln!(out, "\n{sentence}")?;
        }
        let word = |field: &str| record.get(field).and_then(Value::as_str).unwrap_or("");
        let speaker = record.get("speaker").and_then(|list| list[0].as_str());
        let speaker = speaker.map_or("speaker unknown", |id| {
            proposed
                .get(id)
                .or_else(|| names.get(id))
                .copied()
                .unwrap_or(id)
        });
        let said = record
            .get("said")
            .and_then(Value::as_str)
            .map(|said| format!(" · {said}"))
            .unwrap_or_default();
        writeln!(
            out,
            "    {speaker} · {}{said} · {}: {}",
            word("act"),
            word("x_confidence"),
            word("x_reason")
        )?;
        let pieces = record
            .get("evidence")
            .and_then(|list| list[0]["spans"].as_array());
        let pieces = pieces.into_iter().flatten().filter_map(|span| {
            let end = |at: usize| u32::try_from(span[at].as_u64()?).ok();
            one.input
                .text
                .slice(annals_evidence::Span::new(end(0)?, end(1)?))
        });
        let passage = pieces.collect::<Vec<_>>().join(" … ");
        writeln!(
            out,
            "      {}",
            passage.split_whitespace().collect::<Vec<_>>().join(" ")
        )?;
        last = Some(sentence);
    }
    Ok(())
}

fn first_span(record: &Record) -> Option<(u32, u32)> {
    let span = &record.get("evidence")?[0]["spans"][0];
    Some((
        u32::try_from(span[0].as_u64()?).ok()?,
        u32::try_from(span[1].as_u64()?).ok()?,
    ))
}

/// The sentence around a passage, on one line.
fn sentence(text: &Text, start: u32, end: u32) -> String {
    let around = text.sentence_around(annals_evidence::Span::new(start, end));
    text.slice(around)
        .unwrap_or("")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
