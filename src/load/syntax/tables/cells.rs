//! From cells to fields: texts, lists separated by semicolons, and columns with dots for the parts
//! of a field.

use serde_json::{Map, Value};

use annals_model::{Pool, Shape, every_field};
use annals_source::book;

/// A column: a field, or a part of one (`evidence.quote`, `evidence.2.quote`, `when.display`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    steps: Vec<String>,
    /// Whether a field of this name is a list of objects.
    is_objects: bool,
    /// What a field of the name of its last step holds.
    holds: Holds,
}

/// What a cell is read as, by the name of its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// A field of one's own, kept as it is.
    Own,
    /// Objects, of this kind.
    Objects(Pool),
    /// Findings to silence.
    Ignores,
    /// A list of texts, words or ids.
    List,
    Number,
    Flag,
    Spans,
    Text,
}

impl Holds {
    /// By the shapes of the fields of this name, whatever kind of record has them.
    fn of(name: &str) -> Holds {
        let mut shapes = every_field()
            .filter(|field| field.name == name)
            .map(|field| field.shape);
        let holds = |shape: Shape| match shape {
            Shape::Parts(part) => Some(part.pool.map_or(Holds::Ignores, Holds::Objects)),
            Shape::Number { .. } => Some(Holds::Number),
            Shape::Flag => Some(Holds::Flag),
            Shape::Spans => Some(Holds::Spans),
            shape => shape.is_list().then_some(Holds::List),
        };
        if name.starts_with("x_") {
            return Holds::Own;
        }
        shapes.find_map(holds).unwrap_or(Holds::Text)
    }

    fn is_objects(self) -> bool {
        matches!(self, Holds::Objects(_) | Holds::Ignores)
    }
}

impl Column {
    pub(super) fn of(heading: &str) -> Column {
        // A field of one's own may have dots in its name.
        let steps: Vec<String> = if heading.starts_with("x_") {
            vec![heading.to_owned()]
        } else {
            heading
                .split('.')
                .map(|step| step.trim().to_owned())
                .collect()
        };
        let holds = |step: Option<&String>| step.map_or(Holds::Text, |step| Holds::of(step));
        Column {
            is_objects: holds(steps.first()).is_objects(),
            holds: holds(steps.last()),
            steps,
        }
    }

    /// Its name, at its dots.
    pub(super) fn steps(&self) -> &[String] {
        &self.steps
    }

    /// The field that it is or is part of.
    pub(super) fn field(&self) -> &str {
        self.steps.first().map_or("", String::as_str)
    }

    /// Puts a cell into its record.
    pub(super) fn put(&self, text: &str, record: &mut Map<String, Value>) {
        let Some((field, rest)) = self.steps.split_first() else {
            return;
        };
        let Some((last, between)) = rest.split_last() else {
            record.insert(field.clone(), whole(self.holds, text));
            return;
        };
        if !self.is_objects {
            let object = record
                .entry(field.clone())
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(object) = object {
                object.insert(last.clone(), part(self.holds, text));
            }
            return;
        }
        // The first is called by no number.
        let nth = between.first().and_then(|nth| nth.parse::<usize>().ok());
        let nth = nth.filter(|nth| (1..=1000).contains(nth)).unwrap_or(1) - 1;
        let list = record
            .entry(field.clone())
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(items) = list {
            while items.len() <= nth {
                items.push(Value::Object(Map::new()));
            }
            if let Value::Object(object) = &mut items[nth] {
                object.insert(last.clone(), part(self.holds, text));
            }
        }
    }
}

/// A field that is one column.
fn whole(holds: Holds, text: &str) -> Value {
    let is_several = matches!(holds, Holds::List) || holds.is_objects();
    if is_several
        && text.starts_with(['[', '{'])
        && let Ok(value) = serde_json::from_str(text)
    {
        return value;
    }
    match holds {
        Holds::Own => text.into(),
        Holds::Objects(Pool::Participants) => items(text).map(|item| participant(&item)).collect(),
        Holds::Objects(Pool::Evidence) => items(text)
            .map(|id| object([("document", id.into())]))
            .collect(),
        Holds::Objects(Pool::Stances) if text.contains(": ") => {
            items(text).map(|item| stance(&item)).collect()
        }
        Holds::Ignores => items(text)
            .map(|item| match item.split_once(": ") {
                Some((code, reason)) => object([("code", code.into()), ("reason", reason.into())]),
                None => item.into(),
            })
            .collect(),
        Holds::List => {
            let mut all: Vec<Value> = items(text).map(Value::from).collect();
            match (all.len(), all.pop()) {
                (1, Some(one)) => one,
                (_, last) => {
                    all.extend(last);
                    Value::Array(all)
                }
            }
        }
        holds => part(holds, text),
    }
}

