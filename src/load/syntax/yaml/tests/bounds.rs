//! Hostile input: all of it ends soon, in a fault or a tree.

use std::fmt::Write as _;

use super::{at, clean, json, read, root};
use crate::yaml::{FaultKind, Kind, Limits, parse};

fn only_fault(text: &str) -> FaultKind {
    let parsed = read(text);
    assert_eq!((parsed.documents().len(), parsed.faults().len()), (0, 1));
    parsed.faults()[0].kind
}

#[test]
fn nesting_of_200_000_is_a_fault() {
    const DEEP: usize = 200_000;
    for opening in ["[", "{\"a\":", "- ", "? ", "[{a: ", ": "] {
        assert_eq!(
            only_fault(&opening.repeat(DEEP)),
            FaultKind::TooDeep,
            "{opening}"
        );
    }
    let closed = format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP));
    assert_eq!(only_fault(&closed), FaultKind::TooDeep);
    let lines: String = (0..2_000).fold(String::new(), |mut text, depth| {
        let _ = writeln!(text, "{}a:", " ".repeat(depth));
        text
    });
    assert_eq!(only_fault(&lines), FaultKind::TooDeep);
}

#[test]
fn the_depth_limit_is_that_of_serde_json() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for (depth, fits) in [(127, true), (128, false)] {
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&nested(depth)).is_ok(),
            fits
        );
        let text = nested(depth);
        let parsed = read(&text);
        assert_eq!(parsed.faults().is_empty(), fits);
        assert_eq!(parsed.documents().len(), usize::from(fits));
    }
    // Blocks and brackets count together, and the place is the first one too deep.
    let text = format!("{}{}", "- ".repeat(100), nested(28));
    assert_eq!(read(&text).faults()[0].span, 227..228);
    clean(&format!("{}{}", "- ".repeat(100), nested(27)));
    let text = "- ".repeat(128);
    assert_eq!(read(&text).faults()[0].kind, FaultKind::TooDeep);
}

#[test]
fn aliases_cannot_reach_deeper_than_the_limit() {
    let nested = format!("{}x{}", "[".repeat(100), "]".repeat(100));
    let text = format!(
        "a: &a {nested}\nb: &b {}*a{}\nc: *a\n",
        "[".repeat(30),
        "]".repeat(30)
    );
    let parsed = read(&text);
    assert_eq!(parsed.faults().len(), 1);
    assert_eq!(parsed.faults()[0].kind, FaultKind::AliasTooLarge);
    assert_eq!(at(&parsed, "c").kind(), Kind::Sequence);
    let text = format!(
        "a: &a {nested}\nb: &b {}*a{}\n",
        "[".repeat(26),
        "]".repeat(26)
    );
    json(root(&clean(&text)));
}

#[test]
fn an_alias_bomb_is_defused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..40 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{items}]");
    }
    let parsed = read(&text);
    assert!(
        parsed
            .faults()
            .iter()
            .all(|fault| fault.kind == FaultKind::AliasTooLarge)
    );
    assert!(
        parsed.faults()[0].words.contains("expand to"),
        "{:?}",
        parsed.faults()[0]
    );
    // Walking the whole tree ends: every alias together stands for at most the limit.
    let total = json(root(&parsed)).to_string().matches("\"x\"").count();
    assert!(total < 110_000, "{total}");

    let limits = Limits {
        alias_nodes: 4,
        ..Limits::default()
    };
    let parsed = parse("a: &a [x]\nb: *a\nc: *a\nd: *a\ne: &e y\n", &limits);
    let kinds: Vec<_> = root(&parsed)
        .entries()
        .map(|(_, value)| value.kind())
        .collect();
    let (list, null) = (Kind::Sequence, Kind::Null);
    assert_eq!(kinds, [list, list, list, null, Kind::Text]);
    assert_eq!(
        parsed.faults()[0].words,
        "aliases up to here expand to 6 values; at most 4 are allowed"
    );
}

#[test]
fn a_scalar_of_3_megabytes_is_read() {
    for (before, unit, after) in [
        ("a: ", "word ", "x"),
        ("a: \"", "é\\n  ", "\""),
        ("a: |\n", "  line\n", "  x\n"),
    ] {
        let text = format!("{before}{}{after}", unit.repeat(3_000_000 / unit.len()));
        let parsed = clean(&text);
        assert!(
            at(&parsed, "a")
                .text()
                .is_some_and(|text| text.len() > 1_000_000)
        );
    }
}

#[test]
fn long_repetitions_end_soon() {
    for unit in [
        "\"",
        "'",
        "!a ",
        "&a ",
        "--- a\n",
        "\n",
        " ",
        "\t",
        "-",
        "%a\n",
        "a: b\n",
        "a, ",
        "- *x\n",
        "? a\n",
        "#\n",
        "\r",
        "{",
        "a:b ",
        "- &a\n",
        "[a]: b\n",
        "!t a\n--- ",
        "\u{feff}",
        "x: &y\n- # z\n",
        "a\n ",
        ": ",
        "? ",
    ] {
        for before in ["", "a: ", "a: \"", "[", "{", "a: |\n  ", "- "] {
            let text = format!("{before}{}", unit.repeat(2_000));
            let _ = read(&text);
        }
    }
}

const SAMPLES: [&str; 3] = [
    "\u{feff}annals: 1\r\nactors:\r\n- {id: zelensky, name: 'Зеленський', kind: person}\r\n",
    "claims:\n- &c id: c1 # first\n  speaker: [a, \"b\\u00e9\\n\"]\n  quote: |-\n    Ми\n     не\n\n  said: 2023-04\n- *c\n? [x]\n: !t y\n",
    "--- !!map\na: >\n folded\n text\n\nb: \"x\n  y\\\n  z\"\n...\n--- 日本\n",
];

#[test]
fn no_truncation_panics() {
    for sample in SAMPLES {
        for (end, _) in sample.char_indices() {
            let parsed = read(&sample[..end]);
            parsed.documents().for_each(|root| drop(json(root)));
            for fault in parsed.faults() {
                assert!(sample[..end].get(fault.span.clone()).is_some());
            }
        }
    }
}

#[test]
fn no_changed_byte_panics() {
    for sample in SAMPLES {
        for place in 0..sample.len() {
            for byte in b"\0\t\n\r \"'#&*,-:>?@[]`{|}%!~\\a0\x80\xff" {
                let mut bytes = sample.as_bytes().to_vec();
                bytes[place] = *byte;
                let text = String::from_utf8_lossy(&bytes);
                let parsed = read(&text);
                parsed.documents().for_each(|root| drop(json(root)));
                for fault in parsed.faults() {
                    assert!(text.get(fault.span.clone()).is_some() && !fault.words.is_empty());
                }
            }
        }
    }
}
