//! The floor `load`.
