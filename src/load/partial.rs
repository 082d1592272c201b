//! Loads only some records of a snapshot: single lines of its JSON Lines files, and its other files
//! as a whole.

use std::collections::{BTreeSet, HashSet};
use std::convert::Infallible;

use foldhash::fast::FixedState;

use crate::decode::Decoder;
use crate::decode::block::{Block, Frame};
use crate::decode::reader_cache::ReaderCache;
use crate::decode::tape::Tape;
use crate::decode::template::TemplatedRecord;
use crate::decode::unresolved::Reference;
use crate::earlier::EarlierFiles;
use crate::link::linker::{Joined, Linker};
use crate::link::resolve;
use crate::locate::{LinePlaces, RecordLine, Sources};
use crate::read;
use crate::result::{LoadResult, SnapshotSummary, Unread};
use crate::source::chunks::{Chunk, Work};
use crate::source::embedded::EmbeddedFile;
use crate::source::files::{FactFile, Input, kind_of};
use crate::source::home::home;
use crate::syntax::jsonl;
use crate::verify::{passages, texts};
use annals_files::words_of;
use annals_finding as finding;
use annals_model::{FileId, Origin, OwnWords, RecordRef, SourceFile};
use annals_ordered_parallel as ordered_parallel;

/// How many lines are read at once at most, how many are worth another thread, and how many of which no
/// more is read than what they name.
const LINES_EACH: usize = 2048;
const FEW_LINES: usize = 256;
const NAMED_EACH: usize = 64;

/// A line of a file of JSON Lines that holds a record.
#[derive(Debug, Clone)]
pub struct EmbeddedLine {
    /// The byte at which the line begins, if that is known. Else it is said to begin behind the one
    /// before it, which is in order, and no byte of any other line that is read.
    pub start: Option<usize>,
    /// What the line holds.
    pub content: LineContent,
    /// Which line it is, from 1.
    pub number: usize,
    /// Which of its kind in its file the record is, from 1, where its id is made from that.
    pub nth: Option<usize>,
}

/// What a line holds that is read.
#[derive(Debug, Clone)]
pub enum LineContent {
    /// It, as it stands in the file.
    Text(String),
    /// Its record, of which the line itself is not made.
    Record {
        /// The record.
        record: TemplatedRecord,
        /// How many bytes of white space stand before the record.
        leading: usize,
        /// How many characters the record has, as it is written.
        characters: usize,
        /// How many bytes these are.
        bytes: usize,
    },
}

impl LineContent {
    /// How many bytes of white space stand before its record.
    pub fn leading(&self) -> usize {
        self.extent().0
    }

    /// How many characters its record has, as it is written.
    pub fn characters(&self) -> usize {
        self.extent().1
    }

    /// How many bytes of white space stand before its record, and how many characters that has.
    fn extent(&self) -> (usize, usize) {
        match self {
            LineContent::Text(text) => {
                let leading = text.len() - text.trim_ascii_start().len();
                (leading, text.trim_ascii().chars().count())
            }
            LineContent::Record {
                leading,
                characters,
                ..
            } => (*leading, *characters),
        }
    }

    /// Reads its record.
    fn read<'a>(
        &'a self,
        file: FileId,
        start: usize,
        tape: &mut Tape<'a>,
        decoder: &mut Decoder<'_>,
    ) {
        match self {
            LineContent::Text(text) => jsonl::read(text.as_bytes(), file, start, decoder),
            LineContent::Record {
                record, leading, ..
            } => {
                let origin = Origin::new(file, start + leading);
                jsonl::one_record(record.fill(tape), origin, decoder);
            }
        }
    }

    /// How many bytes it has; white space behind its record aside.
    fn len(&self) -> usize {
        match self {
            LineContent::Text(text) => text.len(),
            LineContent::Record { leading, bytes, .. } => leading + bytes,
        }
    }
}

/// A file of which some lines, or all bytes, are read.
#[derive(Debug)]
pub struct PartialFile {
    /// The file.
    pub file: EmbeddedFile,
    /// What its records without an id are named after.
    pub short: String,
    /// The lines, in the order of the file; `None`: all of it.
    pub lines: Option<Vec<EmbeddedLine>>,
}

