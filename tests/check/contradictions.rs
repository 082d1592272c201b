//! Contradictions planted in copies of both dossiers: each is found alone, with exactly the facts of
//! its smallest set, at the lines where they stand, and is gone when it is mended by hand. Every
//! change of a date that the finding proposes mends it too.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

/// What is changed in a file: the text that stands there once, and what stands there then. With no
/// old text, it is added to a file of its own.
type Edit = [String; 3];

#[derive(Debug, Deserialize)]
struct Plants {
    plant: Vec<Plant>,
}

/// A planted contradiction.
#[derive(Debug, Deserialize)]
struct Plant {
    what: String,
    dossier: String,
    edits: Vec<Edit>,
    code: String,
    /// The records of the smallest set.
    records: String,
    /// What stands on the lines that are shown, in the order in which they are.
    at: Vec<String>,
    repair: Vec<Edit>,
}

fn plants() -> Vec<Plant> {
    let text = fs::read_to_string("tests/fixtures/contradictions.toml").unwrap();
    let plants: Plants = toml::from_str(&text).unwrap();
    assert!(plants.plant.len() >= 20);
    plants.plant
}

fn edited(folder: &Path, edits: &[Edit]) {
    for [file, old, new] in edits {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).unwrap_or_else(|_| "annals: 1\n".to_owned());
        if old.is_empty() {
            fs::write(&path, text + new).unwrap();
        } else {
            assert_eq!(text.matches(old.as_str()).count(), 1, "{old}");
            fs::write(&path, text.replace(old, new)).unwrap();
        }
    }
}

/// A copy of a dossier's facts.
fn copy(dossier: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(format!("data/{dossier}")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    folder
}

/// The errors and warnings in a folder of facts.
fn check(folder: &Path) -> Vec<Value> {
    let run = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(["check", "-f", "json", "--quiet"])
        .arg(folder)
        .output()
        .unwrap();
    let answer: Value = serde_json::from_slice(&run.stdout).unwrap();
    let mut findings = answer["data"].as_array().unwrap().clone();
    findings.retain(|one| one["severity"] != "info");
    findings
}

fn line(place: &Value) -> String {
    let text = fs::read_to_string(place["file"].as_str().unwrap()).unwrap();
    let nth = place["line"].as_u64().unwrap() as usize;
    text.lines().nth(nth - 1).unwrap().to_owned()
}

/// Makes the change that a fix proposes: a value of one line by another.
fn apply(edit: &Value) {
    let path = edit["file"].as_str().unwrap();
    let text = fs::read_to_string(path).unwrap();
    let number = |key: &str| edit[key].as_u64().unwrap() as usize;
    assert_eq!(number("line"), number("end_line"));
    let lines = text.lines().enumerate().map(|(nth, line)| {
        if nth + 1 != number("line") {
            return line.to_owned();
        }
        let chars: Vec<char> = line.chars().collect();
        let before: String = chars[..number("column") - 1].iter().collect();
        let after: String = chars[number("end_column") - 1..].iter().collect();
        format!("{before}{}{after}", edit["text"].as_str().unwrap())
    });
    fs::write(path, lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
}

#[test]
fn the_dossiers_themselves_are_sound() {
    for dossier in ["kyiv", "harbour"] {
        assert_eq!(check(copy(dossier).path()), Vec::<Value>::new());
    }
}

#[test]
fn each_is_found_alone_with_its_facts_and_lines_and_can_be_mended() {
    for plant in &plants() {
        let folder = copy(&plant.dossier);
        edited(folder.path(), &plant.edits);
        let found = check(folder.path());
        let drawn = serde_json::to_string_pretty(&found).unwrap();
        assert_eq!(found.len(), 1, "{}\n{drawn}", plant.what);
        let finding = &found[0];
        assert_eq!(finding["code"], plant.code, "{}\n{drawn}", plant.what);
        let ids = finding["records"].as_array().unwrap().iter();
        let ids: BTreeSet<&str> = ids.map(|id| id.as_str().unwrap()).collect();
        assert_eq!(ids, plant.records.split(' ').collect(), "{drawn}");
        let places = finding["places"].as_array().unwrap();
        assert_eq!(places.len(), plant.at.len(), "{drawn}");
        for (place, wanted) in places.iter().zip(&plant.at) {
            let line = line(place);
            assert!(
                line.contains(wanted.as_str()),
                "{wanted} is not in {line}\n{drawn}"
            );
        }
        edited(folder.path(), &plant.repair);
        assert_eq!(
            check(folder.path()),
            Vec::<Value>::new(),
            "{:?}",
            plant.repair
        );
    }
}

/// What is proposed as a change of a file is no guess: it mends what was found.
#[test]
fn every_proposed_change_mends_it() {
    let mut proposed = 0;
    for plant in &plants() {
        let folder = copy(&plant.dossier);
        edited(folder.path(), &plant.edits);
        for (nth, fix) in check(folder.path())[0]["fixes"]
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
        {
            let edits = fix["edits"].as_array().unwrap();
            if edits.is_empty() {
                continue;
            }
            let folder = copy(&plant.dossier);
            edited(folder.path(), &plant.edits);
            let again = check(folder.path());
            let before = again[0]["message"].clone();
            let edits = again[0]["fixes"][nth]["edits"].as_array().unwrap();
            edits.iter().for_each(apply);
            let after = check(folder.path());
            let left = after.iter().filter(|one| one["message"] == before);
            assert_eq!(left.count(), 0, "{fix}");
            proposed += 1;
        }
    }
    assert!(proposed >= 5, "only {proposed} changes are proposed");
}
