//! Ellipses in quotes.

use std::ops::Range;

/// The parts of a quote around its ellipses, in order and trimmed; `None` if the quote has no
/// ellipsis.
///
/// An ellipsis is `…` or three or more full stops, optionally spaced (`. . .`), bare or in square
/// or round brackets. A part without a letter, digit or symbol (only punctuation, as between the
/// last `…` and the closing quotation mark) has no content and is dropped.
pub(super) fn parts(quote: &str) -> Option<Vec<&str>> {
    let ranges = part_ranges(quote)?;
    Some(ranges.into_iter().map(|range| &quote[range]).collect())
}

/// The bytes of the [`parts`].
pub(super) fn part_ranges(quote: &str) -> Option<Vec<Range<usize>>> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut at = 0;
    let mut elided = false;
    while let Some(offset) = quote[at..].find(is_dot) {
        let run = Run::at(quote, at + offset);
        at = run.end;
        if run.dots >= 3 {
            elided = true;
            let start = after_full_stop(quote, &run);
            let ellipsis = with_brackets(quote, from, start, run.end);
            parts.push(from..ellipsis.0);
            from = ellipsis.1;
            at = from;
        }
    }
    if !elided {
        return None;
    }
    parts.push(from..quote.len());
    Some(
        parts
            .into_iter()
            .map(|part| trimmed(quote, part))
            .filter(|part| quote[part.clone()].contains(says_something))
            .collect(),
    )
}

fn trimmed(quote: &str, part: Range<usize>) -> Range<usize> {
    let words = &quote[part.clone()];
    let start = part.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

/// A run of full stops and ellipses, each separated by at most one white space.
struct Run {
    start: usize,
    end: usize,
    dots: usize,
}

impl Run {
    fn at(quote: &str, start: usize) -> Self {
        let mut run = Self {
            start,
            end: start,
            dots: 0,
        };
        let mut spaced = false;
        for (offset, c) in quote[start..].char_indices() {
            if is_dot(c) {
                run.dots = run.dots.saturating_add(if c == '.' { 1 } else { 3 });
                run.end = start + offset + c.len_utf8();
                spaced = false;
            } else if c.is_whitespace() && !spaced {
                spaced = true;
            } else {
                break;
            }
        }
        run
    }
}

/// Where the ellipsis of a run begins. A full stop attached to a word and separated by white space
/// from a complete ellipsis (`the mole. … the channel`) ends the previous sentence and is not part
/// of the ellipsis.
fn after_full_stop(quote: &str, run: &Run) -> usize {
    let close = quote[..run.start]
        .chars()
        .next_back()
        .is_some_and(|c| !c.is_whitespace() && !is_dot(c));
    let Some(rest) = quote[run.start..].strip_prefix('.').filter(|_| close) else {
        return run.start;
    };
    let ellipsis = quote.len() - rest.trim_start().len();
    let spaced = rest.starts_with(char::is_whitespace) && ellipsis < run.end;
    if spaced && Run::at(quote, ellipsis).dots >= 3 {
        ellipsis
    } else {
        run.start
    }
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '…' | '⋯')
}

/// The run extended by the brackets that enclose it, if there are both.
fn with_brackets(quote: &str, from: usize, start: usize, end: usize) -> (usize, usize) {
    let before = quote[from..start].trim_end();
    let after = quote[end..].trim_start();
    let brackets = (before.chars().next_back(), after.chars().next());
    if matches!(brackets, (Some('['), Some(']')) | (Some('('), Some(')'))) {
        // Both brackets are single bytes.
        (from + before.len() - 1, quote.len() - after.len() + 1)
    } else {
        (start, end)
    }
}

/// Letters, digits and symbols such as `€` or an emoji, but no punctuation.
fn says_something(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '%' | '$' | '+' | '=' | '<' | '>' | '#' | '@' | '&')
        || matches!(c, '¢'..='¥' | '§' | '°' | '\u{2070}'..='\u{2BFF}' | '\u{1F000}'..)
}
