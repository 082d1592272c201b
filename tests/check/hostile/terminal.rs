//! No answer, export or message steers the terminal that shows it, whatever stands in facts, names of
//! files and arguments.

use std::fs;
use std::process::Output;

use super::program::{annals, words};

/// What steers a terminal in a text, apart from line breaks and tabs.
fn steering(text: &str) -> String {
    let steers = |c: &char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}"
                .contains(*c)
    };
    let found = text.chars().filter(steers);
    found.flat_map(char::escape_unicode).collect()
}

const HOSTILE: [&str; 4] = [
    "x\u{1b}]0;owned\u{7}y\r",
    "x\u{9b}2Jy\u{7f}",
    "x\u{202e}y\u{2066}z\u{61c}",
    "x\u{2028}y\u{2029}\u{85}z",
];

fn facts(hostile: &str) -> String {
    let h = hostile;
    serde_json::json!({
        "annals": 1,
        "documents": [{"id": "d", "title": h, "publisher": h, "text": format!("{h}.txt"),
            "published": {"edtf": "2023-01-02", "display": h}}],
        "actors": [{"id": "a", "name": h, "kind": "person", "aliases": [h]},
            {"id": "b", "name": format!("B{h}"), "kind": h}],
        "topics": [{"id": "t", "label": h}],
        "events": [{"id": "e", "label": h, "kind": h, "when": {"edtf": "2023-01-01", "display": h},
            "participants": [{"actor": "a", "role": h}]}],
        "claims": [
            {"id": "c", "speaker": "a", "about": "t", "stance": "supports", "quote": h, "tags": [h],
             "said": {"edtf": "2023", "display": h}, "evidence": {"document": "d", "quote": h}},
            {"id": "c2", "speaker": h, "about": "t", "stance": "opposes", "content": h, "said": "2023-01",
             "act": h, h: h}],
        "relations": [{"id": "r", "from": "a", "kind": h, "to": "b", "when": h}],
    })
    .to_string()
}

#[test]
fn no_answer_steers_a_terminal() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    // Each in a table, which cuts what is long; all of them at once in what has them whole.
    let forms: [&[&str]; 2] = [&["table"], &["json", "jsonl", "csv", "tsv", "md"]];
    let all = HOSTILE.concat();
    let each = HOSTILE.iter().map(|one| (*one, forms[0]));
    for (hostile, forms) in each.chain([(all.as_str(), forms[1])]) {
        fs::write(folder.join("f.json"), facts(hostile)).unwrap();
        let commands: [&[&str]; 16] = [
            &["said"],
            &["timeline"],
            &["positions"],
            &["contradictions"],
            &["changes", "--from", "2000"],
            &["promises", "--act", "asserts"],
            &["voices"],
            &["network"],
            &["dates"],
            &["check"],
            &["show", "a"],
            &["show", "c"],
            &["show", "e"],
            &["show", "r"],
            &["subgraph", "--around", "a"],
            &["path", "a", "t"],
        ];
        for command in commands {
            for form in forms {
                let mut arguments = command.to_vec();
                arguments.extend(["f.json", "-f", form]);
                let shown = words(&annals(folder, &arguments));
                assert_eq!(steering(&shown), "", "{arguments:?}");
            }
        }
        for form in ["concise", "github", "sarif"] {
            let shown = words(&annals(folder, &["check", "f.json", "-f", form]));
            assert_eq!(steering(&shown), "", "check {form}");
        }
    }
}

#[test]
fn no_export_steers_a_terminal() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    for hostile in HOSTILE {
        fs::write(folder.join("f.json"), facts(hostile)).unwrap();
        let names = [
            "x.dot",
            "x.json",
            "x.gexf",
            "x.graphml",
            "x.cyjs",
            "x.jgf",
            "x.mmd",
            "x.jsonld",
            "x.timeline.json",
            "x.nq",
            "x.yaml",
            "x.jsonl",
            "x.ics",
        ];
        for name in names {
            annals(folder, &["export", "f.json", "-o", name, "-q"]);
            // Lines of iCalendar end in both.
            let shown = fs::read_to_string(folder.join(name)).unwrap();
            let shown = shown.replace("\r\n", "\n");
            assert_eq!(steering(&shown), "", "{name}");
        }
        annals(
            folder,
            &["export", "f.json", "--format", "csv", "-o", "sheets", "-q"],
        );
        for name in ["nodes.csv", "edges.csv"] {
            let shown = fs::read_to_string(folder.join("sheets").join(name)).unwrap();
            assert_eq!(steering(&shown), "", "{name}");
        }
        let back = annals(folder, &["said", "x.jsonl", "-f", "json"]);
        let direct = annals(folder, &["said", "f.json", "-f", "json"]);
        let quotes = |output: &Output| {
            let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            rows["data"][0]["quote"].clone()
        };
        assert_eq!(quotes(&back), quotes(&direct), "nothing is lost");
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_and_arguments_do_not_steer_a_terminal_either() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    for hostile in HOSTILE {
        let [file, none] = [format!("{hostile}.yaml"), format!("none{hostile}.yaml")];
        fs::write(
            folder.join(&file),
            "annals: 1\nactors:\n  - {id: a, nam: A}\n",
        )
        .unwrap();
        fs::write(
            folder.join(format!("{hostile}.csv")),
            format!("{hostile},b\n1,2\n"),
        )
        .unwrap();
        let (output, table) = (format!("-o={hostile}.zzz"), format!("{hostile}.csv"));
        for arguments in [
            &["check", &file][..],
            &["check", ".", "-f", "concise"],
            &["said", &none],
            &["said", &file, &output],
            &["said", &file, "--stance", hostile],
            &["said", &file, "--from", hostile],
            &["show", hostile, &file],
            &["explain", hostile],
            &[hostile],
            &["export", &file, "--format", hostile],
            &["import", hostile, &file],
            &["import", "table", &table, "--suggest"],
            &["import", "ics", &none],
            &["build", &file, &output],
            &["check", &file, "--baseline", &none],
        ] {
            let shown = words(&annals(folder, arguments));
            assert_eq!(steering(&shown), "", "{arguments:?}: {shown}");
        }
    }
}
