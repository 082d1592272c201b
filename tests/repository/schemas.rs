//! Every JSON answer, and the shipped facts, against their schemas. The schemas allow no key that they do not name.

use std::collections::BTreeSet;
use std::process::Command;

use annals::load::{Request, Source, fields_of, load};
use annals::model::{RecordKind, Vocabulary as _};
use annals::schema;
use serde_json::{Map, Value, json};

use crate::common::json_schema;

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
    json_schema::faults(&schema::by_name(name).unwrap(), value)
}

fn holds(name: &str, value: &Value) {
    let faults = faults(name, value);
    assert!(faults.is_empty(), "{name}: {}", faults.join("\n"));
}

/// Each is the name of a schema, and the command whose answer is as it says. `.ci/check_schema.py` asks them too.
const QUESTIONS: &str = include_str!("questions.json");

#[test]
fn every_answer_is_as_its_schema_says() {
    let questions: Vec<Vec<String>> = serde_json::from_str(QUESTIONS).unwrap();
    let mut asked: BTreeSet<&str> = BTreeSet::new();
    for question in &questions {
        let (name, arguments) = question.split_first().unwrap();
        asked.insert(name);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        holds(name, &answer(&arguments));
    }
    // Facts, one record and receipts have tests of their own.
    asked.extend(["facts", "show", "receipt", "verify"]);
    assert_eq!(asked, schema::names().collect());
}

#[test]
fn a_receipt_and_what_became_of_it_are_as_their_schemas_say() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("said.receipt.json");
    let file = file.to_str().unwrap();
    answer(&["said", "data", "-q", "-f", "json", "--receipt", file]);
    let receipt = std::fs::read_to_string(file).unwrap();
    holds("receipt", &serde_json::from_str(&receipt).unwrap());
    holds("verify", &answer(&["verify", file, "-q", "-f", "json"]));
    // What it names is no more, wherever it is asked from.
    let changed = receipt.replace("data/", "tests/");
    std::fs::write(file, changed).unwrap();
    let verified = answer(&["verify", file, "-q", "-f", "json"]);
    assert_ne!(verified["data"], json!([]));
    holds("verify", &verified);
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

/// Where in a document a passage stands is read in every spelling, shown with the passage, and comes
/// back from an export of facts and from a snapshot.
#[test]
fn the_page_of_a_passage_is_kept_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let lines = concat!(
        r#"{"annals":1}"#,
        "\n",
        r#"{"type":"document","id":"book","title":"A book"}"#,
        "\n",
        r#"{"type":"actor","id":"lind","name":"Ada Lind","kind":"person"}"#,
        "\n",
        r#"{"type":"claim","id":"c1","speaker":"lind","said":"2021","content":"So it is.","evidence":[{"document":"book","quote":"so it is","page":"iv"},{"document":"book","page":12}]}"#,
        "\n",
    );
    std::fs::write(path("a.jsonl"), lines).unwrap();
    let pages = |said: &Value| -> Vec<Value> {
        let rows = said["data"][0]["evidence"].as_array().unwrap();
        rows.iter().map(|row| row["page"].clone()).collect()
    };
    let said = answer(&["said", &path("a.jsonl"), "-q", "-f", "json"]);
    assert_eq!(pages(&said), ["iv", "12"]);
    holds("said", &said);
    let shown = answer(&["show", "c1", &path("a.jsonl"), "-q", "-f", "json"]);
    holds("show", &shown);
    assert!(shown.to_string().contains(r#""page":"iv""#), "{shown}");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_annals"))
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let text = run(&["show", "c1", &path("a.jsonl"), "-q"]);
    assert!(text.contains("Found in A book · page iv"), "{text}");

    for name in ["again.yaml", "again.json", "again.jsonl"] {
        let (from, to) = (path("a.jsonl"), path(name));
        run(&["export", &from, "--format", "facts", "-o", &to, "-q"]);
        let again = answer(&["said", &to, "-q", "-f", "json"]);
        assert_eq!(pages(&again), ["iv", "12"], "{name}");
    }
    let whole: Value =
        serde_json::from_str(&std::fs::read_to_string(path("again.json")).unwrap()).unwrap();
    holds("facts", &whole);

    run(&["build", &path("a.jsonl"), "-o", &path("kept.annals"), "-q"]);
    let kept = answer(&["said", &path("kept.annals"), "-q", "-f", "json"]);
    assert_eq!(kept["data"], said["data"]);
    let given_back = answer(&[
        "said",
        &path("kept.annals"),
        "--by",
        "Lind",
        "-q",
        "-f",
        "json",
    ]);
    assert_eq!(pages(&given_back), ["iv", "12"]);

    std::fs::create_dir(path("tables")).unwrap();
    std::fs::write(path("tables/documents.csv"), "id,title\nbook,A book\n").unwrap();
    std::fs::write(
        path("tables/claims.csv"),
        "id,speaker,evidence.document,evidence.page,evidence.2.document,evidence.2.page\n\
         c1,,book,12-13,book,7\n",
    )
    .unwrap();
    let tables = answer(&["said", &path("tables"), "-q", "-f", "json"]);
    assert_eq!(pages(&tables), ["12-13", "7"]);

    // Whatever a passage is called by, a copy without names does not say where it stands.
    let hidden = run(&[
        "export",
        &path("a.jsonl"),
        "--format",
        "facts",
        "--anonymise",
        "-o",
        &path("hidden.jsonl"),
        "-q",
    ]);
    assert!(hidden.is_empty());
    assert!(
        !std::fs::read_to_string(path("hidden.jsonl"))
            .unwrap()
            .contains("page")
    );
}
