//! Receipts: the question, the sums of all files, and the passages that an answer rests on. Whoever has
//! the files can see that nothing has changed ([`verify`](super::verify)).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::data::Data;
use super::{Store, StoreError};
use annals_evidence::{Level, Span};
use annals_model::{DocumentId, FileId, FileKind, RecordRef};
use annals_query::Query;

/// The name and version of the format.
pub(crate) const RECEIPT: &str = "annals.receipt/1";

/// What an answer was given to, and what it rests on. The same facts, texts and question give the same
/// receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// `RECEIPT`.
    pub schema: String,
    /// The version of Annals that gave the answer.
    pub version: String,
    /// The question.
    pub question: Asked,
    /// The files that were read.
    pub files: Vec<ReceiptFile>,
    /// The passages behind the records of the answer.
    pub passages: Vec<ReceiptPassage>,
}

/// A question as it was given to the command line, without where its answer went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The command.
    pub command: String,
    /// Its arguments, without the facts.
    pub arguments: Vec<String>,
    /// Its options, by their long names; a switch has no values.
    pub options: BTreeMap<String, Vec<String>>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptFile {
    /// Facts, or the text of documents.
    pub kind: ReceiptKind,
    /// Its path from the folder of the receipt; of a file in a snapshot, its path when that was built;
    /// `None` for standard input.
    pub file: Option<String>,
    /// The snapshot that keeps it, as a path from the folder of the receipt.
    pub snapshot: Option<String>,
    /// The documents whose text it is.
    pub documents: Vec<String>,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReceiptKind {
    /// Records.
    Facts,
    /// The text of documents.
    Text,
}

/// A passage behind a record of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptPassage {
    /// The record that rests on it.
    pub record: String,
    /// The document.
    pub document: Option<String>,
    /// The file of its text, as in `files`; `None` where the text was not there.
    pub file: Option<String>,
    /// Where it stood: code points of the text, with the end excluded.
    pub spans: Vec<Span>,
    /// The words at each span.
    pub words: Vec<String>,
    /// How the quote stood in the text; `None` where it was not compared.
    pub verified: Option<Level>,
}

impl Receipt {
    /// The receipt of an answer that was given to two dossiers: the files and passages of both.
    #[must_use]
    pub fn and(mut self, other: Receipt) -> Receipt {
        for file in other.files {
            if !self.files.contains(&file) {
                self.files.push(file);
            }
        }
        for passage in other.passages {
            if !self.passages.contains(&passage) {
                self.passages.push(passage);
            }
        }
        self
    }
}

impl Store {
    /// The receipt of an answer, to be kept in a folder: of the records with these ids, or without
    /// them of the claims that the query selects. All facts are read.
    ///
    /// # Errors
    /// If the facts cannot be read, or changed while they were.
    pub fn receipt(
        &self,
        asked: &Asked,
        records: &BTreeSet<String>,
        query: Option<&Query>,
        folder: &Path,
    ) -> Result<Receipt, StoreError> {
        let data = self.backend.all()?;
        let facts = data.facts();
        let mut ids = records.clone();
        if let Some(query) = query {
            ids.extend(self.claims(query)?.iter().map(|claim| claim.id));
        }
        let home = canonical(folder);
        let files = self.receipt_files(&data, &home)?;
        let named = ids.iter().filter_map(|id| facts.find(id));
        let mut passages = Vec::new();
        for record in named {
            passages.extend(passages_of(&data, record, &files));
        }
        Ok(Receipt {
            schema: RECEIPT.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            question: asked.clone(),
            files: files.into_iter().map(|(_, file)| file).collect(),
            passages,
        })
    }

    /// The files that were read: facts in the order in which they were read, then texts by path.
    fn receipt_files(
        &self,
        data: &Data,
        home: &Path,
    ) -> Result<Vec<(FileId, ReceiptFile)>, StoreError> {
        let (facts, loaded) = (data.facts(), &data.loaded);
        let kept = self.kept_in_snapshots(home)?;
        let gone = |name: &str| {
            let name = annals_finding::shown(name);
            StoreError::Unreadable(format!("{name} cannot be read any more"))
        };
        let mut files = Vec::new();
        for (nth, file) in facts.files.iter().enumerate() {
            if file.kind == FileKind::Text {
                continue;
            }
            let id = FileId(nth as u32);
            let sum = loaded.sources.sha256(id).ok_or_else(|| gone(&file.name))?;
            let snapshot = (loaded.sources.is_embedded(id))
                .then(|| kept.get(&file.name).cloned())
                .flatten();
            let name = match &snapshot {
                Some(_) => Some(file.name.clone()),
                None => (file.name != "-").then(|| relative(home, Path::new(&file.name))),
            };
            files.push((
                id,
                ReceiptFile {
                    kind: ReceiptKind::Facts,
                    file: name,
                    snapshot,
                    documents: Vec::new(),
                    sha256: sum,
                },
            ));
        }
        files.extend(texts(data, home, &files));
        if self.backend.has_changed() {
            return Err(StoreError::Unreadable(
                "the files changed while they were read; ask again".to_owned(),
            ));
        }
        Ok(files)
    }

