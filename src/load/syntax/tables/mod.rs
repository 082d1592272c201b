//! Facts as tables: one table for each kind of record, one column for each field. A CSV or TSV file
//! tells its kind by its name (`claims.csv`, `kyiv-claims.tsv`) or by a column `type`, a workbook
//! by the names of its sheets.

mod cells;
mod places;
mod torn;

use std::sync::Arc;

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use torn::Torn;

use super::slice::Slice;
use crate::decode::tape::Tape;
use crate::decode::{Decoder, MOST_OF_ONE, fields_of};
use crate::faults;
use crate::faults::at::At;
use crate::source::files::kind_of_name;
use annals_finding::{Finding, Place};
use annals_model::{FileId, Origin, RecordKind, Vocabulary};
use annals_source::book::{self, Book, Sheet};
use annals_source::csv::{self, Dialect, Row, Rows};
use annals_source::{At as SourceAt, Source, SourceError, SourceErrorKind, Spot, cell_name};

pub(crate) use places::{BookPlaces, TablePlaces};

/// How many findings of a workbook are listed, however small it is.
const FEW_FINDINGS: usize = 10_000;
/// How much of a table is looked at to recognise its delimiter.
const HEAD: usize = 64 << 10;

/// Reads a table of separated values. A row that cannot be read costs that row. Returns whether the
/// table could be used.
pub(crate) fn read(slice: Slice<'_>, name: &str, decoder: &mut Decoder<'_>) -> bool {
    let text = slice.text;
    let dialect = match dialect(text, name) {
        Ok(dialect) => dialect,
        Err(refusal) => return refused(&refusal, slice, decoder),
    };
    let file: Arc<str> = name.into();
    let mut rows = Rows::new(text.as_bytes(), &file, dialect);
    let mut row = Row::default();
    let mut table: Option<Table> = None;
    // The byte at which the rows begin, and what they hold.
    let (mut from, mut values, mut torn) = (0, [0; 2], false);
    let before = decoder.records();
    loop {
        let here = slice.from(from);
        let fault = match (rows.next(&mut row), &table) {
            (Ok(false), _) => break,
            (Ok(true), Some(table)) => {
                torn::torn(&row, values[0]).map(|nth| (torn::never_closed(here, &row, nth), table))
            }
            (Ok(true), None) => None,
            (Err(refusal), Some(table)) if refusal.kind == SourceErrorKind::Syntax => {
                Some((of_refusal(&refusal, place_of(&refusal, here)), table))
            }
            (Err(refusal), _) => return refused(&refusal, here, decoder),
        };
        if let Some((finding, table)) = fault {
            let start = from + row.start;
            let rest = Torn {
                text: &text[start..],
                name: Arc::clone(&file),
                dialect,
                values,
            };
            let end = rest.next_row();
            decoder.pass_over(finding, rest.unread(end, table.kind, table.id));
            from = start + end;
            rows = Rows::new(&text.as_bytes()[from..], &file, dialect);
            torn = true;
            continue;
        }
        if row.is_blank() {
            continue;
        }
        let origin = Origin::new(slice.file, here.base + row.start);
        values[1] = row.len();
        let Some(table) = &table else {
            values[0] = row.len();
            let headings: Vec<String> = row.values().map(|value| value.trim().to_owned()).collect();
            table = Table::of(&headings, kind_of_name(name), origin, decoder);
            if table.is_none() {
                decoder.report(no_kind(slice, name));
                return false;
            }
            continue;
        };
        let record = table.record(&mut |nth| row.get(nth).trim().to_owned());
        decode(table, record, origin, decoder);
    }
    !torn || decoder.records() > before
}

/// Nothing says what the rows of a table are.
fn no_kind(slice: Slice<'_>, name: &str) -> Finding {
    let words = format!(
        "{name} is not a table of facts: neither its name nor a column \"type\" says what kind"
    );
    faults::source_syntax::found(Place::File(slice.file), &words, "")
        .help("name a table of claims claims.csv; import other tables with `annals import table`")
}

