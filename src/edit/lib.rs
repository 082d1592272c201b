//! Changing fact files without touching another byte.
//!
//! A [`Change`] says what is meant; an [`Editor`] makes a [`Plan`] of it: which bytes of which files become
//! what, in YAML (block and flow), JSON, JSON Lines, CSV and TSV. No file is parsed and printed again. The
//! plan has been read back: the record is what was meant, every other one is as it was, or there is no plan.
//! [`Plan::apply`] writes it, whole or not at all, and notes it in the journal, from which
//! [`Editor::undo`] makes the plan that takes it back.
//!
//! - [`Scope`] says which files may be written, [`Destination`] where a new record goes and why.
//! - [`ValueReader`], [`passage`] and [`propose`] turn people's words, and the text around a passage, into
//!   values; [`new_id`] makes ids.
//! - [`Effects`] compares findings before and after, [`likely_doubles`] names what is there already.
//! - [`drafts`] keeps proposals that count for nothing until a person accepts them.
//!
//! ```
//! use annals_edit::{Change, Editor, Scope};
//! use annals_load::{Request, Source, load};
//! use annals_model::RecordKind;
//!
//! let folder = tempfile::tempdir()?;
//! let file = folder.path().join("facts.yaml");
//! std::fs::write(&file, "annals: 1\n\nactors:\n- {id: nato, name: NATO, kind: organization}  # 1949\n")?;
//!
//! let facts = vec![Source::Path(folder.path().into())];
//! let loaded = load(&Request { facts, texts: vec![] });
//! let scope = Scope { named: vec![folder.path().into()], ..Scope::default() };
//! let fields = serde_json::json!({"id": "kyiv", "name": "Київ: the city", "kind": "organization"});
//! let fields = fields.as_object().cloned().unwrap_or_default();
//! let add = Change::Add { kind: RecordKind::Actor, fields, to: None };
//!
//! let plan = Editor::new(&loaded, &scope).plan(&[add])?;
//! assert_eq!(plan.what(), "actor kyiv added");
//! plan.apply(&scope)?;
//! assert_eq!(
//!     std::fs::read_to_string(&file)?,
//!     "annals: 1\n\nactors:\n- {id: nato, name: NATO, kind: organization}  # 1949\n\
//!      - {id: kyiv, name: \"Київ: the city\", kind: organization}\n"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod apply;
mod canonical;
mod change;
pub mod drafts;
mod edited_file;
mod effects;
mod fixed;
mod ids;
mod journal;
mod lines;
mod passage;
mod pieces;
mod plan;
mod propose;
mod reading_back;
mod refusal;
mod scope;
mod spelling;
mod texts;
mod undo;
mod values;

#[cfg(test)]
mod tests;

pub use apply::{Applied, write_fixed};
pub use change::{Change, Conflict, ConflictingField};
pub use effects::{Effects, Likely, likely_doubles};
pub use ids::new_id;
pub use journal::{Does, Entry, EntryChange, EntryFile, JOURNAL, Journal};
pub use passage::{Passage, moved, passage, words_of_text};
pub use pieces::{Replacement, replaced};
pub use plan::{ChangedLines, Editor, FilePlan, Plan, PlannedRecord};
pub use propose::{Proposal, Proposed, propose};
pub use refusal::Refusal;
pub use scope::{Destination, NEW_FILE, Scope};
pub use values::{InWords, ValueReader, date};
