//! Packs marks and their text into rows: each as high as it fits, with the text inside the mark, to
//! its right, to its left, or below.

use std::collections::BTreeMap;

use super::lanes::Key;
use super::mark::Mark;
use super::model::Thing;
use super::scale::Scale;
use super::words::{self, Words};
use crate::Canvas;
use crate::geometry::Rect;
use crate::layout::boxes::Block;
use crate::scene::Anchor;

/// A positioned record; vertical positions are relative to its lane.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) thing: Thing,
    pub(super) words: Words,
    pub(super) mark: Option<Mark>,
    /// The top of the mark.
    pub(super) mark_top: f64,
    pub(super) block: Block,
    /// The area of the text.
    pub(super) room: Rect,
    /// Whether the text is inside the mark.
    pub(super) within: bool,
    /// The box of both.
    pub(super) bounds: Rect,
}

/// The gap between two records in a row.
const APART: f64 = 10.0;
/// Between rows.
pub(super) const ROWS_APART: f64 = 4.0;
/// The gap between a mark and its text.
const BESIDE: f64 = 5.0;
/// The largest width of text beside a mark.
const WIDEST: f64 = 430.0;
/// The smallest width in which text is set beside a mark.
const NARROWEST: f64 = 170.0;

/// Arranges the records of a lane in rows; returns them with their total height.
pub(super) fn lane(
    canvas: &Canvas<'_, '_>,
    scale: &Scale,
    key: Key,
    things: &[Thing],
) -> (Vec<Placed>, f64) {
    let all: Vec<(Words, Mark, Vec<Way>)> = (things.iter())
        .map(|thing| {
            let words = words::words(canvas, key, thing);
            let mark = Mark::new(canvas, scale, thing);
            let ways = ways(canvas, scale, &words, &mark);
            (words, mark, ways)
        })
        .collect();
    let better = better_sides(&all);
    let mut rows = Rows::default();
    let mut placed = Vec::new();
    for (thing, (words, mark, ways)) in things.iter().zip(all) {
        let other = better.get(&tenths(mark.rect().x)).copied();
        let rank = |way: &Way| {
            let middle = rows.top(way.bounds) + way.bounds.height / 2.0;
            let other = other == Some(opposite(way.anchor));
            middle + way.dislike + if other { 14.0 } else { 0.0 }
        };
        let Some(way) = ways.into_iter().min_by(|a, b| rank(a).total_cmp(&rank(b))) else {
            continue;
        };
        let top = rows.put(way.bounds);
        let down = |rect: Rect| Rect {
            y: rect.y + top,
            ..rect
        };
        placed.push(Placed {
            thing: *thing,
            words,
            mark: Some(mark),
            mark_top: way.mark_top + top,
            block: way.block,
            room: down(way.room),
            within: way.within,
            bounds: down(way.bounds),
        });
    }
    (placed, rows.height())
}

/// For marks that begin at the same place, the side on which the total height of their text is
/// smallest.
fn better_sides(all: &[(Words, Mark, Vec<Way>)]) -> BTreeMap<i64, Anchor> {
    let mut heights: BTreeMap<i64, [f64; 2]> = BTreeMap::new();
    for (_, mark, ways) in all {
        let height = |anchor: Anchor| {
            let way = ways.iter().find(|way| way.anchor == anchor);
            way.map_or(200.0, |way| way.bounds.height + way.dislike)
        };
        if ways.iter().any(|way| way.anchor != Anchor::Middle) {
            let sums = heights.entry(tenths(mark.rect().x)).or_default();
            sums[0] += height(Anchor::Left);
            sums[1] += height(Anchor::Right);
        }
    }
    let side = |[left, right]: [f64; 2]| {
        if left <= right {
            Anchor::Left
        } else {
            Anchor::Right
        }
    };
    heights
        .into_iter()
        .map(|(x, sums)| (x, side(sums)))
        .collect()
}

