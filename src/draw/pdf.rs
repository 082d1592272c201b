//! Scenes as PDF: one page, a unit a point, letters that can be searched and copied, no date.
//!
//! svg2pdf writes fonts, and the names under which a page knows its resources, in an order that is
//! not the same twice. Names are therefore sorted, and objects put into the order in which the
//! catalogue leads to them, and numbered anew.

use std::collections::BTreeMap;
use std::io;

use super::scene::Scene;
use super::{FileFormat, WriteAsked, WriteScene, fonts};

/// PDF 1.7.
pub(super) static FORMAT: FileFormat = FileFormat {
    name: "pdf",
    title: "one page for print, with its fonts",
    extensions: &["pdf"],
    loses: "",
    notes: "",
    options: &[],
    work: WriteScene {
        write,
        unseen: Some(fonts::unseen),
    },
};

fn write(scene: &Scene, _: WriteAsked<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let tree = fonts::tree(scene)?;
    let options = svg2pdf::ConversionOptions::default();
    let pdf = svg2pdf::to_pdf(&tree, options, svg2pdf::PageOptions::default());
    let pdf = pdf.map_err(|error| io::Error::other(error.to_string()))?;
    let pdf = in_order(&pdf).ok_or_else(|| io::Error::other("a PDF of an unknown build"))?;
    out.write_all(&pdf)
}

/// An object of a file: up to its stream, where references are, and the rest.
type Object<'p> = (Vec<u8>, &'p [u8]);

/// The file with its objects in the order in which they are first referred to, from the catalogue
/// on. `None` for one that is not built as svg2pdf builds it: one table of objects, no generations.
fn in_order(pdf: &[u8]) -> Option<Vec<u8>> {
    let (start, objects) = objects(pdf)?;
    let trailer = &pdf[find(pdf, b"trailer", true)?..];
    let roots: Vec<Piece<'_>> = pieces(trailer);
    let mut order: Vec<usize> = Vec::new();
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut found: Vec<usize> = references(&roots);
    found.reverse();
    while let Some(number) = found.pop() {
        if numbers.contains_key(&number) {
            continue;
        }
        order.push(number);
        numbers.insert(number, order.len());
        let (words, _) = objects.get(&number)?;
        let mut next = references(&pieces(words));
        next.reverse();
        found.extend(next);
    }
    let mut out = pdf[..start].to_vec();
    let mut offsets = Vec::with_capacity(order.len());
    for number in &order {
        let (words, rest) = objects.get(number)?;
        offsets.push(out.len());
        // "12 0 obj": the number is the object's own.
        let words = &words[words.iter().position(|byte| *byte == b' ')?..];
        out.extend(numbers.get(number)?.to_string().bytes());
        renumbered(&pieces(words), &numbers, &mut out)?;
        out.extend(*rest);
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f\r\n", order.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n\r\n").bytes());
    }
    let end = format!(
        "trailer\n<<\n  /Size {}\n  /Root {} 0 R\n",
        order.len() + 1,
        numbers.get(order.first()?)?
    );
    out.extend(end.bytes());
    if let [_, info, ..] = references(&roots).as_slice() {
        out.extend(format!("  /Info {} 0 R\n", numbers.get(info)?).bytes());
    }
    out.extend(format!(">>\nstartxref\n{table}\n%%EOF").bytes());
    Some(out)
}

/// Where the first object begins, and all objects by number.
fn objects(pdf: &[u8]) -> Option<(usize, BTreeMap<usize, Object<'_>>)> {
    let at = find(pdf, b"startxref", true)?;
    let table = number(pdf.get(at + 10..)?)?;
    let entries = pdf.get(table..)?.strip_prefix(b"xref\n0 ")?;
    let count = number(entries)?;
    let entries = &entries[entries.iter().position(|byte| *byte == b'\n')? + 1..];
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (nth, entry) in entries.chunks(20).take(count).enumerate() {
        if entry.get(17) == Some(&b'n') {
            starts.push((number(entry)?, nth));
        }
    }
    starts.sort_unstable();
    let mut objects = BTreeMap::new();
    for (nth, (from, id)) in starts.iter().enumerate() {
        let until = starts.get(nth + 1).map_or(table, |next| next.0);
        let object = pdf.get(*from..until)?;
        let words = find(object, b"\nstream", false).unwrap_or(object.len());
        let (words, rest) = object.split_at(words);
        objects.insert(*id, (sorted(words), rest));
    }
    Some((starts.first()?.0, objects))
}

/// The words of an object with the names of its resources in order: lines such as `/po3 4 0 R`.
fn sorted(words: &[u8]) -> Vec<u8> {
    let name = |line: &[u8]| -> Option<(Vec<u8>, usize)> {
        let name = line.trim_ascii_start().strip_prefix(b"/")?;
        let letters = name
            .iter()
            .take_while(|byte| byte.is_ascii_lowercase())
            .count();
        let number = number(&name[letters..]);
        number
            .filter(|_| letters > 0)
            .map(|number| (name[..letters].to_vec(), number))
    };
    let mut lines: Vec<&[u8]> = words.split(|byte| *byte == b'\n').collect();
    for run in lines.chunk_by_mut(|a, b| name(a).is_some() && name(b).is_some()) {
        run.sort_by_key(|line| name(line));
    }
    lines.join(&b'\n')
}

fn find(bytes: &[u8], word: &[u8], last: bool) -> Option<usize> {
    let mut places = bytes.windows(word.len());
    if last {
        places.rposition(|one| one == word)
    } else {
        places.position(|one| one == word)
    }
}

/// The number that bytes begin with.
fn number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()
}

/// What the words of an object are made of.
enum Piece<'p> {
    Words(&'p [u8]),
    /// "12 0 R".
    Reference(usize),
}

fn pieces(words: &[u8]) -> Vec<Piece<'_>> {
    const GENERATION: &[u8] = b" 0 R";
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < words.len() {
        let digits = words[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if digits > 0 && words[at + digits..].starts_with(GENERATION) {
            pieces.push(Piece::Words(&words[from..at]));
            pieces.extend(number(&words[at..]).map(Piece::Reference));
            at += digits + GENERATION.len();
            from = at;
        } else {
            at += digits.max(1);
        }
    }
    pieces.push(Piece::Words(&words[from..]));
    pieces
}

fn references(pieces: &[Piece<'_>]) -> Vec<usize> {
    let each = pieces.iter().filter_map(|piece| match piece {
        Piece::Reference(number) => Some(*number),
        Piece::Words(_) => None,
    });
    each.collect()
}

fn renumbered(
    pieces: &[Piece<'_>],
    numbers: &BTreeMap<usize, usize>,
    out: &mut Vec<u8>,
) -> Option<()> {
    for piece in pieces {
        match piece {
            Piece::Words(words) => out.extend(*words),
            Piece::Reference(number) => out.extend(format!("{} 0 R", numbers.get(number)?).bytes()),
        }
    }
    Some(())
}
