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

mod block;
mod decode;
pub mod faults;
mod files;
mod join;
mod json;
mod jsonl;
pub mod locate;
mod passages;
mod pending;
mod pieces;
mod places;
mod read;
mod resolve;
mod sources;
mod syntax;
mod tables;
mod tape;
mod texts;
pub mod yaml;
mod yaml_facts;

use std::path::{Path, PathBuf};

use crate::finding::{self, Finding};
use crate::model::{Facts, FileKind, Origin, OwnWords, SourceFile};

pub use decode::fields_of;
pub use files::Source;
pub use places::Places;
pub use sources::Sources;
pub use texts::Texts;

use block::Frame;
use files::{FactFile, Input};
use pending::Pending;

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
    finish(request, own_words, read::all)
}

/// Reads files as `read` does, and all that follows from them.
fn finish(
    request: &Request,
    own_words: &OwnWords,
    read: impl FnOnce(Vec<FactFile>, &Frame) -> (Facts, Vec<Finding>, Pending, bool),
) -> Loaded {
    let mut files = files::find(&request.facts);
    let too_many = files.len() >= Origin::MOST_FILES;
    files.truncate(Origin::MOST_FILES - 1);
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let known = files::short_names(&names).into_iter().zip(&files);
    let known = known.map(|(short, file)| SourceFile {
        name: file.name.clone(),
        short,
        kind: file.kind.unwrap_or_else(|| match &file.input {
            Input::Memory(bytes) => spelling_of(bytes),
            Input::Path(_) | Input::Fault(_) => FileKind::Json,
        }),
    });
    let frame = Frame {
        files: known.collect(),
        own_words: own_words.clone(),
    };
    let homes: Vec<Option<PathBuf>> = files.iter().map(home).collect();
    let mut sources = Sources::default();
    for file in &files {
        match &file.input {
            Input::Path(path) => sources.add_disk(path.clone()),
            Input::Memory(bytes) => sources.add_memory(bytes),
            Input::Fault(_) => sources.add_nothing(),
        }
    }
    let (mut facts, mut findings, pending, mut stopped) = read(files, &frame);
    facts.files = frame.files;
    facts.own_words = frame.own_words;
    if too_many {
        findings.push(faults::too_large::found());
        stopped = true;
    }
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
