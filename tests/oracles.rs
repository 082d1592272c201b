//! Answers on small random dossiers against brute force: every completion of the uncertain dates is
//! gone through, one day after the other. `ANNALS_THOROUGH=1` tries 10,000 dossiers of each sort.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "oracles/days.rs"]
mod days;
#[path = "oracles/drawn.rs"]
mod drawn;
#[path = "oracles/opposed.rs"]
mod opposed;
#[path = "oracles/relations.rs"]
mod relations;
#[path = "oracles/replayed.rs"]
mod replayed;
#[path = "oracles/rolled.rs"]
mod rolled;
#[path = "oracles/walked.rs"]
mod walked;

use annals::load::{LoadResult, Request, Source, load};

/// How many dossiers a test tries.
fn cases() -> u32 {
    if std::env::var_os("ANNALS_THOROUGH").is_some() {
        10_000
    } else {
        300
    }
}

/// Reads facts that must be without an error.
fn facts(json: &serde_json::Value) -> LoadResult {
    let source = Source::Memory {
        name: "random.json".to_owned(),
        bytes: json.to_string().into_bytes(),
    };
    let loaded = load(&Request {
        facts: vec![source],
        texts: Vec::new(),
    });
    let errors = loaded
        .findings
        .iter()
        .find(|one| one.severity.word() == "error");
    assert!(errors.is_none(), "{}: {json:#}", errors.unwrap().message);
    loaded
}
