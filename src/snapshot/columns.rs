//! Which fields of which kind of record are columns of its table.

use annals_model::RecordKind;

use super::table::{Column, Is};

/// A field of a record whose texts stand in columns.
pub(super) struct Field {
    /// What the facts call it.
    pub(super) key: &'static str,
    pub(super) holds: Holds,
}

/// What stands in a field, and in which columns.
pub(super) enum Holds {
    /// A text, in the column of the field's name.
    Text,
    /// One of few words.
    Word,
    /// A date: as written, with its first and last day in two more columns.
    Date,
    /// A text or several.
    Texts,
    /// An object or several: key and column of each text.
    Objects(&'static [(&'static str, &'static str)]),
}

use Holds::{Date, Objects, Text, Texts, Word};

const fn field(key: &'static str, holds: Holds) -> Field {
    Field { key, holds }
}

const EVIDENCE: Field = field(
    "evidence",
    Objects(&[
        ("document", "evidence_document"),
        ("quote", "evidence_quote"),
    ]),
);

const CLAIM: &[Field] = &[
    field("speaker", Texts),
    field("as", Text),
    field("to", Texts),
    field("about", Texts),
    field(
        "stance",
        Objects(&[("toward", "stance_toward"), ("value", "stance_value")]),
    ),
    field("act", Word),
    field("mode", Word),
    field("quote", Text),
    field("content", Text),
    field("said", Date),
    field("weekday", Word),
    field("at", Text),
    field("via", Texts),
    field("responds_to", Texts),
    field("supports", Texts),
    field("contradicts", Texts),
    field("repeats", Texts),
    EVIDENCE,
];

/// The fields of a kind, in the order of their columns; those that every record may have left out.
fn own(kind: RecordKind) -> &'static [Field] {
    match kind {
        RecordKind::Document => {
            const {
                &[
                    field("title", Text),
                    field("kind", Word),
                    field("author", Texts),
                    field("publisher", Text),
                    field("published", Date),
                    field("language", Word),
                    field("url", Text),
                    field("based_on", Texts),
                    field("corrects", Texts),
                    field("text", Text),
                    field("sha256", Text),
                ]
            }
        }
        RecordKind::Actor => {
            const {
                &[
                    field("name", Text),
                    field("kind", Word),
                    field("aliases", Texts),
                    field("lifespan", Date),
                    field("same_as", Texts),
                ]
            }
        }
        RecordKind::Place => const { &[field("name", Text), field("within", Text)] },
        RecordKind::Topic => const { &[field("label", Text), field("about", Texts)] },
        RecordKind::Event => {
            const {
                &[
                    field("label", Text),
                    field("kind", Word),
                    field("when", Date),
                    field("status", Word),
                    field(
                        "participants",
                        Objects(&[("actor", "participant"), ("role", "participant_role")]),
                    ),
                    field("place", Text),
                    field("part_of", Text),
                    field("causes", Texts),
                    field("weekday", Word),
                    EVIDENCE,
                ]
            }
        }
        RecordKind::Claim => CLAIM,
        RecordKind::Relation => {
            const {
                &[
                    field("from", Text),
                    field("kind", Word),
                    field("to", Text),
                    field("role", Text),
                    field("when", Date),
                    EVIDENCE,
                ]
            }
        }
        RecordKind::Order => {
            const {
                &[
                    field("first", Text),
                    field("relation", Texts),
                    field("second", Text),
                    field("by", Text),
                    EVIDENCE,
                ]
            }
        }
    }
}

/// Fields that every record may have.
const COMMON: &[Field] = &[
    field("note", Text),
    field("tags", Texts),
    field("recorded", Date),
];

