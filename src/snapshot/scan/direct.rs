//! What has some words, told from the columns of the tables, without records: where much has them, and
//! nothing but words is asked for.
//!
//! The rows are those that `find` makes of the facts. So this is done only where the columns hold all
//! that the facts hold: all files are lines, in which nothing is at fault, and no document has a text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared, Snapshot};
use super::super::table::{Batch, Rows, Table};
use super::documents::{documents, layout};
use super::found_rows::{Chunk, FOUND, FoundRows, Hit};
use super::pieces::in_pieces;
use super::words::{Candidates, are_indexed, candidates};
use annals_load::{LoadResult, PartialFile, SnapshotSummary, Source, load_partial};
use annals_model::{OwnWords, RecordKind, Vocabulary as _};
use annals_ordered_parallel as ordered_parallel;
use annals_query::Query;
use annals_query::words::Words;

/// How many rows are read at once, and how many one thread goes through.
const AT_ONCE: usize = 1024;
const EACH: usize = 1 << 14;

/// Whether a question asks for nothing but words.
pub(super) fn asks_for_words(asked: &Query) -> bool {
    // Whatever options there are, none of them is given.
    let plain = Query {
        text: asked.text.clone(),
        limit: asked.limit,
        ..Query::default()
    };
    *asked == plain
}

/// Whether the columns hold all that the facts hold.
pub(super) fn are_columns_enough(snapshot: &Snapshot) -> bool {
    let shared = &snapshot.shared;
    let no_pages = |part: &Part| {
        let kinds = [RecordKind::Claim, RecordKind::Event].map(RecordKind::plural);
        let mut kinds = kinds.into_iter().filter(|kind| part.rows(kind) > 0);
        // A page is part of where a passage stands.
        kinds.all(|kind| part.is_empty(kind, "evidence_page"))
    };
    // What rules find says nothing of what stands in a text; what reading finds can.
    super::counting::is_clean(snapshot)
        && shared.texts().is_empty()
        && shared.manifest.is_as_written()
        && shared.parts.iter().all(no_pages)
}

