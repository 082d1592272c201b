//! What the columns alone tell of evidence: where the documents come in the order of texts, and which
//! document a quote is of.

use std::ops::Range;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::columns::Columns;
use super::super::derived::{Document, Documents};
use super::super::error::SnapshotError;
use super::super::line_template::{ASCII, FIRST, PLAIN};
use super::super::opened::{Part, Shared};
use super::super::table::{Rows, Table};
use super::dates_by_text::{DatesByText, KnownDates};
use super::pieces::{add_all, in_pieces};
use annals_model::{RecordKind, Voice};
use annals_time::Date;

/// How many rows are read at once, and how many one thread goes through.
const AT_ONCE: usize = 1024;
const EACH: usize = 1 << 13;

/// By number of a file in the manifest, its place among all as they are read.
pub(super) fn file_order(shared: &Shared) -> Vec<u32> {
    let inputs = &shared.manifest.inputs;
    let mut order: Vec<usize> = (0..inputs.len()).collect();
    order.sort_by(|a, b| inputs[*a].name.split('/').cmp(inputs[*b].name.split('/')));
    let mut places = vec![0; inputs.len()];
    for (place, input) in order.into_iter().enumerate() {
        places[input] = place as u32;
    }
    places
}

/// A form as a record in which the number of its column stands for each text.
fn record_of(form: &str) -> Option<Value> {
    let mut json = String::new();
    let mut rest = form;
    while let Some(at) = rest.find([PLAIN, ASCII]) {
        json.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        let column = chars.nth(1)?;
        json.push_str(&u32::from(column).checked_sub(FIRST)?.to_string());
        rest = chars.as_str();
    }
    json.push_str(rest);
    serde_json::from_str(&json).ok()
}

/// Whether a field of a form is nothing but the text of a column, or not there.
pub(super) fn is_plain(form: &str, field: &str, column: usize) -> bool {
    let record = record_of(form);
    record.is_some_and(|record| match record.get(field) {
        None => true,
        Some(Value::String(text)) => *text == column.to_string(),
        Some(_) => false,
    })
}

