//! Where in a record the decoder is: the record, and the path to one of its values.

use std::borrow::Cow;
use std::fmt::Debug;

use annals_finding::{Path, Place, Step};
use annals_model::{Origin, RecordKind};

/// A record as it is written, of which its id is wanted once something is wrong in it.
pub(crate) trait HasId: Debug {
    /// Its id, if that is a text.
    fn id(&self) -> Option<&str>;

    /// Whether it has a field of this name.
    fn has(&self, _field: &str) -> bool {
        false
    }

    /// The texts of one of its fields, as far as they are at hand.
    fn texts(&self, _field: &str) -> Vec<&str> {
        Vec::new()
    }
}

/// Where the decoder is: a record, and the way to the value that it reads. Costs nothing until a
/// finding asks for the path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'p> {
    origin: Origin,
    from: From<'p>,
}

/// How the decoder came to a value.
#[derive(Debug, Clone, Copy)]
enum From<'p> {
    /// It is a record of which nothing is known.
    Line,
    /// It is a record of this kind.
    Record(RecordKind, &'p dyn HasId),
    /// From the value around it.
    Step(&'p At<'p>, StepAt<'p>),
}

#[derive(Debug, Clone, Copy)]
enum StepAt<'p> {
    Key(&'p str, usize),
    Index(usize),
}

impl<'p> At<'p> {
    /// A line that does not yet say what it is.
    pub(crate) fn line(origin: Origin) -> Self {
        At {
            origin,
            from: From::Line,
        }
    }

    /// A record of this kind.
    pub(crate) fn record(origin: Origin, kind: RecordKind, view: &'p dyn HasId) -> Self {
        At {
            origin,
            from: From::Record(kind, view),
        }
    }

    pub(crate) fn origin(&self) -> Origin {
        self.origin
    }

    pub(crate) fn key(&'p self, name: &'p str) -> At<'p> {
        self.nth_key(name, 0)
    }

    pub(crate) fn nth_key(&'p self, name: &'p str, nth: usize) -> At<'p> {
        At {
            origin: self.origin,
            from: From::Step(self, StepAt::Key(name, nth)),
        }
    }

    pub(crate) fn index(&'p self, index: usize) -> At<'p> {
        At {
            origin: self.origin,
            from: From::Step(self, StepAt::Index(index)),
        }
    }

    pub(crate) fn path(&self) -> Path {
        let mut steps = Vec::new();
        let mut at = self;
        while let From::Step(parent, step) = at.from {
            steps.push(match step {
                StepAt::Key(name, nth) => Step::Key {
                    name: Cow::Owned(name.to_owned()),
                    nth,
                },
                StepAt::Index(index) => Step::Index(index),
            });
            at = parent;
        }
        steps.reverse();
        Path(steps)
    }

    /// The record's kind, and the record as it is written.
    fn within(&self) -> Option<(RecordKind, &'p dyn HasId)> {
        let mut at = self;
        while let From::Step(parent, _) = at.from {
            at = parent;
        }
        match at.from {
            From::Record(kind, view) => Some((kind, view)),
            _ => None,
        }
    }

    /// The record's kind, and its id if it has one.
    fn of(&self) -> Option<(RecordKind, Option<&'p str>)> {
        let (kind, view) = self.within()?;
        Some((kind, view.id().filter(|id| !id.trim().is_empty())))
    }

    /// The texts of a field of the record.
    pub(crate) fn texts_of_record(&self, field: &str) -> Vec<&'p str> {
        self.within()
            .map_or(Vec::new(), |(_, view)| view.texts(field))
    }

    /// Whether the record has a field of this name.
    pub(crate) fn record_has(&self, field: &str) -> bool {
        self.within().is_some_and(|(_, view)| view.has(field))
    }

    /// The kind of record, if it is known.
    pub(crate) fn kind(&self) -> Option<RecordKind> {
        self.of().map(|(kind, _)| kind)
    }

    /// The record, as messages call it: "claim c2"; without an id "a claim".
    pub(crate) fn subject(&self) -> String {
        match self.of() {
            Some((kind, Some(id))) => super::named(kind, id),
            Some((kind, None)) => kind.with_article().to_owned(),
            None => "a line".to_owned(),
        }
    }

    /// A relation without an id: "ann `holds_office` council".
    fn tie(&self) -> Option<String> {
        let one = |field: &str| self.texts_of_record(field).first().copied();
        let (from, kind, to) = (one("from")?, one("kind")?, one("to")?);
        Some(format!(
            "{} {} {}",
            super::short(from),
            super::short(kind),
            super::short(to)
        ))
    }

    /// What is wrong, after the name of the record: "claim c2: …". A relation without an id is named
    /// by its ends; of another record without one the place alone says which it is.
    pub(crate) fn says(&self, words: &str) -> String {
        match self.of() {
            Some((kind, Some(id))) => format!("{}: {words}", super::named(kind, id)),
            Some((RecordKind::Relation, None)) => match self.tie() {
                Some(tie) => format!("relation {tie}: {words}"),
                None => words.to_owned(),
            },
            _ => words.to_owned(),
        }
    }

    /// The name of the field that is read, for messages.
    pub(crate) fn field_name(&self) -> String {
        let mut name = String::new();
        for step in &self.path().0 {
            match step {
                Step::Key { name: key, .. } => {
                    if !name.is_empty() {
                        name.push('.');
                    }
                    name.push_str(key);
                }
                Step::Index(_) => {}
            }
        }
        name
    }

    /// The name of the field, as a place.
    pub(crate) fn key_place(&self) -> Place {
        Place::Key(self.origin, self.path())
    }

    /// The value that is read.
    pub(crate) fn value(&self) -> Place {
        Place::Value(self.origin(), self.path())
    }
}
