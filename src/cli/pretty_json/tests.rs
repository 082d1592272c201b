//! What is written is what `serde_json` writes, but for what would steer a terminal.

use std::collections::BTreeMap;

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn same<T: Serialize + ?Sized>(value: &T) {
    let mut out = String::new();
    append(&mut out, 0, value).unwrap();
    let expected = serde_json::to_string_pretty(value).unwrap();
    assert_eq!(out, terminal::visible_json(expected));
    let mut written = Vec::new();
    write(&mut written, value).unwrap();
    assert_eq!(written, out.as_bytes());
}

#[test]
fn it_is_as_serde_json_has_it() {
    let mut deep = json!([{"a": {}, "b": []}, [], null, 1.5, -0.0, 1e300, u64::MAX, i64::MIN]);
    for nth in 0..50 {
        deep = json!({"x": [deep, nth], "empty": {}, "é\"\n": "\u{1}", "y": true});
    }
    for value in [Value::Null, json!({}), json!([]), json!([[], {}]), deep] {
        same(&value);
    }
}

#[test]
fn what_was_written_before_stands_where_it_belongs() {
    #[derive(Serialize)]
    struct Holds<T> {
        text: &'static str,
        list: Vec<T>,
    }
    let values = || vec![json!({"a": [1, "\u{1b}"]}), json!([]), json!("x")];
    let written = values().iter().map(|one| Written::of(2, one)).collect();
    let (text, written): (_, io::Result<Vec<Written>>) = ("\"", written);
    let mut out = String::new();
    let list = written.unwrap();
    append(&mut out, 0, &Holds { text, list }).unwrap();
    let mut expected = String::new();
    let list = values();
    append(&mut expected, 0, &Holds { text, list }).unwrap();
    assert_eq!(out, expected);
    // Several at once take the place of one, and however long they are they come in their place.
    let long = || ["x".repeat(WRITTEN_AT_ONCE), String::new(), "y".into()];
    let written = vec![
        Written::of(2, &long()[0]).unwrap(),
        Written::values(2, &long()[1..]).unwrap(),
    ];
    let (mut out, mut expected) = (Vec::new(), Vec::new());
    let list = written;
    write(&mut out, &Holds { text, list }).unwrap();
    let list = long().to_vec();
    write(&mut expected, &Holds { text, list }).unwrap();
    assert_eq!(out, expected);
}

#[test]
fn what_is_long_is_written_piece_by_piece() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    same(&vec![Some("x".repeat(WRITTEN_AT_ONCE / 3)); 10]);
    let failed = write(&mut Full, &vec!["x"; WRITTEN_AT_ONCE]);
    assert_eq!(failed.unwrap_err().kind(), io::ErrorKind::StorageFull);
}

#[derive(Serialize)]
enum Any {
    Unit,
    One(u8),
    Several(i64, f32),
    Empty(),
    Named { a: Option<char>, b: () },
    None {},
}

#[derive(Serialize)]
struct Pair(u128, bool);

#[derive(Serialize)]
struct Inner {
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<u8>,
    text: &'static str,
}

#[derive(Serialize)]
struct Outer {
    #[serde(flatten)]
    inner: Inner,
    more: BTreeMap<i32, Vec<Any>>,
    pair: Pair,
    bytes: [u8; 3],
}

#[test]
fn whatever_serde_knows_is_as_serde_json_has_it() {
    let all = || {
        vec![
            Any::Unit,
            Any::One(1),
            Any::Several(-1, f32::NAN),
            Any::Empty(),
            Any::Named { a: None, b: () },
            Any::Named {
                a: Some('"'),
                b: (),
            },
            Any::None {},
        ]
    };
    same(&Outer {
        inner: Inner {
            left_out: None,
            text: "\u{7f}\t\\",
        },
        more: [(-1, all()), (2, Vec::new())].into(),
        pair: Pair(u128::MAX, false),
        bytes: [0, 1, 255],
    });
    same(&BTreeMap::from([(true, "x"), (false, "y")]));
    same(&BTreeMap::from([('"', Some(f64::INFINITY))]));
    same(&format_args!("{} \"é\" {}", 1, "\u{0}"));
    for wrong in [json!(null), json!([]), json!({})] {
        let map = std::collections::HashMap::from([(wrong, 1)]);
        assert!(serde_json::to_string(&map).is_err());
        assert!(append(&mut String::new(), 0, &map).is_err());
    }
}

proptest! {
    #[test]
    fn texts_are_escaped_as_serde_json_does(text in "[\\x00-\\x7f]{0,40}|\\PC{0,40}|[ab\"\\\\\n\u{1f}é\u{202e}\u{e0041}]{0,40}") {
        same(&text);
    }
}

#[test]
fn eight_bytes_are_plain_where_each_of_them_is() {
    for byte in 0..=u8::MAX {
        for place in 0..8 {
            let mut bytes = *b"ab ~!#[]";
            bytes[place] = byte;
            let is_plain = byte.is_ascii() && PLAIN[usize::from(byte)];
            assert_eq!(are_plain_ascii(bytes), is_plain, "{byte:x} at {place}");
        }
    }
}
