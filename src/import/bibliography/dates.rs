//! The dates of a reference in its record. None is lost: what cannot be read, and what says
//! something else than the date of publication, is kept under `x_` and told.

use serde_json::Value;

use super::entry::Date;
use crate::dates::{Dated, Reading, why_unread};
use crate::{Builder, Record};
use annals_source::{At, SourceError};

const UNREAD: &str = "a date that cannot be read, kept as written under x_";
const SECOND: &str = "a second date of publication that differs, kept under x_";

/// Sets the date of publication: the first that can be read, or one of the others that is more
/// precise and lies within it.
pub(super) fn published(
    dates: Vec<(String, Date)>,
    at: &At,
    reading: Reading,
    record: &mut Record,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let mut read: Vec<(String, Dated)> = Vec::new();
    let mut unread: Vec<(String, Value)> = Vec::new();
    for (field, date) in dates {
        match self::read(date, at, reading, out)? {
            None => {}
            Some(Ok(date)) => read.push((field, date)),
            Some(Err(value)) => unread.push((field, value)),
        }
    }
    let mut best: Option<(String, Dated)> = None;
    for (field, date) in read {
        best = Some(match best.take() {
            None => (field, date),
            Some((first, one)) if one.is_within(&date) => {
                keep_words(&date, &one, &field, record);
                (first, one)
            }
            Some((_, one)) if date.is_within(&one) => {
                keep_words(&one, &date, &field, record);
                (field, date)
            }
            Some(one) => {
                out.changed(at, date.edtf(), SECOND)?;
                record.extra(&field, date.value());
                one
            }
        });
    }
    if let Some((_, date)) = &best {
        record.date("published", date);
    }
    for (nth, (field, value)) in unread.into_iter().enumerate() {
        out.changed(at, &shown(&value), UNREAD)?;
        let only = best.is_none() && nth == 0;
        record.extra(if only { "published" } else { &field }, value);
    }
    Ok(())
}

/// Keeps another date of a reference under `x_` and the name of its field.
pub(super) fn other(
    field: &str,
    date: Date,
    at: &At,
    reading: Reading,
    record: &mut Record,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    match read(date, at, reading, out)? {
        None => {}
        Some(Ok(date)) => {
            record.extra(field, date.value());
        }
        Some(Err(value)) => {
            out.changed(at, &shown(&value), UNREAD)?;
            record.extra(field, value);
        }
    }
    Ok(())
}

/// A date as it is read, or as it was where it cannot be.
fn read(
    date: Date,
    at: &At,
    reading: Reading,
    out: &mut Builder<'_>,
) -> Result<Option<Result<Dated, Value>>, SourceError> {
    Ok(match date {
        Date::None => None,
        Date::Read(date) => Some(Ok(date)),
        Date::Odd(value) => Some(Err(value)),
        Date::Words(words) if words.trim().is_empty() => None,
        Date::Words(words) => match reading.read(&words) {
            Ok(date) => {
                if let Some(remark) = date.remark() {
                    out.changed(at, &words, remark)?;
                }
                Some(Ok(date))
            }
            Err(unread) => {
                why_unread(unread, at, &words)?;
                Some(Err(words.into()))
            }
        },
    })
}

/// The words of a less precise date, which the one that is taken may not have.
fn keep_words(less: &Dated, more: &Dated, field: &str, record: &mut Record) {
    if less.value().is_object() && less.value() != more.value() {
        record.extra(field, less.value());
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
