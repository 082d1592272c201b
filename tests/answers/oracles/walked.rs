//! `path`, with `--in-time` and `--surely`.

use std::collections::BTreeSet;

use annals::model::NodeRef;
use annals::query::path::{InTime, path};
use annals::query::subgraph::{Kinds, walked};
use annals::query::{Dossier, Query};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::drawn::{Drawn, each_completion, point, stretch};

const ACTORS: usize = 5;

/// A tie between two actors, or a claim of one about the other.
#[derive(Debug, Clone)]
struct Fact {
    ends: (usize, usize),
    is_claim: bool,
    when: Drawn,
}

fn fact() -> impl Strategy<Value = Fact> {
    let few = |drawn: Drawn| drawn.readings.len() <= 14;
    let when = prop_oneof![
        3 => stretch().prop_map(|when| (false, when)),
        2 => point().prop_map(|when| (true, when)),
    ];
    let ends = (0..ACTORS, 0..ACTORS).prop_filter("two", |(a, b)| a != b);
    (ends, when)
        .prop_filter("few readings", move |(_, (_, when))| few(when.clone()))
        .prop_map(|(ends, (is_claim, when))| Fact {
            ends,
            is_claim,
            when,
        })
}

fn dossier(facts: &[Fact]) -> Value {
    let actors: Vec<Value> = (0..ACTORS)
        .map(|n| json!({"id": format!("a{n}"), "name": format!("Actor {n}"), "kind": "person"}))
        .collect();
    let (mut relations, mut claims) = (Vec::new(), Vec::new());
    for (nth, fact) in facts.iter().enumerate() {
        let (from, to) = (format!("a{}", fact.ends.0), format!("a{}", fact.ends.1));
        let mut record = if fact.is_claim {
            json!({"id": format!("f{nth}"), "speaker": [from], "about": [to], "content": "words"})
        } else {
            json!({"id": format!("f{nth}"), "from": from, "kind": "allied_with", "to": to})
        };
        if let Some(when) = &fact.when.edtf {
            record[if fact.is_claim { "said" } else { "when" }] = json!(when);
        }
        let list = if fact.is_claim {
            &mut claims
        } else {
            &mut relations
        };
        list.push(record);
    }
    json!({"annals": 1, "actors": actors, "relations": relations, "claims": claims})
}

/// Every simple chain of facts from actor 0 to actor 1. A claim is two edges, through its node.
fn chains(
    facts: &[Fact],
    at: usize,
    seen: &mut Vec<usize>,
    used: &mut Vec<usize>,
    found: &mut Vec<Vec<usize>>,
) {
    if at == 1 {
        found.push(used.clone());
        return;
    }
    for (nth, fact) in facts.iter().enumerate() {
        let to = match fact.ends {
            (a, b) if a == at => b,
            (a, b) if b == at => a,
            _ => continue,
        };
        if !seen.contains(&to) {
            seen.push(to);
            used.push(nth);
            chains(facts, to, seen, used, found);
            used.pop();
            seen.pop();
        }
    }
}

/// Whether the facts of a chain are in time in some and in every completion.
fn in_time(facts: &[Fact], chain: &[usize]) -> (bool, bool) {
    let dates: Vec<&Drawn> = chain.iter().map(|nth| &facts[*nth].when).collect();
    let (mut possible, mut certain) = (false, true);
    each_completion(&dates, &mut |readings| {
        let mut day = i32::MIN;
        let fits = readings.iter().all(|(first, last)| {
            day = day.max(*first);
            day <= *last
        });
        possible |= fits;
        certain &= fits;
    });
    (possible, certain)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn chains_are_the_shortest_in_time(facts in prop::collection::vec(fact(), 1..6), how in 0..3_usize) {
        let loaded = super::facts(&dossier(&facts));
        let selection = Query::default().resolve(&loaded.facts).unwrap();
        let dossier = Dossier::new(&loaded);
        let ends = ["a0", "a1"].map(|id| loaded.facts.find(id).unwrap().node().unwrap());
        let graph = walked(&dossier, &selection, &Kinds::default(), &BTreeSet::from(ends));
        let how = [InTime::Ignored, InTime::Possibly, InTime::Surely][how];
        let chain = path(&dossier, &selection, &graph, ends, how);

        let mut all = Vec::new();
        chains(&facts, 0, &mut vec![0], &mut Vec::new(), &mut all);
        let edges = |chain: &Vec<usize>| -> usize {
            chain.iter().map(|nth| if facts[*nth].is_claim { 2 } else { 1 }).sum()
        };
        let fits = |chain: &&Vec<usize>| match how {
            InTime::Ignored => true,
            InTime::Possibly => in_time(&facts, chain).0,
            InTime::Surely => in_time(&facts, chain).1,
        };
        let shortest = all.iter().filter(fits).map(edges).min();
        prop_assert_eq!(chain.as_ref().map(|chain| chain.edges.len()), shortest);
        let Some(chain) = chain else { return Ok(()) };
        prop_assert_eq!(chain.nodes.len(), chain.edges.len() + 1);
        for (edge, nodes) in chain.edges.iter().zip(chain.nodes.windows(2)) {
            let between: BTreeSet<NodeRef> = [edge.source, edge.target].into();
            prop_assert_eq!(between, nodes.iter().copied().collect());
        }
        let mut used: Vec<usize> = chain.edges.iter()
            .map(|edge| loaded.facts.id(edge.fact)[1..].parse().unwrap())
            .collect();
        used.dedup();
        prop_assert!(fits(&&used), "{:?} is not what was asked for", used);
        let certain = how == InTime::Ignored || in_time(&facts, &used).1;
        prop_assert_eq!(chain.certain, certain);
    }
}
