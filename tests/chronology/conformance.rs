//! Conformance with test suites kept outside of the project. They are read from the folder that
//! the environment variable `ANNALS_CONFORMANCE` names; without it nothing is tested here.

use std::path::PathBuf;

/// The folder of the suites; `None`, said on standard error, where none is named.
fn suites() -> Option<PathBuf> {
    let folder = std::env::var_os("ANNALS_CONFORMANCE").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("left out: ANNALS_CONFORMANCE names no folder of conformance suites");
    }
    folder
}

mod edtf {
    use std::collections::BTreeMap;

    use annals::time::{Bound, Date};

    use super::suites;

    /// The rows of a table of tab-separated columns, by the names of its first line.
    fn rows(file: &str) -> Option<Vec<BTreeMap<String, String>>> {
        let path = suites()?.join("edtf").join(file);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned));
        let names: Vec<String> = lines.next().expect("a line of column names").collect();
        let rows: Vec<_> = lines
            .map(|cells| names.iter().cloned().zip(cells).collect())
            .collect();
        assert!(!rows.is_empty(), "{} has no rows", path.display());
        Some(rows)
    }

    /// A bound as the tables write it.
    fn written(bound: Bound) -> String {
        match bound.day() {
            Some(day) => day.to_string(),
            None if bound < Bound::FUTURE && bound.number().is_none() => "-inf".to_owned(),
            None => "inf".to_owned(),
        }
    }

    #[test]
    fn what_all_libraries_say_we_say() {
        let Some(rows) = rows("unanimous.tsv") else {
            return;
        };
        let mut wrong = Vec::new();
        for row in &rows {
            let text = &row["edtf"];
            let date = Date::parse(text);
            let verdict = if date.is_ok() { "valid" } else { "invalid" };
            if verdict != row["verdict"] {
                wrong.push(format!(
                    "{text}: {verdict}, not {}: {date:?}",
                    row["verdict"]
                ));
                continue;
            }
            let Ok(date) = date else { continue };
            let bounds = [date.extent().earliest_start(), date.extent().latest_end()];
            for (bound, column) in bounds.into_iter().zip(["lower", "upper"]) {
                let expected = row.get(column).map_or("", String::as_str);
                if !expected.is_empty() && written(bound) != expected {
                    wrong.push(format!(
                        "{text}: {column} {}, not {expected}",
                        written(bound)
                    ));
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "{} of {} rows:\n{}",
            wrong.len(),
            rows.len(),
            wrong.join("\n")
        );
    }

    #[test]
    fn what_libraries_dispute_is_read_or_explained() {
        let Some(rows) = rows("disputed.tsv") else {
            return;
        };
        for row in &rows {
            let text = &row["edtf"];
            match Date::parse(text) {
                Ok(date) => assert_eq!(date.written(), text),
                Err(error) => {
                    assert!(text.get(error.at.clone()).is_some(), "{text}: {error:?}");
                    if let Some(suggestion) = &error.suggestion {
                        assert!(Date::parse(suggestion).is_ok(), "{text}: {suggestion}");
                    }
                }
            }
        }
    }
}

mod kyiv {
    use std::process::Command;

    use serde_json::Value;

    use super::suites;

    /// The report behind `data/kyiv` is not ours to ship: its text lies beside the suites.
    #[test]
    fn every_attribution_of_the_report_is_there_and_stands_in_its_text() {
        let Some(suites) = suites() else { return };
        let seed = suites.join("../seed");
        assert!(seed.is_dir(), "{} is not there", seed.display());
        let run = |arguments: &[&str]| {
            let output = Command::new(env!("CARGO_BIN_EXE_annals"))
                .args(arguments)
                .arg("--texts")
                .arg(&seed)
                .output()
                .unwrap();
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
            (
                output.status.code(),
                text(output.stdout),
                text(output.stderr),
            )
        };
        let (code, answer, _) = run(&["said", "data", "-f", "json"]);
        assert_eq!(code, Some(0));
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let rows = answer["data"].as_array().unwrap();
        let of_report = |row: &&Value| {
            let mut evidence = row["evidence"].as_array().unwrap().iter();
            evidence.any(|one| one["document"]["id"] == "kyiv-report")
        };
        let attributed: Vec<&Value> = (rows.iter().filter(of_report))
            .filter(|row| !row["speaker"].as_array().unwrap().is_empty())
            .collect();
        assert_eq!(attributed.len(), 22, "attributions");
        for row in &attributed {
            assert!(
                row["quote"].is_string() || row["content"].is_string(),
                "{row}: no words"
            );
            assert!(row["source"]["line"].as_u64() > Some(0), "{row}: no place");
        }
        let of_narrator = rows.iter().filter(of_report).count() - attributed.len();
        assert_eq!(of_narrator, 1, "remarks of the narrator's own");
        for row in rows {
            for one in row["evidence"].as_array().unwrap() {
                let level = &one["verified"];
                let stands = ["exact", "folded", "elided"]
                    .iter()
                    .any(|good| level == good);
                assert!(stands || level.is_null(), "{}: {level}", row["id"]);
                let in_report = one["document"]["id"] == "kyiv-report";
                assert!(!in_report || stands, "{}: not looked up", row["id"]);
            }
        }
        let (code, findings, said) = run(&["check", "data", "-f", "concise"]);
        assert_eq!((code, findings.as_str()), (Some(0), ""), "{said}");
    }
}

mod stn {
    use annals::chronology::{Chronology, Network, Point, Premise};

    use super::suites;

    /// A network of the suite: points, and `from to most` a line. The origin is point 0.
    fn read(file: &str) -> Option<(Network, Vec<Point>)> {
        let path = suites()?.join("stn").join(file);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let numbers = |line: &str| -> Vec<i64> {
            line.split_whitespace()
                .map(|word| word.parse().unwrap())
                .collect()
        };
        let head = numbers(lines.next().unwrap());
        let mut network = Network::default();
        let mut points = vec![Point::ZERO];
        points.extend((1..head[0]).map(|_| network.point()));
        let mut count = 0;
        for (nth, line) in lines.enumerate() {
            let [from, to, most] = numbers(line)[..] else {
                panic!("{line}")
            };
            let [from, to] = [from, to].map(|point| points[usize::try_from(point).unwrap()]);
            network.at_most(from, to, most, Premise(u32::try_from(nth).unwrap()));
            count += 1;
        }
        assert_eq!(count, head[1], "{file}: constraints");
        Some((network, points))
    }

    #[test]
    fn bounds_of_the_worked_example_of_1991() {
        let Some((network, points)) = read("dmp1991.txt") else {
            return;
        };
        let solved = Chronology::new(&network, &|_| 1.0);
        assert!(solved.conflicts.is_empty());
        // Dechter, Meiri, Pearl 1991: the minimal network.
        let expected = [(10, 20), (40, 50), (20, 30), (60, 70)];
        for (point, (first, last)) in points[1..].iter().zip(expected) {
            assert_eq!(solved.earliest(*point), Some(first));
            assert_eq!(solved.latest(*point), Some(last));
        }
    }

    #[test]
    fn bounds_of_a_thousand_events() {
        let Some((network, points)) = read("c_1000.txt") else {
            return;
        };
        let solved = Chronology::new(&network, &|_| 1.0);
        assert!(solved.conflicts.is_empty());
        let path = suites().unwrap().join("stn/c_1000.bounds.tsv");
        let table = std::fs::read_to_string(path).unwrap();
        let mut rows = 0;
        for row in table.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let point = points[cells[0].parse::<usize>().unwrap()];
            let bound = |cell: &str| cell.parse::<i64>().ok();
            assert_eq!(solved.earliest(point), bound(cells[1]), "{row}");
            assert_eq!(solved.latest(point), bound(cells[2]), "{row}");
            rows += 1;
        }
        assert_eq!(rows, points.len());
    }

    #[test]
    fn a_network_that_cannot_be() {
        let Some((network, _)) = read("x_1000.txt") else {
            return;
        };
        let solved = Chronology::new(&network, &|_| 1.0);
        assert!(!solved.conflicts.is_empty());
        for conflict in &solved.conflicts {
            let own = network.only(|one| {
                one.premises
                    .iter()
                    .all(|one| conflict.premises.contains(&one))
            });
            assert!(
                !Chronology::new(&own, &|_| 1.0).conflicts.is_empty(),
                "{conflict:?} can be"
            );
            for left_out in &conflict.premises {
                let rest = own.only(|one| one.premises.iter().all(|one| one != *left_out));
                assert!(
                    Chronology::new(&rest, &|_| 1.0).conflicts.is_empty(),
                    "{conflict:?}"
                );
            }
        }
    }

    /// A Harris matrix: what lies above is later. A deposit is never earlier than what it covers.
    #[test]
    fn a_stratigraphy_has_no_circle() {
        let Some(suites) = suites() else { return };
        let table = std::fs::read_to_string(suites.join("stn/harris12.tsv")).unwrap();
        let mut network = Network::default();
        let mut points = std::collections::BTreeMap::new();
        let mut rows = Vec::new();
        for row in table.lines().skip(1).filter(|row| !row.is_empty()) {
            let cells: Vec<String> = row.split('\t').map(str::to_owned).collect();
            for cell in &cells {
                points
                    .entry(cell.clone())
                    .or_insert_with(|| network.point());
            }
            rows.push(cells);
        }
        for (nth, row) in rows.iter().enumerate() {
            network.at_least(
                points[&row[0]],
                points[&row[1]],
                1,
                Premise(u32::try_from(nth).unwrap()),
            );
        }
        assert!(Chronology::new(&network, &|_| 1.0).conflicts.is_empty());
        // Turned round, the topmost below the lowest closes a circle through the longest chain.
        network.at_least(points["1"], points["natural"], 1, Premise(99));
        let solved = Chronology::new(&network, &|_| 1.0);
        assert_eq!(solved.conflicts.len(), 1);
        assert!(solved.conflicts[0].premises.contains(&Premise(99)));
    }
}

