//! What a text that cannot be read says all the same: how many records it holds, and their ids. Others
//! refer to these, and are not at fault.

use crate::decode::block::Unread;
use annals_model::{RecordKind, Vocabulary};

/// What stands between the name of a field and its value, whatever the spelling and the slip.
const BETWEEN: [char; 9] = ['"', '\'', ' ', '\t', ':', '[', '{', '\n', '\r'];
/// What ends a value.
const ENDS: [char; 4] = [',', '}', ']', '\n'];
/// The longest id, in bytes.
const LONGEST: usize = 1000;

/// What a piece of a list of records holds; `least` records, if it does not show more.
pub(crate) fn unread(text: &str, kind: Option<RecordKind>, least: usize) -> Unread {
    let mut ids = Vec::new();
    // A text in which everything could be an id is not kept many times over.
    let mut room = 2 * text.len() + LONGEST;
    let records = values_of(text, "id", |value| {
        if room > 0 {
            let value = first(value);
            room = room.saturating_sub(value.len() + 1);
            ids.append(&mut meant(value));
        }
    });
    Unread {
        records: records.max(least),
        ids,
        kind,
    }
}

/// What a line of JSON Lines holds, which says its kind itself.
pub(crate) fn unread_line(text: &str) -> Unread {
    let mut kind = None;
    values_of(text, "type", |value| {
        if kind.is_some() {
            return;
        }
        let word: String = first(value)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        kind = RecordKind::parse(&word);
    });
    unread(text, kind, 1)
}

/// Hands over what begins with the value of each field of this name, and says how many fields there are.
fn values_of<'t>(text: &'t str, name: &str, mut take: impl FnMut(&'t str)) -> usize {
    let mut count = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), name.as_bytes()) {
        let (before, rest) = (&text[..at], &text[at + name.len()..]);
        let value = rest.trim_start_matches(BETWEEN);
        let between = &rest[..rest.len() - value.len()];
        if !is_field(before, between) {
            continue;
        }
        take(&value[..floor(value, 2 * LONGEST)]);
        count += 1;
    }
    count
}

/// The first value of a text.
fn first(text: &str) -> &str {
    &text[..text.find(ENDS).unwrap_or(text.len())]
}

/// The character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a word is the name of a field, by what stands before and after it.
fn is_field(before: &str, between: &str) -> bool {
    // A dash before it is that of an item that lost its space.
    let word = before.strip_suffix('-').unwrap_or(before);
    let within = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if word.ends_with(within) {
        return false;
    }
    between.contains([':', '"']) || !between.is_empty() && is_first(before)
}

/// Whether nothing but the beginning of an item stands before a word on its line.
fn is_first(before: &str) -> bool {
    const MOST: usize = 64;
    let begins = floor(before, before.len().saturating_sub(MOST));
    let few = &before[begins..];
    let line = match few.rfind('\n') {
        Some(end) => &few[end + 1..],
        None if begins == 0 => few,
        None => return false,
    };
    let marks = [' ', '\t', '-', '{', '"', '\''];
    line.trim_matches(marks).is_empty()
}

/// The ids that a value may be meant as: up to a quotation mark, up to a space, or without the marks in it.
fn meant(value: &str) -> Vec<String> {
    let quoted = value.split(['"', '\'']).next().unwrap_or("").trim();
    let word = quoted.split_whitespace().next().unwrap_or("");
    let word = word.trim_end_matches(':');
    let marks = ['"', '\'', '[', '{', '\t', '\r', ':'];
    let bare: String = value.chars().filter(|c| !marks.contains(c)).collect();
    let unescaped = quoted
        .contains('\\')
        .then(|| serde_json::from_str::<String>(&format!("\"{quoted}\"")).ok());
    let mut all = vec![word.to_owned(), quoted.to_owned(), bare.trim().to_owned()];
    all.extend(unescaped.flatten());
    all.retain(|id| (1..=LONGEST).contains(&id.len()));
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_ids(text: &str) -> Vec<String> {
        unread(text, None, 1).ids
    }

    #[test]
    fn ids_are_found_whatever_the_slip() {
        for text in [
            "  - id: solvang\n    name: \"Henrike",
            "  - {id: solvang, name: [Henrike}",
            "  - {id: \"solvang, name: Henrike}",
            "  -id: solvang\n    name: x",
            "  - id:solvang\n    name: x",
            "  - id solvang\n    name: x",
            "  - id: solvang    name: x",
            "  - id: solvang: \n    name: x",
            "\t- id: solvang # the mayor\n",
            "{\"id\": \"solvang\", \"name\": \"Hen",
            "{\"id\":\"solvang\",\"name\"",
            "{\"id: \"solvang\", \"name\": 1}",
            "{\"id\": \"solvang, \"name\": 1}",
            "{\"id\" \"solvang\", \"name\": 1}",
            "{\"id\": solvang\", \"name\": 1}",
            "{\"id\": \"solvang\" \"name\": 1}",
            "{\"id\": \"sol\"vang\", \"name\": 1}",
            "{\"id\": [\"solvang\", \"name\": 1}",
            "{\"id\": \"s\\u006flvang\", \"name\": 1",
            "\"name\": \"x\", \"id\": \"solvang\"}",
        ] {
            let found = unread(text, None, 1);
            assert!(found.ids.iter().any(|id| id == "solvang"), "{text}");
            assert_eq!(found.records, 1, "{text}");
        }
    }

    #[test]
    fn other_words_are_no_ids() {
        for text in [
            "  - {wikidata-id: x, x_id: y, valid: z, idea: w",
            "    note: the id of the house",
            "identity: x",
        ] {
            assert_eq!(first_ids(text), [""; 0], "{text}");
        }
        assert_eq!(unread("no id", None, 0).records, 0);
    }

    #[test]
    fn a_line_says_its_kind() {
        let line = unread_line("{\"type\": \"order\", \"first\": \"a\", \"second\"");
        assert_eq!((line.kind, line.records), (Some(RecordKind::Order), 1));
        let two = "{\"type\":\"actor\",\"id\":\"a\"}{\"type\":\"actor\",\"id\":\"b\"}";
        assert_eq!(unread_line(two).records, 2);
    }
}
