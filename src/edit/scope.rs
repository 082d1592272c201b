//! Which files may be written, and which of them a new record goes to.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::canonical;
use crate::refusal::Refusal;
use annals_load::LoadResult;
use annals_model::{
    DocumentId, FileId, FileKind, OwnWords, RecordKind, RecordRef, Vocabulary as _,
};

/// The file that is made where no other rule says which file a new record goes to.
pub const NEW_FILE: &str = "explorer.yaml";

/// The files that may be written.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The files and folders that were named: nothing outside them is written.
    pub named: Vec<PathBuf>,
    /// The file to which new records go that nothing else gives a place.
    pub write: Option<PathBuf>,
    /// Files that are never written, such as those that an import renews.
    pub leave: Vec<PathBuf>,
    /// Words of the user's own.
    pub own_words: OwnWords,
}

impl Scope {
    /// The real path of a file that may be written, whether it is there or not.
    ///
    /// # Errors
    /// If it lies outside what was named, leads out by a link, or is to be left.
    pub(crate) fn writable(&self, path: &Path) -> Result<PathBuf, Refusal> {
        let name = shown(path);
        let refused = |why: &str| Err(Refusal::file(&name, why));
        let Some(real) = real(path) else {
            return refused("the folder in which it would be is not there");
        };
        if self.is_hidden(path) {
            return refused("it is hidden, and is not read with its folder");
        }
        let within = self.named.iter().any(|one| {
            let Ok(named) = one.canonicalize() else {
                return false;
            };
            real == named || named.is_dir() && real.starts_with(&named)
        });
        if !within {
            return refused("it lies outside the files and folders that were named");
        }
        let left = self.leave.iter().any(|one| {
            let one = self::real(one).unwrap_or_else(|| one.clone());
            real.starts_with(&one)
        });
        if left {
            return refused("[serve] leave in annals.toml says that it is not written");
        }
        Ok(real)
    }

    /// Whether a path leads through something hidden below what was named.
    fn is_hidden(&self, path: &Path) -> bool {
        let mut rests = self
            .named
            .iter()
            .filter_map(|named| path.strip_prefix(named).ok());
        let rest = rests.next().or(path.file_name().map(Path::new));
        let mut parts = rest.into_iter().flat_map(Path::components);
        parts.any(|part| match part {
            std::path::Component::Normal(name) => name.to_string_lossy().starts_with('.'),
            _ => false,
        })
    }

    /// The folder in which the dossier keeps what is no facts: drafts, the journal.
    pub fn home(&self) -> PathBuf {
        let first = self.named.first().map_or(Path::new("."), PathBuf::as_path);
        let folder = if first.is_dir() {
            first
        } else {
            let parent = first
                .parent()
                .filter(|parent| !parent.as_os_str().is_empty());
            parent.unwrap_or(Path::new("."))
        };
        folder.join(".annals")
    }

    /// A real path as it would be shown had it been read with the folder that was named.
    pub(crate) fn shown_below(&self, real: &Path) -> String {
        let below = self.named.iter().find_map(|named| {
            let rest = real.strip_prefix(named.canonicalize().ok()?).ok()?;
            (!rest.as_os_str().is_empty()).then(|| named.join(rest))
        });
        shown(below.as_deref().unwrap_or(real))
    }

    /// The first folder that was named.
    fn folder(&self) -> Option<&PathBuf> {
        self.named.iter().find(|one| one.is_dir())
    }
}

/// The real path of a file, which need not be there.
fn real(path: &Path) -> Option<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Some(real);
    }
    // A link that leads nowhere is no new file.
    if path.symlink_metadata().is_ok() {
        return None;
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
    Some(folder.join(path.file_name()?))
}

/// A path as messages show it.
pub(crate) fn shown(path: &Path) -> String {
    let name = path.to_string_lossy().replace('\\', "/");
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}

/// Where a new record goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The file, as messages show it.
    pub file: String,
    /// Where it lies, or will lie.
    pub path: PathBuf,
    /// The record after which it stands; without one, the last of its kind.
    pub after: Option<String>,
    /// Why there.
    pub why: String,
}

/// The places that new records can have.
pub(crate) struct Places<'d> {
    pub(crate) loaded: &'d LoadResult,
    pub(crate) scope: &'d Scope,
}

