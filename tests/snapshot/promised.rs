//! `promises`: what columns tell is what the facts tell.

use std::fs;
use std::path::Path;

use annals::load::SnapshotSummary;
use annals::model::OwnWords;
use annals::query::promises::PromiseState;
use annals::rows::PromiseRow;
use annals::snapshot::{Snapshot, promise_rows};
use annals::store::PromisesAsked;
use annals::time::Date;
use annals::{Query, Store};
use serde_json::{Value, json};

use super::selections::whole;
use super::world::Dice;

const DATES: &[&str] = &[
    "2021-03-01",
    "2021-03-02",
    "2021-03-02T10:00:00Z",
    "2021-03",
    "2021-02-27/2021-03-01",
    "[2021-03-01,2021-04-01]",
    "2021~",
    "2021-03-01/..",
    "../2021-03-01",
    "2020-12",
    "-0043-03-15",
];
const TEXTS: &[&str] = &[
    "grain",
    "\"no\"\n\\ at all",
    "Київ 漢 🙂",
    "naïve",
    "",
    "a\u{7f}b",
];

/// Lines without a fault: promises of all sorts, and what keeps, breaks and answers them.
fn lines(seed: u64, prefix: &str) -> String {
    let mut dice = Dice(seed * 48_271 + 11);
    let mut all: Vec<Value> = Vec::new();
    // Long ids and short ones are looked up in different ways.
    let id = |kind: &str, n: usize| {
        let more = if n % 3 == 2 { "-of-a-long-name" } else { "" };
        format!("{prefix}{kind}{n}{more}")
    };
    for n in 0..4 {
        all.push(json!({"type": "actor", "id": id("a", n), "name": format!("Ann {n}"), "kind": "person"}));
        all.push(json!({"type": "topic", "id": id("t", n), "label": format!("Topic {n}")}));
        let mut document = json!({"type": "document", "id": id("d", n), "title": format!("D {n}")});
        if n > 0 {
            document["published"] = json!(dice.one(DATES));
        }
        all.push(document);
    }
    let claims = 60;
    for n in 0..6 {
        let mut event = json!({"type": "event", "id": id("e", n), "label": format!("E {n}")});
        if dice.roll(4) > 0 {
            event["when"] = json!(dice.one(DATES));
        }
        if dice.roll(4) > 0 {
            event["status"] = json!(dice.one(&["occurred", "ongoing", "alleged", "scheduled"]));
        }
        for link in ["fulfils", "breaks"] {
            if dice.roll(2) == 0 {
                event[link] = json!([id("c", dice.roll(claims))]);
            }
        }
        if dice.roll(6) == 0 {
            event["retracted"] = json!({"on": "2022", "reason": "wrong"});
        }
        all.push(event);
    }
    for n in 0..claims {
        all.push(claim(&mut dice, &id, n, claims));
    }
    let spaces = [("", ""), ("", " "), (" ", "\t")];
    let mut out = String::new();
    for line in all {
        let (before, after) = spaces[dice.roll(3)];
        out.push_str(&format!("{before}{line}{after}\n"));
    }
    out
}

fn claim(dice: &mut Dice, id: &dyn Fn(&str, usize) -> String, n: usize, claims: usize) -> Value {
    let mut claim = json!({"type": "claim"});
    if dice.roll(9) > 0 {
        claim["id"] = json!(id("c", n));
    } else {
        // It has an id of its own all the same, for others to name.
        claim["id"] = json!(format!("{} {n}", id("c", n)));
        claim["x_also"] = json!(["x", 1]);
    }
    claim["speaker"] = match dice.roll(6) {
        0 => json!([]),
        1 => json!([id("a", 0), id("a", 1 + dice.roll(3))]),
        2 => json!(id("a", dice.roll(4))),
        _ => json!([id("a", dice.roll(4))]),
    };
    if dice.roll(3) == 0 {
        claim["to"] = json!([id("a", dice.roll(4)), id("a", dice.roll(4))]);
    }
    let things = [
        id("t", dice.roll(4)),
        id("e", dice.roll(6)),
        id("d", dice.roll(4)),
        id("a", 1),
    ];
    claim["about"] = json!(&things[dice.roll(2)..2 + dice.roll(3)]);
    if dice.roll(2) == 0 {
        let toward = &things[dice.roll(4)];
        claim["stance"] = json!([{"toward": toward, "value": dice.one(&["supports", "mixed"])}]);
    }
    claim["act"] = json!(dice.one(&["promises", "offers", "questions", "threatens", "asserts"]));
    if dice.roll(3) == 0 {
        claim["mode"] = json!(dice.one(&["direct", "indirect"]));
    }
    claim["content"] = json!(format!("{} {n}", dice.one(TEXTS)));
    if dice.roll(3) == 0 {
        claim["quote"] = json!(format!("{} said", dice.one(TEXTS)));
    }
    if dice.roll(6) > 0 {
        claim["said"] = json!(dice.one(DATES));
    }
    if dice.roll(4) == 0 {
        claim["due"] = json!(dice.one(DATES));
    }
    if dice.roll(6) == 0 {
        claim["at"] = json!(id("e", dice.roll(6)));
        claim["via"] = json!([id("a", 0)]);
    }
    let passage = |dice: &mut Dice| {
        let mut passage = json!({"document": id("d", dice.roll(4))});
        if dice.roll(2) == 0 {
            passage["quote"] = json!(dice.one(&TEXTS[..4]));
        }
        passage
    };
    match dice.roll(5) {
        0 => {}
        1 => claim["evidence"] = passage(dice),
        2 => claim["evidence"] = json!([passage(dice), passage(dice)]),
        _ => claim["evidence"] = json!([passage(dice)]),
    }
    // Some claims are of others' ids, which not all have.
    let named = |dice: &mut Dice| id("c", dice.roll(claims));
    for link in ["responds_to", "fulfils", "breaks"] {
        if dice.roll(5) == 0 {
            claim[link] = json!([named(dice), named(dice)]);
        }
    }
    if dice.roll(9) == 0 {
        claim["retracted"] = json!({"on": "2022-01-01", "reason": "wrong"});
    }
    claim
}

