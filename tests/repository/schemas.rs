//! Every JSON answer, and the shipped facts, against their schemas, by a validator that is not ours.
//! The schemas allow no key that they do not name.

use std::collections::BTreeSet;
use std::process::Command;

use annals::load::{Request, Source, fields_of, load};
use annals::model::{RecordKind, Vocabulary as _};
use annals::schema;
use serde_json::{Map, Value, json};

fn answer(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(arguments)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(&printed)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {printed:?}"))
}

fn faults(name: &str, value: &Value) -> Vec<String> {
    let schema = schema::by_name(name).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path))
        .collect()
}

fn holds(name: &str, value: &Value) {
    let faults = faults(name, value);
    assert!(faults.is_empty(), "{name}: {}", faults.join("\n"));
}

#[test]
fn every_answer_is_as_its_schema_says() {
    let questions: &[(&str, &[&str])] = &[
        ("said", &["said", "data"]),
        ("said", &["said", "data", "--retracted"]),
        (
            "said",
            &[
                "said",
                "data",
                "--by",
                "Russia",
                "--by",
                "Tidewright",
                "--rollup",
            ],
        ),
        ("said", &["said", "data", "--as-of", "2021-10"]),
        ("timeline", &["timeline", "data", "--retracted"]),
        (
            "timeline",
            &["timeline", "data", "--by", "NATO", "--rollup"],
        ),
        ("positions", &["positions", "data"]),
        (
            "positions",
            &["positions", "data", "--by", "Town of Skerrow", "--rollup"],
        ),
        ("positions", &["positions", "data", "--contradictions"]),
        (
            "path",
            &["path", "Putin", "Stoltenberg", "data", "--in-time"],
        ),
        ("path", &["path", "Putin", "Solvang", "data"]),
        (
            "graph",
            &["subgraph", "data", "--around", "NATO", "--hops", "2"],
        ),
        ("graph", &["export", "data", "--format", "json"]),
        (
            "graph",
            &["export", "data", "--format", "json", "--merge-edges"],
        ),
        ("dates", &["dates", "data"]),
        ("dates", &["dates", "data", "--changed"]),
        ("why", &["dates", "data", "--why", "counteroffensive"]),
        ("order", &["order", "invasion", "visit", "data"]),
        ("check", &["check", "data"]),
        ("check", &["check", "tests/fixtures/faulty.yaml"]),
    ];
    for (name, arguments) in questions {
        let mut arguments = arguments.to_vec();
        if arguments[0] != "export" {
            arguments.extend(["-f", "json", "-q"]);
        }
        holds(name, &answer(&arguments));
    }
}

#[test]
fn what_is_shown_of_every_record_is_as_its_schema_says() {
    let loaded = load(&Request {
        facts: vec![Source::Path("data".into())],
        texts: Vec::new(),
    });
    let mut shown = BTreeSet::new();
    for record in loaded.facts.records() {
        // One in five of each kind: each is a run of the program.
        if shown.insert(record.kind()) || loaded.facts.id(record).len().is_multiple_of(5) {
            let id = loaded.facts.id(record);
            holds("show", &answer(&["show", id, "data", "-q", "-f", "json"]));
        }
    }
    assert_eq!(shown.len(), RecordKind::ALL.len(), "every kind is shown");
}

#[test]
fn an_answer_with_a_key_too_many_does_not_pass() {
    let mut said = answer(&["said", "data", "-q", "-f", "json", "--limit", "1"]);
    said["data"][0]["weather"] = json!("fine");
    assert_eq!(faults("said", &said).len(), 1);
}

/// Facts as one JSON object, in the long form.
fn written(folder: &str) -> Value {
    let loaded = load(&Request {
        facts: vec![Source::Path(folder.into())],
        texts: Vec::new(),
    });
    let mut dossier = Map::from_iter([("annals".to_owned(), json!(1))]);
    for kind in RecordKind::ALL {
        let records = loaded
            .facts
            .records()
            .filter(|record| record.kind() == *kind);
        let records: Vec<Value> = records
            .map(|record| Value::Object(loaded.facts.written(record)))
            .collect();
        dossier.insert(kind.plural().to_owned(), Value::Array(records));
    }
    Value::Object(dossier)
}

#[test]
fn the_shipped_facts_are_as_their_schema_says() {
    for folder in ["data/kyiv", "data/harbour"] {
        holds("facts", &written(folder));
    }
    let archive = std::fs::read_to_string("data/harbour/archive.json").unwrap();
    holds("facts", &serde_json::from_str(&archive).unwrap());
    for line in std::fs::read_to_string("data/harbour/claims.jsonl")
        .unwrap()
        .lines()
    {
        let mut record: Map<String, Value> = serde_json::from_str(line).unwrap();
        if let Some(kind) = record.shift_remove("type") {
            let kind = RecordKind::parse(kind.as_str().unwrap()).unwrap();
            holds("facts", &json!({"annals": 1, kind.plural(): [record]}));
        }
    }
    for wrong in [
        json!({"annals": 2}),
        json!({"actors": [{"name": "Nobody"}]}),
        json!({"claims": [{"speaker": "a", "sayd": "2021"}]}),
        json!({"claims": [{"speaker": "a", "stance": "likes"}]}),
    ] {
        assert!(!faults("facts", &wrong).is_empty(), "{wrong} passes");
    }
}

#[test]
fn the_schema_of_facts_has_the_fields_that_are_read() {
    let schema = schema::by_name("facts").unwrap();
    for kind in RecordKind::ALL {
        let named = schema["$defs"][kind.word()]["properties"]
            .as_object()
            .unwrap();
        let named: BTreeSet<&str> = named.keys().map(String::as_str).collect();
        assert_eq!(named, fields_of(*kind).collect(), "{kind}");
    }
}

#[test]
fn a_new_dossier_is_without_a_finding_and_as_its_schema_says() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_annals"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    assert!(run(&["init", "harbour"]).status.success());
    let checked = run(&["check", "harbour", "-v"]);
    let said = String::from_utf8_lossy(&checked.stderr);
    assert_eq!(
        said,
        "annals: no findings in 11 records\n",
        "{}",
        String::from_utf8_lossy(&checked.stdout)
    );
    holds(
        "facts",
        &written(folder.path().join("harbour").to_str().unwrap()),
    );
    let kept =
        std::fs::read_to_string(folder.path().join("harbour/.annals/facts.schema.json")).unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept, schema::by_name("facts").unwrap());
    // A folder with something in it is nobody's to fill.
    assert_eq!(run(&["init", "harbour"]).status.code(), Some(2));
}
