//! What LaTeX writes in place of letters: accents, ligatures, escapes, and braces around what keeps
//! its case.

/// The text that a value of BibTeX shows.
///
/// Commands that are not known lose their name and keep what they stand before.
pub(super) fn shown(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    // An accent that waits for its letter.
    let mut accent = None;
    let mut in_math = false;
    while let Some(c) = chars.next() {
        match c {
            '{' | '}' if !in_math => {}
            '$' => in_math = !in_math,
            '~' if !in_math => out.push('\u{A0}'),
            '-' if chars.peek() == Some(&'-') && !in_math => {
                while chars.next_if_eq(&'-').is_some() {}
                out.push('–');
            }
            '\\' => {
                let Some(next) = chars.next() else { break };
                if !next.is_ascii_alphabetic() {
                    match mark(next) {
                        Some(mark) => accent = Some(mark),
                        None if next == '\\' => out.push(' '),
                        None => out.push(next),
                    }
                    continue;
                }
                let mut name = String::from(next);
                while let Some(letter) = chars.next_if(char::is_ascii_alphabetic) {
                    name.push(letter);
                }
                // A blank after a command ends its name.
                let ended = chars.next_if(|c| c.is_whitespace()).is_some();
                if let Some(letter) = letter(&name) {
                    push(&mut out, letter, &mut accent);
                } else if name.chars().count() == 1
                    && let Some(mark) = name.chars().next().and_then(mark)
                {
                    accent = Some(mark);
                } else if ended && chars.peek().is_some_and(|c| *c != '{') && !out.is_empty() {
                    out.push(' ');
                }
            }
            c => {
                let mut text = [0; 4];
                push(&mut out, c.encode_utf8(&mut text), &mut accent);
            }
        }
    }
    let words: Vec<&str> = out
        .split([' ', '\n', '\r', '\t'])
        .filter(|w| !w.is_empty())
        .collect();
    words.join(" ")
}

/// Whether a value has a command that is neither an accent nor a letter, so that what it shows is
/// not known.
pub(super) fn has_unknown_command(value: &str) -> bool {
    let mut commands = value.split('\\').skip(1);
    commands.any(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic());
        let name = &rest[..end.unwrap_or(rest.len())];
        let is_mark = name.len() == 1 && name.chars().next().and_then(mark).is_some();
        !name.is_empty() && letter(name).is_none() && !is_mark
    })
}

/// Adds a letter, under the accent that waited for it.
fn push(out: &mut String, letter: &str, accent: &mut Option<char>) {
    use unicode_normalization::UnicodeNormalization as _;
    match accent.take() {
        None => out.push_str(letter),
        Some(mark) => {
            // What carries an accent has no dot.
            let letter = match letter {
                "ı" => "i",
                other => other,
            };
            out.extend(letter.chars().chain([mark]).nfc());
        }
    }
}

/// The accent of a command: the mark that Unicode combines with a letter.
fn mark(command: char) -> Option<char> {
    Some(match command {
        '`' => '\u{300}',
        '\'' => '\u{301}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        'u' => '\u{306}',
        '.' => '\u{307}',
        '"' => '\u{308}',
        'r' => '\u{30A}',
        'H' => '\u{30B}',
        'v' => '\u{30C}',
        'd' => '\u{323}',
        'c' => '\u{327}',
        'k' => '\u{328}',
        'b' => '\u{331}',
        _ => return None,
    })
}

/// Letters and signs that have a command.
fn letter(name: &str) -> Option<&'static str> {
    Some(match name {
        "ss" => "ß",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "aa" => "å",
        "AA" => "Å",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "i" => "ı",
        "j" => "j",
        "dh" => "ð",
        "DH" => "Ð",
        "th" => "þ",
        "TH" => "Þ",
        "dj" => "đ",
        "DJ" => "Đ",
        "ldots" | "dots" | "textellipsis" => "…",
        "textendash" => "–",
        "textemdash" => "—",
        "textquoteright" => "’",
        "textquoteleft" => "‘",
        "textquotedblleft" => "“",
        "textquotedblright" => "”",
        "textbackslash" => "\\",
        "textasciitilde" => "~",
        "textunderscore" => "_",
        "euro" | "texteuro" => "€",
        "pounds" | "textsterling" => "£",
        "S" => "§",
        "copyright" => "©",
        "slash" => "/",
        "LaTeX" => "LaTeX",
        "TeX" => "TeX",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn letters_are_as_they_are_printed() {
        for (written, printed) in [
            ("G{\\\"o}del", "Gödel"),
            ("Erd{\\H o}s", "Erdős"),
            ("\\v{Z}i\\v{z}ek", "Žižek"),
            ("Ma{\\\"\\i}s", "Maïs"),
            ("{NATO} \\& the {\\ae}ther", "NATO & the æther"),
            ("1914--18", "1914–18"),
            ("Stra{\\ss}e, \\O stfold", "Straße, Østfold"),
            ("\\emph{bold} words\\", "bold words"),
            ("a\n   b", "a b"),
            ("$E=mc^2$", "E=mc^2"),
        ] {
            assert_eq!(shown(written), printed, "{written}");
        }
    }
}
