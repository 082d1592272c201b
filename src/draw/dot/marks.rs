//! Marks with words beside them: what a timeline has, and Graphviz has no shape for.

use super::{LAYOUT, identify, label_of, placed, row};
use crate::geometry::Rect;
use crate::scene::{Anchor, Area, Fill, Form, Label, Part, Pattern, Scene};
use crate::svg::number;
use crate::theme::LIGHT;
use annals_format::dot::{self, Attributes, font, table};

/// A node whose form takes only a part of its box: a mark with its words beside, within or below it.
/// Graphviz has no such shape; it is a table with the mark in one cell and the words in others.
pub(super) fn node(out: &mut String, scene: &Scene, part: &Part, bounds: Rect, name: &str) {
    let mark = part.area().map_or(bounds, |area| area.rect);
    let (signs, words): (Vec<&Label>, Vec<&Label>) =
        (part.labels()).partition(|label| is_sign(label));
    let sample = part
        .area()
        .map_or(String::new(), |area| cell_of_mark(area, &signs));
    let rows: String = words
        .iter()
        .map(|label| row(&label_of(label), label.anchor, label.room.width))
        .collect();
    let words_left = words
        .iter()
        .map(|label| label.room.x)
        .fold(f64::MAX, f64::min);
    let words_top = words
        .iter()
        .map(|label| label.room.y)
        .fold(f64::MAX, f64::min);
    let text = format!(
        "<TD>{}</TD>",
        if rows.is_empty() {
            " ".to_owned()
        } else {
            table(0, &rows)
        }
    );
    let room = |width: f64| {
        let width = number(width.floor().clamp(0.0, 10_000.0));
        if width == "0" {
            String::new()
        } else {
            format!("<TD WIDTH=\"{width}\"></TD>")
        }
    };
    let cells = if words_top > mark.bottom() {
        format!("<TR>{sample}</TR><TR>{text}</TR>")
    } else if words_left < mark.x {
        format!(
            "<TR>{text}{sample}{}</TR>",
            room(bounds.right() - mark.right())
        )
    } else {
        format!("<TR>{}{sample}{text}</TR>", room(mark.x - bounds.x))
    };
    let mut attributes = Attributes::new();
    let label = format!(
        "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"2\" CELLPADDING=\"0\">{cells}</TABLE>"
    );
    attributes.html("label", &label).text("shape", "plaintext");
    placed(&mut attributes, scene, bounds);
    identify(&mut attributes, part, "node");
    out.push_str(&LAYOUT.statement(name, attributes));
}

/// Whether a label is the sign on a badge.
pub(super) fn is_sign(label: &Label) -> bool {
    let signs = [LIGHT.supports, LIGHT.opposes];
    let signs = signs.iter().chain([&LIGHT.neutral, &LIGHT.mixed]);
    let text = label.line.text();
    label.anchor == Anchor::Middle && signs.map(|look| look.sign).any(|sign| sign == text)
}

/// A mark as a cell of a table: a diamond and the sign of a stance as letters, all else as a box.
fn cell_of_mark(area: &Area, signs: &[&Label]) -> String {
    let stroke = area.stroke.map(|stroke| stroke.colour);
    let (fill, faint) = match area.fill {
        Fill::Plain(colour) => (Some(colour), String::new()),
        // As dark as it is half way.
        Fill::Fade(colour, left, right) => (
            Some(colour),
            format!(
                "{:02X}",
                (f64::midpoint(left, right) * 255.0).clamp(0.0, 255.0) as u8
            ),
        ),
        Fill::None => (None, String::new()),
    };
    let colour = stroke.or(fill).unwrap_or("#888888");
    let letter = match area.form {
        Form::Diamond if fill == stroke => Some("◆".to_owned()),
        Form::Diamond => Some("◇".to_owned()),
        Form::Ellipse if signs.is_empty() => Some("○".to_owned()),
        Form::Ellipse => Some(
            signs
                .iter()
                .map(|label| dot::html(&label.line.text()))
                .collect(),
        ),
        _ => None,
    };
    if let Some(letter) = letter {
        let letter = font(13, colour, &format!("<B>{letter}</B>"));
        return format!("<TD>{letter}</TD>");
    }
    let width = number(area.rect.width.floor().clamp(1.0, 10_000.0));
    let height = number(area.rect.height.floor().max(1.0));
    let style = match area.stroke.map(|stroke| stroke.pattern) {
        Some(Pattern::Dashed | Pattern::DashDotted) => " STYLE=\"dashed\"",
        Some(Pattern::Dotted) => " STYLE=\"dotted\"",
        _ => "",
    };
    let border = u8::from(area.stroke.is_some());
    let fill = fill.map_or(String::new(), |fill| format!(" BGCOLOR=\"{fill}{faint}\""));
    format!(
        "<TD FIXEDSIZE=\"TRUE\" WIDTH=\"{width}\" HEIGHT=\"{height}\" BORDER=\"{border}\" COLOR=\"{colour}\"{fill}{style}></TD>"
    )
}
