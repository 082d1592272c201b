//! Which folder of `src/` may use which: the table in docs/architecture.md is held.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn floors() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string("docs/architecture.md").unwrap();
    let section = page
        .split("\n## Floors\n")
        .nth(1)
        .expect("the page has the section");
    let rows = section.lines().skip_while(|line| !line.starts_with("| `"));
    let rows = rows.take_while(|line| line.starts_with('|'));
    let table: BTreeMap<_, BTreeSet<_>> = rows
        .map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let folder = cells[0].trim_matches('`').trim_end_matches('/').to_owned();
            let uses = cells[2].split(", ").map(str::to_owned);
            (folder, uses.filter(|one| one != "—").collect())
        })
        .collect();
    assert!(
        table.len() >= 10,
        "the table was not found whole: {table:?}"
    );
    table
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|one| one.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file without comments and without its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("\n#[cfg(test)]").next().unwrap().to_owned();
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether a file holds tests alone.
fn is_test(path: &Path) -> bool {
    path.components()
        .any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs")))
}

#[test]
fn every_folder_uses_only_what_its_floor_allows() {
    let floors = floors();
    let mut faults = Vec::new();
    for (folder, allowed) in &floors {
        let mut files = Vec::new();
        let alone = Path::new("src").join(format!("{folder}.rs"));
        if alone.is_file() {
            files.push(alone);
        } else {
            sources(&Path::new("src").join(folder), &mut files);
        }
        for file in files.iter().filter(|file| !is_test(file)) {
            let code = code(file);
            for used in code.split("crate::").skip(1) {
                let used: String = used
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let known = floors.contains_key(&used);
                if known && used != *folder && !allowed.contains("all") && !allowed.contains(&used)
                {
                    faults.push(format!("{} uses {used}", file.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_folder_is_in_the_table() {
    let floors = floors();
    for entry in fs::read_dir("src").unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let name = name.trim_end_matches(".rs");
        if !matches!(name, "lib" | "main") {
            assert!(
                floors.contains_key(name),
                "src/{name} is in no row of the table"
            );
        }
    }
}

#[test]
fn nothing_below_the_command_line_prints_exits_or_reads_the_clock() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let below = files
        .iter()
        .filter(|file| !file.starts_with("src/cli") && !is_test(file));
    for file in below.filter(|file| !file.ends_with("main.rs")) {
        let code = code(file);
        for forbidden in [
            "println!",
            "eprintln!",
            "process::exit",
            "SystemTime",
            "Instant::now",
            "Utc::now",
            "Local::now",
        ] {
            assert!(
                !code.contains(forbidden),
                "{} has {forbidden}",
                file.display()
            );
        }
    }
}
