//! Words: `find` and `--text` against brute force, and from snapshots as from the facts.

use std::fs;
use std::path::{Path, PathBuf};

use annals::evidence::{Text, paragraphs, sentences};
use annals::load::{LoadResult, Request, Source, load};
use annals::model::{DocumentId, Facts, OwnWords, RecordKind, RecordRef, Vocabulary as _};
use annals::query::names::fold;
use annals::query::words::Words;
use annals::rows::{FoundRow, SaidRow};
use annals::snapshot::{Snapshot, found, found_rows};
use annals::{Query, Store};
use serde_json::{Value, json};

use super::selections::whole;
use super::world::Dice;

const WORDS: &[&str] = &[
    "Council",
    "council's",
    "naïve",
    "nai\u{308}ve",
    "Élysée",
    "Київ",
    "Ки\u{301}їв",
    "漢字",
    "漢",
    "字書館",
    "한국어",
    "שלום",
    "سَلَام",
    "don't",
    "e-mail",
    "1,000",
    "No.1",
    "ﬁne",
    "Straße",
    "İstanbul",
    "ΣΟΦΌΣ",
    "🙂",
    "grain",
    "GRAINS",
    "x",
];

/// What is looked for, of all sorts.
const ASKED: &[&str] = &[
    "council",
    "OUNCIL",
    "naive",
    "naïve grain",
    "elys",
    "київ",
    "漢",
    "漢字",
    "字書",
    "書館 漢",
    "한국",
    "ל",
    "سلام",
    "don't",
    "'t",
    "e-mail",
    "-m",
    "1,000",
    "000",
    ",",
    "no.1",
    "fin",
    "strasse",
    "straße",
    "istanbul",
    "σοφος",
    "🙂",
    "…",
    "grain x council",
    "x x",
    "ann",
    "topic grain",
    "report",
    "nothing of this",
];

const HOSTILE: &[&str] = &[
    "",
    " ",
    "\n\t",
    "\0",
    "\u{301}",
    "a\u{301}\u{301}\u{301}",
    "%",
    "*",
    ".*",
    "\\",
    "\"",
    "'",
    "~",
    "~漢字",
    "~漢",
    "\u{202e}",
    "\u{feff}",
    "¨",
    "´e",
    "ﷺ",
    "½",
    "ſ",
    "e-",
    "-",
    "1,",
    "'t don",
    "漢字漢字漢字漢字漢字",
    "ᄒ",
];

/// Some words as a maker of texts puts them together.
fn text(dice: &mut Dice, many: usize) -> String {
    let mut text = String::new();
    for _ in 0..many {
        text.push_str(dice.one(WORDS));
        text.push_str(dice.one(&[
            " ", " ", " ", " ", "", ". ", "! ", "。", ".\n", "\n", "\n\n", ", ",
        ]));
    }
    text
}

