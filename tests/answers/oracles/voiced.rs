//! `voices`: the least and the most origins, over every completion of the days on which documents were
//! published, and every way in which documents of which nothing is said can rest on the same.

use std::collections::{BTreeMap, BTreeSet};

use annals::query::voices::{VoicesOf, voiced, voices};
use annals::query::{Dossier, Query};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::drawn::{DAYS, Drawn, date, each_completion, point};

const DOCUMENTS: usize = 4;
const CLAIMS: usize = 3;

#[derive(Debug, Clone)]
struct Claim {
    documents: BTreeSet<usize>,
    repeats: BTreeSet<usize>,
    via: Option<&'static str>,
    speaker: &'static str,
}

#[derive(Debug, Clone)]
struct Reported {
    published: Vec<Option<Drawn>>,
    based_on: Vec<BTreeSet<usize>>,
    claims: Vec<Claim>,
    as_of: Option<i32>,
}

fn reported() -> impl Strategy<Value = Reported> {
    let dated = point().prop_filter("a date", |drawn| drawn.edtf.is_some());
    let published = prop::collection::vec(prop::option::weighted(0.6, dated), DOCUMENTS);
    let based_on = prop::collection::btree_set(0..DOCUMENTS, 0..2);
    let claim = (
        prop::collection::btree_set(0..DOCUMENTS, 0..4),
        prop::collection::btree_set(0..CLAIMS, 0..2),
        prop::option::weighted(
            0.2,
            prop::sample::select(vec!["agency", "hidden", "c0", "c2"]),
        ),
        prop::sample::select(vec!["mayor", "mayor", "hidden", "insider"]),
    );
    let claim = claim.prop_map(|(documents, repeats, via, speaker)| Claim {
        // Few repeat anything.
        repeats: repeats
            .into_iter()
            .filter(|_| documents.len() < 2)
            .collect(),
        documents,
        via,
        speaker,
    });
    (
        published,
        prop::collection::vec(based_on, DOCUMENTS),
        prop::collection::vec(claim, CLAIMS),
        prop::option::of(1..=DAYS),
    )
        .prop_map(|(published, based_on, claims, as_of)| Reported {
            published,
            based_on,
            claims,
            as_of,
        })
        .prop_filter("few enough", |reported| {
            let each = reported.published.iter().flatten();
            each.map(|one| one.readings.len()).product::<usize>() <= 2_000
        })
}

fn dossier(reported: &Reported) -> Value {
    let ids = |of: &str, all: &BTreeSet<usize>| -> Vec<String> {
        all.iter().map(|nth| format!("{of}{nth}")).collect()
    };
    let documents = (0..DOCUMENTS).map(|nth| {
        let mut document = json!({
            "id": format!("d{nth}"), "title": "A report",
            "based_on": ids("d", &reported.based_on[nth]),
        });
        if let Some(published) = &reported.published[nth] {
            document["published"] = json!(published.edtf);
        }
        document
    });
    let claims = reported.claims.iter().enumerate().map(|(nth, one)| {
        let evidence = ids("d", &one.documents).into_iter();
        let evidence: Vec<Value> = evidence.map(|id| json!({"document": id})).collect();
        json!({
            "id": format!("c{nth}"), "speaker": [one.speaker], "content": "words", "about": ["t"],
            "stance": [{"toward": "t", "value": "supports"}],
            "evidence": evidence, "repeats": ids("c", &one.repeats),
            "via": one.via.iter().collect::<Vec<_>>(),
        })
    });
    let actor = |id: &str, unnamed: bool| json!({"id": id, "name": id, "kind": "person", "unnamed": unnamed});
    json!({
        "annals": 1, "topics": [{"id": "t", "label": "T"}],
        "actors": [actor("mayor", false), actor("agency", false), actor("hidden", true), actor("insider", true)],
        "documents": documents.collect::<Vec<_>>(), "claims": claims.collect::<Vec<_>>(),
    })
}

/// What each thing rests on, of those that are known.
fn rests(reported: &Reported, known: &dyn Fn(&str) -> bool) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for (nth, based_on) in reported.based_on.iter().enumerate() {
        let on = based_on.iter().map(|one| format!("d{one}"));
        all.insert(format!("d{nth}"), on.filter(|one| known(one)).collect());
    }
    for (nth, claim) in reported.claims.iter().enumerate() {
        let told = claim.repeats.iter().map(|one| format!("c{one}"));
        let is_claim = |one: &String| one.len() == 2;
        let via = || claim.via.map(str::to_owned).into_iter();
        let told = told.chain(via().filter(is_claim));
        let mut on: BTreeSet<String> = told.filter(|one| known(one)).collect();
        if on.is_empty() {
            on.extend(via().filter(|one| !is_claim(one)));
        }
        if on.is_empty() && claim.speaker != "mayor" {
            on.insert(claim.speaker.to_owned());
        }
        if on.is_empty() {
            let documents = claim.documents.iter().map(|one| format!("d{one}"));
            on.extend(documents.filter(|one| known(one)));
        }
        all.insert(format!("c{nth}"), on);
    }
    for source in ["agency", "hidden", "insider", "mayor"] {
        all.insert(source.to_owned(), BTreeSet::new());
    }
    all
}

