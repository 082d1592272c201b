//! The graph walked from the facts is the graph in memory: the same nodes and edges in the same
//! order, parallel edges told apart and merged as going through all of them would have it.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use annals::graph::{Edge, EdgeKind, Graph, Parallel, View};
use annals::load::{LoadResult, Request, Source, load};
use annals::model::{Facts, NodeRef, RecordRef, RecordSet, StanceValue};
use proptest::prelude::*;
use serde_json::{Value, json};

fn loaded(facts: &Value) -> LoadResult {
    let name = "facts.json".to_owned();
    let bytes = facts.to_string().into_bytes();
    let source = Source::Memory { name, bytes };
    load(&Request {
        facts: vec![source],
        texts: vec![],
    })
}

/// A dossier of few ids, so that many edges are parallel.
fn dossier() -> impl Strategy<Value = Value> {
    let id = |letter: &'static str| (0..3_u8).prop_map(move |nth| format!("{letter}{nth}"));
    let dated = || prop_oneof![id("a"), id("c"), id("e"), id("d")];
    let stance = prop::sample::select(vec!["supports", "opposes"]);
    let claim = (
        prop::collection::vec(id("a"), 0..3),
        prop::collection::vec(dated(), 0..3),
        prop::collection::vec((dated(), stance), 0..4),
        prop::collection::vec(id("d"), 0..4),
        prop::collection::vec(id("c"), 0..2),
    );
    let event = prop::collection::vec((id("a"), 0..2_u8), 0..4);
    let tie = (id("a"), 0..2_u8, id("a"), 0..2_u8);
    let order = (dated(), 0..2_u8, dated(), 0..2_u8);
    (
        prop::collection::vec(claim, 3),
        prop::collection::vec(event, 3),
        prop::collection::vec(tie, 0..8),
        prop::collection::vec(order, 0..8),
    )
        .prop_map(|(claims, events, ties, orders)| {
            let named = |letter: &str, field: &str, kind: Option<&str>| -> Vec<Value> {
                let one = |nth| {
                    let mut one = json!({"id": format!("{letter}{nth}"), field: "x"});
                    if let Some(kind) = kind {
                        one["kind"] = kind.into();
                    }
                    one
                };
                (0..3).map(one).collect()
            };
            let claims = claims.into_iter().enumerate().map(|(nth, (by, about, stances, documents, answers))| {
                let evidence = documents.iter().map(|id| json!({"document": id}));
                let stances = stances.iter().map(|(toward, value)| json!({"toward": toward, "value": value}));
                json!({
                    "id": format!("c{nth}"), "speaker": by, "about": about, "content": "x",
                    "stance": stances.collect::<Vec<_>>(), "evidence": evidence.collect::<Vec<_>>(),
                    "responds_to": answers,
                })
            });
            let events = events.into_iter().enumerate().map(|(nth, who)| {
                let who = who.iter().map(|(actor, role)| json!({"actor": actor, "role": format!("r{role}")}));
                json!({"id": format!("e{nth}"), "label": "x", "participants": who.collect::<Vec<_>>()})
            });
            let ties = ties.into_iter().map(|(from, kind, to, role)| {
                json!({"from": from, "kind": (["leads", "advises"][kind as usize]), "to": to, "role": format!("r{role}")})
            });
            let orders = orders.into_iter().map(|(first, relation, second, by)| {
                let mut order = json!({"first": first, "relation": (["before", "starts_before"][relation as usize]), "second": second});
                if by > 0 {
                    order["by"] = "P1D".into();
                }
                order
            });
            json!({
                "annals": 1,
                "documents": named("d", "title", None),
                "actors": named("a", "name", Some("person")),
                "claims": claims.collect::<Vec<_>>(),
                "events": events.collect::<Vec<_>>(),
                "relations": ties.collect::<Vec<_>>(),
                "orders": orders.collect::<Vec<_>>(),
            })
        })
}

