//! Properties of reading and writing: what is written is read back as it was; three spellings say
//! the same; neither the order of files nor how facts are split over them changes an answer.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use annals::load::{LoadResult, Request, Source, load};
use annals::model::{RecordKind, RecordRef, Vocabulary as _};
use annals::query::said::said;
use annals::query::{Dossier, Query};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const DATES: &[&str] = &[
    "2023-04-20",
    "2023-04",
    "2023",
    "1880~",
    "1997-06-XX",
    "2022-02-24/..",
    "../1811",
    "/2021-09-30",
    "2021-05-04T10:00:00Z",
    "[1667,1672]",
    "2001-21",
    "Y-18000",
    "../..",
    "2004-06-11%",
];

/// Texts that are hard on quoting: quotes, colons, hashes, other scripts, breaks.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zé漢🙂'\": #&*!|>%@`,\\[\\]{}?-]{1,24}",
        Just("no".to_owned()),
        Just("012".to_owned()),
        Just("null".to_owned()),
        Just("a\nb\ttab".to_owned()),
        Just("عربى \u{202e}x".to_owned()),
    ]
    .prop_filter("a text says something", |text| !text.trim().is_empty())
}

fn date() -> impl Strategy<Value = Value> {
    let one = prop::sample::select(DATES);
    prop_oneof![
        4 => one.prop_map(|date| json!(date)),
        1 => words().prop_map(|display| json!({"edtf": "1643-03-29", "calendar": "julian", "display": display})),
    ]
}

fn maybe(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Option<Value>> {
    prop::option::of(value)
}

/// A record of some kind, with a part of its fields; ids are `a0`…, one series a kind.
#[allow(clippy::too_many_lines, reason = "a table, a line a field")]
fn record(kind: RecordKind, nth: usize) -> BoxedStrategy<Value> {
    let text = || words().prop_map(Value::String);
    let of = |prefix: &'static str| (0..3_usize).prop_map(move |n| json!(format!("{prefix}{n}")));
    let list = |prefix: &'static str| {
        prop::collection::btree_set(0..3_usize, 0..3).prop_map(move |set| {
            set.iter()
                .map(|n| json!(format!("{prefix}{n}")))
                .collect::<Value>()
        })
    };
    let evidence = prop::collection::vec(
        (of("d"), words())
            .prop_map(|(document, quote)| json!({"document": document, "quote": quote})),
        0..2,
    )
    .prop_map(Value::Array);
    let fields: Vec<(&'static str, BoxedStrategy<Option<Value>>)> = match kind {
        RecordKind::Document => vec![
            ("title", text().prop_map(Some).boxed()),
            ("published", maybe(date()).boxed()),
            (
                "author",
                maybe(prop::collection::vec(words(), 1..3).prop_map(|all| json!(all))).boxed(),
            ),
        ],
        RecordKind::Actor => vec![
            ("name", text().prop_map(Some).boxed()),
            ("kind", Just(Some(json!("person"))).boxed()),
            (
                "aliases",
                maybe(prop::collection::vec(words(), 1..3).prop_map(|all| json!(all))).boxed(),
            ),
            ("lifespan", maybe(date()).boxed()),
        ],
        RecordKind::Place => vec![
            ("name", text().prop_map(Some).boxed()),
            (
                "lat",
                maybe((-90..90_i32).prop_map(|n| json!(f64::from(n) + 0.5))).boxed(),
            ),
        ],
        RecordKind::Topic => vec![
            ("label", text().prop_map(Some).boxed()),
            ("about", maybe(list("e")).boxed()),
        ],
        RecordKind::Event => vec![
            ("label", text().prop_map(Some).boxed()),
            ("when", maybe(date()).boxed()),
            ("status", Just(Some(json!("scheduled"))).boxed()),
            (
                "participants",
                maybe(
                    (of("a"), words())
                        .prop_map(|(actor, role)| json!([{"actor": actor, "role": role}])),
                )
                .boxed(),
            ),
            ("place", maybe(of("p")).boxed()),
            ("evidence", evidence.prop_map(Some).boxed()),
        ],
        RecordKind::Claim => vec![
            ("speaker", list("a").prop_map(Some).boxed()),
            ("to", maybe(list("a")).boxed()),
            ("about", maybe(list("t")).boxed()),
            (
                "stance",
                maybe(of("t").prop_map(|toward| json!([{"toward": toward, "value": "opposes"}])))
                    .boxed(),
            ),
            ("act", maybe(Just(json!("denies"))).boxed()),
            ("quote", maybe(text()).boxed()),
            ("content", maybe(text()).boxed()),
            ("said", maybe(date()).boxed()),
            ("at", maybe(of("e")).boxed()),
            ("evidence", evidence.prop_map(Some).boxed()),
        ],
        RecordKind::Relation => vec![
            ("from", of("a").prop_map(Some).boxed()),
            ("kind", Just(Some(json!("represents"))).boxed()),
            ("to", of("a").prop_map(Some).boxed()),
            ("role", maybe(text()).boxed()),
            ("when", maybe(date()).boxed()),
        ],
        RecordKind::Order => vec![
            ("first", of("e").prop_map(Some).boxed()),
            ("relation", Just(Some(json!("before"))).boxed()),
            ("second", of("e").prop_map(Some).boxed()),
            ("by", maybe(Just(json!("P13M/P15M"))).boxed()),
        ],
    };
    let shared: Vec<(&'static str, BoxedStrategy<Option<Value>>)> = vec![
        ("note", maybe(text()).boxed()),
        (
            "tags",
            maybe(prop::collection::vec(words(), 1..3).prop_map(|all| json!(all))).boxed(),
        ),
        ("recorded", maybe(Just(json!("2024-01-01"))).boxed()),
        ("x_kept", maybe(text()).boxed()),
    ];
    let (names, values): (Vec<_>, Vec<_>) = fields.into_iter().chain(shared).unzip();
    let id = format!("{}{nth}", prefix(kind));
    values
        .prop_map(move |values| {
            let mut record = Map::from_iter([("id".to_owned(), json!(id))]);
            record.extend(
                (names.iter().zip(values))
                    .filter_map(|(name, value)| Some(((*name).to_owned(), value?))),
            );
            Value::Object(record)
        })
        .boxed()
}

