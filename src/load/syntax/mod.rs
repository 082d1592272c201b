//! The input formats: each reader fills the tape with one record after the other, hands it to the
//! decoder, and reports syntax errors.

mod colon_text;
mod cut_text;
pub(crate) mod json;
pub(crate) mod json_error;
pub(crate) mod jsonl;
pub(crate) mod pieces;
pub(crate) mod slice;
pub(crate) mod tables;
pub mod yaml;
pub(crate) mod yaml_facts;
