//! The floor `query`.
