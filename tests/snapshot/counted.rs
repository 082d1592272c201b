//! `count` and `overview`: what is told from columns is what is told from the claims.

use std::fmt::Write as _;

use annals::load::{LoadResult, Request, Source, load};
use annals::query::count::{Dimension, count};
use annals::query::overview::overview;
use annals::query::{Dossier, Query};
use annals::snapshot::{Snapshot, counts_of, overview_of};

use super::world::Dice;
use super::{annals, build};

const SAID: &[&str] = &[
    "\"2023-04-20\"",
    "\"2023-04-21T10:00:00\"",
    "\"2023-04\"",
    "\"2023-04-28/2023-05-02\"",
    "\"[2023-01-05,2023-03-07]\"",
    "\"[2023-03-01,2023-03-07]\"",
    "\"1880~\"",
    "\"18XX\"",
    "\"2022-02-24/..\"",
    "\"../2023-04\"",
    "\"2023-04/\"",
    "\"../..\"",
    "{\"edtf\":\"1643-03-29\",\"calendar\":\"julian\",\"display\":\"19 March\"}",
    "{\"edtf\":\"2023-06\",\"display\":\"in June\"}",
];

/// Lines without a fault.
pub fn lines(seed: u64, prefix: &str, claims: usize) -> String {
    let mut dice = Dice(seed * 7_919 + 5);
    let mut out = String::new();
    for n in 0..5 {
        writeln!(out, "{{\"type\":\"actor\",\"id\":\"{prefix}a{n}\",\"name\":\"Ann {}\",\"kind\":\"person\"}}", n % 3).unwrap();
        writeln!(out, "{{\"type\":\"document\",\"id\":\"{prefix}d{n}\",\"title\":\"D {n}\",\"published\":\"2023-05-0{}\",\"publisher\":\"P {}\"}}", n + 1, n % 2).unwrap();
        writeln!(
            out,
            "{{\"type\":\"topic\",\"id\":\"{prefix}t{n}\",\"label\":\"T {n}\"}}"
        )
        .unwrap();
    }
    for n in 0..claims {
        let mut fields = vec![format!("\"type\":\"claim\",\"id\":\"{prefix}c{n}\"")];
        let who = |dice: &mut Dice| format!("\"{prefix}a{}\"", dice.roll(5));
        fields.push(match dice.roll(6) {
            0 => "\"speaker\":[]".to_owned(),
            1 => format!("\"speaker\":[{},{}]", who(&mut dice), who(&mut dice)),
            2 => format!("\"speaker\":{}", who(&mut dice)),
            _ => format!("\"speaker\":[{}]", who(&mut dice)),
        });
        if dice.roll(2) == 0 {
            fields.push(format!("\"to\":[{},{}]", who(&mut dice), who(&mut dice)));
        }
        let (thing, other) = (dice.roll(5), dice.roll(5));
        fields.push(match dice.roll(3) {
            0 => format!("\"about\":\"{prefix}t{thing}\",\"stance\":\"supports\""),
            1 => format!("\"about\":[\"{prefix}t{thing}\"],\"stance\":[{{\"toward\":\"{prefix}t{other}\",\"value\":\"opposes\"}}]"),
            _ => format!("\"about\":[\"{prefix}t{thing}\",\"{prefix}a{other}\"]"),
        });
        if dice.roll(3) > 0 {
            fields.push(format!(
                "\"act\":\"{}\"",
                dice.one(&["asserts", "denies", "promises"])
            ));
        }
        if dice.roll(3) == 0 {
            fields.push(format!(
                "\"mode\":\"{}\"",
                dice.one(&["direct", "indirect"])
            ));
        }
        if dice.roll(3) == 0 {
            fields.push(
                dice.one(&[
                    "\"tags\":[\"x\",\"y\"]",
                    "\"tags\":\"x\"",
                    "\"tags\":[\"x\",\"x\"]",
                ])
                .to_owned(),
            );
        }
        if dice.roll(6) > 0 {
            fields.push(format!("\"said\":{}", dice.one(SAID)));
        }
        let (one, two) = (dice.roll(5), dice.roll(5));
        fields.push(match dice.roll(3) {
            0 => format!("\"evidence\":{{\"document\":\"{prefix}d{one}\"}}"),
            1 => format!("\"evidence\":[{{\"document\":\"{prefix}d{one}\",\"quote\":\"q\"}},{{\"document\":\"{prefix}d{two}\"}}]"),
            _ => "\"note\":\"none\"".to_owned(),
        });
        if dice.roll(8) == 0 {
            fields.push("\"retracted\":{\"on\":\"2024\",\"reason\":\"wrong\"}".to_owned());
        }
        writeln!(out, "{{{}}}", fields.join(dice.one(&[",", ", "]))).unwrap();
    }
    out
}

