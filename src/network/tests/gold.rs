//! The numbers that Discourse Network Analyzer itself gave. They are read from the folder `network` of
//! the one that `ANNALS_CONFORMANCE` names; without it nothing is tested here.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::PathBuf;

use annals_time::Day;

use crate::{
    Asked, Days, Duplicates, Measure, Normalise, Scale, Sign, Statements, Unit, When, WindowUnit,
    Windows,
};

type Row = BTreeMap<String, String>;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("ANNALS_CONFORMANCE").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("left out: ANNALS_CONFORMANCE names no folder of conformance suites");
    }
    Some(folder?.join("network"))
}

fn lines(name: &str) -> Option<Vec<String>> {
    let file = std::fs::read(folder()?.join(name)).expect("a file of the suite");
    let mut text = String::new();
    flate2::read::GzDecoder::new(&file[..])
        .read_to_string(&mut text)
        .expect("gzip");
    Some(text.lines().map(str::to_owned).collect())
}

fn table(lines: &[String]) -> Vec<Row> {
    let names: Vec<&str> = lines[0].split('\t').collect();
    let row = |line: &String| {
        let cells = line.split('\t').map(str::to_owned);
        names
            .iter()
            .map(|name| (*name).to_owned())
            .zip(cells)
            .collect()
    };
    lines[1..]
        .iter()
        .filter(|line| !line.is_empty())
        .map(row)
        .collect()
}

/// A statement: its day, and its row.
struct Said {
    day: i64,
    row: Row,
}

fn statements(name: &str) -> Option<(String, Vec<Said>)> {
    let lines = lines(&format!("{name}.statements.tsv.gz"))?;
    let kind = lines[0].split('\t').nth(1).expect("a type").to_owned();
    let rows = table(&lines[1..]).into_iter();
    let said = rows.map(|row| Said {
        day: row["when"]
            .parse::<i64>()
            .expect("seconds")
            .div_euclid(86_400),
        row,
    });
    Some((kind, said.collect()))
}

fn day(words: &str) -> i64 {
    let parts: Vec<u32> = words
        .split('.')
        .map(|part| part.parse().expect("a number"))
        .collect();
    let day = Day::from_ymd(parts[2] as i32, parts[1], parts[0]).expect("a day");
    i64::from(day.number())
}

fn asked(case: &Row, kind: &str) -> Option<Asked> {
    Some(Asked {
        measure: match (case["network"].as_str(), case["aggregation"].as_str()) {
            ("onemode", "congruence") => Measure::Congruence,
            ("onemode", "conflict") => Measure::Conflict,
            ("onemode", "subtract") => Measure::Subtract,
            ("onemode", "ignore") => Measure::Ignore,
            ("twomode", "ignore") => Measure::Affiliation(Sign::Any),
            ("twomode", "subtract") => Measure::Affiliation(Sign::Net),
            ("twomode", "combine") => Measure::Affiliation(Sign::Kinds),
            _ => return None,
        },
        normalise: match case["normalisation"].as_str() {
            "no" => Normalise::No,
            "average" => Normalise::Average,
            "jaccard" => Normalise::Jaccard,
            "cosine" => Normalise::Cosine,
            "activity" => Normalise::Activity,
            "prominence" => Normalise::Prominence,
            _ => return None,
        },
        duplicates: match case["duplicates"].as_str() {
            "include" => Duplicates::Keep,
            "document" => Duplicates::Document,
            "week" => Duplicates::DnaWeek,
            "month" => Duplicates::DnaMonth,
            "year" => Duplicates::Year,
            "acrossrange" => Duplicates::Range,
            _ => return None,
        },
        scale: match kind {
            "boolean" => Scale::Two,
            "integer" => Scale::Three,
            _ => return None,
        },
    })
}

fn windows(case: &Row, range: Days) -> Vec<Days> {
    let Some(unit) = WindowUnit::parse(&case["window"]) else {
        return vec![range];
    };
    let size = case["size"].parse().expect("a size");
    Windows::Around { size, unit }
        .over(range)
        .expect("not too many")
}

/// Numbers for the values of a variable, in their order.
fn numbers<'s>(said: &[&'s Said], of: &str) -> BTreeMap<&'s str, u32> {
    let values: BTreeSet<&str> = said.iter().map(|one| one.row[of].as_str()).collect();
    values
        .into_iter()
        .filter(|value| !value.is_empty())
        .zip(0..)
        .collect()
}

/// The matrices of a case: how many rows, and the weights.
type Matrix = (usize, BTreeMap<(String, String), f64>);

