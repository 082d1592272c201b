//! What each sort of value is read as, and at which place.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::{at, clean, json, read, root};
use crate::yaml::{FaultKind, Kind, NodeRef, Style};

fn spans<'t>(text: &'t str, nodes: impl Iterator<Item = NodeRef<'t>>) -> Vec<&'t str> {
    nodes.map(|node| &text[node.span()]).collect()
}

#[test]
fn plain_scalars_are_their_own_text() {
    for plain in [
        "no", "Yes", "true", "012", "1_000", "-0044", "2023", "0x1F", "1e3", ".inf", "NaN",
    ] {
        let text = format!("a: {plain}\n");
        let parsed = clean(&text);
        assert_eq!(at(&parsed, "a").text(), Some(plain));
        let value = Value::deserialize(root(&parsed)).expect("a value");
        assert_eq!(value, json!({ "a": plain }));
    }
}

#[test]
fn only_a_plain_empty_value_tilde_and_null_are_null() {
    let parsed = clean("a:\nb: ~\nc: null\nd: Null\ne: NULL\n");
    assert!(
        root(&parsed)
            .entries()
            .all(|(_, value)| value.kind() == Kind::Null)
    );
    let parsed =
        clean("a: ''\nb: \"~\"\nc: \"null\"\nd: nULL\ne: !!str null\nf: !!str\ng: |\n  null\n");
    assert!(
        root(&parsed)
            .entries()
            .all(|(_, value)| value.kind() == Kind::Text)
    );
    assert_eq!(at(&parsed, "f").text(), Some(""));
}

#[test]
fn a_scalar_keeps_style_and_place() {
    let text = "a: b c\nd: 'e''f' # g\nh: \"i\\n\"\nj: |\n  k\n  l\n\nm: >-\n n\n";
    let parsed = clean(text);
    let style = |key| at(&parsed, key).style();
    assert_eq!(style("a"), Some(Style::Plain));
    assert_eq!(style("d"), Some(Style::SingleQuoted));
    assert_eq!(style("h"), Some(Style::DoubleQuoted));
    assert_eq!(style("j"), Some(Style::Block));
    assert_eq!(style("m"), Some(Style::Block));
    let values = root(&parsed).entries().map(|(_, value)| value);
    assert_eq!(
        spans(text, values),
        ["b c", "'e''f'", "\"i\\n\"", "k\n  l", "n"]
    );
    assert_eq!(
        at(&parsed, "j").text(),
        Some("k\n  l\n".replace("  ", "").as_str())
    );
}

#[test]
fn keys_keep_order_places_and_duplicates() {
    let text = "b: 1\n\"a\": 2\nb: 3\n<<: {c: 4}\n~: 5\n";
    let parsed = clean(text);
    let keys: Vec<_> = root(&parsed).entries().map(|(key, _)| key).collect();
    assert_eq!(
        spans(text, keys.iter().copied()),
        ["b", "\"a\"", "b", "<<", "~"]
    );
    let keys: Vec<_> = keys.iter().map(|key| key.text()).collect();
    assert_eq!(
        keys,
        [Some("b"), Some("a"), Some("b"), Some("<<"), Some("~")]
    );
}

#[test]
fn collections_reach_from_their_first_to_their_last_value() {
    let text = "a:\n- b: 1\n  c: 2 # d\n\n- e\nf: [g, {h: i} ] # j\nk:\n  - - l\n    - m:\n";
    let parsed = clean(text);
    assert_eq!(&text[root(&parsed).span()], text.trim_end());
    let a = at(&parsed, "a");
    assert_eq!(&text[a.span()], "- b: 1\n  c: 2 # d\n\n- e");
    assert_eq!(spans(text, a.items()), ["b: 1\n  c: 2", "e"]);
    assert_eq!(spans(text, at(&parsed, "f").items()), ["g", "{h: i}"]);
    assert_eq!(&text[at(&parsed, "f").span()], "[g, {h: i} ]");
    let k = at(&parsed, "k").items().next().expect("an item");
    assert_eq!(&text[k.span()], "- l\n    - m:");
}

