//! The list of all formats.

use std::path::Path;

use super::{
    Choice, Exporter, csv, cyjs, dot, facts, gexf, graphml, html, ics, jgf, json, mermaid, neo4j,
    rdf, timelinejs,
};

impl Choice {
    /// The names of the formats that take it.
    pub fn formats(self) -> Vec<&'static str> {
        annals_format::names_taking(EXPORTERS, &self)
    }
}

/// Every format, in the order in which help shows them.
pub static EXPORTERS: &[&Exporter] = &[
    &dot::FORMAT,
    &json::FORMAT,
    &gexf::FORMAT,
    &graphml::FORMAT,
    &cyjs::FORMAT,
    &jgf::FORMAT,
    &csv::FORMAT,
    &neo4j::FORMAT,
    &facts::FORMAT,
    &mermaid::FORMAT,
    &timelinejs::FORMAT,
    &ics::FORMAT,
    &rdf::JSON_LD,
    &rdf::N_QUADS,
    &html::FORMAT,
];

/// The format of this name.
pub fn by_name(name: &str) -> Option<&'static Exporter> {
    annals_format::by_name(EXPORTERS, name)
}

/// The format that a file's extension says, in whatever case: `kyiv.dot`, `KYIV.GV`.
pub fn by_extension(file: &Path) -> Option<&'static Exporter> {
    annals_format::by_extension(EXPORTERS, file)
}
