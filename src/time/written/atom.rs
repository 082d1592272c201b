//! A single EDTF date without a time of day: year, month and day, with any digit possibly
//! unspecified.
//!
//! edtf-core parses it. Two forms that it rejects are parsed by retrying with an ordinary leap year
//! in place of the written year and restoring the digits afterwards: unspecified digits in a year
//! before 0 (`-15XX`, an example in ISO 8601-2 itself), and a 29 February that exists only in the
//! Julian calendar. [`super::stretch`] then decides whether the day exists. Years with more digits
//! than edtf-core can hold are parsed here.

use edtf_core::{Edtf, Year, YearKind};

use crate::Precision;

/// A placeholder year in which every month and day is valid.
const PLAIN_LEAP_YEAR: &str = "2000";

/// Two digits, `None` where unspecified (`X`).
pub(super) type Digits = [Option<u8>; 2];

/// The year of an [`Atom`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearForm {
    /// Four digits, `None` where unspecified.
    Digits {
        negative: bool,
        digits: [Option<u8>; 4],
    },
    /// All years of a range of 10 to the power of `swept` years. Years too large to represent are
    /// saturated.
    Range { first: i64, last: i64, swept: u32 },
}

/// One date without time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) year: YearForm,
    /// 01 to 12, or a code for a group of months, 21 to 41.
    pub(super) month: Option<Digits>,
    pub(super) day: Option<Digits>,
    pub(super) uncertain: bool,
    pub(super) approximate: bool,
    /// The byte range in the whole text from which it was parsed.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// How far the bounds move for one unit of the written precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Days(i64),
    Months(i64),
}

impl Atom {
    /// Parses one date that begins at byte `base` of the whole text. `Err` holds edtf-core's reason
    /// and the byte of `text` where the fault was found.
    pub(super) fn read(text: &str, base: usize) -> Result<Atom, edtf_core::ParseError> {
        if let Some(atom) = farthest_year(text) {
            return Ok(Atom {
                from: base,
                to: base + text.len(),
                ..atom
            });
        }
        let atom = match Edtf::parse(text) {
            Ok(Edtf::Date(date)) => Atom::from_edtf(&date, year_form(&date.year)),
            Ok(_) => {
                let message = "a single date belongs here";
                return Err(edtf_core::ParseError { message, offset: 0 });
            }
            Err(refused) => Atom::read_with_plain_year(text).ok_or(refused)?,
        };
        Ok(Atom {
            from: base,
            to: base + text.len(),
            ..atom
        })
    }

    fn read_with_plain_year(text: &str) -> Option<Atom> {
        let start = text
            .bytes()
            .position(|byte| !matches!(byte, b'?' | b'~' | b'%' | b'-'))?;
        let written = text.get(start..start + 4)?;
        let mut digits = [None; 4];
        for (digit, byte) in digits.iter_mut().zip(written.bytes()) {
            *digit = match byte {
                b'0'..=b'9' => Some(byte - b'0'),
                b'X' => None,
                _ => return None,
            };
        }
        let negative = text[..start].contains('-');
        if negative && digits == [Some(0); 4] {
            return None;
        }
        let plain = format!("{}{PLAIN_LEAP_YEAR}{}", &text[..start], &text[start + 4..]);
        match Edtf::parse(&plain) {
            Ok(Edtf::Date(date)) if date.year.significant_digits.is_none() => Some(
                Atom::from_edtf(&date, YearForm::Digits { negative, digits }),
            ),
            _ => None,
        }
    }

    fn from_edtf(date: &edtf_core::Date, year: YearForm) -> Atom {
        Atom {
            year,
            month: date.month.map(|month| month.digits),
            day: date.day.map(|day| day.digits),
            uncertain: date.is_uncertain(),
            approximate: date.is_approximate(),
            from: 0,
            to: 0,
        }
    }

    /// The code of a group of months, 21 to 41.
    pub(super) fn month_group(&self) -> Option<u8> {
        self.month.and_then(value).filter(|&code| code > 12)
    }

    /// Whether it has a season (21 to 32), whose first and last day no calendar fixes.
    pub(super) fn is_season(&self) -> bool {
        self.month_group().is_some_and(|code| code <= 32)
    }

    /// Whether it is a full date with every digit given.
    pub(super) fn is_plain_day(&self) -> bool {
        let year = matches!(self.year, YearForm::Digits { digits, .. } if !digits.contains(&None));
        let month = self.month.and_then(value).is_some();
        year && month && self.day.and_then(value).is_some()
    }

    /// The digits that restrict the month; `None` if any month is possible.
    pub(super) fn narrowing_month(&self) -> Option<Digits> {
        self.month
            .filter(|&month| month != [None; 2] || self.narrowing_day().is_some())
    }

    /// The digits that restrict the day; `None` if any day is possible.
    pub(super) fn narrowing_day(&self) -> Option<Digits> {
        self.day.filter(|&day| day != [None; 2])
    }

