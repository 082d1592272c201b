//! Page labels: how a PDF counts its pages (ISO 32000-1, 12.4.2).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use super::words;
use crate::pages::Style;

/// The most nodes of the tree of labels that are read.
const MOST: usize = 10_000;

/// The labels of so many pages: as the file gives them, else their numbers.
pub(super) fn labels(document: &Document, count: usize) -> Vec<String> {
    let mut ranges = BTreeMap::new();
    let tree = document
        .catalog()
        .and_then(|catalog| catalog.get_deref(b"PageLabels", document));
    if let Ok(tree) = tree.and_then(Object::as_dict) {
        read(document, tree, &mut ranges);
    }
    let mut labels = Vec::with_capacity(count);
    let mut range = (Style::Decimal, String::new(), 1);
    for page in 0..count {
        if let Some(next) = ranges.remove(&page) {
            range = next;
        }
        let (style, prefix, number) = &mut range;
        let label = format!("{prefix}{}", style.write(*number));
        labels.push(if label.is_empty() {
            (page + 1).to_string()
        } else {
            label
        });
        *number = number.saturating_add(1);
    }
    labels
}

type Ranges = BTreeMap<usize, (Style, String, u32)>;

fn read(document: &Document, tree: &Dictionary, ranges: &mut Ranges) {
    let mut open = vec![tree];
    let mut seen = 0;
    while let Some(node) = open.pop() {
        seen += 1;
        if seen > MOST {
            return;
        }
        let list = |key: &[u8]| node.get_deref(key, document).and_then(Object::as_array);
        for kid in list(b"Kids").into_iter().flatten().take(MOST) {
            if let Ok(kid) = document.dereference(kid).and_then(|(_, kid)| kid.as_dict()) {
                open.push(kid);
            }
        }
        for pair in list(b"Nums")
            .map(Vec::as_slice)
            .unwrap_or_default()
            .chunks_exact(2)
        {
            let page = pair[0]
                .as_i64()
                .ok()
                .and_then(|page| usize::try_from(page).ok());
            let range = document
                .dereference(&pair[1])
                .and_then(|(_, range)| range.as_dict());
            if let (Some(page), Ok(range)) = (page, range) {
                ranges.insert(page, label(document, range));
            }
        }
    }
}

fn label(document: &Document, range: &Dictionary) -> (Style, String, u32) {
    /// No prefix is longer.
    const LONGEST: usize = 50;
    let style = match range.get_deref(b"S", document).and_then(Object::as_name) {
        Ok(b"D") => Style::Decimal,
        Ok(b"R") => Style::Roman,
        Ok(b"r") => Style::SmallRoman,
        Ok(b"A") => Style::Letters,
        Ok(b"a") => Style::SmallLetters,
        _ => Style::Nothing,
    };
    let prefix = range
        .get_deref(b"P", document)
        .and_then(Object::as_str)
        .map(words);
    let prefix = prefix.unwrap_or_default().chars().take(LONGEST).collect();
    let start = range.get_deref(b"St", document).and_then(Object::as_i64);
    (
        style,
        prefix,
        start
            .ok()
            .and_then(|start| u32::try_from(start).ok())
            .unwrap_or(1),
    )
}
