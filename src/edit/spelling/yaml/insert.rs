//! A new record in the list of its kind.

use serde_json::Value;

use super::place::{self, List, ODD, has_empty_line};
use crate::canonical;
use crate::lines;
use crate::pieces::Replacement;
use crate::spelling::step::{Candidates, Insertion};
use annals_export::facts::yaml;
use annals_load::yaml::{Kind, NodeRef, Parsed};
use annals_model::RecordKind;

/// How wide a record on one line may be.
const WIDTH: usize = 100;

/// Puts a record into the list of its kind.
pub(in crate::spelling) fn insert(text: &str, new: &Insertion<'_>) -> Result<Candidates, String> {
    let tree = super::tree(text)?;
    let mut lists: Vec<List<'_>> = place::lists(&tree)
        .filter(|list| list.is_of(new.kind))
        .collect();
    let has_it = |list: &List<'_>| {
        let mut items = list.items.iter();
        items.any(|item| Some(item.offset()) == new.after)
    };
    let which = lists.iter().position(has_it).or(lists.len().checked_sub(1));
    let Some(which) = which else {
        return Ok(new_list(text, &tree, new));
    };
    let list = lists.swap_remove(which);
    match list.value.kind() {
        Kind::Sequence if list.items.is_empty() => in_empty_list(text, &tree, &list, new),
        Kind::Sequence if list.is_flow(text) => Ok(in_flow_list(text, &list, new)),
        Kind::Sequence => in_block_list(text, &list, new),
        Kind::Null => in_empty_list(text, &tree, &list, new),
        Kind::Mapping | Kind::Text => Err(format!(
            "its {} are not in a list; put a dash before what stands there first",
            new.kind.plural()
        )),
    }
}

fn place_in(list: &List<'_>, new: &Insertion<'_>) -> usize {
    let is_it = |item: &NodeRef<'_>| Some(item.offset()) == new.after;
    let place = list.items.iter().position(is_it);
    place.unwrap_or(list.items.len() - 1)
}

fn in_flow_list(text: &str, list: &List<'_>, new: &Insertion<'_>) -> Candidates {
    let (after, last) = (place_in(list, new), list.items.len() - 1);
    let candidate = |after: usize| {
        let record = on_one_line(list.items[after], text, new);
        list.brackets(text).insert(Some(after), &record)
    };
    vec![candidate(after), candidate(last)]
}

/// The fields of the new record in the order of another.
fn ordered_as(other: NodeRef<'_>, new: &Insertion<'_>) -> serde_json::Map<String, Value> {
    let names = other.entries().filter_map(|(key, _)| key.text());
    let names: Vec<String> = names.map(str::to_owned).collect();
    canonical::ordered(new.fields, &names)
}

/// The record between braces; an order in the short form, where the other has that.
fn on_one_line(other: NodeRef<'_>, text: &str, new: &Insertion<'_>) -> String {
    let fields = new.fields;
    if new.kind == RecordKind::Order && text[other.offset()..].starts_with('[') && fields.len() == 3
    {
        let parts = ["first", "relation", "second"].map(|name| fields.get(name));
        if let [Some(first), Some(relation), Some(second)] = parts {
            let parts = [first, relation, second].map(|part| yaml::flow_value("first", part));
            return format!("[{}]", parts.join(", "));
        }
    }
    yaml::flow_record(&ordered_as(other, new))
}

fn in_block_list(text: &str, list: &List<'_>, new: &Insertion<'_>) -> Result<Candidates, String> {
    let (after, last) = (place_in(list, new), list.items.len() - 1);
    let mut candidates = Vec::new();
    for after in [after, last] {
        let item = list.items[after];
        let dash = list.dash(text, after).ok_or(ODD)?;
        let column = lines::column(text, dash);
        let content = lines::column(text, item.offset());
        let on_its_line = lines::start(text, dash) == lines::start(text, item.offset());
        let is_plain = on_its_line && text[dash + 1..item.offset()].trim().is_empty();
        let content = if is_plain { content } else { column + 2 };
        let lines = item_lines(text, item, column, content, new);
        let Some(at) = place::after(text, item.span().end, column) else {
            continue;
        };
        let is_spaced = list.is_spaced(text);
        for at in [at, place::after_empty_lines(text, at)] {
            let is_apart = is_spaced && !text[..at].trim_end_matches([' ', '\t']).ends_with("\n\n");
            let lines = if is_apart {
                format!("\n{lines}")
            } else {
                lines.clone()
            };
            let lines = lines::put_in(text, at, &lines);
            candidates.push(vec![Replacement::insertion(at, lines)]);
        }
    }
    Ok(candidates)
}

