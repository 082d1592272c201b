//! One window of a network.

use super::{Key, NetworkPicture, Signs, WIDEST, ends, form};
use crate::geometry::{Path, Point, Rect};
use crate::layout::boxes::span;
use crate::layout::frame::{BADGE, badge};
use crate::scene::{
    Anchor, Area, Colour, Fill, Head, Line, Part, Pattern, Role, Shape, Stroke, set,
};
use crate::text::{Face, Paragraph, Room, Style, one_line, wrap};
use crate::theme::StanceLook;
use annals_query::network::{EdgeRow, NodeRow, WindowRow};

const NAME: Style = Style {
    face: Face::Bold,
    size: 11.0,
};
const HEADING: Style = Style {
    face: Face::Bold,
    size: 13.0,
};
/// The room of a sign, whose letter is higher than its disc.
const SIGN: f64 = 2.0 * BADGE + 4.0;
/// How wide a double line is at least.
const DOUBLE: f64 = 3.6;
/// How wide a tie that leads somewhere can be hit.
const HIT: f64 = 14.0;
/// The widest that a name is set.
const WIDEST_NAME: f64 = 130.0;

/// A node with its place.
#[derive(Debug)]
pub(super) struct Placed<'p> {
    pub(super) key: Key<'p>,
    pub(super) row: &'p NodeRow,
    /// Its middle.
    pub(super) at: (f64, f64),
    pub(super) size: (f64, f64),
}

/// One window.
pub(super) struct Panel<'p> {
    pub(super) picture: &'p NetworkPicture<'p>,
    pub(super) number: usize,
    pub(super) window: &'p WindowRow,
    pub(super) edges: &'p [EdgeRow],
    pub(super) placed: &'p [Placed<'p>],
    /// The heaviest weight of all panels.
    pub(super) heaviest: f64,
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) has_heading: bool,
}

fn name(row: &NodeRow, colour: Colour) -> Paragraph {
    let name = one_line(&row.name);
    let words = if name.is_empty() {
        one_line(&row.id)
    } else {
        name
    };
    wrap(&[span(&words, NAME, colour)], Room::new(WIDEST_NAME, 2))
}

/// How wide and high a node is.
pub(super) fn size(row: &NodeRow) -> (f64, f64) {
    let name = name(row, "#000000");
    (name.width() + 20.0, name.height() + 10.0)
}

