//! Parallel edges: distinguished by a key, or merged.
//!
//! Edges can only be parallel within one record, or if one of them comes from a relation or an
//! order: every other edge begins or ends at the node of its record, and no other record makes an
//! edge there. (It ends at that node if it starts from an actor, and begins there otherwise.) So a
//! walk over the graph only needs to remember the relations and orders.

use std::collections::HashMap;
use std::hash::Hash;

use super::view::View;
use super::{Edge, EdgeKind, edges_of};
use annals_model::{Facts, NodeRef, RecordRef, StanceValue, Vocabulary};

/// How to treat parallel edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Parallel {
    /// Each stays an edge of its own.
    #[default]
    Kept,
    /// Equivalent edges between the same two nodes become one: those with the same kind, stance and
    /// role, and for orders also the same relation and distance.
    Merged,
}

/// An edge, or several merged edges.
#[derive(Debug, Clone, Copy)]
pub struct Bundle<'e> {
    /// The edges, in the order of their facts; at least one.
    edges: &'e [Edge],
    /// Its number in the walk, from 0.
    pub index: usize,
    /// Its number among the edges from the same node to the same other node, from 0.
    pub key: u32,
    /// Its number among the edges of the same kind from the same node to the same other node, from
    /// 0.
    pub nth: u32,
}

impl<'e> Bundle<'e> {
    /// The edge, or the first of several, which differ only in date, fact and evidence.
    pub fn edge(&self) -> &'e Edge {
        // A `Bundle` always has at least one edge.
        &self.edges[0]
    }

    /// All the edges.
    pub fn edges(&self) -> &'e [Edge] {
        self.edges
    }

    /// The facts that make it, without duplicates.
    pub fn facts(&self) -> impl Iterator<Item = RecordRef> + Clone + use<'e> {
        // The edges of one fact are adjacent.
        self.edges
            .chunk_by(|one, other| one.fact == other.fact)
            .map(|edges| edges[0].fact)
    }

    /// The number of edges it represents.
    pub fn weight(&self) -> usize {
        self.edges.len()
    }

    /// A single edge outside a walk.
    pub fn single(edge: &'e Edge) -> Self {
        Bundle {
            edges: std::slice::from_ref(edge),
            index: 0,
            key: 0,
            nth: 0,
        }
    }
}

type Ends = (NodeRef, NodeRef);

fn ends(edge: &Edge) -> Ends {
    (edge.source, edge.target)
}

/// What edges must have in common to be merged.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Likeness<'f> {
    ends: Ends,
    kind: EdgeKind,
    stance: Option<StanceValue>,
    words: [Option<&'f str>; 4],
}

impl<'f> Likeness<'f> {
    fn new(facts: &'f Facts, edge: &Edge) -> Self {
        let words = match edge.fact {
            RecordRef::Relation(id) => {
                let role = facts[id].role.map(|role| facts.str(role));
                [role, None, None, None]
            }
            RecordRef::Order(id) => {
                let order = &facts[id];
                let apart = order.apart.as_deref();
                [
                    order.relation.map(|relation| facts.name(relation.words)),
                    apart.map(|apart| apart.by.written()),
                    apart.map(|apart| apart.from.word()),
                    apart.map(|apart| apart.to.word()),
                ]
            }
            _ => [edge.role.map(|role| facts.name(role)), None, None, None],
        };
        Likeness {
            ends: ends(edge),
            kind: edge.kind,
            stance: edge.stance,
            words,
        }
    }
}

/// Counts the occurrences of each key. Most records have few edges, a hostile one a million.
struct Counter<K> {
    few: Vec<(K, u32)>,
    /// Only used for lookups, never iterated, so its order does not matter.
    many: HashMap<K, u32>,
}

impl<K: Eq + Hash + Copy> Counter<K> {
    const FEW: usize = 16;

    fn new() -> Self {
        Counter {
            few: Vec::new(),
            many: HashMap::new(),
        }
    }

    fn clear(&mut self) {
        self.few.clear();
        if !self.many.is_empty() {
            self.many = HashMap::new();
        }
    }

    /// How often the key occurred before.
    fn next(&mut self, key: K) -> u32 {
        let count = match self.few.iter().position(|(one, _)| *one == key) {
            Some(at) => &mut self.few[at].1,
            None if self.few.len() < Self::FEW => {
                self.few.push((key, 0));
                &mut self
                    .few
                    .last_mut()
                    .unwrap_or_else(|| unreachable!("pushed"))
                    .1
            }
            None => self.many.entry(key).or_default(),
        };
        *count += 1;
        *count - 1
    }
}

impl View<'_> {
    /// Calls `visit` for every edge, in the order of the facts that make them; merged edges are
    /// visited at the position of the first.
    ///
    /// # Errors
    /// The first error that `visit` returns; nothing is visited after it.
    pub fn bundles<E>(
        &self,
        parallel: Parallel,
        visit: &mut dyn FnMut(&Bundle<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let facts = self.facts();
        let mut ties = Ties::new(self);
        let mut keys = Counter::new();
        let mut kinds = Counter::new();
        let mut sorted = Vec::new();
        let mut index = 0;
        self.by_record(&mut |record, edges| {
            if record.node().is_none() {
                return Ok(());
            }
            keys.clear();
            kinds.clear();
            let edges = match parallel {
                Parallel::Kept => edges,
                Parallel::Merged => grouped(facts, edges, &mut sorted),
            };
            let groups = edges.chunk_by(|one, other| {
                parallel == Parallel::Merged
                    && Likeness::new(facts, one) == Likeness::new(facts, other)
            });
            for edges in groups {
                let ends = ends(&edges[0]);
                ties.count(ends);
                visit(&Bundle {
                    edges,
                    index,
                    key: keys.next(ends),
                    nth: kinds.next((ends, edges[0].kind)),
                })?;
                index += 1;
            }
            Ok(())
        })?;
        ties.visit(facts, parallel, index, visit)
    }
}

