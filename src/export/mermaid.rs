//! `mermaid`: a diagram in [Mermaid]'s words, for pages that draw it: a flowchart of the graph, or,
//! with `--diagram timeline`, its dated things by year.
//!
//! Characters that Mermaid reads for itself are written as its entities (`#35;`), so that any name
//! is shown as it is; of the control characters only their signs (`␇`). Between a backslash and an
//! `n` an invisible word joiner stands, since Mermaid breaks the line at `\n` however it is written. Stances have their own
//! ends: an arrow for, a cross against, a broken line for neither.
//!
//! Mermaid refuses a diagram of more than 500 edges or 50,000 characters unless the page sets
//! `maxEdges` and `maxTextSize` higher: select less, or set these.
//!
//! [Mermaid]: https://mermaid.js.org

use std::fmt::Write as _;
use std::io;

use petgraph::visit::EdgeRef;

use super::dated::{called, dated, speakers};
use super::{Choice, Export, Exporter, Options};
use annals_format::escape::printable;
use annals_graph::{Edge, EdgeKind, Graph, View};
use annals_model::{Facts, NodeRef, RecordKind, RecordRef, StanceValue};
use annals_query::Dossier;

annals_model::vocabulary! {
    /// What is drawn.
    #[derive(Default)]
    Diagram, "a diagram", {
        /// The graph: nodes and arrows.
        #[default]
        Flowchart = "flowchart",
        /// The dated things, by year.
        Timeline = "timeline",
    }
}

/// A diagram.
pub(super) static FORMAT: Exporter = Exporter {
    name: "mermaid",
    title: "a flowchart or (--diagram timeline) a timeline, for Mermaid in wikis and Markdown",
    extensions: &["mmd", "mermaid"],
    loses: "It has only names, kinds and dates, no passages and notes. By default, Mermaid refuses more than 500 edges or 50,000 characters.",
    notes: "",
    options: &[Choice::Diagram],
    work: Export::stream(write).with_left_out(too_large),
};

/// The most edges and characters of a diagram that Mermaid draws unless the page says otherwise.
const MOST: (usize, usize) = (500, 50_000);

/// What of a diagram is too large for Mermaid.
fn too_large(dossier: &Dossier<'_>, view: &View<'_>, options: &Options) -> Vec<String> {
    let mut lines = Vec::new();
    if options.diagram == Diagram::Flowchart {
        let edges = view.graph().net.edge_count();
        if edges > MOST.0 {
            lines.push(format!(
                "Mermaid refuses a diagram of more than {} edges unless the page sets maxEdges, and this one has {edges}: select less, or set it",
                MOST.0
            ));
        }
    }
    let mut counted = Counted::default();
    // It fails when it has counted enough.
    let _ = write(dossier, view, options, &mut counted);
    if counted.characters > MOST.1 {
        lines.push(format!(
            "Mermaid refuses a diagram of more than {} characters unless the page sets maxTextSize, and this one has more: select less, or set it",
            MOST.1
        ));
    }
    lines
}

/// Counts characters, up to more than a diagram may have.
#[derive(Default)]
struct Counted {
    characters: usize,
}

impl io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The first bytes of characters.
        let begins = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80);
        self.characters += begins.count();
        if self.characters > MOST.1 {
            return Err(io::Error::other("more than is counted"));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match options.diagram {
        Diagram::Flowchart => flowchart(dossier, &view.graph(), out),
        Diagram::Timeline => timeline(dossier, view, options, out),
    }
}

fn flowchart(dossier: &Dossier<'_>, graph: &Graph, out: &mut dyn io::Write) -> io::Result<()> {
    let facts = dossier.facts();
    let net = &graph.net;
    out.write_all(b"flowchart LR\n")?;
    for (nth, &node) in net.node_weights().enumerate() {
        let (open, close) = shape(node);
        let words = node_words(dossier, node);
        writeln!(out, "  n{nth}{open}\"{words}\"{close}")?;
    }
    for edge in net.edge_references() {
        let (source, target) = (edge.source().index(), edge.target().index());
        let arrow = arrow(edge.weight());
        match edge_words(facts, edge.weight()) {
            Some(words) => writeln!(out, "  n{source} {arrow}|\"{words}\"| n{target}")?,
            None => writeln!(out, "  n{source} {arrow} n{target}")?,
        }
    }
    for (class, look) in CLASSES {
        writeln!(out, "  classDef {class} {look}")?;
    }
    for (nth, node) in net.node_weights().enumerate() {
        writeln!(out, "  class n{nth} {}", node.kind())?;
    }
    Ok(())
}

