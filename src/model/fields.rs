//! How a field is described: [`Field`], what can stand in it ([`Shape`]), and the kinds of object
//! within records ([`Part`]).
//!
//! Each kind of record (`kinds/`), and each kind of object within records (`parts/`), lists its fields
//! beside its struct, one row each. Everything that needs to know the fields reads these rows: the
//! reader, tables of facts, columns and links of snapshots, ids, anonymised copies, the JSON of
//! records, the JSON Schema of facts and the reference page. A new field is a member of the struct and
//! one row.
//!
//! ```
//! use annals_model::{RecordKind, Shape};
//!
//! let speaker = RecordKind::Claim.field("speaker").ok_or("no such field")?;
//! assert!(speaker.required);
//! assert!(matches!(speaker.shape, Shape::References(&[RecordKind::Actor])));
//! # Ok::<(), &str>(())
//! ```

use crate::ids::RecordKind;
use crate::word::{OwnWords, Vocabulary, Words};

/// A field of a record, or of an object within one.
#[derive(Debug)]
pub struct Field {
    /// Its name in the facts.
    pub name: &'static str,
    /// What its value may be.
    pub shape: Shape,
    /// What it means, as the JSON Schema and the reference page say it.
    pub doc: &'static str,
    /// Whether it is required.
    pub required: bool,
    /// The kind of edge that it makes in the graph, if it makes one.
    pub edge: Option<&'static str>,
    /// The column of a snapshot that keeps its texts.
    pub column: Option<&'static str>,
    /// Whether that column has few distinct texts.
    pub few: bool,
    /// The table of a snapshot that leads from what it refers to back to its record.
    pub links: Option<LinkTable>,
    /// What an anonymised copy keeps of it.
    pub shared: Shared,
    /// Whether a speaker's stance, or its date, depends on it.
    pub decides_stance: bool,
}

/// What the value of a field may be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// The id of the record itself.
    Id,
    /// The kind of the record, in JSON Lines and tables.
    Type,
    /// A text.
    Text,
    /// A whole number or a short text, kept as a text: 12, iv, 12-13.
    Numeral,
    /// One or several texts.
    Texts,
    /// A word from no fixed list.
    Word,
    /// One or several of these.
    Words,
    /// A word of a closed vocabulary, or one that the user has added to it.
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
    /// Stretches of a text, as positions.
    Spans,
    /// An object.
    Part(&'static Part),
    /// One or several objects.
    Parts(&'static Part),
}

/// Which of the words that the user has added belong to a field.
pub type OwnOf = fn(&OwnWords) -> &[String];

/// A kind of object within records: evidence, a stance.
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
    /// The pool that keeps those of all records, if they refer to records.
    pub pool: Option<Pool>,
}

/// The pools of objects that refer to records: one for each kind of object, for all records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pool {
    /// Passages of documents.
    Evidence,
    /// Stances toward things.
    Stances,
    /// Participants of events.
    Participants,
}

/// A table of a snapshot that leads from a thing to the records that refer to it.
#[derive(Debug, Clone, Copy)]
pub struct LinkTable {
    /// Its name.
    pub table: &'static str,
    /// Its column of the things referred to.
    pub node: &'static str,
    /// Its column of the other text of an object, such as the role of a participant.
    pub with: Option<&'static str>,
    /// For a field of every kind of record: the one kind whose records the table leads to.
    pub only: Option<RecordKind>,
}

/// What an anonymised copy keeps of a field. A field whose row does not say is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// Nothing.
    No,
    /// Its value: ids as pseudonyms, dates without the source's wording.
    Kept,
    /// A number in place of each distinct word: `role-4`. Words of a closed vocabulary stay.
    Numbered(&'static str),
}

impl Field {
    /// A field that is optional, makes no edge and is left out of anonymised copies.
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

    /// Makes it required.
    #[must_use]
    pub const fn required(self) -> Self {
        Field {
            required: true,
            ..self
        }
    }

    /// Makes it an edge of this kind.
    #[must_use]
    pub const fn edge(self, kind: &'static str) -> Self {
        Field {
            edge: Some(kind),
            ..self
        }
    }

    /// Gives the column of its texts another name.
    #[must_use]
    pub const fn column(self, name: &'static str) -> Self {
        Field {
            column: Some(name),
            ..self
        }
    }

    /// Leaves it without a column of texts.
    #[must_use]
    pub const fn no_column(self) -> Self {
        Field {
            column: None,
            ..self
        }
    }

    /// Says that its column has few distinct texts.
    #[must_use]
    pub const fn few(self) -> Self {
        Field { few: true, ..self }
    }

    /// Adds a table of a snapshot that leads from what it refers to (column `node`) to its record.
    #[must_use]
    pub const fn links(self, table: &'static str, node: &'static str) -> Self {
        Field {
            links: Some(LinkTable {
                table,
                node,
                with: None,
                only: None,
            }),
            ..self
        }
    }

    /// The same, with the other text of each object in column `with`.
    #[must_use]
    pub const fn links_with(
        self,
        table: &'static str,
        node: &'static str,
        with: &'static str,
    ) -> Self {
        Field {
            links: Some(LinkTable {
                table,
                node,
                with: Some(with),
                only: None,
            }),
            ..self
        }
    }

    /// The same, for the records of one kind only.
    #[must_use]
    pub const fn links_of(self, kind: RecordKind, table: &'static str, node: &'static str) -> Self {
        Field {
            links: Some(LinkTable {
                table,
                node,
                with: None,
                only: Some(kind),
            }),
            ..self
        }
    }

    /// Keeps its value in anonymised copies.
    #[must_use]
    pub const fn kept(self) -> Self {
        Field {
            shared: Shared::Kept,
            ..self
        }
    }

    /// Keeps a number for each of its words in anonymised copies.
    #[must_use]
    pub const fn numbered(self, word: &'static str) -> Self {
        Field {
            shared: Shared::Numbered(word),
            ..self
        }
    }

    /// Says that a speaker's stance, or its date, depends on it.
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

    /// The kind of object that it is a list of.
    pub fn parts(self) -> Option<&'static Part> {
        match self {
            Shape::Parts(part) => Some(part),
            _ => None,
        }
    }

    /// The kinds of record that its ids may lead to. For objects, those of their first field that
    /// refers to records.
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

/// The id of a record.
pub static ID: Field = Field::new(
    "id",
    Shape::Id,
    "Its id, unique over all files. Records that nothing refers to need none.",
)
.decides_stance();

/// The kind of a record, in JSON Lines and tables. It is read before all else.
pub static TYPE: Field = Field::new("type", Shape::Type, "Its kind.").decides_stance();

/// A date with a calendar, or with the source's own wording.
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

/// A word of a closed vocabulary, or one that the user has added.
pub(crate) const fn one_of_or_own<V: Vocabulary>(own: OwnOf) -> Shape {
    Shape::OneOf(V::WORDS, Some(own))
}