    /// The number of trailing year digits left unspecified.
    pub(super) fn open_year_digits(&self) -> u32 {
        match self.year {
            YearForm::Digits { digits, .. } => digits
                .iter()
                .rev()
                .take_while(|digit| digit.is_none())
                .count() as u32,
            YearForm::Range { swept, .. } => swept,
        }
    }

    /// The smallest component whose last digit is given.
    pub(super) fn precision(&self) -> Precision {
        if matches!(self.day, Some([_, Some(_)])) {
            return Precision::Day;
        }
        if self.month_group().is_some() {
            return Precision::Season;
        }
        if matches!(self.month, Some([_, Some(_)])) {
            return Precision::Month;
        }
        match self.open_year_digits() {
            0 => Precision::Year,
            1 => Precision::Decade,
            2 => Precision::Century,
            _ => Precision::Unknown,
        }
    }

    /// One unit of the written precision.
    pub(super) fn unit(&self) -> Unit {
        match self.precision() {
            Precision::Day => Unit::Days(1),
            Precision::Month => Unit::Months(1),
            Precision::Season => Unit::Months(match self.month_group() {
                Some(37..=39) => 4,
                Some(40 | 41) => 6,
                _ => 3,
            }),
            _ => {
                let years = 10_i64.saturating_pow(self.open_year_digits());
                Unit::Months(years.saturating_mul(12))
            }
        }
    }
}

/// The number written by two digits, if both are given.
pub(super) fn value(digits: Digits) -> Option<u8> {
    let [Some(tens), Some(ones)] = digits else {
        return None;
    };
    Some(tens * 10 + ones)
}

fn year_form(year: &Year) -> YearForm {
    match (year.kind, year.significant_digits) {
        (YearKind::Standard { negative, digits }, None) => YearForm::Digits { negative, digits },
        (YearKind::Standard { negative, .. }, Some(significant)) => swept(
            year.value().unwrap_or(0),
            negative,
            4_u32.saturating_sub(significant),
        ),
        (_, significant) => {
            // A year of up to 18 digits fits; `farthest_year` handles longer ones.
            let number = year.value().unwrap_or(0);
            let digits = number.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
            swept(
                number,
                number < 0,
                digits.saturating_sub(significant.unwrap_or(digits)),
            )
        }
    }
}

/// Parses a year of more than 18 digits, written out or with an exponent; `None` for any other
/// text.
fn farthest_year(text: &str) -> Option<Atom> {
    let body = text.strip_prefix('Y')?;
    let (negative, body) = match body.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, body),
    };
    let (digits, rest) = split_digits(body);
    if digits.is_empty() || digits.starts_with('0') {
        return None;
    }
    let (exponent, rest) = split_suffix(rest, 'E')?;
    let (significant, rest) = split_suffix(rest, 'S')?;
    let digits = u32::try_from(digits.len())
        .ok()?
        .saturating_add(exponent.unwrap_or(0));
    let significant = significant.unwrap_or(digits);
    let is_year = digits > 18 && (1..=digits).contains(&significant);
    let qualified = matches!(rest, "" | "?" | "~" | "%");
    let farthest = if negative { i64::MIN } else { i64::MAX };
    (is_year && qualified).then(|| Atom {
        year: YearForm::Range {
            first: farthest,
            last: farthest,
            swept: digits - significant,
        },
        month: None,
        day: None,
        uncertain: matches!(rest, "?" | "%"),
        approximate: matches!(rest, "~" | "%"),
        from: 0,
        to: 0,
    })
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// The number after a letter (saturated if too large) and the rest of the text; `None` if no number
/// follows the letter.
fn split_suffix(text: &str, letter: char) -> Option<(Option<u32>, &str)> {
    let Some(body) = text.strip_prefix(letter) else {
        return Some((None, text));
    };
    let (digits, rest) = split_digits(body);
    (!digits.is_empty()).then(|| (Some(digits.parse().unwrap_or(u32::MAX)), rest))
}

/// The years that share all but the last `swept` digits: ISO 8601-2 §4.4.3, `1950S2` is a year from
/// 1900 to 1999.
fn swept(number: i64, negative: bool, swept: u32) -> YearForm {
    let modulus = 10_u64.saturating_pow(swept);
    let magnitude = number.unsigned_abs();
    let nearest = magnitude - magnitude % modulus;
    let farthest = i64::try_from(nearest.saturating_add(modulus - 1)).unwrap_or(i64::MAX);
    let nearest = i64::try_from(nearest).unwrap_or(i64::MAX);
    if negative {
        // There is no year −0.
        YearForm::Range {
            first: -farthest,
            last: -nearest.max(1),
            swept,
        }
    } else {
        YearForm::Range {
            first: nearest,
            last: farthest,
            swept,
        }
    }
}
