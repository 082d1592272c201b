//! Facts and graph for other programs.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use super::answers::Answer;
use super::data::Data;
use super::{Store, StoreError};
use annals_export::anonymise::anonymised;
use annals_export::{Exporter, Folder, Options, WriteFolder, WriteStream};
use annals_graph::{Graph, View};
use annals_load::LoadResult;
use annals_model::{RecordRef, RecordSet};
use annals_query::timeline::selected;
use annals_query::{Dossier, Query, Validity};

/// What to export.
#[derive(Clone)]
pub struct ExportRequest {
    /// The claims, events, relations and documents to export; everything for an empty query.
    pub query: Query,
    /// The format.
    pub exporter: &'static Exporter,
    /// The options of the format.
    pub options: Options,
    /// Whether to replace all names by pseudonyms and omit quotes, notes, texts and addresses.
    pub anonymise: bool,
}

impl fmt::Debug for ExportRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExportRequest")
            .field("query", &self.query)
            .field("exporter", &self.exporter.name)
            .field("anonymise", &self.anonymise)
            .finish_non_exhaustive()
    }
}

/// Facts or a graph in some format, ready to be written.
pub struct Export {
    data: Arc<Data>,
    /// The anonymised facts, if they are exported instead of the facts.
    copy: Option<LoadResult>,
    validity: Validity,
    part: Part,
    exporter: &'static Exporter,
    options: Options,
}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Export")
            .field("exporter", &self.exporter.name)
            .finish_non_exhaustive()
    }
}

enum Part {
    Records(RecordSet),
    Graph(Arc<Graph>),
}

impl Export {
    pub(crate) fn of_graph(
        data: Arc<Data>,
        validity: Validity,
        graph: Arc<Graph>,
        exporter: &'static Exporter,
        mut options: Options,
    ) -> Export {
        options.policy = data.config.policy.clone();
        Export {
            data,
            copy: None,
            validity,
            part: Part::Graph(graph),
            exporter,
            options,
        }
    }

    fn with_view<R>(&self, ask: impl FnOnce(&Dossier<'_>, &View<'_>) -> R) -> R {
        let copy;
        let dossier = match &self.copy {
            Some(loaded) => {
                copy = Dossier::with(loaded, &self.validity);
                copy
            }
            None => self.data.dossier(&self.validity),
        };
        let facts = dossier.facts();
        let view = match &self.part {
            Part::Records(records) => View::new(facts, records.clone()),
            Part::Graph(graph) => View::part(facts, graph),
        };
        ask(&dossier, &view)
    }

    /// What the format cannot represent, one line each.
    pub fn left_out(&self) -> Vec<String> {
        self.with_view(|dossier, view| {
            let work = &self.exporter.work;
            work.left_out(dossier, view, &self.options)
        })
    }

    /// Writes it as one file.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn write(&self, write: WriteStream, out: &mut dyn Write) -> io::Result<()> {
        self.with_view(|dossier, view| write(dossier, view, &self.options, out))
    }

    /// Writes the files of a folder.
    ///
    /// # Errors
    /// If one of them cannot be written.
    pub fn write_folder(&self, write: WriteFolder, folder: &mut dyn Folder) -> io::Result<()> {
        self.with_view(|dossier, view| write(dossier, view, &self.options, folder))
    }
}

impl Store {
    /// The graph or part of it, for other programs.
    ///
    /// # Errors
    /// If a name in the query is unknown or ambiguous, or the facts cannot be read.
    pub fn export(&self, request: &ExportRequest) -> Result<Answer<Export>, StoreError> {
        let data = self.backend.all()?;
        let facts = data.facts();
        let resolved = self.viewed(&request.query).resolve(facts)?;
        let validity = resolved.validity.clone();
        let mut options = request.options.clone();
        options.policy = data.config.policy.clone();
        let mut is_empty = false;
        let (copy, records) = {
            let dossier = data.dossier(&validity);
            let records = if resolved.is_all() {
                let in_force = |record: &RecordRef| validity.holds(facts, *record);
                RecordSet::of(facts, facts.records().filter(in_force))
            } else {
                let found = selected(&dossier, &resolved);
                is_empty = found.is_empty();
                RecordSet::of(facts, found.into_iter().map(|(record, _)| record))
            };
            if request.anonymise {
                // The query names records that the copy does not have.
                let (copy, records) = anonymised(&dossier, &View::new(facts, records));
                (Some(copy), records)
            } else {
                (None, records)
            }
        };
        if copy.is_none() {
            options.selection = Some(resolved);
        }
        let export = Export {
            data: Arc::clone(&data),
            copy,
            validity: validity.clone(),
            part: Part::Records(records),
            exporter: request.exporter,
            options,
        };
        let mut answer = Answer::new(export, &data, Some(&validity));
        if is_empty {
            let count = |query: &Query| self.count_dated(query).ok();
            let why = self.why_empty(&request.query, ["record", "records"], count);
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }
}
