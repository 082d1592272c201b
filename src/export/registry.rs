//! The list of all formats.

use std::path::Path;

use super::{
    Choice, Exporter, csv, cyjs, dot, facts, gexf, graphml, html, ics, jgf, json, mermaid, neo4j,
    rdf, timelinejs,
};

impl Choice {
    /// The names of the formats that heed it.
    pub fn heeded_by(self) -> Vec<&'static str> {
        let heed = EXPORTERS.iter().filter(|one| one.heeds().contains(&self));
        heed.map(|one| one.name()).collect()
    }
}

/// Every format, in the order in which help shows them.
pub static EXPORTERS: &[&dyn Exporter] = &[
    &dot::Dot,
    &json::Json,
    &gexf::Gexf,
    &graphml::GraphMl,
    &cyjs::Cyjs,
    &jgf::Jgf,
    &csv::Csv,
    &neo4j::Neo4j,
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