/// An edge by which fact it is of and what it says.
type Said = (
    RecordRef,
    NodeRef,
    NodeRef,
    EdgeKind,
    Option<StanceValue>,
    Option<u32>,
);

fn said(edge: &Edge) -> Said {
    (
        edge.fact,
        edge.source,
        edge.target,
        edge.kind,
        edge.stance,
        edge.passage,
    )
}

/// What a walk tells of each bundle: its edges, its key, which of its kind it is.
type SolvedChronology = (Vec<Said>, u32, u32);

fn walked(view: &View<'_>, parallel: Parallel) -> Vec<SolvedChronology> {
    let mut all: Vec<SolvedChronology> = Vec::new();
    let done: Result<(), Infallible> = view.bundles(parallel, &mut |bundle| {
        assert_eq!(bundle.index, all.len());
        assert_eq!(bundle.weight(), bundle.edges().len());
        all.push((
            bundle.edges().iter().map(said).collect(),
            bundle.key,
            bundle.nth,
        ));
        Ok(())
    });
    match done {
        Ok(()) => all,
    }
}

/// What makes an edge the same as another when they are merged, in words.
fn likeness(facts: &Facts, edge: &Edge) -> String {
    let words = match edge.fact {
        RecordRef::Relation(_) | RecordRef::Order(_) => {
            let mut fields = facts.written(edge.fact);
            fields.retain(|name, _| ["role", "relation", "by"].contains(&name.as_str()));
            format!("{fields:?}")
        }
        _ => edge
            .role
            .map(|role| facts.name(role).to_owned())
            .unwrap_or_default(),
    };
    let ends = (facts.id(edge.source), facts.id(edge.target));
    format!(
        "{ends:?} {} {:?} {words}",
        edge.kind.word(facts),
        edge.stance
    )
}

/// The same by going through all edges of the graph in memory.
fn by_hand(facts: &Facts, graph: &Graph, parallel: Parallel) -> Vec<SolvedChronology> {
    let mut bundles: Vec<Vec<Edge>> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for edge in graph.net.edge_weights() {
        let at = known
            .get(&likeness(facts, edge))
            .filter(|_| parallel == Parallel::Merged);
        match at {
            Some(at) => bundles[*at].push(*edge),
            None => {
                known.insert(likeness(facts, edge), bundles.len());
                bundles.push(vec![*edge]);
            }
        }
    }
    let mut keys: BTreeMap<(NodeRef, NodeRef), u32> = BTreeMap::new();
    let mut kinds: BTreeMap<(NodeRef, NodeRef, EdgeKind), u32> = BTreeMap::new();
    let told = bundles.iter().map(|edges| {
        let first = &edges[0];
        let key = keys.entry((first.source, first.target)).or_default();
        let nth = kinds
            .entry((first.source, first.target, first.kind))
            .or_default();
        let told = (edges.iter().map(said).collect(), *key, *nth);
        *key += 1;
        *nth += 1;
        told
    });
    told.collect()
}

fn agree(facts: &Facts, view: &View<'_>, graph: &Graph) {
    let nodes: Vec<NodeRef> = graph.net.node_weights().copied().collect();
    assert_eq!(view.nodes().collect::<Vec<_>>(), nodes);
    assert_eq!(view.node_count(), nodes.len());
    for (nth, node) in nodes.iter().enumerate() {
        assert_eq!(view.index(*node), nth);
    }
    for parallel in [Parallel::Kept, Parallel::Merged] {
        assert_eq!(
            walked(view, parallel),
            by_hand(facts, graph, parallel),
            "{parallel:?}"
        );
    }
    let again = view.graph();
    let edges = |graph: &Graph| graph.net.edge_weights().map(said).collect::<Vec<_>>();
    assert_eq!(edges(&again), edges(graph));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_walk_is_the_graph(facts in dossier(), some in prop::collection::vec(any::<bool>(), 40), cut in 0..3_u8) {
        let loaded = loaded(&facts);
        let facts = &loaded.facts;
        agree(facts, &View::of_all(facts), &Graph::of_all(facts));

        // Of some of the facts.
        let chosen = facts.records().zip(some.iter().cycle());
        let chosen: BTreeSet<RecordRef> = chosen.filter(|(_, keep)| **keep).map(|(one, _)| one).collect();
        let graph = Graph::new(facts, &chosen);
        agree(facts, &View::new(facts, RecordSet::of(facts, chosen.iter().copied())), &graph);

        // A part that was cut out.
        let part = graph.part(
            |node| !facts.id(node).ends_with(char::from(b'0' + cut)),
            |edge| edge.kind != EdgeKind::Participates,
        );
        agree(facts, &View::part(facts, &part), &part);
    }
}

