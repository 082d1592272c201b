//! What columns the rows of an answer have: read off their JSON Schema.

use std::sync::Arc;

use super::text::TextsAs;
use annals_schema::by_name;
use arrow_schema::{DataType, Field, FieldRef, Fields};
use serde_json::Value;

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Text,
    /// One of few words.
    Word,
    Truth,
    Whole,
    Number,
    /// A day, `YYYY-MM-DD`.
    Day,
    /// A date: several columns; whether with its bounds.
    Date(bool),
    List(Box<Kind>),
    Struct(Vec<(String, Kind)>),
    /// Anything else, as JSON.
    Json,
}

/// The columns of rows.
#[derive(Debug, Clone)]
pub(crate) struct Plan(Vec<(String, Kind)>);

impl Plan {
    /// The plan for the rows at a path in an answer of this schema; `None` if there are none. `[]` leads
    /// into each window of a network, whose rows have their window before them.
    pub(crate) fn of(schema: &str, path: &[String], bounds: bool) -> Option<Plan> {
        let schema = by_name(schema)?;
        let mut at = &schema;
        let mut windows = false;
        for key in path {
            let inner = in_force(&schema, at)?;
            at = if key == "[]" {
                windows = true;
                inner.get("items")?
            } else {
                inner.get("properties")?.get(key)?
            };
        }
        let rows = in_force(&schema, at)?.get("items")?;
        match kind(&schema, rows, bounds) {
            Kind::Struct(fields) if windows => {
                let of = ["window_from", "window_until"];
                let of = of.map(|key| (key.to_owned(), Kind::Day));
                Some(Plan(of.into_iter().chain(fields).collect()))
            }
            Kind::Struct(fields) => Some(Plan(fields)),
            _ => None,
        }
    }

    /// The plan for one of the columns of dates, with its bounds; `None` if it is none.
    pub(crate) fn of_date(&self, key: &str) -> Option<Plan> {
        let mut columns = self.0.iter();
        let is_date = |one: &&(String, Kind)| one.0 == key && matches!(one.1, Kind::Date(_));
        let (key, _) = columns.find(is_date)?;
        Some(Plan(vec![(key.clone(), Kind::Date(true))]))
    }

    /// The key of each column, and what its values are.
    pub(crate) fn each(&self) -> &[(String, Kind)] {
        &self.0
    }

    pub(crate) fn fields(&self, texts: TextsAs) -> Fields {
        fields(&self.0, texts)
    }
}

/// The schema that a reference or a choice with null leads to.
fn in_force<'s>(root: &'s Value, mut at: &'s Value) -> Option<&'s Value> {
    loop {
        if let Some(target) = at.get("$ref").and_then(Value::as_str) {
            at = root.pointer(target.strip_prefix('#')?)?;
            continue;
        }
        let Some(choices) = at.get("anyOf").and_then(Value::as_array) else {
            return Some(at);
        };
        let is_null = |one: &&Value| one.get("type").and_then(Value::as_str) == Some("null");
        let mut others = choices.iter().filter(|one| !is_null(one));
        match (others.next(), others.next()) {
            (Some(one), None) => at = one,
            _ => return None,
        }
    }
}

/// The types that a schema names, but for null.
fn types(at: &Value) -> Vec<&str> {
    let types = match at.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    types.into_iter().filter(|one| *one != "null").collect()
}

fn kind(root: &Value, schema: &Value, bounds: bool) -> Kind {
    let named = schema.get("$ref").and_then(Value::as_str);
    if named == Some("#/$defs/date") {
        return Kind::Date(bounds);
    }
    if named == Some("#/$defs/day") {
        return Kind::Day;
    }
    if named.is_none() && schema.get("anyOf").is_some() {
        let choices = schema.get("anyOf").and_then(Value::as_array);
        let dates = choices.into_iter().flatten();
        let named = dates.filter_map(|one| one.get("$ref").and_then(Value::as_str));
        if named.clone().any(|one| one == "#/$defs/date") && named.count() == 1 {
            return Kind::Date(bounds);
        }
    }
    let Some(at) = in_force(root, schema) else {
        return Kind::Json;
    };
    if let Some(words) = at.get("enum").and_then(Value::as_array) {
        let is_word = |word: &Value| word.is_string() || word.is_null();
        return if words.iter().all(is_word) {
            Kind::Word
        } else {
            Kind::Json
        };
    }
    match types(at).as_slice() {
        ["string"] => Kind::Text,
        ["boolean"] => Kind::Truth,
        ["integer"] => Kind::Whole,
        ["number"] => Kind::Number,
        ["array"] => of_list(root, at),
        ["object"] => of_object(root, at, bounds),
        _ => Kind::Json,
    }
}

fn of_list(root: &Value, at: &Value) -> Kind {
    // Two code points, or two days: as many items of one kind.
    let first = at.get("prefixItems").and_then(|items| items.get(0));
    let Some(items) = first.or_else(|| at.get("items")) else {
        return Kind::Json;
    };
    // The bounds of dates in lists would help nobody.
    Kind::List(Box::new(kind(root, items, false)))
}

fn of_object(root: &Value, at: &Value, bounds: bool) -> Kind {
    let fields = at.get("properties").and_then(Value::as_object);
    let Some(fields) = fields.filter(|fields| !fields.is_empty()) else {
        return Kind::Json;
    };
    let mut each: Vec<(String, Kind)> = Vec::with_capacity(fields.len());
    for (key, field) in fields {
        each.push((key.clone(), kind(root, field, bounds)));
    }
    // What users have added (`x_…`) has no type of its own, and no column.
    Kind::Struct(each)
}

/// The columns of fields: of a date, several.
pub(super) fn fields(each: &[(String, Kind)], texts: TextsAs) -> Fields {
    let fields = each
        .iter()
        .flat_map(|(key, kind)| of_field(key, kind, texts));
    fields.collect()
}

fn of_field(key: &str, kind: &Kind, texts: TextsAs) -> Vec<FieldRef> {
    let field = |name: &str, data: DataType| Arc::new(Field::new(name, data, true));
    let Kind::Date(bounds) = kind else {
        return vec![field(key, data_type(kind, texts))];
    };
    let mut all = vec![
        field(key, texts.data_type()),
        field(&format!("{key}_first"), DataType::Date32),
        field(&format!("{key}_last"), DataType::Date32),
        field(&format!("{key}_precision"), data_type(&Kind::Word, texts)),
    ];
    if *bounds {
        for end in BOUNDS {
            all.push(field(&format!("{key}_{end}"), DataType::Int64));
        }
    }
    all
}

/// The bounds of a date, in order.
const BOUNDS: [&str; 4] = [
    "earliest_start",
    "latest_start",
    "earliest_end",
    "latest_end",
];

pub(super) fn data_type(kind: &Kind, texts: TextsAs) -> DataType {
    match kind {
        Kind::Text | Kind::Json | Kind::Date(_) => texts.data_type(),
        Kind::Word => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        Kind::Truth => DataType::Boolean,
        Kind::Whole => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Day => DataType::Date32,
        Kind::List(item) => DataType::List(item_field(item, texts)),
        Kind::Struct(each) => DataType::Struct(fields(each, texts)),
    }
}

/// The field of the items of a list.
pub(super) fn item_field(item: &Kind, texts: TextsAs) -> FieldRef {
    let data = match item {
        // A list of dates: each with its columns.
        Kind::Date(_) => DataType::Struct(fields(&[("date".to_owned(), item.clone())], texts)),
        other => data_type(other, texts),
    };
    Arc::new(Field::new("item", data, true))
}
