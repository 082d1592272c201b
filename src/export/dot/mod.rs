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

use super::{Choice, Export, Exporter, Options};
use annals_draw::text::one_line;
use annals_format::dot::{self, Attributes, Layout, font};
use annals_format::escape::as_id;
use annals_graph::{Bundle, EdgeKind, View};
use annals_model::{Facts, NodeRef, RecordKind, StanceValue, Vocabulary};
use annals_query::{Dossier, Validity};

use style::{FRAME, MUTED, TEXT};
use words::{NodeWords, Setting};

const FONT: &str = "Helvetica,Arial,sans-serif";

/// Graphviz's DOT.
pub(super) static FORMAT: Exporter = Exporter {
    name: "dot",
    title: "a picture for Graphviz: dot -Tsvg",
    extensions: &["dot", "gv"],
    loses: "It has what a picture shows: names, kinds, dates, roles, stances and the first quotes. It has no spans, notes, tags, x_ fields or control characters.",
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
    let facts = dossier.facts();
    out.write_all(dot::BEGIN.as_bytes())?;
    out.write_all(settings(&Summary::of(view, options), options).as_bytes())?;
    for (index, node) in view.nodes().enumerate() {
        let statement = node_statement(facts, &dossier.validity, node, index);
        out.write_all(statement.as_bytes())?;
    }
    view.bundles(options.parallel, &mut |bundle| {
        let edge = bundle.edge();
        let ends = [edge.source, edge.target].map(|end| view.index(end));
        out.write_all(edge_statement(facts, bundle, ends).as_bytes())
    })?;
    out.write_all(dot::END.as_bytes())
}

/// How this format sets its statements.
const LAYOUT: Layout = Layout::Dense;

fn settings(summary: &Summary, options: &Options) -> String {
    let mut whole = Attributes::new();
    whole
        .text("rankdir", "LR")
        .text("bgcolor", "white")
        .text("pad", "0.4")
        .text("nodesep", "0.22")
        .text("ranksep", "1.1")
        .text("fontname", FONT)
        .text("labelloc", "t")
        .text("labeljust", "l")
        .html("label", &heading(summary, options));
    let mut nodes = Attributes::new();
    nodes
        .text("shape", "box")
        .text("fontname", FONT)
        .text("fontsize", "13")
        .text("fontcolor", TEXT)
        .text("penwidth", "1.4")
        .text("margin", "0.14,0.08")
        .text("height", "0.4");
    let mut edges = Attributes::new();
    edges
        .text("fontname", FONT)
        .text("fontsize", "10")
        .text("fontcolor", MUTED)
        .text("color", FRAME)
        .text("arrowsize", "0.7");
    let each = [("graph", whole), ("node", nodes), ("edge", edges)];
    each.map(|(of, attributes)| LAYOUT.statement(of, attributes))
        .concat()
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
        rows.push_str(&row(&font(20, TEXT, &format!("<B>{title}</B>"))));
    }
    let counts = dot::html(&summary.words());
    rows.push_str(&row(&font(12, MUTED, &counts)));
    if let Some(legend) = legend(&summary.stances) {
        rows.push_str(&row(&legend));
    }
    rows.push_str(dot::GAP);
    dot::table(2, &rows)
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
        font(10, color, &format!("{line} {}", stance.word()))
    };
    let entries: Vec<String> = used.iter().map(entry).collect();
    let about = font(10, MUTED, "about:");
    (!entries.is_empty()).then(|| format!("{about} {}", entries.join(" &#160; ")))
}

fn node_statement(facts: &Facts, validity: &Validity, node: NodeRef, index: usize) -> String {
    let look = style::of_node(facts, node);
    let words = words::of_node(facts, validity, node);
    let mut attributes = Attributes::new();
    attributes
        .html("label", &node_label(&words))
        .text("tooltip", dot::quotes(&words.tooltip))
        .text("id", format!("node-{}", as_id(facts.id(node))))
        .text("class", &words.class)
        .text("shape", look.shape)
        .text("style", look.style)
        .text("fillcolor", look.fill)
        .text("color", look.stroke);
    if let NodeRef::Document(id) = node
        && let Some(url) = facts[id].url.and_then(|url| text::as_url(facts.str(url)))
    {
        attributes.text("URL", url);
    }
    LAYOUT.statement(&dot::node(index), attributes)
}

/// Lines with breaks between them, aligned to one side.
fn lines(lines: &[String], align: &str) -> String {
    let lines: Vec<String> = lines.iter().map(|line| dot::html(line)).collect();
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
    let line = font(10, MUTED, &line);
    let row = |cell: &str| format!("<TR><TD ALIGN=\"{align}\" BALIGN=\"{align}\">{cell}</TD></TR>");
    let rows = match words.setting {
        Setting::Name => [row(&name), row(&line)],
        Setting::Quote | Setting::Paraphrase => [row(&line), row(&name)],
    };
    dot::table(1, &rows.concat())
}

fn edge_statement(facts: &Facts, bundle: &Bundle<'_>, ends: [usize; 2]) -> String {
    let edge = bundle.edge();
    let look = style::of_edge(edge);
    let words = words::of_edges(facts, bundle);
    let mut attributes = Attributes::new();
    let label = words.label.map(|label| text::wrap(&label, words::EDGE));
    if let Some(label) = label.filter(|label| !label.is_empty()) {
        let (color, label) = (look.color, lines(&label, "CENTER"));
        attributes.html("label", &format!("<FONT COLOR=\"{color}\">{label}</FONT>"));
    }
    let tooltip = dot::quotes(&words.tooltip);
    attributes
        .text("tooltip", &tooltip)
        .text("labeltooltip", &tooltip)
        .text("id", format!("edge-{}", bundle.index))
        .text("class", &words.class)
        .text("color", look.color)
        .text("style", look.style)
        .text("arrowhead", look.head);
    // Every claim is reported somewhere: were these lines to pull, all would stand in one row.
    if edge.kind == EdgeKind::ReportedIn {
        attributes.text("constraint", "false");
    }
    let ends = ends.map(dot::node);
    LAYOUT.edge([&ends[0], &ends[1]], attributes)
}
