//! A plan: which bytes of which files become what, before anything is written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::canonical;
use crate::change::{Change, Conflict};
use crate::edited_file::{EditedFile, sum_of};
use crate::journal::Does;
use crate::pieces::Replacement;
use crate::reading_back::{self, PlaceNames};
use crate::refusal::Refusal;
use crate::scope::{Destination, Places, Scope};
use crate::spelling::{Insertion, Step};
use annals_load::LoadResult;
use annals_model::{FileId, RecordKind};

/// What a change would do to the files, read back and found to be what was meant.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The files, in order of their names.
    pub files: Vec<FilePlan>,
    /// What becomes of each change, in their order.
    pub records: Vec<PlannedRecord>,
    /// The changes.
    pub changes: Vec<Change>,
    /// The entry of the journal that is undone or made again.
    pub(crate) reverses: Option<(Does, u64)>,
    /// What that entry did; or what is done, where no change says it.
    pub(crate) said: String,
}

/// What becomes of one file.
#[derive(Debug, Clone)]
pub struct FilePlan {
    /// The file, as messages show it.
    pub file: String,
    /// Where it lies, or will lie.
    pub path: PathBuf,
    /// Its text now; `None` where it is not there.
    pub before: Option<String>,
    /// Its text after the change.
    pub after: String,
    /// The bytes that are replaced, in order.
    pub replacements: Vec<Replacement>,
    /// The SHA-256 of the file as it was seen; `None` where it was not there.
    pub seen: Option<String>,
    /// The SHA-256 after the change.
    pub becomes: String,
    /// Whether the file goes: one that was new is undone.
    pub removes: bool,
}

/// A record that is new, changed or taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRecord {
    /// Its kind.
    pub kind: RecordKind,
    /// Its id, or the name of its place.
    pub id: String,
    /// The file, as messages show it.
    pub file: String,
    /// The line at which it begins after the change, from 1.
    pub line: usize,
    /// Why it stands there, if it is new.
    pub why: Option<String>,
}

/// A stretch of lines that differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLines {
    /// The line of the text before at which it begins, from 1.
    pub line: usize,
    /// The lines that go.
    pub gone: Vec<String>,
    /// The lines that come.
    pub come: Vec<String>,
}

impl FilePlan {
    pub(crate) fn of(file: &EditedFile) -> FilePlan {
        FilePlan {
            file: file.name.clone(),
            path: file.path.clone(),
            before: file.before().map(str::to_owned),
            after: file.text().to_owned(),
            replacements: file.replacements(),
            seen: file.before().map(|text| sum_of(text.as_bytes())),
            becomes: sum_of(file.text().as_bytes()),
            removes: false,
        }
    }

    /// The lines that differ, for showing.
    pub fn changed_lines(&self) -> Vec<ChangedLines> {
        let before = self.before.as_deref().unwrap_or_default();
        let mut all: Vec<ChangedLines> = Vec::new();
        let mut shift = 0_isize;
        for one in &self.replacements {
            let range = one.range.clone();
            // What ends with a line break leaves the next line as it is.
            let whole = |text: &str, at: usize, part: &str| {
                let starts = at == 0 || text[..at].ends_with('\n');
                starts && (part.is_empty() || part.ends_with('\n'))
            };
            let new_start = (range.start as isize + shift) as usize;
            let new = new_start..new_start + one.text.len();
            shift += one.text.len() as isize - range.len() as isize;
            let lines = |text: &str, range: std::ops::Range<usize>| -> Vec<String> {
                let is_whole = whole(text, range.start, &text[range.clone()]);
                let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
                let end = if is_whole {
                    range.end
                } else {
                    text[range.end..]
                        .find('\n')
                        .map_or(text.len(), |at| range.end + at)
                };
                text[start..end].lines().map(str::to_owned).collect()
            };
            let is_whole = whole(before, range.start, &before[range.clone()])
                && whole(&self.after, new.start, &self.after[new.clone()]);
            let (gone, come) = if is_whole {
                let split = |text: &str| text.lines().map(str::to_owned).collect();
                (split(&before[range.clone()]), split(&self.after[new]))
            } else {
                (lines(before, range.clone()), lines(&self.after, new))
            };
            let line = before[..range.start].matches('\n').count() + 1;
            all.push(ChangedLines { line, gone, come });
        }
        all
    }
}

