//! What is known before a text is drafted: the dossier, earlier drafts beside the output, what was rejected.

use std::path::Path;

use serde_json::Value;

use super::asked::{Args, unreadable};
use super::input::Input;
use crate::Failure;
use crate::args::{FactArgs, GlobalArgs};
use crate::session;
use annals_draft::{Known, KnownActor, KnownKind};
use annals_evidence::Span;
use annals_store::{DocumentText, Query, Store};

/// The longest file of earlier drafts that is read, in bytes.
const LONGEST: u64 = 256 << 20;

/// The file of what was rejected, beside drafts.
const REJECTED: &str = "rejected.jsonl";

/// What the dossier knows.
pub(super) struct Dossier {
    store: Option<(Store, GlobalArgs)>,
    pub(super) actors: Vec<KnownActor>,
    pub(super) documents: Vec<DocumentText>,
}

impl Dossier {
    /// The dossier of `--actors`; the current folder if a text is no file, and so perhaps the id of a document.
    pub(super) fn open(args: &Args, global: GlobalArgs) -> Result<Self, Failure> {
        let is_id = |path: &std::path::PathBuf| {
            let name = path.to_string_lossy();
            name != "-" && !path.exists() && !name.contains(['/', '\\', '.'])
        };
        if args.actors.is_empty() && !args.texts.iter().any(is_id) {
            return Ok(Self {
                store: None,
                actors: Vec::new(),
                documents: Vec::new(),
            });
        }
        let facts = FactArgs {
            facts: args.actors.clone(),
            texts: args.folders.clone(),
            config: None,
            receipt: None,
        };
        let store = session::open(&facts)?;
        let names = session::ask(&store, global, Store::actor_names)?;
        let documents = session::ask(&store, global, Store::document_texts)?;
        let actors = names.into_iter().map(|actor| KnownActor {
            id: actor.id,
            name: actor.name,
            aliases: actor.aliases,
            person: actor.person,
        });
        Ok(Self {
            actors: actors.collect(),
            documents,
            store: Some((store, global)),
        })
    }

    /// The claims that the dossier has from a document.
    pub(super) fn known(&self, document: &str) -> Result<Vec<Known>, Failure> {
        let Some((store, global)) = self
            .store
            .as_ref()
            .filter(|_| self.documents.iter().any(|one| one.id == document))
        else {
            return Ok(Vec::new());
        };
        let answer = session::ask(store, *global, |store| store.said(&Query::new()))?;
        let mut known = Vec::new();
        for row in answer.data.iter() {
            let here = row
                .evidence
                .iter()
                .filter(|one| one.document.as_ref().is_some_and(|one| one.id == document));
            let spans: Vec<Span> = here.flat_map(|one| one.spans.iter().copied()).collect();
            if !spans.is_empty() {
                let speakers = row
                    .speaker
                    .iter()
                    .flat_map(|one| [one.id.clone(), one.name.clone()]);
                known.push(Known {
                    speakers: speakers.collect(),
                    spans,
                    ..Known::default()
                });
            }
        }
        Ok(known)
    }
}

/// What stands beside the output already.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) known: Vec<Known>,
    pub(super) actors: Vec<KnownActor>,
    /// Whether the record of the document is there.
    pub(super) document: bool,
}

/// The earlier draft of a text, and what was rejected.
pub(super) fn of_output(folder: Option<&Path>, input: &Input) -> Result<Beside, Failure> {
    let Some(folder) = folder else {
        return Ok(Beside::default());
    };
    let mut beside = Beside::default();
    let mut named = Vec::new();
    for (name, rejected) in [
        (format!("{}.jsonl", input.name), false),
        (REJECTED.to_owned(), true),
    ] {
        let path = folder.join(name);
        if !path.exists() {
            continue;
        }
        let text = annals_files::read_own_text(&path, LONGEST)
            .map_err(|error| unreadable(&path, &error))?;
        for (number, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            let record: Value = serde_json::from_str(line).map_err(|error| Failure {
                message: Some(format!(
                    "{}:{}: {error}",
                    annals_finding::shown_path(&path),
                    number + 1
                )),
                exit: crate::Exit::Unreadable,
            })?;
            let kind = record["type"].as_str().unwrap_or("");
            let id = record["id"].as_str().unwrap_or("").to_owned();
            match kind {
                "document" if !rejected => beside.document |= id == input.source.id,
                "actor" => named.push((actor(&record, id), rejected)),
                "claim" | "event" | "order" => {
                    let kind = match kind {
                        "event" => KnownKind::Event,
                        "order" => KnownKind::Order,
                        _ => KnownKind::Claim,
                    };
                    // What was rejected is no record that others may refer to.
                    let id = if rejected { String::new() } else { id };
                    let found = known(&record, kind, id, &input.source.id);
                    beside.known.extend(found);
                }
                _ => {}
            }
        }
    }
    // Speakers stand there by their ids; names tell whom they are in a new draft.
    for known in &mut beside.known {
        let names = named
            .iter()
            .filter(|(actor, _)| known.speakers.contains(&actor.id));
        let names: Vec<String> = names.map(|(actor, _)| actor.name.clone()).collect();
        known.speakers.extend(names);
    }
    beside.actors = named
        .into_iter()
        .filter(|(_, rejected)| !rejected)
        .map(|(actor, _)| actor)
        .collect();
    Ok(beside)
}

fn actor(record: &Value, id: String) -> KnownActor {
    let aliases = record["aliases"].as_array().into_iter().flatten();
    KnownActor {
        id,
        name: record["name"].as_str().unwrap_or("").to_owned(),
        aliases: aliases
            .filter_map(|alias| alias.as_str().map(str::to_owned))
            .collect(),
        person: record["kind"] == "person",
    }
}

/// The passages of a record in a document.
fn known(record: &Value, kind: KnownKind, id: String, document: &str) -> Option<Known> {
    let list = |value: &Value| match value {
        Value::Array(list) => list.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    };
    let speakers = list(&record["speaker"]);
    let speakers = speakers
        .iter()
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect();
    let mut spans = Vec::new();
    for evidence in list(&record["evidence"])
        .iter()
        .filter(|one| one["document"] == document)
    {
        for span in list(&evidence["spans"]) {
            let end = |at: usize| span[at].as_u64().and_then(|end| u32::try_from(end).ok());
            if let (Some(start), Some(end)) = (end(0), end(1)) {
                spans.push(Span::new(start, end));
            }
        }
    }
    (!spans.is_empty()).then_some(Known {
        kind,
        id,
        speakers,
        spans,
    })
}
