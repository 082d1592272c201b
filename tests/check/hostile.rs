//! Hostile input: files cut off, bytes changed, depth, length, odd encodings, odd paths. Nothing
//! here may panic, hang or lose a fact without saying so, and each finding must draw.
//!
//! `ANNALS_THOROUGH=1` changes 10,000 bytes of each spelling in turn and cuts every variant of
//! every spelling at each byte; otherwise a part of that, spread evenly, is done.

mod account;
mod changed;
mod disk;
mod encodings;
mod large;
mod program;
mod terminal;

use annals::load::LoadResult;

use crate::check::targets;

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
