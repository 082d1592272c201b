//! The floor `load`.
pub mod locate;
pub mod yaml;
