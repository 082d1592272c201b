//! Scenes as DOT: the same nodes and edges for Graphviz, with the places that the layout gave them.
//!
//! `neato -n2` keeps the places; `dot` lays the graph out anew, with the scene's columns as ranks.
//! Ornaments, such as the rules of a scale, stay behind: Graphviz has nothing to draw them with.
//! Title, summary and legend stand in the label of the graph.

mod marks;

use std::collections::BTreeMap;
use std::io;

use super::geometry::{Point, Rect};
use super::scene::{
    Anchor, Area, Fill, Form, Head, Label, Line, Part, Pattern, Role, Scene, Shape, Stroke,
};
use super::svg::number;
use super::text::{Face, Run, TextLine, is_right_to_left};
use super::theme::FONT;
use super::{FileFormat, WriteAsked, WriteScene};
use annals_format::dot::{self, Attributes, Layout, font, quotes, table};

/// Graphviz's DOT.
pub(super) static FORMAT: FileFormat = FileFormat {
    name: "dot",
    title: "for Graphviz: neato -n2 keeps the positions, dot computes new ones",
    extensions: &["dot", "gv"],
    loses: "",
    notes: "",
    options: &[],
    work: WriteScene {
        write,
        unseen: None,
    },
};

fn write(scene: &Scene, _: WriteAsked<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(written(scene).as_bytes())
}

/// Nodes have opaque names: whatever stands in an id, it is no DOT.
struct Names<'s> {
    rows: BTreeMap<&'s str, usize>,
}

impl Names<'_> {
    fn get(&self, id: &str) -> Option<String> {
        self.rows.get(id).copied().map(dot::node)
    }
}

fn written(scene: &Scene) -> String {
    let nodes = scene
        .parts
        .iter()
        .filter(|part| matches!(part.role, Role::Node(_)));
    let names = Names {
        rows: nodes
            .enumerate()
            .map(|(row, part)| (part.id.as_str(), row))
            .collect(),
    };
    let theme = scene.theme;
    let mut whole = Attributes::new();
    whole
        .text("bgcolor", theme.background)
        .text("pad", "0.3")
        .text("rankdir", "LR")
        .text("nodesep", "0.16")
        .text("ranksep", "1.4")
        .text("fontname", FONT)
        .text("fontcolor", theme.text)
        .text("labelloc", "t")
        .text("labeljust", "l")
        .text("tooltip", quotes(std::slice::from_ref(&scene.title)))
        .html("label", &heading(scene));
    let mut nodes = Attributes::new();
    nodes
        .text("fontname", FONT)
        .text("fontcolor", theme.text)
        .text("margin", "0");
    let mut edges = Attributes::new();
    edges.text("fontname", FONT).text("arrowsize", "0.7");
    let mut out = String::from(dot::BEGIN);
    for (of, attributes) in [("graph", whole), ("node", nodes), ("edge", edges)] {
        out.push_str(&LAYOUT.statement(of, attributes));
    }
    for part in &scene.parts {
        match &part.role {
            Role::Node(bounds) => node(&mut out, scene, part, *bounds, &names),
            Role::Edge { from, to } => edge(&mut out, scene, part, [from, to], &names),
            Role::Words | Role::Ornament => {}
        }
    }
    columns(&mut out, scene, &names);
    out.push_str(dot::END);
    out
}

/// How pictures set their statements.
const LAYOUT: Layout = Layout::Spaced;

/// A place in points, counted upward from the foot of the picture.
fn place(scene: &Scene, point: Point) -> String {
    format!("{},{}", number(point.x), number(scene.height - point.y))
}

fn inches(units: f64) -> String {
    format!("{}", (units / 72.0 * 10_000.0).round() / 10_000.0)
}

fn node(out: &mut String, scene: &Scene, part: &Part, bounds: Rect, names: &Names<'_>) {
    let Some(name) = names.get(&part.id) else {
        return;
    };
    let area = part.area();
    if area.is_some_and(|area| !area.rect.inset(1.0, 1.0).contains(bounds.inset(2.0, 2.0))) {
        marks::node(out, scene, part, bounds, &name);
        return;
    }
    let (shape, mut styles) = match area.map(|area| area.form) {
        Some(Form::Rounded(_)) => ("box", vec!["rounded"]),
        Some(Form::Pointed(..)) => ("cds", vec![]),
        Some(Form::Ellipse) => ("ellipse", vec![]),
        Some(Form::Diamond) => ("diamond", vec![]),
        Some(Form::Folded) => ("note", vec![]),
        Some(Form::Square) => ("box", vec![]),
        None => ("plaintext", vec![]),
    };
    let mut attributes = Attributes::new();
    attributes
        .html("label", &node_label(part))
        .text("shape", shape);
    placed(&mut attributes, scene, bounds);
    let filled = area.and_then(|area: &Area| match area.fill {
        Fill::Plain(colour) | Fill::Fade(colour, ..) => Some(colour),
        Fill::None => None,
    });
    if let Some(colour) = filled {
        styles.push("filled");
        attributes.text("fillcolor", colour);
    }
    if let Some(Stroke {
        colour,
        width,
        pattern,
    }) = area.and_then(|area| area.stroke)
    {
        styles.push(style(pattern));
        attributes
            .text("color", colour)
            .text("penwidth", number(width));
    }
    attributes.text("style", styles.join(","));
    identify(&mut attributes, part, "node");
    out.push_str(&LAYOUT.statement(&name, attributes));
}

