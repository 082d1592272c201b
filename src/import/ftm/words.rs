//! What the values of a tie or event say: when it was, and what a family tie is.

use super::dates::{best, between, edtf};
use super::entity::Entity;
use crate::dates::Dated;
use crate::{Builder, Record};
use annals_source::SourceError;

/// When a tie or event was.
pub(super) fn when(
    entity: &Entity,
    record: &mut Record,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let [first, last] = ["startDate", "endDate"].map(|name| best(entity.values(name)));
    let (single, single_agrees) = best(entity.values("date"));
    if !(first.1 && last.1 && single_agrees) {
        let how = "different dates, of which their common part is used, or the first";
        out.changed(
            &entity.at,
            entity.first(&["startDate", "endDate", "date"]),
            how,
        )?;
    }
    let (first, last) = (first.0.unwrap_or_default(), last.0.unwrap_or_default());
    let date = if first.is_empty() && last.is_empty() {
        let timed = entity.first(&["date"]);
        let timed = edtf(timed, entity.values("date").len() == 1);
        timed.or(single).and_then(|date| Dated::edtf_of(&date).ok())
    } else if first == last {
        between(&first, &last)
    } else {
        Dated::edtf_of(&format!("{first}/{last}")).ok()
    };
    if let Some(date) = date {
        record.date("when", &date);
        return Ok(());
    }
    let mut written: Vec<&str> = Vec::new();
    for name in ["startDate", "endDate", "date"] {
        written.extend(entity.values(name).iter().map(String::as_str));
    }
    if !written.is_empty() {
        let how = "a date that cannot be read, kept as written under x_";
        out.changed(&entity.at, &written.join(", "), how)?;
        record.extra("dates", written.join(", "));
    }
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
