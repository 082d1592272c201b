//! Fonts: which letters the codes of a string stand for, and how wide each is (ISO 32000-1, 9.5 to 9.10).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::to_unicode::{self, Table};
use super::widths;

/// The most bytes of the table from codes to letters.
const LONGEST_TABLE: usize = 16 << 20;

/// A font.
pub(super) struct Font {
    /// Whether codes have two bytes.
    wide: bool,
    /// From codes to letters, as the file tells.
    to_unicode: Table,
    /// Of fonts with codes of one byte: the letters of each.
    letters: Vec<Option<Rc<str>>>,
    /// Whether codes are UTF-16 themselves.
    is_utf16: bool,
    widths: Widths,
    known: RefCell<BTreeMap<u16, Option<Rc<str>>>>,
}

struct Widths {
    /// In thousandths of the size of the font.
    by_code: BTreeMap<u16, f64>,
    other: f64,
}

/// A sign of a string.
pub(super) struct Sign {
    /// The letters; `None` if the file does not tell.
    pub(super) letters: Option<Rc<str>>,
    /// The width, as a part of the size of the font.
    pub(super) width: f64,
    /// Whether it is the code 32 of one byte, to which the space between words is added.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads a font.
    pub(super) fn new(document: &Document, font: &Dictionary) -> Self {
        let subtype = font
            .get_deref(b"Subtype", document)
            .and_then(Object::as_name)
            .unwrap_or(b"");
        let wide = subtype == b"Type0";
        let table = font
            .get_deref(b"ToUnicode", document)
            .and_then(Object::as_stream);
        let table = table.and_then(|table| table.get_plain_content_with_limit(LONGEST_TABLE));
        let to_unicode = table.map_or_else(|_| Table::new(), |table| to_unicode::read(&table));
        let encoding = font.get_deref(b"Encoding", document);
        let name = encoding
            .as_ref()
            .ok()
            .and_then(|encoding| encoding.as_name().ok())
            .unwrap_or(b"");
        let is_utf16 = wide
            && name.starts_with(b"Uni")
            && (contains(name, b"UCS2") || contains(name, b"UTF16"));
        Font {
            wide,
            to_unicode,
            letters: if wide {
                Vec::new()
            } else {
                letters(document, font)
            },
            is_utf16,
            widths: if wide {
                Widths::wide(document, font)
            } else {
                Widths::simple(document, font)
            },
            known: RefCell::default(),
        }
    }

    /// The signs of a string.
    pub(super) fn signs<'s>(&'s self, string: &'s [u8]) -> impl Iterator<Item = Sign> + 's {
        string.chunks(if self.wide { 2 } else { 1 }).map(|code| {
            let number = code
                .iter()
                .fold(0, |number, byte| number << 8 | u16::from(*byte));
            let mut known = self.known.borrow_mut();
            let letters = known
                .entry(number)
                .or_insert_with(|| self.letters_of(number));
            Sign {
                letters: letters.clone(),
                width: self
                    .widths
                    .by_code
                    .get(&number)
                    .copied()
                    .unwrap_or(self.widths.other)
                    / 1000.0,
                is_space: code == b" ",
            }
        })
    }

    fn letters_of(&self, number: u16) -> Option<Rc<str>> {
        let told = self.to_unicode.get(&number).cloned();
        let own = || {
            if self.is_utf16 {
                return char::from_u32(u32::from(number)).map(String::from);
            }
            let letters = self.letters.get(usize::from(number))?.as_deref()?;
            Some(letters.to_owned())
        };
        let letters = told.or_else(own)?;
        Some(plain_letters(&letters).into())
    }
}

