//! The program and the library from outside, by subject. All of it is one crate, since each crate of tests is
//! linked with everything and has its cores idle while its longest test ends.
//!
//! `cargo test --test program check::` runs one subject, `cargo test --test program check::hostile` one part.

#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    unreachable_pub,
    dead_code,
    reason = "a test may fail, and modules shared by tests are used in part by each"
)]

mod answers;
mod check;
mod chronology;
mod cli;
mod common;
mod export;
mod import;
mod repository;
mod serve;
#[cfg(feature = "snapshot")]
mod snapshot;
