//! The content lines of a calendar (RFC 5545, 3.1): unfolded, with their parameters and their number.

/// A property of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The name in upper case.
    pub(super) name: String,
    /// Names in upper case, and values without their quotes.
    pub(super) parameters: Vec<(String, String)>,
    /// The value as written.
    pub(super) value: String,
    /// The line of the file on which it begins, from 1.
    pub(super) number: usize,
}

impl Line {
    /// Reads a line; `None` where it has no name or no value.
    fn of(text: &str, number: usize) -> Option<Line> {
        let mut rest = text;
        let end = rest.find([';', ':'])?;
        let name = rest[..end].trim().to_ascii_uppercase();
        rest = &rest[end..];
        let mut parameters = Vec::new();
        while let Some(more) = rest.strip_prefix(';') {
            let (key, mut after) = more.split_once('=')?;
            let mut value = String::new();
            // A quoted value may hold what would end it.
            let mut quoted = false;
            let end = after.char_indices().find_map(|(at, c)| {
                quoted ^= c == '"';
                (!quoted && matches!(c, ';' | ':')).then_some(at)
            })?;
            value.extend(after[..end].chars().filter(|c| *c != '"'));
            after = &after[end..];
            parameters.push((key.trim().to_ascii_uppercase(), with_carets(value)));
            rest = after;
        }
        let value = rest.strip_prefix(':')?.to_owned();
        (!name.is_empty()).then_some(Line {
            name,
            parameters,
            value,
            number,
        })
    }

    /// The value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut each = self.parameters.iter();
        each.find(|(one, _)| one == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value as a text (3.3.11).
    pub(super) fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// The values of a list of texts.
    pub(super) fn texts(&self) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut escaped = false;
        for c in self.value.chars() {
            if c == ',' && !escaped {
                parts.push(String::new());
            } else if let Some(last) = parts.last_mut() {
                last.push(c);
            }
            escaped = c == '\\' && !escaped;
        }
        let texts = parts.iter().map(|part| unescaped(part).trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    }
}

/// A value of a parameter, in which `^n`, `^^` and `^'` stand for what it cannot hold (RFC 6868).
fn with_carets(value: String) -> String {
    if !value.contains('^') {
        return value;
    }
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        let meant = match chars.peek() {
            Some('n') if c == '^' => '\n',
            Some('^') if c == '^' => '^',
            Some('\'') if c == '^' => '"',
            _ => {
                out.push(c);
                continue;
            }
        };
        out.push(meant);
        chars.next();
    }
    out
}

/// Where a line is folded within a character (3.1 warns of it), the bytes of that character are put
/// together, so that the text can be decoded; line breaks stay where they are.
pub(super) fn with_whole_characters(bytes: Vec<u8>) -> Vec<u8> {
    if std::str::from_utf8(&bytes).is_ok() {
        return bytes;
    }
    let mut whole = Vec::with_capacity(bytes.len());
    // Folds within a character that is not whole yet.
    let mut folds = Vec::new();
    let mut rest = &bytes[..];
    while let Some(&first) = rest.first() {
        let fold = [&b"\r\n"[..], &b"\n"[..]].into_iter().find(|end| {
            let after = rest.strip_prefix(*end);
            after.is_some_and(|after| matches!(after.first(), Some(b' ' | b'\t')))
        });
        if let Some(fold) = fold {
            let (fold, after) = rest.split_at(fold.len() + 1);
            if lacks_bytes(&whole) {
                folds.extend_from_slice(fold);
            } else {
                whole.extend_from_slice(fold);
            }
            rest = after;
            continue;
        }
        let is_inner = (0x80..0xC0).contains(&first);
        if !is_inner {
            whole.append(&mut folds);
        }
        whole.push(first);
        if !folds.is_empty() && !lacks_bytes(&whole) {
            whole.append(&mut folds);
        }
        rest = &rest[1..];
    }
    whole.append(&mut folds);
    if std::str::from_utf8(&whole).is_ok() {
        whole
    } else {
        bytes
    }
}

/// Whether the last character is not whole.
fn lacks_bytes(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(4)..];
    let begin = tail.iter().rposition(|byte| *byte >= 0xC0);
    begin.is_some_and(|begin| match std::str::from_utf8(&tail[begin..]) {
        Ok(_) => false,
        Err(error) => error.error_len().is_none(),
    })
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

/// All lines of a text, unfolded: read ones, and the numbers of those that are none.
pub(super) fn lines(text: &str) -> (Vec<Line>, Vec<usize>) {
    let (mut lines, mut faulty) = (Vec::new(), Vec::new());
    let mut open: Option<(String, usize)> = None;
    let mut end = |open: Option<(String, usize)>| {
        let Some((text, number)) = open.filter(|(text, _)| !text.trim().is_empty()) else {
            return;
        };
        match Line::of(&text, number) {
            Some(line) => lines.push(line),
            None => faulty.push(number),
        }
    };
    // Old programs end lines with a carriage return alone.
    let mark = if text.contains('\n') { '\n' } else { '\r' };
    for (nth, raw) in text.split(mark).enumerate() {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        match (raw.strip_prefix([' ', '\t']), &mut open) {
            (Some(rest), Some((text, _))) => text.push_str(rest),
            _ => end(open.replace((raw.to_owned(), nth + 1))),
        }
    }
    end(open);
    (lines, faulty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_unfolded_and_taken_apart() {
        let text = "BEGIN:VEVENT\r\nATTENDEE;CN=\"A; b: c\";x=1:mailto:a@b.c\r\nSUMMARY:one\\, two\r\n  three\\nfour\r\nnone\r\n";
        let (found, faulty) = lines(text);
        assert_eq!(faulty, [5]);
        assert_eq!(found[1].parameter("CN"), Some("A; b: c"));
        assert_eq!(found[1].value, "mailto:a@b.c");
        assert_eq!(
            (found[2].text().as_str(), found[2].number),
            ("one, two three\nfour", 3)
        );
        let caret = Line::of("ATTENDEE;CN=Ada ^'the quay^' Lind^^:mailto:a@b.c", 1).unwrap();
        assert_eq!(caret.parameter("CN"), Some("Ada \"the quay\" Lind^"));
        let old = lines("BEGIN:VEVENT\rSUMMARY:a\rEND:VEVENT\r").0;
        assert_eq!((old.len(), old[1].number), (3, 2));
        let list = Line::of("CATEGORIES:a\\,b,c", 1).unwrap();
        assert_eq!(list.texts(), ["a,b", "c"]);
    }

    #[test]
    fn a_character_that_is_folded_is_whole_again() {
        for (text, wanted) in [
            ("SUMMARY:Caf\u{e9} am Kai", "Caf\u{e9} am Kai"),
            (
                "SUMMARY:\u{41a}\u{438}\u{457}\u{432}",
                "\u{41a}\u{438}\u{457}\u{432}",
            ),
            ("SUMMARY:quay \u{1f6a2}!", "quay \u{1f6a2}!"),
        ] {
            // Folded after every single byte of the value.
            let (head, value) = text.as_bytes().split_at(8);
            let mut folded = head.to_vec();
            for byte in value {
                folded.extend_from_slice(b"\r\n ");
                folded.push(*byte);
            }
            let whole = String::from_utf8(with_whole_characters(folded)).unwrap();
            let (found, faulty) = lines(&whole);
            assert_eq!((found[0].text().as_str(), faulty.len()), (wanted, 0));
        }
        let latin = b"SUMMARY:Caf\xe9\r\n am Kai".to_vec();
        assert_eq!(with_whole_characters(latin.clone()), latin);
    }
}
