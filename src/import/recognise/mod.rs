//! Which format a file is: by its shape, and by its ending only where it has none.
//!
//! A shape is told by what only one format has. Where two formats could be meant, both are named, and
//! nothing is imported; so are formats of other programs that are known and not read.

mod json;
mod text;

use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use indexmap::IndexMap;

use super::registry::{IMPORTERS, by_name};
use super::{Importer, Options, below};
use annals_source::bytes::TextReader;
use annals_source::{
    At, Limits, Source, SourceError, SourceErrorKind, book, each_input, each_member,
};

/// How much of a file is looked at.
const HEAD: u64 = 1 << 20;
/// How many files of a folder or an archive are looked at.
const MOST_FILES: usize = 200;

/// What a file looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    /// A format, by its name.
    Format(&'static str),
    /// One of these, and only its author knows which.
    Unsure(&'static [&'static str]),
    /// Something that is not imported: what it is, and what can be done.
    Other(&'static str, &'static str),
    /// Plain text, which may belong to annotations.
    Prose,
    Unknown,
}

/// What a file or the files of an archive or folder look like, by their names.
type Shapes = Vec<(Arc<str>, Shape)>;

/// A source that was named: a file, or the files of a folder.
pub struct Named {
    at: At,
    files: Vec<Source>,
}

impl Named {
    /// A file.
    pub fn file(source: Source) -> Self {
        Named {
            at: source.at(),
            files: vec![source],
        }
    }

    /// A folder: its files that some format could read, by their endings.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn folder(folder: &Path) -> Result<Self, SourceError> {
        let mut files = Vec::new();
        below(folder, &mut files)?;
        files.sort();
        let files = files.iter().map(|file| Source::path(file));
        let may_be = |source: &Source| {
            let ending = source.ending();
            let of = |importer: &&Importer| importer.extensions.contains(&&*ending);
            matches!(&*ending, "gz" | "zip") || IMPORTERS.iter().any(of)
        };
        Ok(Named {
            at: Source::path(folder).at(),
            files: files.filter(may_be).take(MOST_FILES).collect(),
        })
    }

    fn shapes(&self) -> Result<Shapes, SourceError> {
        let mut all = Vec::new();
        for file in &self.files {
            all.extend(shapes(file)?);
        }
        Ok(all)
    }
}

/// The one format that all of these are in. Of several that it could be, the only one that takes the
/// options which are given is meant.
///
/// # Errors
/// When one cannot be read, is of no format, or can be of several: the error names them, and says how
/// to choose.
pub fn recognise(named: &[Named], options: &Options) -> Result<&'static Importer, SourceError> {
    let mut found: IndexMap<&'static str, At> = IndexMap::new();
    for one in named {
        let shapes = one.shapes()?;
        let (mut is_known, mut prose) = (false, false);
        for (name, shape) in &shapes {
            let format = match shape {
                Shape::Format(format) => Some(*format),
                Shape::Unsure(formats) => meant(formats, options),
                _ => None,
            };
            prose |= *shape == Shape::Prose;
            if let Some(format) = format {
                is_known = true;
                found.entry(format).or_insert_with(|| At::file(name));
            }
        }
        // A text may stand beside its annotations.
        let is_beside = prose && named.len() > 1;
        if !is_known && !is_beside {
            return Err(unrecognised(one, &shapes));
        }
    }
    let mut formats = found.iter();
    match (formats.next(), formats.next()) {
        (Some((format, _)), None) => {
            by_name(format).ok_or_else(|| unrecognised(&named[0], &Vec::new()))
        }
        (Some((one, at)), Some((other, there))) => {
            let question = format!("which format? {at} is {one}, {there} is {other}");
            let answer = "import each format on its own: annals import FORMAT FILE";
            Err(SourceError::ambiguous(at.clone(), question, answer))
        }
        (None, _) => {
            let at = named
                .first()
                .map_or(At::file(&"".into()), |one| one.at.clone());
            Err(none(at, "its format cannot be recognised"))
        }
    }
}

