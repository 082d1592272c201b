//! Random selections: what is read in part answers as what is read whole.

use annals::evidence::Level;
use annals::load::{LoadResult, Request, SnapshotSummary, Source, load};
use annals::model::OwnWords;
use annals::query::positions::{PositionFilter, positions};
use annals::query::said::said;
use annals::query::selection::THINGS;
use annals::query::subgraph::{Kinds, edge_rows, subgraph};
use annals::query::{Dossier, Query, look_up};
use annals::snapshot::{Snapshot, around, claims_of, stances};

use super::build;
use super::world::{Dice, NAMES, lines, stance_lines};

fn answer(loaded: &LoadResult, asked: &Query) -> Result<String, String> {
    let selection = asked
        .resolve(&loaded.facts)
        .map_err(|error| error.to_string())?;
    let dossier = Dossier::with(loaded, &selection.validity);
    Ok(serde_json::to_string_pretty(&said(&dossier, &selection)).unwrap())
}

fn asked(dice: &mut Dice) -> Query {
    let mut asked = Query::default();
    for _ in 0..=dice.roll(2) {
        let name = dice.one(NAMES).to_owned();
        match dice.roll(9) {
            0..=2 => asked.by.push(name),
            3 => asked.to.push(name),
            4 | 5 => asked.about.push(name),
            6 => asked
                .in_document
                .push(dice.one(&["d0", "d1", "D 2"]).to_owned()),
            7 => asked.via.push(dice.one(&["a1", "c3"]).to_owned()),
            _ => asked.at.push("e0".to_owned()),
        }
    }
    if dice.roll(4) == 0 {
        asked.text.push(
            dice.one(&["GRAIN", "київ again", "no left", "3", "漢 ки"])
                .to_owned(),
        );
        if dice.roll(2) == 0 {
            let text = std::mem::take(&mut asked.text);
            asked = Query {
                text,
                ..Query::default()
            };
        }
    }
    between(dice, &mut asked);
    asked.retracted = dice.roll(3) == 0;
    asked.surely = dice.roll(4) == 0;
    if dice.roll(3) == 0 {
        asked.window.from = annals::time::Date::parse("2023").ok();
    }
    asked.limit = (dice.roll(4) == 0).then_some(5);
    asked
}

/// Now and then, before or after an event, or as a passage stands in its text.
fn between(dice: &mut Dice, asked: &mut Query) {
    match dice.roll(9) {
        0 => asked.before.push(dice.one(&["e0", "e2", "E"]).to_owned()),
        1 => asked.after.push(dice.one(&["e0", "e1"]).to_owned()),
        2 => {
            asked.after.push("e1".to_owned());
            asked.before.push("e2".to_owned());
        }
        3 => asked.verified.push(None),
        4 => asked.verified.push(Some(Level::Missing)),
        _ => {}
    }
}

/// The edges around some things, as rows, and how many nodes there are.
fn surroundings(
    loaded: &LoadResult,
    asked: &Query,
    centres: &[String],
    hops: usize,
) -> Result<(usize, String), String> {
    let facts = &loaded.facts;
    let selection = asked.resolve(facts).map_err(|error| error.to_string())?;
    let node = |word: &String| {
        let found = look_up(facts, word, THINGS).map_err(|error| error.to_string())?;
        Ok::<_, String>(found.node().unwrap())
    };
    let centres = centres.iter().map(node).collect::<Result<_, _>>()?;
    let dossier = Dossier::with(loaded, &selection.validity);
    let graph = subgraph(&dossier, &selection, &Kinds::default(), &centres, hops);
    let rows = serde_json::to_string_pretty(&edge_rows(&dossier, &graph)).unwrap();
    Ok((graph.net.node_count(), rows))
}

