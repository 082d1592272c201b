//! Versions of one event: of several with the same `UID`, the latest counts (RFC 5545, 3.8.7.4;
//! RFC 5546, 2.1.5).

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::event::Component;
use super::zone::Zones;

/// Why an event is not kept.
const OLDER: &str = "an older version of an event (SEQUENCE, DTSTAMP)";
const AGAIN: &str = "the same event once more";

/// What becomes of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Kept,
    /// Kept, though another has its `UID` and neither is the later one.
    Beside,
    LeftOut(&'static str),
}

/// What becomes of each event.
pub(super) fn fates(events: &[Component], calendars: &[Zones]) -> Vec<Fate> {
    let mut groups: HashMap<String, Vec<usize>, RandomState> = HashMap::default();
    for (nth, event) in events.iter().enumerate() {
        if let Some(key) = key(event, calendars) {
            groups.entry(key).or_default().push(nth);
        }
    }
    let mut fates = vec![Fate::Kept; events.len()];
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let latest = group.iter().map(|nth| sequence(&events[*nth])).max();
        let mut kept: Vec<usize> = Vec::new();
        let (now, older): (Vec<usize>, Vec<usize>) =
            (group.into_iter()).partition(|nth| Some(sequence(&events[*nth])) == latest);
        for nth in older {
            fates[nth] = Fate::LeftOut(OLDER);
        }
        // The later first; where none is, in the order of the files.
        let mut now = now;
        now.sort_by(|one, two| stamp(&events[*two]).cmp(&stamp(&events[*one])));
        for nth in now {
            let fate = kept.iter().find_map(|other| {
                let (one, other) = (&events[nth], &events[*other]);
                if says_the_same(one, other) {
                    Some(AGAIN)
                } else if is_revised(one, other) {
                    Some(OLDER)
                } else {
                    None
                }
            });
            match fate {
                Some(why) => fates[nth] = Fate::LeftOut(why),
                None => kept.push(nth),
            }
        }
        if kept.len() > 1 {
            for nth in kept {
                fates[nth] = Fate::Beside;
            }
        }
    }
    fates
}

/// Equal for the versions of one event, or of one time of a series.
fn key(event: &Component, calendars: &[Zones]) -> Option<String> {
    let uid = event.uid()?;
    let time = match event.replaces(&calendars[event.calendar]) {
        None => String::new(),
        Some(stamp) => match stamp.instant().filter(|_| !stamp.moment.is_whole_day()) {
            Some(instant) => instant.to_string(),
            None => stamp.written(),
        },
    };
    Some(format!("{time}\n{uid}"))
}

/// Its number among the versions; none is the first.
pub(super) fn sequence(event: &Component) -> i64 {
    let number = event.line("SEQUENCE").map(|line| line.value.trim().parse());
    number.and_then(Result::ok).unwrap_or(0)
}

/// When this version was written. What a program writes when it exports is the same for all
/// versions, or the other way round, so that the time of the last change goes before it.
fn stamp(event: &Component) -> [Option<&str>; 2] {
    ["LAST-MODIFIED", "DTSTAMP"].map(|name| event.line(name).map(|line| line.value.trim()))
}

/// Whether a version was written before another.
fn is_earlier(one: &Component, other: &Component) -> bool {
    let pairs = stamp(one).into_iter().zip(stamp(other));
    let mut known = pairs.filter(|(one, other)| one.is_some() && other.is_some() && one != other);
    known.next().is_some_and(|(one, other)| one < other)
}

fn says_the_same(one: &Component, other: &Component) -> bool {
    let said = |event: &Component| -> Vec<(String, String)> {
        let lines = event.lines.iter().filter(|line| line.name != "DTSTAMP");
        lines
            .map(|line| (line.name.clone(), line.value.clone()))
            .collect()
    };
    said(one) == said(other)
}

/// Whether a version was written before another. Some programs give one `UID` to many events; a
/// version still has the same name or the same time.
fn is_revised(earlier: &Component, later: &Component) -> bool {
    let alike = |name| {
        let value = |event: &Component| event.line(name).map(|line| line.value.clone());
        value(earlier).is_some() && value(earlier) == value(later)
    };
    is_earlier(earlier, later) && (alike("SUMMARY") || alike("DTSTART"))
}