/// Where a node stands, and how large it is.
fn placed(attributes: &mut Attributes, scene: &Scene, bounds: Rect) {
    attributes
        .text("pos", place(scene, bounds.centre()))
        .text("width", inches(bounds.width))
        .text("height", inches(bounds.height));
}

fn style(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::Solid => "solid",
        Pattern::Dashed | Pattern::DashDotted => "dashed",
        Pattern::Dotted => "dotted",
    }
}

fn edge(out: &mut String, scene: &Scene, part: &Part, ends: [&String; 2], names: &Names<'_>) {
    let [Some(from), Some(to)] = ends.map(|end| names.get(end)) else {
        return;
    };
    let mut attributes = Attributes::new();
    if let Some(line) = part.lines().next() {
        attributes.text("pos", spline(scene, line));
        let head = match line.head {
            Head::None => "none",
            Head::Triangle => "normal",
            Head::Tee => "tee",
            Head::Vee => "vee",
            Head::Diamond => "odiamond",
        };
        attributes.text("arrowhead", head);
        let Stroke {
            colour,
            width,
            pattern,
        } = line.stroke;
        attributes
            .text("color", colour)
            .text("penwidth", number(width));
        attributes.text("style", style(pattern));
    }
    // The sign on a badge is not among the words of an edge.
    let words = part
        .labels()
        .find(|label| label.line.text().chars().count() > 1);
    if let Some(label) = words {
        let at = place(scene, label.bounds().centre());
        attributes.html("label", &label_of(label)).text("lp", at);
    }
    identify(&mut attributes, part, "edge");
    out.push_str(&LAYOUT.edge([&from, &to], attributes));
}

/// A line as Graphviz writes one: where its arrowhead ends, and the curve up to where it begins.
fn spline(scene: &Scene, line: &Line) -> String {
    let mut points = line.path.curves();
    let mut out = String::new();
    if line.head != Head::None
        && let [.., before, end] = points.as_mut_slice()
    {
        out.push_str(&format!("e,{} ", place(scene, *end)));
        let length = (end.x - before.x).hypot(end.y - before.y).max(1e-6);
        let back = 7.0_f64.min(length / 2.0) / length;
        end.x -= (end.x - before.x) * back;
        end.y -= (end.y - before.y) * back;
    }
    let points: Vec<String> = points
        .into_iter()
        .map(|point| place(scene, point))
        .collect();
    out + &points.join(" ")
}

/// What a part is called, and where it leads.
fn identify(attributes: &mut Attributes, part: &Part, kind: &str) {
    let one = |text: &String| quotes(std::slice::from_ref(text));
    let tooltip = if part.tooltip.is_empty() {
        one(&part.id)
    } else {
        quotes(&part.tooltip)
    };
    attributes
        .text("tooltip", tooltip)
        .text("id", one(&part.id))
        .text("class", format_args!("{kind} {}", one(&part.class)));
    if let Some(link) = &part.link {
        attributes.text("URL", one(link));
    }
}

/// The labels of a node, one under the other, each as wide as its room.
fn node_label(part: &Part) -> String {
    let rows: String = part
        .labels()
        .map(|label| row(&label_of(label), label.anchor, label.room.width))
        .collect();
    if rows.is_empty() {
        return " ".to_owned();
    }
    table(0, &rows)
}

fn row(cell: &str, anchor: Anchor, width: f64) -> String {
    let align = match anchor {
        Anchor::Left => "LEFT",
        Anchor::Middle => "CENTER",
        Anchor::Right => "RIGHT",
    };
    let width = number(width.floor().clamp(0.0, 10_000.0));
    format!("<TR><TD ALIGN=\"{align}\" WIDTH=\"{width}\">{cell}</TD></TR>")
}

fn label_of(label: &Label) -> String {
    line(&label.line, label.right_to_left)
}

