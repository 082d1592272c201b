//! Single slips: which error there is, what is lost, what is read all the same, and when a file is read
//! whole.

use std::collections::BTreeMap;

use super::{Told, load_text};
use annals_model::RecordKind;

const YAML: &str = "annals: 1
documents:
  - id: post
    title: Quay on time
actors:
  - id: lind
    name: Ada Lind
    kind: person
  - {id: berg, name: Jon Berg, kind: person}
  - {id: kern, name: Mia Kern, kind: person}
claims:
  - {speaker: lind, content: Soon.}
  - {speaker: berg, content: Never.}
  - {speaker: [kern, lind], content: Perhaps.}
";

/// What a slip comes to: the errors with line and column, and the ids of the records that are read.
fn told(name: &str, text: &str) -> (Vec<String>, Vec<String>) {
    let loaded = load_text(name, text);
    let told = Told::of(&loaded);
    let errors = told.findings.iter().filter(|(code, ..)| *code != "AN004");
    let errors = errors.map(|(code, message, places)| {
        let (line, column) = places.first().map_or((0, 0), |at| (at.line, at.column));
        format!("{line}:{column} {code} {message}")
    });
    (errors.collect(), told.records.into_keys().collect())
}

fn yaml(from: &str, to: &str) -> (Vec<String>, Vec<String>) {
    assert!(YAML.contains(from));
    told("f.yaml", &YAML.replacen(from, to, 1))
}

const ALL: [&str; 7] = [
    "berg",
    "f.yaml#claims/1",
    "f.yaml#claims/2",
    "f.yaml#claims/3",
    "kern",
    "lind",
    "post",
];

fn without(lost: &[&str]) -> Vec<String> {
    let all = ALL.iter().filter(|id| !lost.contains(id));
    all.map(|id| (*id).to_owned()).collect()
}

#[test]
fn a_slip_in_yaml_is_one_error_and_costs_one_record() {
    for (from, to, error, lost) in [
        // A quotation mark, a bracket, a tab.
        (
            "name: Ada Lind",
            "name: \"Ada Lind",
            "7:11 AN003 this quotation mark is never closed",
            "lind",
        ),
        (
            "Jon Berg, kind: person}",
            "Jon Berg, kind: person",
            "9:5 AN003 this { is never closed",
            "berg",
        ),
        (
            "    kind: person\n",
            "\tkind: person\n",
            "8:1 AN003",
            "lind",
        ),
        (
            "[kern, lind]",
            "[kern, lind",
            "14:15 AN003",
            "f.yaml#claims/3",
        ),
        // A missing space, a wrong column, a half line at the end.
        ("    name: Ada", "     name: Ada", "7:6 AN003", "lind"),
        (
            "content: Never.}\n",
            "content: Never.: x}\n",
            "13:",
            "f.yaml#claims/2",
        ),
        (
            "content: Perhaps.}\n",
            "content: \"Per",
            "14:38 AN003 this quotation mark is never closed",
            "f.yaml#claims/3",
        ),
        ("  - {id: kern", "   - {id: kern", "10:4 AN003", "kern"),
        ("  - {id: kern", " \t- {id: kern", "10:", "kern"),
        (
            "    title: Quay on time",
            "    title: Quay: on time",
            "4:16 AN003",
            "post",
        ),
    ] {
        let (errors, left) = yaml(from, to);
        assert_eq!(errors.len(), 1, "{to}: {errors:?}");
        assert!(errors[0].starts_with(error), "{to}: {errors:?}");
        assert_eq!(left, without(&[lost]), "{to}");
    }
}

