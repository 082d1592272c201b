//! The main interface of Annals: a [`Store`] of facts, with a method for every question.
//!
//! ```
//! use annals_store::{Query, Store};
//!
//! let store = Store::from_yaml(
//!     "annals: 1
//! actors:
//!   - {id: drax, name: Helen Drax, kind: person}
//! topics:
//!   - {id: basin, label: the north basin}
//! claims:
//!   - {id: c1, speaker: drax, about: basin, content: It stays open., said: 2023-04-20}
//! ",
//! )?;
//! for claim in store.said(&Query::new().by("Helen Drax").about("basin"))? {
//!     assert_eq!(claim.when(), "20 Apr 2023");
//!     assert_eq!(claim.speaker(), "Helen Drax");
//!     assert_eq!(claim.text(), "It stays open.");
//! }
//! # Ok::<(), annals_store::StoreError>(())
//! ```

mod agree;
mod answers;
mod ask;
mod backend;
mod brief;
mod built;
mod changes;
mod check;
mod claim_days;
mod conflict;
mod contradictions;
mod data;
mod drafting;
mod edit;
mod empty;
mod error;
mod export;
mod findings;
mod fingerprint;
mod network;
mod notes;
mod open;
mod page;
mod picture;
mod promises;
mod receipt;
pub mod rows;
#[cfg(feature = "snapshot")]
mod shards;
#[cfg(feature = "snapshot")]
mod snapshot;
mod sql;
mod tally;
mod texts;
mod verify;
mod voices;
mod walk;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use annals_time::{Date, Window};

pub use annals_check::{ConflictFact, ConflictOfDates, Policy, ThingInTime, Tried, codes};
pub use annals_config::Config;
pub use annals_edit::{self as edits, Change, Plan, Refusal};
pub use annals_query::NameError;
pub use annals_query::Query;
pub use annals_query::count::{Counts, Dimension};
pub use annals_query::network as networks;
pub use annals_query::positions::PositionFilter;
pub use annals_query::promises::{PromiseState, PromisesAsked};
pub use annals_query::selection::{SameAs, THINGS};
pub use annals_query::subgraph::Kinds;
pub use annals_query::voices::VoicesOf;
pub use annals_sql::Dialect;
pub use annals_watch::{Stage, Stopped, Watch};
pub use answers::{Answer, Claims, Dates, Finds, Positions};
#[cfg(not(feature = "snapshot"))]
pub use built::join_parts;
pub use built::{BuildAs, Built, JoinAs, Joined, Shard};
pub use claim_days::ClaimDays;
pub use contradictions::{ContradictingPair, Contradictions};
pub use drafting::{ActorNames, DocumentText};
pub use edit::PlanEffects;
pub use error::StoreError;
pub use export::{Export, ExportRequest};
pub use findings::{Findings, FixedFile, FixedWord};
pub use network::{Network, NetworkLook, NetworkWindow};
pub use notes::Notes;
pub use open::OpenOptions;
pub use page::{ClaimsPage, ReadAll};
pub use picture::{Picture, PictureRequest};
pub use promises::Promises;
pub use receipt::{Asked, Receipt, ReceiptFile, ReceiptKind, ReceiptPassage};
#[cfg(feature = "snapshot")]
pub use shards::join_parts;
pub use sql::{SqlQuestion, sql_of_ids, sql_text, sql_views};
pub use tally::Size;
pub use verify::{Differs, Verified, VerifyRow, read_receipt, verify_receipt};
pub use voices::Voices;
pub use walk::{AroundRequest, Path as Chain, PathNode, PathRequest, Subgraph};

use backend::Backend;

/// A dossier: its facts are read once, when a question first needs them, and then answer any number
/// of questions, from any number of threads. Cloning is cheap and gives the same store.
///
/// [`Store::as_of`] and [`Store::within`] return views, which answer the same questions.
#[derive(Debug, Clone)]
pub struct Store {
    backend: Arc<Backend>,
    /// What it was opened with, for opening it again.
    options: Arc<OpenOptions>,
    view: View,
}

/// The restrictions of a view.
#[derive(Debug, Clone, Default)]
struct View {
    as_of: Option<Date>,
    window: Window,
}

impl Store {
    /// Opens a fact file, a folder of fact files, or a snapshot, with the configuration
    /// (`annals.toml`) in or above it. [`OpenOptions`] opens several, and takes texts from other
    /// folders.
    ///
    /// # Errors
    /// If the configuration or the snapshot cannot be read. A fact file that cannot be read is an
    /// error of the first question that needs it.
    pub fn open(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        OpenOptions::new().facts(path.as_ref()).open()
    }

