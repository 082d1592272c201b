//! `network`: what is told from columns is what is told from the claims.

use annals::load::LoadResult;
use annals::model::OwnWords;
use annals::query::network::{
    Asked, Dated, Duplicates, Filter, Made, Measure, Network, NetworkAsked, NodesOf, Normalise,
    Over, Scale, Sign, WindowUnit, Windows, made,
};
use annals::query::{Dossier, Query, look_up};
use annals::snapshot::{Snapshot, network_behind, network_of};

use super::counted::{lines, read};
use super::selections::whole;
use super::world::Dice;
use super::{annals, build};

fn one_of<T: Copy>(dice: &mut Dice, of: &[T]) -> T {
    of[dice.roll(of.len())]
}

fn asked(dice: &mut Dice) -> (Query, NetworkAsked) {
    let measure = one_of(
        dice,
        &[
            Measure::Congruence,
            Measure::Conflict,
            Measure::Subtract,
            Measure::Ignore,
            Measure::Affiliation(Sign::Net),
            Measure::Affiliation(Sign::Any),
            Measure::Affiliation(Sign::Kinds),
        ],
    );
    let is_affiliation = matches!(measure, Measure::Affiliation(_));
    let normalise = match measure {
        Measure::Affiliation(Sign::Kinds) => Normalise::No,
        Measure::Affiliation(_) => one_of(dice, &[Normalise::Activity, Normalise::Prominence]),
        _ => one_of(
            dice,
            &[Normalise::Average, Normalise::Jaccard, Normalise::No],
        ),
    };
    let asked = NetworkAsked {
        of: one_of(dice, &[NodesOf::Actors, NodesOf::Actors, NodesOf::Things]),
        over: one_of(
            dice,
            &[Over::Things, Over::Things, Over::Topics, Over::Actors],
        ),
        weighed: Asked {
            measure,
            normalise,
            duplicates: one_of(
                dice,
                &[
                    Duplicates::Keep,
                    Duplicates::Document,
                    Duplicates::Month,
                    Duplicates::Range,
                    Duplicates::DnaWeek,
                ],
            ),
            scale: one_of(dice, &[Scale::Two, Scale::Three]),
        },
        dated: one_of(dice, &[Dated::Said, Dated::Said, Dated::Published]),
        windows: (dice.roll(3) == 0).then_some(Windows::Every(WindowUnit::Months)),
        isolates: dice.roll(3) == 0,
        at_least: one_of(dice, &[0, 0, 8]),
        things_at_least: one_of(dice, &[0, 0, 8]),
        ..NetworkAsked::default()
    };
    let asked = NetworkAsked {
        of: if is_affiliation {
            NodesOf::Actors
        } else {
            asked.of
        },
        ..asked
    };
    let mut query = Query {
        retracted: dice.roll(3) == 0,
        ..Query::default()
    };
    if asked.windows.is_some() || dice.roll(3) == 0 {
        query = query.from(annals::time::Date::parse("2023-02").unwrap());
        query = query.until(annals::time::Date::parse("2023-05-02").unwrap());
    }
    (query, asked)
}

fn network(made: Made) -> Network {
    match made {
        Made::Network(network) => *network,
        Made::TooMany(too_many) => panic!("{too_many}"),
    }
}

/// The windows, nodes and edges, and what is said of claims that are left out.
fn answer(network: &Network, loaded: &LoadResult) -> Vec<String> {
    let mut rows = network.left_out.clone();
    for days in &network.windows {
        let edges = network.window(*days, Filter::default());
        rows.push(serde_json::to_string(&edges.row(&loaded.facts)).unwrap());
        let taken: Result<(), ()> = edges.each(&loaded.facts, &mut |row| {
            rows.push(serde_json::to_string(&row).unwrap());
            Ok(())
        });
        taken.unwrap();
    }
    rows
}

fn why(network: &Network, loaded: &LoadResult, query: &Query, ends: [&str; 2]) -> String {
    let ends =
        ends.map(|end| look_up(&loaded.facts, end, &[annals::model::RecordKind::Actor]).unwrap());
    let validity = query.validity();
    let dossier = Dossier::with(loaded, &validity);
    let why = network.why(&dossier, ends, network.windows[0]);
    format!(
        "{:?} {}",
        network.left_out,
        serde_json::to_string_pretty(&why).unwrap()
    )
}

#[test]
fn networks_are_told_from_columns() {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(2027);
    let (mut from_columns, mut edges, mut behind) = (0, 0, 0);
    let worlds = super::tried(30, 3);
    for seed in 0..worlds as u64 {
        let write = |name: &str, seed: u64, prefix: &str, claims: usize| {
            let path = home.path().join(name);
            let all = lines(seed, prefix, claims);
            // A date in another calendar is not told from columns: now and then there are some.
            let kept = all
                .lines()
                .filter(|line| seed % 5 == 4 || !line.contains("julian"));
            let kept: Vec<&str> = kept.collect();
            std::fs::write(&path, kept.join("\n") + "\n").unwrap();
            path
        };
        let facts = write("f.jsonl", seed, "", 160);
        let folder = home.path().join(format!("{seed}.annals"));
        build(facts.to_str().unwrap(), &folder);
        let mut files = vec![facts.as_path()];
        let more = write("g.jsonl", seed + 100, "g", 60);
        let more_path = more.as_path();
        if seed % 2 == 1 {
            let (more, folder) = (more.to_str().unwrap(), folder.to_str().unwrap());
            let added = annals(&["build", more, "-o", folder, "--add", "-q"]);
            assert!(added.status.success());
            files.push(more_path);
        }
        let loaded = read(&files);
        let snapshot = Snapshot::open(&folder).unwrap();
        for _ in 0..super::tried(25, 12) {
            let (query, asked) = asked(&mut dice);
            let what = format!("{query:?} {asked:?} of {seed}");
            let words = OwnWords::default();
            let validity = query.validity();
            let dossier = Dossier::with(&loaded, &validity);
            let found = network_of(&snapshot, &query, &asked, &words, whole()).unwrap();
            if let Some((some, made_of)) = found {
                let expected = network(made(&dossier, &query, &asked, &[]).unwrap());
                let expected = answer(&expected, &loaded);
                assert_eq!(answer(&network(made_of), &some), expected, "{what}");
                from_columns += 1;
                edges += expected.len();
            }
            let ends = [
                one_of(&mut dice, &["a0", "Ann 2"]),
                one_of(&mut dice, &["a1", "a4"]),
            ];
            let query = Query {
                by: ends.map(str::to_owned).to_vec(),
                ..query
            };
            let found = network_behind(&snapshot, &query, &asked, ends, &words, whole()).unwrap();
            if let Some((some, made_of)) = found {
                let expected = network(made(&dossier, &query, &asked, &[]).unwrap());
                let expected = why(&expected, &loaded, &query, ends);
                assert_eq!(
                    why(&network(made_of), &some, &query, ends),
                    expected,
                    "{what}"
                );
                behind += 1;
            }
        }
    }
    assert!(
        from_columns > 8 * worlds && edges > 40 * worlds && behind > worlds,
        "{from_columns} with {edges}, {behind}"
    );
}