#[test]
fn a_slip_in_the_name_of_a_list_costs_no_record() {
    for (from, to, line) in [
        ("actors:\n", "actors\n", "5:"),
        ("actors:\n", "\"actors:\n", "5:"),
        ("actors:\n", " actors:\n", "5:"),
        ("actors:\n", "\tactors:\n", "5:"),
        ("actors:\n", "actors: [\n", "5:"),
        ("actors:\n", "actors: x\n", "5:"),
        ("actors:\n", "act\nors:\n", "5:"),
        ("annals: 1\n", "annals 1\n", "1:"),
    ] {
        let (errors, left) = yaml(from, to);
        assert_eq!(errors.len(), 1, "{to}: {errors:?}");
        assert!(errors[0].starts_with(line), "{to}: {errors:?}");
        assert_eq!(left, without(&[]), "{to}");
    }
    // The record before it, of which the last line goes on.
    let (errors, left) = yaml("time\nactors:", "timeactors:");
    assert_eq!((errors.len(), left), (1, without(&["post"])), "{errors:?}");
    // The one after it.
    let (errors, left) = yaml("actors:\n  - id: lind", "actors:  - id: lind");
    assert_eq!((errors.len(), left), (1, without(&["lind"])), "{errors:?}");
    // A line in the first column is the end of no list.
    let (errors, left) = yaml("Ada Lind", "Ada\nLind: x");
    assert_eq!((errors.len(), left), (1, without(&["lind"])), "{errors:?}");
}

#[test]
fn a_file_of_which_a_piece_may_mean_something_else_is_read_whole() {
    let broken = "  - {id: kern, name: \"Mia Kern, kind: person}\n";
    let text = YAML.replace("  - {id: kern, name: Mia Kern, kind: person}\n", broken);
    assert_eq!(told("f.yaml", &text).1, without(&["kern"]));
    for (from, to) in [
        // An alias that leads to another item.
        ("  - id: lind\n    name", "  - id: &l lind\n    name"),
        ("content: Soon.", "content: !!str Soon."),
        ("claims:\n", "claims: !!seq\n"),
        ("actors:\n", "actors: &all\n"),
        ("annals: 1\n", "annals: 1\n---\nannals: 1\n"),
        ("annals: 1\n", "%YAML 1.2\n---\nannals: 1\n"),
        (
            "documents:\n  - id: post\n    title: Quay on time\n",
            "documents: [{id: post, title: [}]\n",
        ),
    ] {
        let text = text
            .replacen(from, to, 1)
            .replace("[kern, lind]", "[kern, *l]");
        let text = match from {
            "  - id: lind\n    name" => text,
            _ => text.replace("*l", "lind"),
        };
        let loaded = load_text("f.yaml", &text);
        assert!(loaded.stopped && loaded.facts.is_empty(), "{text}");
        assert!(
            loaded.unread.is_empty() && loaded.findings.len() == 1,
            "{text}"
        );
    }
    for (from, to) in [
        (
            "{speaker: lind, content: Soon.}",
            "{speaker: &l lind, content: Soon., x_also: *l}",
        ),
        ("annals: 1\n", "# A dossier.\n--- # Begins.\nannals: 1\n"),
        ("content: Perhaps.}\n", "content: Perhaps.}\n...\n"),
        ("annals: 1\n", "annals: 1\norders: []\n"),
    ] {
        let text = text.replacen(from, to, 1);
        assert_eq!(told("f.yaml", &text).1, without(&["kern"]), "{text}");
    }
}

#[test]
fn nothing_is_lost_of_a_text_that_is_hard_to_cut() {
    let text = "\u{feff}annals: 1\r\nactors:\r\n- id: a\r\n  name: |\r\n    A\r\n    - b\r\n  kind: person\r\n\
                - {id: b, name: \"B\r\n  b\", kind: person}\r\n- {id: c, name: [, kind: person}\r\n\
                - {id: д, name: Д, kind: person}\r\nx_more:\r\n  actors:\r\n    - no\r\n";
    let (errors, left) = told("f.yaml", text);
    assert_eq!(left, ["a", "b", "д"]);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].starts_with("10:"), "{errors:?}");
}

