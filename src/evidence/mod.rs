//! The floor `evidence`.
