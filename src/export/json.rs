//! `json`: a node-link graph, as [`NetworkX`] reads it with `node_link_graph(data, edges="edges")`.
//!
//! Each node and each edge is one line. Beside the keys that are always there, a node has the
//! fields of its record that are no edges, under their own names (a record's `kind` as `type`,
//! since `kind` says what sort of node it is); an edge has those of its relation or order.
//!
//! [`NetworkX`]: https://networkx.org/documentation/stable/reference/readwrite/json_graph.html

use std::io;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::date_columns::When;
use super::{Choice, Export, Exporter, Options};
use annals_graph::{Bundle, Edge, EdgeKind, Parallel, View};
use annals_model::{Evidence, Facts, NodeRef, RecordRef, Shape, StanceValue, Vocabulary, Voice};
use annals_query::Dossier;
use annals_query::answer::reported_day;
use annals_time::Day;

/// The node-link graph.
pub(super) static FORMAT: Exporter = Exporter {
    name: "json",
    title: "node-link graph in JSON, for NetworkX, D3 and scripts",
    extensions: &["json"],
    loses: "It has no orders that date a relation, since a relation is an edge, not a node.",
    notes: "",
    options: &[Choice::MergeEdges],
    work: Export::stream(write),
};

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(b"{\"schema\":\"annals.graph/1\",\"directed\":true,\"multigraph\":true,")?;
    out.write_all(b"\"graph\":{},\n\"nodes\":[")?;
    let mut line = "\n";
    for node in view.nodes() {
        out.write_all(line.as_bytes())?;
        serde_json::to_writer(&mut *out, &NodeRow::of(dossier, node))?;
        line = ",\n";
    }
    out.write_all(b"\n],\n\"edges\":[")?;
    let mut line = "\n";
    view.bundles(options.parallel, &mut |bundle| {
        out.write_all(line.as_bytes())?;
        let row = EdgeRow::of(dossier, bundle, options.parallel);
        serde_json::to_writer(&mut *out, &row)?;
        line = ",\n";
        Ok::<(), io::Error>(())
    })?;
    out.write_all(b"\n]}\n")
}

/// An edge as the graph's JSON has it.
pub fn edge(dossier: &Dossier<'_>, edge: &Edge) -> Value {
    json!(EdgeRow::of(dossier, &Bundle::single(edge), Parallel::Kept))
}

/// A node as the graph's JSON has it.
pub(super) fn node(dossier: &Dossier<'_>, node: NodeRef) -> Map<String, Value> {
    fields_of(json!(NodeRow::of(dossier, node)))
}

/// One or several edges as the graph's JSON has them.
pub(super) fn edge_of(
    dossier: &Dossier<'_>,
    bundle: &Bundle<'_>,
    parallel: Parallel,
) -> Map<String, Value> {
    fields_of(json!(EdgeRow::of(dossier, bundle, parallel)))
}

fn fields_of(row: Value) -> Map<String, Value> {
    match row {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

#[derive(Serialize)]
struct NodeRow<'f> {
    id: &'f str,
    kind: &'static str,
    label: &'f str,
    #[serde(flatten)]
    date: When<'f>,
    /// The first publication of what it rests on: a claim without a date is not later.
    #[serde(skip_serializing_if = "Option::is_none")]
    reported: Option<Day>,
    #[serde(flatten)]
    fields: Map<String, Value>,
}

impl<'f> NodeRow<'f> {
    fn of(dossier: &Dossier<'f>, node: NodeRef) -> Self {
        let facts = dossier.facts();
        let mut fields = own_fields(facts, node.into());
        let evidence = facts.evidence(node);
        if !evidence.is_empty() {
            fields.insert("evidence".into(), passages(facts, evidence.iter()));
        }
        if let NodeRef::Claim(id) = node
            && facts[id].voice == Voice::Narrator
        {
            fields.insert("narrator".into(), true.into());
        }
        fields.insert("source".into(), json!(dossier.source(node)));
        NodeRow {
            id: facts.id(node),
            kind: node.kind().word(),
            label: facts.label(node),
            date: When::of(facts, super::date_of(facts, node)),
            reported: reported_day(dossier, node),
            fields,
        }
    }
}

#[derive(Serialize)]
struct EdgeRow<'f> {
    source: &'f str,
    target: &'f str,
    /// Tells parallel edges apart.
    key: u32,
    kind: &'f str,
    /// Where parallel edges are merged: how many were.
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<usize>,
    #[serde(flatten)]
    date: When<'f>,
    facts: Vec<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stance: Option<StanceValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'f str>,
    #[serde(flatten)]
    fields: Map<String, Value>,
    evidence: Value,
}

