//! `path`: the shortest chain of dated edges between two nodes.
//!
//! With a chronological order required, no edge comes before the previous one: there are days, one
//! for each edge and never decreasing, on which the edges hold. Edges of one fact have the same
//! date; two facts with equal dates need not have been on the same day.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::answer::Dossier;
use super::selection::{Dating, ResolvedQuery};
use super::sort_key::{Chronological, IdKey};
use super::subgraph::{certainty, edge_dating};
use annals_graph::{Edge, EdgeKind, Graph};
use annals_model::{NodeRef, RecordRef};
use annals_time::{Bound, Extent};

/// The temporal condition on a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InTime {
    /// No condition.
    Ignored,
    /// It is possible that no edge is earlier than the previous one.
    Possibly,
    /// It cannot be otherwise.
    Surely,
}

/// A chain of edges.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The nodes, both ends among them.
    pub nodes: Vec<NodeRef>,
    /// The edges between them; some are walked against their direction.
    pub edges: Vec<Edge>,
    /// Whether it certainly meets the conditions, not only possibly.
    pub certain: bool,
}

/// An edge, in the direction in which it is walked.
#[derive(Debug, Clone, Copy)]
struct Step {
    edge: usize,
    to: usize,
}

/// The possible times of an edge: alternative stretches; empty if it has no time.
struct Timed {
    stretches: Vec<Extent>,
    /// The record whose date it is: edges of one record share their date.
    clock: RecordRef,
}

impl Timed {
    /// The latest day on which it can begin.
    fn latest_start(&self) -> Bound {
        let each = self.stretches.iter().map(|one| one.latest_start());
        each.max().unwrap_or(Bound::PAST)
    }

    /// The earliest day on which it can end.
    fn earliest_end(&self) -> Bound {
        let each = self.stretches.iter().map(|one| one.earliest_end());
        each.min().unwrap_or(Bound::FUTURE)
    }

    /// The earliest day, not before `day` and not after `limit`, on which it can hold.
    fn holds_from(&self, day: Bound, limit: Bound) -> Option<Bound> {
        if self.stretches.is_empty() {
            return (day <= limit).then_some(day);
        }
        let each = self.stretches.iter().filter_map(|one| {
            let from = one.earliest_start().max(day);
            (from <= one.latest_end().min(limit)).then_some(from)
        });
        each.min()
    }

    /// The latest day, not after `limit`, on which it can hold.
    fn holds_until(&self, limit: Bound) -> Option<Bound> {
        if self.stretches.is_empty() {
            return Some(limit);
        }
        let each = self.stretches.iter().filter_map(|one| {
            let until = one.latest_end().min(limit);
            (one.earliest_start() <= until).then_some(until)
        });
        each.max()
    }
}

/// The latest time at a node, a given number of edges before the end: when reached by an edge of
/// another record than the node's own, and by one of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Limits {
    other: Option<Bound>,
    own: Option<Bound>,
}

struct Walk<'g> {
    graph: &'g Graph,
    steps: Vec<Vec<Step>>,
    timed: Vec<Timed>,
    edges: Vec<Edge>,
    in_time: InTime,
}

/// The shortest chain between two nodes of a graph: by the number of edges, then the earliest, then
/// by ids. Edges are walked in either direction.
pub fn path(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    graph: &Graph,
    [from, to]: [NodeRef; 2],
    in_time: InTime,
) -> Option<Chain> {
    let walk = Walk::new(dossier, selection, graph, in_time);
    let net = &graph.net;
    let index = |node| net.node_indices().find(|index| net[*index] == node);
    let (from, to) = (index(from)?.index(), index(to)?.index());
    let layers = walk.layers(from, to)?;
    let steps = walk.follow(from, &layers);
    let node = |nth: usize| net[NodeIndex::new(nth)];
    let facts = |step: &Step| certainty(dossier, selection, walk.edges[step.edge].fact);
    let certain = steps.iter().all(|step| facts(step).is_certain())
        && (in_time == InTime::Ignored || walk.is_surely_in_time(&steps));
    Some(Chain {
        nodes: std::iter::once(from)
            .chain(steps.iter().map(|step| step.to))
            .map(node)
            .collect(),
        edges: steps.iter().map(|step| walk.edges[step.edge]).collect(),
        certain,
    })
}

impl<'g> Walk<'g> {
    fn new(
        dossier: &Dossier<'_>,
        selection: &ResolvedQuery,
        graph: &'g Graph,
        in_time: InTime,
    ) -> Self {
        let facts = dossier.facts();
        let net = &graph.net;
        let mut steps = vec![Vec::new(); net.node_count()];
        let (mut timed, mut edges) = (Vec::new(), Vec::new());
        for reference in net.edge_references() {
            let edge = *reference.weight();
            let (source, target) = (reference.source().index(), reference.target().index());
            if source == target {
                continue;
            }
            let nth = edges.len();
            steps[source].push(Step {
                edge: nth,
                to: target,
            });
            steps[target].push(Step {
                edge: nth,
                to: source,
            });
            timed.push(Timed {
                stretches: stretches(edge_dating(facts, selection, &edge)),
                clock: match edge.kind {
                    EdgeKind::ReportedIn => edge.target.into(),
                    _ => edge.fact,
                },
            });
            edges.push(edge);
        }
        // The best comes first: earliest, then by fact, kind and target node.
        for of_one in &mut steps {
            of_one.sort_by_cached_key(|step| {
                let edge = &edges[step.edge];
                let when = edge_dating(facts, selection, edge).and_then(|dating| match dating {
                    Dating::Given(date) | Dating::NotAfter(date) => Some(date),
                    Dating::Unknown => None,
                });
                let to = facts.id(net[NodeIndex::new(step.to)]).to_owned();
                let word = edge.kind.word(facts).to_owned();
                let fact = IdKey::new(facts, edge.fact);
                (Chronological(when), fact, word, to)
            });
        }
        Walk {
            graph,
            steps,
            timed,
            edges,
            in_time,
        }
    }

