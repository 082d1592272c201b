//! What rests on what: claims on the claims that they repeat or were passed on by, else on whoever passed
//! them on, else on an unnamed speaker, else on their documents; documents on those they are based on.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use annals_model::{ClaimId, Facts, RecordRef};

/// Tells whether a record is in force.
type InForce<'f> = &'f dyn Fn(RecordRef) -> bool;

/// What lies at the ends of what a record rests on.
#[derive(Debug, Clone, Default)]
struct Reach {
    /// Documents that rest on no other, and sources.
    origins: Arc<BTreeSet<RecordRef>>,
    /// The circles on the way, by number.
    circles: Arc<BTreeSet<usize>>,
}

/// Records that rest on each other in a circle.
#[derive(Debug)]
struct Circle {
    members: BTreeSet<RecordRef>,
    /// Whether nothing leads out of it.
    is_closed: bool,
}

/// The web of what some claims rest on.
#[derive(Debug)]
pub struct Web {
    /// Only used for lookups.
    of: HashMap<RecordRef, Reach, RandomState>,
    circles: Vec<Circle>,
}

/// What some claims rest on in the end.
#[derive(Debug, Default)]
pub struct Reached {
    /// Documents that rest on no other, and sources.
    pub origins: BTreeSet<RecordRef>,
    /// The circles on the way.
    pub circles: Vec<BTreeSet<RecordRef>>,
    closed: usize,
}

/// What a record rests on.
fn rests_on(facts: &Facts, in_force: InForce<'_>, record: RecordRef) -> Vec<RecordRef> {
    let known = |records: &mut dyn Iterator<Item = RecordRef>| -> Vec<RecordRef> {
        records.filter(|one| in_force(*one)).collect()
    };
    match record {
        RecordRef::Claim(id) => {
            let claim = &facts[id];
            let links = facts.links(claim);
            let repeats = facts.list(links.repeats).iter().map(|one| (*one).into());
            let via = || {
                facts
                    .list(links.via)
                    .iter()
                    .map(|one| RecordRef::from(*one))
            };
            let is_claim = |one: &RecordRef| matches!(one, RecordRef::Claim(_));
            // Whoever passed on what another claim says is no origin beside it.
            let told = known(&mut repeats.chain(via().filter(is_claim)));
            if !told.is_empty() {
                return told;
            }
            let passed_on = known(&mut via().filter(|one| !is_claim(one)));
            if !passed_on.is_empty() {
                return passed_on;
            }
            let speakers = facts.list(claim.speaker).iter();
            let unnamed = speakers.filter(|one| facts[**one].unnamed);
            let unnamed = known(&mut unnamed.map(|one| (*one).into()));
            if !unnamed.is_empty() {
                return unnamed;
            }
            known(&mut documents(facts, id))
        }
        RecordRef::Document(id) => {
            let based_on = facts.list(facts[id].based_on).iter();
            known(&mut based_on.map(|one| (*one).into()))
        }
        _ => Vec::new(),
    }
}

/// Whether a record is a source that is not named.
pub(super) fn is_unnamed(facts: &Facts, record: RecordRef) -> bool {
    matches!(record, RecordRef::Actor(id) if facts[id].unnamed)
}

fn documents(facts: &Facts, id: ClaimId) -> impl Iterator<Item = RecordRef> {
    let evidence = facts.list(facts[id].evidence).iter();
    evidence.filter_map(|one| one.document.map(RecordRef::Document))
}

/// Everything that claims can rest on, whichever records are in force; themselves as well.
pub(super) fn all_behind(
    facts: &Facts,
    claims: impl Iterator<Item = ClaimId>,
) -> BTreeSet<RecordRef> {
    let mut open: Vec<RecordRef> = claims.map(RecordRef::Claim).collect();
    let mut found = BTreeSet::new();
    while let Some(record) = open.pop() {
        if !found.insert(record) {
            continue;
        }
        match record {
            RecordRef::Claim(id) => {
                let links = facts.links(&facts[id]);
                open.extend(
                    facts
                        .list(links.repeats)
                        .iter()
                        .map(|one| RecordRef::from(*one)),
                );
                open.extend(
                    facts
                        .list(links.via)
                        .iter()
                        .map(|one| RecordRef::from(*one)),
                );
                let speakers = facts.list(facts[id].speaker).iter();
                let unnamed = speakers.filter(|one| facts[**one].unnamed);
                open.extend(unnamed.map(|one| RecordRef::Actor(*one)));
                open.extend(documents(facts, id));
            }
            RecordRef::Document(id) => {
                let based_on = facts.list(facts[id].based_on).iter();
                open.extend(based_on.map(|one| RecordRef::Document(*one)));
            }
            _ => {}
        }
    }
    found
}

