//! Pages of lists: of a snapshot, of which only some is read, as of the facts.

use std::fmt::Write as _;
use std::path::Path;

use annals::model::StanceValue;
use annals::query::Query;
use annals::store::{ClaimsPage, Dimension, ReadAll};
use annals::time::Date;
use annals::{OpenOptions, Store};

use super::build;
use super::counted;
use super::world::Dice;

/// Lines in which each claim has a date with a first and a last day, and events and relations.
fn lines(seed: u64, claims: usize) -> String {
    let all = counted::lines(seed, "", claims);
    let is_dated = |line: &&str| {
        let is_open = line.contains("..") || line.contains("2023-04/\"");
        !line.contains("\"claim\"") || line.contains("\"said\"") && !is_open
    };
    let mut out = String::new();
    for line in all.lines().filter(is_dated) {
        out.push_str(line);
        out.push('\n');
    }
    let mut dice = Dice(seed + 3);
    for n in 0..12 {
        let day = dice.one(&[
            "2023-04-20",
            "2023-04",
            "2023-04-28/2023-05-02",
            "2024-01-01",
        ]);
        writeln!(out, "{{\"type\":\"event\",\"id\":\"e{n}\",\"label\":\"grain q {n}\",\"when\":\"{day}\",\"participants\":\"a{}\"}}", n % 5).unwrap();
        let when = dice.one(&["", ",\"when\":\"2023-04-21\"", ",\"when\":\"2023-03\""]);
        writeln!(out, "{{\"type\":\"relation\",\"id\":\"r{n}\",\"from\":\"a{}\",\"kind\":\"member_of\",\"to\":\"a{}\"{when}}}", n % 4, (n + 1) % 5).unwrap();
    }
    out
}

fn asked(dice: &mut Dice) -> Query {
    let mut asked = Query::default();
    match dice.roll(6) {
        0 => asked.by.push(dice.one(&["a0", "a1", "Ann 2"]).to_owned()),
        1 => asked.about.push(dice.one(&["t0", "a1", "t2"]).to_owned()),
        2 => asked.in_document.push("d1".to_owned()),
        3 => {
            asked.to.push("a1".to_owned());
            asked.to.push("a3".to_owned());
        }
        _ => {}
    }
    let day = |dice: &mut Dice| {
        let day = dice.one(&["2023", "2023-04-20", "2023-04", "2023-03-02", "1700"]);
        Date::parse(day).ok()
    };
    if dice.roll(3) > 0 {
        asked.window.from = day(dice);
    }
    if dice.roll(3) == 0 {
        asked.window.until = day(dice);
    }
    if dice.roll(4) == 0 {
        asked.act.push("denies".to_owned());
    }
    if dice.roll(5) == 0 {
        asked.tag.push("y".to_owned());
    }
    if dice.roll(5) == 0 {
        asked.stance.push(StanceValue::Opposes);
    }
    asked.retracted = dice.roll(4) == 0;
    asked
}

fn page(
    store: &Store,
    asked: &Query,
    after: Option<&str>,
    most: usize,
) -> (String, Option<String>, bool) {
    let page: ClaimsPage = store
        .claims_page(asked, after, most, ReadAll::NONE)
        .unwrap()
        .data;
    let few: ClaimsPage = store
        .claims_page(asked, after, most, ReadAll::up_to(1_000))
        .unwrap()
        .data;
    let claims = few.claims.unwrap();
    assert_eq!([few.all, few.first], [page.all, page.first]);
    let counts = claims.count(&[Dimension::Month]).unwrap();
    let counts: Vec<_> = counts.iter().collect();
    let rows = serde_json::to_string_pretty(&page.rows).unwrap();
    let last = page.rows.last().map(|row| row.id.clone());
    let answer = format!("{} of {}\n{rows}\n{counts:?}", page.first, page.all);
    (answer, last, page.claims.is_none())
}

/// A store that has read nothing yet.
fn open(path: &Path) -> Store {
    OpenOptions::new().facts(path).open().unwrap()
}

#[test]
fn pages_of_lists_are_told_from_days() {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(41);
    let (mut in_part, mut in_time, mut times) = (0, 0, 0);
    let worlds = super::tried(6, 2);
    for seed in 0..worlds as u64 {
        let facts = home.path().join("f.jsonl");
        std::fs::write(&facts, lines(seed, 200)).unwrap();
        let snapshot = home.path().join(format!("{seed}.annals"));
        build(facts.to_str().unwrap(), &snapshot);
        let whole = open(&facts);
        for _ in 0..16 {
            let asked = asked(&mut dice);
            let most = 1 + dice.roll(7);
            let mut after: Option<String> = None;
            // Page after page, to the end or for a while.
            for _ in 0..4 {
                let (expected, last, _) = page(&whole, &asked, after.as_deref(), most);
                let (found, _, is_part) = page(&open(&snapshot), &asked, after.as_deref(), most);
                assert_eq!(found, expected, "{asked:?} after {after:?} in world {seed}");
                in_part += usize::from(is_part);
                if last.is_none() {
                    break;
                }
                after = last;
            }
            // Of all that is asked, or of its window alone, which days tell.
            let asked = match dice.roll(2) {
                0 => asked,
                _ => Query {
                    window: asked.window,
                    retracted: asked.retracted,
                    ..Query::default()
                },
            };
            let of = |store: &Store, after: Option<&str>| {
                let (answer, counts) = store.timeline_page(&asked, after, most).unwrap();
                let last = answer.data.last().map(|row| row.id.clone());
                let rows = serde_json::to_string_pretty(&answer.data).unwrap();
                (format!("{counts:?}\n{rows}"), last)
            };
            let mut after: Option<String> = None;
            for _ in 0..4 {
                let (expected, last) = of(&whole, after.as_deref());
                let store = open(&snapshot);
                assert_eq!(
                    of(&store, after.as_deref()).0,
                    expected,
                    "the timeline of {asked:?} after {after:?} in world {seed}"
                );
                times += 1;
                in_time +=
                    usize::from(store.name_of("a0").is_some() && store.days_of_news().is_none());
                if last.is_none() {
                    break;
                }
                after = last;
            }
        }
    }
    assert!(
        in_part > 15 * worlds && in_time > 8 * worlds,
        "{in_part} pages in part, {in_time} of {times} timelines"
    );
}

