//! The texts to draft: files, standard input, or documents of the dossier.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::asked::{Args, unreadable};
use super::known::Ground;
use crate::Failure;
use annals_draft::Source;
use annals_evidence::Text;
use annals_finding::shown_path;

/// The longest text that is read, in bytes.
const LONGEST: u64 = 256 << 20;

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
}

/// All texts, in the order given.
pub(super) fn all(args: &Args, ground: &Ground) -> Result<Vec<Input>, Failure> {
    args.texts.iter().map(|path| one(path, ground)).collect()
}

fn one(path: &Path, ground: &Ground) -> Result<Input, Failure> {
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
    ground: &Ground,
) -> Result<Input, Failure> {
    if bytes.len() as u64 > LONGEST {
        return Err(unread(shown, "it is longer than 256 MB"));
    }
    for (begin, what) in [
        (&b"%PDF"[..], "PDF"),
        (b"PK\x03\x04", "a zipped document, such as DOCX"),
    ] {
        if bytes.starts_with(begin) {
            let words = format!("it is {what}, not plain text or HTML; save it as text first");
            return Err(unread(shown, &words));
        }
    }
    let sum = sum_of(&bytes);
    let text = String::from_utf8(bytes).map_err(|_| unread(shown, "it is not UTF-8"))?;
    if let Some(document) = ground
        .documents
        .iter()
        .find(|document| document.sha256.as_deref() == Some(&sum))
    {
        return Ok(known(document, shown, Arc::new(Text::new(text))));
    }
    let html = annals_draft::is_html(&text);
    let text = if html {
        annals_draft::text_of_html(&text)
    } else {
        text
    };
    let sum = if html { sum_of(text.as_bytes()) } else { sum };
    let title = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or(stem);
    let title: String = title
        .trim()
        .trim_start_matches('\u{feff}')
        .chars()
        .take(100)
        .collect();
    let id = annals_draft::id_of(stem);
    Ok(Input {
        shown: shown.to_owned(),
        name: stem.to_owned(),
        source: Source {
            id,
            known: false,
            title,
            text: path
                .filter(|_| !html)
                .map(|path| path.to_string_lossy().into_owned())
                .or_else(|| html.then(|| format!("{stem}.txt"))),
            sha256: Some(sum),
            published: None,
        },
        text: Arc::new(Text::new(text)),
        language: None,
        extracted: html,
    })
}

/// The text of a document of the dossier, by its id.
fn of_document(path: &Path, ground: &Ground) -> Result<Input, Failure> {
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
    Ok(known(document, &document.id, Arc::clone(text)))
}

fn known(document: &annals_store::DocumentText, shown: &str, text: Arc<Text>) -> Input {
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
