//! Fact files that are not files on disk but are stored in a snapshot. The package `snapshot`
//! implements [`EmbeddedSource`], since this one must not depend on it.

use std::fmt::Debug;
use std::io::{self, Read};
use std::sync::Arc;

use annals_model::FileKind;

/// Gives the bytes of a fact file back, as often as they are asked for, and what the texts of its
/// documents were when it was kept.
pub trait EmbeddedSource: Debug + Send + Sync {
    /// Reads the file from its beginning.
    ///
    /// # Errors
    /// When it cannot be had.
    fn read(&self) -> io::Result<Box<dyn Read + Send>>;

    /// How many bytes it has.
    fn size(&self) -> u64;

    /// The text of the document whose record begins at a byte; `None` where none was found, so that
    /// it is looked for anew.
    ///
    /// # Errors
    /// When it was found and cannot be had.
    fn text_of(&self, offset: usize) -> io::Result<Option<EmbeddedText>>;
}

/// A fact file that is kept in something else.
#[derive(Debug, Clone)]
pub struct EmbeddedFile {
    /// What messages call it.
    pub name: String,
    /// How it is spelled.
    pub kind: FileKind,
    /// What is in it.
    pub bytes: Arc<dyn EmbeddedSource>,
}

impl PartialEq for EmbeddedFile {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && Arc::ptr_eq(&self.bytes, &other.bytes)
    }
}

impl Eq for EmbeddedFile {}

/// What came of looking for a document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmbeddedText {
    /// It was found.
    Found {
        /// Its path, as messages show it.
        shown: String,
        /// The SHA-256 of its file, in hexadecimal digits.
        sum: String,
        /// The text, without a byte order mark.
        text: String,
    },
    /// A file of its name lies outside all folders.
    Outside,
    /// It cannot be read.
    Unreadable {
        /// Its path, as messages show it.
        shown: String,
        /// Why.
        why: String,
    },
}
