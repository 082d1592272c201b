//! The one description of a record: what each kind can say, field by field.
//!
//! Each kind of record, and each kind of object within one, lists its fields beside its struct
//! (`claim.rs`, `evidence.rs`). The reader, the tables of facts, the columns and links of snapshots,
//! ids, the anonymised copy, the JSON that records are written as, the JSON Schema of facts and the
//! page of reference are all made of these lists. A new field is a member of the struct and one row.
//!
//! ```
//! use annals_model::{RecordKind, Shape};
//!
//! let speaker = RecordKind::Claim.field("speaker").ok_or("no such field")?;
//! assert!(speaker.required);
//! assert!(matches!(speaker.shape, Shape::References(&[RecordKind::Actor])));
//! # Ok::<(), &str>(())
//! ```

mod json_schema;
mod value;

use super::{
    Actor, Claim, Document, Event, More, Order, OwnWords, Place, RecordKind, Relation, Topic,
    Vocabulary,
};

pub use json_schema::json_schema;
pub use value::{Cell, FieldValue, Fields, OneWord, PutReferences, Record};

/// A field of a record, or of an object within one.
#[derive(Debug)]
pub struct Field {
    /// How the facts write it.
    pub name: &'static str,
    /// What can stand in it.
    pub shape: Shape,
    /// What it means, as the JSON Schema and the page of reference say it.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// The kind of edge that it makes in the graph.
    pub edge: Option<&'static str>,
    /// The column of a snapshot that its texts stand in.
    pub column: Option<&'static str>,
    /// Whether that column has few different texts.
    pub few: bool,
    /// The table of a snapshot that leads from what it refers to back to its record.
    pub links: Option<Links>,
    /// What an anonymised copy has of it.
    pub shared: Shared,
    /// Whether it decides where a speaker stood, and when.
    pub decides_stance: bool,
}

/// What can stand in a field.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// The id of the record.
    Id,
    /// The kind of the record, where records stand one a line.
    Type,
    /// A text.
    Text,
    /// A whole number or a short text, kept as a text: 12, iv, 12-13.
    Numeral,
    /// A text or several.
    Texts,
    /// A word of anybody's choice.
    Word,
    /// Several of these.
    Words,
    /// A word of a list, or one that the user has added to it.
    OneOf(&'static Words, Option<OwnOf>),
    /// The code of a finding.
    Code,
    /// One or several relations in time.
    Relations,
    /// A distance in time.
    Duration,
    /// A date.
    Date,
    /// A number within bounds.
    Number {
        /// The least.
        least: f64,
        /// The greatest.
        most: f64,
    },
    /// True or false.
    Flag,
    /// A SHA-256 sum.
    Sha256,
    /// The id of a record of one of these kinds.
    Reference(&'static [RecordKind]),
    /// One or several of these.
    References(&'static [RecordKind]),
    /// Stretches of a text.
    Spans,
    /// An object.
    Part(&'static Part),
    /// One or several objects.
    Parts(&'static Part),
}

/// The words of the user's own that a field may have beside those of its vocabulary.
pub type OwnOf = fn(&OwnWords) -> &[String];

/// The words of a closed vocabulary.
#[derive(Debug)]
pub struct Words {
    /// What a message calls one of them ("an act").
    pub called: &'static str,
    /// All of them.
    pub all: &'static [&'static str],
}

/// A kind of object within a record.
#[derive(Debug)]
pub struct Part {
    /// What the JSON Schema calls it.
    pub name: &'static str,
    /// What a message calls one of them ("a stance").
    pub called: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
    /// Where those of all records are kept, if they are kept together and refer to records.
    pub pool: Option<Pool>,
}

/// The objects of all records that refer to other records, kept together by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pool {
    /// Passages of documents.
    Evidence,
    /// Stances toward things.
    Stances,
    /// Participants of events.
    Participants,
}

/// The table of a snapshot that leads from a thing to the records that refer to it.
#[derive(Debug, Clone, Copy)]
pub struct Links {
    /// Its name.
    pub table: &'static str,
    /// The column of what is referred to.
    pub node: &'static str,
    /// The column of the other text of an object.
    pub with: Option<&'static str>,
    /// Of a field that all kinds have: the one kind whose records it leads to.
    pub only: Option<RecordKind>,
}

/// What an anonymised copy has of a field. What its row does not name is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// Nothing.
    No,
    /// Its value: ids as pseudonyms, dates without the source's own words.
    Kept,
    /// A number for each different word: `role-4`; words of a closed vocabulary stay.
    Numbered(&'static str),
}

impl Field {
    /// A field that need not be there, makes no edge and is never shared.
    pub const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Field {
            name,
            shape,
            doc,
            required: false,
            edge: None,
            column: Some(name),
            few: false,
            links: None,
            shared: Shared::No,
            decides_stance: false,
        }
    }

    /// It must be there.
    #[must_use]
    pub const fn required(self) -> Self {
        Field {
            required: true,
            ..self
        }
    }

    /// It makes edges of this kind.
    #[must_use]
    pub const fn edge(self, kind: &'static str) -> Self {
        Field {
            edge: Some(kind),
            ..self
        }
    }

    /// Its texts stand in a column that is not called as it is.
    #[must_use]
    pub const fn column(self, name: &'static str) -> Self {
        Field {
            column: Some(name),
            ..self
        }
    }

    /// It has no column of texts.
    #[must_use]
    pub const fn no_column(self) -> Self {
        Field {
            column: None,
            ..self
        }
    }

    /// Its column has few different texts.
    #[must_use]
    pub const fn few(self) -> Self {
        Field { few: true, ..self }
    }

    /// A table of a snapshot leads from what it refers to (in this column) to its record.
    #[must_use]
    pub const fn links(self, table: &'static str, node: &'static str) -> Self {
        Field {
            links: Some(Links {
                table,
                node,
                with: None,
                only: None,
            }),
            ..self
        }
    }

    /// The same, with the other text of each object in another column.
    #[must_use]
    pub const fn links_with(
        self,
        table: &'static str,
        node: &'static str,
        with: &'static str,
    ) -> Self {
        Field {
            links: Some(Links {
                table,
                node,
                with: Some(with),
                only: None,
            }),
            ..self
        }
    }

    /// The same, of the records of one kind.
    #[must_use]
    pub const fn links_of(self, kind: RecordKind, table: &'static str, node: &'static str) -> Self {
        Field {
            links: Some(Links {
                table,
                node,
                with: None,
                only: Some(kind),
            }),
            ..self
        }
    }

    /// An anonymised copy has its value.
    #[must_use]
    pub const fn kept(self) -> Self {
        Field {
            shared: Shared::Kept,
            ..self
        }
    }

    /// An anonymised copy has a number for each of its words.
    #[must_use]
    pub const fn numbered(self, word: &'static str) -> Self {
        Field {
            shared: Shared::Numbered(word),
            ..self
        }
    }

    /// It decides where a speaker stood, and when.
    #[must_use]
    pub const fn decides_stance(self) -> Self {
        Field {
            decides_stance: true,
            ..self
        }
    }
}

impl Shape {
    /// Whether it is a list of texts, words or ids.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Shape::Texts | Shape::Words | Shape::Relations | Shape::References(_)
        )
    }

    /// The objects that it is a list of.
    pub fn parts(self) -> Option<&'static Part> {
        match self {
            Shape::Parts(part) => Some(part),
            _ => None,
        }
    }

    /// The kinds of record that its ids may lead to: of objects, those of the first field that is
    /// an id.
    pub fn targets(self) -> &'static [RecordKind] {
        match self {
            Shape::Reference(kinds) | Shape::References(kinds) => kinds,
            Shape::Part(part) | Shape::Parts(part) => part
                .fields
                .iter()
                .map(|field| field.shape.targets())
                .find(|kinds| !kinds.is_empty())
                .unwrap_or_default(),
            _ => &[],
        }
    }
}

