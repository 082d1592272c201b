//! Hostile input: files cut off, bytes changed, depth, length, odd encodings, odd paths. Nothing
//! here may panic, hang or lose a fact without saying so, and each finding must draw.
//!
//! `ANNALS_THOROUGH=1` changes 10,000 bytes of each spelling in turn and cuts every variant of
//! every spelling at each byte; otherwise a part of that, spread evenly, is done.

#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    unreachable_pub,
    dead_code,
    reason = "a test may fail, and modules shared by tests are used in part by each"
)]

#[path = "../fuzz/src/lib.rs"]
mod targets;

#[path = "hostile/account.rs"]
mod account;
#[path = "hostile/changed.rs"]
mod changed;
#[path = "hostile/disk.rs"]
mod disk;
#[path = "hostile/encodings.rs"]
mod encodings;
#[path = "hostile/large.rs"]
mod large;

use annals::load::LoadResult;

/// The codes of all findings, in order.
#[allow(dead_code)]
fn codes(loaded: &LoadResult) -> Vec<&'static str> {
    loaded
        .findings
        .iter()
        .map(|finding| finding.code.code)
        .collect()
}

/// Reads a file, uses what was read in every way, and gives it back.
#[allow(dead_code)]
fn read(name: &str, bytes: impl AsRef<[u8]>) -> LoadResult {
    let loaded = targets::read(name, bytes.as_ref());
    targets::survey(&loaded);
    loaded
}
