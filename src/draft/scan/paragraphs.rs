//! Paragraphs: lines, or blocks of lines where the text is wrapped.

use std::ops::Range;

/// How many lines of a block are looked at to see whether it is wrapped.
const LOOKED_AT: usize = 50;

/// A line with more characters is a paragraph of its own.
const LONGEST_LINE: usize = 160;

/// A paragraph with more bytes is cut, so that no text needs more memory than a paragraph does.
const LONGEST_PARAGRAPH: usize = 1 << 16;

/// The paragraphs of a text, without the white space around them.
pub(crate) fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest: Option<Range<usize>> = None;
    let mut whole = whole_paragraphs(text);
    std::iter::from_fn(move || {
        let range = rest.take().or_else(|| whole.next())?;
        if range.len() <= LONGEST_PARAGRAPH {
            return Some(range);
        }
        let mut limit = range.start + LONGEST_PARAGRAPH;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let cut = text[range.start..limit].rfind(char::is_whitespace);
        let cut = cut
            .filter(|cut| *cut > 0)
            .map_or(limit, |cut| range.start + cut);
        rest = trimmed(text, cut..range.end);
        Some(range.start..cut)
    })
}

/// The paragraphs, however long they are.
fn whole_paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    let mut rest_of_block: Option<Range<usize>> = None;
    std::iter::from_fn(move || {
        loop {
            if let Some(block) = rest_of_block.take() {
                let line = line_at(text, block.start);
                let next = after_break(text, line.end);
                if next < block.end {
                    rest_of_block = Some(next..block.end);
                }
                if let Some(trimmed) = trimmed(text, line.start..line.end.min(block.end)) {
                    return Some(trimmed);
                }
                continue;
            }
            if at >= text.len() {
                return None;
            }
            let block = block_at(text, at);
            at = after_break(text, block.end).max(block.end + usize::from(block.end == at));
            if block.is_empty() {
                continue;
            }
            if is_wrapped(&text[block.clone()]) {
                if let Some(trimmed) = trimmed(text, block) {
                    return Some(trimmed);
                }
                continue;
            }
            rest_of_block = Some(block);
        }
    })
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The line from a place on, without its break.
fn line_at(text: &str, start: usize) -> Range<usize> {
    let end = text[start..]
        .find(is_break)
        .map_or(text.len(), |at| start + at);
    start..end
}

/// The place after the line break at a place.
fn after_break(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    if rest.starts_with("\r\n") {
        return at + 2;
    }
    match rest.chars().next() {
        Some(c) if is_break(c) => at + c.len_utf8(),
        _ => at,
    }
}

/// The lines from a place on, up to a blank one.
fn block_at(text: &str, start: usize) -> Range<usize> {
    let mut at = start;
    let mut end = start;
    loop {
        let line = line_at(text, at);
        if text[line.clone()].trim().is_empty() {
            let end = if end == start { line.end } else { end };
            return start..end;
        }
        end = line.end;
        let next = after_break(text, line.end);
        if next == line.end {
            return start..end;
        }
        at = next;
    }
}

/// Whether the lines of a block are broken within sentences: most of them end without a mark that ends
/// one, or the next line begins in lower case.
fn is_wrapped(block: &str) -> bool {
    let mut lines = block.split(is_break).filter(|line| !line.trim().is_empty());
    let Some(mut line) = lines.next() else {
        return false;
    };
    let (mut open, mut all) = (0, 0);
    for next in lines.take(LOOKED_AT) {
        let end = line
            .trim_end()
            .trim_end_matches(|c: char| !c.is_alphanumeric() && !".!?:…".contains(c));
        let ends = end.ends_with(['.', '!', '?', ':', '…']);
        let lower = next
            .trim_start()
            .chars()
            .next()
            .is_some_and(char::is_lowercase);
        all += 1;
        if line.chars().count() > LONGEST_LINE {
            return false;
        }
        open += usize::from(lower || (!ends && line.chars().count() > 50));
        line = next;
    }
    all > 0 && open * 2 > all
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start_matches(blank).len());
    let end = range.end - (slice.len() - slice.trim_end_matches(blank).len());
    (start < end).then_some(start..end)
}