#[test]
fn the_first_of_what_has_words_is_what_finding_all_begins_with() {
    let home = tempfile::tempdir().unwrap();
    let facts = home.path().join("f.jsonl");
    // Things and documents, as this program writes them.
    let mut text = counted::lines(5, "", 0);
    let mut dice = Dice(9);
    // Beyond what is read without looking through all.
    for n in 0..1500 {
        let words = dice.one(&["grain and ships", "Grain", "ships", "no GRAINS, no ships"]);
        let more = dice.one(&[
            "",
            ",\"evidence\":{\"document\":\"d1\"}",
            ",\"evidence\":[{\"document\":\"d3\"},{\"document\":\"d0\",\"quote\":\"grain in ships\"}]",
            ",\"evidence\":{\"document\":\"d2\"},\"retracted\":{\"on\":\"2024\",\"reason\":\"x\"}",
        ]);
        writeln!(text, "{{\"type\":\"claim\",\"id\":\"m{n}\",\"speaker\":\"a1\",\"about\":\"t1\",\"said\":\"2023-04-20\",\"content\":\"{words}\"{more}}}").unwrap();
    }
    std::fs::write(&facts, text).unwrap();
    let snapshot = home.path().join("f.annals");
    build(facts.to_str().unwrap(), &snapshot);
    let whole = open(&facts);
    let mut not_all = 0;
    for words in ["grain", "grain ships", "ships", "q", "in", "nothing"] {
        for most in [1, 7, 60, 400] {
            let all = whole.find(words, &Query::default()).unwrap();
            let (found, is_all) = open(&snapshot)
                .find_first(words, &Query::default(), most)
                .unwrap();
            let rows = |finds: &annals::store::Finds| {
                serde_json::to_string_pretty(&finds.rows(0..most)).unwrap()
            };
            assert_eq!(rows(&found), rows(&all), "{words}, the first {most}");
            assert!(
                if is_all {
                    found.len() == all.len()
                } else {
                    all.len() > most
                },
                "{words}, {most}"
            );
            not_all += usize::from(!is_all);
        }
    }
    assert!(not_all > 8, "{not_all}");
}

/// Of a day with many claims only those of the page are read: by when on the day, by document, by line.
#[test]
fn a_page_has_its_part_of_a_day() {
    let home = tempfile::tempdir().unwrap();
    let facts = home.path().join("f.jsonl");
    let mut lines = String::from("{\"type\":\"actor\",\"id\":\"a\",\"name\":\"Ann\"}\n");
    for (nth, published) in ["2023-05-03", "2023-05-01", "", "2023-05"]
        .iter()
        .enumerate()
    {
        let published = match *published {
            "" => String::new(),
            day => format!(",\"published\":\"{day}\""),
        };
        writeln!(
            lines,
            "{{\"type\":\"document\",\"id\":\"d{nth}\",\"title\":\"D {nth}\"{published}}}"
        )
        .unwrap();
    }
    let mut dice = Dice(7);
    for nth in 0..150 {
        let said = dice.one(&[
            "2023-04-20",
            "2023-04-20",
            "2023-04-20?",
            "2023-04-20T10:00:00",
            "2023-04-20/2023-04-21",
            "2023-04-21",
        ]);
        let documents = dice.one(&["d0", "d1", "d2", "d3", "d3 d1", ""]);
        let evidence = documents
            .split_whitespace()
            .map(|id| format!("{{\"document\":\"{id}\"}}"));
        let evidence = evidence.collect::<Vec<_>>().join(",");
        writeln!(lines, "{{\"type\":\"claim\",\"id\":\"c{nth}\",\"speaker\":\"a\",\"said\":\"{said}\",\"content\":\"word {nth}\",\"evidence\":[{evidence}]}}").unwrap();
    }
    std::fs::write(&facts, lines).unwrap();
    let snapshot = home.path().join("f.annals");
    build(facts.to_str().unwrap(), &snapshot);
    let whole = open(&facts);
    let asked = Query::default();
    let ids =
        |page: &ClaimsPage| -> Vec<String> { page.rows.iter().map(|row| row.id.clone()).collect() };
    for most in [1, 7, 50] {
        let (mut after, mut met) = (None::<String>, 0);
        loop {
            let expected = whole
                .claims_page(&asked, after.as_deref(), most, ReadAll::NONE)
                .unwrap()
                .data;
            // One that has read nothing yet, and not of all.
            let found = open(&snapshot)
                .claims_page(&asked, after.as_deref(), most, ReadAll::NONE)
                .unwrap()
                .data;
            assert!(found.claims.is_none());
            assert_eq!(ids(&found), ids(&expected), "after {after:?}");
            assert_eq!([found.first, found.all], [expected.first, 150]);
            met += found.rows.len();
            match ids(&found).pop() {
                Some(last) => after = Some(last),
                None => break,
            }
        }
        assert_eq!(met, 150);
    }
}
