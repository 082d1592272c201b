//! Tables from the codes of a font to letters, as files bring them along (ISO 32000-1, 9.10.3). Programs write them in
//! many ways; only the lists of pairs and of ranges are looked for.

use std::collections::BTreeMap;

/// No sign stands for more letters.
const MOST_LETTERS: usize = 32;

/// The letters of each code.
pub(super) type Table = BTreeMap<u16, String>;

/// A word of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word<'t> {
    /// Digits in angle brackets.
    Hex(&'t [u8]),
    Open,
    Close,
    Other(&'t [u8]),
}

/// Reads a table.
pub(super) fn read(content: &[u8]) -> Table {
    let mut table = Table::new();
    let mut words = words(content);
    while let Some(word) = words.next() {
        match word {
            Word::Other(b"beginbfchar") => {
                while let (Some(Word::Hex(code)), Some(Word::Hex(letters))) =
                    (words.next(), words.next())
                {
                    add(&mut table, code_of(code), &units(letters));
                }
            }
            Word::Other(b"beginbfrange") => ranges(&mut words, &mut table),
            _ => {}
        }
    }
    table
}

/// Ranges of codes: to letters that follow each other, or to a list.
fn ranges<'t>(words: &mut impl Iterator<Item = Word<'t>>, table: &mut Table) {
    while let (Some(Word::Hex(first)), Some(Word::Hex(last))) = (words.next(), words.next()) {
        let (first, last) = (code_of(first), code_of(last));
        match words.next() {
            Some(Word::Hex(letters)) => {
                let mut units = units(letters);
                for code in first..=last {
                    add(table, code, &units);
                    if let Some(unit) = units.last_mut() {
                        *unit = unit.wrapping_add(1);
                    }
                }
            }
            Some(Word::Open) => {
                for code in first..=u16::MAX {
                    let Some(Word::Hex(letters)) = words.next() else {
                        break;
                    };
                    if code <= last {
                        add(table, code, &units(letters));
                    }
                }
            }
            _ => return,
        }
    }
}

fn add(table: &mut Table, code: u16, units: &[u16]) {
    let letters = String::from_utf16(units).unwrap_or_default();
    let letters: String = letters.chars().take(MOST_LETTERS).collect();
    if !letters.is_empty() && !letters.contains(['\u{FFFD}', '\0']) {
        table.insert(code, letters);
    }
}

/// The number that digits make; its last two bytes.
fn code_of(digits: &[u8]) -> u16 {
    let values = digits
        .iter()
        .filter_map(|digit| char::from(*digit).to_digit(16));
    values.fold(0, |code, value| code << 4 | value as u16)
}

/// The units of UTF-16 that digits make, four each.
fn units(digits: &[u8]) -> Vec<u16> {
    let digits: Vec<u8> = digits
        .iter()
        .copied()
        .filter(u8::is_ascii_hexdigit)
        .collect();
    digits
        .chunks(4)
        .take(2 * MOST_LETTERS)
        .map(code_of)
        .collect()
}

fn words(content: &[u8]) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while content
            .get(at)
            .is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'>')
        {
            at += 1;
        }
        let start = at;
        let end_of = |end: &dyn Fn(u8) -> bool, from: usize| {
            let rest = content.get(from..).unwrap_or_default();
            from + rest
                .iter()
                .position(|byte| end(*byte))
                .unwrap_or(rest.len())
        };
        match *content.get(at)? {
            b'<' => {
                at = end_of(&|byte| matches!(byte, b'>' | b'<'), start + 1);
                Some(Word::Hex(&content[start + 1..at]))
            }
            b'[' => {
                at += 1;
                Some(Word::Open)
            }
            b']' => {
                at += 1;
                Some(Word::Close)
            }
            _ => {
                let ends = |byte: u8| {
                    byte.is_ascii_whitespace() || matches!(byte, b'<' | b'[' | b']' | b'>')
                };
                at = end_of(&ends, start + 1);
                Some(Word::Other(&content[start..at]))
            }
        }
    })
}