fn opposite(anchor: Anchor) -> Anchor {
    match anchor {
        Anchor::Left => Anchor::Right,
        Anchor::Right => Anchor::Left,
        Anchor::Middle => Anchor::Middle,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place in the picture")]
fn tenths(x: f64) -> i64 {
    (x * 10.0).round() as i64
}

/// Arranges undated records side by side.
pub(super) fn strip(
    canvas: &Canvas<'_, '_>,
    (left, right): (f64, f64),
    things: &[Thing],
) -> (Vec<Placed>, f64) {
    let (mut x, mut top, mut high) = (left, 0.0, 0.0_f64);
    let mut placed = Vec::new();
    for thing in things {
        let words = words::words(canvas, Key::None, thing);
        let block = words.block(canvas, WIDEST.min(right - left), 2, Anchor::Left);
        let (width, height) = (block.width(), block.height());
        if x > left && x + width > right {
            (x, top, high) = (left, top + high + ROWS_APART + 3.0, 0.0);
        }
        let room = Rect::new(x, top, width, height);
        placed.push(Placed {
            thing: *thing,
            words,
            mark: None,
            mark_top: top,
            block,
            room,
            within: true,
            bounds: room,
        });
        (x, high) = (x + width + 26.0, high.max(height));
    }
    (placed, top + high)
}

/// One placement of a mark's text; vertical positions are relative to the top of both.
struct Way {
    block: Block,
    anchor: Anchor,
    room: Rect,
    mark_top: f64,
    within: bool,
    bounds: Rect,
    /// How much higher up another may end and still be better.
    dislike: f64,
}

fn ways(canvas: &Canvas<'_, '_>, scale: &Scale, words: &Words, mark: &Mark) -> Vec<Way> {
    let shape = mark.rect();
    let mut ways = Vec::new();
    if let Some((from, to)) = mark.within()
        && let Some(width) = words.one_line(canvas, to - from)
    {
        let block = words.block(canvas, width + 0.5, 1, Anchor::Left);
        let height = block.height();
        // Text in a long bar is placed at its beginning, in a short one in the middle.
        let x = if to - from > width + 80.0 {
            from
        } else {
            f64::midpoint(from, to) - width / 2.0
        };
        let room = Rect::new(x, (shape.height - height) / 2.0, width + 0.5, height);
        return vec![Way {
            block,
            anchor: Anchor::Middle,
            room,
            mark_top: 0.0,
            within: true,
            bounds: shape.with(room),
            dislike: 0.0,
        }];
    }
    let (left, right) = scale.sides;
    for (anchor, room, dislike) in [
        (Anchor::Left, right - shape.right() - BESIDE, 0.0),
        (Anchor::Right, shape.x - BESIDE - left, 1.0),
    ] {
        let wide = room.min(WIDEST);
        if wide < NARROWEST && words.one_line(canvas, wide.max(0.0)).is_none() {
            continue;
        }
        let block = words.block(canvas, wide, 2, anchor);
        let (width, height) = (block.width(), block.height());
        let x = match anchor {
            Anchor::Right => shape.x - BESIDE - width,
            _ => shape.right() + BESIDE,
        };
        // The mark is aligned with the middle of the first line.
        let line = block.first_line();
        let middle = (line / 2.0).max(shape.height / 2.0);
        let room = Rect::new(x, middle - line / 2.0, width, height);
        let mark_top = middle - shape.height / 2.0;
        let shape = Rect {
            y: mark_top,
            ..shape
        };
        let dislike = if block.is_cut() {
            dislike + 30.0
        } else {
            dislike
        };
        ways.push(Way {
            block,
            anchor,
            room,
            mark_top,
            within: false,
            bounds: shape.with(room),
            dislike,
        });
    }
    ways.push(below(canvas, scale, words, shape));
    ways
}

fn below(canvas: &Canvas<'_, '_>, scale: &Scale, words: &Words, shape: Rect) -> Way {
    let (left, right) = scale.sides;
    let block = words.block(canvas, WIDEST.min(right - left), 2, Anchor::Left);
    let (width, height) = (block.width(), block.height());
    let x = (shape.x + 1.0).min(right - width).max(left);
    let room = Rect::new(x, shape.height + 1.0, width, height);
    Way {
        block,
        anchor: Anchor::Middle,
        room,
        mark_top: 0.0,
        within: false,
        bounds: shape.with(room),
        dislike: 8.0,
    }
}

/// What has already been placed in a lane.
#[derive(Default)]
struct Rows {
    taken: Vec<Rect>,
}

impl Rows {
    /// The smallest vertical position at which a box overlaps no other.
    fn top(&self, rect: Rect) -> f64 {
        let beside = |one: &&Rect| one.x < rect.right() + APART && rect.x < one.right() + APART;
        let mut beside: Vec<&Rect> = self.taken.iter().filter(beside).collect();
        beside.sort_by(|a, b| a.y.total_cmp(&b.y));
        let mut top = 0.0;
        for one in beside {
            if one.y >= top + rect.height + ROWS_APART - 1e-6 {
                break;
            }
            top = f64::max(top, one.bottom() + ROWS_APART);
        }
        top
    }

    fn put(&mut self, rect: Rect) -> f64 {
        let top = self.top(rect);
        self.taken.push(Rect { y: top, ..rect });
        top
    }

    fn height(&self) -> f64 {
        self.taken
            .iter()
            .map(|rect| rect.bottom())
            .fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn boxes_in_rows_stand_clear(boxes in prop::collection::vec((0.0..900.0_f64, 1.0..400.0_f64, 5.0..50.0_f64), 1..40)) {
            let mut rows = Rows::default();
            for (x, width, height) in boxes {
                rows.put(Rect::new(x, 0.0, width, height));
            }
            for (nth, one) in rows.taken.iter().enumerate() {
                for other in &rows.taken[nth + 1..] {
                    prop_assert!(!one.overlaps(*other), "{one:?} {other:?}");
                }
            }
        }
    }
}
