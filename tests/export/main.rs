//! What goes out: graphs and pictures as they are shipped, and what comes back of an export.

#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    unreachable_pub,
    dead_code,
    reason = "a test may fail, and modules shared by tests are used in part by each"
)]

mod brief;
mod graphs;
mod imports_back;
mod interchange;
mod pictures;
