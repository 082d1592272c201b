//! `dot`: the graph as Graphviz draws it.
//!
//! A node stands as a shape of its kind with its name and, in grey, its kind and dates; what is too
//! long for it stands in its tooltip. `id` and `class` reach the SVG, for scripts and style sheets.

mod style;
mod text;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::io;

use graphviz_rust::dot_structures as structure;
use graphviz_rust::dot_structures::{Attribute, EdgeTy, GraphAttributes, Id, NodeId, Stmt, Vertex};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use super::{Choice, Exporter, Options, Writes};
use annals_draw::escapes::{as_id, dot_html, dot_quotes};
use annals_draw::text::one_line;
use annals_graph::{Bundle, EdgeKind, View};
use annals_model::{Facts, NodeRef, RecordKind, StanceValue, Vocabulary};
use annals_query::{Dossier, Validity};

use style::{FRAME, MUTED, TEXT};
use words::{NodeWords, Setting};

const FONT: &str = "Helvetica,Arial,sans-serif";

/// Graphviz's DOT.
pub(super) struct Dot;

impl Exporter for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["dot", "gv"]
    }

    fn title(&self) -> &'static str {
        "a picture for Graphviz: dot -Tsvg"
    }

    fn cannot_hold(&self) -> &'static str {
        "It has what a picture shows: names, kinds, dates, roles, stances and the first quotes. It has no spans, notes, tags, x_ fields or control characters."
    }

    fn heeds(&self) -> &'static [Choice] {
        &[Choice::MergeEdges]
    }

    fn writes(&self) -> Writes {
        Writes::Stream(write)
    }
}

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let facts = dossier.facts();
    let mut printer = PrinterContext::default();
    printer.with_semi();
    // The printer of the crate prints a graph at once. Here it prints one with the settings
    // alone, whose closing brace is left for the end, and then statement by statement; it
    // keeps in mind that the graph is directed.
    let settings = structure::Graph::DiGraph {
        id: Id::Plain("annals".to_owned()),
        strict: false,
        stmts: settings(&Summary::of(view, options), options),
    };
    let head = settings.print(&mut printer);
    out.write_all(head.strip_suffix('}').unwrap_or(&head).as_bytes())?;
    for (index, node) in view.nodes().enumerate() {
        let statement = node_statement(facts, &dossier.validity, node, index);
        writeln!(out, "{}", statement.print(&mut printer))?;
    }
    view.bundles(options.parallel, &mut |bundle| {
        let edge = bundle.edge();
        let ends = (view.index(edge.source), view.index(edge.target));
        let statement = edge_statement(facts, bundle, ends);
        writeln!(out, "{}", statement.print(&mut printer))
    })?;
    writeln!(out, "}}")
}

/// An attribute whose value is a string.
fn quoted(name: &str, value: &str) -> Attribute {
    Attribute(
        Id::Plain(name.to_owned()),
        Id::Escaped(format!("\"{value}\"")),
    )
}

/// An attribute whose value is an HTML-like label.
fn html(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), Id::Html(format!("<{value}>")))
}

/// Nodes have opaque names: whatever stands in an id, it is no DOT.
fn node_id(index: usize) -> NodeId {
    NodeId(Id::Escaped(format!("\"n{index}\"")), None)
}

fn settings(summary: &Summary, options: &Options) -> Vec<Stmt> {
    let whole = vec![
        quoted("rankdir", "LR"),
        quoted("bgcolor", "white"),
        quoted("pad", "0.4"),
        quoted("nodesep", "0.22"),
        quoted("ranksep", "1.1"),
        quoted("fontname", FONT),
        quoted("labelloc", "t"),
        quoted("labeljust", "l"),
        html("label", &heading(summary, options)),
    ];
    let nodes = vec![
        quoted("shape", "box"),
        quoted("fontname", FONT),
        quoted("fontsize", "13"),
        quoted("fontcolor", TEXT),
        quoted("penwidth", "1.4"),
        quoted("margin", "0.14,0.08"),
        quoted("height", "0.4"),
    ];
    let edges = vec![
        quoted("fontname", FONT),
        quoted("fontsize", "10"),
        quoted("fontcolor", MUTED),
        quoted("color", FRAME),
        quoted("arrowsize", "0.7"),
    ];
    [
        GraphAttributes::Graph(whole),
        GraphAttributes::Node(nodes),
        GraphAttributes::Edge(edges),
    ]
    .map(Stmt::GAttribute)
    .into()
}

