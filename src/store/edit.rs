//! Changing facts: plans, what they do, writing them, undoing, proposals and drafts. Everything is decided
//! in `annals-edit`; here it gets the facts, and the files that may be written.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::backend::Foreseen;
use super::data::Data;
use super::{Findings, FixedFile, Store, StoreError};
use annals_edit::drafts::{self, AddedDrafts, Draft, Drafts};
use annals_edit::{
    Applied, Change, Destination, Editor, Effects, InWords, Journal, Likely, Passage, Plan,
    Proposal, Refusal, Scope, ValueReader,
};
use annals_evidence::Span;
use annals_model::{RecordKind, RecordRef, Vocabulary as _};

/// What a plan does to the findings.
#[derive(Debug, Clone)]
pub struct PlanEffects {
    /// Findings that it adds, with their places in the files as they would be.
    pub added: Findings,
    /// Findings that it ends.
    pub ended: Findings,
    /// The facts as they would be; `None` if they are other than what will be read then.
    after: Option<Foreseen>,
}

impl PlanEffects {
    /// Whether it adds an error.
    pub fn has_errors(&self) -> bool {
        self.added.counts().errors > 0
    }
}

impl Store {
    /// The files that may be written: those that were named and lie below what was named, without those that
    /// `[serve] leave` names.
    pub fn edit_scope(&self) -> Scope {
        let config = &self.backend.config;
        Scope {
            named: self.backend.named.clone(),
            write: config.serve.write.clone(),
            leave: config.serve.leave.clone(),
            own_words: config.own_words.clone(),
        }
    }

    /// All facts for a change, files that cannot be read left aside.
    fn editable(&self) -> Result<(Arc<Data>, Scope), Refusal> {
        let refused = |why: &str| Refusal::File {
            file: self
                .backend
                .named
                .first()
                .map_or_else(String::new, |path| path.display().to_string()),
            at: None,
            why: why.to_owned(),
        };
        if self.has_snapshot() {
            return Err(refused(
                "a snapshot is only read; change the facts and build it again",
            ));
        }
        if self.backend.has_stdin() || self.backend.named.is_empty() {
            return Err(refused(
                "only files on disk are changed; name a file or a folder",
            ));
        }
        let data = match self.backend.all() {
            Ok(data) => data,
            Err(StoreError::Facts(findings)) => Arc::clone(findings.data()),
            Err(error) => return Err(refused(&error.to_string())),
        };
        Ok((data, self.edit_scope()))
    }

