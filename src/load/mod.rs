//! Files to [`Facts`]: finding them, reading every spelling, resolving names, verifying quotes.
//!
//! Reading never fails: it returns facts *and* findings. Only [`Loaded::stopped`] says that a file
//! could not be read or parsed at all.
//!
//! ```
//! use annals::load::{Request, Source, load};
//!
//! let yaml = "annals: 1\nactors:\n  - {id: nato, name: NATO, kind: organization}\n";
//! let source = Source::Memory { name: "facts.yaml".into(), bytes: yaml.into() };
//! let loaded = load(&Request { facts: vec![source], texts: vec![] });
//! assert!(loaded.findings.is_empty());
//! assert_eq!(loaded.facts.actors.len(), 1);
//! ```

mod decode;
pub mod faults;
mod files;
mod json;
mod jsonl;
pub mod locate;
mod passages;
mod pending;
mod places;
mod resolve;
mod sources;
mod syntax;
mod tape;
mod texts;
pub mod yaml;
mod yaml_facts;

use std::fs;
use std::path::{Path, PathBuf};

use crate::finding::{self, Finding};
use crate::model::{Facts, FileId, FileKind, Origin, OwnWords, SourceFile};

pub use decode::fields_of;
pub use files::Source;
pub use places::Places;
pub use sources::Sources;
pub use texts::Texts;

use decode::Decoder;
use files::{FactFile, Input};
use pending::Pending;
use syntax::Slice;

/// What to read.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Fact files, folders of them, standard input.
    pub facts: Vec<Source>,
    /// Folders in which the texts of documents lie, beside those of the fact files.
    pub texts: Vec<PathBuf>,
}

/// What was read.
#[derive(Debug)]
pub struct Loaded {
    /// All records, as far as they can be used.
    pub facts: Facts,
    /// The texts of the documents, as far as they are there.
    pub texts: Texts,
    /// The files, for showing places in them.
    pub sources: Sources,
    /// What is wrong, in order.
    pub findings: Vec<Finding>,
    /// Whether a file could not be read or parsed.
    pub stopped: bool,
}

/// Reads facts and texts.
pub fn load(request: &Request) -> Loaded {
    load_with(request, &OwnWords::default())
}

/// Reads facts and texts; some words are the user's own, beside the closed vocabularies.
pub fn load_with(request: &Request, own_words: &OwnWords) -> Loaded {
    let mut files = files::find(&request.facts);
    let mut facts = Facts::new();
    facts.own_words.clone_from(own_words);
    let mut findings = Vec::new();
    let mut pending = Pending::default();
    let mut sources = Sources::default();
    let mut stopped = false;
    if files.len() >= Origin::MOST_FILES {
        files.truncate(Origin::MOST_FILES - 1);
        findings.push(faults::too_large::found());
        stopped = true;
    }
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    for (short, file) in files::short_names(&names).into_iter().zip(&files) {
        let kind = file.kind.unwrap_or(FileKind::Json);
        facts.files.push(SourceFile {
            name: file.name.clone(),
            short,
            kind,
        });
    }
    let homes: Vec<Option<PathBuf>> = files.iter().map(home).collect();
    let mut decoder = Decoder::new(&mut facts, &mut findings, &mut pending);
    for (nth, file) in files.into_iter().enumerate() {
        let id = FileId(u32::try_from(nth).unwrap_or(u32::MAX));
        stopped |= !read_file(file, id, &mut decoder, &mut sources);
    }
    decoder.finish();
    resolve::resolve(&mut facts, &pending, &mut findings);
    drop(pending);
    let texts = texts::read(
        &mut facts,
        &homes,
        &request.texts,
        &mut sources,
        &mut findings,
    );
    passages::verify(&mut facts, &texts, &mut findings);
    finding::sort(&mut findings);
    Loaded {
        facts,
        texts,
        sources,
        findings,
        stopped,
    }
}

/// The folder in which a fact file lies.
fn home(file: &FactFile) -> Option<PathBuf> {
    match &file.input {
        Input::Path(path) => {
            let parent = path.parent().unwrap_or(Path::new(""));
            let here = parent.as_os_str().is_empty();
            Some(if here {
                PathBuf::from(".")
            } else {
                parent.to_owned()
            })
        }
        Input::Memory(_) | Input::Fault(_) => None,
    }
}

/// Reads one file; `false` where it could not be read or parsed.
fn read_file(file: FactFile, id: FileId, decoder: &mut Decoder<'_>, sources: &mut Sources) -> bool {
    let bytes = match file.input {
        Input::Fault(why) => {
            sources.add_nothing();
            decoder.report(faults::unreadable::found(id, &file.name, &why));
            return false;
        }
        Input::Path(path) => match fs::read(&path) {
            Ok(bytes) => {
                sources.add_disk(path);
                bytes
            }
            Err(error) => {
                sources.add_nothing();
                let why = files::words_of(&error);
                decoder.report(faults::unreadable::found(id, &file.name, &why));
                return false;
            }
        },
        Input::Memory(bytes) => {
            sources.add_memory(&bytes);
            bytes
        }
    };
    let kind = file.kind.unwrap_or_else(|| spelling_of(&bytes));
    decoder.facts.files[id.index()].kind = kind;
    read_bytes(&bytes, id, kind, decoder)
}

fn read_bytes(bytes: &[u8], file: FileId, kind: FileKind, decoder: &mut Decoder<'_>) -> bool {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    let base = if bytes.starts_with(MARK) {
        MARK.len()
    } else {
        0
    };
    let bytes = &bytes[base..];
    let foreign = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if foreign || syntax::looks_like_utf16(bytes) {
        let guess = syntax::guess_encoding(bytes);
        decoder.report(faults::encoding::found(file, base..base + 1, &guess));
        return false;
    }
    if kind == FileKind::JsonLines {
        jsonl::read(bytes, file, base, decoder);
        return true;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = base + error.valid_up_to();
            let guess = syntax::guess_encoding(bytes);
            decoder.report(faults::encoding::found(file, at..at + 1, &guess));
            return false;
        }
    };
    let slice = Slice { text, file, base };
    match kind {
        FileKind::Yaml => yaml_facts::read(slice, decoder),
        _ => json::read(slice, decoder),
    }
}

/// The spelling of standard input: a first line that is one whole record, with its `type`, is JSON
/// Lines; all else is one JSON object.
fn spelling_of(bytes: &[u8]) -> FileKind {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(1 << 20)]);
    let Some(start) = text.find('{') else {
        return FileKind::Json;
    };
    let typed = locate::in_json(&text, start, &[locate::Step::key("type")]).is_some();
    if typed {
        FileKind::JsonLines
    } else {
        FileKind::Json
    }
}
