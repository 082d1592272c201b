//! Undoing and making again what the journal has, as plans.

use std::path::Path;

use crate::edited_file::sum_of;
use crate::journal::{Does, Entry, EntryFile, Journal};
use crate::pieces::{Replacement, replaced};
use crate::plan::{Editor, FilePlan, Plan};
use crate::reading_back;
use crate::refusal::Refusal;
use annals_load::{WrittenFile, written_records};

/// The most bytes of a file that is undone.
const LARGEST: u64 = annals_files::HELD;

impl Editor<'_> {
    /// What the last write that is not undone would take to be undone; `None` where there is none.
    ///
    /// # Errors
    /// If a file has no longer what was written, or something refers to what would go.
    pub fn undo(&self) -> Result<Option<Plan>, Refusal> {
        let journal = Journal::read(self.scope)?;
        let (done, _) = journal.state();
        for entry in done.iter().rev() {
            if !was_interrupted(&journal, entry) {
                return self.reversal(&journal, entry, Does::Undo).map(Some);
            }
        }
        Ok(None)
    }

    /// What the last write that was undone would take to be made again; `None` where there is none.
    ///
    /// # Errors
    /// If a file has no longer what stood there before.
    pub fn redo(&self) -> Result<Option<Plan>, Refusal> {
        let journal = Journal::read(self.scope)?;
        let (_, undone) = journal.state();
        let last = undone.last();
        last.map(|entry| self.reversal(&journal, entry, Does::Redo))
            .transpose()
    }

    fn reversal(&self, journal: &Journal, entry: &Entry, does: Does) -> Result<Plan, Refusal> {
        let mut files = Vec::new();
        for file in &entry.files {
            files.push(self.reversed(journal, file, does)?);
        }
        Ok(Plan {
            files,
            records: Vec::new(),
            changes: Vec::new(),
            reverses: Some((does, entry.n)),
            said: entry.what.clone(),
        })
    }

    fn reversed(
        &self,
        journal: &Journal,
        file: &EntryFile,
        does: Does,
    ) -> Result<FilePlan, Refusal> {
        let path = self.scope.writable(&journal.path_of(file))?;
        let name = self
            .places()
            .name_of(&path)
            .unwrap_or_else(|| crate::scope::shown(&path));
        let now = read(&path, &name)?;
        let (from, to) = match does {
            Does::Redo => (&file.before, &file.after),
            _ => (&file.after, &file.before),
        };
        let sum = now.as_deref().map(|text| sum_of(text.as_bytes()));
        let is_exact = sum == *from;
        if now.is_none() != from.is_none() {
            let why = if now.is_none() {
                "the file is not there any more"
            } else {
                "the file is there again"
            };
            return Err(Refusal::file(&name, why));
        }
        if to.is_none() && !is_exact {
            let why = "the file was new, and has changed since; remove it by hand if it is to go";
            return Err(Refusal::file(&name, why));
        }
        let text = now.clone().unwrap_or_default();
        let replacements = places(&text, file, does, is_exact).map_err(|at| {
            let before = text.as_bytes().iter().take(at);
            let line = before.filter(|byte| **byte == b'\n').count() + 1;
            let there = text.lines().nth(line - 1).unwrap_or_default();
            Refusal::File {
                file: name.clone(),
                at: Some((line, 1)),
                why: format!(
                    "what was written is not there any more; now it says: {}",
                    annals_finding::shown(there)
                ),
            }
        })?;
        let after = replaced(&text, &replacements).unwrap_or_default();
        let plan = FilePlan {
            file: name,
            path,
            before: now,
            becomes: sum_of(after.as_bytes()),
            after,
            replacements,
            seen: sum,
            removes: to.is_none(),
        };
        self.allowed(&plan)?;
        Ok(plan)
    }

    /// Whether the file can be read after it, and nothing refers to what is gone.
    fn allowed(&self, plan: &FilePlan) -> Result<(), Refusal> {
        let records =
            |text: &str| written_records(&plan.file, text.as_bytes(), &self.scope.own_words);
        let (was, is) = (
            plan.before.as_deref().and_then(records),
            records(&plan.after),
        );
        let whole = |file: &Option<WrittenFile>| file.as_ref().is_some_and(|file| file.is_whole);
        if !plan.removes && whole(&was) && !whole(&is) {
            let why = "without it the file could not be read any more";
            return Err(Refusal::file(&plan.file, why));
        }
        let ids = |file: Option<WrittenFile>| -> Vec<String> {
            let records = file.map(|file| file.records).unwrap_or_default();
            records
                .iter()
                .filter_map(annals_load::WrittenRecord::id)
                .collect()
        };
        let left = if plan.removes { Vec::new() } else { ids(is) };
        let gone: Vec<String> = ids(was)
            .into_iter()
            .filter(|id| !left.contains(id))
            .collect();
        let facts = &self.loaded.facts;
        for id in &gone {
            let others = facts
                .records()
                .filter(|one| !gone.iter().any(|id| facts.id(*one) == id));
            for other in others {
                let fields = facts.written(other);
                if fields
                    .values()
                    .any(|value| reading_back::mentions(value, id))
                {
                    let (id, other) = (
                        annals_finding::shown(id),
                        annals_finding::shown(facts.id(other)),
                    );
                    return Err(Refusal::Asked(format!(
                        "{other} refers to {id} by now; undo that first, or take {id} back"
                    )));
                }
            }
        }
        Ok(())
    }
}

