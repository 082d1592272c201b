//! The phrases that are dates.

use annals_time::Day;

use super::values::{day_value, full_year, unit_value};
use super::words::{Part, Words};
use super::{DateFound, DateKind, year};
use crate::lexicon::{Class, PAST};
use crate::scan::Token;

/// Reads dates in the tokens of a paragraph.
pub(super) struct Reader<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) words: &'static Words,
    pub(super) article: Option<Day>,
}

/// A value, and the token behind the phrase.
pub(super) struct Read {
    pub(super) value: String,
    pub(super) kind: DateKind,
    pub(super) end: usize,
    pub(super) weekday: Option<usize>,
    pub(super) note: Option<&'static str>,
}

impl Read {
    pub(super) fn date(value: String, end: usize) -> Self {
        Self {
            value,
            kind: DateKind::Date,
            end,
            weekday: None,
            note: None,
        }
    }
}

impl Reader<'_> {
    /// The date that begins at a token, and the token behind it.
    pub(super) fn date_at(&self, at: usize) -> Option<(DateFound, usize)> {
        let read = self
            .digits(at)
            .or_else(|| self.weekday(at))
            .or_else(|| self.month(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.quarter(at))
            .or_else(|| self.season(at))
            .or_else(|| self.day(at))
            .or_else(|| self.years(at))?;
        let mut end = read.end.min(self.tokens.len());
        let mut kind = read.kind;
        if kind == DateKind::Date && self.part(end, Part::OfDay).is_some() {
            end += 1;
            kind = DateKind::Time;
        }
        let span = self.tokens[at].start..self.tokens[end - 1].end;
        Some((
            DateFound {
                span,
                value: read.value,
                kind,
                weekday: read
                    .weekday
                    .map(|token| self.tokens[token].start..self.tokens[token].end),
                note: read.note,
            },
            end,
        ))
    }

    pub(super) fn norm(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .filter(|token| token.is_word())
            .map_or("", |token| token.norm.trim_end_matches('.'))
    }

    pub(super) fn part(&self, at: usize, part: Part) -> Option<i32> {
        self.words.number(self.norm(at), part)
    }

    pub(super) fn mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.mark(mark))
    }

    /// A day of a month: "20", "20th", "1er".
    fn day_number(&self, at: usize) -> Option<u32> {
        let norm = self.norm(at);
        let digits = norm.trim_end_matches(|c: char| c.is_alphabetic());
        let suffix = &norm[digits.len()..];
        let day: u32 = digits.parse().ok()?;
        let fits = digits.len() <= 2 && (1..=31).contains(&day);
        (fits && matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er" | "го")).then_some(day)
    }

    /// Dates of digits alone: 2023-04-20, 20.04.2023, 04/20/2023.
    fn digits(&self, at: usize) -> Option<Read> {
        let norm = self.norm(at);
        let split = |mark: char| {
            let parts: Vec<u32> = norm
                .split(mark)
                .map(str::parse)
                .collect::<Result<_, _>>()
                .ok()?;
            (parts.len() == 3).then_some(parts)
        };
        if let Some(parts) = split('-').filter(|_| norm.len() == 10) {
            return Some(Read::date(
                day_value(parts[0] as i32, parts[1], parts[2])?,
                at + 1,
            ));
        }
        if let Some(parts) = split('.') {
            return Some(Read::date(
                day_value(full_year(parts[2])?, parts[1], parts[0])?,
                at + 1,
            ));
        }
        if self.mark(at + 1, '/') && self.mark(at + 3, '/') {
            let number = |at: usize| self.norm(at).parse::<u32>().ok();
            let (first, second, year) = (number(at)?, number(at + 2)?, full_year(number(at + 4)?)?);
            if first > 12 {
                return Some(Read::date(day_value(year, second, first)?, at + 5));
            }
            if second > 12 || first == second {
                return Some(Read::date(day_value(year, first, second)?, at + 5));
            }
            let mut read = Read::date(format!("{}?", day_value(year, first, second)?), at + 5);
            read.note = Some("day and month can be read in two ways");
            return Some(read);
        }
        None
    }

    /// "April 20, 2023", "20 April 2023", "April 2023", "April".
    fn month(&self, at: usize) -> Option<Read> {
        if let Some(day) = self.day_number(at) {
            // "20. April"
            let month_at = if self.mark(at + 1, '.') {
                at + 2
            } else {
                at + 1
            };
            let month_at = if matches!(self.norm(month_at), "of" | "de") {
                month_at + 1
            } else {
                month_at
            };
            let month = self.part(month_at, Part::Month)? as u32;
            let after = month_at + 1;
            return self.of_day(at, month, day, self.year_behind(after));
        }
        let month = self.part(at, Part::Month)? as u32;
        let token = &self.tokens[at];
        let latin = token.norm.is_ascii();
        let after = at + 1;
        if let Some(day) = self.day_number(after).filter(|_| token.capital || !latin) {
            return self.of_day(at, month, day, self.year_behind(after + 1));
        }
        if let Some(year) = self.year_behind(after).0 {
            let (_, end) = self.year_behind(after);
            return Some(Read::date(format!("{year:04}-{month:02}"), end));
        }
        let verb = matches!(
            token.norm.as_str(),
            "may" | "march" | "mar" | "mai" | "mars"
        );
        let bound = at > 0
            && (self.part(at - 1, Part::In).is_some() || self.part(at - 1, Part::Around).is_some());
        if latin && !token.capital && (verb || !bound) || verb && !bound {
            return None;
        }
        let (year, current, _) = self.article?.ymd();
        let future = self.future(at)
            || at > 0 && matches!(self.norm(at - 1), "through" | "until" | "by" | "till");
        let year = match (future, month.cmp(&current)) {
            (true, std::cmp::Ordering::Less) => year + 1,
            (false, std::cmp::Ordering::Greater) => year - 1,
            _ => year,
        };
        Some(Read::date(format!("{year:04}-{month:02}"), after))
    }

    /// A year behind a date, after a comma or not, and the token behind it.
    pub(super) fn year_behind(&self, at: usize) -> (Option<i32>, usize) {
        let at_year = if self.mark(at, ',') { at + 1 } else { at };
        let at_year = if matches!(self.norm(at_year), "of" | "de") {
            at_year + 1
        } else {
            at_year
        };
        match year(self.norm(at_year)) {
            Some(year) => {
                let word = matches!(self.norm(at_year + 1), "року" | "года");
                (Some(year), at_year + 1 + usize::from(word))
            }
            None => (None, at),
        }
    }

    /// A day of a month, of the year that is written or that the article's date tells.
    fn of_day(
        &self,
        at: usize,
        month: u32,
        day: u32,
        (written, end): (Option<i32>, usize),
    ) -> Option<Read> {
        /// So many days ahead, a date without a year is taken for one to come.
        const AHEAD: i32 = 75;
        if let Some(year) = written {
            return Some(Read::date(day_value(year, month, day)?, end));
        }
        let article = self.article?;
        let (this, _, _) = article.ymd();
        let future = self.future(at);
        let candidates = [this - 1, this, this + 1]
            .into_iter()
            .filter_map(|year| Day::from_ymd(year, month, day));
        let last = article.number() + if future { 366 } else { AHEAD };
        let found = if future {
            candidates
                .clone()
                .find(|day| day.number() >= article.number() && day.number() <= last)
        } else {
            None
        };
        let found = found.or_else(|| candidates.clone().rfind(|day| day.number() <= last))?;
        Some(Read::date(found.to_string(), end))
    }

    /// "Friday", "last Friday", "Friday, April 21".
    fn weekday(&self, at: usize) -> Option<Read> {
        let (side, at_day) = self.side(at);
        let number = self.part(at_day, Part::Weekday)?;
        let token = &self.tokens[at_day];
        if token.norm.is_ascii()
            && !token.capital
            && self.words.number("monday", Part::Weekday).is_some()
            || matches!(token.norm.as_str(), "sat" | "sun" | "mon" | "wed" | "fri")
                && !token.norm.ends_with('.')
        {
            return None;
        }
        let comma = if self.mark(at_day + 1, ',') {
            at_day + 2
        } else {
            at_day + 1
        };
        if side.is_none()
            && let Some(mut read) = self.month(comma).filter(|read| read.value.len() >= 10)
        {
            read.weekday = Some(at_day);
            return Some(read);
        }
        let article = self.article?;
        let today = article.weekday().number_from_monday() as i32;
        let back = (today - number).rem_euclid(7);
        let (behind, behind_end) = match self
            .part(at_day + 1, Part::BehindLast)
            .or_else(|| self.part(at_day + 1, Part::BehindNext))
        {
            Some(side) => (Some(side), at_day + 2),
            None => (None, at_day + 1),
        };
        let offset = match side.or(behind) {
            Some(-1) => {
                if back == 0 {
                    -7
                } else {
                    -back
                }
            }
            Some(1) => {
                if back == 0 {
                    7
                } else {
                    7 - back
                }
            }
            Some(_) => {
                if back > 3 && self.future(at) {
                    7 - back
                } else {
                    -back
                }
            }
            None if self.future(at_day) => {
                if back == 0 {
                    0
                } else {
                    7 - back
                }
            }
            None => -back,
        };
        let day = article.checked_add_days(i64::from(offset))?;
        let mut read = Read::date(day.to_string(), behind_end);
        read.weekday = Some(at_day);
        Some(read)
    }

    /// "spring 1943", "the summer", "the weekend", "the year-ago quarter".
    fn season(&self, at: usize) -> Option<Read> {
        if let Some(season) = self.part(at, Part::Season) {
            let (written, end) = self.year_behind(at + 1);
            if let Some(year) = written {
                return Some(Read::date(format!("{year:04}-{season}"), end));
            }
            let bound = at > 0
                && self.norm(at - 1) == "the"
                && at > 1
                && matches!(
                    self.norm(at - 2),
                    "in" | "over" | "during" | "through" | "since" | "of"
                );
            let (year, month, _) = self.article.filter(|_| bound)?.ymd();
            let started = [3, 6, 9, 12][(season - 21) as usize] <= month as i32;
            let year = if started || self.future(at) {
                year
            } else {
                year - 1
            };
            return Some(Read::date(format!("{year:04}-{season}"), at + 1));
        }
        let article = self.article?;
        if self.norm(at) == "weekend" && at > 0 && self.norm(at - 1) == "the" {
            return Some(Read::date(
                unit_value(article, 2, if self.future(at) { 0 } else { -1 })?,
                at + 1,
            ));
        }
        if matches!(self.norm(at), "year-ago" | "year-earlier")
            && matches!(self.norm(at + 1), "quarter" | "period")
        {
            return Some(Read::date(unit_value(article, 91, -5)?, at + 2));
        }
        None
    }

    /// "today", "yesterday".
    fn day(&self, at: usize) -> Option<Read> {
        let offset = self.part(at, Part::Day)?;
        let day = self.article?.checked_add_days(i64::from(offset))?;
        let kind = if self.norm(at) == "tonight" {
            DateKind::Time
        } else {
            DateKind::Date
        };
        Some(Read {
            kind,
            ..Read::date(day.to_string(), at + 1)
        })
    }

    /// "1998", "the 1990s", "the '80s", "the 19th century".
    fn years(&self, at: usize) -> Option<Read> {
        let norm = self.norm(at);
        if let Some((first, last)) = norm.split_once('-')
            && let Some(first) = year(first)
            && last.bytes().all(|byte| byte.is_ascii_digit())
        {
            let last = match last.len() {
                2 => last
                    .parse::<i32>()
                    .ok()
                    .map(|last| first / 100 * 100 + last),
                _ => year(last),
            };
            return last
                .filter(|last| *last > first)
                .map(|last| Read::date(format!("{first:04}/{last:04}"), at + 1));
        }
        if let Some(first) = year(norm)
            && let Some(mut read) = self.quarter(at + 1).filter(|read| read.end <= at + 3)
        {
            read.value = format!("{first:04}{}", &read.value[4..]);
            return Some(read);
        }
        if let Some(year) = year(norm) {
            let money = at > 0 && self.tokens[at - 1].is_mark_of_money() || self.mark(at + 1, '%');
            let plain = at + 1 >= self.tokens.len() || !self.mark(at + 1, '/');
            let bound = (1_600..=2_060).contains(&year);
            return (!money && plain && bound).then(|| Read::date(format!("{year:04}"), at + 1));
        }
        if let Some(decade) = norm.strip_suffix('s').or_else(|| norm.strip_suffix("'s"))
            && decade.ends_with('0')
        {
            if let Some(year) = year(decade) {
                return Some(Read::date(format!("{:03}X", year / 10), at + 1));
            }
            if decade.len() == 2 && decade.parse::<u32>().is_ok_and(|tens| tens >= 20) {
                return Some(Read::date(format!("19{}X", &decade[..1]), at + 1));
            }
        }
        let mid = norm
            .strip_prefix("mid-")
            .or_else(|| norm.strip_prefix("pre-"))
            .or_else(|| norm.strip_prefix("post-"));
        if let Some(rest) = mid {
            if let Some(year) = year(rest) {
                return Some(Read::date(format!("{year:04}"), at + 1));
            }
            if let Some(year) = rest.strip_suffix('s').and_then(year) {
                return Some(Read::date(format!("{:03}X", year / 10), at + 1));
            }
            if let Some(month) = self.words.number(rest, Part::Month) {
                let (year, current, _) = self.article?.ymd();
                let year = if month as u32 > current && !self.future(at) {
                    year - 1
                } else {
                    year
                };
                return Some(Read::date(format!("{year:04}-{month:02}"), at + 1));
            }
        }
        let ordinal = norm.trim_end_matches(|c: char| c.is_alphabetic());
        if self.part(at + 1, Part::Century).is_some()
            && let Ok(century) = ordinal.parse::<i32>()
            && (1..=22).contains(&century)
        {
            return Some(Read::date(format!("{:02}XX", century - 1), at + 2));
        }
        None
    }

    /// Whether a word tells of what is still to come, and whether of what is over.
    fn tells(&self, place: usize) -> (bool, bool) {
        let token = &self.tokens[place];
        let ahead = token.is(Class::MODAL)
            && matches!(
                token.norm.as_str(),
                "will" | "'ll" | "shall" | "won't" | "may" | "must" | "should" | "can" | "would"
            )
            && !(token.norm == "may" && token.capital)
            || matches!(
                token.norm.as_str(),
                "scheduled"
                    | "upcoming"
                    | "due"
                    | "expires"
                    | "effective"
                    | "payable"
                    | "expire"
                    | "resume"
                    | "expected"
                    | "plans"
                    | "planned"
                    | "expects"
                    | "set"
                    | "begins"
                    | "wird"
                    | "werden"
                    | "soll"
                    | "будет"
                    | "буде"
                    | "sera"
            );
        let passive = place > 0 && matches!(self.norm(place - 1), "be" | "is" | "are" | "being");
        let past =
            token.word.verb.is_some_and(|(_, forms)| forms & PAST != 0) && !ahead && !passive
                || matches!(
                    token.norm.as_str(),
                    "was" | "were" | "had" | "did" | "has" | "have"
                );
        (ahead, past)
    }

    fn ends_clause(&self, place: usize) -> bool {
        let kind = self.tokens[place].kind;
        matches!(kind, crate::scan::Kind::Mark('.' | ';' | '!' | '?'))
    }

    /// Whether the verb near a date tells that it is still to come.
    pub(super) fn future(&self, at: usize) -> bool {
        const REACH: usize = 14;
        let mut nearest: Option<(usize, bool)> = None;
        let mut look = |place: usize, distance: usize| {
            let token = &self.tokens[place];
            let (ahead, past) = self.tells(place);
            if (ahead || past)
                && nearest.is_none_or(|(known, was_ahead)| {
                    distance < known || distance == known && !was_ahead
                })
            {
                let said = token.word.verb.is_some_and(|(_, _)| {
                    matches!(token.norm.as_str(), "said" | "told" | "announced")
                });
                if !said || distance < 2 {
                    nearest = Some((distance, ahead));
                }
            }
        };
        for place in (at.saturating_sub(REACH)..at).rev() {
            if self.ends_clause(place) {
                break;
            }
            look(place, at - place);
        }
        for place in at + 1..self.tokens.len().min(at + REACH) {
            if self.ends_clause(place) {
                break;
            }
            look(place, place - at);
        }
        nearest.is_some_and(|(_, ahead)| ahead)
    }
}
