//! The wording of dates in messages and tables.

use super::atom::{Atom, YearForm, value};
use super::{End, Member, Reading, TimeOfDay};
use crate::Calendar;
use crate::day::{month_word, year_words};

/// A date in English words; the text itself if it does not parse.
pub(crate) fn describe(text: &str, calendar: Calendar) -> String {
    let Ok(reading) = Reading::parse(text) else {
        return text.to_owned();
    };
    let speaker = Speaker { text };
    let words = match &reading {
        Reading::One(atom) => speaker.atom(atom),
        Reading::Moment(atom, time) => format!("{}, {}", speaker.atom(atom), time_words(*time)),
        Reading::Interval(start, end) => speaker.interval(start, end),
        Reading::OneOf(members) => speaker.members(members, "or"),
        Reading::AllOf(members) => speaker.members(members, "and"),
    };
    match calendar {
        Calendar::Gregorian => words,
        Calendar::Julian => words + " (Julian)",
    }
}

struct Speaker<'a> {
    text: &'a str,
}

impl Speaker<'_> {
    fn atom(&self, atom: &Atom) -> String {
        let Some(plain) = plain_words(atom) else {
            return self
                .text
                .get(atom.from..atom.to)
                .unwrap_or(self.text)
                .to_owned();
        };
        let about = if atom.approximate { "about " } else { "" };
        let doubt = if atom.uncertain { "?" } else { "" };
        format!("{about}{plain}{doubt}")
    }

    fn interval(&self, start: &End, end: &End) -> String {
        match (start, end) {
            (End::On(start), End::On(end)) => format!("{} to {}", self.atom(start), self.atom(end)),
            (End::Open, End::Open) => "always".to_owned(),
            (End::Open, End::Unknown) => "since always, end unknown".to_owned(),
            (End::Unknown, End::Open) => "start unknown, never ending".to_owned(),
            (End::Open, end) => format!("until {} (open)", self.end(end)),
            (End::Unknown, end) => format!("until {}, start unknown", self.end(end)),
            (start, End::Open) => format!("from {} (open)", self.end(start)),
            (start, End::Unknown) => format!("from {}, end unknown", self.end(start)),
            (start, end) => format!("from {} to {}", self.end(start), self.end(end)),
        }
    }

    fn end(&self, end: &End) -> String {
        match end {
            End::On(atom) => self.atom(atom),
            End::OrEarlier(atom) => format!("{} or earlier", self.atom(atom)),
            End::OrLater(atom) => format!("{} or later", self.atom(atom)),
            End::Open => "open".to_owned(),
            End::Unknown => "unknown".to_owned(),
        }
    }

    fn members(&self, members: &[Member], last_joined_by: &str) -> String {
        let words: Vec<String> = members.iter().map(|member| self.member(member)).collect();
        match words.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} {last_joined_by} {last}", others.join(", ")),
            None => self.text.to_owned(),
        }
    }

    fn member(&self, member: &Member) -> String {
        match member {
            Member::On(atom) => self.atom(atom),
            Member::Through(from, to) => format!("{} to {}", self.atom(from), self.atom(to)),
            Member::OrEarlier(atom) => format!("{} or earlier", self.atom(atom)),
            Member::OrLater(atom) => format!("{} or later", self.atom(atom)),
        }
    }
}

/// A date without its qualifiers; `None` if unspecified digits are best shown as written.
fn plain_words(atom: &Atom) -> Option<String> {
    let year = whole_year(atom);
    let Some(month) = atom.narrowing_month() else {
        return year.map(year_words).or_else(|| open_years(atom));
    };
    if let Some(code) = atom.month_group() {
        return Some(group_words(code, &year_words(year?)));
    }
    let month = month_word(u32::from(value(month)?));
    let year = year_words(year?);
    match atom.narrowing_day() {
        None => Some(format!("{month} {year}")),
        Some(day) => Some(format!("{} {month} {year}", value(day)?)),
    }
}

fn whole_year(atom: &Atom) -> Option<i64> {
    match atom.year {
        YearForm::Range { first, last, .. } => {
            (first == last && first != i64::MAX && first != i64::MIN).then_some(first)
        }
        YearForm::Digits { negative, digits } => {
            let [first, second, third, fourth] = digits;
            let pairs = [value([first, second])?, value([third, fourth])?].map(i64::from);
            let year = pairs[0] * 100 + pairs[1];
            Some(if negative { -year } else { year })
        }
    }
}

/// `1560s`, `1500 to 1599`.
fn open_years(atom: &Atom) -> Option<String> {
    let (first, last) = match atom.year {
        YearForm::Range { first, last, .. } => (first, last),
        YearForm::Digits { negative, digits } => {
            let open = atom.open_year_digits();
            let given = digits.iter().take(4 - open as usize);
            let given = given
                .copied()
                .try_fold(0_i64, |all, digit| Some(all * 10 + i64::from(digit?)))?;
            let size = 10_i64.pow(open);
            let (nearest, farthest) = (given * size, given * size + size - 1);
            if negative {
                (-farthest, -nearest.max(1))
            } else {
                (nearest, farthest)
            }
        }
    };
    match (first, last) {
        (i64::MIN | i64::MAX, _) | (_, i64::MAX) => None,
        (1000.., _) if last - first == 9 => Some(format!("{first}s")),
        _ => Some(format!("{} to {}", year_words(first), year_words(last))),
    }
}

fn group_words(code: u8, year: &str) -> String {
    let season = ["spring", "summer", "autumn", "winter"][usize::from(code.wrapping_sub(21) % 4)];
    match code {
        21..=24 => format!("{season} {year}"),
        25..=28 => format!("{season} {year} (northern)"),
        29..=32 => format!("{season} {year} (southern)"),
        33..=36 => format!("quarter {} of {year}", code - 32),
        37..=39 => format!("third {} of {year}", code - 36),
        40 => format!("first half of {year}"),
        _ => format!("second half of {year}"),
    }
}

fn time_words(time: TimeOfDay) -> String {
    let seconds = time.seconds();
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    match time.offset() {
        None => clock,
        Some(0) => clock + " UTC",
        Some(offset) => {
            let sign = if offset < 0 { '-' } else { '+' };
            let minutes = offset.unsigned_abs();
            format!("{clock} ({sign}{:02}:{:02})", minutes / 60, minutes % 60)
        }
    }
}
