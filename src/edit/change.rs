//! What is to be changed, in plain data.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use annals_model::RecordKind;

/// A change of the facts.
///
/// Values are those of the facts format, in its long or short forms. References are ids.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A new record.
    Add {
        /// Its kind.
        kind: RecordKind,
        /// Its fields, in the order in which they are to stand.
        fields: Map<String, Value>,
        /// The file it goes to; without one, the rules of [`crate::Editor`] say.
        to: Option<PathBuf>,
    },
    /// Other values for fields of a record.
    Set {
        /// Its id, or the name of its place.
        record: String,
        /// The fields and their values; null takes a field out.
        fields: Map<String, Value>,
        /// The record as whoever changes it saw it. If it is another by now, there is a [`Conflict`].
        seen: Option<Map<String, Value>>,
    },
    /// One more item of a list.
    Append {
        /// The id of the record.
        record: String,
        /// The field that holds the list.
        field: String,
        /// The item.
        item: Value,
    },
    /// The record is taken back: it stays, and is out of force.
    Retract {
        /// The id of the record.
        record: String,
        /// When: a date.
        on: Value,
        /// Why.
        reason: Option<String>,
    },
    /// The record is taken out. Only for what nobody refers to.
    Remove {
        /// The id of the record.
        record: String,
    },
}

/// A record that became another since somebody saw it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// The record.
    pub record: String,
    /// The file, as messages show it.
    pub file: String,
    /// Every field of which at least two of the three values differ.
    pub fields: Vec<ConflictingField>,
}

/// A field in three states. Null: it is not there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConflictingField {
    /// Its name.
    pub field: String,
    /// As it was seen.
    pub seen: Value,
    /// As it is now.
    pub now: Value,
    /// As the change would have it.
    pub yours: Value,
}

impl Conflict {
    /// The three states of a record, field by field.
    pub(crate) fn new(
        record: &str,
        file: &str,
        [seen, now, yours]: [&Map<String, Value>; 3],
    ) -> Conflict {
        let mut names: Vec<&String> = Vec::new();
        for name in seen.keys().chain(now.keys()).chain(yours.keys()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let value =
            |map: &Map<String, Value>, name: &str| map.get(name).cloned().unwrap_or_default();
        let fields = names.into_iter().map(|name| ConflictingField {
            field: name.clone(),
            seen: value(seen, name),
            now: value(now, name),
            yours: value(yours, name),
        });
        let differ = |one: &ConflictingField| {
            let plain = |value: &Value| crate::canonical::field(&one.field, value);
            plain(&one.seen) != plain(&one.now) || plain(&one.seen) != plain(&one.yours)
        };
        Conflict {
            record: record.to_owned(),
            file: file.to_owned(),
            fields: fields.filter(differ).collect(),
        }
    }
}