#[test]
fn surroundings_answer_alike() {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(23);
    let (mut in_part, mut larger) = (0, 0);
    let worlds = super::tried(8, 4);
    for seed in 20..20 + worlds as u64 {
        let facts = home.path().join("f.jsonl");
        std::fs::write(&facts, lines(seed, 150)).unwrap();
        let snapshot = home.path().join(format!("{seed}.annals"));
        build(facts.to_str().unwrap(), &snapshot);
        let loaded = load(&Request {
            facts: vec![Source::Path(facts)],
            texts: Vec::new(),
        });
        let snapshot = Snapshot::open(&snapshot).unwrap();
        for _ in 0..25 {
            let mut asked = Query::default();
            if dice.roll(3) == 0 {
                asked.by.push(dice.one(&["a1", "a2"]).to_owned());
            }
            between(&mut dice, &mut asked);
            asked.retracted = dice.roll(3) == 0;
            let mut centres = vec![dice.one(NAMES).to_owned()];
            if dice.roll(3) == 0 {
                centres.push(dice.one(NAMES).to_owned());
            }
            let hops = dice.roll(3);
            let expected = surroundings(&loaded, &asked, &centres, hops);
            let words = OwnWords::default();
            let Some(some) = around(&snapshot, &asked, &centres, hops, &words, whole()).unwrap()
            else {
                continue;
            };
            in_part += 1;
            larger += usize::from(expected.as_ref().is_ok_and(|(nodes, _)| *nodes > 5));
            let what = format!("{asked:?} around {centres:?}, {hops}, of world {seed}");
            assert_eq!(
                surroundings(&some, &asked, &centres, hops),
                expected,
                "{what}"
            );
        }
    }
    assert!(
        in_part > 10 * worlds && larger > 5 * worlds,
        "{in_part} questions, {larger} large"
    );
}

pub fn whole() -> SnapshotSummary {
    SnapshotSummary {
        counts: annals::finding::write::Counts::default(),
        // So that nothing is too much to be read in part.
        records: 1_000_000,
        retracted: 0,
        unverified: None,
    }
}

#[test]
fn selections_answer_alike() {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(11);
    let (mut in_part, mut rows) = (0, 0);
    let worlds = super::tried(10, 4);
    for seed in 0..worlds as u64 {
        let facts = home.path().join("f.jsonl");
        std::fs::write(&facts, lines(seed, 150)).unwrap();
        let snapshot = home.path().join(format!("{seed}.annals"));
        build(facts.to_str().unwrap(), &snapshot);
        let loaded = load(&Request {
            facts: vec![Source::Path(facts)],
            texts: Vec::new(),
        });
        let snapshot = Snapshot::open(&snapshot).unwrap();
        for _ in 0..60 {
            let asked = asked(&mut dice);
            let expected = answer(&loaded, &asked);
            let some = claims_of(&snapshot, &asked, &OwnWords::default(), whole()).unwrap();
            let Some(some) = some else {
                continue;
            };
            in_part += 1;
            assert!(
                some.facts.len() < loaded.facts.len(),
                "all was read for {asked:?}"
            );
            assert_eq!(answer(&some, &asked), expected, "{asked:?} of world {seed}");
            rows += expected.map_or(0, |rows| rows.matches("\"id\": \"c").count());
        }
    }
    assert!(
        in_part > 25 * worlds && rows > 100 * worlds,
        "{in_part} questions, {rows} rows"
    );
}

#[test]
fn hand_written_files_beside_lines_are_read_whole() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("f.jsonl"), lines(1, 150)).unwrap();
    let yaml = "annals: 1\nclaims:\n  - {id: y1, speaker: a1, about: [t1, a0], said: 2023-04, responds_to: c3}\n  - {speaker: twin, said: 2023, about: a1}\nactors:\n  - {id: twin, name: Ann 3, kind: person}\n";
    std::fs::write(home.path().join("y.yaml"), yaml).unwrap();
    let snapshot = home.path().join("x.annals");
    build(home.path().to_str().unwrap(), &snapshot);
    let snapshot = Snapshot::open(&snapshot).unwrap();
    let loaded = load(&Request {
        facts: vec![Source::Path(home.path().to_owned())],
        texts: Vec::new(),
    });
    let mut in_part = 0;
    for name in ["a1", "a0", "t1", "twin", "Ann 3", "c3", "Ann 1"] {
        for which in 0..2 {
            let mut asked = Query::default();
            let list = if which == 0 {
                &mut asked.by
            } else {
                &mut asked.about
            };
            list.push(name.to_owned());
            let some = claims_of(&snapshot, &asked, &OwnWords::default(), whole()).unwrap();
            if let Some(some) = some {
                in_part += 1;
                assert_eq!(answer(&some, &asked), answer(&loaded, &asked), "{asked:?}");
            }
        }
    }
    assert!(in_part >= 9, "{in_part}");
}

