//! Divides the input into chunks that can be read independently: whole files, and blocks of lines
//! of JSON Lines. The boundaries depend on the bytes alone, not on the number of threads.

use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use super::embedded::EmbeddedFile;
use super::encoding;
use super::files::{FactFile, Input};
use annals_files::words_of;
use annals_model::{FileId, FileKind};
use annals_ordered_parallel::BufferPool;

/// How many bytes of lines are read as one, or a few more, up to the end of a line.
pub(crate) const BLOCK: usize = 2 << 20;
/// The most bytes of a workbook, which is packed.
const PACKED: u64 = 256 << 20;
/// The longest line that is held, in bytes.
const LONGEST: usize = 128 << 20;
/// The room of a piece that has more bytes is not kept for others.
pub(crate) const MOST_ROOM: u64 = 2 * BLOCK as u64;

/// What is to be read as one.
#[derive(Debug)]
pub(crate) struct Chunk {
    pub(crate) file: FileId,
    pub(crate) work: Work,
}

/// The bytes of a piece.
#[derive(Debug)]
pub(crate) enum Work {
    /// A file from its beginning: all of it, or its first lines.
    Begin(FileKind, Vec<u8>),
    /// Nothing: a whole file, which was read before and has not changed since.
    Unchanged,
    /// Further lines of a file, and at which byte they begin.
    Lines(usize, Vec<u8>),
    /// Why a file, or the rest of one, cannot be read.
    Fault(String),
}

impl Work {
    /// How many bytes it has.
    pub(crate) fn len(&self) -> usize {
        match self {
            Work::Begin(_, bytes) | Work::Lines(_, bytes) => bytes.len(),
            Work::Unchanged | Work::Fault(_) => 0,
        }
    }
}

/// All pieces, one after the other.
pub(crate) struct Chunks {
    files: std::vec::IntoIter<FactFile>,
    next_file: u32,
    open: Option<Lines>,
    used: Arc<BufferPool<Vec<u8>>>,
}

/// A file of lines that is being cut.
struct Lines {
    file: FileId,
    reader: Box<dyn Read + Send>,
    /// The beginning of a line whose end is not read yet.
    rest: Vec<u8>,
    /// The byte at which it begins.
    at: usize,
    ended: bool,
    used: Arc<BufferPool<Vec<u8>>>,
}

impl Chunks {
    pub(crate) fn of(files: Vec<FactFile>) -> Self {
        Chunks {
            files: files.into_iter(),
            next_file: 0,
            open: None,
            used: Arc::default(),
        }
    }

    /// Where bytes that were read are given back, for others to be read into their room.
    pub(crate) fn used(&self) -> Arc<BufferPool<Vec<u8>>> {
        Arc::clone(&self.used)
    }

    fn begin(&mut self, file: FactFile) -> Chunk {
        let id = FileId(self.next_file);
        self.next_file += 1;
        let work = match file.input {
            Input::Fault(why) => Work::Fault(why),
            Input::Unchanged(_) => Work::Unchanged,
            Input::Path(path) => match open(&path, file.kind) {
                Ok(Opened::Whole(kind, bytes)) => Work::Begin(kind, bytes),
                Ok(Opened::Lines(reader)) => self.lines(id, reader),
                Err(error) => Work::Fault(words_of(&error)),
            },
            Input::Embedded(stored) => match opened_stored(&stored) {
                Ok(Opened::Whole(kind, bytes)) => Work::Begin(kind, bytes),
                Ok(Opened::Lines(reader)) => self.lines(id, reader),
                Err(error) => Work::Fault(words_of(&error)),
            },
            Input::Memory(bytes) | Input::Instead(_, bytes) => {
                match file.kind.unwrap_or(FileKind::Json) {
                    FileKind::JsonLines => self.lines(id, Box::new(Cursor::new(bytes))),
                    kind => Work::Begin(kind, bytes),
                }
            }
        };
        Chunk { file: id, work }
    }

    /// The first lines of a file.
    fn lines(&mut self, file: FileId, reader: Box<dyn Read + Send>) -> Work {
        let mut lines = Lines {
            file,
            reader,
            rest: Vec::new(),
            at: 0,
            ended: false,
            used: Arc::clone(&self.used),
        };
        match lines.block() {
            Ok(block) => {
                let (_, bytes) = block.unwrap_or_default();
                // In a foreign encoding no end of a line can be trusted.
                if !encoding::is_foreign(&bytes) {
                    self.open = Some(lines);
                }
                Work::Begin(FileKind::JsonLines, bytes)
            }
            Err(error) => Work::Fault(words_of(&error)),
        }
    }
}

