//! DOT, the language of Graphviz: statements and attributes, which graphviz-rust prints, and texts
//! within them.
//!
//! Graphviz reads a text up to three times: as a DOT string or as HTML, then for its own escapes
//! (`\N` is a node's name), then for HTML entities. What is written here comes out once, as it went
//! in. Seen with Graphviz 2.43 and 16.1.
//!
//! ```
//! use annals_format::dot::{Attributes, Layout, html, node};
//!
//! let mut look = Attributes::new();
//! look.html("label", &html("A & B")).text("shape", "box");
//! assert_eq!(
//!     Layout::Dense.statement(&node(0), look),
//!     "  \"n0\"[label=<A &amp; B> shape=\"box\"];\n"
//! );
//! ```

use std::fmt::Display;

use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use crate::escape::{entity, is_shown};

/// Graphviz before 2.50 cannot read a string of more than 16,384 bytes in one piece.
pub const LONGEST_PIECE: usize = 4_000;

/// How a file begins, up to its first statement. It ends with [`END`].
pub const BEGIN: &str = "digraph annals {\n";

/// How a file ends.
pub const END: &str = "}\n";

/// How statements are set; Graphviz reads both alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// As graphviz-rust prints them: indented, with attributes between spaces.
    Dense,
    /// From the margin, with attributes between commas.
    Spaced,
}

impl Layout {
    /// A line that gives attributes to a node, or to the `graph` or every `node` or `edge`.
    pub fn statement(self, of: &str, attributes: Attributes) -> String {
        match self {
            Layout::Dense => line(&statement(of, attributes.list)),
            Layout::Spaced => format!("{of} [{}];\n", attributes.between_commas()),
        }
    }

    /// A line with an edge between two nodes.
    pub fn edge(self, ends: [&str; 2], attributes: Attributes) -> String {
        match self {
            Layout::Dense => line(&Stmt::Edge(Edge {
                ty: EdgeTy::Pair(vertex(ends[0]), vertex(ends[1])),
                attributes: attributes.list,
            })),
            Layout::Spaced => format!("{};\n", edges(&ends, &attributes)),
        }
    }
}

/// Edges from each node to the next, with attributes between commas.
pub fn edges(nodes: &[&str], attributes: &Attributes) -> String {
    let chain = Edge {
        ty: EdgeTy::Chain(nodes.iter().copied().map(vertex).collect()),
        attributes: Vec::new(),
    };
    let chain = chain.print(&mut printer());
    format!("{chain} [{}]", attributes.between_commas())
}

fn statement(of: &str, attributes: Vec<Attribute>) -> Stmt {
    match of {
        "graph" => Stmt::GAttribute(GraphAttributes::Graph(attributes)),
        "node" => Stmt::GAttribute(GraphAttributes::Node(attributes)),
        "edge" => Stmt::GAttribute(GraphAttributes::Edge(attributes)),
        name => Stmt::Node(Node {
            id: node_id(name),
            attributes,
        }),
    }
}

fn vertex(name: &str) -> Vertex {
    Vertex::N(node_id(name))
}

fn node_id(name: &str) -> NodeId {
    NodeId(Id::Escaped(name.to_owned()), None)
}

fn line(statement: &Stmt) -> String {
    statement.print(&mut printer()) + "\n"
}

/// A printer within a directed graph. The crate prints a graph at once and keeps in mind that it is
/// directed; here a graph without statements is printed first, so that large graphs need not be held.
fn printer() -> PrinterContext {
    let mut printer = PrinterContext::default();
    printer.with_semi();
    let graph = Graph::DiGraph {
        id: Id::Plain("annals".to_owned()),
        strict: false,
        stmts: Vec::new(),
    };
    graph.print(&mut printer);
    printer
}

/// The name of a node. Names are opaque: whatever stands in an id, it is no DOT.
pub fn node(index: usize) -> String {
    format!("\"n{index}\"")
}

