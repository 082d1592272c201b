//! The Allen relations that an order states: how two things can lie in time.

use crate::storage::Name;
use annals_time::AllenSet;

/// The Allen relations that can hold between two things, and the words that say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relations {
    /// One of these holds.
    pub set: AllenSet,
    /// As written; several words are separated by commas.
    pub words: Name,
}
