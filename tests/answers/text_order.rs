//! The order within a day: that of the text, not of ids.

use std::cmp::Ordering;
use std::fs;
use std::process::Command;

use annals::load::{LoadResult, Request, Source, load};
use annals::query::said::said;
use annals::query::timeline::timeline;
use annals::query::{Dossier, Query};
use annals::time::{Date, by_day_and_time};
use proptest::prelude::*;
use serde_json::{Value, json};

fn loaded(files: Vec<(&str, String)>) -> LoadResult {
    let sources = files.into_iter().map(|(name, text)| Source::Memory {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    });
    load(&Request {
        facts: sources.collect(),
        texts: Vec::new(),
    })
}

/// The ids of the answers of `said` and of `timeline`.
fn answers(loaded: &LoadResult, query: &Query) -> [Vec<String>; 2] {
    let selection = query.resolve(&loaded.facts).unwrap();
    let dossier = Dossier::with(loaded, &selection.validity);
    let said = said(&dossier, &selection);
    let dated = timeline(&dossier, &selection, None);
    [
        said.into_iter().map(|row| row.id).collect(),
        dated.into_iter().map(|row| row.id).collect(),
    ]
}

const TEXT: &str = "The harbour is closed, the master said. The clay moved, she said.\n";

const FACTS: &str = "\
annals: 1
documents:
  - {id: later, title: Later, published: 2024-03-02}
  - {id: second, title: Second, published: {edtf: 2024-03-01, display: Friday}}
  - {id: first, title: First, published: 2024-03-01, text: morning.txt}
  - {id: undated, title: Undated}
actors:
  - {id: kallis, name: Kallis, kind: person}
events:
  - {id: ev, label: Nobody reports it, when: 2024-02-29}
claims:
  - {id: a-later, speaker: kallis, content: l, said: 2024-02-29, evidence: {document: later}}
  - {id: a-undated, speaker: kallis, content: u, said: 2024-02-29, evidence: {document: undated}}
  - {id: a-clay, speaker: kallis, quote: The clay moved, said: 2024-02-29, evidence: {document: first}}
  - {id: b-nowhere, speaker: kallis, content: n, said: 2024-02-29?, evidence: {document: first}}
  - {id: c-closed, speaker: kallis, content: c, said: {edtf: 2024-02-29, display: Thursday}, evidence: [{document: first, quote: The harbour is closed}, {document: later}]}
  - {id: z-9, speaker: kallis, content: d, said: 2024-02-29, evidence: {document: second, spans: [[9, 12], [2, 3]]}}
  - {id: a-10, speaker: kallis, content: e, said: 2024-02-29, evidence: {document: second, spans: [10, 12]}}
  - {id: b-none, speaker: kallis, content: f, said: 2024-02-29}
  - {id: a-none, speaker: kallis, content: g, said: 2024-02-29}
  - {id: z-noon, speaker: kallis, content: h, said: 2024-02-29T12:00, evidence: {document: second, spans: [0, 1]}}
";

#[test]
fn three_documents_report_one_day() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("facts.yaml"), FACTS).unwrap();
    fs::write(home.path().join("morning.txt"), TEXT).unwrap();
    let loaded = load(&Request {
        facts: vec![Source::Path(home.path().to_owned())],
        texts: Vec::new(),
    });
    let [said, timeline] = answers(&loaded, &Query::default());
    let in_text = [
        // Of two documents of one day, that which stands first in the file.
        "z-9",
        "a-10",
        // Passages are where they were found; one that was found nowhere comes last.
        "c-closed",
        "a-clay",
        "b-nowhere",
        "a-later",
        "a-undated",
    ];
    let of_said = ["b-none", "a-none", "z-noon"];
    assert_eq!(said, [&in_text[..], &of_said].concat());
    // What has no document comes last, as it stands in its file.
    let others = ["ev", "b-none", "a-none", "z-noon"];
    let documents = ["second", "first", "later", "undated"];
    assert_eq!(timeline, [&in_text[..], &others, &documents].concat());
}

