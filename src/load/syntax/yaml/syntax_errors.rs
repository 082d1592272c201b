//! Explains the parser's syntax errors in plain words, at the place that has to be corrected.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::phrases::{Extent, PUT_IN_QUOTES, phrase};
use super::{Fault, FaultKind, Limits};

/// What is wrong, from where to where, and what would mend it.
struct Account {
    span: Range<usize>,
    words: String,
    help: Option<String>,
}

/// The fault for an error of the parser. `last_scalar` is where the last scalar before it stands.
pub(super) fn fault(
    text: &str,
    error: &ScanError,
    last_scalar: Option<Range<usize>>,
    limits: &Limits,
) -> Fault {
    // The parser always knows byte offsets when it reads a `str`.
    let at = clamp(text, error.marker().byte_offset().map_or(0..0, |at| at..at)).start;
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return too_deep(text, at, limits.depth);
    }
    let hash = swallowed_by_hash(text, error.kind(), at, last_scalar.as_ref());
    let Account { span, words, help } =
        hash.unwrap_or_else(|| account(text, error.kind(), at, last_scalar));
    Fault {
        kind: FaultKind::Syntax,
        span: clamp(text, span),
        words,
        help,
        times: 1,
    }
}

pub(super) fn too_deep(text: &str, at: usize, depth: usize) -> Fault {
    Fault {
        kind: FaultKind::TooDeep,
        span: clamp(text, at..at + 1),
        words: format!("more than {depth} lists and mappings are nested here"),
        help: None,
        times: 1,
    }
}

/// The range within the text and widened to whole characters.
pub(super) fn clamp(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = range.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// From here to the last character of the line that is not blank.
pub(super) fn to_line_end(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let line = rest
        .split(['\n', '\r'])
        .next()
        .unwrap_or_default()
        .trim_end();
    at..at + line.len()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at]
        .rfind(['\n', '\r'])
        .map_or(0, |newline| newline + 1)
}

/// Whether nothing but blanks, and dashes of a list, stands before this byte on its line.
fn opens_line(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at]
        .bytes()
        .all(|b| matches!(b, b' ' | b'\t' | b'-'))
}

fn account(text: &str, kind: &ErrorKind, at: usize, last_scalar: Option<Range<usize>>) -> Account {
    use ErrorKind as E;
    let line = to_line_end(text, at);
    match kind {
        E::MappingValueNotAllowed => unexpected_colon(text, at, last_scalar),
        E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::ExpectedDocumentStart
        | E::InvalidIndentation
        | E::SimpleKeyExpected
        | E::InvalidSimpleKey
        | E::InvalidFlowScalarIndent
        | E::InvalidQuotedScalarIndent
        | E::InvalidBlockScalarIndent => misplaced_line(text, kind, at),
        E::UnclosedFlowCollection { open } => {
            let close = if *open == '{' { '}' } else { ']' };
            say(
                at..at + 1,
                format!("this {open} is never closed"),
                &format!("add {close}"),
            )
        }
        E::MismatchedFlowCollectionEnd { open, close } => {
            say(at..at + 1, format!("this {open} is closed by {close}"), "")
        }
        E::UnexpectedCharacter { character } => unexpected_character(text, at, *character),
        E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabNotAllowed
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => say(
            tabs(text, at),
            "there is a tab where YAML needs spaces",
            "indent with spaces only",
        ),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => bad_escape(text, kind, at),
        _ => {
            let Some(phrase) = phrase(kind) else {
                return say(line, format!("this is not YAML ({kind})"), "");
            };
            let to_the_end = phrase.extent == Extent::Line && !line.is_empty();
            say(
                if to_the_end { line } else { at..at + 1 },
                phrase.words,
                phrase.help,
            )
        }
    }
}

