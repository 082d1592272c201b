//! Fields found in JSON.

use super::super::{Form, Step, deepest_in_json, in_json, inside_string};

#[track_caller]
fn shows(text: &str, record: usize, path: &[Step<'_>], key: Option<&str>, value: &str) {
    let found = in_json(text, record, path).expect("the field");
    assert_eq!(found.key.map(|range| &text[range]), key);
    assert_eq!(&text[found.value], value);
}

fn key(name: &str) -> Step<'_> {
    Step::key(name)
}

#[test]
fn one_field_is_found_from_the_record_on() {
    let text = "{\"claims\": [\n\t{ \"id\" : \"c1\" , \"spans\":[[ 1,2 ],[3, 4]] },\r\n  {\"id\":-1.5e3}]}";
    shows(text, 0, &[], None, text);
    let first = text.find("{ \"id\"").expect("a record");
    shows(text, first, &[key("id")], Some("\"id\""), "\"c1\"");
    shows(
        text,
        first,
        &[key("spans"), Step::Index(1), Step::Index(0)],
        None,
        "3",
    );
    shows(
        text,
        0,
        &[key("claims"), Step::Index(1), key("id")],
        Some("\"id\""),
        "-1.5e3",
    );
    // Blanks before the record do not matter.
    shows(text, first - 2, &[key("id")], Some("\"id\""), "\"c1\"");
}

#[test]
fn a_byte_order_mark_and_every_script_are_counted_in_bytes() {
    let text = "\u{feff}{\"мова\": \"日本😀\",\t\"x\": {\"київ\": [true]}}\r\n";
    shows(text, 0, &[key("мова")], Some("\"мова\""), "\"日本😀\"");
    shows(
        text,
        3,
        &[key("x"), key("київ"), Step::Index(0)],
        None,
        "true",
    );
}

