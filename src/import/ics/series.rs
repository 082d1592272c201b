//! The times of an event: its rule's and those added, without those that are excepted or replaced
//! (RFC 5545, 3.8.5 and 3.8.4.4). Moments are compared as instants, whatever zone they are written
//! in.

use std::collections::BTreeMap;

use super::event::{Component, End, Span};
use super::lines::Line;
use super::moment::{Length, Moment, Stamp};
use super::rule::Rule;
use super::zone::{Zone, Zones};
use annals_time::Day;

/// An event that stands for one time of a series, or for it and all later ones.
#[derive(Debug)]
pub(super) struct Replacing<'c> {
    /// Its number among the events.
    pub(super) nth: usize,
    pub(super) event: &'c Component,
    pub(super) span: &'c Span,
    /// The time that it replaces.
    pub(super) replaced: &'c Stamp,
    pub(super) and_all_later: bool,
}

/// One time of a series.
#[derive(Debug)]
pub(super) struct Time<'c> {
    /// The event whose properties it has, and whose clocks show it.
    pub(super) event: &'c Component,
    pub(super) start: Moment,
    /// Its own end, where it was added with one.
    pub(super) end: Option<End>,
    /// Which of the replacing events it follows.
    pub(super) follows: Option<usize>,
}

/// Of what was not followed, or not as it is written.
#[derive(Debug)]
pub(super) struct Remark {
    pub(super) line: usize,
    pub(super) what: &'static str,
    pub(super) is_followed: bool,
}

/// An event that may recur.
#[derive(Debug)]
pub(super) struct Series<'c> {
    pub(super) event: &'c Component,
    pub(super) span: &'c Span,
    pub(super) zones: &'c Zones,
    pub(super) remarks: Vec<Remark>,
}

/// How a target is found among times.
enum Found {
    None,
    Some(Vec<Moment>),
    /// The only one that it can be, as far as zones are known.
    OneThatMayBe(Moment),
    /// Which of several is not known.
    Several,
}

impl<'c> Series<'c> {
    pub(super) fn new(event: &'c Component, span: &'c Span, zones: &'c Zones) -> Self {
        Series {
            event,
            span,
            zones,
            remarks: Vec::new(),
        }
    }

    fn left_out(&mut self, line: usize, what: &'static str) {
        self.remarks.push(Remark {
            line,
            what,
            is_followed: false,
        });
    }

    fn doubted(&mut self, line: usize, what: &'static str) {
        self.remarks.push(Remark {
            line,
            what,
            is_followed: true,
        });
    }

    /// The readable rules; others are remarked.
    pub(super) fn rules(&mut self, name: &'static str) -> Vec<(usize, Rule)> {
        let mut rules = Vec::new();
        for line in self.event.all(name) {
            match Rule::of(&line.value) {
                Ok(rule) => rules.push((line.number, rule)),
                Err(why) => self.left_out(line.number, why),
            }
        }
        rules
    }

    /// The times of a rule up to a day, its own end regarded. The first always counts. `None` where there are too many.
    pub(super) fn times_of(
        &mut self,
        line: usize,
        rule: &Rule,
        last: Day,
        budget: &mut u64,
    ) -> Option<Vec<Moment>> {
        let first = self.span.start.moment;
        let mut times = rule.moments(first, last, budget)?;
        let mut doubtful = false;
        if !self.is_by(first, rule.until, &mut doubtful) {
            let why = "a recurrence rule that ends before its event begins; its event is kept once";
            self.left_out(line, why);
            return Some(vec![first]);
        }
        times.retain(|time| self.is_by(*time, rule.until, &mut doubtful));
        if doubtful {
            self.doubted(
                line,
                "an end of a rule in UTC, compared with times of an unknown zone",
            );
        }
        Some(times)
    }

    /// Whether a time lies at the end of a rule or before it.
    fn is_by(&self, time: Moment, until: Option<(Moment, bool)>, doubtful: &mut bool) -> bool {
        let Some((until, utc)) = until else {
            return true;
        };
        let by_clock = time.seconds() <= until.seconds();
        let zone = &self.span.start.zone;
        match (time.is_whole_day(), until.is_whole_day()) {
            (_, true) => time.day <= until.day,
            _ if !utc => by_clock,
            (true, false) => {
                let instant = self.zones.own().instant(time);
                instant.map_or(by_clock, |instant| instant <= until.seconds())
            }
            (false, false) => match (zone.instant(time), zone) {
                (Some(instant), _) => instant <= until.seconds(),
                (None, Zone::Floating) => by_clock,
                (None, _) => {
                    let must = Zone::must_be_by(time, until.seconds());
                    let could = Zone::could_be_by(time, until.seconds());
                    *doubtful |= could && !must;
                    could
                }
            },
        }
    }

