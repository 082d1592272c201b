//! Links blocks into one set of facts: ids become records, and references become handles of the
//! records that they name.

pub(crate) mod linker;
mod repeated;
pub(crate) mod resolve;
