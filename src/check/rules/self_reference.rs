//! a record that refers to itself
//!
//! # What it finds
//! An event that is part of itself or causes itself, a place within itself, a claim that responds
//! to, supports, contradicts, repeats, fulfils, breaks or passes on itself, a document based on itself
//! or correcting itself, and an order of a thing to itself that cannot hold. A relation from an actor to the same
//! actor is a warning.
//!
//! # Why it matters
//! Nothing comes before, contains or answers itself, so another record must be meant; most often
//! the line above was copied. The intended edge is missing from the graph.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: zelensky, name: Volodymyr Zelensky, kind: person}
//! claims:
//!   - {id: c1, speaker: zelensky, act: demands}
//!   - {id: c2, speaker: zelensky, act: demands, repeats: c2}
//! ```
//!
//! # How to fix
//! Name the record you mean, or leave out the field.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: zelensky, name: Volodymyr Zelensky, kind: person}
//! claims:
//!   - {id: c1, speaker: zelensky, act: demands}
//!   - {id: c2, speaker: zelensky, act: demands, repeats: c1}
//! ```
//!
//! # When it stays silent
//! A claim may be about itself, and speakers may speak to or about themselves. Somebody may succeed
//! themselves in an office, so `succeeds` is not a warning. An order of a thing to itself that says
//! `equals` holds, and gives its length: `by: P3D, from: start, to: end`.
//!
//! # Source
//! The terms of the fact format, version 1: *part of*, *within*, *causes* and *before* never hold
//! between a thing and itself (they are irreflexive).

use super::collected::Collected;
use super::link::{Link, LinkPlaces, is_in_force};
use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{Facts, Order, OrderId, RecordRef, Vocabulary};

/// A record that refers to itself.
static CODE: Code = Code::new(
    "AN104",
    "self-reference",
    Severity::Error,
    include_str!("self_reference.rs"),
);

/// The relations of an order that may hold between a record and itself.
const HOLDS_WITH_ITSELF: [&str; 2] = ["equals", "overlapping"];

/// The kinds of relation that an actor may have with itself.
const MAY_TURN_BACK: [&str; 1] = ["succeeds"];

/// See [`CODE`].
pub(crate) struct SelfReference;

impl Rule for SelfReference {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let loaded = context.loaded;
        let facts = &loaded.facts;
        let mut found = Collected::new(context, &CODE);
        for link in Link::ALL {
            let mut own: Vec<RecordRef> = (link.pairs(facts).into_iter())
                .filter(|(from, to)| from == to)
                .map(|(record, _)| record)
                .collect();
            own.dedup();
            if own.is_empty() {
                continue;
            }
            let mut places = LinkPlaces::new(loaded, link);
            for record in own {
                found.add(context, record, CODE.severity, || {
                    to_itself(facts, &mut places, link, record)
                });
            }
        }
        let orders = facts.orders.iter();
        for (id, order) in
            orders.filter(|(id, order)| cannot_hold(facts, order) && is_in_force(facts, *id))
        {
            found.add(context, id.into(), CODE.severity, || {
                order_to_itself(facts, id, order)
            });
        }
        relations(context, &mut found);
        found.finish(findings);
    }
}

fn to_itself(facts: &Facts, places: &mut LinkPlaces<'_>, link: Link, record: RecordRef) -> Finding {
    let (subject, verb) = (wording::record(facts, record), link.verb());
    Finding::new(&CODE, format!("{subject} {verb} itself"))
        .at(places.of(record, record), "this is its own id")
        .note(format!(
            "\"{}\" names another {}",
            link.field(),
            link.kind().word()
        ))
        .help("name the record you mean, or remove the reference")
        .of(record)
}

/// Whether an order relates a record to itself in a way that is impossible.
fn cannot_hold(facts: &Facts, order: &Order) -> bool {
    let Some(relation) = order.relation else {
        return false;
    };
    let mut words = facts.name(relation.words).split(", ");
    order.first.is_some()
        && order.first == order.second
        && !words.any(|word| HOLDS_WITH_ITSELF.contains(&word))
}

fn order_to_itself(facts: &Facts, id: OrderId, order: &Order) -> Finding {
    let words = order
        .relation
        .map_or("", |relation| facts.name(relation.words));
    let thing = order
        .first
        .map_or(String::new(), |thing| wording::record(facts, thing));
    let words = words.replace(", ", " or ");
    Finding::new(
        &CODE,
        format!(
            "{}: {thing} cannot be \"{words}\" itself",
            wording::record(facts, id)
        ),
    )
    .at(
        Place::value(order.common.origin, "second"),
        "the same as the first",
    )
    .note("a thing has one time, and is neither before nor after itself")
    .help("name the other thing you mean, or remove the order")
    .of(id)
}

/// Relations of an actor to itself: only improbable, since the kinds of relation are user-defined.
fn relations(context: &Context<'_>, found: &mut Collected) {
    let facts = context.facts();
    let own = facts.relations.iter().filter(|(id, relation)| {
        let may = relation
            .kind
            .is_some_and(|kind| MAY_TURN_BACK.contains(&facts.name(kind)));
        relation.from.is_some() && relation.from == relation.to && !may && is_in_force(facts, *id)
    });
    for (id, relation) in own {
        found.add(context, id.into(), Severity::Warning, || {
            let subject = wording::record(facts, id);
            let actor = relation
                .to
                .map_or(String::new(), |actor| wording::record(facts, actor));
            let words = format!("{subject} relates {actor} to itself");
            Finding::new(&CODE, words)
                .at(
                    Place::value(relation.common.origin, "to"),
                    "the same as \"from\"",
                )
                .note("a relation holds between two actors")
                .help("name the other actor you mean, or remove the relation")
                .of(id)
        });
    }
}
