//! Writes records to tables: each file is read once more, line by line, together with its loaded
//! records.

use std::collections::BTreeMap;
use std::io::{BufRead, Read as _};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::super::error::SnapshotError;
use super::super::manifest::{InputEntry, InputKind, hex};
use super::super::opened::{OTHER_LINES, SOURCES, TEXTS};
use super::super::table::{Column, Is, TableWriter, Written};
use super::blocks::{Block, Blocks};
use super::chunking::{Cutter, Group, Line, Piece};
use super::clustering;
use super::fact_columns::days;
use super::for_engines;
use super::joint::JointClaim;
use super::link_targets::Words;
use super::links::{All, Links};
use super::rows::{CLAIMS, EncodedRows, Input, Kind, Progress, Rows};
use super::sorted_tables;
use annals_load::{EmbeddedText, LoadResult};
use annals_model::{FileId, FileKind, RecordKind, RecordRef, Vocabulary as _};
use annals_ordered_parallel::BufferPool;
use annals_ordered_parallel::for_each_ordered;

/// The number of record rows in a page.
const ROWS_PER_PAGE: usize = 1024;
/// How many bytes of a file that is stored unchanged form one row, and how many of its records are
/// encoded at once.
const PIECE: usize = 1 << 16;

/// How a file of lines is divided, and how many threads decode it.
#[derive(Debug, Clone, Copy)]
pub(super) struct BuildOptions {
    /// The approximate size of a block in bytes.
    pub(super) block: usize,
    pub(super) threads: usize,
    /// Whether the two large tables are written that only other engines read.
    pub(super) for_cluster: bool,
}

/// A part that is to be written.
pub(super) struct Part<'p> {
    /// The folder of the part.
    pub(super) folder: &'p Path,
    pub(super) loaded: &'p LoadResult,
    /// Its own number.
    pub(super) number: usize,
    pub(super) options: BuildOptions,
}

impl Part<'_> {
    /// Writes some of the files that were read.
    pub(super) fn write(
        &self,
        files: &[FileId],
    ) -> Result<(Vec<Written>, Vec<InputEntry>), SnapshotError> {
        let rows = self.rows();
        let mut writer = Writer::new(self, &rows);
        let mut inputs = Vec::new();
        for (nth, file) in files.iter().enumerate() {
            let mut entry = writer.file(Input {
                file: *file,
                number: nth,
            })?;
            entry.part = self.number;
            inputs.push(entry);
        }
        // The last rows of each table are written while the links are sorted.
        for table in &mut writer.tables {
            table.flush()?;
        }
        let Writer {
            tables: records,
            other_lines,
            sources,
            links,
            written,
            joint,
            ..
        } = writer;
        let facts = &self.loaded.facts;
        let all_words = Rows::all_words(rows.encoders);
        let all = All {
            loaded: self.loaded,
            words: &all_words,
            records: &written,
            folder: self.folder,
            for_cluster: self.options.for_cluster,
        };
        let links = sorted_tables::write(links, rows.words, &joint, &all)?;
        let mut tables = Vec::new();
        for table in records.into_iter().chain([other_lines, sources]) {
            tables.push(table.finish()?);
        }
        tables.push(self.texts(files)?);
        tables.extend(links);
        tables.push(for_engines::write_files(facts, files, self.folder)?);
        Ok((tables, inputs))
    }

    /// The shared data about all records.
    fn rows(&self) -> Rows<'_> {
        let facts = &self.loaded.facts;
        let mut records: Vec<Vec<RecordRef>> = RecordKind::ALL.iter().map(|_| Vec::new()).collect();
        for record in facts.records() {
            records[record.kind() as usize].push(record);
        }
        let kinds = RecordKind::ALL.iter().zip(records);
        let kinds = kinds.map(|(kind, records)| Kind::new(*kind, records));
        Rows {
            facts,
            loaded: self.loaded,
            kinds: kinds.collect(),
            days: days(facts),
            words: Words::new(facts),
            encoders: BufferPool::default(),
        }
    }

    /// The texts of documents, as they were found.
    fn texts(&self, files: &[FileId]) -> Result<Written, SnapshotError> {
        let facts = &self.loaded.facts;
        let columns = [
            ("file", Is::Number),
            ("byte_offset", Is::Long),
            ("outcome", Is::Word),
            ("path", Is::Text),
            ("sha256", Is::Text),
            ("text", Is::Text),
        ];
        let mut table = TableWriter::new(self.folder, TEXTS, declared(&columns), 1);
        let mut kept: Vec<_> = self.loaded.texts.kept(facts).collect();
        kept.sort_by_key(|(document, _)| *document);
        for (document, kept) in kept {
            let origin = facts[document].common.origin;
            let Some(input) = files.iter().position(|file| *file == origin.file()) else {
                continue;
            };
            let (outcome, path, sum, text) = match &kept {
                EmbeddedText::Found { shown, sum, text } => {
                    ("found", Some(shown), Some(sum), Some(text))
                }
                EmbeddedText::Outside => ("outside", None, None, None),
                EmbeddedText::Unreadable { shown, why } => {
                    ("unreadable", Some(shown), None, Some(why))
                }
            };
            table.row(|row| {
                row.number(0, Some(input as i64));
                row.number(1, Some(origin.offset() as i64));
                row.text(2, Some(outcome));
                row.text(3, path.map(String::as_str));
                row.text(4, sum.map(String::as_str));
                row.text(5, text.map(String::as_str));
            })?;
        }
        table.finish()
    }
}

