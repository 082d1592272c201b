//! Texts within XML, HTML and addresses: escaped, and with what cannot be shown left out, written
//! another way, or as the sign that Unicode has for it.

use std::borrow::Cow;

/// Whether a picture can show the character: it is no control character, none that XML 1.0
/// forbids, and none that turns the direction of the words after it or breaks its line.
pub fn is_shown(c: char) -> bool {
    !annals_finding::is_hidden(c) && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// The entity of a character that is markup between tags or in double quotes.
pub fn entity(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        _ => return None,
    })
}

/// A text with the entities of what is markup, and without what no picture can show.
pub fn xml(text: &str) -> String {
    with_entities(text.chars().filter(|c| is_shown(*c)))
}

/// A text within HTML, between tags or in double quotes, [`unturned`].
pub fn html(text: &str) -> String {
    with_entities(unturned(text).chars())
}

fn with_entities(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::with_capacity(chars.size_hint().1.unwrap_or(0));
    for c in chars {
        match entity(c) {
            Some(entity) => out.push_str(entity),
            None => out.push(c),
        }
    }
    out
}

/// A text without control characters, for formats that cannot hold them: each but the tab and the
/// line break becomes the sign that Unicode has for it (`␀`, `␇`, `␡`), or `�` where it has none.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_control) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(sign).collect())
}

/// The same, also without what turns the direction of the text after it or breaks its line: it
/// becomes `�`. The two marks of direction, which turn nothing after them, are left out.
pub fn unturned(text: &str) -> Cow<'_, str> {
    let turns = |c: char| annals_finding::is_hidden(c) && !c.is_control();
    if !text.chars().any(|c| is_control(c) || turns(c)) {
        return Cow::Borrowed(text);
    }
    let kept = text
        .chars()
        .filter(|c| !matches!(c, '\u{200E}' | '\u{200F}'));
    Cow::Owned(
        kept.map(|c| if turns(c) { '\u{FFFD}' } else { sign(c) })
            .collect(),
    )
}

fn sign(c: char) -> char {
    match c as u32 {
        _ if !is_control(c) => c,
        code @ ..=0x1F => char::from_u32(0x2400 + code).unwrap_or('\u{FFFD}'),
        0x7F => '\u{2421}',
        _ => '\u{FFFD}',
    }
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// A text for a sheet, with what steers a terminal written out: `\u{1b}` for an escape character.
/// `\u{` in the text itself becomes `\u{5c}u{`, so that every text can be had back.
pub fn written_out(text: &str) -> Cow<'_, str> {
    let is_written = |c: char| annals_finding::is_hidden(c) && !matches!(c, '\n' | '\t');
    if !text.contains("\\u{") && !text.chars().any(is_written) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        if is_written(c) || text[at..].starts_with("\\u{") {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// A text with the bytes of all characters that are not plain percent-encoded.
pub fn percent(text: &str, plain: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if plain(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value & 15)]);
                out.extend(['%', digit(byte >> 4), digit(byte)]);
            }
        }
    }
    out
}

/// A text with all but RFC 3986's unreserved characters as percent-encoded bytes. Different texts
/// stay different.
pub fn percent_encoded(text: &str) -> String {
    percent(text, |c| c.is_ascii_alphanumeric() || "-._~".contains(c))
}

/// A name as an id of a picture: letters, digits and `-_.` as they are, the bytes of all else as
/// `%20`. Different names stay different.
pub fn as_id(name: &str) -> String {
    percent(name, |c| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
    })
}

/// Whether an address is one of the web: what somebody wrote into a field must not run when it is
/// followed.
pub fn is_of_the_web(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        let start = url.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// Whether a character may stand in no address.
pub fn is_delimiter(c: char) -> bool {
    r#"<>"\^`{|}"#.contains(c)
}

/// An address of the web, with what may not stand in an address percent-encoded; `None` for any
/// other.
pub fn web_address(url: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_graphic() && !is_delimiter(c);
    is_of_the_web(url).then(|| percent(url, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_markup() {
        assert_eq!(
            xml("]]> <b a=\"1\"> & \0\u{b}\u{202E}\u{FFFF}x \\"),
            "]]&gt; &lt;b a=&quot;1&quot;&gt; &amp; x \\"
        );
        assert_eq!(
            html("<b> & \"x\" \\\0"),
            "&lt;b&gt; &amp; &quot;x&quot; \\␀"
        );
    }

    #[test]
    fn what_cannot_be_shown_has_a_sign() {
        assert_eq!(printable("a\0\u{7}\u{7f}\u{85}\n\tb"), "a␀␇␡\u{FFFD}\n\tb");
        assert_eq!(
            unturned("a\u{202E}b\u{2028}c\u{61C}d\u{200F}e\0"),
            "a\u{FFFD}b\u{FFFD}c\u{FFFD}de␀"
        );
        assert_eq!(
            written_out("a\u{1b}[1m\r\n\u{2066}\\u{1b} \\n"),
            "a\\u{1b}[1m\\u{d}\n\\u{2066}\\u{5c}u{1b} \\n"
        );
    }

    #[test]
    fn ids_stay_different() {
        assert_eq!(as_id("kyiv.yaml#orders/3"), "kyiv.yaml%23orders%2F3");
        assert_ne!(as_id("a b"), as_id("a%20b"));
        assert_ne!(as_id("a:b"), "a:b");
    }

    #[test]
    fn addresses_are_whole_and_of_the_web() {
        assert_eq!(percent_encoded("a b/é#1"), "a%20b%2F%C3%A9%231");
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(
            web_address("https://a.b/?c=d&e=\"f g\u{e9}%20").as_deref(),
            Some("https://a.b/?c=d&e=%22f%20g%C3%A9%20")
        );
    }
}