fn extent(placed: &[Placed<'_>]) -> (f64, f64) {
    let right = placed.iter().map(|one| one.at.0 + one.size.0 / 2.0);
    let bottom = placed.iter().map(|one| one.at.1 + one.size.1 / 2.0);
    (right.fold(120.0, f64::max), bottom.fold(40.0, f64::max))
}

/// How wide all columns of panels are together, if names are as large as usual.
pub(super) fn natural_width(placed: &[Placed<'_>], columns: usize) -> f64 {
    let (wide, _) = extent(placed);
    columns as f64 * wide.max(420.0 / columns as f64) + (columns as f64 - 1.0) * 24.0
}

/// Whether a tie can be none.
pub(super) fn may_be_none(edge: &EdgeRow) -> bool {
    edge.weight[0] <= 0.0 && edge.weight[1] >= 0.0
}

impl Panel<'_> {
    /// Draws it; returns where it ends.
    pub(super) fn draw(&self, parts: &mut Vec<Part>) -> f64 {
        let mut top = self.top;
        if self.has_heading {
            top = self.heading(top, parts);
        }
        let (wide, high) = extent(self.placed);
        // Where there is more room than needed, nodes lie farther apart; a narrow picture is higher.
        let (across, down) = if self.width >= wide {
            ((self.width - wide) / 2.0, 0.0)
        } else {
            (0.0, 0.0)
        };
        let scale = if self.width < wide {
            self.width / wide
        } else {
            1.0
        };
        let rects = self.rects(across, down + top, scale);
        let mut taken: Vec<Rect> = rects.iter().map(|rect| rect.inset(-3.0, -3.0)).collect();
        let mut badges = Vec::new();
        for edge in self.edges {
            if let Some((part, badge)) = self.edge(edge, &rects, &mut taken) {
                parts.push(part);
                badges.extend(badge);
            }
        }
        for (placed, rect) in self.placed.iter().zip(&rects) {
            parts.push(self.node(placed, *rect));
        }
        parts.extend(badges);
        let bottom = rects
            .iter()
            .map(|rect| rect.bottom())
            .fold(top + high.min(40.0), f64::max);
        bottom + 4.0
    }

    fn heading(&self, top: f64, parts: &mut Vec<Part>) -> f64 {
        let day = |day: Option<annals_time::Day>| {
            day.map_or_else(|| "…".to_owned(), annals_time::Day::words)
        };
        let words = format!("{} to {}", day(self.window.from), day(self.window.until));
        let theme = self.picture.look.theme;
        let paragraph = wrap(
            &[span(&words, HEADING, theme.text)],
            Room::new(self.width, 2),
        );
        let room = Rect::new(self.left, top, self.width, paragraph.height());
        let mut part = Part::new(format!("window-{}", self.number), "heading", Role::Words);
        part.write(set(&paragraph, room, Anchor::Left));
        parts.push(part);
        top + paragraph.height() + 8.0
    }

    /// The boxes of all nodes. Where the panel is too narrow they are set below one another as needed.
    fn rects(&self, across: f64, down: f64, scale: f64) -> Vec<Rect> {
        let mut rects: Vec<Rect> = self
            .placed
            .iter()
            .map(|placed| {
                let (wide, high) = placed.size;
                let left = (placed.at.0 - wide / 2.0) * scale;
                let left = left.min(self.width - wide).max(0.0);
                Rect::new(
                    self.left + across + left,
                    down + placed.at.1 - high / 2.0,
                    wide.min(self.width),
                    high,
                )
            })
            .collect();
        if scale < 1.0 {
            let mut order: Vec<usize> = (0..rects.len()).collect();
            order.sort_by(|a, b| rects[*a].y.total_cmp(&rects[*b].y).then(a.cmp(b)));
            for nth in 0..order.len() {
                let mut again = true;
                while again {
                    again = false;
                    for other in &order[..nth] {
                        let (one, other) = (rects[order[nth]].inset(-3.0, -3.0), rects[*other]);
                        if one.overlaps(other) {
                            rects[order[nth]].y = other.bottom() + 8.0;
                            again = true;
                        }
                    }
                }
            }
        }
        rects
    }

    fn id(&self, placed: &Placed<'_>) -> String {
        let number = self
            .placed
            .binary_search_by_key(&placed.key, |one| one.key)
            .unwrap_or(0);
        format!("n{}-{number}", self.number)
    }

    fn node(&self, placed: &Placed<'_>, rect: Rect) -> Part {
        let theme = self.picture.look.theme;
        let look = if placed.row.is_thing || !is_actor(placed.row) {
            theme.topic
        } else {
            theme.actor
        };
        let in_window = self
            .window
            .nodes
            .iter()
            .find(|row| (row.is_thing, row.id.as_str()) == placed.key);
        let statements = in_window.map_or([0, 0], |row| row.statements);
        let is_there = statements[1] > 0;
        let mut part = Part::new(self.id(placed), "node", Role::Node(rect));
        let count = match statements {
            [least, most] if least == most => most.to_string(),
            [least, most] => format!("{least} to {most}"),
        };
        part.link = self.picture.links.node.map(|link| link(placed.row));
        part.tooltip = vec![
            one_line(&placed.row.name),
            placed.row.kind.clone(),
            format!("statements: {count}"),
        ];
        let colour = if is_there { theme.text } else { theme.muted };
        part.shapes.push(Shape::Area(Area {
            rect,
            form: form(placed.row),
            fill: Fill::Plain(if is_there {
                look.fill
            } else {
                theme.background
            }),
            stroke: Some(Stroke {
                colour: look.stroke,
                width: 1.2,
                pattern: if is_there {
                    Pattern::Solid
                } else {
                    Pattern::Dotted
                },
            }),
        }));
        let paragraph = name(placed.row, colour);
        let high = paragraph.height();
        let room = Rect::new(
            rect.x + 4.0,
            rect.centre().y - high / 2.0,
            rect.width - 8.0,
            high,
        );
        part.write(set(&paragraph, room, Anchor::Middle));
        part
    }

    /// How the sign of a tie looks; `None`: there is none.
    fn look(&self, edge: &EdgeRow) -> Option<StanceLook> {
        let theme = self.picture.look.theme;
        match self.picture.signs {
            Signs::None => None,
            Signs::Against => Some(theme.opposes),
            Signs::Both => Some(match edge.weight {
                [least, most] if least >= 0.0 && most > 0.0 => theme.supports,
                [least, most] if least < 0.0 && most <= 0.0 => theme.opposes,
                _ => theme.neutral,
            }),
            Signs::Kinds => Some(match edge.kinds.as_deref() {
                Some(["for"]) => theme.supports,
                Some(["against"]) => theme.opposes,
                Some(["neutral"]) => theme.neutral,
                _ => theme.mixed,
            }),
        }
    }

    fn edge(
        &self,
        edge: &EdgeRow,
        rects: &[Rect],
        taken: &mut Vec<Rect>,
    ) -> Option<(Part, Option<Part>)> {
        let theme = self.picture.look.theme;
        let [a, b] = ends(self.picture, edge);
        let number = |key: Key<'_>| self.placed.binary_search_by_key(&key, |one| one.key).ok();
        let (one, other) = (number(a)?, number(b)?);
        let id = format!("e{}-{one}-{other}", self.number);
        let [from, to] = [one, other].map(|nth| format!("n{}-{nth}", self.number));
        let mut part = Part::new(id.clone(), "tie", Role::Edge { from, to });
        part.tooltip = tooltip(edge);
        let link = self.picture.links.edge;
        part.link = link.map(|link| link(self.window, edge));
        let (begin, end) = between(rects[one], rects[other]);
        let path = Path::straight(begin, end);
        let is_kinds = self.picture.signs == Signs::Kinds;
        let wide = |weight: f64| {
            let share = if is_kinds {
                0.3
            } else {
                weight.abs() / self.heaviest.max(f64::MIN_POSITIVE)
            };
            (share * WIDEST).max(1.0)
        };
        let [small, large] = [
            edge.weight[0].abs().min(edge.weight[1].abs()),
            edge.weight[0].abs().max(edge.weight[1].abs()),
        ];
        let look = self.look(edge);
        let colour = look.map_or(theme.muted, |look| look.colour);
        let mut line = |colour: Colour, width: f64, pattern: Pattern| {
            part.shapes.push(Shape::Line(Line {
                path: path.clone(),
                stroke: Stroke {
                    colour,
                    width,
                    pattern,
                },
                head: Head::None,
            }));
        };
        let none = may_be_none(edge) && !is_kinds;
        if link.is_some() {
            // Nobody hits a thin line.
            line("transparent", HIT.max(wide(large)), Pattern::Solid);
        }
        if edge.weight[0] != edge.weight[1] && !is_kinds {
            line(theme.rule, wide(large), Pattern::Solid);
        }
        // What a tie is can be told without colours, and where there is no room for its sign.
        let signs = matches!(self.picture.signs, Signs::Both | Signs::Kinds).then_some(look);
        let signs = signs.flatten();
        let is_against = signs == Some(theme.opposes);
        let (width, pattern) = match (none, signs) {
            (true, _) => (1.2, Pattern::Dashed),
            (false, Some(sign)) if sign == theme.mixed || sign == theme.neutral => {
                (wide(small), Pattern::Dotted)
            }
            (false, _) => (wide(small), Pattern::Solid),
        };
        if is_against {
            let width = width.max(DOUBLE);
            line(colour, width, pattern);
            line(theme.background, width / 3.0, Pattern::Solid);
        } else {
            line(colour, width, pattern);
        }
        let badge = look.and_then(|look| {
            let at = free(begin, end, taken)?;
            taken.push(Rect::around(at, SIGN, SIGN));
            let mut part = Part::new(format!("sign-{id}"), "sign", Role::Words);
            part.shapes = badge(look, at);
            Some(part)
        });
        Some((part, badge))
    }
}

fn is_actor(row: &NodeRow) -> bool {
    !matches!(
        row.kind.as_str(),
        "topic" | "event" | "place" | "document" | "claim"
    )
}

/// What is said of a tie.
fn tooltip(edge: &EdgeRow) -> Vec<String> {
    let (a, b) = (one_line(&edge.a.name), one_line(&edge.b.name));
    let weight = match edge.weight {
        [least, most] if least == most => format!("weight {most:.3}"),
        [least, most] => format!("weight {least:.3} to {most:.3}"),
    };
    let mut lines = vec![format!("{a} – {b}"), weight];
    lines.extend(edge.kinds.as_ref().map(|kinds| kinds.join(" or ")));
    lines.extend(edge.things.map(|things| {
        format!(
            "over {things} {}",
            if things == 1 { "thing" } else { "things" }
        )
    }));
    lines.push(format!(
        "annals network --why \"{}\" \"{}\"",
        one_line(&edge.a.id),
        one_line(&edge.b.id)
    ));
    lines
}

/// The ends of a line between two boxes: where it leaves the one and reaches the other.
fn between(one: Rect, other: Rect) -> (Point, Point) {
    let (a, b) = (one.centre(), other.centre());
    (leaves(one, a, b), leaves(other, b, a))
}

fn leaves(rect: Rect, from: Point, to: Point) -> Point {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let across = if dx == 0.0 {
        f64::INFINITY
    } else {
        rect.width / 2.0 / dx.abs()
    };
    let down = if dy == 0.0 {
        f64::INFINITY
    } else {
        rect.height / 2.0 / dy.abs()
    };
    let share = across.min(down).min(0.5);
    Point::new(from.x + dx * share, from.y + dy * share)
}

/// A place for a sign on a line, as close to its middle as may be.
fn free(begin: Point, end: Point, taken: &[Rect]) -> Option<Point> {
    let shares = (0..=16).flat_map(|nth| {
        let away = f64::from(nth) * 0.025;
        [0.5 - away, 0.5 + away]
    });
    let at = |share: f64| {
        Point::new(
            begin.x + (end.x - begin.x) * share,
            begin.y + (end.y - begin.y) * share,
        )
    };
    shares.map(at).find(|at| {
        let badge = Rect::around(*at, SIGN, SIGN);
        taken.iter().all(|rect| !rect.overlaps(badge))
    })
}
