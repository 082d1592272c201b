//! Dates as people and programs write them, read as EDTF of the precision that they have.
//!
//! This is the one reader of dates that are not EDTF: imports read with it, and what is said of a
//! date in a fact file that is none comes from it.
//!
//! ```
//! use annals_time::in_words::{DateReader, Unread};
//!
//! let reader = DateReader::default();
//! let edtf = |text| reader.read(text).map(|date| date.edtf);
//! assert_eq!(edtf("2023-04-20").as_deref(), Ok("2023-04-20"));
//! assert_eq!(edtf("spring 1943").as_deref(), Ok("1943-21"));
//! assert_eq!(edtf("c. 954 – 25 Nov 1034").as_deref(), Ok("0954~/1034-11-25"));
//! assert_eq!(edtf("du 3 au 5 mai 2020").as_deref(), Ok("2020-05-03/2020-05-05"));
//! assert_eq!(edtf("03/04/2021"), Err(Unread::Ambiguous));
//! ```

mod clock;
mod cyrillic;
mod explain;
mod moment;
mod old_edtf;
mod pair;
mod patterns;
mod phrase;
mod single;
mod tokens;
mod types;
mod vocabulary;

#[cfg(test)]
mod tests;

pub(super) use explain::explained;
pub use types::{DateInWords, DateReader, DayOrder, Spelling, Unread};

use crate::Calendar;
use crate::written::is_date;
use types::{MONTH_OR_YEARS, NO_DATE, NOTHING, OTHER_CALENDAR, REVERSED, SEASON_OR_YEARS};

/// The longest text that is read, in bytes.
const LONGEST: usize = 1_000;

