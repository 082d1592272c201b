//! A field of a record: another value, a new one, or none.

use std::ops::Range;

use serde_json::{Map, Value};

use super::place::{self, ODD};
use crate::lines;
use crate::pieces::Replacement;
use crate::spelling::differences::{Difference, difference};
use crate::spelling::step::Candidates;
use annals_export::facts::yaml;
use annals_load::yaml::{Kind, NodeRef, Style};
use annals_model::RecordKind;

/// How wide an item on one line may be.
const WIDTH: usize = 100;

/// Gives a field of a record a value; null takes the field out.
pub(in crate::spelling) fn put(
    text: &str,
    offset: usize,
    kind: RecordKind,
    field: &str,
    value: &Value,
) -> Result<Candidates, String> {
    let tree = super::tree(text)?;
    let record = tree
        .node_at(offset)
        .ok_or("the record cannot be found in it")?;
    if record.is_alias() {
        return Err("the record is an alias of another; change that one".to_owned());
    }
    if kind == RecordKind::Order && record.kind() == Kind::Sequence {
        return short_order(text, record, field, value);
    }
    if record.kind() != Kind::Mapping {
        return Err(ODD.to_owned());
    }
    let entries: Vec<_> = record.entries().collect();
    let place = entries
        .iter()
        .position(|(key, _)| key.text() == Some(field));
    let is_flow = place::is_flow(text, record);
    match place {
        None if value.is_null() => Ok(vec![Vec::new()]),
        None if is_flow => Ok(new_in_flow(text, record, field, value)),
        None => new_in_block(text, &entries, field, value),
        Some(nth) if value.is_null() => taken_out(text, record, &entries, nth, is_flow),
        Some(nth) => {
            let (key, old) = entries[nth];
            Ok(other_value(text, key, old, (field, value), is_flow))
        }
    }
}

fn new_in_flow(text: &str, record: NodeRef<'_>, field: &str, value: &Value) -> Candidates {
    let brackets = place::brackets(text, record);
    let entry = format!("{}: {}", yaml::key(field), yaml::flow_value(field, value));
    let last = brackets.items.len().checked_sub(1);
    vec![brackets.insert(last, &entry)]
}

fn new_in_block(
    text: &str,
    entries: &[(NodeRef<'_>, NodeRef<'_>)],
    field: &str,
    value: &Value,
) -> Result<Candidates, String> {
    let (key, last) = entries.last().ok_or(ODD)?;
    let column = lines::column(text, key.offset());
    let indent = " ".repeat(column);
    let entry = yaml::entry(field, value, column);
    let lines = format!("{indent}{entry}");
    let end = place::end_of_entry(text, *key, *last);
    // What is indented as the keys are, or deeper, is still of this record.
    let at = place::after(text, end, column.saturating_sub(1)).ok_or(ODD)?;
    let each = [at, place::after_empty_lines(text, at)];
    let candidates = each
        .into_iter()
        .map(|at| vec![Replacement::insertion(at, lines::put_in(text, at, &lines))]);
    Ok(candidates.collect())
}

fn taken_out(
    text: &str,
    record: NodeRef<'_>,
    entries: &[(NodeRef<'_>, NodeRef<'_>)],
    nth: usize,
    is_flow: bool,
) -> Result<Candidates, String> {
    if is_flow {
        return Ok(vec![place::brackets(text, record).remove(nth)]);
    }
    let (key, value) = entries[nth];
    if lines::is_first(text, key.offset()) {
        let start = lines::start(text, key.offset());
        let end = lines::next(text, place::end_of_entry(text, key, value));
        let range = super::whole_lines(text, start, end);
        return Ok(vec![vec![Replacement::new(range, "")]]);
    }
    // The first stands behind its dash: the next one takes its place.
    let next = entries
        .get(nth + 1)
        .ok_or("it is the only field of the record")?;
    let range = key.offset()..next.0.offset();
    Ok(vec![vec![Replacement::new(range, "")]])
}

