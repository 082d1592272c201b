//! `annals brief`: a document for an editor or a lawyer.

use std::collections::BTreeSet;

use annals::export::brief::{BRIEF_FORMATS, brief_by_name};
use annals::store::rows::BriefDocument;
use annals::{OpenOptions, Query, Store};

fn written(name: &str, document: &BriefDocument) -> String {
    let format = brief_by_name(name).unwrap();
    let mut out = Vec::new();
    (format.work)(document, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn brief(store: &Store, query: &Query) -> BriefDocument {
    store.brief(query).unwrap().data
}

/// The tags between `<main>` and `</main>`, each of which must be closed.
fn tags(html: &str) -> Vec<String> {
    let main = html.split("<main>").nth(1).unwrap();
    let main = main.split("</main>").next().unwrap();
    let (mut open, mut tags) = (Vec::new(), Vec::new());
    for rest in main.split('<').skip(1) {
        let tag = rest.split('>').next().unwrap();
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop().as_deref(), Some(name)),
            None => {
                let name = tag.split(' ').next().unwrap().to_owned();
                open.push(name.clone());
                tags.push(name);
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    tags
}

#[test]
fn every_claim_of_said_stands_there_once_with_its_number() {
    for folder in ["data/harbour", "data/kyiv", "data"] {
        let store = Store::open(folder).unwrap();
        let document = brief(&store, &Query::new());
        let said = store.said(&Query::new()).unwrap();
        let ids: Vec<String> = said.iter().map(|row| row.id).collect();
        let own: Vec<&String> = document.claims.iter().map(|one| &one.said.id).collect();
        assert_eq!(own, ids.iter().collect::<Vec<_>>());
        let html = written("html", &document);
        let markdown = written("md", &document);
        for (number, id) in (1..).zip(&ids) {
            let label = format!("<article id=\"claim-{number}\">");
            assert_eq!(html.matches(&label).count(), 1, "{id}");
            let heading = format!("### <a id=\"claim-{number}\"></a>{number}. ");
            assert_eq!(markdown.matches(&heading).count(), 1, "{id}");
        }
        // Every link within the document leads somewhere.
        let anchors: BTreeSet<&str> = html
            .split(" id=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        for link in html.split("href=\"#").skip(1) {
            let name = link.split('"').next().unwrap();
            assert!(anchors.contains(name), "{name}");
        }
        assert!(!tags(&html).iter().any(|tag| tag == "script"));
    }
}

#[test]
fn every_passage_and_every_sum_is_true() {
    use sha2::{Digest as _, Sha256};
    let store = Store::open("data/harbour").unwrap();
    let document = brief(&store, &Query::new());
    assert_eq!(document.files.len(), 8);
    for file in &document.files {
        let bytes = std::fs::read(&file.name).unwrap();
        let sum = format!("{:x}", Sha256::digest(bytes));
        assert_eq!(file.sha256.as_deref(), Some(sum.as_str()), "{}", file.name);
    }
    let mut marked = 0;
    for passage in document.claims.iter().flat_map(|claim| &claim.passages) {
        let Some(sentence) = &passage.passage.sentence else {
            continue;
        };
        let source = &document.sources[passage.source.unwrap() - 1];
        let text = std::fs::read_to_string(&source.text.as_ref().unwrap().name).unwrap();
        assert!(text.contains(sentence.as_str()), "{sentence}");
        marked += passage.passage.marks.len();
    }
    assert!(marked > 50, "{marked}");
}

const HOSTILE: &str = "annals: 1
documents:
  - {id: d1, title: 'A <script>alert(1)</script> & [x](javascript:alert(1))', published: 2021-05-01, url: 'javascript:alert(1)'}
  - {id: d2, title: '# ``` \u{202e}gnihtemos', based_on: [d1], corrects: d1}
actors:
  - {id: a1, name: '</bdi><img src=x onerror=alert(1)>', kind: person}
  - {id: a2, name: '   ', kind: person, unnamed: true}
topics:
  - {id: t1, label: \"*not* _emphasis_ | \\a cell\"}
claims:
  - {id: c1, speaker: a1, about: t1, quote: \"1. <b>\\nsecond line \u{2066}\", said: 2021-04, evidence: {document: d1, quote: '</p><p>'}}
  - {id: c2, speaker: a2, about: t1, content: 'none', contradicts: [c1], via: [a2, c1], evidence: {document: d2}}
  - {id: c3, speaker: [], content: 'nothing rests on anything', responds_to: c1}
";

#[test]
fn what_a_name_has_in_it_is_shown_and_never_run() {
    let options = OpenOptions::new().memory("facts.yaml", HOSTILE);
    let store = options.open().unwrap();
    let document = brief(&store, &Query::new());
    assert_eq!(document.claims.len(), 3);
    for format in BRIEF_FORMATS.iter().filter(|format| format.name != "docx") {
        let text = written(format.name, &document);
        let hidden = text
            .chars()
            .find(|c| annals::finding::is_hidden(*c) && *c != '\n');
        assert_eq!(hidden, None, "{}", format.name);
        assert!(text.contains("u{202e}"), "{}", format.name);
        assert!(!text.contains("<script") && !text.contains("<img") && !text.contains("<b>"));
    }
    let html = written("html", &document);
    assert!(!html.contains("href=\"javascript:"));
    let known = [
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "li",
        "article",
        "div",
        "blockquote",
    ];
    let inline = ["a", "bdi", "strong", "em", "mark", "small"];
    for tag in tags(&html) {
        assert!(
            known.contains(&tag.as_str()) || inline.contains(&tag.as_str()),
            "{tag}"
        );
    }
    let markdown = written("md", &document);
    assert!(markdown.contains("\\[x\\](javascript:alert(1))"));
    assert!(markdown.contains("\\*not\\* \\_emphasis\\_ \\|"));
    assert!(markdown.contains("(no name)"));
}

#[test]
fn what_is_left_out_is_counted() {
    let store = Store::open("data/harbour").unwrap();
    let all = brief(&store, &Query::new());
    let some = brief(&store, &Query::new().limit(5));
    assert_eq!((some.claims.len(), some.selected), (5, all.claims.len()));
    let text = written("md", &some);
    let words = format!(
        "{} claims match; the first 5 stand here, and {} are left out.",
        some.selected,
        some.selected - 5
    );
    assert!(text.contains(&words), "{text}");
    let with = brief(&store, &Query::new().retracted());
    assert_eq!(with.claims.len(), all.claims.len() + all.retracted);
    assert!(all.retracted > 0 && with.retracted == 0);
}

#[test]
fn a_snapshot_gives_the_same_document() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.annals");
    let facts = Store::open("data").unwrap();
    facts.build(&path, annals::BuildAs::default()).unwrap();
    let snapshot = Store::open(&path).unwrap();
    let queries = [
        Query::new(),
        Query::new().about("the north basin"),
        Query::new().by("al-darwish").rollup(Vec::new()).limit(3),
        Query::new().act("asserts").retracted(),
    ];
    for query in &queries {
        for name in ["md", "html"] {
            let (one, other) = (brief(&facts, query), brief(&snapshot, query));
            assert_eq!(written(name, &one), written(name, &other));
        }
    }
}
