//! The tree: documents and nodes, each with its byte range.

use std::borrow::Cow;
use std::iter::FusedIterator;
use std::ops::Range;

use super::Fault;

/// A YAML text that was read: its documents as trees, and its faults.
///
/// All nodes lie in one vector, parents before children and in the order of the text, so neither
/// building nor dropping a deep tree needs the stack.
#[derive(Clone, Debug, Default)]
pub struct Parsed<'t> {
    pub(super) nodes: Vec<Node<'t>>,
    /// The children of all lists and mappings, each collection's next to each other; a mapping's
    /// are key, value, key, value.
    pub(super) children: Vec<NodeId>,
    pub(super) roots: Vec<NodeId>,
    pub(super) faults: Vec<Fault>,
    /// How many values all aliases stand for.
    pub(super) expanded: usize,
    /// Whether a value has a tag.
    pub(super) tagged: bool,
}

/// The number of a node within its [`Parsed`] tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) usize);

#[derive(Clone, Debug)]
pub(super) struct Node<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) content: Content<'t>,
}

#[derive(Clone, Debug)]
pub(super) enum Content<'t> {
    /// A scalar; `null` is settled here because a tag (`!!str null`) can make null a text.
    Scalar {
        text: Cow<'t, str>,
        style: Style,
        null: bool,
    },
    /// Children at this range of [`Parsed::children`].
    Sequence(Range<usize>),
    /// Keys and values in turn, at this range of [`Parsed::children`].
    Mapping(Range<usize>),
    /// An alias and the node it stands for, which is never an alias itself.
    Alias(NodeId),
    /// An alias that stands for nothing: a fault says why.
    DeadAlias,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In `'single'` quotes.
    SingleQuoted,
    /// In `"double"` quotes.
    DoubleQuoted,
    /// As a block after `|` or `>`.
    Block,
}

/// What a node is once its alias, if it is one, has been followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Nothing: empty, `~` or `null` without quotes, or an alias that could not be followed.
    Null,
    /// A scalar.
    Text,
    /// A list.
    Sequence,
    /// A mapping.
    Mapping,
}

impl Parsed<'_> {
    /// The documents in the order of the text; none when the text is empty or a fault is fatal.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = NodeRef<'_>> {
        self.roots.iter().map(|&id| NodeRef { tree: self, id })
    }

    /// The faults, in the order in which they were met.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The fault for which the text was given up, if it was.
    pub(crate) fn fatal(&self) -> Option<&Fault> {
        self.faults.iter().find(|fault| fault.kind.is_fatal())
    }

    /// How many values all aliases stand for.
    pub(crate) fn expanded(&self) -> usize {
        self.expanded
    }

    /// Whether a value has a tag.
    pub(crate) fn has_tags(&self) -> bool {
        self.tagged
    }

    /// Takes the faults out of the tree.
    pub fn take_faults(&mut self) -> Vec<Fault> {
        std::mem::take(&mut self.faults)
    }

    /// The node of this number; the number must come from this tree, else there may be none.
    pub fn node(&self, id: NodeId) -> Option<NodeRef<'_>> {
        (id.0 < self.nodes.len()).then_some(NodeRef { tree: self, id })
    }

    /// The node that begins at this byte of the text. Where a mapping begins at the same byte as
    /// its first key, it is the mapping.
    pub fn node_at(&self, offset: usize) -> Option<NodeRef<'_>> {
        // The builder keeps the starts in ascending order.
        let first = self.nodes.partition_point(|node| node.start < offset);
        let here = || (first..self.nodes.len()).take_while(|&i| self.nodes[i].start == offset);
        let outermost = here()
            .find(|&i| self.nodes[i].end > offset)
            .or_else(|| here().next())?;
        Some(NodeRef {
            tree: self,
            id: NodeId(outermost),
        })
    }
}

/// One value of a [`Parsed`] text.
///
/// An alias answers with what it stands for; only [`span`](Self::span) and
/// [`offset`](Self::offset) are those of the alias itself.
///
/// ```
/// use annals_load::yaml::{Kind, Limits, parse};
///
/// let text = "first: &k {n: 1}\nsecond: *k\n";
/// let parsed = parse(text, &Limits::default());
/// let root = parsed.documents().next().expect("one document");
/// let (_, second) = root.entries().nth(1).expect("two entries");
/// assert_eq!(second.kind(), Kind::Mapping);
/// assert_eq!(&text[second.span()], "*k");
/// assert_eq!(&text[second.target().span()], "{n: 1}");
/// ```
#[derive(Clone, Copy)]
pub struct NodeRef<'t> {
    pub(super) tree: &'t Parsed<'t>,
    pub(super) id: NodeId,
}

