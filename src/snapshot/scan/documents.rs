//! What the columns alone tell of evidence: where the documents come in the order of texts, and which
//! document a quote is of.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use super::super::columns::Columns;
use super::super::derived::{Document, Documents};
use super::super::error::SnapshotError;
use super::super::line_template::{ASCII, FIRST, PLAIN};
use super::super::opened::Shared;
use super::super::table::Rows;
use annals_model::RecordKind;
use annals_query::sort_key::by_publication;
use annals_time::{Date, Day};

/// How many rows are read at once.
const AT_ONCE: usize = 1024;

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
        None => Some(false),
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

/// A document as its columns tell it.
struct Read {
    id: String,
    name: String,
    published: Option<Date>,
    /// Its file and line.
    place: (u32, i64),
}

/// The dates of documents, each read once.
#[derive(Default)]
struct Dates(HashMap<String, Option<Date>>);

impl Dates {
    /// A date, if all of it is in its text: its days are those that the columns have.
    fn of(&mut self, written: &str, days: [Option<Day>; 2]) -> Option<Date> {
        if !self.0.contains_key(written) {
            let date = Date::parse(written).ok();
            self.0.insert(written.to_owned(), date);
        }
        let date = self.0.get(written)?.as_ref()?;
        ([date.first(), date.last()] == days).then(|| date.clone())
    }
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
    let columns = Columns::of(RecordKind::Document);
    let names = ["title", "published", "published_first", "published_last"];
    let (files, mut dates) = (file_order(shared), Dates::default());
    let mut all: Vec<Read> = Vec::new();
    let kind = RecordKind::Document.plural();
    for part in shared.parts.iter().filter(|part| part.rows(kind) > 0) {
        let used = |column: &usize| !part.is_empty(kind, &columns.all[*column].name);
        let mut wanted = vec![columns.id, columns.file, columns.line];
        wanted.extend(names.iter().filter_map(|name| columns.number(name)));
        let wanted = wanted.into_iter().map(|column| Some(column).filter(used));
        let table = part.paged(kind)?;
        let mut rows = Rows::new(Arc::clone(&table), wanted.collect());
        let mut at = 0;
        while at < table.rows() {
            let batch = rows.read(at, AT_ONCE)?;
            for row in 0..batch.rows {
                let id = batch.text(0, row).ok_or_else(|| table.damaged())?;
                let written = batch.text(4, row);
                let days = [5, 6].map(|column| Day::from_number(batch.number(column, row)?));
                let published = written.and_then(|written| dates.of(written, days));
                if written.is_some() != published.is_some() {
                    return Ok(None);
                }
                let file = batch.number(1, row);
                let file = file.and_then(|file| files.get(part.input(file)?));
                let place = file.copied().zip(batch.number(2, row));
                all.push(Read {
                    id: id.to_owned(),
                    name: batch.text(3, row).unwrap_or(id).to_owned(),
                    published,
                    place: place.ok_or_else(|| table.damaged())?,
                });
            }
            at += batch.rows;
        }
    }
    all.sort_by(|a, b| {
        let by_date = by_publication(a.published.as_ref(), b.published.as_ref());
        by_date.then_with(|| a.place.cmp(&b.place))
    });
    let ranked = all.into_iter().zip(0..).map(|(one, rank)| {
        let name = one.name;
        (one.id, Document { name, rank })
    });
    Ok(Some(ranked.collect()))
}