/// The only one of these formats that takes all options which are given, if any is.
fn meant(formats: &[&'static str], options: &Options) -> Option<&'static str> {
    options.given().next()?;
    let takes = |format: &&&str| {
        let importer = by_name(format);
        importer.is_some_and(|importer| {
            let all: Vec<&str> = importer.options.iter().map(|option| option.name).collect();
            options.given().all(|given| all.contains(&given))
        })
    };
    let mut fitting = formats.iter().filter(takes);
    fitting.next().copied().filter(|_| fitting.next().is_none())
}

/// Why the format of one source is not known.
fn unrecognised(one: &Named, shapes: &Shapes) -> SourceError {
    let unsure = shapes.iter().find_map(|(name, shape)| match shape {
        Shape::Unsure(formats) => Some((name, *formats)),
        _ => None,
    });
    if let Some((name, formats)) = unsure {
        let question = match formats {
            [only] => format!("is this {}?", article(only)),
            formats => format!("which format is this: {}?", formats.join(" or ")),
        };
        let answer = format!(
            "say it: {}",
            (formats.iter())
                .map(|format| format!("annals import {format} FILE"))
                .collect::<Vec<_>>()
                .join(", or ")
        );
        return SourceError::ambiguous(At::file(name), question, answer);
    }
    let other = shapes.iter().find_map(|(name, shape)| match shape {
        Shape::Other(what, help) => Some((name, what, help)),
        _ => None,
    });
    if let Some((name, what, help)) = other {
        let message = format!("this is {what}, which is not imported");
        let refusal = none(At::file(name), message);
        return if help.is_empty() {
            refusal
        } else {
            refusal.help(*help)
        };
    }
    let refusal = none(one.at.clone(), "its format cannot be recognised");
    let within: Vec<String> = (shapes.iter())
        .filter_map(|(name, _)| name.strip_prefix(&*one.at.file))
        .map(|name| annals_finding::shown(name.trim_start_matches([':', ' ', '/'])))
        .filter(|name| !name.is_empty())
        .take(3)
        .collect();
    match (within.len(), shapes.len()) {
        (0, _) => refusal,
        (few, all) if few == all => refusal.note(format!("it has {}", within.join(", "))),
        (_, all) => refusal.note(format!("it has {all} files, such as {}", within.join(", "))),
    }
}

fn article(format: &str) -> String {
    match format {
        "table" => "a table".to_owned(),
        other => other.to_owned(),
    }
}

fn none(at: At, message: impl Into<String>) -> SourceError {
    let names: Vec<&str> = IMPORTERS.iter().map(|one| one.name).collect();
    let note = format!("there are {}", names.join(", "));
    SourceError::syntax(at, message)
        .note(note)
        .help("if it is one of these formats, say which: annals import FORMAT FILE")
}

/// Adds to the refusal of a format what the source looks like, where that is another one.
pub(crate) fn advised(
    importer: &Importer,
    sources: &[Source],
    mut refusal: SourceError,
) -> SourceError {
    if refusal.kind != SourceErrorKind::Syntax || refusal.help.is_some() {
        return refusal;
    }
    let file = Arc::clone(&refusal.at.file);
    let Some(source) = sources
        .iter()
        .find(|source| file.starts_with(&*source.name))
    else {
        return refusal;
    };
    let shapes = shapes(source).unwrap_or_default();
    let is_same = |shape: &Shape| *shape == Shape::Format(importer.name);
    if shapes.iter().any(|(_, shape)| is_same(shape)) {
        return refusal;
    }
    let shape = shapes
        .into_iter()
        .find(|(name, _)| *name == file || *name == source.name);
    match shape {
        Some((_, Shape::Format(format))) => {
            // A name that is shown cut off is none to copy.
            let name = annals_finding::shown(&source.name);
            let name = if *name == *source.name { &name } else { "FILE" };
            let help = format!("it looks like {format}: annals import {format} {name}");
            refusal.help = Some(help);
        }
        Some((_, Shape::Other(what, help))) => {
            refusal = refusal.note(format!("it looks like {what}, which is not imported"));
            if !help.is_empty() {
                refusal.help = Some(help.to_owned());
            }
        }
        _ => {}
    }
    refusal
}

/// What a source looks like; of an archive, each of its files.
fn shapes(source: &Source) -> Result<Shapes, SourceError> {
    let limits = Limits::default();
    let mut all = Vec::new();
    let mut packed = false;
    each_input(source, &limits, |_| true, &mut |input| {
        let (name, own) = (Arc::clone(&input.name), input.own_name.clone());
        let head = head(input.reader, &input_at(&name))?;
        packed |= head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06");
        all.push((name, of(&own, &head)));
        Ok(())
    })?;
    if !packed || book::is_book(&source.ending()) || source.ending() == "zip" {
        return Ok(all);
    }
    all.clear();
    each_member(source, &limits, |_| true, &mut |input| {
        if all.len() < MOST_FILES {
            let (name, own) = (Arc::clone(&input.name), input.own_name.clone());
            let head = head(input.reader, &input_at(&name))?;
            all.push((name, of(&own, &head)));
        }
        Ok(())
    })?;
    // What the archive is as a whole says more than what it holds.
    if let Some(shape) = text::by_ending(&source.ending()) {
        all.push((Arc::clone(&source.name), shape));
    }
    Ok(all)
}

fn input_at(name: &Arc<str>) -> At {
    At::file(name)
}

fn head(mut reader: Box<dyn Read + '_>, at: &At) -> Result<Vec<u8>, SourceError> {
    let mut head = Vec::new();
    (&mut reader)
        .take(HEAD)
        .read_to_end(&mut head)
        .map_err(|error| SourceError::of_io(error, at))?;
    Ok(head)
}

/// What the beginning of a file looks like.
fn of(name: &str, head: &[u8]) -> Shape {
    let ending = annals_source::ending(name);
    if let Some(shape) = binary(&ending, head) {
        return shape;
    }
    let text = decoded(head);
    let whole = (head.len() as u64) < HEAD;
    if text.trim().is_empty() {
        return by_ending_alone(&ending);
    }
    let shape = match text.trim_start().bytes().next() {
        Some(b'{' | b'[') => {
            json::shape(&text, whole).unwrap_or_else(|| text::shape(&text, &ending))
        }
        _ => text::shape(&text, &ending),
    };
    match shape {
        Shape::Unknown | Shape::Prose => text::by_ending(&ending)
            .or_else(|| Some(by_ending_alone(&ending)).filter(|one| *one != Shape::Unknown))
            .unwrap_or(shape),
        shape => shape,
    }
}

/// What is told by its first bytes.
fn binary(ending: &str, head: &[u8]) -> Option<Shape> {
    let has = |word: &[u8]| memchr::memmem::find(head, word).is_some();
    if head.starts_with(b"SQLite format 3\0") {
        let is_dna = ending == "dna" || (has(b"STATEMENTS") && has(b"SETTINGS"));
        return Some(if is_dna {
            Shape::Format("dna")
        } else {
            let help = "annals import dna FILE reads those of Discourse Network Analyzer";
            Shape::Other("an SQLite database", help)
        });
    }
    if head.starts_with(b"PK\x03\x04") {
        return Some(if book::is_book(ending) {
            Shape::Format("table")
        } else {
            text::by_ending(ending).unwrap_or(Shape::Unknown)
        });
    }
    let known: [(&[u8], &str, &str); 5] = [
        (
            b"%PDF",
            "a PDF",
            "annals reads plain text; take it out of the PDF first",
        ),
        (
            b"\xD0\xCF\x11\xE0",
            "an older Office file",
            "save it as .xlsx, .ods or .csv",
        ),
        (b"\x89PNG", "a picture", ""),
        (b"\xFF\xD8\xFF", "a picture", ""),
        (b"GIF8", "a picture", ""),
    ];
    let known = known
        .into_iter()
        .find(|(magic, ..)| head.starts_with(magic));
    known.map(|(_, what, help)| Shape::Other(what, help))
}

/// The text of a head, which may be cut within a letter.
fn decoded(head: &[u8]) -> String {
    let at = At::file(&"".into());
    let mut text = Vec::new();
    let reader = TextReader::new(Box::new(Cursor::new(head.to_vec())), at, None);
    match reader {
        // What was read before a fault stays.
        Ok(mut reader) => {
            let _ = reader.read_to_end(&mut text);
        }
        Err(_) => text = head.to_vec(),
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// What a file without a word is called after.
fn by_ending_alone(ending: &str) -> Shape {
    let mut of = IMPORTERS
        .iter()
        .filter(|importer| importer.extensions.contains(&ending));
    match (of.next(), of.next()) {
        (Some(only), None) => Shape::Format(only.name),
        _ => Shape::Unknown,
    }
}

#[cfg(test)]
mod tests;
