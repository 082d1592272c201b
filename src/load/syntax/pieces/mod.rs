//! Files that do not parse as a whole, read piece by piece: a slip costs the record in which it stands,
//! not the file.
//!
//! The whole is tried first, so nothing here is ever asked of a file that parses. Of one that does not,
//! YAML and JSON are cut where an item of a list of records begins, and each piece is read alone. A piece
//! that cannot be read is one finding on one line; the ids in it stay known ([`ids`]). Where a piece
//! alone could mean something else than in its file, there are no pieces, and the file is not read.

mod ids;
pub(crate) mod json;
mod lines;
pub(crate) mod yaml;

pub(crate) use ids::{unread, unread_line};

#[cfg(test)]
mod tests;

use annals_model::{RecordKind, Vocabulary};

/// The kind of record whose list is meant by a text that has the letters of its name, and marks that do
/// not belong there: `"actors:`, `actors`, `act"ors": [`.
fn kind_of_letters(text: &str) -> Option<RecordKind> {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut kinds = RecordKind::ALL.iter().copied();
    kinds.find(|kind| kind.plural() == letters)
}

/// Whether files are read piece by piece that parse as well: a test compares the two.
#[cfg(not(test))]
pub(crate) const fn is_forced() -> bool {
    false
}

#[cfg(test)]
pub(crate) use forced::is_forced;

#[cfg(test)]
mod forced {
    use std::cell::Cell;

    thread_local! {
        static FORCED: Cell<bool> = const { Cell::new(false) };
    }

    pub(crate) fn is_forced() -> bool {
        FORCED.get()
    }

    /// Does something while all that this thread reads is read piece by piece.
    pub(super) fn forced<R>(work: impl FnOnce() -> R) -> R {
        FORCED.set(true);
        let result = work();
        FORCED.set(false);
        result
    }
}