/// The looks of the kinds of node, dark words on pale boxes.
const CLASSES: [(&str, &str); 6] = [
    ("actor", "fill:#E3F0FA,stroke:#0072B2,color:#1B1F24"),
    ("event", "fill:#FCEBD0,stroke:#6B3E00,color:#1B1F24"),
    ("claim", "fill:#FFFFFF,stroke:#8C959F,color:#1B1F24"),
    ("topic", "fill:#F2F3F5,stroke:#57606A,color:#1B1F24"),
    ("place", "fill:#F2F3F5,stroke:#57606A,color:#1B1F24"),
    ("document", "fill:#FFFFFF,stroke:#57606A,color:#1B1F24"),
];

fn shape(node: NodeRef) -> (&'static str, &'static str) {
    match node.kind() {
        RecordKind::Actor => ("([", "])"),
        RecordKind::Event => ("{{", "}}"),
        RecordKind::Topic => ("(", ")"),
        RecordKind::Place => ("((", "))"),
        RecordKind::Document => ("[/", "/]"),
        _ => ("[", "]"),
    }
}

/// What a node is called, and below it what it is and when.
fn node_words(dossier: &Dossier<'_>, node: NodeRef) -> String {
    let facts = dossier.facts();
    let kind = match node {
        NodeRef::Actor(id) => facts.kind_word(id).unwrap_or("actor").to_owned(),
        NodeRef::Claim(id) => facts.act_word(id).unwrap_or("claim").to_owned(),
        NodeRef::Event(id) => {
            (facts[id].status).map_or("event".into(), |status| status.to_string())
        }
        other => other.kind().to_string(),
    };
    let date = super::date_of(facts, node).map(|date| facts.date(date).dated());
    let line = date.map_or(kind.clone(), |date| format!("{kind} · {date}"));
    let name = text(&called(dossier, node.into()));
    format!("{name}<br/>{}", text(&line))
}

fn arrow(edge: &Edge) -> &'static str {
    match (edge.kind, edge.stance) {
        (_, Some(StanceValue::Opposes)) | (EdgeKind::Contradicts, _) => "--x",
        (_, Some(StanceValue::Neutral | StanceValue::Mixed)) => "-.->",
        (EdgeKind::ReportedIn, _) => "-.-",
        _ => "-->",
    }
}

fn edge_words(facts: &Facts, edge: &Edge) -> Option<String> {
    let kind = edge.kind.word(facts).replace('_', " ");
    let more = match (edge.stance, edge.role, edge.fact) {
        (Some(stance), ..) => Some(stance.to_string()),
        (_, Some(role), _) => Some(facts.name(role).replace('_', " ")),
        (.., RecordRef::Relation(id)) => facts[id].role.map(|role| facts.str(role).to_owned()),
        (.., RecordRef::Order(id)) => {
            let words = facts[id]
                .relation
                .map(|relation| facts.name(relation.words));
            words.map(|words| words.replace('_', " "))
        }
        _ => None,
    };
    match edge.kind {
        EdgeKind::Said | EdgeKind::ReportedIn => None,
        _ => Some(more.map_or_else(|| text(&kind), |more| text(&format!("{kind}, {more}")))),
    }
}

fn timeline(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let facts = dossier.facts();
    out.write_all(b"timeline\n")?;
    if let Some(title) = &options.title {
        writeln!(out, "  title {}", text(title))?;
    }
    let kinds = [RecordKind::Event, RecordKind::Claim, RecordKind::Document];
    let (mut section, mut period) = (None, None);
    for one in dated(dossier, view, &kinds) {
        let year = one.year();
        if section.as_ref() != Some(&year) {
            writeln!(out, "  section {}", text(&year))?;
            section = Some(year);
            period = None;
        }
        let when = one.words();
        let mut line = String::new();
        if period.as_ref() == Some(&when) {
            line.push_str("     ");
        } else {
            // Writing to a String cannot fail.
            let _ = write!(line, "    {}", period_text(&when));
            period = Some(when);
        }
        let words = called(dossier, one.record);
        let words = match one.record {
            RecordRef::Claim(id) => format!("{}: {words}", speakers(facts, &facts[id])),
            // Between colons something must stand.
            _ if words.trim().is_empty() => facts.id(one.record).to_owned(),
            _ => words,
        };
        writeln!(out, "{line} : {}", text(&words))?;
    }
    Ok(())
}

