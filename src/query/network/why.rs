//! What a weight is made of: every statement on both sides.

use std::sync::Arc;

use super::made::Network;
use super::rows::{Edges, Filter};
use super::shown_claims::{Claims, in_order};
use super::statement_rows::{StatedClaim, WhyEdge, WhyStatement, WhyThing};
use super::units::level;
use super::{Days, NodesOf};
use crate::answer::{Dossier, Ref};
use annals_model::{ClaimId, NodeRef, RecordRef};
use annals_network::Fraction;
use annals_ordered_parallel as ordered_parallel;

impl Network {
    /// What the weight of two nodes, or of an actor and a thing, is made of in a window. Nodes that say
    /// nothing have a weight of 0.
    pub fn why(&self, dossier: &Dossier<'_>, ends: [RecordRef; 2], days: Days) -> WhyEdge {
        let facts = dossier.facts();
        let edges = self.window(days, Filter::default());
        if self.is_affiliation() {
            return self.why_affiliation(dossier, &edges, ends);
        }
        let mut ends = ends;
        ends.sort_by_key(|end| facts.id(*end).to_owned());
        let numbers = ends.map(|end| number(end, self.nodes.iter().map(|one| Some(*one))));
        let counted = edges.counted();
        let [a, b] = ends.map(|end| Ref::new(facts, end));
        // Who says nothing that counts has no number.
        let [one, other] = numbers.map(|number| number.unwrap_or(u32::MAX));
        let of = |&(thing, adds): &(u32, [f64; 2])| {
            let about = (*self.things.get(thing as usize)?)?;
            let [a, b] = [one, other].map(|node| self.said(dossier, &edges, node, thing));
            Some(WhyThing {
                thing: Ref::new(facts, about),
                adds,
                a,
                b,
            })
        };
        let fraction = counted.pair(one, other);
        let things = counted.things(one, other);
        let told = ordered_parallel::map(&things, of);
        WhyEdge {
            a,
            b,
            numerator: fraction.numerator,
            denominator: fraction.denominator,
            weight: fraction.weight,
            exact: fraction.exact,
            statements: numbers.map(|number| total(&edges, number)),
            things: told.into_iter().flatten().collect(),
        }
    }

    fn why_affiliation(
        &self,
        dossier: &Dossier<'_>,
        edges: &Edges<'_>,
        [actor, thing]: [RecordRef; 2],
    ) -> WhyEdge {
        let facts = dossier.facts();
        let node = number(actor, self.nodes.iter().map(|one| Some(*one)));
        let number = number(thing, self.things.iter().copied());
        let found = node
            .zip(number)
            .and_then(|(node, thing)| edges.counted().affiliation(node, thing));
        let fraction = found.as_ref().map_or(NOTHING, |found| found.fraction);
        let of_thing =
            number.and_then(|number| edges.counted().of_things().get(number as usize).copied());
        let things = found.map(|found| WhyThing {
            thing: Ref::new(facts, thing),
            adds: found.fraction.numerator,
            a: self.said(dossier, edges, found.node, found.thing),
            b: Vec::new(),
        });
        WhyEdge {
            a: Ref::new(facts, actor),
            b: Ref::new(facts, thing),
            numerator: fraction.numerator,
            denominator: fraction.denominator,
            weight: fraction.weight,
            exact: fraction.exact,
            statements: [total(edges, node), of_thing.unwrap_or_default()],
            things: things.into_iter().collect(),
        }
    }

    /// The statements of a node about a thing that can be in a window.
    fn said(
        &self,
        dossier: &Dossier<'_>,
        edges: &Edges<'_>,
        node: u32,
        thing: u32,
    ) -> Vec<WhyStatement> {
        let facts = dossier.facts();
        let units = edges.counted().units(node, thing);
        let (of_thing, scale) = (self.asked.of == NodesOf::Things, self.weighed().scale);
        let ids = match &self.claims {
            Claims::Records(ids) => ids,
            Claims::OfColumns {
                claims,
                documents,
                things,
            } => {
                let about = things.get(thing as usize).copied();
                let known = in_order(claims, units).into_iter();
                return known
                    .map(|(claim, unit, certain)| {
                        let of_level = |value| level(value, scale) == Some(unit.level);
                        claim.statement(documents, about, of_level, certain)
                    })
                    .collect();
            }
        };
        let about = if of_thing {
            Some(self.nodes[node as usize])
        } else {
            self.things[thing as usize]
        };
        let statement = |(id, unit, certain): (ClaimId, annals_network::Unit, bool)| {
            let claim = &facts[id];
            let stances = facts
                .list(claim.stance)
                .iter()
                .filter(|one| one.toward == about);
            let mut stances = stances.map(|one| one.value);
            let of_level = stances
                .clone()
                .find(|value| level(*value, scale) == Some(unit.level));
            let document = facts
                .list(claim.evidence)
                .first()
                .and_then(|one| one.document);
            let stated = StatedClaim {
                id: facts.id(id).to_owned(),
                quote: claim.quote.map(|quote| facts.str(quote).to_owned()),
                content: claim.content.map(|content| facts.str(content).to_owned()),
                said: claim.said.map(|said| facts.date(said).clone()),
                source: dossier.source(id),
            };
            WhyStatement {
                claim: Arc::new(stated),
                level: of_level.or_else(|| stances.next()),
                certain,
                document: document.map(|id| Arc::new(Ref::new(facts, id))),
            }
        };
        let known = units.into_iter().filter_map(|(unit, certain)| {
            let id = (*ids.get(unit.claim as usize)?)?;
            Some((id, unit, certain))
        });
        let mut known: Vec<_> = known.collect();
        // In the order in which they were read.
        known.sort_by_key(|(id, unit, _)| (*id, unit.level));
        known.into_iter().map(statement).collect()
    }
}

/// The number of a record among nodes or things.
fn number(record: RecordRef, mut among: impl Iterator<Item = Option<NodeRef>>) -> Option<u32> {
    let node = record.node()?;
    let at = among.position(|one| one == Some(node))?;
    Some(at as u32)
}

/// How many statements a node makes in the window.
fn total(edges: &Edges<'_>, node: Option<u32>) -> [u64; 2] {
    let mut nodes = edges.counted().nodes().iter();
    let of = node.and_then(|node| nodes.find(|one| one.node == node));
    of.map_or([0, 0], |one| one.statements)
}

const NOTHING: Fraction = Fraction {
    numerator: [0.0, 0.0],
    denominator: [0.0, 0.0],
    weight: [0.0, 0.0],
    exact: true,
};
