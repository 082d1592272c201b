//! The texts of all files of a run, for showing places. Files on disk are read again when they are
//! needed.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Seek as _, SeekFrom};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::source::embedded::EmbeddedFile;
use crate::source::record_lines::{RecordLine, RecordLines};
use annals_evidence::Text;
use annals_model::FileId;
use sha2::{Digest as _, Sha256};

/// The places of lines, by the byte at which their record begins.
pub(crate) type LinePlaces = BTreeMap<usize, RecordLine>;

/// The files of a run. Fact files on disk are not kept in memory; they are read once more when a
/// place in one is shown.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Kept>,
    /// The lines of files of JSON Lines, as far as they were noted when these were read.
    lines: BTreeMap<FileId, RecordLines>,
}

#[derive(Debug)]
enum Kept {
    /// Not kept; where to find it.
    Disk(PathBuf, OnceLock<Option<String>>),
    /// Kept, since it cannot be had again.
    Memory(Arc<[u8]>, OnceLock<String>),
    /// Kept, and not yet written where it will lie.
    Coming(PathBuf, Arc<[u8]>, OnceLock<String>),
    /// Kept in something else, and read from there again.
    Embedded(EmbeddedFile, OnceLock<Option<String>>),
    /// The same, of which some lines were read, and stand there.
    Lines(EmbeddedFile, OnceLock<Option<String>>, LinePlaces),
    /// The plain text of a document.
    Text(Arc<Text>),
    /// Nothing to show.
    Nothing,
}

impl Sources {
    pub(crate) fn add_disk(&mut self, path: PathBuf) {
        self.files.push(Kept::Disk(path, OnceLock::new()));
    }

    pub(crate) fn add_memory(&mut self, bytes: &[u8]) {
        self.files.push(Kept::Memory(bytes.into(), OnceLock::new()));
    }

    pub(crate) fn add_coming(&mut self, path: PathBuf, bytes: &[u8]) {
        let kept = Kept::Coming(path, bytes.into(), OnceLock::new());
        self.files.push(kept);
    }

    pub(crate) fn add_stored(&mut self, stored: EmbeddedFile) {
        self.files.push(Kept::Embedded(stored, OnceLock::new()));
    }

    pub(crate) fn add_lines(&mut self, stored: EmbeddedFile, places: LinePlaces) {
        let kept = Kept::Lines(stored, OnceLock::new(), places);
        self.files.push(kept);
    }

    /// The lines of a file, as they were noted when it was read.
    pub(crate) fn noted_lines(&self, file: FileId) -> Option<&RecordLines> {
        self.lines.get(&file)
    }

    /// So many lines of a file on disk from a byte on, without the line break at their end. `None`
    /// where the text is at hand, is kept elsewhere, or cannot be read any more.
    pub(crate) fn lines_from(&self, file: FileId, start: usize, count: usize) -> Option<String> {
        let Kept::Disk(path, text) = self.files.get(file.index())? else {
            return None;
        };
        if text.get().is_some() {
            return None;
        }
        let mut open = annals_files::open(path).ok()?;
        open.seek(SeekFrom::Start(start as u64)).ok()?;
        let (mut open, mut lines) = (BufReader::with_capacity(4096, open), Vec::new());
        for _ in 0..count {
            open.read_until(b'\n', &mut lines).ok()?;
        }
        let mut lines = String::from_utf8(lines).ok()?;
        if lines.ends_with('\n') {
            lines.pop();
            // As a `LineIndex` ends a line.
            if lines.ends_with('\r') {
                lines.pop();
            }
        }
        Some(lines)
    }

    pub(crate) fn know_lines(&mut self, lines: BTreeMap<FileId, RecordLines>) {
        self.lines = lines;
    }

    /// Whether the places of the lines that were read are known.
    pub(crate) fn knows_lines(&self, file: FileId) -> bool {
        match self.files.get(file.index()) {
            Some(Kept::Lines(..)) => true,
            _ => self.lines.contains_key(&file),
        }
    }

    /// Where the record that begins at a byte stands, if that is known already.
    pub(crate) fn known_line(&self, file: FileId, offset: usize) -> Option<RecordLine> {
        match self.files.get(file.index())? {
            Kept::Lines(_, _, places) => places.get(&offset).copied(),
            _ => self.lines.get(&file)?.at(offset),
        }
    }

    /// The byte of the text of a file at which the record that is said to begin at `offset` begins: of a
    /// file of which some lines were read, it need not be known where these stand.
    pub(crate) fn offset_in_text(&self, file: FileId, offset: usize) -> usize {
        if let Some(Kept::Lines(_, _, places)) = self.files.get(file.index())
            && let Some((line, text)) = places.get(&offset).zip(self.text(file))
        {
            let mut ends = memchr::memchr_iter(b'\n', text.as_bytes());
            let before = line.line.checked_sub(2).map(|nth| ends.nth(nth));
            let start = match before {
                // A mark of the encoding stands before the first line.
                None => text.len() - text.trim_start_matches('\u{feff}').len(),
                Some(end) => end.map_or(0, |end| end + 1),
            };
            // What stands before a record is white space, of which each character is a byte.
            return start + line.column - 1;
        }
        let _ = (self, file);
        offset
    }