/// What has the words of a question, and the facts without records, of which the rest of the answer is
/// told. `None` where the columns are not enough.
///
/// # Errors
/// When the snapshot is damaged.
pub fn found_rows(
    snapshot: &Snapshot,
    asked: &Query,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<(FoundRows, LoadResult)>, SnapshotError> {
    let shared = &snapshot.shared;
    if !asks_for_words(asked) || !are_indexed(shared) || !are_columns_enough(snapshot) {
        return Ok(None);
    }
    let words = Words::new(asked.text.iter().map(String::as_str));
    // Where most have the words, all are looked through.
    let most = whole.records / 4;
    let found = candidates(shared, &words, FOUND.map(RecordKind::word), most)?;
    let mut chunks = Vec::new();
    for (kind, candidates) in FOUND.into_iter().zip(found) {
        if !in_tables(shared, kind, &candidates, &words, &mut chunks)? {
            return Ok(None);
        }
    }
    let Some(documents) = documents(shared)? else {
        return Ok(None);
    };
    let most = asked.limit.unwrap_or(usize::MAX);
    let found = FoundRows::sorted(chunks, documents, shared, most);
    Ok(Some((found, without_records(snapshot, own_words, whole))))
}

/// The facts without records, of which the notes on an answer are told.
pub(super) fn without_records(
    snapshot: &Snapshot,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> LoadResult {
    let files: Vec<PartialFile> = (snapshot.sources().into_iter())
        .zip(&snapshot.shared.manifest.inputs)
        .filter_map(|(source, input)| match source {
            Source::Embedded(file) => Some(PartialFile {
                file,
                short: input.short.clone(),
                lines: Some(Vec::new()),
            }),
            _ => None,
        })
        .collect();
    load_partial(files, own_words, whole)
}

/// Which columns of a kind of record are what, and which of them are read.
pub(super) struct Wanted {
    kind: RecordKind,
    /// How many fact files stand in the parts before that of the rows.
    part_inputs: u32,
    pub(super) read: Vec<Option<usize>>,
    /// Where among those that are read its names are, its other texts, the quotes of its evidence.
    names: Vec<usize>,
    texts: Vec<usize>,
    quotes: Option<usize>,
    documents: Option<usize>,
    /// The columns by which a form calls documents and quotes.
    holes: [usize; 2],
}

const ID: usize = 0;
const RETRACTED: usize = 1;
const FILE: usize = 2;
const LINE: usize = 3;
const FORM: usize = 4;

impl Wanted {
    pub(super) fn of(part: &Part, kind: RecordKind) -> Self {
        let columns = Columns::of(kind);
        let table = kind.plural();
        let used = |column: usize| {
            Some(column).filter(|_| !part.is_empty(table, &columns.all[column].name))
        };
        let mut read: Vec<Option<usize>> = [
            columns.id,
            columns.retracted,
            columns.file,
            columns.line,
            columns.form,
        ]
        .map(used)
        .into();
        let mut add = |name: &str| {
            let column = columns.number(name)?;
            read.push(used(column));
            Some(read.len() - 1)
        };
        let names = ["name", "label", "title", "aliases"];
        let names = names.iter().filter_map(|name| add(name)).collect();
        let texts = ["quote", "content"];
        let texts = texts.iter().filter_map(|name| add(name)).collect();
        let (quotes, documents) = (add("evidence_quote"), add("evidence_document"));
        let hole = |name| columns.number(name).unwrap_or(usize::MAX);
        Wanted {
            kind,
            part_inputs: u32::try_from(part.entry.first_input).unwrap_or(u32::MAX),
            names,
            texts,
            quotes,
            documents,
            holes: ["evidence_document", "evidence_quote"].map(hole),
            read,
        }
    }
}

/// Adds what has the words in the tables of a kind; false where the columns are not enough to tell.
pub(super) fn in_tables(
    shared: &Shared,
    kind: RecordKind,
    candidates: &Candidates,
    words: &Words,
    chunks: &mut Vec<Chunk>,
) -> Result<bool, SnapshotError> {
    let mut are_enough = true;
    for part in shared
        .parts
        .iter()
        .filter(|part| part.rows(kind.plural()) > 0)
    {
        let first = part.entry.first_rows.get(kind.plural()).copied();
        let first = first.unwrap_or(0);
        let all = first..first + part.rows(kind.plural());
        let only = match candidates {
            Candidates::Any => None,
            Candidates::Rows(rows) => {
                let start = rows.partition_point(|row| (*row as usize) < all.start);
                let end = rows.partition_point(|row| (*row as usize) < all.end);
                Some(&rows[start..end])
            }
        };
        if only.is_some_and(<[u32]>::is_empty) {
            continue;
        }
        // Each thread reads the pages of its rows: most columns have none of the words.
        let table = part.paged(kind.plural())?;
        let wanted = Wanted::of(part, kind);
        let stretches = in_pieces(&table, EACH);
        let through = Through {
            table: &table,
            first,
            only,
            scan: Scan::of_words(&wanted, words),
        };
        ordered_parallel::for_each_ordered(
            stretches.iter(),
            ordered_parallel::threads(stretches.len()),
            |stretch| through.stretch(stretch.clone()),
            |found| {
                match found? {
                    Some(chunk) if chunk.hits.is_empty() => {}
                    Some(chunk) => chunks.push(chunk),
                    None => are_enough = false,
                }
                Ok::<(), SnapshotError>(())
            },
        )?;
    }
    Ok(are_enough)
}

/// What is looked for in the rows of a table.
pub(super) struct Scan<'s> {
    wanted: &'s Wanted,
    words: &'s Words,
}

/// A table that is looked through.
struct Through<'s> {
    table: &'s Arc<Table>,
    /// The first row of the table among all parts.
    first: usize,
    only: Option<&'s [u32]>,
    scan: Scan<'s>,
}

/// The columns do not tell what is asked for.
struct Untold;

/// Working memory, and how the evidence of each form is laid out.
#[derive(Default)]
pub(super) struct Scratch {
    room: String,
    layouts: HashMap<String, Option<Vec<[bool; 2]>>>,
}