#[test]
fn what_could_not_be_read_is_counted_and_known() {
    let text = YAML.replace("name: Ada Lind", "name: \"Ada Lind");
    let loaded = load_text("f.yaml", &text);
    assert_eq!(loaded.unread.files.into_values().collect::<Vec<_>>(), [1]);
    let referring = loaded.unread.referring.iter();
    let referring: Vec<&str> = referring.map(|one| loaded.facts.id(*one)).collect();
    assert_eq!(referring, ["f.yaml#claims/1", "f.yaml#claims/3"]);
    // That the references are left out is said with the slip, whoever refers.
    let slip = &loaded.findings[0];
    assert_eq!(slip.records.len(), 2);
    assert!(slip.notes[0].starts_with("2 records refer to"), "{slip:?}");
    // A name that is nobody's is still reported.
    let text = text.replace("speaker: berg", "speaker: borg");
    let (errors, _) = told("f.yaml", &text);
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[1].contains("\"borg\""), "{errors:?}");
    // A record without an id is called what it would be called if all could be read.
    let text = YAML.replace("content: Soon.}", "content: \"Soon.}");
    let (_, left) = told("f.yaml", &text);
    assert_eq!(left, without(&["f.yaml#claims/1"]));
}

#[test]
fn of_a_file_without_a_record_nothing_is_read() {
    for (name, text) in [
        ("f.yaml", "annals: 1\nactors: ["),
        (
            "f.yaml",
            "annals: 1\nactors:\n  - {id: a, name: \"A, kind: person}\n",
        ),
        ("f.yaml", "annals: 1\nactors:\n  - id: \"a\n"),
        ("f.yaml", "\"no facts"),
        ("f.yaml", "- {a: b"),
        (
            "f.json",
            "{\"annals\": 1, \"actors\": [{\"id\": \"a\", \"name\": \"A}]}",
        ),
        ("f.json", "{\"annals\": 1, \"actors\": ["),
        ("f.json", "no facts"),
        ("actors.csv", "id,name,kind\na,\"A,person\n"),
    ] {
        let loaded = load_text(name, text);
        assert!(loaded.stopped, "{text}");
        assert_eq!(loaded.findings.len(), 1, "{text}: {:?}", loaded.findings);
        assert!(loaded.facts.is_empty(), "{text}");
    }
    // Another version may mean something else, whatever can be read.
    let text = YAML
        .replace("annals: 1", "annals: 2")
        .replace("Jon Berg", "\"Jon");
    let loaded = load_text("f.yaml", &text);
    assert!(loaded.stopped && loaded.facts.is_empty());
}

const JSON: &str = r#"{
  "annals": 1,
  "actors": [
    {"id": "lind", "name": "Ada Lind", "kind": "person"},
    {"id": "berg", "name": "Jon Berg", "kind": "person"},
    {"id": "kern", "name": "Mia Kern", "kind": "person"}
  ],
  "claims": [
    {"id": "c1", "speaker": ["lind"], "evidence": [{"document": "post"}, {"document": "post"}]},
    {"id": "c2", "speaker": ["berg", "kern"], "content": "Never."},
    {"id": "c3", "speaker": [], "content": "It rained."}
  ],
  "documents": [{"id": "post", "title": "Quay on time"}, {"id": "map", "title": "Map"}]
}
"#;

