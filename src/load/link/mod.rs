//! From blocks to one set of facts: records get their ids, references the records that they name.

pub(crate) mod linker;
pub(crate) mod resolve;
