//! Facts in YAML: block and flow, whatever the indentation. Nothing is printed again: what is new is put
//! between what stands there.

mod insert;
mod place;
mod put;

use super::step::Candidates;
use crate::lines;
use crate::pieces::Replacement;
use annals_load::yaml::{Limits, NodeRef, Parsed, parse};

pub(super) use insert::insert;
pub(super) use put::put;

/// The tree of a text that can be read.
fn tree(text: &str) -> Result<Parsed<'_>, String> {
    let tree = parse(text, &Limits::default());
    match tree.faults().iter().find(|fault| fault.kind.is_fatal()) {
        Some(fault) => Err(fault.words.clone()),
        None => Ok(tree),
    }
}

/// Takes a record out of its list.
pub(super) fn remove(text: &str, offset: usize) -> Result<Candidates, String> {
    let tree = tree(text)?;
    let found = place::lists(&tree).find_map(|list| {
        let nth = list.items.iter().position(|item| item.offset() == offset)?;
        Some((list, nth))
    });
    let (list, nth) = found.ok_or("the record does not stand in a list")?;
    if list.is_flow(text) {
        return Ok(vec![list.brackets(text).remove(nth)]);
    }
    let dash = list.dash(text, nth).ok_or(place::ODD)?;
    let (start, end) = (
        lines::start(text, dash),
        end_of_lines(text, list.items[nth]),
    );
    let end = end.ok_or(place::ODD)?;
    let range = whole_lines(text, start, end);
    Ok(vec![vec![Replacement::new(range, "")]])
}

/// Lines to be taken out; the last of a text without a break at its end takes the one before along.
fn whole_lines(text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let ends_open = end == text.len() && !text.ends_with(['\n', '\r']);
    if !ends_open || start == 0 {
        return start..end;
    }
    let before = &text[..start];
    let before = before.strip_suffix('\n').unwrap_or(before);
    let before = before.strip_suffix('\r').unwrap_or(before);
    before.len()..end
}

/// Where the line after a value begins; nothing where something else than a comment stands behind it.
fn end_of_lines(text: &str, value: NodeRef<'_>) -> Option<usize> {
    let end = value.span().end;
    let rest = text[end..lines::end(text, end)].trim_start();
    (rest.is_empty() || rest.starts_with('#')).then(|| lines::next(text, end))
}
