//! How nodes and edges look: colours, shapes, line patterns.

use annals_graph::{Edge, EdgeKind};
use annals_model::{Facts, NodeRef, StanceValue, Status};

/// The colour of text.
pub(super) const TEXT: &str = "#1B1F24";
/// The colour of text that stands back.
pub(super) const MUTED: &str = "#57606A";
/// The colour of what frames and joins without saying more.
pub(super) const FRAME: &str = "#8C959F";
const BLUE: &str = "#0072B2";
const VERMILION: &str = "#C2410C";
const BROWN: &str = "#6B3E00";

/// How a node looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeLook {
    /// Graphviz's name of the shape.
    pub(super) shape: &'static str,
    /// Fill, corners and outline.
    pub(super) style: &'static str,
    /// The colour within.
    pub(super) fill: &'static str,
    /// The colour of the outline.
    pub(super) stroke: &'static str,
}

/// Actors are round, claims are cards, events differ by shape: amber and vermilion look alike to
/// some. What is unnamed, or not known to have happened, has a dashed outline.
pub(super) fn of_node(facts: &Facts, node: NodeRef) -> NodeLook {
    const SOLID: &str = "filled";
    const DASHED: &str = "filled,dashed";
    const ROUND: &str = "filled,rounded";
    const ROUND_DASHED: &str = "filled,rounded,dashed";
    let (shape, style, fill, stroke) = match node {
        NodeRef::Actor(id) => {
            let style = if facts[id].unnamed {
                ROUND_DASHED
            } else {
                ROUND
            };
            ("box", style, "#E3F0FA", BLUE)
        }
        NodeRef::Event(id) => {
            let happens = matches!(
                facts[id].status,
                None | Some(Status::Occurred | Status::Ongoing)
            );
            (
                "cds",
                if happens { SOLID } else { DASHED },
                "#FCEBD0",
                BROWN,
            )
        }
        NodeRef::Claim(_) => ("box", ROUND, "#FFFFFF", FRAME),
        NodeRef::Topic(_) => ("box", SOLID, "#F2F3F5", MUTED),
        NodeRef::Place(_) => ("ellipse", SOLID, "#F2F3F5", MUTED),
        NodeRef::Document(_) => ("note", SOLID, "#FFFFFF", MUTED),
    };
    NodeLook {
        shape,
        style,
        fill,
        stroke,
    }
}

/// How an edge looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EdgeLook {
    /// The colour of line and arrowhead.
    pub(super) color: &'static str,
    /// The line pattern.
    pub(super) style: &'static str,
    /// The arrowhead.
    pub(super) head: &'static str,
}

/// A stance is told by colour, pattern and arrowhead at once.
pub(super) fn of_stance(stance: StanceValue) -> EdgeLook {
    let (color, style, head) = match stance {
        StanceValue::Supports => (BLUE, "solid", "normal"),
        StanceValue::Opposes => (VERMILION, "dashed", "tee"),
        StanceValue::Neutral => (MUTED, "dotted", "vee"),
        StanceValue::Mixed => (MUTED, "dashed", "odiamond"),
    };
    EdgeLook { color, style, head }
}

/// How an edge of this kind looks.
pub(super) fn of_edge(edge: &Edge) -> EdgeLook {
    if let Some(stance) = edge.stance {
        return of_stance(stance);
    }
    let (color, style, head) = match edge.kind {
        EdgeKind::Said => (FRAME, "solid", "none"),
        EdgeKind::Supports => return of_stance(StanceValue::Supports),
        EdgeKind::Contradicts => return of_stance(StanceValue::Opposes),
        EdgeKind::ReportedIn => ("#C4CAD1", "dotted", "none"),
        EdgeKind::Order | EdgeKind::Causes => (BROWN, "solid", "vee"),
        EdgeKind::Relation(_) | EdgeKind::Tie => (BLUE, "solid", "vee"),
        _ => (FRAME, "solid", "vee"),
    };
    EdgeLook { color, style, head }
}
