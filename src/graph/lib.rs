//! The typed graph: actors, events, claims, topics, places and documents, and the dated edges
//! between them.
//!
//! ```
//! use annals_graph::Graph;
//! use annals_load::{Request, Source, load};
//!
//! let yaml = "
//! annals: 1
//! actors:
//!   - {id: mayor, name: The mayor, kind: person}
//! claims:
//!   - {id: c1, speaker: mayor, said: 2021-05-04, content: The harbour will be dredged.}
//! ";
//! let source = Source::Memory { name: "facts.yaml".into(), bytes: yaml.into() };
//! let loaded = load(&Request { facts: vec![source], texts: vec![] });
//! let graph = Graph::of_all(&loaded.facts);
//! assert_eq!((graph.net.node_count(), graph.net.edge_count()), (2, 1));
//! ```

mod edge;
mod parallel;
mod rollup;
mod view;

use std::collections::BTreeSet;

use petgraph::graph::{DiGraph, NodeIndex};

use annals_model::{Facts, NodeRef, RecordRef};

pub use edge::{Edge, EdgeKind, edges_of};
pub use parallel::{Bundle, Parallel};
pub use rollup::{Held, Identity, ROLLS_UP, Rollup, Through, held};
pub use view::View;

/// The graph of all facts or some of them.
///
/// Nodes are in record order; parallel edges are kept, each with its fact.
#[derive(Debug, Clone)]
pub struct Graph {
    /// The nodes and edges.
    pub net: DiGraph<NodeRef, Edge, u32>,
}

impl Graph {
    /// The graph of all facts.
    pub fn of_all(facts: &Facts) -> Self {
        Self::build(facts, facts.records(), |_| true)
    }

    /// The graph of some facts: the nodes among them, the edges they make, and the end nodes of
    /// those edges.
    pub fn new(facts: &Facts, records: &BTreeSet<RecordRef>) -> Self {
        Self::build(facts, records.iter().copied(), |_| true)
    }

    /// The graph of the nodes in `nodes` and all edges between them made by `records`.
    pub fn between(
        facts: &Facts,
        nodes: &BTreeSet<NodeRef>,
        records: impl Iterator<Item = RecordRef>,
    ) -> Self {
        let members =
            records.filter(|record| record.node().is_none_or(|node| nodes.contains(&node)));
        Self::build(facts, members, |node| nodes.contains(&node))
    }

    /// The subgraph of some of its nodes and of the selected edges between them, in the same order.
    #[must_use]
    pub fn part(
        &self,
        keep_node: impl Fn(NodeRef) -> bool,
        keep_edge: impl Fn(&Edge) -> bool,
    ) -> Graph {
        let kept = self.net.filter_map(
            |_, node| keep_node(*node).then_some(*node),
            |_, edge| keep_edge(edge).then_some(*edge),
        );
        Graph { net: kept }
    }

    fn build(
        facts: &Facts,
        records: impl Iterator<Item = RecordRef>,
        keep: impl Fn(NodeRef) -> bool,
    ) -> Self {
        let mut nodes = BTreeSet::new();
        let mut edges = Vec::new();
        for record in records {
            nodes.extend(record.node().filter(|node| keep(*node)));
            edges_of(facts, record, &mut |edge| {
                if keep(edge.source) && keep(edge.target) {
                    edges.push(edge);
                }
            });
        }
        for edge in &edges {
            nodes.insert(edge.source);
            nodes.insert(edge.target);
        }
        let mut net = DiGraph::with_capacity(nodes.len(), edges.len());
        let order: Vec<NodeRef> = nodes.into_iter().collect();
        for &node in &order {
            net.add_node(node);
        }
        let index = |node: NodeRef| order.binary_search(&node).ok().map(NodeIndex::<u32>::new);
        for edge in edges {
            if let (Some(source), Some(target)) = (index(edge.source), index(edge.target)) {
                net.add_edge(source, target, edge);
            }
        }
        Graph { net }
    }
}
