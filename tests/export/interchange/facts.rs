//! A selection as a fact file, in each spelling.

use std::collections::BTreeSet;

use annals::load::LoadResult;
use annals::model::RecordRef;
use proptest::prelude::*;
use serde_json::Value;

use super::drawn::dossier;
use super::{export, read, read_beside, read_files};

/// The graph of all that is in force, without where the facts stand.
fn graph(loaded: &LoadResult) -> Value {
    let bytes = export(loaded, "json", None, None);
    let mut graph: Value = serde_json::from_slice(&bytes).unwrap();
    for node in graph["nodes"].as_array_mut().unwrap() {
        node.as_object_mut().unwrap().remove("source");
    }
    for edge in graph["edges"].as_array_mut().unwrap() {
        edge.as_object_mut().unwrap().remove("origin");
    }
    graph
}

/// The records as the format writes them, each with the name it goes by.
fn written(loaded: &LoadResult, records: impl Iterator<Item = RecordRef>) -> Vec<(String, Value)> {
    let facts = &loaded.facts;
    let each = records.map(|record| {
        let mut fields = facts.written(record);
        fields.shift_remove("id");
        (facts.id(record).to_owned(), Value::Object(fields))
    });
    each.collect()
}

/// In a folder that is not above the texts, so that their paths stay as they were.
const SPELLINGS: [&str; 3] = [
    "elsewhere/again.yaml",
    "elsewhere/again.json",
    "elsewhere/again.jsonl",
];

