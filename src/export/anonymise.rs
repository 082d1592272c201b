//! The facts with pseudonyms in place of names, for sharing how they hang together and no more.
//!
//! What is shared is a copy of the facts, made before any format sees them, so that no format can
//! give away what the copy does not have. The copy has only what is listed here:
//!
//! | of | kept | replaced |
//! |---|---|---|
//! | every record | `confidence`, `recorded`, the day it was retracted | its id: `claim-12`; its tags: `tag-3` |
//! | actors, places, topics, events, documents | which kind of actor, whether unnamed, status, all references | what they are called: *Actor 1*; kinds of events and documents: `kind-2` |
//! | claims, relations, orders | who, to whom, about what, stance, act, mode, relation, distance | roles: `role-4`; words of one's own: `kind-2` |
//! | dates | as written in EDTF, and their calendar | |
//!
//! All else is left out: quotes, contents, notes, texts and their sums, spans, addresses, authors,
//! aliases, coordinates, languages, weekdays, the source's own words for a date, reasons, and the
//! fields that begin with `x_`. The same dossier gives the same pseudonyms, whatever is selected.
//!
//! Dates stay, and who knows the events can recognise them by their dates. This hides names, not
//! what is known to all.

use std::fmt::Write as _;

use foldhash::fast::FixedState;
use indexmap::IndexSet;
use serde_json::{Map, Value};

use super::closure;
use super::facts::each_id;
use annals_graph::View;
use annals_load::{LoadResult, Request, Source, load_with};
use annals_model::{
    Facts, Field, OwnWords, Part, RELATION_KINDS, RecordKind, RecordRef, RecordSet, Shape, Shared,
    Vocabulary as _,
};
use annals_query::Dossier;

/// What the copy is called, where places in files are shown.
const FILE: &str = "anonymous.jsonl";

/// A copy of the facts behind an export, with pseudonyms, and which of its records are selected.
pub fn anonymised(dossier: &Dossier<'_>, view: &View<'_>) -> (LoadResult, RecordSet) {
    let facts = dossier.facts();
    let words = Words::of(facts);
    let mut lines = String::new();
    for record in closure::records(dossier, view) {
        let fields = words.pseudonymous(facts, record);
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{}", Value::Object(fields));
    }
    let request = Request {
        facts: vec![Source::Memory {
            name: FILE.into(),
            bytes: lines.into_bytes(),
        }],
        texts: Vec::new(),
    };
    let loaded = load_with(&request, &words.own());
    let records = view.records();
    let selected = records.iter(facts);
    let selected = selected.filter_map(|record| loaded.facts.find(&pseudonym(record)));
    let selected = RecordSet::of(&loaded.facts, selected);
    (loaded, selected)
}

/// `claim-12`: the twelfth claim that was read.
fn pseudonym(record: RecordRef) -> String {
    format!("{}-{}", record.kind(), row(record) + 1)
}

fn row(record: RecordRef) -> usize {
    match record {
        RecordRef::Document(id) => id.index(),
        RecordRef::Actor(id) => id.index(),
        RecordRef::Place(id) => id.index(),
        RecordRef::Topic(id) => id.index(),
        RecordRef::Event(id) => id.index(),
        RecordRef::Claim(id) => id.index(),
        RecordRef::Relation(id) => id.index(),
        RecordRef::Order(id) => id.index(),
    }
}

/// Open words, numbered as they are first met.
type Numbered = IndexSet<String, FixedState>;

/// The words of all facts that are replaced by their number.
struct Words {
    kinds: Numbered,
    roles: Numbered,
    tags: Numbered,
}

impl Words {
    fn of(facts: &Facts) -> Self {
        let mut words = Words {
            kinds: Numbered::default(),
            roles: Numbered::default(),
            tags: Numbered::default(),
        };
        let name = |name: Option<annals_model::Name>| name.map(|name| facts.name(name).to_owned());
        for record in facts.records() {
            let (kind, role) = match record {
                RecordRef::Document(id) => (name(facts[id].kind), None),
                RecordRef::Actor(id) => (name(facts[id].own_kind), None),
                RecordRef::Event(id) => (name(facts[id].kind), None),
                RecordRef::Claim(id) => (name(facts[id].own_act), None),
                RecordRef::Relation(id) => {
                    let role = facts[id].role.map(|role| facts.str(role).to_owned());
                    (name(facts[id].kind), role)
                }
                _ => (None, None),
            };
            words.kinds.extend(kind);
            words.roles.extend(role);
            if let RecordRef::Event(id) = record {
                let participants = facts.list(facts[id].participants).iter();
                words
                    .roles
                    .extend(participants.filter_map(|one| name(one.role)));
            }
            let tags = facts
                .more(record)
                .map_or(&[][..], |more| facts.list(more.tags));
            words
                .tags
                .extend(tags.iter().filter_map(|tag| name(Some(*tag))));
        }
        words
    }

