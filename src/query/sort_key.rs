//! The order of records in lists: by date; within a date in the order of their text.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::{self, Write as _};

use super::page_order;
use super::validity::Validity;
use annals_model::{ClaimId, DocumentId, Evidence, Facts, Origin, RecordRef};
use annals_time::{Date, by_day_and_time, chronological};

/// Sorts records by date, undated ones last; those of one date by where they stand in a text.
///
/// Where a record stands is looked up only if another has the same date.
pub fn sort<'f, T>(
    facts: &'f Facts,
    validity: &Validity,
    items: &mut [T],
    date: impl Fn(&T) -> Option<&'f Date>,
    record: impl Fn(&T) -> RecordRef,
) {
    items.sort_by_cached_key(|item| ByDay(date(item)));
    let same = |a: &T, b: &T| ByDay(date(a)) == ByDay(date(b));
    sort_equals(facts, validity, items, same, record);
}

/// Sorts records within each run of those that are the same otherwise by where they stand in a text.
pub(crate) fn sort_equals<T>(
    facts: &Facts,
    validity: &Validity,
    items: &mut [T],
    same: impl FnMut(&T, &T) -> bool,
    record: impl Fn(&T) -> RecordRef,
) {
    for run in items.chunk_by_mut(same) {
        if run.len() > 1 {
            run.sort_by_cached_key(|item| TextPosition::new(facts, validity, record(item)));
        }
    }
}

/// Sorts as [`sort`] does, where a date is only a part of the key.
#[derive(Clone)]
pub struct Key<'f> {
    date: Option<Cow<'f, Date>>,
    facts: &'f Facts,
    validity: &'f Validity,
    record: RecordRef,
}

impl<'f> Key<'f> {
    /// The key of a record with this date.
    pub fn new(
        facts: &'f Facts,
        validity: &'f Validity,
        date: Option<Cow<'f, Date>>,
        record: impl Into<RecordRef>,
    ) -> Self {
        Key {
            date,
            facts,
            validity,
            record: record.into(),
        }
    }

    /// The key of a claim.
    pub fn of_claim(facts: &'f Facts, validity: &'f Validity, id: ClaimId) -> Self {
        let date = claim_date(facts, validity, id);
        Key::new(facts, validity, date.map(Cow::Borrowed), id)
    }

    fn position(&self) -> TextPosition<'f> {
        TextPosition::new(self.facts, self.validity, self.record)
    }
}

impl fmt::Debug for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("date", &self.date)
            .field("record", &self.facts.id(self.record))
            .finish_non_exhaustive()
    }
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        ByDay(self.date.as_deref())
            .cmp(&ByDay(other.date.as_deref()))
            .then_with(|| self.position().cmp(&other.position()))
    }
}

/// The date by which a claim is listed: when it was said, else its first publication.
pub fn claim_date<'f>(facts: &'f Facts, validity: &Validity, id: ClaimId) -> Option<&'f Date> {
    let said = facts[id].said.map(|date| facts.date(date));
    said.or_else(|| validity.reported(facts, id))
}

/// Where a record stands in a text: the document of its first passage (documents by publication,
/// then in the order of the files), where that passage begins, or else its page, then the record's
/// own file and line, then its id. What is not known comes last.
#[derive(Clone, Copy)]
pub(crate) struct TextPosition<'f> {
    facts: &'f Facts,
    document: Option<DocumentId>,
    published: Option<&'f Date>,
    begins: Option<u32>,
    page: Option<&'f str>,
    origin: Origin,
    record: RecordRef,
}

impl<'f> TextPosition<'f> {
    fn new(facts: &'f Facts, validity: &Validity, record: RecordRef) -> Self {
        let mut passages = facts.evidence(record).iter();
        let first = passages
            .find(|passage| passage.document.is_some() && validity.knows(facts, passage.document));
        TextPosition::of_passage(facts, first, record)
    }

    /// Where one of a record's passages stands.
    pub(crate) fn of_passage(
        facts: &'f Facts,
        passage: Option<&Evidence>,
        record: RecordRef,
    ) -> Self {
        let begins = passage.and_then(|passage| {
            let given = facts.list(passage.spans).first();
            given.or_else(|| facts.list(passage.found).first())
        });
        let document = passage.and_then(|passage| passage.document);
        let page = passage.and_then(|passage| passage.page);
        let page = page.filter(|_| begins.is_none());
        TextPosition {
            page: page.map(|page| facts.str(page)),
            ..TextPosition::within(facts, document, begins.map(|span| span.start), record)
        }
    }

    /// Where something stands that begins at a code point of a document.
    pub(crate) fn within(
        facts: &'f Facts,
        document: Option<DocumentId>,
        begins: Option<u32>,
        record: RecordRef,
    ) -> Self {
        TextPosition {
            facts,
            document,
            published: document
                .and_then(|id| facts[id].published)
                .map(|date| facts.date(date)),
            begins,
            page: None,
            origin: facts.common(record).origin,
            record,
        }
    }

