//! A dossier of 300 records with 60 planted faults of all kinds: all 60 are found in one run, each at
//! its record, and nothing beside them.

use std::collections::BTreeMap;
use std::fs;

use annals::check::{Policy, check};
use annals::finding::Severity;
use annals::load::{Request, Source, load};
use serde_json::{Value, json};

const TEXT: &str =
    "The mole stands. The mole was surveyed in spring. Nobody asked the fishers. The mole stands.";

/// 300 records without a fault, as JSON Lines.
fn sound() -> Vec<Value> {
    let mut all = Vec::new();
    for n in 0..10 {
        all.push(json!({"type": "document", "id": format!("d{n}"), "title": format!("Report {n}"), "published": format!("2021-06-{:02}", n + 10), "text": "report.txt"}));
    }
    for n in 0..40 {
        let kind = if n < 30 { "person" } else { "organization" };
        all.push(json!({"type": "actor", "id": format!("a{n}"), "name": format!("Actor {n}"), "kind": kind, "lifespan": "1960/.."}));
    }
    for n in 0..20 {
        all.push(json!({"type": "topic", "id": format!("t{n}"), "label": format!("Topic {n}")}));
    }
    for n in 0..50 {
        all.push(json!({"type": "event", "id": format!("e{n}"), "label": format!("Event {n}"), "when": "2021-05-04", "weekday": "Tuesday", "status": "occurred", "participants": [{"actor": format!("a{}", n % 30)}], "evidence": [{"document": format!("d{}", n % 10)}]}));
    }
    for n in 0..120 {
        all.push(json!({"type": "claim", "id": format!("c{n}"), "speaker": [format!("a{}", n % 30)], "about": [format!("t{}", n % 20)], "said": "2021-05-05", "content": format!("Words {n}"), "evidence": [{"document": format!("d{}", n % 10), "quote": "Nobody asked the fishers."}]}));
    }
    for n in 0..40 {
        all.push(json!({"type": "relation", "id": format!("r{n}"), "from": format!("a{}", n % 30), "kind": "member_of", "to": format!("a{}", 30 + n % 10), "when": "2000/.."}));
    }
    for n in 0..20 {
        all.push(json!({"type": "order", "id": format!("o{n}"), "first": format!("e{}", 30 + n % 10), "relation": ["equals"], "second": format!("e{}", 40 + n % 10)}));
    }
    assert_eq!(all.len(), 300);
    all
}

/// The faults: at which record, which field becomes what, and the code that is to be found there.
fn faults() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    vec![
        ("d0", "titel", json!("twice"), "AN010"),
        ("a0", "nationality", json!("x"), "AN010"),
        ("t0", "lable", json!("x"), "AN010"),
        ("e0", "plaec", json!("x"), "AN010"),
        ("c0", "spaeker", json!("x"), "AN010"),
        ("r0", "rol", json!("x"), "AN010"),
        ("a1", "aliases", json!({"a": 1}), "AN012"),
        ("c1", "said", json!(["2021"]), "AN012"),
        ("e1", "participants", json!([17]), "AN012"),
        ("a2", "name", Value::Null, "AN013"),
        ("t1", "label", Value::Null, "AN013"),
        ("r1", "to", Value::Null, "AN013"),
        ("c2", "speaker", Value::Null, "AN013"),
        ("a3", "kind", json!("human"), "AN014"),
        ("c3", "act", json!("shouts"), "AN014"),
        ("c4", "mode", json!("loud"), "AN014"),
        ("e2", "status", json!("done"), "AN014"),
        ("r2", "kind", json!("membr_of"), "AN015"),
        ("r3", "kind", json!("drinks_with"), "AN015"),
        ("d1", "published", json!("June 2021"), "AN016"),
        ("a4", "lifespan", json!("1960/1950"), "AN016"),
        ("e3", "when", json!("2021-13-01"), "AN016"),
        ("c5", "said", json!("2021-02-30"), "AN016"),
        ("c6", "recorded", json!("yesterday"), "AN016"),
        ("r4", "when", json!("2000-2010"), "AN016"),
        ("o0", "by", json!("14 months"), "AN017"),
        ("c7", "confidence", json!(7), "AN018"),
        ("c8", "confidence", json!(-1), "AN018"),
        ("c9", "id", json!("c10"), "AN101"),
        ("r6", "id", json!("r7"), "AN101"),
        ("c11", "speaker", json!(["a333"]), "AN102"),
        ("c12", "about", json!(["mole"]), "AN102"),
        ("c13", "at", json!("session"), "AN102"),
        ("e4", "part_of", json!("war"), "AN102"),
        ("r5", "from", json!("nobody"), "AN102"),
        ("o1", "second", json!("elsewhere"), "AN102"),
        ("c14", "speaker", json!(["t5"]), "AN103"),
        ("c15", "at", json!("a5"), "AN103"),
        ("e5", "place", json!("d5"), "AN103"),
        ("e6", "part_of", json!("e6"), "AN104"),
        ("c16", "repeats", json!(["c16"]), "AN104"),
        ("e7", "causes", json!(["e8"]), "AN105"),
        ("e8", "causes", json!(["e7"]), ""),
        (
            "c17",
            "evidence",
            json!([{"document": "d2", "quote": "Nobody asked the farmers."}]),
            "AN125",
        ),
        (
            "c18",
            "evidence",
            json!([{"document": "d3", "quote": "The pier stands."}]),
            "AN125",
        ),
        ("c19", "quote", json!("the fishermen"), "AN125"),
        (
            "c20",
            "evidence",
            json!([{"document": "d4", "quote": "The mole stands."}]),
            "AN126",
        ),
        (
            "c21",
            "evidence",
            json!([{"document": "d5", "quote": "The mole stands.", "spans": [[900, 916]]}]),
            "AN128",
        ),
        (
            "c22",
            "evidence",
            json!([{"document": "d6", "quote": "The mole stands.", "spans": [[1, 17]]}]),
            "AN127",
        ),
        ("c23", "said", json!("1950"), "AN301"),
        ("a6", "lifespan", json!("1960/2010"), ""),
        ("c36", "said", json!("2011-05-05"), "AN302"),
        ("a7", "lifespan", json!("1860/.."), ""),
        ("c24", "as", json!("r25"), "AN305"),
        ("r24", "when", json!("2000/2010"), ""),
        ("c54", "as", json!("r24"), "AN305"),
        ("e10", "when", json!("2021-05-05"), "AN311"),
        ("e11", "weekday", json!("on a Friday"), "AN311"),
        ("c26", "said", json!("2021-07-05"), "AN312"),
        ("e12", "when", json!("2021-07-06"), "AN313"),
        ("c28", "content", json!("Words 58!"), "AN324"),
        (
            "c29",
            "ignore",
            json!([{"code": "AN311", "reason": "old style"}]),
            "AN106",
        ),
        (
            "c30",
            "ignore",
            json!([{"code": "AN999", "reason": "no such"}]),
            "AN106",
        ),
    ]
}

