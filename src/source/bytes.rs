//! Decodes bytes to text: UTF-8, UTF-16 and Windows-1252 are detected, other encodings must be
//! named by the user.

use std::io::{self, BufRead, Read};

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{At, SourceError, Spot};

/// A decoded text, with its source encoding.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The source encoding, by its name in the Encoding Standard: `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// Whether the encoding is neither UTF-8 nor declared by the file or the user.
    pub guessed: bool,
}

/// How much of a stream is examined to detect its encoding.
const LOOKED_AT: usize = 1 << 20;

/// The encoding with this label: `windows-1252`, `latin1`, `utf-16le` …
///
/// # Errors
/// If there is no such encoding.
pub fn named(label: &str, at: &At) -> Result<&'static Encoding, SourceError> {
    Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
        let label = annals_finding::shown(label);
        SourceError::new(
            super::SourceErrorKind::Usage,
            at.clone(),
            format!("there is no encoding {label}"),
        )
        .help("--encoding takes the names of the Encoding Standard, such as utf-8, utf-16le, windows-1252, windows-1251, koi8-r")
    })
}

struct Recognised {
    encoding: &'static Encoding,
    /// The length of the byte order mark.
    mark: usize,
    guessed: bool,
}

/// Detects the encoding from a byte order mark, from zero bytes, or from whether the bytes are
/// valid UTF-8; `whole` means that all bytes are present.
fn recognised(bytes: &[u8], whole: bool, at: &At) -> Result<Recognised, SourceError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(Recognised {
            encoding,
            mark,
            guessed: false,
        });
    }
    let sure = |encoding, guessed| {
        Ok(Recognised {
            encoding,
            mark: 0,
            guessed,
        })
    };
    if let Some(zero) = memchr::memchr(0, bytes) {
        // Latin text in UTF-16 has a zero in every other byte.
        let head = &bytes[..bytes.len().min(2048)];
        let zeros = |odd| {
            let each = head.iter().skip(odd).step_by(2);
            each.filter(|byte| **byte == 0).count()
        };
        let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
        return if even == 0 && odd * 3 > half {
            sure(UTF_16LE, true)
        } else if odd == 0 && even * 3 > half {
            sure(UTF_16BE, true)
        } else {
            let at = At {
                file: at.file.clone(),
                spot: Spot::Byte(zero as u64),
            };
            Err(SourceError::syntax(
                at,
                "this is not text: it contains zero bytes",
            ))
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => sure(UTF_8, false),
        // The last character may be cut in two.
        Err(error) if error.error_len().is_none() && !whole => sure(UTF_8, false),
        Err(error) => {
            // Five bytes are undefined in Windows-1252.
            let nothing = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
            match bytes.iter().position(nothing) {
                None => sure(WINDOWS_1252, true),
                Some(_) => {
                    let byte = error.valid_up_to();
                    let at = At {
                        file: at.file.clone(),
                        spot: Spot::Byte(byte as u64),
                    };
                    let question =
                        "what is the encoding of this text? It is neither UTF-8 nor Windows-1252";
                    let option = "give it with --encoding NAME, such as windows-1251 or koi8-r";
                    Err(SourceError::ambiguous(at, question, option))
                }
            }
        }
    }
}

/// Decodes a text in the encoding with this label, or else in the detected one.
///
/// # Errors
/// If the bytes are not valid in that encoding.
pub fn decode(bytes: &[u8], at: &At, label: Option<&str>) -> Result<Decoded, SourceError> {
    let found = match label {
        Some(label) => {
            let encoding = named(label, at)?;
            let mark = Encoding::for_bom(bytes).filter(|(one, _)| *one == encoding);
            Recognised {
                encoding,
                mark: mark.map_or(0, |(_, length)| length),
                guessed: false,
            }
        }
        None => recognised(bytes, true, at)?,
    };
    let body = &bytes[found.mark..];
    let text = found
        .encoding
        .decode_without_bom_handling_and_without_replacement(body)
        .ok_or_else(|| {
            malformed(
                found.encoding,
                bad_byte(found.encoding, body, found.mark),
                at,
            )
        })?;
    Ok(Decoded {
        text: text.into_owned(),
        encoding: found.encoding.name(),
        guessed: found.guessed,
    })
}