fn standing(loaded: &LoadResult, asked: &Query, kept: PositionFilter) -> Result<String, String> {
    let selection = asked
        .resolve(&loaded.facts)
        .map_err(|error| error.to_string())?;
    let dossier = Dossier::with(loaded, &selection.validity);
    Ok(serde_json::to_string_pretty(&positions(&dossier, &selection, kept)).unwrap())
}

/// What is asked about stances: about half of the questions name nothing.
fn asked_of_stances(dice: &mut Dice) -> (Query, PositionFilter) {
    let mut asked = Query::default();
    let who = ["a0", "a1", "Ann 2", "a3", "shared", "nobody"];
    let what = ["t0", "t1", "Topic 2", "a1", "e0", "c3"];
    if dice.roll(4) == 0 {
        asked.by.push(dice.one(&who).to_owned());
    }
    if dice.roll(4) == 0 {
        asked.about.push(dice.one(&what).to_owned());
    }
    match dice.roll(12) {
        0 => asked.to.push("a1".to_owned()),
        1 => asked.in_document.push("d0".to_owned()),
        2 => asked.tag.push("new".to_owned()),
        3 => asked.act.push("asserts".to_owned()),
        4 => asked.text.push("grain".to_owned()),
        5 => asked.window.from = annals::time::Date::parse("2023-04").ok(),
        6 => asked.stance.push(annals::model::StanceValue::Supports),
        _ => {}
    }
    if dice.roll(3) == 0 {
        between(dice, &mut asked);
    }
    asked.retracted = dice.roll(3) == 0;
    asked.surely = dice.roll(5) == 0;
    asked.limit = (dice.roll(6) == 0).then_some(3);
    let kept = PositionFilter {
        contradictions: dice.roll(3) > 0,
        changes: dice.roll(4) == 0,
    };
    (asked, kept)
}

#[test]
fn stances_answer_alike() {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(31);
    let (mut in_part, mut rows, mut withdrawn, mut opposed) = (0, 0, 0, 0);
    let worlds = super::tried(16, 6);
    for seed in 0..worlds as u64 {
        let facts = home.path().join("f.jsonl");
        let text = if seed % 4 == 3 {
            lines(seed, 120)
        } else {
            stance_lines(seed, 160)
        };
        std::fs::write(&facts, text).unwrap();
        let snapshot = home.path().join(format!("{seed}.annals"));
        build(facts.to_str().unwrap(), &snapshot);
        if seed % 4 == 1 {
            // Part of the facts in a part of their own.
            let more = home.path().join("g.jsonl");
            std::fs::write(&more, stance_lines(seed + 50, 40).replace("\"c", "\"g")).unwrap();
            let (more, snapshot) = (more.to_str().unwrap(), snapshot.to_str().unwrap());
            let added = super::annals(&["build", more, "-o", snapshot, "--add", "-q"]);
            assert!(added.status.success());
        }
        let mut from = vec![Source::Path(facts)];
        if seed % 4 == 1 {
            from.push(Source::Path(home.path().join("g.jsonl")));
        }
        let loaded = load(&Request {
            facts: from,
            texts: Vec::new(),
        });
        let snapshot = Snapshot::open(&snapshot).unwrap();
        for _ in 0..36 {
            let (asked, kept) = asked_of_stances(&mut dice);
            let expected = standing(&loaded, &asked, kept);
            for words in [false, true] {
                let own = OwnWords::default();
                let some = stances(&snapshot, &asked, kept, words, &own, whole()).unwrap();
                let Some(some) = some else { continue };
                in_part += 1;
                let what = format!("{asked:?}, {kept:?}, {words}, of world {seed}");
                assert_eq!(standing(&some, &asked, kept), expected, "{what}");
                if let Ok(expected) = &expected {
                    rows += expected.matches("\"opposed_by\"").count();
                    withdrawn += expected.matches("\"value\": null").count();
                    opposed += expected.matches("\"opposed_by\": [\n").count();
                }
            }
        }
    }
    assert!(
        in_part > 25 * worlds
            && rows > 60 * worlds
            && withdrawn > 3 * worlds
            && opposed > 25 * worlds,
        "{in_part} questions, {rows} rows, {withdrawn} withdrawals, {opposed} with others opposite"
    );
}

