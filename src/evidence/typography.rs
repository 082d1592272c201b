//! Which characters differ only in typography: the tables behind *folded*.
//!
//! Sources: `Quotation_Mark` and `Dash` of the Unicode Character Database (`PropList.txt`), with
//! the characters commonly typed instead; canonical equivalence of UAX #15. Of the compatibility
//! mappings (NFKC), only those that choose a glyph are used: ligatures, the long s, presentation
//! forms and widths, but never superscripts, fractions, circled or Roman numerals.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// How a character is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Invisible: soft hyphen, zero-width and direction marks, variation selectors.
    Unseen,
    /// White space within a line.
    Space,
    /// White space that ends a line.
    LineBreak,
    /// A hyphen, dash or minus; surrounding white space is insignificant.
    Dash,
    /// A quotation mark or apostrophe; surrounding white space is insignificant.
    Quote,
    /// One of `: ; ! ?`, before which white space is insignificant (French typography adds it).
    HighMark,
    /// An ellipsis in one character, equal to three full stops.
    Ellipsis,
    /// A ligature or presentation form, equal to its letters.
    Form,
    /// Anything else: equal only to itself, up to canonical equivalence.
    Plain,
}

/// U+00AD, which asks for a hyphen only where a line ends.
pub(super) const SOFT_HYPHEN: char = '\u{AD}';

/// Maps a full-width ASCII character to the ordinary one; leaves others unchanged.
pub(super) fn narrow(c: char) -> char {
    match c {
        // ASCII lies 0xFEE0 below its full-width form, so the subtraction stays within `char`.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// How `c` is folded, once [`narrow`]ed.
pub(super) fn kind(c: char) -> Kind {
    match c {
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::LineBreak,
        '-' => Kind::Dash,
        '"' | '\'' | '`' => Kind::Quote,
        ':' | ';' | '!' | '?' => Kind::HighMark,
        ' ' | '\t' => Kind::Space,
        _ if c.is_ascii() => Kind::Plain,
        _ if c.is_whitespace() => Kind::Space,
        _ => kind_beyond_ascii(c),
    }
}

fn kind_beyond_ascii(c: char) -> Kind {
    match c {
        // Soft hyphen; Arabic letter mark; Mongolian vowel separator; zero-width characters and
        // direction marks; the byte order mark; variation selectors.
        '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}' => Kind::Unseen,
        // Quotation_Mark, then what is commonly typed for an apostrophe or a quotation mark: acute,
        // modifier letters, primes, Armenian and Hebrew marks, dingbats.
        '\u{AB}'
        | '\u{BB}'
        | '\u{2018}'..='\u{201F}'
        | '\u{2039}'
        | '\u{203A}'
        | '\u{2E42}'
        | '\u{300C}'..='\u{300F}'
        | '\u{301D}'..='\u{301F}'
        | '\u{FE41}'..='\u{FE44}'
        | '\u{FF62}'
        | '\u{FF63}'
        | '\u{B4}'
        | '\u{2B9}'..='\u{2BD}'
        | '\u{2032}'
        | '\u{2033}'
        | '\u{2035}'
        | '\u{2036}'
        | '\u{55A}'
        | '\u{5F3}'
        | '\u{5F4}'
        | '\u{275B}'..='\u{275E}' => Kind::Quote,
        // Dash, without the wavy, raised and vertical ones, which nobody types for an ordinary
        // dash.
        '\u{58A}'
        | '\u{5BE}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{2E3A}'
        | '\u{2E3B}'
        | '\u{FE58}'
        | '\u{FE63}' => Kind::Dash,
        '\u{2026}' | '\u{22EF}' => Kind::Ellipsis,
        // Digraphs in one character, the long s, Latin and Armenian ligatures, Hebrew wide letters,
        // Arabic presentation forms, half-width katakana. Excluded: forms that begin with a space
        // or a bare mark, and Arabic words in one character.
        '\u{132}'
        | '\u{133}'
        | '\u{17F}'
        | '\u{1C4}'..='\u{1CC}'
        | '\u{1F1}'..='\u{1F3}'
        | '\u{FB00}'..='\u{FB06}'
        | '\u{FB13}'..='\u{FB17}'
        | '\u{FB20}'..='\u{FB28}'
        | '\u{FB4F}'..='\u{FBB1}'
        | '\u{FBD3}'..='\u{FC5D}'
        | '\u{FC64}'..='\u{FCF1}'
        | '\u{FCF5}'..='\u{FD3D}'
        | '\u{FD50}'..='\u{FDC7}'
        | '\u{FE80}'..='\u{FEFC}'
        | '\u{FF61}'
        | '\u{FF64}'..='\u{FF9F}' => Kind::Form,
        _ => Kind::Plain,
    }
}

/// Whether `c` combines with the preceding character: an accent with its base, a vowel of a Hangul
/// syllable with its consonant. No quote begins or ends between the two.
pub(super) fn joins_previous(c: char) -> bool {
    if c < '\u{300}' {
        return false;
    }
    // U+0F73, U+0F75 and U+0F81 have class 0 but decompose into marks (UAX #15, section 7); the
    // half-width katakana sound marks become combining ones.
    matches!(
        c,
        '\u{F73}' | '\u{F75}' | '\u{F81}' | '\u{FF9E}' | '\u{FF9F}'
    ) || canonical_combining_class(c) != 0
        || is_nfc_quick(std::iter::once(c)) == IsNormalized::Maybe
}

/// Whether the text begins inside a letter: with an accent, or with invisible characters before
/// one.
pub(super) fn begins_within_letter(words: &str) -> bool {
    words
        .chars()
        .find(|&c| kind(c) != Kind::Unseen)
        .is_some_and(joins_previous)
}

/// Whether `c` alone is in NFC, so that it can be copied.
pub(super) fn is_composed(c: char) -> bool {
    c < '\u{300}' || is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

/// Appends the folded form of `c`, before canonical composition with its neighbours.
pub(super) fn push_folded(c: char, folded: &mut String) {
    let c = narrow(c);
    match kind(c) {
        Kind::Unseen => {}
        Kind::Space | Kind::LineBreak => folded.push(' '),
        Kind::Dash => folded.push('-'),
        Kind::Quote => folded.push('"'),
        Kind::Ellipsis => folded.push_str("..."),
        Kind::Form => folded.extend(std::iter::once(c).nfkc()),
        Kind::HighMark | Kind::Plain => folded.push(c),
    }
}
