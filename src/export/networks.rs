//! Networks of actors and things for other programs: GraphML, GEXF, Pajek, DOT, Cytoscape.

#![allow(
    clippy::float_cmp,
    reason = "ends of a weight are compared where they are the same number"
)]

mod gexf;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::xml;
use annals_format::dot;
use annals_query::network::{EdgeRow, NodeRow, WindowRow};

/// A network to be written.
pub struct NetworkFile<'n> {
    /// The windows, with their edges.
    pub windows: Vec<(WindowRow, Vec<EdgeRow>)>,
    /// Whether edges lead from actors to things.
    pub is_affiliation: bool,
    /// The fields of a node's record.
    pub fields: &'n dyn Fn(&NodeRow) -> Map<String, Value>,
}

impl std::fmt::Debug for NetworkFile<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetworkFile")
            .field("windows", &self.windows.len())
            .finish_non_exhaustive()
    }
}

/// A node of some windows, with the fields of its record.
struct Node<'n> {
    row: &'n NodeRow,
    /// In which windows, and with how many statements.
    windows: Vec<(usize, [u64; 2])>,
    fields: BTreeMap<String, Value>,
}

impl NetworkFile<'_> {
    /// Whether there is more than one window.
    pub fn has_windows(&self) -> bool {
        self.windows.len() > 1
    }

    /// All nodes of all windows, by id.
    fn nodes(&self) -> Vec<Node<'_>> {
        let mut nodes: BTreeMap<(bool, &str), Node<'_>> = BTreeMap::new();
        for (nth, (window, _)) in self.windows.iter().enumerate() {
            for row in &window.nodes {
                let key = (row.is_thing, row.id.as_str());
                let node = nodes.entry(key).or_insert_with(|| Node {
                    row,
                    windows: Vec::new(),
                    fields: flat((self.fields)(row)),
                });
                node.windows.push((nth, row.statements));
            }
        }
        nodes.into_values().collect()
    }

    /// Whether some record is both an actor and a thing of an affiliation: then things have ids of
    /// their own.
    fn node_id(id: &str, is_thing: bool, twice: &BTreeSet<String>) -> String {
        if is_thing && twice.contains(id) {
            format!("{id} (thing)")
        } else {
            id.to_owned()
        }
    }

    /// The ids of actors that are things as well.
    fn twice(&self) -> BTreeSet<String> {
        let all = self.windows.iter().flat_map(|(window, _)| &window.nodes);
        let (things, actors): (Vec<&NodeRow>, Vec<&NodeRow>) = all.partition(|row| row.is_thing);
        let actors: BTreeSet<&str> = actors.into_iter().map(|row| row.id.as_str()).collect();
        let both = things
            .into_iter()
            .filter(|row| actors.contains(row.id.as_str()));
        both.map(|row| row.id.clone()).collect()
    }

    fn ends(&self, edge: &EdgeRow, twice: &BTreeSet<String>) -> [String; 2] {
        [
            edge.a.id.clone(),
            Self::node_id(&edge.b.id, self.is_affiliation, twice),
        ]
    }

    /// GraphML: one graph; edges of several windows say of which they are.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn graphml(&self, out: &mut dyn Write) -> io::Result<()> {
        let (nodes, twice) = (self.nodes(), self.twice());
        let columns = columns(&nodes);
        out.write_all(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
              <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
              <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n\
              <key id=\"part\" for=\"node\" attr.name=\"part\" attr.type=\"string\"/>\n\
              <key id=\"statements\" for=\"node\" attr.name=\"statements\" attr.type=\"int\"/>\n",
        )?;
        for (nth, (name, kind)) in columns.iter().enumerate() {
            write!(out, "<key id=\"n{nth}\" for=\"node\"")?;
            xml::attribute(out, "attr.name", name)?;
            writeln!(out, " attr.type=\"{}\"/>", kind.word())?;
        }
        for (name, kind) in EDGE_COLUMNS {
            writeln!(
                out,
                "<key id=\"{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
            )?;
        }
        let default = if self.is_affiliation {
            "directed"
        } else {
            "undirected"
        };
        writeln!(out, "<graph id=\"annals\" edgedefault=\"{default}\">")?;
        for node in &nodes {
            out.write_all(b"<node")?;
            xml::attribute(
                out,
                "id",
                &Self::node_id(&node.row.id, node.row.is_thing, &twice),
            )?;
            out.write_all(b">")?;
            data(out, "label", &node.row.name)?;
            data(out, "part", node.part())?;
            data(out, "statements", &node.most().to_string())?;
            for (nth, (name, _)) in columns.iter().enumerate() {
                if let Some(value) = node.fields.get(name) {
                    data(out, &format!("n{nth}"), &text(value))?;
                }
            }
            out.write_all(b"</node>\n")?;
        }
        let mut number = 0;
        for (window, edges) in &self.windows {
            for edge in edges {
                let [source, target] = self.ends(edge, &twice);
                write!(out, "<edge id=\"e{number}\"")?;
                number += 1;
                xml::attribute(out, "source", &source)?;
                xml::attribute(out, "target", &target)?;
                out.write_all(b">")?;
                for (name, value) in cells(window, edge) {
                    data(out, name, &value)?;
                }
                out.write_all(b"</edge>\n")?;
            }
        }
        out.write_all(b"</graph>\n</graphml>\n")
    }

    /// Pajek: vertices by name, of an affiliation the actors first; and a network for each window.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn pajek(&self, out: &mut dyn Write) -> io::Result<()> {
        for (window, edges) in &self.windows {
            if self.has_windows() {
                let day = |day: Option<annals_time::Day>| {
                    day.map_or_else(|| "..".to_owned(), |day| day.to_string())
                };
                writeln!(out, "*Network {} {}", day(window.from), day(window.until))?;
            }
            // Of an affiliation, too: a second number, of the actors, keeps NetworkX from reading it.
            writeln!(out, "*Vertices {}", window.nodes.len())?;
            let mut numbers: BTreeMap<(bool, &str), usize> = BTreeMap::new();
            let mut used: BTreeSet<String> = BTreeSet::new();
            for (row, number) in window.nodes.iter().zip(1..) {
                numbers.insert((row.is_thing, &row.id), number);
                let mut name = quoted(&row.name);
                if name.is_empty() || !used.insert(name.clone()) {
                    name = format!("{name} [{}]", quoted(&row.id));
                    if row.is_thing && !used.insert(name.clone()) {
                        name.push('\'');
                    }
                }
                writeln!(out, "{number} \"{name}\"")?;
            }
            writeln!(
                out,
                "{}",
                if self.is_affiliation {
                    "*Arcs"
                } else {
                    "*Edges"
                }
            )?;
            for edge in edges {
                let one = numbers.get(&(false, edge.a.id.as_str()));
                let other = numbers.get(&(self.is_affiliation, edge.b.id.as_str()));
                if let Some((one, other)) = one.zip(other) {
                    writeln!(out, "{one} {other} {}", edge.weight[1])?;
                }
            }
        }
        Ok(())
    }

    /// DOT, for Graphviz: width by weight, dashed where the least is 0, red where it is negative. Edges of
    /// several windows are parallel.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn dot(&self, out: &mut dyn Write) -> io::Result<()> {
        let nodes = self.nodes();
        let numbers: BTreeMap<(bool, &str), usize> = nodes
            .iter()
            .enumerate()
            .map(|(nth, node)| ((node.row.is_thing, node.row.id.as_str()), nth))
            .collect();
        let edges = || self.windows.iter().flat_map(|(_, edges)| edges);
        let heaviest = edges()
            .flat_map(|edge| edge.weight)
            .fold(0.0, |most: f64, one| most.max(one.abs()));
        out.write_all(dot::BEGIN.as_bytes())?;
        let layout = dot::Layout::Dense;
        let mut look = dot::Attributes::new();
        look.text("layout", "neato")
            .text("overlap", "false")
            .text("splines", "true");
        out.write_all(layout.statement("graph", look).as_bytes())?;
        for (nth, node) in nodes.iter().enumerate() {
            let mut look = dot::Attributes::new();
            look.html("label", &dot::html(&node.row.name));
            look.text("shape", if node.row.is_thing { "box" } else { "ellipse" });
            out.write_all(layout.statement(&dot::node(nth), look).as_bytes())?;
        }
        for edge in edges() {
            let ends = [(false, &edge.a), (self.is_affiliation, &edge.b)];
            let ends = ends.map(|(is_thing, end)| numbers.get(&(is_thing, end.id.as_str())));
            let [Some(one), Some(other)] = ends else {
                continue;
            };
            let [least, most] = edge.weight;
            let width = least.abs().max(most.abs()) / heaviest.max(f64::MIN_POSITIVE) * 6.0;
            let mut look = dot::Attributes::new();
            look.text("penwidth", format!("{:.2}", width.max(0.5)));
            look.text("label", range(edge.weight));
            if least <= 0.0 && most >= 0.0 {
                look.text("style", "dashed");
            }
            if most < 0.0 {
                look.text("color", "red");
            }
            if !self.is_affiliation {
                look.text("dir", "none");
            }
            let ends = [dot::node(*one), dot::node(*other)];
            out.write_all(layout.edge([&ends[0], &ends[1]], look).as_bytes())?;
        }
        out.write_all(dot::END.as_bytes())
    }

    /// The JSON of Cytoscape and Cytoscape.js.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn cyjs(&self, out: &mut dyn Write) -> io::Result<()> {
        let twice = self.twice();
        let nodes = self.nodes().into_iter().map(|node| {
            let mut data: Map<String, Value> = node.fields.clone().into_iter().collect();
            data.insert(
                "id".into(),
                Self::node_id(&node.row.id, node.row.is_thing, &twice).into(),
            );
            data.insert("name".into(), node.row.name.clone().into());
            data.insert("part".into(), node.part().into());
            data.insert("statements".into(), node.most().into());
            json!({ "data": data })
        });
        let nodes: Vec<Value> = nodes.collect();
        let mut edges = Vec::new();
        for (window, of_window) in &self.windows {
            for edge in of_window {
                let [source, target] = self.ends(edge, &twice);
                let mut data = json!({
                    "id": format!("e{}", edges.len()),
                    "source": source,
                    "target": target,
                    "weight": edge.weight[1],
                    "least": edge.weight[0],
                    "most": edge.weight[1],
                    "exact": edge.exact,
                });
                for (name, day) in [("from", window.from), ("until", window.until)] {
                    if let Some(day) = day {
                        data[name] = day.to_string().into();
                    }
                }
                edges.push(json!({ "data": data }));
            }
        }
        let all = json!({
            "format_version": "1.0",
            "generated_by": "annals",
            "target_cytoscapejs_version": "~3.0",
            "data": {"name": "annals"},
            "elements": {"nodes": nodes, "edges": edges},
        });
        serde_json::to_writer(&mut *out, &all)?;
        out.write_all(b"\n")
    }
}

