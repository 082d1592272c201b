//! Files cut off at each byte, and with one byte changed.

use std::collections::BTreeMap;

use annals::finding::Severity;
use annals::load::{LoadResult, Request, Source, load};
use serde_json::Value;

use super::account::account;
use crate::check::targets;
use crate::common::is_thorough;

const JSON: &[u8] = include_bytes!("../../fixtures/harbour.json");
const LINES: &[u8] = include_bytes!("../../fixtures/harbour.jsonl");
const YAML: &[u8] = include_bytes!("../../fixtures/harbour.yaml");

/// The file with the line breaks of Windows.
fn with_crlf(bytes: &[u8]) -> Vec<u8> {
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    lines.join(&b"\r\n"[..])
}

/// The file with a byte order mark.
fn with_mark(bytes: &[u8]) -> Vec<u8> {
    [b"\xEF\xBB\xBF", bytes].concat()
}

/// Every spelling, plain, with the line breaks of Windows, and with a byte order mark.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let all = [
        ("harbour.json", JSON),
        ("harbour.jsonl", LINES),
        ("harbour.yaml", YAML),
    ];
    let mut samples = Vec::new();
    for (name, bytes) in all {
        samples.push((name, bytes.to_vec()));
        samples.push((name, with_crlf(bytes)));
        samples.push((name, with_mark(bytes)));
    }
    samples
}

/// Each record as it is written, by its id or else by its place in the file's lists.
fn written(loaded: &LoadResult) -> BTreeMap<String, Value> {
    let facts = &loaded.facts;
    (facts.records())
        .map(|record| {
            let id = facts.id(record);
            let id = id.split_once('#').map_or(id, |(_, place)| place);
            (id.to_owned(), Value::Object(facts.written(record)))
        })
        .collect()
}

#[test]
fn the_samples_say_the_same_and_nothing_is_wrong_with_them() {
    let samples = samples();
    let first = written(&account(samples[0].0, &samples[0].1));
    assert_eq!(first.len(), 22);
    for (name, bytes) in &samples {
        let loaded = account(name, bytes);
        // The text is not beside a file in memory.
        let wrong: Vec<_> = loaded
            .findings
            .iter()
            .filter(|one| one.severity > Severity::Info)
            .collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        assert_eq!(written(&loaded), first, "{name}");
    }
    for name in ["harbour.json", "harbour.jsonl", "harbour.yaml"] {
        let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR")).into();
        let loaded = load(&Request {
            facts: vec![Source::Path(path)],
            texts: Vec::new(),
        });
        let messages: Vec<_> = loaded.findings.iter().map(|one| &one.message).collect();
        assert!(
            messages.iter().all(|one| one.contains("format version")),
            "{messages:?}"
        );
    }
}

#[test]
fn a_file_cut_off_anywhere_loses_nothing_in_silence() {
    for (nth, (name, bytes)) in samples().into_iter().enumerate() {
        let step = match (is_thorough(), nth % 3) {
            (true, _) => 1,
            (false, 0) => 7,
            (false, _) => 60,
        };
        let whole = written(&targets::read(name, &bytes));
        for end in (0..bytes.len()).step_by(step) {
            let cut = &bytes[..end];
            let loaded = account(name, cut);
            let told = loaded
                .findings
                .iter()
                .any(|one| one.severity == Severity::Error);
            match name {
                // Only white space may be cut off in silence.
                "harbour.json" => assert_eq!(told, end < bytes.trim_ascii_end().len(), "{end}"),
                _ => the_rest_is_as_it_was(&loaded, &whole, told, cut),
            }
        }
    }
}

/// Of lines, and of YAML, a beginning may be a whole: then all its records but the last, which may
/// have been cut, are as they were.
fn the_rest_is_as_it_was(
    loaded: &LoadResult,
    whole: &BTreeMap<String, Value>,
    told: bool,
    cut: &[u8],
) {
    let facts = &loaded.facts;
    let last = facts
        .records()
        .max_by_key(|record| facts.common(*record).origin.offset());
    let last = last
        .map(|record| facts.id(record).to_owned())
        .unwrap_or_default();
    for (id, record) in written(loaded) {
        let as_it_was = whole.get(&id) == Some(&record);
        // What a missing record was referred to by has a finding, once for all of them.
        assert!(
            as_it_was || told || last.ends_with(&id),
            "{id}: {record} from {}",
            String::from_utf8_lossy(cut)
        );
    }
}

/// Numbers that look random and are the same in each run (`SplitMix64`, by Sebastiano Vigna).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

/// Half of the changes are to a sign that means something, since most bytes only spoil a text.
fn change(bytes: &mut [u8], random: &mut Random) {
    const SIGNS: &[u8] = b"{}[]\":,\\'#-&*!|>?%@`~/. \t\r\n\0\xFF019";
    let at = random.below(bytes.len());
    bytes[at] = match random.below(2) {
        0 => SIGNS[random.below(SIGNS.len())],
        _ => bytes[at] ^ (1 << random.below(8)),
    };
}

fn change_bytes(name: &str, bytes: &[u8]) {
    let times = if is_thorough() { 10_000 } else { 300 };
    let mut random = Random(bytes.len() as u64);
    for _ in 0..times {
        let mut changed = bytes.to_vec();
        change(&mut changed, &mut random);
        account(name, &changed);
    }
}

#[test]
fn a_changed_byte_of_json_loses_nothing_in_silence() {
    change_bytes("harbour.json", JSON);
}

#[test]
fn a_changed_byte_of_json_lines_loses_nothing_in_silence() {
    change_bytes("harbour.jsonl", LINES);
}

#[test]
fn a_changed_byte_of_yaml_loses_nothing_in_silence() {
    change_bytes("harbour.yaml", YAML);
}