    pub(crate) fn add_text(&mut self, text: Arc<Text>) {
        self.files.push(Kept::Text(text));
    }

    pub(crate) fn add_nothing(&mut self) {
        self.files.push(Kept::Nothing);
    }

    /// What is in a file; `None` where it cannot be read any more. Bytes that are not UTF-8 come
    /// as replacement characters.
    pub fn text(&self, file: FileId) -> Option<&str> {
        match self.files.get(file.index())? {
            Kept::Disk(path, text) => text
                .get_or_init(|| {
                    // A file of a million claims is held once, not twice.
                    let text =
                        String::from_utf8(annals_files::read(path, annals_files::HELD).ok()?);
                    Some(text.unwrap_or_else(|error| {
                        String::from_utf8_lossy(error.as_bytes()).into_owned()
                    }))
                })
                .as_deref(),
            Kept::Memory(bytes, text) | Kept::Coming(_, bytes, text) => {
                Some(text.get_or_init(|| String::from_utf8_lossy(bytes).into_owned()))
            }
            Kept::Embedded(stored, text) => text.get_or_init(|| stored_text(stored)).as_deref(),
            Kept::Lines(stored, text, _) => text.get_or_init(|| stored_text(stored)).as_deref(),
            Kept::Text(text) => Some(text.as_str()),
            Kept::Nothing => None,
        }
    }

    /// The bytes of a fact file, to be read through once; `None` where it cannot be read any more.
    pub fn reader(&self, file: FileId) -> Option<Box<dyn BufRead + Send + '_>> {
        match self.files.get(file.index())? {
            Kept::Disk(path, text) => match text.get() {
                Some(text) => Some(Box::new(text.as_deref()?.as_bytes())),
                None => Some(Box::new(BufReader::with_capacity(
                    1 << 20,
                    annals_files::open(path).ok()?,
                ))),
            },
            Kept::Memory(bytes, _) | Kept::Coming(_, bytes, _) => Some(Box::new(&**bytes)),
            Kept::Embedded(stored, _) => Some(Box::new(BufReader::with_capacity(
                1 << 20,
                stored.bytes.read().ok()?,
            ))),
            Kept::Lines(stored, ..) => Some(Box::new(BufReader::new(stored.bytes.read().ok()?))),
            Kept::Text(_) | Kept::Nothing => None,
        }
    }

    /// Where a fact file lies on disk, or will lie; `None` where it comes from elsewhere.
    pub fn path(&self, file: FileId) -> Option<&std::path::Path> {
        match self.files.get(file.index())? {
            Kept::Disk(path, _) | Kept::Coming(path, ..) => Some(path),
            _ => None,
        }
    }

    /// Whether a fact file is kept in something else: a snapshot.
    pub fn is_embedded(&self, file: FileId) -> bool {
        let kept = self.files.get(file.index());
        matches!(kept, Some(Kept::Embedded(..) | Kept::Lines(..)))
    }

    /// The SHA-256 of the bytes of a fact file, in hexadecimal digits; `None` where it cannot be read any
    /// more, and for the text of a document, of which [`Texts`](crate::Texts) has it.
    pub fn sha256(&self, file: FileId) -> Option<String> {
        let bytes: Box<dyn Read + '_> = match self.files.get(file.index())? {
            Kept::Disk(path, _) => Box::new(annals_files::open(path).ok()?),
            Kept::Memory(bytes, _) | Kept::Coming(_, bytes, _) => Box::new(&**bytes),
            Kept::Embedded(stored, _) | Kept::Lines(stored, ..) => stored.bytes.read().ok()?,
            Kept::Text(_) | Kept::Nothing => return None,
        };
        let mut bytes = BufReader::with_capacity(1 << 16, bytes);
        let mut sum = Sha256::new();
        loop {
            let some = bytes.fill_buf().ok()?;
            if some.is_empty() {
                return Some(format!("{:x}", sum.finalize()));
            }
            sum.update(some);
            let count = some.len();
            bytes.consume(count);
        }
    }

    /// The document text that a file is, with its places counted.
    pub fn document_text(&self, file: FileId) -> Option<&Text> {
        match self.files.get(file.index())? {
            Kept::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn stored_text(stored: &EmbeddedFile) -> Option<String> {
    let mut bytes = Vec::new();
    stored.bytes.read().ok()?.read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8(bytes);
    Some(text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}
