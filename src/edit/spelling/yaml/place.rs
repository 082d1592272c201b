//! Where things stand in a text of YAML.

use std::ops::Range;

use crate::lines;
use crate::spelling::brackets::Brackets;
use annals_load::yaml::{Kind, NodeRef, Parsed};
use annals_model::{RecordKind, Vocabulary as _};

/// What is said of a place that is written in an unusual way.
pub(super) const ODD: &str =
    "it is written there in a way that cannot be changed without touching more";

/// A list of records.
pub(super) struct List<'t> {
    pub(super) key: NodeRef<'t>,
    pub(super) value: NodeRef<'t>,
    pub(super) items: Vec<NodeRef<'t>>,
    /// The mapping in which it stands.
    pub(super) root: NodeRef<'t>,
}

/// The lists of records of all documents of a text.
pub(super) fn lists<'t>(tree: &'t Parsed<'_>) -> impl Iterator<Item = List<'t>> {
    tree.documents().flat_map(|root| {
        root.entries().filter_map(move |(key, value)| {
            let name = key.text()?;
            let is_list = RecordKind::ALL.iter().any(|kind| kind.plural() == name);
            (is_list && !value.is_alias()).then(|| List {
                key,
                value,
                items: value.items().collect(),
                root,
            })
        })
    })
}

impl List<'_> {
    /// Whether it is the list of a kind.
    pub(super) fn is_of(&self, kind: RecordKind) -> bool {
        self.key.text() == Some(kind.plural())
    }

    /// Whether it stands between brackets.
    pub(super) fn is_flow(&self, text: &str) -> bool {
        text[self.value.offset()..].starts_with('[')
    }

    /// It between its brackets.
    pub(super) fn brackets<'a>(&self, text: &'a str) -> Brackets<'a> {
        brackets(text, self.value)
    }

    /// The dash of an item of a block.
    pub(super) fn dash(&self, text: &str, nth: usize) -> Option<usize> {
        dash(text, self.value, &self.items, nth)
    }

    /// Whether its items, or most of them, have an empty line between them.
    pub(super) fn is_spaced(&self, text: &str) -> bool {
        let pairs = self.items.windows(2);
        let spaced = pairs.filter(|pair| {
            let between = &text[pair[0].span().end..pair[1].offset()];
            has_empty_line(between)
        });
        let spaced = spaced.count();
        spaced > 0 && spaced * 2 >= self.items.len() - 1
    }
}

/// The dash of an item of a block list.
pub(super) fn dash(
    text: &str,
    list: NodeRef<'_>,
    items: &[NodeRef<'_>],
    nth: usize,
) -> Option<usize> {
    let item = items.get(nth)?.offset();
    let mut at = match nth.checked_sub(1) {
        Some(before) => items[before].span().end,
        None => list.offset(),
    };
    let bytes = text.as_bytes();
    while at < item {
        match bytes[at] {
            b'-' => return lines::is_first(text, at).then_some(at),
            b'#' => at = lines::end(text, at),
            _ => at += 1,
        }
    }
    None
}

/// Whether an empty line stands somewhere.
pub(super) fn has_empty_line(between: &str) -> bool {
    let mut lines = between.split('\n').skip(1).peekable();
    while let Some(line) = lines.next() {
        // The last piece is the beginning of a line that goes on.
        if lines.peek().is_some() && line.trim().is_empty() {
            return true;
        }
    }
    false
}

/// A list or a mapping between its brackets.
pub(super) fn brackets<'a>(text: &'a str, node: NodeRef<'_>) -> Brackets<'a> {
    let items: Vec<Range<usize>> = match node.kind() {
        Kind::Mapping => node
            .entries()
            .map(|(key, value)| key.offset()..value.span().end.max(key.span().end))
            .collect(),
        _ => node.items().map(NodeRef::span).collect(),
    };
    Brackets {
        text,
        whole: node.span(),
        items,
        gap: " ",
        has_comments: true,
    }
}

/// Whether a value stands between brackets or braces.
pub(super) fn is_flow(text: &str, node: NodeRef<'_>) -> bool {
    text[node.offset()..].starts_with(['{', '['])
}

/// Where something can be put in after a value of a block: at the beginning of the line after it, and
/// after the comments that are indented deeper than `column`, which are its own.
pub(super) fn after(text: &str, end: usize, column: usize) -> Option<usize> {
    let line = &text[end..lines::end(text, end)];
    let rest = line.trim_start();
    if !rest.is_empty() && !rest.starts_with('#') {
        return None;
    }
    let mut at = lines::next(text, end);
    while at < text.len() {
        let line = &text[at..lines::end(text, at)];
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !line[indent..].starts_with('#') || indent <= column {
            break;
        }
        at = lines::next(text, at);
    }
    Some(at)
}

/// After all empty lines from there on: what keeps its last line breaks (`|+`) has them.
pub(super) fn after_empty_lines(text: &str, at: usize) -> usize {
    let mut at = at;
    while at < text.len() && text[at..lines::end(text, at)].trim().is_empty() {
        at = lines::next(text, at);
    }
    at
}

/// The end of an entry: of its value, or of its colon where there is none.
pub(super) fn end_of_entry(text: &str, key: NodeRef<'_>, value: NodeRef<'_>) -> usize {
    let colon = text[key.span().end..].find(':');
    let colon = colon.map_or(key.span().end, |at| key.span().end + at + 1);
    value.span().end.max(colon)
}
