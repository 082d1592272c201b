//! The sentence around a place, for display.
//!
//! Sentences follow UAX #29, but only the paragraph and a window around the place are searched, so
//! that a long text costs no more than a short one.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{Span, Text};

/// How many bytes on either side of a place are searched; a longer sentence is cut there.
const REACH: usize = 1_500;

/// A line shorter than this many bytes, before one that begins with a capital or a digit, is a
/// heading or a speaker's name, not the beginning of the next sentence.
const SHORT_LINE: usize = 40;

/// Abbreviations that end in a full stop within a sentence, which UAX #29 does not know.
const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Gen", "Lt", "Col", "Capt", "Maj", "Sgt", "Gov", "Sen",
    "Rep", "Rev", "Hon", "Pres", "Amb", "No", "vs", "Hr", "Fr", "Mme", "Mlle", "Sr", "Jr",
];

impl Text {
    /// The sentence or sentences that contain a span, trimmed. A span that exceeds the text is
    /// clamped. For display only: sentence boundaries are heuristic. A very long sentence is cut to
    /// about 1,500 bytes before and after.
    ///
    /// ```
    /// use annals_evidence::{Span, Text};
    ///
    /// let text = Text::new("It rained. Mr. Smith said: “Go home.” They went.".to_string());
    /// let sentence = text.sentence_around(Span::new(28, 30));
    /// assert_eq!(text.slice(sentence), Some("Mr. Smith said: “Go home.”"));
    /// ```
    pub fn sentence_around(&self, span: Span) -> Span {
        let end = span.end.min(self.len());
        let start = span.start.min(end);
        let Some(place) = self.byte_range(Span::new(start, end)) else {
            return Span::new(start, end);
        };
        let window = paragraph_around(self.as_str(), &place);
        let shown = unwrapped(&self.as_str()[window.clone()]);
        let place_in = place.start - window.start..place.end - window.start;
        let sentence = sentences_over(&shown, &place_in);
        let trimmed = trimmed(&shown, sentence, &place_in);
        self.span_of_bytes(window.start + trimmed.start..window.start + trimmed.end)
    }
}

/// The paragraph around a place, within the window.
fn paragraph_around(text: &str, place: &Range<usize>) -> Range<usize> {
    let mut start = place.start.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = place.end.saturating_add(REACH).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let start = paragraph_breaks(text, start..place.start)
        .last()
        .unwrap_or(start);
    let end = paragraph_breaks(text, place.end..end).next().unwrap_or(end);
    start..end
}

/// The ends of line breaks in a stretch that are followed by a blank line or come after a heading:
/// the boundaries of paragraphs.
fn paragraph_breaks(text: &str, stretch: Range<usize>) -> impl Iterator<Item = usize> {
    let first = stretch.start;
    let slice = &text[stretch];
    memchr::memchr3_iter(b'\n', b'\r', b'\x0c', slice.as_bytes())
        .map(move |at| first + at)
        .filter(move |&at| ends_paragraph(text, at))
        .map(|at| at + 1)
}

/// Whether the line break at this byte ends a paragraph.
fn ends_paragraph(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    if bytes[at] == b'\x0c' {
        return true;
    }
    if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
        return false;
    }
    // A blank line has at most this much white space, enough for any indentation.
    let after = &bytes[at + 1..bytes.len().min(at + 1 + REACH)];
    let indent = after
        .iter()
        .position(|byte| !matches!(byte, b' ' | b'\t'))
        .unwrap_or(after.len());
    if matches!(after.get(indent), Some(b'\n' | b'\r')) {
        return true;
    }
    let begins_anew = text
        .get(at + 1 + indent..)
        .and_then(|rest| rest.chars().next())
        .is_some_and(|c| c.is_uppercase() || c.is_numeric() || "“\"«„–—-•*".contains(c));
    let before = &bytes[at.saturating_sub(SHORT_LINE)..at];
    let line = before
        .iter()
        .rposition(|byte| matches!(byte, b'\n' | b'\r'));
    let is_short = line.is_some_and(|start| start + 1 < before.len()) || at < SHORT_LINE;
    begins_anew && is_short && at > 0
}

/// The text with line breaks replaced by spaces of equal length, so that sentences continue across
/// lines.
fn unwrapped(paragraph: &str) -> String {
    paragraph
        .chars()
        .map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c })
        .collect()
}

