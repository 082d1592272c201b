//! The subgraph for a question: which facts, which kinds of nodes and edges.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::answer::Dossier;
use super::names::NameError;
use super::selection::{Dating, ResolvedQuery, claim_dating};
use super::show::{EdgeRow, edge_row};
use super::sort_key;
use annals_graph::{Edge, EdgeKind, Graph, Rollup};
use annals_model::{ActorId, Facts, NodeRef, RecordKind, RecordRef, RelationId};
use annals_time::Certainty;

/// The kinds of nodes and edges to include; all if empty.
#[derive(Debug, Clone, Default)]
pub struct Kinds {
    /// Kinds of nodes.
    pub nodes: Vec<RecordKind>,
    /// Names of kinds of edges, including kinds of relation.
    pub edges: Vec<String>,
}

impl Kinds {
    /// Checks that each word names a possible kind of edge.
    ///
    /// # Errors
    /// If one does not.
    pub fn check(&self, facts: &Facts) -> Result<(), NameError> {
        let ties = facts.relations.iter().filter_map(|(_, one)| one.kind);
        let ties: BTreeSet<&str> = ties.map(|kind| facts.name(kind)).collect();
        let plain = EdgeKind::PLAIN.iter().map(|kind| kind.word(facts));
        let known: BTreeSet<&str> = plain.chain(ties).collect();
        let unknown = self.edges.iter().find(|word| {
            !known.contains(word.as_str()) && !annals_model::RELATION_KINDS.contains(&word.as_str())
        });
        unknown.map_or(Ok(()), |word| {
            Err(NameError::UnknownWord {
                what: "a kind of edge here",
                asked: word.clone(),
                known: known.iter().map(|word| (*word).to_owned()).collect(),
            })
        })
    }

    fn has_node(&self, node: NodeRef) -> bool {
        self.nodes.is_empty() || self.nodes.contains(&node.kind())
    }

    fn has_edge(&self, facts: &Facts, edge: &Edge) -> bool {
        let word = edge.kind.word(facts);
        self.edges.is_empty() || self.edges.iter().any(|one| one == word)
    }
}

/// Whether a fact is included: in force, in the window, and, if it is a claim, selected.
pub fn certainty(dossier: &Dossier<'_>, selection: &ResolvedQuery, fact: RecordRef) -> Certainty {
    let facts = dossier.facts();
    if let RecordRef::Claim(id) = fact {
        return selection
            .claim(dossier.loaded, id)
            .unwrap_or(Certainty::Never);
    }
    let when = match fact {
        RecordRef::Event(id) => facts[id].when,
        RecordRef::Relation(id) => facts[id].when,
        // A document is included whatever its date; the other records have none.
        _ => return selection.validity.certainty(facts, fact),
    };
    let dating = when.map_or(Dating::Unknown, |date| Dating::Given(facts.date(date)));
    let certainty = selection
        .validity
        .certainty(facts, fact)
        .and(selection.in_window(fact, dating));
    selection.sure_enough(certainty).unwrap_or(Certainty::Never)
}

/// The graph of all that is included; the nodes in `anyway` are kept, whatever their kind.
pub fn walked(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    kinds: &Kinds,
    anyway: &BTreeSet<NodeRef>,
) -> Graph {
    let facts = dossier.facts();
    let inside = facts
        .records()
        .filter(|record| certainty(dossier, selection, *record).is_possible());
    let keep = |node: NodeRef| {
        let known = selection.validity.holds(facts, node);
        anyway.contains(&node) || (known && kinds.has_node(node))
    };
    Graph::new(facts, &inside.collect()).part(keep, |edge| kinds.has_edge(facts, edge))
}

/// The nodes within a number of edges of some nodes, in either direction, and all edges between
/// them. From a node to those that are one with it is no step.
fn around(graph: &Graph, centres: &BTreeSet<NodeRef>, hops: usize, same: &Same<'_, '_>) -> Graph {
    let net = &graph.net;
    let place: BTreeMap<NodeRef, _> = net.node_indices().map(|node| (net[node], node)).collect();
    let mut distance = vec![None; net.node_count()];
    let mut queue = VecDeque::new();
    for node in net
        .node_indices()
        .filter(|node| centres.contains(&net[*node]))
    {
        distance[node.index()] = Some(0);
        queue.push_back(node);
    }
    while let Some(node) = queue.pop_front() {
        let next = distance[node.index()].map_or(0, |at| at + 1);
        if next > hops {
            continue;
        }
        for other in net.neighbors_undirected(node) {
            if distance[other.index()].is_some() {
                continue;
            }
            for one in same.as_one(net[other]) {
                if let Some(one) = place.get(&one)
                    && distance[one.index()].is_none()
                {
                    distance[one.index()] = Some(next);
                    queue.push_back(*one);
                }
            }
        }
    }
    let reached = (net.node_indices()).filter(|node| distance[node.index()].is_some());
    let reached: BTreeSet<NodeRef> = reached.map(|node| net[node]).collect();
    graph.part(|node| reached.contains(&node), |_| true)
}