#[test]
fn keys_are_compared_after_unescaping() {
    let text = r#"{"\u0061bout": 1, "a\"b\\": 2, "\ud83d\ude00": 3, "ab": 4}"#;
    shows(text, 0, &[key("about")], Some(r#""\u0061bout""#), "1");
    shows(text, 0, &[key("a\"b\\")], Some(r#""a\"b\\""#), "2");
    shows(text, 0, &[key("😀")], Some(r#""\ud83d\ude00""#), "3");
    assert_eq!(in_json(text, 0, &[key("a")]), None);
    assert_eq!(in_json(text, 0, &[key("abc")]), None);
}

#[test]
fn duplicate_keys_are_counted() {
    let text = r#"{"a": 1, "b": "a", "\u0061": 2, "a": [3]}"#;
    for (nth, value) in ["1", "2", "[3]"].into_iter().enumerate() {
        let found = in_json(text, 0, &[Step::Key { name: "a", nth }]).expect("the field");
        assert_eq!(&text[found.value], value);
    }
    assert_eq!(in_json(text, 0, &[Step::Key { name: "a", nth: 3 }]), None);
}

#[test]
fn the_first_item_of_a_list_without_brackets_is_the_value() {
    let text = r#"{"speaker": "zelensky", "evidence": {"document": "d"}, "to": null, "via": []}"#;
    shows(
        text,
        0,
        &[key("speaker"), Step::Index(0)],
        Some("\"speaker\""),
        "\"zelensky\"",
    );
    let path = [key("evidence"), Step::Index(0), key("document")];
    shows(text, 0, &path, Some("\"document\""), "\"d\"");
    shows(
        text,
        0,
        &[key("to"), Step::Index(0)],
        Some("\"to\""),
        "null",
    );
    assert_eq!(in_json(text, 0, &[key("speaker"), Step::Index(1)]), None);
    assert_eq!(in_json(text, 0, &[key("via"), Step::Index(0)]), None);
}

#[test]
fn a_missing_field_leads_to_the_deepest_value_there_is() {
    let text = r#"[{"at": [{"x": {}}]}]"#;
    let path = [key("at"), Step::Index(0), key("x"), key("y"), key("z")];
    assert_eq!(in_json(text, 1, &path), None);
    let reached = deepest_in_json(text, 1, &path).expect("a record");
    assert_eq!((reached.steps, &text[reached.found.value]), (3, "{}"));
    let reached = deepest_in_json(text, 1, &[key("no")]).expect("a record");
    assert_eq!(
        (reached.steps, &text[reached.found.value]),
        (0, r#"{"at": [{"x": {}}]}"#)
    );
}

#[test]
fn what_is_no_record_has_no_places() {
    for text in [
        "", " ", "\u{feff}", "{", "[", "{\"a\"", "{\"a\":", "{\"a\":1", "\"a", "]", "\"\\",
    ] {
        assert_eq!(in_json(text, 0, &[]), None, "{text:?}");
        assert_eq!(
            in_json(text, 9, &[key("a"), Step::Index(0)]),
            None,
            "{text:?}"
        );
    }
    assert_eq!(in_json("{a: 1}", 0, &[key("a")]), None);
    assert_eq!(in_json("{\"a\" 1}", 0, &[key("a")]), None);
}

#[test]
fn neither_depth_nor_length_hurts() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let text = format!("{{\"a\": {deep}, \"b\": 1}}");
    shows(&text, 0, &[key("b")], Some("\"b\""), "1");
    let text = format!("{{\"a\": {}", "{\"a\":".repeat(200_000));
    assert_eq!(in_json(&text, 0, &[key("b")]), None);
    let text = format!("{{\"a\": \"{}\", \"b\": 1}}", "\\\"".repeat(1_500_000));
    shows(&text, 0, &[key("b")], Some("\"b\""), "1");
}

#[test]
fn neither_a_truncation_nor_a_changed_byte_panics() {
    let sample = "\u{feff}{\"a\\u0061\": [1, {\"é\": \"x\\ud83d\\ude00\"}], \"b\": \"я\"}";
    let paths: [&[Step<'_>]; 4] = [
        &[],
        &[key("aa"), Step::Index(1), key("é")],
        &[key("b"), Step::Index(0)],
        &[Step::Key { name: "b", nth: 1 }],
    ];
    let mut texts: Vec<String> = sample
        .char_indices()
        .map(|(end, _)| sample[..end].to_owned())
        .collect();
    for place in 0..sample.len() {
        for byte in b"\0 \"\\[]{}:,u0\xff" {
            let mut bytes = sample.as_bytes().to_vec();
            bytes[place] = *byte;
            texts.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    for text in &texts {
        for (path, record) in paths
            .iter()
            .flat_map(|path| (0..text.len() + 2).map(move |at| (path, at)))
        {
            if let Some(reached) = deepest_in_json(text, record, path) {
                assert!(
                    text.get(reached.found.value.clone()).is_some(),
                    "{text:?} {record}"
                );
                assert!(
                    text.get(inside_string(text, &reached.found, 1..3))
                        .is_some()
                );
            }
        }
    }
}

#[test]
fn a_part_of_a_string_is_found_through_its_escapes() {
    let text = r#"{"q": "a\n\u00e9 \ud83d\ude00z"}"#;
    let found = in_json(text, 0, &[key("q")]).expect("the field");
    assert_eq!(found.form, Form::JsonString);
    super::check_inside(text, &found, "a\né 😀z");
    assert_eq!(&text[inside_string(text, &found, 2..4)], r"\u00e9");
    assert_eq!(&text[inside_string(text, &found, 5..9)], r"\ud83d\ude00");
    assert_eq!(
        &text[inside_string(text, &found, 0..10)],
        r"a\n\u00e9 \ud83d\ude00z"
    );
    // A range that cuts a character or leaves the text is the whole value.
    assert_eq!(inside_string(text, &found, 0..99), found.value);
    let number = in_json("{\"n\": 2023}", 0, &[key("n")]).expect("the field");
    assert_eq!(inside_string("{\"n\": 2023}", &number, 1..2), number.value);
}
