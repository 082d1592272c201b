//! What is written does not hang on how the work was shared out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::records::Manner;
use super::{Counted, FindingCounts, build_in};
use crate::load::{Request, Source, load};

/// Lines of all sorts: of many forms and of few, of several kinds, faulty, empty, long.
fn lines(file: usize) -> String {
    let mut out = String::new();
    if file == 1 {
        out.push('\u{feff}');
    }
    for n in 0..400 {
        let of = (n * 7 + file) % 13;
        let line = match n % 10 {
            0 => format!(
                r#"{{"type":"actor","id":"a{file}-{of}-{n}","name":"Actor {n}","aliases":["É{of}"]}}"#
            ),
            1 => format!(
                r#"{{"type":"event","id":"e{file}-{n}","label":"E","participants":[{{"actor":"a0-0-0","role":"agent"}},{{"actor":"a0-0-0","role":"patient"}}]}}"#
            ),
            2 => format!(
                r#"{{"type":"document","id":"d{file}-{n}","title":"D","published":"2023-01-{:02}"}}"#,
                of + 1
            ),
            3 => format!(" {{\"type\" : \"claim\",\"speaker\":[],\"content\":\"no id {n}\"}} \r"),
            4 => format!(
                r#"{{"type":"claim","id":"c{file}-{n}","speaker":["nobody {of}"],"content":"\u00e9 {n}","x_n":{n}}}"#
            ),
            5 => ["", "no JSON", "  ", r#"{"type":"claim"}"#][n / 10 % 4].to_owned(),
            6 => format!(
                r#"{{"type":"claim","id":"c{file}-{n}","speaker":["a0-0-0"],"content":"{}"}}"#,
                "long ".repeat(n)
            ),
            _ => format!(
                r#"{{"type":"claim","id":"c{file}-{n}","speaker":["a0-0-0"],"to":["a0-5-10"],"said":"2022-0{}","stance":[{{"toward":"a{file}-{of}-{n}","value":"supports"}},{{"value":"opposes"}}],"evidence":[{{"document":"d0-2"}}],"content":"c"}}"#,
                of % 9 + 1
            ),
        };
        writeln!(out, "{line}").unwrap();
    }
    out.truncate(out.trim_end().len());
    out
}

fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_of(&path));
        } else {
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            files.insert(name, std::fs::read(path).unwrap());
        }
    }
    files
}

#[test]
fn however_the_work_is_shared_the_bytes_are_the_same() {
    let home = tempfile::tempdir().unwrap();
    let source = |nth: usize| Source::Memory {
        name: format!("f{nth}.jsonl"),
        bytes: lines(nth).into_bytes(),
    };
    let yaml = Source::Memory {
        name: "g.yaml".to_owned(),
        bytes: b"annals: 1\nactors:\n  - {id: y, name: Y, kind: person}\nclaims:\n  - {speaker: y, content: c}\n".to_vec(),
    };
    let loaded = load(&Request {
        facts: vec![source(0), source(1), yaml, source(2)],
        texts: Vec::new(),
    });
    assert!(loaded.facts.len() > 1000, "{}", loaded.facts.len());
    let mut first = None;
    for (block, threads) in [
        (1 << 30, 1),
        (1, 1),
        (100, 1),
        (100, 2),
        (1000, 5),
        (7777, 3),
    ] {
        let folder = home.path().join(format!("{block}-{threads}.annals"));
        let counts = || Counted {
            counts: FindingCounts::default(),
            narrowed: Vec::new(),
        };
        let manner = Manner { block, threads };
        build_in(manner, &folder, &loaded, None, counts, None).unwrap();
        let files = files_of(&folder);
        assert!(files.len() > 10);
        let first = first.get_or_insert_with(|| files.clone());
        assert!(*first == files, "{block} {threads}");
    }
}
