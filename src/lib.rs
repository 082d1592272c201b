//! Annals: an event timeline knowledge graph. It answers *who said what about whom, and when*.
pub mod time;
pub mod evidence;
pub mod model;
pub mod finding;
pub mod load;
pub mod graph;
pub mod check;
pub mod query;
pub mod export;
pub mod cli;
