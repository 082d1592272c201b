//! Why a text is no date.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// Why a text is no date, in words for whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// What is wrong: "month 13 does not exist".
    pub reason: String,
    /// Where in the text: bytes, on the borders of characters, within the text.
    pub at: Range<usize>,
    /// The date in EDTF, where the text can only mean one: what an import would read.
    pub suggestion: Option<String>,
    /// Whether the suggestion says all that the text says.
    pub lossless: bool,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for DateError {}

/// A refusal without a suggestion.
pub(super) fn refuse(reason: impl Into<Cow<'static, str>>, at: Range<usize>) -> DateError {
    DateError {
        reason: reason.into().into_owned(),
        at,
        suggestion: None,
        lossless: false,
    }
}