    /// The snapshots among the facts, from a folder, by the names of the files that they keep.
    #[cfg_attr(
        not(feature = "snapshot"),
        expect(
            clippy::unused_self,
            clippy::unnecessary_wraps,
            reason = "without the feature there are no snapshots"
        )
    )]
    fn kept_in_snapshots(&self, home: &Path) -> Result<BTreeMap<String, String>, StoreError> {
        let mut kept = BTreeMap::new();
        #[cfg(feature = "snapshot")]
        for path in &self.backend.named {
            if annals_snapshot::is_snapshot(path) {
                let snapshot = annals_snapshot::Snapshot::open(path)?;
                for source in snapshot.sources() {
                    if let annals_load::Source::Embedded(file) = source {
                        kept.insert(file.name, relative(home, path));
                    }
                }
            }
        }
        let _ = (home, &mut kept);
        Ok(kept)
    }
}

/// The texts of documents, each file once.
fn texts(
    data: &Data,
    home: &Path,
    facts_files: &[(FileId, ReceiptFile)],
) -> Vec<(FileId, ReceiptFile)> {
    let (facts, loaded) = (data.facts(), &data.loaded);
    let mut by_name: BTreeMap<(Option<String>, String), (FileId, ReceiptFile)> = BTreeMap::new();
    for id in facts.documents.handles() {
        let Some((file, sum)) =
            (loaded.texts.get(id).map(|(file, _)| file)).zip(loaded.texts.sha256(id))
        else {
            continue;
        };
        let origin = facts[id].common.origin.file();
        let snapshot = (loaded.texts.is_embedded(id))
            .then(|| facts_files.iter().find(|(one, _)| *one == origin))
            .flatten()
            .and_then(|(_, file)| file.snapshot.clone());
        let name = facts.file(file).name.clone();
        let name = match &snapshot {
            Some(_) => name,
            None => relative(home, Path::new(&name)),
        };
        let entry = by_name.entry((snapshot.clone(), name.clone()));
        let (_, kept) = entry.or_insert_with(|| {
            let made = ReceiptFile {
                kind: ReceiptKind::Text,
                file: Some(name),
                snapshot,
                documents: Vec::new(),
                sha256: sum.to_owned(),
            };
            (file, made)
        });
        kept.documents.push(facts.id(id).to_owned());
    }
    by_name.into_values().collect()
}

/// The passages of a record.
fn passages_of(
    data: &Data,
    record: RecordRef,
    files: &[(FileId, ReceiptFile)],
) -> Vec<ReceiptPassage> {
    let (facts, loaded) = (data.facts(), &data.loaded);
    let file_of = |document: DocumentId| {
        let id = facts.id(document);
        let texts = files
            .iter()
            .filter(|(_, file)| file.kind == ReceiptKind::Text);
        let mut named = texts.filter(|(_, file)| file.documents.iter().any(|one| one == id));
        named.next().and_then(|(_, file)| file.file.clone())
    };
    let each = facts.evidence(record).iter().map(|evidence| {
        let text = evidence
            .document
            .and_then(|document| loaded.texts.get(document));
        let spans = facts.list(evidence.found);
        let words = spans.iter().filter_map(|span| {
            let (_, text) = text?;
            text.slice(*span).map(str::to_owned)
        });
        let words: Vec<String> = words.collect();
        let spans = if words.len() == spans.len() {
            spans
        } else {
            &[]
        };
        ReceiptPassage {
            record: facts.id(record).to_owned(),
            document: evidence.document.map(|id| facts.id(id).to_owned()),
            file: evidence.document.and_then(file_of),
            words: if spans.is_empty() { Vec::new() } else { words },
            spans: spans.to_vec(),
            verified: evidence.verified,
        }
    });
    each.collect()
}

/// A path without links, as far as it is there.
pub(crate) fn canonical(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.canonicalize().unwrap_or(absolute)
}

/// A path as it is found from a folder, with `/` in it.
fn relative(home: &Path, path: &Path) -> String {
    let path = canonical(path);
    let own: Vec<Component<'_>> = home.components().collect();
    let other: Vec<Component<'_>> = path.components().collect();
    let common = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let is_prefixed = matches!(other.first(), Some(Component::Prefix(_)));
    if common == 0 && is_prefixed {
        // Another drive.
        return path.to_string_lossy().replace('\\', "/");
    }
    let up = own[common..].iter().map(|_| "..".to_owned());
    let down = other[common..].iter();
    let down = down.map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}
