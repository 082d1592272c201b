//! Where JSON breaks, in words: `serde_json` says it for programmers and points at ends of values.

use super::slice::Slice;
use crate::faults;
use annals_finding::Finding;

/// The file holds one value, and that is no object.
pub(crate) fn not_an_object(slice: Slice<'_>, found: &str) -> Finding {
    let start = slice.text.len() - slice.text.trim_start().len() + slice.base;
    faults::syntax::found(
        slice.file,
        start..start + 1,
        &format!("a fact file in JSON is one object, and this is {found}"),
        "begins here",
        Some("write {\"annals\": 1, \"claims\": […]}; JSON Lines want the ending .jsonl"),
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
            "a string" => "of a text: its closing quotation mark is missing",
            _ => "of a value",
        };
        let words = if text.trim().is_empty() {
            "there is nothing here".to_owned()
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
            "a comma stands before a closing bracket",
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
                "a comma stands before a closing bracket",
                "remove the comma before this",
                None,
            ),
            Some('\'') => fault(
                "JSON wants double quotation marks",
                "not this",
                Some("write \"…\", or name the file .yaml"),
            ),
            Some('/' | '#') => fault(
                "JSON has no comments",
                "this one",
                Some("use a \"note\" field, or YAML"),
            ),
            _ => fault(
                "the name of a field stands in quotation marks",
                "this does not",
                Some("write \"…\", or name the file .yaml"),
            ),
        },
        "expected value" | "expected ident" => match next {
            Some('\'' | '“' | '„' | '«') => fault(
                "JSON wants double quotation marks",
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
                Some("a comma too many?"),
            ),
            Some('-' | '+' | '.' | '0'..='9') => {
                fault("this is not a number as JSON writes it", "here", None)
            }
            _ => fault(
                "no value of JSON begins like this",
                "here",
                Some("texts stand in double quotation marks; the words are true, false and null"),
            ),
        },
        "trailing characters" => {
            let lines = text[..floor(text, at)].trim_end().ends_with('}') && next == Some('{');
            fault(
                "the value is at its end, and something follows",
                "this",
                lines.then_some("one record a line is JSON Lines: name the file .jsonl"),
            )
        }
        "control character (\\u0000-\\u001F) found while parsing a string" => fault(
            "a line break or another control character stands inside a text",
            "here",
            Some("write \\n for a line break; is a closing quotation mark missing?"),
        ),
        "invalid escape" => fault(
            "this escape is none of JSON's",
            "after a \\",
            Some("a backslash itself is written \\\\"),
        ),
        "recursion limit exceeded" => {
            fault("this is nested more than 127 levels deep", "here", None)
        }
        "number out of range" => fault("this number is too large", "here", None),
        "invalid number" => fault("this is not a number as JSON writes it", "here", None),
        _ if words.contains("surrogate")
            || words.contains("hex escape")
            || words.contains("unicode code point") =>
        {
            fault(
                "this escape is half of a pair and stands for no character",
                "here",
                Some(
                    "characters beyond U+FFFF are two \\u escapes, or better the character itself",
                ),
            )
        }
        _ => fault(words, "here", None),
    }
}
