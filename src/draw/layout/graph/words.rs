//! The labels of the graph's edges, and the style of its lines.

use std::collections::BTreeMap;

use super::model::{Arc, Plan};
use crate::Canvas;
use crate::layout::boxes::{NOTE, span};
use crate::layout::frame::stance_stroke;
use crate::layout::words::{date_words, source_line};
use crate::scene::{Head, Pattern, Stroke};
use crate::text::{Paragraph, Room, one_line, wrap};
use annals_format::escape::as_id;
use annals_graph::EdgeKind;
use annals_model::Vocabulary;
use annals_time::Date;

/// How long the point of an event is.
pub(super) const POINT: f64 = 8.0;

/// An edge with its label.
#[derive(Debug, Clone)]
pub(super) struct EdgeWords {
    pub(super) id: String,
    pub(super) class: String,
    /// Its kind and date, on one line.
    pub(super) words: Paragraph,
    pub(super) tooltip: Vec<String>,
    pub(super) stroke: Stroke,
    pub(super) head: Head,
}

/// Every edge with its label.
pub(super) fn of_edges(canvas: &Canvas<'_, '_>, plan: &Plan, width: f64) -> Vec<EdgeWords> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    plan.edges
        .iter()
        .map(|arc| {
            let mut edge = of_edge(canvas, plan, arc, width);
            let count = seen.entry(edge.id.clone()).or_default();
            *count += 1;
            if *count > 1 {
                edge.id = format!("{}:{count}", edge.id);
            }
            edge
        })
        .collect()
}

fn of_edge(canvas: &Canvas<'_, '_>, plan: &Plan, arc: &Arc, width: f64) -> EdgeWords {
    let facts = canvas.dossier.facts();
    let theme = canvas.look.theme;
    let edge = &arc.edge;
    let kind = one_line(edge.kind.word(facts)).replace('_', " ");
    let kind = if kind.is_empty() {
        "tie".to_owned()
    } else {
        kind
    };
    let role = edge.role.map(|role| one_line(facts.name(role)));
    let role = role.filter(|role| !role.is_empty());
    let when = edge.when.map(|date| facts.date(date));
    let line = match &role {
        Some(role) => format!("{kind} as {role}"),
        None => kind.clone(),
    };
    let dated = match when {
        Some(when) => format!("{line} · {}", date_words(when)),
        None => line.clone(),
    };
    let sign = edge.stance.map(|stance| {
        let look = theme.stance(stance);
        span(look.sign, NOTE, look.colour)
    });
    let set = |line: &str| {
        let spans: Vec<_> = sign
            .into_iter()
            .chain([span(line, NOTE, theme.muted)])
            .collect();
        wrap(&spans, Room::new(width, 1))
    };
    let mut words = set(&dated);
    if words.cut {
        // Half a date would mislead.
        words = set(&line);
    }

    let name = |node: usize| one_line(facts.label(plan.nodes[node]));
    let mut tooltip = vec![format!("{} — {kind} → {}", name(arc.from), name(arc.to))];
    tooltip.extend(role.map(|role| format!("as {role}")));
    tooltip.extend(
        edge.stance
            .map(|stance| format!("stance: {}", stance.word())),
    );
    tooltip.extend(when.map(date_words));
    let display = when.and_then(Date::display);
    tooltip.extend(display.map(|display| format!("“{}”", one_line(display))));
    tooltip.push(source_line(canvas.dossier, edge.fact));

    // Kinds of relation are user-defined, so they are not used as classes.
    let own = EdgeKind::PLAIN.contains(&edge.kind);
    let class = if own {
        edge.kind.word(facts)
    } else {
        "relation"
    };
    let stance = edge.stance.map_or("", Vocabulary::word);
    let id = |node: usize| {
        let node = plan.nodes[node];
        format!("{}-{}", node.kind(), as_id(facts.id(node)))
    };
    let (stroke, head) = line_of(canvas, arc);
    EdgeWords {
        id: format!("{}:{}:{}", as_id(&kind), id(arc.from), id(arc.to)),
        class: format!("{class} {stance}").trim_end().to_owned(),
        words,
        tooltip,
        stroke,
        head,
    }
}

/// How the line of an edge looks.
fn line_of(canvas: &Canvas<'_, '_>, arc: &Arc) -> (Stroke, Head) {
    let theme = canvas.look.theme;
    if let Some(stance) = arc.edge.stance {
        let look = theme.stance(stance);
        return (stance_stroke(look), look.head);
    }
    let (width, pattern) = match arc.edge.kind {
        EdgeKind::Relation(_) | EdgeKind::Tie => (1.8, Pattern::Solid),
        EdgeKind::ReportedIn | EdgeKind::BasedOn | EdgeKind::Corrects => (1.2, Pattern::Dotted),
        EdgeKind::Order => (1.2, Pattern::Dashed),
        _ => (1.2, Pattern::Solid),
    };
    let stroke = Stroke {
        colour: theme.line,
        width,
        pattern,
    };
    (stroke, Head::Vee)
}
