//! Fields found in YAML.

use super::super::{Form, Step, deepest_in_yaml, in_tree, in_yaml, inside_string};
use crate::yaml::{Limits, parse};

#[track_caller]
fn shows(text: &str, record: usize, path: &[Step<'_>], key: Option<&str>, value: &str) {
    let found = in_yaml(text, record, path).expect("the field");
    assert_eq!(found.key.map(|range| &text[range]), key);
    assert_eq!(&text[found.value], value);
}

fn key(name: &str) -> Step<'_> {
    Step::key(name)
}

#[test]
fn one_field_is_found_from_the_record_on() {
    let text = "\u{feff}claims:\r\n- id: c1\r\n  \"said\": '2023' # x\r\n  spans: [[1, 2], [3,4]]\r\n- {id: c2}\r\n";
    let first = text.find("id: c1").expect("a record");
    shows(text, first, &[key("said")], Some("\"said\""), "'2023'");
    shows(
        text,
        first,
        &[key("spans"), Step::Index(1), Step::Index(1)],
        None,
        "4",
    );
    let second = text.find("{id").expect("a record");
    shows(text, second, &[], None, "{id: c2}");
    shows(
        text,
        3,
        &[key("claims"), Step::Index(1), key("id")],
        Some("id"),
        "c2",
    );
}

#[test]
fn short_forms_duplicates_and_missing_fields_are_as_in_json() {
    let text = "speaker: a\nabout: b\nabout: {c: d}\n";
    shows(
        text,
        0,
        &[key("speaker"), Step::Index(0)],
        Some("speaker"),
        "a",
    );
    let about = Step::Key {
        name: "about",
        nth: 1,
    };
    shows(text, 0, &[about, Step::Index(0), key("c")], Some("c"), "d");
    assert_eq!(in_yaml(text, 0, &[about, key("x")]), None);
    let reached = deepest_in_yaml(text, 0, &[about, key("x")]).expect("a record");
    assert_eq!((reached.steps, &text[reached.found.value]), (1, "{c: d}"));
    assert_eq!(in_yaml(text, 5, &[]), None);
}

#[test]
fn an_alias_is_shown_where_it_stands_and_followed_further() {
    let text = "a: &x\n  b: [1, 2]\nc: *x\n";
    let tree = parse(text, &Limits::default());
    let found = in_tree(&tree, 0, &[key("c")]).expect("the alias");
    assert_eq!((&text[found.value], found.form), ("*x", Form::Other));
    let found = in_tree(&tree, 0, &[key("c"), key("b"), Step::Index(1)]).expect("the item");
    assert_eq!(&text[found.value], "2");
}

#[test]
fn a_part_of_a_scalar_is_found_whatever_its_quotes() {
    let text = "a: 2023-04-19\nb: '''x'' y'\nc: \"\\u00e9 \\x41\\ud83d\\ude00z\"\nd: |\n  2023\n  04\ne: é\n   f\n\n   g\n";
    let tree = parse(text, &Limits::default());
    let part = |name, range| {
        let found = in_tree(&tree, 0, &[key(name)]).expect("the field");
        &text[inside_string(text, &found, range)]
    };
    assert_eq!(part("a", 8..10), "19");
    assert_eq!(part("b", 0..2), "''x");
    assert_eq!(part("c", 0..2), "\\u00e9");
    assert_eq!(part("c", 3..8), "\\x41\\ud83d\\ude00");
    assert_eq!(part("d", 0..2), "2023\n  04");
    assert_eq!(part("e", 2..4), "\n   f");
    assert_eq!(part("e", 4..6), "\n\n   g");
}
