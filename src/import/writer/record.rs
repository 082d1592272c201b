//! A record as an importer makes it.

use serde_json::{Map, Value};

use crate::dates::Dated;
use annals_load::fields_of;
use annals_model::RecordKind;

/// How deep values of one's own may stand within each other; deeper ones are kept as JSON text.
const DEEPEST: usize = 64;

/// A record: a kind, and the fields that say something.
#[derive(Debug, Clone)]
pub struct Record {
    kind: RecordKind,
    fields: Map<String, Value>,
}

/// A passage of a document.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The id of the document.
    pub document: String,
    /// The passage, as quoted.
    pub quote: Option<String>,
    /// Where in the document it stands, as the document counts its pages.
    pub page: Option<String>,
    /// Where it stands: code points, end-exclusive.
    pub spans: Vec<(usize, usize)>,
}

impl Record {
    /// A record with an id.
    pub fn new(kind: RecordKind, id: impl Into<String>) -> Self {
        let mut fields = Map::with_capacity(16);
        fields.insert("id".to_owned(), Value::String(id.into()));
        Record { kind, fields }
    }

    /// A record that nothing refers to, named after its place: a claim, a relation, an order.
    pub fn unnamed(kind: RecordKind) -> Self {
        debug_assert!(matches!(
            kind,
            RecordKind::Claim | RecordKind::Relation | RecordKind::Order
        ));
        Record {
            kind,
            fields: Map::new(),
        }
    }

    /// Its kind.
    pub fn kind(&self) -> RecordKind {
        self.kind
    }

    /// Its id, if it has one.
    pub fn id(&self) -> Option<&str> {
        self.get("id").and_then(Value::as_str)
    }

    /// What a field has.
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.fields.get(field)
    }

    /// Sets a field of the model; a value that says nothing (null, an empty text, list or object) is
    /// left out.
    pub fn set(&mut self, field: &'static str, value: impl Into<Value>) -> &mut Self {
        debug_assert!(
            fields_of(self.kind).any(|one| one == field),
            "{:?} has no field {field}",
            self.kind
        );
        self.put(field.to_owned(), value.into());
        self
    }

    /// Says that nobody but the narrator of the document speaks: an empty list of speakers.
    pub fn narrated(&mut self) -> &mut Self {
        self.fields
            .insert("speaker".to_owned(), Value::Array(Vec::new()));
        self
    }

    /// What it says beside its id, as text: equal for records that say the same.
    pub(crate) fn said(&self) -> String {
        let mut fields = self.fields.clone();
        fields.shift_remove("id");
        Value::Object(fields).to_string()
    }

    /// Its fields, its id among them.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &Value)> {
        let fields = self.fields.iter();
        fields.map(|(field, value)| (field.as_str(), value))
    }

    /// What it keeps without a field, under `x_`.
    pub(crate) fn extras(&self) -> impl Iterator<Item = (&str, &Value)> {
        let fields = self.fields.iter();
        let extras = fields.filter(|(field, _)| field.starts_with("x_"));
        extras.map(|(field, value)| (field.as_str(), value))
    }

    /// Adds an item to a list.
    pub fn push(&mut self, field: &'static str, item: impl Into<Value>) -> &mut Self {
        let item = item.into();
        if says_nothing(&item) {
            return self;
        }
        match self.fields.get_mut(field) {
            Some(Value::Array(items)) => items.push(item),
            _ => {
                self.set(field, vec![item]);
            }
        }
        self
    }

    /// Sets a date, and the day of the week where the source names one and there is a field for it.
    pub fn date(&mut self, field: &'static str, date: &Dated) -> &mut Self {
        let has_weekday = matches!(
            (self.kind, field),
            (RecordKind::Event, "when") | (RecordKind::Claim, "said")
        );
        if let Some(weekday) = date.weekday()
            && has_weekday
            && self.get("weekday").is_none()
        {
            self.set("weekday", weekday);
        }
        self.set(field, date.value())
    }

    /// Adds a passage.
    pub fn evidence(&mut self, evidence: &Evidence) -> &mut Self {
        let mut fields = Map::new();
        fields.insert("document".to_owned(), evidence.document.clone().into());
        if let Some(quote) = evidence.quote.as_ref().filter(|quote| !quote.is_empty()) {
            fields.insert("quote".to_owned(), quote.clone().into());
        }
        if let Some(page) = evidence.page.as_ref().filter(|page| !page.is_empty()) {
            fields.insert("page".to_owned(), page.clone().into());
        }
        if !evidence.spans.is_empty() {
            let spans = evidence
                .spans
                .iter()
                .map(|(start, end)| Value::from(vec![Value::from(*start), Value::from(*end)]));
            fields.insert("spans".to_owned(), spans.collect());
        }
        self.push("evidence", fields)
    }

    /// Keeps what has no field, under `x_` and this name. What `name` has beside letters, digits
    /// and `_` becomes `_`.
    pub fn extra(&mut self, name: &str, value: impl Into<Value>) -> &mut Self {
        let key = extra_key(name);
        let value = value.into();
        let value = if depth(&value) > DEEPEST {
            Value::String(value.to_string())
        } else {
            value
        };
        self.put(key, value);
        self
    }

    /// Adds to what is kept under `x_` and this name, which is a list then; a value that it has is not
    /// added again, unless the list is very long.
    pub(crate) fn keep(&mut self, name: &str, value: impl Into<Value>) -> &mut Self {
        let (key, value) = (extra_key(name), value.into());
        match self.fields.get_mut(&key) {
            Some(Value::Array(values)) => {
                let is_there = values.len() < 1_000 && values.contains(&value);
                if !says_nothing(&value) && !is_there {
                    values.push(value);
                }
            }
            _ if says_nothing(&value) => {}
            other => {
                let other = other.map(Value::take);
                let values: Vec<Value> = other.into_iter().chain([value]).collect();
                self.fields.insert(key, values.into());
            }
        }
        self
    }

    fn put(&mut self, field: String, value: Value) {
        if !says_nothing(&value) {
            self.fields.insert(field, value);
        }
    }

    /// Its kind, and its fields in the order of the model: what it is before what is said about it.
    pub(super) fn into_parts(mut self) -> (RecordKind, Map<String, Value>) {
        // One sorting, and no look-up for each field that there could be: millions come through here.
        let place = |field: &str| {
            let mut all = std::iter::once("id").chain(fields_of(self.kind));
            all.position(|one| one == field).unwrap_or(usize::MAX)
        };
        let mut sorted: Vec<(usize, String, Value)> = (std::mem::take(&mut self.fields)
            .into_iter())
        .filter(|(_, value)| !value.is_null())
        .map(|(field, value)| (place(&field), field, value))
        .collect();
        // Stable, so that what has no place keeps its order.
        sorted.sort_by_key(|(place, ..)| *place);
        let mut fields = Map::with_capacity(sorted.len());
        fields.extend(sorted.into_iter().map(|(_, field, value)| (field, value)));
        (self.kind, fields)
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// How deep lists and objects stand within each other. Readers of JSON stop at 128, so that this
/// ends.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// What a field is called that keeps what has none: `x_`, and the letters and digits of the name.
pub fn extra_key(name: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    let mut key = if name.bytes().all(is_plain) {
        ["x_", name.trim_matches('_')].concat()
    } else {
        let name = deunicode::deunicode(name).to_ascii_lowercase();
        let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        format!("x_{}", parts.join("_"))
    };
    if key == "x_" {
        key.push_str("unnamed");
    }
    key.truncate(100);
    key
}
