//! Reads all chunks of all files, in parallel where there is much to read. Blocks are joined in the
//! order of files and lines, so the result does not depend on the number of threads.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use crate::decode::Decoder;
use crate::decode::block::{Block, Frame};
use crate::decode::reader_cache::ReaderCache;
use crate::decode::unresolved::Unresolved;
use crate::earlier::EarlierFiles;
use crate::faults;
use crate::link::linker::{Joined, Linker, UnreadPieces};
use crate::source::chunks::{self, Chunk, Chunks, Work};
use crate::source::encoding::{guess_encoding, is_foreign};
use crate::source::files::{FactFile, Input};
use crate::source::record_lines::RecordLines;
use crate::syntax::slice::Slice;
use crate::syntax::{json, jsonl, tables, yaml_facts};
use annals_finding::Finding;
use annals_model::{Facts, FileId, FileKind};
use annals_ordered_parallel::{BufferPool, for_each_ordered_with, threads};

/// What is not larger is read by one thread.
const LITTLE: u64 = 1 << 20;
/// More threads than this wait for the one that joins.
const MOST_THREADS: usize = 16;

/// What was read of all files.
pub(crate) struct AllRead {
    pub(crate) facts: Facts,
    pub(crate) findings: Vec<Finding>,
    pub(crate) pending: Unresolved,
    /// The lines of the files of JSON Lines.
    pub(crate) lines: BTreeMap<FileId, RecordLines>,
    /// What was read of each small file.
    pub(crate) earlier: EarlierFiles,
    /// What could not be read of files that otherwise could.
    pub(crate) unread: UnreadPieces,
    /// Whether a file could not be read or parsed.
    pub(crate) stopped: bool,
}

/// Reads all files, and tells the watch how many bytes of how many are read; those that are marked as unchanged are as they were read before.
pub(crate) fn all(files: Vec<FactFile>, frame: &Frame, earlier: &EarlierFiles) -> AllRead {
    let size = size(&files);
    annals_watch::begin(annals_watch::READING, size);
    let threads = if size > LITTLE {
        threads(MOST_THREADS)
    } else {
        1
    };
    with_threads(files, frame, threads, earlier)
}

/// A block that was read, for the thread that joins blocks.
struct Finished {
    file: FileId,
    block: Block,
    usable: bool,
    /// Whether its room may be used for another.
    room: bool,
    /// The size of the whole file, if its block can be kept for reading again.
    whole: Option<u64>,
    /// Whether it is what was read before.
    is_earlier: bool,
}

/// What all readers of a run share.
struct Shared<'r> {
    frame: &'r Frame,
    earlier: &'r EarlierFiles,
    /// Room for blocks, and for the bytes that they are read from.
    blocks: BufferPool<Block>,
    used: Arc<BufferPool<Vec<u8>>>,
    next_reader: AtomicUsize,
}

impl Shared<'_> {
    fn reader(&self) -> ReaderCache {
        ReaderCache::of_reader(&self.next_reader)
    }

    /// Reads a piece, or takes what was read of it before.
    fn read(&self, known: &mut ReaderCache, piece: Chunk) -> Finished {
        let (file, bytes) = (piece.file, piece.work.len() as u64);
        if let Work::Unchanged = piece.work
            && let Some((block, usable, bytes)) = self.earlier.block(file, &self.next_reader)
        {
            annals_watch::advance(bytes);
            return Finished {
                file,
                block,
                usable,
                room: false,
                whole: None,
                is_earlier: true,
            };
        }
        let begins = matches!(piece.work, Work::Begin(..));
        let whole = (begins && EarlierFiles::may_keep(bytes)).then_some(bytes);
        let block = self.blocks.take(Block::default);
        let read = if whole.is_some() {
            // A block that is kept must not refer to what its reader met in other files.
            self::piece(piece, self.frame, self.reader(), block)
        } else {
            let mut read = self::piece(piece, self.frame, std::mem::take(known), block);
            *known = std::mem::take(&mut read.known);
            read
        };
        // The room of a file that is read as a whole may be as large as all else.
        let room = bytes <= chunks::MOST_ROOM;
        if room {
            self.used.give(read.bytes);
        }
        annals_watch::advance(bytes);
        Finished {
            file,
            block: read.block,
            usable: read.usable,
            room,
            whole,
            is_earlier: false,
        }
    }
}

fn with_threads(
    files: Vec<FactFile>,
    frame: &Frame,
    threads: usize,
    earlier: &EarlierFiles,
) -> AllRead {
    let mut joined = Linker::new(frame);
    let mut stopped = false;
    let mut kept = earlier.next();
    let all = Chunks::of(files);
    let shared = Shared {
        frame,
        earlier,
        blocks: BufferPool::default(),
        used: all.used(),
        next_reader: AtomicUsize::new(0),
    };
    let (reader, done) = (
        || shared.reader(),
        |known: &mut ReaderCache, piece| shared.read(known, piece),
    );
    let Ok(()) = for_each_ordered_with(all, threads, reader, done, |finished| {
        let Finished {
            file, mut block, ..
        } = finished;
        stopped |= !finished.usable;
        if finished.is_earlier {
            kept.keep_on(file, earlier);
        }
        if let Some(bytes) = finished.whole {
            let about = &frame.files[file.index()];
            kept.keep(file, about, bytes, &block, finished.usable);
        }
        joined.add(file, &mut block);
        if finished.room {
            block.clear();
            shared.blocks.give(block);
        }
        Ok::<(), Infallible>(())
    });
    let lines = joined.take_lines();
    let Joined {
        facts,
        findings,
        pending,
        unread,
    } = joined.finish();
    AllRead {
        facts,
        findings,
        pending,
        lines,
        earlier: kept,
        unread,
        stopped,
    }
}

