//! What is named in all texts: actors, places and topics, one record each.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::dates::Dated;
use crate::{Builder, Record};
use annals_model::{ActorKind, RecordKind, Vocabulary};
use annals_source::SourceError;

use super::lines::Annotations;
use super::role::is_same;

/// The actors of all texts: one for each name or reference, written when all is read.
#[derive(Default)]
pub(super) struct Actors {
    pub(super) records: Vec<(Record, BTreeSet<String>)>,
    by_key: BTreeMap<String, usize>,
    /// Places and topics, by their ids.
    named: IndexMap<(RecordKind, String), Record>,
    /// The first and the last day of an actor, by its id.
    lives: BTreeMap<String, [String; 2]>,
    /// The one who stands for all speakers of a text that its annotations lack.
    unnamed: BTreeMap<String, String>,
}

impl Actors {
    /// The actor of these names, the first of which it is called by.
    pub(super) fn one(
        &mut self,
        names: &[&str],
        kind: ActorKind,
        references: &[&str],
        out: &mut Builder<'_>,
    ) -> usize {
        let name = names.first().copied().unwrap_or("?");
        let mut keys: Vec<String> = references.iter().map(|one| format!("= {one}")).collect();
        keys.push(format!("{} {}", kind.word(), name.to_lowercase()));
        let nth = keys.iter().find_map(|key| self.by_key.get(key).copied());
        let nth = nth.unwrap_or_else(|| {
            let id = out.id(RecordKind::Actor, name);
            let mut actor = Record::new(RecordKind::Actor, id.as_str());
            actor.set("name", name).set("kind", kind.word());
            self.by_key.insert(format!("# {id}"), self.records.len());
            self.records
                .push((actor, BTreeSet::from([name.to_owned()])));
            self.records.len() - 1
        });
        for key in keys {
            self.by_key.entry(key).or_insert(nth);
        }
        let (actor, known) = &mut self.records[nth];
        for name in names {
            if known.insert((*name).to_owned()) {
                actor.push("aliases", *name);
            }
        }
        for reference in references {
            if known.insert(format!("= {reference}")) {
                actor.push("same_as", *reference);
            }
        }
        nth
    }

    pub(super) fn id(&self, nth: usize) -> String {
        self.records[nth].0.id().unwrap_or_default().to_owned()
    }

    /// The actor, place or topic of this id.
    pub(super) fn record(&mut self, kind: RecordKind, id: &str) -> Option<&mut Record> {
        if kind != RecordKind::Actor {
            return self.named.get_mut(&(kind, id.to_owned()));
        }
        let nth = self.by_key.get(&format!("# {id}"))?;
        Some(&mut self.records[*nth].0)
    }

    pub(super) fn place(&mut self, name: &str, out: &mut Builder<'_>) -> String {
        self.named(RecordKind::Place, "name", name, out)
    }

    pub(super) fn topic(&mut self, label: &str, out: &mut Builder<'_>) -> String {
        self.named(RecordKind::Topic, "label", label, out)
    }

    fn named(
        &mut self,
        kind: RecordKind,
        field: &'static str,
        name: &str,
        out: &mut Builder<'_>,
    ) -> String {
        let name = name.trim();
        let (id, new) = out.id_of(kind, &name.to_lowercase(), name);
        if new {
            let mut record = Record::new(kind, id.clone());
            record.set(field, name);
            self.named.insert((kind, id.clone()), record);
        }
        id
    }

    /// A speaker whom the annotations of a text do not give.
    pub(super) fn unnamed(&mut self, document: &str, out: &mut Builder<'_>) -> String {
        if let Some(id) = self.unnamed.get(document) {
            return id.clone();
        }
        let id = out.id(RecordKind::Actor, &format!("speaker in {document}"));
        let mut actor = Record::new(RecordKind::Actor, id.clone());
        actor.set("name", "a speaker who is not annotated");
        actor
            .set("kind", ActorKind::Person.word())
            .set("unnamed", true);
        self.records.push((actor, BTreeSet::new()));
        self.unnamed.insert(document.to_owned(), id.clone());
        id
    }

    /// Sets when an actor began (0) or ended (1); whether it could be set.
    pub(super) fn life(&mut self, id: &str, end: usize, date: &str) -> bool {
        let known = self.lives.get(id).cloned().unwrap_or_default();
        let mut life = known.clone();
        date.clone_into(&mut life[end]);
        let fits = known[end].is_empty() || known[end] == date;
        if !fits || Dated::edtf_of(&life.join("/")).is_err() {
            return false;
        }
        self.lives.insert(id.to_owned(), life);
        true
    }

    pub(super) fn write(mut self, out: &mut Builder<'_>) -> Result<(), SourceError> {
        for (id, life) in std::mem::take(&mut self.lives) {
            if let Some(actor) = self.record(RecordKind::Actor, &id) {
                actor.set("lifespan", life.join("/"));
            }
        }
        let named = self.named.into_values();
        self.records
            .into_iter()
            .map(|(actor, _)| actor)
            .chain(named)
            .try_for_each(|record| out.add(record))
    }
}

/// The first passage of each group that is of one thing, by passage.
pub(super) fn heads(all: &Annotations) -> BTreeMap<&str, &str> {
    let mut parent: BTreeMap<&str, &str> = BTreeMap::new();
    let pairs = all.same.iter().flat_map(|group| {
        let first = group.first();
        group
            .iter()
            .skip(1)
            .filter_map(move |one| Some((first?, one)))
    });
    let ties = all.relations.iter().filter(|tie| is_same(&tie.kind));
    let ties = ties.filter_map(|tie| Some((&tie.roles.first()?.1, &tie.roles.get(1)?.1)));
    for (one, other) in pairs.chain(ties) {
        let (one, other) = (head(&mut parent, one), head(&mut parent, other));
        if one != other {
            parent.insert(other, one);
        }
    }
    let ids: Vec<&str> = all.bounds.keys().map(String::as_str).collect();
    let heads = ids.into_iter().map(|id| (id, head(&mut parent, id)));
    heads.collect()
}

/// The first passage of the group that a passage is in. The way is shortened, so that long chains are
/// walked once.
fn head<'h>(parent: &mut BTreeMap<&'h str, &'h str>, of: &'h str) -> &'h str {
    let mut top = of;
    while let Some(next) = parent.get(top) {
        top = next;
    }
    let mut at = of;
    while at != top {
        at = parent.insert(at, top).unwrap_or(top);
    }
    top
}

/// `Wikipedia:534366` as a CURIE.
pub(super) fn curie(reference: &str) -> String {
    match reference.split_once(':') {
        Some((prefix, name)) => format!("{}:{name}", prefix.to_lowercase()),
        None => reference.to_owned(),
    }
}
