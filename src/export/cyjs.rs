//! `cyjs`: the JSON of Cytoscape and Cytoscape.js.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::columns::{Cell, Columns};
use super::{Choice, Export, Exporter, Options, edge_prefix};
use annals_graph::View;
use annals_query::Dossier;

/// Cytoscape's JSON.
pub(super) static FORMAT: Exporter = Exporter {
    name: "cyjs",
    title: "a network in JSON, for Cytoscape and Cytoscape.js",
    extensions: &["cyjs"],
    loses: "Its columns hold strings, numbers, booleans and lists of strings: dates are strings. Passages are on the edges to their documents, and on relations and orders.",
    notes: "A node's `id` is its id in the facts; its `name` is its name. An edge's `id` is a number that no node has; its `interaction` is its kind, and its `name` reads *source (kind) target*. Cytoscape ignores case in column names: of two fields of your own that differ only in case, it keeps one.",
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
        b"{\"format_version\":\"1.0\",\"generated_by\":\"annals\",\
          \"target_cytoscapejs_version\":\"~3.0\",\n\
          \"data\":{\"name\":\"annals\",\"shared_name\":\"annals\"},\n\
          \"elements\":{\n\"nodes\":[",
    )?;
    let mut line = "\n";
    for node in view.nodes() {
        let mut data = Map::new();
        let name = facts.label(node);
        data.insert("id".into(), facts.id(node).into());
        data.insert("name".into(), name.into());
        data.insert("shared_name".into(), name.into());
        for column in &columns.nodes {
            insert(&mut data, column.name(), column.cell(dossier, node));
        }
        element(out, line, data)?;
        line = ",\n";
    }
    out.write_all(b"\n],\n\"edges\":[")?;
    let prefix = edge_prefix(view);
    let mut line = "\n";
    view.bundles(options.parallel, &mut |bundle| {
        let edge = bundle.edge();
        let (source, target) = (facts.id(edge.source), facts.id(edge.target));
        let kind = edge.kind.word(facts);
        let name = format!("{source} ({kind}) {target}");
        let mut data = Map::new();
        data.insert("id".into(), format!("{prefix}{}", bundle.index).into());
        data.insert("source".into(), source.into());
        data.insert("target".into(), target.into());
        data.insert("interaction".into(), kind.into());
        data.insert("shared_interaction".into(), kind.into());
        data.insert("name".into(), name.as_str().into());
        data.insert("shared_name".into(), name.into());
        for column in &columns.edges {
            insert(&mut data, column.name(), column.cell(dossier, bundle));
        }
        element(out, line, data)?;
        line = ",\n";
        Ok::<(), io::Error>(())
    })?;
    out.write_all(b"\n]\n}}\n")
}

fn insert(data: &mut Map<String, Value>, name: &str, cell: Cell<'_>) {
    let value: Value = match cell {
        Cell::None => return,
        Cell::Text(text) => text.into(),
        Cell::Texts(texts) => texts.into_iter().map(Value::from).collect(),
        Cell::Number(number) => number.into(),
        Cell::Count(count) => count.into(),
        Cell::Truth(truth) => truth.into(),
        Cell::Day(day) => day.to_string().into(),
    };
    data.insert(name.to_owned(), value);
}

fn element(out: &mut dyn Write, line: &str, data: Map<String, Value>) -> io::Result<()> {
    out.write_all(line.as_bytes())?;
    let element = Map::from_iter([("data".to_owned(), Value::Object(data))]);
    Ok(serde_json::to_writer(out, &element)?)
}