impl Node<'_> {
    fn part(&self) -> &'static str {
        if self.row.is_thing { "thing" } else { "actor" }
    }

    /// How many statements there are in a window at most.
    fn most(&self) -> u64 {
        self.windows
            .iter()
            .map(|(_, [_, most])| *most)
            .max()
            .unwrap_or(0)
    }
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Text,
    Number,
    Truth,
}

impl Holds {
    fn of(value: &Value) -> Holds {
        match value {
            Value::Number(_) => Holds::Number,
            Value::Bool(_) => Holds::Truth,
            _ => Holds::Text,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Holds::Text => "string",
            Holds::Number => "double",
            Holds::Truth => "boolean",
        }
    }
}

/// The fields of all nodes, by name, with what all values of each are.
fn columns(nodes: &[Node<'_>]) -> Vec<(String, Holds)> {
    let mut columns: BTreeMap<String, Holds> = BTreeMap::new();
    for (name, value) in nodes.iter().flat_map(|node| &node.fields) {
        let holds = Holds::of(value);
        let column = columns.entry(name.clone()).or_insert(holds);
        if *column != holds {
            *column = Holds::Text;
        }
    }
    columns.into_iter().collect()
}

/// The columns of edges, and their types in GraphML.
const EDGE_COLUMNS: [(&str, &str); 8] = [
    ("weight", "double"),
    ("least", "double"),
    ("most", "double"),
    ("exact", "boolean"),
    ("things", "int"),
    ("kinds", "string"),
    ("from", "string"),
    ("until", "string"),
];

fn cells(window: &WindowRow, edge: &EdgeRow) -> Vec<(&'static str, String)> {
    let [least, most] = edge.weight;
    let mut cells = vec![
        ("weight", most.to_string()),
        ("least", least.to_string()),
        ("most", most.to_string()),
        ("exact", edge.exact.to_string()),
    ];
    cells.extend(edge.things.map(|things| ("things", things.to_string())));
    cells.extend(edge.kinds.as_ref().map(|kinds| ("kinds", kinds.join(", "))));
    cells.extend(window.from.map(|day| ("from", day.to_string())));
    cells.extend(window.until.map(|day| ("until", day.to_string())));
    cells
}

/// The fields of a record but its id and name, lists and objects as JSON in a text.
fn flat(fields: Map<String, Value>) -> BTreeMap<String, Value> {
    let own = |name: &str| {
        !matches!(
            name,
            "id" | "name" | "type" | "label" | "part" | "statements"
        )
    };
    let fields = fields
        .into_iter()
        .filter(|(name, value)| own(name) && !value.is_null());
    fields
        .map(|(name, value)| match value {
            Value::Array(_) | Value::Object(_) => (name, value.to_string().into()),
            value => (name, value),
        })
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn data(out: &mut dyn Write, key: &str, value: &str) -> io::Result<()> {
    write!(out, "<data key=\"{key}\">")?;
    xml::text(out, value)?;
    out.write_all(b"</data>")
}

/// A text within the quotation marks of Pajek, which has no way to write one, nor a line break.
fn quoted(text: &str) -> String {
    let plain = |c: char| match c {
        '"' => '\'',
        c if c.is_control() || annals_finding::is_hidden(c) => ' ',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// "0.5", or "0.5–0.75".
fn range([least, most]: [f64; 2]) -> String {
    let short = |weight: f64| {
        let words = format!("{weight:.2}");
        let words = words.trim_end_matches('0').trim_end_matches('.');
        if words == "-0" {
            "0".to_owned()
        } else {
            words.to_owned()
        }
    };
    if least == most {
        short(most)
    } else {
        format!("{}–{}", short(least), short(most))
    }
}
