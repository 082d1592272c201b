//! DOCX: the paragraphs of a Word document, with its footnotes, its endnotes, and the pages on which Word
//! last showed them.

mod labels;
mod story;

use std::collections::BTreeMap;

use annals_source::xml::{Piece, Xml, decode};
use annals_source::{At, Limits, Source, SourceError, each_member};

use crate::document::{Format, PlainText, day, empty, no_text, title};
use crate::pages::{Page, pages};
use crate::paragraphs::Paragraphs;
use story::{Notes, Story};

/// Limits on the archive: no text is longer than this.
const LIMITS: Limits = Limits {
    streamed: 256 << 20,
    held: 256 << 20,
    ratio: 200,
    free: 16 << 20,
    members: 10_000,
};

/// Reads a Word document.
pub(crate) fn read(name: &str, bytes: Vec<u8>, at: &At) -> Result<PlainText, SourceError> {
    let parts = parts(name, bytes)?;
    let main = main_part(&parts, at)?;
    let Some(document) = parts.get(&main) else {
        return Err(SourceError::syntax(
            at.clone(),
            "this is no Word document: the archive has no word/document.xml",
        )
        .help("plain text, HTML, DOCX and PDF are read"));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| parts.get(&format!("{folder}/{name}"));
    let notes_of = |name: &str| match beside(name) {
        Some(part) => Notes::read(part, &At::file(&part_name(at, folder, name))),
        None => Ok(Notes::default()),
    };
    let (footnotes, endnotes) = (notes_of("footnotes.xml")?, notes_of("endnotes.xml")?);
    let story = Story::read(document, &At::file(&part_name(at, "", &main)), &footnotes)?;
    let mut text = Paragraphs::default();
    for paragraph in &story.paragraphs {
        text.push(paragraph);
    }
    for paragraph in endnotes.all() {
        text.push(paragraph);
    }
    let text = text.finish();
    if text.trim().is_empty() {
        return Err(no_text(at, ""));
    }
    let own = parts
        .get("docProps/core.xml")
        .map(|part| Properties::read(part, at));
    let own = own.transpose()?.unwrap_or_default();
    Ok(PlainText {
        pages: page_starts(&text, &story),
        text,
        title: own.title.or(story.title.clone()),
        created: own.created,
        language: own.language,
        notes: left_out(&parts, folder, &story)?,
        ..empty(Format::Docx)
    })
}

/// The pages of the text, if Word noted where they end.
fn page_starts(text: &str, story: &Story) -> Vec<Page> {
    let starts = pages(text);
    let labels = labels::labels(starts.len(), &story.sections);
    let labelled = starts.into_iter().zip(labels);
    labelled
        .map(|(page, label)| Page { label, ..page })
        .collect()
}

/// What is in the document, and not in the text.
fn left_out(parts: &Parts, folder: &str, story: &Story) -> Result<Vec<String>, SourceError> {
    let mut notes = Vec::new();
    if story.changes {
        notes.push("changes that are tracked are read as if all were accepted".to_owned());
    }
    let comments = parts.get(&format!("{folder}/comments.xml"));
    let comments = comments.map_or(0, |part| {
        part.windows(11)
            .filter(|begin| begin == b"<w:comment ")
            .count()
    });
    if comments > 0 {
        let word = if comments == 1 { "comment" } else { "comments" };
        notes.push(format!("left out: {comments} {word}"));
    }
    let headers = parts.iter().filter(|(name, _)| {
        let name = name.rsplit('/').next().unwrap_or(name);
        name.starts_with("header") || name.starts_with("footer")
    });
    let mut words = 0;
    for (name, part) in headers {
        let story = Story::read(part, &At::file(&name.as_str().into()), &Notes::default())?;
        let of = |paragraph: &String| paragraph.split_whitespace().count();
        words += story.paragraphs.iter().map(of).sum::<usize>();
    }
    if words > 0 {
        let word = if words == 1 { "word" } else { "words" };
        notes.push(format!(
            "left out: {words} {word} of page headers and footers"
        ));
    }
    Ok(notes)
}

/// The parts of the archive that are read.
type Parts = BTreeMap<String, Vec<u8>>;

fn parts(name: &str, bytes: Vec<u8>) -> Result<Parts, SourceError> {
    let source = Source::memory(name, bytes);
    let mut parts = Parts::new();
    let mut total = 0;
    let wanted = |path: &str| {
        let last = path.rsplit('/').next().unwrap_or(path);
        let of_word = annals_source::ends_in(path, &["xml"])
            && [
                "document",
                "footnotes",
                "endnotes",
                "comments.",
                "header",
                "footer",
            ]
            .iter()
            .any(|begin| last.starts_with(begin));
        of_word || matches!(path, "_rels/.rels" | "docProps/core.xml")
    };
    each_member(&source, &LIMITS, wanted, &mut |input| {
        let (path, at) = (input.path.clone(), input.at());
        let part = input.bytes()?;
        total += part.len() as u64;
        if total > LIMITS.held {
            return Err(SourceError::limit(
                at,
                "it unpacks to more than 256 MiB, which is the limit",
            ));
        }
        parts.insert(path, part);
        Ok(())
    })?;
    Ok(parts)
}

/// The part with the text, which the archive names.
fn main_part(parts: &Parts, at: &At) -> Result<String, SourceError> {
    let usual = || "word/document.xml".to_owned();
    let Some(part) = parts.get("_rels/.rels") else {
        return Ok(usual());
    };
    let decoded = decode(part, at, None)?;
    let mut xml = Xml::new(&decoded.text, &part_name(at, "_rels", ".rels"));
    while let Some(piece) = xml.next()? {
        if let Piece::Start(element) = piece
            && element
                .attribute("Type")
                .is_some_and(|kind| kind.ends_with("/officeDocument"))
            && let Some(target) = element.attribute("Target")
        {
            return Ok(target.trim_start_matches('/').to_owned());
        }
    }
    Ok(usual())
}

fn part_name(at: &At, folder: &str, name: &str) -> std::sync::Arc<str> {
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{}: {folder}{slash}{name}", at.file).into()
}

/// What a document says of itself.
#[derive(Debug, Default)]
struct Properties {
    title: Option<String>,
    created: Option<String>,
    language: Option<String>,
}

impl Properties {
    fn read(part: &[u8], at: &At) -> Result<Self, SourceError> {
        let decoded = decode(part, at, None)?;
        let mut xml = Xml::new(&decoded.text, &part_name(at, "docProps", "core.xml"));
        let mut found = Properties::default();
        let mut element = String::new();
        let mut held = String::new();
        while let Some(piece) = xml.next()? {
            match piece {
                Piece::Start(start) => {
                    start.local().clone_into(&mut element);
                    held.clear();
                }
                Piece::Text(text) => held.push_str(&text),
                Piece::End(_) => {
                    match element.as_str() {
                        "title" => found.title = title(&held),
                        "created" => found.created = day(&held),
                        "language" if !held.trim().is_empty() => {
                            found.language = Some(held.trim().to_owned());
                        }
                        _ => {}
                    }
                    element.clear();
                }
            }
        }
        Ok(found)
    }
}