fn reached(rests: &BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<String> {
    let mut found = rests[from].clone();
    loop {
        let more: BTreeSet<String> = found.iter().flat_map(|one| rests[one].clone()).collect();
        if more.is_subset(&found) {
            return found;
        }
        found.extend(more);
    }
}

/// The least and the most origins of some claims, going through every way in which documents can rest
/// on a source, or on the same as each other.
fn origins(rests: &BTreeMap<String, BTreeSet<String>>, claims: &[String]) -> [usize; 2] {
    let behind: BTreeSet<String> = claims
        .iter()
        .flat_map(|claim| reached(rests, claim).into_iter().chain([claim.clone()]))
        .collect();
    let ends = behind
        .iter()
        .filter(|one| rests[*one].is_empty() && !one.starts_with('c'));
    let (sources, documents): (Vec<&String>, Vec<&String>) =
        ends.partition(|one| *one == "hidden" || *one == "insider");
    let circles: BTreeSet<BTreeSet<String>> = behind
        .iter()
        .map(|one| (one, reached(rests, one)))
        .filter(|(one, all)| all.contains(*one))
        .filter(|(_, all)| all.iter().all(|other| reached(rests, other) == *all))
        .map(|(_, all)| all)
        .collect();
    let (least, most) = merged(documents.len(), sources.len(), &mut Vec::new());
    [least, most + circles.len()]
}

fn is_document(id: &str) -> bool {
    id.starts_with('d') && id.len() == 2
}

/// Each document rests on a source, or on what a group of documents rests on.
fn merged(documents: usize, sources: usize, chosen: &mut Vec<usize>) -> (usize, usize) {
    if chosen.len() == documents {
        let groups: BTreeSet<&usize> = chosen.iter().filter(|one| **one >= sources).collect();
        let count = sources + groups.len();
        return (count, count);
    }
    let ways = (0..sources + documents).map(|way| {
        chosen.push(way);
        let counts = merged(documents, sources, chosen);
        chosen.pop();
        counts
    });
    let all: Vec<_> = ways.collect();
    let least = all.iter().map(|one| one.0).min().unwrap();
    (least, all.iter().map(|one| one.1).max().unwrap())
}

/// The ranges of each claim and of the position, over all completions.
fn brute_force(reported: &Reported) -> BTreeMap<String, [usize; 2]> {
    let mut found: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let dated: Vec<&Drawn> = reported.published.iter().flatten().collect();
    each_completion(&dated, &mut |days| {
        let mut days = days.iter();
        let published: Vec<Option<i32>> = (reported.published.iter())
            .map(|one| one.as_ref().map(|_| days.next().unwrap().0))
            .collect();
        let is_there = |nth: usize| {
            let both = published[nth].zip(reported.as_of);
            both.is_none_or(|(day, as_of)| day <= as_of)
        };
        let known = |id: &str| {
            let nth = || id[1..].parse::<usize>().unwrap();
            if is_document(id) {
                return is_there(nth());
            }
            if !id.starts_with('c') {
                return true;
            }
            let mut dated = reported.claims[nth()].documents.iter();
            let mut dated = dated
                .by_ref()
                .filter(|one| published[**one].is_some())
                .peekable();
            dated.peek().is_none() || dated.any(|one| is_there(*one))
        };
        let rests = rests(reported, &known);
        let claims: Vec<String> = (0..CLAIMS).map(|nth| format!("c{nth}")).collect();
        let claims: Vec<String> = claims.into_iter().filter(|one| known(one)).collect();
        let mut add = |id: String, claims: &[String]| {
            let [least, most] = origins(&rests, claims);
            let known = found.entry(id).or_insert([least, most]);
            *known = [known[0].min(least), known[1].max(most)];
        };
        for claim in &claims {
            add(claim.clone(), std::slice::from_ref(claim));
        }
        for speaker in ["mayor", "hidden", "insider"] {
            let by = |id: &&String| {
                reported.claims[id[1..].parse::<usize>().unwrap()].speaker == speaker
            };
            let own: Vec<String> = claims.iter().filter(by).cloned().collect();
            if !own.is_empty() {
                add(speaker.to_owned(), &own);
            }
        }
    });
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases() / 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_how_many_origins_it_rests(reported in reported()) {
        let json = dossier(&reported);
        let loaded = super::facts(&json);
        let asked = Query { as_of: reported.as_of.map(date), ..Query::default() };
        let selection = asked.resolve(&loaded.facts).unwrap();
        let dossier = Dossier::with(&loaded, &selection.validity);
        let mut found = BTreeMap::new();
        for of in [VoicesOf::Claims, VoicesOf::Positions] {
            let all = voices(&dossier, &selection, of);
            for one in &all.found {
                let row = voiced(&dossier, &all.web, one);
                let id = match (&row.claim, &row.position) {
                    (Some(claim), None) => claim.id.clone(),
                    (None, Some(held)) => held.speaker.id.clone(),
                    _ => panic!("one of the two"),
                };
                for shared in &row.shared {
                    prop_assert!(shared.documents.len() > 1);
                }
                prop_assert!(found.insert(id, row.origins).is_none(), "each once");
            }
        }
        prop_assert_eq!(found, brute_force(&reported), "{:#}", json);
    }
}
