//! Single values of YAML: when a text may stand without quotes, and how it is quoted else.

/// What the reader of facts wants in a place: it decides what must be quoted, and whether a list of
/// one may stand without its brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A text. One that other programs would take for a number or a truth is quoted.
    Text,
    /// A date or duration: `2021` stays as it is.
    Date,
    /// Whatever it is, in a field of one's own: a text that looks like a number is quoted.
    AsItIs,
}

impl Wanted {
    /// What a field of a record wants.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "published" | "lifespan" | "when" | "said" | "recorded" | "retracted" | "on"
            | "edtf" | "by" => Wanted::Date,
            name if name.starts_with("x_") => Wanted::AsItIs,
            _ => Wanted::Text,
        }
    }

    /// What a field of an object in this place wants.
    pub(super) fn of_field(self, name: &str) -> Self {
        match self {
            Wanted::AsItIs => Wanted::AsItIs,
            _ => Wanted::of(name),
        }
    }

    /// What the inside of an object in this place wants, until its fields say more.
    pub(super) fn inside(self) -> Self {
        match self {
            Wanted::AsItIs => Wanted::AsItIs,
            _ => Wanted::Text,
        }
    }
}

/// The longest key, in bytes, that YAML finds by its colon alone.
const LONGEST_KEY: usize = 1000;

/// A key, and whether it is so long that YAML wants a question mark before it.
pub(super) fn key(name: &str) -> (String, bool) {
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let text = if plain && is_plain(name, Wanted::AsItIs) {
        name.to_owned()
    } else {
        quoted(name)
    };
    let long = text.len() > LONGEST_KEY;
    (text, long)
}

/// A text between brackets.
pub(super) fn in_flow(text: &str, wanted: Wanted) -> String {
    // A question mark ends a text here for readers of YAML 1.1.
    let closed = text.contains([',', '[', ']', '{', '}', '?']);
    if !closed && is_plain(text, wanted) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// A text as the value of a field; the lines of one of several are indented by `indent`.
pub(super) fn in_block(text: &str, wanted: Wanted, indent: usize) -> String {
    if is_plain(text, wanted) {
        return text.to_owned();
    }
    if !is_block(text) {
        return quoted(text);
    }
    let strip = if text.ends_with('\n') { "" } else { "-" };
    let mut out = format!("|{strip}");
    for line in text.lines() {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
    }
    out
}

/// Whether a text of several lines reads the same as a block: lines without white space at their
/// ends, of which the first is neither empty nor indented, and at most one line break at the end.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let first_is_flush = body.starts_with(|c: char| !c.is_whitespace());
    text.contains('\n')
        && first_is_flush
        && !body.ends_with('\n')
        && body
            .split('\n')
            .all(|line| !line.ends_with(char::is_whitespace))
        && body.chars().all(|c| c == '\n' || !is_escaped(c))
}

/// Whether a text of one line is read as itself without quotes, by this reader and by others.
fn is_plain(text: &str, wanted: Wanted) -> bool {
    let begins = text.chars().next().is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, '.' | '/' | '(' | '+' | '$') || !c.is_ascii()
    });
    // A year such as 2023 is the same number to any reader; 0000 or -0044 is another.
    let changed = |number: i64| number.to_string() != text;
    let number = match wanted {
        Wanted::Date => text.parse::<i64>().is_ok_and(changed),
        _ => looks_like_a_number(text),
    };
    begins
        && !text.ends_with(':')
        && !text.ends_with(char::is_whitespace)
        && !text.starts_with(char::is_whitespace)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(is_escaped)
        && !number
        && !is_word_of_yaml(text)
}

/// Words that YAML, in one version or another, takes for nothing or for a truth.
fn is_word_of_yaml(text: &str) -> bool {
    matches!(
        text.to_ascii_lowercase().as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    )
}

/// Whether a text is a number or a date to some reader of YAML.
fn looks_like_a_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-', '.']);
    let numeric = |c: char| c.is_ascii_digit() || "+-.:_eETZ".contains(c);
    text.parse::<f64>().is_ok()
        || digits.eq_ignore_ascii_case("inf")
        || digits.starts_with("0x")
        || digits.starts_with("0o")
        || digits.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(numeric)
}

/// A text in quotes: single ones where that saves escapes.
fn quoted(text: &str) -> String {
    let escapes = text.chars().any(is_escaped);
    if !escapes && !text.contains('\'') && text.contains(['"', '\\']) {
        return format!("'{text}'");
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0' => out.push_str("\\0"),
            c if is_escaped(c) => out.push_str(&match c as u32 {
                code @ ..=0xFF => format!("\\x{code:02X}"),
                code @ ..=0xFFFF => format!("\\u{code:04X}"),
                code => format!("\\U{code:08X}"),
            }),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Characters that do not stand in a file as themselves: those that YAML does not print, its line
/// breaks, and those that nobody would see.
fn is_escaped(c: char) -> bool {
    annals_finding::is_hidden(c)
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stand_without_quotes_where_they_may() {
        let shown = |text| in_block(text, Wanted::Text, 4);
        for plain in [
            "NATO",
            "Ukraine's side",
            "a, b",
            "Київ",
            "“so”",
            "a:b",
            "C# or a#b",
        ] {
            assert_eq!(shown(plain), plain);
        }
        assert_eq!(shown("no"), "\"no\"");
        assert_eq!(shown("2021"), "\"2021\"");
        assert_eq!(in_block("2021", Wanted::Date, 4), "2021");
        assert_eq!(shown("1e5"), "\"1e5\"");
        assert_eq!(shown(""), "\"\"");
        assert_eq!(shown("a: b"), "\"a: b\"");
        assert_eq!(shown("say \"no\": now"), "'say \"no\": now'");
        assert_eq!(in_flow("a, b", Wanted::Text), "\"a, b\"");
        assert_eq!(shown("\0\u{202E}\u{85}"), "\"\\0\\u202E\\x85\"");
        assert_eq!(shown("one\n  two\n"), "|\n    one\n      two");
        assert_eq!(shown("one\n\ntwo"), "|-\n    one\n\n    two");
        assert_eq!(shown(" one\ntwo"), "\" one\\ntwo\"");
    }
}