/// Reads a workbook: its sheets that are called after a kind of record. Returns whether it could be
/// used.
pub(crate) fn read_book(bytes: &[u8], file: FileId, name: &str, decoder: &mut Decoder<'_>) -> bool {
    let book: Book = match book::read(&Source::memory(name, bytes)) {
        Ok(book) => book,
        Err(refusal) => {
            decoder.report(of_refusal(&refusal, Place::File(file)));
            return false;
        }
    };
    let (mut found, mut counting) = (false, BTreeMap::new());
    // In proportion to the file: a row can be repeated a million times in a few bytes.
    let most = FEW_FINDINGS + bytes.len() / 16;
    for (nth, sheet) in book.sheets.iter().enumerate() {
        let Some(kind) = kind_of_name(&sheet.name) else {
            continue;
        };
        found = true;
        lost(sheet, nth, file, decoder);
        let mut rows = sheet.rows.iter();
        let Some(first) = rows.next() else {
            continue;
        };
        let width = first.cells.last().map_or(0, |cell| cell.column + 1);
        let mut headings = vec![String::new(); width];
        for cell in &first.cells {
            cell.value
                .text()
                .trim()
                .clone_into(&mut headings[cell.column]);
        }
        let origin = |row: usize| Origin::new(file, places::offset_of(nth, row));
        let Some(table) = Table::of(&headings, Some(kind), origin(first.number), decoder) else {
            continue;
        };
        for row in rows {
            let mut value = |column: usize| {
                let at = row.cells.binary_search_by_key(&column, |cell| cell.column);
                at.map_or_else(
                    |_| String::new(),
                    |at| cells::text(&row.cells[at].value, book.from_1904),
                )
            };
            let record = table.record(&mut value);
            if !record.is_empty() {
                decode(&table, record, origin(row.number), decoder);
                decoder.limit_findings(most, &mut counting);
            }
        }
    }
    if !found {
        let message =
            format!("{name} is not a workbook of facts: no sheet is named after a kind of record");
        let finding = faults::source_syntax::found(Place::File(file), &message, "");
        decoder.report(finding.help(
            "name a sheet of claims \"claims\"; import other sheets with `annals import table`",
        ));
    }
    found
}

/// Reports what is damaged in a sheet.
fn lost(sheet: &Sheet, nth: usize, file: FileId, decoder: &mut Decoder<'_>) {
    let mut findings: Vec<Finding> = (sheet.lost.iter())
        .map(|lost| {
            let place = Place::record(Origin::new(file, places::offset_of(nth, lost.row)));
            let cell = cell_name(lost.row, lost.column);
            let message = format!("cell {cell} is damaged: {}", lost.why);
            faults::source_syntax::found(place, &message, "left out")
        })
        .collect();
    if let Some(last) = findings.last_mut().filter(|_| sheet.more_lost > 0) {
        last.more = sheet.more_lost;
        let note = format!("{} more cells of this sheet are damaged", sheet.more_lost);
        last.notes.push(note);
    }
    for finding in findings {
        decoder.report(finding);
    }
}

/// How a table of facts is written; one that ends in `.tsv` has tabs.
///
/// # Errors
/// If two delimiters fit equally well.
pub fn dialect(text: &str, name: &str) -> Result<Dialect, SourceError> {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (head, at) = (&text[..end], SourceAt::file(&name.into()));
    let tabs = name.to_lowercase().ends_with("tsv").then_some(b'\t');
    let dialect = csv::recognised(head, &at, tabs)?;
    match tabs.or_else(|| delimiter_of_headings(head, dialect.delimiter)) {
        None => Ok(dialect),
        delimiter => csv::recognised(head, &at, delimiter),
    }
}

/// What separates the headings, if that is not what was recognised: a slip in a small table can hide
/// what its rows have in common.
fn delimiter_of_headings(head: &str, recognised: u8) -> Option<u8> {
    let mut lines = head.lines().filter(|line| !line.trim().is_empty());
    let headings = lines.next()?;
    if headings.contains(char::from(recognised)) {
        return None;
    }
    let count = |delimiter: &u8| headings.matches(char::from(*delimiter)).count();
    let most = [b',', b';', b'\t', b'|'].into_iter().max_by_key(count)?;
    (count(&most) > 0).then_some(most)
}

fn refused(refusal: &SourceError, slice: Slice<'_>, decoder: &mut Decoder<'_>) -> bool {
    decoder.report(of_refusal(refusal, place_of(refusal, slice)));
    false
}

