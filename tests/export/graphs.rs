//! `graphs/` holds the exports of the shipped dossiers, kept true. `UPDATE=1 cargo test --test program
//! graphs` renews them. Two runs give the same bytes, also with the files in another order.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{is_kept, printed};
use annals::export::{Choice, EXPORTERS, Exporter, Writes};

#[test]
fn the_shipped_graphs_are_true() {
    for dossier in ["kyiv", "harbour"] {
        for format in ["dot", "json"] {
            let now = printed(&["export", &format!("data/{dossier}"), "--format", format]);
            let path = Path::new("graphs").join(format!("{dossier}.{format}"));
            is_kept(&path, &now, "export::graphs");
        }
    }
}

#[test]
fn every_command_gives_the_same_bytes_whatever_the_order_of_its_files() {
    let forms = ["table", "json", "csv", "jsonl", "tsv", "md"];
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
    for (nth, question) in questions.into_iter().enumerate() {
        // Sheets have the same cells in each of their forms.
        let some = if nth == 0 { &forms[..] } else { &forms[..3] };
        commands.extend(some.iter().map(|form| [question, &["-f", form]].concat()));
    }
    for form in [
        "table", "concise", "json", "jsonl", "csv", "github", "sarif",
    ] {
        commands.push(vec!["check", "-v", "-f", form]);
    }
    for exporter in EXPORTERS {
        if matches!(exporter.work.writes, Writes::Stream(_)) {
            commands.push(vec!["export", "--format", exporter.name]);
            for choice in exporter.options {
                let choice: &[&str] = match choice {
                    Choice::Diagram => &["--diagram", "timeline"],
                    Choice::Base => &["--base", "https://example.org/"],
                    Choice::MergeEdges | Choice::Excel => &[choice.option()],
                };
                commands.push([&["export", "--format", exporter.name], choice].concat());
            }
        }
    }
    commands.push(vec!["export", "--format", "facts", "--anonymise"]);
    for command in commands {
        let with = |files: [&str; 2]| {
            let mut arguments = command.clone();
            arguments.extend(files);
            printed(&arguments)
        };
        let first = with(["data/kyiv", "data/harbour"]);
        assert!(!first.is_empty(), "{command:?}: no answer");
        assert!(
            first == with(["data/harbour", "data/kyiv"]),
            "{command:?}: the order counts, or a second run differs"
        );
    }
    for command in [
        &["explain"][..],
        &["explain", "AN102"],
        &["schema", "facts"],
        &["completions", "bash"],
    ] {
        assert!(
            printed(command) == printed(command),
            "{command:?}: a second run differs"
        );
    }
}

/// The files of a folder by name.
fn folder(exporter: &Exporter, options: &[&str], files: [&str; 2]) -> BTreeMap<String, Vec<u8>> {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("out");
    let mut arguments = vec![
        "export",
        "--format",
        exporter.name,
        "-o",
        path.to_str().unwrap(),
    ];
    arguments.extend(options);
    arguments.extend(files);
    assert!(printed(&arguments).is_empty());
    let entries = fs::read_dir(&path).unwrap().map(|one| one.unwrap());
    let files = entries.map(|one| {
        (
            one.file_name().into_string().unwrap(),
            fs::read(one.path()).unwrap(),
        )
    });
    let files: BTreeMap<_, _> = files.collect();
    assert!(files.len() > 2, "{files:?}");
    files
}

#[test]
fn every_folder_has_the_same_bytes_whatever_the_order_of_the_files() {
    let folders = EXPORTERS
        .iter()
        .filter(|one| matches!(one.work.writes, Writes::Folder(_)));
    let mut seen = 0;
    for exporter in folders {
        for options in [&[][..], &["--merge-edges"]] {
            let first = folder(exporter, options, ["data/kyiv", "data/harbour"]);
            assert!(first == folder(exporter, options, ["data/kyiv", "data/harbour"]));
            assert!(first == folder(exporter, options, ["data/harbour", "data/kyiv"]));
            seen += 1;
        }
    }
    assert!(seen >= 4);
}

#[test]
fn a_folder_is_replaced_as_a_whole_and_never_takes_a_file_along() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("out");
    let path = path.to_str().unwrap();
    let export = |format: &str, facts: &str| {
        Command::new(env!("CARGO_BIN_EXE_annals"))
            .args(["export", "-q", "--format", format, "-o", path, facts])
            .output()
            .unwrap()
    };
    assert!(export("csv", "data/kyiv").status.success());
    let names = || {
        let entries = fs::read_dir(path)
            .unwrap()
            .map(|one| one.unwrap().file_name());
        let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names(), ["ABOUT.txt", "edges.csv", "nodes.csv"]);
    assert!(export("neo4j", "data/kyiv").status.success());
    assert_eq!(
        names(),
        ["ABOUT.txt", "load.cypher", "nodes.csv", "relationships.csv"]
    );

    // Facts that lie in it are not replaced by their own export, nor is a stranger's file.
    let facts = Path::new(path).join("facts.yaml");
    fs::copy("data/kyiv/kyiv.yaml", &facts).unwrap();
    for from in [facts.to_str().unwrap(), "data/kyiv"] {
        let refused = export("csv", from);
        assert_eq!(refused.status.code(), Some(2));
        assert!(!refused.stderr.is_empty());
    }
    assert!(facts.exists());
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
}

/// An option that changes nothing of a format is refused by it, in one line, before anything is read.
#[test]
fn an_option_that_a_format_has_no_use_for_is_refused() {
    let choices: [(Choice, &[&str]); 4] = [
        (Choice::MergeEdges, &["--merge-edges"]),
        (Choice::Excel, &["--excel"]),
        (Choice::Diagram, &["--diagram", "flowchart"]),
        (Choice::Base, &["--base", "https://example.org/"]),
    ];
    let mut refused = 0;
    for exporter in EXPORTERS {
        for (choice, arguments) in choices {
            if exporter.options.contains(&choice) {
                continue;
            }
            let output = Command::new(env!("CARGO_BIN_EXE_annals"))
                .args(["export", "data/none-such", "--format", exporter.name])
                .args(["-o", "never-written"])
                .args(arguments)
                .output()
                .unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{said}");
            let name = exporter.name;
            let heeded = choice.formats().join(", ");
            assert!(!heeded.is_empty());
            let option = choice.option();
            assert_eq!(
                said,
                format!("annals: {option} is for {heeded}; {name} does not use it\n")
            );
            refused += 1;
        }
    }
    assert_eq!(refused, EXPORTERS.len() * 4 - 12);
}

#[test]
fn cells_for_spreadsheets_are_harmless() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("out");
    let arguments = [
        "export",
        "-q",
        "--format",
        "csv",
        "--excel",
        "-o",
        path.to_str().unwrap(),
    ];
    printed(&[&arguments[..], &["tests/fixtures/names.yaml"]].concat());
    for name in ["nodes.csv", "edges.csv"] {
        let bytes = fs::read(path.join(name)).unwrap();
        let bytes = bytes
            .strip_prefix(b"\xEF\xBB\xBF")
            .expect("a byte order mark");
        let mut reader = csv::Reader::from_reader(bytes);
        for row in reader.records() {
            for cell in &row.unwrap() {
                let is_number = cell.parse::<f64>().is_ok();
                let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
                assert!(is_number || !runs, "{cell}");
            }
        }
    }
}
