//! Answers on small random dossiers against brute force: every completion of the uncertain dates is
//! gone through, one day after the other. `ANNALS_THOROUGH=1` tries 10,000 dossiers of each sort.

mod between;
mod changed;
mod counted;
mod days;
mod drawn;
mod identity;
mod opposed;
mod promised;
mod relations;
mod replayed;
mod rolled;
mod voiced;
mod walked;

use annals::load::{LoadResult, Request, Source, load};

/// How many dossiers a test tries.
fn cases() -> u32 {
    crate::common::tried(10_000, 300)
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