/// Who is one with whom, by relations that are included.
struct Same<'d, 'l> {
    dossier: &'d Dossier<'l>,
    selection: &'d ResolvedQuery,
    relations: Vec<RelationId>,
    actors: BTreeSet<ActorId>,
}

impl<'d, 'l> Same<'d, 'l> {
    fn new(dossier: &'d Dossier<'l>, selection: &'d ResolvedQuery) -> Self {
        let facts = dossier.facts();
        let relations = facts.relations.iter().map(|(id, _)| id).filter(|id| {
            selection.makes_one(facts, *id)
                && certainty(dossier, selection, (*id).into()).is_possible()
        });
        let relations: Vec<RelationId> = relations.collect();
        let ends = relations
            .iter()
            .flat_map(|id| [facts[*id].from, facts[*id].to]);
        Same {
            dossier,
            selection,
            actors: ends.flatten().collect(),
            relations,
        }
    }

    /// A node and all that are one with it on some day of the window.
    fn as_one(&self, node: NodeRef) -> Vec<NodeRef> {
        let actor = match node {
            NodeRef::Actor(actor) if self.actors.contains(&actor) => actor,
            _ => return vec![node],
        };
        let facts = self.dossier.facts();
        let mutual = self.relations.iter().map(|id| (*id, true));
        let known = |id| self.selection.validity.certainty(facts, id);
        let rollup = Rollup::through(facts, &BTreeSet::from([actor]), mutual, known);
        let days = self.selection.window().days();
        rollup.who(&days).map(NodeRef::Actor).collect()
    }
}

/// The graph around some nodes, or of the selected claims if no node is named.
pub fn subgraph(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    kinds: &Kinds,
    centres: &BTreeSet<NodeRef>,
    hops: usize,
) -> Graph {
    if centres.is_empty() {
        let claims = selection.claims(dossier).into_iter();
        let claims = claims.map(|(id, _)| RecordRef::Claim(id)).collect();
        let facts = dossier.facts();
        let keep = |node: NodeRef| kinds.has_node(node) && selection.validity.holds(facts, node);
        let graph = Graph::new(facts, &claims).part(keep, |edge| kinds.has_edge(facts, edge));
        if kinds.edges.is_empty() {
            return graph;
        }
        // If only some kinds of edges are selected, keep only the nodes they connect.
        let ends = graph
            .net
            .edge_weights()
            .flat_map(|edge| [edge.source, edge.target]);
        let tied: BTreeSet<NodeRef> = ends.collect();
        return graph.part(|node| tied.contains(&node), |_| true);
    }
    let same = Same::new(dossier, selection);
    // Whom a question makes one with a centre is in the graph whatever its kind, as the centre is.
    let centres = centres.iter().flat_map(|node| same.as_one(*node)).collect();
    around(
        &walked(dossier, selection, kinds, &centres),
        &centres,
        hops,
        &same,
    )
}

/// The edges of a graph as rows: by date, then in the order of the facts in their text.
pub fn edge_rows(dossier: &Dossier<'_>, graph: &Graph) -> Vec<EdgeRow> {
    let facts = dossier.facts();
    let mut edges: Vec<&Edge> = graph.net.edge_weights().collect();
    sort_key::sort(
        facts,
        &dossier.validity,
        &mut edges,
        |edge| edge.when.map(|id| facts.date(id)),
        |edge| edge.fact,
    );
    edges
        .into_iter()
        .map(|edge| edge_row(dossier, edge))
        .collect()
}

/// What is known about the time of an edge; `None` for one without a temporal aspect.
pub fn edge_dating<'f>(
    facts: &'f Facts,
    selection: &ResolvedQuery,
    edge: &Edge,
) -> Option<Dating<'f>> {
    if let Some(when) = edge.when {
        return Some(Dating::Given(facts.date(when)));
    }
    match edge.fact {
        RecordRef::Topic(_) | RecordRef::Place(_) | RecordRef::Order(_) => None,
        RecordRef::Claim(id) if edge.kind != EdgeKind::ReportedIn => {
            Some(claim_dating(facts, &selection.validity, id))
        }
        _ => Some(Dating::Unknown),
    }
}