/// The first byte that is invalid in the encoding.
fn bad_byte(encoding: &'static Encoding, bytes: &[u8], mark: usize) -> u64 {
    let at = if encoding == UTF_8 {
        std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), |_| 0)
    } else {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut out = vec![0; 4096];
        let mut read = 0;
        loop {
            match decoder.decode_to_utf8_without_replacement(&bytes[read..], &mut out, true) {
                (DecoderResult::OutputFull, more, _) => read += more,
                (DecoderResult::Malformed(bad, after), more, _) => {
                    read += more;
                    break read.saturating_sub(usize::from(bad) + usize::from(after));
                }
                (DecoderResult::InputEmpty, ..) => break bytes.len(),
            }
        }
    };
    (at + mark) as u64
}

fn malformed(encoding: &'static Encoding, byte: u64, at: &At) -> SourceError {
    let at = At {
        file: at.file.clone(),
        spot: Spot::Byte(byte),
    };
    let name = encoding.name();
    SourceError::syntax(at, format!("this is not {name} text"))
        .help("give its encoding with --encoding NAME, such as windows-1252")
}

/// A streamed text, converted to UTF-8.
pub struct TextReader<'r> {
    from: Box<dyn Read + 'r>,
    decoder: encoding_rs::Decoder,
    encoding: &'static Encoding,
    guessed: bool,
    at: At,
    raw: Vec<u8>,
    raw_from: usize,
    /// The number of bytes before those in `raw`.
    before: u64,
    ended: bool,
    /// Whether the decoder has been flushed.
    finished: bool,
    text: Vec<u8>,
    text_from: usize,
}

impl<'r> TextReader<'r> {
    /// Starts a text in the encoding with this label, or in the one detected from its first MiB.
    ///
    /// # Errors
    /// If its beginning cannot be read or is not valid text.
    pub fn new(
        mut from: Box<dyn Read + 'r>,
        at: At,
        label: Option<&str>,
    ) -> Result<Self, SourceError> {
        let mut raw = Vec::new();
        (&mut from)
            .take(LOOKED_AT as u64)
            .read_to_end(&mut raw)
            .map_err(|error| SourceError::of_io(error, &at))?;
        let whole = raw.len() < LOOKED_AT;
        let (encoding, guessed) = match label {
            Some(label) => (named(label, &at)?, false),
            None => {
                let found = recognised(&raw, whole, &at)?;
                (found.encoding, found.guessed)
            }
        };
        Ok(TextReader {
            from,
            decoder: encoding.new_decoder_with_bom_removal(),
            encoding,
            guessed,
            at,
            raw,
            raw_from: 0,
            before: 0,
            ended: whole,
            finished: false,
            text: Vec::new(),
            text_from: 0,
        })
    }

    /// The encoding, by its name in the Encoding Standard.
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// Whether the encoding is neither UTF-8 nor declared by the file or the user.
    pub fn guessed(&self) -> bool {
        self.guessed
    }

    fn refill(&mut self) -> io::Result<()> {
        const STEP: usize = 1 << 16;
        self.text.resize(STEP * 3 + 16, 0);
        self.text_from = 0;
        let mut written = 0;
        while written == 0 {
            if self.raw_from == self.raw.len() && !self.ended {
                self.before += self.raw.len() as u64;
                self.raw.resize(STEP, 0);
                let read = self.from.read(&mut self.raw)?;
                self.raw.truncate(read);
                self.raw_from = 0;
                self.ended = read == 0;
            }
            let rest = &self.raw[self.raw_from..];
            let step = &rest[..rest.len().min(STEP)];
            let last = self.ended && step.len() == rest.len();
            let (result, read, more) =
                self.decoder
                    .decode_to_utf8_without_replacement(step, &mut self.text, last);
            self.raw_from += read;
            written = more;
            if let DecoderResult::Malformed(bad, after) = result {
                let byte = self.before + self.raw_from as u64;
                let byte = byte.saturating_sub(u64::from(bad) + u64::from(after));
                return Err(malformed(self.encoding, byte, &self.at).into_io());
            }
            if last && matches!(result, DecoderResult::InputEmpty) {
                self.finished = true;
                break;
            }
        }
        self.text.truncate(written);
        Ok(())
    }
}

impl BufRead for TextReader<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.text_from == self.text.len() && !self.finished {
            self.refill()?;
        }
        Ok(&self.text[self.text_from..])
    }

    fn consume(&mut self, amount: usize) {
        self.text_from = (self.text_from + amount).min(self.text.len());
    }
}

impl Read for TextReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let text = self.fill_buf()?;
        let count = text.len().min(buffer.len());
        buffer[..count].copy_from_slice(&text[..count]);
        self.consume(count);
        Ok(count)
    }
}
