//! a day of the week that does not match the date
//!
//! # What it finds
//! An event or a claim whose `weekday` is not a weekday on which it can have begun.
//!
//! # Why it matters
//! The day of the week is the source's own check digit: if it does not match, the date was misread,
//! or computed from the wrong day of publication.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, when: 2023-04-19, weekday: Thursday}
//! ```
//!
//! # How to fix
//! Correct the date, or the day of the week.
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, when: 2023-04-20, weekday: Thursday}
//! ```
//!
//! # When it stays silent
//! A month, a year and other dates of seven days or more include every day of the week. Weekdays
//! are read in English, German, French, Spanish, Ukrainian and Russian, abbreviated or in a phrase
//! ("on Thursday"); other wording is not checked.
//!
//! # Source
//! ISO 8601: the Gregorian calendar's week.

use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};

use chrono::Weekday as Name;

use super::collected::Collected;
use super::link::is_in_force;
use annals_model::{DateId, Facts, RecordRef, Str};
use annals_time::{Date, Day};

/// A day of the week that the date is not.
static CODE: Code = Code::new(
    "AN311",
    "weekday",
    Severity::Error,
    include_str!("weekday.rs"),
);

/// See [`CODE`].
pub(crate) struct Weekday;

/// The beginnings of weekday names, Monday first; longer where two days share one.
const WORDS: [(&str, Name); 56] = [
    ("monday", Name::Mon),
    ("mon", Name::Mon),
    ("montag", Name::Mon),
    ("lundi", Name::Mon),
    ("lunes", Name::Mon),
    ("понеділ", Name::Mon),
    ("понедель", Name::Mon),
    ("mo", Name::Mon),
    ("tuesday", Name::Tue),
    ("tue", Name::Tue),
    ("dienstag", Name::Tue),
    ("mardi", Name::Tue),
    ("martes", Name::Tue),
    ("вівтор", Name::Tue),
    ("вторник", Name::Tue),
    ("tues", Name::Tue),
    ("wednesday", Name::Wed),
    ("wed", Name::Wed),
    ("mittwoch", Name::Wed),
    ("mercredi", Name::Wed),
    ("miércoles", Name::Wed),
    ("серед", Name::Wed),
    ("сред", Name::Wed),
    ("miercoles", Name::Wed),
    ("thursday", Name::Thu),
    ("thu", Name::Thu),
    ("donnerstag", Name::Thu),
    ("jeudi", Name::Thu),
    ("jueves", Name::Thu),
    ("четвер", Name::Thu),
    ("thurs", Name::Thu),
    ("thur", Name::Thu),
    ("friday", Name::Fri),
    ("fri", Name::Fri),
    ("freitag", Name::Fri),
    ("vendredi", Name::Fri),
    ("viernes", Name::Fri),
    ("п'ятниц", Name::Fri),
    ("п’ятниц", Name::Fri),
    ("пятниц", Name::Fri),
    ("saturday", Name::Sat),
    ("sat", Name::Sat),
    ("samstag", Name::Sat),
    ("samedi", Name::Sat),
    ("sábado", Name::Sat),
    ("субот", Name::Sat),
    ("суббот", Name::Sat),
    ("sonnabend", Name::Sat),
    ("sunday", Name::Sun),
    ("sun", Name::Sun),
    ("sonntag", Name::Sun),
    ("dimanche", Name::Sun),
    ("domingo", Name::Sun),
    ("неділ", Name::Sun),
    ("воскресень", Name::Sun),
    ("sabado", Name::Sat),
];

/// Words of up to this many letters must be the complete name of a weekday.
const SHORT: usize = 5;

impl Rule for Weekday {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = Collected::new(context, &CODE);
        let mut each =
            |record: RecordRef, field: &'static str, when: Option<DateId>, word: Option<Str>| {
                let Some((when, word)) = when.zip(word).filter(|_| is_in_force(facts, record))
                else {
                    return;
                };
                let (when, word) = (facts.date(when), facts.str(word));
                let (Some(named), Some(days)) = (day_named(word), days(when)) else {
                    return;
                };
                if !days.iter().any(|day| day.weekday() == named) {
                    // A vague day may be off.
                    let severity = if when.takes_slack() {
                        Severity::Warning
                    } else {
                        CODE.severity
                    };
                    found.add(context, record, severity, || {
                        finding(facts, record, field, word, named, when, &days)
                    });
                }
            };
        for (id, event) in facts.events.iter() {
            each(id.into(), "when", event.when, event.weekday);
        }
        for (id, claim) in facts.claims.iter() {
            each(id.into(), "said", claim.said, claim.weekday);
        }
        found.finish(findings);
    }
}

/// The only weekday that a phrase names: `None` where it names none, or several.
pub fn day_named(phrase: &str) -> Option<Name> {
    let lower = phrase.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’'));
    let mut named = words.filter_map(|word| {
        let fits = |(known, _): &&(&str, Name)| {
            word == *known
                || known.chars().count() > SHORT && word.starts_with(known)
                || known.chars().count() == SHORT && !known.is_ascii() && word.starts_with(known)
        };
        WORDS.iter().find(fits).map(|(_, day)| *day)
    });
    let first = named.next()?;
    named.all(|other| other == first).then_some(first)
}

/// The days on which something can have begun, if there are fewer than seven.
fn days(when: &Date) -> Option<Vec<Day>> {
    let mut days = Vec::new();
    for one in when.alternatives() {
        let (first, last) = (one.earliest_start().day()?, one.latest_start().day()?);
        for number in first.number()..=last.number() {
            if days.len() >= 6 {
                return None;
            }
            days.push(Day::from_number(i64::from(number))?);
        }
    }
    Some(days)
}

fn finding(
    facts: &Facts,
    record: RecordRef,
    field: &'static str,
    word: &str,
    named: Name,
    when: &Date,
    days: &[Day],
) -> Finding {
    let origin = facts.common(record).origin;
    let subject = wording::record(facts, record);
    let is: Vec<&str> = days.iter().map(|day| english(day.weekday())).collect();
    let is = is.join(" or ");
    let shown = annals_finding::shown(word);
    Finding::new(
        &CODE,
        format!(
            "{subject}: {} is a {is}, not a {}",
            when.dated(),
            english(named)
        ),
    )
    .at(Place::value(origin, field), format!("a {is}"))
    .at(
        Place::value(origin, "weekday"),
        format!("the source says {shown}"),
    )
    .note("a source that names the day of the week dates by it")
    .help("correct the date, or the day of the week")
    .of(record)
}

fn english(day: Name) -> &'static str {
    match day {
        Name::Mon => "Monday",
        Name::Tue => "Tuesday",
        Name::Wed => "Wednesday",
        Name::Thu => "Thursday",
        Name::Fri => "Friday",
        Name::Sat => "Saturday",
        Name::Sun => "Sunday",
    }
}