#[test]
fn parallel_edges_do_occur() {
    let of = |letter: &str| json!([{"id": format!("{letter}0"), "title": "x", "name": "x", "label": "x", "kind": "person"}]);
    let loaded = loaded(&json!({
        "annals": 1,
        "documents": [{"id": "d0", "title": "x", "published": "2020"}],
        "actors": of("a"),
        "claims": [{
            "id": "c0", "speaker": ["a0"], "said": "2020", "content": "x",
            "evidence": [{"document": "d0"}, {"document": "d0"}],
        }],
        "orders": [{"first": "c0", "relation": "before", "second": "d0"}, {"first": "c0", "relation": "before", "second": "d0"}],
    }));
    let view = View::of_all(&loaded.facts);
    let keys = |parallel| {
        walked(&view, parallel)
            .iter()
            .map(|one| (one.0.len(), one.1, one.2))
            .collect::<Vec<_>>()
    };
    // Said; reported in d0 twice; two orders between the same.
    assert_eq!(
        keys(Parallel::Kept),
        [(1, 0, 0), (1, 0, 0), (1, 1, 1), (1, 2, 0), (1, 3, 1)]
    );
    assert_eq!(keys(Parallel::Merged), [(1, 0, 0), (2, 0, 0), (2, 1, 0)]);
}

#[test]
fn a_record_with_very_many_edges_takes_no_time() {
    let evidence: Vec<Value> = (0..50_000).map(|_| json!({"document": "d0"})).collect();
    let loaded = loaded(&json!({
        "annals": 1,
        "documents": [{"id": "d0", "title": "x"}],
        "claims": [{"id": "c0", "content": "x", "evidence": evidence}],
    }));
    let view = View::of_all(&loaded.facts);
    assert_eq!(walked(&view, Parallel::Kept).last().unwrap().1, 49_999);
    assert_eq!(walked(&view, Parallel::Merged).len(), 1);
}

#[test]
fn a_set_keeps_what_was_put_in() {
    use std::fmt::Write as _;
    let mut yaml = String::from("annals: 1\nactors:\n");
    for nth in 0..150 {
        writeln!(yaml, "  - {{id: a{nth}, name: A, kind: person}}").unwrap();
    }
    yaml.push_str("relations:\n  - {id: r, from: a0, kind: leads, to: a1}\n");
    let name = "facts.yaml".to_owned();
    let bytes = yaml.into_bytes();
    let source = Source::Memory { name, bytes };
    let facts = load(&Request {
        facts: vec![source],
        texts: vec![],
    })
    .facts;

    let wanted = |record: &RecordRef| facts.id(*record).ends_with(['3', 'r']);
    let set = RecordSet::of(&facts, facts.records().filter(wanted));
    let kept: Vec<RecordRef> = set.iter(&facts).collect();
    assert_eq!(kept, facts.records().filter(wanted).collect::<Vec<_>>());
    assert_eq!((set.len(), kept.len()), (16, 16));
    assert!(!set.is_empty() && RecordSet::none(&facts).is_empty());
    let ranks = set.ranks();
    for (nth, record) in kept.iter().enumerate() {
        assert_eq!(set.rank(&ranks, *record), nth);
    }
}
