//! Documents of every format, sound and hostile.

mod docx;
mod html;
#[cfg(feature = "pdf")]
mod pdf;

use proptest::prelude::*;

use super::document::day;
use super::*;

fn refused(name: &str, bytes: &[u8]) -> String {
    let error = read(name, bytes).expect_err("refused");
    format!("{error}")
}

#[test]
fn a_plain_text_stays_as_it_is() {
    let bytes = "\u{feff}Ada said:\r\n“Yes.”\u{c}Page two\n".as_bytes();
    let read = read("a.txt", bytes).expect("a text");
    assert!(read.is_file);
    assert_eq!(read.text.as_bytes(), bytes);
    assert_eq!(
        read.page_of(read.text.len() - 3..read.text.len())
            .as_deref(),
        Some("2")
    );
    assert_eq!(read.page_of(3..30).as_deref(), Some("1-2"));
}

#[test]
fn other_encodings_are_turned_into_utf8() {
    let read = read("a.txt", b"Sie sagte: \x84Nein\x93, f\xFCr immer.").expect("a text");
    assert_eq!(read.text, "Sie sagte: „Nein“, für immer.");
    assert!(!read.is_file);
    assert_eq!(read.notes, ["it is windows-1252, as it seems, not UTF-8"]);
}

#[test]
fn what_is_not_read_is_named() {
    assert_eq!(
        refused("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        "a.doc: it is an old Word document (.doc)"
    );
    assert_eq!(refused("a.rtf", b"{\\rtf1 a}"), "a.rtf: it is RTF");
    let zeros = refused("a.bin", b"\0\x01\x02\x03\0\0\0");
    assert!(zeros.contains("this is not text"), "{zeros}");
    #[cfg(not(feature = "pdf"))]
    assert_eq!(
        refused("a.pdf", b"%PDF-1.7\n"),
        "a.pdf: this build does not read PDF"
    );
}

#[test]
fn days_are_read_as_files_state_them() {
    for (written, read) in [
        ("2023-04-20", Some("2023-04-20")),
        ("2023-04-20T23:30:00-05:00", Some("2023-04-20")),
        ("2023-04-20 10:00", Some("2023-04-20")),
        ("20230420101500Z", Some("2023-04-20")),
        ("Thu, 20 Apr 2023 09:30:00 GMT", Some("2023-04-20")),
        ("April 20, 2023", Some("2023-04-20")),
        ("April 2023", None),
        ("04/03/2021", None),
        ("2023-13-40", None),
        ("soon", None),
        ("ÄÄÄÄÄÄÄÄÄ", None),
    ] {
        assert_eq!(day(written).as_deref(), read, "{written}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("ANNALS_THOROUGH").is_some() { 5_000 } else { 60 }))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600), begin in 0..5_usize) {
        let begin: &[u8] = [&b""[..], b"<!doctype html>", b"PK\x03\x04", b"%PDF-1.7\n", b"<html"][begin];
        let bytes = [begin, &bytes].concat();
        let once = read("x", bytes.as_slice());
        prop_assert_eq!(&once, &read("x", bytes.as_slice()));
        if let Ok(once) = once {
            for page in &once.pages {
                prop_assert!(once.text.is_char_boundary(page.start));
            }
        }
    }

    #[test]
    fn any_tags_are_read(tags in prop::collection::vec((0..TAGS.len(), "[a-z ]{0,6}"), 0..60)) {
        let pieces = tags.iter().flat_map(|(tag, text)| [TAGS[*tag], text.as_str()]);
        let html: String = pieces.collect();
        let _ = read("x.html", html.as_bytes());
    }
}

const TAGS: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<nav>",
    "</nav>",
    "<pre>",
    "</pre>",
    "<q>",
    "</q>",
    "<svg>",
    "<svg/>",
    "</svg>",
    "<title>",
    "</title>",
    "<script type=application/ld+json>",
    "</script>",
    "<h1>",
    "</h1>",
    "<br>",
    "<td>",
    "</td>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#xD800;",
    "<a href='",
    "'>",
    "<textarea>",
    "<plaintext>",
    "</body>",
];
