//! The output does not depend on how the work is divided.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use super::super::columns::Columns;
use super::super::table::{GROUP, Rows};
use super::records::BuildOptions;
use super::{Counted, FindingCounts, Snapshot, build_in};
use annals_load::{Request, Source, load};
use annals_model::{FileKind, RecordKind};

/// Lines with many templates and with few, of several kinds, invalid, empty, long.
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
    let claims = loaded.facts.claims.len();
    assert!(claims > 4 * GROUP, "{claims} claims are few groups");
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
        let options = BuildOptions { block, threads };
        build_in(options, &folder, &loaded, None, counts, None).unwrap();
        let files = files_of(&folder);
        assert!(files.len() > 10);
        let first = first.get_or_insert_with(|| files.clone());
        assert!(*first == files, "{block} {threads}");
    }
    // The files are restored exactly, and claims of one speaker are stored together.
    let snapshot = Snapshot::open(&home.path().join("100-1.annals")).unwrap();
    let mut nth = 0;
    for source in snapshot.sources() {
        let Source::Embedded(file) = source else {
            panic!("a snapshot gives its files back");
        };
        let mut bytes = Vec::new();
        file.bytes.read().unwrap().read_to_end(&mut bytes).unwrap();
        if file.kind == FileKind::JsonLines {
            assert!(bytes == lines(nth).into_bytes(), "{}", file.name);
            nth += 1;
        }
    }
    assert_eq!(nth, 3);
    let part = &snapshot.shared.parts[0];
    let columns = Columns::of(RecordKind::Claim);
    let wanted = [
        columns.row,
        columns.number("speaker").unwrap(),
        columns.file,
    ];
    let table = part.through("claims").unwrap();
    let mut rows = Rows::new(table.clone(), wanted.map(Some).to_vec());
    for group in table.groups() {
        let batch = rows.read(group.start, group.len()).unwrap();
        let mut met = Vec::new();
        for row in 0..batch.rows {
            assert_eq!(batch.number(0, row), Some((group.start + row) as i64));
            let speaker = batch
                .text(1, row)
                .filter(|word| !word.starts_with("nobody"));
            let of = (batch.number(2, row), speaker.map(str::to_owned));
            if met.last() != Some(&of) {
                assert!(!met.contains(&of), "{of:?} twice");
                met.push(of);
            }
        }
    }
}
