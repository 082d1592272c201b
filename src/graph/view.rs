//! The nodes and edges of some facts, visited one by one without building the graph in memory.

use annals_model::{Facts, NodeRef, RecordRef, RecordSet};

use super::{Edge, Graph, edges_of};

/// The graph of all facts or some of them, read directly from the facts: an export of a million
/// claims visits it without a graph in memory.
///
/// Its nodes and edges are those of [`Graph::new`], in the same order.
///
/// ```
/// use annals_graph::{Parallel, View};
/// use annals_load::{Request, Source, load};
/// use annals_model::RecordSet;
///
/// let yaml = "
/// annals: 1
/// actors:
///   - {id: mayor, name: The mayor, kind: person}
///   - {id: clerk, name: The clerk, kind: person}
/// claims:
///   - {id: c1, speaker: mayor, content: The harbour will be dredged.}
/// ";
/// let source = Source::Memory { name: "facts.yaml".into(), bytes: yaml.into() };
/// let facts = load(&Request { facts: vec![source], texts: vec![] }).facts;
///
/// let claim = facts.find("c1").ok_or("no such claim")?;
/// let view = View::new(&facts, RecordSet::of(&facts, [claim].into_iter()));
/// let nodes: Vec<&str> = view.nodes().map(|node| facts.id(node)).collect();
/// assert_eq!(nodes, ["mayor", "c1"]);
///
/// let mut kinds = Vec::new();
/// view.bundles(Parallel::Kept, &mut |bundle| -> Result<(), ()> {
///     kinds.push(bundle.edge().kind.word(&facts).to_owned());
///     Ok(())
/// }).map_err(|()| "no visitor fails")?;
/// assert_eq!(kinds, ["said"]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone)]
pub struct View<'f> {
    facts: &'f Facts,
    nodes: RecordSet,
    ranks: Vec<u32>,
    edges: Edges<'f>,
}

#[derive(Debug, Clone)]
enum Edges<'f> {
    /// Everything that these records make.
    Of(RecordSet),
    /// Everything in an existing graph.
    In(&'f Graph),
}

/// A callback with a record and the edges it makes.
type OfRecord<'v, E> = dyn FnMut(RecordRef, &[Edge]) -> Result<(), E> + 'v;

impl<'f> View<'f> {
    /// The view of some facts: the nodes among them, the edges they make, and the end nodes of
    /// those edges.
    pub fn new(facts: &'f Facts, records: RecordSet) -> Self {
        let mut nodes = RecordSet::none(facts);
        for record in records.iter(facts) {
            if let Some(node) = record.node() {
                nodes.insert(node);
            }
            edges_of(facts, record, &mut |edge| {
                nodes.insert(edge.source);
                nodes.insert(edge.target);
            });
        }
        View {
            facts,
            ranks: nodes.ranks(),
            nodes,
            edges: Edges::Of(records),
        }
    }

    /// The view of all facts.
    pub fn of_all(facts: &'f Facts) -> Self {
        View::new(facts, RecordSet::of(facts, facts.records()))
    }

    /// The view of an existing graph of these facts, such as a subgraph.
    pub fn part(facts: &'f Facts, graph: &'f Graph) -> Self {
        let nodes = graph.net.node_weights().map(|node| RecordRef::from(*node));
        let nodes = RecordSet::of(facts, nodes);
        View {
            facts,
            ranks: nodes.ranks(),
            nodes,
            edges: Edges::In(graph),
        }
    }

    /// The facts.
    pub fn facts(&self) -> &'f Facts {
        self.facts
    }

    /// The records it was made from; for an existing graph, those behind its nodes and edges.
    pub fn records(&self) -> RecordSet {
        match &self.edges {
            Edges::Of(records) => records.clone(),
            Edges::In(graph) => {
                let mut records = self.nodes.clone();
                for edge in graph.net.edge_weights() {
                    records.insert(edge.fact);
                }
                records
            }
        }
    }

    /// The nodes, in the order of their records.
    pub fn nodes(&self) -> impl Iterator<Item = NodeRef> + '_ {
        self.nodes.iter(self.facts).filter_map(RecordRef::node)
    }

    /// The number of nodes.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The index of a node, from 0.
    pub fn index(&self, node: NodeRef) -> usize {
        self.nodes.rank(&self.ranks, node)
    }

    /// The same graph in memory, for algorithms that need random access.
    pub fn graph(&self) -> Graph {
        match &self.edges {
            Edges::Of(records) => Graph::new(self.facts, &records.iter(self.facts).collect()),
            Edges::In(graph) => (*graph).clone(),
        }
    }

    /// Calls `visit` for every record that makes edges, with those edges, in record order.
    pub(super) fn by_record<E>(&self, visit: &mut OfRecord<'_, E>) -> Result<(), E> {
        let mut edges: Vec<Edge> = Vec::new();
        match &self.edges {
            Edges::Of(records) => {
                for record in records.iter(self.facts) {
                    edges.clear();
                    edges_of(self.facts, record, &mut |edge| edges.push(edge));
                    if !edges.is_empty() {
                        visit(record, &edges)?;
                    }
                }
            }
            Edges::In(graph) => {
                for edge in graph.net.edge_weights() {
                    if edges.last().is_some_and(|last| last.fact != edge.fact) {
                        visit(edges[0].fact, &edges)?;
                        edges.clear();
                    }
                    edges.push(*edge);
                }
                if let Some(first) = edges.first() {
                    visit(first.fact, &edges)?;
                }
            }
        }
        Ok(())
    }
}
