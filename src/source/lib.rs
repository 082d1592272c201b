//! Reads files of other programs, independently of their meaning: opening and decompression within
//! bounds, encodings, XML without entities. Nothing is downloaded, and nothing is unpacked to disk.
//!
//! Every imported format uses this package, so that hostile files are rejected in one way and in
//! one place.
//!
//! ```
//! use annals_source::{Limits, Source, each_input};
//!
//! let source = Source::memory("notes.txt", "caf\u{e9}".as_bytes().to_vec());
//! let mut texts = Vec::new();
//! each_input(&source, &Limits::default(), |_| true, &mut |input| {
//!     texts.push(input.text(None)?.text);
//!     Ok(())
//! })?;
//! assert_eq!(texts, ["café"]);
//! # Ok::<(), annals_source::SourceError>(())
//! ```

mod archive;
pub mod book;
pub mod bytes;
pub mod csv;
mod error;
mod position;
mod source;
pub mod xml;

pub use archive::{Input, Limits, each_input, each_member};
pub use error::{Reason, SourceError, SourceErrorKind};
pub use position::{At, Spot, cell_name};
pub use source::{Source, ending, ends_in};

#[cfg(test)]
mod tests;
