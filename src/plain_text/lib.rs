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

mod document;
mod docx;
mod html;
mod pages;
mod paragraphs;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(test)]
mod tests;

#[cfg(not(feature = "pdf"))]
use annals_source::SourceErrorKind;
use annals_source::{At, SourceError, bytes, ending};

use document::empty;
pub use document::{Format, PlainText};
pub use pages::{Page, page_of, pages};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 256 << 20;

/// Whether PDF is read: with the feature `pdf`.
pub const READS_PDF: bool = cfg!(feature = "pdf");

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
