//! JSON Lines: one record a line.

use serde_json::Value;

use super::json;
use super::step::{Candidates, Insertion};
use crate::pieces::Replacement;
use annals_load::WrittenRecord;
use annals_model::RecordKind;

/// Puts a record in after the last line of its kind; without one, at the end.
pub(super) fn insert(text: &str, records: &[WrittenRecord], new: &Insertion<'_>) -> Candidates {
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut of_kind = records.iter().filter(|one| one.kind == new.kind);
    let last_of_kind = of_kind.next_back();
    let other = last_of_kind.or(records.last()).map(|one| one.offset);
    let line = json::line(new, text, other);
    let Some(after) = last_of_kind else {
        return vec![vec![at_the_end(text, &line, line_break)]];
    };
    let rest = &text[after.offset..];
    match rest.find('\n') {
        Some(end) => {
            let at = after.offset + end + 1;
            vec![vec![Replacement::insertion(
                at,
                format!("{line}{line_break}"),
            )]]
        }
        None => vec![vec![at_the_end(text, &line, line_break)]],
    }
}

fn at_the_end(text: &str, line: &str, line_break: &str) -> Replacement {
    let is_begun = !matches!(text, "" | "\u{feff}") && !text.ends_with('\n');
    let new = if is_begun {
        format!("{line_break}{line}")
    } else {
        format!("{line}{line_break}")
    };
    Replacement::insertion(text.len(), new)
}

/// Gives a field of a record a value; null takes the field out.
pub(super) fn put(
    text: &str,
    offset: usize,
    kind: RecordKind,
    field: &str,
    value: &Value,
) -> Result<Candidates, String> {
    json::put(text, offset, kind, field, value)
}

/// Takes the line of a record out.
pub(super) fn remove(text: &str, offset: usize) -> Candidates {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let start = start.max(mark);
    let end = text[offset..]
        .find('\n')
        .map_or(text.len(), |at| offset + at + 1);
    // The last line without a break takes the break before it along.
    let start = if end == text.len() && !text.ends_with('\n') && start > 0 {
        text[..start].trim_end_matches(['\n', '\r']).len()
    } else {
        start
    };
    vec![vec![Replacement::new(start..end, "")]]
}
