//! Loads files into [`Facts`](annals_model::Facts): finds them, reads every format, resolves ids and
//! verifies quotes.
//!
//! Loading never fails: it returns facts *and* findings. Only [`LoadResult::stopped`] says that nothing
//! of a file could be read. A slip costs the record in which it stands: [`LoadResult::unread`] counts
//! these.
//!
//! ```
//! use annals_load::{Request, Source, load};
//!
//! let yaml = "annals: 1\nactors:\n  - {id: nato, name: NATO, kind: organization}\n";
//! let source = Source::Memory { name: "facts.yaml".into(), bytes: yaml.into() };
//! let loaded = load(&Request { facts: vec![source], texts: vec![] });
//! assert!(loaded.findings.is_empty());
//! assert_eq!(loaded.facts.actors.len(), 1);
//! ```
//!
//! # Order
//!
//! Each folder uses only those before it: `source` (bytes and chunks of files), `faults` (what can be
//! wrong, and where), `decode` (the tape, the decoder, blocks), `syntax` (YAML, JSON, JSON Lines and
//! tables, each of which fills the tape and hands it to the decoder), `link` (blocks joined, references
//! resolved), `locate` (places, excerpts, the texts of files), `verify` (texts of documents, quotes).
//! `earlier`, `read`, `load` and `partial` use all of them.

mod decode;
mod earlier;
pub mod faults;
mod link;
mod load;
pub mod locate;
mod partial;
mod read;
mod result;
mod source;
mod syntax;
mod verify;
mod written;

pub use decode::fields_of;
pub use decode::template::{RecordTemplate, TemplatedRecord};
pub use earlier::EarlierFiles;
pub use load::{Request, load, load_again, load_instead, load_open, load_with};
pub use locate::{Places, Sources};
pub use partial::{
    EmbeddedLine, LineContent, PartialFile, file_refers_to, load_partial, names_in, refers_to,
};
pub use result::{LoadResult, SnapshotSummary, Unread};
pub use source::embedded::{EmbeddedFile, EmbeddedSource, EmbeddedText};
pub use source::files::{Source, fact_files, is_snapshot};
pub use syntax::tables::dialect as table_dialect;
pub use syntax::yaml;
pub use verify::texts::Texts;
pub use written::{WrittenFile, WrittenRecord, written_records};
