//! Any name in any format gives a file that its reader accepts, and comes back the same.

mod readers;

use std::collections::BTreeMap;
use std::io::{self, Write};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Choice, EXPORTERS, Exporter, Folder, Options, Writes, by_extension, by_name};
use annals_graph::{Parallel, View};
use annals_load::{LoadResult, Request, Source, load};
use annals_model::RecordRef;
use annals_query::Dossier;
use readers::{Read, read};

/// The files of an export by name; that of a stream has none.
type Files = BTreeMap<&'static str, Vec<u8>>;

impl Folder for Files {
    fn file(
        &mut self,
        name: &'static str,
        content: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        content(self.entry(name).or_default())
    }
}

fn export(loaded: &LoadResult, exporter: &Exporter, options: &Options) -> Files {
    let (dossier, view) = (Dossier::new(loaded), View::of_all(&loaded.facts));
    let mut files = Files::new();
    match exporter.work.writes {
        Writes::Stream(write) => {
            write(&dossier, &view, options, files.entry("").or_default()).unwrap();
        }
        Writes::Folder(write) => write(&dossier, &view, options, &mut files).unwrap(),
    }
    files
}

/// The formats that give back the graph itself. A picture does not; `tests/interchange` reads the
/// rest.
fn read_here() -> impl Iterator<Item = &'static &'static Exporter> {
    const ELSEWHERE: &[&str] = &[
        "dot",
        "facts",
        "mermaid",
        "timelinejs",
        "ics",
        "jsonld",
        "nquads",
        "html",
    ];
    EXPORTERS
        .iter()
        .filter(|one| !ELSEWHERE.contains(&one.name))
}

fn load_json(facts: &Value) -> LoadResult {
    let name = "facts.json".to_owned();
    let bytes = facts.to_string().into_bytes();
    let source = Source::Memory { name, bytes };
    let loaded = load(&Request {
        facts: vec![source],
        texts: vec![],
    });
    assert!(!loaded.stopped);
    loaded
}

/// Names that are hard on some format, and any others.
fn name() -> impl Strategy<Value = String> {
    const HARD: &[&str] = &[
        "",
        " ",
        "\"",
        "\\",
        "\\\"",
        "\"\\",
        "a\\\", b\"",
        "&amp;<![CDATA[x]]>",
        "]]>",
        "a\r\nb\n\rc\td",
        "\0",
        "\u{1F}\u{7F}\u{85}\u{2028}\u{FFFE}\u{FFFF}",
        "_x0000_",
        "_x005F_x0041_",
        "=1+1",
        "'=1",
        "''+1",
        "-1",
        "@a",
        "\t=1",
        "[\"a\"]",
        "null",
        "\u{202E}abc \u{2066}עברית",
        "👨‍👩‍👧‍👦🏳️‍🌈e\u{301}",
        "; ",
    ];
    prop_oneof![
        prop::sample::select(HARD).prop_map(str::to_owned),
        any::<String>(),
        prop::collection::vec(prop::sample::select(HARD), 2..4).prop_map(|all| all.concat()),
    ]
}

/// What an id may be: no control characters, no white space at its ends.
fn id() -> impl Strategy<Value = String> {
    const HARD: &[&str] = &[
        "e0", "ee1", "a b", "\"", "=1+1", "<&'", "\\", "_x0020_", ",", ";\\\"",
    ];
    prop_oneof![
        prop::sample::select(HARD).prop_map(str::to_owned),
        "[^\\p{C}\\p{Z}]{1,12}",
    ]
}

/// A dossier in which every word can be anything.
fn dossier() -> impl Strategy<Value = Value> {
    let ids = prop::collection::btree_set(id(), 3..6);
    (ids, prop::collection::vec(name(), 12)).prop_map(|(ids, names)| {
        let ids: Vec<String> = ids.into_iter().collect();
        let mut names = names.into_iter();
        let mut next = || names.next().unwrap_or_default();
        let actors: Vec<Value> = (ids.iter())
            .map(|id| json!({"id": id, "name": next(), "kind": "person", "aliases": [next(), "x"]}))
            .collect();
        let own_name = format!("x_{}", ids[0]);
        let mut claim = json!({
            "id": "claim", "speaker": [ids[0]], "about": [ids[1]], "quote": next(), "content": next(),
        });
        claim[&own_name] = next().into();
        json!({
            "annals": 1,
            "actors": actors,
            "claims": [claim],
            "relations": [
                {"from": ids[0], "kind": format!("kind {}", next()), "to": ids[1], "role": next()},
                {"from": ids[0], "kind": "leads", "to": ids[1], "note": next()},
                {"from": ids[0], "kind": "leads", "to": ids[1], "when": "2001/2003"},
            ],
        })
    })
}

