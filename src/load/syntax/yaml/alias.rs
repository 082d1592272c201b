//! Resolves aliases, and limits how far they may expand.

use std::borrow::Cow;
use std::ops::Range;

use super::FaultKind;
use super::build::Builder;
use super::tree::{Content, NodeId};

/// How large a value is with every alias in it followed.
#[derive(Clone, Copy)]
pub(super) struct Weight {
    /// Values, itself included.
    pub(super) values: usize,
    /// Collections within each other, itself included.
    pub(super) height: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Anchored {
    /// The anchored collection has not ended: an alias to it would contain itself.
    Open,
    Done(NodeId, Weight),
}

impl Builder<'_> {
    pub(super) fn alias(&mut self, anchor: usize, at: Range<usize>) {
        let name = Cow::Borrowed(&self.text[at.clone()]);
        let Some(&Anchored::Done(target, weight)) = self.anchored.get(&anchor) else {
            let words = format!("{name} is inside the value it refers to");
            let help = "a value cannot contain itself: write out what you mean".to_owned();
            self.repeatable(FaultKind::AliasRecursive, name, at.clone(), words, help);
            return self.dead_alias(at);
        };
        let total = self.expanded.saturating_add(weight.values);
        let words = if self.open.len() + weight.height > self.limits.depth {
            format!(
                "expanding {name} would nest more than {} lists and mappings",
                self.limits.depth
            )
        } else if total > self.limits.alias_nodes {
            format!(
                "aliases up to here expand to {total} values; at most {} are allowed",
                self.limits.alias_nodes
            )
        } else {
            self.expanded = total;
            let id = self.node(at, Content::Alias(target));
            return self.settle(id, 0, weight);
        };
        let help = "the alias is read as empty".to_owned();
        self.repeatable(FaultKind::AliasTooLarge, name, at.clone(), words, help);
        self.dead_alias(at);
    }

    pub(super) fn dead_alias(&mut self, at: Range<usize>) {
        let id = self.node(at, Content::DeadAlias);
        self.settle(
            id,
            0,
            Weight {
                values: 1,
                height: 0,
            },
        );
    }
}