/// Slips in JSON: what is written, what instead, on which line the error stands, and what is lost.
const SLIPS: [(&str, &str, usize, &[&str]); 23] = [
    ("\"actors\": [", "\"actors\": []", 3, &[]),
    ("\"Jon Berg\"", "\"Jon Berg", 5, &["berg"]),
    ("\"Jon Berg\"", "Jon Berg\"", 5, &["berg"]),
    ("\"name\": \"Jon", "\"name: \"Jon", 5, &["berg"]),
    ("{\"id\": \"berg\"", "\"id\": \"berg\"", 5, &["berg"]),
    ("{\"id\": \"berg\"", "{\"id\" \"berg\"", 5, &["berg"]),
    ("\"Jon Berg\", ", "\"Jon Berg\" ", 5, &["berg"]),
    ("\"berg\", \"name\"", "\"berg\", x\"name\"", 5, &["berg"]),
    (
        "Berg\", \"kind\": \"person\"}",
        "Berg\", \"kind\": \"person\"",
        5,
        &["berg"],
    ),
    (
        "Kern\", \"kind\": \"person\"}",
        "Kern\", \"kind\": \"person\"",
        6,
        &["kern"],
    ),
    ("[\"berg\", \"kern\"]", "[\"berg\", \"kern\"", 10, &["c2"]),
    ("[\"berg\", \"kern\"]", "[\"berg\", \"kern\"]]", 10, &["c2"]),
    ("[{\"document\"", "[\"document\"", 9, &["c1"]),
    ("\"Ada Lind\"", "\"Ada\nLind\"", 4, &["lind"]),
    ("\"Ada Lind\"", "\"Ada \\Lind\"", 4, &["lind"]),
    ("\"Map\"}]", "\"Map}]", 13, &["map"]),
    // What stands between records costs none.
    (
        "\"person\"},\n    {\"id\": \"berg\"",
        "\"person\"}\n    {\"id\": \"berg\"",
        5,
        &[],
    ),
    (
        "Kern\", \"kind\": \"person\"}\n",
        "Kern\", \"kind\": \"person\"},\n",
        7,
        &[],
    ),
    ("  ],\n  \"claims\"", "  ,\n  \"claims\"", 8, &[]),
    ("  ],\n  \"claims\"", "  ]\n  \"claims\"", 8, &[]),
    ("\"claims\": [", "\"claims: [", 8, &[]),
    ("\"claims\": [", "\"claims\" [", 8, &[]),
    ("\"Map\"}]\n}", "\"Map\"}]\n", 13, &[]),
];

#[test]
fn a_slip_in_json_is_one_error_and_costs_one_record() {
    let all = ["berg", "c1", "c2", "c3", "kern", "lind", "map", "post"];
    for (from, to, line, lost) in SLIPS {
        assert!(JSON.contains(from), "{from}");
        let (errors, left) = told("f.json", &JSON.replacen(from, to, 1));
        assert_eq!(errors.len(), 1, "{to}: {errors:?}");
        assert!(
            errors[0].starts_with(&format!("{line}:")),
            "{to}: {errors:?}"
        );
        assert!(errors[0].contains(" AN003 "), "{to}: {errors:?}");
        let kept: Vec<&str> = all.into_iter().filter(|id| !lost.contains(id)).collect();
        assert_eq!(left, kept, "{to}");
    }
}

#[test]
fn json_on_one_line_is_cut_at_its_records_too() {
    let value: serde_json::Value = serde_json::from_str(JSON).unwrap();
    let text = value.to_string();
    let all = ["berg", "c1", "c2", "c3", "kern", "lind", "map", "post"];
    for (from, to, lost) in [
        ("\"Jon Berg\"", "\"Jon Berg", "berg"),
        (
            "Jon Berg\",\"kind\":\"person\"}",
            "Jon Berg\",\"kind\":\"person\"",
            "berg",
        ),
        ("[\"berg\",\"kern\"]", "[\"berg\",\"kern\"", "c2"),
        ("[{\"document\"", "[\"document\"", "c1"),
        ("\"It rained.\"}", "\"It rained.\"", "c3"),
        ("\"Map\"}", "\"Map\"", "map"),
        ("{\"id\":\"lind\"", "\"id\":\"lind\"", "lind"),
    ] {
        assert!(text.contains(from), "{from}");
        let (errors, left) = told("f.json", &text.replacen(from, to, 1));
        assert_eq!(errors.len(), 1, "{to}: {errors:?}");
        let kept: Vec<&str> = all.into_iter().filter(|id| *id != lost).collect();
        assert_eq!(left, kept, "{to}: {errors:?}");
    }
}