/// Another value for a field that is there.
fn other_value(
    text: &str,
    key: NodeRef<'_>,
    old: NodeRef<'_>,
    (field, value): (&str, &Value),
    is_flow: bool,
) -> Candidates {
    let mut candidates = Vec::new();
    if !old.is_alias()
        && old.kind() == Kind::Sequence
        && let Value::Array(new) = value
    {
        candidates.extend(other_items(text, old, field, new));
    }
    let line = yaml::flow_value(field, value);
    let after = key.span().end + text[key.span().end..].find(':').map_or(0, |at| at + 1);
    let span = old.span();
    if old.kind() == Kind::Null && span.is_empty() {
        candidates.push(vec![Replacement::insertion(after, format!(" {line}"))]);
        return candidates;
    }
    let starts_here = !text[after..span.start].contains(['\n', '\r']);
    let is_block_text = !old.is_alias() && old.style() == Some(Style::Block);
    if is_flow || (starts_here && !is_block_text && text[span.clone()].lines().count() < 2) {
        if !is_flow {
            candidates.extend(in_block(text, key, (after, span.end), (field, value), &[]));
        }
        candidates.push(vec![Replacement::new(span, line)]);
        return candidates;
    }
    let comments = comments(text, after..span.end, old);
    candidates.extend(in_block(
        text,
        key,
        (after, span.end),
        (field, value),
        &comments,
    ));
    candidates
}

/// The value as it would be written in a block, in place of what stands between the colon and the end of
/// the old value. Comments that stood in between follow on lines of their own.
fn in_block(
    text: &str,
    key: NodeRef<'_>,
    (after, end): (usize, usize),
    (field, value): (&str, &Value),
    comments: &[&str],
) -> Candidates {
    let column = lines::column(text, key.offset());
    let entry = yaml::entry(field, value, column);
    let written = yaml::key(field).len() + 1;
    let whole = entry
        .get(written..)
        .unwrap_or_default()
        .trim_end_matches('\n');
    let line = format!(" {}", yaml::flow_value(field, value));
    let mut own = String::new();
    for comment in comments {
        own.push_str(&format!("\n{}{comment}", " ".repeat(column)));
    }
    // White space between colon and value that is more than one space is somebody's layout.
    let gap = &text[after..];
    let gap = &gap[..gap.len() - gap.trim_start_matches([' ', '\t']).len()];
    let mut candidates = Vec::new();
    for new in [whole, line.as_str()] {
        let spaced = match new.strip_prefix(' ') {
            Some(rest) if !gap.is_empty() => format!("{gap}{rest}"),
            _ => new.to_owned(),
        };
        let new = lines::broken_as(&format!("{spaced}{own}"), lines::break_of(text));
        candidates.push(vec![Replacement::new(after..end, new)]);
    }
    // A value of several lines stays out of a line that has a comment behind it.
    candidates.sort_by_key(|one: &Vec<Replacement>| {
        let rest = text[end..lines::end(text, end)].trim_start();
        rest.starts_with('#') && one[0].text.contains('\n')
    });
    candidates
}

/// The comments that stand between the values of a node.
fn comments<'t>(text: &'t str, range: Range<usize>, node: NodeRef<'_>) -> Vec<&'t str> {
    let mut leaves = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if node.is_alias() {
            continue;
        }
        open.extend(node.items());
        open.extend(node.entries().flat_map(|(key, value)| [key, value]));
        if matches!(node.kind(), Kind::Text) {
            leaves.push(node.span());
        }
    }
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(next) = text[at..range.end].find('#').map(|next| at + next) {
        at = next + 1;
        let is_in = leaves.iter().any(|leaf| leaf.contains(&next));
        let is_begun = text[..next].ends_with([' ', '\t', '\n', '\r']);
        if !is_in && is_begun {
            let end = lines::end(text, next);
            found.push(text[next..end].trim_end());
            at = end.min(range.end);
        }
    }
    found
}

