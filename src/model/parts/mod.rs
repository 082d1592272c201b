//! What records are made of: what every record has, and the objects within records. Each kind of
//! object is a struct with the list of its fields beside it.

mod common;
mod evidence;
mod ignore;
mod links;
mod member;
mod participant;
mod relations;
mod retraction;
mod stance;

pub use common::{Common, FileId, Origin};
pub use evidence::{EVIDENCE, Evidence};
pub use ignore::{IGNORE, Ignore};
pub use links::{Linked, Links, Via};
pub use member::{Member, Members};
pub use participant::{PARTICIPANT, Participant};
pub use relations::Relations;
pub use retraction::{RETRACTION, Retraction};
pub use stance::{STANCE, Stance, StanceValue};
