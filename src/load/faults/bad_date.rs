//! a date that cannot be read

use crate::finding::{Code, Finding, Severity};
use crate::load::decode::At;
use crate::time::DateError;

/// A date that cannot be read.
pub static CODE: Code = Code::new(
    "AN016",
    "bad-date",
    Severity::Error,
    include_str!("bad_date.rs"),
);

pub(crate) fn found(at: &At<'_>, text: &str, error: &DateError) -> Finding {
    let shown = super::short(text);
    let finding = Finding::new(
        &CODE,
        format!("\"{shown}\" is not a date: {}", error.reason),
    )
    .at(at.part(error.at.clone()), error.reason.clone())
    .note("dates are EDTF (ISO 8601-2): 2023-04-20, 2023-04, 2023, 2022-02-24/.., 1880~");
    match &error.suggestion {
        Some(iso) => finding.respell("the ISO spelling", at.value(), iso),
        None => finding,
    }
}
