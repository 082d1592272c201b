//! Records to tables: each file is read once more, line by line, beside what was read of it.

use std::collections::BTreeMap;
use std::io::BufRead as _;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::form::{self, Forms, Values};
use super::super::manifest::{InputEntry, InputKind, hex};
use super::super::opened::{OTHER_LINES, SOURCES, TEXTS};
use super::super::table::{Column, Is, TableWriter, Written};
use super::links::Links;
use crate::load::{KeptText, Loaded};
use crate::model::{Facts, FileId, FileKind, RecordKind, RecordRef, Vocabulary as _};
use crate::time::{Date, Day};

/// How many rows of records a page has.
const ROWS_PER_PAGE: usize = 512;
/// How many bytes of a file that is kept as it stands are one row.
const PIECE: usize = 1 << 16;

/// A part that is to be written.
pub(super) struct Part<'p> {
    /// Where.
    pub(super) folder: &'p Path,
    pub(super) loaded: &'p Loaded,
    /// The number of its first fact file in the manifest, its own number, its first rows.
    pub(super) first_input: usize,
    pub(super) number: usize,
    pub(super) first_rows: &'p BTreeMap<String, usize>,
}

impl Part<'_> {
    /// Writes some of the files that were read.
    pub(super) fn write(
        &self,
        files: &[FileId],
    ) -> Result<(Vec<Written>, Vec<InputEntry>), SnapshotError> {
        let mut writer = Writer::new(self);
        let mut inputs = Vec::new();
        for (nth, file) in files.iter().enumerate() {
            let mut entry = writer.file(*file, self.first_input + nth)?;
            entry.part = self.number;
            inputs.push(entry);
        }
        // The last rows of each table are written while the links are sorted.
        for kind in &mut writer.kinds {
            kind.table.flush()?;
        }
        let links = writer.links.write(&self.loaded.facts, self.folder)?;
        let mut tables = Vec::new();
        for kind in writer.kinds {
            tables.push(kind.table.finish()?);
        }
        tables.push(writer.other_lines.finish()?);
        tables.push(writer.sources.finish()?);
        tables.extend(self.texts(files)?);
        tables.extend(links);
        Ok((tables, inputs))
    }

    /// The texts of documents, as they were found.
    fn texts(&self, files: &[FileId]) -> Result<Option<Written>, SnapshotError> {
        let facts = &self.loaded.facts;
        let columns = [
            ("file", Is::Number),
            ("offset", Is::Long),
            ("outcome", Is::Word),
            ("path", Is::Text),
            ("sha256", Is::Text),
            ("text", Is::Text),
        ];
        let mut table = TableWriter::new(self.folder, TEXTS, declared(&columns), 1);
        let mut kept: Vec<_> = self.loaded.texts.kept(facts).collect();
        kept.sort_by_key(|(document, _)| *document);
        let mut any = false;
        for (document, kept) in kept {
            let origin = facts[document].common.origin;
            let Some(input) = files.iter().position(|file| *file == origin.file()) else {
                continue;
            };
            any = true;
            let (outcome, path, sum, text) = match &kept {
                KeptText::Found { shown, sum, text } => {
                    ("found", Some(shown), Some(sum), Some(text))
                }
                KeptText::Outside => ("outside", None, None, None),
                KeptText::Unreadable { shown, why } => ("unreadable", Some(shown), None, Some(why)),
            };
            table.number(0, Some((self.first_input + input) as i64));
            table.number(1, Some(origin.offset() as i64));
            table.text(2, Some(outcome));
            table.text(3, path.map(String::as_str));
            table.text(4, sum.map(String::as_str));
            table.text(5, text.map(String::as_str));
            table.end_row()?;
        }
        any.then(|| table.finish()).transpose()
    }
}

fn declared(columns: &[(&str, Is)]) -> Vec<Column> {
    let column = |(name, is): &(&str, Is)| Column {
        name: (*name).to_owned(),
        is: *is,
    };
    columns.iter().map(column).collect()
}

