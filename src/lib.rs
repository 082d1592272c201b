//! Annals: an event timeline knowledge graph. It answers *who said what about whom, and when*.
pub use annals_check as check;
pub use annals_chronology as chronology;
#[cfg(feature = "cli")]
pub use annals_cli as cli;
pub use annals_config as config;
pub use annals_draw as draw;
pub use annals_evidence as evidence;
pub use annals_export as export;
pub use annals_finding as finding;
pub use annals_graph as graph;
pub use annals_import as import;
pub use annals_load as load;
pub use annals_model as model;
pub use annals_query as query;
pub use annals_schema as schema;
#[cfg(feature = "snapshot")]
pub use annals_snapshot as snapshot;
pub use annals_solver as solver;
pub use annals_source as source;
pub use annals_time as time;