impl DateReader {
    /// Reads a text as a date: EDTF as it is, else as programs write it, else words.
    ///
    /// | written | read |
    /// |---|---|
    /// | spring 1943, Frühjahr 1943, printemps 1943 | `1943-21` |
    /// | winter 1999/2000; Q3 2020; 1st half of 1920 | `1999-24`; `2020-35`; `1920-40` |
    /// | c. 1880, um 1880, vers 1880, ABT 1880 | `1880~` |
    /// | c. 954 – 25 Nov 1034 | `0954~/1034-11-25` |
    /// | after 1880, before May 1880, not after 1880 | `[1881..]`, `[..1880-04]`, `[..1880]` |
    /// | since 1880, from 1880, until 1880, 1880– | `1880/..`, `1880/`, `/1880`, `1880/` |
    /// | 1880s, 1880er Jahre, années 1880; 19th c., siglo XIX | `188X`; `18XX` |
    /// | 2nd c. BC; 1st c. BC | `-01XX`; `[-0099..0000]` |
    /// | 3–5 May 2020, May–June 2020, 1914–18 | `2020-05-03/2020-05-05`, `2020-05/2020-06`, `1914/1918` |
    /// | between 1880 and 1885; 2 April 742 or 747 | `[1880..1885]`; `[0742-04-02,0747-04-02]` |
    /// | 1750/1; 11 Feb 1731/2 | `[1750..1751]`; `1732-02-11`, Julian |
    /// | 5/17 March 1850; 25 Oct (7 Nov) 1917 | `1850-03-17`; `1917-11-07` |
    /// | 03.04.2021; 25/04/2021; 03/04/2021; 3 May 21 | `2021-04-03`; `2021-04-25`; asks; asks |
    /// | 2020-05-01 10:00:00.123 UTC | `2020-05-01T10:00:00Z` |
    /// | 199u, 1998/unknown, 1999/open (EDTF of 2012) | `199X`, `1998/`, `1999/..` |
    ///
    /// What says more than EDTF can (early 1880s, winter 1943) is marked.
    ///
    /// # Errors
    /// When it is no date, or one that can be read in two ways.
    pub fn read(&self, text: &str) -> Result<DateInWords, Unread> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(NO_DATE);
        }
        if is_season_or_years(text) {
            return Err(SEASON_OR_YEARS);
        }
        if is_month_or_years(text) {
            return Err(MONTH_OR_YEARS);
        }
        let plain = |edtf: &str, spelling| {
            Ok(DateInWords {
                edtf: edtf.to_owned(),
                calendar: Calendar::Gregorian,
                says_more: false,
                weekday: None,
                remark: None,
                spelling,
            })
        };
        let is_date = |text: &str| is_date(text, Calendar::Gregorian);
        // ?-1918 is until 1918 to people, and 1919 BCE in EDTF.
        let has_sign = text.starts_with(['?', '~', '%']) && text[1..].starts_with('-');
        if is_date(text) && !has_sign {
            return plain(text, Spelling::Edtf);
        }
        if let Some(edtf) = old_edtf::modern(text).filter(|new| is_date(new)) {
            return plain(&edtf, Spelling::OldEdtf);
        }
        if let Some(moment) = moment::read(text) {
            let moment = moment?;
            let date = plain(&moment.edtf, Spelling::Digits)?;
            return Ok(DateInWords {
                says_more: moment.says_more,
                remark: moment.remark,
                ..date
            });
        }
        if says_nothing(text) {
            return Err(NOTHING);
        }
        if let Some(edtf) = self.before_year_0(text).filter(|edtf| is_date(edtf)) {
            return plain(&edtf, Spelling::Digits);
        }
        if let Some(edtf) = of_catalogue(text) {
            return plain(&edtf, Spelling::Words);
        }
        self.words(text)
    }

    /// `-0044-3-15`, whose year has a minus and all of its digits.
    fn before_year_0(&self, text: &str) -> Option<String> {
        let date = text.strip_prefix('-')?;
        let year = date.get(..4)?.bytes().all(|b| b.is_ascii_digit());
        let is_signs = |b: u8| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b'.');
        let fits = year && date.len() > 4 && date.bytes().all(is_signs);
        let read = self.words(date).ok().filter(|_| fits)?;
        Some(format!("-{}", read.edtf))
    }

    /// Reads words.
    fn words(&self, text: &str) -> Result<DateInWords, Unread> {
        let (plain, cut) = prepared(text)?;
        let tokens = tokens::of(&plain).ok_or(NO_DATE)?;
        let meaning = phrase::read(&tokens, *self)?;
        if !is_date(&meaning.edtf, meaning.calendar) {
            let is_range = meaning.edtf.contains(['/', '[']);
            return Err(if is_range { REVERSED } else { NO_DATE });
        }
        let is_digits = !text.chars().any(char::is_alphabetic);
        Ok(DateInWords {
            edtf: meaning.edtf,
            calendar: meaning.calendar,
            says_more: meaning.says_more || cut,
            weekday: meaning.weekday.map(|word| as_written(text, &word)),
            remark: meaning.remark,
            spelling: if is_digits {
                Spelling::Digits
            } else {
                Spelling::Words
            },
        })
    }

    /// Reads the two ends of a stretch of time that stand apart, as in two columns: one that is
    /// empty, or says that it is unknown or still to come, leaves the other as it is.
    ///
    /// # Errors
    /// When one of them is no date, or can be read in two ways.
    pub fn read_ends(&self, from: &str, to: &str) -> Result<DateInWords, Unread> {
        let joined = format!("{}/{}", from.trim(), to.trim());
        if is_date(&joined, Calendar::Gregorian) {
            return self.read(&joined);
        }
        let (start, end) = (self.end(from, true), self.end(to, false));
        let (start, end) = match (start, end) {
            (Ok(start), Ok(end)) => (start, end),
            // 3 | 5 May 2020: together they may be a date where one alone is none.
            (Err(why), _) | (_, Err(why)) => {
                return match why {
                    Unread::Unknown(_) if !from.trim().is_empty() && !to.trim().is_empty() => {
                        self.words(&format!("{from} to {to}"))
                    }
                    why => Err(why),
                };
            }
        };
        let calendar = match (&start.date, &end.date) {
            (Some(start), Some(end)) if start.calendar != end.calendar => {
                return Err(types::TWO_CALENDARS);
            }
            (Some(one), _) | (_, Some(one)) => one.calendar,
            (None, None) => return Err(NOTHING),
        };
        let edtf = format!("{}/{}", start.edtf, end.edtf);
        if !is_date(&edtf, calendar) {
            return Err(REVERSED);
        }
        let dates = || [&start.date, &end.date].into_iter().flatten();
        Ok(DateInWords {
            edtf,
            calendar,
            says_more: start.has_time || end.has_time || dates().any(|date| date.says_more),
            weekday: None,
            remark: dates().find_map(|date| date.remark),
            spelling: Spelling::Words,
        })
    }

    fn end(&self, text: &str, is_first: bool) -> Result<End, Unread> {
        let text = text.trim();
        let without = |edtf: &str| End {
            edtf: edtf.to_owned(),
            has_time: false,
            date: None,
        };
        if text.is_empty() || says_nothing(text) {
            return Ok(without(""));
        }
        if text == ".." || is_present(text) {
            return Ok(without(".."));
        }
        let date = self.read(text)?;
        // It begins before 1828, it ends after 1900: ..1827/1900.. has both.
        let bound = if is_first {
            date.edtf
                .strip_prefix("[..")
                .and_then(|rest| rest.strip_suffix(']'))
        } else {
            date.edtf
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix("..]"))
        };
        if let Some(day) = bound.filter(|day| !day.contains(['.', ','])) {
            return Ok(End {
                edtf: if is_first {
                    format!("..{day}")
                } else {
                    format!("{day}..")
                },
                has_time: false,
                date: Some(date),
            });
        }
        if date.edtf.contains(['/', '[', '{']) {
            return Err(NO_DATE);
        }
        let day = date.edtf.split('T').next().unwrap_or_default().to_owned();
        Ok(End {
            has_time: day != date.edtf,
            edtf: day,
            date: Some(date),
        })
    }
}

/// One end of a stretch of time.
struct End {
    edtf: String,
    has_time: bool,
    date: Option<DateInWords>,
}

