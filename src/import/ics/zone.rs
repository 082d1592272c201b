//! Time zones: those that a calendar defines itself (RFC 5545, 3.6.5), else those of the IANA
//! database. They tell which moments of different zones are the same; nothing else is converted.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::lines::Line;
use super::moment::{DAY, Moment, Stamp};
use super::rule::Rule;
use annals_time::Day;

/// How many days the rules of one zone may look at.
const MOST_DAYS_OF_ONE: u64 = 200_000;

/// How far clocks may be ahead of UTC, and behind it, in seconds.
const MOST_AHEAD: i64 = 14 * 3600;
const MOST_BEHIND: i64 = 12 * 3600;

/// Whose clocks show a moment.
#[derive(Debug, Clone)]
pub(super) enum Zone {
    /// Those of wherever somebody is: nothing names a zone.
    Floating,
    Utc,
    /// A zone of the IANA database.
    Known(Tz),
    /// A zone that the calendar defines.
    Defined(Rc<Definition>),
    /// A zone of which only the name is known.
    Unknown(Rc<str>),
}

impl Zone {
    pub(super) fn is_utc(&self) -> bool {
        matches!(self, Zone::Utc)
    }

    /// Whether both certainly show the same.
    pub(super) fn is_same(&self, other: &Zone) -> bool {
        match (self, other) {
            (Zone::Floating, Zone::Floating) | (Zone::Utc, Zone::Utc) => true,
            (Zone::Known(one), Zone::Known(two)) => one == two,
            (Zone::Defined(one), Zone::Defined(two)) => Rc::ptr_eq(one, two),
            (Zone::Unknown(one), Zone::Unknown(two)) => one == two,
            _ => false,
        }
    }

    /// Seconds since 1970 in UTC. A moment that clocks show twice is the first; one that they leave
    /// out is counted as they went before (3.3.5).
    pub(super) fn instant(&self, moment: Moment) -> Option<i64> {
        let local = moment.seconds();
        match self {
            Zone::Floating | Zone::Unknown(_) => None,
            Zone::Utc => Some(local),
            Zone::Known(zone) => Some(local - offset_of(*zone, local)?),
            Zone::Defined(definition) => Some(local - definition.offset_at(local, false)?),
        }
    }

    /// What its clocks show at an instant.
    pub(super) fn local(&self, instant: i64) -> Option<Moment> {
        let offset = match self {
            Zone::Floating | Zone::Unknown(_) => return None,
            Zone::Utc => 0,
            Zone::Known(zone) => {
                let utc = naive(instant)?;
                i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
            }
            Zone::Defined(definition) => definition.offset_at(instant, true)?,
        };
        Moment::of_seconds(instant + offset)
    }

    /// Whether a moment on the clocks of an unknown zone can be that instant: zones differ from UTC
    /// by quarters of an hour.
    pub(super) fn could_be(moment: Moment, instant: i64) -> bool {
        let ahead = moment.seconds() - instant;
        ahead % 900 == 0 && (-MOST_BEHIND..=MOST_AHEAD).contains(&ahead)
    }

    /// Whether a moment on the clocks of an unknown zone can lie at an instant or before it.
    pub(super) fn could_be_by(moment: Moment, instant: i64) -> bool {
        moment.seconds() - MOST_AHEAD <= instant
    }

    /// … and whether it must.
    pub(super) fn must_be_by(moment: Moment, instant: i64) -> bool {
        moment.seconds() + MOST_BEHIND <= instant
    }
}

fn naive(seconds: i64) -> Option<NaiveDateTime> {
    Some(DateTime::from_timestamp(seconds, 0)?.naive_utc())
}

fn offset_of(zone: Tz, local: i64) -> Option<i64> {
    let offset = |local| {
        let found = match zone.offset_from_local_datetime(&naive(local)?) {
            LocalResult::Single(offset) => offset,
            LocalResult::Ambiguous(first, second) => {
                // Of two, the first instant is the one with the larger distance from UTC.
                let (one, two) = (first.fix(), second.fix());
                let larger = one.local_minus_utc().max(two.local_minus_utc());
                return Some(i64::from(larger));
            }
            LocalResult::None => return None,
        };
        Some(i64::from(found.fix().local_minus_utc()))
    };
    // Clocks leave out an hour, rarely a day.
    [0, 3 * 3600, DAY, 2 * DAY]
        .into_iter()
        .find_map(|before| offset(local - before))
}

