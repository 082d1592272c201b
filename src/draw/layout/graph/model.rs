//! The content of the graph: nodes, edges, and the column of each node.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::{Around, Canvas};
use annals_graph::{Edge, Graph, View, edges_of};
use annals_model::{ClaimId, NodeRef, RecordRef, RecordSet};
use annals_query::sort_key::IdKey;
use annals_query::subgraph::subgraph;

/// The most nodes and edges drawn: with more, a page is illegible.
const MOST_NODES: usize = 150;
const MOST_EDGES: usize = 500;
/// The most claims for which the whole graph is built, since hardly any of it would be shown.
const MOST_CLAIMS: usize = 20_000;

/// The content of the picture.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// By kind and id.
    pub(super) nodes: Vec<NodeRef>,
    /// By their ends, by places in `nodes`.
    pub(super) edges: Vec<Arc>,
    /// The numbers of nodes and edges not shown.
    pub(super) left_out: (usize, usize),
    /// The column of each node.
    pub(super) columns: Vec<usize>,
}

/// An edge between two nodes of the plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) edge: Edge,
}

impl Plan {
    /// The selected part of the graph in at most this many columns. If it is too large for a page,
    /// only the most interconnected nodes are kept, along with the requested centres.
    pub(super) fn new(canvas: &Canvas<'_, '_>, most_columns: usize) -> Plan {
        let (graph, all) = graph(canvas);
        let (nodes, edges) = sorted(canvas, &graph);
        let (nodes, edges) = cut(canvas, nodes, edges);
        let mut plan = Plan {
            left_out: (all.0 - nodes.len(), all.1 - edges.len()),
            columns: vec![0; nodes.len()],
            nodes,
            edges,
        };
        plan.columns = columns(&plan, most_columns.max(1));
        plan
    }
}

/// The graph, and the total numbers of nodes and edges.
fn graph(canvas: &Canvas<'_, '_>) -> (Graph, (usize, usize)) {
    let nothing = Around::default();
    let around = canvas.around.unwrap_or(&nothing);
    let kinds = &around.kinds;
    if around.centres.is_empty() && kinds.nodes.is_empty() && kinds.edges.is_empty() {
        let claims = canvas.selection.claims(canvas.dossier);
        if claims.len() > MOST_CLAIMS {
            let claims: Vec<ClaimId> = claims.into_iter().map(|(id, _)| id).collect();
            return of_many(canvas, &claims);
        }
    }
    let graph = subgraph(
        canvas.dossier,
        canvas.selection,
        kinds,
        &around.centres,
        around.hops,
    );
    let all = (graph.net.node_count(), graph.net.edge_count());
    (graph, all)
}

/// For more claims than can be built into a graph: the graph of those whose nodes occur most often.
fn of_many(canvas: &Canvas<'_, '_>, claims: &[ClaimId]) -> (Graph, (usize, usize)) {
    let facts = canvas.dossier.facts();
    let keep = |node: NodeRef| canvas.selection.validity.holds(facts, node);
    let records = claims.iter().map(|id| RecordRef::Claim(*id));
    let view = View::new(facts, RecordSet::of(facts, records));
    let mut degree = vec![0_u64; view.node_count()];
    let mut edges = 0;
    let each = |claim: ClaimId, tell: &mut dyn FnMut(NodeRef)| {
        edges_of(facts, claim.into(), &mut |edge| {
            if keep(edge.source) && keep(edge.target) {
                tell(edge.source);
                tell(edge.target);
            }
        });
    };
    for claim in claims {
        each(*claim, &mut |node| {
            degree[view.index(node)] += 1;
            edges += 1;
        });
    }
    let mut weights: Vec<(Reverse<u64>, usize)> = (claims.iter().enumerate())
        .map(|(nth, claim)| {
            let mut weight = 0;
            each(*claim, &mut |node| weight += degree[view.index(node)]);
            (Reverse(weight), nth)
        })
        .collect();
    weights.sort_unstable();
    let most = weights.iter().take(MOST_CLAIMS);
    let most = most.map(|(_, nth)| RecordRef::Claim(claims[*nth]));
    let graph = Graph::new(facts, &most.collect()).part(keep, |_| true);
    let nodes = view.nodes().filter(|node| keep(*node)).count();
    (graph, (nodes, edges / 2))
}