/// What should come back: of nodes id, label, aliases, content and fields of one's own, of edges
/// ends, kind, role and note.
fn expected(loaded: &LoadResult) -> Read {
    let facts = &loaded.facts;
    let mut read = Read::default();
    for record in facts.records() {
        let fields = facts.written(record);
        let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
        if let Some(node) = record.node() {
            let aliases = fields.get("aliases").and_then(Value::as_array);
            let aliases =
                aliases.map(|all| all.iter().filter_map(Value::as_str).map(str::to_owned));
            let own = fields.iter().find(|(name, _)| name.starts_with("x_"));
            read.nodes.push(readers::Node {
                id: facts.id(node).to_owned(),
                label: facts.label(node).to_owned(),
                aliases: aliases.map(Iterator::collect),
                content: text("content"),
                own: own
                    .map(|(name, value)| (name.clone(), value.as_str().unwrap_or("").to_owned())),
            });
        }
        annals_graph::edges_of(facts, record, &mut |edge| {
            let of_tie = matches!(record, RecordRef::Relation(_));
            read.edges.push(readers::Edge {
                source: facts.id(edge.source).to_owned(),
                target: facts.id(edge.target).to_owned(),
                kind: edge.kind.word(facts).to_owned(),
                role: text("role").filter(|_| of_tie),
                note: text("note").filter(|_| of_tie),
            });
        });
    }
    read
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_name_comes_back(facts in dossier()) {
        let loaded = load_json(&facts);
        let expected = expected(&loaded);
        prop_assert!(expected.edges.len() >= 5);
        for exporter in read_here() {
            for excel in [false, true].into_iter().take(1 + usize::from(exporter.options.contains(&Choice::Excel))) {
                let options = Options { excel, ..Options::default() };
                let files = export(&loaded, exporter, &options);
                let name = exporter.name;
                let read = read(name, &files, excel);
                let wanted = match name {
                    // Nothing and an empty text are the same in a cell of CSV.
                    "csv" => expected.without_empty(),
                    _ => expected.clone(),
                };
                prop_assert_eq!(read, wanted, "{}", name);
            }
        }
    }

    #[test]
    fn the_same_facts_give_the_same_bytes(facts in dossier()) {
        let (one, other) = (load_json(&facts), load_json(&facts));
        for exporter in EXPORTERS {
            for parallel in [Parallel::Kept, Parallel::Merged] {
                let options = Options { parallel, ..Options::default() };
                let first = export(&one, exporter, &options);
                prop_assert_eq!(&first, &export(&one, exporter, &options));
                prop_assert_eq!(&first, &export(&other, exporter, &options));
            }
        }
    }
}

#[test]
fn a_long_name_comes_back() {
    let long = "漢\"\\&]]>\n\0".repeat(1_500);
    let loaded = load_json(&json!({
        "annals": 1,
        "actors": [{"id": "a", "name": long, "kind": "person"}],
    }));
    for exporter in read_here() {
        let files = export(&loaded, exporter, &Options::default());
        let read = read(exporter.name, &files, false);
        assert_eq!(read, expected(&loaded), "{}", exporter.name);
    }
}

/// Two terms in one office, a third with another role; a claim that tears itself apart.
fn parallel() -> Value {
    json!({
        "annals": 1,
        "actors": [
            {"id": "a", "name": "A", "kind": "person"}, {"id": "s", "name": "S", "kind": "state"},
        ],
        "relations": [
            {"id": "r1", "from": "a", "kind": "leads", "to": "s", "role": "x", "when": "2001/2003",
             "note": "first", "tags": ["both"]},
            {"id": "r2", "from": "a", "kind": "leads", "to": "s", "role": "y", "when": "2004"},
            {"id": "r3", "from": "a", "kind": "leads", "to": "s", "role": "x", "when": "2007/2009",
             "note": "second", "tags": ["both"]},
        ],
        "claims": [{
            "id": "c", "speaker": ["a"], "about": ["s"], "content": "x",
            "stance": [{"toward": "s", "value": "supports"}, {"toward": "s", "value": "opposes"}],
        }],
    })
}

