//! The floor `export`.
