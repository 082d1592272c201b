//! The floor `graph`.
