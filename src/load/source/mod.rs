//! Where facts are read from: files, folders, standard input, files that are kept in a snapshot; and
//! their bytes, cut into chunks that can be read apart.

pub(crate) mod chunks;
pub(crate) mod embedded;
pub(crate) mod encoding;
pub(crate) mod files;
pub(crate) mod home;
pub(crate) mod lines;
pub(crate) mod record_lines;
