//! What stands in quotation marks in a text, generously: where it is in doubt whether words do, they do.

use annals_evidence::Span;

/// The stretches of a text in quotation marks of any shape, marks included, in code points, in order.
///
/// A quote that is not closed goes on to the next closing mark, over the paragraphs between. Single marks
/// may be apostrophes: the last that can close one does.
pub(crate) fn quoted(text: &str) -> Vec<Span> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let Some(end) = closed(&chars, at) else {
            at += 1;
            continue;
        };
        found.push(Span::new(at as u32, end as u32));
        at = end;
    }
    found
}

/// Whether a passage lies in one of some stretches, or shares a character with it.
pub(crate) fn is_within(passage: Span, quoted: &[Span]) -> bool {
    let after = quoted.partition_point(|one| one.end <= passage.start);
    quoted.get(after).is_some_and(|one| one.start < passage.end)
}

/// Whether the words at a place are given as somebody's in another way: after a colon (`NAME: words`) or a
/// dash, on a line that is set apart with `>`.
pub(crate) fn is_announced(text: &str, passage: Span) -> bool {
    let before: Vec<char> = text.chars().take(passage.start as usize).collect();
    let start = before.iter().rposition(|c| matches!(c, '\n' | '\r'));
    let line = before
        .get(start.map_or(0, |at| at + 1)..)
        .unwrap_or_default();
    let first = line.iter().find(|c| !c.is_whitespace());
    let is_set_apart = first.is_some_and(|c| matches!(c, '>' | '-' | '–' | '—' | '―' | '*' | '|'));
    let last = before.iter().rev().find(|c| !c.is_whitespace());
    is_set_apart || line.contains(&':') || last.is_some_and(|c| matches!(c, ':' | '–' | '—' | '―'))
}

/// The end of the quote that opens at a place, if one does.
fn closed(chars: &[char], at: usize) -> Option<usize> {
    let closing: &[char] = match chars[at] {
        '\u{201C}' | '\u{201D}' | '\u{201F}' => &['\u{201D}', '"'],
        '\u{201E}' | '\u{2E42}' => &['\u{201C}', '\u{201D}', '\u{201F}', '"'],
        '\u{AB}' => &['\u{BB}'],
        '\u{BB}' => &['\u{AB}', '\u{BB}'],
        '\u{2039}' => &['\u{203A}'],
        '\u{203A}' => &['\u{2039}', '\u{203A}'],
        '\u{300C}' => &['\u{300D}'],
        '\u{300E}' => &['\u{300F}'],
        '\u{FF02}' => &['\u{FF02}'],
        '"' => &['"', '\u{201D}'],
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\'' | '`' | '\u{B4}' => return single(chars, at),
        _ => return None,
    };
    let mut end = at + 1;
    while end < chars.len() {
        // A mark at the beginning of a paragraph goes on with what was open.
        let begins = end > 0 && matches!(chars[end - 1], '\n' | '\r');
        if closing.contains(&chars[end]) && !(begins && chars[end] == chars[at]) {
            return Some(end + 1);
        }
        end += 1;
    }
    Some(chars.len())
}

/// The end of a quote in single marks, which ends in its paragraph.
fn single(chars: &[char], at: usize) -> Option<usize> {
    let is_letter = |at: Option<usize>| {
        let c = at.and_then(|at| chars.get(at));
        c.is_some_and(|c| c.is_alphanumeric())
    };
    if is_letter(at.checked_sub(1)) || !is_letter(Some(at + 1)) {
        return None;
    }
    let rest = &chars[at + 1..];
    let paragraph = rest.iter().position(|c| matches!(c, '\n' | '\r'));
    let end = at + 1 + paragraph.unwrap_or(rest.len());
    let closes = |here: &usize| {
        matches!(chars[*here], '\'' | '\u{2018}' | '\u{2019}' | '\u{B4}')
            && !is_letter(Some(here + 1))
    };
    (at + 1..end).rev().find(closes).map(|last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let part = |span: &Span| {
            let chars = text.chars().skip(span.start as usize);
            chars.take((span.end - span.start) as usize).collect()
        };
        quoted(text).iter().map(part).collect()
    }

    #[test]
    fn marks_of_all_shapes_hold_what_is_quoted() {
        for (text, within) in [
            ("She said “no offer” and left.", vec!["“no offer”"]),
            (
                "She said \"no\" and \"never\".",
                vec!["\"no\"", "\"never\""],
            ),
            ("Sie sagte „kein Angebot“ und ging.", vec!["„kein Angebot“"]),
            ("Sie sagte »nie« und «jamais».", vec!["»nie«", "«jamais»"]),
            ("She said 'it's James' own' now", vec!["'it's James' own'"]),
            ("She said ‘it’s over’ now", vec!["‘it’s over’"]),
            ("Hon sa ”aldrig” och gick", vec!["”aldrig”"]),
            ("彼は「いいえ」と言った", vec!["「いいえ」"]),
            ("It's the miners' strike, don't", vec![]),
            ("no marks at all", vec![]),
            ("“one\n“two\nthree” four", vec!["“one\n“two\nthree”"]),
            ("\"one\n\"two\" four", vec!["\"one\n\"two\""]),
        ] {
            assert_eq!(parts(text), within, "{text}");
        }
    }

    #[test]
    fn words_after_a_name_and_a_colon_are_announced() {
        let of = |text: &str, words: &str| {
            let start = text[..text.find(words).unwrap()].chars().count() as u32;
            is_announced(text, Span::new(start, start + 3))
        };
        assert!(of("x\nOKONJO: I ask for it. We wait.", "We wait"));
        assert!(of("– We wait, she said", "We wait"));
        assert!(of("> We wait", "We wait"));
        assert!(!of("OKONJO: I ask.\nShe knew of it", "She knew"));
    }
}
