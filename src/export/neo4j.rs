//! `neo4j`: a folder of CSV for `neo4j-admin database import`, with a Cypher script that loads the
//! same files into a running server.
//!
//! The two read quotation marks alike only when a backslash is an escape, as `LOAD CSV` has it by
//! default and the importer with `--legacy-style-quoting=true`: so it is one here.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::io::{self, Write};

use super::columns::{Cell, Columns, Holds};
use super::xml::as_name;
use super::{Choice, Export, Exporter, Folder, Options, edge_prefix};
use annals_format::escape::written_out;
use annals_graph::{Parallel, View};
use annals_model::{NodeRef, RecordKind, Vocabulary};
use annals_query::Dossier;

/// What separates the items of a list: the unit separator, which stands in hardly any text.
const BETWEEN: char = '\u{1F}';

/// CSV for Neo4j.
pub(super) static FORMAT: Exporter = Exporter {
    name: "neo4j",
    title: "a folder of CSV for Neo4j's importer, with a Cypher script that loads it",
    extensions: &[],
    loses: "It has strings, numbers, booleans, days and lists of strings. Passages are on the edges to their documents, and on relations and orders. Characters that steer a terminal or turn the direction of text are written out: `\\u{202e}`, and `\\u{` itself as `\\u{5c}u{`.",
    notes: "`nodes.csv` and `relationships.csv` have the importer's headings. Stop the server, then run in the folder:\n\n\
         ```text\n\
         neo4j-admin database import full neo4j --nodes=nodes.csv --relationships=relationships.csv \\\n\
         \x20 --array-delimiter=U+001F --multiline-fields=true --legacy-style-quoting=true\n\
         ```\n\n\
         Or put the files into the server's `import` folder and run `cypher-shell -f load.cypher` \
         (Neo4j 5.23 or later); running it twice changes nothing.\n\n\
         Every node has the label `Annals`, a label for its kind (`Actor`, `Claim`, …), and its id in the facts as `id`. A relationship's type is the kind of the edge. In names of types and properties, characters other than letters, digits and `_` are written as `_x0020_` with their code; the property `kind` has the unchanged kind. Days are Neo4j dates.",
    options: &[Choice::MergeEdges],
    work: Export::folder(write),
};

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    folder: &mut dyn Folder,
) -> io::Result<()> {
    let columns = Columns::of(dossier, view, options.parallel);
    folder.file("nodes.csv", &mut |out| nodes(dossier, view, &columns, out))?;
    folder.file("relationships.csv", &mut |out| {
        relationships(dossier, view, &columns, options.parallel, out)
    })?;
    folder.file("load.cypher", &mut |out| script(view, &columns, out))
}

fn nodes<'f>(
    dossier: &Dossier<'f>,
    view: &View<'_>,
    columns: &Columns<'f>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let facts = dossier.facts();
    out.write_all(b"id:ID,:LABEL,label:string")?;
    for column in &columns.nodes {
        write!(out, ",{}", heading(column.name(), column.holds()))?;
    }
    out.write_all(b"\n")?;
    for node in view.nodes() {
        text(out, facts.id(node))?;
        write!(out, ",Annals{BETWEEN}{},", label(node.kind()))?;
        text(out, facts.label(node))?;
        for column in &columns.nodes {
            cell(out, &column.cell(dossier, node))?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn relationships<'f>(
    dossier: &Dossier<'f>,
    view: &View<'_>,
    columns: &Columns<'f>,
    parallel: Parallel,
    out: &mut dyn Write,
) -> io::Result<()> {
    let facts = dossier.facts();
    out.write_all(b":START_ID,:END_ID,:TYPE,id:string")?;
    for column in &columns.edges {
        write!(out, ",{}", heading(column.name(), column.holds()))?;
    }
    out.write_all(b"\n")?;
    let prefix = edge_prefix(view);
    view.bundles(parallel, &mut |bundle| {
        let edge = bundle.edge();
        text(out, facts.id(edge.source))?;
        out.write_all(b",")?;
        text(out, facts.id(edge.target))?;
        out.write_all(b",")?;
        text(out, &type_of(edge.kind.word(facts)))?;
        write!(out, ",{prefix}{}", bundle.index)?;
        for column in &columns.edges {
            cell(out, &column.cell(dossier, bundle))?;
        }
        out.write_all(b"\n")
    })
}

/// A heading of the importer's: `first:date`.
fn heading(name: &str, holds: Holds) -> String {
    let kind = match holds {
        Holds::Text => "string",
        Holds::Texts => "string[]",
        Holds::Number => "double",
        Holds::Count => "long",
        Holds::Truth => "boolean",
        Holds::Day => "date",
    };
    format!("{}:{kind}", as_name(name))
}

/// The label of a kind of node: `Actor`.
fn label(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Document => "Document",
        RecordKind::Actor => "Actor",
        RecordKind::Place => "Place",
        RecordKind::Topic => "Topic",
        RecordKind::Event => "Event",
        RecordKind::Claim => "Claim",
        // These are relationships.
        RecordKind::Relation => "Relation",
        RecordKind::Order => "Order",
    }
}

