//! Annals is an event timeline knowledge graph. It answers *who said what about whom, and when*, from
//! annotated facts: actors, events and claims, with uncertain dates and with the passages of the
//! documents that they rest on; and it checks whether the chronology can be true.
//!
//! # Example
//!
//! ```
//! use annals::{Query, Store};
//!
//! let store = Store::open("data/kyiv")?;
//! for claim in store.said(&Query::new().by("Putin").about("Ukraine"))? {
//!     println!("{}  {}  {}", claim.when(), claim.speaker(), claim.text());
//! }
//! for finding in store.as_of("2023-05")?.check()? {
//!     eprintln!("{finding}");
//! }
//! # Ok::<(), annals::StoreError>(())
//! ```
//!
//! # The types to know
//!
//! | type | what it is |
//! |---|---|
//! | [`Store`] | a dossier: opened once, asked from any number of threads |
//! | [`OpenOptions`] | where its facts are: files, folders, snapshots, standard input, memory, texts |
//! | [`Query`] | which claims, events and ties are asked for |
//! | [`Answer`] | an answer, with what the reader should know of it |
//! | [`Claims`], [`rows::SaidRow`] | selected claims, made row by row |
//! | [`Findings`] | what is wrong with the facts, with places |
//! | [`StoreError`] | why there is no answer |
//! | [`Date`](time::Date), [`Day`](time::Day), [`Certainty`](time::Certainty) | uncertain dates (EDTF), and the three answers of a comparison |
//!
//! Every question is a method of [`Store`]: [`said`](Store::said), [`find`](Store::find), [`timeline`](Store::timeline),
//! [`positions`](Store::positions), [`show`](Store::show), [`dates`](Store::dates),
//! [`why`](Store::why), [`order`](Store::order), [`subgraph`](Store::subgraph),
//! [`path`](Store::path), [`check`](Store::check), [`draw`](Store::draw),
//! [`export`](Store::export), [`build`](Store::build). [`Store::as_of`] and [`Store::within`] give
//! views that answer the same questions.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `cli` | yes | the `annals` command |
//! | `snapshot` | yes | facts as a folder of Parquet files ([`Store::build`]) |
//! | `sqlite` | no | imports of `SQLite` databases (`annals import dna`); compiles `SQLite`, from C |
//! | `png`, `pdf` | no | pictures as PNG and PDF |
//! | `read-pdf` | no | PDF as plain text, to draft from and to annotate |
//!
//! # The parts
//!
//! The modules below are the packages that Annals is made of, one for each floor of
//! `docs/architecture.md`. Whoever wants dates or the solver alone depends on `annals-time` or
//! `annals-solver`. They are public and not yet stable: until 1.0, only what stands above is kept
//! compatible.

pub use annals_store::{
    Answer, AroundRequest, BuildAs, Built, Chain, Claims, Dates, ExportRequest, Findings, Kinds,
    Notes, OpenOptions, PathRequest, PictureRequest, PositionFilter, Positions, Query, Store,
    StoreError, Subgraph, rows,
};

pub use annals_check as check;
pub use annals_chronology as chronology;
#[cfg(feature = "cli")]
pub use annals_cli as cli;
pub use annals_config as config;
pub use annals_draft as draft;
pub use annals_draw as draw;
pub use annals_edit as edit;
pub use annals_evidence as evidence;
pub use annals_export as export;
pub use annals_files as files;
pub use annals_finding as finding;
pub use annals_format as format;
pub use annals_graph as graph;
pub use annals_import as import;
pub use annals_load as load;
pub use annals_model as model;
pub use annals_network as network;
pub use annals_plain_text as plain_text;
pub use annals_query as query;
pub use annals_schema as schema;
#[cfg(feature = "snapshot")]
pub use annals_snapshot as snapshot;
pub use annals_solver as solver;
pub use annals_source as source;
pub use annals_store as store;
pub use annals_time as time;
pub use annals_watch as watch;

/// The Rust in the README runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
