//! Bytes that are no UTF-8, and characters that are no text.

use super::{codes, read};

const FACTS: &str =
    "annals: 1\nactors:\n  - {id: müller, name: Jürgen Müller – „Chef“, kind: person}\n";

fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes_of).collect()
}

fn utf32(text: &str, bytes_of: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| bytes_of(c as u32)).collect()
}

/// Windows-1252, of which Latin-1 is the part without dashes and quotation marks.
fn windows(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '–' => 0x96,
            '„' => 0x84,
            '“' => 0x93,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect()
}

#[test]
fn foreign_encodings_are_named() {
    let marked = format!("\u{feff}{FACTS}");
    let latin = FACTS.replace(['–', '„', '“'], "");
    let cases: [(&str, Vec<u8>); 8] = [
        ("UTF-16", utf16(&marked, u16::to_le_bytes)),
        ("UTF-16", utf16(&marked, u16::to_be_bytes)),
        ("UTF-16", utf16(FACTS, u16::to_le_bytes)),
        ("UTF-16", utf16(FACTS, u16::to_be_bytes)),
        ("UTF-32", utf32(&marked, u32::to_le_bytes)),
        ("UTF-32", utf32(&marked, u32::to_be_bytes)),
        ("Latin-1", windows(&latin)),
        ("Windows-1252", windows(FACTS)),
    ];
    for (name, bytes) in cases {
        for file in ["foreign.yaml", "foreign.json", "foreign.jsonl"] {
            let loaded = read(file, &bytes);
            let said: Vec<&str> = (loaded.findings.iter())
                .map(|finding| finding.message.as_str())
                .collect();
            assert!(
                said.iter().any(|message| message.contains(name)),
                "{file} in {name}: {said:?}"
            );
            assert_eq!(loaded.facts.len(), 0, "{file} in {name}");
        }
    }
}

#[test]
fn a_lone_surrogate_is_a_finding() {
    for escape in ["\\ud800", "\\udc00", "\\ud800\\u0041", "\\ud83d\\ud83d"] {
        let record = format!(
            "{{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A{escape}\",\"kind\":\"person\"}}"
        );
        for (name, file) in [
            ("half.jsonl", record.clone()),
            (
                "half.json",
                format!("{{\"annals\":1,\"actors\":[{record}]}}"),
            ),
            ("half.yaml", format!("annals: 1\nactors:\n  - {record}\n")),
        ] {
            assert!(!codes(&read(name, file)).is_empty(), "{name}: {escape}");
        }
    }
}

#[test]
fn bytes_of_nothing_are_findings() {
    let nulls: [&[u8]; 4] = [
        b"\0",
        b"\0\0\0\0\0\0\0\0",
        b"{\"annals\":1,\0\"actors\":[]}",
        b"annals: 1\nactors:\n  - {id: a\0, name: A, kind: person}\n",
    ];
    for bytes in nulls {
        for name in ["null.json", "null.jsonl", "null.yaml"] {
            assert!(!codes(&read(name, bytes)).is_empty(), "{name}: {bytes:?}");
        }
    }
}

#[test]
fn a_null_character_in_a_text_is_kept_and_shown_as_a_mark() {
    let file = "{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\\u0000B\",\"kind\":\"person\"}";
    let loaded = read("null.jsonl", file);
    assert_eq!(loaded.facts.len(), 1);
    let name = loaded.facts.label(loaded.facts.records().next().unwrap());
    assert_eq!(name, "A\0B");
}

/// A comma in an unquoted text within braces cuts it in two; the rest must not be lost in silence.
#[test]
fn the_rest_of_a_text_that_a_comma_cuts_is_told() {
    let loaded = read(
        "cut.yaml",
        "annals: 1\nactors:\n  - {id: a, name: Fish, eels and others, kind: group}\n",
    );
    assert_eq!(codes(&loaded), ["AN020"]);
}