/// The zones of a calendar.
#[derive(Debug, Default)]
pub(super) struct Zones {
    defined: BTreeMap<String, Zone>,
    /// That of the calendar (`X-WR-TIMEZONE`), and its name.
    own: Option<(String, Zone)>,
}

impl Zones {
    pub(super) fn define(&mut self, name: &str, definition: Definition) {
        if !definition.parts.is_empty() {
            let zone = Zone::Defined(Rc::new(definition));
            let name = plain(name).to_owned();
            self.defined.entry(name).or_insert(zone);
        }
    }

    /// Sets the zone of the calendar; whether it is known.
    pub(super) fn set_own(&mut self, name: &str) -> bool {
        let zone = self.named(name);
        let known = !matches!(zone, Zone::Unknown(_));
        self.own = Some((name.trim().to_owned(), zone));
        known
    }

    /// The zone of times that name none.
    pub(super) fn own(&self) -> Zone {
        let own = self.own.as_ref();
        own.map_or(Zone::Floating, |(_, zone)| zone.clone())
    }

    pub(super) fn own_name(&self) -> Option<&str> {
        self.own.as_ref().map(|(name, _)| name.as_str())
    }

    /// A moment in UTC, on the clocks of the calendar where these are known.
    pub(super) fn in_own(&self, moment: Moment) -> Stamp {
        let own = self.own();
        match own.local(moment.seconds()) {
            Some(moment) => Stamp { moment, zone: own },
            None => Stamp {
                moment,
                zone: Zone::Utc,
            },
        }
    }

    /// The zone of this name: the calendar's own definition of it, else that of the IANA database.
    pub(super) fn named(&self, name: &str) -> Zone {
        let name = plain(name);
        if let Some(zone) = self.defined.get(name) {
            return zone.clone();
        }
        let utc = ["UTC", "Z", "GMT", "Etc/UTC", "Etc/GMT", "Zulu"];
        if utc.iter().any(|one| one.eq_ignore_ascii_case(name)) {
            return Zone::Utc;
        }
        // Some programs put their own path before the name: /example.org/20050126/Europe/Berlin.
        let mut tail = name;
        loop {
            let found = tail.parse().ok().or_else(|| {
                let mut all = TZ_VARIANTS.iter();
                all.find(|one| one.name().eq_ignore_ascii_case(tail))
                    .copied()
            });
            if let Some(zone) = found {
                return Zone::Known(zone);
            }
            match tail.split_once('/') {
                Some((_, rest)) if !rest.is_empty() => tail = rest,
                _ => return Zone::Unknown(name.into()),
            }
        }
    }
}

/// The name of a zone without what some programs leave around it.
fn plain(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | ':'))
}

/// A zone as a calendar defines it: its parts, each from its first onset on.
#[derive(Debug, Default)]
pub(super) struct Definition {
    parts: Vec<Part>,
    /// The onsets around a year, found once.
    onsets: RefCell<BTreeMap<i32, Option<Vec<Onset>>>>,
    /// How many more days rules may look at: those of this zone, and those of all.
    budget: Cell<u64>,
    common_budget: Rc<Cell<u64>>,
}

/// Standard or daylight time.
#[derive(Debug)]
struct Part {
    start: Moment,
    /// Seconds ahead of UTC before it and while it lasts.
    from: i64,
    to: i64,
    rules: Vec<Rule>,
    dates: Vec<Moment>,
}

/// When clocks are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Onset {
    instant: i64,
    from: i64,
    to: i64,
}

impl Definition {
    pub(super) fn new(budget: &Rc<Cell<u64>>) -> Definition {
        Definition {
            budget: Cell::new(MOST_DAYS_OF_ONE),
            common_budget: Rc::clone(budget),
            ..Definition::default()
        }
    }

