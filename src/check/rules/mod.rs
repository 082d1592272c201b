//! The rules, one file each.

mod circle;
mod link;
mod self_reference;

#[cfg(test)]
mod tests;

pub(super) use circle::Circle;
pub(super) use self_reference::SelfReference;