/// Of each piece of evidence in a form, whether it has a document, and a quote; `None` where that cannot
/// be told.
pub(super) fn layout(form: &str, holes: [usize; 2]) -> Option<Vec<[bool; 2]>> {
    let record = record_of(form)?;
    let evidence = match record.get("evidence")? {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let [document, quote] = holes.map(|hole| hole.to_string());
    let has = |item: &Value, key: &str, hole: &str| match item.get(key) {
        None | Some(Value::Null) => Some(false),
        Some(Value::String(text)) if text == hole => Some(true),
        Some(_) => None,
    };
    let item = |item: &Value| {
        item.is_object().then_some(())?;
        Some([
            has(item, "document", &document)?,
            has(item, "quote", &quote)?,
        ])
    };
    evidence.iter().map(item).collect()
}

/// What a form tells of its claims besides their texts.
pub(super) struct FormTells {
    /// Whether the speakers say who spoke.
    pub(super) voice: Voice,
    /// Of each piece of evidence, whether it has a document, and a quote.
    pub(super) evidence: Vec<[bool; 2]>,
}

/// What a form of claims tells; `None` where there is more to its evidence than documents and quotes, or it
/// cannot be told. `holes` are the columns of these two.
pub(super) fn tells(form: &str, holes: [usize; 2]) -> Option<FormTells> {
    let record = record_of(form)?;
    let voice = match record.get("speaker") {
        None | Some(Value::Null) => Voice::Unknown,
        Some(Value::Array(items)) if items.is_empty() => Voice::Narrator,
        Some(_) => Voice::Speakers,
    };
    let evidence = match record.get("evidence") {
        None | Some(Value::Null) => Vec::new(),
        Some(one_or_many) => {
            let items = match one_or_many {
                Value::Array(items) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            let is_more = |key: &String| key != "document" && key != "quote";
            let mut keys = items
                .iter()
                .filter_map(Value::as_object)
                .flat_map(Map::keys);
            if keys.any(is_more) {
                return None;
            }
            layout(form, holes)?
        }
    };
    Some(FormTells { voice, evidence })
}

/// A document as its columns tell it.
struct OneDocument {
    id: String,
    name: String,
    /// The number of its date.
    published: Option<u32>,
    /// Its file and line.
    place: (u32, i64),
}

/// Rows of documents that one thread goes through.
struct Piece<'p> {
    part: &'p Part,
    table: Arc<Table>,
    rows: Range<usize>,
    files: &'p [u32],
}

/// What one thread read: documents, and their dates.
#[derive(Default)]
struct PieceRead {
    all: Vec<OneDocument>,
    dates: Vec<Arc<Date>>,
}

/// All documents by id; `None` where their columns are not enough to put them in order.
pub(super) fn documents(shared: &Shared) -> Result<Option<Arc<Documents>>, SnapshotError> {
    if let Some(known) = shared.documents.get() {
        return Ok(known.clone());
    }
    let read = read(shared)?.map(Arc::new);
    Ok(shared.documents.get_or_init(|| read).clone())
}

fn read(shared: &Shared) -> Result<Option<Documents>, SnapshotError> {
    let files = file_order(shared);
    let kind = RecordKind::Document.plural();
    let mut pieces = Vec::new();
    for part in shared.parts.iter().filter(|part| part.rows(kind) > 0) {
        let table = part.paged(kind)?;
        for rows in in_pieces(&table, EACH) {
            pieces.push(Piece {
                part,
                table: Arc::clone(&table),
                rows,
                files: &files,
            });
        }
    }
    let (mut all, mut dates) = (Vec::new(), DatesByText::default());
    let are_told = add_all(
        pieces,
        |piece: Piece<'_>| piece.read(),
        |read: PieceRead| {
            let numbers: Vec<u32> = read.dates.into_iter().map(|date| dates.add(date)).collect();
            all.extend(read.all.into_iter().map(|one| OneDocument {
                published: one.published.map(|date| numbers[date as usize]),
                ..one
            }));
            Ok(true)
        },
    )?;
    Ok(are_told.then(|| in_order(all, &dates)))
}

/// The documents with their places in the order of publication.
fn in_order(all: Vec<OneDocument>, dates: &DatesByText) -> Documents {
    let ranks = dates.ranks();
    let key = |(one, nth): (&OneDocument, u32)| {
        // What has no date comes last.
        let date = one.published.map_or(u32::MAX, |date| ranks[date as usize]);
        (date, one.place, nth)
    };
    let mut order: Vec<(u32, (u32, i64), u32)> = all.iter().zip(0..).map(key).collect();
    order.sort_unstable();
    let mut ranks = vec![0; all.len()];
    for ((.., nth), rank) in order.into_iter().zip(0..) {
        ranks[nth as usize] = rank;
    }
    let ranked = all.into_iter().zip(ranks).map(|(one, rank)| {
        let published = one.published.map(|date| dates.get(date));
        let name = one.name;
        (
            one.id,
            Document {
                name,
                rank,
                published,
            },
        )
    });
    ranked.collect()
}

impl Piece<'_> {
    /// Reads the documents; `None` where a date is not what its columns say.
    fn read(&self) -> Result<Option<PieceRead>, SnapshotError> {
        let columns = Columns::of(RecordKind::Document);
        let kind = RecordKind::Document.plural();
        let used = |column: &usize| !self.part.is_empty(kind, &columns.all[*column].name);
        let names = ["title", "published", "published_first", "published_last"];
        let mut wanted = vec![columns.id, columns.file, columns.line];
        wanted.extend(names.iter().filter_map(|name| columns.number(name)));
        let wanted = wanted.into_iter().map(|column| Some(column).filter(used));
        let mut rows = Rows::new(&*self.table, wanted.collect());
        let (mut read, mut known) = (PieceRead::default(), KnownDates::default());
        let mut at = self.rows.start;
        while at < self.rows.end {
            let batch = rows.read(at, AT_ONCE.min(self.rows.end - at))?;
            for row in 0..batch.rows {
                let id = batch.text(0, row).ok_or_else(|| self.table.damaged())?;
                let Ok(published) = known.date(&batch, [4, 5, 6], row, &mut read.dates) else {
                    return Ok(None);
                };
                let file = batch.number(1, row);
                let file = file.and_then(|file| self.files.get(self.part.input(file)?));
                let place = file.copied().zip(batch.number(2, row));
                read.all.push(OneDocument {
                    id: id.to_owned(),
                    name: batch.text(3, row).unwrap_or(id).to_owned(),
                    published,
                    place: place.ok_or_else(|| self.table.damaged())?,
                });
            }
            at += batch.rows;
        }
        Ok(Some(read))
    }
}
