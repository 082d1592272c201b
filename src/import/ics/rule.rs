//! What recurs (RFC 5545, 3.3.10): periods of days, weeks, months or years, in each the days that
//! the rule's parts let through, and on each day its times.

use super::moment::Moment;
use annals_time::Day;

/// A rule.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    every: Period,
    interval: i64,
    pub(super) count: Option<u64>,
    /// The last moment, and whether it is in UTC.
    pub(super) until: Option<(Moment, bool)>,
    weekdays: Vec<(i64, u32)>,
    month_days: Vec<i64>,
    months: Vec<i64>,
    year_days: Vec<i64>,
    weeks: Vec<i64>,
    positions: Vec<i64>,
    hours: Vec<i64>,
    minutes: Vec<i64>,
    seconds: Vec<i64>,
    week_start: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Period {
    Day,
    Week,
    Month,
    Year,
}

/// How many times one rule may give.
pub(super) const MOST_TIMES: usize = 20_000;

/// Why a rule is not followed.
const UNREAD: &str = "a recurrence rule that cannot be read; its event is kept once";
const SEVERAL_A_DAY: &str = "a recurrence rule by the hour or shorter; its event is kept once";

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    /// Why it is not followed.
    pub(super) fn of(text: &str) -> Result<Rule, &'static str> {
        let mut rule = Rule {
            every: Period::Day,
            interval: 1,
            count: None,
            until: None,
            weekdays: Vec::new(),
            month_days: Vec::new(),
            months: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            positions: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            seconds: Vec::new(),
            week_start: 0,
        };
        let mut has_period = false;
        for part in text.split(';').filter(|part| !part.trim().is_empty()) {
            let (name, value) = part.split_once('=').ok_or(UNREAD)?;
            let value = value.trim().to_ascii_uppercase();
            let name = name.trim().to_ascii_uppercase();
            if name == "FREQ" {
                has_period = true;
                rule.every = match value.as_str() {
                    "DAILY" => Period::Day,
                    "WEEKLY" => Period::Week,
                    "MONTHLY" => Period::Month,
                    "YEARLY" => Period::Year,
                    "HOURLY" | "MINUTELY" | "SECONDLY" => return Err(SEVERAL_A_DAY),
                    _ => return Err(UNREAD),
                };
            } else {
                rule.part(&name, &value).ok_or(UNREAD)?;
            }
        }
        if has_period { Ok(rule) } else { Err(UNREAD) }
    }

    /// Takes one part; `None` where it cannot be read.
    fn part(&mut self, name: &str, value: &str) -> Option<()> {
        // From the end backwards, where the least is negative; nothing is the nought-th.
        let numbers = |least: i64, most: i64| -> Option<Vec<i64>> {
            let each = value.split(',').map(|one| one.trim().parse::<i64>().ok());
            each.map(|one| one.filter(|n| (least..=most).contains(n) && (least >= 0 || *n != 0)))
                .collect()
        };
        match name {
            "INTERVAL" => {
                self.interval = value.parse().ok().filter(|n| (1..=100_000).contains(n))?;
            }
            // Some programs write so that there is none.
            "COUNT" if value == "-1" => self.count = None,
            "COUNT" => self.count = Some(value.parse().ok().filter(|count| *count > 0)?),
            "UNTIL" => self.until = Some(Moment::of(value)?),
            "BYDAY" => {
                let days = value.split(',').map(|one| weekday(one.trim()));
                self.weekdays = days.collect::<Option<_>>()?;
            }
            "BYMONTHDAY" => self.month_days = numbers(-31, 31)?,
            "BYMONTH" => self.months = numbers(1, 12)?,
            "BYYEARDAY" => self.year_days = numbers(-366, 366)?,
            "BYWEEKNO" => self.weeks = numbers(-53, 53)?,
            "BYSETPOS" => self.positions = numbers(-366, 366)?,
            "BYHOUR" => self.hours = numbers(0, 23)?,
            "BYMINUTE" => self.minutes = numbers(0, 59)?,
            "BYSECOND" => self.seconds = numbers(0, 59)?,
            "WKST" => self.week_start = weekday(value)?.1,
            // A rule has no zone of its own; that of the beginning is meant.
            "TZID" => {}
            // The calendar of all others, and what is done where it has no such day (RFC 7529).
            "RSCALE" => (value == "GREGORIAN").then_some(())?,
            "SKIP" => (value == "OMIT").then_some(())?,
            _ => return None,
        }
        Some(())
    }

    /// Whether it recurs every year, without a number of times.
    pub(super) fn is_yearly(&self) -> bool {
        self.every == Period::Year && self.interval == 1 && self.count.is_none()
    }

    /// Whether it has no end of its own.
    pub(super) fn is_endless(&self) -> bool {
        self.count.is_none() && self.until.is_none()
    }

    /// The times, from the first on, up to the last day. Its own end (`UNTIL`) is only looked at by
    /// the day, a day too late, since what is before it depends on time zones. `None` when more than
    /// `budget` days would have to be looked at, of which each is taken off, or when there are too
    /// many times.
    pub(super) fn moments(
        &self,
        first: Moment,
        last: Day,
        budget: &mut u64,
    ) -> Option<Vec<Moment>> {
        // A day may end fourteen hours later somewhere.
        let own = self.until.map(|(until, _)| until.day);
        let own = own.map(|day| day.checked_add_days(1).unwrap_or(day));
        let last = own.map_or(last, |own| own.min(last));
        let times = self.times(first);
        let mut begin = self.period_of(first.day);
        // The first always counts (3.8.5.3), also where the rule leaves it out.
        let mut found = vec![first];
        let most = self.count.unwrap_or(u64::MAX);
        while begin <= last && (found.len() as u64) < most {
            let next = self.next(begin, 1)?;
            let mut all = Vec::new();
            let mut day = begin;
            while day < next {
                *budget = budget.checked_sub(1)?;
                if let Some(later) = self.month_let_through(day) {
                    day = later;
                    continue;
                }
                if self.lets_through(day, first.day) {
                    *budget = budget.checked_sub(times.len() as u64)?;
                    all.extend(times.iter().map(|time| Moment { day, time: *time }));
                }
                day = day.checked_add_days(1)?;
            }
            for moment in self.chosen(all) {
                if moment > first && moment.day <= last && (found.len() as u64) < most {
                    found.push(moment);
                }
            }
            if found.len() > MOST_TIMES {
                return None;
            }
            match self.next(begin, self.interval) {
                Some(next) => begin = next,
                None => break,
            }
        }
        found.retain(|moment| moment.day <= last);
        Some(found)
    }

    /// The times of a day, in order.
    fn times(&self, first: Moment) -> Vec<Option<u32>> {
        let Some(time) = first.time else {
            return vec![None];
        };
        let or_own = |list: &[i64], own: u32| -> Vec<u32> {
            if list.is_empty() {
                return vec![own];
            }
            list.iter().map(|one| *one as u32).collect()
        };
        let hours = or_own(&self.hours, time / 3600);
        let minutes = or_own(&self.minutes, time / 60 % 60);
        let seconds = or_own(&self.seconds, time % 60);
        let mut times = Vec::new();
        for hour in &hours {
            for minute in &minutes {
                times.extend(
                    seconds
                        .iter()
                        .map(|second| hour * 3600 + minute * 60 + second),
                );
            }
        }
        times.sort_unstable();
        times.dedup();
        times.into_iter().map(Some).collect()
    }

    fn chosen(&self, all: Vec<Moment>) -> Vec<Moment> {
        if self.positions.is_empty() {
            return all;
        }
        let count = all.len() as i64;
        let nth = |position: i64| {
            if position > 0 {
                position - 1
            } else {
                count + position
            }
        };
        let mut chosen: Vec<Moment> = (self.positions.iter())
            .filter_map(|position| all.get(usize::try_from(nth(*position)).ok()?).copied())
            .collect();
        chosen.sort();
        chosen.dedup();
        chosen
    }

    /// The first day of the period that a day is in.
    fn period_of(&self, day: Day) -> Day {
        let (year, month, _) = day.ymd();
        let found = match self.every {
            Period::Day => Some(day),
            Period::Week => {
                let since = (number(day) + 7 - self.week_start) % 7;
                day.checked_add_days(-i64::from(since))
            }
            Period::Month => Day::from_ymd(year, month, 1),
            Period::Year => Day::from_ymd(year, 1, 1),
        };
        found.unwrap_or(day)
    }

    /// Of a day in a month that no part lets through, the first of the next month.
    fn month_let_through(&self, day: Day) -> Option<Day> {
        let (year, month, _) = day.ymd();
        if self.months.is_empty() || self.months.contains(&i64::from(month)) {
            return None;
        }
        Day::from_ymd(year, month, 1)?.checked_add_months(1)
    }

    fn next(&self, begin: Day, periods: i64) -> Option<Day> {
        match self.every {
            Period::Day => begin.checked_add_days(periods),
            Period::Week => begin.checked_add_days(7 * periods),
            Period::Month => begin.checked_add_months(periods),
            Period::Year => begin.checked_add_months(12 * periods),
        }
    }

    fn lets_through(&self, day: Day, first: Day) -> bool {
        let (year, month, of_month) = day.ymd();
        let (_, first_month, first_of_month) = first.ymd();
        let (month_length, year_length) = lengths(year, month);
        let of_year = 1 + day_number(day) - Day::from_ymd(year, 1, 1).map_or(0, day_number);
        let within = |list: &[i64], nth: i64, length: i64| {
            list.iter()
                .any(|one| *one == nth || (*one < 0 && length + 1 + one == nth))
        };
        if !self.months.is_empty() && !self.months.contains(&i64::from(month)) {
            return false;
        }
        if !self.month_days.is_empty() && !within(&self.month_days, of_month.into(), month_length) {
            return false;
        }
        if !self.year_days.is_empty() && !within(&self.year_days, of_year, year_length) {
            return false;
        }
        if !self.weeks.is_empty() && !self.in_week(day) {
            return false;
        }
        if !self.weekdays.is_empty() {
            let in_month = self.every == Period::Month
                || self.every == Period::Year && !self.months.is_empty();
            let (nth, length) = if in_month {
                (i64::from(of_month), month_length)
            } else {
                (of_year, year_length)
            };
            let ordered =
                matches!(self.every, Period::Month | Period::Year) && self.weeks.is_empty();
            return self.weekdays.iter().any(|(which, weekday)| {
                let fits = match *which {
                    0 => true,
                    _ if !ordered => true,
                    n if n > 0 => (nth - 1) / 7 + 1 == n,
                    n => (length - nth) / 7 + 1 == -n,
                };
                *weekday == number(day) && fits
            });
        }
        // What no part says is as on the first day.
        let by_day = !self.month_days.is_empty() || !self.year_days.is_empty();
        match self.every {
            Period::Day => true,
            Period::Week => number(day) == number(first),
            Period::Month => by_day || of_month == first_of_month,
            Period::Year if !self.weeks.is_empty() => number(day) == number(first),
            Period::Year if by_day => true,
            Period::Year => {
                of_month == first_of_month && (!self.months.is_empty() || month == first_month)
            }
        }
    }

    /// Whether a day lies in one of the weeks of its year: the first has at least four days in it.
    fn in_week(&self, day: Day) -> bool {
        let year = day.ymd().0;
        let begins = |year| {
            let fourth = Day::from_ymd(year, 1, 4)?;
            let since = (number(fourth) + 7 - self.week_start) % 7;
            fourth.checked_add_days(-i64::from(since)).map(day_number)
        };
        let (Some(this), Some(next)) = (begins(year), begins(year + 1)) else {
            return false;
        };
        let at = day_number(day);
        if at < this || at >= next {
            return false;
        }
        let (week, weeks) = ((at - this) / 7 + 1, (next - this) / 7);
        self.weeks
            .iter()
            .any(|one| *one == week || (*one < 0 && weeks + 1 + one == week))
    }
}