/// A bracket or comma that is missing because ` #` made a comment of it.
fn swallowed_by_hash(
    text: &str,
    kind: &ErrorKind,
    at: usize,
    last_scalar: Option<&Range<usize>>,
) -> Option<Account> {
    let hash = match kind {
        ErrorKind::UnclosedFlowCollection { .. } => comment_in(&text[to_line_end(text, at)])? + at,
        _ => {
            let scalar = last_scalar.filter(|scalar| scalar.end < at)?;
            let between = text.get(scalar.end..at)?;
            let comment = between.trim_start_matches([' ', '\t']);
            (comment.len() < between.len() && comment.starts_with('#'))
                .then_some(at - comment.len())?
        }
    };
    let comment = to_line_end(text, hash);
    let may_be_meant = text[comment.clone()].contains([',', '}', ']']);
    may_be_meant.then(|| {
        say(
            comment,
            "a # after a space begins a comment: what follows it on the line is not read",
            PUT_IN_QUOTES,
        )
    })
}

/// Where a comment begins on a line, outside of quotes.
fn comment_in(line: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (c, quote) {
            ('"' | '\'', None) if !before.is_alphanumeric() => quote = Some(c),
            (_, Some(open)) if c == open => quote = None,
            ('#', None) if matches!(before, ' ' | '\t') => return Some(at),
            _ => {}
        }
        before = c;
    }
    None
}

fn say(span: Range<usize>, words: impl Into<String>, help: &str) -> Account {
    let help = (!help.is_empty()).then(|| help.to_owned());
    Account {
        span,
        words: words.into(),
        help,
    }
}

/// A colon where no key may end: one within a text, one without its space, or a wrong indentation.
fn unexpected_colon(text: &str, at: usize, last_scalar: Option<Range<usize>>) -> Account {
    let stray = || {
        say(
            at..at + 1,
            "a string without quotes cannot contain a colon followed by a space",
            PUT_IN_QUOTES,
        )
    };
    let Some(scalar) = last_scalar.filter(|scalar| scalar.end <= at) else {
        return stray();
    };
    let written = &text[scalar.clone()];
    if !text[scalar.end..at].trim_matches([' ', '\t']).is_empty()
        || written.starts_with(['"', '\''])
    {
        return stray();
    }
    let Some(last_break) = written.rfind(['\n', '\r']) else {
        if written.len() > 1024 && opens_line(text, scalar.start) {
            return say(
                scalar,
                "a key of more than 1024 characters",
                "is a line break missing?",
            );
        }
        let help = "put the string in quotes; or begin a new line before the second key";
        return Account {
            help: Some(help.to_owned()),
            ..stray()
        };
    };
    if let Some(colon) = colon_without_space(written, opens_line(text, scalar.start)) {
        let colon = scalar.start + colon;
        return say(colon..colon + 1, "a space is missing after this colon", "");
    }
    let blank = written[last_break..].len() - written[last_break..].trim_start().len();
    let key = scalar.start + last_break + blank;
    if opens_line(text, scalar.start) {
        let line = to_line_end(text, scalar.start);
        return say(
            line,
            "a colon is missing after this key",
            "write key: value",
        );
    }
    say(
        to_line_end(text, key),
        "the indentation of this line makes it continue the string above it",
        "give it the indentation of the keys it belongs with; or put the string in quotes",
    )
}

/// The first `key:value` at the start of a line of a plain text: a colon after a word, and no space
/// after it. An address (`https://…`) is none.
fn colon_without_space(written: &str, first_line_too: bool) -> Option<usize> {
    let mut start = 0;
    for (number, line) in written.split('\n').enumerate() {
        let word = line.trim_start().trim_start_matches("- ");
        let indent = line.len() - word.len();
        let length = word.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')));
        if let Some(length) = length.filter(|&length| length > 0)
            && (number > 0 || first_line_too)
            && word[length..].starts_with(':')
            && !word[length + 1..].starts_with("//")
            && word[length + 1..].starts_with(|c: char| !c.is_whitespace())
        {
            return Some(start + indent + length);
        }
        start += line.len() + 1;
    }
    None
}

