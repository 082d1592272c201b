//! Which folder of `src/` may use which: the table in docs/architecture.md is held.

mod cycles;

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

/// The packages of this workspace that a package depends on, tests aside.
fn dependencies(folder: &str) -> BTreeSet<String> {
    let manifest = fs::read_to_string(Path::new("src").join(folder).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let listed = manifest.get("dependencies");
    let listed = listed.map(|listed| listed.as_table().unwrap().keys());
    listed
        .into_iter()
        .flatten()
        .filter_map(|name| name.strip_prefix("annals-"))
        .map(|name| name.replace('-', "_"))
        .collect()
}

/// The compiler lets a package use only what its manifest names; the page says the same.
#[test]
fn every_folder_depends_on_what_the_table_says() {
    for (folder, allowed) in &floors() {
        if !allowed.contains("all") {
            assert_eq!(&dependencies(folder), allowed, "src/{folder}/Cargo.toml");
        }
    }
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

/// What is opened is a regular file, within a limit: `src/files` sees to it.
#[test]
fn files_are_opened_in_one_place() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let others = files
        .iter()
        .filter(|file| !file.starts_with("src/files") && !is_test(file));
    for file in others {
        // A folder is flushed through a file.
        let code = code(file).replace("File::open(folder)", "");
        for forbidden in ["File::open(", "fs::read(", "fs::read_to_string("] {
            assert!(
                !code.contains(forbidden),
                "{} has {forbidden}",
                file.display()
            );
        }
    }
}

/// Commands ask the store and print: how facts are read, found or kept is not theirs to know.
#[test]
fn the_command_line_knows_the_store_and_nothing_behind_it() {
    let uses = dependencies("cli");
    assert!(uses.contains("store"), "{uses:?}");
    for behind in [
        "chronology",
        "check",
        "config",
        "graph",
        "load",
        "query",
        "snapshot",
        "solver",
    ] {
        assert!(!uses.contains(behind), "src/cli uses {behind}");
    }
    let mut files = Vec::new();
    sources(Path::new("src/cli"), &mut files);
    for file in files.iter().filter(|file| !is_test(file)) {
        let code = code(file);
        assert!(
            !code.contains("cfg(feature"),
            "{}: whether a feature is built in is the store's business",
            file.display()
        );
    }
}

/// A pattern in Cargo.toml builds all packages by default whose folder does not begin with `p`.
#[test]
fn every_package_but_that_of_python_is_built_by_default() {
    let manifest = fs::read_to_string("Cargo.toml").unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let members = &manifest["workspace"]["default-members"];
    let members = members.as_array().unwrap().iter();
    let members: Vec<&str> = members.filter_map(|one| one.as_str()).collect();
    assert!(members.contains(&"src/[!p]*"));
    for folder in floors().keys().filter(|folder| folder.starts_with('p')) {
        let is_named = members.contains(&format!("src/{folder}").as_str());
        assert_eq!(
            is_named,
            folder != "python",
            "src/{folder} in default-members"
        );
    }
}

/// A name that says of what a file has only that it is some part of something, or in which state it is, does
/// not help who looks for it.
#[test]
fn no_file_is_called_by_a_word_that_says_nothing() {
    const SAY_NOTHING: &[&str] = &[
        "some",
        "near",
        "known",
        "pending",
        "in_order",
        "twice",
        "force",
        "part",
        "rolled",
        "dating",
        "word_rows",
        "quiet",
        "left_over",
        "deeds",
        "remembered",
        "stored",
        "gathered",
        "drawn",
        "named",
        "told",
        "marked",
        "partly",
        "foreign",
    ];
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for file in files {
        for part in file.iter().filter_map(|part| part.to_str()) {
            let name = part.trim_end_matches(".rs");
            assert!(!SAY_NOTHING.contains(&name), "{}", file.display());
        }
    }
}

/// A package without tests of its own is not compiled once more for them, and one that has some is.
#[test]
fn no_test_stands_where_none_is_run() {
    for entry in fs::read_dir("src").unwrap() {
        let folder = entry.unwrap().path();
        let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else {
            continue;
        };
        let mut files = Vec::new();
        sources(&folder, &mut files);
        let mut texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
        assert_eq!(
            texts.any(|text| text.contains("#[test]")),
            !manifest.contains("\ntest = false"),
            "{}: `test = false` in its Cargo.toml, or tests",
            folder.display()
        );
    }
}

/// Debug builds, and so the tests, are compiled without the debug assertions of the standard library, but with ours.
#[test]
fn no_debug_assertion_is_left_out() {
    let manifest = fs::read_to_string("Cargo.toml").unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let profiles = &manifest["profile"]["dev"]["package"];
    for folder in floors().keys() {
        let mut files = Vec::new();
        sources(&Path::new("src").join(folder), &mut files);
        let mut texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
        let has_some = texts.any(|text| text.contains("debug_assert"));
        let package = format!("annals-{}", folder.replace('_', "-"));
        let profile = profiles.get(&package);
        let are_on = profile.and_then(|profile| profile.get("debug-assertions"));
        assert_eq!(
            has_some,
            are_on.and_then(toml::Value::as_bool) == Some(true),
            "{package}: `debug-assertions = true` in [profile.dev.package.{package}], or none"
        );
    }
}

/// To look for examples in a package takes as long as to compile it, so those without are not looked through.
#[test]
fn no_example_stands_where_none_is_run() {
    for entry in fs::read_dir("src").unwrap() {
        let folder = entry.unwrap().path();
        let manifest = folder.join("Cargo.toml");
        let without =
            fs::read_to_string(manifest).is_ok_and(|text| text.contains("\ndoctest = false"));
        let mut files = Vec::new();
        if without {
            sources(&folder, &mut files);
        }
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let mut fences = text.lines().filter_map(|line| {
                let line = line.trim_start();
                let comment = line.strip_prefix("///").or(line.strip_prefix("//!"));
                comment?.trim_start().strip_prefix("```")
            });
            // What opens a block; every other fence closes one.
            while let Some(language) = fences.next() {
                assert!(
                    language == "text" && fences.next().is_some(),
                    "{} has an example, and its package says doctest = false",
                    file.display()
                );
            }
        }
    }
}
