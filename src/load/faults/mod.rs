//! The findings of loading, one file for each code: its explanation, and the wording of its
//! findings.

pub mod alias_expansion;
pub(crate) mod at;
pub mod bad_date;
pub mod bad_duration;
pub mod bad_id;
pub(crate) mod by_name;
pub(crate) mod cut;
pub mod duplicate_field;
pub mod duplicate_id;
pub mod encoding;
pub mod format_version;
pub mod missing_field;
pub mod no_quotation_marks;
pub mod other_values;
pub(crate) mod other_words;
pub mod out_of_range;
pub mod quote_ambiguous;
pub mod quote_missing;
pub(crate) mod slot;
pub mod source_ambiguous;
pub mod source_limit;
pub mod source_reaches_out;
pub mod source_syntax;
pub mod span_mismatch;
pub mod span_outside;
pub mod span_reversed;
pub mod syntax;
pub mod text_changed;
pub mod text_cut;
pub mod text_missing;
pub mod text_outside;
pub mod text_unreadable;
pub mod too_large;
pub mod unknown_field;
pub mod unknown_id;
pub mod unknown_word;
pub mod unreadable;
pub(crate) mod uses;
pub mod wrong_kind;
pub mod wrong_type;

use annals_finding::Code;
pub(crate) use annals_finding::shown as short;
pub(crate) use annals_finding::wording::{
    Slips, about_a_part, count, misspelt, named, nearest, record, some_ids,
};

/// Every code that reading can give, by number.
pub static CODES: &[&Code] = &[
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
    &text_cut::CODE,
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
    &no_quotation_marks::CODE,
];

/// What to do about quotation marks that are written within a quote.
pub(crate) const LEAVE_MARKS_OUT: &str =
    "leave the quotation marks out: a quote is the words within them";

/// The words within quotation marks, if a text begins and ends with such, and has none between.
pub(crate) fn in_marks(text: &str) -> Option<&str> {
    const MARKS: &[char] = &[
        '"', '\u{AB}', '\u{BB}', '\u{201C}', '\u{201D}', '\u{201E}', '\u{201F}', '\u{2039}',
        '\u{203A}', '\u{300C}', '\u{300D}', '\u{300E}', '\u{300F}', '\u{2018}', '\u{201A}',
    ];
    let inner = text.trim().strip_prefix(MARKS)?;
    let inner = inner
        .strip_suffix(MARKS)
        .or_else(|| inner.strip_suffix('\u{2019}'))?;
    (!inner.contains(MARKS) && !inner.trim().is_empty()).then(|| inner.trim())
}

#[cfg(test)]
mod tests {
    use super::in_marks;

    #[test]
    fn words_are_taken_out_of_their_marks() {
        for text in [
            "“No offer”",
            "\"No offer\"",
            "„No offer“",
            " «No offer» ",
            "‘No offer’",
        ] {
            assert_eq!(in_marks(text), Some("No offer"), "{text}");
        }
        for text in ["No offer", "“No” and “offer”", "“No offer", "“”", "\""] {
            assert_eq!(in_marks(text), None, "{text}");
        }
    }
}
