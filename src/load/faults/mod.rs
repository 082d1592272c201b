//! What reading can find, one file a code: the words of the finding and its explanation.

pub(crate) mod alias_expansion;
pub(crate) mod bad_date;
pub(crate) mod bad_duration;
pub(crate) mod bad_id;
pub(crate) mod duplicate_field;
pub(crate) mod duplicate_id;
pub(crate) mod encoding;
pub(crate) mod format_version;
pub(crate) mod missing_field;
pub(crate) mod out_of_range;
pub(crate) mod quote_ambiguous;
pub(crate) mod quote_missing;
pub(crate) mod source_ambiguous;
pub(crate) mod source_limit;
pub(crate) mod source_reaches_out;
pub(crate) mod source_syntax;
pub(crate) mod span_mismatch;
pub(crate) mod span_outside;
pub(crate) mod span_reversed;
pub(crate) mod syntax;
pub(crate) mod text_changed;
pub(crate) mod text_missing;
pub(crate) mod text_outside;
pub(crate) mod text_unreadable;
pub(crate) mod too_large;
pub(crate) mod unknown_field;
pub(crate) mod unknown_id;
pub(crate) mod unknown_word;
pub(crate) mod unreadable;
pub(crate) mod wrong_kind;
pub(crate) mod wrong_type;

use crate::finding::Code;
pub(crate) use crate::finding::shown as short;
use crate::model::{Facts, RecordKind, RecordRef, Vocabulary};

/// Every code that reading can give, by number.
pub(crate) static CODES: &[&Code] = &[
    &unreadable::CODE,
    &encoding::CODE,
    &syntax::CODE,
    &format_version::CODE,
    &alias_expansion::CODE,
    &too_large::CODE,
    &unknown_field::CODE,
    &duplicate_field::CODE,
    &wrong_type::CODE,
    &missing_field::CODE,
    &unknown_word::CODE,
    &bad_date::CODE,
    &bad_duration::CODE,
    &out_of_range::CODE,
    &bad_id::CODE,
    &source_syntax::CODE,
    &source_limit::CODE,
    &source_reaches_out::CODE,
    &source_ambiguous::CODE,
    &duplicate_id::CODE,
    &unknown_id::CODE,
    &wrong_kind::CODE,
    &text_missing::CODE,
    &text_outside::CODE,
    &text_changed::CODE,
    &text_unreadable::CODE,
    &quote_missing::CODE,
    &quote_ambiguous::CODE,
    &span_mismatch::CODE,
    &span_outside::CODE,
    &span_reversed::CODE,
];

/// The words of a list that are nearest to one, best first, at most three: what the user may have
/// meant. Only words that share most of their letters are offered (Jaro–Winkler, with letters that
/// changed places counting little).
pub(crate) fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Vec<&'w str> {
    const ALIKE: f64 = 0.8;
    // A word of a million letters is nobody's slip of the pen.
    const LONGEST: usize = 200;
    if word.len() > LONGEST {
        return Vec::new();
    }
    let lower = word.to_lowercase();
    let mut alike: Vec<(f64, &str)> = known
        .filter(|one| one.len() <= LONGEST)
        .map(|one| {
            let other = one.to_lowercase();
            let distance = strsim::damerau_levenshtein(&lower, &other);
            let longest = lower.chars().count().max(other.chars().count()).max(1);
            #[allow(clippy::cast_precision_loss, reason = "both are at most 200")]
            let edits = 1.0 - distance as f64 / longest as f64;
            (strsim::jaro_winkler(&lower, &other).max(edits), one)
        })
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    alike.into_iter().map(|(_, one)| one).take(3).collect()
}

/// A record as messages call it: "claim c2".
pub(crate) fn named(kind: RecordKind, id: &str) -> String {
    format!("{} {}", kind.word(), short(id))
}

/// A record that was read, as messages call it.
pub(crate) fn record(facts: &Facts, record: impl Into<RecordRef>) -> String {
    let record = record.into();
    named(record.kind(), facts.id(record))
}

/// The label of a part of a text: why that part is at fault. Where the whole is, the message has
/// said it.
pub(crate) fn about_a_part<'r>(
    text: &str,
    part: &std::ops::Range<usize>,
    reason: &'r str,
) -> &'r str {
    if *part == (0..text.len()) { "" } else { reason }
}

/// `1 quote is`, `3 quotes are`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}