impl Plan {
    /// What it does, in words: "claim c1 added".
    pub fn what(&self) -> String {
        match self.reverses {
            Some((Does::Redo, _)) => format!("again: {}", self.said),
            Some(_) => format!("undone: {}", self.said),
            None if !self.said.is_empty() => self.said.clone(),
            None => {
                let each = self
                    .records
                    .iter()
                    .zip(&self.changes)
                    .map(|(record, change)| {
                        let done = match change {
                            Change::Add { .. } => "added",
                            Change::Set { .. } | Change::Append { .. } => "changed",
                            Change::Retract { .. } => "taken back",
                            Change::Remove { .. } => "removed",
                        };
                        format!("{} {} {done}", record.kind, record.id)
                    });
                each.collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Makes plans for the facts of a dossier.
#[derive(Debug, Clone, Copy)]
pub struct Editor<'d> {
    pub(crate) loaded: &'d LoadResult,
    pub(crate) scope: &'d Scope,
}

impl<'d> Editor<'d> {
    /// For facts that were read, within what may be written.
    pub fn new(loaded: &'d LoadResult, scope: &'d Scope) -> Self {
        Editor { loaded, scope }
    }

    /// The bytes that changes take. Every change is read back: the records are as they are meant, all
    /// others as they were, or there is no plan.
    ///
    /// # Errors
    /// If a record is not there, a file may not be written, or a change cannot be written exactly.
    pub fn plan(&self, changes: &[Change]) -> Result<Plan, Refusal> {
        let mut planning = Planning {
            places: self.places(),
            files: BTreeMap::new(),
        };
        let mut records = Vec::new();
        for change in changes {
            records.push(planning.make(change)?);
        }
        let files = planning.files.values();
        let changed = files.filter(|file| file.before() != Some(file.text()));
        Ok(Plan {
            files: changed.map(FilePlan::of).collect(),
            records,
            changes: changes.to_vec(),
            reverses: None,
            said: String::new(),
        })
    }

    /// Where a new record would go.
    ///
    /// # Errors
    /// If there is no place for it.
    pub fn destination(
        &self,
        kind: RecordKind,
        fields: &Map<String, Value>,
    ) -> Result<Destination, Refusal> {
        self.places().destination(kind, fields)
    }

    /// The files in which a new record of a kind can stand: as messages show them, and where they lie.
    pub fn files_for(&self, kind: RecordKind) -> Vec<(String, PathBuf)> {
        let places = self.places();
        let files = (0..self.loaded.facts.files.len()).map(|nth| FileId(nth as u32));
        let can = files.filter(|file| places.may_write(*file, kind));
        let named = can.filter_map(|file| {
            let path = self.loaded.sources.path(file)?.to_owned();
            Some((self.loaded.facts.file(file).name.clone(), path))
        });
        named.collect()
    }

    /// The fields of a record as its file has them now, for a form; and the SHA-256 of the file.
    ///
    /// # Errors
    /// If there is no such record, or its file cannot be changed.
    pub fn fields(&self, record: &str) -> Result<(Map<String, Value>, String), Refusal> {
        let mut planning = Planning {
            places: self.places(),
            files: BTreeMap::new(),
        };
        let (path, nth) = planning.find(record)?;
        let file = &planning.files[&path];
        let sum = sum_of(file.before().unwrap_or_default().as_bytes());
        Ok((file.fields(nth), sum))
    }

    pub(crate) fn places(&self) -> Places<'d> {
        Places {
            loaded: self.loaded,
            scope: self.scope,
        }
    }
}

/// Files that are being changed, by their real paths.
struct Planning<'d> {
    places: Places<'d>,
    files: BTreeMap<PathBuf, EditedFile>,
}

impl Planning<'_> {
    fn open(&mut self, path: &Path) -> Result<PathBuf, Refusal> {
        let scope = self.places.scope;
        let real = scope.writable(path)?;
        if self.files.contains_key(&real) {
            return Ok(real);
        }
        let file = if real.exists() {
            let known = self.places.file_at(path);
            let source = known.map(|file| self.places.loaded.facts.file(file));
            let name = source.map_or_else(|| crate::scope::shown(path), |file| file.name.clone());
            let short = source.map_or_else(|| name.clone(), |file| file.short.clone());
            EditedFile::of_disk(&name, &short, &real, &scope.own_words)?
        } else {
            EditedFile::new(&scope.shown_below(&real), &real, &scope.own_words)?
        };
        self.files.insert(real.clone(), file);
        Ok(real)
    }

