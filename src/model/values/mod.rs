//! How records store the values of their fields: how a value is read, how it is written, what it
//! refers to, and how it changes when its record moves to another store.
//!
//! A value holds only handles and ranges. What these stand for is asked of [`Resolve`], so that
//! nothing here depends on the store of records.

mod lists;
mod macros;
mod moved;
mod objects;
mod plain;
mod references;
mod resolve;
mod to_json;
mod value;

pub(crate) use macros::{fields, record};
pub(crate) use moved::MovedLists;

pub use lists::{Listed, Lists};
pub use moved::{Called, MetWord, Moved};
pub use resolve::Resolve;
pub use value::{Cell, FieldValue, Fields, OneWord, PutReferences, Record};