impl<'f> EdgeRow<'f> {
    fn of(dossier: &Dossier<'f>, bundle: &Bundle<'_>, parallel: Parallel) -> Self {
        let facts = dossier.facts();
        let edge = bundle.edge();
        let all = bundle.edges().iter();
        EdgeRow {
            source: facts.id(edge.source),
            target: facts.id(edge.target),
            key: bundle.key,
            kind: edge.kind.word(facts),
            weight: (parallel == Parallel::Merged).then(|| bundle.weight()),
            date: When::of_edges(facts, bundle),
            facts: bundle.facts().map(|fact| facts.id(fact)).collect(),
            stance: edge.stance,
            role: edge.role.map(|role| facts.name(role)),
            fields: fact_fields(dossier, bundle),
            evidence: passages(facts, all.flat_map(|edge| evidence(facts, edge))),
        }
    }
}

/// The fields of a relation or order, which stand at no node; of several what they have in common.
fn fact_fields(dossier: &Dossier<'_>, bundle: &Bundle<'_>) -> Map<String, Value> {
    let facts = dossier.facts();
    if bundle.edge().fact.node().is_some() {
        return Map::new();
    }
    let mut each = bundle.facts().map(|fact| {
        let mut fields = own_fields(facts, fact);
        fields.insert("origin".into(), json!(dossier.source(fact)));
        fields
    });
    let mut fields = each.next().unwrap_or_default();
    for other in each {
        fields.retain(|name, value| other.get(name) == Some(value));
    }
    fields
}

/// The passages behind an edge; for `reported_in` the one in that document.
fn evidence<'f>(facts: &'f Facts, edge: &Edge) -> &'f [Evidence] {
    let all = facts.list(edge.evidence);
    match (edge.kind, edge.passage) {
        (EdgeKind::ReportedIn, Some(nth)) => {
            all.get(nth as usize..=nth as usize).unwrap_or_default()
        }
        _ => all,
    }
}

/// The fields of a record that are neither edges nor its own keys of a row.
fn own_fields(facts: &Facts, record: RecordRef) -> Map<String, Value> {
    let mut fields = facts.written(record);
    let kind = record.kind();
    fields.retain(|name, _| {
        let own = kind.own_fields().iter().find(|field| field.name == name);
        // A row has the date of its record, its label and its evidence as keys of its own.
        let is_elsewhere = own.is_some_and(|field| {
            field.edge.is_some()
                || matches!(field.shape, Shape::Date)
                || matches!(field.name, "label" | "evidence")
        });
        name != "id" && !is_elsewhere
    });
    // `kind` says what sort of node it is.
    if let Some(kind) = fields.shift_remove("kind") {
        fields.shift_insert(0, "type".into(), kind);
    }
    fields
}

fn passages<'f>(facts: &'f Facts, evidence: impl Iterator<Item = &'f Evidence>) -> Value {
    let passage = |evidence: &Evidence| {
        let given = facts.list(evidence.spans);
        let mut passage = json!({
            "document": evidence.document.map(|id| facts.id(id)),
            "quote": evidence.quote.map(|quote| facts.str(quote)),
            "spans": if given.is_empty() { facts.list(evidence.found) } else { given },
            "verified": evidence.verified,
        });
        if let Some(page) = evidence.page {
            passage["page"] = facts.str(page).into();
        }
        passage
    };
    evidence.map(passage).collect()
}