/// A dossier with texts, in lines or in one object.
fn dossier(folder: &Path, seed: u64) -> PathBuf {
    let mut dice = Dice(seed * 7_777_777 + 5);
    let mut records: Vec<Value> = Vec::new();
    for n in 0..4 {
        let (name, alias) = (dice.one(WORDS), dice.one(WORDS));
        records.push(
            json!({"type": "actor", "id": format!("a{n}"), "kind": "person",
            "name": format!("Ann {name}"), "aliases": [format!("{alias} {name}"), alias]}),
        );
        records.push(json!({"type": "topic", "id": format!("t{n}"), "label": format!("topic {}", dice.one(WORDS))}));
        records.push(json!({"type": "place", "id": format!("p{n}"), "name": dice.one(WORDS)}));
    }
    let mut texts = Vec::new();
    for n in 0..5 {
        let mut record = json!({"type": "document", "id": format!("d{n}")});
        if n != 3 {
            record["title"] = json!(format!("Report {}", text(&mut dice, 2)));
        }
        if n != 2 {
            record["published"] = json!(dice.one(&["2021-03-01", "2021-02", "2020", "2021-03-02"]));
        }
        let words = if dice.roll(4) > 0 {
            text(&mut dice, 30)
        } else {
            String::new()
        };
        if !words.is_empty() {
            fs::write(folder.join(format!("d{n}.txt")), &words).unwrap();
            record["text"] = json!(format!("d{n}.txt"));
        }
        texts.push(words);
        records.push(record);
    }
    let evidence = |dice: &mut Dice| {
        let document = dice.roll(5);
        let mut evidence = json!({"document": format!("d{document}")});
        let letters: Vec<char> = texts[document].chars().collect();
        if dice.roll(3) > 0 && letters.len() > 20 {
            let start = dice.roll(letters.len() - 20);
            let end = start + 5 + dice.roll(15);
            let quote: String = letters[start..end].iter().collect();
            evidence["quote"] = json!(quote.trim());
            if dice.roll(3) == 0 && quote.trim() == quote {
                evidence["spans"] = json!([[start, end]]);
            }
        } else if dice.roll(3) == 0 {
            evidence["quote"] = json!(text(dice, 2));
        }
        evidence
    };
    for n in 0..6 {
        let mut record = json!({"type": "event", "id": format!("e{n}"), "label": format!("E {}", dice.one(WORDS))});
        if dice.roll(2) == 0 {
            record["evidence"] = json!([evidence(&mut dice)]);
        }
        records.push(record);
    }
    for n in 0..40 {
        let mut record = json!({"type": "claim", "id": format!("c{n}"), "speaker": [format!("a{}", dice.roll(4))]});
        if dice.roll(2) == 0 {
            let many = 1 + dice.roll(3);
            record["quote"] = json!(text(&mut dice, many));
        }
        if dice.roll(3) > 0 {
            record["content"] = json!(text(&mut dice, 4));
        }
        let many = dice.roll(3);
        record["evidence"] = (0..many).map(|_| evidence(&mut dice)).collect();
        if dice.roll(12) == 0 {
            record["retracted"] = json!({"on": "2022-01-01", "reason": "wrong"});
        }
        if dice.roll(3) == 0 {
            record["said"] = json!(dice.one(&["2021", "2021-01-05"]));
        }
        records.push(record);
    }
    let (path, content) = if seed.is_multiple_of(3) {
        let mut all = json!({"annals": 1});
        for mut record in records {
            let kind = record.as_object_mut().unwrap().remove("type").unwrap();
            let kind = RecordKind::parse(kind.as_str().unwrap()).unwrap();
            let list = all
                .as_object_mut()
                .unwrap()
                .entry(kind.plural())
                .or_insert(json!([]));
            list.as_array_mut().unwrap().push(record);
        }
        (folder.join("f.json"), all.to_string())
    } else {
        let lines: Vec<String> = records.iter().map(Value::to_string).collect();
        (folder.join("f.jsonl"), lines.join("\n"))
    };
    fs::write(&path, content).unwrap();
    path
}

fn loaded(facts: &Path) -> LoadResult {
    load(&Request {
        facts: vec![Source::Path(facts.to_owned())],
        texts: Vec::new(),
    })
}

/// Whether a text has all words.
fn has(text: &str, words: &str) -> bool {
    let text = fold(text);
    fold(words)
        .split_whitespace()
        .all(|word| text.contains(word))
}

/// What a row is told by: kind, id, document, sentence (of a text), claims.
type Told = (String, String, Option<String>, Option<String>, Vec<String>);

/// Where a row stands: nothing of a name; else the document's date and number, where it begins, whose
/// record it is.
type Place = (bool, Option<String>, usize, bool, u32, usize, usize);

