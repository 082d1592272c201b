//! The words for what people get wrong, and where they point.

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
    fault("a: \"x\nb: c\n", "\"x", "this quote is never closed");
    fault("a: 'it's'\n", "s'", "text follows the closing quote");
    fault(
        "a: \"he said \"no\" to it\"\n",
        "no\" to it\"",
        "text follows the closing quote",
    );
    fault(
        "a: \"x\n---\nb\"\n",
        "\"x",
        "a line with --- or ... ends the document within quotes",
    );
    fault(
        "a: \"x \\\\ \\q\"\n",
        "\\q",
        "\\q is no escape that YAML knows",
    );
    fault(
        "a: \"\\u12\"\n",
        "\"\\u12\"",
        "an escape with a character's number (\\x, \\u or \\U) is incomplete or names no character",
    );
}

#[test]
fn colons() {
    let stray = "a colon followed by a space cannot stand within a text without quotes";
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
        "a colon cannot stand here within brackets",
    );
}

#[test]
fn indentation() {
    let continues = "this line is indented so that it continues the text above it";
    fault("a: b\n c: d\n", "c: d", continues);
    fault("url: http://x.org/a\n when: d\n", "when: d", continues);
    let fits_none = "the indentation of this line fits none of the lines above it";
    fault("a:\n    b: 1\n   c: 2\n", "c: 2", fits_none);
    fault("  a: b\n c: d\n", "c: d", fits_none);
    fault(
        "a:\n  - b: 1\n   c: 2\n",
        "c: 2",
        "this line stands in a list but does not begin with a dash",
    );
    fault(
        "a: b\n- c\n",
        "- c",
        "a list item stands where a key is expected",
    );
    fault(
        "a: - b\n",
        "- b",
        "a list cannot begin on the same line as its key",
    );
    fault("a:\n\tb: c\n", "\t", "a tab stands where YAML wants spaces");
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
    fault("a: @b\n", "@", "a text cannot begin with @");
    fault("a: `b`\n", "`", "a text cannot begin with `");
    fault("a: * b\n", "*", "a name is missing after this & or *");
    fault("a: *b c\n", "c", "this cannot follow the value before it");
    fault(
        "a: >b\n c\n",
        ">b",
        "after | or > only a digit, + or - and a comment may stand on the line",
    );
    fault(
        "a: !x!y z\n",
        "!x!y z",
        "this ! begins a tag that cannot be read",
    );
    fault(
        "a: b\u{1}\n",
        "\u{1}",
        "the control character U+0001 stands here",
    );
    fault(
        "a: b\n\0junk: c\n",
        "\0",
        "the control character U+0000 stands here",
    );
    fault(
        "a: b #c\n  d\n",
        "#c",
        "a comment interrupts a text of several lines",
    );
    fault("a: \"b\"#c\n", "#", "a space is missing before this #");
}

#[test]
fn what_was_read_before_a_syntax_error_is_dropped() {
    let parsed = read("a: *x\n---\nb: &y 1\n---\nc: @\n");
    assert_eq!((parsed.documents().len(), parsed.faults().len()), (0, 1));
    assert_eq!(parsed.faults()[0].kind, FaultKind::Syntax);
}
