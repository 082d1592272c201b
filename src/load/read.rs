//! Reading all pieces: by several threads where there is much to read, and joined in the order of
//! files and lines, so that no answer depends on how many there were.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, mpsc};
use std::{fs, thread};

use super::block::{Block, Frame};
use super::decode::Decoder;
use super::files::{FactFile, Input};
use super::join::Joined;
use super::pending::Pending;
use super::pieces::{Piece, Pieces, Work};
use super::syntax::{self, Slice};
use super::{faults, json, jsonl, yaml_facts};
use crate::finding::Finding;
use crate::model::{Facts, FileId, FileKind};

/// What is not larger is read by one thread.
const LITTLE: u64 = 1 << 20;
/// More threads than this wait for the one that joins.
const MOST_THREADS: usize = 16;

/// Reads all files; whether one could not be read or parsed.
pub(super) fn all(files: Vec<FactFile>, frame: &Frame) -> (Facts, Vec<Finding>, Pending, bool) {
    let threads = if size(&files) > LITTLE {
        thread::available_parallelism().map_or(1, usize::from)
    } else {
        1
    };
    with_threads(files, frame, threads.min(MOST_THREADS))
}

fn with_threads(
    files: Vec<FactFile>,
    frame: &Frame,
    threads: usize,
) -> (Facts, Vec<Finding>, Pending, bool) {
    let mut joined = Joined::new(frame);
    let mut stopped = false;
    let mut pieces = Pieces::of(files);
    let mut take = |read: Read| {
        stopped |= !read.usable;
        joined.add(read.file, read.block);
    };
    if threads < 2 {
        for piece in &mut pieces {
            take(piece_read(piece, frame));
        }
    } else {
        together(pieces, frame, threads, &mut take);
    }
    let (facts, findings, pending) = joined.finish();
    (facts, findings, pending, stopped)
}

/// How many bytes there are, as far as that is known.
fn size(files: &[FactFile]) -> u64 {
    let each = files.iter().map(|file| match &file.input {
        Input::Path(path) => fs::metadata(path).map_or(0, |about| about.len()),
        Input::Memory(bytes) => bytes.len() as u64,
        Input::Fault(_) => 0,
    });
    each.sum()
}

/// A piece that was read.
struct Read {
    file: FileId,
    block: Block,
    usable: bool,
}

/// Reads pieces by several threads and hands them on in their order.
fn together(pieces: Pieces, frame: &Frame, threads: usize, take: &mut dyn FnMut(Read)) {
    let pieces = Mutex::new(pieces.enumerate());
    let (done, read) = mpsc::sync_channel::<(usize, Read)>(threads);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (pieces, done) = (&pieces, done.clone());
            scope.spawn(move || {
                loop {
                    // Whoever panicked while it held the pieces ends the run when the scope does.
                    let next = pieces.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((nth, piece)) = next else { break };
                    if done.send((nth, piece_read(piece, frame))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let (mut waiting, mut next) = (BTreeMap::new(), 0);
        for (nth, piece) in read {
            waiting.insert(nth, piece);
            while let Some(piece) = waiting.remove(&next) {
                take(piece);
                next += 1;
            }
        }
    });
}

fn piece_read(piece: Piece, frame: &Frame) -> Read {
    let file = piece.file;
    let mut decoder = Decoder::new(frame, file);
    let usable = match piece.work {
        Work::Fault(why) => {
            let name = &frame.files[file.index()].name;
            decoder.report(faults::unreadable::found(file, name, &why));
            false
        }
        Work::Begin(kind, bytes) => begun(&bytes, file, kind, &mut decoder),
        Work::Lines(at, bytes) => {
            jsonl::read(&bytes, file, at, &mut decoder);
            true
        }
    };
    Read {
        file,
        block: decoder.finish(),
        usable,
    }
}

/// Reads a file from its beginning.
fn begun(bytes: &[u8], file: FileId, kind: FileKind, decoder: &mut Decoder<'_>) -> bool {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    let base = if bytes.starts_with(MARK) {
        MARK.len()
    } else {
        0
    };
    let bytes = &bytes[base..];
    if syntax::is_foreign(bytes) {
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
