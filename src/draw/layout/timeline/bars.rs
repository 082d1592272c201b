//! How marks are drawn: diamonds, circles, and bars that are solid where a record certainly was.

use super::mark::{DIAMOND, Kind, Mark, POINT, Side};
use crate::geometry::{Point, Rect};
use crate::layout::frame::{BADGE, badge};
use crate::layout::words::NodeWords;
use crate::scene::{Area, Fill, Form, Pattern, Shape, Stroke};

/// The lowest opacity of an uncertain part.
const LIGHT: f64 = 0.05;
/// The highest opacity of an uncertain part.
pub(super) const FULL: f64 = 0.36;

impl Mark {
    /// Renders it at a vertical offset. The first shape identifies it.
    pub(super) fn draw(&self, words: &NodeWords, top: f64) -> Vec<Shape> {
        let pattern = if words.dashed {
            Pattern::Dashed
        } else {
            Pattern::Solid
        };
        let stroke = |width: f64| Stroke {
            colour: words.look.stroke,
            width,
            pattern,
        };
        let middle = top + self.height() / 2.0;
        match (self.kind, self.at) {
            (Kind::Event, Some(at)) if self.is_day => {
                let fill = if words.dashed {
                    words.look.fill
                } else {
                    words.look.stroke
                };
                vec![Shape::Area(Area {
                    rect: Rect::around(Point::new(at, middle), DIAMOND, DIAMOND),
                    form: Form::Diamond,
                    fill: Fill::Plain(fill),
                    stroke: Some(stroke(1.3)),
                })]
            }
            (Kind::Document, Some(at)) if self.is_day => vec![Shape::Area(Area {
                rect: Rect::around(Point::new(at, middle), 11.0, 14.0),
                form: Form::Folded,
                fill: Fill::Plain(words.look.fill),
                stroke: Some(stroke(1.3)),
            })],
            (Kind::Claim, Some(at)) => {
                let circles = self.circles(words, Point::new(at, middle));
                if self.is_day {
                    return circles;
                }
                // The circle comes first as well, because it identifies a claim.
                let mut shapes: Vec<Shape> = circles.first().cloned().into_iter().collect();
                shapes.extend(self.bar(stroke(1.0), words, middle));
                shapes.extend(circles);
                shapes
            }
            _ => self.bar(stroke(1.3), words, middle),
        }
    }

    fn circles(&self, words: &NodeWords, at: Point) -> Vec<Shape> {
        if self.stances.is_empty() {
            return vec![Shape::Area(Area {
                rect: Rect::around(at, 2.0 * BADGE, 2.0 * BADGE),
                form: Form::Ellipse,
                fill: Fill::Plain(words.look.fill),
                // As dark as the small line: a fainter outline would not be visible as a mark.
                stroke: Some(Stroke {
                    colour: words.look.note,
                    width: 1.6,
                    pattern: Pattern::Solid,
                }),
            })];
        }
        let mut x = at.x;
        let mut shapes = Vec::new();
        for stance in &self.stances {
            shapes.extend(badge(*stance, Point::new(x, at.y)));
            x += 2.0 * BADGE;
        }
        shapes
    }

    /// A bar: solid where it certainly is; slimmer and faded where it only may be.
    fn bar(&self, stroke: Stroke, words: &NodeWords, middle: f64) -> Vec<Shape> {
        let height = self.kind.bar();
        let rect = |from: f64, to: f64| Rect::new(from, middle - height / 2.0, to - from, height);
        let Some((from, to)) = self.core else {
            return self.faded(stroke, words.dashed, rect(self.from, self.to));
        };
        let meets = |side: Side, meets: bool| if meets { side } else { Side::Closed };
        let (before, after) = (from > self.from + 0.1, to < self.to - 0.1);
        let sides = (meets(self.sides.0, !before), meets(self.sides.1, !after));
        let core = rect(from, to);
        let mut shapes = vec![Shape::Area(Area {
            rect: core,
            form: form(core, sides),
            fill: Fill::Plain(words.look.fill),
            stroke: Some(stroke),
        })];
        let piece = |from: f64, to: f64, sides: (Side, Side), dark: (f64, f64)| {
            let rect = slim(rect(from, to));
            let closed = sides.0 != Side::Fading && sides.1 != Side::Fading;
            Shape::Area(Area {
                rect,
                form: form(rect, sides),
                fill: Fill::Fade(stroke.colour, dark.0, dark.1),
                stroke: (closed || words.dashed).then_some(thin(stroke)),
            })
        };
        let least = |side: Side| if side == Side::Fading { 0.0 } else { LIGHT };
        if before {
            let dark = (least(self.sides.0), FULL);
            shapes.push(piece(self.from, from, (self.sides.0, Side::Closed), dark));
        }
        if after {
            let dark = (FULL, least(self.sides.1));
            shapes.push(piece(to, self.to, (Side::Closed, self.sides.1), dark));
        }
        shapes
    }

    /// A bar of which no part is certain.
    fn faded(&self, stroke: Stroke, dashed: bool, rect: Rect) -> Vec<Shape> {
        let rect = slim(rect);
        let half = Rect {
            width: rect.width / 2.0,
            ..rect
        };
        let other = Rect {
            x: rect.x + half.width,
            ..half
        };
        let fade = |rect: Rect, left: f64, right: f64| {
            Shape::Area(Area {
                rect,
                form: Form::Square,
                fill: Fill::Fade(stroke.colour, left, right),
                stroke: None,
            })
        };
        let outline = Shape::Area(Area {
            rect,
            form: form(rect, self.sides),
            fill: Fill::None,
            stroke: Some(thin(stroke)),
        });
        let mut shapes = match self.sides {
            (Side::Fading, Side::Fading) => vec![fade(half, 0.0, FULL), fade(other, FULL, 0.0)],
            (Side::Fading, _) => vec![fade(rect, 0.0, FULL)],
            (_, Side::Fading) => vec![fade(rect, FULL, 0.0)],
            _ => {
                let bump = [fade(half, LIGHT, FULL), fade(other, FULL, LIGHT)];
                return std::iter::once(outline).chain(bump).collect();
            }
        };
        shapes.extend(dashed.then_some(outline));
        shapes
    }
}

/// The shape of a bar: an open end is pointed.
fn form(rect: Rect, sides: (Side, Side)) -> Form {
    let tip = |side: Side| {
        if side == Side::Arrow {
            POINT.min(rect.width / 2.0)
        } else {
            0.0
        }
    };
    match (tip(sides.0), tip(sides.1)) {
        (left, right) if left + right > 0.0 => Form::Pointed(left, right),
        _ => Form::Square,
    }
}

/// Uncertain parts are slimmer than certain ones.
fn slim(rect: Rect) -> Rect {
    rect.inset(0.0, if rect.height > 12.0 { 3.5 } else { 1.5 })
}

fn thin(stroke: Stroke) -> Stroke {
    Stroke {
        width: 0.9,
        ..stroke
    }
}
