//! Verifies the texts of documents, and the quotes from them.

mod marks;
pub(crate) mod passages;
pub(crate) mod spoken;
pub(crate) mod texts;
