//! Documents as plain text: HTML, DOCX and PDF, for passages to be found in. Also the title, the dates
//! and the language that a file states, and the page on which each passage stands.
//!
//! The text has a blank line between paragraphs. Where the file has pages, a form feed (U+000C) begins
//! each but the first, so that they can still be told in the text alone: see [`pages`].
//!
//! ```
//! let page = b"<!doctype html><title>Harbour</title><p>The basin <em>opens</em> in May.<p>So they say.";
//! let read = annals_plain_text::read("harbour.html", page)?;
//! assert_eq!(read.text, "The basin opens in May.\n\nSo they say.\n");
//! assert_eq!(read.title.as_deref(), Some("Harbour"));
//! # Ok::<(), annals_source::SourceError>(())
//! ```
//!
//! Files are hostile: what is packed too tightly, nested too deeply or damaged is an error with words.
//! The same bytes give the same text.

mod docx;
mod html;
mod pages;
mod paragraphs;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(test)]
mod tests;

use std::ops::Range;

use annals_source::{At, SourceError, SourceErrorKind, bytes, ending};
use annals_time::in_words::DateReader;

pub use pages::{Page, page_of, pages};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 256 << 20;

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

/// Reads a document; `name` is that of its file, for messages, and for what only its ending tells.
///
/// # Errors
/// If it is none of the formats, cannot be read, has no text, or is larger or deeper than is read.
pub fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Result<PlainText, SourceError> {
    let bytes = bytes.into();
    let at = At::file(&name.into());
    if bytes.len() > LARGEST {
        let most = LARGEST >> 20;
        let message = format!("the file is larger than {most} MiB, which is the limit");
        return Err(SourceError::limit(at, message));
    }
    // Of a PDF, other bytes may come first.
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|five| five == b"%PDF-") {
        return pdf(&bytes, &at);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return docx::read(name, bytes, &at);
    }
    for (begin, what) in [
        (&b"\xD0\xCF\x11\xE0"[..], "an old Word document (.doc)"),
        (b"{\\rtf", "RTF"),
        (b"\x1F\x8B", "packed with gzip"),
    ] {
        if bytes.starts_with(begin) {
            return Err(SourceError::syntax(at, format!("it is {what}"))
                .help("save it as DOCX, HTML or plain text; these are read"));
        }
    }
    let is_html = html::is_html(&String::from_utf8_lossy(head))
        || matches!(ending(name).as_str(), "html" | "htm" | "xhtml");
    let label = is_html.then(|| html::charset(head)).flatten();
    if !is_html && !bytes.contains(&0) {
        match String::from_utf8(bytes) {
            Ok(text) => return Ok(plain(text, None)),
            Err(error) => return plain_or_html(&error.into_bytes(), &at),
        }
    }
    if is_html {
        let decoded = match bytes::decode(&bytes, &at, label.as_deref()) {
            // A page that is not in the encoding that it states.
            Err(_) if label.is_some() => bytes::decode(&bytes, &at, None)?,
            decoded => decoded?,
        };
        return html::read(&decoded.text, &at);
    }
    plain_or_html(&bytes, &at)
}

/// A text that is not UTF-8.
fn plain_or_html(bytes: &[u8], at: &At) -> Result<PlainText, SourceError> {
    let decoded = bytes::decode(bytes, at, None)?;
    if html::is_html(&decoded.text) {
        return html::read(&decoded.text, at);
    }
    let guessed = if decoded.guessed { ", as it seems" } else { "" };
    let note = format!("it is {}{guessed}, not UTF-8", decoded.encoding);
    Ok(plain(decoded.text, Some(note)))
}

/// A plain text. If it is UTF-8, it stays as it is, with its byte order mark.
fn plain(text: String, note: Option<String>) -> PlainText {
    PlainText {
        pages: pages(&text),
        text,
        is_file: note.is_none(),
        notes: note.into_iter().collect(),
        ..empty(Format::Text)
    }
}

fn empty(format: Format) -> PlainText {
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

#[cfg(feature = "pdf")]
fn pdf(bytes: &[u8], at: &At) -> Result<PlainText, SourceError> {
    pdf::read(bytes, at)
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &[u8], at: &At) -> Result<PlainText, SourceError> {
    Err(SourceError::new(
        SourceErrorKind::Usage,
        at.clone(),
        "this build does not read PDF",
    )
    .help("build with --features read-pdf, or save it as text, as pdftotext does"))
}

/// That a file has no text.
fn no_text(at: &At, why: &str) -> SourceError {
    SourceError::new(
        SourceErrorKind::Syntax,
        at.clone(),
        format!("there is no text in it{why}"),
    )
}

/// The day of a date as files state it: `2023-04-20T09:30:00+03:00`, `Thu, 20 Apr 2023 09:30:00 GMT`.
/// None if it is no day.
fn day(written: &str) -> Option<String> {
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
fn title(written: &str) -> Option<String> {
    const LONGEST: usize = 300;
    let title = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let title: String = title.chars().take(LONGEST).collect();
    (!title.is_empty()).then_some(title)
}