impl RecordKind {
    /// The fields of a kind of record, those that every record may have left out.
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

    /// Every field that a kind of record may have: its own, `id`, and those of every record.
    pub fn fields(self) -> impl Iterator<Item = &'static Field> + Clone {
        self.own_fields().iter().chain([&ID]).chain(More::FIELDS)
    }

    /// The field of this name.
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

/// The id of a record.
pub static ID: Field = Field::new(
    "id",
    Shape::Id,
    "Its id, unique over all files. Records that nothing refers to need none.",
)
.decides_stance();

/// The kind of a record, where records stand one a line. It is read before all else.
pub static TYPE: Field = Field::new("type", Shape::Type, "Its kind.").decides_stance();

/// A date with a calendar, or with the source's own words.
pub static DATE: Part = Part {
    name: "date",
    called: "a date",
    doc: "A date in EDTF (ISO 8601-2, levels 0 to 2): 2023-04-20, 2023-04, 1880~, 2022-02-24/.., \
        [1667,1672].",
    fields: &[
        Field::new(
            "edtf",
            Shape::Id,
            "The date in EDTF, in the given calendar.",
        )
        .required(),
        Field::new(
            "calendar",
            Shape::OneOf(
                &Words {
                    called: "a calendar",
                    all: &["gregorian", "julian"],
                },
                None,
            ),
            "The calendar it is written in.",
        ),
        Field::new("display", Shape::Code, "The source's own wording."),
    ],
    pool: None,
};

/// The kinds of record that are nodes of the graph.
pub(crate) const NODES: &[RecordKind] = {
    use RecordKind::{Actor, Claim, Document, Event, Place, Topic};
    &[Document, Actor, Place, Topic, Event, Claim]
};

/// The kinds of record that have a place in time.
pub(crate) const DATED: &[RecordKind] = {
    use RecordKind::{Actor, Claim, Document, Event, Relation};
    &[Event, Claim, Document, Relation, Actor]
};

