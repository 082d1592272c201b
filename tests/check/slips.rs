//! A slip in one file of the harbour costs its record and puts no finding anywhere else.
//!
//! `ANNALS_THOROUGH=1` damages every record in turn.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use annals::check::{Policy, check};
use annals::finding::Severity;
use annals::load::{LoadResult, Request, Source, load};

const FILES: [&str; 3] = ["harbour.yaml", "claims.jsonl", "archive.json"];

fn text(file: &str) -> String {
    fs::read_to_string(Path::new("data/harbour").join(file)).unwrap()
}

/// The harbour with one file damaged, its texts beside it.
struct Harbour(tempfile::TempDir);

impl Harbour {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let texts = folder.path().join("texts");
        fs::create_dir(&texts).unwrap();
        for entry in fs::read_dir("data/harbour/texts").unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, texts.join(path.file_name().unwrap())).unwrap();
        }
        for file in FILES {
            fs::write(folder.path().join(file), text(file)).unwrap();
        }
        Harbour(folder)
    }

    fn with(&self, file: &str, text: &str) -> LoadResult {
        let path = self.0.path().join(file);
        let before = fs::read(&path).unwrap();
        fs::write(&path, text).unwrap();
        let loaded = load(&Request {
            facts: vec![Source::Path(self.0.path().to_owned())],
            texts: Vec::new(),
        });
        fs::write(&path, before).unwrap();
        loaded
    }
}

/// The codes and messages of errors and warnings.
fn told(loaded: &LoadResult) -> Vec<(&'static str, String)> {
    let all = check(loaded, &Policy::default());
    let bad = all.iter().filter(|one| one.severity > Severity::Info);
    bad.map(|one| (one.code.code, one.message.clone()))
        .collect()
}

/// That all there is to say is one error, of syntax.
fn assert_quiet(harbour: &Harbour, file: &str, text: &str, records: usize) {
    let loaded = harbour.with(file, text);
    let told = told(&loaded);
    assert_eq!(told.len(), 1, "{file}: {told:?}");
    assert_eq!(told[0].0, "AN003", "{file}: {told:?}");
    let lost: Vec<usize> = loaded.unread.files.values().copied().collect();
    assert_eq!(lost, [records], "{file}: {told:?}");
    // Remarks are about what is there and not about what is missing.
    let remarks = check(&loaded, &Policy::default());
    let remarks: BTreeSet<&str> = remarks.iter().map(|one| one.code.code).collect();
    assert!(
        remarks.is_subset(&BTreeSet::from(["AN003", "AN323", "AN325"])),
        "{remarks:?}"
    );
}

#[test]
fn an_unfinished_line_puts_no_finding_into_other_files() {
    let harbour = Harbour::new();
    let whole = harbour.with("harbour.yaml", &text("harbour.yaml"));
    assert_eq!((whole.facts.len(), told(&whole).len()), (207, 0));
    let yaml = text("harbour.yaml");
    for line in [
        "  - {id: new, speaker: solvang, quote: \"half a",
        "  - id: new\n    speaker: [solvang, kallis\n    about: north-basin\n",
        "  - {id: new, speaker: solvang, about: [north-",
        "  - {id: new, speaker: solvang: x}\n",
        "  - 'new",
    ] {
        assert_quiet(&harbour, "harbour.yaml", &format!("{yaml}{line}"), 1);
    }
    let lines = text("claims.jsonl");
    for line in [
        "{\"type\": \"claim\", \"id\": \"new\", \"spea",
        "{\"type\"",
        "{",
    ] {
        assert_quiet(&harbour, "claims.jsonl", &format!("{lines}{line}"), 1);
    }
    let json = text("archive.json");
    let end = json.trim_end().strip_suffix('}').unwrap().trim_end();
    let end = end.strip_suffix(']').unwrap().trim_end();
    for line in [
        "{\"id\": \"new\", \"speaker\": [\"brandt\"]",
        "{\"id\": \"new",
        "{",
    ] {
        let text = format!("{end},\n    {line}\n  ]\n}}\n");
        assert_quiet(&harbour, "archive.json", &text, 1);
    }
}

#[test]
fn a_damaged_record_puts_no_finding_into_others() {
    let harbour = Harbour::new();
    let step = if crate::common::is_thorough() { 1 } else { 17 };
    let mut tried = 0;
    for file in FILES {
        let text = text(file);
        // Where a record begins, and what to put there.
        let (begins, slip) = match file {
            "harbour.yaml" => ("\n  - ", "\""),
            "claims.jsonl" => ("{\"type\"", "{"),
            _ => ("\n    {", "{"),
        };
        for (at, _) in text.match_indices(begins).step_by(step) {
            let at = at + begins.len();
            let damaged = format!("{}{slip}{}", &text[..at], &text[at..]);
            assert_quiet(&harbour, file, &damaged, 1);
            tried += 1;
        }
    }
    assert!(tried >= 207 / step, "{tried}");
}
