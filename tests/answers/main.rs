//! What questions answer, against brute force, case by case, and whichever way facts are kept
//! ready.

#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    unreachable_pub,
    dead_code,
    reason = "a test may fail, and modules shared by tests are used in part by each"
)]

mod adjacency;
mod agree;
mod oracles;
mod receipts;
mod rollup;
mod store;
mod text_order;
mod view;
