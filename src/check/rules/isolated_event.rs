//! an event that is linked to nothing
//!
//! # What it finds
//! An event with no participants, place, whole, effects or evidence, to which no other record
//! refers.
//!
//! # Why it matters
//! It is in the timeline, but nothing leads to it: it may be a leftover, or a link to it was
//! forgotten.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: fair, label: The autumn fair, when: 2021-10}
//! ```
//!
//! # How to fix
//! Say who took part, where it was or what reports it, or remove it.
//! ```yaml facts.yaml
//! annals: 1
//! places:
//!   - {id: market, name: The market place}
//! events:
//!   - {id: fair, label: The autumn fair, when: 2021-10, place: market}
//! ```
//!
//! # When it stays silent
//! An event that a claim is about or was said at, or that an order dates. Every event, if a file was
//! read in part (AN003): what could not be read may link it.
//!
//! # Source
//! The fact format, version 1.

use super::collected::Together;
use super::link::is_in_force;
use crate::{Context, Rule};
use annals_finding::{Code, Finding, Severity};
use annals_graph::{Edge, edges_of};
use annals_model::{NodeRef, RecordRef};

/// An event that is connected to nothing.
static CODE: Code = Code::new(
    "AN322",
    "isolated-event",
    Severity::Info,
    include_str!("isolated_event.rs"),
);

/// See [`CODE`].
pub(crate) struct IsolatedEvent;

impl Rule for IsolatedEvent {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        // A record that could not be read may be the one that links it.
        if !context.loaded.unread.is_empty() {
            return;
        }
        let facts = context.facts();
        let mut tied = vec![false; facts.events.len()];
        let mut left = tied.len();
        let mut tie = |node: Option<NodeRef>| {
            if let Some(NodeRef::Event(id)) = node {
                left -= usize::from(!std::mem::replace(&mut tied[id.index()], true));
            }
            left > 0
        };
        for record in facts.records() {
            // Most events are connected by their own fields; once all are, nothing else matters.
            if !tie(None) {
                break;
            }
            edges_of(facts, record, &mut |edge: Edge| {
                tie(Some(edge.source));
                tie(Some(edge.target));
            });
        }
        for (_, order) in facts.orders.iter() {
            tie(order.first.and_then(RecordRef::node));
            tie(order.second.and_then(RecordRef::node));
        }
        let mut found = Together::new(&CODE);
        for id in facts.events.handles() {
            if tied[id.index()] || !is_in_force(facts, id) {
                continue;
            }
            found.add(context, id.into());
        }
        let finding = found.finding(facts, "is linked to nothing", "are linked to nothing");
        findings.extend(finding.map(|finding| {
            finding.help("say who took part, where it was or what reports it, or remove it")
        }));
    }
}
