//! Corrects places that the parser reports differently than they are needed here.

use std::ops::Range;

use super::build::Builder;
use super::tree::Content;

impl Builder<'_> {
    /// Where a value that is not there would stand: after its colon, or after its dash and what is
    /// put before a value. The parser may give the end of its key, or a place past comments.
    pub(super) fn empty_value(&self, given: usize) -> Range<usize> {
        let place = if self.is_value() {
            let rest = &self.text[given..];
            let colon = given + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
            if self.text[colon..].starts_with(':') {
                colon + 1
            } else {
                given
            }
        } else {
            self.after_dash(given).unwrap_or(given)
        };
        place..place
    }

    /// Where the next item of the open block sequence would stand, on the line of its dash.
    fn after_dash(&self, given: usize) -> Option<usize> {
        let open = self.open.last()?;
        let sequence = &self.parsed.nodes[open.node.0];
        let bytes = self.text.as_bytes();
        let in_brackets = bytes.get(sequence.start) == Some(&b'[');
        if in_brackets || !matches!(sequence.content, Content::Sequence(_)) {
            return None;
        }
        let before = self.waiting[open.first..].last();
        let from = before.map_or(sequence.start, |item| self.parsed.nodes[item.0].end);
        let mut place = self.first_dash(from, given)? + 1;
        let mut at = place;
        while at < given && !matches!(bytes[at], b'#' | b'\n' | b'\r') {
            at += 1;
            if !matches!(bytes[at - 1], b' ' | b'\t') {
                place = at;
            }
        }
        Some(place)
    }

    /// Where a block sequence begins. One that is the value of a key may stand as far left as the
    /// key, and then the parser gives the place after its first dash.
    pub(super) fn block_sequence_start(&self, given: usize) -> usize {
        match self.waiting.last() {
            Some(key) if self.is_value() => self
                .first_dash(self.parsed.nodes[key.0].end, given)
                .unwrap_or(given),
            _ => given,
        }
    }

    /// The first dash between two values, past comments and past what is put before a value.
    fn first_dash(&self, from: usize, until: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < until {
            match bytes[at] {
                b'-' => return Some(at),
                b'#' => at += memchr::memchr2(b'\n', b'\r', &bytes[at..until])?,
                b'&' | b'!' => at += bytes[at..until].iter().position(u8::is_ascii_whitespace)?,
                _ => at += 1,
            }
        }
        None
    }
}
