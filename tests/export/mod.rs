//! What goes out: graphs and pictures as they are shipped, and what comes back of an export.

mod brief;
mod graphs;
mod imports_back;
mod interchange;
mod pictures;