fn counted(loaded: &LoadResult, asked: &Query, per: &[Dimension]) -> String {
    let selection = asked.resolve(&loaded.facts).unwrap();
    let dossier = Dossier::with(loaded, &selection.validity);
    let counts = count(&dossier, &selection, per).unwrap();
    let rows: Vec<_> = counts.iter().collect();
    serde_json::to_string_pretty(&rows).unwrap()
}

fn read(files: &[&std::path::Path]) -> LoadResult {
    load(&Request {
        facts: files
            .iter()
            .map(|file| Source::Path((*file).to_owned()))
            .collect(),
        texts: Vec::new(),
    })
}

#[test]
fn counts_are_told_from_columns() {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(77);
    let (mut from_columns, mut uncertain) = (0, 0);
    let worlds = super::tried(4, 2);
    for seed in 0..worlds as u64 {
        let facts = home.path().join("f.jsonl");
        std::fs::write(&facts, lines(seed, "", 200)).unwrap();
        let snapshot = home.path().join(format!("{seed}.annals"));
        build(facts.to_str().unwrap(), &snapshot);
        let more = home.path().join("g.jsonl");
        std::fs::write(&more, lines(seed + 100, "g", 60)).unwrap();
        let more_path = more.clone();
        let mut files = vec![facts.as_path()];
        if seed % 2 == 1 {
            let (more, snapshot) = (more.to_str().unwrap(), snapshot.to_str().unwrap());
            let added = annals(&["build", more, "-o", snapshot, "--add", "-q"]);
            assert!(added.status.success());
            files.push(&more_path);
        }
        let loaded = read(&files);
        let snapshot = Snapshot::open(&snapshot).unwrap();
        for _ in 0..25 {
            let mut per: Vec<Dimension> = Vec::new();
            for _ in 0..=dice.roll(3) {
                let one = Dimension::ALL[dice.roll(Dimension::ALL.len())];
                if !per.contains(&one) {
                    per.push(one);
                }
            }
            let asked = Query {
                retracted: dice.roll(3) == 0,
                surely: dice.roll(3) == 0,
                ..Query::default()
            };
            let Some(counts) = counts_of(&snapshot, &asked, &per).unwrap() else {
                continue;
            };
            from_columns += 1;
            let rows: Vec<_> = counts.iter().collect();
            uncertain += rows
                .iter()
                .filter(|row| row.count[0] < row.count[1])
                .count();
            let found = serde_json::to_string_pretty(&rows).unwrap();
            assert_eq!(found, counted(&loaded, &asked, &per), "{per:?} of {seed}");
        }
        // What is kept is what would be counted.
        let kept = overview_of(&snapshot).unwrap().unwrap();
        let counts = annals::finding::write::Counts {
            errors: kept.findings.errors,
            warnings: kept.findings.warnings,
            ..annals::finding::write::Counts::default()
        };
        assert_eq!(kept, overview(&Dossier::new(&loaded), counts));
    }
    assert!(
        from_columns > 5 * worlds && uncertain > 25 * worlds,
        "{from_columns}, {uncertain}"
    );
}
