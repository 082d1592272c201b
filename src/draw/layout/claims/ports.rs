//! Where lines leave cards and reach subjects.

use super::layout::{PORTS, Sheet};
use super::model::Plan;
use crate::geometry::Rect;
use crate::layout::frame::BADGE;

/// Where lines leave cards and reach subjects: fanned out in the order of their other ends, so that
/// no two lines at the same box cross.
pub(super) struct Ports {
    /// For each row, for each of its lines, both heights.
    ends: Vec<Vec<(f64, f64)>>,
}

impl Ports {
    pub(super) fn new(sheet: &Sheet, plan: &Plan) -> Ports {
        let mut place = vec![0; sheet.order.len()];
        for (at, one) in sheet.order.iter().enumerate() {
            place[*one] = at;
        }
        let lines = plan.rows.iter().enumerate().flat_map(|(row, one)| {
            one.about
                .iter()
                .enumerate()
                .map(move |(nth, (subject, _))| (row, nth, *subject))
        });
        let lines: Vec<(usize, usize, usize)> = lines.collect();
        let mut ends: Vec<Vec<(f64, f64)>> = plan
            .rows
            .iter()
            .map(|row| vec![(0.0, 0.0); row.about.len()])
            .collect();
        let mut by_card = lines.clone();
        by_card.sort_by_key(|(row, nth, subject)| (*row, place[*subject], *nth));
        for of_card in by_card.chunk_by(|a, b| a.0 == b.0) {
            let rect = sheet.cards[of_card[0].0].rect;
            let fan = fan(rect, of_card.len(), PORTS.0.max(2.0 * BADGE + 1.0));
            for (line, y) in of_card.iter().zip(fan) {
                ends[line.0][line.1].0 = y;
            }
        }
        let mut by_thing = lines;
        by_thing.sort_by_key(|(row, nth, subject)| (place[*subject], *row, *nth));
        for of_thing in by_thing.chunk_by(|a, b| a.2 == b.2) {
            let rect = sheet.subjects[of_thing[0].2].rect;
            for (line, y) in of_thing.iter().zip(fan(rect, of_thing.len(), PORTS.1)) {
                ends[line.0][line.1].1 = y;
            }
        }
        Ports { ends }
    }

    pub(super) fn of_line(&self, row: usize, nth: usize) -> (f64, f64) {
        self.ends[row][nth]
    }
}

/// Vertical positions around the middle of a box, at this distance.
pub(in crate::layout) fn fan(rect: Rect, count: usize, apart: f64) -> impl Iterator<Item = f64> {
    #[expect(clippy::cast_precision_loss, reason = "lines of one box are few")]
    let from = rect.centre().y - apart * (count.max(1) - 1) as f64 / 2.0;
    #[expect(clippy::cast_precision_loss, reason = "lines of one box are few")]
    (0..count).map(move |nth| from + apart * nth as f64)
}
