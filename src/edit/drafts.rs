//! Drafts: proposals that count for nothing until a person accepts them. They lie in
//! `.annals/drafts/*.jsonl`, which no command reads as facts.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use annals_files::NewFile;
use serde_json::{Map, Value};

use crate::canonical;
use crate::change::Change;
use crate::edited_file::sum_of;
use crate::refusal::Refusal;
use crate::scope::{Scope, shown};
use annals_evidence::Span;
use annals_finding::Severity;
use annals_load::{LoadResult, written_records};
use annals_model::{Facts, Field, RecordKind, RecordRef, Shape, Vocabulary as _};

/// The file of what was rejected.
pub const REJECTED: &str = "rejected.jsonl";
/// The most bytes of a file of drafts, and of one draft.
const LARGEST: u64 = 64 << 20;
const LONGEST: usize = 256 << 10;

/// A proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The file in which it lies.
    pub path: PathBuf,
    /// Its line there, from 1.
    pub line: usize,
    /// What it is known by: the SHA-256 of what it proposes.
    pub key: String,
    /// The kind of the record.
    pub kind: RecordKind,
    /// Its fields, `x_by` (who or which program made it) and `x_from` among them.
    pub fields: Map<String, Value>,
}

/// The drafts of a dossier, and how many lines of their files are none.
#[derive(Debug, Clone, Default)]
pub struct Drafts {
    /// The drafts, by file and line.
    pub all: Vec<Draft>,
    /// Lines that cannot be read: file and line.
    pub unread: Vec<(PathBuf, usize)>,
}

/// How many drafts were added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AddedDrafts {
    /// New ones.
    pub new: usize,
    /// Ones that are there already.
    pub known: usize,
    /// Ones that were rejected before, and do not come again.
    pub rejected: usize,
}

/// What a draft proposes, whoever made it and whatever its id.
fn key(kind: RecordKind, fields: &Map<String, Value>) -> String {
    let mut plain = fields.clone();
    for name in ["id", "type", "x_by", "x_from", "x_reason"] {
        plain.shift_remove(name);
    }
    let value = canonical::record(kind, &Value::Object(plain));
    sum_of(format!("{} {value}", kind.word()).as_bytes())
}

fn folder(scope: &Scope) -> PathBuf {
    scope.home().join("drafts")
}

/// Reads the drafts of a dossier.
///
/// # Errors
/// If a file cannot be read.
pub fn read(scope: &Scope) -> Result<Drafts, Refusal> {
    let mut drafts = Drafts::default();
    for path in files(scope)? {
        if path.file_name().is_some_and(|name| name == REJECTED) {
            continue;
        }
        read_file(&path, &mut drafts)?;
    }
    Ok(drafts)
}

/// The drafts that were rejected.
///
/// # Errors
/// If the file cannot be read.
pub fn rejected(scope: &Scope) -> Result<Drafts, Refusal> {
    let mut drafts = Drafts::default();
    let path = folder(scope).join(REJECTED);
    if path.exists() {
        read_file(&path, &mut drafts)?;
    }
    Ok(drafts)
}

/// The files of drafts, in order of their names.
fn files(scope: &Scope) -> Result<Vec<PathBuf>, Refusal> {
    let folder = folder(scope);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Refusal::disk(&shown(&folder), &error)),
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        !hidden && path.extension().is_some_and(|ending| ending == "jsonl")
    });
    paths.sort();
    Ok(paths)
}

fn text_of(path: &Path) -> Result<String, Refusal> {
    let text = annals_files::read_own_text(path, LARGEST);
    text.map_err(|error| Refusal::disk(&shown(path), &error))
}

fn read_file(path: &Path, drafts: &mut Drafts) -> Result<(), Refusal> {
    for (nth, line) in text_of(path)?.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match draft(path, nth + 1, line) {
            Some(draft) => drafts.all.push(draft),
            None => drafts.unread.push((path.to_owned(), nth + 1)),
        }
    }
    Ok(())
}

/// The record of a line of JSON Lines; `None` where it is none.
pub fn record(line: &str) -> Option<(RecordKind, Map<String, Value>)> {
    let Ok(Value::Object(mut fields)) = serde_json::from_str(line) else {
        return None;
    };
    let kind = RecordKind::parse(fields.shift_remove("type")?.as_str()?)?;
    Some((kind, fields))
}

fn draft(path: &Path, line: usize, text: &str) -> Option<Draft> {
    if text.len() > LONGEST {
        return None;
    }
    let (kind, fields) = record(text)?;
    Some(Draft {
        path: path.to_owned(),
        line,
        key: key(kind, &fields),
        kind,
        fields,
    })
}