/// Reads some lines of a file, by several threads if there are many, and adds their records.
fn add_lines(
    joined: &mut Linker<'_>,
    frame: &Frame,
    file: FileId,
    mut lines: Vec<EmbeddedLine>,
) -> LinePlaces {
    let mut next = 0;
    for line in &mut lines {
        let start = *line.start.get_or_insert(next);
        next = next.max(start.saturating_add(line.content.len() + 1));
    }
    let mut places = LinePlaces::new();
    let threads = ordered_parallel::threads(lines.len() / FEW_LINES + 1);
    let at_once = lines.len().div_ceil(threads).clamp(1, LINES_EACH);
    let Ok(()) = ordered_parallel::for_each_ordered(
        lines.chunks(at_once),
        threads,
        |lines| lines_read(frame, file, lines),
        |(mut block, some)| {
            places.extend(some);
            joined.add(file, &mut block);
            Ok::<(), Infallible>(())
        },
    );
    places
}

/// Reads some records of files, which stand in the order in which all of them would be read. What
/// they refer to must be among them, or is not known; nothing is said of that.
pub fn load_partial(
    files: Vec<PartialFile>,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> LoadResult {
    let known = files.iter().map(|some| SourceFile {
        name: some.file.name.clone(),
        short: some.short.clone(),
        kind: some.file.kind,
    });
    let frame = Frame {
        files: known.collect(),
        own_words: own_words.clone(),
    };
    let mut sources = Sources::default();
    let mut homes = Vec::new();
    let mut joined = Linker::new(&frame);
    let mut stopped = false;
    for (nth, some) in files.into_iter().enumerate() {
        let id = FileId(nth as u32);
        let fact_file = FactFile {
            name: some.file.name.clone(),
            kind: kind_of(&some.file.name),
            input: Input::Embedded(some.file.clone()),
        };
        homes.push(home(&fact_file));
        match some.lines {
            Some(lines) => {
                let places = add_lines(&mut joined, &frame, id, lines);
                sources.add_lines(some.file, places);
            }
            None => {
                sources.add_stored(some.file.clone());
                let work = match whole_of(&some.file) {
                    Ok(bytes) => Work::Begin(some.file.kind, bytes),
                    Err(error) => Work::Fault(words_of(&error)),
                };
                let piece = Chunk { file: id, work };
                let read = read::piece(piece, &frame, ReaderCache::default(), Block::default());
                stopped |= !read.usable;
                joined.add(id, &mut { read.block });
            }
        }
    }
    let Joined {
        mut facts,
        mut findings,
        pending,
        unread,
    } = joined.finish();
    facts.files.clone_from(&frame.files);
    facts.own_words.clone_from(&frame.own_words);
    resolve::resolve_known(&mut facts, &pending);
    let mut unsaid = Vec::new();
    let texts = texts::read(&mut facts, &homes, (&[], &[]), &mut sources, &mut unsaid);
    stopped |= texts.stopped;
    passages::verify(&mut facts, &texts, &BTreeSet::new(), &mut unsaid);
    finding::sort(&mut findings);
    LoadResult {
        facts,
        texts,
        sources,
        findings,
        stopped,
        unread: Unread {
            files: unread.files,
            referring: BTreeSet::new(),
        },
        stand_ins: None,
        whole: Some(whole),
        earlier: EarlierFiles::default(),
    }
}

fn whole_of(file: &EmbeddedFile) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut file.bytes.read()?, &mut bytes)?;
    Ok(bytes)
}

