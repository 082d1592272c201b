//! Chains and windows: what is read in part answers as what is read whole.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use annals::check::{Policy, check_with_chronology};
use annals::finding::Severity;
use annals::load::{LoadResult, Request, Source, load};
use annals::model::{NodeRef, OwnWords};
use annals::query::path::{InTime, path};
use annals::query::selection::THINGS;
use annals::query::show::edge_row;
use annals::query::subgraph::{Kinds, walked};
use annals::query::timeline::{NarrowedRow, timeline};
use annals::query::{Dossier, Query, look_up};
use annals::snapshot::{Snapshot, between, within};
use annals::time::{Date, Window};

use super::build;
use super::selections::whole;
use super::world::{Dice, NAMES, lines};

struct World {
    loaded: LoadResult,
    snapshot: Snapshot,
}

fn world(home: &tempfile::TempDir, seed: u64) -> World {
    let facts = home.path().join("f.jsonl");
    std::fs::write(&facts, lines(seed, 150)).unwrap();
    let snapshot = home.path().join(format!("{seed}.annals"));
    build(facts.to_str().unwrap(), &snapshot);
    let loaded = load(&Request {
        facts: vec![Source::Path(facts)],
        texts: Vec::new(),
    });
    World {
        loaded,
        snapshot: Snapshot::open(&snapshot).unwrap(),
    }
}

/// The edges of the chain as rows, and how many; nothing where there is none.
fn chain(
    loaded: &LoadResult,
    asked: &Query,
    ends: [&str; 2],
    in_time: InTime,
) -> Result<Option<(usize, String)>, String> {
    let facts = &loaded.facts;
    let selection = asked.resolve(facts).map_err(|error| error.to_string())?;
    let end = |word: &str| -> Result<NodeRef, String> {
        let found = look_up(facts, word, THINGS).map_err(|error| error.to_string())?;
        Ok(found.node().unwrap())
    };
    let ends = [end(ends[0])?, end(ends[1])?];
    let dossier = Dossier::with(loaded, &selection.validity);
    let graph = walked(
        &dossier,
        &selection,
        &Kinds::default(),
        &BTreeSet::from(ends),
    );
    let chain = path(&dossier, &selection, &graph, ends, in_time);
    Ok(chain.map(|chain| {
        let rows = chain.edges.iter().map(|edge| edge_row(&dossier, edge));
        let rows: Vec<_> = rows.collect();
        let told = serde_json::to_string_pretty(&(rows, chain.certain)).unwrap();
        (chain.edges.len(), told)
    }))
}

#[test]
fn chains_answer_alike() {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(41);
    let (mut in_part, mut long) = (0, 0);
    let worlds = super::tried(10, 5);
    for seed in 40..40 + worlds as u64 {
        let World { loaded, snapshot } = world(&home, seed);
        for _ in 0..50 {
            let mut asked = Query {
                retracted: dice.roll(3) == 0,
                ..Query::default()
            };
            if dice.roll(4) == 0 {
                asked.by.push(dice.one(&["a1", "a2"]).to_owned());
            }
            let mut name = || match dice.roll(3) {
                0 => dice.one(NAMES).to_owned(),
                _ => format!("c{}", dice.roll(150)),
            };
            let (a, b) = (name(), name());
            let in_time = [InTime::Ignored, InTime::Possibly, InTime::Surely][dice.roll(3)];
            let words = OwnWords::default();
            let some = between(&snapshot, &asked, [&a, &b], &words, whole()).unwrap();
            let Some((some, edges)) = some else { continue };
            let found = chain(&some, &asked, [&a, &b], in_time).unwrap();
            // As the command does: of any other length it reads all.
            let Some((_, told)) = found.filter(|(long, _)| *long == edges) else {
                continue;
            };
            in_part += 1;
            long += usize::from(edges > 2);
            assert!(some.facts.len() < loaded.facts.len());
            let expected = chain(&loaded, &asked, [&a, &b], in_time).unwrap();
            let what = format!("{asked:?} from {a} to {b}, {in_time:?}, of world {seed}");
            assert_eq!(Some((edges, told)), expected, "{what}");
        }
    }
    assert!(
        in_part > 14 * worlds && long > 2 * worlds,
        "{in_part} chains, {long} long"
    );
}

#[test]
fn windows_answer_alike() {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(43);
    let (mut in_part, mut rows, mut narrower) = (0, 0, 0);
    for seed in 60..66 {
        let World { loaded, snapshot } = world(&home, seed);
        for _ in 0..20 {
            let date = |text: &str| Date::parse(text).ok();
            let mut asked = Query {
                window: Window {
                    from: date(dice.one(&["2023", "2023-04-21", "2024", "1870", "1900"])),
                    until: date(dice.one(&["2023-04", "2023-05-02", "2030", "1880"])),
                },
                retracted: dice.roll(3) == 0,
                surely: dice.roll(3) == 0,
                limit: (dice.roll(4) == 0).then_some(9),
                ..Query::default()
            };
            if dice.roll(3) == 0 {
                asked
                    .by
                    .push(dice.one(&["a1", "Ann 3", "ann 2"]).to_owned());
            }
            let some = within(&snapshot, &asked, &OwnWords::default(), whole()).unwrap();
            let Some((some, narrowed)) = some else {
                continue;
            };
            in_part += 1;
            let selection = asked.resolve(&some.facts).unwrap();
            let mut found = timeline(&Dossier::with(&some, &selection.validity), &selection, None);
            for row in &mut found {
                let own = [Date::first, Date::last].map(|end| row.when.as_ref().and_then(end));
                row.narrowed = Some(narrowed.of(&row.id, own)).filter(NarrowedRow::is_some);
                let days = row.narrowed.map(|days| [days.first, days.last]);
                narrower += usize::from(days.is_some_and(|days| days != own));
            }
            let selection = asked.resolve(&loaded.facts).unwrap();
            let dossier = Dossier::with(&loaded, &selection.validity);
            let chronicle = OnceLock::new();
            let (_, told) =
                check_with_chronology(&dossier, &Policy::default(), Severity::Info, &chronicle);
            let expected = timeline(&dossier, &selection, Some(&told));
            let json = |rows| serde_json::to_string_pretty(rows).unwrap();
            assert_eq!(json(&found), json(&expected), "{asked:?} of world {seed}");
            rows += expected.len();
        }
    }
    assert!(
        in_part > 60 && rows > 2000 && narrower > 50,
        "{in_part} windows, {rows} rows, {narrower} narrower than their dates"
    );
}