    /// A store of facts in YAML, for examples and tests.
    ///
    /// # Errors
    /// If the text cannot be parsed.
    pub fn from_yaml(text: &str) -> Result<Store, StoreError> {
        let store = OpenOptions::new()
            .memory("facts.yaml", text)
            .config(Config::default())
            .open()?;
        store.backend.all()?;
        Ok(store)
    }

    /// A view of what was known at the end of a date: what was recorded, or else published, by then
    /// and not yet retracted. Findings are still those of all facts.
    ///
    /// # Errors
    /// If it is not a date (EDTF).
    pub fn as_of(&self, date: &str) -> Result<Store, StoreError> {
        let as_of = Some(self::date(date)?);
        let view = View {
            as_of,
            ..self.view.clone()
        };
        Ok(self.with_view(view))
    }

    /// The same, of a date that is read already.
    #[must_use]
    pub fn as_of_date(&self, date: Date) -> Store {
        let view = View {
            as_of: Some(date),
            ..self.view.clone()
        };
        self.with_view(view)
    }

    /// A view of everything that can lie between the first day of one date and the last day of
    /// another (EDTF); `None` leaves a side unbounded. Findings are still those of all facts.
    ///
    /// # Errors
    /// If one of them is not a date.
    pub fn within(&self, from: Option<&str>, until: Option<&str>) -> Result<Store, StoreError> {
        let asked = Window {
            from: from.map(date).transpose()?,
            until: until.map(date).transpose()?,
        };
        let view = View {
            window: self.view.window.and(&asked),
            ..self.view.clone()
        };
        Ok(self.with_view(view))
    }

    fn with_view(&self, view: View) -> Store {
        Store {
            backend: Arc::clone(&self.backend),
            options: Arc::clone(&self.options),
            view,
        }
    }

    /// A query with the restrictions of the view.
    fn viewed(&self, query: &Query) -> Query {
        Query {
            window: self.view.window.and(&query.window),
            as_of: query.as_of.clone().or_else(|| self.view.as_of.clone()),
            ..query.clone()
        }
    }

    /// The user's configuration for these facts.
    pub fn configuration(&self) -> &Config {
        &self.backend.config
    }

    /// The number of records.
    ///
    /// # Errors
    /// If the facts cannot be read.
    pub fn len(&self) -> Result<usize, StoreError> {
        #[cfg(feature = "snapshot")]
        if let Some(snapshot) = &self.backend.snapshot {
            return Ok(snapshot.records());
        }
        Ok(self.backend.all()?.facts().len())
    }

    /// Whether there are no records.
    ///
    /// # Errors
    /// If the facts cannot be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.len()? == 0)
    }

    /// Whether some of the facts are in a snapshot.
    pub fn has_snapshot(&self) -> bool {
        let mut sources = self.backend.request.facts.iter();
        sources.any(|source| matches!(source, annals_load::Source::Embedded(_)))
    }

    /// Reads the snapshots among the facts completely and verifies their checksums. Without the
    /// feature `snapshot` there are none.
    ///
    /// # Errors
    /// If there is no snapshot among the facts, or one is damaged.
    pub fn verify_snapshots(&self) -> Result<(), StoreError> {
        if !self.has_snapshot() {
            return Err(StoreError::Question(
                "--deep verifies the checksums of a snapshot, so give one".to_owned(),
            ));
        }
        #[cfg(feature = "snapshot")]
        for path in &self.backend.named {
            if annals_snapshot::is_snapshot(path) {
                annals_snapshot::Snapshot::open(path)?.verify()?;
            }
        }
        Ok(())
    }

    /// The ids and names of all records, for completing user input: id, name, kind.
    ///
    /// # Errors
    /// If the facts cannot be read.
    pub fn names(
        &self,
        kinds: &[annals_model::RecordKind],
        begun: &str,
    ) -> Result<Vec<rows::NamedRecord>, StoreError> {
        let data = self.backend.all()?;
        Ok(rows::NamedRecord::all(data.facts(), kinds, begun))
    }

    /// The files that were read in part, a sentence each; none before anything was read.
    pub fn in_part(&self) -> Vec<String> {
        let data = self.backend.read_data();
        data.map_or_else(Vec::new, |data| notes::in_part(&data.loaded))
    }

    /// Whether a file, or one that a snapshot keeps, could only be read in part.
    pub fn is_in_part(&self) -> bool {
        let data = self.backend.read_data();
        data.is_some_and(|data| !data.loaded.unread.is_empty())
    }

    /// The paths that were named when the store was opened.
    pub fn paths(&self) -> &[PathBuf] {
        &self.backend.named
    }
}

fn date(text: &str) -> Result<Date, StoreError> {
    Date::parse(text).map_err(|error| {
        let text = annals_finding::shown(text);
        StoreError::Question(format!("{text} is not a date: {}", error.reason))
    })
}
