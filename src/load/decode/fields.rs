//! The fields of a record: which there may be, which are there twice, and where one stands.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Decoder;
use crate::finding::{Path, Place, Step};
use crate::load::faults;
use crate::load::tape::View;
use crate::model::{Origin, RecordKind};

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
    Record(RecordKind, View<'p, 'p>),
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
    pub(crate) fn record(origin: Origin, kind: RecordKind, view: View<'p, 'p>) -> Self {
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

    fn nth_key(&'p self, name: &'p str, nth: usize) -> At<'p> {
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

    /// The record's kind, and its id if it has one.
    fn of(&self) -> Option<(RecordKind, Option<&'p str>)> {
        let mut at = self;
        while let From::Step(parent, _) = at.from {
            at = parent;
        }
        let From::Record(kind, view) = at.from else {
            return None;
        };
        Some((
            kind,
            view.get("id")
                .and_then(View::text)
                .filter(|id| !id.trim().is_empty()),
        ))
    }

    /// The record, as messages call it: "claim c2"; without an id "a claim".
    pub(crate) fn subject(&self) -> String {
        match self.of() {
            Some((kind, Some(id))) => faults::named(kind, id),
            Some((kind, None)) => kind.with_article().to_owned(),
            None => "a line".to_owned(),
        }
    }

    /// What is wrong, after the name of the record: "claim c2: …". Of a record without an id the
    /// place alone says which it is.
    pub(crate) fn says(&self, words: &str) -> String {
        match self.of() {
            Some((kind, Some(id))) => format!("{}: {words}", faults::named(kind, id)),
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
}

/// The fields that every record may have.
pub(crate) const COMMON_FIELDS: &[&str] = &[
    "id",
    "note",
    "tags",
    "confidence",
    "recorded",
    "retracted",
    "ignore",
];

/// The fields of a kind of record beside the common ones.
pub(crate) fn allowed_fields(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Document => &[
            "title",
            "kind",
            "author",
            "publisher",
            "published",
            "language",
            "url",
            "based_on",
            "corrects",
            "text",
            "sha256",
        ],
        RecordKind::Actor => &["name", "kind", "aliases", "unnamed", "lifespan", "same_as"],
        RecordKind::Place => &["name", "within", "lat", "lon"],
        RecordKind::Topic => &["label", "about"],
        RecordKind::Event => &[
            "label",
            "kind",
            "when",
            "status",
            "participants",
            "place",
            "part_of",
            "causes",
            "weekday",
            "evidence",
        ],
        RecordKind::Claim => &[
            "speaker",
            "as",
            "to",
            "about",
            "stance",
            "act",
            "mode",
            "quote",
            "content",
            "said",
            "weekday",
            "at",
            "via",
            "responds_to",
            "supports",
            "contradicts",
            "repeats",
            "evidence",
        ],
        RecordKind::Relation => &["from", "kind", "to", "role", "when", "evidence"],
        RecordKind::Order => &[
            "first", "relation", "second", "by", "from", "to", "evidence",
        ],
    }
}

/// Every field that a record of a kind may have, its own first.
pub fn fields_of(kind: RecordKind) -> impl Iterator<Item = &'static str> {
    (allowed_fields(kind).iter().chain(COMMON_FIELDS)).copied()
}

impl Decoder<'_> {
    /// Walks the fields of a record: `read` is given the name and value of each that the kind has;
    /// common fields go to `more`, unknown and doubled ones become findings.
    pub(super) fn record_fields<'t, 'a>(
        &mut self,
        kind: RecordKind,
        view: View<'t, 'a>,
        at: &At<'_>,
        mut read: impl FnMut(&mut Self, &str, View<'t, 'a>, &At<'_>),
    ) -> crate::model::More {
        let mut more = super::rare::MoreDraft::default();
        let own = allowed_fields(kind);
        let is_known = |name: &str| {
            own.contains(&name)
                || COMMON_FIELDS.contains(&name)
                || name.starts_with("x_")
                || name == "type"
        };
        self.fields(view, at, is_known, |me, name, value, at| {
            if own.contains(&name) {
                read(me, name, value, at);
            } else if COMMON_FIELDS.contains(&name) {
                me.common_field(&mut more, name, value, at);
            } else if name.starts_with("x_") {
                me.extra_field(&mut more, name, value);
            } else if name != "type" {
                let known = own.iter().chain(COMMON_FIELDS).copied();
                me.report(faults::unknown_field::found(at, name, None, known));
            }
        });
        self.finish_more(more)
    }

    /// Walks the fields of an object inside a record.
    pub(super) fn object_fields<'t, 'a>(
        &mut self,
        owner: &'static str,
        known: &'static [&'static str],
        view: View<'t, 'a>,
        at: &At<'_>,
        mut read: impl FnMut(&mut Self, &str, View<'t, 'a>, &At<'_>),
    ) {
        self.fields(
            view,
            at,
            |name| known.contains(&name),
            |me, name, value, at| {
                if known.contains(&name) {
                    read(me, name, value, at);
                } else {
                    me.report(faults::unknown_field::found(
                        at,
                        name,
                        Some(owner),
                        known.iter().copied(),
                    ));
                }
            },
        );
    }

    fn fields<'t, 'a>(
        &mut self,
        view: View<'t, 'a>,
        at: &At<'_>,
        is_known: impl Fn(&str) -> bool,
        mut read: impl FnMut(&mut Self, &str, View<'t, 'a>, &At<'_>),
    ) {
        let mut seen = Seen::nothing();
        for (name, value) in view.entries() {
            let nth = seen.count(name);
            let at = at.nth_key(name, nth);
            if nth > 0 {
                self.report(faults::duplicate_field::found(&at, name));
            } else if !value.is_null() || !is_known(name) {
                // A known field without a value says nothing; an unknown one may be the rest of a
                // text that a comma cut off.
                read(self, name, value, &at);
            }
        }
    }
}

/// The most names of an object that are kept as a list.
const FEW: usize = 24;

/// How often each name of an object has been met: a list for the few fields that a record has, a
/// set beyond, so that a hostile object of a million fields costs no more than its length.
struct Seen<'t> {
    few: [&'t str; FEW],
    len: usize,
    many: Option<HashSet<&'t str, foldhash::fast::RandomState>>,
    doubled: Vec<(&'t str, usize)>,
}

impl<'t> Seen<'t> {
    fn nothing() -> Self {
        Seen {
            few: [""; FEW],
            len: 0,
            many: None,
            doubled: Vec::new(),
        }
    }

    /// How often the name was met before.
    fn count(&mut self, name: &'t str) -> usize {
        let known = match &mut self.many {
            Some(many) => !many.insert(name),
            None => self.few[..self.len].contains(&name),
        };
        if !known {
            if self.many.is_none() {
                match self.few.get_mut(self.len) {
                    Some(free) => {
                        *free = name;
                        self.len += 1;
                    }
                    None => self.many = Some(self.few.iter().copied().chain([name]).collect()),
                }
            }
            return 0;
        }
        if let Some((_, count)) = self.doubled.iter_mut().find(|(one, _)| *one == name) {
            *count += 1;
            return *count;
        }
        // A thousand different doubled names are told apart by place; past that by name alone.
        if self.doubled.len() < 1000 {
            self.doubled.push((name, 1));
        }
        1
    }
}
