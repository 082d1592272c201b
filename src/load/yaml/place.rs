//! Places that the parser gives otherwise than they are needed.

use std::ops::Range;

use super::build::Builder;

impl Builder<'_> {
    /// Where a value that is not there would stand: after the colon of its key.
    pub(super) fn after_colon(&self, end: usize) -> Range<usize> {
        let rest = &self.text[end..];
        let colon = end + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
        let place = if self.is_value() && self.text[colon..].starts_with(':') {
            colon + 1
        } else {
            end
        };
        place..place
    }

    /// Where a block sequence begins. One that is the value of a key may stand as far left as the
    /// key, and then the parser gives the place after its first dash: the dash is looked for from
    /// the key onwards, past comments and past what is put before a value.
    pub(super) fn block_sequence_start(&self, given: usize) -> usize {
        let key_end = match self.waiting.last() {
            Some(key) if self.is_value() => self.parsed.nodes[key.0].end,
            _ => return given,
        };
        let bytes = self.text.as_bytes();
        let mut at = key_end;
        while at < given {
            match bytes[at] {
                b'-' => return at,
                b'#' => at += memchr::memchr2(b'\n', b'\r', &bytes[at..]).unwrap_or(given),
                b'&' | b'!' => {
                    let word = bytes[at..].iter().position(u8::is_ascii_whitespace);
                    at += word.unwrap_or(given);
                }
                _ => at += 1,
            }
        }
        given
    }
}
