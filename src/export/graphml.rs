//! `graphml`: GraphML, which most programs for graphs read.

use std::io::{self, Write};

use super::columns::{Columns, Holds};
use super::{Choice, Export, Exporter, Options, edge_prefix, xml};
use annals_graph::View;
use annals_query::Dossier;

/// GraphML.
pub(super) static FORMAT: Exporter = Exporter {
    name: "graphml",
    title: "a graph in GraphML, for NetworkX, igraph, yEd, Cytoscape and Gephi",
    extensions: &["graphml"],
    loses: "It has strings, numbers and booleans, each under a declared key: lists are JSON in one string, dates are strings. Passages are on the edges to their documents, and on relations and orders.",
    notes: "The `id` of a node is its id in the facts; the `id` of an edge is its number. Parallel edges are separate edges, each with its id.\n\n\
         Control characters, which XML cannot hold, are written as `_x0000_` with their code; `_x005F_` replaces the first `_` of text that looks like such an escape. The schema of GraphML requires ids without spaces and slashes; no known program enforces this, so ids stay as they are in the facts.",
    options: &[Choice::MergeEdges],
    work: Export::stream(write),
};

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let facts = dossier.facts();
    let columns = Columns::of(dossier, view, options.parallel);
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
          xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
          xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
          http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n\
          <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n",
    )?;
    for (nth, column) in columns.nodes.iter().enumerate() {
        declare(out, 'n', nth, column.name(), column.holds())?;
    }
    for (nth, column) in columns.edges.iter().enumerate() {
        declare(out, 'e', nth, column.name(), column.holds())?;
    }
    out.write_all(b"<graph id=\"annals\" edgedefault=\"directed\">\n")?;
    for node in view.nodes() {
        out.write_all(b"<node")?;
        xml::attribute(out, "id", facts.id(node))?;
        out.write_all(b"><data key=\"label\">")?;
        xml::text(out, facts.label(node))?;
        out.write_all(b"</data>")?;
        for (nth, column) in columns.nodes.iter().enumerate() {
            data(
                out,
                'n',
                nth,
                column.cell(dossier, node).as_text().as_deref(),
            )?;
        }
        out.write_all(b"</node>\n")?;
    }
    let prefix = edge_prefix(view);
    view.bundles(options.parallel, &mut |bundle| {
        let edge = bundle.edge();
        write!(out, "<edge id=\"{prefix}{}\"", bundle.index)?;
        xml::attribute(out, "source", facts.id(edge.source))?;
        xml::attribute(out, "target", facts.id(edge.target))?;
        out.write_all(b">")?;
        for (nth, column) in columns.edges.iter().enumerate() {
            data(
                out,
                'e',
                nth,
                column.cell(dossier, bundle).as_text().as_deref(),
            )?;
        }
        out.write_all(b"</edge>\n")
    })?;
    out.write_all(b"</graph>\n</graphml>\n")
}

fn declare(
    out: &mut dyn Write,
    letter: char,
    nth: usize,
    name: &str,
    holds: Holds,
) -> io::Result<()> {
    let kind = match holds {
        Holds::Text | Holds::Texts | Holds::Day => "string",
        Holds::Number => "double",
        Holds::Count => "int",
        Holds::Truth => "boolean",
    };
    let whose = if letter == 'n' { "node" } else { "edge" };
    write!(out, "<key id=\"{letter}{nth}\" for=\"{whose}\"")?;
    xml::attribute(out, "attr.name", name)?;
    writeln!(out, " attr.type=\"{kind}\"/>")
}

fn data(out: &mut dyn Write, letter: char, nth: usize, value: Option<&str>) -> io::Result<()> {
    let Some(value) = value else { return Ok(()) };
    write!(out, "<data key=\"{letter}{nth}\">")?;
    xml::text(out, value)?;
    out.write_all(b"</data>")
}
