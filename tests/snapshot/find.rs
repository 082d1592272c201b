//! Words: `find` and `--text` against brute force, and from snapshots as from the facts.

mod brute;
mod facts;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use annals::load::{LoadResult, Request, Source, load};
use annals::model::{Facts, OwnWords, RecordRef};
use annals::query::names::fold;
use annals::query::words::Words;
use annals::rows::{FoundRow, SaidRow};
use annals::snapshot::{Snapshot, found, found_rows};
use annals::{Query, Store};
use serde_json::{Value, json};

use super::selections::whole;
use brute::{Told, brute, has};
use facts::{ASKED, HOSTILE, WORDS, bulk, dossier};

fn loaded(facts: &Path) -> LoadResult {
    load(&Request {
        facts: vec![Source::Path(facts.to_owned())],
        texts: Vec::new(),
    })
}

fn rows(store: &Store, words: &str, query: &Query) -> Result<(Vec<FoundRow>, Vec<String>), String> {
    let found = store
        .find(words, query)
        .map_err(|error| error.to_string())?;
    let rows = found.rows(0..found.len());
    assert_eq!(json!(found.borrowed_rows(0..found.len())), json!(rows));
    Ok((rows, found.notes.lines()))
}

fn told(row: &FoundRow) -> Told {
    let is_text = row.kind == "text";
    (
        row.kind.to_owned(),
        row.id.clone(),
        row.document.as_ref().map(|document| document.id.clone()),
        is_text.then(|| row.sentence.clone()),
        row.claims.clone(),
    )
}

fn json(rows: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(rows).unwrap()
}

fn said(store: &Store, words: &str) -> String {
    let claims = store.said(&Query::new().text(words)).unwrap();
    let notes = claims.notes.lines();
    json(&(claims.into_iter().collect::<Vec<SaidRow>>(), notes))
}

/// How many random dossiers are tried.
fn seeds() -> u64 {
    if super::is_thorough() { 300 } else { 9 }
}

fn built(facts: &Path, snapshot: &Path) {
    let store = Store::open(facts.parent().unwrap()).unwrap();
    store.build(snapshot, annals::BuildAs::default()).unwrap();
}

#[test]
fn words_are_found_as_by_looking_through_everything() {
    let (mut texts, mut covered, mut all, mut events) = (0, 0, 0, 0);
    for seed in 0..seeds() {
        let home = tempfile::tempdir().unwrap();
        let facts = dossier(home.path(), seed);
        let store = Store::open(home.path()).unwrap();
        let loaded = loaded(&facts);
        for words in ASKED {
            let (rows, _) = rows(&store, words, &Query::new()).unwrap();
            let (names, others) = brute(&loaded, words);
            let found: Vec<Told> = rows.iter().map(told).collect();
            // A word over the end of a sentence joins two of them: `no_word_is_lost_between_sentences`.
            let joins =
                words.contains(['.', ',', '-', '…']) || others.len() + names.len() != found.len();
            let expected: Vec<Told> = names.into_iter().chain(others).collect();
            if !joins || found == expected {
                assert_eq!(found, expected, "{words} in {seed}");
            } else {
                let records = |all: &[Told]| {
                    all.iter()
                        .filter(|one| one.0 != "text")
                        .cloned()
                        .collect::<Vec<_>>()
                };
                assert_eq!(records(&found), records(&expected), "{words} in {seed}");
                assert!(
                    words.contains(['.', ',', '-', '…']),
                    "{words} in {seed}: {found:#?} {expected:#?}"
                );
            }
            for row in &rows {
                assert!(has(&row.sentence, words), "{words} in {row:?}");
                let letters: Vec<char> = row.sentence.chars().collect();
                for mark in &row.marks {
                    let marked: String = letters[mark.start as usize..mark.end as usize]
                        .iter()
                        .collect();
                    let marked = fold(&marked);
                    assert!(
                        fold(words)
                            .split_whitespace()
                            .any(|word| marked.contains(word))
                    );
                }
                let text = row.document.as_ref().and_then(|one| {
                    let id = loaded.facts.find(&one.id)?;
                    let RecordRef::Document(id) = id else {
                        return None;
                    };
                    loaded.texts.get(id)
                });
                if row.kind == "text" {
                    let lines = text.unwrap().1.as_str().split('\n');
                    let line = lines
                        .skip(row.line.unwrap() as usize - 1)
                        .collect::<Vec<_>>()
                        .join("\n");
                    let first = &row.marks[0];
                    let marked: String = letters[first.start as usize..first.end as usize]
                        .iter()
                        .collect();
                    assert!(line.contains(&marked));
                }
            }
            all += rows.len();
            events += rows
                .iter()
                .filter(|row| row.kind == "event" && row.document.is_some())
                .count();
            texts += rows.iter().filter(|row| row.kind == "text").count();
            covered += rows.iter().filter(|row| !row.claims.is_empty()).count();
        }
    }
    assert!(
        all > 1000 && texts > 200 && covered > 50 && texts > covered && events > 10,
        "{all} rows, {texts} of texts, {covered} covered, {events} events by their passages"
    );
}

