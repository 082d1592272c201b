//! The texts of documents, and whether quotes stand in them.

pub(crate) mod passages;
pub(crate) mod texts;
