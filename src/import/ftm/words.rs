//! What the values of a tie or event say: when it was, and what a family tie is.

use super::dates::{best, between, edtf};
use super::entity::Entity;
use crate::dates::Dated;
use crate::{Builder, Record};
use annals_source::SourceError;

/// Said of dates that differ.
pub(super) const DIFFER: &str = "different dates, of which their common part is used, or the first";
/// Said of what is no date.
pub(super) const UNREAD: &str = "a date that cannot be read, kept as written under x_";

/// Keeps the dates of a property of which one cannot be read, or which differ, and tells.
pub(super) fn keep_faulty(
    entity: &Entity,
    name: &str,
    agree: bool,
    record: &mut Record,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let values = entity.values(name);
    let unread: Vec<&str> = (values.iter().map(String::as_str))
        .filter(|value| edtf(value, false).is_none())
        .collect();
    if !unread.is_empty() {
        out.changed(&entity.at, &unread.join(", "), UNREAD)?;
    }
    if !agree {
        out.changed(&entity.at, &values.join(", "), DIFFER)?;
    }
    match values {
        [only] if !unread.is_empty() => record.extra(&snake(name), only.as_str()),
        values if !unread.is_empty() || !agree => record.extra(&snake(name), values.to_vec()),
        _ => record,
    };
    Ok(())
}

/// When a tie or event was.
pub(super) fn when(
    entity: &Entity,
    record: &mut Record,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let names = ["startDate", "endDate", "date"];
    let [first, last, single] = names.map(|name| best(entity.values(name)));
    for (name, (_, agree)) in names.iter().zip([&first, &last, &single]) {
        keep_faulty(entity, name, *agree, record, out)?;
    }
    let (first, last) = (first.0.unwrap_or_default(), last.0.unwrap_or_default());
    let dates = entity.values("date");
    let date = if first.is_empty() && last.is_empty() {
        let timed = edtf(entity.first(&["date"]), dates.len() == 1).filter(|_| dates.len() == 1);
        let Some(date) = timed.or(single.0) else {
            return Ok(());
        };
        Dated::edtf_of(&date).ok()
    } else {
        if !dates.is_empty() {
            record.extra("date", dates.to_vec());
        }
        if first == last {
            between(&first, &last)
        } else {
            Dated::edtf_of(&format!("{first}/{last}")).ok()
        }
    };
    if let Some(date) = date {
        record.date("when", &date);
        return Ok(());
    }
    let written = format!("{first}/{last}");
    out.changed(
        &entity.at,
        &written,
        "an end before its beginning, kept under x_",
    )?;
    record.extra("when", written);
    Ok(())
}

/// What the words of a family tie say, and whether it runs from the relative to the person: *the
/// relative is the person's …*.
pub(super) fn family(words: &str) -> (&'static str, bool) {
    let words = words.to_lowercase();
    let has = |all: &[&str]| {
        let mut each = words.split(|c: char| !c.is_alphanumeric());
        each.any(|word| all.contains(&word))
    };
    // A father-in-law is no father.
    if has(&["law", "step", "grand", "foster", "former", "ex"]) {
        ("related_to", false)
    } else if has(&["spouse", "wife", "husband", "married"]) {
        ("married_to", false)
    } else if has(&["father", "mother", "parent"]) {
        ("parent_of", true)
    } else if has(&["son", "daughter", "child"]) {
        ("parent_of", false)
    } else if has(&["brother", "sister", "sibling"]) {
        ("sibling_of", false)
    } else {
        ("related_to", false)
    }
}

/// `registrationNumber` as fields are written: `registration_number`.
pub(super) fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}