/// The lines of the new item, in the style of another.
fn item_lines(
    text: &str,
    other: NodeRef<'_>,
    column: usize,
    content: usize,
    new: &Insertion<'_>,
) -> String {
    if place::is_flow(text, other) {
        let record = on_one_line(other, text, new);
        let widest = text[other.span()]
            .lines()
            .map(|line| line.chars().count())
            .max();
        let widest = widest.unwrap_or(0) + content;
        if content + record.chars().count() <= WIDTH.max(widest) {
            let gap = " ".repeat(content.saturating_sub(column + 1).max(1));
            return format!("{}-{gap}{record}\n", " ".repeat(column));
        }
    }
    yaml::item(&ordered_as(other, new), column, content)
}

/// In which column the dashes of a new list stand, where the keys of its mapping stand in `key`.
fn column_of_dashes(text: &str, tree: &Parsed<'_>, key: usize) -> usize {
    let others = place::lists(tree).filter(|list| !list.items.is_empty() && !list.is_flow(text));
    let dashes = others.filter_map(|list| list.dash(text, 0));
    let column = dashes.map(|dash| lines::column(text, dash)).next();
    column.filter(|column| *column >= key).unwrap_or(key + 2)
}

/// The lines of a first item.
fn first_item(text: &str, tree: &Parsed<'_>, key: usize, new: &Insertion<'_>) -> String {
    let column = column_of_dashes(text, tree, key);
    let others = place::lists(tree).filter(|list| !list.is_flow(text));
    let others: Vec<NodeRef<'_>> = others.flat_map(|list| list.items).collect();
    let is_long = matches!(new.kind, RecordKind::Document | RecordKind::Claim);
    let is_usual = others.is_empty() || others.iter().any(|item| place::is_flow(text, *item));
    let short = is_usual && !is_long;
    if short {
        let record = yaml::flow_record(new.fields);
        if column + 2 + record.chars().count() <= WIDTH {
            return format!("{}- {record}\n", " ".repeat(column));
        }
    }
    yaml::item(new.fields, column, column + 2)
}

/// Puts a first record into a list that has none.
fn in_empty_list(
    text: &str,
    tree: &Parsed<'_>,
    list: &List<'_>,
    new: &Insertion<'_>,
) -> Result<Candidates, String> {
    let is_root_flow = place::is_flow(text, list.root);
    let between = || {
        text[list.value.span()]
            .trim_matches(['[', ']'])
            .trim()
            .is_empty()
    };
    let record = yaml::flow_record(new.fields);
    let end = place::end_of_entry(text, list.key, list.value);
    if is_root_flow || (list.is_flow(text) && list.value.kind() == Kind::Sequence && !between()) {
        if list.is_flow(text) {
            return Ok(vec![list.brackets(text).insert(None, &record)]);
        }
        let range = list.value.span();
        return Ok(vec![vec![Replacement::new(range, format!(" [{record}]"))]]);
    }
    let colon = text[list.key.span().end..].find(':').ok_or(ODD)? + list.key.span().end + 1;
    let column = lines::column(text, list.key.offset());
    let at = lines::next(text, end);
    let lines = first_item(text, tree, column, new);
    let lines = lines::put_in(text, at, &lines);
    let mut all = Vec::new();
    if !text[colon..end].trim().is_empty() {
        all.push(Replacement::new(colon..end, ""));
    }
    all.push(Replacement::insertion(at, lines));
    Ok(vec![all])
}

/// Puts a list of the kind at the end of the last document.
fn new_list(text: &str, tree: &Parsed<'_>, new: &Insertion<'_>) -> Candidates {
    let roots: Vec<NodeRef<'_>> = tree.documents().collect();
    let root = roots.iter().rev().find(|root| root.kind() == Kind::Mapping);
    let Some(root) = root else {
        let lines = format!(
            "annals: 1\n\n{}:\n{}",
            new.kind.plural(),
            yaml::item(new.fields, 2, 4)
        );
        let lines = lines::put_in(text, text.len(), &lines);
        return vec![vec![Replacement::insertion(text.len(), lines)]];
    };
    let entries: Vec<_> = root.entries().collect();
    if place::is_flow(text, *root) {
        let entry = format!("{}: [{}]", new.kind.plural(), yaml::flow_record(new.fields));
        let brackets = place::brackets(text, *root);
        return vec![brackets.insert(entries.len().checked_sub(1), &entry)];
    }
    let Some((key, value)) = entries.last() else {
        return Vec::new();
    };
    let column = lines::column(text, key.offset());
    let spaced = entries.windows(2).filter(|pair| {
        let end = place::end_of_entry(text, pair[0].0, pair[0].1);
        has_empty_line(&text[end..pair[1].0.offset().max(end)])
    });
    let apart = if spaced.count() > 0 || entries.len() < 3 {
        "\n"
    } else {
        ""
    };
    let indent = " ".repeat(column);
    let item = first_item(text, tree, column, new);
    let lines = format!("{apart}{indent}{}:\n{item}", new.kind.plural());
    let end = place::end_of_entry(text, *key, *value);
    let Some(at) = place::after(text, end, column) else {
        return Vec::new();
    };
    let each = [at, place::after_empty_lines(text, at)];
    each.into_iter()
        .map(|at| vec![Replacement::insertion(at, lines::put_in(text, at, &lines))])
        .collect()
}
