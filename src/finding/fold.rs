//! Folding of texts for comparison: what a search and a look-up of names do not tell apart.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Folds a text for comparison, ignoring case and accents: compatibility decomposition (NFKD),
/// combining marks removed, lower case.
///
/// Each character is folded by itself: what the order of marks would change is removed.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the folded form of a text.
pub fn fold_into(text: &str, folded: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        let (ascii, others) = rest.split_at(ascii_before(rest));
        let from = folded.len();
        folded.push_str(ascii);
        folded[from..].make_ascii_lowercase();
        let mut chars = others.chars();
        rest = others;
        while let Some(c) = chars.next().filter(|c| !c.is_ascii()) {
            fold_char(c, folded);
            rest = chars.as_str();
        }
    }
}

/// How many bytes of ASCII a text begins with: told many bytes at a time, as most of it is.
fn ascii_before(text: &str) -> usize {
    let bytes = text.as_bytes();
    let blocks = bytes.chunks_exact(16);
    let plain = 16 * blocks.take_while(|block| block.is_ascii()).count();
    let rest = bytes[plain..].iter();
    plain + rest.take_while(|byte| byte.is_ascii()).count()
}

/// The folded forms of the characters of European scripts with accents, which most texts use.
static COMMON: LazyLock<Vec<String>> = LazyLock::new(|| {
    let chars = (0..COMMON_END).map(|code| char::from_u32(code).unwrap_or_default());
    let folded = chars.map(|c| {
        let mut folded = String::new();
        fold_any(c, &mut folded);
        folded
    });
    folded.collect()
});

/// The first character after Latin, Greek and Cyrillic letters.
const COMMON_END: u32 = 0x530;

fn fold_char(c: char, folded: &mut String) {
    match COMMON.get(c as usize) {
        Some(known) => folded.push_str(known),
        None => fold_any(c, folded),
    }
}

fn fold_any(c: char, folded: &mut String) {
    decompose_compatible(c, |part| {
        if is_combining_mark(part) {
            return;
        }
        // Lower-casing after decomposition can yield marks again, which are removed: İ becomes i with
        // a dot above.
        for lower in part.to_lowercase() {
            decompose_compatible(lower, |part| match part {
                'ς' => folded.push('σ'),
                part if is_combining_mark(part) => {}
                part => folded.push(part),
            });
        }
    });
}

/// A folded text that knows which part of the original each part of it is.
#[derive(Debug, Default)]
pub struct FoldedText {
    /// The folded form.
    pub folded: String,
    /// Of each character of the original that is not ASCII, and of the end: the byte where its folded
    /// form begins, and where it begins itself.
    starts: Vec<(usize, usize)>,
}

impl FoldedText {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let mut all = FoldedText {
            folded: String::with_capacity(text.len()),
            starts: Vec::new(),
        };
        let mut last = 0;
        loop {
            let at = last + ascii_before(&text[last..]);
            fold_into(&text[last..at], &mut all.folded);
            let Some(c) = text[at..].chars().next() else {
                return all;
            };
            all.starts.push((all.folded.len(), at));
            fold_char(c, &mut all.folded);
            last = at + c.len_utf8();
            all.starts.push((all.folded.len(), last));
        }
    }

    /// The characters of the original that a part of the folded form comes from, with the marks that
    /// follow them.
    pub fn original(&self, part: Range<usize>) -> Range<usize> {
        // The last entry at or before the first byte: what begins there, not marks before it.
        let after = self
            .starts
            .partition_point(|(folded, _)| *folded <= part.start);
        let start = self.before(after, part.start);
        let mut next = self
            .starts
            .partition_point(|(folded, _)| *folded < part.end);
        let end = match self.starts.get(next) {
            // Up to the end of a character, then over all that leave nothing.
            Some(&(folded, _)) if folded == part.end || next % 2 == 1 => {
                while self.starts.get(next + 1).is_some_and(|one| one.0 == folded) {
                    next += 1;
                }
                self.starts[next].1
            }
            _ => self.before(next, part.end),
        };
        start..end.max(start)
    }

    /// Where in the original a byte stands of which this many entries are at or before it.
    fn before(&self, entries: usize, byte: usize) -> usize {
        match entries.checked_sub(1).map(|last| self.starts[last]) {
            None => byte,
            // Within the folded form of a character, of which the second entry is the end.
            Some((_, original)) if entries % 2 == 1 => original,
            Some((folded, original)) => original + (byte - folded),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// The definition, of a whole text at once.
    fn defined(text: &str) -> String {
        let lower = text
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase);
        lower
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .map(|c| if c == 'ς' { 'σ' } else { c })
            .collect()
    }

    #[test]
    fn every_character_folds_as_defined() {
        // All of them, or those of most scripts and some of the rest.
        let step = if std::env::var_os("ANNALS_THOROUGH").is_some() {
            1
        } else {
            29
        };
        let rest = ('\u{3000}'..=char::MAX).step_by(step);
        for c in ('\0'..'\u{3000}').chain(rest) {
            let text = c.to_string();
            assert_eq!(fold(&text), defined(&text), "{c:?}");
        }
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-cA-C '.]{0,3}",
            "[éÉßﬁİıςΣÅ½\u{301}\u{307}\u{323}\u{302}´]{0,3}",
            "[漢字한글가각ㄱ\u{1100}\u{1161}\u{11a8}עבعرب]{0,3}",
            any::<String>().prop_map(|text| text.chars().take(4).collect()),
        ];
        proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_text_folds_as_defined(text in text()) {
            prop_assert_eq!(fold(&text), defined(&text));
        }

        /// Every part of a folded text comes from characters of the original whose folded form holds it.
        #[test]
        fn a_part_is_found_in_the_original(text in text()) {
            let all = FoldedText::new(&text);
            prop_assert_eq!(&all.folded, &fold(&text));
            let bounds: Vec<usize> = all.folded.char_indices().map(|(at, _)| at).chain([all.folded.len()]).collect();
            for (nth, start) in bounds.iter().enumerate() {
                for end in &bounds[nth + 1..] {
                    let place = all.original(*start..*end);
                    let original = text.get(place.clone()).unwrap();
                    prop_assert!(fold(original).contains(&all.folded[*start..*end]), "{:?} {:?}", original, &all.folded[*start..*end]);
                    // No character more than needed, but for marks at the end.
                    let first = original.chars().next().unwrap();
                    let without = fold(&original[first.len_utf8()..]);
                    prop_assert!(without.len() < fold(original).len());
                    prop_assert!(fold(&text[..place.end]).len() >= *end);
                    let rest = text[place.end..].chars().next();
                    prop_assert!(rest.is_none_or(|c| !fold(&c.to_string()).is_empty()));
                }
            }
        }
    }
}