impl Web {
    /// The web of some claims, among the records in force.
    pub fn new(
        facts: &Facts,
        in_force: InForce<'_>,
        claims: impl Iterator<Item = ClaimId>,
    ) -> Self {
        let mut graph: DiGraph<RecordRef, ()> = DiGraph::new();
        // Only used for lookups.
        let mut places: HashMap<RecordRef, NodeIndex, RandomState> = HashMap::default();
        let mut open = Vec::new();
        let mut place = |graph: &mut DiGraph<_, _>, open: &mut Vec<_>, record: RecordRef| {
            *places.entry(record).or_insert_with(|| {
                let node = graph.add_node(record);
                open.push(node);
                node
            })
        };
        for claim in claims {
            place(&mut graph, &mut open, claim.into());
            // The documents of a claim are shown, whatever else it rests on.
            for document in documents(facts, claim).filter(|one| in_force(*one)) {
                place(&mut graph, &mut open, document);
            }
        }
        while let Some(node) = open.pop() {
            let record = graph[node];
            for other in rests_on(facts, in_force, record) {
                let other = place(&mut graph, &mut open, other);
                graph.add_edge(node, other, ());
            }
            if let RecordRef::Claim(claim) = record {
                for document in documents(facts, claim).filter(|one| in_force(*one)) {
                    place(&mut graph, &mut open, document);
                }
            }
        }
        Web::of(&graph)
    }

    fn of(graph: &DiGraph<RecordRef, ()>) -> Self {
        let mut web = Web {
            of: HashMap::default(),
            circles: Vec::new(),
        };
        // Each comes after all that it leads to.
        for members in kosaraju_scc(graph) {
            let inside: BTreeSet<NodeIndex> = members.iter().copied().collect();
            let leads = members.iter().flat_map(|node| graph.neighbors(*node));
            let leads: BTreeSet<NodeIndex> = leads.collect();
            let is_circle = leads.iter().any(|node| inside.contains(node));
            let outside: Vec<NodeIndex> = leads.difference(&inside).copied().collect();
            let mut reach = match outside.as_slice() {
                // Most rest on one thing, and share what it rests on.
                [one] => web.reach(graph[*one]),
                _ => web.joined(outside.iter().map(|node| graph[*node])),
            };
            if is_circle {
                let records = members.iter().map(|node| graph[*node]);
                Arc::make_mut(&mut reach.circles).insert(web.circles.len());
                web.circles.push(Circle {
                    members: records.collect(),
                    is_closed: outside.is_empty(),
                });
            } else if let [node] = members.as_slice()
                && outside.is_empty()
                && !matches!(graph[*node], RecordRef::Claim(_))
            {
                reach.origins = Arc::new([graph[*node]].into());
            }
            for node in members {
                web.of.insert(graph[node], reach.clone());
            }
        }
        web
    }

    fn reach(&self, record: RecordRef) -> Reach {
        self.of.get(&record).cloned().unwrap_or_default()
    }

    fn joined(&self, records: impl Iterator<Item = RecordRef>) -> Reach {
        let (mut origins, mut circles) = (BTreeSet::new(), BTreeSet::new());
        for record in records {
            let reach = self.reach(record);
            origins.extend(reach.origins.iter().copied());
            circles.extend(reach.circles.iter().copied());
        }
        Reach {
            origins: Arc::new(origins),
            circles: Arc::new(circles),
        }
    }

    /// What some claims of the web rest on in the end.
    pub fn reached(&self, claims: impl Iterator<Item = ClaimId>) -> Reached {
        let reach = self.joined(claims.map(RecordRef::Claim));
        let circles = || {
            reach
                .circles
                .iter()
                .filter_map(|nth| self.circles.get(*nth))
        };
        let mut named: Vec<BTreeSet<RecordRef>> =
            circles().map(|one| one.members.clone()).collect();
        named.sort();
        Reached {
            closed: circles().filter(|one| one.is_closed).count(),
            circles: named,
            origins: reach.origins.as_ref().clone(),
        }
    }

    /// The least and the most origins of some claims.
    ///
    /// Each unnamed source is an origin of its own. Of a document that rests on no other given one, and
    /// of a named actor who passed a claim on, nothing says on what it rests: it can be an origin of its
    /// own, or rest on the same as another. A circle from which nothing leads out has an origin that is
    /// not given, or none.
    pub fn origins(&self, facts: &Facts, claims: impl Iterator<Item = ClaimId>) -> [usize; 2] {
        let reached = self.reached(claims);
        let unnamed = reached
            .origins
            .iter()
            .filter(|one| is_unnamed(facts, **one));
        let unnamed = unnamed.count();
        let others = reached.origins.len() - unnamed;
        [
            unnamed.max(others.min(1)),
            unnamed + others + reached.closed,
        ]
    }

    /// The documents of some claims, and of the claims that they rest on, each with its origins.
    pub fn documents(
        &self,
        facts: &Facts,
        in_force: InForce<'_>,
        claims: impl Iterator<Item = ClaimId>,
    ) -> BTreeMap<RecordRef, BTreeSet<RecordRef>> {
        let mut open: Vec<ClaimId> = claims.collect();
        let mut seen: BTreeSet<ClaimId> = BTreeSet::new();
        let mut found: BTreeMap<RecordRef, BTreeSet<RecordRef>> = BTreeMap::new();
        while let Some(claim) = open.pop() {
            if !seen.insert(claim) {
                continue;
            }
            let rests = rests_on(facts, in_force, claim.into());
            let on_documents = rests
                .iter()
                .all(|one| matches!(one, RecordRef::Document(_)));
            for document in documents(facts, claim).filter(|one| in_force(*one)) {
                let by = if on_documents { document } else { claim.into() };
                let reach = self.reach(by);
                let origins = found.entry(document).or_default();
                origins.extend(reach.origins.iter().copied());
            }
            open.extend(rests.into_iter().filter_map(|one| match one {
                RecordRef::Claim(id) => Some(id),
                _ => None,
            }));
        }
        found
    }
}