/// 2020-21 is spring 2020 in EDTF, and two years to most people; 1943-21 cannot be years.
fn is_season_or_years(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        let part = text.get(range)?;
        (part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    };
    bytes.len() == 7
        && bytes[4] == b'-'
        && (digits(0..4).zip(digits(5..7)))
            .is_some_and(|(year, short)| (21..=41).contains(&short) && short > year % 100)
}

/// `1850–5`, with a dash that is no hyphen: five years more likely than a month.
fn is_month_or_years(text: &str) -> bool {
    let Some((year, short)) = text.split_once(['–', '—']) else {
        return false;
    };
    let digit = |text: &str| text.bytes().last().filter(u8::is_ascii_digit);
    year.len() == 4
        && short.len() == 1
        && year.bytes().all(|b| b.is_ascii_digit())
        && digit(short) > digit(year)
}

/// A text in lower case, of letters and signs alone.
fn folded(text: &str) -> String {
    let text = deunicode::deunicode(text).to_lowercase();
    let kept =
        |c: &char| !c.is_whitespace() && !matches!(c, '.' | '[' | ']' | '(' | ')' | ',' | '\'');
    text.chars().filter(kept).take(40).collect()
}

/// Whether a text says that no date is known.
fn says_nothing(text: &str) -> bool {
    let folded = folded(text);
    let all_marks = !folded.is_empty() && folded.chars().all(|c| matches!(c, '?' | '-'));
    all_marks
        || matches!(
            folded.as_str(),
            "nd" | "sd"
                | "sa"
                | "sf"
                | "od"
                | "oj"
                | "ohnedatum"
                | "ohnejahr"
                | "ohnejahresangabe"
                | "sansdate"
                | "sinfecha"
                | "sineanno"
                | "sinedato"
                | "nodate"
                | "notdated"
                | "undated"
                | "unknown"
                | "dateunknown"
                | "unknowndate"
                | "notknown"
                | "unbekannt"
                | "undatiert"
                | "inconnu"
                | "inconnue"
                | "dateinconnue"
                | "nondate"
                | "desconocido"
                | "desconocida"
                | "fechadesconocida"
                | "na"
                | "n/a"
                | "null"
                | "none"
                | "nan"
                | "nat"
                | "tba"
                | "tbd"
                | "tobeannounced"
        )
}

/// Whether a text says that something still goes on.
fn is_present(text: &str) -> bool {
    matches!(
        folded(text).as_str(),
        "present"
            | "today"
            | "now"
            | "ongoing"
            | "current"
            | "continuing"
            | "open"
            | "heute"
            | "hoy"
            | "gegenwart"
            | "actualidad"
            | "aujourdhui"
            | "todate"
    )
}

/// Dates as catalogues of libraries have them: `[185-]` is a decade, `18--` a century.
fn of_catalogue(text: &str) -> Option<String> {
    let inner = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let plain = inner.unwrap_or(text);
    let (plain, mark) = match plain.strip_suffix('?') {
        Some(plain) => (plain, "?"),
        None => (plain, ""),
    };
    let digits = plain.trim_end_matches('-');
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match (digits.len(), plain.len() - digits.len()) {
        // Without brackets 878- is a year and what comes after.
        (3, 1) if inner.is_some() => Some(format!("{digits}X{mark}")),
        (2, 2) => Some(format!("{digits}XX{mark}")),
        _ => None,
    }
}

/// The text without what is said beside the date, and whether something was cut off.
///
/// # Errors
/// When it is of a calendar that is not read.
fn prepared(text: &str) -> Result<(String, bool), Unread> {
    let mut text = text.to_owned();
    let mut cut = false;
    // GEDCOM: @#DJULIAN@ 1 JAN 1700.
    while let Some(at) = text.find("@#D") {
        let Some(length) = text[at + 3..].find('@') else {
            return Err(NO_DATE);
        };
        let calendar = match &text[at + 3..at + 3 + length] {
            "GREGORIAN" => " gregorian ",
            "JULIAN" => " julian ",
            _ => return Err(OTHER_CALENDAR),
        };
        text.replace_range(at..=at + 3 + length, calendar);
    }
    let upper = text.to_uppercase();
    if upper.starts_with("FRENCH_R") || upper.starts_with("HEBREW ") {
        return Err(OTHER_CALENDAR);
    }
    // INT 1880 (about eighteen eighty), and the clock of JavaScript: … GMT+0200 (CEST).
    let is_phrase = text.len() > 4 && upper.starts_with("INT ");
    let has_zone = text.contains("GMT+") || text.contains("GMT-");
    if (is_phrase || has_zone)
        && let Some(at) = text.find('(').filter(|_| text.ends_with(')'))
    {
        text.truncate(at);
        cut = true;
    }
    if is_phrase && text.is_char_boundary(4) {
        text.drain(..4);
    }
    // A dash before all else is no minus: –1998.
    if let Some(rest) = text.strip_prefix(['–', '—']) {
        text = format!("/{rest}");
    }
    Ok((text, cut))
}

/// A word as it stands in the text.
fn as_written(text: &str, word: &str) -> String {
    text.split(|c: char| !c.is_alphabetic())
        .find(|one| deunicode::deunicode(one).to_lowercase() == word)
        .unwrap_or(word)
        .to_owned()
}
