//! Random dossiers through every format: no panic, the same bytes twice, and what each form promises.

use std::collections::{BTreeMap, BTreeSet};

use annals::export::EXPORTERS;
use annals::load::LoadResult;
use annals::query::contradictions::contradictions;
use annals::query::promises::{ACTS, promises, reach};
use annals::query::{Dossier, Query};
use proptest::prelude::*;
use serde_json::Value;

use super::drawn::dossier;
use super::{export, read};

/// A statement: subject, predicate, value with its type.
type Statement = (String, String, String);

/// The statements of N-Quads, read by their grammar.
fn quads(text: &str) -> BTreeSet<Statement> {
    let mut found = BTreeSet::new();
    for line in text.split('\n').filter(|line| !line.is_empty()) {
        let (subject, rest) = line.split_once(' ').unwrap();
        let (predicate, rest) = rest.split_once(' ').unwrap();
        let value = rest.strip_suffix(" .").unwrap();
        let value = match value.strip_prefix('"') {
            None => value.to_owned(),
            Some(rest) => {
                let (text, datatype) = literal(rest);
                format!("{text:?}{datatype}")
            }
        };
        for iri in [subject, predicate] {
            assert!(iri.starts_with('<') && iri.ends_with('>'), "{line}");
            assert!(iri.bytes().all(|byte| byte.is_ascii_graphic()), "{line}");
            assert!(
                !iri[1..iri.len() - 1].contains(['<', '>', '"', '{', '}', '|', '^', '`', '\\']),
                "{line}"
            );
        }
        found.insert((subject.to_owned(), predicate.to_owned(), value));
    }
    found
}

/// A literal after its first quotation mark: its text, and what follows it.
fn literal(rest: &str) -> (String, String) {
    let mut text = String::new();
    let mut chars = rest.chars();
    loop {
        match chars.next().unwrap() {
            '"' => return (text, chars.collect()),
            '\\' => match chars.next().unwrap() {
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                'u' => {
                    let digits: String = chars.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&digits, 16).unwrap();
                    text.push(char::from_u32(code).unwrap());
                }
                c @ ('"' | '\\') => text.push(c),
                c => panic!("\\{c} is no escape"),
            },
            c => text.push(c),
        }
    }
}

/// The statements of JSON-LD with a context of prefixes alone.
fn linked(text: &str) -> BTreeSet<Statement> {
    let data: Value = serde_json::from_str(text).unwrap();
    let prefixes: BTreeMap<&str, &str> = (data["@context"].as_object().unwrap().iter())
        .map(|(prefix, iri)| (prefix.as_str(), iri.as_str().unwrap()))
        .collect();
    let whole = |name: &str| match name.split_once(':') {
        Some((prefix, local)) if prefixes.contains_key(prefix) => {
            format!("<{}{local}>", prefixes[prefix])
        }
        _ => format!("<{name}>"),
    };
    let mut found = BTreeSet::new();
    for thing in data["@graph"].as_array().unwrap() {
        let subject = whole(thing["@id"].as_str().unwrap());
        for (key, values) in thing.as_object().unwrap() {
            let values = match values {
                Value::Array(values) => values.iter().collect(),
                one => vec![one],
            };
            for value in values {
                let (predicate, value) = match (key.as_str(), value) {
                    ("@id", _) => continue,
                    ("@type", class) => ("rdf:type", whole(class.as_str().unwrap())),
                    (key, Value::String(text)) => (key, format!("{text:?}")),
                    (key, value) => match value.get("@id") {
                        Some(iri) => (key, whole(iri.as_str().unwrap())),
                        None => {
                            let datatype = whole(value["@type"].as_str().unwrap());
                            (
                                key,
                                format!("{:?}^^{datatype}", value["@value"].as_str().unwrap()),
                            )
                        }
                    },
                };
                found.insert((subject.clone(), whole(predicate), value));
            }
        }
    }
    found
}

