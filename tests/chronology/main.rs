//! The chronology: the solver against brute force, what facts mean in time, and the public suites.

#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    unreachable_pub,
    dead_code,
    reason = "a test may fail, and modules shared by tests are used in part by each"
)]

mod chronicle;
mod conformance;
mod meaning;
mod narrowing;
mod reasons;
mod small;
mod solver;
mod verdicts;
mod worlds;
