//! Files of other programs, before anybody knows what they mean: opening and unpacking within bounds,
//! encodings, XML without entities. Nothing here is fetched, and nothing is unpacked to the disk.
//!
//! Every format that is imported goes through this door, so that a hostile file is refused in one way
//! and in one place.
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
pub use error::{Reason, Sort, SourceError};
pub use position::{At, Spot, cell_name};
pub use source::{Source, ends_in};

#[cfg(test)]
mod tests;
