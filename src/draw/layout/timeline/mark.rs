//! Marks: how wide a thing is on the scale, and how it is drawn.
//!
//! Precision is width. A day is a diamond. What lasted is a bar, solid for the time that it
//! certainly covers and faded where it only may; an end that is open is an arrow, one that nobody
//! knows fades away.

use super::plan::Thing;
use super::scale::Scale;
use super::span::End;
use crate::draw::Canvas;
use crate::draw::geometry::{Point, Rect};
use crate::draw::layout::frame::{BADGE, badge};
use crate::draw::layout::words::NodeWords;
use crate::draw::scene::{Area, Fill, Form, Pattern, Shape, Stroke};
use crate::draw::theme::StanceLook;
use crate::model::{ClaimId, Facts, RecordRef};

/// What a thing is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Event,
    Claim,
    Tie,
    Document,
}

impl Kind {
    pub(super) fn of(record: RecordRef) -> Kind {
        match record {
            RecordRef::Claim(_) => Kind::Claim,
            RecordRef::Relation(_) => Kind::Tie,
            RecordRef::Document(_) => Kind::Document,
            _ => Kind::Event,
        }
    }

    /// How high its bar is.
    fn bar(self) -> f64 {
        match self {
            Kind::Event => 20.0,
            Kind::Tie => 17.0,
            Kind::Claim => 10.0,
            Kind::Document => 13.0,
        }
    }
}

/// One end of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It ends here.
    Closed,
    /// It goes on.
    Arrow,
    /// Nobody knows how far it reaches.
    Fading,
}

/// The place of a thing on the scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    /// From where to where it may be.
    pub(super) from: f64,
    pub(super) to: f64,
    /// From where to where it certainly is.
    pub(super) core: Option<(f64, f64)>,
    pub(super) sides: (Side, Side),
    /// The middle of its one day, or of the day on which a claim was said or reported.
    pub(super) at: Option<f64>,
    /// Whether it is one day.
    pub(super) is_day: bool,
    /// What stances it takes.
    pub(super) stances: Vec<StanceLook>,
}

/// How far a bar fades whose end nobody knows.
const TAIL: f64 = 44.0;
/// What may have been said at any time of a longer stretch than this is shown on its last day, and
/// fades away before it.
const LONGEST: f64 = 120.0;
/// The least width of a bar.
const LEAST: f64 = 5.0;
/// How long an arrow's point is.
const POINT: f64 = 9.0;
/// The size of a diamond.
const DIAMOND: f64 = 15.0;