    /// Times that are added one by one, with their ends where they have any.
    pub(super) fn added(&mut self) -> Vec<(Moment, Option<End>)> {
        let mut added = Vec::new();
        for line in self.event.all("RDATE") {
            for value in line
                .value
                .split(',')
                .filter(|value| !value.trim().is_empty())
            {
                match self.one_added(line, value) {
                    Some(one) => added.push(one),
                    None => {
                        let why = "an added time (RDATE) that cannot be read";
                        self.left_out(line.number, why);
                    }
                }
            }
        }
        added
    }

    fn one_added(&self, line: &Line, value: &str) -> Option<(Moment, Option<End>)> {
        let (start, end) = match value.split_once('/') {
            Some((start, end)) => (start, Some(end.trim())),
            None => (value, None),
        };
        let start = Stamp::of_value(line, start, self.zones)?;
        let moment = start.moved_to(&self.span.start.zone)?;
        let end = match end {
            None => None,
            Some(end) if end.starts_with(['P', 'p', '+']) => Some(End::After(Length::of(end)?)),
            Some(end) => Some(End::At(Stamp::of_value(line, end, self.zones)?)),
        };
        Some((moment, end))
    }

    /// Takes off what is excepted.
    pub(super) fn except(&mut self, times: &mut BTreeMap<Moment, Option<End>>) {
        let (first, last) = match (times.first_key_value(), times.last_key_value()) {
            (Some((first, _)), Some((last, _))) => (first.day, last.day),
            _ => return,
        };
        let mut excepted = Vec::new();
        for line in self.event.all("EXDATE") {
            for value in line
                .value
                .split(',')
                .filter(|value| !value.trim().is_empty())
            {
                let Some(stamp) = Stamp::of_value(line, value, self.zones) else {
                    let why = "an exception (EXDATE) that cannot be read";
                    self.left_out(line.number, why);
                    continue;
                };
                let day = stamp.moment.day;
                match self.find(times, &stamp) {
                    Found::Some(found) => excepted.extend(found),
                    Found::OneThatMayBe(time) => {
                        excepted.push(time);
                        let how = "an exception (EXDATE) taken for the only time that it can mean, since a zone is unknown";
                        self.doubted(line.number, how);
                    }
                    // What lies outside was never among them.
                    Found::None if day < first || day > last => {}
                    Found::None => {
                        let why = "an exception (EXDATE) at which the event does not take place";
                        self.left_out(line.number, why);
                    }
                    Found::Several => {
                        let why = "an exception (EXDATE) that could mean two times, since its zone is unknown";
                        self.left_out(line.number, why);
                    }
                }
            }
        }
        for one in excepted {
            times.remove(&one);
        }
    }

    /// The times that are meant.
    fn find(&self, times: &BTreeMap<Moment, Option<End>>, target: &Stamp) -> Found {
        let zone = &self.span.start.zone;
        let day = target.moment.day;
        let (Some(before), Some(after)) = (day.checked_add_days(-2), day.checked_add_days(3))
        else {
            return Found::None;
        };
        let begin = |day| Moment { day, time: None };
        let near = || {
            times
                .range(begin(before)..begin(after))
                .map(|(time, _)| *time)
        };
        if target.moment.is_whole_day() {
            let found: Vec<Moment> = near().filter(|time| time.day == day).collect();
            return some(found);
        }
        if self.span.start.moment.is_whole_day() {
            let day = day_meant(target);
            return some(near().filter(|time| time.day == day).collect());
        }
        let timed = || near().filter(|time| !time.is_whole_day());
        // Without a zone, a time is most likely written as its series shows it.
        let is_floating = matches!(target.zone, Zone::Floating);
        if target.zone.is_same(zone) || is_floating {
            let found: Vec<Moment> = timed().filter(|time| *time == target.moment).collect();
            if !is_floating || !found.is_empty() {
                return some(found);
            }
        }
        let could_be = |time: &Moment| match (target.instant(), zone.instant(*time)) {
            (Some(one), Some(other)) => one == other,
            (Some(instant), None) => Zone::could_be(*time, instant),
            (None, Some(instant)) => Zone::could_be(target.moment, instant),
            (None, None) => *time == target.moment,
        };
        let is_known = target.instant().is_some() && zone.instant(self.span.start.moment).is_some();
        let found: Vec<Moment> = timed().filter(could_be).collect();
        match found[..] {
            _ if is_known => some(found),
            [] => Found::None,
            [one] => Found::OneThatMayBe(one),
            _ => Found::Several,
        }
    }

