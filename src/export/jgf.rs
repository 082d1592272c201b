//! `jgf`: the JSON Graph Format, version 2.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::{Choice, Export, Exporter, Options, edge_prefix, json};
use annals_graph::View;
use annals_query::Dossier;

/// The JSON Graph Format.
pub(super) static FORMAT: Exporter = Exporter {
    name: "jgf",
    title: "a graph in the JSON Graph Format, version 2",
    extensions: &["jgf"],
    loses: "It has no orders that date a relation, since a relation is an edge, not a node.",
    notes: "`metadata` of nodes and edges has everything that the node-link JSON has; an edge's `relation` is its kind, and its `id` is a number that no node has.",
    options: &[Choice::MergeEdges],
    work: Export::stream(write),
};

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b"{\"graph\":{\"type\":\"annals.graph/1\",\"directed\":true,\n\"nodes\":{")?;
    let mut line = "\n";
    for node in view.nodes() {
        let mut metadata = json::node(dossier, node);
        let id = metadata.shift_remove("id").unwrap_or_default();
        let label = metadata.shift_remove("label").unwrap_or_default();
        out.write_all(line.as_bytes())?;
        serde_json::to_writer(&mut *out, &id)?;
        out.write_all(b":")?;
        let body = [("label", label), ("metadata", metadata.into())];
        serde_json::to_writer(&mut *out, &object(body))?;
        line = ",\n";
    }
    out.write_all(b"\n},\n\"edges\":[")?;
    let prefix = edge_prefix(view);
    let mut line = "\n";
    view.bundles(options.parallel, &mut |bundle| {
        let mut metadata = json::edge_of(dossier, bundle, options.parallel);
        let mut take = |name: &str| metadata.shift_remove(name).unwrap_or_default();
        let (source, target, relation) = (take("source"), take("target"), take("kind"));
        out.write_all(line.as_bytes())?;
        let body = [
            ("id", format!("{prefix}{}", bundle.index).into()),
            ("source", source),
            ("relation", relation),
            ("target", target),
            ("directed", true.into()),
            ("metadata", metadata.into()),
        ];
        serde_json::to_writer(&mut *out, &object(body))?;
        line = ",\n";
        Ok::<(), io::Error>(())
    })?;
    out.write_all(b"\n]\n}}\n")
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
}
