//! When, and at which event: as most claims of the text, or by the weekday that the sentence names.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Around, Proposed};
use annals_check::day_named;
use annals_finding::shown;
use annals_time::{Calendar, Date, Day};

/// The date of a passage and the event at which it was said, as far as the text says them.
pub(super) fn of(around: &Around<'_>) -> Vec<Proposed> {
    let mut proposed = by_weekday(around).unwrap_or_default();
    let has_date = !proposed.is_empty();
    let facts = around.facts;
    let claims = around.claims();
    let said = claims
        .iter()
        .map(|(_, id)| facts[*id].said.map(|date| written(facts.date(date))));
    if !has_date && let Some((date, why)) = most(said, claims.len()) {
        proposed.push(Proposed {
            field: "said",
            value: date,
            why,
        });
    }
    let at = claims
        .iter()
        .map(|(_, id)| facts[*id].at.map(|event| Value::from(facts.id(event))));
    if let Some((event, why)) = most(at, claims.len()).filter(|_| !has_date) {
        proposed.push(Proposed {
            field: "at",
            value: event,
            why,
        });
    }
    proposed
}

/// A date as the facts format has it.
fn written(date: &Date) -> Value {
    if date.calendar() == Calendar::Gregorian {
        return date.written().into();
    }
    serde_json::json!({"edtf": date.written(), "calendar": date.calendar().as_str()})
}

/// The value that more than half of the claims have, if these are two or more.
fn most(values: impl Iterator<Item = Option<Value>>, all: usize) -> Option<(Value, String)> {
    let mut counts: BTreeMap<String, (usize, Value)> = BTreeMap::new();
    for value in values.flatten() {
        counts.entry(value.to_string()).or_insert((0, value)).0 += 1;
    }
    let (count, value) = counts.into_values().max_by_key(|(count, _)| *count)?;
    let why = format!("{count} of the {all} claims of this text have it");
    (count >= 2 && count * 2 > all).then_some((value, why))
}

/// The day before the publication that has the weekday of the sentence, where that is not part of the words.
fn by_weekday(around: &Around<'_>) -> Option<Vec<Proposed>> {
    let facts = around.facts;
    let published = facts.date(facts[around.document].published?);
    let day = published
        .first()
        .filter(|first| published.last() == Some(*first))?;
    // Of minutes, all after the name is what was said.
    if super::speaker::label_before(around).is_some() {
        return None;
    }
    let sentence = around.outside_passage();
    let named = day_named(&sentence)?;
    let words = super::verbs::words(&sentence);
    let (_, word) = words
        .iter()
        .find(|(_, word)| day_named(word) == Some(named))?;
    let back: Vec<Day> = (0..7)
        .filter_map(|days| day.checked_add_days(-days))
        .collect();
    let said = back.into_iter().find(|day| day.weekday() == named)?;
    // On the day of publication it may be that day, or the week before.
    if said == day {
        return None;
    }
    let at = sentence.to_lowercase().find(word.as_str())?;
    let word = sentence.get(at..at + word.len()).unwrap_or(word);
    let why = format!(
        "the sentence says \"{}\", and the text was published on {}",
        shown(word),
        published.words()
    );
    let proposed = |field, value: Value| Proposed {
        field,
        value,
        why: why.clone(),
    };
    Some(vec![
        proposed("said", said.to_string().into()),
        proposed("weekday", word.into()),
    ])
}
