//! DOT, the language of Graphviz: statements, attributes, and texts within them.
//!
//! Graphviz reads a text up to three times: as a DOT string or as HTML, then for its own escapes
//! (`\N` is a node's name), then for HTML entities. What is written here comes out once, as it went
//! in. Seen with Graphviz 2.43 and 16.1.
//!
//! ```
//! use annals_format::dot::{Attributes, Layout, html, node};
//!
//! let mut look = Attributes::new(Layout::Dense);
//! look.html("label", &html("A & B")).text("shape", "box");
//! assert_eq!(
//!     Layout::Dense.statement(&node(0), &look),
//!     "  \"n0\"[label=<A &amp; B> shape=\"box\"];\n"
//! );
//! ```

use std::fmt::{Display, Write as _};

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
    /// Indented, with attributes between spaces.
    Dense,
    /// From the margin, with attributes between commas.
    Spaced,
}

impl Layout {
    /// A line that gives attributes to a node, or to all graphs, nodes or edges.
    pub fn statement(self, of: &str, attributes: &Attributes) -> String {
        match self {
            Layout::Dense => format!("  {of}[{}];\n", attributes.written),
            Layout::Spaced => format!("{of} [{}];\n", attributes.written),
        }
    }

    /// A line with an edge between two nodes.
    pub fn edge(self, ends: [&str; 2], attributes: &Attributes) -> String {
        let indent = match self {
            Layout::Dense => "  ",
            Layout::Spaced => "",
        };
        format!("{indent}{};\n", edges(&ends, attributes))
    }
}

/// Edges from each node to the next.
pub fn edges(nodes: &[&str], attributes: &Attributes) -> String {
    format!("{} [{}]", nodes.join(" -> "), attributes.written)
}

/// The name of a node. Names are opaque: whatever stands in an id, it is no DOT.
pub fn node(index: usize) -> String {
    format!("\"n{index}\"")
}

/// The attributes of a statement, in the order in which they were added.
#[derive(Debug, Clone)]
pub struct Attributes {
    layout: Layout,
    written: String,
}

impl Attributes {
    /// None yet.
    pub fn new(layout: Layout) -> Self {
        Attributes {
            layout,
            written: String::new(),
        }
    }

    /// Adds one whose value is a text, already fit for its quotation marks: see [`quotes`].
    pub fn text(&mut self, name: &str, value: impl Display) -> &mut Self {
        self.add(format_args!("{name}=\"{value}\""))
    }

    /// Adds one whose value is an HTML-like label; texts within it are written by [`html`].
    pub fn html(&mut self, name: &str, value: &str) -> &mut Self {
        self.add(format_args!("{name}=<{value}>"))
    }

    fn add(&mut self, attribute: std::fmt::Arguments<'_>) -> &mut Self {
        if !self.written.is_empty() {
            self.written.push_str(match self.layout {
                Layout::Dense => " ",
                Layout::Spaced => ", ",
            });
        }
        // Writing to a string cannot fail.
        let _ = self.written.write_fmt(attribute);
        self
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
            let mut look = Attributes::new(layout);
            look.text("a", 1).text("b", "x");
            layout.statement("node", &look) + &layout.edge(["\"n0\"", "\"n1\""], &look)
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