fn lines_read(frame: &Frame, file: FileId, lines: &[EmbeddedLine]) -> (Block, LinePlaces) {
    let mut decoder = Decoder::new(frame, file, ReaderCache::default(), Block::default());
    let (mut places, mut tape) = (LinePlaces::new(), Tape::default());
    for line in lines {
        // The number says which of its kind it is; whichever kind that is.
        decoder.standing_before(line.nth.map_or(0, |nth| nth - 1));
        let start = line.start.unwrap_or(0);
        line.content.read(file, start, &mut tape, &mut decoder);
        let (leading, characters) = line.content.extent();
        let place = RecordLine {
            line: line.number,
            column: leading + 1,
            end_column: leading + 1 + characters,
        };
        places.insert(start + leading, place);
    }
    let (mut block, _) = decoder.finish();
    // Which of its kind a record is was said of each; what stands before counts for nothing more.
    block.counts = [0; 8];
    (block, places)
}

/// What the record of each line refers to, and its own id as written.
pub fn refers_to(
    lines: &[&LineContent],
    own_words: &OwnWords,
) -> Vec<(Option<String>, Vec<String>)> {
    let mut all = Vec::with_capacity(lines.len());
    let each = |frame: &Frame, lines: &[&LineContent]| {
        let mut named = Vec::with_capacity(lines.len());
        each_line(frame, lines.iter().copied(), |own, names| {
            let names = names.map(str::to_owned).collect();
            named.push((own.map(str::to_owned), names));
        });
        named
    };
    in_stretches(lines, own_words, each, |named| all.extend(named));
    all
}

/// What the records of many lines refer to, and their own ids as written where they are known by another;
/// each line comes with the id that its record is known by.
pub fn names_in(
    lines: &[(&LineContent, &str)],
    own_words: &OwnWords,
) -> HashSet<String, FixedState> {
    let mut all = HashSet::default();
    let each = |frame: &Frame, lines: &[(&LineContent, &str)]| {
        // Six of seven words have been named before.
        let mut named: HashSet<String, FixedState> = HashSet::default();
        let mut nth = 0;
        each_line(frame, lines.iter().map(|(line, _)| *line), |own, names| {
            let mut add = |name: &str| {
                if !named.contains(name) {
                    named.insert(name.to_owned());
                }
            };
            names.for_each(&mut add);
            if let Some(own) = own.filter(|own| *own != lines[nth].1) {
                add(own);
            }
            nth += 1;
        });
        named
    };
    in_stretches(lines, own_words, each, |named| all.extend(named));
    all
}

/// Reads lines in stretches, by several threads if there are many; what each gives is taken in order.
fn in_stretches<L: Sync, R: Send>(
    lines: &[L],
    own_words: &OwnWords,
    each: impl Fn(&Frame, &[L]) -> R + Sync,
    mut take: impl FnMut(R),
) {
    let frame = Frame {
        files: vec![SourceFile {
            name: String::new(),
            short: String::new(),
            kind: annals_model::FileKind::JsonLines,
        }],
        own_words: own_words.clone(),
    };
    let threads = ordered_parallel::threads(lines.len() / NAMED_EACH + 1);
    let at_once = lines.len().div_ceil(threads).clamp(1, LINES_EACH);
    let stretches = lines.chunks(at_once);
    let Ok(()) = ordered_parallel::for_each_ordered(
        stretches,
        threads,
        |lines| each(&frame, lines),
        |named| {
            take(named);
            Ok::<(), Infallible>(())
        },
    );
}

/// Passes on of each line its record's own id as written, and what that refers to.
fn each_line<'l>(
    frame: &Frame,
    lines: impl Iterator<Item = &'l LineContent>,
    mut each: impl FnMut(Option<&str>, &mut dyn Iterator<Item = &str>),
) {
    let file = FileId(0);
    let mut decoder = Decoder::new(frame, file, ReaderCache::default(), Block::default());
    let mut tape = Tape::default();
    // Of each line the records that were read before it.
    let mut before = Vec::new();
    for line in lines {
        before.push(decoder.records());
        line.read(file, 0, &mut tape, &mut decoder);
    }
    let (block, _) = decoder.finish();
    let words = &block.new.words;
    let mut pending = block.pending.records().peekable();
    let ends = before.iter().skip(1).copied().chain([block.records.len()]);
    for (&start, end) in before.iter().zip(ends) {
        // A line has one record, or none.
        let records = block.records[start..end].iter().map(|(record, _)| *record);
        let (mut references, mut own): (Vec<Reference>, _) = (Vec::new(), None);
        for record in records {
            own = own.or_else(|| own_id(&block, record));
            if let Some(waiting) = pending.next_if(|waiting| waiting.record == record) {
                references.extend_from_slice(waiting.references);
            }
        }
        let mut names = references.iter().map(|one| words.mentioned(one.name));
        each(own, &mut names);
    }
}

