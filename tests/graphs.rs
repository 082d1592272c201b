//! `graphs/` holds the exports of the shipped dossiers, kept true. `UPDATE=1 cargo test --test
//! graphs` renews them. Two runs give the same bytes, also with the files in another order.

#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    unreachable_pub,
    dead_code,
    reason = "a test may fail, and modules shared by tests are used in part by each"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

fn annals(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn the_shipped_graphs_are_true() {
    for dossier in ["kyiv", "harbour"] {
        for format in ["dot", "json"] {
            let now = annals(&["export", &format!("data/{dossier}"), "--format", format]);
            let path = Path::new("graphs").join(format!("{dossier}.{format}"));
            if std::env::var_os("UPDATE").is_some() {
                fs::create_dir_all("graphs").unwrap();
                fs::write(&path, &now).unwrap();
            }
            let kept = fs::read(&path).unwrap_or_default();
            assert!(
                kept == now,
                "{} is out of date: UPDATE=1 cargo test --test graphs",
                path.display()
            );
        }
    }
}

#[test]
fn every_command_gives_the_same_bytes_whatever_the_order_of_its_files() {
    let forms = ["table", "json", "jsonl", "csv", "tsv", "md"];
    let questions: [&[&str]; 12] = [
        &["said"],
        &[
            "said",
            "--by",
            "NATO",
            "--by",
            "Town of Skerrow",
            "--rollup",
        ],
        &["said", "--as-of", "2021-10-06"],
        &["timeline"],
        &["dates"],
        &["dates", "--why", "counteroffensive"],
        &["order", "invasion", "visit"],
        &["positions"],
        &["positions", "--contradictions"],
        &["show", "stoltenberg"],
        &["path", "Putin", "Stoltenberg", "--in-time"],
        &["subgraph", "--around", "NATO", "--hops", "2"],
    ];
    let mut commands: Vec<Vec<&str>> = Vec::new();
    for question in questions {
        commands.extend(forms.map(|form| [question, &["-f", form]].concat()));
    }
    for form in [
        "table", "concise", "json", "jsonl", "csv", "github", "sarif",
    ] {
        commands.push(vec!["check", "-v", "-f", form]);
    }
    for format in [
        "dot",
        "json",
        "facts",
        "mermaid",
        "timelinejs",
        "ics",
        "jsonld",
        "nquads",
        "html",
    ] {
        commands.push(vec!["export", "--format", format]);
    }
    commands.push(vec!["export", "--format", "facts", "--anonymise"]);
    for command in commands {
        let with = |files: [&str; 2]| {
            let mut arguments = command.clone();
            arguments.extend(files);
            annals(&arguments)
        };
        let first = with(["data/kyiv", "data/harbour"]);
        assert!(!first.is_empty(), "{command:?}: no answer");
        assert!(
            first == with(["data/kyiv", "data/harbour"]),
            "{command:?}: a second run differs"
        );
        assert!(
            first == with(["data/harbour", "data/kyiv"]),
            "{command:?}: the order counts"
        );
    }
    for command in [
        &["explain"][..],
        &["explain", "AN102"],
        &["schema", "facts"],
        &["completions", "bash"],
    ] {
        assert!(
            annals(command) == annals(command),
            "{command:?}: a second run differs"
        );
    }
}
