//! Who says what: the claims of a text.

mod assemble;
mod content;
mod cues;
mod source;
mod view;

pub(crate) use assemble::{Assembler, Raw};
