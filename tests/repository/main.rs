//! The repository itself: its layers, its pages, its schemas.

#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    unreachable_pub,
    dead_code,
    reason = "a test may fail, and modules shared by tests are used in part by each"
)]

mod codes;
mod docs;
mod floors;
mod reference;
mod schemas;
