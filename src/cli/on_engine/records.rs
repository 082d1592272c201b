//! Rows of an engine as records: lines of facts, in the order in which their files have them.

use std::collections::{BTreeMap, BTreeSet};

use annals_model::{Field, Fields as _, More, RecordKind, Shape, Vocabulary as _};
use annals_store::{OpenOptions, Store, StoreError};
use annals_time::{Calendar, Date};
use serde_json::{Map, Value, json};

use super::EngineRow;

/// A text of a row; empty where it has none.
pub(super) fn text<'r>(row: &'r EngineRow, key: &str) -> &'r str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Where a record stands: the order of its file, its line, its byte, and the name of its file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    file_order: String,
    line: i64,
    byte: i64,
    file: String,
}

/// A record.
#[derive(Debug, Default)]
struct Fetched {
    kind: Option<RecordKind>,
    fields: Map<String, Value>,
    place: Option<Place>,
    /// Whether only its name is known.
    is_name: bool,
}

/// The records of a question.
#[derive(Debug, Default)]
pub(super) struct Records {
    by_id: BTreeMap<String, Fetched>,
}

/// The days between which a date lies, as columns have them.
const BOUNDS: [&str; 4] = [
    "earliest_start",
    "latest_start",
    "earliest_end",
    "latest_end",
];

/// The columns of a date beside its text.
fn columns_of_date(table: &str, date: &str) -> String {
    let names = BOUNDS.into_iter().chain(["display"]);
    let columns: Vec<String> = names
        .map(|name| format!(", {table}{date}_{name}"))
        .collect();
    columns.concat()
}

/// A date as facts write it. Columns have its text, how the source words it, and days that tell in which
/// calendar it is meant.
fn date(row: &EngineRow, name: &str, written: &Value) -> Value {
    let bounds = BOUNDS.map(|bound| row.get(&format!("{name}_{bound}")).and_then(Value::as_i64));
    let is_of = |calendar: Calendar| {
        let date = Date::with(written.as_str()?, calendar, None).ok()?;
        Some(date.extent().in_columns().map(Some) == bounds)
    };
    let is_julian =
        is_of(Calendar::Gregorian) == Some(false) && is_of(Calendar::Julian) == Some(true);
    let display = row.get(&format!("{name}_display"));
    let display = display.filter(|display| !display.is_null());
    if !is_julian && display.is_none() {
        return written.clone();
    }
    let mut date = json!({"edtf": written});
    if is_julian {
        date["calendar"] = "julian".into();
    }
    if let Some(display) = display {
        date["display"] = display.clone();
    }
    date
}

/// The spans of a passage, from their column.
fn spans(text: &str) -> Value {
    let number = |text: &str| text.parse::<u32>().ok();
    let span = |span: &str| {
        let (start, end) = span.split_once('-')?;
        Some([number(start)?, number(end)?])
    };
    let spans: Vec<[u32; 2]> = text.split(' ').filter_map(span).collect();
    json!(spans)
}

/// The columns of the texts of a field.
fn columns(field: &Field) -> Vec<&'static str> {
    match field.shape {
        Shape::Part(part) | Shape::Parts(part) => {
            part.fields.iter().filter_map(|one| one.column).collect()
        }
        _ => field.column.into_iter().collect(),
    }
}

/// The fields of a kind of record that are fetched: those with columns of their own, and none that lead to
/// files.
fn fields(kind: RecordKind) -> impl Iterator<Item = &'static Field> {
    let own = kind.own_fields().iter().chain(More::FIELDS);
    let has_columns = |field: &&Field| match field.shape {
        Shape::Parts(part) => part.pool.is_some(),
        Shape::Id
        | Shape::Type
        | Shape::Sha256
        | Shape::Number { .. }
        | Shape::Part(_)
        | Shape::Spans
        | Shape::Flag
        | Shape::Code => false,
        _ => true,
    };
    own.filter(has_columns)
        .filter(|field| !matches!(field.name, "text" | "retracted"))
}

/// Whether records of a kind have passages, whose spans are in a column.
fn has_evidence(kind: RecordKind) -> bool {
    matches!(
        kind,
        RecordKind::Claim | RecordKind::Event | RecordKind::Relation
    )
}

/// The rows of records of a kind, under a condition.
pub(super) fn query(kind: RecordKind, condition: &str) -> String {
    let dates = fields(kind).filter(|field| matches!(field.shape, Shape::Date));
    let dates = dates.map(|field| field.name).chain(["retracted"]);
    let dates = dates.map(|date| columns_of_date("t.", date));
    let texts = fields(kind)
        .flat_map(columns)
        .map(|column| format!(", t.{column}"));
    let columns: Vec<String> = texts.chain(dates).collect();
    let columns = columns.concat();
    let spans = if has_evidence(kind) {
        ", t.evidence_spans"
    } else {
        ""
    };
    format!(
        "SELECT t.id, t.retracted, t.retracted_reason{columns}{spans}, t.line, t.byte_offset, f.name AS file_name, f.name_order \
         FROM {} t JOIN files f ON f.part = t.part AND f.file = t.file WHERE {condition}",
        kind.plural()
    )
}

