//! What opens, what is rejected, and that no hostile input costs more than its bound.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::io::{Read, Write};
use std::sync::Arc;

use super::xml::{Piece, Xml};
use super::*;

fn texts_of(source: &Source, limits: &Limits) -> Result<Vec<(String, String)>, SourceError> {
    let mut texts = Vec::new();
    each_input(
        source,
        limits,
        |name| !ends_in(name, &["skip"]),
        &mut |input| {
            let name = input.own_name.clone();
            texts.push((name, input.text(None)?.text));
            Ok(())
        },
    )?;
    Ok(texts)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = ::zip::write::SimpleFileOptions::default();
        out.start_file(*name, options).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn what_is_packed_is_read_as_what_it_is() {
    let limits = Limits::default();
    let source = Source::memory("a/x.csv.gz", gzip("é;b".as_bytes()));
    assert_eq!(
        texts_of(&source, &limits).unwrap(),
        [("x.csv".into(), "é;b".into())]
    );
    let source = Source::memory(
        "x.zip",
        zip(&[("d/b.csv", b"2"), ("a.csv", b"1"), ("c.skip", b"3")]),
    );
    let found = texts_of(&source, &limits).unwrap();
    assert_eq!(
        found,
        [("a.csv".into(), "1".into()), ("b.csv".into(), "2".into())]
    );
}

#[test]
fn bombs_are_refused_before_they_are_large() {
    let limits = Limits {
        free: 1 << 20,
        ..Limits::default()
    };
    let zeros = vec![b' '; 64 << 20];
    for bytes in [gzip(&zeros), zip(&[("a.csv", &zeros)])] {
        assert!(bytes.len() < 1 << 20);
        let refusal = texts_of(&Source::memory("bomb.zip", bytes), &limits).unwrap_err();
        assert_eq!(refusal.kind, SourceErrorKind::Limit, "{refusal}");
    }
    let limits = Limits {
        held: 1000,
        ..Limits::default()
    };
    let refusal = texts_of(&Source::memory("x.csv", vec![b'a'; 1001]), &limits).unwrap_err();
    assert_eq!(refusal.kind, SourceErrorKind::Limit);
}

#[test]
fn archives_that_lead_out_or_are_cut_are_refused() {
    for name in [
        "../x.csv",
        "/etc/x.csv",
        "a/../../x.csv",
        "C:\\x.csv",
        "a\\..\\..\\x",
    ] {
        let source = Source::memory("x.zip", zip(&[(name, b"1")]));
        let refusal = texts_of(&source, &Limits::default()).unwrap_err();
        assert_eq!(refusal.kind, SourceErrorKind::Unsafe, "{name}: {refusal}");
    }
    let whole = zip(&[("a.csv", b"1"), ("b.csv", b"2")]);
    for length in 4..whole.len() {
        let source = Source::memory("x.zip", whole[..length].to_vec());
        assert!(texts_of(&source, &Limits::default()).is_err(), "{length}");
    }
    let whole = gzip(b"one;two;three");
    for length in 2..whole.len() {
        let source = Source::memory("x.gz", whole[..length].to_vec());
        assert!(texts_of(&source, &Limits::default()).is_err(), "{length}");
    }
}

#[test]
fn encodings_are_recognised() {
    let at = At::file(&"x".into());
    let text = "Müller; “Žižek” €";
    let utf16 = |little: bool| -> Vec<u8> {
        let units = text.encode_utf16();
        units
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    };
    let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        (with(b"\xEF\xBB\xBF", text.as_bytes().to_vec()), "UTF-8"),
        (with(b"\xFF\xFE", utf16(true)), "UTF-16LE"),
        (with(b"\xFE\xFF", utf16(false)), "UTF-16BE"),
        (utf16(true), "UTF-16LE"),
        (utf16(false), "UTF-16BE"),
        (windows, "windows-1252"),
    ] {
        let decoded = bytes::decode(&bytes, &at, None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        let mut reader = bytes::TextReader::new(Box::new(&bytes[..]), at.clone(), None).unwrap();
        let mut streamed = String::new();
        reader.read_to_string(&mut streamed).unwrap();
        assert_eq!((streamed.as_str(), reader.encoding()), (text, encoding));
    }
    assert_eq!(
        bytes::decode(b"a\x81b", &at, None).unwrap_err().kind,
        SourceErrorKind::Ambiguous
    );
    assert_eq!(
        bytes::decode(b"a\0\0\0b", &at, None).unwrap_err().kind,
        SourceErrorKind::Syntax
    );
    assert_eq!(
        bytes::decode(b"\xEF\xBB\xBFa\xFF", &at, None)
            .unwrap_err()
            .at
            .spot,
        Spot::Byte(4)
    );
    let cyrillic = bytes::decode(b"\xCA\xE8\xE5\xE2", &at, Some("windows-1251")).unwrap();
    assert_eq!(cyrillic.text, "Киев");
}

#[test]
fn long_texts_stream_as_they_are() {
    let text = "é€😀x".repeat(700_000);
    let at = At::file(&"x".into());
    for (label, bytes) in [
        (None, text.as_bytes().to_vec()),
        (
            Some("utf-16le"),
            text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
    ] {
        let mut reader = bytes::TextReader::new(Box::new(&bytes[..]), at.clone(), label).unwrap();
        let mut streamed = String::new();
        reader.read_to_string(&mut streamed).unwrap();
        assert!(streamed == text);
        let cut = &bytes[..bytes.len() - 3];
        let mut reader = bytes::TextReader::new(Box::new(cut), at.clone(), label).unwrap();
        assert!(reader.read_to_string(&mut String::new()).is_err());
    }
}

fn pieces(text: &str) -> Result<Vec<Piece>, SourceError> {
    let file: Arc<str> = "x.xml".into();
    let mut xml = Xml::new(text, &file);
    let mut pieces = Vec::new();
    while let Some(piece) = xml.next()? {
        pieces.push(piece);
    }
    Ok(pieces)
}

#[test]
fn xml_is_elements_and_text_and_nothing_else() {
    let text = "<?xml version='1.0'?>\n<!DOCTYPE T SYSTEM 'T.dtd'>\n<a x=\"1 &amp; &#x41;\">\n<n:b/>&lt;<![CDATA[<]]></a>";
    let found = pieces(text).unwrap();
    let text: String = found
        .iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(text.trim(), "<<");
    let elements: Vec<&xml::Element> = found
        .iter()
        .filter_map(|piece| match piece {
            Piece::Start(element) => Some(element),
            _ => None,
        })
        .collect();
    assert_eq!(elements[0].attribute("x"), Some("1 & A"));
    assert_eq!((elements[1].local(), elements[1].line), ("b", 4));
    let ends = found
        .iter()
        .filter(|piece| matches!(piece, Piece::End(_)))
        .count();
    assert_eq!(ends, 2);
}

#[test]
fn hostile_xml_is_refused() {
    let laughs = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><l>&b;</l>";
    let outside = "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><l>&x;</l>";
    for text in [laughs, outside, "<l>&x;</l>", "<l a='&x;'/>"] {
        assert_eq!(
            pieces(text).unwrap_err().kind,
            SourceErrorKind::Unsafe,
            "{text}"
        );
    }
    assert_eq!(
        pieces(&"<a>".repeat(100_000)).unwrap_err().kind,
        SourceErrorKind::Limit
    );
    for text in [
        "",
        "x",
        "<a>",
        "<a></b>",
        "<a",
        "<a b=c/>",
        "<a>&#xD800;</a>",
        "<a/><",
        "<a b='&'/>",
    ] {
        assert!(pieces(text).is_err(), "{text}");
    }
}
