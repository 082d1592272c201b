//! Paints the ladder from its layout: rung by rung, in reading order.

use super::dates::class;
use super::layout::{DateBox, Sheet};
use super::model::{Plan, Tie};
use super::{Lines, mark_colour};
use crate::Canvas;
use crate::geometry::{Path, Point, Rect};
use crate::layout::boxes::{NOTE, span};
use crate::layout::frame::badge;
use crate::scene::{Anchor, Head, Line, Part, Pattern, Role, Shape, Stroke, set};
use crate::text::{Room, wrap};
use annals_model::{StanceValue, Vocabulary};

impl Sheet {
    /// Paints it from a vertical offset down, and returns where it ends.
    pub(super) fn draw(
        &self,
        canvas: &Canvas<'_, '_>,
        plan: &Plan,
        top: f64,
        parts: &mut Vec<Part>,
    ) -> f64 {
        if plan.rungs.is_empty() {
            return top;
        }
        let top = self.heads(canvas, top, parts);
        parts.push(self.rail(canvas, plan, top));
        let ports = self.ports(plan);
        // The lines of all rungs with one date start from the date shown.
        let mut date = String::new();
        for (nth, rung) in plan.rungs.iter().enumerate() {
            if let Some(one) = &self.dates[nth] {
                date.clone_from(&one.id);
                parts.push(date_part(canvas, plan, nth, one, top));
            }
            if let Some(one) = &self.middles[nth] {
                parts.push(one.part(canvas, "", Some(rung.record), top));
                parts.push(self.dated(canvas, plan, nth, &date, top));
            }
            for card in &rung.cards {
                parts.push(self.cards[*card].part(
                    canvas,
                    "",
                    Some(plan.cards[*card].claim.into()),
                    top,
                ));
                for (tie, ports) in ports[*card].iter().enumerate() {
                    parts.push(self.tie(canvas, plan, (*card, tie), *ports, top));
                }
            }
        }
        top + self.height
    }

    /// The heads of the columns.
    fn heads(&self, canvas: &Canvas<'_, '_>, top: f64, parts: &mut Vec<Part>) -> f64 {
        let mut part = Part::new("columns", "columns", Role::Ornament);
        let columns = self.columns;
        let mut bottom = top;
        for ([x, width], words, anchor) in [
            (columns.date, "when", Anchor::Right),
            (columns.middle, "what happened or is expected", Anchor::Left),
            (columns.card, "what was said about it", Anchor::Left),
        ] {
            let words = wrap(
                &[span(words, NOTE, canvas.look.theme.muted)],
                Room::new(width, 1),
            );
            let room = Rect::new(x, top, width, words.height());
            part.write(set(&words, room, anchor));
            bottom = room.bottom() + 8.0;
        }
        parts.push(part);
        bottom
    }

    /// The rail: a line along the dates, dotted where much time passes, with the marks.
    fn rail(&self, canvas: &Canvas<'_, '_>, plan: &Plan, top: f64) -> Part {
        let theme = canvas.look.theme;
        let x = self.columns.rail;
        let mut part = Part::new("rail", "rail", Role::Ornament);
        let (Some(first), Some(last)) = (self.levels.first(), self.levels.last()) else {
            return part;
        };
        let mut from = *first;
        let mut line = |from: f64, until: f64, pattern: Pattern| {
            part.shapes.push(Shape::Line(Line {
                path: Path::straight(Point::new(x, top + from), Point::new(x, top + until)),
                stroke: Stroke {
                    colour: theme.line,
                    width: 1.4,
                    pattern,
                },
                head: Head::None,
            }));
        };
        for gap in &self.gaps {
            line(from, gap.from, Pattern::Solid);
            line(gap.from, gap.until, Pattern::Dotted);
            from = gap.until;
        }
        line(from, *last, Pattern::Solid);
        for gap in &self.gaps {
            let [x, width] = self.columns.date;
            let words = wrap(&[span(&gap.words, NOTE, theme.muted)], Room::new(width, 1));
            let middle = top + f64::midpoint(gap.from, gap.until);
            let room = Rect::new(x, middle - words.height() / 2.0, width, words.height());
            part.write(set(&words, room, Anchor::Right));
        }
        for (rung, level) in plan.rungs.iter().zip(&self.levels) {
            let (colour, dashed) = mark_colour(canvas, rung.middle);
            let at = Point::new(x, top + level);
            part.shapes
                .extend(rung.dated.mark.drawn(at, colour, theme.background, dashed));
        }
        part
    }