fn declared(columns: &[(&str, Is)]) -> Vec<Column> {
    let column = |(name, is): &(&str, Is)| Column {
        name: (*name).to_owned(),
        is: *is,
    };
    columns.iter().map(column).collect()
}

/// The tables of a part while they are being written.
struct Writer<'r, 'p> {
    part: &'p Part<'p>,
    rows: &'r Rows<'p>,
    /// By kind of record.
    tables: Vec<TableWriter<'p>>,
    progress: Vec<Progress>,
    /// The records that have a row.
    written: Vec<(RecordRef, u32)>,
    links: Links,
    /// The claims of several speakers.
    joint: Vec<JointClaim>,
    other_lines: TableWriter<'p>,
    lines: usize,
    sources: TableWriter<'p>,
    pieces: usize,
    spare: BufferPool<Vec<u8>>,
}

impl<'r, 'p> Writer<'r, 'p> {
    fn new(part: &'p Part<'p>, rows: &'r Rows<'p>) -> Self {
        let table = |kind: &Kind| {
            let columns = kind.declared.clone();
            TableWriter::new(part.folder, kind.of.plural(), columns, ROWS_PER_PAGE)
        };
        let lines = [
            ("file", Is::Number),
            ("line", Is::Number),
            ("bytes", Is::Bytes),
        ];
        let (lines, folder) = (declared(&lines), part.folder);
        let sources = [("file", Is::Number), ("bytes", Is::Bytes)];
        Writer {
            part,
            rows,
            tables: rows.kinds.iter().map(table).collect(),
            progress: vec![Progress::default(); rows.kinds.len()],
            written: Vec::new(),
            links: Links::new(),
            joint: Vec::new(),
            other_lines: TableWriter::new(folder, OTHER_LINES, lines, ROWS_PER_PAGE),
            lines: 0,
            sources: TableWriter::new(folder, SOURCES, declared(&sources), 1),
            pieces: 0,
            spare: BufferPool::default(),
        }
    }

    fn file(&mut self, input: Input) -> Result<InputEntry, SnapshotError> {
        let facts = self.rows.facts;
        let source = facts.file(input.file);
        for (kind, progress) in self.rows.kinds.iter().zip(&mut self.progress) {
            let after = |record: &RecordRef| facts.common(*record).origin.file() >= input.file;
            let skipped = kind.records[progress.next..].iter().position(after);
            progress.next += skipped.unwrap_or(kind.records.len() - progress.next);
        }
        let first = self.progress.clone();
        let (first_line, first_piece) = (self.lines, self.pieces);
        let lines = source.kind == FileKind::JsonLines;
        let read = if lines {
            self.lines_of(input, &first)?
        } else {
            self.whole(input)?
        };
        let mut rows = BTreeMap::new();
        for (nth, kind) in self.rows.kinds.iter().enumerate() {
            let (before, now) = (first[nth].rows, self.progress[nth].rows);
            rows.insert(kind.of.plural().to_owned(), [before, now - before]);
        }
        rows.insert(
            OTHER_LINES.to_owned(),
            [first_line, self.lines - first_line],
        );
        rows.insert(SOURCES.to_owned(), [first_piece, self.pieces - first_piece]);
        rows.retain(|_, range| range[1] > 0);
        Ok(InputEntry {
            name: source.name.clone(),
            short: source.short.clone(),
            kind: match source.kind {
                FileKind::JsonLines => InputKind::JsonLines,
                FileKind::Yaml => InputKind::Yaml,
                FileKind::Table => InputKind::Table,
                FileKind::Book => InputKind::Book,
                FileKind::Json | FileKind::Text => InputKind::Json,
            },
            bytes: read.bytes,
            sha256: read.sha256,
            lines: read.lines,
            part: 0,
            rows,
        })
    }