/// The words before the colon of a timeline. Some words would begin something else there.
fn period_text(words: &str) -> String {
    const RESERVED: [&str; 4] = ["timeline", "title", "section", "acc"];
    let begins = |word: &&str| words.get(..word.len()).is_some_and(|start| start == *word);
    let first = words.chars().next().filter(|_| RESERVED.iter().any(begins));
    match first {
        Some(first) => format!("{}{}", entity(first), text(&words[first.len_utf8()..])),
        None if words.trim().is_empty() => text("undated"),
        None => text(words),
    }
}

fn entity(c: char) -> String {
    format!("#{};", c as u32)
}

/// A text in quotation marks, or in a timeline: what Mermaid, its Markdown or HTML would read for
/// themselves is written as an entity.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut before = '\n';
    for c in printable(words).chars() {
        let plain = match c {
            // A number and a full stop would begin a list, so would a hyphen; and a blank there is lost.
            '.' => !before.is_ascii_digit(),
            ' ' | '-' => before != '\n',
            ',' | '(' | ')' | '!' | '?' | '/' | '\'' => true,
            // Mermaid's own signs for entities.
            'ﬂ' | '°' | '¶' | 'ß' => false,
            c => c.is_alphanumeric() || !c.is_ascii() && !is_mark(c),
        };
        if c == 'n' && before == '\\' {
            out.push_str(&entity('\u{2060}'));
        }
        match c {
            '\n' => out.push_str("<br/>"),
            c if plain => out.push(c),
            c => out.push_str(&entity(c)),
        }
        before = c;
    }
    out
}

/// White space and marks of direction, which nobody would see in the file.
fn is_mark(c: char) -> bool {
    c.is_whitespace()
        || annals_finding::is_hidden(c)
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mermaid_reads_for_itself_is_an_entity() {
        assert_eq!(text("Who said “so”, when?"), "Who said “so”, when?");
        assert_eq!(
            text("a \"b\" #1; x%%y\nz"),
            "a #34;b#34; #35;1#59; x#37;#37;y<br/>z"
        );
        assert_eq!(text("1. - <b>`c`*"), "1#46; - #60;b#62;#96;c#96;#42;");
        assert_eq!(text("\u{7}\u{202e}¶ß"), "␇#8238;#182;#223;");
        assert_eq!(text("\\new"), "#92;#8288;new");
        assert_eq!(period_text("section 5"), "#115;ection 5");
    }

    /// What is said of a diagram of this many claims, each with one edge.
    fn told(claims: usize, words: &str, diagram: Diagram) -> Vec<String> {
        let mut text =
            String::from("{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\",\"kind\":\"person\"}\n");
        for nth in 0..claims {
            let _ = writeln!(
                text,
                "{{\"type\":\"claim\",\"id\":\"c{nth}\",\"speaker\":[\"a\"],\"said\":\"2021\",\"content\":\"{words}\"}}"
            );
        }
        let source = annals_load::Source::Memory {
            name: "facts.jsonl".into(),
            bytes: text.into(),
        };
        let loaded = annals_load::load(&annals_load::Request {
            facts: vec![source],
            texts: vec![],
        });
        let options = Options {
            diagram,
            ..Options::default()
        };
        let view = View::of_all(&loaded.facts);
        too_large(&Dossier::new(&loaded), &view, &options)
    }

    #[test]
    fn what_mermaid_refuses_is_said() {
        use Diagram::{Flowchart, Timeline};
        assert!(told(500, "So.", Flowchart).is_empty());
        let many = told(501, "So.", Flowchart);
        assert!(
            many[0].contains("500 edges") && many[0].contains("has 501"),
            "{many:?}"
        );
        assert!(told(501, "So.", Timeline).is_empty());
        let long = "word ".repeat(100);
        for diagram in [Flowchart, Timeline] {
            assert!(told(60, &long, diagram).is_empty());
            let told = told(150, &long, diagram);
            assert!(told[0].contains("50000 characters"), "{told:?}");
        }
    }
}