    /// The line from a mark to the event.
    fn dated(
        &self,
        canvas: &Canvas<'_, '_>,
        plan: &Plan,
        nth: usize,
        date: &str,
        top: f64,
    ) -> Part {
        let rung = &plan.rungs[nth];
        let y = top + self.levels[nth];
        let to = self.middles[nth]
            .as_ref()
            .map(|one| (one.id.clone(), one.words.name.clone()));
        let (to, name) = to.unwrap_or_default();
        let role = Role::Edge {
            from: date.to_owned(),
            to: to.clone(),
        };
        let mut part = Part::new(format!("dated:{to}"), "dated", role);
        part.tooltip = vec![rung.dated.tooltip[0].clone(), name];
        part.link = canvas.link(rung.record);
        let from = self.columns.rail + rung.dated.mark.reach() + 1.0;
        part.shapes.push(Shape::Line(Line {
            path: Path::straight(Point::new(from, y), Point::new(self.columns.middle[0], y)),
            stroke: Lines::new(canvas.look.theme).plain(),
            head: Head::None,
        }));
        part
    }

    /// The line from a card to an event, or from a day to the card.
    fn tie(
        &self,
        canvas: &Canvas<'_, '_>,
        plan: &Plan,
        (card, nth): (usize, usize),
        (at_card, at_middle): (f64, f64),
        top: f64,
    ) -> Part {
        let theme = canvas.look.theme;
        let (rung, tie) = plan.cards[card].ties[nth];
        let one = &self.cards[card];
        let at_card = Point::new(one.rect.x, top + at_card);
        let (stroke, head) = Lines::new(theme).tie(tie);
        let bend = self.columns.middle[0] + self.columns.middle[1];
        let (role, path, name) = match (&self.middles[rung], &self.dates[rung]) {
            (Some(middle), _) => {
                let end = Point::new(middle.rect.right(), top + at_middle);
                let role = Role::Edge {
                    from: one.id.clone(),
                    to: middle.id.clone(),
                };
                (role, Path::level(at_card, end), middle.words.name.clone())
            }
            (None, date) => {
                let from = Point::new(
                    self.columns.rail + plan.rungs[rung].dated.mark.reach() + 1.0,
                    top + at_middle,
                );
                let level = Point::new(bend, from.y);
                let mut path = Path::straight(from, level);
                path.steps.extend(Path::level(level, at_card).steps);
                let from = date
                    .as_ref()
                    .map(|date| date.id.clone())
                    .unwrap_or_default();
                let role = Role::Edge {
                    from,
                    to: one.id.clone(),
                };
                (role, path, plan.rungs[rung].dated.words.clone())
            }
        };
        let Role::Edge { from, to } = &role else {
            return Part::new("none", "none", Role::Ornament);
        };
        let (class, does) = describe(tie, &name);
        let id = format!("{}:{from}:{to}", class.replace(' ', "-"));
        let mut part = Part::new(id, class, role.clone());
        part.tooltip = vec![does, one.words.name.clone()];
        part.link = canvas.link(plan.cards[card].claim);
        part.shapes.push(Shape::Line(Line { path, stroke, head }));
        if let Tie::About(Some(stance)) = tie {
            part.shapes.extend(badge(theme.stance(stance), at_card));
        }
        part
    }
}

/// A tie's class, and its meaning in words.
fn describe(tie: Tie, name: &str) -> (String, String) {
    match tie {
        Tie::SaidAt => ("said-at".to_owned(), format!("said at: {name}")),
        Tie::SaidOn => ("said-on".to_owned(), format!("said: {name}")),
        Tie::ReportedIn => ("reported-in".to_owned(), format!("reported in: {name}")),
        Tie::About(None) => ("about".to_owned(), format!("about {name}")),
        Tie::About(Some(stance)) => {
            let does = match stance {
                StanceValue::Supports | StanceValue::Opposes => format!("{} {name}", stance.word()),
                StanceValue::Neutral => format!("neutral toward {name}"),
                StanceValue::Mixed => format!("mixed about {name}"),
            };
            (format!("about {}", stance.word()), does)
        }
    }
}

fn date_part(canvas: &Canvas<'_, '_>, plan: &Plan, nth: usize, date: &DateBox, top: f64) -> Part {
    let rung = &plan.rungs[nth];
    let rect = Rect {
        y: date.rect.y + top,
        ..date.rect
    };
    let mut part = Part::new(date.id.clone(), class(rung.record), Role::Node(rect));
    part.tooltip.clone_from(&rung.dated.tooltip);
    part.link = canvas.link(rung.record);
    part.write(date.block.set(rect));
    part
}
