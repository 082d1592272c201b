//! Texts of YAML that end before they are meant to: at a comma within `{ }`, or at ` #`.
//!
//! `{quote: It costs 1, 400 people said so}` is a mapping with a key `400 people said so` that has no
//! value. No record is written so on purpose.

use super::slice::Slice;
use super::yaml::{Kind, NodeRef, Style};
use crate::faults::cut::{Cut, CutBy};
use crate::faults::other_words;
use annals_model::{
    DATE, EVIDENCE, IGNORE, PARTICIPANT, RETRACTION, RecordKind, STANCE, Vocabulary as _,
};

/// The scalar with what YAML takes for a comment after it, if there is something.
pub(crate) fn at_hash<'a>(slice: Slice<'a>, node: NodeRef<'a>) -> Option<Cut<'a>> {
    let span = node.span();
    let rest = slice.text.get(span.end..)?;
    let comment = rest.trim_start_matches([' ', '\t']);
    if comment.len() == rest.len() || !comment.starts_with('#') || node.is_alias() {
        return None;
    }
    let end = comment.find(['\n', '\r']).unwrap_or(comment.len());
    // Within brackets, what ends the value may stand in the comment.
    let comment = comment[..end].trim_end().trim_end_matches([',', '}', ']']);
    let end = span.end + (rest.len() - rest.trim_start_matches([' ', '\t']).len()) + comment.len();
    cut(slice, node, end, CutBy::Hash)
}

/// Takes the entries that are the rest of a text before them, and gives the text with them; `entries`
/// are those of a mapping after it.
pub(crate) fn at_comma<'a>(
    slice: Slice<'a>,
    node: NodeRef<'a>,
    entries: &mut std::iter::Peekable<impl Iterator<Item = (NodeRef<'a>, NodeRef<'a>)>>,
) -> Option<Cut<'a>> {
    let is_scalar = node.kind() == Kind::Text && !node.is_alias();
    if !is_scalar || node.style() == Some(Style::Block) {
        return None;
    }
    let is_prose = node.text()?.trim().contains(char::is_whitespace);
    let mut end = None;
    while let Some((key, value)) = entries.peek() {
        if key.style() != Some(Style::Plain) || key.is_alias() {
            break;
        }
        let name = key.text().unwrap_or_default();
        let is_rest = if stands_alone(slice.text, *key, *value) {
            is_prose || !is_field(name)
        } else {
            is_prose && is_sentence(name) && is_within_a_line(*value)
        };
        if !is_rest {
            break;
        }
        end = Some(key.span().end.max(value.span().end));
        entries.next();
    }
    cut(slice, node, end?, CutBy::Comma)
}

/// Whether this is a field of some record or object.
fn is_field(name: &str) -> bool {
    let parts = [
        &EVIDENCE,
        &STANCE,
        &PARTICIPANT,
        &RETRACTION,
        &IGNORE,
        &DATE,
    ];
    let mut kinds = RecordKind::ALL.iter();
    let mut of_parts = parts.iter().flat_map(|part| part.fields);
    kinds.any(|kind| kind.fields().any(|one| one.name == name))
        || of_parts.any(|one| one.name == name)
}

/// Whether a key has neither value nor colon.
fn stands_alone(text: &str, key: NodeRef<'_>, value: NodeRef<'_>) -> bool {
    let after = text.get(key.span().end..).unwrap_or_default();
    let after = after.trim_start();
    value.kind() == Kind::Null && value.span().is_empty() && after.starts_with([',', '}'])
}

/// Whether a key is no field that somebody might try, but words of a sentence.
fn is_sentence(name: &str) -> bool {
    name.split_whitespace().count() > 2 && !other_words::is_tried(name)
}

fn is_within_a_line(value: NodeRef<'_>) -> bool {
    matches!(value.kind(), Kind::Null | Kind::Text) && !value.is_alias()
}

fn cut<'a>(slice: Slice<'a>, node: NodeRef<'a>, end: usize, by: CutBy) -> Option<Cut<'a>> {
    let span = node.span();
    Some(Cut {
        read: node.text()?,
        whole: slice.text.get(span.start..end)?,
        bytes: slice.base + span.start..slice.base + end,
        kept: span.len(),
        by,
    })
}
