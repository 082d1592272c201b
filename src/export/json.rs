//! `json`: a node-link graph, as [`NetworkX`] reads it with `node_link_graph(data, edges="edges")`.
//!
//! Each node and each edge is one line. Beside the keys that are always there, a node has the
//! fields of its record that are no edges, under their own names (a record's `kind` as `type`,
//! since `kind` says what sort of node it is); an edge has those of its relation or order.
//!
//! [`NetworkX`]: https://networkx.org/documentation/stable/reference/readwrite/json_graph.html

use std::collections::HashMap;
use std::io;

use petgraph::visit::EdgeRef;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Exporter, Options};
use crate::graph::{Edge, EdgeKind, Graph};
use crate::model::{DateId, Evidence, Facts, NodeRef, RecordRef, StanceValue, Vocabulary, Voice};
use crate::query::Dossier;
use crate::query::answer::reported_day;
use crate::time::{Calendar, Day, Precision};

/// The node-link graph.
pub(super) struct Json;

impl Exporter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn title(&self) -> &'static str {
        "node-link graph in JSON, for NetworkX, D3 and scripts"
    }

    fn cannot_hold(&self) -> &'static str {
        "It has no orders that date a relation, since a relation is an edge and not a node."
    }

    fn write(
        &self,
        dossier: &Dossier<'_>,
        graph: &Graph,
        _options: &Options,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let net = &graph.net;
        out.write_all(b"{\"schema\":\"annals.graph/1\",\"directed\":true,\"multigraph\":true,")?;
        out.write_all(b"\"graph\":{},\n\"nodes\":[")?;
        let mut line = "\n";
        for &node in net.node_weights() {
            out.write_all(line.as_bytes())?;
            serde_json::to_writer(&mut *out, &NodeRow::of(dossier, node))?;
            line = ",\n";
        }
        out.write_all(b"\n],\n\"edges\":[")?;
        // Only looked up, never walked: its order is of no account.
        let mut parallel: HashMap<_, u32> = HashMap::new();
        let mut line = "\n";
        for edge in net.edge_references() {
            let count = parallel.entry((edge.source(), edge.target())).or_default();
            out.write_all(line.as_bytes())?;
            serde_json::to_writer(&mut *out, &EdgeRow::of(dossier, edge.weight(), *count))?;
            *count += 1;
            line = ",\n";
        }
        out.write_all(b"\n]}\n")
    }
}

/// An edge as the graph's JSON has it; `key` tells parallel edges apart.
pub fn edge(dossier: &Dossier<'_>, edge: &Edge, key: u32) -> Value {
    json!(EdgeRow::of(dossier, edge, key))
}

/// A date, spread over the keys of a node or edge.
#[derive(Serialize)]
struct Dated<'f> {
    first: Option<Day>,
    last: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<Precision>,
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<Calendar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<&'f str>,
}

impl<'f> Dated<'f> {
    fn of(facts: &'f Facts, date: Option<DateId>) -> Self {
        let date = date.map(|id| facts.date(id));
        Dated {
            first: date.and_then(crate::time::Date::first),
            last: date.and_then(crate::time::Date::last),
            written: date.map(crate::time::Date::written),
            precision: date.map(crate::time::Date::precision),
            calendar: date.map(crate::time::Date::calendar),
            display: date.and_then(crate::time::Date::display),
        }
    }
}

#[derive(Serialize)]
struct NodeRow<'f> {
    id: &'f str,
    kind: &'static str,
    label: &'f str,
    #[serde(flatten)]
    date: Dated<'f>,
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
            fields.insert("evidence".into(), passages(facts, evidence));
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
            date: Dated::of(facts, super::date_of(facts, node)),
            reported: reported_day(dossier, node),
            fields,
        }
    }
}

#[derive(Serialize)]
struct EdgeRow<'f> {
    source: &'f str,
    target: &'f str,
    key: u32,
    kind: &'f str,
    #[serde(flatten)]
    date: Dated<'f>,
    facts: [&'f str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    stance: Option<StanceValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'f str>,
    #[serde(flatten)]
    fields: Map<String, Value>,
    evidence: Value,
}

impl<'f> EdgeRow<'f> {
    fn of(dossier: &Dossier<'f>, edge: &Edge, key: u32) -> Self {
        let facts = dossier.facts();
        let fields = match edge.fact {
            // Their fields stand at no node.
            RecordRef::Relation(_) | RecordRef::Order(_) => {
                let mut fields = own_fields(facts, edge.fact);
                fields.insert("origin".into(), json!(dossier.source(edge.fact)));
                fields
            }
            _ => Map::new(),
        };
        let all = facts.list(edge.evidence);
        let evidence = match (edge.kind, edge.passage) {
            (EdgeKind::ReportedIn, Some(nth)) => all.get(nth as usize..=nth as usize),
            _ => Some(all),
        };
        EdgeRow {
            source: facts.id(edge.source),
            target: facts.id(edge.target),
            key,
            kind: edge.kind.word(facts),
            date: Dated::of(facts, edge.when),
            facts: [facts.id(edge.fact)],
            stance: edge.stance,
            role: edge.role.map(|role| facts.name(role)),
            fields,
            evidence: passages(facts, evidence.unwrap_or_default()),
        }
    }
}

/// The fields of a record that are neither edges nor its own keys of a row.
fn own_fields(facts: &Facts, record: RecordRef) -> Map<String, Value> {
    let mut fields = facts.written(record);
    let elsewhere: &[&str] = match record {
        RecordRef::Document(_) => &["published", "based_on", "corrects"],
        RecordRef::Actor(_) => &["lifespan"],
        RecordRef::Place(_) => &["within"],
        RecordRef::Topic(_) => &["label", "about"],
        RecordRef::Event(_) => &[
            "label",
            "when",
            "participants",
            "place",
            "part_of",
            "causes",
        ],
        RecordRef::Claim(_) => &[
            "speaker",
            "to",
            "about",
            "stance",
            "said",
            "at",
            "via",
            "responds_to",
            "supports",
            "contradicts",
            "repeats",
        ],
        RecordRef::Relation(_) => &["from", "to", "kind", "when"],
        RecordRef::Order(_) => &["first", "second"],
    };
    fields.retain(|name, _| {
        !matches!(name.as_str(), "id" | "evidence") && !elsewhere.contains(&name.as_str())
    });
    // `kind` says what sort of node it is.
    if let Some(kind) = fields.shift_remove("kind") {
        fields.shift_insert(0, "type".into(), kind);
    }
    fields
}

fn passages(facts: &Facts, evidence: &[Evidence]) -> Value {
    let passage = |evidence: &Evidence| {
        let given = facts.list(evidence.spans);
        json!({
            "document": evidence.document.map(|id| facts.id(id)),
            "quote": evidence.quote.map(|quote| facts.str(quote)),
            "spans": if given.is_empty() { facts.list(evidence.found) } else { given },
            "verified": evidence.verified,
        })
    };
    evidence.iter().map(passage).collect()
}
