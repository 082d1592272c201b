//! Every finding in all five forms: the forms of others are well-formed, and each has a place.

use crate::check::dossier::{Dossier, Found, blocks};
use annals::check;
use annals::finding::write::{Sarif, concise, github, row};
use annals::load::Places;
use serde_json::{Value, json};

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

/// What of SARIF 2.1.0 (sections 3.13 to 3.57) is written here, and nothing else.
fn schema() -> Value {
    let text = json!({"type": "object", "required": ["text"], "additionalProperties": false,
        "properties": {"text": {"type": "string", "minLength": 1}, "markdown": {"type": "string"}}});
    let level = json!({"enum": ["none", "note", "warning", "error"]});
    let artifact = json!({"type": "object", "required": ["uri"], "additionalProperties": false,
        "properties": {"uri": {"type": "string", "pattern": "^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"}}});
    let at = json!({"type": "integer", "minimum": 1});
    let region = json!({"type": "object", "additionalProperties": false,
        "required": ["startLine", "startColumn", "endLine", "endColumn"],
        "properties": {"startLine": at, "startColumn": at, "endLine": at, "endColumn": at}});
    let location = json!({"type": "object", "required": ["physicalLocation"], "additionalProperties": false, "properties": {
        "id": {"type": "integer", "minimum": 0}, "message": text,
        "physicalLocation": {"type": "object", "additionalProperties": false, "required": ["artifactLocation", "region"],
            "properties": {"artifactLocation": artifact, "region": region}}}});
    let fix = json!({"type": "object", "additionalProperties": false, "required": ["artifactChanges", "description"], "properties": {
        "description": text, "artifactChanges": {"type": "array", "minItems": 1, "items": {
            "type": "object", "additionalProperties": false, "required": ["artifactLocation", "replacements"], "properties": {
                "artifactLocation": artifact, "replacements": {"type": "array", "minItems": 1, "items": {
                    "type": "object", "additionalProperties": false, "required": ["deletedRegion", "insertedContent"], "properties": {
                        "deletedRegion": region, "insertedContent": {"type": "object", "required": ["text"]}}}}}}}}});
    let driver = json!({"type": "object", "additionalProperties": false, "required": ["name"], "properties": {
        "name": {"const": "annals"}, "semanticVersion": {"type": "string"},
        "rules": {"type": "array", "uniqueItems": true, "items": {
            "type": "object", "additionalProperties": false, "required": ["id"], "properties": {
                "id": {"type": "string"}, "name": {"type": "string"}, "shortDescription": text,
                "fullDescription": text, "help": text,
                "defaultConfiguration": {"type": "object", "properties": {"level": level}}}}}}});
    let result = json!({"type": "object", "additionalProperties": false, "required": ["message", "ruleId"], "properties": {
        "ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": 0}, "level": level,
        "message": text, "locations": {"type": "array", "maxItems": 1, "items": location},
        "relatedLocations": {"type": "array", "items": location, "uniqueItems": true},
        "fixes": {"type": "array", "items": fix, "uniqueItems": true}, "properties": {"type": "object"}}});
    let run = json!({"type": "object", "additionalProperties": false, "required": ["tool", "results"], "properties": {
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "tool": {"type": "object", "additionalProperties": false, "required": ["driver"], "properties": {"driver": driver}},
        "results": {"type": "array", "items": result}}});
    json!({"type": "object", "additionalProperties": false, "required": ["version", "runs"], "properties": {
        "$schema": {"type": "string"}, "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": run}}})
}

#[test]
fn sarif_is_as_its_standard_says() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    for (code, found) in examples() {
        let places = Places::new(&found.loaded);
        let log = Sarif::new(&found.findings, &found.loaded.facts, &places);
        let log = serde_json::to_value(log).unwrap();
        let errors: Vec<String> = (validator.iter_errors(&log))
            .map(|error| format!("{}: {error}", error.instance_path))
            .collect();
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
