//! What several formats escape alike: characters that cannot be shown, HTML, IRIs.

use std::borrow::Cow;

use annals_draw::escapes::{percent, push};

/// A text without control characters, for formats that cannot hold them: each but the tab and the
/// line break becomes the sign that Unicode has for it (`␀`, `␇`, `␡`), or `�` where it has none.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let sign = |c: char| match c as u32 {
        _ if !is_hidden(c) => c,
        code @ ..=0x1F => char::from_u32(0x2400 + code).unwrap_or('\u{FFFD}'),
        0x7F => '\u{2421}',
        _ => '\u{FFFD}',
    };
    Cow::Owned(text.chars().map(sign).collect())
}

fn is_hidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// A text within HTML, between tags or in double quotes.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        push(&mut out, c, "\\");
    }
    out
}

/// A text with all but RFC 3986's unreserved characters as percent-encoded bytes. Different texts
/// stay different.
pub(super) fn percent_encoded(text: &str) -> String {
    percent(text, |c| c.is_ascii_alphanumeric() || "-._~".contains(c))
}

/// An address of the web, with what may not stand in an address percent-encoded; `None` for any
/// other: what somebody wrote into a field must not run when it is followed.
pub(super) fn web_address(url: &str) -> Option<String> {
    let begins = |scheme: &str| {
        let start = url.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if !begins("https://") && !begins("http://") {
        return None;
    }
    Some(percent(url, |c| {
        c.is_ascii_graphic() && !r#"<>"\^`{|}"#.contains(c)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_shown_has_a_sign() {
        assert_eq!(printable("a\0\u{7}\u{7f}\u{85}\n\tb"), "a␀␇␡\u{FFFD}\n\tb");
        assert_eq!(html("<b> & \"x\""), "&lt;b&gt; &amp; &quot;x&quot;");
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
