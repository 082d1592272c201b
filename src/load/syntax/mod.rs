//! The spellings of facts: each reader fills the tape with one record after the other and hands it to
//! the decoder, and says where a file breaks off from its spelling.

pub(crate) mod json;
pub(crate) mod json_error;
pub(crate) mod jsonl;
pub(crate) mod pieces;
pub(crate) mod slice;
pub(crate) mod tables;
pub mod yaml;
pub(crate) mod yaml_facts;
