//! Finds a field in the text of a YAML record.

use super::{Form, Found, Reached, Step};
use crate::syntax::yaml::{Kind, Limits, NodeRef, Parsed, Style, parse};

/// Finds a field of the YAML record that begins at `record_offset`, reading the whole text anew.
/// For many look-ups in one text, [`in_tree`] does it with a tree read once.
///
/// ```
/// use annals_load::locate::{Step, in_yaml};
///
/// let text = "claims:\n- id: c1\n  about: [grain, nato]\n";
/// let found = in_yaml(text, 10, &[Step::key("about"), Step::Index(1)]).expect("two topics");
/// assert_eq!(&text[found.value], "nato");
/// ```
pub fn in_yaml(text: &str, record_offset: usize, path: &[Step<'_>]) -> Option<Found> {
    in_tree(&parse(text, &Limits::default()), record_offset, path)
}

/// Follows a path as far as the YAML text has it; see [`deepest_in_json`](super::deepest_in_json).
pub fn deepest_in_yaml(text: &str, record_offset: usize, path: &[Step<'_>]) -> Option<Reached> {
    deepest_in_tree(&parse(text, &Limits::default()), record_offset, path)
}

/// Finds a field of the record that begins at `record_offset` of the text the tree was read from.
///
/// A path that leads through an alias goes on where its anchor stands; a path that ends at an alias
/// finds the alias.
pub fn in_tree(tree: &Parsed<'_>, record_offset: usize, path: &[Step<'_>]) -> Option<Found> {
    deepest_in_tree(tree, record_offset, path)?.complete(path)
}

/// Follows a path as far as the tree has it; see [`deepest_in_json`](super::deepest_in_json).
pub fn deepest_in_tree(
    tree: &Parsed<'_>,
    record_offset: usize,
    path: &[Step<'_>],
) -> Option<Reached> {
    let mut node = tree.node_at(record_offset)?;
    let mut key = None;
    let mut steps = 0;
    for step in path {
        match (step, node.kind()) {
            (Step::Key { name, nth }, Kind::Mapping) => {
                let mut named = node.entries().filter(|(key, _)| key.text() == Some(name));
                let Some((key_node, value)) = named.nth(*nth) else {
                    break;
                };
                key = Some(key_node.span());
                node = value;
            }
            (Step::Index(index), Kind::Sequence) => {
                let Some(item) = node.items().nth(*index) else {
                    break;
                };
                key = None;
                node = item;
            }
            (Step::Index(0), _) => {}
            _ => break,
        }
        steps += 1;
    }
    Some(Reached {
        steps,
        found: Found {
            key,
            value: node.span(),
            form: form(node),
        },
    })
}

fn form(node: NodeRef<'_>) -> Form {
    match node.style() {
        _ if node.is_alias() => Form::Other,
        Some(Style::Plain) => Form::Plain,
        Some(Style::SingleQuoted) => Form::SingleQuoted,
        Some(Style::DoubleQuoted) => Form::DoubleQuoted,
        Some(Style::Block) | None => Form::Other,
    }
}
