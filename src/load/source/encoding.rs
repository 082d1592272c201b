//! Guesses the encoding of bytes that are not UTF-8.

/// What encoding bytes that are not UTF-8 look like.
pub(crate) fn guess_encoding(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |from: usize| {
        head.iter()
            .skip(from)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let half = head.len() / 2;
    let many = |count: usize| half > 0 && count * 3 > half;
    let guess = if head.starts_with(&[0xFF, 0xFE, 0, 0]) || head.starts_with(&[0, 0, 0xFE, 0xFF]) {
        "it looks like UTF-32"
    } else if head.starts_with(&[0xFF, 0xFE]) || many(zeros(1)) {
        "it looks like UTF-16 (little-endian)"
    } else if head.starts_with(&[0xFE, 0xFF]) || many(zeros(0)) {
        "it looks like UTF-16 (big-endian)"
    } else if bytes.starts_with(&[0x1F, 0x8B]) {
        "it looks like a gzip archive"
    } else if bytes.starts_with(b"PK\x03\x04") {
        "it looks like a zip archive or a spreadsheet"
    } else if head.iter().any(|byte| (0x80..0xA0).contains(byte)) {
        "it looks like Windows-1252 or another one-byte encoding"
    } else {
        "it looks like Latin-1 or another one-byte encoding"
    };
    guess.to_owned()
}

/// Whether bytes begin as UTF-16 or UTF-32 does.
pub(crate) fn is_foreign(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || looks_like_utf16(bytes)
}

/// Whether bytes that *are* UTF-8 look like UTF-16 without a mark: every other one is zero.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    let zeros = memchr::memchr_iter(0, head).count();
    zeros * 3 > head.len()
}
