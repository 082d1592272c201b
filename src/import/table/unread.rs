//! Dates of a table that cannot be read: what is told of them, and what is asked.

use super::rows::Remark;
use crate::dates::{Unread, why_unread};
use annals_source::{At, SourceError};

/// Said of a date that the reader does not take.
const UNREAD: &str = "a date that cannot be read, kept under x_";
/// Said of a date that wants a year.
const NO_YEAR: &str = "a date without a year, kept under x_ (--year, or a line \"year: 2021\" in the mapping, gives one)";
/// A date that is kept as it stands.
///
/// # Errors
/// The question, where only the user can say what is meant.
pub(super) fn kept_unread(unread: Unread, at: &At, words: &str) -> Result<Remark, SourceError> {
    let line = match unread {
        Unread::Ambiguous => "in a mapping: dates: dmy, or dates: mdy",
        Unread::Century => "in a mapping: century: 19, or century: 20",
        Unread::Unknown(_) => "",
    };
    if unread.lacks_a_year() {
        return Ok((at.clone(), words.to_owned(), NO_YEAR));
    }
    let why = why_unread(unread, at, words).map_err(|asked| asked.note(line))?;
    Ok((at.clone(), format!("{words} ({why})"), UNREAD))
}
