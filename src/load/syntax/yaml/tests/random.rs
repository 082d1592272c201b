//! Random input: JSON, which is YAML too, and arbitrary bytes.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::{json, read, root};

fn text() -> impl Strategy<Value = String> {
    // The characters that mean something in YAML, and some that take two, three and four bytes.
    prop_oneof![
        "[a-z0-9 :#,'\"\\\\\\[\\]{}&*!|>%@~?\t\n\r-]{0,12}",
        "[а-яé日本😀\u{a0}\u{2028} ]{0,8}",
        Just("null".to_owned()),
        Just("- x: y".to_owned()),
    ]
}

/// JSON of texts, lists and mappings.
fn texts_only() -> impl Strategy<Value = Value> {
    text()
        .prop_map(Value::String)
        .prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..6).prop_map(Value::Array),
                btree_map(text(), inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
}

proptest! {
    #[test]
    fn json_of_texts_is_read_as_itself(value in texts_only(), pretty in any::<bool>()) {
        let text = if pretty {
            serde_json::to_string_pretty(&value).expect("JSON")
        } else {
            value.to_string()
        };
        let parsed = read(&text);
        prop_assert_eq!(parsed.faults(), &[]);
        prop_assert_eq!(json(root(&parsed)), value.clone());
        prop_assert_eq!(Value::deserialize(root(&parsed)).expect("a value"), value);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "([a-z:#,'\"\\[\\]{}&*!|>%?~ \t\n-]|é|😀){0,60}") {
        let parsed = read(&text);
        for fault in parsed.faults() {
            prop_assert!(text.get(fault.span.clone()).is_some());
            prop_assert!(!fault.span.is_empty() || fault.span.start == text.len());
        }
        for document in parsed.documents() {
            let _ = json(document);
            within(&text, document);
        }
    }
}

/// A value lies within the text, and its parts within it and in order.
fn within(text: &str, node: super::NodeRef<'_>) {
    let span = node.span();
    assert!(text.get(span.clone()).is_some());
    if node.is_alias() {
        return;
    }
    let entries = node.entries().flat_map(|(key, value)| [key, value]);
    let mut at = span.start;
    for part in node.items().chain(entries) {
        assert!(
            at <= part.span().start && part.span().end <= span.end,
            "{text:?} {part:?}"
        );
        at = part.span().end;
        within(text, part);
    }
}
