//! The questions, one file each, and what they share. Answers are plain data.

pub mod adjacency;
pub mod agreement;
pub mod answer;
pub mod bloom;
pub mod brief;
pub mod changes;
pub mod chronicle;
pub mod contradictions;
pub mod count;
pub mod find;
pub mod marked_text;
pub mod names;
pub mod network;
pub mod no_rows;
pub mod overview;
pub mod page_order;
pub mod path;
pub mod positions;
pub mod promises;
pub mod said;
pub mod selection;
pub mod show;
pub mod sort_key;
pub mod subgraph;
pub mod timeline;
pub mod validity;
pub mod voices;
pub mod words;

pub use answer::{Dossier, Envelope, Ref};
pub use names::{NameError, look_up};
pub use selection::{Query, ResolvedQuery};
pub use validity::Validity;