/// Another item in a list, one more, one less.
fn other_items(text: &str, list: NodeRef<'_>, field: &str, new: &[Value]) -> Candidates {
    let items: Vec<NodeRef<'_>> = list.items().collect();
    let old: Vec<Value> = items.iter().map(|item| json(*item)).collect();
    let is_flow = place::is_flow(text, list);
    let change = match difference(&old, new) {
        Difference::Insert { after, items: more } => {
            if is_flow {
                let brackets = place::brackets(text, list);
                let separator = format!(",{}", brackets.separator(after));
                let more = more.iter().map(|item| yaml::flow_value(field, item));
                let joined = more.collect::<Vec<_>>().join(&separator);
                Some(brackets.insert(Some(after), &joined))
            } else {
                in_block_list(text, list, &items, after, (field, more))
            }
        }
        Difference::Remove(nth) if is_flow => Some(place::brackets(text, list).remove(nth)),
        Difference::Remove(nth) => place::dash(text, list, &items, nth).and_then(|dash| {
            let end = super::end_of_lines(text, items[nth])?;
            let range = super::whole_lines(text, lines::start(text, dash), end);
            Some(vec![Replacement::new(range, "")])
        }),
        Difference::Change(nth, new) => {
            let item = items[nth];
            let plain = item.is_alias() || item.style() != Some(Style::Block);
            let line = !text[item.span()].contains(['\n', '\r']);
            (plain && line).then(|| {
                let new = yaml::flow_value(field, new);
                vec![Replacement::new(item.span(), new)]
            })
        }
        Difference::Other => None,
    };
    change.into_iter().collect()
}

fn in_block_list(
    text: &str,
    list: NodeRef<'_>,
    items: &[NodeRef<'_>],
    after: usize,
    (field, more): (&str, &[Value]),
) -> Option<Vec<Replacement>> {
    let dash = place::dash(text, list, items, after)?;
    let column = lines::column(text, dash);
    let at = place::after(text, items[after].span().end, column)?;
    let mut lines = String::new();
    for item in more {
        let flow = yaml::flow_value(field, item);
        match item {
            Value::Object(fields) if column + 2 + flow.chars().count() > WIDTH => {
                lines.push_str(&yaml::item(fields, column, column + 2));
            }
            _ => lines.push_str(&format!("{}- {flow}\n", " ".repeat(column))),
        }
    }
    let lines = lines::put_in(text, at, &lines);
    Some(vec![Replacement::insertion(at, lines)])
}

/// A value as JSON, for comparing.
fn json(node: NodeRef<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Text => node.text().unwrap_or_default().into(),
        Kind::Sequence => node.items().map(json).collect(),
        Kind::Mapping => {
            let entries = node.entries();
            let each =
                entries.filter_map(|(key, value)| Some((key.text()?.to_owned(), json(value))));
            Value::Object(each.collect())
        }
    }
}

/// A field of an order that is written as a list of three.
fn short_order(
    text: &str,
    record: NodeRef<'_>,
    field: &str,
    value: &Value,
) -> Result<Candidates, String> {
    let names = ["first", "relation", "second"];
    let parts: Vec<NodeRef<'_>> = record.items().collect();
    if parts.len() != names.len() || !place::is_flow(text, record) {
        return Err(ODD.to_owned());
    }
    if let Some(nth) = names.iter().position(|name| *name == field)
        && !value.is_null()
    {
        let new = yaml::flow_value(field, value);
        return Ok(vec![vec![Replacement::new(parts[nth].span(), new)]]);
    }
    let mut fields = Map::new();
    for (name, part) in names.iter().zip(&parts) {
        fields.insert((*name).to_owned(), json(*part));
    }
    if value.is_null() {
        fields.shift_remove(field);
    } else {
        fields.insert(field.to_owned(), value.clone());
    }
    let new = yaml::flow_record(&fields);
    Ok(vec![vec![Replacement::new(record.span(), new)]])
}