fn read(path: &Path, name: &str) -> Result<Option<String>, Refusal> {
    match annals_files::read_own_text(path, LARGEST) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Refusal::disk(name, &error)),
    }
}

/// Whether an entry was noted and then not done: all of its files are as they were before.
fn was_interrupted(journal: &Journal, entry: &Entry) -> bool {
    entry.files.iter().all(|file| {
        let now = read(&journal.path_of(file), "").ok().flatten();
        file.before != file.after && now.map(|text| sum_of(text.as_bytes())) == file.before
    })
}

/// Where the changes of an entry stand now; the byte at which one does not.
fn places(
    text: &str,
    file: &EntryFile,
    does: Does,
    is_exact: bool,
) -> Result<Vec<Replacement>, usize> {
    let mut all = Vec::new();
    let mut shift = 0_isize;
    for change in &file.changes {
        let (there, instead) = match does {
            Does::Redo => (&change.old, &change.new),
            _ => (&change.new, &change.old),
        };
        let at = match does {
            Does::Redo => change.at,
            _ => (change.at as isize).saturating_add(shift) as usize,
        };
        shift += change.new.len() as isize - change.old.len() as isize;
        let stands = |at: usize| {
            let end = at.checked_add(there.len());
            end.and_then(|end| text.get(at..end)) == Some(there.as_str())
        };
        let found = if is_exact && stands(at) {
            Some(at)
        } else {
            elsewhere(text, &change.near, there, at)
        };
        let found = found.ok_or_else(|| match text.find(&change.near) {
            Some(start) if !change.near.is_empty() => start + change.near.len(),
            _ => at,
        })?;
        all.push(Replacement::new(
            found..found + there.len(),
            instead.clone(),
        ));
    }
    let in_order = all
        .windows(2)
        .all(|two| two[0].range.end <= two[1].range.start);
    if in_order {
        Ok(all)
    } else {
        Err(all.first().map_or(0, |one| one.range.start))
    }
}

/// The one place at which something stands behind what stood before it: where it was, or where it moved.
fn elsewhere(text: &str, near: &str, there: &str, at: usize) -> Option<usize> {
    let whole = format!("{near}{there}");
    if whole.is_empty() {
        return None;
    }
    let mut finds = text
        .match_indices(&whole)
        .map(|(start, _)| start + near.len());
    let (first, second) = (finds.next(), finds.next());
    match (first, second) {
        (Some(one), None) => Some(one),
        (Some(_), Some(_)) => text
            .match_indices(&whole)
            .map(|(start, _)| start + near.len())
            .find(|one| *one == at),
        (None, _) => {
            // What stood before it has changed; it is long enough to be known by itself.
            let mut finds = text.match_indices(there);
            let only = finds
                .next()
                .filter(|_| there.len() >= 20 && finds.next().is_none());
            only.map(|(start, _)| start)
        }
    }
}
