//! The wording of common mistakes, and the places shown for them.

use super::read;
use crate::yaml::FaultKind;

/// Checks the only fault: what it points at, and what it says.
#[track_caller]
fn fault(text: &str, shown: &str, words: &str) {
    let parsed = read(text);
    let [fault] = parsed.faults() else {
        panic!("one fault in {text:?}, not {:?}", parsed.faults());
    };
    assert_eq!(parsed.documents().len(), 0);
    assert!(fault.kind.is_fatal());
    assert_eq!(
        (&text[fault.span.clone()], fault.words.as_str()),
        (shown, words),
        "{text:?}"
    );
}

#[test]
fn quotes() {
    fault(
        "a: \"x\nb: c\n",
        "\"x",
        "this quotation mark is never closed",
    );
    fault("a: 'it's'\n", "s'", "text follows the closing quote");
    fault(
        "a: \"he said \"no\" to it\"\n",
        "no\" to it\"",
        "text follows the closing quote",
    );
    fault(
        "a: \"x\n---\nb\"\n",
        "\"x",
        "a line with --- or ... ends the document inside a quoted string",
    );
    fault("a: \"x \\\\ \\q\"\n", "\\q", "\\q is not a YAML escape");
    fault(
        "a: \"\\u12\"\n",
        "\"\\u12\"",
        "an escape with a character number (\\x, \\u or \\U) is incomplete or names no character",
    );
}

#[test]
fn colons() {
    let stray = "a string without quotes cannot contain a colon followed by a space";
    fault("a: b: c\n", ":", stray);
    fault("a: \"b\": c\n", ":", stray);
    fault("a:b\nc: d\n", ":", "a space is missing after this colon");
    fault(
        "x: 1\na:b\nc: d\n",
        ":",
        "a space is missing after this colon",
    );
    fault(
        "- id:b\n  c: d\n",
        ":",
        "a space is missing after this colon",
    );
    fault("a\nb: c\n", "a", "a colon is missing after this key");
    fault("a: b\nc\n", "c", "a colon is missing after this key");
    fault(
        "a: [1, 2\nb: 3\n",
        ":",
        "a colon is not allowed here within brackets",
    );
}

#[test]
fn indentation() {
    let continues = "the indentation of this line makes it continue the string above it";
    fault("a: b\n c: d\n", "c: d", continues);
    fault("url: http://x.org/a\n when: d\n", "when: d", continues);
    let fits_none = "the indentation of this line matches none of the lines above it";
    fault("a:\n    b: 1\n   c: 2\n", "c: 2", fits_none);
    fault("  a: b\n c: d\n", "c: d", fits_none);
    fault(
        "a:\n  - b: 1\n   c: 2\n",
        "c: 2",
        "this line is in a list but does not begin with a dash",
    );
    fault(
        "a: b\n- c\n",
        "- c",
        "there is a list item where a key is expected",
    );
    fault(
        "a: - b\n",
        "- b",
        "a list cannot begin on the same line as its key",
    );
    fault(
        "a:\n\tb: c\n",
        "\t",
        "there is a tab where YAML needs spaces",
    );
}

#[test]
fn brackets() {
    fault("a: [b, c\n", "[", "this [ is never closed");
    fault("a: {b: c\n", "{", "this { is never closed");
    fault("a: [b}\n", "[", "this [ is closed by }");
    fault("a: {b: c}}\n", "}", "this bracket closes nothing");
    fault(
        "a: {b: [c] d: e}\n",
        "d: e}",
        "a comma or } is missing before this",
    );
    fault("a: [[c] d]\n", "d]", "a comma or ] is missing before this");
}

#[test]
fn first_characters() {
    fault("a: @b\n", "@", "a string cannot begin with @");
    fault("a: `b`\n", "`", "a string cannot begin with `");
    fault("a: * b\n", "*", "a name is missing after this & or *");
    fault("a: *b c\n", "c", "this cannot follow the value before it");
    fault(
        "a: >b\n c\n",
        ">b",
        "after | or >, only a digit, + or - and a comment may follow on the line",
    );
    fault("a: !x!y z\n", "!x!y z", "this ! begins an invalid tag");
    fault(
        "a: b\u{1}\n",
        "\u{1}",
        "there is a control character here: U+0001",
    );
    fault(
        "a: b\n\0junk: c\n",
        "\0",
        "there is a control character here: U+0000",
    );
    fault(
        "a: b #c\n  d\n",
        "#c",
        "a comment interrupts a string of several lines",
    );
    fault("a: \"b\"#c\n", "#", "a space is missing before this #");
}

#[test]
fn what_was_read_before_a_syntax_error_is_dropped() {
    let parsed = read("a: *x\n---\nb: &y 1\n---\nc: @\n");
    assert_eq!((parsed.documents().len(), parsed.faults().len()), (0, 1));
    assert_eq!(parsed.faults()[0].kind, FaultKind::Syntax);
}