/// A line that does not belong where it stands, or text after a value.
fn misplaced_line(text: &str, kind: &ErrorKind, at: usize) -> Account {
    let span = to_line_end(text, at);
    let span = if span.is_empty() { at..at + 1 } else { span };
    let help = "lines that belong together begin in the same column";
    if !opens_line(text, at) {
        return say(
            span,
            "this cannot follow the value before it",
            PUT_IN_QUOTES,
        );
    }
    let start = line_start(text, at);
    let first = start
        + text[start..at]
            .find(|c| c != ' ' && c != '\t')
            .unwrap_or(at - start);
    let whole = to_line_end(text, first);
    if text[start..first].contains('\t') {
        return say(
            start..first,
            "a tab indents this line",
            "indent with spaces only",
        );
    }
    match kind {
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            if let Some(colon) = colon_without_space(&text[whole.clone()], true) {
                let colon = whole.start + colon;
                return say(colon..colon + 1, "a space is missing after this colon", "");
            }
            say(
                whole,
                "a colon is missing after this key",
                "write key: value",
            )
        }
        ErrorKind::ExpectedBlockSequenceEntry if text[first..].starts_with('-') => say(
            whole,
            "the indentation of this line matches none of the lines above it",
            help,
        ),
        ErrorKind::ExpectedBlockSequenceEntry => say(
            whole,
            "this line is in a list but does not begin with a dash",
            help,
        ),
        ErrorKind::ExpectedBlockMappingKey if text[first..].starts_with('-') => say(
            whole,
            "there is a list item where a key is expected",
            "the key before it already has a value, or the dash is in the wrong column",
        ),
        _ => say(
            whole,
            "the indentation of this line matches none of the lines above it",
            help,
        ),
    }
}

/// The tabs at this place, or the last ones before it on its line.
fn tabs(text: &str, at: usize) -> Range<usize> {
    let start = line_start(text, at);
    let line = &text[start..to_line_end(text, at).end.max(at)];
    let from = match line[at - start..].chars().next() {
        Some('\t') => at,
        _ => match line[..at - start].rfind('\t') {
            Some(tab) => start + tab,
            // The parser gives the beginning of a text in which a later line begins with one.
            None => text[at..].find('\t').map_or(at, |tab| at + tab),
        },
    };
    let before = text[start..from].trim_end_matches('\t').len();
    let after = text[from..].trim_start_matches('\t');
    start + before..(text.len() - after.len()).max(from + 1)
}

/// The parser may point at the beginning of the text in which the character stands.
fn unexpected_character(text: &str, at: usize, character: char) -> Account {
    let at = at + text[at..].find(character).unwrap_or(0);
    let span = at..at + character.len_utf8();
    if character.is_control() {
        let words = format!(
            "there is a control character here: U+{:04X}",
            character as u32
        );
        return say(
            span,
            words,
            "remove it, or write it as an escape within \"…\"",
        );
    }
    if character.is_ascii() {
        return say(
            span,
            format!("a string cannot begin with {character}"),
            PUT_IN_QUOTES,
        );
    }
    say(
        span,
        format!(
            "the character U+{:04X} is not allowed here",
            character as u32
        ),
        "",
    )
}

/// An escape that YAML does not know; the parser points at the quote before it.
fn bad_escape(text: &str, kind: &ErrorKind, at: usize) -> Account {
    let help = "write \\\\ for a backslash within \"…\"; within '…' it needs no escape";
    if matches!(kind, ErrorKind::UnknownQuotedScalarEscape) {
        let mut characters = text[at..].char_indices();
        while let Some((offset, character)) = characters.next() {
            if character != '\\' {
                continue;
            }
            let Some((_, escaped)) = characters.next() else {
                break;
            };
            if !"0abt\tnvfre \"/\\N_LPxuU\r\n".contains(escaped) {
                let start = at + offset;
                let words = format!("\\{escaped} is not a YAML escape");
                return say(start..start + 1 + escaped.len_utf8(), words, help);
            }
        }
    }
    say(
        to_line_end(text, at),
        "an escape with a character number (\\x, \\u or \\U) is incomplete or names no character",
        help,
    )
}