fn day_number(day: Day) -> i64 {
    day.number().into()
}

/// The weekday of a day, Monday being 0.
fn number(day: Day) -> u32 {
    day.weekday().num_days_from_monday()
}

/// The days of the month and of the year.
fn lengths(year: i32, month: u32) -> (i64, i64) {
    let first = |year, month| Day::from_ymd(year, month, 1).map_or(0, day_number);
    let next = if month == 12 {
        first(year + 1, 1)
    } else {
        first(year, month + 1)
    };
    (
        next - first(year, month),
        first(year + 1, 1) - first(year, 1),
    )
}

/// `2MO`, `-1FR`, `SU`: which one (0: each), and the weekday, Monday being 0.
fn weekday(text: &str) -> Option<(i64, u32)> {
    const NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let at = text.len().checked_sub(2)?;
    let (which, name) = (text.get(..at)?, text.get(at..)?);
    let day = NAMES.iter().position(|one| *one == name)? as u32;
    let which = if which.is_empty() {
        0
    } else {
        which
            .parse()
            .ok()
            .filter(|n: &i64| *n != 0 && n.abs() <= 53)?
    };
    Some((which, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(rule: &str, first: &str, last: &str) -> Vec<String> {
        let day = |text| annals_time::Date::parse(text).unwrap().first().unwrap();
        let rule = Rule::of(rule).unwrap();
        let first = Moment {
            day: day(first),
            time: None,
        };
        let found = rule.moments(first, day(last), &mut 1_000_000).unwrap();
        found.into_iter().map(Moment::written).collect()
    }

    /// The examples of RFC 5545, 3.8.5.3.
    #[test]
    fn the_examples_of_the_standard_hold() {
        let some = |rule, first, n: usize| {
            let mut days = days(rule, first, "2050-12-31");
            days.truncate(n);
            days.join(" ")
        };
        assert_eq!(
            some("FREQ=DAILY;COUNT=10", "1997-09-02", 99)
                .split(' ')
                .count(),
            10
        );
        assert_eq!(
            some(
                "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
                "1997-09-02",
                5
            ),
            "1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30"
        );
        assert_eq!(
            some("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05", 4),
            "1997-09-05 1997-10-03 1997-11-07 1997-12-05"
        );
        assert_eq!(
            some("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22", 3),
            "1997-09-22 1997-10-20 1997-11-17"
        );
        assert_eq!(
            some("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", 3),
            "1997-09-28 1997-10-29 1997-11-28"
        );
        assert_eq!(
            some("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", 3),
            "1997-05-19 1998-05-18 1999-05-17"
        );
        assert_eq!(
            some("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", 3),
            "1997-05-12 1998-05-11 1999-05-17"
        );
        assert_eq!(
            some(
                "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
                "1997-01-01",
                5
            ),
            "1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09"
        );
        assert_eq!(
            some(
                "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
                "1996-11-05",
                3
            ),
            "1996-11-05 2000-11-07 2004-11-02"
        );
        assert_eq!(
            some(
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
                "1997-09-29",
                3
            ),
            "1997-09-29 1997-10-30 1997-11-27"
        );
        assert_eq!(
            some("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", 3),
            "1997-09-02 1998-02-13 1998-03-13"
        );
        assert_eq!(
            some(
                "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
                "1998-01-01",
                99
            )
            .split(' ')
            .count(),
            93
        );
    }

    #[test]
    fn rules_end() {
        let (first, _) = Moment::of("20000201").unwrap();
        let never = Rule::of("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").unwrap();
        let last = Day::from_ymd(9999, 12, 31).unwrap();
        assert_eq!(never.moments(first, last, &mut 10_000), None);
        for odd in [
            "",
            ";",
            "FREQ=HOURLY",
            "INTERVAL=2",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;UNTIL=",
            "FREQ=YEARLY;BYMONTH=13",
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "FREQ=FORTNIGHTLY",
            "FREQ=YEARLY;BYEASTER=0",
            "D1 #5",
        ] {
            assert!(Rule::of(odd).is_err(), "{odd}");
        }
        assert_eq!(days("FREQ=MONTHLY", "2023-01-31", "2023-06-30").len(), 3);
        // What some programs add, though it says nothing.
        for said in [
            "COUNT=-1;UNTIL=20230102",
            "COUNT=2;TZID=Europe/Berlin",
            "COUNT=2;RSCALE=GREGORIAN;",
            "count=2",
        ] {
            let rule = format!("freq=daily;{said}");
            assert_eq!(days(&rule, "2023-01-01", "2023-01-02").len(), 2, "{rule}");
        }
    }

    #[test]
    fn a_day_may_have_several_times() {
        let times = |rule: &str, first: &str| {
            let (first, _) = Moment::of(first).unwrap();
            let last = Day::from_ymd(2023, 1, 31).unwrap();
            let found = Rule::of(rule).unwrap().moments(first, last, &mut 10_000);
            let found = found.unwrap().into_iter().map(Moment::written);
            found.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            times("FREQ=DAILY;COUNT=3;BYHOUR=9,15", "20230102T090000"),
            "2023-01-02T09:00:00 2023-01-02T15:00:00 2023-01-03T09:00:00"
        );
        assert_eq!(
            times(
                "FREQ=WEEKLY;COUNT=3;BYHOUR=9;BYMINUTE=0,30",
                "20230102T093000"
            ),
            "2023-01-02T09:30:00 2023-01-09T09:00:00 2023-01-09T09:30:00"
        );
        // Of whole days there are no hours.
        assert_eq!(
            times("FREQ=DAILY;COUNT=2;BYHOUR=9,15", "20230102"),
            "2023-01-02 2023-01-03"
        );
    }
}
