//! PDF: the text of each page, in the order in which the file draws it, put together to lines and
//! paragraphs by where it stands.
//!
//! The syntax is read by lopdf, within bounds. What is drawn is followed here: only the operators of
//! text, and those that move it (ISO 32000-1, 9).

mod content;
mod font;
mod labels;
mod lines;
mod to_unicode;
mod widths;

use std::io::Read;

use annals_source::{At, SourceError};
use lopdf::{Document, Error, LoadOptions, Object, ObjectId};

use crate::document::{Format, PlainText, day, empty, no_text, title};
use crate::pages::{Page, pages};
use crate::paragraphs::Paragraphs;
use content::{Drawing, Stop};

/// The most bytes to which a stream of objects may unpack.
const UNPACKED: usize = if cfg!(test) { 1 << 20 } else { 64 << 20 };

/// The most bytes to which all streams of a file may unpack, as far as they are packed as usual.
const ALL_UNPACKED: usize = if cfg!(test) { 8 << 20 } else { 1 << 30 };

/// The stack of the thread that reads: nested objects are read by recursion, a hundred deep at most.
const STACK: usize = 32 << 20;

/// Reads a PDF.
pub(crate) fn read(bytes: &[u8], at: &At) -> Result<PlainText, SourceError> {
    bounded(bytes, at)?;
    // In a thread of its own: nothing that the library does with a broken file ends the program.
    std::thread::scope(|scope| {
        let reading = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || document(bytes, at));
        match reading {
            Ok(reading) => reading.join().unwrap_or_else(|_| {
                Err(SourceError::syntax(
                    at.clone(),
                    "this PDF cannot be read: it is broken",
                ))
            }),
            Err(error) => Err(SourceError::of_io(error, at)),
        }
    })
}

/// Refuses a file whose streams unpack to more than is read. The library bounds each stream, not all.
fn bounded(bytes: &[u8], at: &At) -> Result<(), SourceError> {
    let mut unpacked = 0;
    let mut buffer = vec![0; 1 << 16];
    for found in memchr::memmem::find_iter(bytes, b"stream") {
        let rest = bytes[found + 6..].trim_ascii_start();
        // The header of zlib: the method, and a sum that fits.
        let is_zlib = matches!(rest, [method, flags, ..]
            if method & 0x0F == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0);
        if !is_zlib {
            continue;
        }
        let mut stream = flate2::read::ZlibDecoder::new(rest);
        // Up to where it ends, or is broken.
        while let Ok(length @ 1..) = stream.read(&mut buffer) {
            unpacked += length;
            if unpacked > ALL_UNPACKED {
                let most = ALL_UNPACKED >> 20;
                let message = format!("it unpacks to more than {most} MiB, which is the limit");
                return Err(SourceError::limit(at.clone(), message));
            }
        }
    }
    Ok(())
}

