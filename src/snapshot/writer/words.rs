//! The index of words: by token, the rows of the records whose names or texts have it. Each thread
//! collects those of the records that it encodes; at the end, all are merged.

use std::collections::HashMap;
use std::path::Path;

use foldhash::fast::FixedState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::line_template::Values;
use super::super::table::{Is, TableWriter, Written};
use super::super::tokens::{each_token, put_row, rows_of};
use super::names::{NAMES_PER_PAGE, column, sorted};
use annals_finding::fold::fold_into;
use annals_model::{RecordKind, Vocabulary as _};

/// The table of words.
pub(in super::super) const WORDS: &str = "words";
/// What the table calls the texts of documents; their rows are those of the documents.
pub(in super::super) const TEXT: &str = "text";

/// How many rows of the index one row of the table has at most: few enough that a page has not many
/// rows of other words.
const AT_MOST: usize = 2048;

/// The columns that are indexed, of any kind of record that `find` or `--text` looks through.
const INDEXED: [&str; 7] = [
    "name",
    "aliases",
    "label",
    "title",
    "quote",
    "content",
    "evidence_quote",
];

/// The columns of a kind of record that are indexed.
pub(super) fn indexed(kind: RecordKind, columns: &Columns) -> Vec<usize> {
    if matches!(kind, RecordKind::Relation | RecordKind::Order) {
        return Vec::new();
    }
    let numbers = INDEXED.iter().filter_map(|name| columns.number(name));
    numbers.collect()
}

/// The rows with a token, as the table has them.
#[derive(Debug, Default)]
struct Posting {
    last: u32,
    count: u32,
    bytes: Vec<u8>,
}

impl Posting {
    /// Adds a row that is not before the last; the last is not added again.
    fn add(&mut self, row: u32) {
        if self.count > 0 && self.last == row {
            return;
        }
        // Rows of one table come to a thread in their order.
        put_row(row.wrapping_sub(self.last), &mut self.bytes);
        self.last = row;
        self.count += 1;
    }
}

/// The tokens of some records.
#[derive(Debug, Default)]
pub(super) struct WordRows {
    /// By kind, those of the texts of documents last.
    of: Vec<HashMap<Box<str>, Posting, FixedState>>,
    room: String,
}

/// The number of the texts of documents among the kinds.
const TEXTS: usize = RecordKind::ALL.len();

impl WordRows {
    /// Notes the tokens of a record's columns.
    pub(super) fn note(&mut self, kind: RecordKind, columns: &[usize], values: &Values, row: u32) {
        for column in columns {
            for text in values.of(*column).flatten() {
                self.tokens(kind as usize, text, row);
            }
        }
    }

    /// Notes the tokens of the text of a document.
    pub(super) fn note_text(&mut self, text: &str, row: u32) {
        // No token is in two lines.
        for line in text.lines() {
            self.tokens(TEXTS, line, row);
        }
    }

    fn tokens(&mut self, kind: usize, text: &str, row: u32) {
        if self.of.is_empty() {
            self.of.resize_with(TEXTS + 1, HashMap::default);
        }
        let of_kind = &mut self.of[kind];
        self.room.clear();
        fold_into(text, &mut self.room);
        each_token(&self.room, &mut |token| {
            if let Some(posting) = of_kind.get_mut(token) {
                posting.add(row);
            } else {
                of_kind.entry(token.into()).or_default().add(row);
            }
        });
    }
}

/// The word of the table for a kind.
fn word_of(kind: usize) -> &'static str {
    RecordKind::ALL.get(kind).map_or(TEXT, |kind| kind.word())
}

/// Writes the index of all records.
pub(super) fn write_words(all: &[WordRows], folder: &Path) -> Result<Written, SnapshotError> {
    let mut tokens: Vec<(&str, usize, &Posting)> = Vec::new();
    for rows in all {
        for (kind, of_kind) in rows.of.iter().enumerate() {
            tokens.extend(
                of_kind
                    .iter()
                    .map(|(token, posting)| (&**token, kind, posting)),
            );
        }
    }
    let mut tokens = sorted(&tokens, |(token, ..)| token);
    for run in tokens.chunk_by_mut(|one, other| one.0 == other.0) {
        run.sort_by_key(|(_, kind, _)| word_of(*kind));
    }
    let columns = vec![
        column("word", Is::Sorted),
        column("kind", Is::Word),
        column("count", Is::Number),
        column("rows", Is::Bytes),
    ];
    let mut out = TableWriter::new(folder, WORDS, columns, NAMES_PER_PAGE);
    let (mut rows, mut bytes) = (Vec::new(), Vec::new());
    for run in tokens.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let (token, kind, _) = run[0];
        rows.clear();
        for (_, _, posting) in run {
            read_back(posting, &mut rows);
        }
        if !rows.is_sorted() {
            rows.sort_unstable();
        }
        rows.dedup();
        for some in rows.chunks(AT_MOST) {
            bytes.clear();
            let mut last = 0;
            for row in some {
                put_row(row - last, &mut bytes);
                last = *row;
            }
            out.row(|out| {
                out.text(0, Some(token));
                out.text(1, Some(word_of(kind)));
                out.number(2, Some(some.len() as i64));
                out.bytes(3, Some(&bytes));
            })?;
        }
    }
    out.finish()
}

/// The rows that were noted by one thread.
fn read_back(posting: &Posting, rows: &mut Vec<u32>) {
    let from = rows.len();
    if rows_of(&posting.bytes, rows).is_some() {
        return;
    }
    // Rows that did not come in order went round.
    rows.truncate(from);
    let (mut row, mut shift, mut more) = (0_u32, 0, 0_u32);
    for byte in &posting.bytes {
        more |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            row = row.wrapping_add(more);
            rows.push(row);
            (shift, more) = (0, 0);
        }
    }
}