/// The rows of documents that others refer to, by their ids.
pub(super) fn publications(ids: &str) -> String {
    let dates = ["published", "recorded"];
    let bounds = dates.map(|date| columns_of_date("", date));
    format!(
        "SELECT id, title, published, recorded{} FROM documents WHERE id IN ({ids})",
        bounds.concat()
    )
}

/// The field that has the name of a record of a kind.
fn name_field(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Document => "title",
        RecordKind::Actor | RecordKind::Place => "name",
        RecordKind::Topic | RecordKind::Event => "label",
        RecordKind::Claim => "content",
        RecordKind::Relation => "role",
        RecordKind::Order => "note",
    }
}

impl Records {
    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }

    fn entry(&mut self, row: &EngineRow) -> &mut Fetched {
        self.by_id.entry(text(row, "id").to_owned()).or_default()
    }

    /// Takes a name that was looked up.
    pub(super) fn name(&mut self, row: &EngineRow) {
        let Some(kind) = RecordKind::parse(text(row, "kind")) else {
            return;
        };
        let name = text(row, "name").to_owned();
        let id = text(row, "id").to_owned();
        let one = self.entry(row);
        if one.kind.is_none() {
            one.kind = Some(kind);
            one.is_name = true;
            one.fields.insert(name_field(kind).to_owned(), id.into());
        }
        match text(row, "name_kind") {
            "name" => {
                one.fields.insert(name_field(kind).to_owned(), name.into());
            }
            "alias" if kind == RecordKind::Actor => {
                let aliases = one.fields.entry("aliases").or_insert_with(|| json!([]));
                if let Value::Array(aliases) = aliases {
                    aliases.push(name.into());
                }
            }
            _ => {}
        }
    }

    /// Takes a relation, and its two actors.
    pub(super) fn tie(&mut self, row: &EngineRow) {
        for end in ["from_id", "to_id"] {
            let id = text(row, end);
            if id.is_empty() {
                continue;
            }
            let actor = self.by_id.entry(id.to_owned()).or_default();
            if actor.kind.is_none() {
                actor.kind = Some(RecordKind::Actor);
                actor.is_name = true;
                actor.fields.insert("name".to_owned(), id.into());
            }
        }
        let keys = [
            ("from", "from_id"),
            ("kind", "kind"),
            ("to", "to_id"),
            ("role", "role"),
            ("when", "when_text"),
        ];
        let one = self.entry(row);
        one.kind = Some(RecordKind::Relation);
        for (key, column) in keys {
            if let Some(value) = row.get(column).filter(|value| !value.is_null()) {
                let value = if key == "when" {
                    date(row, key, value)
                } else {
                    value.clone()
                };
                one.fields.insert(key.to_owned(), value);
            }
        }
    }

    /// Takes a whole record.
    pub(super) fn add(&mut self, kind: RecordKind, row: &EngineRow) {
        let mut made = Map::new();
        for field in fields(kind) {
            if let Some(value) = value(field, row) {
                made.insert(field.name.to_owned(), value);
            }
        }
        if kind == RecordKind::Claim && !made.contains_key("speaker") {
            made.insert("speaker".to_owned(), json!([]));
        }
        if let (Some(Value::Array(passages)), Some(Value::Array(all))) =
            (made.get_mut("evidence"), row.get("evidence_spans"))
        {
            for (passage, text) in passages.iter_mut().zip(all) {
                let text = text.as_str().filter(|text| !text.is_empty());
                if let (Some(text), true) = (text, passage.get("document").is_some()) {
                    passage["spans"] = spans(text);
                }
            }
        }
        if let Some(on) = row.get("retracted").filter(|on| !on.is_null()) {
            let mut retracted = json!({"on": date(row, "retracted", on)});
            if let Some(reason) = row.get("retracted_reason").filter(|one| !one.is_null()) {
                retracted["reason"] = reason.clone();
            }
            made.insert("retracted".to_owned(), retracted);
        }
        let number = |key: &str| row.get(key).and_then(Value::as_i64).unwrap_or_default();
        let place = Place {
            file_order: text(row, "name_order").to_owned(),
            line: number("line"),
            byte: number("byte_offset"),
            file: text(row, "file_name").to_owned(),
        };
        let one = self.entry(row);
        let aliases = one.fields.remove("aliases");
        one.kind = Some(kind);
        one.fields = made;
        one.place = Some(place);
        one.is_name = false;
        if let Some(aliases) = aliases {
            one.fields.entry("aliases").or_insert(aliases);
        }
    }

    /// Takes the name of a record that others refer to.
    pub(super) fn label(&mut self, row: &EngineRow) {
        let Some(kind) = RecordKind::parse(text(row, "kind")) else {
            return;
        };
        let name = row.get("name").cloned().unwrap_or_default();
        let one = self.entry(row);
        if one.kind.is_none() || one.is_name {
            one.kind = Some(kind);
            one.is_name = true;
            one.fields.insert(name_field(kind).to_owned(), name);
            if kind == RecordKind::Claim {
                one.fields.entry("speaker").or_insert_with(|| json!([]));
            }
        }
    }

    /// Takes when a document was published.
    pub(super) fn publication(&mut self, row: &EngineRow) {
        let one = self.entry(row);
        one.kind = Some(RecordKind::Document);
        for key in ["title", "published", "recorded"] {
            if let Some(value) = row.get(key).filter(|value| !value.is_null()) {
                let value = if key == "title" {
                    value.clone()
                } else {
                    date(row, key, value)
                };
                one.fields.insert(key.to_owned(), value);
            }
        }
    }

    /// All ids to which records refer of which not everything is known.
    pub(super) fn referred(&self) -> BTreeSet<String> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        for (id, one) in &self.by_id {
            if one.is_name {
                found.insert(id.clone());
            }
            let Some(kind) = one.kind.filter(|_| !one.is_name) else {
                continue;
            };
            for field in fields(kind) {
                if let Some(value) = one.fields.get(field.name) {
                    add_references(field, value, &mut found);
                }
            }
        }
        found.retain(|id| self.by_id.get(id).is_none_or(|one| one.is_name));
        found
    }

    /// The documents that are evidence.
    pub(super) fn documents(&self) -> BTreeSet<String> {
        let each = self
            .by_id
            .values()
            .filter_map(|one| one.fields.get("evidence"));
        let passages = each.filter_map(Value::as_array).flatten();
        let all = passages.filter_map(|one| one.get("document")?.as_str());
        all.map(str::to_owned).collect()
    }

    /// Where a record stands: the name of its file and its line, which only JSON Lines have in a column.
    pub(super) fn place(&self, id: &str) -> Option<(&str, Option<i64>)> {
        let place = self.by_id.get(id)?.place.as_ref()?;
        Some((&place.file, Some(place.line).filter(|line| *line > 0)))
    }

    /// A store of these records, in the order of their files; or those that have an order of their own in
    /// that order.
    ///
    /// # Errors
    /// If they cannot be read, which is a fault of Annals.
    pub(super) fn store(&self, order: &[&str]) -> Result<Store, StoreError> {
        let ranks: BTreeMap<&str, usize> = order.iter().copied().zip(0..).collect();
        let mut all: Vec<(&String, &Fetched)> = self.by_id.iter().collect();
        all.sort_by_key(|(id, one)| {
            (
                ranks.get(id.as_str()).copied(),
                one.place.clone(),
                (*id).clone(),
            )
        });
        let mut lines = String::new();
        for (id, one) in all {
            let Some(kind) = one.kind else { continue };
            let mut line = Map::new();
            line.insert("type".to_owned(), kind.word().into());
            line.insert("id".to_owned(), id.clone().into());
            line.extend(one.fields.clone());
            lines.push_str(&Value::Object(line).to_string());
            lines.push('\n');
        }
        OpenOptions::new().memory("facts.jsonl", lines).open()
    }
}