impl Through<'_> {
    /// The hits of some rows; `None` where the columns are not enough to tell.
    fn stretch(&self, stretch: Range<usize>) -> Result<Option<Chunk>, SnapshotError> {
        let wanted = self.scan.wanted;
        let mut chunk = Chunk::of(wanted.kind);
        let mut scratch = Scratch::default();
        let mut rows = Rows::new(Arc::clone(self.table), wanted.read.clone());
        let mut at = stretch.start;
        while at < stretch.end {
            let end = stretch.end.min(at + AT_ONCE);
            let of_batch = self.only.map(|only| {
                let (from, until) = (self.first + at, self.first + end);
                let start = only.partition_point(|row| (*row as usize) < from);
                &only[start..only.partition_point(|row| (*row as usize) < until)]
            });
            if of_batch.is_some_and(<[u32]>::is_empty) {
                at = end;
                continue;
            }
            let batch = rows.read(at, end - at)?;
            let mut add = |row: usize| self.scan.row(&batch, row, &mut scratch, &mut chunk);
            let all_told = match of_batch {
                None => (0..batch.rows).all(&mut add),
                Some(some) => {
                    let some = some.iter().map(|row| *row as usize - self.first - at);
                    let mut some = some.filter(|row| *row < batch.rows);
                    some.all(&mut add)
                }
            };
            if !all_told {
                return Ok(None);
            }
            at += batch.rows;
        }
        Ok(Some(chunk))
    }
}

impl<'s> Scan<'s> {
    pub(super) fn of_words(wanted: &'s Wanted, words: &'s Words) -> Self {
        Scan { wanted, words }
    }

    /// Adds a row if it has the words; false where the columns are not enough to tell.
    pub(super) fn row(
        &self,
        batch: &Batch,
        row: usize,
        scratch: &mut Scratch,
        chunk: &mut Chunk,
    ) -> bool {
        let wanted = self.wanted;
        if batch.bytes(RETRACTED, row).is_some() {
            return true;
        }
        let mut is_in = |text: &&str| self.words.are_in(text, &mut scratch.room);
        let mut names = wanted.names.iter().flat_map(|one| batch.texts(*one, row));
        let mut document = None;
        let mut has = names.find(&mut is_in);
        let is_name = has.is_some();
        if !is_name {
            let mut texts = wanted.texts.iter().flat_map(|one| batch.texts(*one, row));
            has = texts.find(&mut is_in);
            let first = wanted.documents.map(|one| batch.texts(one, row).next());
            document = first.flatten();
        }
        if has.is_none()
            && let Some(quotes) = wanted.quotes
        {
            let mut quotes = batch.texts(quotes, row).enumerate();
            if let Some((nth, quote)) = quotes.find(|(_, quote)| is_in(quote)) {
                has = Some(quote);
                let Ok(of) = self.document_of(batch, row, nth, scratch) else {
                    return false;
                };
                document = of;
            }
        }
        let Some(has) = has else { return true };
        let number = |column| {
            batch
                .number(column, row)
                .and_then(|n| u32::try_from(n).ok())
        };
        let file = number(FILE).and_then(|file| file.checked_add(wanted.part_inputs));
        let (Some(id), Some(file), Some(line)) = (batch.text(ID, row), file, number(LINE)) else {
            return false;
        };
        let label = wanted.names.first().or(wanted.texts.first());
        let label = label.and_then(|one| batch.text(*one, row));
        let label = label.or_else(|| batch.text(*wanted.texts.get(1)?, row));
        let (id, document) = (chunk.put(id), chunk.put(document.unwrap_or_default()));
        let text = chunk.put(has);
        let name = match label {
            Some(label) if label == has => text.clone(),
            Some(label) => chunk.put(label),
            None => id.clone(),
        };
        chunk.hits.push(Hit {
            id,
            name,
            has: text,
            document,
            is_name,
            file,
            line,
        });
        true
    }

    /// The document of the piece of evidence that has this quote of all, if it has one.
    fn document_of<'b>(
        &self,
        batch: &'b Batch,
        row: usize,
        quote: usize,
        scratch: &mut Scratch,
    ) -> Result<Option<&'b str>, Untold> {
        let form = batch.text(FORM, row).ok_or(Untold)?;
        let known = scratch.layouts.get(form);
        let layout = match known {
            Some(layout) => layout,
            None => {
                let layout = layout(form, self.wanted.holes);
                scratch.layouts.entry(form.to_owned()).or_insert(layout)
            }
        };
        let (mut documents, mut quotes) = (0, 0);
        for [has_document, has_quote] in layout.as_ref().ok_or(Untold)? {
            if *has_quote && quotes == quote {
                let found = || batch.nth_text(self.wanted.documents?, row, documents);
                return if *has_document {
                    found().map(Some).ok_or(Untold)
                } else {
                    Ok(None)
                };
            }
            documents += usize::from(*has_document);
            quotes += usize::from(*has_quote);
        }
        Err(Untold)
    }
}