    /// The file that has a record, and its number there.
    fn find(&mut self, id: &str) -> Result<(PathBuf, usize), Refusal> {
        // What is new by an earlier change of the same plan.
        for (path, file) in &self.files {
            if let Some(nth) = file.find(id) {
                return Ok((path.clone(), nth));
            }
        }
        let facts = &self.places.loaded.facts;
        let shown = annals_finding::shown(id);
        let record = facts.find(id);
        let record =
            record.ok_or_else(|| Refusal::Asked(format!("no record has the id \"{shown}\"")))?;
        let file = facts.common(record).origin.file();
        let name = &facts.file(file).name;
        let Some(path) = self.places.loaded.sources.path(file) else {
            let why = "it is not a file on disk, and cannot be changed";
            return Err(Refusal::file(name, why));
        };
        let path = self.open(path)?;
        let found = self.files[&path].find(id);
        let found = found.ok_or_else(|| {
            Refusal::file(
                name,
                format!("{shown} is not there any more; the file has changed"),
            )
        })?;
        Ok((path, found))
    }

    fn make(&mut self, change: &Change) -> Result<PlannedRecord, Refusal> {
        match change {
            Change::Add { kind, fields, to } => self.add(*kind, fields, to.as_deref()),
            Change::Set {
                record,
                fields,
                seen,
            } => {
                let (path, nth) = self.find(record)?;
                if let Some(seen) = seen {
                    self.compare(record, &path, nth, (seen, fields))?;
                }
                self.set(&path, nth, fields)
            }
            Change::Append {
                record,
                field,
                item,
            } => {
                let (path, nth) = self.find(record)?;
                let now = self.files[&path].fields(nth);
                let mut items =
                    canonical::items(&now.get(field).cloned().unwrap_or_default()).to_vec();
                items.push(item.clone());
                let fields = Map::from_iter([(field.clone(), Value::Array(items))]);
                self.set(&path, nth, &fields)
            }
            Change::Retract { record, on, reason } => {
                let (path, nth) = self.find(record)?;
                let fields = self.files[&path].fields(nth);
                if fields
                    .get("retracted")
                    .is_some_and(|value| !value.is_null())
                {
                    let record = annals_finding::shown(record);
                    return Err(Refusal::Asked(format!("{record} is retracted already")));
                }
                let value = match reason {
                    Some(reason) => serde_json::json!({"on": on, "reason": reason}),
                    None => on.clone(),
                };
                self.set(
                    &path,
                    nth,
                    &Map::from_iter([("retracted".to_owned(), value)]),
                )
            }
            Change::Remove { record } => self.remove(record),
        }
    }

    fn add(
        &mut self,
        kind: RecordKind,
        fields: &Map<String, Value>,
        to: Option<&Path>,
    ) -> Result<PlannedRecord, Refusal> {
        if let Some(id) = fields.get("id").and_then(Value::as_str) {
            let is_taken = self.places.loaded.facts.find(id).is_some()
                || self.files.values().any(|file| file.find(id).is_some());
            if is_taken {
                let id = annals_finding::shown(id);
                return Err(Refusal::Asked(format!(
                    "the id \"{id}\" is taken; give another"
                )));
            }
        }
        let destination = match to {
            Some(path) => Destination {
                file: crate::scope::shown(path),
                path: path.to_owned(),
                after: None,
                why: "in the file that was asked for".to_owned(),
            },
            None => self.places.destination(kind, fields)?,
        };
        let path = self.open(&destination.path)?;
        let after = destination.after.as_deref();
        let after = after.and_then(|id| self.files[&path].find(id));
        let names = self.place_names(&path, kind, after.map_or(0, |after| after + 1));
        let Some(file) = self.files.get_mut(&path) else {
            return Err(Refusal::file(&destination.file, "it is not there"));
        };
        let insertion = Insertion {
            kind,
            fields,
            after: after.map(|nth| file.records()[nth].offset),
        };
        let nth = file.change(&Step::Insert(insertion), names)?;
        let is_there = after.is_none_or(|after| nth == after + 1);
        Ok(PlannedRecord {
            kind,
            id: file.name_of(&file.records()[nth]),
            file: file.name.clone(),
            line: file.line_of(nth),
            why: Some(if is_there {
                destination.why
            } else {
                format!(
                    "at the end of the {}: others refer to one of them by its place",
                    kind.plural()
                )
            }),
        })
    }

