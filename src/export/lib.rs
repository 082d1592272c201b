//! The graph for other programs: one list of formats, one file a format, each written as it is
//! walked.
//!
//! ```
//! use annals_export::{Options, Writes, by_name};
//! use annals_graph::View;
//! use annals_load::{Request, Source, load};
//! use annals_query::Dossier;
//!
//! let yaml = "annals: 1\nactors:\n  - {id: nato, name: NATO, kind: organization}\n";
//! let source = Source::Memory { name: "facts.yaml".into(), bytes: yaml.into() };
//! let loaded = load(&Request { facts: vec![source], texts: vec![] });
//! let view = View::of_all(&loaded.facts);
//!
//! let json = by_name("json").ok_or("no such format")?;
//! let Writes::Stream(write) = json.work.writes else { return Err("a folder".into()) };
//! let mut out = Vec::new();
//! write(&Dossier::new(&loaded), &view, &Options::default(), &mut out)?;
//! assert!(String::from_utf8(out)?.contains(r#""label":"NATO""#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod anonymise;
pub mod brief;
mod closure;
pub mod columns;
mod csv;
mod cyjs;
mod date_columns;
mod dated;
mod dot;
pub mod facts;
mod gexf;
mod graphml;
mod html;
mod ics;
mod intervals;
mod jgf;
pub mod json;
mod mermaid;
mod neo4j;
pub mod networks;
mod rdf;
mod registry;
mod timelinejs;
mod xml;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use annals_check::Policy;
use annals_format::Format;
pub use annals_graph::Parallel;
use annals_graph::{Bundle, View};
use annals_model::{DateId, Facts, NodeRef};
use annals_query::{Dossier, ResolvedQuery};
pub use mermaid::Diagram;
pub use rdf::base_iri;
pub use registry::{EXPORTERS, by_extension, by_name};

/// What an export is asked for beside the graph.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What stands above a picture. Formats that are no picture have no use for it.
    pub title: Option<String>,
    /// What becomes of parallel edges.
    pub parallel: Parallel,
    /// Whether sheets are made for spreadsheet programs: with a byte order mark, and without cells
    /// that these would take for a formula.
    pub excel: bool,
    /// The file that is written, if it is one. A format of several spellings goes by its ending,
    /// and paths within it are relative to its folder.
    pub file: Option<PathBuf>,
    /// What the user has decided about findings, for formats that show them.
    pub policy: Policy,
    /// What was asked for, of the facts that are exported, for formats that draw them; without it
    /// they draw the records of the view.
    pub selection: Option<ResolvedQuery>,
    /// What a diagram shows.
    pub diagram: Diagram,
    /// What the names of things in linked data begin with; [`base_iri`] checks it.
    pub base: Option<String>,
}

/// A choice among [`Options`] that makes a difference to some formats only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// [`Options::parallel`]: of formats that have edges.
    MergeEdges,
    /// [`Options::excel`]: of sheets.
    Excel,
    /// [`Options::diagram`]: of diagrams.
    Diagram,
    /// [`Options::base`]: of linked data.
    Base,
}

impl Choice {
    /// The option of `annals export` that makes it.
    pub fn option(self) -> &'static str {
        match self {
            Choice::MergeEdges => "--merge-edges",
            Choice::Excel => "--excel",
            Choice::Diagram => "--diagram",
            Choice::Base => "--base",
        }
    }
}

/// Writes one file, node by node and edge by edge; equal facts give equal bytes.
///
/// It fails when `out` cannot be written to. What was written until then stands there.
pub type WriteStream = fn(&Dossier<'_>, &View<'_>, &Options, &mut dyn io::Write) -> io::Result<()>;

/// Writes the files of a folder, one after the other; equal facts give equal bytes.
pub type WriteFolder = fn(&Dossier<'_>, &View<'_>, &Options, &mut dyn Folder) -> io::Result<()>;

/// What a format is: one file, or a folder of files.
#[derive(Debug, Clone, Copy)]
pub enum Writes {
    /// One file, which can also go to standard output.
    Stream(WriteStream),
    /// A folder. No ending of a name says it.
    Folder(WriteFolder),
}

/// A folder that is being written.
pub trait Folder {
    /// Writes a file of it, whole.
    ///
    /// # Errors
    /// When `content` fails or the file cannot be written.
    fn file(
        &mut self,
        name: &'static str,
        content: &mut dyn FnMut(&mut dyn io::Write) -> io::Result<()>,
    ) -> io::Result<()>;
}

/// A format to which the graph can be written. Its options are the choices that make a difference to
/// it; a user who makes another is told.
pub type Exporter = Format<Export, Choice>;

/// What of this very graph does not fit into a format, one line each for the user: what
/// [`Format::loses`] says in general, counted.
type LeftOut = fn(&Dossier<'_>, &View<'_>, &Options) -> Vec<String>;

/// How a format is written.
#[derive(Debug)]
pub struct Export {
    /// Its writer.
    pub writes: Writes,
    left_out: Option<LeftOut>,
}

impl Export {
    const fn stream(write: WriteStream) -> Self {
        Export {
            writes: Writes::Stream(write),
            left_out: None,
        }
    }

    const fn folder(write: WriteFolder) -> Self {
        Export {
            writes: Writes::Folder(write),
            left_out: None,
        }
    }

    const fn with_left_out(self, left_out: LeftOut) -> Self {
        Export {
            writes: self.writes,
            left_out: Some(left_out),
        }
    }

    /// What of this very graph does not fit into the format, one line each for the user.
    pub fn left_out(
        &self,
        dossier: &Dossier<'_>,
        view: &View<'_>,
        options: &Options,
    ) -> Vec<String> {
        self.left_out
            .map_or_else(Vec::new, |left_out| left_out(dossier, view, options))
    }
}

/// The date of a node: of a document its publication, of an actor the lifespan, of an event when
/// it happened, of a claim when it was said.
fn date_of(facts: &Facts, node: NodeRef) -> Option<DateId> {
    match node {
        NodeRef::Document(id) => facts[id].published,
        NodeRef::Actor(id) => facts[id].lifespan,
        NodeRef::Event(id) => facts[id].when,
        NodeRef::Claim(id) => facts[id].said,
        NodeRef::Place(_) | NodeRef::Topic(_) => None,
    }
}

/// What the ids of edges begin with, before their number: as many `e` as no node has before a
/// number of its own, so that no edge has the id of a node.
fn edge_prefix(view: &View<'_>) -> String {
    let facts = view.facts();
    let taken: BTreeSet<usize> = view
        .nodes()
        .filter_map(|node| {
            let id = facts.id(node);
            let number = id.trim_start_matches('e');
            let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            is_number.then_some(id.len() - number.len())
        })
        .collect();
    // One more than are taken are never all taken.
    let free = (1..=taken.len() + 1).find(|length| !taken.contains(length));
    "e".repeat(free.unwrap_or(1))
}

/// The kind of an edge so that parallel edges have different ones: `about`, `about 2`. A word that
/// ends in a number already has its own after it, also the first time.
fn kind_of_its_own<'k>(kind: &'k str, bundle: &Bundle<'_>) -> Cow<'k, str> {
    let last = kind.rsplit_once(' ').map_or("", |(_, last)| last);
    let numbered = !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
    if bundle.nth == 0 && !numbered {
        kind.into()
    } else {
        format!("{kind} {}", bundle.nth + 1).into()
    }
}
