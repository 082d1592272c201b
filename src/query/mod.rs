//! The questions, one file each. An answer is plain data.

pub mod adjacency;
pub mod answer;
pub mod chronicle;
pub mod force;
pub mod names;
pub mod order;
pub mod part;
pub mod path;
pub mod positions;
pub mod said;
pub mod selection;
pub mod show;
pub mod timeline;
pub(crate) mod twice;

pub use answer::{Dossier, Envelope, Ref};
pub use force::Force;
pub use names::{NameError, look_up};
pub use selection::{Asked, Selection};
