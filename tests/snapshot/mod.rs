//! Snapshots: every answer is the one that the facts themselves give; whatever happens to the folder,
//! it is refused or answers right; a build that is broken off leaves the old one.

mod adding;
mod commands;
mod counted;
mod damage;
mod find;
mod killed;
mod listed;
mod locked;
mod networks;
mod parts;
mod promised;
mod selections;
mod shards;
mod text_order;
mod world;

use std::path::Path;
use std::process::{Command, Output};

pub use crate::common::{is_thorough, tried};

/// Runs the program.
pub fn annals(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(arguments)
        .env("COLUMNS", "120")
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// Builds a snapshot.
pub fn build(facts: &str, snapshot: &Path) {
    let built = annals(&["build", facts, "-o", snapshot.to_str().unwrap(), "-q"]);
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
}

/// The bytes of all files of a folder, by name.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let below = files(&path).into_iter();
            found.extend(below.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            found.push((name, std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}
