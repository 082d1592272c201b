//! A small dossier with a text, and how a browser chooses words of it.

use std::fs;
use std::path::Path;

use super::client::{Answer, Server};

pub(super) const FACTS: &str = "annals: 1

documents:
- {id: minutes, title: Minutes, published: 2021-10-02, text: minutes.txt}  # kept

actors:
- {id: kallis, name: Dimitra Kallis, kind: person, aliases: [MS KALLIS]}
- {id: hrynko, name: Oleksandr Hrynko, kind: person, aliases: [MR HRYNKO]}

topics:
- {id: dredging, label: The dredging}

claims:
- {id: first, speaker: kallis, about: dredging, quote: The clay is moved, said: 2021-09-30, evidence: {document: minutes, quote: The clay is moved}}
";

pub(super) const TEXT: &str = "MS KALLIS: The clay is moved. It was done on time.\n\nMR HRYNKO: The cranes will stand still.\nNobody asked us.\n";

/// A small dossier of one's own.
pub(super) fn dossier() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("facts.yaml"), FACTS).unwrap();
    fs::write(folder.path().join("minutes.txt"), TEXT).unwrap();
    folder
}

pub(super) fn facts(folder: &Path) -> String {
    fs::read_to_string(folder.join("facts.yaml")).unwrap()
}

/// All files of a folder, hidden ones too, with what is in them.
pub(super) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(one).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.push((path.display().to_string(), fs::read(&path).unwrap()));
            }
        }
    }
    all.sort();
    all
}

pub(super) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// Sends a form with its token.
pub(super) fn send(server: &Server, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = server.token();
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    let body: Vec<String> = pairs.chain([format!("token={token}")]).collect();
    server.post(path, &body.join("&"))
}

/// Where words stand in the text, as an address chooses them.
pub(super) fn chosen(words: &str) -> String {
    let at = TEXT.find(words).unwrap();
    let from = TEXT[..at].chars().count();
    format!(
        "/texts/minutes?from={from}&to={}",
        from + words.chars().count()
    )
}
