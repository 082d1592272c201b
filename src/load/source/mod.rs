//! The input: files, folders, standard input, files stored in a snapshot; and their bytes, divided
//! into chunks that can be read independently.

pub(crate) mod chunks;
pub(crate) mod elsewhere;
pub(crate) mod embedded;
pub(crate) mod encoding;
pub(crate) mod files;
pub(crate) mod home;
pub(crate) mod lines;
pub(crate) mod record_lines;