#[test]
fn an_empty_value_stands_after_its_colon_or_dash() {
    let text = "a :\nb: {c: , d}\ne:\n-\n- f\n";
    let parsed = clean(text);
    assert_eq!(at(&parsed, "a").span(), 3..3);
    let b: Vec<_> = at(&parsed, "b")
        .entries()
        .map(|(_, value)| value.span())
        .collect();
    assert_eq!(b, [10..10, 14..14]);
    let e = at(&parsed, "e");
    assert_eq!(&text[e.span()], "-\n- f");
    assert_eq!(e.items().next().map(NodeRef::span), Some(20..20));
}

#[test]
fn a_list_as_far_left_as_its_key_begins_at_its_first_dash() {
    let text = "a: &x !!seq # b - c\n# - d\n-   # e\n  - f\n-  g\n";
    let parsed = clean(text);
    let a = at(&parsed, "a");
    assert_eq!(&text[a.span()], "-   # e\n  - f\n-  g");
    let first = a.items().next().expect("an item");
    assert_eq!(&text[first.span()], "- f");
    assert_eq!(parsed.node_at(a.offset()).map(NodeRef::id), Some(a.id()));
    assert_eq!(
        parsed.node_at(first.offset()).map(NodeRef::id),
        Some(first.id())
    );
}

#[test]
fn a_record_is_found_by_its_offset() {
    let text = "events:\n- id: a\n- - b\n- {c: 1}\n- d\n-\n- *e\n";
    let parsed = read(text);
    let events = at(&parsed, "events");
    assert_eq!(events.items().len(), 6);
    for node in events.items() {
        assert_eq!(
            parsed.node_at(node.offset()).map(NodeRef::id),
            Some(node.id())
        );
    }
    assert!(parsed.node_at(1).is_none());
    assert!(parsed.node_at(text.len() + 9).is_none());
}

#[test]
fn a_byte_order_mark_and_crlf_shift_nothing() {
    let text = "\u{feff}київ: 😀 x\r\nb:\r\n  - 日本\r\n  - |\r\n   c\r\n   d\r\n";
    let parsed = clean(text);
    assert_eq!(root(&parsed).offset(), 3);
    assert_eq!(&text[at(&parsed, "київ").span()], "😀 x");
    assert_eq!(spans(text, at(&parsed, "b").items()), ["日本", "c\r\n   d"]);
    let c = at(&parsed, "b").items().nth(1).and_then(NodeRef::text);
    assert_eq!(c, Some("c\nd\n"));
}

#[test]
fn every_document_of_a_stream_is_kept() {
    for empty in ["", "\n \n", "# nothing\n", "\u{feff}", "\u{feff}\n"] {
        let parsed = read(empty);
        assert_eq!(
            (parsed.documents().len(), parsed.faults()),
            (0, &[][..]),
            "{empty:?}"
        );
    }
    let parsed = read("a: 1\n--- b\n---\n- c\n...\n# d\n--- \n");
    assert_eq!(parsed.faults(), []);
    let all: Vec<_> = parsed.documents().map(json).collect();
    assert_eq!(
        all,
        [json!({"a": "1"}), json!("b"), json!(["c"]), json!(null)]
    );
}

#[test]
fn an_alias_is_its_anchor_without_a_copy() {
    let text = "a: &x {b: [c]}\nd: *x\n";
    let parsed = clean(text);
    let (a, d) = (at(&parsed, "a"), at(&parsed, "d"));
    assert!(d.is_alias() && !a.is_alias());
    assert_eq!(d.target().id(), a.id());
    assert_eq!((&text[d.span()], &text[a.span()]), ("*x", "{b: [c]}"));
    assert_eq!(
        json(root(&parsed)),
        json!({"a": {"b": ["c"]}, "d": {"b": ["c"]}})
    );
    let value = Value::deserialize(root(&parsed)).expect("a value");
    assert_eq!(value, json(root(&parsed)));

    // The nearest anchor before it counts, and an alias may be a key.
    let parsed = clean("- &x a\n- *x\n- &x b\n- {*x : *x}\n");
    assert_eq!(json(root(&parsed)), json!(["a", "a", "b", {"b": "b"}]));
}

