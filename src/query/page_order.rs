//! The order of pages as documents count them: "iv", "12", "12-13", "p. 14", "A3".

use std::cmp::Ordering;

use super::sort_key::{natural, natural_key};

/// Where the first page of a passage lies: front matter has Roman numbers; what is no number comes
/// after the numbers.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum First<'p> {
    Roman(u32),
    /// Digits without leading zeros, after how many there are.
    Arabic(usize, &'p str),
    Word,
}

/// Compares pages by where they begin; an unknown page is last.
///
/// ```text
/// iv < xii < 9 < 12 = p. 12 = 12-13 < 12a < A3 < unknown
/// ```
pub(crate) fn compare(one: Option<&str>, two: Option<&str>) -> Ordering {
    let (Some(one), Some(two)) = (one, two) else {
        return two.is_some().cmp(&one.is_some());
    };
    let ((one, rest_of_one), (two, rest_of_two)) = (first(one), first(two));
    one.cmp(&two)
        .then_with(|| natural(rest_of_one, rest_of_two))
}

/// A text whose bytes are ordered as `compare` orders known pages: for an engine that only knows
/// the order of bytes.
pub fn page_key(page: &str) -> String {
    let (first, rest) = first(page);
    let start = match first {
        First::Roman(value) => format!("1{value:04}"),
        First::Arabic(len, digits) => format!("2{:04}{digits}", len.min(9999)),
        First::Word => "3".to_owned(),
    };
    start + &natural_key(rest)
}

/// The number with which a page begins, and what distinguishes it further: the letter of "12a".
fn first(page: &str) -> (First<'_>, &str) {
    const WORDS: [&str; 6] = ["pp", "p", "pages", "page", "seite", "s"];
    let page = page.trim();
    let letters = page
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(page.len());
    let (word, after) = page.split_at(letters);
    let is_called_page = WORDS.iter().any(|one| word.eq_ignore_ascii_case(one));
    let number = match after.trim_start_matches(['.', ' ', '\u{a0}']) {
        number if is_called_page && !number.is_empty() => number,
        _ => page,
    };
    let end = number.find(|c: char| !c.is_alphanumeric());
    let start = &number[..end.unwrap_or(number.len())];
    if let Some(value) = roman(start) {
        return (First::Roman(value), "");
    }
    let digits = start.find(|c: char| !c.is_ascii_digit());
    let (digits, letters) = start.split_at(digits.unwrap_or(start.len()));
    if digits.is_empty() {
        return (First::Word, number);
    }
    let digits = digits.trim_start_matches('0');
    (First::Arabic(digits.len(), digits), letters)
}

/// The value of a Roman number in its one right spelling, up to 399.
fn roman(word: &str) -> Option<u32> {
    const PARTS: [(u32, &str); 9] = [
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let word = word.to_ascii_lowercase();
    let (mut rest, mut value) = (word.as_str(), 0);
    for (part, letters) in PARTS {
        let most = if letters.len() == 2 || part % 10 == 5 || part == 50 {
            1
        } else {
            3
        };
        for _ in 0..most {
            if let Some(after) = rest.strip_prefix(letters) {
                (rest, value) = (after, value + part);
            }
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stand_as_in_a_book() {
        let pages = [
            Some("i"),
            Some("IV"),
            Some("ix-xi"),
            Some("xii"),
            Some("xl"),
            Some("2"),
            Some("9"),
            Some("p. 10"),
            Some("012"),
            Some("12a"),
            Some("12b-13"),
            Some("S. 13"),
            Some("100"),
            Some("A3"),
            Some("A10"),
            Some("back"),
            None,
        ];
        for (nth, one) in pages.iter().enumerate() {
            for (other, two) in pages.iter().enumerate() {
                assert_eq!(compare(*one, *two), nth.cmp(&other), "{one:?} {two:?}");
                if let (Some(one), Some(two)) = (one, two) {
                    assert_eq!(
                        page_key(one).cmp(&page_key(two)),
                        nth.cmp(&other),
                        "{one} {two}"
                    );
                }
            }
        }
        for same in ["12", "p.12", "pp. 12-13", "12–14", "Page 12", " 12, 14"] {
            assert_eq!(compare(Some(same), Some("12")), Ordering::Equal, "{same}");
            assert_eq!(page_key(same), page_key("12"), "{same}");
        }
    }

    #[test]
    fn each_number_has_one_roman_spelling() {
        let read = ["iii", "viii", "xiv", "xcix", "cclxxxviii"].map(roman);
        assert_eq!(read, [3, 8, 14, 99, 288].map(Some));
        for word in ["", "iiii", "vv", "iix", "xd", "page", "ic"] {
            assert_eq!(roman(word), None, "{word}");
        }
    }
}
