//! Who says what: the claims of a text.

mod around;
mod assemble;
mod content;
mod cues;
mod dependent;
mod german;
mod nominal;
mod plain;
mod proposed;
mod source;
mod view;

pub(crate) use assemble::{Assembler, Raw};
pub(crate) use proposed::How;
pub(crate) use view::View;
