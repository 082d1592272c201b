//! Whether what a receipt says still stands, byte by byte.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::data::Data;
use super::receipt::{RECEIPT, Receipt, ReceiptFile, ReceiptKind, ReceiptPassage};
use super::{OpenOptions, Store, StoreError};
use annals_evidence::{Span, Text};
use annals_model::{DocumentId, FileId, FileKind, RecordRef};

/// What differs from a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerifyRow {
    /// `facts`, `text` or `passage`.
    pub kind: &'static str,
    /// How it differs.
    pub state: Differs,
    /// The file, as the receipt has it.
    pub file: Option<String>,
    /// The snapshot that keeps it, as the receipt has it.
    pub snapshot: Option<String>,
    /// Of a file: its SHA-256 as the receipt has it, and now.
    pub sha256: Option<[Option<String>; 2]>,
    /// Of a text: how many of its passages still stand, stand elsewhere in it, and are gone.
    pub passages: Option<[usize; 3]>,
    /// Of a passage: the record that rests on it.
    pub record: Option<String>,
    /// Of a passage: the document.
    pub document: Option<String>,
    /// Of a passage: where it stood.
    pub spans: Vec<Span>,
    /// Of a passage: the words that stood there.
    pub words: Vec<String>,
    /// Of a passage that has moved: where it stands now.
    pub now_spans: Vec<Span>,
    /// Of a passage: the words that stand at its old place now.
    pub now_words: Vec<String>,
}

/// How something differs from a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Differs {
    /// A file has other bytes.
    Changed,
    /// A file, or a text, is not there.
    Missing,
    /// A file cannot be read.
    Unreadable,
    /// A passage stands elsewhere in its text.
    Moved,
    /// A passage does not stand in its text any more.
    Gone,
}

/// What came of verifying a receipt.
#[derive(Debug, Clone)]
pub struct Verified {
    /// What differs: files in the order of the receipt, each with its passages after it.
    pub rows: Vec<VerifyRow>,
    /// How many files were compared.
    pub files: usize,
    /// How many passages were compared.
    pub passages: usize,
    /// What could not be compared, a sentence each.
    pub notes: Vec<String>,
}

/// Reads a receipt.
///
/// # Errors
/// If the file cannot be read, or is no receipt.
pub fn read_receipt(path: &Path) -> Result<Receipt, StoreError> {
    let shown = annals_finding::shown_path(path);
    let wrong = |why: &str| StoreError::Unreadable(format!("{shown}: {why}"));
    let text = annals_files::read_text(path, annals_files::HELD);
    let text = text.map_err(|error| wrong(&annals_files::words_of(&error)))?;
    let value: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| wrong(&format!("it is not JSON: {error}")))?;
    match value.get("schema").and_then(serde_json::Value::as_str) {
        Some(RECEIPT) => {}
        Some(other) if other.starts_with("annals.receipt/") => {
            let other = annals_finding::shown(other);
            return Err(wrong(&format!(
                "it is {other}, which this annals cannot read"
            )));
        }
        _ => return Err(wrong("it is not a receipt; --receipt FILE writes one")),
    }
    serde_json::from_value(value).map_err(|error| wrong(&error.to_string()))
}

/// What one file is now.
struct Now {
    sum: String,
    text: Option<Arc<Text>>,
}

/// Where files are looked for.
enum Place<'v> {
    /// On disk and in snapshots, from the folder of the receipt.
    Folder(&'v Path, BTreeMap<String, Result<Arc<Data>, StoreError>>),
    /// Among other facts.
    Facts(Arc<Data>),
}

/// Compares a receipt with the files that it names, from its folder; or with the facts of a store in
/// their place, where facts are found by name and texts by their documents.
///
/// # Errors
/// If the facts of the store cannot be read.
pub fn verify_receipt(
    receipt: &Receipt,
    folder: &Path,
    against: Option<&Store>,
) -> Result<Verified, StoreError> {
    let mut place = match against {
        Some(store) => Place::Facts(store.backend.all()?),
        None => Place::Folder(folder, BTreeMap::new()),
    };
    let mut verified = Verified {
        rows: Vec::new(),
        files: 0,
        passages: 0,
        notes: Vec::new(),
    };
    for file in &receipt.files {
        let Some(name) = &file.file else {
            let words = "facts from standard input cannot be compared";
            verified.notes.push(words.to_owned());
            continue;
        };
        verified.files += 1;
        let passages = receipt.passages.iter();
        let passages = passages.filter(|one| {
            file.kind == ReceiptKind::Text
                && one.file.as_ref() == Some(name)
                && (one.document.as_ref()).is_some_and(|id| file.documents.contains(id))
                && !one.spans.is_empty()
        });
        let passages: Vec<&ReceiptPassage> = passages.collect();
        verified.passages += passages.len();
        verified.rows.extend(match place.now(file, name) {
            Ok(now) => compared(file, &now, &passages),
            Err(state) => not_there(file, state, &passages),
        });
    }
    let unread = receipt.passages.iter().filter(|one| one.spans.is_empty());
    match unread.count() {
        0 => {}
        1 => (verified.notes).push("1 passage had no place in a text, and is not compared".into()),
        many => verified.notes.push(format!(
            "{many} passages had no place in a text, and are not compared"
        )),
    }
    Ok(verified)
}

