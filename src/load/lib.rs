//! Files to [`Facts`]: finding them, reading every spelling, resolving names, verifying quotes.
//!
//! Reading never fails: it returns facts *and* findings. Only [`LoadResult::stopped`] says that a file
//! could not be read or parsed at all.
//!
//! ```
//! use annals_load::{Request, Source, load};
//!
//! let yaml = "annals: 1\nactors:\n  - {id: nato, name: NATO, kind: organization}\n";
//! let source = Source::Memory { name: "facts.yaml".into(), bytes: yaml.into() };
//! let loaded = load(&Request { facts: vec![source], texts: vec![] });
//! assert!(loaded.findings.is_empty());
//! assert_eq!(loaded.facts.actors.len(), 1);
//! ```

mod block;
mod chunks;
mod decode;
mod embedded;
pub mod faults;
mod files;
mod json;
mod json_error;
mod jsonl;
mod line_excerpt;
mod link;
pub mod locate;
mod passages;
mod places;
mod read;
mod reader_cache;
mod resolve;
mod scan;
mod sources;
mod tables;
mod tape;
mod texts;
mod unresolved;
pub mod yaml;
mod yaml_facts;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use annals_finding::write::Counts;
use annals_finding::{self as finding, Finding};
use annals_model::{Facts, FileKind, Origin, OwnWords, SourceFile};

pub use decode::fields_of;
pub use embedded::{EmbeddedFile, EmbeddedSource, EmbeddedText};
pub use files::Source;
pub use files::{fact_files, is_snapshot, words_of};
pub use places::Places;
pub use scan::{EmbeddedLine, PartialFile, file_refers_to, load_partial, refers_to};
pub use sources::Sources;
pub use texts::Texts;

use block::Frame;
use files::{FactFile, Input};
use read::AllRead;

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
pub struct LoadResult {
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
    /// What is known of the facts as a whole, where they come from a snapshot.
    pub whole: Option<SnapshotSummary>,
}

/// What is known of facts as a whole, of which perhaps only some were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotSummary {
    /// How many findings `annals check` shows.
    pub counts: Counts,
    /// How many records there are.
    pub records: usize,
    /// How many of them have been retracted.
    pub retracted: usize,
    /// What is said of quotes that could not be verified.
    pub unverified: Option<String>,
}

/// Reads facts and texts.
pub fn load(request: &Request) -> LoadResult {
    load_with(request, &OwnWords::default())
}

/// Reads facts and texts; some words are the user's own, beside the closed vocabularies.
pub fn load_with(request: &Request, own_words: &OwnWords) -> LoadResult {
    load_watched(request, own_words, &Progress::default())
}

/// The same, for another thread to watch how far it has come.
pub fn load_watched(request: &Request, own_words: &OwnWords, progress: &Progress) -> LoadResult {
    finish(request, own_words, |files, frame| {
        read::all(files, frame, progress)
    })
}

/// How far reading has come, in bytes.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    all: AtomicU64,
}

impl Progress {
    /// How many bytes have been read.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// How many there are, as far as that is known; 0 before reading begins.
    pub fn all(&self) -> u64 {
        self.all.load(Ordering::Relaxed)
    }
}

/// Reads files as `read` does, and all that follows from them.
fn finish(
    request: &Request,
    own_words: &OwnWords,
    read: impl FnOnce(Vec<FactFile>, &Frame) -> AllRead,
) -> LoadResult {
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
            Input::Path(_) | Input::Embedded(_) | Input::Fault(_) => FileKind::Json,
        }),
    });
    let frame = Frame {
        files: known.collect(),
        own_words: own_words.clone(),
    };
    let homes: Vec<Home> = files.iter().map(home).collect();
    let mut sources = Sources::default();
    for file in &files {
        match &file.input {
            Input::Path(path) => sources.add_disk(path.clone()),
            Input::Memory(bytes) => sources.add_memory(bytes),
            Input::Embedded(stored) => sources.add_stored(stored.clone()),
            Input::Fault(_) => sources.add_nothing(),
        }
    }
    let AllRead {
        mut facts,
        mut findings,
        pending,
        lines,
        mut stopped,
    } = read(files, &frame);
    sources.know_lines(lines);
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
    LoadResult {
        facts,
        texts,
        sources,
        findings,
        stopped,
        whole: None,
    }
}

/// Where the texts that a fact file names are looked for first.
#[derive(Debug, Clone)]
enum Home {
    /// In the folder in which it lies.
    Folder(PathBuf),
    /// With it, in what it is kept in.
    Embedded(EmbeddedFile),
    /// Nowhere.
    None,
}

fn home(file: &FactFile) -> Home {
    match &file.input {
        Input::Path(path) => {
            let parent = path.parent().unwrap_or(Path::new(""));
            let here = parent.as_os_str().is_empty();
            Home::Folder(if here {
                PathBuf::from(".")
            } else {
                parent.to_owned()
            })
        }
        Input::Embedded(stored) => Home::Embedded(stored.clone()),
        Input::Memory(_) | Input::Fault(_) => Home::None,
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
