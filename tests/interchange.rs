//! What goes out comes back: facts as fact files, and hostile names through every format.

#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    dead_code,
    reason = "a test may fail, and modules shared by tests are used in part by each"
)]

#[path = "interchange/anonymous.rs"]
mod anonymous;
#[path = "interchange/any_name.rs"]
mod any_name;
#[path = "interchange/drawn.rs"]
mod drawn;
#[path = "interchange/facts.rs"]
mod facts;

use std::collections::BTreeSet;
use std::path::PathBuf;

use annals::export::{Options, by_name};
use annals::graph::Graph;
use annals::load::{Loaded, Request, Source, load};
use annals::model::RecordRef;
use annals::query::Dossier;

fn read(name: &str, bytes: &[u8]) -> Loaded {
    read_beside(name, bytes, &[])
}

/// Reads facts whose texts lie in these folders.
fn read_beside(name: &str, bytes: &[u8], texts: &[&str]) -> Loaded {
    let source = Source::Memory {
        name: name.into(),
        bytes: bytes.into(),
    };
    load(&Request {
        facts: vec![source],
        texts: texts.iter().map(PathBuf::from).collect(),
    })
}

fn read_files(paths: &[&str]) -> Loaded {
    let sources = paths.iter().map(|path| Source::Path(PathBuf::from(path)));
    load(&Request {
        facts: sources.collect(),
        texts: Vec::new(),
    })
}

/// What an export gives of these records; of all in force, where none are named.
fn export(
    loaded: &Loaded,
    format: &str,
    file: Option<&str>,
    selected: Option<BTreeSet<RecordRef>>,
) -> Vec<u8> {
    let dossier = Dossier::new(loaded);
    let in_force = || {
        let all = loaded.facts.records();
        all.filter(|record| dossier.force.holds(&loaded.facts, *record))
            .collect()
    };
    let selected = selected.unwrap_or_else(in_force);
    let graph = Graph::of(&loaded.facts, &selected);
    let options = Options {
        selected: Some(selected),
        file: file.map(PathBuf::from),
        ..Options::default()
    };
    let mut out = Vec::new();
    by_name(format)
        .unwrap()
        .write(&dossier, &graph, &options, &mut out)
        .unwrap();
    out
}