/// Pages are compared where no place in the text is known.
#[test]
fn a_page_comes_before_a_later_page() {
    let facts = "\
annals: 1
documents:
  - {id: book, title: Book, published: 1920}
claims:
  - {id: c1, content: a, said: 1914, evidence: {document: book}}
  - {id: c2, content: b, said: 1914, evidence: {document: book, page: 112}}
  - {id: c3, content: c, said: 1914, evidence: {document: book, page: 12-13}}
  - {id: c4, content: d, said: 1914, evidence: {document: book, page: \"9\"}}
  - {id: c5, content: e, said: 1914, evidence: {document: book, page: xii}}
  - {id: c6, content: f, said: 1914, evidence: {document: book, page: 3, spans: [70, 80]}}
";
    let loaded = loaded(vec![("facts.yaml", facts.to_owned())]);
    let [said, timeline] = answers(&loaded, &Query::default());
    assert_eq!(said, ["c6", "c5", "c4", "c3", "c2", "c1"]);
    assert_eq!(timeline[..6], said);
}

/// With a day of the view, passages of documents that did not exist yet say nothing.
#[test]
fn passages_count_that_are_known_on_the_day_of_the_view() {
    let facts = "\
annals: 1
documents:
  - {id: early, title: Early, published: 2024-03-01}
  - {id: late, title: Late, published: 2024-03-09}
claims:
  - {id: c1, content: a, said: 2024-02-29, evidence: [{document: late, spans: [1, 2]}, {document: early, spans: [7, 9]}]}
  - {id: c2, content: b, said: 2024-02-29, evidence: {document: early, spans: [5, 6]}}
  - {id: c3, content: c, said: 2024-02-29, evidence: {document: early, spans: [8, 9]}}
";
    let loaded = loaded(vec![("facts.yaml", facts.to_owned())]);
    let of = |as_of: Option<&str>| {
        let as_of = as_of.map(|day| Date::parse(day).unwrap());
        let [said, _] = answers(
            &loaded,
            &Query {
                as_of,
                ..Query::default()
            },
        );
        said
    };
    assert_eq!(of(None), ["c2", "c3", "c1"]);
    assert_eq!(of(Some("2024-03-05")), ["c2", "c1", "c3"]);
}

/// The ids in the order in which a text first has what they are called, from a word on.
fn order_in(text: &str, from: &str, of: &[&str]) -> Vec<String> {
    let text = &text[text
        .find(from)
        .unwrap_or_else(|| panic!("no {from}: {text}"))..];
    let place = |id: &&str| {
        let words = format!("Words of {id}");
        text.find(&words).unwrap_or_else(|| panic!("no {words}"))
    };
    let mut ids: Vec<&str> = of.to_vec();
    ids.sort_by_key(place);
    ids.into_iter().map(str::to_owned).collect()
}

#[test]
fn exports_and_pictures_have_the_order_of_the_text() {
    let facts = "\
annals: 1
documents:
  - {id: d2, title: Two, published: 2024-03-02}
  - {id: d1, title: One, published: 2024-03-01}
actors:
  - {id: kallis, name: Kallis, kind: person}
topics:
  - {id: clay, label: Clay}
claims:
  - {id: a, speaker: kallis, about: clay, content: Words of a, said: 2024-02-29}
  - {id: b, speaker: kallis, about: clay, content: Words of b, said: 2024-02-29, evidence: {document: d2}}
  - {id: c, speaker: kallis, about: clay, content: Words of c, said: 2024-02-29, evidence: {document: d1, spans: [50, 60]}}
  - {id: d, speaker: kallis, about: clay, content: Words of d, said: 2024-02-29, evidence: {document: d1, spans: [5, 60]}}
";
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("facts.yaml");
    fs::write(&file, facts).unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_annals"))
            .args(arguments)
            .arg(&file)
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let ids = ["a", "b", "c", "d"];
    let in_text = ["d", "c", "b", "a"];
    for (arguments, from) in [
        (&["said"][..], ""),
        (&["said", "-f", "json"], ""),
        (&["timeline"], ""),
        (&["dates"], ""),
        (&["export", "-f", "html"], "id=\"claim-"),
        (&["export", "-f", "timelinejs"], ""),
        (&["export", "-f", "mermaid", "--diagram", "timeline"], ""),
        (&["draw", "claims", "-f", "svg"], "<g"),
        (&["draw", "ladder", "-f", "svg"], "<g"),
        (&["draw", "timeline", "-f", "svg"], "<g"),
    ] {
        let output = run(arguments);
        assert_eq!(order_in(&output, from, &ids), in_text, "{arguments:?}");
    }
}

/// A record and what decides where it stands, as the facts have it.
#[derive(Debug, Clone)]
struct Written {
    id: String,
    date: Option<Date>,
    /// Document, first character and page of the first passage.
    passage: Option<(String, Option<u64>, Option<u64>)>,
    file: usize,
    line: usize,
}

const DAYS: [&str; 4] = ["2024-02-28", "2024-02-29", "2024-02-29?", "2024-02"];

/// Pages as they are written, and which comes first.
const PAGES: [(&str, u64); 6] = [
    ("iv", 1),
    ("xii", 2),
    ("9", 3),
    ("10", 4),
    ("p. 10", 4),
    ("10-11", 4),
];

/// Records of few days and documents, in two files; ids are no guide.
fn world() -> impl Strategy<Value = Vec<(usize, Value)>> {
    let day = || prop::option::weighted(0.8, prop::sample::select(&DAYS[..]));
    let document = (day(), 0..2_usize).prop_map(|(day, file)| (file, json!({"published": day})));
    let spans = prop::option::weighted(0.4, (0..4_u64, 4..6_u64));
    let page = prop::option::weighted(0.7, prop::sample::select(&PAGES[..]));
    let passage = (0..6_usize, spans, page).prop_map(|(document, spans, page)| {
        let mut passage = json!({"document": format!("d{document}")});
        if let Some((from, to)) = spans {
            passage["spans"] = json!([[from, to]]);
        }
        if let Some((written, _)) = page {
            passage["page"] = written.into();
        }
        passage
    });
    let record = (
        0..4_usize,
        day(),
        prop::collection::vec(passage, 0..3),
        0..2_usize,
    );
    let documents = prop::collection::vec(document, 4);
    let records = prop::collection::vec(record, 1..30);
    (documents, records, any::<u64>()).prop_map(|(documents, records, salt)| {
        let documents = documents.into_iter().enumerate();
        let documents = documents.map(|(nth, (file, mut document))| {
            document["type"] = "document".into();
            document["id"] = format!("d{}", (nth as u64 + salt) % 5).into();
            (file, document)
        });
        let records = records.into_iter().enumerate();
        let records = records.map(|(nth, (kind, day, evidence, file))| {
            let id = format!("r{}-{nth}", (nth as u64).wrapping_mul(salt | 1) % 97);
            let mut record = match kind {
                0 => json!({"type": "event", "label": "x", "when": day}),
                1 => {
                    json!({"type": "relation", "from": "x", "kind": "leads", "to": "y", "when": day})
                }
                _ => json!({"type": "claim", "content": "x", "said": day}),
            };
            record["id"] = id.into();
            record["evidence"] = evidence.into();
            (file, record)
        });
        records.chain(documents).collect()
    })
}

/// What comes first, as the rule has it: nothing of this is how the program goes about it.
fn rule(one: &Written, two: &Written, documents: &[Written]) -> Ordering {
    fn unknown_last<T>(
        one: Option<T>,
        two: Option<T>,
        order: impl FnOnce(T, T) -> Ordering,
    ) -> Ordering {
        match (one, two) {
            (Some(one), Some(two)) => order(one, two),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }
    let in_file = |one: &Written, two: &Written| (one.file, one.line).cmp(&(two.file, two.line));
    let by_date = unknown_last(one.date.as_ref(), two.date.as_ref(), by_day_and_time);
    let document = |of: &Written| {
        let (id, ..) = of.passage.as_ref()?;
        documents.iter().find(|document| document.id == *id)
    };
    let by_document = unknown_last(document(one), document(two), |one, two| {
        let published = unknown_last(one.date.as_ref(), two.date.as_ref(), by_day_and_time);
        published.then(in_file(one, two))
    });
    let begins = |of: &Written| of.passage.as_ref().and_then(|(_, begins, _)| *begins);
    // A page says nothing more of what has a place.
    let page = |of: &Written| match of.passage.as_ref()? {
        (_, None, page) => *page,
        _ => None,
    };
    by_date
        .then(by_document)
        .then(unknown_last(begins(one), begins(two), |one, two| {
            one.cmp(&two)
        }))
        .then(unknown_last(page(one), page(two), |one, two| one.cmp(&two)))
        .then(in_file(one, two))
}

/// The records of a world in which `kinds` are listed, in the order of the rule.
fn by_rule(world: &[(usize, Value)], kinds: &[&str]) -> Vec<String> {
    let mut lines = [0; 2];
    let mut all = Vec::new();
    for (file, value) in world {
        lines[*file] += 1;
        all.push((value, *file, lines[*file]));
    }
    let date = |value: &Value| Some(Date::parse(value.as_str()?).unwrap());
    let documents: Vec<Written> = (all.iter())
        .filter(|(value, ..)| value["type"] == "document")
        .map(|(value, file, line)| Written {
            id: value["id"].as_str().unwrap().to_owned(),
            date: date(&value["published"]),
            passage: None,
            file: *file,
            line: *line,
        })
        .collect();
    let mut written: Vec<Written> = Vec::new();
    for (value, file, line) in all {
        let kind = value["type"].as_str().unwrap();
        if !kinds.contains(&kind) {
            continue;
        }
        // A document that is not among the facts is none.
        let passages = value["evidence"].as_array().into_iter().flatten();
        let known = |passage: &&Value| documents.iter().find(|one| passage["document"] == *one.id);
        let first = passages.clone().find(|passage| known(passage).is_some());
        let reported = passages.filter_map(|passage| known(&passage)?.date.clone());
        let reported = reported.min_by(annals::time::chronological);
        let own = ["when", "said", "published"].map(|key| date(&value[key]));
        let own = own.into_iter().flatten().next();
        written.push(Written {
            id: value["id"].as_str().unwrap().to_owned(),
            date: own.or(reported.filter(|_| kind != "relation")),
            passage: first.map(|passage| {
                let id = passage["document"].as_str().unwrap().to_owned();
                let page = (PAGES.iter()).find(|(written, _)| passage["page"] == *written);
                let page = page.map(|(_, page)| *page);
                (id, passage["spans"][0][0].as_u64(), page)
            }),
            file,
            line,
        });
    }
    let mut sorted: Vec<Written> = Vec::new();
    for one in written {
        let at = (sorted.iter())
            .position(|other| rule(&one, other, &documents).is_lt())
            .unwrap_or(sorted.len());
        sorted.insert(at, one);
    }
    sorted.into_iter().map(|one| one.id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_stand_as_the_rule_has_it(world in world()) {
        let mut files = [String::new(), String::new()];
        for (file, value) in &world {
            files[*file].push_str(&format!("{value}\n"));
        }
        let [first, second] = files;
        // The order in which files are given is not that of their names.
        let loaded = loaded(vec![("b.jsonl", second), ("a.jsonl", first)]);
        let [said, timeline] = answers(&loaded, &Query::default());
        prop_assert_eq!(said, by_rule(&world, &["claim"]));
        let kinds = ["event", "claim", "relation", "document"];
        prop_assert_eq!(timeline, by_rule(&world, &kinds));
    }
}
