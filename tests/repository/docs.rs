//! The examples of README and docs are run: what stands below `$ annals …` is what it prints.
//! `UPDATE=1 cargo test --test program repository::docs` renews them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|one| one.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

fn all_pages() -> Vec<PathBuf> {
    let mut found = vec![PathBuf::from("README.md"), PathBuf::from("CONTRIBUTING.md")];
    pages(Path::new("docs"), &mut found);
    found
}

/// Splits a command line at its spaces, double quotes kept together.
fn arguments(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn run(line: &str, folder: &Path) -> String {
    let words = arguments(line);
    assert_eq!(words[0], "annals", "only annals is run: {line}");
    let output = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(&words[1..])
        .current_dir(folder)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .env_remove("LC_ALL")
        .output()
        .unwrap();
    let mut printed = String::from_utf8(output.stdout).unwrap();
    printed.push_str(&String::from_utf8(output.stderr).unwrap());
    printed
}

/// The page with every console block as it is when run.
fn renewed(page: &str, folder: &Path) -> String {
    let mut out = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else {
            continue;
        };
        let mut body = Vec::new();
        for inside in lines.by_ref() {
            if inside == "```" {
                break;
            }
            body.push(inside);
        }
        if let Some(file) = info.split_once("file=").map(|(_, file)| file) {
            fs::write(folder.join(file), body.join("\n") + "\n").unwrap();
        }
        if info.starts_with("console") {
            for command in body.iter().filter_map(|line| line.strip_prefix("$ ")) {
                let printed = run(command, folder);
                out.push_str(&format!("$ {command}\n{}\n", printed.trim_end()));
            }
        } else {
            for inside in body {
                out.push_str(inside);
                out.push('\n');
            }
        }
        out.push_str("```\n");
    }
    out
}

#[test]
fn examples_print_what_the_pages_say() {
    for path in all_pages()
        .into_iter()
        .filter(|path| !path.ends_with("reference/codes.md"))
    {
        let folder = tempfile::tempdir().unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(
            fs::canonicalize("data").unwrap(),
            folder.path().join("data"),
        )
        .unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(
            fs::canonicalize("tests/import/cases/table/checks/source").unwrap(),
            folder.path().join("kept"),
        )
        .unwrap();
        let page = fs::read_to_string(&path).unwrap();
        let now = renewed(&page, folder.path());
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, now).unwrap();
        } else {
            assert!(
                page == now,
                "{} is out of date; it should be:\n{now}",
                path.display()
            );
        }
    }
}

#[test]
fn links_lead_somewhere() {
    for path in all_pages() {
        let page = fs::read_to_string(&path).unwrap();
        for link in page.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let full = path.parent().unwrap().join(target);
            assert!(full.exists(), "{}: no {target}", path.display());
        }
    }
}
