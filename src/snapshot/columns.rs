//! The columns of the table of each kind of record: those fields of the model whose texts a
//! snapshot stores separately.

use annals_model::{Fields as _, More, Part, RecordKind, Shape};

use super::table::{Column, Is};

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

/// The columns of the texts of objects, by key.
fn part_columns(
    part: &'static Part,
    add: &mut impl FnMut(&str, Is) -> usize,
) -> Vec<(&'static str, usize)> {
    let texts = part.fields.iter().filter_map(|field| {
        let few = field.few || matches!(field.shape, Shape::Word | Shape::OneOf(..));
        let is = if few { Is::Words } else { Is::Texts };
        Some((field.name, add(field.column?, is)))
    });
    texts.collect()
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
        for one in kind.own_fields().iter().chain(More::FIELDS) {
            let Some(name) = one.column else { continue };
            let slot = match one.shape {
                Shape::Word | Shape::OneOf(..) => Slot::One(add(name, Is::Word)),
                Shape::Text
                | Shape::Numeral
                | Shape::Sha256
                | Shape::Duration
                | Shape::Reference(_) => {
                    Slot::One(add(name, if one.few { Is::Word } else { Is::Text }))
                }
                Shape::Date => {
                    let written = add(name, Is::Word);
                    let first = add(&format!("{name}_first"), Is::Day);
                    let last = add(&format!("{name}_last"), Is::Day);
                    days.push((one.name, first, last));
                    Slot::One(written)
                }
                shape if shape.is_list() => Slot::Many(add(name, Is::Texts)),
                Shape::Parts(part) if part.pool.is_some() => {
                    Slot::Objects(part_columns(part, &mut add))
                }
                // Numbers and the rest have columns of their own, or none.
                _ => continue,
            };
            fields.push((one.name, slot));
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