/// The tables of a part while they are written.
struct Writer<'p> {
    loaded: &'p Loaded,
    kinds: Vec<Kind<'p>>,
    other_lines: TableWriter<'p>,
    lines: usize,
    sources: TableWriter<'p>,
    pieces: usize,
    links: Links,
    form: String,
    values: Values,
    joined: String,
}

/// The table of a kind of record.
struct Kind<'p> {
    of: RecordKind,
    columns: Columns,
    forms: Forms,
    table: TableWriter<'p>,
    /// The record that comes next, and how many rows are written.
    next: usize,
    records: Vec<RecordRef>,
    rows: usize,
    first_row: usize,
}

impl Kind<'_> {
    /// The next record, if it is of this file.
    fn next(&self, facts: &Facts, file: FileId) -> Option<(RecordRef, usize)> {
        let record = *self.records.get(self.next)?;
        let origin = facts.common(record).origin;
        (origin.file() == file).then(|| (record, origin.offset()))
    }
}

/// Where a record stands.
struct Stands<'l> {
    input: usize,
    /// Which line it is, from 1; `None` in files that are kept as they stand.
    line: Option<usize>,
    offset: usize,
    /// The line, if it is one of JSON Lines.
    text: Option<&'l str>,
}

impl<'p> Writer<'p> {
    fn new(part: &Part<'p>) -> Self {
        let kind = |kind: &RecordKind| {
            let columns = Columns::of(*kind);
            let rows = ROWS_PER_PAGE;
            let table = TableWriter::new(part.folder, kind.plural(), columns.all.clone(), rows);
            let all = part.loaded.facts.records();
            Kind {
                of: *kind,
                columns,
                forms: Forms::default(),
                table,
                next: 0,
                records: all.filter(|record| record.kind() == *kind).collect(),
                rows: 0,
                first_row: part.first_rows.get(kind.plural()).copied().unwrap_or(0),
            }
        };
        let lines = [
            ("file", Is::Number),
            ("line", Is::Number),
            ("bytes", Is::Bytes),
        ];
        let sources = [("file", Is::Number), ("bytes", Is::Bytes)];
        Writer {
            loaded: part.loaded,
            kinds: RecordKind::ALL.iter().map(kind).collect(),
            other_lines: TableWriter::new(
                part.folder,
                OTHER_LINES,
                declared(&lines),
                ROWS_PER_PAGE,
            ),
            lines: 0,
            sources: TableWriter::new(part.folder, SOURCES, declared(&sources), 1),
            pieces: 0,
            links: Links::new(),
            form: String::new(),
            values: Values::default(),
            joined: String::new(),
        }
    }