fn prefix(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Document => "d",
        RecordKind::Actor => "a",
        RecordKind::Place => "p",
        RecordKind::Topic => "t",
        RecordKind::Event => "e",
        RecordKind::Claim => "c",
        RecordKind::Relation => "r",
        RecordKind::Order => "o",
    }
}

/// Three records of each kind.
fn dossier() -> impl Strategy<Value = Vec<(RecordKind, Value)>> {
    let one = |kind: RecordKind, nth| {
        record(kind, nth)
            .prop_map(move |value| (kind, value))
            .boxed()
    };
    let all: Vec<_> = RecordKind::ALL
        .iter()
        .flat_map(|kind| (0..3).map(move |nth| one(*kind, nth)))
        .collect();
    all
}

fn as_object(records: &[(RecordKind, Value)]) -> Value {
    let mut object = Map::from_iter([("annals".to_owned(), json!(1))]);
    for (kind, record) in records {
        let list = object.entry(kind.plural()).or_insert_with(|| json!([]));
        list.as_array_mut().unwrap().push(record.clone());
    }
    Value::Object(object)
}

fn as_lines(records: &[(RecordKind, Value)]) -> String {
    let line = |(kind, record): &(RecordKind, Value)| {
        let mut record = record.clone();
        record["type"] = json!(kind.word());
        format!("{record}\n")
    };
    records.iter().map(line).collect()
}