/// What has some words, by looking through everything.
fn brute(loaded: &LoadResult, words: &str) -> (Vec<Told>, Vec<Told>) {
    let facts = &loaded.facts;
    let str = |text: annals::model::Str| facts.str(text);
    let retracted = |record: RecordRef| {
        facts
            .more(record)
            .is_some_and(|more| more.retracted.is_some())
    };
    let mut names: Vec<(usize, String, Told)> = Vec::new();
    let kinds = ["actor", "topic", "place", "event", "document"];
    for record in facts.records() {
        let all: Vec<&str> = match record {
            RecordRef::Actor(id) => {
                let aliases = facts.list(facts[id].aliases).iter().copied();
                facts[id].name.into_iter().chain(aliases).map(str).collect()
            }
            RecordRef::Topic(id) => facts[id].label.into_iter().map(str).collect(),
            RecordRef::Place(id) => facts[id].name.into_iter().map(str).collect(),
            RecordRef::Event(id) => facts[id].label.into_iter().map(str).collect(),
            RecordRef::Document(id) => facts[id].title.into_iter().map(str).collect(),
            _ => Vec::new(),
        };
        if let Some(name) = all.iter().find(|name| has(name, words)) {
            let kind = record.kind().word();
            let told = (
                kind.to_owned(),
                facts.id(record).to_owned(),
                None,
                None,
                Vec::new(),
            );
            assert!(has(name, words));
            let nth = kinds.iter().position(|one| *one == kind).unwrap();
            names.push((nth, facts.label(record).to_owned(), told));
        }
    }
    names.sort_by(|a, b| (a.0, &a.1, &a.2.1).cmp(&(b.0, &b.1, &b.2.1)));

    let place =
        |document: Option<DocumentId>, begins: Option<u32>, kind: usize, nth: usize| -> Place {
            let published = document
                .and_then(|id| facts[id].published)
                .map(|date| facts.date(date));
            // A month is before its days, since it begins and ends so; a year before its months.
            let published = published.map(|date| {
                let (first, last) = (date.first().unwrap(), date.last().unwrap());
                format!("{first}{last}")
            });
            let number = document.map_or(0, annals::model::Handle::index);
            (
                document.is_none(),
                published,
                number,
                begins.is_none(),
                begins.unwrap_or(0),
                kind,
                nth,
            )
        };
    let mut others: Vec<(Place, Told)> = Vec::new();
    let reporting = facts
        .events
        .handles()
        .map(|id| (RecordRef::from(id), Vec::new(), 1));
    let claims = facts
        .claims
        .iter()
        .map(|(id, claim)| (RecordRef::from(id), vec![claim.quote, claim.content], 2));
    for (record, own, kind) in reporting.chain(claims) {
        if retracted(record) || names.iter().any(|(.., told)| told.1 == facts.id(record)) {
            continue;
        }
        let evidence = facts.evidence(record);
        let own = own.into_iter().flatten().any(|text| has(str(text), words));
        let passage = if own {
            evidence.iter().find(|one| one.document.is_some())
        } else {
            let of = |one: &&annals::model::Evidence| {
                let text = one.document.and_then(|id| loaded.texts.get(id));
                let spans = facts.list(one.found).iter();
                let parts = spans.filter_map(|span| Text::slice(text?.1, *span));
                let parts: Vec<&str> = parts.collect();
                one.quote.is_some_and(|quote| has(str(quote), words))
                    || !parts.is_empty() && has(&parts.join(" … "), words)
            };
            let Some(one) = evidence.iter().find(of) else {
                continue;
            };
            Some(one)
        };
        let document = passage.and_then(|one| one.document);
        let begins = passage.and_then(|one| {
            let given = facts.list(one.spans).first();
            given.or_else(|| facts.list(one.found).first())
        });
        let told = (
            record.kind().word().to_owned(),
            facts.id(record).to_owned(),
            document.map(|id| facts.id(id).to_owned()),
            None,
            Vec::new(),
        );
        others.push((
            place(document, begins.map(|span| span.start), kind, record.row()),
            told,
        ));
    }
    for id in facts.documents.handles() {
        let Some((_, text)) = loaded.texts.get(id) else {
            continue;
        };
        let whole = text.as_str();
        for paragraph in paragraphs(whole) {
            for sentence in sentences(&whole[paragraph.clone()]) {
                let bytes = paragraph.start + sentence.start..paragraph.start + sentence.end;
                let sentence = &whole[bytes.clone()];
                if !has(sentence, words) {
                    continue;
                }
                let start = bytes.start + (sentence.len() - sentence.trim_start().len());
                let span = text.span_of_bytes(start..start + sentence.trim().len());
                let covers = facts.claims.iter().filter(|(claim, one)| {
                    !retracted((*claim).into())
                        && facts.list(one.evidence).iter().any(|one| {
                            one.document == Some(id)
                                && facts
                                    .list(one.found)
                                    .iter()
                                    .any(|at| at.start < span.end && at.end > span.start)
                        })
                });
                let covers = covers.map(|(claim, _)| facts.id(claim).to_owned());
                let doc = facts.id(id).to_owned();
                let told = (
                    "text".to_owned(),
                    doc.clone(),
                    Some(doc),
                    Some(sentence.trim().to_owned()),
                    covers.collect(),
                );
                others.push((place(Some(id), Some(span.start), 0, 0), told));
            }
        }
    }
    // What has no date comes after what has one.
    others.sort_by_key(|((no_document, published, ..), _)| (*no_document, published.is_none()));
    others.sort_by(|(a, _), (b, _)| {
        (a.0, a.1.is_none(), &a.1, a.2, a.3, a.4, a.5, a.6).cmp(&(
            b.0,
            b.1.is_none(),
            &b.1,
            b.2,
            b.3,
            b.4,
            b.5,
            b.6,
        ))
    });
    let names = names.into_iter().map(|(.., told)| told).collect();
    (names, others.into_iter().map(|(_, told)| told).collect())
}