/// Title, counts, and the stances that occur.
fn heading(summary: &Summary, options: &Options) -> String {
    let row = |cell: &str| format!("<TR><TD ALIGN=\"LEFT\">{cell}</TD></TR>");
    let mut rows = String::new();
    let title = options
        .title
        .as_deref()
        .map(one_line)
        .filter(|title| !title.is_empty());
    if let Some(title) = title {
        let title = text::wrap(
            &title,
            text::Room {
                columns: 90,
                lines: 2,
            },
        );
        let title = lines(&title, "LEFT");
        rows.push_str(&row(&format!(
            "<FONT POINT-SIZE=\"20\" COLOR=\"{TEXT}\"><B>{title}</B></FONT>"
        )));
    }
    let counts = dot_html(&summary.words());
    rows.push_str(&row(&format!(
        "<FONT POINT-SIZE=\"12\" COLOR=\"{MUTED}\">{counts}</FONT>"
    )));
    if let Some(legend) = legend(&summary.stances) {
        rows.push_str(&row(&legend));
    }
    // A little room before the graph begins.
    rows.push_str("<TR><TD HEIGHT=\"14\"></TD></TR>");
    format!(
        "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\">{rows}</TABLE>"
    )
}

/// What there is in the graph.
struct Summary {
    nodes: BTreeMap<RecordKind, usize>,
    edges: usize,
    stances: BTreeSet<StanceValue>,
}

impl Summary {
    fn of(view: &View<'_>, options: &Options) -> Self {
        let mut summary = Summary {
            nodes: BTreeMap::new(),
            edges: 0,
            stances: BTreeSet::new(),
        };
        for node in view.nodes() {
            *summary.nodes.entry(node.kind()).or_default() += 1;
        }
        let counted: Result<(), Infallible> = view.bundles(options.parallel, &mut |bundle| {
            summary.edges += 1;
            summary.stances.extend(bundle.edge().stance);
            Ok(())
        });
        match counted {
            Ok(()) => summary,
        }
    }

