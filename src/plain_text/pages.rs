//! Pages of a text.

use std::ops::Range;

/// A page of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The byte of the text at which it begins.
    pub start: usize,
    /// As the document counts it: `12`, `iv`, `A-3`. Two pages may have the same label.
    pub label: String,
}

/// The pages of a plain text in which form feeds part them, counted from 1; none if there is no form feed.
pub fn pages(text: &str) -> Vec<Page> {
    let breaks = text.match_indices('\u{c}').map(|(at, _)| at + 1);
    let starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
    if starts.len() == 1 {
        return Vec::new();
    }
    let numbered = starts.into_iter().zip(1..);
    numbered
        .map(|(start, number): (usize, u32)| Page {
            start,
            label: number.to_string(),
        })
        .collect()
}

/// The page on which a range of bytes of a text stands: `12`, `iv`, or `12-13`. None before the first page.
pub fn page_of(pages: &[Page], bytes: Range<usize>) -> Option<String> {
    let page = |byte: usize| {
        let after = pages.partition_point(|page| page.start <= byte);
        Some(pages[after.checked_sub(1)?].label.as_str())
    };
    let first = page(bytes.start)?;
    let last = page(bytes.end.saturating_sub(1).max(bytes.start))?;
    Some(if first == last {
        first.to_owned()
    } else {
        format!("{first}-{last}")
    })
}

/// A number in the style of page numbers: `12`, `xii`, `XII`, `l`, `L`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Decimal,
    Roman,
    SmallRoman,
    Letters,
    SmallLetters,
    /// No number.
    #[cfg_attr(
        not(feature = "pdf"),
        allow(dead_code, reason = "only labels of PDF have none")
    )]
    Nothing,
}

impl Style {
    /// A number, from 1.
    pub(crate) fn write(self, number: u32) -> String {
        match self {
            Style::Decimal => number.to_string(),
            Style::Roman => roman(number),
            Style::SmallRoman => roman(number).to_lowercase(),
            Style::Letters => letters(number),
            Style::SmallLetters => letters(number).to_lowercase(),
            Style::Nothing => String::new(),
        }
    }
}

fn roman(mut number: u32) -> String {
    const PARTS: &[(u32, &str)] = &[
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    // Beyond, a number is a long row of M.
    if number == 0 || number >= 4000 {
        return number.to_string();
    }
    let mut out = String::new();
    for &(value, part) in PARTS {
        while number >= value {
            out.push_str(part);
            number -= value;
        }
    }
    out
}

/// A to Z, then AA to ZZ, and so on, as page labels have it.
fn letters(number: u32) -> String {
    if number == 0 || number > 26 * 20 {
        return number.to_string();
    }
    let letter = char::from(b'A' + ((number - 1) % 26) as u8);
    std::iter::repeat_n(letter, ((number - 1) / 26 + 1) as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_and_named() {
        assert_eq!(pages("one"), Vec::new());
        let pages = pages("one\u{c}two\n\n\u{c}three");
        let labels: Vec<_> = pages
            .iter()
            .map(|page| (page.start, &*page.label))
            .collect();
        assert_eq!(labels, [(0, "1"), (4, "2"), (10, "3")]);
        let of = |range| page_of(&pages, range);
        assert_eq!(of(0..3).as_deref(), Some("1"));
        assert_eq!(of(2..6).as_deref(), Some("1-2"));
        assert_eq!(of(10..10).as_deref(), Some("3"));
        assert_eq!(page_of(&[], 0..1), None);
    }

    #[test]
    fn numbers_have_their_style() {
        assert_eq!(Style::SmallRoman.write(14), "xiv");
        assert_eq!(Style::Roman.write(1999), "MCMXCIX");
        assert_eq!(Style::Letters.write(28), "BB");
        assert_eq!(Style::SmallLetters.write(1), "a");
        assert_eq!(Style::Roman.write(0), "0");
        assert_eq!(Style::Letters.write(u32::MAX), "4294967295");
    }
}
