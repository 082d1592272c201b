//! Values as they mean the same, however they are spelled: a scalar is its text, a list of one its item,
//! and what says nothing is not there.

use serde_json::{Map, Value};

use annals_model::{RecordKind, Vocabulary as _};

/// A record: equal for records that say the same in the same words.
pub(crate) fn record(kind: RecordKind, value: &Value) -> Value {
    let fields = match value {
        Value::Array(parts) if kind == RecordKind::Order && parts.len() == 3 => {
            let names = ["first", "relation", "second"];
            let parts = names.iter().zip(parts);
            parts
                .map(|(name, part)| ((*name).to_owned(), part.clone()))
                .collect()
        }
        Value::Object(fields) => fields.clone(),
        other => return other.clone(),
    };
    let mut sorted: Vec<(String, Value)> = fields
        .into_iter()
        .filter(|(name, value)| !(name == "type" && value == kind.word()))
        .filter_map(|(name, value)| {
            let value = field(&name, &value)?;
            Some((name, value))
        })
        .collect();
    // The order of fields says nothing.
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    Value::Object(sorted.into_iter().collect())
}

/// The value of a field; `None` where it says nothing.
pub(crate) fn field(name: &str, value: &Value) -> Option<Value> {
    if value.is_null() {
        return None;
    }
    if name.starts_with("x_") {
        return Some(value.clone());
    }
    Some(plain(value))
}

fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Bool(truth) => Value::String(truth.to_string()),
        Value::Array(items) => match items.as_slice() {
            [one] => plain(one),
            several => several.iter().map(plain).collect(),
        },
        // A date that says no more than its days.
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("edtf") => {
            plain(&fields["edtf"])
        }
        Value::Object(fields) => {
            let mut sorted: Vec<(&String, Value)> = fields
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name, plain(value)))
                .collect();
            sorted.sort_by(|a, b| a.0.cmp(b.0));
            let each = sorted.into_iter();
            Value::Object(each.map(|(name, value)| (name.clone(), value)).collect())
        }
        // An empty list is one: of speakers it means the narrator.
        other => other.clone(),
    }
}

/// The items of a value: those of a list, or itself.
pub(crate) fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

/// Fields in the order in which another record has them; others follow the field that stands before
/// them.
pub(crate) fn ordered(fields: &Map<String, Value>, other: &[String]) -> Map<String, Value> {
    let known = other.iter().filter(|name| fields.contains_key(*name));
    let mut names: Vec<&String> = known.collect();
    let mut before: Option<&String> = None;
    for name in fields.keys() {
        if !names.contains(&name) {
            let place = before.and_then(|before| names.iter().position(|one| *one == before));
            names.insert(place.map_or(0, |place| place + 1), name);
        }
        before = Some(name);
    }
    let each = names.into_iter();
    each.map(|name| (name.clone(), fields[name].clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn spellings_that_mean_the_same_are_equal() {
        let record = |value| record(RecordKind::Claim, &value);
        assert_eq!(
            record(
                json!({"id": 7, "speaker": ["a"], "evidence": [{"document": "d", "spans": [[1, 2]]}]})
            ),
            record(
                json!({"evidence": {"spans": [["1", "2"]], "document": "d"}, "speaker": "a", "id": "7", "said": null})
            ),
        );
        assert_ne!(record(json!({"speaker": []})), record(json!({})));
        assert_ne!(record(json!({"x_n": 1})), record(json!({"x_n": "1"})));
        let short = super::record(RecordKind::Order, &json!(["a", "before", "b"]));
        let long = json!({"second": "b", "first": "a", "relation": ["before"]});
        assert_eq!(short, super::record(RecordKind::Order, &long));
    }

    #[test]
    fn fields_stand_as_the_neighbour_has_them() {
        let fields = json!({"id": 1, "speaker": 2, "quote": 3, "said": 4, "evidence": 5});
        let other = ["id", "said", "speaker"].map(str::to_owned);
        let ordered = ordered(fields.as_object().unwrap(), &other);
        let names: Vec<&String> = ordered.keys().collect();
        assert_eq!(names, ["id", "said", "evidence", "speaker", "quote"]);
    }
}
