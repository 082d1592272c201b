//! What the graph shows: nodes, edges, and in which column each node stands.

use std::collections::BTreeSet;

use crate::draw::Canvas;
use crate::graph::{Edge, Graph};
use crate::model::{NodeRef, RecordRef};
use crate::query::order::Key;
use crate::query::part::{Kinds, subgraph};

/// More nodes or edges than this are not drawn: a page of them cannot be read.
const MOST_NODES: usize = 150;
const MOST_EDGES: usize = 500;

/// What is shown.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// By kind and id.
    pub(super) nodes: Vec<NodeRef>,
    /// By their ends, by places in `nodes`.
    pub(super) edges: Vec<Arc>,
    /// How many nodes and edges are not shown.
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
    /// The selected part of the graph in at most so many columns. What is too much for a page is cut
    /// to the nodes with the most edges; what is asked for around stays.
    pub(super) fn of(canvas: &Canvas<'_, '_>, most_columns: usize) -> Plan {
        let graph = graph(canvas);
        let (nodes, edges) = sorted(canvas, &graph);
        let all = (nodes.len(), edges.len());
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

fn graph(canvas: &Canvas<'_, '_>) -> Graph {
    match canvas.around {
        Some(around) => subgraph(
            canvas.dossier,
            canvas.selection,
            &around.kinds,
            &around.centres,
            around.hops,
        ),
        None => subgraph(
            canvas.dossier,
            canvas.selection,
            &Kinds::default(),
            &BTreeSet::new(),
            1,
        ),
    }
}

/// Nodes and edges in an order that does not hang on that of the files.
fn sorted(canvas: &Canvas<'_, '_>, graph: &Graph) -> (Vec<NodeRef>, Vec<Arc>) {
    let facts = canvas.dossier.facts();
    let key = |record: RecordRef| (record.kind(), Key::new(facts, None, record));
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

/// As many of the nodes with the most edges as fit, and the edges between these.
fn cut(canvas: &Canvas<'_, '_>, nodes: Vec<NodeRef>, edges: Vec<Arc>) -> (Vec<NodeRef>, Vec<Arc>) {
    if nodes.len() <= MOST_NODES && edges.len() <= MOST_EDGES {
        return (nodes, edges);
    }
    let mut degree = vec![0_usize; nodes.len()];
    for arc in &edges {
        degree[arc.from] += 1;
        degree[arc.to] += 1;
    }
    let is_centre = |one: usize| {
        canvas
            .around
            .is_some_and(|around| around.centres.contains(&nodes[one]))
    };
    let mut by_links: Vec<usize> = (0..nodes.len()).collect();
    by_links.sort_by_key(|one| (!is_centre(*one), std::cmp::Reverse(degree[*one]), *one));
    let mut rank = vec![0; nodes.len()];
    for (at, one) in by_links.iter().enumerate() {
        rank[*one] = at;
    }
    // An edge is there when the later of its ends is.
    let mut arrives: Vec<usize> = edges
        .iter()
        .map(|arc| rank[arc.from].max(rank[arc.to]))
        .collect();
    arrives.sort_unstable();
    let past = arrives.get(MOST_EDGES).copied().unwrap_or(nodes.len());
    let most = MOST_NODES.min(past).clamp(2.min(nodes.len()), nodes.len());
    let mut place = vec![None; nodes.len()];
    let mut kept = Vec::with_capacity(most);
    for (one, node) in nodes
        .iter()
        .enumerate()
        .filter(|(one, _)| rank[*one] < most)
    {
        place[one] = Some(kept.len());
        kept.push(*node);
    }
    let arcs = edges.into_iter().filter_map(|arc| {
        Some(Arc {
            from: place[arc.from]?,
            to: place[arc.to]?,
            ..arc
        })
    });
    (kept, arcs.take(MOST_EDGES).collect())
}

/// What it costs to have an edge lead so many columns on.
fn cost(on: i64) -> i64 {
    match on {
        1 => 0,
        0 => 11,
        2.. => 4 * (on - 1),
        _ => 7 + 4 * (-on - 1),
    }
}

/// How often all nodes are gone through.
const ROUNDS: usize = 30;

/// The column of each node: first by the longest way to it, over edges that do not lead back; then
/// each moves to where its edges are short and lead on, and the column is not crowded.
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

/// The longest way to each node over the edges that lead on in an order in which few lead back
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