impl Places<'_> {
    /// Where a new record goes.
    pub(crate) fn destination(
        &self,
        kind: RecordKind,
        fields: &Map<String, Value>,
    ) -> Result<Destination, Refusal> {
        let passage = self.passage(fields);
        if let Some((document, start)) = passage {
            let facts = &self.loaded.facts;
            let title = || annals_finding::shown(facts.id(document));
            if let Some(start) = start
                && let Some(before) = self.before(kind, document, start)
            {
                let file = facts.common(before).origin.file();
                let why = format!(
                    "after {}, the passage before it in {}",
                    facts.id(before),
                    title()
                );
                return Ok(self.at(file, Some(facts.id(before).to_owned()), why));
            }
            let file = facts.common(document).origin.file();
            if self.may_write(file, kind) {
                let why = format!("in the file that has the document {}", title());
                return Ok(self.at(file, None, why));
            }
        }
        if let Some(write) = &self.scope.write {
            let path = self.scope.writable(write)?;
            return Ok(Destination {
                file: self
                    .name_of(&path)
                    .unwrap_or_else(|| self.scope.shown_below(&path)),
                path: write.clone(),
                after: None,
                why: "in the file that [serve] write in annals.toml names".to_owned(),
            });
        }
        let of_text = matches!(
            kind,
            RecordKind::Claim | RecordKind::Event | RecordKind::Relation
        );
        if let Some((file, why)) = self.usual(kind).filter(|_| !of_text || passage.is_none()) {
            return Ok(self.at(file, None, why));
        }
        let Some(folder) = self.scope.folder() else {
            return Err(self.nowhere());
        };
        let path = folder.join(NEW_FILE);
        self.scope.writable(&path)?;
        Ok(Destination {
            file: shown(&path),
            path,
            after: None,
            why: "in a new file, since no other has a place for it".to_owned(),
        })
    }

    fn nowhere(&self) -> Refusal {
        let named = self
            .scope
            .named
            .first()
            .map_or_else(String::new, |path| shown(path));
        Refusal::file(
            &named,
            "nothing can be written there; name the folder, or a file in YAML, JSON, JSON Lines or CSV",
        )
    }

    /// The document that the record rests on, and where its passage begins.
    fn passage(&self, fields: &Map<String, Value>) -> Option<(DocumentId, Option<u32>)> {
        let evidence = canonical::items(fields.get("evidence")?).first()?;
        let id = match evidence {
            Value::Object(parts) => parts.get("document")?.as_str()?,
            _ => evidence.as_str()?,
        };
        let Some(RecordRef::Document(document)) = self.loaded.facts.find(id) else {
            return None;
        };
        let start = evidence["spans"][0][0].as_u64();
        let start = start.and_then(|start| u32::try_from(start).ok());
        let found = || {
            let quote = evidence["quote"].as_str()?;
            let (_, text) = self.loaded.texts.get(document)?;
            Some(text.find(quote).spans.first()?.start)
        };
        Some((document, start.or_else(found)))
    }

    /// The record of this kind whose passage comes last before this place of the text.
    fn before(&self, kind: RecordKind, document: DocumentId, start: u32) -> Option<RecordRef> {
        let facts = &self.loaded.facts;
        let records = facts.records().filter(|record| record.kind() == kind);
        let placed = records.filter_map(|record| {
            let evidence = facts.evidence(record).iter();
            let here = evidence.filter(|one| one.document == Some(document));
            let starts =
                here.filter_map(|one| facts.list(one.found).first().map(|span| span.start));
            let at = starts.filter(|at| *at <= start).max()?;
            Some((at, facts.common(record).origin, record))
        });
        let writable = placed.filter(|(_, origin, _)| self.may_write(origin.file(), kind));
        let last = writable.max_by_key(|(at, origin, _)| (*at, *origin));
        last.map(|(.., record)| record)
    }

    /// The file that has most records of this kind; without any, the one that has most records.
    fn usual(&self, kind: RecordKind) -> Option<(FileId, String)> {
        let facts = &self.loaded.facts;
        let mut counts = vec![(0_usize, 0_usize); facts.files.len()];
        for record in facts.records() {
            let count = &mut counts[facts.common(record).origin.file().index()];
            count.0 += usize::from(record.kind() == kind);
            count.1 += 1;
        }
        let files = (0..facts.files.len()).map(|nth| FileId(nth as u32));
        let files = files.filter(|file| self.may_write(*file, kind));
        // Of equals the first.
        let best = files.rev().max_by_key(|file| counts[file.index()])?;
        let why = match counts[best.index()] {
            (0, _) => "in the file that has most records".to_owned(),
            _ => format!("in the file that has most {}", kind.plural()),
        };
        Some((best, why))
    }

    fn at(&self, file: FileId, after: Option<String>, why: String) -> Destination {
        let path = self.loaded.sources.path(file);
        Destination {
            file: self.loaded.facts.file(file).name.clone(),
            path: path.map_or_else(PathBuf::new, Path::to_owned),
            after,
            why,
        }
    }

    /// Whether a record of this kind can be written to a file.
    pub(crate) fn may_write(&self, file: FileId, kind: RecordKind) -> bool {
        let facts = &self.loaded.facts;
        let is_spelled = match facts.file(file).kind {
            FileKind::Yaml | FileKind::Json | FileKind::JsonLines => true,
            FileKind::Table => table_holds(&facts.file(file).name, kind),
            FileKind::Book | FileKind::Text => false,
        };
        let path = self.loaded.sources.path(file);
        is_spelled
            && !self.loaded.unread.files.contains_key(&file)
            && path.is_some_and(|path| self.scope.writable(path).is_ok())
    }

    /// What messages call the file at a path, if it is one of those that were read.
    pub(crate) fn name_of(&self, path: &Path) -> Option<String> {
        Some(self.loaded.facts.file(self.file_at(path)?).name.clone())
    }

    /// The file at a path, if it is one of those that were read.
    pub(crate) fn file_at(&self, path: &Path) -> Option<FileId> {
        let wanted = real(path)?;
        let files = (0..self.loaded.facts.files.len()).map(|nth| FileId(nth as u32));
        let mut there = files.filter_map(|file| Some((file, self.loaded.sources.path(file)?)));
        there.find_map(|(file, path)| (real(path)? == wanted).then_some(file))
    }
}

/// Whether a table is one of this kind by its name, which the reader goes by where there is no column
/// `type`.
fn table_holds(name: &str, kind: RecordKind) -> bool {
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let word = stem
        .rsplit(['-', '_', '.', ' '])
        .next()
        .unwrap_or(stem)
        .to_lowercase();
    word == kind.plural() || word == kind.word()
}
