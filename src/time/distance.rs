//! The distance between two dated records.

use super::duration::{LONGEST, refuse};
use super::{Day, Duration, DurationError, DurationUnit};

/// A distance as written: `P14M`, a range `P13M/P15M`, or `about P14M`.
///
/// "About" allows one unit of the smallest part more or less: `about P14M` is 13 to 15 months.
///
/// ```
/// use annals_time::{Day, Distance};
///
/// let apart = Distance::parse("about P14M")?;
/// let [start, end] = [Day::from_ymd(2022, 2, 24), Day::from_ymd(2023, 4, 20)];
/// let (least, most) = (apart.least(), apart.most());
/// assert!(start.and_then(|start| least.add_to(start)) <= end);
/// assert!(start.and_then(|start| most.add_to(start)) >= end);
/// # Ok::<(), annals_time::DurationError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Distance {
    written: Box<str>,
    least: Duration,
    most: Duration,
    about: bool,
}

impl Distance {
    /// Parses a distance.
    ///
    /// # Errors
    /// If the text is not an ISO 8601 duration, is a range whose upper end is below its lower end,
    /// or has "about" before a range or before a duration of zero.
    pub fn parse(text: &str) -> Result<Distance, DurationError> {
        if text.len() > LONGEST {
            return Err(refuse(
                format!("a distance has at most {LONGEST} characters"),
                0..0,
            ));
        }
        let (about, body) = split_about(text);
        let base = text.len() - body.len();
        let (least, most) = match body.split_once('/') {
            None => {
                let duration = Duration::read(body, base)?;
                if about && duration.is_zero() {
                    let reason = "\"about\" zero time has no direction";
                    return Err(refuse(reason, 0..text.len()));
                }
                let shortened = if about {
                    duration.shortened()
                } else {
                    duration
                };
                (
                    shortened,
                    if about {
                        duration.lengthened()
                    } else {
                        duration
                    },
                )
            }
            Some(_) if about => {
                let reason = "a range says how far the distance may vary: leave \"about\" out";
                return Err(refuse(reason, 0..base));
            }
            Some((least, most)) => {
                let least_read = Duration::read(least, base)?;
                (least_read, Duration::read(most, base + least.len() + 1)?)
            }
        };
        if is_surely_longer(least, most) {
            let reason = "the range ends below its beginning";
            return Err(refuse(reason, base..text.len()));
        }
        Ok(Distance {
            written: text.into(),
            least,
            most,
            about,
        })
    }

    /// The text as written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The shortest distance it allows; with "about", one of the smallest unit less than written.
    pub fn least(&self) -> Duration {
        self.least
    }

    /// The longest distance it allows; with "about", one of the smallest unit more than written.
    pub fn most(&self) -> Duration {
        self.most
    }

    /// Written with "about".
    pub fn is_about(&self) -> bool {
        self.about
    }

    /// The smallest unit that is written.
    pub fn smallest_unit(&self) -> DurationUnit {
        self.least.smallest_unit().max(self.most.smallest_unit())
    }

    /// Whether it is given in days or longer units. Then it counts calendar days from start to
    /// start, otherwise exact time.
    pub fn counts_days(&self) -> bool {
        self.smallest_unit().counts_days()
    }

    /// The first and last day at this distance after `day`; `None` outside the calendar's range.
    pub fn from_day(&self, day: Day) -> (Option<Day>, Option<Day>) {
        (self.least.add_to(day), self.most.add_to(day))
    }

    /// In English words: `14 months`, `about 14 months`, `13 months to 15 months`.
    pub fn words(&self) -> String {
        if self.about {
            let body = split_about(&self.written).1;
            // It has been parsed once, so it parses again.
            let duration = Duration::read(body, 0).unwrap_or(self.most);
            format!("about {}", duration.words())
        } else if self.least == self.most {
            self.least.words()
        } else {
            format!("{} to {}", self.least.words(), self.most.words())
        }
    }
}

fn split_about(text: &str) -> (bool, &str) {
    match text.strip_prefix("about ") {
        Some(body) => (true, body.trim_start_matches(' ')),
        None => (false, text),
    }
}

/// Longer for any length of the months: 28 to 31 days for one, 365 to 366 for twelve.
fn is_surely_longer(one: Duration, other: Duration) -> bool {
    let shortest = |duration: Duration| {
        let (years, months) = (duration.months() / 12, duration.months() % 12);
        years * 365 + months * 28 + duration.days()
    };
    let longest = |duration: Duration| {
        let (years, months) = (duration.months() / 12, duration.months() % 12);
        years * 366 + months * 31 + duration.days()
    };
    let beyond_months = [one, other].map(|duration| duration.days() * 86_400 + duration.seconds());
    let [of_one, of_other] = beyond_months;
    if one.months() >= other.months() && of_one >= of_other {
        return one.months() > other.months() || of_one > of_other;
    }
    shortest(one) * 86_400 + one.seconds() > longest(other) * 86_400 + other.seconds()
}
