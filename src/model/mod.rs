//! The floor `model`.
