//! The sort key of all lists of records: by date, then by id.

use std::borrow::Cow;

use super::validity::Validity;
use annals_model::{ClaimId, Facts, RecordRef};
use annals_time::{Date, chronological};
use std::cmp::Ordering;

/// Sorts by date, then by id; undated records last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key<'f> {
    date: Option<Cow<'f, Date>>,
    id: &'f str,
}

impl<'f> Key<'f> {
    /// The key of a record with this date.
    pub fn new(facts: &'f Facts, date: Option<&'f Date>, record: impl Into<RecordRef>) -> Self {
        Key {
            date: date.map(Cow::Borrowed),
            id: facts.id(record),
        }
    }

    /// The key of a record with a derived date.
    pub fn narrowed(facts: &'f Facts, date: Option<Date>, record: impl Into<RecordRef>) -> Self {
        Key {
            date: date.map(Cow::Owned),
            id: facts.id(record),
        }
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let dates = match (&self.date, &other.date) {
            (Some(a), Some(b)) => chronological(a, b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        dates.then_with(|| natural(self.id, other.id))
    }
}

/// Ids with numbers in them by their numbers: `c2` before `c10`.
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a, b);
    loop {
        let (word_a, word_b) = (lead(rest_a, false), lead(rest_b, false));
        let order = word_a.cmp(word_b);
        if order != Ordering::Equal {
            return order;
        }
        (rest_a, rest_b) = (&rest_a[word_a.len()..], &rest_b[word_b.len()..]);
        if rest_a.is_empty() || rest_b.is_empty() {
            return rest_a.len().cmp(&rest_b.len()).then_with(|| a.cmp(b));
        }
        let (digits_a, digits_b) = (lead(rest_a, true), lead(rest_b, true));
        let (value_a, value_b) = (
            digits_a.trim_start_matches('0'),
            digits_b.trim_start_matches('0'),
        );
        let order = value_a
            .len()
            .cmp(&value_b.len())
            .then_with(|| value_a.cmp(value_b));
        if order != Ordering::Equal {
            return order;
        }
        (rest_a, rest_b) = (&rest_a[digits_a.len()..], &rest_b[digits_b.len()..]);
    }
}

/// The leading digits, or the leading non-digits.
fn lead(text: &str, digits: bool) -> &str {
    let end = text
        .bytes()
        .position(|byte| byte.is_ascii_digit() != digits);
    &text[..end.unwrap_or(text.len())]
}

/// The sort key of a claim: by the day it was said, else by that of its first publication.
pub fn claim_key<'f>(facts: &'f Facts, validity: &Validity, id: ClaimId) -> Key<'f> {
    let said = facts[id].said.map(|date| facts.date(date));
    Key::new(facts, said.or_else(|| validity.reported(facts, id)), id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_ids_count_as_numbers() {
        let mut ids = ["c10", "c2", "c", "c02", "b9", "c2a", "c2-10", "c2-9", "é1"];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(
            ids,
            ["b9", "c", "c02", "c2", "c2-9", "c2-10", "c2a", "c10", "é1"]
        );
    }
}
