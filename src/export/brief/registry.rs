//! The list of all formats of a brief.

use std::path::Path;

#[cfg(feature = "docx")]
use super::docx;
use super::{BriefFormat, html, markdown};

/// Every format, in the order in which help shows them.
pub static BRIEF_FORMATS: &[&BriefFormat] = &[
    &markdown::FORMAT,
    &html::FORMAT,
    #[cfg(feature = "docx")]
    &docx::FORMAT,
];

/// The format that is there only when Annals is built with the feature of the same name.
pub const BRIEF_ON_DEMAND: &str = "docx";

/// The format of this name.
pub fn brief_by_name(name: &str) -> Option<&'static BriefFormat> {
    annals_format::by_name(BRIEF_FORMATS, name)
}

/// The format that a file's extension says, in whatever case.
pub fn brief_by_extension(file: &Path) -> Option<&'static BriefFormat> {
    annals_format::by_extension(BRIEF_FORMATS, file)
}