/// Sorts nodes and edges independently of file order.
fn sorted(canvas: &Canvas<'_, '_>, graph: &Graph) -> (Vec<NodeRef>, Vec<Arc>) {
    let facts = canvas.dossier.facts();
    let key = |record: RecordRef| (record.kind(), IdKey::new(facts, record));
    let mut nodes: Vec<NodeRef> = graph.net.node_weights().copied().collect();
    nodes.sort_by_cached_key(|node| key((*node).into()));
    let place: std::collections::BTreeMap<NodeRef, usize> = nodes
        .iter()
        .enumerate()
        .map(|(nth, node)| (*node, nth))
        .collect();
    let mut edges: Vec<Arc> = (graph.net.edge_weights())
        .map(|edge| Arc {
            from: place[&edge.source],
            to: place[&edge.target],
            edge: *edge,
        })
        .collect();
    edges.sort_by_cached_key(|arc| {
        let kind = arc.edge.kind.word(facts).to_owned();
        let stance = arc.edge.stance;
        (
            arc.from,
            arc.to,
            kind,
            stance,
            key(arc.edge.fact),
            arc.edge.passage,
        )
    });
    (nodes, edges)
}

/// Removes the node with the fewest edges repeatedly until the rest fits, which leaves the most
/// interconnected nodes (Matula and Beck, 1983). The requested centres are kept. Among equals the
/// last is removed first.
fn cut(canvas: &Canvas<'_, '_>, nodes: Vec<NodeRef>, edges: Vec<Arc>) -> (Vec<NodeRef>, Vec<Arc>) {
    if nodes.len() <= MOST_NODES && edges.len() <= MOST_EDGES {
        return (nodes, edges);
    }
    let mut tied: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut loops = vec![0; nodes.len()];
    for arc in &edges {
        if arc.from == arc.to {
            loops[arc.from] += 1;
        } else {
            tied[arc.from].push(arc.to);
            tied[arc.to].push(arc.from);
        }
    }
    let mut degree: Vec<usize> = tied.iter().map(Vec::len).collect();
    let is_centre = |one: &usize| {
        let centres = canvas.around.map(|around| &around.centres);
        centres.is_some_and(|centres| centres.contains(&nodes[*one]))
    };
    let mut stays = vec![true; nodes.len()];
    let place = |one: usize, degree: usize| (degree, Reverse(one));
    let mut may_go: BTreeSet<(usize, Reverse<usize>)> = (0..nodes.len())
        .filter(|one| !is_centre(one))
        .map(|one| place(one, degree[one]))
        .collect();
    let (mut nodes_left, mut edges_left) = (nodes.len(), edges.len());
    while nodes_left > MOST_NODES || edges_left > MOST_EDGES {
        let Some((lost, Reverse(one))) = may_go.pop_first() else {
            break;
        };
        stays[one] = false;
        nodes_left -= 1;
        edges_left -= lost + loops[one];
        for &other in &tied[one] {
            let at = degree[other];
            if stays[other] {
                degree[other] = at - 1;
                if may_go.remove(&place(other, at)) {
                    may_go.insert(place(other, at - 1));
                }
            }
        }
    }
    let mut new = vec![None; nodes.len()];
    let mut kept = Vec::with_capacity(nodes_left);
    for (one, node) in nodes.iter().enumerate().filter(|(one, _)| stays[*one]) {
        new[one] = Some(kept.len());
        kept.push(*node);
    }
    let arcs = edges.into_iter().filter_map(|arc| {
        Some(Arc {
            from: new[arc.from]?,
            to: new[arc.to]?,
            ..arc
        })
    });
    (kept, arcs.take(MOST_EDGES).collect())
}

/// The cost of an edge that spans this many columns.
fn cost(on: i64) -> i64 {
    match on {
        1 => 0,
        0 => 11,
        2.. => 4 * (on - 1),
        _ => 7 + 4 * (-on - 1),
    }
}