/// As a person writes it: block style; lists of one without brackets; texts in double quotes.
fn as_yaml(records: &[(RecordKind, Value)]) -> String {
    let mut file = "annals: 1\n".to_owned();
    for kind in RecordKind::ALL {
        file.push_str(&format!("{}:\n", kind.plural()));
        for (_, record) in records.iter().filter(|(of, _)| of == kind) {
            let mut dash = "  - ";
            for (name, value) in record.as_object().unwrap() {
                let value = match value {
                    Value::Array(items) if items.len() == 1 => &items[0],
                    other => other,
                };
                file.push_str(&format!("{dash}{name}: {value}\n"));
                dash = "    ";
            }
        }
    }
    file
}

fn load_all(folder: &Path, names: &[&str]) -> LoadResult {
    load(&Request {
        facts: names
            .iter()
            .map(|name| Source::Path(folder.join(name)))
            .collect(),
        texts: Vec::new(),
    })
}

fn written(loaded: &LoadResult) -> BTreeSet<String> {
    let facts = &loaded.facts;
    facts
        .records()
        .map(|record: RecordRef| Value::Object(facts.written(record)).to_string())
        .collect()
}

fn rows(loaded: &LoadResult) -> Vec<Value> {
    let dossier = Dossier::new(loaded);
    let all = Query::default().resolve(&loaded.facts).unwrap();
    let row = |row| {
        let mut row = serde_json::to_value(row).unwrap();
        row.as_object_mut().unwrap().remove("source");
        row
    };
    said(&dossier, &all).iter().map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn three_spellings_and_what_is_written_say_the_same(records in dossier()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::write(path.join("f.json"), as_object(&records).to_string()).unwrap();
        fs::write(path.join("f.jsonl"), as_lines(&records)).unwrap();
        fs::write(path.join("f.yaml"), as_yaml(&records)).unwrap();
        let json = load_all(path, &["f.json"]);
        let lines = load_all(path, &["f.jsonl"]);
        let yaml = load_all(path, &["f.yaml"]);
        prop_assert_eq!(json.facts.len(), 24);
        prop_assert_eq!(written(&json), written(&lines));
        prop_assert_eq!(written(&json), written(&yaml), "{}", as_yaml(&records));
        prop_assert_eq!(rows(&json), rows(&lines));
        prop_assert_eq!(rows(&json), rows(&yaml));
        // Written in the long form and read again, nothing has changed.
        let facts = &json.facts;
        let again: Vec<_> = facts.records().map(|one| (one.kind(), Value::Object(facts.written(one)))).collect();
        fs::write(path.join("again.json"), as_object(&again).to_string()).unwrap();
        let again = load_all(path, &["again.json"]);
        prop_assert_eq!(written(&json), written(&again));
        prop_assert_eq!(json.findings.len(), again.findings.len());
    }

    #[test]
    fn neither_order_nor_split_of_files_changes_an_answer(records in dossier(), cut in 0..24_usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::write(path.join("whole.jsonl"), as_lines(&records)).unwrap();
        fs::write(path.join("z.jsonl"), as_lines(&records[..cut])).unwrap();
        fs::write(path.join("b.json"), as_object(&records[cut..]).to_string()).unwrap();
        let whole = load_all(path, &["whole.jsonl"]);
        let one = load_all(path, &["z.jsonl", "b.json"]);
        let other = load_all(path, &["b.json", "z.jsonl"]);
        // The files are read in the order of their names, however they are given.
        prop_assert_eq!(rows(&one), rows(&other));
        // Within a day, records stand in the order of their text, in the end by file and line: a split may
        // change the order there, but neither the answer nor its days.
        // What is undated stands by the day of its report, beside what was said on that day.
        let days = |rows: &[Value]| -> Vec<Value> {
            let dated = rows.iter().map(|row| row["said"]["first"].clone());
            dated.filter(|day| !day.is_null()).collect()
        };
        let sorted = |mut rows: Vec<Value>| {
            rows.sort_by_key(|row| row["id"].to_string());
            rows
        };
        prop_assert_eq!(days(&rows(&whole)), days(&rows(&one)));
        prop_assert_eq!(sorted(rows(&whole)), sorted(rows(&one)));
        prop_assert_eq!(written(&whole), written(&other));
    }
}
