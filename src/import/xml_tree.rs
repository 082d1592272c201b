//! An XML document as a tree, for formats whose parts refer to each other.

use std::sync::Arc;

use annals_source::xml::{Element, Piece, Xml};
use annals_source::{At, SourceError};

/// An element and what is in it.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) element: Element,
    pub(super) kids: Vec<Kid>,
    /// Its number in its file, in the order in which elements begin.
    pub(super) number: usize,
}

/// What is in an element.
#[derive(Debug)]
pub(super) enum Kid {
    Text(String),
    Node(Node),
}

impl Node {
    pub(super) fn read(text: &str, file: &Arc<str>) -> Result<Node, SourceError> {
        let mut xml = Xml::new(text, file);
        let mut open: Vec<Node> = Vec::new();
        let mut root = None;
        let mut number = 0;
        while let Some(piece) = xml.next()? {
            match piece {
                Piece::Start(element) => {
                    open.push(Node {
                        element,
                        kids: Vec::new(),
                        number,
                    });
                    number += 1;
                }
                Piece::Text(text) => {
                    if let Some(node) = open.last_mut() {
                        node.kids.push(Kid::Text(text));
                    }
                }
                Piece::End(_) => {
                    let Some(node) = open.pop() else { continue };
                    match open.last_mut() {
                        Some(parent) => parent.kids.push(Kid::Node(node)),
                        None => root = root.or(Some(node)),
                    }
                }
            }
        }
        root.ok_or_else(|| {
            SourceError::syntax(At::file(file), "this is not XML: it has no element")
        })
    }

    pub(super) fn name(&self) -> &str {
        self.element.local()
    }

    pub(super) fn get(&self, attribute: &str) -> Option<&str> {
        let value = self.element.attribute(attribute)?.trim();
        (!value.is_empty()).then_some(value)
    }

    pub(super) fn at(&self, file: &Arc<str>) -> At {
        At::line(file, self.element.line)
    }

    /// The elements directly in it.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.kids.iter().filter_map(|kid| match kid {
            Kid::Node(node) => Some(node),
            Kid::Text(_) => None,
        })
    }

    /// The elements of this name directly in it.
    pub(super) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.nodes().filter(move |node| node.name() == name)
    }

    pub(super) fn first(&self, name: &str) -> Option<&Node> {
        self.nodes().find(|node| node.name() == name)
    }

    /// The first at the end of a way of names.
    pub(super) fn find(&self, way: &[&str]) -> Option<&Node> {
        match way {
            [] => Some(self),
            [name, rest @ ..] => self
                .nodes()
                .filter(|node| node.name() == *name)
                .find_map(|node| node.find(rest)),
        }
    }

    /// Walks all elements below it, in their order; `enter` says whether to go into one.
    pub(super) fn walk<'n>(&'n self, enter: &mut dyn FnMut(&'n Node) -> bool) {
        for node in self.nodes() {
            if enter(node) {
                node.walk(enter);
            }
        }
    }
}