impl Place<'_> {
    fn now(&mut self, file: &ReceiptFile, name: &str) -> Result<Now, Differs> {
        match self {
            Place::Facts(data) => among(data, file, name),
            Place::Folder(folder, opened) => match &file.snapshot {
                None => on_disk(&folder.join(name), file.kind),
                Some(path) => {
                    let data = opened.entry(path.clone()).or_insert_with(|| {
                        let store = OpenOptions::new().facts(folder.join(path)).open()?;
                        store.backend.all()
                    });
                    match data {
                        Ok(data) => among(data, file, name),
                        Err(_) if folder.join(path).exists() => Err(Differs::Unreadable),
                        Err(_) => Err(Differs::Missing),
                    }
                }
            },
        }
    }
}

/// A file on disk: facts are only summed.
fn on_disk(path: &Path, kind: ReceiptKind) -> Result<Now, Differs> {
    let state = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Differs::Missing,
        _ => Differs::Unreadable,
    };
    if kind == ReceiptKind::Text {
        let bytes = annals_files::read(path, Text::MAX_BYTES as u64).map_err(state)?;
        let sum = format!("{:x}", Sha256::digest(&bytes));
        let text = String::from_utf8(bytes).ok().map(|mut text| {
            // The mark says how the file is written and is no character of the text.
            if text.starts_with('\u{FEFF}') {
                text.drain(..'\u{FEFF}'.len_utf8());
            }
            Arc::new(Text::new(text))
        });
        return Ok(Now { sum, text });
    }
    let mut bytes = BufReader::with_capacity(1 << 16, annals_files::open(path).map_err(state)?);
    let mut sum = Sha256::new();
    loop {
        let some = bytes.fill_buf().map_err(state)?;
        if some.is_empty() {
            let sum = format!("{:x}", sum.finalize());
            return Ok(Now { sum, text: None });
        }
        sum.update(some);
        let count = some.len();
        bytes.consume(count);
    }
}

/// A file among other facts: facts by name, a text by its documents.
fn among(data: &Data, file: &ReceiptFile, name: &str) -> Result<Now, Differs> {
    let (facts, loaded) = (data.facts(), &data.loaded);
    if file.kind == ReceiptKind::Text {
        let document = |id: &String| match facts.find(id) {
            Some(RecordRef::Document(document)) => Some(document),
            _ => None,
        };
        let with_text = |id: &DocumentId| loaded.texts.get(*id).is_some();
        let found = (file.documents.iter().filter_map(document)).find(with_text);
        let found = found.ok_or(Differs::Missing)?;
        let text = loaded.texts.shared(found);
        let sum = loaded.texts.sha256(found).ok_or(Differs::Missing)?;
        return Ok(Now {
            sum: sum.to_owned(),
            text,
        });
    }
    // The path from the receipt's folder may differ; its last parts may not.
    let alike = |other: &str| {
        let (a, b) = (name.rsplit('/'), other.rsplit('/'));
        a.zip(b).take_while(|(a, b)| a == b).count()
    };
    let files = facts.files.iter().enumerate();
    let files = files.filter(|(_, one)| one.kind != FileKind::Text && alike(&one.name) > 0);
    let sums = files.filter_map(|(nth, one)| {
        let sum = loaded.sources.sha256(FileId(nth as u32))?;
        Some((alike(&one.name), sum == file.sha256, sum))
    });
    let best = sums.max_by_key(|(alike, same, _)| (*alike, *same));
    let (_, _, sum) = best.ok_or(Differs::Missing)?;
    Ok(Now { sum, text: None })
}

