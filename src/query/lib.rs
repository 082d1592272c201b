//! The questions, one file each, and what they share. Answers are plain data.

pub mod adjacency;
pub mod answer;
pub mod bloom;
pub mod brief;
pub mod chronicle;
pub mod names;
pub mod no_rows;
pub mod path;
pub mod positions;
pub mod said;
pub mod selection;
pub mod show;
pub mod sort_key;
pub mod subgraph;
pub mod timeline;
pub mod validity;

pub use answer::{Dossier, Envelope, Ref};
pub use names::{NameError, look_up};
pub use selection::{Query, ResolvedQuery};
pub use validity::Validity;