/// The type of a relationship; Neo4j has none without a name.
fn type_of(kind: &str) -> String {
    if kind.is_empty() {
        "tie".to_owned()
    } else {
        as_name(kind)
    }
}

fn cell(out: &mut dyn Write, cell: &Cell<'_>) -> io::Result<()> {
    out.write_all(b",")?;
    if let Cell::Texts(texts) = cell {
        // The separator is not among what is written out.
        let items: Vec<Cow<'_, str>> = texts.iter().map(|one| written_out(one)).collect();
        return field(out, &items.join(&BETWEEN.to_string()));
    }
    match cell.as_text() {
        None => Ok(()),
        Some(words) => text(out, &words),
    }
}

/// Writes a text as a field, with what steers a terminal written out.
fn text(out: &mut dyn Write, text: &str) -> io::Result<()> {
    field(out, &written_out(text))
}

/// Writes a field. An empty one is in quotation marks: without them it were nothing.
fn field(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let plain = !text.is_empty() && !text.contains([',', '"', '\n', '\r']);
    if plain {
        return out.write_all(text.as_bytes());
    }
    let text = text.replace('\\', "\\\\").replace('"', "\"\"");
    write!(out, "\"{text}\"")
}

/// The script. Each kind of node and of edge has a statement of its own, since Cypher wants labels
/// and types written out.
fn script(view: &View<'_>, columns: &Columns<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(
        b"// Loads nodes.csv and relationships.csv from the server's import folder.\n\
          // Run it with: cypher-shell -f load.cypher\n\
          // In Neo4j's Browser, put :auto before each LOAD CSV.\n\
          CREATE CONSTRAINT annals_id IF NOT EXISTS FOR (n:Annals) REQUIRE n.id IS UNIQUE;\n",
    )?;
    let mut set = String::from("label: coalesce(row.`label:string`, '')");
    for column in &columns.nodes {
        set.push_str(", ");
        set.push_str(&property(column.name(), column.holds()));
    }
    let kinds: BTreeSet<RecordKind> = view.nodes().map(NodeRef::kind).collect();
    for kind in kinds {
        let (word, label) = (kind.word(), label(kind));
        write!(
            out,
            "\nLOAD CSV WITH HEADERS FROM 'file:///nodes.csv' AS row\n\
             WITH row WHERE row.`kind:string` = '{word}'\n\
             CALL (row) {{\n  MERGE (n:Annals {{id: row.`id:ID`}})\n  SET n:{label}, n += {{{set}}}\n\
             }} IN TRANSACTIONS OF 1000 ROWS;\n"
        )?;
    }
    let set: Vec<String> = (columns.edges.iter())
        .map(|column| property(column.name(), column.holds()))
        .collect();
    let set = set.join(", ");
    for kind in types(view) {
        write!(
            out,
            "\nLOAD CSV WITH HEADERS FROM 'file:///relationships.csv' AS row\n\
             WITH row WHERE row.`:TYPE` = '{kind}'\n\
             CALL (row) {{\n  MATCH (a:Annals {{id: row.`:START_ID`}})\n  \
             MATCH (b:Annals {{id: row.`:END_ID`}})\n  \
             MERGE (a)-[r:`{kind}` {{id: row.`id:string`}}]->(b)\n  SET r += {{{set}}}\n\
             }} IN TRANSACTIONS OF 1000 ROWS;\n"
        )?;
    }
    Ok(())
}

/// The types of relationships that there are.
fn types(view: &View<'_>) -> BTreeSet<String> {
    let facts = view.facts();
    let mut kinds = BTreeSet::new();
    let found: Result<(), Infallible> = view.bundles(Parallel::Kept, &mut |bundle| {
        kinds.insert(bundle.edge().kind);
        Ok(())
    });
    match found {
        Ok(()) => kinds
            .into_iter()
            .map(|kind| type_of(kind.word(facts)))
            .collect(),
    }
}

/// A property from its cell, of its type: `` first: date(row.`first:date`) ``.
fn property(name: &str, holds: Holds) -> String {
    let cell = format!("row.`{}`", heading(name, holds));
    let value = match holds {
        Holds::Text => cell,
        Holds::Texts => format!("split({cell}, '\\u001F')"),
        Holds::Number => format!("toFloat({cell})"),
        Holds::Count => format!("toInteger({cell})"),
        Holds::Truth => format!("toBoolean({cell})"),
        Holds::Day => format!("date({cell})"),
    };
    format!("`{}`: {value}", as_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_quoted_where_it_must_be() {
        let field = |given: &str| {
            let mut out = Vec::new();
            text(&mut out, given).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(field(r"plain \ x"), r"plain \ x");
        assert_eq!(field(r"ends, with \"), r#""ends, with \\""#);
        assert_eq!(field("a \"b\"\n"), "\"a \"\"b\"\"\n\"");
        assert_eq!(field(""), "\"\"");
    }
}