    fn file(&mut self, file: FileId, input: usize) -> Result<InputEntry, SnapshotError> {
        let facts = &self.loaded.facts;
        let source = facts.file(file);
        for kind in &mut self.kinds {
            let after = |record: &RecordRef| facts.common(*record).origin.file() >= file;
            let skipped = kind.records[kind.next..].iter().position(after);
            kind.next += skipped.unwrap_or(kind.records.len() - kind.next);
        }
        let starts: Vec<usize> = self.kinds.iter().map(|kind| kind.rows).collect();
        let (first_line, first_piece) = (self.lines, self.pieces);
        let lines = source.kind == FileKind::JsonLines;
        let read = if lines {
            self.lines_of(file, input)?
        } else {
            self.whole(file, input)?
        };
        let mut rows = BTreeMap::new();
        for (kind, start) in self.kinds.iter().zip(starts) {
            rows.insert(kind.of.plural().to_owned(), [start, kind.rows - start]);
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

    fn reader(&self, file: FileId) -> Result<Box<dyn std::io::BufRead + 'p>, SnapshotError> {
        self.loaded
            .sources
            .reader(file)
            .ok_or_else(|| self.changed(file))
    }

    fn changed(&self, file: FileId) -> SnapshotError {
        let name = &self.loaded.facts.file(file).name;
        SnapshotError::new(
            Path::new(name),
            "it has changed while it was read; build the snapshot again",
        )
    }

    fn lines_of(&mut self, file: FileId, input: usize) -> Result<ReadThrough, SnapshotError> {
        const MARK: &[u8] = b"\xEF\xBB\xBF";
        let name = Path::new(&self.loaded.facts.file(file).name);
        let mut reader = self.reader(file)?;
        let mut sum = Sha256::new();
        let (mut line, mut at, mut number) = (Vec::new(), 0, 0);
        loop {
            line.clear();
            let read = reader.read_until(b'\n', &mut line);
            if read.map_err(|error| SnapshotError::io(name, &error))? == 0 {
                break;
            }
            sum.update(&line);
            number += 1;
            let text = line.strip_suffix(b"\n").unwrap_or(&line);
            let mark = if at == 0 && text.starts_with(MARK) {
                MARK.len()
            } else {
                0
            };
            let leading = text[mark..]
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace());
            let begins = at + mark + leading.count();
            let holder = self.kinds.iter().position(|kind| {
                let next = kind.next(&self.loaded.facts, file);
                next.is_some_and(|(_, offset)| offset == begins)
            });
            match holder.zip(std::str::from_utf8(text).ok()) {
                Some((kind, text)) => {
                    let stands = Stands {
                        input,
                        line: Some(number),
                        offset: begins,
                        text: Some(text),
                    };
                    self.record(kind, &stands)?;
                }
                None => {
                    self.other_lines.number(0, Some(input as i64));
                    self.other_lines.number(1, Some(number as i64));
                    self.other_lines.bytes(2, Some(text));
                    self.other_lines.end_row()?;
                    self.lines += 1;
                }
            }
            at += line.len();
        }
        if self
            .kinds
            .iter()
            .any(|kind| kind.next(&self.loaded.facts, file).is_some())
        {
            return Err(self.changed(file));
        }
        Ok(ReadThrough {
            bytes: at as u64,
            lines: number as u64,
            sha256: hex(&sum.finalize()),
        })
    }

    fn whole(&mut self, file: FileId, input: usize) -> Result<ReadThrough, SnapshotError> {
        let name = Path::new(&self.loaded.facts.file(file).name);
        let mut bytes = Vec::new();
        let read = std::io::Read::read_to_end(&mut self.reader(file)?, &mut bytes);
        read.map_err(|error| SnapshotError::io(name, &error))?;
        for piece in bytes.chunks(PIECE) {
            self.sources.number(0, Some(input as i64));
            self.sources.bytes(1, Some(piece));
            self.sources.end_row()?;
            self.pieces += 1;
        }
        for kind in 0..self.kinds.len() {
            while let Some((_, offset)) = self.kinds[kind].next(&self.loaded.facts, file) {
                let stands = Stands {
                    input,
                    line: None,
                    offset,
                    text: None,
                };
                self.record(kind, &stands)?;
            }
        }
        Ok(ReadThrough {
            bytes: bytes.len() as u64,
            lines: 0,
            sha256: hex(&Sha256::digest(&bytes)),
        })
    }

