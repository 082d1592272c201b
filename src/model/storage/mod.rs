//! How rows, lists, texts, words and dates are stored. Nothing here knows what a record is.

mod arena;
mod dates;
mod handle;
mod intern_table;
mod names;

pub(crate) use handle::Owner;

pub use arena::{Arena, ArenaRange, Str, Strings};
pub use dates::{DateId, Dates};
pub use handle::{Handle, Row, Table};
pub use intern_table::InternTable;
pub use names::{Name, NameKind, Names, WordList};
