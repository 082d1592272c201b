//! What a document gives, and what all formats need for it.

use std::ops::Range;

use annals_source::{At, SourceError, SourceErrorKind};
use annals_time::in_words::DateReader;

use crate::pages::{Page, page_of};

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// HTML or XHTML.
    Html,
    /// Word documents.
    Docx,
    /// PDF, with the feature `pdf`.
    Pdf,
}

/// A document as plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainText {
    /// The text.
    pub text: String,
    /// What it was read from.
    pub format: Format,
    /// Whether the text is the file, byte for byte. If not, it is to be kept beside the file, since
    /// places in it are none of the file.
    pub is_file: bool,
    /// The title that the file states.
    pub title: Option<String>,
    /// The day on which it was published, as EDTF, if the file states it.
    pub published: Option<String>,
    /// The day on which the file was made, as EDTF: at most a hint at when it was published.
    pub created: Option<String>,
    /// The language that the file states, as a BCP 47 tag.
    pub language: Option<String>,
    /// The pages, in order; empty if the file has none, or does not show where they end.
    pub pages: Vec<Page>,
    /// What was left out, and what cannot be read, in words.
    pub notes: Vec<String>,
}

impl PlainText {
    /// The page on which a range of bytes of the text stands: `12`, `iv`, or `12-13`.
    pub fn page_of(&self, bytes: Range<usize>) -> Option<String> {
        page_of(&self.pages, bytes)
    }
}

pub(crate) fn empty(format: Format) -> PlainText {
    PlainText {
        text: String::new(),
        format,
        is_file: false,
        title: None,
        published: None,
        created: None,
        language: None,
        pages: Vec::new(),
        notes: Vec::new(),
    }
}

/// That a file has no text.
pub(crate) fn no_text(at: &At, why: &str) -> SourceError {
    SourceError::new(
        SourceErrorKind::Syntax,
        at.clone(),
        format!("there is no text in it{why}"),
    )
}

/// The day of a date as files state it: `2023-04-20T09:30:00+03:00`, `Thu, 20 Apr 2023 09:30:00 GMT`.
/// None if it is no day.
pub(crate) fn day(written: &str) -> Option<String> {
    let written = written.trim();
    // A moment: its day where it was written.
    let iso = written.get(..10).filter(|day| {
        let rest = &written[10..];
        is_day(day) && (rest.is_empty() || rest.starts_with(['T', 't', ' ']))
    });
    if let Some(day) = iso {
        return Some(day.to_owned());
    }
    if let Some(digits) = written
        .get(..8)
        .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
    {
        let day = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]);
        return Some(day).filter(|day| is_day(day));
    }
    // A weekday first, a time last.
    let weekday = written
        .split_once(", ")
        .filter(|(first, _)| !first.contains(|c: char| c.is_ascii_digit()));
    let words = weekday.map_or(written, |(_, rest)| rest);
    let words: Vec<&str> = words
        .split_whitespace()
        .take_while(|word| !word.contains(':'))
        .collect();
    let read = DateReader::default().read(&words.join(" ")).ok()?;
    Some(read.edtf).filter(|edtf| is_day(edtf))
}

fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        })
        && annals_time::Date::parse(text).is_ok()
}

/// A title on one line, if there is one.
pub(crate) fn title(written: &str) -> Option<String> {
    const LONGEST: usize = 300;
    let title = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let title: String = title.chars().take(LONGEST).collect();
    (!title.is_empty()).then_some(title)
}