/// Written in each spelling and read again, the graph is equal, and so is each record.
fn comes_back(loaded: &LoadResult) -> Result<(), TestCaseError> {
    for spelling in SPELLINGS {
        let bytes = export(loaded, "facts", Some(spelling), None);
        let again = read_beside(spelling, &bytes, &["data/harbour", "data/kyiv"]);
        let shown = String::from_utf8_lossy(&bytes);
        prop_assert!(!again.stopped, "{spelling} cannot be read:\n{shown}");
        let (before, after) = (graph(loaded), graph(&again));
        for part in ["nodes", "edges"] {
            let [before, after] = [&before, &after].map(|graph| graph[part].as_array().unwrap());
            for (before, after) in before.iter().zip(after) {
                prop_assert_eq!(before, after, "{}", shown);
            }
            prop_assert_eq!(before.len(), after.len(), "{}", shown);
        }
        // A retracted record that something in force refers to comes along.
        let there = again.facts.records().map(|record| again.facts.id(record));
        let there: BTreeSet<&str> = there.collect();
        let facts = &loaded.facts;
        let first = facts
            .records()
            .filter(|record| there.contains(facts.id(*record)));
        prop_assert_eq!(
            written(loaded, first),
            written(&again, again.facts.records()),
            "{}",
            shown
        );
        prop_assert_eq!(&bytes, &export(&again, "facts", Some(spelling), None));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_dossier_comes_back_equal(lines in dossier()) {
        let loaded = read("drawn.jsonl", lines.as_bytes());
        prop_assert_eq!(loaded.facts.len(), 24);
        comes_back(&loaded)?;
    }

    #[test]
    fn any_part_leads_nowhere_else(lines in dossier(), chosen in prop::collection::btree_set(0..24_usize, 1..5)) {
        let loaded = read("drawn.jsonl", lines.as_bytes());
        let all: Vec<RecordRef> = loaded.facts.records().collect();
        let selected: BTreeSet<RecordRef> = chosen.iter().map(|nth| all[*nth]).collect();
        let bytes = export(&loaded, "facts", Some("part.yaml"), Some(selected.clone()));
        let again = read("part.yaml", &bytes);
        // What the first facts leave unknown was left out; nothing is unknown now.
        prop_assert!(again.findings.iter().all(|one| one.code.code != "AN102"), "{}", String::from_utf8_lossy(&bytes));
        for record in &selected {
            let name = loaded.facts.id(*record);
            let found = again.facts.find(name);
            prop_assert!(found.is_some(), "{name} is not there");
            prop_assert_eq!(
                written(&loaded, [*record].into_iter()),
                written(&again, found.into_iter())
            );
        }
    }
}

#[test]
fn the_shipped_dossiers_come_back_equal() {
    for folder in [
        "data/kyiv",
        "data/harbour",
        "data",
        "tests/fixtures/names.yaml",
    ] {
        let loaded = read_files(&[folder]);
        assert!(loaded.facts.len() > 5, "{folder}");
        comes_back(&loaded).unwrap();
    }
}

#[test]
fn a_file_may_be_called_anything() {
    let lines = "{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\",\"kind\":\"person\"}\n\
        {\"type\":\"claim\",\"speaker\":\"a\",\"content\":\"one\"}\n\
        {\"type\":\"claim\",\"speaker\":\"a\",\"content\":\"two\",\"responds_to\":\" odd\\n.jsonl#claims/1\"}\n";
    let loaded = read(" odd\n.jsonl", lines.as_bytes());
    for spelling in SPELLINGS {
        let again = read(spelling, &export(&loaded, "facts", Some(spelling), None));
        assert!(
            again
                .findings
                .iter()
                .all(|one| !["AN019", "AN101", "AN102"].contains(&one.code.code)),
            "{:?}",
            again.findings
        );
        let two = again.facts.find("claims/2").unwrap();
        assert_eq!(again.facts.written(two)["responds_to"][0], "claims/1");
    }
}

#[test]
fn one_record_called_as_the_place_of_another_keeps_its_name() {
    let lines = "{\"type\":\"claim\",\"speaker\":[],\"content\":\"one\"}\n\
        {\"type\":\"claim\",\"id\":\"f.jsonl#claims/1\",\"speaker\":[],\"content\":\"two\"}\n";
    let loaded = read("f.jsonl", lines.as_bytes());
    let again = read("g.yaml", &export(&loaded, "facts", Some("g.yaml"), None));
    let contents: BTreeSet<String> = (again.facts.records())
        .map(|record| {
            again.facts.written(record)["content"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(
        contents,
        BTreeSet::from(["one".to_owned(), "two".to_owned()])
    );
    assert!(again.findings.iter().all(|one| one.code.code != "AN101"));
}

#[test]
fn what_is_nested_too_deep_for_a_spelling_is_refused_not_spoilt() {
    let deep = |depth: usize| {
        let value = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        let line =
            format!("{{\"type\":\"claim\",\"id\":\"c\",\"speaker\":[],\"x_deep\":{value}}}\n");
        let loaded = read("f.jsonl", line.as_bytes());
        assert!(!loaded.facts.written(loaded.facts.find("c").unwrap())["x_deep"].is_null());
        loaded
    };
    for (depth, spelling) in [(124, "g.yaml"), (125, "g.json"), (126, "g.jsonl")] {
        let loaded = deep(depth);
        let again = read(spelling, &export(&loaded, "facts", Some(spelling), None));
        let all = |loaded: &LoadResult| written(loaded, loaded.facts.records());
        assert_eq!(all(&loaded), all(&again), "{spelling}");
    }
    let loaded = deep(126);
    let options = annals::export::Options {
        file: Some("g.yaml".into()),
        ..annals::export::Options::default()
    };
    let refused = super::stream(annals::export::by_name("facts").unwrap())(
        &annals::query::Dossier::new(&loaded),
        &annals::graph::View::of_all(&loaded.facts),
        &options,
        &mut Vec::new(),
    );
    let words = refused.unwrap_err().to_string();
    assert!(
        words.contains("x_deep of claim c is nested deeper"),
        "{words}"
    );
}

#[test]
fn texts_are_found_from_where_the_file_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let sub = folder.path().join("facts/texts");
    std::fs::create_dir_all(&sub).unwrap();
    std::fs::write(sub.join("minutes.txt"), "The work must begin.").unwrap();
    let facts = "annals: 1\ndocuments:\n  - {id: d, title: Minutes, text: texts/minutes.txt}\n";
    let file = folder.path().join("facts/f.yaml");
    std::fs::write(&file, facts).unwrap();
    let loaded = read_files(&[file.to_str().unwrap()]);
    let text_of = |out: &str| {
        let out = folder.path().join(out);
        let bytes = export(&loaded, "facts", Some(out.to_str().unwrap()), None);
        let again = read("again.yaml", &bytes);
        let document = again.facts.find("d").unwrap();
        again.facts.written(document)["text"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(text_of("all.yaml"), "facts/texts/minutes.txt");
    assert_eq!(text_of("facts/other.yaml"), "texts/minutes.txt");
    assert_eq!(text_of("facts/texts/beside.yaml"), "minutes.txt");
    // Not below: as it was written.
    assert_eq!(text_of("elsewhere/all.yaml"), "texts/minutes.txt");
}