    /// "23 claims, 16 actors, … · 180 edges".
    fn words(&self) -> String {
        let order = [
            RecordKind::Claim,
            RecordKind::Actor,
            RecordKind::Event,
            RecordKind::Topic,
            RecordKind::Place,
            RecordKind::Document,
        ];
        let some = order
            .into_iter()
            .filter_map(|kind| Some((kind, self.nodes.get(&kind)?)));
        let mut parts: Vec<String> = some
            .map(|(kind, count)| counted(*count, kind.word(), kind.plural()))
            .collect();
        if parts.is_empty() {
            parts.push("no nodes".to_owned());
        }
        let edges = counted(self.edges, "edge", "edges");
        format!("{} · {edges}", parts.join(", "))
    }
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

fn legend(used: &BTreeSet<StanceValue>) -> Option<String> {
    let entry = |stance: &StanceValue| {
        let color = style::of_stance(*stance).color;
        let line = match stance {
            StanceValue::Supports => "──▶",
            StanceValue::Opposes => "╌╌┤",
            StanceValue::Neutral => "┈┈&gt;",
            StanceValue::Mixed => "╌╌◇",
        };
        format!(
            "<FONT POINT-SIZE=\"10\" COLOR=\"{color}\">{line} {}</FONT>",
            stance.word()
        )
    };
    let entries: Vec<String> = used.iter().map(entry).collect();
    let about = format!("<FONT POINT-SIZE=\"10\" COLOR=\"{MUTED}\">about:</FONT>");
    (!entries.is_empty()).then(|| format!("{about} {}", entries.join(" &#160; ")))
}

fn node_statement(facts: &Facts, validity: &Validity, node: NodeRef, index: usize) -> Stmt {
    let look = style::of_node(facts, node);
    let words = words::of_node(facts, validity, node);
    let mut attributes = vec![
        html("label", &node_label(&words)),
        quoted("tooltip", &dot_quotes(&words.tooltip)),
        quoted("id", &format!("node-{}", as_id(facts.id(node)))),
        quoted("class", &words.class),
        quoted("shape", look.shape),
        quoted("style", look.style),
        quoted("fillcolor", look.fill),
        quoted("color", look.stroke),
    ];
    if let NodeRef::Document(id) = node
        && let Some(url) = facts[id].url.and_then(|url| text::as_url(facts.str(url)))
    {
        attributes.push(quoted("URL", &url));
    }
    Stmt::Node(structure::Node {
        id: node_id(index),
        attributes,
    })
}

/// Lines with breaks between them, aligned to one side.
fn lines(lines: &[String], align: &str) -> String {
    let lines: Vec<String> = lines.iter().map(|line| dot_html(line)).collect();
    lines.join(&format!("<BR ALIGN=\"{align}\"/>"))
}

/// A name over its grey line; a claim's card has the line above what was said.
fn node_label(words: &NodeWords) -> String {
    let align = if words.setting == Setting::Name {
        "CENTER"
    } else {
        "LEFT"
    };
    let name = lines(&text::wrap(&words.name, words::NAME), align);
    let name = match words.setting {
        _ if name.is_empty() => "?".to_owned(),
        Setting::Name => format!("<B>{name}</B>"),
        Setting::Quote => name,
        Setting::Paraphrase => format!("<I>{name}</I>"),
    };
    let line = lines(&text::wrap(&words.line, words::LINE), align);
    let line = format!("<FONT POINT-SIZE=\"10\" COLOR=\"{MUTED}\">{line}</FONT>");
    let row = |cell: &str| format!("<TR><TD ALIGN=\"{align}\" BALIGN=\"{align}\">{cell}</TD></TR>");
    let rows = match words.setting {
        Setting::Name => [row(&name), row(&line)],
        Setting::Quote | Setting::Paraphrase => [row(&line), row(&name)],
    };
    let table = "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\">";
    format!("{table}{}</TABLE>", rows.concat())
}

fn edge_statement(facts: &Facts, bundle: &Bundle<'_>, ends: (usize, usize)) -> Stmt {
    let edge = bundle.edge();
    let look = style::of_edge(edge);
    let words = words::of_edges(facts, bundle);
    let mut attributes = Vec::new();
    let label = words.label.map(|label| text::wrap(&label, words::EDGE));
    if let Some(label) = label.filter(|label| !label.is_empty()) {
        let label = lines(&label, "CENTER");
        attributes.push(html(
            "label",
            &format!("<FONT COLOR=\"{}\">{label}</FONT>", look.color),
        ));
    }
    let tooltip = dot_quotes(&words.tooltip);
    attributes.extend([
        quoted("tooltip", &tooltip),
        quoted("labeltooltip", &tooltip),
        quoted("id", &format!("edge-{}", bundle.index)),
        quoted("class", &words.class),
        quoted("color", look.color),
        quoted("style", look.style),
        quoted("arrowhead", look.head),
    ]);
    // Every claim is reported somewhere: were these lines to pull, all would stand in one row.
    if edge.kind == EdgeKind::ReportedIn {
        attributes.push(quoted("constraint", "false"));
    }
    let (source, target) = (Vertex::N(node_id(ends.0)), Vertex::N(node_id(ends.1)));
    Stmt::Edge(structure::Edge {
        ty: EdgeTy::Pair(source, target),
        attributes,
    })
}
