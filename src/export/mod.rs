//! The graph for other programs: one list of formats, one file a format, each written to a stream.
//!
//! ```
//! use annals::export::{Options, by_name};
//! use annals::graph::Graph;
//! use annals::load::{Request, Source, load};
//! use annals::query::Dossier;
//!
//! let yaml = "annals: 1\nactors:\n  - {id: nato, name: NATO, kind: organization}\n";
//! let source = Source::Memory { name: "facts.yaml".into(), bytes: yaml.into() };
//! let loaded = load(&Request { facts: vec![source], texts: vec![] });
//! let graph = Graph::of_all(&loaded.facts);
//!
//! let json = by_name("json").ok_or("no such format")?;
//! let mut out = Vec::new();
//! json.write(&Dossier::new(&loaded), &graph, &Options::default(), &mut out)?;
//! assert!(String::from_utf8(out)?.contains(r#""label":"NATO""#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod anonymise;
mod closure;
mod dated;
mod dot;
mod escapes;
mod facts;
mod html;
mod ics;
pub mod json;
mod mermaid;
mod rdf;
mod timelinejs;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::check::Policy;
use crate::graph::Graph;
use crate::model::{DateId, Facts, NodeRef, RecordRef};
use crate::query::Dossier;
pub use mermaid::Diagram;
pub use rdf::base_iri;

/// What an export is asked for beside the graph.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What stands above a picture. Formats that are no picture have no use for it.
    pub title: Option<String>,
    /// The records that are selected. Without them, those behind the nodes and edges of the graph.
    pub selected: Option<BTreeSet<RecordRef>>,
    /// The file that is written, if it is one. A format of several spellings goes by its ending,
    /// and paths within it are relative to its folder.
    pub file: Option<PathBuf>,
    /// What the user has decided about findings, for formats that show them.
    pub policy: Policy,
    /// What a diagram shows.
    pub diagram: Diagram,
    /// What the names of things in linked data begin with; [`base_iri`] checks it.
    pub base: Option<String>,
}

/// A format to which the graph can be written.
pub trait Exporter: Sync {
    /// How `--format` calls it.
    fn name(&self) -> &'static str;

    /// The endings of its files, without the dot and in lower case; the usual one first.
    fn endings(&self) -> &'static [&'static str];

    /// What it is, in one line.
    fn title(&self) -> &'static str;

    /// What of the facts is lost in it, in one sentence for the user.
    fn cannot_hold(&self) -> &'static str;

    /// What of this very graph does not fit into it, one line each for the user: what
    /// [`cannot_hold`](Exporter::cannot_hold) says in general, counted.
    fn left_out(&self, _dossier: &Dossier<'_>, _graph: &Graph, _options: &Options) -> Vec<String> {
        Vec::new()
    }

    /// Writes the graph, node by node and edge by edge; equal facts give equal bytes.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to. What was written until then stands there.
    fn write(
        &self,
        dossier: &Dossier<'_>,
        graph: &Graph,
        options: &Options,
        out: &mut dyn io::Write,
    ) -> io::Result<()>;
}

/// Every format, in the order in which help shows them.
pub static EXPORTERS: &[&dyn Exporter] = &[
    &dot::Dot,
    &json::Json,
    &facts::Facts,
    &mermaid::Mermaid,
    &timelinejs::TimelineJs,
    &ics::Ics,
    &rdf::JsonLd,
    &rdf::NQuads,
    &html::Html,
];

/// The format of this name.
pub fn by_name(name: &str) -> Option<&'static dyn Exporter> {
    EXPORTERS
        .iter()
        .copied()
        .find(|exporter| exporter.name() == name)
}

/// The format that a file's ending says, in whatever case: `kyiv.dot`, `KYIV.GV`.
pub fn by_ending(file: &Path) -> Option<&'static dyn Exporter> {
    let name = file.file_name()?.to_str()?.to_ascii_lowercase();
    let ends = |ending: &&str| {
        let stem = name
            .strip_suffix(ending)
            .and_then(|rest| rest.strip_suffix('.'));
        stem.is_some_and(|stem| !stem.is_empty())
    };
    let each = EXPORTERS.iter().flat_map(|exporter| {
        let endings = exporter.endings().iter();
        endings.map(move |ending| (*exporter, ending))
    });
    // `a.timeline.json` ends in `json` as well; the first of equals counts.
    let found = each.filter(|(_, ending)| ends(ending)).rev();
    let longest = found.max_by_key(|(_, ending)| ending.len());
    longest.map(|(exporter, _)| exporter)
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
