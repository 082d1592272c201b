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
            parameters.push((key.trim().to_ascii_uppercase(), value));
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
    for (nth, raw) in text.split('\n').enumerate() {
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
        let list = Line::of("CATEGORIES:a\\,b,c", 1).unwrap();
        assert_eq!(list.texts(), ["a,b", "c"]);
    }
}