/// The value of a field, from its columns.
fn value(field: &'static Field, row: &EngineRow) -> Option<Value> {
    if let Shape::Part(part) | Shape::Parts(part) = field.shape {
        let mut objects: Vec<Map<String, Value>> = Vec::new();
        for one in part.fields {
            let Some(Value::Array(cells)) = one.column.and_then(|column| row.get(column)) else {
                continue;
            };
            for (nth, cell) in cells.iter().enumerate() {
                if objects.len() <= nth {
                    objects.resize(nth + 1, Map::new());
                }
                if !cell.is_null() {
                    objects[nth].insert(one.name.to_owned(), cell.clone());
                }
            }
        }
        return (!objects.is_empty()).then(|| objects.into());
    }
    let value = row.get(field.column?)?;
    match value {
        Value::Null => None,
        Value::Array(all) if all.is_empty() => None,
        _ if matches!(field.shape, Shape::Date) => Some(date(row, field.name, value)),
        _ => Some(value.clone()),
    }
}

/// The ids in the value of a field.
fn add_references(field: &Field, value: &Value, found: &mut BTreeSet<String>) {
    match field.shape {
        Shape::Reference(_) | Shape::References(_) => {
            let several = value.as_array().into_iter().flatten();
            let ids = several.chain(Some(value)).filter_map(Value::as_str);
            found.extend(ids.map(str::to_owned));
        }
        Shape::Part(part) | Shape::Parts(part) => {
            for object in value.as_array().into_iter().flatten() {
                for one in part.fields {
                    if let Some(value) = object.get(one.name) {
                        add_references(one, value, found);
                    }
                }
            }
        }
        _ => {}
    }
}
