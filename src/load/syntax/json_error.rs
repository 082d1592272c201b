//! Explains JSON syntax errors in plain words, since `serde_json` words them for programmers and
//! points at the end of a value.

use super::slice::Slice;
use crate::faults;
use annals_finding::Finding;

/// The file holds one value, and that is no object.
pub(crate) fn not_an_object(slice: Slice<'_>, found: &str) -> Finding {
    let start = slice.text.len() - slice.text.trim_start().len() + slice.base;
    faults::syntax::found(
        slice.file,
        start..start + 1,
        &format!("a fact file in JSON is one object, but this is {found}"),
        "begins here",
        Some("write {\"annals\": 1, \"claims\": […]}; for JSON Lines, name the file .jsonl"),
    )
}

/// What `serde_json` found wrong.
pub(crate) fn json(slice: Slice<'_>, error: &serde_json::Error) -> Finding {
    let full = error.to_string();
    let words = full.split(" at line ").next().unwrap_or(&full);
    let at = slice.byte_at(error.line(), error.column());
    let next = slice.text[floor(slice.text, at)..].chars().next();
    let fault = explain(words, next, slice.text, at);
    let start = floor(
        slice.text,
        if fault.at_end {
            slice.text.trim_end().len()
        } else {
            at
        },
    );
    let len = slice.text[start..].chars().next().map_or(0, char::len_utf8);
    let range = slice.base + start..slice.base + start + len;
    faults::syntax::found(slice.file, range, &fault.words, fault.label, fault.help)
}

/// The character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

struct Fault {
    words: String,
    label: &'static str,
    help: Option<&'static str>,
    at_end: bool,
}

#[allow(clippy::too_many_lines, reason = "a table: one line a fault")]
fn explain(words: &str, next: Option<char>, text: &str, at: usize) -> Fault {
    let fault = |words: &str, label, help| Fault {
        words: words.to_owned(),
        label,
        help,
        at_end: false,
    };
    if words.starts_with("EOF") {
        let inside = words.strip_prefix("EOF while parsing ").unwrap_or("");
        let inside = match inside {
            "an object" => "of an object: a } is missing",
            "a list" => "of a list: a ] is missing",
            "a string" => "of a string: its closing quotation mark is missing",
            _ => "of a value",
        };
        let words = if text.trim().is_empty() {
            "this is empty".to_owned()
        } else {
            format!("this ends in the middle {inside}")
        };
        return Fault {
            words,
            label: "ends here",
            help: None,
            at_end: true,
        };
    }
    match words {
        "trailing comma" => fault(
            "there is a comma before a closing bracket",
            "remove the comma before this",
            None,
        ),
        "expected `,` or `}`" => fault("a comma or a closing } is missing", "before this", None),
        "expected `,` or `]`" => fault("a comma or a closing ] is missing", "before this", None),
        "expected `:`" => fault(
            "a colon is missing after the name of a field",
            "before this",
            None,
        ),
        "key must be a string" => match next {
            Some('}') => fault(
                "there is a comma before a closing bracket",
                "remove the comma before this",
                None,
            ),
            Some('\'') => fault(
                "JSON needs double quotation marks",
                "not this",
                Some("write \"…\", or name the file .yaml"),
            ),
            Some('/' | '#') => fault(
                "JSON has no comments",
                "this one",
                Some("use a \"note\" field, or YAML"),
            ),
            _ => fault(
                "the name of a field must be in quotation marks",
                "this is not",
                Some("write \"…\", or name the file .yaml"),
            ),
        },
        "expected value" | "expected ident" => match next {
            Some('\'' | '“' | '„' | '«') => fault(
                "JSON needs double quotation marks",
                "not this",
                Some("write \"…\""),
            ),
            Some('/' | '#') => fault(
                "JSON has no comments",
                "this one",
                Some("use a \"note\" field, or YAML"),
            ),
            Some(']' | '}') => fault(
                "a value is missing",
                "before this",
                Some("one comma too many?"),
            ),
            Some('-' | '+' | '.' | '0'..='9') => fault("this is not a JSON number", "here", None),
            _ => fault(
                "no JSON value begins like this",
                "here",
                Some(
                    "strings are in double quotation marks; the only bare words are true, false and null",
                ),
            ),
        },
        "trailing characters" => {
            let lines = text[..floor(text, at)].trim_end().ends_with('}') && next == Some('{');
            fault(
                "something follows after the end of the value",
                "this",
                lines.then_some("one record a line is JSON Lines: name the file .jsonl"),
            )
        }
        "control character (\\u0000-\\u001F) found while parsing a string" => fault(
            "a string contains a line break or another control character",
            "here",
            Some("write \\n for a line break; is a closing quotation mark missing?"),
        ),
        "invalid escape" => fault(
            "this is not a JSON escape",
            "after a \\",
            Some("a backslash itself is written \\\\"),
        ),
        "recursion limit exceeded" => {
            fault("this is nested more than 127 levels deep", "here", None)
        }
        "number out of range" => fault("this number is too large", "here", None),
        "invalid number" => fault("this is not a JSON number", "here", None),
        _ if words.contains("surrogate")
            || words.contains("hex escape")
            || words.contains("unicode code point") =>
        {
            fault(
                "this escape is half of a pair and is not a character",
                "here",
                Some(
                    "write characters beyond U+FFFF as two \\u escapes, or better, as the character itself",
                ),
            )
        }
        _ => fault(words, "here", None),
    }
}
