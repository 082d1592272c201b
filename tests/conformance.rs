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