/// A file that is there, and its passages.
fn compared(file: &ReceiptFile, now: &Now, passages: &[&ReceiptPassage]) -> Vec<VerifyRow> {
    let mut counts = [0; 3];
    let mut rows = Vec::new();
    for passage in passages {
        match place_now(now.text.as_deref(), passage) {
            Stands::Here => counts[0] += 1,
            Stands::There(spans) => {
                counts[1] += 1;
                rows.push(passage_row(file, passage, now, Differs::Moved, spans));
            }
            Stands::Nowhere => {
                counts[2] += 1;
                rows.push(passage_row(file, passage, now, Differs::Gone, Vec::new()));
            }
        }
    }
    if now.sum != file.sha256 {
        let sums = [Some(file.sha256.clone()), Some(now.sum.clone())];
        let counts = (file.kind == ReceiptKind::Text).then_some(counts);
        rows.insert(0, file_row(file, Differs::Changed, sums, counts));
    }
    rows
}

/// A file that is not there, and its passages, which cannot stand there.
fn not_there(file: &ReceiptFile, state: Differs, passages: &[&ReceiptPassage]) -> Vec<VerifyRow> {
    let sums = [Some(file.sha256.clone()), None];
    let counts = (file.kind == ReceiptKind::Text).then_some([0, 0, passages.len()]);
    let none = Now {
        sum: String::new(),
        text: None,
    };
    let mut rows = vec![file_row(file, state, sums, counts)];
    let each = passages.iter();
    rows.extend(each.map(|passage| passage_row(file, passage, &none, state, Vec::new())));
    rows
}

enum Stands {
    Here,
    There(Vec<Span>),
    Nowhere,
}

/// Where the words of a passage stand now.
fn place_now(text: Option<&Text>, passage: &ReceiptPassage) -> Stands {
    let Some(text) = text else {
        return Stands::Nowhere;
    };
    let both = || passage.spans.iter().zip(&passage.words);
    let complete = passage.spans.len() == passage.words.len();
    if complete && both().all(|(span, words)| text.slice(*span) == Some(words.as_str())) {
        return Stands::Here;
    }
    elsewhere(text, passage).map_or(Stands::Nowhere, Stands::There)
}

/// The words of a passage elsewhere in its text, in order: of several places the nearest.
fn elsewhere(text: &Text, passage: &ReceiptPassage) -> Option<Vec<Span>> {
    /// More places are not looked at.
    const MOST: usize = 1000;
    let (first, rest) = passage
        .words
        .split_first()
        .filter(|(first, _)| !first.is_empty())?;
    let whole = text.as_str();
    let old = passage.spans.first()?.start;
    let places = whole.match_indices(first.as_str()).take(MOST);
    let places = places.filter_map(|(start, _)| {
        let mut spans: Vec<_> = std::iter::once(start..start + first.len()).collect();
        for words in rest {
            let from = spans.last()?.end;
            let at = from + whole.get(from..)?.find(words.as_str())?;
            spans.push(at..at + words.len());
        }
        let spans: Vec<Span> = spans
            .into_iter()
            .map(|one| text.span_of_bytes(one))
            .collect();
        Some((spans.first()?.start.abs_diff(old), spans))
    });
    places.min_by_key(|(far, _)| *far).map(|(_, spans)| spans)
}

fn file_row(
    file: &ReceiptFile,
    state: Differs,
    sums: [Option<String>; 2],
    passages: Option<[usize; 3]>,
) -> VerifyRow {
    VerifyRow {
        kind: match file.kind {
            ReceiptKind::Facts => "facts",
            ReceiptKind::Text => "text",
        },
        state,
        file: file.file.clone(),
        snapshot: file.snapshot.clone(),
        sha256: Some(sums),
        passages,
        record: None,
        document: None,
        spans: Vec::new(),
        words: Vec::new(),
        now_spans: Vec::new(),
        now_words: Vec::new(),
    }
}

fn passage_row(
    file: &ReceiptFile,
    passage: &ReceiptPassage,
    now: &Now,
    state: Differs,
    now_spans: Vec<Span>,
) -> VerifyRow {
    let text = now.text.as_deref();
    let stands = |span: &Span| {
        let end = text.map_or(0, Text::len);
        let span = Span::new(span.start.min(end), span.end.min(end));
        text.and_then(|text| text.slice(span)).map(str::to_owned)
    };
    VerifyRow {
        kind: "passage",
        state,
        file: file.file.clone(),
        snapshot: file.snapshot.clone(),
        sha256: None,
        passages: None,
        record: Some(passage.record.clone()),
        document: passage.document.clone(),
        spans: passage.spans.clone(),
        words: passage.words.clone(),
        now_spans,
        now_words: passage.spans.iter().filter_map(stands).collect(),
    }
}
