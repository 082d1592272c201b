//! The rules, one file each.

mod circle;
mod self_reference;

pub(super) use circle::Circle;
pub(super) use self_reference::SelfReference;
