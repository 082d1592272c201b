//! The floor `finding`.
