//! Places in random JSON, compared with `jsonc-parser`, which keeps ranges in its tree.

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use proptest::prelude::*;

use super::super::{Form, Step, deepest_in_json, in_json};
use super::{OwnedStep, check_inside, steps};

fn blank() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just(String::new()), 1 => "[ \t]{0,3}", 1 => "(\r\n| |\n){0,3}"]
}

fn string() -> impl Strategy<Value = String> {
    let inside = "([ab ]|\\\\[nrt\"\\\\/]|\\\\u0061|\\\\ud83d\\\\ude00|я|日|😀|[\\[\\]{}:,]){0,6}";
    inside.prop_map(|inside| format!("\"{inside}\""))
}

/// Keys from few characters, so that many are equal, some only after unescaping.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\"a\"".to_owned()),
        Just("\"\\u0061\"".to_owned()),
        Just("\"ab\"".to_owned()),
        Just("\"київ\"".to_owned()),
        string(),
    ]
}

/// A JSON value as text, with blanks wherever they may stand.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        string(),
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?[1-9][0-9]{0,3}(\\.[0-9]{1,2})?([eE][+-]?[1-9])?",
    ];
    leaf.prop_recursive(5, 48, 6, |inner| {
        let item = (blank(), inner.clone(), blank());
        let item = item.prop_map(|(before, value, after)| format!("{before}{value}{after}"));
        let member = (blank(), key(), blank(), blank(), inner, blank());
        let member =
            member.prop_map(|(a, key, b, c, value, d)| format!("{a}{key}{b}:{c}{value}{d}"));
        prop_oneof![
            prop::collection::vec(item, 0..6).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec(member, 0..6).prop_map(|all| format!("{{{}}}", all.join(","))),
        ]
    })
}

/// Every value of the tree with its path, the place of its key and its own.
struct Expected {
    path: Vec<OwnedStep>,
    key: Option<std::ops::Range<usize>>,
    value: std::ops::Range<usize>,
    string: Option<String>,
}

fn walk(
    value: &Value<'_>,
    path: &[OwnedStep],
    key: Option<std::ops::Range<usize>>,
    all: &mut Vec<Expected>,
) {
    let range = value.range();
    let string = value.as_string_lit().map(|string| string.value.to_string());
    all.push(Expected {
        path: path.to_vec(),
        key,
        value: range.start..range.end,
        string,
    });
    let with = |step| [path, &[step]].concat();
    match value {
        Value::Array(array) => {
            for (index, item) in array.elements.iter().enumerate() {
                walk(item, &with(OwnedStep::Index(index)), None, all);
            }
        }
        Value::Object(object) => {
            for (number, property) in object.properties.iter().enumerate() {
                let name = property.name.as_str();
                let before = &object.properties[..number];
                let nth = before
                    .iter()
                    .filter(|other| other.name.as_str() == name)
                    .count();
                let key = property.name.range();
                let step = OwnedStep::Key(name.to_owned(), nth);
                walk(&property.value, &with(step), Some(key.start..key.end), all);
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn every_place_is_that_of_another_parser(json in value(), before in blank(), bom in any::<bool>()) {
        serde_json::from_str::<serde_json::Value>(&json).expect("the text is JSON");
        // The other parser reads no byte order mark.
        let mark = if bom { "\u{feff}" } else { "" };
        let marked = format!("{mark}{before}{json}\n");
        let (text, shift) = (&marked[..], mark.len());
        let ast = parse_to_ast(&text[shift..], &CollectOptions::default(), &ParseOptions::default());
        let ast = ast.expect("the text is JSON").value.expect("a value");
        let moved = |range: &std::ops::Range<usize>| range.start + shift..range.end + shift;

        let mut all = Vec::new();
        walk(&ast, &[], None, &mut all);
        for expected in &all {
            let found = in_json(text, 0, &steps(&expected.path)).expect("the value");
            prop_assert_eq!(&found.key, &expected.key.as_ref().map(moved));
            prop_assert_eq!(&found.value, &moved(&expected.value));
            prop_assert_eq!(found.form == Form::JsonString, expected.string.is_some());
            if let Some(string) = &expected.string {
                check_inside(text, &found, string);
            }
            // The value as a record of its own.
            let whole = in_json(text, found.value.start, &[]).expect("the value");
            prop_assert_eq!(whole.value, found.value.clone());
            // A step beyond it.
            let mut path = steps(&expected.path);
            path.push(Step::Key { name: "no such key", nth: 0 });
            prop_assert_eq!(in_json(text, 0, &path), None);
            let reached = deepest_in_json(text, 0, &path).expect("the value");
            prop_assert_eq!((reached.steps, reached.found), (expected.path.len(), found));
        }
    }
}
