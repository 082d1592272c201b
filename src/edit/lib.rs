//! Changing fact files without touching another byte.
mod canonical;
mod change;
mod apply;
mod edited_file;
mod journal;
mod undo;
mod lines;
mod pieces;
mod plan;
mod reading_back;
mod refusal;
mod scope;
mod spelling;
#[cfg(test)]
mod tests;
pub use apply::Applied;
pub use journal::{Does, Entry, EntryChange, EntryFile, JOURNAL, Journal};
pub use change::{Change, Conflict, ConflictingField};
pub use pieces::{Replacement, replaced};
pub use plan::{ChangedLines, Editor, FilePlan, Plan, PlannedRecord};
pub use refusal::Refusal;
pub use scope::{Destination, NEW_FILE, Scope};