/// The number of passes over all nodes.
const ROUNDS: usize = 30;

/// The column of each node: initially by the longest path to it along forward edges; then each node
/// moves to where its edges are short and lead forward, and the column is not crowded.
fn columns(plan: &Plan, most: usize) -> Vec<usize> {
    let count = plan.nodes.len();
    let mut columns = longest_ways(plan);
    let deepest = columns.iter().max().map_or(1, |deepest| deepest + 1);
    if deepest > most {
        for column in &mut columns {
            *column = *column * most / deepest;
        }
    }
    let mut tied: Vec<Vec<(usize, bool)>> = vec![Vec::new(); count];
    for arc in plan.edges.iter().filter(|arc| arc.from != arc.to) {
        tied[arc.from].push((arc.to, true));
        tied[arc.to].push((arc.from, false));
    }
    let mut crowd = vec![0_i64; most];
    for column in &columns {
        crowd[*column] += 1;
    }
    let signed = |column: usize| i64::try_from(column).unwrap_or(0);
    // A column that is fuller than the others costs a little.
    let share = signed(count.div_ceil(most)) + 2;
    for _ in 0..ROUNDS {
        let mut moved = false;
        for one in 0..count {
            let costs = |column: usize, here: bool| -> i64 {
                let edges = tied[one].iter().map(|(other, forward)| {
                    let way = signed(columns[*other]) - signed(column);
                    cost(if *forward { way } else { -way })
                });
                let crowd = crowd[column] + i64::from(!here);
                edges.sum::<i64>() * 4 + (crowd - share).max(0)
            };
            let at = columns[one];
            let best =
                (0..most).min_by_key(|column| (costs(*column, *column == at), *column != at));
            let to = best.unwrap_or(at);
            if to != at {
                crowd[at] -= 1;
                crowd[to] += 1;
                columns[one] = to;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    // Columns without a node are none.
    let used: BTreeSet<usize> = columns.iter().copied().collect();
    let used: Vec<usize> = used.into_iter().collect();
    columns
        .iter()
        .map(|column| used.partition_point(|one| one < column))
        .collect()
}

/// The longest path to each node along the forward edges of an order in which few edges lead back
/// (Eades, Lin and Smyth, 1993).
fn longest_ways(plan: &Plan) -> Vec<usize> {
    let order = few_back(plan);
    let mut place = vec![0; order.len()];
    for (at, one) in order.iter().enumerate() {
        place[*one] = at;
    }
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
    for arc in &plan.edges {
        let (first, second) = if place[arc.from] <= place[arc.to] {
            (arc.from, arc.to)
        } else {
            (arc.to, arc.from)
        };
        if first != second {
            after[first].push(second);
        }
    }
    let mut ways = vec![0; order.len()];
    for &one in &order {
        for &next in &after[one] {
            ways[next] = ways[next].max(ways[one] + 1);
        }
    }
    ways
}

/// The nodes in an order in which few edges lead back.
fn few_back(plan: &Plan) -> Vec<usize> {
    let count = plan.nodes.len();
    let (mut outgoing, mut incoming) = (vec![0_i64; count], vec![0_i64; count]);
    let arcs = || plan.edges.iter().filter(|arc| arc.from != arc.to);
    for arc in arcs() {
        outgoing[arc.from] += 1;
        incoming[arc.to] += 1;
    }
    let mut left: BTreeSet<usize> = (0..count).collect();
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    while !left.is_empty() {
        let sink = left.iter().copied().find(|one| outgoing[*one] == 0);
        let source = left.iter().copied().find(|one| incoming[*one] == 0);
        let freest = left
            .iter()
            .copied()
            .min_by_key(|one| incoming[*one] - outgoing[*one]);
        let Some(one) = sink.or(source).or(freest) else {
            break;
        };
        left.remove(&one);
        if sink.is_some() {
            tail.push(one);
        } else {
            head.push(one);
        }
        for arc in arcs() {
            if arc.to == one {
                outgoing[arc.from] -= 1;
            }
            if arc.from == one {
                incoming[arc.to] -= 1;
            }
        }
    }
    head.extend(tail.into_iter().rev());
    head
}
