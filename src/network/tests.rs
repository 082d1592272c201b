//! Weights against DNA's own, and bounds against every reading.

#![allow(
    clippy::trivially_copy_pass_by_ref,
    clippy::type_complexity,
    reason = "a question is passed as what it is asked of"
)]

mod brute;
mod gold;
mod laws;