/// The attributes of a statement, in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub struct Attributes {
    list: Vec<Attribute>,
}

impl Attributes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one whose value is a text, already fit for its quotation marks: see [`quotes`].
    pub fn text(&mut self, name: &str, value: impl Display) -> &mut Self {
        self.add(name, Id::Escaped(format!("\"{value}\"")))
    }

    /// Adds one whose value is an HTML-like label; texts within it are written by [`html`].
    pub fn html(&mut self, name: &str, value: &str) -> &mut Self {
        self.add(name, Id::Html(format!("<{value}>")))
    }

    fn add(&mut self, name: &str, value: Id) -> &mut Self {
        self.list.push(Attribute(Id::Plain(name.to_owned()), value));
        self
    }

    fn between_commas(&self) -> String {
        let mut printer = PrinterContext::default();
        let each = self.list.iter();
        let each: Vec<String> = each.map(|one| one.print(&mut printer)).collect();
        each.join(", ")
    }
}

/// HTML in a size and a colour.
pub fn font(size: impl Display, colour: &str, html: &str) -> String {
    format!("<FONT POINT-SIZE=\"{size}\" COLOR=\"{colour}\">{html}</FONT>")
}

/// A table without borders around rows of HTML.
pub fn table(padding: u8, rows: &str) -> String {
    format!(
        "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"{padding}\">{rows}</TABLE>"
    )
}

/// The row between the label of a graph and the graph.
pub const GAP: &str = "<TR><TD HEIGHT=\"14\"></TD></TR>";

/// A text within an HTML-like label.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_shown(*c)) {
        push(&mut out, c, r"\\");
    }
    out
}

/// Lines of text within the quotation marks of an attribute that Graphviz reads for escapes and
/// entities, as it does tooltips.
pub fn quotes(lines: &[String]) -> String {
    let mut out = String::new();
    let mut piece = 0;
    for (nth, line) in lines.iter().enumerate() {
        if nth > 0 {
            out.push_str(r"\n");
        }
        for c in line.chars().filter(|c| is_shown(*c)) {
            if out.len() - piece > LONGEST_PIECE {
                // A line break after a backslash is no part of a DOT string.
                out.push_str("\\\n");
                piece = out.len();
            }
            push(&mut out, c, r"\\\\");
        }
    }
    out
}

fn push(out: &mut String, c: char, backslash: &str) {
    match entity(c) {
        Some(entity) => out.push_str(entity),
        None if c == '\\' => out.push_str(backslash),
        None => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reading_takes_one_escape_off() {
        assert_eq!(
            html(r#"<b> & "x" \N"#),
            r"&lt;b&gt; &amp; &quot;x&quot; \\N"
        );
        assert_eq!(quotes(&[r"\".into(), r#"""#.into()]), r"\\\\\n&quot;");
    }

    #[test]
    fn long_strings_stand_in_pieces() {
        let text = quotes(&["漢&".repeat(10_000)]);
        assert!(
            text.split("\\\n")
                .all(|piece| piece.len() < LONGEST_PIECE + 10)
        );
        assert_eq!(text.replace("\\\n", ""), "漢&amp;".repeat(10_000));
    }

    #[test]
    fn statements_are_set_in_two_ways() {
        let written = |layout: Layout| {
            let mut look = Attributes::new();
            look.text("a", 1).text("b", "x");
            layout.statement("node", look.clone()) + &layout.edge(["\"n0\"", "\"n1\""], look)
        };
        assert_eq!(
            written(Layout::Dense),
            "  node[a=\"1\" b=\"x\"];\n  \"n0\" -> \"n1\" [a=\"1\" b=\"x\"];\n"
        );
        assert_eq!(
            written(Layout::Spaced),
            "node [a=\"1\", b=\"x\"];\n\"n0\" -> \"n1\" [a=\"1\", b=\"x\"];\n"
        );
    }
}