/// Without links to claims that are not there.
fn without_faults(lines: &str) -> String {
    let read: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let ids: Vec<String> = read
        .iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect();
    let mut out = String::new();
    for (line, mut record) in lines.lines().zip(read) {
        let before = record.clone();
        for link in ["responds_to", "fulfils", "breaks"] {
            let Some(all) = record[link].as_array() else {
                continue;
            };
            let known = |one: &&Value| ids.iter().any(|id| *one == id);
            let all: Vec<Value> = all.iter().filter(known).cloned().collect();
            record[link] = json!(all);
        }
        let (left, right) = (line.len() - line.trim_start().len(), line.trim_end().len());
        record
            .as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null());
        if record == before {
            out.push_str(line);
        } else {
            out.push_str(&format!("{}{record}{}", &line[..left], &line[right..]));
        }
        out.push('\n');
    }
    out
}

fn rows(store: &Store, query: &Query, asked: &PromisesAsked) -> String {
    let promises = store.promises(query, asked).unwrap();
    let rows: Vec<PromiseRow> = promises.iter().collect();
    let borrowed = promises.borrowed_rows(0..promises.len());
    assert_eq!(json!(borrowed.collect::<Vec<_>>()), json!(rows));
    let voices: Vec<String> = rows.iter().map(|row| row.claim.speaker()).collect();
    serde_json::to_string_pretty(&(rows, voices, promises.day, promises.notes.lines())).unwrap()
}

/// How many rows columns tell.
fn told(snapshot: &Path, query: &Query, asked: &PromisesAsked) -> usize {
    // So few records that many are promises.
    let whole = SnapshotSummary {
        records: 1,
        ..whole()
    };
    let snapshot = Snapshot::open(snapshot).unwrap();
    let day = asked.on.as_ref().and_then(Date::last);
    let own = OwnWords::default();
    let rows = promise_rows(&snapshot, query, &asked.state, day, &own, whole).unwrap();
    rows.map_or(0, |(rows, _)| rows.len())
}

#[test]
fn columns_tell_what_was_promised() {
    let mut all = 0;
    for seed in 0..super::tried(60, 2) as u64 {
        let home = tempfile::tempdir().unwrap();
        // Read in the order of their names, written in the other.
        let facts = home.path().join("facts");
        fs::create_dir(&facts).unwrap();
        let (late, early) = (facts.join("b.jsonl"), facts.join("a.jsonl"));
        fs::write(&late, without_faults(&lines(seed, ""))).unwrap();
        let snapshot = home.path().join("x.annals");
        let store = Store::open(&facts).unwrap();
        store.build(&snapshot, annals::BuildAs::default()).unwrap();
        if seed % 2 == 0 {
            fs::write(&early, without_faults(&lines(seed + 1000, "z"))).unwrap();
            let (early, snapshot) = (early.to_str().unwrap(), snapshot.to_str().unwrap());
            let added = super::annals(&["build", early, "-o", snapshot, "--add", "-q"]);
            assert!(
                added.status.success(),
                "{}",
                String::from_utf8_lossy(&added.stderr)
            );
        }
        let files = Store::open(&facts).unwrap();
        let counts = Snapshot::open(&snapshot).unwrap();
        assert!(
            counts.counts().unwrap().codes.is_empty(),
            "{:?}",
            counts.counts()
        );
        let on = |text: &str| PromisesAsked {
            on: Some(Date::parse(text).unwrap()),
            state: Vec::new(),
        };
        let asked = [
            on("2021-03-01"),
            on("2021-03-15"),
            on("2023"),
            on("2020-06"),
            PromisesAsked::default(),
            PromisesAsked {
                state: vec![PromiseState::Kept, PromiseState::Open],
                ..on("2021-04")
            },
        ];
        let acts = ["promises", "offers", "questions", "threatens", "asserts"];
        let queries = [
            Query::new(),
            Query::new().act("asserts").limit(7),
            acts.iter().fold(Query::new(), |query, act| query.act(*act)),
            Query::new().by("a1"),
            Query::new().retracted(),
        ];
        for asked in &asked {
            for query in &queries {
                let kept = Store::open(&snapshot).unwrap();
                assert_eq!(
                    rows(&kept, query, asked),
                    rows(&files, query, asked),
                    "{seed} {asked:?} {query:?}"
                );
            }
            all += told(&snapshot, &queries[2], asked);
        }
        // What asks for more than acts is not told so.
        assert_eq!(
            told(&snapshot, &queries[3].clone().act("asserts"), &asked[2]),
            0
        );
    }
    assert!(all > 150, "{all}");
}