    fn is_own(&self, node: usize, edge: usize) -> bool {
        RecordRef::from(self.graph.net[NodeIndex::new(node)]) == self.timed[edge].clock
    }

    /// The latest time at each node from which the end is reachable in 0, 1, 2, … edges, until the
    /// start can reach it. A node is kept if more edges allow a later time than fewer.
    fn layers(&self, from: usize, to: usize) -> Option<Vec<BTreeMap<usize, Limits>>> {
        let end = Limits {
            other: Some(Bound::FUTURE),
            own: Some(Bound::FUTURE),
        };
        let mut best: BTreeMap<usize, Limits> = BTreeMap::from([(to, end)]);
        let mut layers = vec![BTreeMap::from([(to, end)])];
        while let Some(layer) = layers.last().filter(|layer| !layer.is_empty()) {
            if layer
                .get(&from)
                .is_some_and(|limits| limits.other.is_some())
            {
                return Some(layers);
            }
            let mut next: BTreeMap<usize, Limits> = BTreeMap::new();
            for (&node, &limits) in layer {
                for step in &self.steps[node] {
                    // Walked towards `node`, from `step.to`.
                    let Some(before) = self.before(step.to, node, step.edge, limits) else {
                        continue;
                    };
                    let here = next.entry(step.to).or_insert(Limits {
                        other: None,
                        own: None,
                    });
                    here.other = here.other.max(before.other);
                    here.own = here.own.max(before.own);
                }
            }
            next.retain(|node, limits| {
                let known = best.entry(*node).or_insert(Limits {
                    other: None,
                    own: None,
                });
                let better = limits.other > known.other || limits.own > known.own;
                known.other = known.other.max(limits.other);
                known.own = known.own.max(limits.own);
                better
            });
            layers.push(next);
        }
        None
    }

    /// The latest time at `node` from which an edge to `to` can be walked, given the latest time
    /// there.
    fn before(&self, node: usize, to: usize, edge: usize, there: Limits) -> Option<Limits> {
        let timed = &self.timed[edge];
        let limit = if self.is_own(to, edge) {
            there.own
        } else {
            there.other
        };
        let limit = limit?;
        match self.in_time {
            InTime::Ignored => Some(there),
            InTime::Possibly => {
                let until = timed.holds_until(limit)?;
                Some(Limits {
                    other: Some(until),
                    own: Some(until),
                })
            }
            InTime::Surely => {
                if timed.latest_start() > limit {
                    return None;
                }
                let other = limit.min(timed.earliest_end());
                // An edge of the same record has the same time as this one.
                let own = if self.is_own(node, edge) {
                    limit
                } else {
                    other
                };
                Some(Limits {
                    other: Some(other),
                    own: Some(own),
                })
            }
        }
    }

    /// The best chain through the layers.
    fn follow(&self, from: usize, layers: &[BTreeMap<usize, Limits>]) -> Vec<Step> {
        let (mut at, mut day, mut own) = (from, Bound::PAST, false);
        let mut steps = Vec::new();
        for layer in layers.iter().rev().skip(1) {
            let next = self.steps[at].iter().find_map(|step| {
                let there = *layer.get(&step.to)?;
                let arrival = self.arrival(at, step, day, own, there)?;
                Some((*step, arrival))
            });
            let Some((step, arrival)) = next else { break };
            (day, own) = (arrival, self.is_own(step.to, step.edge));
            at = step.to;
            steps.push(step);
        }
        steps
    }

    /// The day of arrival at the end of a step from its beginning on `day`, if early enough for the
    /// rest of the chain.
    fn arrival(
        &self,
        at: usize,
        step: &Step,
        day: Bound,
        own: bool,
        there: Limits,
    ) -> Option<Bound> {
        let timed = &self.timed[step.edge];
        let limit = if self.is_own(step.to, step.edge) {
            there.own
        } else {
            there.other
        };
        let limit = limit?;
        match self.in_time {
            InTime::Ignored => Some(day),
            InTime::Possibly => timed.holds_from(day, limit),
            InTime::Surely => {
                let same = own && self.is_own(at, step.edge);
                let later = timed.latest_start().max(day);
                (later <= limit && (same || day <= timed.earliest_end())).then_some(later)
            }
        }
    }

    /// Whether no edge can have ended before an earlier one in the chain began.
    fn is_surely_in_time(&self, steps: &[Step]) -> bool {
        steps.iter().enumerate().all(|(nth, step)| {
            let timed = &self.timed[step.edge];
            let before = steps[..nth].iter().map(|one| &self.timed[one.edge]);
            let mut others = before.filter(|one| one.clock != timed.clock);
            others.all(|one| one.latest_start() <= timed.earliest_end())
        })
    }
}

fn stretches(dating: Option<Dating<'_>>) -> Vec<Extent> {
    match dating {
        None => Vec::new(),
        Some(Dating::Given(date)) => date.alternatives().to_vec(),
        Some(Dating::NotAfter(date)) => date.or_earlier().alternatives().to_vec(),
        Some(Dating::Unknown) => vec![Extent::UNKNOWN],
    }
}
