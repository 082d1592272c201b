//! The fields of all kinds of record together, and the JSON Schema made from them.

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
    use crate::parts::{
        Common, EVIDENCE, Evidence, FileId, IGNORE, Origin, PARTICIPANT, Participant, RETRACTION,
        STANCE,
    };
    use crate::storage::Names;
    use crate::values::{Cell, Fields};

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
    /// Whether a field of this shape can be kept there.
    fn agree(shape: Shape, cell: &Cell<'_>) -> bool {
        match cell {
            Cell::Text(_) => matches!(shape, Shape::Text | Shape::Numeral | Shape::Sha256),
            Cell::Texts(_) => matches!(shape, Shape::Texts),
            Cell::Word(_) => matches!(shape, Shape::Word),
            Cell::Words(_) => matches!(shape, Shape::Words),
            Cell::OneWord(_) => matches!(shape, Shape::OneOf(_, None)),
            Cell::OneWordOrOwn(..) => matches!(shape, Shape::OneOf(_, Some(_))),
            Cell::Date(_) => matches!(shape, Shape::Date),
            Cell::Number(_) => matches!(shape, Shape::Number { .. }),
            Cell::Flag(_) => matches!(shape, Shape::Flag),
            Cell::Spans(_) => matches!(shape, Shape::Spans),
            Cell::Stances(_) => matches!(shape, Shape::Parts(part) if part.name == STANCE.name),
            Cell::Participants(_) => {
                matches!(shape, Shape::Parts(part) if part.name == PARTICIPANT.name)
            }
            Cell::Evidence(_) => matches!(shape, Shape::Parts(part) if part.name == EVIDENCE.name),
            Cell::Ignores(_) => matches!(shape, Shape::Parts(part) if part.name == IGNORE.name),
            Cell::Relations(_) => matches!(shape, Shape::Relations),
            Cell::Retraction(_) => {
                matches!(shape, Shape::Part(part) if part.name == RETRACTION.name)
            }
            Cell::References(_) => matches!(shape, Shape::Reference(_) | Shape::References(_)),
            Cell::Linked(_) => matches!(shape, Shape::References(_)),
            Cell::Elsewhere => matches!(shape, Shape::Duration | Shape::OneOf(..)),
        }
    }

    fn every_member_agrees<F: Fields>(mut one: F) {
        for (nth, field) in F::FIELDS.iter().enumerate() {
            assert!(agree(field.shape, &one.cell(nth)), "{}", field.name);
        }
    }

    #[test]
    fn every_field_is_kept_in_a_member_of_its_shape() {
        let common = Common {
            id: Names::default().intern("id").unwrap(),
            named: true,
            origin: Origin::new(FileId(0), 0),
            more: None,
        };
        every_member_agrees(Document::new(common));
        every_member_agrees(Actor::new(common));
        every_member_agrees(Place::new(common));
        every_member_agrees(Topic::new(common));
        every_member_agrees(Event::new(common));
        every_member_agrees(Claim::new(common));
        every_member_agrees(Relation::new(common));
        every_member_agrees(Order::new(common));
        every_member_agrees(More::default());
        every_member_agrees(Evidence::default());
        every_member_agrees(Participant {
            actor: None,
            role: None,
        });
    }
}