/// Sorts the edges of one record so that those to be merged are adjacent, each group at the
/// position of its first edge.
fn grouped<'s>(facts: &Facts, edges: &[Edge], sorted: &'s mut Vec<Edge>) -> &'s [Edge] {
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by(|a, b| {
        Likeness::new(facts, &edges[*a])
            .cmp(&Likeness::new(facts, &edges[*b]))
            .then(a.cmp(b))
    });
    let alike =
        |a: &usize, b: &usize| Likeness::new(facts, &edges[*a]) == Likeness::new(facts, &edges[*b]);
    let mut groups: Vec<&[usize]> = order.chunk_by(alike).collect();
    groups.sort_by_key(|group| group[0]);
    sorted.clear();
    sorted.extend(groups.into_iter().flatten().map(|at| edges[*at]));
    sorted
}

/// The relations and orders among the edges of a view.
struct Ties {
    /// The facts; each makes one edge.
    facts: Vec<RecordRef>,
    /// The number of edges so far between the ends of each. Only used for lookups, never iterated,
    /// so its order does not matter.
    between: HashMap<Ends, u32>,
}

impl Ties {
    fn new(view: &View<'_>) -> Self {
        let mut ties = Ties {
            facts: Vec::new(),
            between: HashMap::new(),
        };
        let done: Result<(), std::convert::Infallible> = view.by_record(&mut |record, edges| {
            if record.node().is_none() {
                ties.facts.push(record);
                ties.between.insert(ends(&edges[0]), 0);
            }
            Ok(())
        });
        match done {
            Ok(()) => ties,
        }
    }

    /// Counts an edge of a record of another kind.
    fn count(&mut self, ends: Ends) {
        if !self.between.is_empty()
            && let Some(count) = self.between.get_mut(&ends)
        {
            *count += 1;
        }
    }

    fn visit<E>(
        mut self,
        facts: &Facts,
        parallel: Parallel,
        mut index: usize,
        visit: &mut dyn FnMut(&Bundle<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let edge = |record: RecordRef| {
            let mut made = None;
            edges_of(facts, record, &mut |edge| made = Some(edge));
            // Only relations and orders that make an edge were recorded.
            made.unwrap_or_else(|| unreachable!("it made an edge before"))
        };
        let groups = match parallel {
            Parallel::Kept => None,
            Parallel::Merged => Some(Groups::new(facts, &self.facts, &edge)),
        };
        // Only used for lookups, never iterated, so its order does not matter.
        let mut kinds: HashMap<(Ends, EdgeKind), u32> = HashMap::new();
        let mut edges = Vec::new();
        for record in &self.facts {
            edges.clear();
            match &groups {
                None => edges.push(edge(*record)),
                Some(groups) => edges.extend(groups.led_by(*record).iter().map(|one| edge(*one))),
            }
            let Some(first) = edges.first() else {
                continue;
            };
            let ends = ends(first);
            let key = self.between.entry(ends).or_default();
            let nth = kinds.entry((ends, first.kind)).or_default();
            visit(&Bundle {
                edges: &edges,
                index,
                key: *key,
                nth: *nth,
            })?;
            *key += 1;
            *nth += 1;
            index += 1;
        }
        Ok(())
    }
}

/// Equivalent relations and orders, side by side.
struct Groups {
    sorted: Vec<RecordRef>,
    /// The first of each group and where the group begins in `sorted`, sorted by the former.
    leaders: Vec<(RecordRef, usize, usize)>,
}

impl Groups {
    fn new(facts: &Facts, ties: &[RecordRef], edge: &dyn Fn(RecordRef) -> Edge) -> Self {
        let mut sorted = ties.to_vec();
        sorted.sort_by(|a, b| {
            let (one, other) = (edge(*a), edge(*b));
            (Likeness::new(facts, &one).cmp(&Likeness::new(facts, &other))).then(a.cmp(b))
        });
        let mut leaders = Vec::new();
        let mut start = 0;
        let alike = |a: &RecordRef, b: &RecordRef| {
            let (one, other) = (edge(*a), edge(*b));
            Likeness::new(facts, &one) == Likeness::new(facts, &other)
        };
        for group in sorted.chunk_by(alike) {
            leaders.push((group[0], start, start + group.len()));
            start += group.len();
        }
        leaders.sort_unstable();
        Groups { sorted, leaders }
    }

    /// The group that this is the first of, if any.
    fn led_by(&self, record: RecordRef) -> &[RecordRef] {
        match self.leaders.binary_search_by_key(&record, |one| one.0) {
            Ok(at) => &self.sorted[self.leaders[at].1..self.leaders[at].2],
            Err(_) => &[],
        }
    }
}
