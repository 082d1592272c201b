//! `graph`: nodes and the typed, dated edges between them, for small parts of a dossier.
//!
//! Nodes are in columns, so that most edges lead to the right and few are long. An edge is labelled
//! with its kind and date.

mod layout;
mod model;
mod paint;
mod places;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::counted;
use super::frame::{Entry, Frame, forms, stances, title};
use super::words::happens;
use crate::scene::{Form, Scene};
use crate::text::one_line;
use crate::{Canvas, Draw, Picture, PictureOption};
use annals_model::{NodeRef, RecordKind};
use layout::Sheet;
use model::Plan;

/// The typed graph.
pub(crate) static PICTURE: Picture = Picture {
    name: "graph",
    title: "nodes and the typed, dated edges between them: for small parts, see --around",
    extensions: &[],
    loses: "",
    notes: "",
    options: &[PictureOption::Around],
    work: Draw { scene, pages: None },
};

fn scene(canvas: &Canvas<'_, '_>) -> Scene {
    let plan = Plan::new(canvas, layout::most_columns(canvas.look.width));
    let sheet = Sheet::new(canvas, &plan);
    let columns = sheet.columns.iter().step_by(2).map(|column| {
        let ids = column.iter().filter_map(|spot| match spot.item {
            layout::Item::Node(node) => Some(sheet.boxes[node].id.clone()),
            _ => None,
        });
        ids.collect()
    });
    let frame = Frame {
        picture: PICTURE.name,
        title: title(canvas.look.title.as_ref(), &usual_title(canvas)),
        summary: summary(&plan),
        left_out: not_shown(&plan)
            .map(|what| format!("the picture shows the most densely linked nodes; {what}")),
        margin: sheet.measures.margin,
        width: sheet.width,
        gaps: (18.0, 18.0),
        legend: entries(canvas, &plan),
        columns: columns.collect(),
    };
    frame.around(canvas.look.theme, |top, parts| {
        sheet.draw(canvas, &plan, top, parts)
    })
}

/// "Around Vladimir Putin".
fn usual_title(canvas: &Canvas<'_, '_>) -> String {
    let facts = canvas.dossier.facts();
    let centres = canvas.around.iter().flat_map(|around| &around.centres);
    let names: BTreeSet<String> = centres.map(|node| one_line(facts.label(*node))).collect();
    let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        "Who and what is linked to what".to_owned()
    } else {
        format!("Around {}", names.join(" and "))
    }
}

/// "12 nodes, 20 edges".
fn summary(plan: &Plan) -> String {
    if plan.nodes.is_empty() {
        return "nothing to show".to_owned();
    }
    let mut words = format!(
        "{}, {}",
        counted(plan.nodes.len(), "node", "nodes"),
        counted(plan.edges.len(), "edge", "edges")
    );
    if let Some(what) = not_shown(plan) {
        words.push_str(&format!(" · the most densely linked; {what}"));
    }
    words
}

/// What of the graph is not shown, and how to see it.
fn not_shown(plan: &Plan) -> Option<String> {
    let (nodes, edges) = plan.left_out;
    (nodes + edges > 0).then(|| {
        format!(
            "{} and {} are left out: select with --around, --by, --about",
            counted(nodes, "node", "nodes"),
            counted(edges, "edge", "edges")
        )
    })
}

/// Only what is used.
fn entries(canvas: &Canvas<'_, '_>, plan: &Plan) -> Vec<Entry> {
    let theme = canvas.look.theme;
    let facts = canvas.dossier.facts();
    let has = |kind: RecordKind| plan.nodes.iter().any(|node| node.kind() == kind);
    let nameless = plan.nodes.iter().any(|node| match node {
        NodeRef::Actor(id) => facts[*id].unnamed,
        _ => false,
    });
    let event = |as_it_is: bool| {
        plan.nodes.iter().any(|node| match node {
            NodeRef::Event(id) => happens(facts[*id].status) == as_it_is,
            _ => false,
        })
    };
    let rounded = Form::Rounded(4.0);
    let pointed = Form::Pointed(0.0, 5.0);
    let mut entries = forms([
        (has(RecordKind::Actor), rounded, theme.actor, false, "actor"),
        (nameless, rounded, theme.actor, true, "actor not named"),
        (has(RecordKind::Claim), rounded, theme.claim, false, "claim"),
        (event(true), pointed, theme.event, false, "event"),
        (
            event(false),
            pointed,
            theme.event,
            true,
            "event expected, alleged or cancelled",
        ),
        (
            has(RecordKind::Topic),
            Form::Square,
            theme.topic,
            false,
            "topic",
        ),
        (
            has(RecordKind::Place),
            Form::Rounded(6.0),
            theme.topic,
            false,
            "place",
        ),
        (
            has(RecordKind::Document),
            Form::Folded,
            theme.document,
            false,
            "document",
        ),
    ]);
    entries.extend(stances(theme, |stance| {
        let mut edges = plan.edges.iter();
        edges.any(|arc| arc.edge.stance == Some(stance))
    }));
    entries
}