/// The claims that `--text` selects are those in one of whose texts all words are.
#[test]
fn text_selects_as_by_looking_through_everything() {
    let mut claims = 0;
    for seed in 0..seeds() {
        let home = tempfile::tempdir().unwrap();
        let facts = dossier(home.path(), seed);
        let store = Store::open(home.path()).unwrap();
        let loaded = loaded(&facts);
        for words in ASKED {
            let found = store.said(&Query::new().text(*words)).unwrap();
            let mut found: Vec<String> = found.into_iter().map(|row| row.id).collect();
            found.sort_unstable();
            let (_, others) = brute(&loaded, words);
            let expected = others.into_iter().filter(|one| one.0 == "claim");
            let mut expected: Vec<String> = expected.map(|one| one.1).collect();
            expected.sort_unstable();
            assert_eq!(found, expected, "{words} in {seed}");
            claims += found.len();
        }
    }
    assert!(claims > 500, "{claims}");
}

#[test]
fn a_snapshot_finds_the_same_words() {
    let mut in_part = 0;
    for seed in (0..seeds()).filter(|seed| *seed > 8 || seed % 3 < 2 && *seed < 5) {
        let home = tempfile::tempdir().unwrap();
        let facts = dossier(home.path(), seed);
        let files = Store::open(home.path()).unwrap();
        let snapshot = home.path().join("x.annals");
        built(&facts, &snapshot);
        let queries = [
            Query::new(),
            Query::new().limit(3),
            Query::new().by("a1").retracted(),
            Query::new().in_document("d1"),
            Query::new().from(annals::time::Date::parse("2021-02").unwrap()),
        ];
        let opened = Snapshot::open(&snapshot).unwrap();
        let hostile = ["x".repeat(9999), WORDS.join(" "), "漢".repeat(77)];
        let hostile = HOSTILE
            .iter()
            .copied()
            .chain(hostile.iter().map(String::as_str));
        for words in ASKED.iter().copied().chain(hostile) {
            let query = &queries[words.len() % queries.len()];
            // Opened anew, so that it has not read everything.
            let kept = Store::open(&snapshot).unwrap();
            let expected = rows(&files, words, query);
            let found = rows(&kept, words, query);
            assert_eq!(json(&found), json(&expected), "{words:?} in {seed}");
            let kept = Store::open(&snapshot).unwrap();
            assert_eq!(
                said(&kept, words),
                said(&files, words),
                "{words:?} in {seed}"
            );
            // However many there are.
            let text = query.clone().text(words);
            let some = found_in(&opened, &text);
            if let Some(some) = some.filter(|_| expected.is_ok()) {
                in_part += 1;
                assert_eq!(
                    json(&some),
                    json(&expected.unwrap().0),
                    "{words:?} in {seed}"
                );
            }
        }
    }
    assert!(in_part > 100, "{in_part}");
}

/// What a snapshot finds without reading everything.
fn found_in(snapshot: &Snapshot, query: &Query) -> Option<Vec<FoundRow>> {
    let loaded = found(snapshot, query, &OwnWords::default(), whole(), false).unwrap()?;
    let selection = query.resolve(&loaded.facts).ok()?;
    let dossier = annals::query::Dossier::with(&loaded, &selection.validity);
    let hits = annals::query::find::find(&dossier, &selection);
    let row = |hit| annals::query::find::row(&dossier, selection.words(), hit);
    Some(hits.iter().map(row).collect())
}

/// Where much has the words, columns tell what the facts would.
#[test]
fn columns_tell_what_the_facts_tell() {
    let mut told = 0;
    for seed in 0..(seeds() / 4).max(1) {
        let home = tempfile::tempdir().unwrap();
        for (nth, name) in ["b.jsonl", "a.jsonl"].iter().enumerate() {
            let ids = if nth == 0 { "" } else { "z" };
            let mut lines = bulk(seed * 2 + nth as u64);
            for kind in ["a", "t", "d", "e", "c"] {
                lines = lines.replace(&format!("\"{kind}"), &format!("\"{ids}{kind}"));
            }
            // Names of fields and of kinds begin so as well.
            for word in [
                "actor", "topic", "document", "event", "claim", "aliases", "type", "title",
                "about", "content", "evidence",
            ] {
                lines = lines.replace(&format!("\"{ids}{word}"), &format!("\"{word}"));
            }
            fs::write(home.path().join(name), lines).unwrap();
        }
        let files = Store::open(home.path()).unwrap();
        let snapshot = home.path().join("x.annals");
        built(&home.path().join("a.jsonl"), &snapshot);
        let opened = Snapshot::open(&snapshot).unwrap();
        let counts = opened.counts().unwrap();
        assert!(counts.codes.is_empty(), "{:?}", counts.codes);
        for words in ASKED.iter().chain(&["ann 1", "e", "report", "c"]) {
            for limit in [None, Some(4)] {
                let query = Query {
                    limit,
                    ..Query::new()
                };
                let (expected, _) = rows(&files, words, &query).unwrap();
                let text = query.text(*words);
                let found = found_rows(&opened, &text, &OwnWords::default(), whole()).unwrap();
                let (found, loaded) = found.expect("nothing is at fault");
                assert!(loaded.facts.is_empty());
                let words_of = Words::new([*words]);
                let borrowed: Vec<FoundRow<&str>> = found.rows(0..found.len(), &words_of);
                let found: Vec<FoundRow> = found.rows(0..found.len(), &words_of);
                assert_eq!(json!(borrowed), json!(found));
                assert_eq!(json(&found), json(&expected), "{words} in {seed}");
                told += found.len();
            }
        }
        // What asks for more than words is not told so.
        let more = Query::new().text("council").by("a1");
        assert!(
            found_rows(&opened, &more, &OwnWords::default(), whole())
                .unwrap()
                .is_none()
        );
    }
    assert!(told > 1500, "{told}");
}