mod allen {
    use annals::chronology::{Chronology, Network, Premise, Premises, Stretch, relate};
    use annals::time::AllenSet;

    use super::suites;

    /// `TimeML`'s name of a relation as Allen's; `DURING` is read as its tools do or as it says.
    fn named(word: &str, during_is_equal: bool) -> AllenSet {
        let name = match word {
            "BEFORE" => "before",
            "AFTER" => "after",
            "IBEFORE" => "meets",
            "IAFTER" => "met_by",
            "BEGINS" => "starts",
            "BEGUN_BY" => "started_by",
            "ENDS" => "finishes",
            "ENDED_BY" => "finished_by",
            "SIMULTANEOUS" | "IDENTITY" => "equals",
            "DURING" | "DURING_INV" if during_is_equal => "equals",
            "IS_INCLUDED" | "DURING" => "during",
            "INCLUDES" | "DURING_INV" => "contains",
            other => panic!("no relation {other}"),
        };
        AllenSet::from_name(name).unwrap()
    }

    #[test]
    fn every_triangle_has_its_verdict_under_both_readings() {
        let Some(suites) = suites() else { return };
        let table = std::fs::read_to_string(suites.join("allen/triangles.tsv")).unwrap();
        let mut rows = 0;
        for row in table.lines().skip(1).filter(|row| !row.is_empty()) {
            let cells: Vec<&str> = row.split('\t').collect();
            for (column, during_is_equal) in [(3, true), (4, false)] {
                let mut network = Network::default();
                let stretches = [0; 3].map(|_| {
                    let (start, end) = (network.point(), network.point());
                    network.at_least(start, end, 1, Premises::NONE);
                    Stretch { start, end }
                });
                let [a, b, c] = stretches;
                for (nth, (one, other)) in [(a, b), (b, c), (a, c)].into_iter().enumerate() {
                    let set = named(cells[nth], during_is_equal);
                    let premise = Premise(u32::try_from(nth).unwrap());
                    assert!(relate(&mut network, one, set, other, premise.into()));
                }
                let consistent = Chronology::new(&network, &|_| 1.0).conflicts.is_empty();
                assert_eq!(consistent, cells[column] == "1", "{row}");
            }
            rows += 1;
        }
        assert!(rows > 1000, "only {rows} triangles");
    }
}
