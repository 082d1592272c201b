//! The entry points of loading, from finding the files to verifying the last quote.

use std::path::{Path, PathBuf};

use crate::decode::block::Frame;
use crate::earlier::EarlierFiles;
use crate::faults;
use crate::link::{open, resolve};
use crate::locate::{self, Sources};
use crate::read::{self, AllRead};
use crate::result::{LoadResult, Unread};
use crate::source::files::{self, FactFile, Input, Source};
use crate::source::home::{Home, home};
use crate::verify::{passages, spoken, texts};
use annals_finding as finding;
use annals_model::{Facts, FileId, FileKind, Origin, OwnWords, SourceFile};

/// What to read.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Fact files, folders of them, standard input.
    pub facts: Vec<Source>,
    /// Folders in which the texts of documents lie, beside those of the fact files.
    pub texts: Vec<PathBuf>,
}

/// Reads facts and texts.
pub fn load(request: &Request) -> LoadResult {
    load_with(request, &OwnWords::default())
}

/// Reads facts and texts; some words are the user's own, beside the closed vocabularies.
pub fn load_with(request: &Request, own_words: &OwnWords) -> LoadResult {
    load_again(request, own_words, &EarlierFiles::default(), &|_| false)
}

/// The same, when most files are as they were when they were read before: those that are unchanged
/// are not read again, as far as `earlier` has them. The words of the user's own must be the same.
pub fn load_again(
    request: &Request,
    own_words: &OwnWords,
    earlier: &EarlierFiles,
    is_unchanged: &dyn Fn(&Path) -> bool,
) -> LoadResult {
    load_instead(request, own_words, earlier, is_unchanged, &[])
}

/// The same, with other bytes for some files: what would be read after a change. A file that is not
/// there yet is added.
pub fn load_instead(
    request: &Request,
    own_words: &OwnWords,
    earlier: &EarlierFiles,
    is_unchanged: &dyn Fn(&Path) -> bool,
    instead: &[(PathBuf, Vec<u8>)],
) -> LoadResult {
    let how = How {
        instead,
        ..How::default()
    };
    finish_instead(request, own_words, how, |mut files, frame| {
        earlier.mark(&mut files, frame, is_unchanged);
        read::all(files, frame, earlier)
    })
}

/// Reads the facts of a shard, whose references may lead to records of other shards: a record without
/// fields stands in for each of these. [`LoadResult::stand_ins`] tells them from what was read.
pub fn load_open(request: &Request, own_words: &OwnWords) -> LoadResult {
    let how = How {
        open: true,
        ..How::default()
    };
    finish_instead(request, own_words, how, |files, frame| {
        read::all(files, frame, &EarlierFiles::default())
    })
}

/// Reads files as `read` does, and all that follows from them.
#[cfg(test)]
pub(crate) fn finish(
    request: &Request,
    own_words: &OwnWords,
    read: impl FnOnce(Vec<FactFile>, &Frame) -> AllRead,
) -> LoadResult {
    finish_instead(request, own_words, How::default(), read)
}

/// Where the bytes of each file are to be had again.
fn sources_of(files: &[FactFile]) -> Sources {
    let mut sources = Sources::default();
    for file in files {
        match &file.input {
            Input::Path(path) | Input::Unchanged(path) => sources.add_disk(path.clone()),
            Input::Memory(bytes) => sources.add_memory(bytes),
            Input::Instead(path, bytes) => sources.add_coming(path.clone(), bytes),
            Input::Embedded(stored) => sources.add_stored(stored.clone()),
            Input::Fault(_) => sources.add_nothing(),
        }
    }
    sources
}

/// How files are read.
#[derive(Clone, Copy, Default)]
struct How<'i> {
    /// Other bytes for some files.
    instead: &'i [(PathBuf, Vec<u8>)],
    /// Whether references may lead to what is not read.
    open: bool,
}

fn finish_instead(
    request: &Request,
    own_words: &OwnWords,
    how: How<'_>,
    read: impl FnOnce(Vec<FactFile>, &Frame) -> AllRead,
) -> LoadResult {
    let mut files = files::find(&request.facts);
    files::put_instead(&mut files, how.instead);
    let too_many = files.len() >= Origin::MOST_FILES;
    files.truncate(Origin::MOST_FILES - 1);
    let frame = frame_of(&mut files, own_words);
    let homes: Vec<Home> = files.iter().map(home).collect();
    let mut sources = sources_of(&files);
    let AllRead {
        mut facts,
        mut findings,
        pending,
        lines,
        earlier,
        unread,
        mut stopped,
    } = read(files, &frame);
    sources.know_lines(lines);
    facts.files = frame.files;
    facts.own_words = frame.own_words;
    if too_many {
        findings.push(faults::too_large::found());
        stopped = true;
    }
    let stand_ins = how.open.then(|| nowhere(&mut facts, &mut sources));
    if let Some(file) = stand_ins
        && !open::stand_in(&mut facts, &pending, &unread.ids, file)
    {
        findings.push(faults::too_large::found());
        stopped = true;
    }
    let referring = resolve::resolve(&mut facts, &pending, &unread.ids, &mut findings);
    drop(pending);
    let roots = request.facts.iter().filter_map(|source| match source {
        Source::Path(path) if path.is_dir() => Some(path.clone()),
        _ => None,
    });
    let roots: Vec<PathBuf> = roots.collect();
    let texts = texts::read(
        &mut facts,
        &homes,
        (&roots, &request.texts),
        &mut sources,
        &mut findings,
    );
    stopped |= texts.stopped;
    passages::verify(&mut facts, &texts, &referring, &mut findings);
    spoken::remark(&facts, &texts, &mut findings);
    finding::sort(&mut findings);
    LoadResult {
        facts,
        texts,
        sources,
        findings,
        stopped,
        stand_ins,
        unread: Unread {
            files: unread.files,
            referring,
        },
        whole: None,
        earlier,
    }
}

/// What all readers know of the files, each of which gets its format.
fn frame_of(files: &mut [FactFile], own_words: &OwnWords) -> Frame {
    for file in &mut *files {
        if let (None, Input::Memory(bytes)) = (file.kind, &file.input) {
            file.kind = Some(spelling_of(bytes));
        }
    }
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let known = files::short_names(&names).into_iter().zip(&*files);
    let known = known.map(|(short, file)| SourceFile {
        name: file.name.clone(),
        short,
        kind: file.kind.unwrap_or(FileKind::Json),
    });
    Frame {
        files: known.collect(),
        own_words: own_words.clone(),
    }
}

/// A file that is none: that of records which stand in for others.
fn nowhere(facts: &mut Facts, sources: &mut Sources) -> FileId {
    let file = FileId(u32::try_from(facts.files.len()).unwrap_or(u32::MAX));
    sources.add_nothing();
    facts.files.push(SourceFile {
        name: String::new(),
        short: String::new(),
        kind: FileKind::Text,
    });
    file
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