    /// Adds a part from its properties; nothing of one that cannot be read.
    pub(super) fn add(&mut self, lines: &[Line]) {
        let value = |name: &str| {
            let line = lines.iter().find(|line| line.name == name)?;
            Some(line.value.trim())
        };
        let part = || {
            Some(Part {
                start: Moment::of(value("DTSTART")?)?.0,
                from: offset(value("TZOFFSETFROM")?)?,
                to: offset(value("TZOFFSETTO")?)?,
                rules: lines
                    .iter()
                    .filter(|line| line.name == "RRULE")
                    .filter_map(|line| Rule::of(&line.value).ok())
                    .collect(),
                dates: lines
                    .iter()
                    .filter(|line| line.name == "RDATE")
                    .flat_map(|line| line.value.split(','))
                    .filter_map(|value| Some(Moment::of(value)?.0))
                    .collect(),
            })
        };
        self.parts.extend(part());
    }

    /// Seconds ahead of UTC, at an instant or when clocks show this.
    fn offset_at(&self, seconds: i64, is_instant: bool) -> Option<i64> {
        let year = Moment::of_seconds(seconds)?.day.ymd().0;
        let mut cache = self.onsets.borrow_mut();
        let onsets = cache.entry(year).or_insert_with(|| self.around(year));
        let onsets = onsets.as_ref()?;
        let begun = |onset: &&Onset| {
            let from = if is_instant { 0 } else { onset.from };
            onset.instant + from <= seconds
        };
        let Some(last) = onsets.iter().rev().find(begun) else {
            // Before all parts begin, clocks went as they did before the first.
            return onsets.first().map(|first| first.from);
        };
        let left_out = !is_instant && seconds < last.instant + last.to;
        Some(if left_out { last.from } else { last.to })
    }

    /// The onsets of a year and of those beside it, and the last before: in order. `None` where its
    /// rules take too long to follow.
    fn around(&self, year: i32) -> Option<Vec<Onset>> {
        let mut found = Vec::new();
        for part in &self.parts {
            let mut moments = vec![part.start];
            moments.extend(&part.dates);
            for rule in &part.rules {
                let budget = self.budget.get().min(self.common_budget.get());
                let mut left = budget;
                let found = part.recurring(rule, year, &mut left);
                for all in [&self.budget, &*self.common_budget] {
                    all.set(all.get() - (budget - left));
                }
                moments.extend(found?);
            }
            found.extend(moments.iter().map(|moment| Onset {
                instant: moment.seconds() - part.from,
                from: part.from,
                to: part.to,
            }));
        }
        found.sort();
        found.dedup();
        Some(found)
    }
}

impl Part {
    /// The onsets of a rule around a year. Rules of every year, as nearly all are, need not be
    /// followed from 1601 on.
    fn recurring(&self, rule: &Rule, year: i32, budget: &mut u64) -> Option<Vec<Moment>> {
        let (start_year, month, day) = self.start.day.ymd();
        let mut start = self.start;
        if rule.is_yearly() && year - 2 > start_year {
            start.day = Day::from_ymd(year - 2, month, day).unwrap_or(start.day);
        }
        let last = Day::from_ymd(year + 1, 12, 31)?;
        let mut found = rule.moments(start, last, budget)?;
        let ended = |moment: &Moment| {
            rule.until.is_some_and(|(until, utc)| {
                let seconds = moment.seconds() - if utc { self.from } else { 0 };
                match until.time {
                    None => moment.day > until.day,
                    Some(_) => seconds > until.seconds(),
                }
            })
        };
        if start != self.start {
            // The day at which it was taken up need be none of the rule's.
            found.retain(|moment| *moment != start);
        }
        found.retain(|moment| !ended(moment));
        Some(found)
    }
}

/// `+0100`, `-0330`, `+053000` in seconds.
fn offset(text: &str) -> Option<i64> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 2 | 4 | 6) {
        return None;
    }
    let part = |at: usize| digits.get(at..at + 2).map_or(Ok(0), str::parse::<i64>).ok();
    let seconds = 3600 * part(0)? + 60 * part(2)? + part(4)?;
    (seconds <= DAY).then_some(sign * seconds)
}
