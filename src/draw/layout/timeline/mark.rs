//! Marks: the width of a record on the scale, and its shape.
//!
//! Width shows precision. A day is a diamond. A period is a bar, solid for the time that it
//! certainly covers and faded where it only may; an open end is an arrow, and an unknown end fades
//! out.

use super::model::Thing;
use super::scale::Scale;
use super::span::End;
use crate::Canvas;
use crate::geometry::Rect;
use crate::layout::frame::BADGE;
use crate::theme::StanceLook;
use annals_model::{ClaimId, Facts, RecordRef};

/// The shape of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Event,
    Claim,
    Tie,
    Document,
}

impl Kind {
    pub(super) fn from_record(record: RecordRef) -> Kind {
        match record {
            RecordRef::Claim(_) => Kind::Claim,
            RecordRef::Relation(_) => Kind::Tie,
            RecordRef::Document(_) => Kind::Document,
            _ => Kind::Event,
        }
    }

    /// How high its bar is.
    pub(super) fn bar(self) -> f64 {
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
    /// It is unknown how far it reaches.
    Fading,
}

/// The position of a record on the scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    /// The range in which it may be.
    pub(super) from: f64,
    pub(super) to: f64,
    /// The range in which it certainly is.
    pub(super) core: Option<(f64, f64)>,
    pub(super) sides: (Side, Side),
    /// The middle of its single day, or of the day on which a claim was said or reported.
    pub(super) at: Option<f64>,
    /// Whether it is a single day.
    pub(super) is_day: bool,
    /// Its stances.
    pub(super) stances: Vec<StanceLook>,
}

/// The length over which a bar with an unknown end fades.
const TAIL: f64 = 44.0;
/// If a claim may have been made at any time in a longer stretch than this, it is shown on the last
/// day, with a fading bar before it.
const LONGEST: f64 = 120.0;
/// The smallest width of a bar.
const LEAST: f64 = 5.0;
/// How long an arrow's point is.
pub(super) const POINT: f64 = 9.0;
/// The size of a diamond.
pub(super) const DIAMOND: f64 = 15.0;

impl Mark {
    /// The mark of a record with some known date.
    #[expect(
        clippy::cast_precision_loss,
        reason = "days of 10^12 years fit 53 bits"
    )]
    pub(super) fn new(canvas: &Canvas<'_, '_>, scale: &Scale, thing: &Thing) -> Mark {
        let span = &thing.span;
        let begins = |day: i64| scale.x(day as f64);
        let ends = |day: i64| scale.x((day + 1) as f64);
        let (from, left, to, right) = reach(scale, thing);
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
        let kind = Kind::from_record(thing.record);
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

    /// The height.
    pub(super) fn height(&self) -> f64 {
        match self.kind {
            // The tilde is the highest sign.
            Kind::Claim => 2.0 * BADGE + 5.0,
            _ if self.is_day => DIAMOND,
            kind => kind.bar(),
        }
    }

    /// Its box, relative to its own top.
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

    /// The horizontal range available for text inside it.
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
}

/// The range in which a record may be, and the style of either end.
#[expect(
    clippy::cast_precision_loss,
    reason = "days of 10^12 years fit 53 bits"
)]
fn reach(scale: &Scale, thing: &Thing) -> (f64, Side, f64, Side) {
    let span = &thing.span;
    let begins = |day: i64| scale.x(day as f64);
    let ends = |day: i64| scale.x((day + 1) as f64);
    let (earliest, latest) = scale.days().unwrap_or((f64::MAX, f64::MIN));
    // Records without a date of their own may extend beyond the scale; dated ones may not.
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
    (from, left, to, right)
}

/// A stretch widened around its middle to a minimum width, between two sides.
fn wide(from: f64, to: f64, least: f64, sides: (f64, f64)) -> (f64, f64) {
    let least = least.min(sides.1 - sides.0);
    if to - from >= least {
        return (from, to);
    }
    let from = (f64::midpoint(from, to) - least / 2.0).clamp(sides.0, sides.1 - least);
    (from, from + least)
}

/// The position of a claim's circle: the day on which it was said; if unknown, the last day on
/// which it can have been.
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

/// Whether it is a claim whose own date does not restrict it to particular days.
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
