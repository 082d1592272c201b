//! Links blocks into one set of facts: ids become records, and references become handles of the
//! records that they name.

pub(crate) mod linker;
pub(crate) mod open;
mod repeated;
pub(crate) mod resolve;
