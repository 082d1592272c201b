//! The text of an HTML page: blocks as paragraphs, without what is not shown.

/// Whether a text is an HTML page.
pub fn is_html(text: &str) -> bool {
    let mut at = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(rest) = at.strip_prefix("<!--") {
        at = rest
            .split_once("-->")
            .map_or("", |(_, rest)| rest)
            .trim_start();
    }
    let begin: String = at.chars().take(14).collect::<String>().to_ascii_lowercase();
    begin.starts_with("<!doctype html") || begin.starts_with("<html")
}

/// The text of an HTML page. Elements that are not read (scripts, styles, navigation, forms) are left out; what is a
/// block is a paragraph.
pub fn text_of_html(html: &str) -> String {
    const HIDDEN: &[&str] = &[
        "script", "style", "head", "nav", "noscript", "template", "svg", "form", "footer", "aside",
        "button", "iframe", "select", "textarea",
    ];
    const INLINE: &[&str] = &[
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "ins",
        "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u",
        "var", "wbr", "img",
    ];
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    let mut lines: Vec<String> = Vec::new();
    while let Some(at) = rest.find('<') {
        push_text(&mut out, &rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        if !closing && HIDDEN.contains(&name.as_str()) && !tag.ends_with('/') {
            rest = after_element(rest, &name);
        }
        if !INLINE.contains(&name.as_str()) {
            end_line(&mut out, &mut lines);
        }
    }
    push_text(&mut out, rest);
    end_line(&mut out, &mut lines);
    let mut text = lines.join("\n\n");
    text.push('\n');
    text
}

/// What stands behind the end of an element.
fn after_element<'t>(rest: &'t str, name: &str) -> &'t str {
    let mut at = 0;
    while let Some(found) = rest[at..].find("</") {
        let tag = at + found + 2;
        let candidate = rest.get(tag..tag + name.len());
        if candidate.is_some_and(|candidate| candidate.eq_ignore_ascii_case(name)) {
            return rest[tag..].split_once('>').map_or("", |(_, rest)| rest);
        }
        at = tag;
    }
    ""
}

fn end_line(out: &mut String, lines: &mut Vec<String>) {
    let line = out.split_whitespace().collect::<Vec<_>>().join(" ");
    if !line.is_empty() {
        lines.push(line);
    }
    out.clear();
}

/// Adds a stretch of text, its entities resolved.
fn push_text(out: &mut String, text: &str) {
    const NAMED: &[(&str, &str)] = &[
        ("amp", "&"),
        ("lt", "<"),
        ("gt", ">"),
        ("quot", "\""),
        ("apos", "'"),
        ("nbsp", "\u{a0}"),
        ("ldquo", "“"),
        ("rdquo", "”"),
        ("lsquo", "‘"),
        ("rsquo", "’"),
        ("bdquo", "„"),
        ("sbquo", "‚"),
        ("laquo", "«"),
        ("raquo", "»"),
        ("ndash", "–"),
        ("mdash", "—"),
        ("hellip", "…"),
        ("euro", "€"),
        ("pound", "£"),
        ("auml", "ä"),
        ("ouml", "ö"),
        ("uuml", "ü"),
        ("Auml", "Ä"),
        ("Ouml", "Ö"),
        ("Uuml", "Ü"),
        ("szlig", "ß"),
        ("eacute", "é"),
        ("egrave", "è"),
        ("agrave", "à"),
        ("ccedil", "ç"),
        ("ecirc", "ê"),
        ("shy", ""),
    ];
    /// No name of an entity is longer.
    const LONGEST: usize = 12;
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
        let found = end.and_then(|end| {
            let name = &rest[1..end];
            let number =
                name.strip_prefix('#')
                    .and_then(|digits| match digits.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok(),
                        None => digits.parse().ok(),
                    });
            let named = NAMED
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, text)| (*text).to_string());
            let text = number
                .and_then(char::from_u32)
                .map(String::from)
                .or(named)?;
            Some((text, end + 1))
        });
        match found {
            Some((text, length)) => {
                out.push_str(&text);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}