/// A word of a closed vocabulary.
pub(crate) const fn one_of<V: Vocabulary>() -> Shape {
    Shape::OneOf(V::WORDS, None)
}

/// A word of a closed vocabulary, or one of the user's own.
pub(crate) const fn one_of_or_own<V: Vocabulary>(own: OwnOf) -> Shape {
    Shape::OneOf(V::WORDS, Some(own))
}

/// Declares a kind of record: its struct, and how one begins that says nothing yet.
macro_rules! record {
    ($(#[$doc:meta])* pub struct $record:ident { $($(#[$mdoc:meta])* pub $member:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $record {
            /// What every record has.
            pub common: Common,
            $($(#[$mdoc])* pub $member: $type,)+
        }
        impl $record {
            /// A record that says nothing yet.
            pub fn new(common: Common) -> Self {
                $record { common, $($member: Default::default(),)+ }
            }
        }
        impl $crate::Record for $record {
            fn common_mut(&mut self) -> &mut Common {
                &mut self.common
            }
        }
    };
}

/// Lists the fields of a struct, in the order of the model's description. Before each stands the
/// member that keeps it: `quote`; `(act own_act)` for a word of a vocabulary and one of the user's
/// own; `[repeats]` for a member of a claim's links; `{by}` for what a method of that name writes.
macro_rules! fields {
    ($record:ident; $($place:tt: $field:expr,)+) => {
        impl $crate::Fields for $record {
            const FIELDS: &'static [$crate::Field] = &[$($field),+];

            fn cell(&mut self, nth: usize) -> $crate::Cell<'_> {
                let mut place = 0;
                $(
                    if nth == place { return fields!(@cell self $place); }
                    place += 1;
                )+
                unreachable!("field {nth} of {place}")
            }

            fn written(&self, facts: &$crate::Facts, nth: usize) -> Option<serde_json::Value> {
                let mut place = 0;
                $(
                    if nth == place { return fields!(@written self facts $place); }
                    place += 1;
                )+
                let _ = place;
                None
            }

            fn count(&self, facts: &$crate::Facts, nth: usize) -> Option<usize> {
                let mut place = 0;
                $(
                    if nth == place { return fields!(@count self facts $place); }
                    place += 1;
                )+
                let _ = (place, facts);
                None
            }

            fn lead(&self, facts: &$crate::Facts, nth: usize, item: usize) -> Option<$crate::RecordRef> {
                let mut place = 0;
                $(
                    if nth == place { return fields!(@lead self facts item $place); }
                    place += 1;
                )+
                let _ = place;
                None
            }

            fn move_on(&mut self, moved: &$crate::Moved<'_>) {
                $(fields!(@moved self moved $place);)+
            }
        }
    };
    (@cell $me:ident ($known:ident $own:ident)) => {
        $crate::Cell::OneWordOrOwn(&mut $me.$known, &mut $me.$own)
    };
    (@cell $me:ident [$link:ident]) => { $crate::Cell::Linked(|links| &mut links.$link) };
    (@cell $me:ident {$method:ident}) => { $crate::Cell::Elsewhere };
    (@cell $me:ident $member:ident) => { $crate::FieldValue::cell(&mut $me.$member) };
    (@written $me:ident $facts:ident ($known:ident $own:ident)) => {
        $crate::FieldValue::written(&$me.$known, $facts)
            .or_else(|| $crate::FieldValue::written(&$me.$own, $facts))
    };
    (@written $me:ident $facts:ident [$link:ident]) => {
        $crate::FieldValue::written(&$facts.links($me).$link, $facts)
    };
    (@written $me:ident $facts:ident {$method:ident}) => { $me.$method() };
    (@written $me:ident $facts:ident $member:ident) => {
        $crate::FieldValue::written(&$me.$member, $facts)
    };
    (@count $me:ident $facts:ident [$link:ident]) => {
        $crate::FieldValue::count(&$facts.links($me).$link)
    };
    (@count $me:ident $facts:ident $member:ident) => { $crate::FieldValue::count(&$me.$member) };
    (@count $me:ident $facts:ident $other:tt) => { None };
    (@lead $me:ident $facts:ident $item:ident [$link:ident]) => {
        $crate::FieldValue::lead(&$facts.links($me).$link, $facts, $item)
    };
    (@lead $me:ident $facts:ident $item:ident $member:ident) => {
        $crate::FieldValue::lead(&$me.$member, $facts, $item)
    };
    (@lead $me:ident $facts:ident $item:ident $other:tt) => { None };
    (@moved $me:ident $moved:ident ($known:ident $own:ident)) => {
        $crate::FieldValue::move_on(&mut $me.$own, $moved)
    };
    (@moved $me:ident $moved:ident $member:ident) => {
        $crate::FieldValue::move_on(&mut $me.$member, $moved)
    };
    // What refers to others is only known when references are resolved; distances hold no handle.
    (@moved $me:ident $moved:ident $other:tt) => {};
}
pub(crate) use {fields, record};

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