#[test]
fn records_whose_list_has_lost_its_name_are_left_out_and_known() {
    let text = JSON.replace("  \"claims\": [\n", "");
    let (errors, left) = told("f.json", &text);
    assert_eq!(
        errors,
        ["8:5 AN003 a record stands here that is in no list"]
    );
    assert_eq!(left, ["berg", "kern", "lind", "map", "post"]);
    let loaded = load_text("f.json", &text);
    assert_eq!(loaded.unread.files.into_values().sum::<usize>(), 3);
}

#[test]
fn a_line_of_json_lines_is_counted_and_known() {
    let text = "{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\",\"kind\":\"person\"}\n\
                {\"type\":\"actor\",\"id\":\"b\",\"name\":\"B,\"kind\":\"person\"}\n\
                {\"type\":\"claim\",\"speaker\":[\"b\"],\"content\":\"x\"\n\
                {\"type\":\"claim\",\"speaker\":[\"b\"],\"about\":[\"a\"],\"content\":\"y\"}\n";
    let (errors, left) = told("f.jsonl", text);
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert_eq!(left, ["a", "f.jsonl#claims/2"]);
    let loaded = load_text("f.jsonl", text);
    assert!(!loaded.stopped);
    assert_eq!(loaded.unread.files.into_values().collect::<Vec<_>>(), [2]);
    let mut bytes = text.as_bytes().to_vec();
    bytes[42] = 0xE9;
    let source = crate::Source::Memory {
        name: "f.jsonl".into(),
        bytes,
    };
    let loaded = crate::load(&crate::Request {
        facts: vec![source],
        texts: Vec::new(),
    });
    assert_eq!(loaded.unread.files.into_values().collect::<Vec<_>>(), [3]);
    let unknown = |code: &str| loaded.findings.iter().any(|one| one.code.code == code);
    assert!(!unknown("AN102"));
}

#[test]
fn a_row_whose_quotation_mark_is_not_closed_costs_that_row() {
    let text = "id,name,kind,aliases\n\
                lind,\"Lind, Ada\",person,\"A.\nL.\"\n\
                berg,\"Jon \"\"J\"\" Berg\",person,x\n\
                kern,Mia Kern,person,\"\"\n\
                port,\"The port\",organization,\n";
    let lost = |from: &str, to: &str| {
        assert!(text.contains(from));
        let (errors, left) = told("actors.csv", &text.replacen(from, to, 1));
        assert_eq!(errors.len(), 1, "{to}: {errors:?}");
        assert!(
            errors[0].contains("this quotation mark is never closed"),
            "{errors:?}"
        );
        let all = ["berg", "kern", "lind", "port"].into_iter();
        let lost: Vec<&str> = all.filter(|id| !left.iter().any(|one| one == id)).collect();
        (
            lost.join(" "),
            errors[0].split(' ').next().unwrap().to_owned(),
        )
    };
    assert_eq!(lost("Ada\"", "Ada"), ("lind".into(), "2:6".into()));
    assert_eq!(lost("Berg\"", "Berg"), ("berg".into(), "4:6".into()));
    assert_eq!(lost("\"\"\n", "\"\n"), ("kern".into(), "5:22".into()));
    assert_eq!(lost("port\",", "port,"), ("port".into(), "6:6".into()));
    // Semicolons, and a table too small to show them.
    let few = "id;name;kind\nlind;\"Ada;person\nberg;\"Jon\";person\n";
    let (errors, left) = told("actors.csv", few);
    assert_eq!(
        (errors.len(), left),
        (1, vec!["berg".to_owned()]),
        "{errors:?}"
    );
}

#[test]
fn kinds_by_letters() {
    let mut kinds: BTreeMap<&str, Option<RecordKind>> = BTreeMap::new();
    for text in ["\"actors:", "act ors", "actor", "factors:"] {
        kinds.insert(text, crate::syntax::pieces::kind_of_letters(text));
    }
    let found: Vec<_> = kinds.into_iter().collect();
    assert_eq!(
        found,
        [
            ("\"actors:", Some(RecordKind::Actor)),
            ("act ors", Some(RecordKind::Actor)),
            ("actor", None),
            ("factors:", None),
        ]
    );
}
