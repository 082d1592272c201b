//! The columns of the table of each kind of record: those fields of the model whose texts a
//! snapshot stores separately, and what other engines compare them by.

use annals_model::{Field, Fields as _, More, Part, RecordKind, Shape};

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
    /// What other engines compare dates by, for each date.
    pub(super) dates: Vec<DateColumns>,
    /// Of claims, where they stand in a file that is kept as it is, whose lines are not told.
    pub(super) claim_offset: Option<usize>,
    /// A text in whose order of bytes ids are in their natural order.
    pub(super) id_order: usize,
    /// Of claims, all speakers, the first of them, and how many there are.
    pub(super) speakers: Option<[usize; 3]>,
    /// Of documents, a text in whose order of bytes their files are read: what is said in them is listed so.
    pub(super) file_order: Option<usize>,
    /// Of what has evidence, where its first passage stands.
    pub(super) passage: Option<PassageColumns>,
    /// Of what has evidence, the spans of each passage, as given or as found.
    pub(super) spans: Option<usize>,
    /// Why a record was retracted.
    pub(super) reason: usize,
}

/// The columns of a date that other engines compare it by.
pub(super) struct DateColumns {
    /// The field of the date.
    pub(super) key: &'static str,
    /// Its first and its last day, where these are not among [`Columns::days`].
    pub(super) days: Option<[usize; 2]>,
    pub(super) precision: usize,
    /// Earliest and latest start, earliest and latest end.
    pub(super) bounds: [usize; 4],
    /// The second of the day in UTC, and whether an offset was given.
    pub(super) second: usize,
    pub(super) zoned: usize,
    /// How many stretches it has of which one is meant, if several.
    pub(super) alternatives: usize,
    /// How the source words it, if the facts say so.
    pub(super) display: usize,
}

/// The columns of where a record stands in a text.
pub(super) struct PassageColumns {
    pub(super) document: usize,
    /// The code point at which its first passage begins.
    pub(super) start: usize,
    /// A text in whose order of bytes pages are in their order.
    pub(super) page_order: usize,
}

/// The names of the bounds of a date, after that of its field.
pub(super) const BOUNDS: [&str; 4] = [
    "earliest_start",
    "latest_start",
    "earliest_end",
    "latest_end",
];

/// The field of a retraction, whose date is not a field of its own.
pub(super) const RETRACTED: &str = "retracted";

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

impl DateColumns {
    pub(super) fn new(
        key: &'static str,
        with_days: bool,
        add: &mut impl FnMut(&str, Is) -> usize,
    ) -> Self {
        let mut of = |name: &str, is: Is| add(&format!("{key}_{name}"), is);
        DateColumns {
            key,
            days: with_days.then(|| [of("first", Is::Day), of("last", Is::Day)]),
            precision: of("precision", Is::Word),
            bounds: BOUNDS.map(|bound| of(bound, Is::Bound)),
            second: of("second", Is::Number),
            zoned: of("zoned", Is::Flag),
            alternatives: of("alternatives", Is::Number),
            display: of("display", Is::Word),
        }
    }
}

impl PassageColumns {
    pub(super) fn new(add: &mut impl FnMut(&str, Is) -> usize) -> Self {
        PassageColumns {
            document: add("text_document", Is::Plain),
            start: add("text_start", Is::Number),
            page_order: add("text_page_order", Is::Plain),
        }
    }
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

/// The columns of the texts of a field, and those of its days; `None` of numbers and the rest, which have
/// columns of their own, or none.
fn slot(
    field: &Field,
    add: &mut impl FnMut(&str, Is) -> usize,
    days: &mut Vec<(&'static str, usize, usize)>,
) -> Option<Slot> {
    let name = field.column?;
    Some(match field.shape {
        Shape::Word | Shape::OneOf(..) => Slot::One(add(name, Is::Word)),
        Shape::Text | Shape::Numeral | Shape::Sha256 | Shape::Duration | Shape::Reference(_) => {
            Slot::One(add(name, if field.few { Is::Word } else { Is::Text }))
        }
        Shape::Date => {
            let written = add(name, Is::Word);
            let first = add(&format!("{}_first", field.name), Is::Day);
            let last = add(&format!("{}_last", field.name), Is::Day);
            days.push((field.name, first, last));
            Slot::One(written)
        }
        shape if shape.is_list() => Slot::Many(add(name, Is::Texts)),
        Shape::Parts(part) if part.pool.is_some() => Slot::Objects(part_columns(part, add)),
        _ => return None,
    })
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
            let Some(slot) = slot(one, &mut add, &mut days) else {
                continue;
            };
            fields.push((one.name, slot));
        }
        let mut by_length = vec![Vec::new(); 16];
        for (nth, (key, _)) in fields.iter().enumerate() {
            // No field has a longer name.
            by_length[key.len()].push(nth);
        }
        let is_place = kind == RecordKind::Place;
        let is_claim = kind == RecordKind::Claim;
        let has_order = matches!(
            kind,
            RecordKind::Claim | RecordKind::Event | RecordKind::Relation
        );
        let lat = is_place.then(|| add("lat", Is::Real));
        let lon = is_place.then(|| add("lon", Is::Real));
        let confidence = add("confidence", Is::Real);
        let retracted = add(RETRACTED, Is::Text);
        let file = add("file", Is::Number);
        let line = add("line", Is::Number);
        let offset = (!is_claim).then(|| add("byte_offset", Is::Long));
        let form = add("form", Is::Word);
        let raw = add("raw", Is::Bytes);
        // What only other engines read comes last: forms name columns by their numbers, which are few.
        let keys = days.iter().map(|(key, ..)| *key);
        let dates = keys.chain([RETRACTED]);
        let dates = dates.map(|key| DateColumns::new(key, key == RETRACTED, &mut add));
        let dates = dates.collect();
        let speaker = fields.iter().find_map(|(key, slot)| match slot {
            Slot::Many(column) if is_claim && *key == "speaker" => Some(*column),
            _ => None,
        });
        Columns {
            row,
            id,
            lat,
            lon,
            confidence,
            retracted,
            file,
            line,
            offset,
            form,
            raw,
            dates,
            claim_offset: is_claim.then(|| add("byte_offset", Is::Long)),
            id_order: add("id_order", Is::Plain),
            speakers: speaker.map(|speaker| {
                [
                    speaker,
                    add("speaker_1", Is::Key),
                    add("speakers", Is::Number),
                ]
            }),
            file_order: (kind == RecordKind::Document).then(|| add("file_order", Is::Plain)),
            passage: has_order.then(|| PassageColumns::new(&mut add)),
            spans: has_order.then(|| add("evidence_spans", Is::Texts)),
            reason: add("retracted_reason", Is::Text),
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
