//! `--as-of`: asking as of a day equals asking the dossier as it was on that day.

use annals::query::said::said;
use annals::query::{Dossier, Query};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::drawn::DAYS;

fn day(n: i32) -> String {
    format!("2020-01-{n:02}")
}

#[derive(Debug, Clone)]
struct Entry {
    recorded: Option<i32>,
    documents: Vec<usize>,
    retracted: Option<i32>,
}

#[derive(Debug, Clone)]
struct Replay {
    /// When each document was published, if that is known.
    published: Vec<Option<i32>>,
    claims: Vec<Entry>,
}

fn replay() -> impl Strategy<Value = Replay> {
    let published = prop::collection::vec(prop::option::weighted(0.8, 1..=DAYS), 3);
    let documents = prop::collection::btree_set(0..3_usize, 0..3);
    let entry = (
        prop::option::of(1..=DAYS),
        documents,
        prop::option::weighted(0.4, 1..=DAYS),
    );
    let claims = prop::collection::vec(
        entry.prop_map(|(recorded, documents, retracted)| Entry {
            recorded,
            documents: documents.into_iter().collect(),
            retracted,
        }),
        1..6,
    );
    (published, claims).prop_map(|(published, claims)| Replay { published, claims })
}

/// The dossier as it stood at the end of a day; without a day, as it stands now.
fn dossier(replay: &Replay, on: Option<i32>) -> Value {
    let by = |what: Option<i32>| what.is_none_or(|n| on.is_none_or(|on| n <= on));
    let known = |nth: &usize| by(replay.published[*nth]);
    let documents = (0..3_usize).filter(known).map(|nth| {
        let mut document = json!({"id": format!("d{nth}"), "title": "A report"});
        if let Some(n) = replay.published[nth] {
            document["published"] = json!(day(n));
        }
        document
    });
    let mut claims = Vec::new();
    for (nth, entry) in replay.claims.iter().enumerate() {
        let first = entry
            .documents
            .iter()
            .filter_map(|nth| replay.published[*nth])
            .min();
        if !by(entry.recorded.or(first)) {
            continue;
        }
        let evidence = entry.documents.iter().filter(|nth| known(nth));
        let mut claim = json!({
            "id": format!("c{nth}"), "speaker": ["a"], "content": "words",
            "evidence": evidence.map(|nth| json!({"document": format!("d{nth}")})).collect::<Vec<_>>(),
        });
        if let Some(n) = entry.recorded {
            claim["recorded"] = json!(day(n));
        }
        if let Some(n) = entry.retracted.filter(|n| by(Some(*n))) {
            claim["retracted"] = json!({"on": day(n), "reason": "mistaken"});
        }
        claims.push(claim);
    }
    let actors = json!([{"id": "a", "name": "A", "kind": "person"}]);
    json!({"annals": 1, "documents": documents.collect::<Vec<_>>(), "actors": actors, "claims": claims})
}

fn rows(json: &Value, asked: &Query) -> Vec<Value> {
    let loaded = super::facts(json);
    let selection = asked.resolve(&loaded.facts).unwrap();
    let rows = said(&Dossier::with(&loaded, &selection.validity), &selection);
    let row = |row| {
        let mut row = serde_json::to_value(row).unwrap();
        row.as_object_mut().unwrap().remove("source");
        row
    };
    rows.into_iter().map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases() / 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn as_of_a_day_is_the_dossier_of_that_day(replay in replay(), retracted in any::<bool>()) {
        let now = dossier(&replay, None);
        for on in 0..=DAYS {
            let as_of = if on == 0 { "2019-12-31".to_owned() } else { day(on) };
            let asked = Query {
                as_of: annals::time::Date::parse(&as_of).ok(),
                retracted,
                ..Query::default()
            };
            let then = Query { retracted, ..Query::default() };
            prop_assert_eq!(rows(&now, &asked), rows(&dossier(&replay, Some(on)), &then), "as of {}", as_of);
        }
    }
}