    fn edit<T>(&self, work: impl FnOnce(&Editor<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let (data, scope) = self.editable()?;
        work(&Editor::new(&data.loaded, &scope))
    }

    /// The bytes that changes take, read back; nothing is written.
    ///
    /// # Errors
    /// See [`Editor::plan`].
    pub fn plan(&self, changes: &[Change]) -> Result<Plan, Refusal> {
        self.edit(|editor| editor.plan(changes))
    }

    /// What it takes to mend the spelling that one of some findings tells of; `None` where it names no repair
    /// that can be made without asking.
    ///
    /// # Errors
    /// If its file may not be written, or could not be read any more.
    pub fn plan_repair(&self, findings: &Findings, nth: usize) -> Result<Option<Plan>, Refusal> {
        let Some(finding) = findings.nth(nth) else {
            return Ok(None);
        };
        let one = Findings::new(Arc::clone(findings.data()), vec![finding.clone()]);
        let files = one.fixed_files();
        if files.is_empty() {
            return Ok(None);
        }
        let (_, scope) = self.editable()?;
        let texts: Vec<_> = (files.iter())
            .map(|file| {
                (
                    std::path::Path::new(&file.file),
                    file.before.as_str(),
                    file.after.as_str(),
                )
            })
            .collect();
        let what = format!("mended: {}", finding.message);
        Plan::of_fixed(&scope, &texts, &what).map(Some)
    }

    /// The findings that a plan would add and end.
    ///
    /// # Errors
    /// If the facts cannot be changed.
    pub fn effects(&self, plan: &Plan) -> Result<PlanEffects, Refusal> {
        let (data, _) = self.editable()?;
        let instead: Vec<(PathBuf, Vec<u8>)> = plan
            .files
            .iter()
            // A text that is new is no file of facts.
            .filter(|file| {
                let words = &self.backend.config.own_words;
                annals_load::written_records(&file.file, b"", words).is_some()
            })
            .map(|file| (file.path.clone(), file.after.clone().into_bytes()))
            .collect();
        let foreseen = self.backend.load_instead(&data, &instead);
        let after = Arc::clone(&foreseen.data);
        let (old, new) = (data.findings(), after.findings());
        let effects = Effects::new((data.facts(), &old), (after.facts(), &new));
        // A new file gets its name, and a new text is found, when they are there.
        let are_all_there = plan
            .files
            .iter()
            .all(|file| file.before.is_some() && !file.removes);
        let is_foreseen = are_all_there && instead.len() == plan.files.len();
        Ok(PlanEffects {
            added: Findings::new(after, effects.added),
            ended: Findings::new(data, effects.ended),
            after: is_foreseen.then_some(foreseen),
        })
    }

    /// Writes a plan, as [`Store::apply`] does; also the store with the files as they are then. What
    /// [`Store::effects`] has read for the same plan is not read again.
    ///
    /// # Errors
    /// See [`Plan::apply`].
    pub fn apply_foreseen(
        &self,
        plan: &Plan,
        effects: PlanEffects,
    ) -> Result<(Applied, Store), Refusal> {
        let applied = self.apply(plan)?;
        let disk = |error: StoreError| Refusal::File {
            file: applied.files.first().cloned().unwrap_or_default(),
            at: None,
            why: format!("it was written, but {error}"),
        };
        let written: Vec<PathBuf> = plan.files.iter().map(|file| file.path.clone()).collect();
        let foreseen = effects.after.and_then(|after| {
            let backend = self.backend.after_writing(after, &written)?;
            // Another program may have written at the same time.
            let holds = plan.files.iter().all(annals_edit::FilePlan::is_written);
            holds.then(|| Store {
                backend: Arc::new(backend),
                ..self.clone()
            })
        });
        let store = match foreseen {
            Some(store) => store,
            None => self.reload().map_err(disk)?,
        };
        Ok((applied, store))
    }

    /// Writes a plan: all of it or nothing.
    ///
    /// # Errors
    /// See [`Plan::apply`].
    pub fn apply(&self, plan: &Plan) -> Result<Applied, Refusal> {
        let (_, scope) = self.editable()?;
        plan.apply(&scope)
    }

    /// Writes a file whose spelling is fixed, if it is as it was read and may be written.
    ///
    /// # Errors
    /// See [`annals_edit::write_fixed`].
    pub fn write_fixed(&self, file: &FixedFile) -> Result<(), Refusal> {
        let (path, scope) = (std::path::Path::new(&file.file), self.edit_scope());
        annals_edit::write_fixed(&scope, path, &file.before, &file.after)
    }

    /// Empties the journal of what was written, so that none of it can be undone any more; how many writes
    /// it had.
    ///
    /// # Errors
    /// If the facts are no files, or the journal cannot be removed.
    pub fn forget_journal(&self) -> Result<usize, Refusal> {
        let (_, scope) = self.editable()?;
        let (done, undone) = {
            let journal = Journal::read(&scope)?;
            let (done, undone) = journal.state();
            (done.len(), undone.len())
        };
        Journal::forget(&scope)?;
        Ok(done + undone)
    }

    /// What undoing the last write would take; `None` where there is none.
    ///
    /// # Errors
    /// See [`Editor::undo`].
    pub fn undo(&self) -> Result<Option<Plan>, Refusal> {
        self.edit(|editor: &Editor<'_>| editor.undo())
    }

    /// What making again what was undone last would take; `None` where there is none.
    ///
    /// # Errors
    /// See [`Editor::redo`].
    pub fn redo(&self) -> Result<Option<Plan>, Refusal> {
        self.edit(|editor: &Editor<'_>| editor.redo())
    }

    /// The fields of a record as its file has them now, and the SHA-256 of the file: for a form, whose
    /// change is then [`Change::Set`] with `seen`.
    ///
    /// # Errors
    /// If there is no such record, or its file cannot be changed.
    pub fn fields_of(&self, record: &str) -> Result<(Map<String, Value>, String), Refusal> {
        self.edit(|editor| editor.fields(record))
    }

    /// Where a new record would go, and why.
    ///
    /// # Errors
    /// If there is no place for it.
    pub fn destination(
        &self,
        kind: RecordKind,
        fields: &Map<String, Value>,
    ) -> Result<Destination, Refusal> {
        self.edit(|editor| editor.destination(kind, fields))
    }

    /// The files in which a new record of a kind can stand: as messages show them, and where they lie.
    ///
    /// # Errors
    /// If the facts cannot be changed.
    pub fn files_for(&self, kind: RecordKind) -> Result<Vec<(String, PathBuf)>, Refusal> {
        self.edit(|editor| Ok(editor.files_for(kind)))
    }

    /// The plan of a new document with its text; see [`Editor::plan_text`].
    ///
    /// # Errors
    /// If the text is empty or too long, or there is no place for the record.
    pub fn plan_text(&self, fields: &Map<String, Value>, text: &str) -> Result<Plan, Refusal> {
        self.edit(|editor| editor.plan_text(fields, text))
    }

    /// The words of the text of a document that are most like some that do not stand there, and where they
    /// stand; see [`annals_edit::words_of_text`].
    ///
    /// # Errors
    /// If the facts cannot be changed.
    pub fn words_of_text(
        &self,
        document: &str,
        words: &str,
    ) -> Result<Option<(String, Span)>, Refusal> {
        let (data, _) = self.editable()?;
        Ok(annals_edit::words_of_text(&data.loaded, document, words))
    }

    /// Looks words up in the text of a document, which may be named by its title; see
    /// [`annals_edit::passage`].
    ///
    /// # Errors
    /// If the words are not there, or more than once.
    pub fn passage(
        &self,
        document: &str,
        words: Option<&str>,
        spans: &[Span],
    ) -> Result<Passage, Refusal> {
        let (data, _) = self.editable()?;
        let id = named(&data, document, &[RecordKind::Document])?;
        annals_edit::passage(&data.loaded, &id, words, spans)
    }

    /// What a passage proposes for a new claim, each value with its reason.
    ///
    /// # Errors
    /// If there is no such document.
    pub fn propose(
        &self,
        document: &str,
        spans: &[Span],
        speaker: Option<&str>,
    ) -> Result<Proposal, Refusal> {
        let (data, _) = self.editable()?;
        annals_edit::propose(&data.loaded, document, spans, speaker)
    }

    /// The records that a new one is likely the same as.
    ///
    /// # Errors
    /// If the facts cannot be changed.
    pub fn likely_doubles(
        &self,
        kind: RecordKind,
        fields: &Map<String, Value>,
    ) -> Result<Vec<Likely>, Refusal> {
        let (data, _) = self.editable()?;
        Ok(annals_edit::likely_doubles(&data.loaded, kind, fields))
    }

    /// An id for a new record that is free; `taken` are ids of records that are made with it.
    ///
    /// # Errors
    /// If the facts cannot be changed.
    pub fn new_id(
        &self,
        kind: RecordKind,
        fields: &Map<String, Value>,
        taken: &BTreeSet<String>,
    ) -> Result<String, Refusal> {
        let (data, _) = self.editable()?;
        Ok(annals_edit::new_id(data.facts(), kind, fields, taken))
    }

    /// The value of a field in a person's words; `coming` are ids of records that are made with it.
    ///
    /// # Errors
    /// If there is no such field, or the words are none for it.
    pub fn value_in_words(
        &self,
        kind: RecordKind,
        field: &str,
        words: &[String],
        coming: &[String],
    ) -> Result<InWords, Refusal> {
        let (data, scope) = self.editable()?;
        let Some(field) = kind.field(field) else {
            let field = annals_finding::shown(field);
            return Err(Refusal::Asked(format!(
                "{} has no field {field}",
                kind.with_article()
            )));
        };
        let reader = ValueReader {
            facts: data.facts(),
            own_words: &scope.own_words,
            coming,
        };
        reader.value(kind, field, words)
    }

    /// The id of the record that a name leads to.
    ///
    /// # Errors
    /// If it leads to none, or to several.
    pub fn id_of(&self, name: &str) -> Result<String, Refusal> {
        let (data, _) = self.editable()?;
        named(&data, name, RecordKind::ALL)
    }

    /// The drafts that wait for a person.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn drafts(&self) -> Result<Drafts, Refusal> {
        drafts::read(&self.edit_scope())
    }

    /// Adds drafts to the file of whoever made them.
    ///
    /// # Errors
    /// See [`drafts::add`].
    pub fn add_drafts(
        &self,
        name: &str,
        by: &str,
        from: Option<&str>,
        records: &[(RecordKind, Map<String, Value>)],
    ) -> Result<AddedDrafts, Refusal> {
        drafts::add(&self.edit_scope(), name, by, from, records)
    }

    /// Why a draft cannot be accepted as it is: a quote that is missing or ambiguous, a reference that leads
    /// nowhere. Nothing, where it can.
    ///
    /// # Errors
    /// If the facts cannot be changed.
    pub fn draft_faults(&self, draft: &Draft) -> Result<Vec<String>, Refusal> {
        let (data, _) = self.editable()?;
        Ok(drafts::faults(&data.loaded, draft))
    }

    /// Rejects a draft, with a reason or none.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn reject_draft(&self, draft: &Draft, reason: Option<&str>) -> Result<(), Refusal> {
        drafts::reject(&self.edit_scope(), draft, reason)
    }

    /// Accepts a draft: writes its record, and takes it out of the queue.
    ///
    /// # Errors
    /// If it has faults, or cannot be written.
    pub fn accept_draft(&self, draft: &Draft) -> Result<Applied, Refusal> {
        if let Some(fault) = self.draft_faults(draft)?.into_iter().next() {
            return Err(Refusal::Quote(fault));
        }
        let plan = self.plan(&[drafts::accepted(draft)])?;
        let applied = self.apply(&plan)?;
        drafts::remove(&self.edit_scope(), draft)?;
        Ok(applied)
    }
}

/// The id that a name leads to.
fn named(data: &Data, name: &str, kinds: &[RecordKind]) -> Result<String, Refusal> {
    let found: Result<RecordRef, _> = annals_query::names::look_up(data.facts(), name, kinds);
    let record = found.map_err(|error| Refusal::Asked(error.to_string()))?;
    Ok(data.facts().id(record).to_owned())
}