impl Mark {
    /// The mark of a thing of which something is known.
    #[expect(
        clippy::cast_precision_loss,
        reason = "days of 10^12 years fit 53 bits"
    )]
    pub(super) fn of(canvas: &Canvas<'_, '_>, scale: &Scale, thing: &Thing) -> Mark {
        let span = &thing.span;
        let begins = |day: i64| scale.x(day as f64);
        let ends = |day: i64| scale.x((day + 1) as f64);
        let (earliest, latest) = scale.days().unwrap_or((f64::MAX, f64::MIN));
        // What has no date of its own may reach beyond the scale; what has one does.
        let beyond = if thing.given {
            Side::Arrow
        } else {
            Side::Fading
        };
        let known_first = span.latest_start().map(begins);
        let known_last = span.earliest_end().map(ends);
        let (mut left, mut right) = (Side::Closed, Side::Closed);
        let from = match span.first() {
            End::Day(day) if (day as f64) < earliest => {
                left = beyond;
                scale.sides.0
            }
            End::Day(day) => begins(day),
            End::Open => {
                left = Side::Arrow;
                scale.sides.0
            }
            End::Unknown => {
                left = Side::Fading;
                let last = match span.last() {
                    End::Day(day) => Some(ends(day)),
                    _ => None,
                };
                known_first.or(last).or(known_last).unwrap_or(scale.sides.0) - TAIL
            }
        };
        let to = match span.last() {
            End::Day(day) if (day + 1) as f64 > latest => {
                right = beyond;
                scale.sides.1
            }
            End::Day(day) => ends(day),
            End::Open => {
                right = Side::Arrow;
                scale.sides.1
            }
            End::Unknown => {
                right = Side::Fading;
                known_last.or(known_first).unwrap_or(from).max(from) + TAIL
            }
        };
        let (from, to) = (from.max(scale.sides.0), to.min(scale.sides.1));
        let (from, to) = wide(from, to, LEAST, scale.sides);
        let core = span.core().map(|core| {
            let start = if *core.start() == i64::MIN {
                from
            } else {
                begins(*core.start())
            };
            let end = if *core.end() == i64::MAX {
                to
            } else {
                ends(*core.end())
            };
            wide(
                start.clamp(from, to),
                end.clamp(from, to),
                LEAST,
                (from, to),
            )
        });
        let kind = Kind::of(thing.record);
        let (from, left) = if to - from > LONGEST && is_loose(canvas.dossier.facts(), thing) {
            (to - TAIL, Side::Fading)
        } else {
            (from, left)
        };
        let (at, stances) = match thing.record {
            RecordRef::Claim(id) => {
                let facts = canvas.dossier.facts();
                let at = claimed_at(facts, scale, thing).unwrap_or(f64::midpoint(from, to));
                (Some(at), stances(canvas, id))
            }
            _ => {
                let day = span.day().map(|day| scale.x(day as f64 + 0.5));
                (day, Vec::new())
            }
        };
        let at =
            at.map(|at| at.clamp(scale.sides.0 + DIAMOND / 2.0, scale.sides.1 - DIAMOND / 2.0));
        Mark {
            kind,
            from,
            to,
            core,
            sides: (left, right),
            at,
            is_day: span.day().is_some() && kind != Kind::Tie,
            stances,
        }
    }

    /// How high it is.
    pub(super) fn height(&self) -> f64 {
        match self.kind {
            // The tilde is the highest sign.
            Kind::Claim => 2.0 * BADGE + 5.0,
            _ if self.is_day => DIAMOND,
            kind => kind.bar(),
        }
    }

    /// The box that it takes, from its own top.
    pub(super) fn rect(&self) -> Rect {
        let height = self.height();
        let round = self.at.map(|at| {
            let badges = if self.kind == Kind::Claim {
                self.badges().len().max(1)
            } else {
                1
            };
            let more = 2.0 * BADGE * (f64::from(u32::try_from(badges).unwrap_or(1)) - 1.0);
            Rect::new(at - DIAMOND / 2.0, 0.0, DIAMOND + more, height)
        });
        let bar = Rect::new(self.from, 0.0, self.to - self.from, height);
        match round {
            Some(round) if self.is_day => round,
            Some(round) if self.kind == Kind::Claim => bar.with(round),
            _ => bar,
        }
    }

    /// From where to where words can stand within it.
    pub(super) fn within(&self) -> Option<(f64, f64)> {
        if self.is_day || !matches!(self.kind, Kind::Event | Kind::Tie) {
            return None;
        }
        let (from, to) = self.core?;
        let point = if self.sides.0 == Side::Arrow {
            4.0
        } else {
            0.0
        };
        Some((from + 8.0 + point, to - 12.0))
    }

    fn badges(&self) -> &[StanceLook] {
        &self.stances
    }

    /// It, drawn from a height down. The first form is the one that it is known by.
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
                // The circle comes first as well: it is what a claim is known by.
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
                stroke: Some(Stroke {
                    colour: words.look.stroke,
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

/// The form of a bar: an end that goes on is pointed.
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

/// What only may be is slimmer than what certainly is.
fn slim(rect: Rect) -> Rect {
    rect.inset(0.0, if rect.height > 12.0 { 3.5 } else { 1.5 })
}

fn thin(stroke: Stroke) -> Stroke {
    Stroke {
        width: 0.9,
        ..stroke
    }
}

/// How dark the lightest of what may be is.
const LIGHT: f64 = 0.05;
/// How dark the darkest of what only may be is.
pub(super) const FULL: f64 = 0.36;

/// A stretch that is at least so wide, about its middle, between two sides.
fn wide(from: f64, to: f64, least: f64, sides: (f64, f64)) -> (f64, f64) {
    let least = least.min(sides.1 - sides.0);
    if to - from >= least {
        return (from, to);
    }
    let from = (f64::midpoint(from, to) - least / 2.0).clamp(sides.0, sides.1 - least);
    (from, from + least)
}

/// Where the circle of a claim stands: on the day on which it was said; without one, on the last
/// day on which it can have been.
#[expect(
    clippy::cast_precision_loss,
    reason = "days of 10^12 years fit 53 bits"
)]
fn claimed_at(facts: &Facts, scale: &Scale, thing: &Thing) -> Option<f64> {
    let middle = |day: i64| scale.x(day as f64 + 0.5);
    match (thing.span.first(), thing.span.last()) {
        (End::Day(first), End::Day(last)) if !is_loose(facts, thing) => {
            Some(f64::midpoint(middle(first), middle(last)))
        }
        (_, End::Day(day)) | (End::Day(day), _) => Some(middle(day)),
        _ => None,
    }
}

/// Whether it is a claim whose own date does not say within which days it was said.
fn is_loose(facts: &Facts, thing: &Thing) -> bool {
    let RecordRef::Claim(id) = thing.record else {
        return false;
    };
    let said = facts[id].said.map(|date| facts.date(date));
    said.is_none_or(|said| said.first().is_none() || said.last().is_none())
}

fn stances(canvas: &Canvas<'_, '_>, id: ClaimId) -> Vec<StanceLook> {
    let facts = canvas.dossier.facts();
    let each = facts.list(facts[id].stance).iter();
    let mut values: Vec<_> = each.map(|stance| stance.value).collect();
    values.sort_unstable();
    values.dedup();
    let look = |value| canvas.look.theme.stance(value);
    values.into_iter().map(look).collect()
}
