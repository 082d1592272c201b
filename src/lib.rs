//! Annals: an event timeline knowledge graph. It answers *who said what about whom, and when*.
pub mod check;
pub mod chronology;
pub mod cli;
pub mod config;
pub mod draw;
pub mod evidence;
pub mod export;
pub mod finding;
pub mod graph;
pub mod import;
pub mod load;
pub mod model;
mod ordered_parallel;
pub mod query;
pub mod schema;
#[cfg(feature = "snapshot")]
pub mod snapshot;
pub mod source;
pub mod time;