fn json_edges(parallel: Parallel) -> Vec<Value> {
    let loaded = load_json(&self::parallel());
    let options = Options {
        parallel,
        ..Options::default()
    };
    let files = export(&loaded, by_name("json").unwrap(), &options);
    let whole: Value = serde_json::from_slice(&files[""]).unwrap();
    whole["edges"].as_array().unwrap().clone()
}

#[test]
fn merged_edges_have_what_all_of_them_have() {
    assert_eq!(json_edges(Parallel::Kept).len(), 6);
    let edges = json_edges(Parallel::Merged);
    // The two stances stay two edges, and so do the two roles.
    assert_eq!(edges.len(), 5);
    let terms = edges.iter().find(|edge| edge["weight"] == 2).unwrap();
    assert_eq!(terms["facts"], json!(["r1", "r3"]));
    assert_eq!(terms["written"], "2001/2003; 2007/2009");
    assert_eq!(
        (&terms["first"], &terms["last"]),
        (&json!("2001-01-01"), &json!("2009-12-31"))
    );
    assert_eq!(
        (&terms["role"], &terms["tags"]),
        (&json!("x"), &json!(["both"]))
    );
    assert!(terms.get("note").is_none() && terms.get("origin").is_none());
    let keys: Vec<&Value> = edges.iter().map(|edge| &edge["key"]).collect();
    assert_eq!(keys, [0, 0, 1, 0, 1]);
}

#[test]
fn merged_edges_have_a_stretch_for_each_date() {
    let loaded = load_json(&parallel());
    let options = Options {
        parallel: Parallel::Merged,
        ..Options::default()
    };
    let gexf = export(&loaded, by_name("gexf").unwrap(), &options);
    let gexf = String::from_utf8(gexf[""].clone()).unwrap();
    assert!(gexf.contains(
        "weight=\"2\"><spells><spell start=\"2001-01-01\" end=\"2004-01-01\"/>\
         <spell start=\"2007-01-01\" end=\"2010-01-01\"/></spells>"
    ));
    let csv = export(&loaded, by_name("csv").unwrap(), &options);
    let csv = String::from_utf8(csv["edges.csv"].clone()).unwrap();
    assert!(csv.contains("<[2001-01-01, 2004-01-01]; [2007-01-01, 2010-01-01]>"));
}

#[test]
fn parallel_edges_have_kinds_of_their_own_where_gephi_reads_them() {
    let relation = |kind: &str| json!({"from": "a", "kind": kind, "to": "b"});
    let loaded = load_json(&json!({
        "annals": 1,
        "actors": [{"id": "a", "name": "A", "kind": "person"}, {"id": "b", "name": "B", "kind": "person"}],
        "relations": [relation("x"), relation("x"), relation("x 2"), relation("x 2"), relation("x")],
    }));
    let csv = export(&loaded, by_name("csv").unwrap(), &Options::default());
    let mut reader = ::csv::Reader::from_reader(csv["edges.csv"].as_slice());
    let kinds: Vec<String> = reader
        .records()
        .map(|row| row.unwrap()[5].to_owned())
        .collect();
    assert_eq!(kinds, ["x", "x 2", "x 2 1", "x 2 2", "x 3"]);
}

#[test]
fn endings_say_the_format() {
    let of = |file: &str| by_extension(std::path::Path::new(file)).map(|exporter| exporter.name);
    assert_eq!(of("Kyiv.GEXF"), Some("gexf"));
    assert_eq!(of("a.b.graphml"), Some("graphml"));
    assert_eq!(
        (of("a.json"), of("a.Timeline.JSON"), of("timeline.json")),
        (Some("json"), Some("timelinejs"), Some("json"))
    );
    assert_eq!(
        (of(".json"), of("sheets.csv"), of("neo4j")),
        (None, None, None)
    );
    for exporter in EXPORTERS {
        assert!(by_name(exporter.name).is_some_and(|one| one.name == exporter.name));
        let is_folder = matches!(exporter.work.writes, Writes::Folder(_));
        assert_eq!(
            exporter.extensions.is_empty(),
            is_folder,
            "{}",
            exporter.name
        );
    }
}