#[test]
fn a_damaged_index_is_refused_or_finds_right() {
    let home = tempfile::tempdir().unwrap();
    let facts = dossier(home.path(), 1);
    let snapshot = home.path().join("x.annals");
    built(&facts, &snapshot);
    let expected = rows(&Store::open(&snapshot).unwrap(), "council", &Query::new()).unwrap();
    let mut refused = 0;
    for table in ["words", "texts"] {
        let part = fs::read_dir(snapshot.join(table)).unwrap().next();
        let path = part.unwrap().unwrap().path().join("0.parquet");
        let right = fs::read(&path).unwrap();
        let step = right.len() / 40 + 1;
        for at in (0..right.len()).step_by(step) {
            let mut wrong = right.clone();
            wrong[at] ^= 0x55;
            fs::write(&path, &wrong).unwrap();
            match Store::open(&snapshot).map_err(|error| error.to_string()) {
                Ok(store) => match rows(&store, "council", &Query::new()) {
                    Ok(found) => assert_eq!(json(&found), json(&expected), "{table} {at}"),
                    Err(_) => refused += 1,
                },
                Err(_) => refused += 1,
            }
        }
        fs::write(&path, &right[..right.len() - 1]).unwrap();
        assert!(Store::open(&snapshot).is_err());
        fs::write(&path, &right).unwrap();
    }
    assert!(refused > 40, "{refused}");
}

/// A snapshot whose manifest names no index of words.
#[test]
fn a_snapshot_without_an_index_of_words_answers_too() {
    use sha2::Digest as _;
    let home = tempfile::tempdir().unwrap();
    let facts = dossier(home.path(), 2);
    let snapshot = home.path().join("x.annals");
    built(&facts, &snapshot);
    let path = snapshot.join("manifest.json");
    let sum = |bytes: &[u8]| {
        let sum = sha2::Sha256::digest(bytes);
        sum.iter().fold(String::new(), |mut all, byte| {
            write!(all, "{byte:02x}").unwrap();
            all
        })
    };
    let mut manifest: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    manifest.as_object_mut().unwrap().remove("sum");
    let part = &mut manifest["parts"][0];
    let name = format!("part={}", part["name"].as_str().unwrap());
    let folder = snapshot.join("sums").join(&name);
    let files = part["files"].as_array_mut().unwrap();
    let nth = files
        .iter()
        .position(|file| file["name"] == "words")
        .unwrap();
    let blocks = |file: &Value| file["bytes"].as_u64().unwrap().div_ceil(4096) as usize * 8;
    let before: usize = files[..nth].iter().map(blocks).sum();
    let mut sums = fs::read(folder.join("blocks.sums")).unwrap();
    sums.drain(before..before + blocks(&files[nth]));
    files.remove(nth);
    part["blocks"] = json!(sum(&sums));
    fs::write(folder.join("blocks.sums"), sums).unwrap();
    let body = serde_json::to_string_pretty(&manifest).unwrap();
    let body = body.strip_suffix("\n}").unwrap();
    fs::write(
        &path,
        format!("{body},\n  \"sum\": \"{}\"\n}}\n", sum(body.as_bytes())),
    )
    .unwrap();
    fs::remove_file(snapshot.join("words").join(&name).join("0.parquet")).unwrap();

    let files = Store::open(home.path()).unwrap();
    for words in ASKED {
        let kept = Store::open(&snapshot).unwrap();
        let found = rows(&kept, words, &Query::new());
        assert_eq!(
            json(&found),
            json(&rows(&files, words, &Query::new())),
            "{words}"
        );
        let kept = Store::open(&snapshot).unwrap();
        assert_eq!(said(&kept, words), said(&files, words), "{words}");
    }
}

/// Facts are counted here only to be sure that there are some.
#[test]
fn the_dossiers_have_what_is_looked_for() {
    let home = tempfile::tempdir().unwrap();
    let loaded = loaded(&dossier(home.path(), 4));
    let facts: &Facts = &loaded.facts;
    assert_eq!(facts.claims.len(), 40);
    assert!(
        facts
            .documents
            .handles()
            .any(|id| loaded.texts.get(id).is_some())
    );
    let evidence = facts
        .claims
        .iter()
        .flat_map(|(_, claim)| facts.list(claim.evidence));
    assert!(
        evidence
            .filter(|one| !facts.list(one.found).is_empty())
            .count()
            > 5
    );
}