#[test]
fn an_alias_to_nothing_or_to_itself_is_null_with_a_fault() {
    let text = "a: *x\nb: *x\nc: &c [*c, {d: *c}]\ne: *y\n*z : 1\n";
    let parsed = read(text);
    let faults: Vec<_> = parsed
        .faults()
        .iter()
        .map(|f| (f.kind, &text[f.span.clone()], f.times))
        .collect();
    assert_eq!(
        faults,
        [
            (FaultKind::AliasUndefined, "*x", 2),
            (FaultKind::AliasRecursive, "*c", 2),
            (FaultKind::AliasUndefined, "*y", 1),
            (FaultKind::AliasUndefined, "*z", 1),
        ]
    );
    let expected = json!({"a": null, "b": null, "c": [null, {"d": null}], "e": null});
    assert_eq!(json(root(&parsed)), expected);

    // Anchors do not reach into the next document.
    assert_eq!(read("a: &x 1\n---\nb: *x\n").faults().len(), 1);
}

#[test]
fn an_entry_whose_key_is_a_collection_is_left_out() {
    let text = "a: 1\n? [b, c]\n: 2\n{d: e}: 3\nf: 4\n";
    let parsed = read(text);
    let faults: Vec<_> = parsed
        .faults()
        .iter()
        .map(|f| (f.kind, &text[f.span.clone()]))
        .collect();
    assert_eq!(
        faults,
        [
            (FaultKind::KeyNotText, "[b, c]"),
            (FaultKind::KeyNotText, "{d: e}")
        ]
    );
    assert_eq!(json(root(&parsed)), json!({"a": "1", "f": "4"}));
}

#[test]
fn tags_of_yaml_itself_change_nothing_and_others_are_faults() {
    clean("a: !!str 12\nb: !!int 1\nc: !!seq [d]\ne: ! f\ng: !!timestamp 2023-04-19\n");
    let text = "a: !geo x\nb: !geo {c: d}\ne: !!binary eA==\n";
    let parsed = read(text);
    let faults: Vec<_> = parsed
        .faults()
        .iter()
        .map(|f| (f.kind, &text[f.span.clone()], f.times))
        .collect();
    let unknown = FaultKind::UnknownTag;
    assert_eq!(faults, [(unknown, "!geo", 2), (unknown, "!!binary", 1)]);
    assert_eq!(
        json(root(&parsed)),
        json!({"a": "x", "b": {"c": "d"}, "e": "eA=="})
    );
}

#[derive(Debug, Deserialize, PartialEq)]
struct Wrapped(String);

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Colour {
    Red,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Everything<'a> {
    text: &'a str,
    wrapped: Wrapped,
    some: Option<&'a str>,
    none: Option<&'a str>,
    missing: Option<String>,
    colour: Colour,
    list: Vec<String>,
    map: BTreeMap<String, Wrapped>,
    unit: (),
    #[serde(skip)]
    ignored: bool,
}

#[test]
fn serde_types_are_read_from_a_tree() {
    let text = "text: 01\nwrapped: a\nsome: b\nnone:\ncolour: red\nlist: [c, d]\nmap: {e: f}\nunit: ~\nextra: {g: [h]}\n";
    let parsed = clean(text);
    let everything = Everything::deserialize(root(&parsed)).expect("all fields");
    assert_eq!(
        everything,
        Everything {
            text: "01",
            wrapped: Wrapped("a".into()),
            some: Some("b"),
            none: None,
            missing: None,
            colour: Colour::Red,
            list: vec!["c".into(), "d".into()],
            map: BTreeMap::from([("e".into(), Wrapped("f".into()))]),
            unit: (),
            ignored: false,
        }
    );
    IgnoredAny::deserialize(root(&parsed)).expect("nothing is looked at");
    let error = u32::deserialize(at(&parsed, "text")).expect_err("numbers stay text");
    assert!(error.to_string().contains("expected u32"), "{error}");
}