    /// All times: those that are not replaced as they are, or as the last event before them says that
    /// replaces all later ones. What replaces no time is given back by its number.
    pub(super) fn replaced(
        &self,
        times: BTreeMap<Moment, Option<End>>,
        by: &[Replacing<'c>],
    ) -> (Vec<Time<'c>>, Vec<usize>) {
        let zone = &self.span.start.zone;
        let mut taken: BTreeMap<Moment, usize> = BTreeMap::new();
        let mut unplaced = Vec::new();
        // From when on, by the clocks of the series, and which.
        let mut later: BTreeMap<Moment, usize> = BTreeMap::new();
        for (nth, one) in by.iter().enumerate() {
            let mut since = one.replaced.moved_to(zone);
            match self.find(&times, one.replaced) {
                Found::Some(found) => {
                    since = found.first().copied().or(since);
                    taken.extend(found.into_iter().map(|time| (time, nth)));
                }
                Found::OneThatMayBe(time) => {
                    since = Some(time);
                    taken.insert(time, nth);
                }
                Found::None | Found::Several => unplaced.push(nth),
            }
            if let Some(since) = since.filter(|_| one.and_all_later) {
                later.insert(since, nth);
            }
        }
        let mut made = Vec::new();
        for (time, end) in times {
            if taken.contains_key(&time) {
                continue;
            }
            let rule = later.range(..=time).next_back();
            let moved = rule.and_then(|(since, nth)| {
                let start = moved(time, *since, &by[*nth].span.start, zone)?;
                Some((start, *nth))
            });
            made.push(match moved {
                Some((start, nth)) => Time {
                    event: by[nth].event,
                    start,
                    end: None,
                    follows: Some(nth),
                },
                None => Time {
                    event: self.event,
                    start: time,
                    end,
                    follows: None,
                },
            });
        }
        // Some programs name a time that was moved with all later ones by where it was moved to.
        unplaced.retain(|nth| {
            let target = by[*nth].replaced;
            let found = made.iter().position(|time| {
                time.follows.is_some_and(|follows| {
                    let zone = &by[follows].span.start.zone;
                    target.moved_to(zone) == Some(time.start)
                })
            });
            found.map(|at| made.remove(at)).is_none()
        });
        (made, unplaced)
    }
}

fn some(found: Vec<Moment>) -> Found {
    if found.is_empty() {
        Found::None
    } else {
        Found::Some(found)
    }
}

/// The day that is meant where a moment stands for a day: that at whose midnight it is.
fn day_meant(target: &Stamp) -> Day {
    if !target.moment.is_midnight() {
        let utc = target.instant().and_then(Moment::of_seconds);
        if let Some(utc) = utc.filter(|utc| utc.is_midnight()) {
            return utc.day;
        }
    }
    target.moment.day
}

/// A time that is moved as far as another was moved: by the clocks of the series, then as the zone
/// shows it to which that one was moved.
fn moved(time: Moment, since: Moment, to: &Stamp, zone: &Zone) -> Option<Moment> {
    let days = i64::from(to.moment.day.number()) - i64::from(since.day.number());
    if to.moment.is_whole_day() || time.is_whole_day() || since.is_whole_day() {
        return Some(Moment {
            day: time.day.checked_add_days(days)?,
            time: to.moment.time,
        });
    }
    let Some(there) = to.moved_to(zone) else {
        return time.later(to.moment.seconds() - since.seconds());
    };
    let moment = time.later(there.seconds() - since.seconds())?;
    let moved = Stamp {
        moment,
        zone: zone.clone(),
    };
    moved.moved_to(&to.zone)
}