impl<'t> NodeRef<'t> {
    /// The number of the node within its tree.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The byte range of the value as written, quotes included; an anchor, a tag and the `|` of a
    /// block are outside it, and so is the line break after a block. An empty value has an empty
    /// range where the value would stand.
    pub fn span(self) -> Range<usize> {
        let node = &self.tree.nodes[self.id.0];
        node.start..node.end
    }

    /// The byte at which the value begins.
    pub fn offset(self) -> usize {
        self.tree.nodes[self.id.0].start
    }

    /// Whether an alias (`*name`) is written here.
    pub fn is_alias(self) -> bool {
        matches!(
            self.tree.nodes[self.id.0].content,
            Content::Alias(_) | Content::DeadAlias
        )
    }

    /// The node an alias stands for; any other node is its own target.
    pub fn target(self) -> Self {
        match self.tree.nodes[self.id.0].content {
            Content::Alias(id) => Self { id, ..self },
            _ => self,
        }
    }

    /// What the node is.
    pub fn kind(self) -> Kind {
        match self.content() {
            Content::Scalar { null: false, .. } => Kind::Text,
            Content::Sequence(_) => Kind::Sequence,
            Content::Mapping(_) => Kind::Mapping,
            Content::Scalar { .. } | Content::Alias(_) | Content::DeadAlias => Kind::Null,
        }
    }

    /// The decoded text of a scalar. A null has its text too (`""`, `~` or `null`), because it may
    /// stand where a key does.
    pub fn text(self) -> Option<&'t str> {
        match self.content() {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// How a scalar is written.
    pub fn style(self) -> Option<Style> {
        match self.content() {
            Content::Scalar { style, .. } => Some(*style),
            _ => None,
        }
    }

    /// The values of a list, in order; nothing for any other node.
    pub fn items(self) -> Items<'t> {
        let ids = match self.content() {
            Content::Sequence(range) => &self.tree.children[range.clone()],
            _ => &[],
        };
        Items {
            tree: self.tree,
            ids: ids.iter(),
        }
    }

    /// The keys and values of a mapping, in order and with duplicates; nothing for any other node.
    pub fn entries(self) -> Entries<'t> {
        let ids = match self.content() {
            Content::Mapping(range) => &self.tree.children[range.clone()],
            _ => &[],
        };
        Entries {
            tree: self.tree,
            pairs: ids.chunks_exact(2),
        }
    }

    fn content(self) -> &'t Content<'t> {
        &self.tree.nodes[self.target().id.0].content
    }
}

impl std::fmt::Debug for NodeRef<'_> {
    /// The node alone, without what it holds: a tree can be large.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NodeRef")
            .field("kind", &self.kind())
            .field("span", &self.span())
            .field("text", &self.text())
            .finish_non_exhaustive()
    }
}

/// The values of a list; see [`NodeRef::items`].
#[derive(Clone, Debug)]
pub struct Items<'t> {
    tree: &'t Parsed<'t>,
    ids: std::slice::Iter<'t, NodeId>,
}

impl<'t> Iterator for Items<'t> {
    type Item = NodeRef<'t>;

    fn next(&mut self) -> Option<NodeRef<'t>> {
        self.ids.next().map(|&id| NodeRef {
            tree: self.tree,
            id,
        })
    }

    fn nth(&mut self, n: usize) -> Option<NodeRef<'t>> {
        self.ids.nth(n).map(|&id| NodeRef {
            tree: self.tree,
            id,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ids.size_hint()
    }
}

impl ExactSizeIterator for Items<'_> {}
impl FusedIterator for Items<'_> {}

/// The keys and values of a mapping; see [`NodeRef::entries`].
#[derive(Clone, Debug)]
pub struct Entries<'t> {
    tree: &'t Parsed<'t>,
    pairs: std::slice::ChunksExact<'t, NodeId>,
}

impl<'t> Iterator for Entries<'t> {
    type Item = (NodeRef<'t>, NodeRef<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        let pair = self.pairs.next()?;
        let node = |id| NodeRef {
            tree: self.tree,
            id,
        };
        Some((node(pair[0]), node(pair[1])))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.pairs.size_hint()
    }
}

impl ExactSizeIterator for Entries<'_> {}
impl FusedIterator for Entries<'_> {}