impl Iterator for Chunks {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        if let Some(lines) = &mut self.open {
            let file = lines.file;
            match lines.block() {
                Ok(Some((at, bytes))) => {
                    let work = Work::Lines(at, bytes);
                    return Some(Chunk { file, work });
                }
                Ok(None) => self.open = None,
                Err(error) => {
                    self.open = None;
                    let work = Work::Fault(words_of(&error));
                    return Some(Chunk { file, work });
                }
            }
        }
        let file = self.files.next()?;
        Some(self.begin(file))
    }
}

impl Lines {
    /// The next lines and the byte at which they begin; `None` at the end.
    fn block(&mut self) -> io::Result<Option<(usize, Vec<u8>)>> {
        let mut bytes = self.used.take(Vec::new);
        bytes.clear();
        bytes.append(&mut self.rest);
        let begun = self.at;
        while !self.ended {
            let had = bytes.len();
            let wanted = BLOCK.saturating_sub(had).max(had).max(1);
            bytes.reserve(wanted);
            let read = (&mut self.reader)
                .take(wanted as u64)
                .read_to_end(&mut bytes)?;
            if read < wanted {
                self.ended = true;
            } else if bytes.len() > LONGEST {
                let words = "a line is longer than 128 MiB, which is the limit";
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, words));
            } else if let Some(end) = memchr::memrchr(b'\n', &bytes[had..]) {
                let end = had + end + 1;
                self.rest.extend_from_slice(&bytes[end..]);
                bytes.truncate(end);
                break;
            }
        }
        self.at += bytes.len();
        Ok((!bytes.is_empty()).then_some((begun, bytes)))
    }
}

enum Opened {
    Whole(FileKind, Vec<u8>),
    Lines(Box<dyn Read + Send>),
}

fn open(path: &Path, kind: Option<FileKind>) -> io::Result<Opened> {
    if kind == Some(FileKind::JsonLines) {
        return Ok(Opened::Lines(Box::new(annals_files::open(path)?)));
    }
    let most = match kind {
        Some(FileKind::Book) => PACKED,
        _ => annals_files::HELD,
    };
    let bytes = annals_files::read(path, most)?;
    Ok(Opened::Whole(kind.unwrap_or(FileKind::Json), bytes))
}

fn opened_stored(stored: &EmbeddedFile) -> io::Result<Opened> {
    let mut reader = stored.bytes.read()?;
    if stored.kind == FileKind::JsonLines {
        return Ok(Opened::Lines(reader));
    }
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    Ok(Opened::Whole(stored.kind, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(usize, usize)> {
        let mut lines = Lines {
            file: FileId(0),
            reader: Box::new(Cursor::new(text.as_bytes().to_vec())),
            rest: Vec::new(),
            at: 0,
            ended: false,
            used: Arc::default(),
        };
        let mut found = Vec::new();
        while let Some((at, bytes)) = lines.block().unwrap() {
            assert_eq!(bytes, text.as_bytes()[at..at + bytes.len()]);
            found.push((at, bytes.len()));
        }
        found
    }

    #[test]
    fn a_file_is_cut_between_lines_and_nothing_of_it_is_lost() {
        assert_eq!(cut(""), []);
        assert_eq!(cut("{}\n{}"), [(0, 5)]);
        let line = format!("{}\n", "x".repeat(999));
        let (text, most) = (line.repeat(10_000), BLOCK / 1000 * 1000);
        let cuts = cut(&text);
        let (last, whole) = cuts.split_last().unwrap();
        assert!(whole.len() > 2 && whole.iter().all(|(_, len)| *len == most));
        assert_eq!(last.0 + last.1, text.len());
        // A line that is longer than a block stays whole.
        let long = format!("{line}{}\n{line}", "y".repeat(2 * BLOCK));
        let cuts = cut(&long);
        let whole = |at: usize| at == 0 || long.as_bytes()[at - 1] == b'\n';
        assert!(cuts.iter().all(|(at, _)| whole(*at)));
        assert_eq!(cuts.iter().map(|(_, len)| len).sum::<usize>(), long.len());
    }
}