fn rows(store: &Store, words: &str, query: &Query) -> Result<(Vec<FoundRow>, Vec<String>), String> {
    let found = store
        .find(words, query)
        .map_err(|error| error.to_string())?;
    Ok((found.rows(0..found.len()), found.notes.lines()))
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
    if std::env::var_os("ANNALS_THOROUGH").is_some() {
        300
    } else {
        9
    }
}

fn built(facts: &Path, snapshot: &Path) {
    let store = Store::open(facts.parent().unwrap()).unwrap();
    store.build(snapshot, false, false).unwrap();
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

/// Lines in which nothing is at fault, some by several passages, some without a document.
fn bulk(seed: u64) -> String {
    let mut dice = Dice(seed * 31_337 + 3);
    let mut lines: Vec<Value> = Vec::new();
    for n in 0..30 {
        let word = dice.one(WORDS);
        lines.push(json!({"type": "actor", "id": format!("a{n}"), "name": format!("Ann {n}"), "kind": "person", "aliases": [word]}));
        lines.push(json!({"type": "topic", "id": format!("t{n}"), "label": format!("{word} {n}")}));
        let mut document =
            json!({"type": "document", "id": format!("d{n}"), "title": format!("Report {word}")});
        if n % 4 > 0 {
            document["published"] = json!(dice.one(&[
                "2021-03-01",
                "2021-02",
                "2020",
                "2021-03-01T10:00:00Z",
                "2019~",
                "2021-03-01/2021-04"
            ]));
        }
        lines.push(document);
        lines.push(json!({"type": "event", "id": format!("e{n}"), "label": "E", "evidence": [{"document": format!("d{n}"), "quote": word}]}));
    }
    for n in 0..400 {
        let mut claim = json!({"type": "claim", "id": format!("c{n}"), "speaker": [format!("a{}", dice.roll(30))], "about": ["t1"]});
        if dice.roll(6) == 0 {
            claim["quote"] = json!(dice.one(WORDS));
        }
        if claim["quote"].is_null() || dice.roll(2) == 0 {
            claim["content"] = json!(text(&mut dice, 3));
        }
        let evidence = |dice: &mut Dice| match dice.roll(4) {
            0 => json!({"document": format!("d{}", dice.roll(30)), "quote": dice.one(WORDS)}),
            1 => json!({"quote": dice.one(WORDS), "document": format!("d{}", dice.roll(30))}),
            _ => json!({"document": format!("d{}", dice.roll(30))}),
        };
        claim["evidence"] = match dice.roll(5) {
            0 => json!([]),
            1 => evidence(&mut dice),
            2 => json!([
                evidence(&mut dice),
                evidence(&mut dice),
                evidence(&mut dice)
            ]),
            _ => json!([evidence(&mut dice)]),
        };
        if dice.roll(20) == 0 {
            claim["retracted"] = json!({"on": "2022-01-01", "reason": "wrong"});
        }
        lines.push(claim);
    }
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    lines.join("\n")
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
                let found = found.rows(0..found.len(), &Words::new([*words]));
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
    let part = fs::read_dir(&snapshot)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let part = part.into_iter().find(|path| path.is_dir()).unwrap();
    let expected = rows(&Store::open(&snapshot).unwrap(), "council", &Query::new()).unwrap();
    let mut refused = 0;
    for table in ["words", "texts"] {
        let path = part.join(format!("{table}.parquet"));
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

/// A snapshot that was built before there was an index of words.
#[test]
fn a_snapshot_without_an_index_of_words_answers_too() {
    use sha2::Digest as _;
    let home = tempfile::tempdir().unwrap();
    let facts = dossier(home.path(), 2);
    let snapshot = home.path().join("x.annals");
    built(&facts, &snapshot);
    let path = snapshot.join("manifest.json");
    let sum = |bytes: &[u8]| {
        sha2::Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let mut manifest: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    manifest.as_object_mut().unwrap().remove("sum");
    let part = &mut manifest["parts"][0];
    let folder = snapshot.join(part["folder"].as_str().unwrap());
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
    fs::remove_file(folder.join("words.parquet")).unwrap();

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
