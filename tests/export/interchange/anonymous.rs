//! No name, quote or id of the facts stands in anything that is exported with pseudonyms.

use std::collections::BTreeSet;

use annals::export::anonymise::anonymised;
use annals::export::{Choice, Diagram, EXPORTERS, Options};
use annals::graph::{Graph, View};
use annals::load::LoadResult;
use annals::model::RecordRef;
use annals::query::Dossier;
use serde_json::Value;

use super::{export, files, read, read_files, view};

/// Every text of a record is one that nothing else says, so that one that survives is seen.
pub(crate) const MARKED: &str = r#"
annals: 1
documents:
  - {id: QXid1, title: QXtitle, kind: QXkind1, author: QXauthor, publisher: QXpublisher, language: QXlanguage, published: {edtf: 2021-05-06, display: QXdisplay}, url: "https://qx.example/QXurl", text: QXtext.txt, sha256: 6d81c3b555953510edcc0f3c40c355effdee847c7d5c3d9ae151c23527146f59, note: QXnote, tags: QXtag1, x_QXfield: QXvalue}
  - {id: QXid2, title: QXtitle2, based_on: QXid1, corrects: QXid1}
actors:
  - {id: QXid3, name: QXname3, kind: person, aliases: [QXalias], lifespan: 1960/.., same_as: "wikidata:QXsame", unnamed: true}
  - {id: QXid4, name: QXname4, kind: organization, note: QXnote}
places:
  - {id: QXid5, name: QXname5, lat: 12.3456789, lon: 98.7654321}
  - {id: QXid6, name: QXname6, within: QXid5}
topics:
  - {id: QXid7, label: QXlabel7, about: [QXid3, QXid5]}
events:
  - {id: QXid8, label: QXlabel8, kind: QXkind8, when: {edtf: 2021-05-04, display: QXdisplay8}, status: occurred, weekday: QXday, participants: [{actor: QXid3, role: QXrole}], place: QXid6, evidence: {document: QXid1, quote: QXpassage, spans: [[1234567, 1234599]]}}
  - {id: QXid9, label: QXlabel9, part_of: QXid8, causes: QXid8}
claims:
  - {id: QXid10, speaker: QXid3, as: QXid13, to: QXid4, about: [QXid7, QXid8], stance: supports, act: asserts, mode: direct, quote: QXquote, content: QXcontent, said: 2021-05-04, weekday: QXday, at: QXid8, via: QXid4, evidence: {document: QXid1, quote: QXpassage}, tags: [QXtag2], ignore: {code: AN321, reason: QXreason}}
  - {speaker: QXid4, content: QXcontent2, responds_to: QXid10, contradicts: QXid10, retracted: {on: 2022-01-01, reason: QXreason}}
  - {speaker: [], content: QXcontent3, repeats: "QXfacts.yaml#claims/2", supports: QXid10}
relations:
  - {id: QXid13, from: QXid3, kind: holds_office, to: QXid4, role: QXrole2, when: 2020/..}
  - {from: QXid4, kind: QXkind14, to: QXid3, confidence: 0.5, recorded: {edtf: 2021, display: QXdisplay}}
orders:
  - {first: QXid8, relation: before, second: QXid10, by: P1D, note: QXnote}
"#;

/// Every format and diagram, of a copy with pseudonyms.
fn all_formats(
    loaded: &LoadResult,
    selected: Option<BTreeSet<RecordRef>>,
) -> Vec<(String, Vec<u8>)> {
    let dossier = Dossier::new(loaded);
    let selected = selected.unwrap_or_else(|| loaded.facts.records().collect());
    let (copy, selected) = anonymised(&dossier, &view(loaded, &selected));
    let copied = Dossier::new(&copy);
    let view = View::new(&copy.facts, selected);
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    for exporter in EXPORTERS {
        let diagrams: &[Diagram] = if exporter.options.contains(&Choice::Diagram) {
            &[Diagram::Flowchart, Diagram::Timeline]
        } else {
            &[Diagram::default()]
        };
        // That of the facts themselves has several spellings.
        let endings: &[&str] = if exporter.name == "facts" {
            &["yaml", "json", "jsonl"]
        } else {
            exporter.extensions.get(..1).unwrap_or(&[""])
        };
        for diagram in diagrams {
            for ending in endings {
                let options = Options {
                    file: Some(format!("out.{ending}").into()),
                    diagram: *diagram,
                    ..Options::default()
                };
                let out = files(exporter, &copied, &view, &options);
                all.push((format!("{} {diagram} {ending}", exporter.name), out));
            }
        }
    }
    all
}

