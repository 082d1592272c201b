//! The fields of all kinds of record together, and the JSON Schema made of them.

mod json_schema;

use crate::fields::{Field, ID, Shape};
use crate::ids::RecordKind;
use crate::kinds::{Actor, Claim, Document, Event, More, Order, Place, Relation, Topic};
use crate::values::Fields as _;
use crate::word::Vocabulary as _;

pub use json_schema::json_schema;

impl RecordKind {
    /// The fields of a kind of record, without those that every kind has.
    pub fn own_fields(self) -> &'static [Field] {
        match self {
            RecordKind::Document => Document::FIELDS,
            RecordKind::Actor => Actor::FIELDS,
            RecordKind::Place => Place::FIELDS,
            RecordKind::Topic => Topic::FIELDS,
            RecordKind::Event => Event::FIELDS,
            RecordKind::Claim => Claim::FIELDS,
            RecordKind::Relation => Relation::FIELDS,
            RecordKind::Order => Order::FIELDS,
        }
    }

    /// Every field of a kind of record: its own, `id`, and those that every kind has.
    pub fn fields(self) -> impl Iterator<Item = &'static Field> + Clone {
        self.own_fields().iter().chain([&ID]).chain(More::FIELDS)
    }

    /// Its field of this name.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name == name)
    }
}

/// Every field of every kind of record, and of the objects within records.
pub fn every_field() -> impl Iterator<Item = &'static Field> {
    let own = RecordKind::ALL.iter().flat_map(|kind| kind.own_fields());
    let top = own.chain([&ID]).chain(More::FIELDS);
    top.flat_map(|field| {
        let within: &[Field] = match field.shape {
            Shape::Part(part) | Shape::Parts(part) => part.fields,
            _ => &[],
        };
        std::iter::once(field).chain(within)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_kind_has_two_fields_of_one_name() {
        for kind in RecordKind::ALL {
            let mut names: Vec<&str> = kind.fields().map(|field| field.name).collect();
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "{kind}");
        }
    }

    #[test]
    fn every_field_says_what_it_means() {
        for field in every_field() {
            assert!(
                field.doc.ends_with(['.', '…']),
                "{}: {}",
                field.name,
                field.doc
            );
        }
    }

    #[test]
    fn a_name_says_in_all_kinds_whether_objects_stand_there() {
        for field in every_field() {
            for other in every_field().filter(|other| other.name == field.name) {
                let (one, two) = (field.shape.parts(), other.shape.parts());
                assert_eq!(one.map(|part| part.name), two.map(|part| part.name));
            }
        }
    }
}
