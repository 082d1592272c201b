//! The floor `check`.