    /// The words that stand for those of the user's own.
    fn own(&self) -> OwnWords {
        let kinds: Vec<String> = self.kinds.iter().map(|word| self.kind(word)).collect();
        OwnWords {
            actor_kinds: kinds.clone(),
            acts: kinds,
        }
    }

    fn kind(&self, word: &str) -> String {
        numbered("kind", &self.kinds, word)
    }

    /// A record as it may be shown: what is not named here is left out.
    fn pseudonymous(&self, facts: &Facts, record: RecordRef) -> Map<String, Value> {
        let kind = record.kind();
        let mut written = facts.written(record);
        each_id(kind, &mut written, &mut |id| {
            // Every id that is written is that of a record.
            *id = facts.find(id).map(pseudonym).unwrap_or_default();
        });
        let mut fields = Map::from_iter([
            ("type".to_owned(), kind.word().into()),
            ("id".to_owned(), pseudonym(record).into()),
        ]);
        let called = match kind {
            RecordKind::Document => Some("title"),
            RecordKind::Actor | RecordKind::Place => Some("name"),
            RecordKind::Topic | RecordKind::Event => Some("label"),
            RecordKind::Claim | RecordKind::Relation | RecordKind::Order => None,
        };
        if let Some(called) = called {
            let mut words = pseudonym(record).replace('-', " ");
            words[..1].make_ascii_uppercase();
            fields.insert(called.to_owned(), words.into());
        }
        for (name, value) in written {
            if let Some(value) = self.kept(kind, &name, value) {
                fields.insert(name, value);
            }
        }
        fields
    }

    /// What is kept of a field, if anything.
    fn kept(&self, kind: RecordKind, name: &str, value: Value) -> Option<Value> {
        let field = kind.field(name)?;
        match field.shared {
            Shared::Numbered(_) if is_known(kind, field, &value) => Some(value),
            Shared::No => None,
            Shared::Numbered(what) => self.numbered(what, &value),
            Shared::Kept => Some(match field.shape {
                Shape::Date => date(value),
                Shape::Part(part) => {
                    let only = part.fields.iter().find(|field| field.required);
                    let only = only.and_then(|field| value.get(field.name).cloned());
                    date(only.unwrap_or(value))
                }
                Shape::Parts(part) => {
                    let each = value.as_array().into_iter().flatten();
                    each.filter_map(|one| self.object(part, one)).collect()
                }
                _ => value,
            }),
        }
    }

    /// What is kept of an object; nothing where what it must have is not kept.
    fn object(&self, part: &'static Part, value: &Value) -> Option<Value> {
        let mut kept = Map::new();
        for field in part.fields {
            let value = value.get(field.name);
            let value = value.and_then(|value| match field.shared {
                Shared::No => None,
                Shared::Kept => Some(value.clone()),
                Shared::Numbered(what) => self.numbered(what, value),
            });
            match value {
                Some(value) => {
                    kept.insert(field.name.to_owned(), value);
                }
                None if field.required => return None,
                None => {}
            }
        }
        Some(Value::Object(kept))
    }

    /// A number for a word, or for each of several.
    fn numbered(&self, what: &str, value: &Value) -> Option<Value> {
        let words = match what {
            "role" => &self.roles,
            "tag" => &self.tags,
            _ => &self.kinds,
        };
        match value {
            Value::Array(items) => {
                let items = items.iter().filter_map(Value::as_str);
                Some(items.map(|word| numbered(what, words, word)).collect())
            }
            value => Some(numbered(what, words, value.as_str()?).into()),
        }
    }
}

/// Whether a word says no more than a vocabulary does.
fn is_known(kind: RecordKind, field: &Field, value: &Value) -> bool {
    let known = match field.shape {
        Shape::OneOf(words, _) => words.all,
        _ if kind == RecordKind::Relation && field.name == "kind" => RELATION_KINDS,
        _ => &[],
    };
    value.as_str().is_some_and(|word| known.contains(&word))
}

fn numbered(what: &str, words: &Numbered, word: &str) -> String {
    let number = words.get_index_of(word).map_or(0, |at| at + 1);
    format!("{what}-{number}")
}

/// A date without the source's own words.
fn date(value: Value) -> Value {
    let Value::Object(mut fields) = value else {
        return value;
    };
    fields.remove("display");
    match (fields.len(), fields.get("edtf")) {
        (1, Some(edtf)) => edtf.clone(),
        _ => Value::Object(fields),
    }
}
