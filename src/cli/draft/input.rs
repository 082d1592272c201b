//! The texts to draft: files, standard input, or documents of the dossier.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::asked::{Args, unreadable};
use super::dossier::Dossier;
use crate::Failure;
use annals_draft::Source;
use annals_evidence::Text;
use annals_finding::shown_path;
use annals_plain_text::Page;

/// The largest file that is read, in bytes.
const LONGEST: u64 = annals_plain_text::LARGEST as u64;

/// A text to draft.
pub(super) struct Input {
    /// How it was named.
    pub(super) shown: String,
    /// The name of its draft, without an ending.
    pub(super) name: String,
    pub(super) text: Arc<Text>,
    pub(super) source: Source,
    pub(super) language: Option<String>,
    /// Whether the text was taken out of another format, so that it has to be written too.
    pub(super) extracted: bool,
    /// The pages of the text.
    pub(super) pages: Vec<Page>,
    /// What the user should know of the file.
    pub(super) notes: Vec<String>,
}

/// All texts, in the order given.
pub(super) fn all(args: &Args, ground: &Dossier) -> Result<Vec<Input>, Failure> {
    args.texts.iter().map(|path| one(path, ground)).collect()
}

fn one(path: &Path, ground: &Dossier) -> Result<Input, Failure> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin()
            .lock()
            .take(LONGEST + 1)
            .read_to_end(&mut bytes);
        read.map_err(|error| Failure::io("standard input", &error))?;
        return of_bytes(bytes, "standard input", "draft", None, ground);
    }
    if !path.exists() {
        return of_document(path, ground);
    }
    let bytes = annals_files::read(path, LONGEST).map_err(|error| unreadable(path, &error))?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    of_bytes(bytes, &shown_path(path), &stem, Some(path), ground)
}

/// A text of a file: that of a document of the dossier, if one has this very text.
fn of_bytes(
    bytes: Vec<u8>,
    shown: &str,
    stem: &str,
    path: Option<&Path>,
    ground: &Dossier,
) -> Result<Input, Failure> {
    // The ending tells what the first bytes may not.
    let name = path.map_or_else(|| shown.to_owned(), shown_path);
    let read =
        annals_plain_text::read(&name, bytes).map_err(|error| unread(shown, &words(&error)))?;
    let sum = sum_of(read.text.as_bytes());
    if let Some(document) = ground
        .documents
        .iter()
        .find(|document| document.sha256.as_deref() == Some(&sum))
    {
        return Ok(known(
            document,
            shown,
            Arc::new(Text::new(read.text)),
            read.pages,
        ));
    }
    let first_line = || {
        let line = read.text.lines().find(|line| !line.trim().is_empty());
        let line = line.unwrap_or(stem).trim().trim_start_matches('\u{feff}');
        line.chars().take(100).collect()
    };
    let mut notes = read.notes;
    if let (Some(day), None) = (&read.created, &read.published) {
        notes.push(format!(
            "the file was made on {day}; give --date {day} if it was published then"
        ));
    }
    Ok(Input {
        shown: shown.to_owned(),
        name: stem.to_owned(),
        source: Source {
            id: annals_draft::id_of(stem),
            known: false,
            title: read.title.clone().unwrap_or_else(first_line),
            text: path
                .filter(|_| read.is_file)
                .map(|path| path.to_string_lossy().into_owned())
                .or_else(|| (!read.is_file).then(|| format!("{stem}.txt"))),
            sha256: Some(sum),
            published: read.published,
        },
        text: Arc::new(Text::new(read.text)),
        language: None,
        extracted: !read.is_file,
        pages: read.pages,
        notes,
    })
}

/// An error of a file in words: what is wrong, and what to do.
fn words(error: &annals_source::SourceError) -> String {
    match &error.help {
        Some(help) => format!("{}\n  help: {help}", error.message),
        None => error.message.clone(),
    }
}

/// The text of a document of the dossier, by its id.
fn of_document(path: &Path, ground: &Dossier) -> Result<Input, Failure> {
    let id = path.to_string_lossy();
    let Some(document) = ground.documents.iter().find(|document| document.id == id) else {
        return Err(unread(
            &shown_path(path),
            "there is no such file, and no document of this id",
        ));
    };
    let Some(text) = &document.text else {
        return Err(unread(
            &shown_path(path),
            "the text of this document is missing (use --texts DIR)",
        ));
    };
    let pages = annals_plain_text::pages(text.as_str());
    Ok(known(document, &document.id, Arc::clone(text), pages))
}

fn known(
    document: &annals_store::DocumentText,
    shown: &str,
    text: Arc<Text>,
    pages: Vec<Page>,
) -> Input {
    Input {
        shown: shown.to_owned(),
        name: document.id.clone(),
        text,
        source: Source {
            id: document.id.clone(),
            known: true,
            published: document.published.clone(),
            ..Source::default()
        },
        language: document.language.clone(),
        extracted: false,
        pages,
        notes: Vec::new(),
    }
}

fn unread(shown: &str, why: &str) -> Failure {
    Failure {
        message: Some(format!("{shown}: {why}")),
        exit: crate::Exit::Unreadable,
    }
}

fn sum_of(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
