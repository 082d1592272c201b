//! The findings of loading, one file for each code: its explanation, and the wording of its
//! findings.

pub mod alias_expansion;
pub(crate) mod at;
pub mod bad_date;
pub mod bad_duration;
pub mod bad_id;
pub(crate) mod cut;
pub mod duplicate_field;
pub mod duplicate_id;
pub mod encoding;
pub mod format_version;
pub mod missing_field;
pub(crate) mod named;
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
pub(crate) use annals_finding::wording::{about_a_part, count, named, nearest, record, some_ids};

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
];
