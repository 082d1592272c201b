//! What pages share.

pub(crate) mod chosen;
pub(crate) mod claim;
pub(crate) mod course;
pub(crate) mod facets;
pub(crate) mod frame;
pub(crate) mod panel;
pub(crate) mod question;
pub(crate) mod scale;
pub(crate) mod strip;
pub(crate) mod words;
