//! What an address asks, as plain data.

use std::fmt::Write as _;

/// The most options of an address.
const MOST_OPTIONS: usize = 200;

/// A request that was let in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    /// The path, decoded in pieces: `record`, `claims.jsonl#claims/16`.
    pub(crate) path: Vec<String>,
    /// The last piece of the path without its ending, and the ending, where its dot is plain: a dot that
    /// is written `%2E` is part of a name.
    pub(crate) ending: Option<(String, String)>,
    /// The options, in their order.
    pub(crate) options: Vec<(String, String)>,
    /// The token of the session's forms.
    pub(crate) token: String,
    /// What a form says that was posted.
    pub(crate) form: Vec<(String, String)>,
}

impl Request {
    /// Reads a path and what stands after its question mark; `None` if it is malformed.
    pub(crate) fn read(path: &str, query: Option<&str>) -> Option<Request> {
        let pieces = path.strip_prefix('/')?.split('/');
        let ending = path
            .rsplit('/')
            .next()
            .and_then(|last| last.rsplit_once('.'));
        let ending =
            ending.and_then(|(before, ending)| Some((decoded(before, false)?, ending.to_owned())));
        let path = pieces
            .map(|piece| decoded(piece, false))
            .collect::<Option<Vec<_>>>()?;
        Some(Request {
            path,
            ending,
            options: pairs(query.unwrap_or_default())?,
            token: String::new(),
            form: Vec::new(),
        })
    }

    /// The value of an option, if it stands there once and is not empty.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        let mut named = self.options.iter().filter(|(one, _)| one == name);
        let (_, first) = named.next()?;
        let is_one = named.next().is_none() && !first.is_empty();
        is_one.then_some(first.as_str())
    }

    /// All values of an option.
    pub(crate) fn all<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        let named = self.options.iter().filter(move |(one, _)| one == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Whether an option stands there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.options.iter().any(|(one, _)| one == name)
    }
}

/// The pairs of a form or of what stands after a question mark. What is empty asks nothing, but for an
/// option that takes no value.
pub(crate) fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decoded(name, true)?, decoded(value, true)?))
    });
    let pairs = pairs.collect::<Option<Vec<_>>>()?;
    (pairs.len() <= MOST_OPTIONS).then_some(pairs)
}

/// A text without its percent signs; `None` if what comes out is no text. In options, `+` is a space.
fn decoded(text: &str, plus: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                (digit(rest.next())? * 16 + digit(rest.next())?) as u8
            }
            b'+' if plus => b' ',
            byte => byte,
        });
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.contains('\0')).then_some(text)
}

/// A text as a piece of a path, or as a name or value of an option.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// An address: a path, already encoded, with options.
pub(crate) fn address<'o>(
    path: &str,
    options: impl IntoIterator<Item = (&'o str, &'o str)>,
) -> String {
    let mut out = path.to_owned();
    for (nth, (name, value)) in options.into_iter().enumerate() {
        out.push(if nth == 0 { '?' } else { '&' });
        out.push_str(&encoded(name));
        if !value.is_empty() {
            out.push('=');
            out.push_str(&encoded(value));
        }
    }
    out
}

/// The address of a record.
pub(crate) fn record(id: &str) -> String {
    named("record", id)
}

/// The address of something by its name. A dot in it begins no ending.
pub(crate) fn named(page: &str, id: &str) -> String {
    without_ending(&format!("/{page}/{}", encoded(id)))
}

/// A path whose last dot begins no ending.
pub(crate) fn without_ending(path: &str) -> String {
    match path.rsplit_once('.') {
        Some((before, after)) => format!("{before}%2E{after}"),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_was_made() {
        for id in [
            "plain",
            "claims.jsonl#claims/16",
            "a b+c%20",
            "Ünïcode\u{202e}",
            "<script>&\"'",
            "a.json",
            "x?y=z",
        ] {
            let made = address(&record(id), [("by", id), ("surely", "")]);
            let (path, query) = made.split_once('?').unwrap();
            assert!(made.is_ascii() && !path.contains("//"));
            let read = Request::read(path, Some(query)).unwrap();
            assert_eq!(read.path, ["record", id]);
            assert_eq!(read.ending, None);
            assert_eq!(read.one("by"), Some(id));
            assert!(read.has("surely") && read.one("surely").is_none());
        }
    }

    #[test]
    fn what_is_malformed_is_refused() {
        for path in ["", "no-slash", "/%", "/%zz", "/%ff", "/%00"] {
            assert!(Request::read(path, None).is_none(), "{path}");
        }
        assert!(Request::read("/", Some("a=%C3")).is_none());
        assert!(Request::read("/", Some(&"a=1&".repeat(201))).is_none());
        assert!(Request::read("/", Some("a=1&&b")).is_some());
    }
}