#[test]
fn sixty_faults_are_found_and_none_beside() {
    let mut records = sound();
    let faults = faults();
    let mut expected: Vec<(String, String)> = Vec::new();
    for (id, field, value, code) in &faults {
        let record = records
            .iter_mut()
            .find(|record| record["id"] == *id)
            .unwrap();
        record[*field] = value.clone();
        if !code.is_empty() {
            // Of two records with one id, that id is named.
            let named = if *field == "id" {
                value.as_str().unwrap()
            } else {
                id
            };
            expected.push(((*code).to_owned(), named.to_owned()));
        }
    }
    // Those of actor 6 and 7 whose lives were shortened or begun too early, and what fell out with them.
    settle(&mut records, &mut expected);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report.txt"), TEXT).unwrap();
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    fs::write(folder.path().join("facts.jsonl"), lines.join("\n") + "\n").unwrap();
    let loaded = load(&Request {
        facts: vec![Source::Path(folder.path().to_owned())],
        texts: Vec::new(),
    });
    let findings = check(&loaded, &Policy::default());
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let mut drawn = String::new();
    for finding in findings.iter().filter(|one| one.severity > Severity::Info) {
        *found.entry(finding.code.code).or_default() += 1;
        let ids: Vec<&str> = finding
            .records
            .iter()
            .map(|record| loaded.facts.id(*record))
            .collect();
        drawn.push_str(&format!(
            "{} {} [{}]\n",
            finding.code.code,
            finding.message,
            ids.join(" ")
        ));
    }
    let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
    for (code, _) in &expected {
        *wanted.entry(code).or_default() += 1;
    }
    assert_eq!(found, wanted, "\n{drawn}");
    assert_eq!(expected.len(), 60, "planted");
    for (code, id) in &expected {
        let named = drawn.lines().any(|line| {
            line.starts_with(code.as_str())
                && line
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| word == id)
        });
        assert!(named, "{code} does not name {id}:\n{drawn}");
    }
}

/// Takes the sound records of the actors whose lives were changed away from them, so that each
/// change plants one fault.
fn settle(records: &mut [Value], expected: &mut Vec<(String, String)>) {
    for record in records.iter_mut() {
        let id = record["id"].as_str().unwrap().to_owned();
        let planted = |code: &str| expected.iter().any(|(one, at)| one == code && *at == id);
        if planted("AN302") || planted("AN303") {
            continue;
        }
        for field in ["speaker", "participants", "from"] {
            let text = record[field].to_string();
            for (shortened, other) in [("\"a6\"", "\"a16\""), ("\"a7\"", "\"a17\"")] {
                if text.contains(shortened) {
                    record[field] = serde_json::from_str(&text.replace(shortened, other)).unwrap();
                }
            }
        }
    }
    // One claim of actor 7, born in 1860, is left.
    let claim = records
        .iter_mut()
        .find(|record| record["id"] == "c37")
        .unwrap();
    claim["speaker"] = json!(["a7"]);
    expected.push(("AN303".to_owned(), "c37".to_owned()));
}