    /// Whether records of a kind that have no id, from one of a file on, must keep the names of their places:
    /// where something refers to one.
    fn place_names(&self, path: &Path, kind: RecordKind, from: usize) -> PlaceNames {
        let file = &self.files[path];
        if !file.has_unnamed(kind, from) {
            return PlaceNames::MayMove;
        }
        let begun = format!("{}#{}/", file.short, kind.plural());
        let facts = &self.places.loaded.facts;
        let refers = |value: &Value| reading_back::mentions_begun(value, &begun);
        let is_named = facts.records().any(|record| {
            let fields = facts.written(record);
            fields
                .iter()
                .any(|(name, value)| name != "id" && refers(value))
        });
        if is_named {
            PlaceNames::Stay
        } else {
            PlaceNames::MayMove
        }
    }

    /// A record that became another since it was seen.
    fn compare(
        &self,
        record: &str,
        path: &Path,
        nth: usize,
        (seen, fields): (&Map<String, Value>, &Map<String, Value>),
    ) -> Result<(), Refusal> {
        let file = &self.files[path];
        let (kind, now) = (file.records()[nth].kind, file.fields(nth));
        let plain =
            |fields: &Map<String, Value>| canonical::record(kind, &Value::Object(fields.clone()));
        if plain(seen) == plain(&now) {
            return Ok(());
        }
        let mut yours = seen.clone();
        for (name, value) in fields {
            yours.insert(name.clone(), value.clone());
        }
        let conflict = Conflict::new(record, &file.name, [seen, &now, &yours]);
        Err(Refusal::Conflict(conflict))
    }

    fn set(
        &mut self,
        path: &Path,
        nth: usize,
        fields: &Map<String, Value>,
    ) -> Result<PlannedRecord, Refusal> {
        let Some(file) = self.files.get_mut(path) else {
            return Err(Refusal::Asked("the file is not there".to_owned()));
        };
        let kind = file.records()[nth].kind;
        for (field, value) in fields {
            let now = file.fields(nth);
            let plain =
                |value: Option<&Value>| value.and_then(|value| canonical::field(field, value));
            if plain(now.get(field)) != plain(Some(value)) {
                let step = Step::Put {
                    record: nth,
                    field,
                    value,
                };
                file.change(&step, PlaceNames::Stay)?;
            }
        }
        Ok(PlannedRecord {
            kind,
            id: file.name_of(&file.records()[nth]),
            file: file.name.clone(),
            line: file.line_of(nth),
            why: None,
        })
    }

    fn remove(&mut self, id: &str) -> Result<PlannedRecord, Refusal> {
        let (path, nth) = self.find(id)?;
        let file = &self.files[&path];
        let (kind, line) = (file.records()[nth].kind, file.line_of(nth));
        let mut others = file
            .records()
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != nth);
        if others.any(|(_, other)| reading_back::mentions(&other.value, id))
            || self.is_referred_to(id)
        {
            let id = annals_finding::shown(id);
            return Err(Refusal::Asked(format!(
                "other records refer to {id}; take it back with a day and a reason (annals retract)"
            )));
        }
        let names = self.place_names(&path, kind, nth + 1);
        let file = self.files.get_mut(&path);
        let file = file.ok_or_else(|| Refusal::Asked("the file is not there".to_owned()))?;
        file.change(&Step::Remove { record: nth }, names)?;
        Ok(PlannedRecord {
            kind,
            id: id.to_owned(),
            file: file.name.clone(),
            line,
            why: None,
        })
    }

    /// Whether another record of the facts refers to one.
    fn is_referred_to(&self, id: &str) -> bool {
        let facts = &self.places.loaded.facts;
        let mut others = facts.records().filter(|record| facts.id(*record) != id);
        others.any(|record| {
            let fields = facts.written(record);
            fields
                .iter()
                .any(|(name, value)| name != "id" && reading_back::mentions(value, id))
        })
    }
}