    fn reader(&self, file: FileId) -> Result<Box<dyn BufRead + Send + 'p>, SnapshotError> {
        self.part
            .loaded
            .sources
            .reader(file)
            .ok_or_else(|| self.changed(file))
    }

    fn changed(&self, file: FileId) -> SnapshotError {
        let name = &self.rows.facts.file(file).name;
        SnapshotError::new(
            Path::new(name),
            "it changed while it was being read; build the snapshot again",
        )
    }

    fn lines_of(&mut self, input: Input, first: &[Progress]) -> Result<ReadThrough, SnapshotError> {
        let (rows, options, file) = (self.rows, self.part.options, input.file);
        let name = Path::new(&rows.facts.file(file).name);
        // Taken out temporarily: the threads use it while the other fields are borrowed mutably.
        let spare = std::mem::take(&mut self.spare);
        let blocks = Blocks {
            reader: self.reader(file)?,
            size: options.block,
            spare: &spare,
            start: 0,
            ended: false,
        };
        let (kind, at) = (&rows.kinds[CLAIMS], first[CLAIMS]);
        let order = self.order_of(file, at);
        let mut pieces = Cutter::new(blocks, rows.facts, input, kind, (at.next, at.rows));
        // A single block needs no threads.
        let few: Vec<_> = pieces.by_ref().take(3).collect();
        let threads = if few.len() < 3 { 1 } else { options.threads };
        let mut sum = Sha256::new();
        let mut read = ReadThrough::default();
        let mut last: Option<Arc<Group>> = None;
        for_each_ordered(
            few.into_iter().chain(pieces),
            threads,
            |piece| {
                Ok(match piece? {
                    Piece::Lines(block, lines) => rows.lines(input, first, block, lines),
                    Piece::Claims(group, places) => {
                        rows.claims(input, first, &order, group, places)
                    }
                })
            },
            |encoded: std::io::Result<EncodedRows>| {
                let mut encoded = encoded.map_err(|error| SnapshotError::io(name, &error))?;
                let (block, group) = (encoded.block.take(), encoded.group.take());
                if let Some(block) = &block {
                    sum.update(&block.bytes);
                    read.bytes += block.bytes.len() as u64;
                    read.lines += block.lines() as u64;
                    annals_watch::advance(block.lines() as u64);
                    self.keep(std::mem::take(&mut encoded.others), input, block)?;
                }
                self.take(encoded, file)?;
                // The blocks of a group that nobody reads any more are reused.
                let done = last.take_if(|last| {
                    group
                        .as_ref()
                        .is_some_and(|group| !Arc::ptr_eq(last, group))
                });
                let blocks = done.and_then(Arc::into_inner).map(Group::into_blocks);
                let used = blocks.into_iter().flatten().chain(block);
                for block in used.filter_map(Arc::into_inner) {
                    spare.give(block.bytes);
                }
                last = group.or(last.take());
                Ok(())
            },
        )?;
        drop(last);
        self.spare = spare;
        let left = |(kind, progress): (&Kind, &Progress)| {
            let location = kind.location(progress.next, rows.facts, file);
            location.is_some()
        };
        if rows.kinds.iter().zip(&self.progress).any(left) {
            return Err(self.changed(file));
        }
        read.sha256 = hex(&sum.finalize());
        Ok(read)
    }

    /// The final order of a file's claims, the first of which comes next.
    fn order_of(&self, file: FileId, at: Progress) -> Vec<u32> {
        let Rows { facts, days, .. } = self.rows;
        let claims = &self.rows.kinds[CLAIMS].records[at.next..];
        let count = claims.partition_point(|claim| facts.common(*claim).origin.file() == file);
        let threads = self.part.options.threads;
        clustering::cluster(facts, &claims[..count], at.rows, days, threads)
    }

    /// Stores lines that are not records unchanged.
    fn keep(&mut self, lines: Vec<Line>, input: Input, block: &Block) -> Result<(), SnapshotError> {
        for line in lines {
            self.other_lines.row(|row| {
                row.number(0, Some(input.number as i64));
                row.number(1, Some(line.number as i64));
                row.bytes(2, Some(&block.bytes[line.place]));
            })?;
            self.lines += 1;
        }
        Ok(())
    }

    /// Appends the encoded rows of the next records.
    fn take(&mut self, mut encoded: EncodedRows, file: FileId) -> Result<(), SnapshotError> {
        for (kind, progress) in self.progress.iter_mut().enumerate() {
            if !encoded.of.holds(kind) {
                continue;
            }
            if encoded.from[kind] != *progress {
                return Err(self.changed(file));
            }
            *progress = encoded.to[kind];
        }
        self.written.append(&mut encoded.written);
        self.joint.append(&mut encoded.joint);
        for (table, rows) in self.tables.iter_mut().zip(encoded.tables) {
            for rows in rows {
                table.append(rows)?;
            }
        }
        self.links.add(encoded.links);
        Ok(())
    }

    fn whole(&mut self, input: Input) -> Result<ReadThrough, SnapshotError> {
        let name = Path::new(&self.rows.facts.file(input.file).name);
        let mut bytes = Vec::new();
        let read = self.reader(input.file)?.read_to_end(&mut bytes);
        read.map_err(|error| SnapshotError::io(name, &error))?;
        for piece in bytes.chunks(PIECE) {
            self.sources.row(|row| {
                row.number(0, Some(input.number as i64));
                row.bytes(1, Some(piece));
            })?;
            self.pieces += 1;
        }
        for kind in 0..self.tables.len() {
            loop {
                let encoded = self.rows.whole(kind, input, &self.progress, PIECE);
                if encoded.to == encoded.from {
                    break;
                }
                self.take(encoded, input.file)?;
            }
        }
        Ok(ReadThrough {
            bytes: bytes.len() as u64,
            lines: 0,
            sha256: hex(&Sha256::digest(&bytes)),
        })
    }
}

/// The totals of a file.
#[derive(Default)]
struct ReadThrough {
    bytes: u64,
    lines: u64,
    sha256: String,
}
