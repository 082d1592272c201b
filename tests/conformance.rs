//! Conformance with test suites kept outside of the project. They are read from the folder that
//! the environment variable `ANNALS_CONFORMANCE` names; without it nothing is tested here.

#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    unreachable_pub,
    dead_code,
    reason = "a test may fail, and modules shared by tests are used in part by each"
)]

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
