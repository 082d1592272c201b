//! What records are made of: what every record has, and the objects within records. Each kind of
//! object is a struct with the list of its fields beside it.

mod allen_relations;
mod claim_links;
mod evidence;
mod ignore;
mod object_members;
mod participant;
mod record_header;
mod retraction;
mod stance;

pub use allen_relations::Relations;
pub use claim_links::{Linked, Links, Via};
pub use evidence::{EVIDENCE, Evidence};
pub use ignore::{IGNORE, Ignore};
pub use object_members::{Member, Members};
pub use participant::{PARTICIPANT, Participant};
pub use record_header::{Common, FileId, Origin};
pub use retraction::{RETRACTION, Retraction};
pub use stance::{STANCE, Stance, StanceValue};