/// The sentences that overlap the place, from the first to the last.
fn sentences_over(paragraph: &str, place: &Range<usize>) -> Range<usize> {
    let mut after = 0;
    let mut over: Option<Range<usize>> = None;
    for sentence in cut(paragraph) {
        let Range { start, end } = sentence;
        let touches = place.start < end && (start < place.end || start <= place.start);
        if touches {
            over = Some(over.map_or(start, |over| over.start)..end);
        }
        after = end;
    }
    over.unwrap_or(after.min(place.start)..paragraph.len())
}

/// The sentences of a paragraph, one after the other, with the white space after each.
fn cut(paragraph: &str) -> impl Iterator<Item = Range<usize>> {
    let mut begin = 0;
    let pieces = paragraph.split_sentence_bound_indices();
    pieces.filter_map(move |(start, sentence)| {
        let end = start + sentence.len();
        if ends_in_abbreviation(sentence) && end < paragraph.len() {
            return None;
        }
        Some(std::mem::replace(&mut begin, end)..end)
    })
}

/// The paragraphs of a text, one after the other: they end at blank lines, at page breaks and after
/// headings. Together they are the text.
///
/// ```
/// let text = "A heading\nIt rained.\n\nThey went\nhome.";
/// let paragraphs = annals_evidence::paragraphs(text).map(|place| &text[place]);
/// assert!(paragraphs.eq(["A heading\n", "It rained.\n", "\n", "They went\nhome."]));
/// ```
pub fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut begin = 0;
    let ends = paragraph_breaks(text, 0..text.len());
    let paragraphs = ends
        .chain([text.len()])
        .map(move |end| std::mem::replace(&mut begin, end)..end);
    paragraphs.filter(|paragraph| !paragraph.is_empty())
}

/// The sentences of a paragraph, one after the other, as [`Text::sentence_around`] finds them, with the
/// white space after each: together they are the paragraph.
///
/// ```
/// let text = "Mr. Smith said: “Go\nhome.” They went.";
/// let sentences = annals_evidence::sentences(text).into_iter();
/// let sentences = sentences.map(|place| &text[place]);
/// assert!(sentences.eq(["Mr. Smith said: “Go\nhome.” ", "They went."]));
/// ```
pub fn sentences(paragraph: &str) -> Vec<Range<usize>> {
    if is_one_sentence(paragraph) {
        return std::iter::once(0..paragraph.len()).collect();
    }
    cut(&unwrapped(paragraph)).collect()
}

/// Whether a text is plainly one sentence, since it has no mark that could end one but at its end.
fn is_one_sentence(text: &str) -> bool {
    /// Up to here, only `.`, `!`, `?` and line breaks end sentences.
    const LATIN: char = '\u{300}';
    let Some(last) = text.char_indices().next_back() else {
        return false;
    };
    let before = &text[..last.0];
    // Bytes with which such a mark can begin are looked for first, many at a time.
    let may_end = |byte: &u8| matches!(byte, b'.' | b'!' | b'?' | b'\n' | b'\r' | 0xC2 | 0xCC..);
    if !before.bytes().fold(false, |any, byte| any | may_end(&byte)) {
        return last.1 < LATIN;
    }
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\u{85}' | '\n' | '\r') || c >= LATIN;
    last.1 < LATIN && !before.contains(ends)
}

/// Whether a sentence, as cut by UAX #29, ends in an initial or a title.
fn ends_in_abbreviation(sentence: &str) -> bool {
    let Some(before) = sentence.trim_end().strip_suffix('.') else {
        return false;
    };
    let word = before
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(before, |at| {
            // The character before the word is complete, so the word begins after it.
            let rest = &before[at..];
            rest.char_indices()
                .nth(1)
                .map_or("", |(next, _)| &rest[next..])
        });
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    initial || ABBREVIATIONS.contains(&word)
}

/// The stretch, trimmed but never smaller than the place.
fn trimmed(paragraph: &str, stretch: Range<usize>, place: &Range<usize>) -> Range<usize> {
    let slice = &paragraph[stretch.clone()];
    let start = stretch.start + (slice.len() - slice.trim_start().len());
    let end = stretch.end - (slice.len() - slice.trim_end().len());
    start.min(place.start)..end.max(place.end).max(start.min(place.start))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Looking at bytes first changes nothing of what is plainly one sentence.
        #[test]
        fn what_is_plainly_one_sentence(text in "[ab .!?\n\u{85}\u{ab}é\u{2ff}\u{300}“漢]{0,6}") {
            let ends = |c: char| matches!(c, '.' | '!' | '?' | '\u{85}' | '\n' | '\r') || c >= '\u{300}';
            let mut chars = text.chars();
            let expected = chars.next_back().is_some_and(|last| last < '\u{300}') && !chars.any(ends);
            prop_assert_eq!(is_one_sentence(&text), expected);
        }
    }
}