/// The parts of a cell: between semicolons, of which `\;` is none.
fn items(text: &str) -> impl Iterator<Item = String> {
    let mut all = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&';') => {
                chars.next();
                if let Some(last) = all.last_mut() {
                    last.push(';');
                }
            }
            ';' => all.push(String::new()),
            c => {
                if let Some(last) = all.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    all.into_iter()
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let fields = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Value::Object(fields.collect())
}

/// `zelensky (host)`, or an actor without a role.
fn participant(item: &str) -> Value {
    let role = item
        .strip_suffix(')')
        .and_then(|item| item.rsplit_once(" ("));
    match role {
        Some((actor, role)) => {
            object([("actor", actor.trim().into()), ("role", role.trim().into())])
        }
        None => object([("actor", item.into())]),
    }
}

/// `nato: supports`.
fn stance(item: &str) -> Value {
    match item.rsplit_once(": ") {
        Some((toward, value)) => object([
            ("toward", toward.trim().into()),
            ("value", value.trim().into()),
        ]),
        None => item.into(),
    }
}

/// A single value: a number, a truth, spans, else a text.
fn part(holds: Holds, text: &str) -> Value {
    match holds {
        Holds::Number => {
            let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
            number.map_or_else(|| text.into(), Value::from)
        }
        Holds::Flag => match text.to_lowercase().as_str() {
            "true" => true.into(),
            "false" => false.into(),
            _ => text.into(),
        },
        Holds::Spans => spans(text).unwrap_or_else(|| text.into()),
        _ => text.into(),
    }
}

/// `12-45; 60-70`.
fn spans(text: &str) -> Option<Value> {
    let each = items(text).map(|item| {
        let (start, end) = item.split_once('-')?;
        let number = |text: &str| text.trim().parse::<u64>().ok();
        Some(Value::from(vec![number(start)?, number(end)?]))
    });
    each.collect::<Option<Vec<Value>>>().map(Value::from)
}

/// What a cell of a sheet says: of a day its date.
pub(super) fn text(value: &book::Value, from_1904: bool) -> String {
    match value {
        book::Value::Serial(serial) => {
            book::serial_date(*serial, from_1904).unwrap_or_else(|| value.text())
        }
        book::Value::Day(day) => day.strip_suffix("T00:00:00").unwrap_or(day).to_owned(),
        value => value.text().trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(cells: &[(&str, &str)]) -> Value {
        let mut record = Map::new();
        for (heading, text) in cells {
            Column::of(heading).put(text, &mut record);
        }
        Value::Object(record)
    }

    #[test]
    fn cells_say_what_a_record_says() {
        let claim = record(&[
            ("speaker", "a; b"),
            ("about", "x"),
            ("stance", "x: supports; y: opposes"),
            ("said.edtf", "1917-10-25"),
            ("said.calendar", "julian"),
            ("evidence.document", "d"),
            ("evidence.spans", "1-2; 4-9"),
            ("evidence.2.document", "e"),
            ("confidence", "0.5"),
            ("tags", "one\\; and two;three"),
            ("x_a.b", "1; 2"),
        ]);
        let wanted = json!({
            "speaker": ["a", "b"], "about": "x",
            "stance": [{"toward": "x", "value": "supports"}, {"toward": "y", "value": "opposes"}],
            "said": {"edtf": "1917-10-25", "calendar": "julian"},
            "evidence": [{"document": "d", "spans": [[1, 2], [4, 9]]}, {"document": "e"}],
            "confidence": 0.5, "tags": ["one; and two", "three"], "x_a.b": "1; 2",
        });
        assert_eq!(claim, wanted);
        let event = record(&[
            ("participants", "a (host); b"),
            ("causes", "[]"),
            ("when", "2023"),
        ]);
        let wanted = json!({
            "participants": [{"actor": "a", "role": "host"}, {"actor": "b"}], "causes": [], "when": "2023",
        });
        assert_eq!(event, wanted);
    }
}