#[test]
fn stances_of_hand_written_files_are_withdrawn_by_lines() {
    let home = tempfile::tempdir().unwrap();
    let line = "{\"type\":\"claim\",\"id\":\"w\",\"speaker\":[\"a1\"],\"said\":\"2023-04-03\",\"act\":\"retracts\",\"responds_to\":[\"y1\"]}\n";
    let text = stance_lines(2, 120) + line;
    std::fs::write(home.path().join("f.jsonl"), text).unwrap();
    let yaml = "annals: 1\nclaims:\n  - {id: y1, speaker: a1, said: 2023-04, stance: [{toward: t1, value: supports}]}\n  - {id: y2, speaker: a0, said: 2023-04-04, stance: [{toward: t1, value: opposes}], responds_to: y1}\n";
    std::fs::write(home.path().join("y.yaml"), yaml).unwrap();
    let snapshot = home.path().join("x.annals");
    build(home.path().to_str().unwrap(), &snapshot);
    let snapshot = Snapshot::open(&snapshot).unwrap();
    let loaded = load(&Request {
        facts: vec![Source::Path(home.path().to_owned())],
        texts: Vec::new(),
    });
    let mut withdrawn = 0;
    for contradictions in [true, false] {
        let kept = PositionFilter {
            contradictions,
            changes: false,
        };
        for about in ["t1", "t2"] {
            let mut asked = Query::default();
            asked.about.push(about.to_owned());
            let own = OwnWords::default();
            let some = stances(&snapshot, &asked, kept, false, &own, whole()).unwrap();
            let answer = standing(&some.unwrap(), &asked, kept);
            assert_eq!(answer, standing(&loaded, &asked, kept), "{asked:?}");
            withdrawn += answer.unwrap().matches("\"claim\": \"w\"").count();
        }
    }
    assert!(withdrawn > 0);
}

#[test]
fn what_is_told_of_stances_has_its_words() {
    let home = tempfile::tempdir().unwrap();
    let facts = home.path().join("f.jsonl");
    std::fs::write(&facts, stance_lines(5, 160)).unwrap();
    let snapshot = home.path().join("x.annals");
    build(facts.to_str().unwrap(), &snapshot);
    for form in ["table", "json", "jsonl", "csv", "md"] {
        for asked in [
            &["--contradictions"][..],
            &["--contradictions", "--changes"],
            &["--by", "a1"],
            &["--about", "t1", "--changes"],
        ] {
            let of = |facts: &std::path::Path| {
                let mut arguments = vec!["positions", "-f", form];
                arguments.extend(asked);
                arguments.push(facts.to_str().unwrap());
                let out = super::annals(&arguments);
                (String::from_utf8(out.stdout).unwrap(), out.stderr)
            };
            let expected = of(&facts);
            assert!(expected.0.len() > 500, "{asked:?}: {}", expected.0);
            assert_eq!(of(&snapshot), expected, "{asked:?} as {form}");
        }
    }
}