/// Letters without ligatures, soft hyphens and control characters.
fn plain_letters(letters: &str) -> String {
    let mut plain = String::with_capacity(letters.len());
    for letter in letters.chars() {
        match letter {
            '\u{FB00}' => plain.push_str("ff"),
            '\u{FB01}' => plain.push_str("fi"),
            '\u{FB02}' => plain.push_str("fl"),
            '\u{FB03}' => plain.push_str("ffi"),
            '\u{FB04}' => plain.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => plain.push_str("st"),
            '\u{AD}' => plain.push('-'),
            c if c.is_control() || c.is_whitespace() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

fn contains(name: &[u8], part: &[u8]) -> bool {
    name.windows(part.len()).any(|window| window == part)
}

/// The letters of each code of one byte: those of the encoding, with its differences.
fn letters(document: &Document, font: &Dictionary) -> Vec<Option<Rc<str>>> {
    let encoding = font.get_deref(b"Encoding", document).ok();
    let dictionary = encoding.and_then(|encoding| encoding.as_dict().ok());
    let base = match dictionary {
        Some(dictionary) => dictionary
            .get_deref(b"BaseEncoding", document)
            .and_then(Object::as_name)
            .ok(),
        None => encoding.and_then(|encoding| encoding.as_name().ok()),
    };
    let base = match base {
        Some(name @ (b"MacRomanEncoding" | b"MacExpertEncoding" | b"WinAnsiEncoding")) => name,
        _ => b"StandardEncoding",
    };
    let table = with_encoding(Object::Name(base.to_vec()));
    let table = table.get_font_encoding(document).ok();
    let letter = |code: u8| {
        let letters = table.as_ref()?.bytes_to_string(&[code]).ok()?;
        (!letters.is_empty()).then(|| Rc::from(letters))
    };
    let mut letters: Vec<Option<Rc<str>>> = (0..=255).map(letter).collect();
    let differences =
        dictionary.and_then(|dictionary| dictionary.get_deref(b"Differences", document).ok());
    let mut code = 0_usize;
    for object in differences
        .and_then(|list| list.as_array().ok())
        .into_iter()
        .flatten()
    {
        match object {
            Object::Integer(number) => code = usize::try_from(*number).unwrap_or(256),
            Object::Name(name) => {
                if let Some(place) = letters.get_mut(code) {
                    *place = named(document, name).map(Into::into);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    letters
}

/// A font that has an encoding and nothing else.
fn with_encoding(encoding: Object) -> Dictionary {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", encoding);
    font
}

/// The letters of a sign by its name (Adobe Glyph List).
fn named(document: &Document, name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    // `a.sc` is another form of `a`; `f_i` is a ligature.
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    if let Some(letters) = listed(document, name) {
        return Some(letters);
    }
    let hex = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    if let Some(hex) = hex.filter(|hex| (4..=6).contains(&hex.len())) {
        return Some(char::from_u32(u32::from_str_radix(hex, 16).ok()?)?.to_string());
    }
    if name.contains('_') {
        return name.split('_').map(|part| listed(document, part)).collect();
    }
    None
}

/// The letters of a sign whose name the list has, which the library knows.
fn listed(document: &Document, name: &str) -> Option<String> {
    let mut encoding = Dictionary::new();
    let name = Object::Name(name.as_bytes().to_vec());
    encoding.set("Differences", vec![Object::Integer(1), name]);
    let font = with_encoding(Object::Dictionary(encoding));
    let read = font.get_font_encoding(document).ok()?;
    // A name that is not in the list gives another encoding.
    let letters = match &read {
        Encoding::Differences(_) => read.bytes_to_string(&[1]).ok()?,
        _ => return None,
    };
    (!letters.is_empty()).then_some(letters)
}

impl Widths {
    fn simple(document: &Document, font: &Dictionary) -> Self {
        let list = font
            .get_deref(b"Widths", document)
            .and_then(Object::as_array);
        let first = font
            .get_deref(b"FirstChar", document)
            .and_then(Object::as_i64)
            .unwrap_or(0);
        let mut by_code = BTreeMap::new();
        if let Ok(list) = list {
            for (at, width) in list.iter().enumerate().take(256) {
                let code = first.saturating_add(at as i64);
                if let (Ok(code), Some(width)) = (u16::try_from(code), number(document, width)) {
                    by_code.insert(code, width);
                }
            }
        } else {
            let name = font
                .get_deref(b"BaseFont", document)
                .and_then(Object::as_name)
                .unwrap_or(b"");
            by_code = widths::of_standard_font(name);
        }
        let descriptor = font
            .get_deref(b"FontDescriptor", document)
            .and_then(Object::as_dict);
        let missing = descriptor.and_then(|descriptor| descriptor.get(b"MissingWidth"));
        let missing = missing.ok().and_then(|width| number(document, width));
        // The scale of a Type 3 font is its own.
        let scale = font
            .get_deref(b"FontMatrix", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|matrix| number(document, matrix.first()?))
            .map_or(1.0, |scale| scale * 1000.0);
        let scaled = by_code
            .into_iter()
            .map(|(code, width)| (code, width * scale));
        Widths {
            by_code: scaled.collect(),
            other: missing.unwrap_or(500.0) * scale,
        }
    }

    fn wide(document: &Document, font: &Dictionary) -> Self {
        let descendant = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|list| document.dereference(list.first()?).ok())
            .and_then(|(_, font)| font.as_dict().ok());
        let mut widths = Widths {
            by_code: BTreeMap::new(),
            other: 1000.0,
        };
        let Some(descendant) = descendant else {
            return widths;
        };
        if let Some(other) = descendant
            .get(b"DW")
            .ok()
            .and_then(|width| number(document, width))
        {
            widths.other = other;
        }
        let list = descendant
            .get_deref(b"W", document)
            .and_then(Object::as_array);
        let mut list = list.into_iter().flatten();
        let code =
            |object: &Object| number(document, object).map(|code| code.clamp(0.0, 65535.0) as u16);
        while let Some(first) = list.next().and_then(code) {
            match list
                .next()
                .map(|next| document.dereference(next).map_or(next, |(_, next)| next))
            {
                Some(Object::Array(each)) => {
                    for (width, code) in each.iter().zip(first..=u16::MAX) {
                        if let Some(width) = number(document, width) {
                            widths.by_code.insert(code, width);
                        }
                    }
                }
                Some(last) => {
                    let (Some(last), Some(width)) = (
                        code(last),
                        list.next().and_then(|width| number(document, width)),
                    ) else {
                        break;
                    };
                    for code in first..=last {
                        widths.by_code.insert(code, width);
                    }
                }
                None => break,
            }
        }
        widths
    }
}

/// A number, behind a reference if need be.
pub(super) fn number(document: &Document, object: &Object) -> Option<f64> {
    let (_, object) = document.dereference(object).ok()?;
    let number = f64::from(object.as_float().ok()?);
    number.is_finite().then_some(number)
}
