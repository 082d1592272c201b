//! actors that are likely one
//!
//! # What it finds
//! Actors of one kind whose names are likely spellings of one name: `Drax, Helen`, `H. Drax` and
//! `Mayor Drax` beside `Helen Drax`; of bodies, names that differ only in case, accents and signs.
//!
//! # Why it matters
//! One person in five spellings is five actors: a question about one of them misses what the others
//! said, and nobody contradicts themselves.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: helen-drax, name: Helen Drax, kind: person}
//!   - {id: h-drax, name: "Drax, H.", kind: person}
//! ```
//!
//! # How to fix
//! If they are one, keep one record with the other names as `aliases`, and refer to that. In an
//! import of a table, name the spellings under `names` in the mapping. If it is somebody's view that
//! they are one, write it as a relation of kind `same_as`. If they are not one, say so with `ignore`
//! and the reason.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: helen-drax, name: Helen Drax, kind: person, aliases: ["Drax, H."]}
//! ```
//!
//! # When it stays silent
//! Actors between whom a relation is stated; with different identifiers of one register in
//! `same_as`; with `unnamed`. Of more than 200 people with one surname, those whose names are not
//! equal.
//!
//! # Source
//! The fact format, version 1: *actor*, `aliases`.

use std::collections::{BTreeMap, BTreeSet};

use super::collected::Collected;
use super::link::is_in_force;
use crate::{Context, Rule};
use annals_finding::likely_same::{LikelySame, likely_same};
use annals_finding::wording::quoted_list;
use annals_finding::{Code, Finding, Place, Severity, shown};
use annals_model::{ActorId, Facts};

/// Actors that are likely one.
static CODE: Code = Code::new(
    "AN326",
    "likely-same-actor",
    Severity::Info,
    include_str!("likely_same_actor.rs"),
);

/// See [`CODE`].
pub(crate) struct LikelySameActor;

impl Rule for LikelySameActor {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let tied = Tied::of(facts);
        let mut groups: Vec<(Vec<ActorId>, Vec<ActorId>)> = Vec::new();
        for (kind, actors) in by_kind(facts) {
            let names = actors.iter().enumerate().flat_map(|(nth, id)| {
                let aliases = facts.list(facts[*id].aliases).iter().copied();
                let all = facts[*id].name.into_iter().chain(aliases);
                all.map(move |name| (nth, facts.str(name)))
            });
            for LikelySame { may_be, names } in likely_same(names, kind == "person") {
                let known = |all: Vec<usize>| all.into_iter().map(|nth| actors[nth]);
                let may_be: Vec<ActorId> = known(may_be).collect();
                let names = known(names).filter(|one| {
                    let apart = may_be
                        .iter()
                        .any(|other| tied.told_apart(facts, *one, *other));
                    !apart && !context.is_silenced((*one).into(), &CODE)
                });
                let names: Vec<ActorId> = names.collect();
                if !names.is_empty() {
                    groups.push((may_be, names));
                }
            }
        }
        groups.sort_unstable();
        let mut found = Collected::new(context, &CODE);
        for (may_be, names) in groups {
            found.add(context, may_be[0].into(), CODE.severity, || {
                finding(facts, &may_be, &names)
            });
        }
        found.finish(findings);
    }
}

/// The actors in force that sources name, by their kind.
fn by_kind(facts: &Facts) -> BTreeMap<&str, Vec<ActorId>> {
    let mut kinds: BTreeMap<&str, Vec<ActorId>> = BTreeMap::new();
    for (id, actor) in facts.actors.iter() {
        if !actor.unnamed && is_in_force(facts, id) {
            let kind = facts.kind_word(id).unwrap_or("");
            kinds.entry(kind).or_default().push(id);
        }
    }
    kinds
}

/// Actors between whom a relation is stated: they are two.
struct Tied(BTreeSet<(ActorId, ActorId)>);

impl Tied {
    fn of(facts: &Facts) -> Self {
        let ties = facts.relations.iter();
        let ties = ties.filter_map(|(_, tie)| Some((tie.from?, tie.to?)));
        Tied(
            ties.flat_map(|(from, to)| [(from, to), (to, from)])
                .collect(),
        )
    }

    fn told_apart(&self, facts: &Facts, one: ActorId, other: ActorId) -> bool {
        let registers = |id: ActorId| {
            let all = facts.list(facts[id].same_as).iter();
            all.filter_map(|curie| facts.str(*curie).split_once(':'))
        };
        let differ = registers(one).any(|(register, number)| {
            registers(other).any(|(also, another)| also == register && another != number)
        });
        differ || self.0.contains(&(one, other))
    }
}

fn finding(facts: &Facts, may_be: &[ActorId], names: &[ActorId]) -> Finding {
    let listed = |all: &[ActorId], word: &str| {
        let all: Vec<String> = all.iter().map(|id| shown(facts.id(*id))).collect();
        match all.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} {word} {last}", rest.join(", ")),
            _ => all.join(""),
        }
    };
    let aliases = quoted_list(names.iter().map(|id| facts.label(*id)));
    let (who, whom) = (listed(names, "and"), listed(may_be, "or"));
    let (verb, noun) = match names.len() {
        1 => ("is", "actor"),
        _ => ("are", "actors"),
    };
    let message = match may_be {
        [_] => format!("{noun} {who} {verb} likely the same as {whom}"),
        _ => format!("{noun} {who} {verb} likely the same as {whom}: which?"),
    };
    let mut finding = Finding::new(&CODE, message);
    let first = Place::value(facts.common(may_be[0]).origin, "name");
    finding = finding.at(first, "").of(may_be[0]);
    let or = may_be[1..].iter().map(|id| (id, "or this"));
    for (id, label) in or.chain(names.iter().map(|id| (id, "likely the same"))) {
        let place = Place::value(facts.common(*id).origin, "name");
        finding = finding.at(place, label).of(*id);
    }
    let keep = match may_be {
        [_] => format!("if so, keep {whom} with aliases: {aliases}"),
        _ => format!("keep the one it is with aliases: {aliases}"),
    };
    finding
        .note("what one actor said under two ids is found under neither name alone")
        .help(format!("{keep}, and refer to that instead of {who}"))
        .help("if they are not the same, say so: ignore: {code: AN326, reason: …}")
}