    /// Writes the next record of a kind.
    fn record(&mut self, kind: usize, stands: &Stands<'_>) -> Result<(), SnapshotError> {
        let facts = &self.loaded.facts;
        let record = self.kinds[kind].records[self.kinds[kind].next];
        let id = facts.id(record);
        let taken_apart = stands
            .text
            .is_some_and(|line| self.take_apart(kind, line, id));
        if !taken_apart {
            let written = facts.written(record);
            self.values.gather(&written, &self.kinds[kind].columns);
        }
        let Kind {
            columns,
            table,
            rows,
            first_row,
            next,
            ..
        } = &mut self.kinds[kind];
        let row = *first_row + *rows;
        table.number(columns.row, Some(row as i64));
        for &number in self.values.used() {
            let column = &columns.all[number];
            if number == columns.id {
                continue;
            }
            if column.is.is_list() {
                let items = self.values.of(number);
                items.for_each(|item| table.item(number, item));
            } else {
                table.text(number, self.values.one(number));
            }
        }
        table.text(columns.id, Some(id));
        table.text(columns.form, taken_apart.then_some(&*self.form));
        let raw = stands.text.filter(|_| !taken_apart).map(str::as_bytes);
        table.bytes(columns.raw, raw);
        let mut first_day = None;
        for (key, first, last) in &columns.days {
            let date = date(facts, record, key);
            let day = |day: Option<Day>| day.map(since_1970);
            table.number(*first, date.and_then(|date| day(date.first())));
            table.number(*last, date.and_then(|date| day(date.last())));
            if *key != "recorded" {
                first_day = date.and_then(|date| day(date.first()));
            }
        }
        let more = facts.more(record);
        table.real(columns.confidence, more.and_then(|more| more.confidence));
        if let (Some(lat), Some(lon), RecordRef::Place(place)) = (columns.lat, columns.lon, record)
        {
            table.real(lat, facts[place].lat);
            table.real(lon, facts[place].lon);
        }
        let retracted = more.and_then(|more| more.retracted);
        let retracted = retracted.map(|retracted| facts.date(retracted.on).written());
        table.text(columns.retracted, retracted);
        table.number(columns.file, Some(stands.input as i64));
        table.number(columns.line, stands.line.map(|line| line as i64));
        table.number(columns.offset, Some(stands.offset as i64));
        table.end_row()?;
        self.links.add(record, &self.values, first_day, row);
        *rows += 1;
        *next += 1;
        Ok(())
    }

    /// Takes a line apart; whether it can be put together again from the texts and the form.
    fn take_apart(&mut self, kind: usize, line: &str, id: &str) -> bool {
        let Kind { columns, forms, .. } = &mut self.kinds[kind];
        let is_called_so = |values: &Values| {
            let written = values.one(columns.id);
            written.is_none_or(|written| written == id)
        };
        if let Some(form) = forms.split(line, columns.all.len(), &mut self.values) {
            self.form.clear();
            self.form.push_str(form);
            return is_called_so(&self.values);
        }
        if form::split(line, columns, &mut self.form, &mut self.values).is_none()
            || !is_called_so(&self.values)
        {
            return false;
        }
        self.joined.clear();
        let values = &self.values;
        let mut taken = [0_usize; 64];
        let next = |column: usize| {
            let nth = taken.get_mut(column)?;
            *nth += 1;
            values.of(column).flatten().nth(*nth - 1)
        };
        let joined = form::join(&self.form, next, &mut self.joined);
        if joined.is_none() || self.joined != line {
            return false;
        }
        forms.remember(&self.form, &self.values);
        true
    }
}

/// What a file came to.
struct ReadThrough {
    bytes: u64,
    lines: u64,
    sha256: String,
}

/// The date of a record in a field.
fn date<'f>(facts: &'f Facts, record: RecordRef, key: &str) -> Option<&'f Date> {
    if key == "recorded" {
        return facts.more(record)?.recorded.map(|id| facts.date(id));
    }
    let date = match record {
        RecordRef::Document(id) => facts[id].published,
        RecordRef::Actor(id) => facts[id].lifespan,
        RecordRef::Event(id) => facts[id].when,
        RecordRef::Claim(id) => facts[id].said,
        RecordRef::Relation(id) => facts[id].when,
        RecordRef::Place(_) | RecordRef::Topic(_) | RecordRef::Order(_) => None,
    };
    date.map(|id| facts.date(id))
}

/// Days since 1970-01-01, as Parquet counts them.
fn since_1970(day: Day) -> i64 {
    let epoch = Day::from_ymd(1970, 1, 1).map_or(0, Day::number);
    i64::from(day.number()) - i64::from(epoch)
}
