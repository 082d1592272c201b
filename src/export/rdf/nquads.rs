//! [N-Quads](https://www.w3.org/TR/n-quads/), all in the default graph: which makes it N-Triples too.

use std::io;

use super::terms::{Thing, Value};

/// Writes a thing, one statement a line.
pub(super) fn thing(thing: &Thing, out: &mut dyn io::Write) -> io::Result<()> {
    for (predicate, value) in &thing.says {
        write!(out, "<{}> <{}> ", thing.iri, predicate.iri())?;
        match value {
            Value::Thing(iri) => write!(out, "<{iri}>")?,
            Value::Word(word) => write!(out, "<{}>", word.iri())?,
            Value::Text(text) => write!(out, "\"{}\"", escaped(text))?,
            Value::Typed(text, datatype) => {
                write!(out, "\"{}\"^^<{}>", escaped(text), datatype.iri())?;
            }
        }
        out.write_all(b" .\n")?;
    }
    Ok(())
}

/// A text within quotation marks: line breaks and what cannot be seen as escapes, so that a
/// statement stays on its line in any editor.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if annals_finding::is_hidden(c) || c == '\u{FEFF}' => match c as u32 {
                code @ ..=0xFFFF => out.push_str(&format!("\\u{code:04X}")),
                code => out.push_str(&format!("\\U{code:08X}")),
            },
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_stays_on_its_line() {
        let mut subject = Thing::new("urn:a".into(), "prov:Entity");
        subject.text("rdfs:label", "\"a\\b\"\n\0\u{85}\u{2028}é");
        let mut out = Vec::new();
        thing(&subject, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.lines().count(), 2);
        assert!(
            text.ends_with("label> \"\\\"a\\\\b\\\"\\n\\u0000\\u0085\\u2028é\" .\n"),
            "{text}"
        );
    }
}
