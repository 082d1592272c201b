//! The test set for `annals draft`: its files are facts without an error, each article has its
//! source and licence, and every offset says what it should.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

const CORPUS: &str = "tests/corpus/draft";

fn annals(arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    let output = command.args(arguments).output().unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(printed).unwrap())
}

/// The graph of its facts, read once for all tests.
static GRAPH: LazyLock<Value> = LazyLock::new(|| {
    let (_, graph) = annals(&["export", CORPUS, "-f", "json", "-q"]);
    serde_json::from_str(&graph).unwrap()
});

/// Its articles or its claims.
fn nodes(kind: &str) -> impl Iterator<Item = &'static Value> {
    let nodes = GRAPH["nodes"].as_array().unwrap();
    nodes.iter().filter(move |one| one["kind"] == kind)
}

fn word<'a>(node: &'a Value, field: &str) -> &'a str {
    node[field].as_str().unwrap_or_default()
}

fn spans(value: &Value) -> Vec<(usize, usize)> {
    let of = |one: &Value| usize::try_from(one.as_u64().unwrap()).unwrap();
    let spans = value.as_array().unwrap().iter();
    spans.map(|span| (of(&span[0]), of(&span[1]))).collect()
}

fn evidence(claim: &Value) -> &Value {
    &claim["evidence"][0]
}

#[test]
fn every_article_has_its_source_and_licence() {
    let listed = fs::read_to_string(format!("{CORPUS}/SOURCES.md")).unwrap();
    for article in nodes("document") {
        let (id, published) = (word(article, "id"), word(article, "written"));
        let home = format!("https://{}.wikinews.org/wiki/", word(article, "language"));
        assert!(
            word(article, "url").starts_with(&home),
            "{id}: {}",
            word(article, "url")
        );
        assert_eq!(word(article, "publisher"), "Wikinews", "{id}");
        assert_eq!(word(article, "sha256").len(), 64, "{id}");
        assert!(article["x_words"].as_u64() >= Some(250), "{id}: too short");
        // What Wikinews published before 25 September 2005 is in the public domain.
        let licence = if published > "2005-09-25" {
            "CC BY 2.5"
        } else {
            "public domain"
        };
        assert_eq!(word(article, "x_license"), licence, "{id}");
        let row = format!(
            "| `{id}` | [{}](",
            word(article, "title").replace('|', "\\|")
        );
        let row = listed.lines().find(|line| line.starts_with(&row));
        let row = row.unwrap_or_else(|| panic!("{id} is not in SOURCES.md"));
        assert!(row.contains(published) && row.contains(licence), "{row}");
        assert!(
            row.contains(&format!("| {} |", article["x_words"])),
            "{row}"
        );
    }
}

#[test]
fn claims_are_whole_and_counted() {
    let (code, found) = annals(&["check", CORPUS, "-f", "concise"]);
    assert_eq!(code, Some(0), "{found}");
    let mut counts: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    let column = |id: &str| usize::from(id.starts_with("de-"));
    for article in nodes("document") {
        let column = column(word(article, "id"));
        counts.entry("articles").or_default()[column] += 1;
        counts.entry("words").or_default()[column] += article["x_words"].as_u64().unwrap();
    }
    for claim in nodes("claim") {
        let id = word(claim, "id");
        let passage = spans(&evidence(claim)["spans"]);
        let mut all = Vec::new();
        for field in ["x_source", "x_cue", "x_content"] {
            let spans = spans(&claim[field]);
            assert!(
                spans.windows(2).all(|two| two[0].1 <= two[1].0),
                "{id}: {field}"
            );
            all.extend(spans);
        }
        all.sort_unstable();
        assert!(
            all.windows(2).all(|two| two[0].1 <= two[1].0),
            "{id}: roles overlap"
        );
        for (start, end) in all {
            let within = |&(from, to): &(usize, usize)| from <= start && end <= to;
            assert!(
                start < end && passage.iter().any(within),
                "{id}: {start}–{end}"
            );
        }
        let content = claim["x_content"].as_array().unwrap().len();
        assert!(content > 0, "{id}: no content");
        let empty = |field: &str| claim[field].as_array().unwrap().is_empty();
        let kind = ["speech", "attitude"]
            .into_iter()
            .find(|kind| claim["x_kind"] == *kind);
        let mode = ["direct", "mixed", "indirect"]
            .into_iter()
            .find(|mode| claim["mode"] == *mode);
        let rows = [
            ("attributions", true),
            (kind.expect(id), true),
            (mode.expect(id), true),
            ("nested", claim["x_nested"] == true),
            ("negated", claim["x_negated"] == true),
            ("without a source", empty("x_source")),
            ("without a cue", empty("x_cue")),
            ("content in several pieces", content > 1),
        ];
        for (row, _) in rows.into_iter().filter(|row| row.1) {
            counts.entry(row).or_default()[column(id)] += 1;
        }
    }
    assert!(counts["articles"][0] >= 30 && counts["articles"][1] >= 10);
    assert!(counts["attributions"].iter().sum::<u64>() >= 400);
    let told = fs::read_to_string(format!("{CORPUS}/README.md")).unwrap();
    for (row, [english, german]) in counts {
        let row = format!("| {row} | {english} | {german} |");
        assert!(
            told.lines().any(|line| line == row),
            "not in README.md: {row}"
        );
    }
}

#[test]
fn offsets_say_what_the_texts_say() {
    // Every text is the one that was annotated, and every passage is in it.
    let (code, found) = annals(&["check", CORPUS, "-v"]);
    assert_eq!(code, Some(0), "{found}");
    assert!(!found.contains("AN121"), "a text is missing: {found}");
    let mut texts = BTreeMap::new();
    for article in nodes("document") {
        let text = fs::read_to_string(format!("{CORPUS}/{}", word(article, "text"))).unwrap();
        let words = u64::try_from(text.split_whitespace().count()).unwrap();
        assert_eq!(
            article["x_words"].as_u64(),
            Some(words),
            "{}",
            word(article, "id")
        );
        texts.insert(
            word(article, "id").to_owned(),
            text.chars().collect::<Vec<_>>(),
        );
    }
    for claim in nodes("claim") {
        let text = &texts[word(evidence(claim), "document")];
        for field in ["x_source", "x_cue", "x_content"] {
            for (start, end) in spans(&claim[field]) {
                let words: String = text[start..end].iter().collect();
                let id = word(claim, "id");
                assert!(
                    words.contains(char::is_alphanumeric),
                    "{id}: {field}: {words}"
                );
                assert_eq!(words.trim(), words, "{id}: {field}");
                assert!(!words.contains('\n'), "{id}: {field}: {words}");
                let cut = |at: usize| {
                    let around = text.get(at.wrapping_sub(1)).zip(text.get(at));
                    around.is_some_and(|(a, b)| a.is_alphanumeric() && b.is_alphanumeric())
                };
                assert!(
                    !cut(start) && !cut(end),
                    "{id}: {field} cuts a word: {words}"
                );
            }
        }
    }
}