fn computed(said: &[Said], kind: &str, case: &Row, asked: &Asked) -> Vec<Matrix> {
    let all = || said.iter().map(|one| one.day);
    let first = match case["start"].as_str() {
        "01.01.1900" => all().min().expect("statements"),
        start => day(start),
    };
    let last = match case["stop"].as_str() {
        "31.12.2099" => all().max().expect("statements"),
        stop => day(stop),
    };
    let range = Days::of(first, last);
    let loaded: Vec<&Said> = said
        .iter()
        .filter(|one| first <= one.day && one.day <= last)
        .collect();
    let (nodes, things) = (numbers(&loaded, &case["v1"]), numbers(&loaded, &case["v2"]));
    let excluded = case["exclude"].split_once('=');
    let mut units = Vec::new();
    for (claim, one) in (0_u32..).zip(&loaded) {
        let ends = nodes
            .get(one.row[&case["v1"]].as_str())
            .zip(things.get(one.row[&case["v2"]].as_str()));
        let Some((node, thing)) = ends else {
            continue;
        };
        if excluded.is_some_and(|(of, value)| one.row[of] == value) {
            continue;
        }
        let level: i64 = one.row["agreement"].parse().expect("a level");
        let level = if kind == "integer" { level + 1 } else { level };
        units.push(Unit {
            node: *node,
            thing: *thing,
            level: if case["qualifier"].is_empty() {
                0
            } else {
                level as u8
            },
            when: claim,
            claim,
            document: one.row["doc"].parse().expect("a document"),
            voice: None,
        });
    }
    // Each unit has its own days, by the number of its claim.
    let whens: Vec<When> = loaded
        .iter()
        .map(|one| When::on(Days::of(one.day, one.day)))
        .collect();
    let statements = Statements::within(units, whens, Vec::new(), asked, range);
    let name = |names: &BTreeMap<&str, u32>, number: u32| {
        let found = names.iter().find(|(_, one)| **one == number);
        found.expect("a name").0.to_string()
    };
    let matrix = |window: Days| {
        let counted = statements.window(window);
        let mut weights = BTreeMap::new();
        let rows = if case["isolates"] == "true" {
            nodes.len()
        } else {
            counted.nodes().len()
        };
        let mut add = |a: String, b: String, weight: [f64; 2], exact: bool| {
            assert!(exact && weight[0] == weight[1], "{case:?}");
            weights.insert((a, b), weight[0]);
        };
        if case["network"] == "twomode" {
            let each = &mut |one: crate::Affiliation| -> Result<(), ()> {
                let fraction = one.fraction;
                add(
                    name(&nodes, one.node),
                    name(&things, one.thing),
                    fraction.weight,
                    fraction.exact,
                );
                Ok(())
            };
            counted.affiliations(each).expect("no error");
        } else {
            let each = &mut |pair: crate::Pair| -> Result<(), ()> {
                let (a, b) = (name(&nodes, pair.a), name(&nodes, pair.b));
                assert_eq!(counted.pair(pair.a, pair.b).weight, pair.weight);
                add(a.clone(), b.clone(), pair.weight, pair.exact);
                add(b, a, pair.weight, pair.exact);
                Ok(())
            };
            counted.pairs(each).expect("no error");
        }
        (rows, weights)
    };
    windows(case, range).into_iter().map(matrix).collect()
}

/// What DNA gave for each case.
fn wanted(lines: &[String]) -> BTreeMap<String, Vec<Matrix>> {
    let mut all: BTreeMap<String, Vec<Matrix>> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells[0] == "@" {
            let rows = cells[6].parse().expect("a number of rows");
            all.entry(cells[1].to_owned())
                .or_default()
                .push((rows, BTreeMap::new()));
        } else {
            let matrix: usize = cells[1].parse().expect("a number");
            let ends = (cells[2].to_owned(), cells[3].to_owned());
            let weight: f64 = cells[4].parse().expect("a weight");
            all.get_mut(cells[0]).expect("a case")[matrix]
                .1
                .insert(ends, weight);
        }
    }
    all
}

fn difference(ours: &Matrix, theirs: &Matrix) -> Option<String> {
    if ours.0 != theirs.0 {
        return Some(format!("{} rows, not {}", ours.0, theirs.0));
    }
    let ends: BTreeSet<_> = ours.1.keys().chain(theirs.1.keys()).collect();
    ends.into_iter().find_map(|ends| {
        let of = |matrix: &Matrix| matrix.1.get(ends).copied().unwrap_or(0.0);
        let (one, other) = (of(ours), of(theirs));
        let close = (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0);
        (!close).then(|| format!("{ends:?}: {one}, not {other}"))
    })
}

#[test]
fn every_number_of_dna_is_ours() {
    let (mut cases, mut left_out, mut matrices) = (0, 0, 0);
    for name in ["bool", "sample", "three"] {
        let Some((kind, said)) = statements(name) else {
            return;
        };
        let theirs = wanted(&lines(&format!("{name}.gold.tsv.gz")).expect("a suite"));
        for case in table(&lines(&format!("{name}.cases.tsv.gz")).expect("a suite")) {
            let of_documents = ["v1", "v2"].iter().any(|of| case[*of].starts_with("doc:"));
            let asked = asked(&case, &kind).expect("a case that is known");
            // DNA leaves the level of whichever statement came first.
            let drops = asked.measure == Measure::Ignore
                && asked.normalise == Normalise::Jaccard
                && asked.duplicates != Duplicates::Keep
                && !case["qualifier"].is_empty();
            if of_documents || drops {
                left_out += 1;
                continue;
            }
            let ours = computed(&said, &kind, &case, &asked);
            let theirs = theirs.get(&case["case"]).cloned().unwrap_or_default();
            assert_eq!(ours.len(), theirs.len(), "matrices of {name} {case:?}");
            for (one, other) in ours.iter().zip(&theirs) {
                matrices += 1;
                let differs = difference(one, other);
                assert!(differs.is_none(), "{name} {case:?}: {differs:?}");
            }
            cases += 1;
        }
    }
    eprintln!("{cases} cases, {matrices} matrices; {left_out} left out");
    assert!(cases > 580, "only {cases} cases");
}