/// How many bytes there are, as far as that is known.
fn size(files: &[FactFile]) -> u64 {
    let each = files.iter().map(|file| match &file.input {
        Input::Path(path) | Input::Unchanged(path) => {
            fs::metadata(path).map_or(0, |about| about.len())
        }
        Input::Memory(bytes) | Input::Instead(_, bytes) => bytes.len() as u64,
        Input::Embedded(stored) => stored.bytes.size(),
        Input::Fault(_) => 0,
    });
    each.sum()
}

/// A piece that was read.
pub(crate) struct Read {
    pub(crate) block: Block,
    /// Whether it can be used.
    pub(crate) usable: bool,
    /// What its reader has met by now.
    pub(crate) known: ReaderCache,
    /// Its bytes, which are not wanted any more.
    bytes: Vec<u8>,
}

/// Reads one piece into a block that is empty.
pub(crate) fn piece(piece: Chunk, frame: &Frame, known: ReaderCache, block: Block) -> Read {
    let file = piece.file;
    let mut decoder = Decoder::new(frame, file, known, block);
    let (bytes, usable) = match piece.work {
        Work::Fault(why) => {
            let name = &frame.files[file.index()].name;
            decoder.report(faults::unreadable::found(file, name, &why));
            (Vec::new(), false)
        }
        // Whoever has what was read before has taken it already.
        Work::Unchanged => (Vec::new(), true),
        Work::Begin(kind, bytes) => {
            let usable = begun(&bytes, file, kind, &mut decoder);
            (bytes, usable)
        }
        Work::Lines(at, bytes) => {
            jsonl::read(&bytes, file, at, &mut decoder);
            (bytes, true)
        }
    };
    let (block, known) = decoder.finish();
    Read {
        block,
        usable,
        known,
        bytes,
    }
}

/// Reads a file from its beginning.
pub(crate) fn begun(bytes: &[u8], file: FileId, kind: FileKind, decoder: &mut Decoder<'_>) -> bool {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    let name = decoder.file_name();
    if kind == FileKind::Book {
        return tables::read_book(bytes, file, &name, decoder);
    }
    let base = if bytes.starts_with(MARK) {
        MARK.len()
    } else {
        0
    };
    let bytes = &bytes[base..];
    if is_foreign(bytes) {
        let guess = guess_encoding(bytes);
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
            let guess = guess_encoding(bytes);
            decoder.report(faults::encoding::found(file, at..at + 1, &guess));
            return false;
        }
    };
    let slice = Slice { text, file, base };
    match kind {
        FileKind::Yaml => yaml_facts::read(slice, decoder),
        FileKind::Table => tables::read(slice, &name, decoder),
        _ => json::read(slice, decoder),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::finish;
    use crate::{LoadResult, Request, Source};

    /// Facts of several blocks, with whatever can go wrong across them.
    fn lines() -> Vec<u8> {
        let mut text =
            String::from("{\"type\":\"actor\",\"id\":\"a0\",\"name\":\"A\",\"kind\":\"person\"}\n");
        for n in 0..30_000 {
            text.push_str(&format!(
                "{{\"type\":\"claim\",\"id\":\"c{}\",\"speaker\":[\"a{}\"],\"said\":\"20{:02}\",\
                 \"stance\":\"supports\",\"about\":[\"c{}\"],\"tags\":[\"t{}\"],\"x_n\":{n}}}\n",
                n % 29_900,
                n % 3,
                n % 40,
                (n * 7) % 29_900,
                n % 5,
            ));
            if n % 1000 == 0 {
                text.push_str("{\"type\":\"order\",\"first\":\"c1\",\"relation\":\"befor\",\"second\":\"c2\"}\n");
            }
        }
        text.into_bytes()
    }

    fn loaded(threads: usize) -> LoadResult {
        let source = Source::Memory {
            name: "facts.jsonl".into(),
            bytes: lines(),
        };
        let request = Request {
            facts: vec![source],
            texts: Vec::new(),
        };
        finish(
            &request,
            &annals_model::OwnWords::default(),
            |files, frame| {
                let earlier = EarlierFiles::default();
                with_threads(files, frame, threads, &earlier)
            },
        )
    }

    #[test]
    fn one_thread_or_many_read_the_same() {
        let (one, many) = (loaded(1), loaded(5));
        assert!(one.facts.files.len() == 1 && one.facts.claims.len() == 30_000);
        assert_eq!(one.findings.len(), many.findings.len());
        for (a, b) in one.findings.iter().zip(&many.findings) {
            assert_eq!((&a.message, a.place()), (&b.message, b.place()));
        }
        assert!(
            one.findings
                .iter()
                .any(|one| one.code.name == "duplicate-id")
        );
        for (a, b) in one.facts.records().zip(many.facts.records()) {
            assert_eq!(one.facts.id(a), many.facts.id(b));
            let written = |facts: &Facts, record| serde_json::Value::Object(facts.written(record));
            assert_eq!(written(&one.facts, a), written(&many.facts, b));
        }
        let last = one.facts.orders.handles().last().map(|id| one.facts.id(id));
        assert_eq!(last, Some("facts.jsonl#orders/30"));
    }
}
