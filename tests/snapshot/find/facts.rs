//! Facts for the tests of words: dossiers with texts of all scripts, and lines in bulk.

use std::fs;
use std::path::{Path, PathBuf};

use annals::model::{RecordKind, Vocabulary as _};
use serde_json::{Value, json};

use super::super::world::Dice;

pub const WORDS: &[&str] = &[
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
pub const ASKED: &[&str] = &[
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

pub const HOSTILE: &[&str] = &[
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
pub fn text(dice: &mut Dice, many: usize) -> String {
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
pub fn dossier(folder: &Path, seed: u64) -> PathBuf {
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
    reporting(&mut records, &mut dice, &texts);
    write(folder, seed, records)
}

/// Evidence in one of the documents, most often with a passage of its text.
fn evidence(dice: &mut Dice, texts: &[String]) -> Value {
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
}

/// Events and claims.
fn reporting(records: &mut Vec<Value>, dice: &mut Dice, texts: &[String]) {
    for n in 0..6 {
        let mut record = json!({"type": "event", "id": format!("e{n}"), "label": format!("E {}", dice.one(WORDS))});
        if dice.roll(2) == 0 {
            record["evidence"] = json!([evidence(dice, texts)]);
        }
        records.push(record);
    }
    for n in 0..40 {
        let mut record = json!({"type": "claim", "id": format!("c{n}"), "speaker": [format!("a{}", dice.roll(4))]});
        if dice.roll(2) == 0 {
            let many = 1 + dice.roll(3);
            record["quote"] = json!(text(dice, many));
        }
        if dice.roll(3) > 0 {
            record["content"] = json!(text(dice, 4));
        }
        let many = dice.roll(3);
        record["evidence"] = (0..many).map(|_| evidence(dice, texts)).collect();
        if dice.roll(12) == 0 {
            record["retracted"] = json!({"on": "2022-01-01", "reason": "wrong"});
        }
        if dice.roll(3) == 0 {
            record["said"] = json!(dice.one(&["2021", "2021-01-05"]));
        }
        records.push(record);
    }
}

/// Writes records as one object, or as lines.
fn write(folder: &Path, seed: u64, records: Vec<Value>) -> PathBuf {
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

/// Lines in which nothing is at fault, some by several passages, some without a document.
pub fn bulk(seed: u64) -> String {
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
