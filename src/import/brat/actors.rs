//! Actors: who is mentioned, under which names, in all texts.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Builder, Record};
use annals_model::{ActorKind, RecordKind, Vocabulary};
use annals_source::SourceError;

use super::lines::Annotations;

/// The actors of all texts: one for each name or reference, written when all is read.
#[derive(Default)]
pub(super) struct Actors {
    pub(super) records: Vec<(Record, BTreeSet<String>)>,
    by_key: BTreeMap<String, usize>,
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

    /// The actor of this id.
    pub(super) fn record(&mut self, id: &str) -> Option<&mut Record> {
        let nth = self.by_key.get(&format!("# {id}"))?;
        Some(&mut self.records[*nth].0)
    }

    pub(super) fn write(self, out: &mut Builder<'_>) -> Result<(), SourceError> {
        self.records
            .into_iter()
            .try_for_each(|(actor, _)| out.add(actor))
    }
}

/// Whether a relation says that two passages are of one thing.
pub(super) fn is_same(kind: &str) -> bool {
    matches!(
        kind.to_lowercase().as_str(),
        "coreference" | "coref" | "equiv" | "same" | "sameas" | "same-as" | "same_as" | "alias"
    )
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
