//! The floor `cli`.
