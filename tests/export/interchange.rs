//! What goes out comes back: facts as fact files, and hostile names through every format.

mod anonymous;
mod any_name;
mod drawn;
mod facts;

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use annals::export::{Exporter, Folder, Options, WriteStream, Writes, by_name};
use annals::graph::View;
use annals::load::{LoadResult, Request, Source, load};
use annals::model::{RecordRef, RecordSet};
use annals::query::Dossier;

fn read(name: &str, bytes: &[u8]) -> LoadResult {
    read_beside(name, bytes, &[])
}

/// Reads facts whose texts lie in these folders.
fn read_beside(name: &str, bytes: &[u8], texts: &[&str]) -> LoadResult {
    let source = Source::Memory {
        name: name.into(),
        bytes: bytes.into(),
    };
    load(&Request {
        facts: vec![source],
        texts: texts.iter().map(PathBuf::from).collect(),
    })
}

fn read_files(paths: &[&str]) -> LoadResult {
    let sources = paths.iter().map(|path| Source::Path(PathBuf::from(path)));
    load(&Request {
        facts: sources.collect(),
        texts: Vec::new(),
    })
}

/// What an export gives of these records; of all in force, where none are named.
fn export(
    loaded: &LoadResult,
    format: &str,
    file: Option<&str>,
    selected: Option<BTreeSet<RecordRef>>,
) -> Vec<u8> {
    let dossier = Dossier::new(loaded);
    let in_force = || {
        let all = loaded.facts.records();
        all.filter(|record| dossier.validity.holds(&loaded.facts, *record))
            .collect()
    };
    let selected = selected.unwrap_or_else(in_force);
    let view = view(loaded, &selected);
    let options = Options {
        file: file.map(PathBuf::from),
        ..Options::default()
    };
    files(by_name(format).unwrap(), &dossier, &view, &options)
}

fn view<'l>(loaded: &'l LoadResult, records: &BTreeSet<RecordRef>) -> View<'l> {
    let facts = &loaded.facts;
    View::new(facts, RecordSet::of(facts, records.iter().copied()))
}

/// The writer of a format that is one file.
fn stream(exporter: &Exporter) -> WriteStream {
    match exporter.work.writes {
        Writes::Stream(write) => write,
        Writes::Folder(_) => panic!("{} is a folder", exporter.name),
    }
}

/// Every file of an export, one after the other.
fn files(
    exporter: &Exporter,
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
) -> Vec<u8> {
    struct All(Vec<u8>);
    impl Folder for All {
        fn file(
            &mut self,
            _name: &'static str,
            content: &mut dyn FnMut(&mut dyn io::Write) -> io::Result<()>,
        ) -> io::Result<()> {
            content(&mut self.0)
        }
    }
    let mut all = All(Vec::new());
    match exporter.work.writes {
        Writes::Stream(write) => write(dossier, view, options, &mut all.0),
        Writes::Folder(write) => write(dossier, view, options, &mut all),
    }
    .unwrap();
    all.0
}
