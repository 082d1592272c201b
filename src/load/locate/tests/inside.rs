//! Parts of scalars, compared with the strings that a JSON or YAML parser decodes.

use proptest::prelude::*;

use super::super::{Form, Step, in_json, in_tree};
use super::check_inside;
use crate::yaml::{Limits, NodeRef, parse};

/// Checks the value of `a` in a YAML text, if the text is YAML.
fn check_yaml(text: &str) -> bool {
    let tree = parse(text, &Limits::default());
    let Some(root) = tree.documents().next() else {
        return false;
    };
    let Some(found) = in_tree(&tree, root.offset(), &[Step::key("a")]) else {
        return false;
    };
    let value = root
        .entries()
        .next()
        .and_then(|(_, value)| NodeRef::text(value));
    if found.form == Form::Other || found.value.is_empty() {
        return false;
    }
    check_inside(text, &found, value.expect("a scalar"));
    true
}

#[test]
fn every_escape_of_yaml_is_known() {
    for escape in [
        "\\0",
        "\\a",
        "\\b",
        "\\t",
        "\\\t",
        "\\n",
        "\\v",
        "\\f",
        "\\r",
        "\\e",
        "\\ ",
        "\\\"",
        "\\/",
        "\\\\",
        "\\N",
        "\\_",
        "\\L",
        "\\P",
        "\\x41",
        "\\u00e9",
        "\\U0001F600",
        "\\ud83d\\ude00",
    ] {
        assert!(check_yaml(&format!("a: \"x{escape}y\"\n")), "{escape}");
        assert!(check_yaml(&format!("a: \"{escape}\"\n")), "{escape}");
    }
}

#[test]
fn lines_are_folded_as_yaml_says() {
    for breaks in [
        "\n",
        "\r\n",
        "\n\n",
        "\r\n\r\n \t\r\n",
        " \t\n  \t ",
        "\\\n  ",
        " \\\n",
        "\\\n\n  \n x",
    ] {
        for (open, close) in [("\"", "\""), ("'", "'"), ("", "")] {
            if open == "\"" || !breaks.contains('\\') {
                assert!(
                    check_yaml(&format!("a: {open}x{breaks} é{breaks} y{close}\n")),
                    "{breaks:?}"
                );
            }
        }
        if !breaks.contains('\\') {
            assert!(
                check_yaml(&format!("a: \" {breaks} y {breaks} \"\n")),
                "{breaks:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn quoted_and_plain_scalars_decode_alike(
        inside in "([a-z \t\n]|\r\n|\\\\[nt\"\\\\ \n_]|\\\\u00e9|\\\\ud83d\\\\ude00|''|é|日|😀|: ){0,20}",
        quote in prop_oneof![Just("\""), Just("'"), Just("")],
    ) {
        check_yaml(&format!("a: {quote}{inside}{quote}\n"));
        let lines = inside.replace('\n', "\n ");
        check_yaml(&format!("a: {quote}x{lines}y{quote}\n"));
    }

    #[test]
    fn json_strings_decode_alike(inside in "([a-z ]|\\\\[nrtbf\"\\\\/]|\\\\u00E9|\\\\ud83d\\\\ude00|é|日|😀){0,20}") {
        let text = format!("\"{inside}\"");
        let decoded: String = serde_json::from_str(&text).expect("a JSON string");
        let found = in_json(&text, 0, &[]).expect("a value");
        check_inside(&text, &found, &decoded);
    }
}