#[test]
fn nothing_that_names_survives_in_any_format() {
    let loaded = read("QXfacts.yaml", MARKED.as_bytes());
    assert!(
        loaded
            .findings
            .iter()
            .all(|one| one.code.code == "AN015" || one.code.code.starts_with("AN12")),
        "{:?}",
        loaded.findings
    );
    // Without pseudonyms it would be seen.
    let open = export(&loaded, "json", None, None);
    assert!(
        String::from_utf8(open)
            .unwrap()
            .to_lowercase()
            .contains("qx")
    );
    let some: BTreeSet<RecordRef> = loaded.facts.find("QXid10").into_iter().collect();
    for selected in [None, Some(some)] {
        for (format, bytes) in all_formats(&loaded, selected) {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.len() > 60, "{format}: {text}");
            for word in ["qx", "12.345", "98.765", "1234567", "6d81c3b5"] {
                let found = text.to_lowercase().find(word);
                assert!(found.is_none(), "{format}: {}", &text[found.unwrap_or(0)..]);
            }
        }
    }
}

/// All texts of the facts that are names: not dates, numbers or words of the vocabulary.
fn names(loaded: &LoadResult) -> BTreeSet<String> {
    fn collect(value: &Value, field: &str, found: &mut BTreeSet<String>) {
        const WORDS: [&str; 18] = [
            "published",
            "lifespan",
            "when",
            "said",
            "recorded",
            "retracted",
            "edtf",
            "on",
            "status",
            "act",
            "mode",
            "value",
            "relation",
            "by",
            "kind",
            "calendar",
            "code",
            "language",
        ];
        match value {
            Value::String(text) if !WORDS.contains(&field) => {
                found.insert(text.clone());
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, field, found)),
            Value::Object(fields) => fields
                .iter()
                .for_each(|(name, value)| collect(value, name, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for record in loaded.facts.records() {
        let fields = loaded.facts.written(record);
        found.insert(loaded.facts.id(record).to_owned());
        collect(&Value::Object(fields), "", &mut found);
    }
    found
}

/// Whether a text has a name in it that is no part of a longer word.
fn says(text: &str, name: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), name).any(|at| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[test]
fn no_name_of_the_shipped_dossiers_survives() {
    let loaded = read_files(&["data"]);
    let names = names(&loaded);
    assert!(names.len() > 700, "{}", names.len());
    // What the formats themselves say: that of a dossier that has nothing to do with it.
    let other = read("QXfacts.yaml", MARKED.as_bytes());
    let own: String = (all_formats(&other, None).into_iter())
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    let telling = |name: &&String| name.chars().count() > 3 && !own.contains(name.as_str());
    let names: Vec<&String> = names.iter().filter(telling).collect();
    assert!(names.len() > 600, "{}", names.len());
    for (format, bytes) in all_formats(&loaded, None) {
        let text = String::from_utf8(bytes).unwrap();
        for name in &names {
            assert!(!says(&text, name), "{format}: {name}");
        }
    }
}

#[test]
fn the_structure_is_the_same() {
    let loaded = read_files(&["data"]);
    let dossier = Dossier::new(&loaded);
    let all = View::of_all(&loaded.facts);
    let (copy, selected) = anonymised(&dossier, &all);
    let (graph, again) = (all.graph(), View::new(&copy.facts, selected).graph());
    let shape = |graph: &Graph| {
        let ends = graph.net.raw_edges().iter();
        let edges = ends.map(|edge| {
            (
                edge.source().index(),
                edge.target().index(),
                edge.weight.stance,
            )
        });
        let nodes = graph.net.node_weights().map(|node| node.kind());
        (nodes.collect::<Vec<_>>(), edges.collect::<Vec<_>>())
    };
    assert_eq!(shape(&graph), shape(&again));
    let dates = |loaded: &LoadResult, graph: &Graph| -> Vec<Option<String>> {
        let edges = graph.net.edge_weights();
        edges
            .map(|edge| {
                edge.when
                    .map(|date| loaded.facts.date(date).written().to_owned())
            })
            .collect()
    };
    assert_eq!(dates(&loaded, &graph), dates(&copy, &again));
    // The pseudonyms do not hang on what is selected.
    let some: BTreeSet<RecordRef> = loaded.facts.find("zelensky").into_iter().collect();
    let (copy, _) = anonymised(&dossier, &view(&loaded, &some));
    let nth = loaded
        .facts
        .actors
        .handles()
        .position(|id| loaded.facts.id(id) == "zelensky")
        .unwrap();
    assert_eq!(copy.facts.len(), 1);
    assert!(copy.facts.find(&format!("actor-{}", nth + 1)).is_some());
}