/// The columns of a kind of record, and which field fills which.
pub(super) struct Columns {
    pub(super) all: Vec<Column>,
    fields: Vec<(&'static str, Slot)>,
    /// The fields whose names have so many letters.
    by_length: Vec<Vec<usize>>,
    /// The numbers of the columns that are no field of their own.
    pub(super) row: usize,
    pub(super) id: usize,
    pub(super) file: usize,
    pub(super) line: usize,
    /// Of claims there is none: as they do not stand in the order of their file, it would take as much
    /// room as their ids.
    pub(super) offset: Option<usize>,
    pub(super) confidence: usize,
    pub(super) lat: Option<usize>,
    pub(super) lon: Option<usize>,
    pub(super) retracted: usize,
    pub(super) form: usize,
    pub(super) raw: usize,
    /// The columns of first and last day, and the key of the field they are of.
    pub(super) days: Vec<(&'static str, usize, usize)>,
}

/// Where the texts of a field go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    /// One text, in a column.
    One(usize),
    /// One or several, in a column of lists.
    Many(usize),
    /// Objects with these keys, each text in a column of lists.
    Objects(Vec<(&'static str, usize)>),
}

impl Columns {
    pub(super) fn of(kind: RecordKind) -> Self {
        let mut columns = Vec::new();
        let mut add = |name: &str, is: Is| {
            columns.push(Column {
                name: name.to_owned(),
                is,
            });
            columns.len() - 1
        };
        let row = add("row", Is::Number);
        let id = add("id", Is::Text);
        let (mut fields, mut days) = (vec![("id", Slot::One(id))], Vec::new());
        for one in own(kind).iter().chain(COMMON) {
            let slot = match one.holds {
                Text => Slot::One(add(one.key, Is::Text)),
                Word => Slot::One(add(one.key, Is::Word)),
                Texts => Slot::Many(add(one.key, Is::Texts)),
                Date => {
                    let written = add(one.key, Is::Word);
                    let first = add(&format!("{}_first", one.key), Is::Day);
                    let last = add(&format!("{}_last", one.key), Is::Day);
                    days.push((one.key, first, last));
                    Slot::One(written)
                }
                Objects(keys) => Slot::Objects(
                    keys.iter()
                        .map(|(key, name)| {
                            let few = matches!(*key, "value" | "role");
                            (*key, add(name, if few { Is::Words } else { Is::Texts }))
                        })
                        .collect(),
                ),
            };
            fields.push((one.key, slot));
        }
        let mut by_length = vec![Vec::new(); 16];
        for (nth, (key, _)) in fields.iter().enumerate() {
            // No field has a longer name.
            by_length[key.len()].push(nth);
        }
        let is_place = kind == RecordKind::Place;
        Columns {
            row,
            id,
            lat: is_place.then(|| add("lat", Is::Real)),
            lon: is_place.then(|| add("lon", Is::Real)),
            confidence: add("confidence", Is::Real),
            retracted: add("retracted", Is::Text),
            file: add("file", Is::Number),
            line: add("line", Is::Number),
            offset: (kind != RecordKind::Claim).then(|| add("offset", Is::Long)),
            form: add("form", Is::Word),
            raw: add("raw", Is::Bytes),
            fields,
            by_length,
            days,
            all: columns,
        }
    }

    /// Where the texts of a field go; `None` where it is no column.
    pub(super) fn slot(&self, key: &str) -> Option<&Slot> {
        let mut fields = self.by_length.get(key.len())?.iter();
        fields.find_map(|field| {
            let (name, slot) = &self.fields[*field];
            (*name == key).then_some(slot)
        })
    }

    /// The columns of a field.
    pub(super) fn of_field(&self, key: &str) -> Vec<usize> {
        match self.slot(key) {
            Some(Slot::One(column) | Slot::Many(column)) => vec![*column],
            Some(Slot::Objects(keys)) => keys.iter().map(|(_, column)| *column).collect(),
            None => Vec::new(),
        }
    }

    /// The number of a column.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.all.iter().position(|column| column.name == name)
    }

    /// The numbers of the columns that hold texts of fields.
    pub(super) fn texts(&self) -> impl Iterator<Item = usize> + '_ {
        self.fields.iter().flat_map(|(_, slot)| match slot {
            Slot::One(column) | Slot::Many(column) => vec![*column],
            Slot::Objects(keys) => keys.iter().map(|(_, column)| *column).collect(),
        })
    }
}
