//! From blocks to one set of facts: records get their ids, references the records that they name.

pub(crate) mod linker;
mod repeated;
pub(crate) mod resolve;
