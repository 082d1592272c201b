//! The floor `time`.
