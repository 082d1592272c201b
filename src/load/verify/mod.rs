//! Verifies the texts of documents, and the quotes from them.

pub(crate) mod passages;
pub(crate) mod texts;