fn line_of(kind: RecordKind, fields: &Map<String, Value>) -> String {
    let mut line = Map::new();
    line.insert("type".to_owned(), kind.word().into());
    line.extend(fields.clone());
    Value::Object(line).to_string()
}

/// Adds proposals to the file of whoever made them (`NAME.jsonl`). What is there already, or was rejected,
/// does not come again.
///
/// # Errors
/// If the name is none for a file, a proposal is too long, or a file cannot be written. Then nothing was.
pub fn add(
    scope: &Scope,
    name: &str,
    by: &str,
    from: Option<&str>,
    records: &[(RecordKind, Map<String, Value>)],
) -> Result<AddedDrafts, Refusal> {
    let mut names = annals_files::Names::default();
    let file = names.take(name, "jsonl");
    let folder = made_folder(scope)?;
    let path = folder.join(&file);
    let mut known: Vec<String> = read(scope)?
        .all
        .into_iter()
        .map(|draft| draft.key)
        .collect();
    let gone: Vec<String> = rejected(scope)?
        .all
        .into_iter()
        .map(|draft| draft.key)
        .collect();
    let mut added = AddedDrafts::default();
    let mut lines = String::new();
    for (kind, fields) in records {
        let key = key(*kind, fields);
        if gone.contains(&key) {
            added.rejected += 1;
        } else if known.contains(&key) {
            added.known += 1;
        } else {
            let mut fields = fields.clone();
            fields.entry("x_by").or_insert_with(|| by.into());
            if let Some(from) = from {
                fields.entry("x_from").or_insert_with(|| from.into());
            }
            let line = line_of(*kind, &fields);
            if line.len() > LONGEST {
                return Err(Refusal::Asked("a draft is longer than 256 KiB".to_owned()));
            }
            lines.push_str(&line);
            lines.push('\n');
            known.push(key);
            added.new += 1;
        }
    }
    if added.new > 0 {
        let before = if path.exists() {
            text_of(&path)?
        } else {
            String::new()
        };
        let gap = if before.is_empty() || before.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        write(&path, &format!("{before}{gap}{lines}"))?;
    }
    Ok(added)
}

/// The change that accepting a draft makes: the record, with `x_by`. The draft itself is taken out with
/// [`remove`] when the change is written.
pub fn accepted(draft: &Draft) -> Change {
    let mut fields = draft.fields.clone();
    fields.shift_remove("x_reason");
    Change::Add {
        kind: draft.kind,
        fields,
        to: None,
    }
}

