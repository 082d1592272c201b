//! The order within a day is that of the text, whether all of a snapshot is read or a part.

use std::fmt::Write as _;

use annals::load::{LoadResult, Request, Source, load};
use annals::model::OwnWords;
use annals::query::positions::{PositionFilter, positions};
use annals::query::said::said;
use annals::query::timeline::timeline;
use annals::query::{Dossier, Query};
use annals::snapshot::{Snapshot, claims_of, stances, within};
use annals::time::Date;

use super::build;
use super::selections::whole;
use super::world::Dice;

/// What is said in the text of a document.
const WORDS: [&str; 8] = [
    "no grain",
    "the bridge holds",
    "all ships wait",
    "clay moved",
    "two masters came",
    "nobody signed",
    "it rained",
    "the toll fell",
];

const PAGES: [&str; 6] = ["\"iv\"", "9", "\"9\"", "10", "\"11-12\"", "\"A2\""];

/// Claims of few days, with passages whose place is given, is found in a text, or is not known.
fn facts(dice: &mut Dice, letter: char, claims: usize) -> String {
    let mut out = String::new();
    for n in 0..3 {
        let text = if n == 0 { ",\"text\":\"t.txt\"" } else { "" };
        let day = dice.roll(2) + 1;
        let published = match dice.roll(4) {
            0 => String::new(),
            _ => format!(",\"published\":\"2023-05-0{day}\""),
        };
        let line = format!(
            "{{\"type\":\"document\",\"id\":\"{letter}d{n}\",\"title\":\"D\"{published}{text}}}"
        );
        writeln!(out, "{line}").unwrap();
    }
    for n in 0..claims {
        if n == claims / 2 {
            // Documents stand between claims.
            writeln!(
                out,
                "{{\"type\":\"document\",\"id\":\"{letter}d3\",\"title\":\"D\",\"published\":\"2023-05-01\"}}"
            )
            .unwrap();
        }
        let id = (n * 37 + 11) % 101;
        let value = dice.one(&["supports", "opposes"]);
        let thing = dice.one(&["t0", "t1"]);
        let said = match dice.roll(6) {
            0 => String::new(),
            1 => ",\"said\":\"2023-04-02?\"".to_owned(),
            _ => format!(",\"said\":\"2023-04-0{}\"", dice.roll(3) + 1),
        };
        let document = format!("{}d{}", dice.one(&["f", "g"]), dice.roll(5));
        let evidence = match dice.roll(7) {
            0 => String::new(),
            1 => format!(",\"evidence\":[{{\"document\":\"{document}\"}}]"),
            2 => format!(
                ",\"evidence\":{{\"document\":\"{document}\",\"spans\":[{},40]}}",
                dice.roll(20)
            ),
            3 => format!(
                ",\"evidence\":{{\"document\":\"{document}\",\"page\":{}}}",
                dice.one(&PAGES)
            ),
            4 => format!(
                ",\"evidence\":[{{\"page\":{},\"document\":\"{document}\"}}]",
                dice.one(&PAGES)
            ),
            5 => format!(
                ",\"evidence\":[{{\"quote\":\"{}\",\"document\":\"fd0\"}}]",
                dice.one(&WORDS)
            ),
            _ => format!(
                ",\"quote\":\"{}\",\"evidence\":[{{\"document\":\"fd0\"}}]",
                dice.one(&WORDS)
            ),
        };
        let act = match dice.roll(8) {
            0 => format!(
                ",\"act\":\"retracts\",\"responds_to\":[\"{letter}c{}\"]",
                (dice.roll(n + 1) * 37 + 11) % 101
            ),
            _ => String::new(),
        };
        writeln!(
            out,
            "{{\"type\":\"claim\",\"id\":\"{letter}c{id}\",\"speaker\":[\"a{}\"],\"stance\":[{{\"toward\":\"{thing}\",\"value\":\"{value}\"}}]{said}{evidence}{act},\"content\":\"x\"}}",
            dice.roll(3)
        )
        .unwrap();
    }
    out
}

