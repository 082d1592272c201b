//! One changed letter in any quote of the shipped dossiers is an error that shows what stands there.
//!
//! The harbour's texts are its own. The report behind the Kyiv facts is not ours to ship; it is read
//! from beside the folder that `ANNALS_CONFORMANCE` names, and left out where none is named.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A quote as it stands in a fact file, with its place.
struct Quote {
    id: String,
    words: String,
}

fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(arguments)
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

/// Every quote of every claim whose text is there.
fn quotes(folder: &Path, texts: &str) -> Vec<Quote> {
    let (code, rows) = run(&[
        "said",
        folder.to_str().unwrap(),
        "--texts",
        texts,
        "--retracted",
        "-f",
        "jsonl",
    ]);
    assert_eq!(code, Some(0));
    let mut found = Vec::new();
    for row in rows
        .lines()
        .map(|row| serde_json::from_str::<Value>(row).unwrap())
    {
        let mut add = |words: &Value| {
            let id = row["id"].as_str().unwrap().to_owned();
            found.extend(words.as_str().map(|words| Quote {
                id,
                words: words.to_owned(),
            }));
        };
        let verified = |one: &&Value| !one["verified"].is_null();
        let passages: Vec<&Value> = row["evidence"]
            .as_array()
            .unwrap()
            .iter()
            .filter(verified)
            .collect();
        for one in &passages {
            add(&one["quote"]);
        }
        if !passages.is_empty() {
            add(&row["quote"]);
        }
    }
    found
}

/// The words with one letter in the middle of their longest word made another.
fn changed(words: &str) -> (String, String) {
    let longest = words
        .split(|c: char| !c.is_alphanumeric())
        .max_by_key(|word| word.len())
        .unwrap();
    let middle = longest
        .char_indices()
        .nth(longest.chars().count() / 2)
        .unwrap()
        .0;
    let at = words.find(longest).unwrap() + middle;
    let letter = words[at..].chars().next().unwrap();
    let other = if letter == 'x' { 'q' } else { 'x' };
    let changed = format!(
        "{}{other}{}",
        &words[..at],
        &words[at + letter.len_utf8()..]
    );
    (changed, longest.to_owned())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

fn each_changed_quote_is_found(dossier: &str, texts: &str) {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new(dossier), folder.path());
    let files: Vec<(PathBuf, String)> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending != "md"))
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect();
    let quotes = quotes(folder.path(), texts);
    let mut tried = 0;
    for quote in &quotes {
        let (words, longest) = changed(&quote.words);
        // As the three spellings write it: bare or in single quotes, or as a JSON string.
        let spelt = |words: &str| -> [String; 3] {
            let json = serde_json::to_string(words).unwrap();
            [
                json[1..json.len() - 1].to_owned(),
                words.replace('\'', "''"),
                words.to_owned(),
            ]
        };
        let places = spelt(&quote.words).into_iter().zip(spelt(&words));
        let Some((path, whole, now)) = files.iter().find_map(|(path, whole)| {
            let (from, to) = places
                .clone()
                .find(|(from, _)| whole.contains(from.as_str()))?;
            Some((path, whole, whole.replacen(&from, &to, 1)))
        }) else {
            panic!(
                "{}: the quote {:?} is written in no way known here",
                quote.id, quote.words
            );
        };
        fs::write(path, now).unwrap();
        let (code, said) = run(&["check", folder.path().to_str().unwrap(), "--texts", texts]);
        fs::write(path, whole).unwrap();
        assert_eq!(code, Some(1), "{}: {words:?} passes\n{said}", quote.id);
        let shows_it = said.lines().any(|line| line.contains(longest.as_str()));
        assert!(
            shows_it,
            "{}: {words:?} is found, but {longest:?} is not shown\n{said}",
            quote.id
        );
        tried += 1;
    }
    assert!(tried >= 30, "only {tried} quotes were tried");
}

#[test]
fn of_the_harbour() {
    each_changed_quote_is_found("data/harbour", "data/harbour/texts");
}

#[test]
fn of_kyiv() {
    let Some(suites) = std::env::var_os("ANNALS_CONFORMANCE") else {
        eprintln!("left out: ANNALS_CONFORMANCE names no folder, so the report is not there");
        return;
    };
    let texts = PathBuf::from(suites).join("../seed");
    assert!(texts.is_dir(), "{} is not there", texts.display());
    each_changed_quote_is_found("data/kyiv", texts.to_str().unwrap());
}
