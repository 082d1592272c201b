//! Files on disk: the one place where they are opened, and the one where they are written.
//!
//! - What is opened is a regular file, read within a limit ([`open`], [`read`]): no pipe that waits
//!   for a writer, no device without an end.
//! - What is written is written whole or not at all, under a temporary name ([`NewFile`],
//!   [`NewFolder`]), and never over something that was read ([`is_read`]).
//! - Whatever has a temporary name is removed when the program is interrupted
//!   ([`remove_temporaries`]).
//! - One program at a time writes to a folder that several share ([`FolderLock`]).
//! - Names that come from data are names on every system ([`Names`]).
//!
//! ```
//! use annals_files::NewFile;
//! use std::io::Write as _;
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("answer.txt");
//! let mut file = NewFile::beside(&path)?;
//! file.write_all(b"42")?;
//! assert!(!path.exists(), "not yet complete");
//! file.put(&path)?;
//! assert_eq!(annals_files::read(&path, 100)?, b"42");
//! # Ok::<(), std::io::Error>(())
//! ```

mod append;
mod lock;
mod names;
mod open;
mod seen;
mod temporary;

pub use append::append_line;
pub use lock::FolderLock;
pub use names::{Names, is_device};
pub use open::{HELD, is_regular, open, read, read_own_text, read_text, words_of};
pub use seen::{is_read, note_folder, remember_what_is_read};
pub use temporary::{NewFile, NewFolder, Temporary, remove_temporaries, uninterrupted};