fn people() -> String {
    let mut out = String::new();
    for n in 0..3 {
        writeln!(
            out,
            "{{\"type\":\"actor\",\"id\":\"a{n}\",\"name\":\"Ann {n}\",\"kind\":\"person\"}}\n\
             {{\"type\":\"topic\",\"id\":\"t{n}\",\"label\":\"T {n}\"}}"
        )
        .unwrap();
    }
    out
}

enum Asked {
    Said,
    Timeline,
    Positions(PositionFilter),
}

fn ids(loaded: &LoadResult, query: &Query, asked: &Asked) -> Vec<String> {
    let selection = query.resolve(&loaded.facts).unwrap();
    let dossier = Dossier::with(loaded, &selection.validity);
    match asked {
        Asked::Said => {
            let rows = said(&dossier, &selection).into_iter();
            rows.map(|row| row.id).collect()
        }
        Asked::Timeline => {
            let rows = timeline(&dossier, &selection, None).into_iter();
            rows.map(|row| row.id).collect()
        }
        Asked::Positions(kept) => {
            let rows = positions(&dossier, &selection, *kept).into_iter();
            rows.map(|row| serde_json::to_string(&row).unwrap())
                .collect()
        }
    }
}

#[test]
fn a_part_has_the_order_of_the_whole() {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(71);
    let (mut in_part, mut found) = (0, 0);
    for world in 0..12 {
        let folder = home.path().join(format!("w{world}"));
        std::fs::create_dir(&folder).unwrap();
        let mut words = WORDS;
        words.rotate_left(world % 8);
        std::fs::write(folder.join("t.txt"), words.join(". ")).unwrap();
        std::fs::write(folder.join("g.jsonl"), facts(&mut dice, 'g', 60)).unwrap();
        let first = people() + &facts(&mut dice, 'f', 60);
        std::fs::write(folder.join("f.jsonl"), first).unwrap();
        let built = home.path().join(format!("{world}.annals"));
        build(folder.to_str().unwrap(), &built);
        let snapshot = Snapshot::open(&built).unwrap();
        let loaded = load(&Request {
            facts: vec![Source::Path(folder)],
            texts: Vec::new(),
        });
        let evidence = |id| loaded.facts.evidence(id).iter();
        let claims = loaded.facts.claims.handles();
        found += claims
            .filter(|id| evidence(*id).any(|one| !loaded.facts.list(one.found).is_empty()))
            .count();
        let own = OwnWords::default();
        let mut same = |some: Option<LoadResult>, query: &Query, asked: &Asked| {
            let Some(some) = some else { return };
            in_part += 1;
            let expected = ids(&loaded, query, asked);
            assert_eq!(ids(&some, query, asked), expected, "{query:?} of {world}");
        };
        for by in ["a0", "a1", "a2"] {
            let by = Query {
                by: vec![by.to_owned()],
                ..Query::default()
            };
            let some = claims_of(&snapshot, &by, &own, whole()).unwrap();
            same(some, &by, &Asked::Said);
        }
        let mut windowed = Query::default();
        windowed.window.from = Date::parse("2023-04-02").ok();
        let some = within(&snapshot, &windowed, &own, whole()).unwrap();
        let some = some.map(|(some, _)| some);
        same(some, &windowed, &Asked::Timeline);
        for (about, contradictions, changes) in [
            (None, true, false),
            (Some("t0"), false, false),
            (Some("t1"), false, true),
            (Some("t1"), true, false),
        ] {
            let asked = Query {
                about: about.map(str::to_owned).into_iter().collect(),
                ..Query::default()
            };
            let kept = PositionFilter {
                contradictions,
                changes,
            };
            for words in [false, true] {
                let some = stances(&snapshot, &asked, kept, words, &own, whole()).unwrap();
                same(some, &asked, &Asked::Positions(kept));
            }
        }
    }
    assert!(in_part > 120 && found > 300, "{in_part}, {found}");
}