/// The id of a record as it is written.
fn own_id(block: &Block, record: RecordRef) -> Option<&str> {
    let common = block.facts.common(record);
    (common.named).then(|| block.new.words.own(common.id))
}

/// What the records of a file refer to.
///
/// # Errors
/// When it cannot be had.
pub fn file_refers_to(file: &EmbeddedFile, own_words: &OwnWords) -> std::io::Result<Vec<String>> {
    let frame = Frame {
        files: vec![SourceFile {
            name: file.name.clone(),
            short: String::new(),
            kind: file.kind,
        }],
        own_words: own_words.clone(),
    };
    let work = Work::Begin(file.kind, whole_of(file)?);
    let piece = Chunk {
        file: FileId(0),
        work,
    };
    let read = read::piece(piece, &frame, ReaderCache::default(), Block::default());
    let names = read.block.pending.names();
    let words = &read.block.new.words;
    Ok(names.map(|name| words.mentioned(name).to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use std::io::{self, Cursor, Read};
    use std::sync::Arc;

    use super::*;
    use crate::{EmbeddedSource, EmbeddedText, Places};
    use annals_finding::{Locate, Path, Place};
    use annals_model::FileKind;

    const TEXT: &str = "\u{feff} {\"type\":\"claim\",\"id\":\"c1\",\"content\":\"one\"}\nno record\n\
        \u{20}\u{20}{\"type\":\"claim\",\"id\":\"c2\",\"content\":\"two\"}\n";

    #[derive(Debug)]
    struct Kept;

    impl EmbeddedSource for Kept {
        fn read(&self) -> io::Result<Box<dyn Read + Send>> {
            Ok(Box::new(Cursor::new(TEXT.as_bytes())))
        }

        fn size(&self) -> u64 {
            TEXT.len() as u64
        }

        fn text_of(&self, _: usize) -> io::Result<Option<EmbeddedText>> {
            Ok(None)
        }
    }

    /// What lines say stands where it does in their file, whether or not it is known where they begin.
    #[test]
    fn lines_that_are_said_to_begin_somewhere_have_their_places() {
        for known in [false, true] {
            let mut start = 0;
            let mut lines = Vec::new();
            for (nth, line) in TEXT.split_inclusive('\n').enumerate() {
                let mark = line.len() - line.trim_start_matches('\u{feff}').len();
                if nth != 1 {
                    lines.push(EmbeddedLine {
                        start: known.then_some(start + mark),
                        content: LineContent::Text(line[mark..].trim_end().to_owned()),
                        number: nth + 1,
                        nth: None,
                    });
                }
                start += line.len();
            }
            let file = PartialFile {
                file: EmbeddedFile {
                    name: "f.jsonl".into(),
                    kind: FileKind::JsonLines,
                    bytes: Arc::new(Kept),
                },
                short: "f".into(),
                lines: Some(lines),
            };
            let whole = SnapshotSummary {
                counts: annals_finding::write::Counts::default(),
                records: 2,
                retracted: 0,
                unverified: None,
            };
            let loaded = load_partial(vec![file], &OwnWords::default(), whole);
            let places = Places::new(&loaded);
            for (id, line, column) in [("c1", 1, 2), ("c2", 3, 3)] {
                let record = loaded.facts.find(id).unwrap();
                let stands = places.record(record);
                assert_eq!((stands.line, stands.column), (line, column), "{known}");
                let content = Path::RECORD.key("content");
                let place = Place::Value(loaded.facts.common(record).origin, content);
                let found = places.locate(&place).place;
                assert_eq!((found.line, found.column), (line, column + 36), "{known}");
            }
        }
    }
}
