//! Lines of a text: where they begin and end, and how they are broken.

/// The line break of a text: that of its first line.
pub(crate) fn break_of(text: &str) -> &'static str {
    let Some(at) = text.find(['\n', '\r']) else {
        return "\n";
    };
    match &text[at..] {
        rest if rest.starts_with("\r\n") => "\r\n",
        rest if rest.starts_with('\r') && !text.contains('\n') => "\r",
        _ => "\n",
    }
}

/// Where the line begins in which a byte stands.
pub(crate) fn start(text: &str, at: usize) -> usize {
    let before = &text[..at];
    let found = before.rfind(['\n', '\r']).map_or(0, |found| found + 1);
    // A byte order mark belongs to no line.
    if found == 0 && text.starts_with('\u{feff}') {
        return '\u{feff}'.len_utf8().min(at);
    }
    found
}

/// Where the line ends in which a byte stands: at its line break.
pub(crate) fn end(text: &str, at: usize) -> usize {
    let found = text[at..].find(['\n', '\r']);
    found.map_or(text.len(), |found| at + found)
}

/// Where the line after it begins; the end of the text, if there is none.
pub(crate) fn next(text: &str, at: usize) -> usize {
    let end = end(text, at);
    let length = match &text[end..] {
        rest if rest.starts_with("\r\n") => 2,
        "" => 0,
        _ => 1,
    };
    end + length
}

/// How many characters of its line stand before a byte.
pub(crate) fn column(text: &str, at: usize) -> usize {
    text[start(text, at)..at].chars().count()
}

/// The line in which a byte stands, from 1, as messages count it.
pub(crate) fn number(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

/// Whether only white space stands before a byte in its line.
pub(crate) fn is_first(text: &str, at: usize) -> bool {
    text[start(text, at)..at]
        .chars()
        .all(|c| c == ' ' || c == '\t')
}

/// Lines of `\n` with the line break of a text.
pub(crate) fn broken_as(lines: &str, line_break: &str) -> String {
    if line_break == "\n" {
        return lines.to_owned();
    }
    lines.replace('\n', line_break)
}

/// Whole lines, to be put in at a byte at which a line begins or the text ends: where that is in the
/// middle of a last line without a break, the break comes first.
pub(crate) fn put_in(text: &str, at: usize, lines: &str) -> String {
    let line_break = break_of(text);
    put_in_as_they_are(text, at, &broken_as(lines, line_break))
}

/// The same of lines that have the line break of the text already.
pub(crate) fn put_in_as_they_are(text: &str, at: usize, lines: &str) -> String {
    let line_break = break_of(text);
    let before = text[..at].trim_end_matches('\u{feff}');
    let is_begun = before.is_empty() || before.ends_with(['\n', '\r']);
    if is_begun {
        return lines.to_owned();
    }
    // The text has no line break at its end, and goes on to have none.
    let lines = lines.strip_suffix(line_break).unwrap_or(lines);
    format!("{line_break}{lines}")
}