fn line(line: &TextLine, right_to_left: bool) -> String {
    let runs: String = line.runs.iter().map(run).collect();
    let isolated = line.text().chars().any(is_right_to_left);
    match (isolated, right_to_left) {
        (false, _) => runs,
        (true, true) => format!("\u{2067}{runs}\u{2069}"),
        (true, false) => format!("\u{2066}{runs}\u{2069}"),
    }
}

fn run(run: &Run) -> String {
    let text = dot::html(&run.text);
    let text = match run.style.face {
        Face::Regular => text,
        Face::Bold => format!("<B>{text}</B>"),
        Face::Italic => format!("<I>{text}</I>"),
    };
    font(number(run.style.size), run.colour, &text)
}

/// The words of the picture that belong to no node: title, summary, and of the legend what lines
/// mean. Forms are told by the words on the nodes.
fn heading(scene: &Scene) -> String {
    let words = scene.parts.iter().filter(|part| part.role == Role::Words);
    let mut rows = String::new();
    for part in words {
        // Labels on one line of the picture are one row.
        let (mut cell, mut at) = (String::new(), None);
        let mut sample = Sample::None;
        for shape in &part.shapes {
            match shape {
                Shape::Line(line) => sample = Sample::Line(line.clone()),
                Shape::Area(area) => sample = sample.on(area),
                Shape::Label(label) => {
                    let middle = label.bounds().centre().y;
                    if at.is_some_and(|at: f64| (middle - at).abs() > 6.0) {
                        rows.push_str(&row(&cell, Anchor::Left, 0.0));
                        cell.clear();
                    }
                    at = Some(middle);
                    sample = sample.tell(label, &mut cell);
                }
            }
        }
        if !cell.is_empty() {
            rows.push_str(&row(&cell, Anchor::Left, 0.0));
        }
    }
    rows.push_str(dot::GAP);
    table(0, &rows)
}

/// What a legend shows before words.
enum Sample {
    None,
    /// A line.
    Line(Line),
    /// A line with a badge in this colour.
    Badge(Line, &'static str),
    /// A circle, perhaps with a sign on it, in this colour.
    Round(&'static str),
    /// A form.
    Form,
}

impl Sample {
    fn on(self, area: &Area) -> Sample {
        match (self, area.stroke) {
            (Sample::Line(line), Some(stroke)) => Sample::Badge(line, stroke.colour),
            (_, Some(stroke)) if area.form == Form::Ellipse => Sample::Round(stroke.colour),
            _ => Sample::Form,
        }
    }

    /// Writes the words with what is shown before them.
    fn tell(self, label: &Label, cell: &mut String) -> Sample {
        match self {
            Sample::Form => Sample::None,
            Sample::Round(colour) if marks::is_sign(label) => {
                cell.push_str(&coloured(&label.line.text(), colour));
                Sample::None
            }
            Sample::Round(colour) => {
                cell.push_str(&coloured("○", colour));
                cell.push_str(&label_of(label));
                cell.push_str(" &#160; ");
                Sample::None
            }
            // The sign of the badge: the line comes with the words.
            Sample::Badge(line, colour) => {
                cell.push_str(&coloured(&label.line.text(), colour));
                Sample::Line(line)
            }
            Sample::Line(line) => {
                let pattern = match line.stroke.pattern {
                    Pattern::Solid => "──",
                    Pattern::Dashed | Pattern::DashDotted => "╌╌",
                    Pattern::Dotted => "┈┈",
                };
                let head = match line.head {
                    Head::None => "",
                    Head::Triangle => "▶",
                    Head::Tee => "┤",
                    Head::Vee => "&gt;",
                    Head::Diamond => "◇",
                };
                cell.push_str(&coloured(&format!("{pattern}{head}"), line.stroke.colour));
                cell.push_str(&label_of(label));
                cell.push_str(" &#160; ");
                Sample::None
            }
            Sample::None => {
                cell.push_str(&label_of(label));
                cell.push_str(" &#160; ");
                Sample::None
            }
        }
    }
}

fn coloured(html: &str, colour: &str) -> String {
    font(10, colour, &format!("{html} "))
}

/// Columns for `dot`: ranks whose nodes stand in their order.
fn columns(out: &mut String, scene: &Scene, names: &Names<'_>) {
    let mut unseen = Attributes::new();
    unseen.text("style", "invis").text("arrowhead", "none");
    for column in &scene.columns {
        let nodes: Vec<String> = column.iter().filter_map(|id| names.get(id)).collect();
        if nodes.len() > 1 {
            let nodes: Vec<&str> = nodes.iter().map(String::as_str).collect();
            let order = dot::edges(&nodes, &unseen);
            out.push_str(&format!("{{ rank=\"same\"; {order}; }}\n"));
        }
    }
}
