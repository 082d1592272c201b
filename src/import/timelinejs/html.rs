//! HTML as `TimelineJS` has it in its texts, to plain text.

/// The words of a piece of HTML: tags gone, a line break for each paragraph, entities read.
///
/// A `<` that begins no tag stays as it is.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = if rest.starts_with('<') {
            tag(rest, &mut out)
        } else {
            entity(rest, &mut out)
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    let lines: Vec<&str> = out
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

/// How many bytes a tag takes, or the sign if it begins none.
fn tag(rest: &str, out: &mut String) -> usize {
    let name = rest[1..].trim_start_matches('/');
    let begins = name
        .as_bytes()
        .first()
        .is_some_and(|b| b.is_ascii_alphabetic() || *b == b'!');
    // Text is not searched for an end further than a tag may reach.
    let reach = rest.len().min(4096);
    let end = memchr::memchr(b'>', &rest.as_bytes()[..reach]);
    let Some(end) = end.filter(|_| begins) else {
        out.push('<');
        return 1;
    };
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let breaks = [
        "p",
        "br",
        "div",
        "li",
        "ul",
        "ol",
        "blockquote",
        "cite",
        "h1",
        "h2",
        "h3",
        "h4",
        "tr",
    ];
    if breaks
        .iter()
        .any(|one| one.eq_ignore_ascii_case(&name[..length]))
    {
        out.push('\n');
    }
    end + 1
}

/// How many bytes an entity takes, or the sign if it begins none.
fn entity(rest: &str, out: &mut String) -> usize {
    let reach = rest.len().min(12);
    let Some(end) = memchr::memchr(b';', &rest.as_bytes()[..reach]) else {
        out.push('&');
        return 1;
    };
    let name = &rest[1..end];
    let number = name.strip_prefix('#').and_then(|number| {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
        code.ok().and_then(char::from_u32)
    });
    let letter = number.or(match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        "rsquo" => Some('’'),
        "lsquo" => Some('‘'),
        "rdquo" => Some('”'),
        "ldquo" => Some('“'),
        _ => None,
    });
    match letter {
        Some(letter) => {
            out.push(letter);
            end + 1
        }
        None => {
            out.push('&');
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_are_left_of_html() {
        for (html, words) in [
            ("<p>One &amp; two</p><p>three</p>", "One & two\nthree"),
            ("1 < 2 & 3", "1 < 2 & 3"),
            ("&lt;b&gt; &#233;&#xE9; &nothing;", "<b> éé &nothing;"),
            ("<a href=\"https://a.example/?x=1>2\">x</a>", "2\">x"),
            ("a<br/>b<!-- c -->", "a\nb"),
            ("<", "<"),
            ("&", "&"),
        ] {
            assert_eq!(plain(html), words, "{html}");
        }
    }
}
