//! Every finding in all five forms: the forms of others are well-formed, and each has a place.

use crate::check::dossier::{Dossier, Found, blocks};
use crate::common::json_schema;
use annals::check;
use annals::finding::write::{Sarif, concise, github, row};
use annals::load::Places;
use serde_json::Value;

/// The example of every code that can be written as text.
fn examples() -> Vec<(&'static str, Found)> {
    let mut found = Vec::new();
    for code in check::codes() {
        let example = blocks(&code.section("Example").unwrap());
        if example.iter().any(|block| block.language == "console") {
            continue;
        }
        let mut files = Dossier::default();
        for block in example {
            files.add(block.file, block.text);
        }
        found.push((code.code, files.read(code.code)));
    }
    assert!(found.len() > 30, "only {} examples", found.len());
    found
}

#[test]
fn github_lines_are_commands_with_a_place() {
    for (code, found) in examples() {
        let places = Places::new(&found.loaded);
        for finding in found.findings.iter().filter(|one| one.code.code == code) {
            let line = github(finding, &places);
            assert!(!line.contains(['\n', '\r']), "{line}");
            let (command, rest) = line[2..].split_once(' ').unwrap();
            assert!(["error", "warning", "notice"].contains(&command), "{line}");
            let (properties, words) = rest.split_once("::").unwrap();
            assert!(!words.is_empty());
            for property in properties.split(',') {
                let (name, value) = property.split_once('=').unwrap();
                assert!(
                    ["file", "line", "endLine", "col", "endColumn", "title"].contains(&name),
                    "{line}"
                );
                assert!(!value.contains(':') && !value.is_empty(), "{line}");
            }
            assert!(properties.contains("line="), "{line}");
            for (nth, _) in line.match_indices('%') {
                let code = &line[nth + 1..nth + 3];
                assert!(["25", "0A", "0D", "3A", "2C"].contains(&code), "{line}");
            }
        }
    }
}

/// What of SARIF 2.1.0 (sections 3.13 to 3.57) is written here, and nothing else. `.ci/check_schema.py` has it too.
const SARIF: &str = include_str!("sarif.schema.json");

#[test]
fn sarif_is_as_its_standard_says() {
    let schema: Value = serde_json::from_str(SARIF).unwrap();
    for (code, found) in examples() {
        let places = Places::new(&found.loaded);
        let log = Sarif::new(&found.findings, &found.loaded.facts, &places);
        let log = serde_json::to_value(log).unwrap();
        let errors = json_schema::faults(&schema, &log);
        assert!(errors.is_empty(), "{code}: {}", errors.join("\n"));
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), found.findings.len());
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(
                run["tool"]["driver"]["rules"][index]["id"],
                result["ruleId"]
            );
            assert_eq!(
                result["locations"].as_array().unwrap().len(),
                1,
                "{code}: no place"
            );
        }
    }
}

#[test]
fn all_forms_name_the_code_and_one_place() {
    for (code, found) in examples() {
        let places = Places::new(&found.loaded);
        let finding = found
            .findings
            .iter()
            .find(|one| one.code.code == code)
            .unwrap();
        let data = row(finding, &found.loaded.facts, &places);
        let place = &data
            .places
            .first()
            .unwrap_or_else(|| panic!("{code} has no place"))
            .place;
        let line = concise(finding, &places);
        assert!(
            line.contains(&format!(":{}:{}: ", place.line, place.column)),
            "{line}"
        );
        assert!(
            line.contains(code)
                && github(finding, &places).contains(&format!("line={}", place.line))
        );
        assert!(found.drawn().contains(code));
    }
}