/// Why a draft cannot be accepted as it is: what cannot be read as a record, a quote that is missing or
/// ambiguous, a document or another record that is not there, a stance toward nothing. Nothing, where it can.
pub fn faults(loaded: &LoadResult, draft: &Draft) -> Vec<String> {
    let mut faults = unreadable(loaded, draft);
    let fields: Vec<&Field> = draft.kind.fields().collect();
    refer(&loaded.facts, &fields, &draft.fields, "", &mut faults);
    let items = |name: &str| draft.fields.get(name).map_or(&[][..], canonical::items);
    let is_toward_all = items("stance").iter().any(Value::is_string);
    if is_toward_all && items("about").iter().all(Value::is_null) {
        faults.push("stance: toward what? The claim is about nothing".to_owned());
    }
    let evidence = draft
        .fields
        .get("evidence")
        .map(canonical::items)
        .unwrap_or_default();
    for one in evidence {
        let document = one
            .as_str()
            .or_else(|| one["document"].as_str())
            .unwrap_or_default();
        let span = |span: &Value| serde_json::from_value::<Span>(span.clone()).ok();
        let spans: Vec<Span> = one["spans"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(span)
            .collect();
        let found = crate::passage::passage(loaded, document, one["quote"].as_str(), &spans);
        faults.extend(found.err().map(|refusal| refusal.to_string()));
    }
    faults
}

/// The errors of reading the draft as a record of its own.
fn unreadable(loaded: &LoadResult, draft: &Draft) -> Vec<String> {
    let line = line_of(draft.kind, &draft.fields);
    let read = written_records("draft.jsonl", line.as_bytes(), &loaded.facts.own_words);
    let found = read.map_or_else(Vec::new, |read| read.findings);
    let errors = found
        .into_iter()
        .filter(|one| one.severity == Severity::Error);
    errors.map(|error| error.message).collect()
}

/// References that lead nowhere, or to a record of a kind that cannot stand there; also those within stances
/// and participants. Evidence is looked up in its text.
fn refer(
    facts: &Facts,
    fields: &[&Field],
    values: &Map<String, Value>,
    within: &str,
    faults: &mut Vec<String>,
) {
    for field in fields.iter().filter(|field| field.name != "evidence") {
        let Some(value) = values.get(field.name) else {
            continue;
        };
        let name = format!("{within}{}", field.name);
        match field.shape {
            Shape::Reference(kinds) | Shape::References(kinds) => {
                for id in canonical::items(value).iter().filter_map(Value::as_str) {
                    let shown = annals_finding::shown(id);
                    match facts.find(id).map(RecordRef::kind) {
                        None => faults.push(format!("{name}: no record has the id \"{shown}\"")),
                        Some(kind) if !kinds.contains(&kind) => {
                            let kind = kind.with_article();
                            faults.push(format!(
                                "{name}: \"{shown}\" is {kind}, which cannot stand here"
                            ));
                        }
                        Some(_) => {}
                    }
                }
            }
            Shape::Part(part) | Shape::Parts(part) => {
                let own: Vec<&Field> = part.fields.iter().collect();
                let within = format!("{name}, ");
                for item in canonical::items(value).iter().filter_map(Value::as_object) {
                    refer(facts, &own, item, &within, faults);
                }
            }
            _ => {}
        }
    }
}

/// Takes a draft out of its file.
///
/// # Errors
/// If it is not there any more, or the file cannot be written.
pub fn remove(scope: &Scope, draft: &Draft) -> Result<(), Refusal> {
    let path = draft.path.clone();
    let is_draft_file = files(scope)?.contains(&path);
    let text = if is_draft_file {
        text_of(&path)?
    } else {
        String::new()
    };
    let mut is_gone = false;
    let mut kept = String::new();
    for (nth, line) in text.split_inclusive('\n').enumerate() {
        // The line may have moved: it is known by what it proposes.
        let same =
            self::draft(&path, nth + 1, line.trim_end()).is_some_and(|one| one.key == draft.key);
        if same && !is_gone {
            is_gone = true;
        } else {
            kept.push_str(line);
        }
    }
    if !is_gone {
        return Err(Refusal::file(
            &shown(&path),
            "the draft is not there any more",
        ));
    }
    if kept.is_empty() {
        return fs::remove_file(&path).map_err(|error| Refusal::disk(&shown(&path), &error));
    }
    write(&path, &kept)
}

/// Rejects a draft, with a reason or none: it is kept apart, so that the same proposal does not come again.
///
/// # Errors
/// As for [`remove`].
pub fn reject(scope: &Scope, draft: &Draft, reason: Option<&str>) -> Result<(), Refusal> {
    let mut fields = draft.fields.clone();
    if let Some(reason) = reason.filter(|reason| !reason.trim().is_empty()) {
        fields.insert("x_reason".to_owned(), reason.into());
    }
    let path = made_folder(scope)?.join(REJECTED);
    let line = line_of(draft.kind, &fields);
    // First kept, then taken out: what is interrupted in between is in both, and comes no more.
    annals_files::append_line(&path, line.as_bytes())
        .map_err(|error| Refusal::disk(&shown(&path), &error))?;
    remove(scope, draft)
}

/// Puts a draft back that was accepted or rejected by mistake.
///
/// # Errors
/// If a file cannot be written.
pub fn restore(scope: &Scope, draft: &Draft) -> Result<(), Refusal> {
    made_folder(scope)?;
    let line = line_of(draft.kind, &draft.fields);
    annals_files::append_line(&draft.path, line.as_bytes())
        .map_err(|error| Refusal::disk(&shown(&draft.path), &error))?;
    let gone = rejected(scope)?
        .all
        .into_iter()
        .find(|one| one.key == draft.key);
    gone.map_or(Ok(()), |gone| remove(scope, &gone))
}

/// The folder of drafts, made if it is not there. It lies in the dossier, whatever links say.
fn made_folder(scope: &Scope) -> Result<PathBuf, Refusal> {
    let home = crate::apply::made_home(scope)?;
    let folder = folder(scope);
    let disk = |error: std::io::Error| Refusal::disk(&shown(&folder), &error);
    match fs::create_dir(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(disk(error)),
        _ => {}
    }
    let real = folder.canonicalize().map_err(disk)?;
    if real.parent() != home.canonicalize().ok().as_deref() {
        return Err(Refusal::file(
            &shown(&folder),
            "it leads out of the dossier, and is not written to",
        ));
    }
    Ok(folder)
}

fn write(path: &Path, text: &str) -> Result<(), Refusal> {
    let written = NewFile::beside(path).and_then(|mut new| {
        new.write_all(text.as_bytes())?;
        new.as_file().sync_all()?;
        annals_files::uninterrupted(|| new.put_now(path))
    });
    written.map_err(|error| Refusal::disk(&shown(path), &error))
}