    fn compare_documents(&self, other: &Self) -> Ordering {
        let (Some(one), Some(two)) = (self.document, other.document) else {
            return other.document.is_some().cmp(&self.document.is_some());
        };
        if one == two {
            return Ordering::Equal;
        }
        let facts = self.facts;
        by_publication(self.published, other.published)
            .then_with(|| facts[one].common.origin.cmp(&facts[two].common.origin))
            .then_with(|| natural(facts.id(one), facts.id(two)))
    }
}

impl Ord for TextPosition<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let last = |begins: Option<u32>| (begins.is_none(), begins);
        let id = |one: &Self| self.facts.id(one.record);
        self.compare_documents(other)
            .then_with(|| last(self.begins).cmp(&last(other.begins)))
            .then_with(|| page_order::compare(self.page, other.page))
            .then_with(|| self.origin.cmp(&other.origin))
            .then_with(|| natural(id(self), id(other)))
    }
}

/// Sorts by day and time; undated last.
#[derive(Clone, Copy)]
struct ByDay<'f>(Option<&'f Date>);

impl Ord for ByDay<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        undated_last(self.0, other.0, by_day_and_time)
    }
}

/// Sorts as [`chronological`] does; undated last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chronological<'f>(pub(crate) Option<&'f Date>);

impl Ord for Chronological<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        undated_last(self.0, other.0, chronological)
    }
}

fn undated_last(
    one: Option<&Date>,
    two: Option<&Date>,
    order: impl FnOnce(&Date, &Date) -> Ordering,
) -> Ordering {
    match (one, two) {
        // Each date is kept once, so that equal ones are most often the same.
        (Some(one), Some(two)) if std::ptr::eq(one, two) => Ordering::Equal,
        (Some(one), Some(two)) => order(one, two),
        _ => two.is_some().cmp(&one.is_some()),
    }
}

/// Sorts by id, numbers in ids by their value: for things that have no date and no place in a text.
#[derive(Debug, Clone, Copy)]
pub struct IdKey<'f>(&'f str);

impl<'f> IdKey<'f> {
    /// The key of a record.
    pub fn new(facts: &'f Facts, record: impl Into<RecordRef>) -> Self {
        IdKey(facts.id(record))
    }
}

impl Ord for IdKey<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        natural(self.0, other.0)
    }
}

/// What is equal is what compares as equal.
macro_rules! equal_by_order {
    ($($key:ident),+) => {
        $(impl PartialOrd for $key<'_> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl PartialEq for $key<'_> {
            fn eq(&self, other: &Self) -> bool {
                self.cmp(other).is_eq()
            }
        }

        impl Eq for $key<'_> {})+
    };
}
equal_by_order!(Key, TextPosition, ByDay, Chronological, IdKey);

/// The order of documents by publication: by day and time; what has no date comes last.
pub fn by_publication(one: Option<&Date>, two: Option<&Date>) -> Ordering {
    ByDay(one).cmp(&ByDay(two))
}

/// Ids with numbers in them by their numbers: `c2` before `c10`.
pub fn natural(a: &str, b: &str) -> Ordering {
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

/// A text whose bytes are ordered as [`natural`] orders ids, but for ids that differ only in leading
/// zeros, which have the same: for an engine that only knows the order of bytes.
///
/// Each run of digits, without leading zeros, stands after its length in four digits; each other run,
/// even an empty one at the beginning, is ended by U+0001.
pub fn natural_key(id: &str) -> String {
    let (mut key, mut rest) = (String::with_capacity(id.len() + 6), id);
    loop {
        let word = lead(rest, false);
        key.push_str(word);
        rest = &rest[word.len()..];
        if rest.is_empty() && (word.is_empty() && !key.is_empty()) {
            return key;
        }
        key.push('\u{1}');
        let digits = lead(rest, true);
        if digits.is_empty() {
            return key;
        }
        let value = digits.trim_start_matches('0');
        // Writing to a String cannot fail.
        let _ = write!(key, "{:04}{value}", value.len().min(9999));
        rest = &rest[digits.len()..];
    }
}

/// The leading digits, or the leading non-digits.
fn lead(text: &str, digits: bool) -> &str {
    let end = text
        .bytes()
        .position(|byte| byte.is_ascii_digit() != digits);
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn keys_are_in_the_order_of_ids(one in "[ac0-3é-]{0,8}", two in "[ac0-3é-]{0,8}") {
            let by_key = natural_key(&one).cmp(&natural_key(&two)).then_with(|| one.cmp(&two));
            proptest::prop_assert_eq!(by_key, natural(&one, &two), "{} {}", one, two);
        }
    }

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