fn place_of(refusal: &SourceError, slice: Slice<'_>) -> Place {
    match refusal.at.spot {
        Spot::Line(line) | Spot::Text { line, .. } => {
            let mut start = 0;
            for _ in 1..line {
                let next = memchr::memchr(b'\n', &slice.text.as_bytes()[start..]);
                start += next.map_or(0, |at| at + 1);
            }
            let column = match refusal.at.spot {
                Spot::Text { column, .. } => column - 1,
                _ => 0,
            };
            let rest = &slice.text[start..];
            let at = rest
                .char_indices()
                .nth(column)
                .map_or(rest.len(), |(at, _)| at);
            let at = slice.base + start + at;
            Place::Bytes(slice.file, (at..at + 1).into())
        }
        _ => Place::File(slice.file),
    }
}

fn of_refusal(refusal: &SourceError, place: Place) -> Finding {
    let (words, label) = (&refusal.message, &refusal.label);
    let finding = match refusal.kind {
        SourceErrorKind::Limit => faults::source_limit::found(place, words, label),
        SourceErrorKind::Unsafe => faults::source_reaches_out::found(place, words, label),
        _ => faults::source_syntax::found(place, words, label),
    };
    let finding = refusal.notes.iter().fold(finding, Finding::note);
    match &refusal.help {
        // The options of an import are none here.
        Some(help) if refusal.kind != SourceErrorKind::Ambiguous => finding.help(help),
        _ => finding,
    }
}

/// What the columns of a table are.
struct Table {
    kind: Option<RecordKind>,
    /// The column `type`, where each row says its kind.
    typed: Option<usize>,
    /// The column of the ids.
    id: Option<usize>,
    columns: Vec<(usize, cells::Column)>,
}

impl Table {
    /// The columns; nothing where no kind of record is said. Unknown ones are reported once, and left
    /// out.
    fn of(
        headings: &[String],
        kind: Option<RecordKind>,
        origin: Origin,
        decoder: &mut Decoder<'_>,
    ) -> Option<Table> {
        let typed = headings.iter().position(|heading| heading == "type");
        if kind.is_none() && typed.is_none() {
            return None;
        }
        let known: Vec<&str> = match kind {
            Some(kind) => fields_of(kind).collect(),
            None => RecordKind::ALL
                .iter()
                .flat_map(|kind| fields_of(*kind))
                .collect(),
        };
        let mut columns: Vec<(usize, cells::Column)> = Vec::new();
        // Only used for lookups, never iterated.
        let mut taken = HashSet::new();
        let first = decoder.findings();
        for (nth, heading) in headings.iter().enumerate() {
            if heading.is_empty() || Some(nth) == typed {
                continue;
            }
            let column = cells::Column::of(heading);
            let line = At::line(origin);
            if !known.contains(&column.field()) && !heading.starts_with("x_") {
                let at = line.key(heading);
                decoder.report(faults::unknown_field::heading(
                    &at,
                    heading,
                    kind,
                    known.iter().copied(),
                ));
                continue;
            }
            if !taken.insert(column.steps().to_vec()) {
                decoder.report(faults::duplicate_field::found(&line.key(heading), heading));
                continue;
            }
            columns.push((nth, column));
        }
        decoder.limit_findings(first + MOST_OF_ONE, &mut BTreeMap::new());
        Some(Table {
            kind,
            typed,
            id: headings.iter().position(|heading| heading == "id"),
            columns,
        })
    }

    /// The record of a row; without any field where all cells are empty.
    fn record(&self, value: &mut dyn FnMut(usize) -> String) -> Map<String, Value> {
        let mut record = Map::new();
        if let Some(typed) = self.typed {
            let word = value(typed);
            if !word.is_empty() {
                record.insert("type".to_owned(), word.into());
            }
        }
        for (nth, column) in &self.columns {
            let text = value(*nth);
            if !text.is_empty() {
                column.put(&text, &mut record);
            }
        }
        record
    }
}

/// Reads the fields off.
fn decode(table: &Table, record: Map<String, Value>, origin: Origin, decoder: &mut Decoder<'_>) {
    let value = Value::Object(record);
    let mut tape = Tape::default();
    // A value of JSON is always taken down.
    let Ok(view) = tape.read(&value) else {
        return;
    };
    let at = At::line(origin);
    let kind = match table.typed {
        Some(_) => super::jsonl::kind(view, &at, decoder),
        None => table.kind,
    };
    if let Some(kind) = kind {
        decoder.record(kind, view, origin);
    }
}