fn text(loaded: &LoadResult, format: &str) -> String {
    String::from_utf8(export(loaded, format, None, None)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_format_takes_any_dossier(lines in dossier()) {
        let loaded = read("drawn.jsonl", lines.as_bytes());
        let again = read("drawn.jsonl", lines.as_bytes());
        for exporter in EXPORTERS {
            let name = exporter.name;
            prop_assert_eq!(export(&loaded, name, None, None), export(&again, name, None, None), "{}", name);
        }
    }

    #[test]
    fn two_spellings_of_linked_data_say_the_same(lines in dossier()) {
        let loaded = read("drawn.jsonl", lines.as_bytes());
        let quads = quads(&text(&loaded, "nquads"));
        prop_assert!(quads.len() > 24);
        prop_assert_eq!(&quads, &linked(&text(&loaded, "jsonld")));
        // Any name comes back.
        for record in loaded.facts.records().filter(|record| loaded.facts.more(*record).is_none()) {
            let label = format!("{:?}", loaded.facts.id(record));
            prop_assert!(quads.iter().any(|(_, predicate, value)| {
                predicate == "<http://purl.org/dc/terms/identifier>" && *value == label
            }), "{}", label);
        }
    }

    #[test]
    fn lines_of_a_calendar_are_short_and_whole(lines in dossier()) {
        let loaded = read("drawn.jsonl", lines.as_bytes());
        let calendar = text(&loaded, "ics");
        for line in calendar.split("\r\n") {
            prop_assert!(line.len() <= 75, "{}", line);
            prop_assert!(!line.contains(|c: char| c.is_control() && c != '\t'), "{:?}", line);
        }
        let unfolded = calendar.replace("\r\n ", "");
        for (id, event) in loaded.facts.events.iter() {
            let summary = event.label.map(|label| loaded.facts.str(label).to_owned()).unwrap_or_default();
            let held = unfolded.contains(&format!("UID:{}@annals", loaded.facts.id(id)));
            // Those without control characters, and without those that turn the direction of text, stand
            // there as the standard escapes them.
            let plain = summary.replace('\n', "");
            if held && annals::format::escape::unturned(&plain) == plain {
                let escaped = summary.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n");
                let line = format!("SUMMARY:{escaped}\r\n");
                prop_assert!(unfolded.contains(&line), "{}", line);
            }
        }
    }

    #[test]
    fn slides_of_a_timeline_have_their_words(lines in dossier()) {
        let loaded = read("drawn.jsonl", lines.as_bytes());
        let data: Value = serde_json::from_str(&text(&loaded, "timelinejs")).unwrap();
        let mut ids = BTreeSet::new();
        for slide in data["events"].as_array().unwrap() {
            prop_assert!(ids.insert(slide["unique_id"].as_str().unwrap().to_owned()));
            prop_assert!(slide["start_date"]["year"].as_i64().unwrap() != 0);
            let headline = slide["text"]["headline"].as_str().unwrap();
            prop_assert!(!headline.contains(['<', '>', '"']), "{}", headline);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_on_a_page_runs_or_leads_astray(lines in dossier()) {
        let loaded = read("drawn.jsonl", lines.as_bytes());
        let page = text(&loaded, "html");
        prop_assert_eq!(page.matches("<script").count(), 1);
        for part in page.split("href=\"").skip(1) {
            prop_assert!(["#", "https://", "http://", "data:,\""].iter().any(|start| part.starts_with(start)), "{}", part);
        }
        // No tag but those of the page: `<b>` of a name is none.
        for part in page.split('<').skip(1) {
            let tag: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || "/!-".contains(*c)).collect();
            let known = [
                "!DOCTYPE", "html", "head", "meta", "link", "title", "style", "body", "a", "header", "h1", "h2", "h3",
                "p", "nav", "ul", "ol", "li", "form", "label", "br", "input", "output", "main", "section", "div",
                "table", "caption", "thead", "tbody", "tr", "th", "td", "blockquote", "span", "bdi", "mark", "strong",
                "footer", "script", "!--", "details", "summary",
                // Of the pictures: nothing that loads, links elsewhere or runs.
                "svg", "desc", "g", "rect", "path", "ellipse", "text", "tspan", "linearGradient", "stop",
            ];
            prop_assert!(known.contains(&tag.trim_start_matches('/')), "{} in {}", tag, part);
        }
    }
}

#[test]
fn a_page_has_what_contradicts_what_and_what_was_promised() {
    let loaded = super::read_files(&["data/harbour"]);
    let page = text(&loaded, "html");
    let section = |name: &str| {
        let start = page.find(&format!("aria-labelledby=\"{name}\"")).unwrap();
        page[start..].split("</section>").next().unwrap()
    };
    let (dossier, all) = (Dossier::new(&loaded), Query::default());
    let selection = all.resolve(&loaded.facts).unwrap();
    let found = contradictions(&dossier, &selection).found;
    let pairs: BTreeSet<_> = found.iter().map(|one| (one.kind, one.claims)).collect();
    let listed = section("contradictions");
    assert_eq!(listed.matches("<li data-row>").count(), pairs.len());
    for claim in pairs.iter().flat_map(|(_, claims)| claims) {
        let link = format!("href=\"#claim-{}\"", loaded.facts.id(*claim));
        assert!(listed.contains(&link), "{link}");
    }
    let selection = selection.or_of_acts(&ACTS);
    let found = promises(&dossier, &selection, &[], reach(&loaded.facts));
    let listed = section("promises");
    assert_eq!(listed.matches("<li data-row>").count(), found.len());
    assert!(found.len() > 5 && pairs.len() > 10);
}

#[test]
fn the_ending_of_a_file_says_its_format() {
    let of = |name: &str| {
        annals::export::by_extension(std::path::Path::new(name)).map(|exporter| exporter.name)
    };
    for (file, format) in [
        ("a.yaml", "facts"),
        ("a.JSONL", "facts"),
        ("a.json", "json"),
        ("kyiv.timeline.json", "timelinejs"),
        ("a.mmd", "mermaid"),
        ("a.ics", "ics"),
        ("a.jsonld", "jsonld"),
        ("a.nq", "nquads"),
        ("a.html", "html"),
        ("a.dot", "dot"),
    ] {
        assert_eq!(of(file), Some(format), "{file}");
    }
    assert_eq!(of("json"), None);
}

#[test]
fn every_word_of_the_vocabulary_is_on_its_page() {
    let page = std::fs::read_to_string("docs/reference/rdf.md").unwrap();
    let loaded = super::read_files(&["data"]);
    let mut words = BTreeSet::new();
    let told = text(&loaded, "nquads")
        + &text(
            &read("f.yaml", super::anonymous::MARKED.as_bytes()),
            "nquads",
        );
    for part in told.split("<urn:annals:vocabulary#").skip(1) {
        words.insert(part.split('>').next().unwrap().to_owned());
    }
    assert!(words.len() > 50, "{words:?}");
    let ties = annals::model::RELATION_KINDS;
    for word in words
        .iter()
        .filter(|word| !word.starts_with("x_") && !word.starts_with("relation/"))
    {
        if !ties.contains(&word.as_str()) {
            assert!(
                page.contains(&format!("`annals:{word}`")),
                "annals:{word} is on no page"
            );
        }
    }
}

#[test]
fn a_part_of_the_graph_as_rows_or_as_facts() {
    let folder = tempfile::tempdir().unwrap();
    for (file, begins) in [
        ("edges.jsonl", "{\"source\":{"),
        ("edges.csv", "source,source_name,"),
        ("graph.json", "{\"schema\":\"annals.graph/1\""),
        ("facts.yaml", "annals: 1\n"),
    ] {
        let path = folder.path().join(file);
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_annals"))
            .args(["subgraph", "data/kyiv", "--around", "wagner", "-q", "-o"])
            .arg(&path)
            .status()
            .unwrap();
        assert!(done.success());
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(written.starts_with(begins), "{file}: {}", &written[..60]);
    }
}