fn document(bytes: &[u8], at: &At) -> Result<PlainText, SourceError> {
    let options = LoadOptions::with_max_decompressed_size(UNPACKED);
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| refusal(&error, at))?;
    if document.is_encrypted() {
        return Err(
            SourceError::syntax(at.clone(), "this PDF is protected by a password")
                .help("save it without the password, or as text"),
        );
    }
    let ids: Vec<ObjectId> = document.page_iter().collect();
    let labels = labels::labels(&document, ids.len());
    let mut drawing = Drawing::new(&document);
    let mut text = Paragraphs::default();
    let mut without_text = 0;
    for (number, id) in ids.iter().enumerate() {
        let lines = drawing.page(*id).map_err(|stop| match stop {
            Stop::TooMuch => SourceError::limit(
                at.clone(),
                "it draws more than is read: its pages never end",
            ),
            Stop::Broken(error) => refusal(&error, at),
        })?;
        without_text += usize::from(lines.is_empty());
        let goes_on = lines::put_together(&lines, &mut text);
        if number + 1 < ids.len() {
            text.end_page(goes_on);
        }
    }
    let text = text.finish();
    if text.trim().is_empty() {
        return Err(no_text(at, ": its pages are pictures")
            .help("recognise the text first (OCR), or save it as text"));
    }
    let mut notes = Vec::new();
    if without_text > 0 {
        notes.push(format!(
            "pages without text: {without_text} of {}",
            ids.len()
        ));
    }
    if drawing.unreadable > 0 {
        let all = drawing.unreadable;
        notes.push(format!(
            "signs whose letters the PDF does not tell, each shown as \u{FFFD}: {all}"
        ));
    }
    let starts = pages(&text);
    let numbered = if starts.is_empty() {
        labels
            .first()
            .map(|label| Page {
                start: 0,
                label: label.clone(),
            })
            .into_iter()
            .collect()
    } else {
        let labelled = starts.into_iter().zip(labels);
        labelled
            .map(|(page, label)| Page { label, ..page })
            .collect()
    };
    let (title, created) = properties(&document);
    Ok(PlainText {
        text,
        title,
        created,
        language: language(&document),
        pages: numbered,
        notes,
        ..empty(Format::Pdf)
    })
}

/// An error of the library, in words.
fn refusal(error: &Error, at: &At) -> SourceError {
    match error {
        Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            SourceError::limit(
                at.clone(),
                format!(
                    "a part of it unpacks to more than {} MiB, which is the limit",
                    UNPACKED >> 20
                ),
            )
        }
        Error::Decryption(_) | Error::InvalidPassword => {
            SourceError::syntax(at.clone(), "this PDF is protected by a password")
                .help("save it without the password, or as text")
        }
        error => SourceError::syntax(at.clone(), format!("this PDF cannot be read: {error}")),
    }
}

/// The title and the day of making that the file states.
fn properties(document: &Document) -> (Option<String>, Option<String>) {
    let info = document
        .trailer
        .get_deref(b"Info", document)
        .and_then(Object::as_dict);
    let text = |key: &[u8]| {
        let bytes = info
            .as_ref()
            .ok()?
            .get_deref(key, document)
            .and_then(Object::as_str)
            .ok()?;
        Some(words(bytes))
    };
    // Programs put the name of the file there.
    let own = text(b"Title").filter(|title| {
        let lower = title.to_lowercase();
        !lower.starts_with("microsoft word")
            && ![".doc", ".docx", ".pdf", ".indd", ".qxd"]
                .iter()
                .any(|end| lower.ends_with(end))
    });
    let created =
        text(b"CreationDate").and_then(|date| day(date.strip_prefix("D:").unwrap_or(&date)));
    (own.and_then(|own| title(&own)), created)
}

fn language(document: &Document) -> Option<String> {
    let written = document
        .catalog()
        .ok()?
        .get_deref(b"Lang", document)
        .and_then(Object::as_str)
        .ok()?;
    let tag = words(written);
    (!tag.trim().is_empty()).then(|| tag.trim().to_owned())
}

/// A text string: UTF-16 or UTF-8 with their marks, else `PDFDocEncoding` (ISO 32000-1, 7.9.2 and D.3).
fn words(bytes: &[u8]) -> String {
    /// The signs from 0x80 to 0x9F.
    const HIGH: [char; 32] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}',
    ];
    if let Some(units) = bytes.strip_prefix(b"\xFE\xFF") {
        let units = units
            .chunks_exact(2)
            .map(|two| u16::from_be_bytes([two[0], two[1]]));
        return char::decode_utf16(units)
            .map(|c| c.unwrap_or('\u{FFFD}'))
            .collect();
    }
    if let Some(utf8) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return String::from_utf8_lossy(utf8).into_owned();
    }
    let letter = |byte: u8| match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        0xA0 => '€',
        _ => char::from(byte),
    };
    bytes.iter().map(|byte| letter(*byte)).collect()
}
