//! The positions of everything in the claims picture.

use std::collections::BTreeMap;

use super::card;
use super::model::{Plan, Speaker};
use crate::Canvas;
use crate::geometry::Rect;
use crate::layout::boxes::{self, Boxed, PAD, room};
use crate::layout::frame::Spread;
use crate::layout::order::{Wish, places};
use crate::layout::words::{self, NodeWords};
use annals_format::escape::as_id;

/// The gaps between rows of one speaker, and between rows of different ones.
const GAPS: (f64, f64) = (8.0, 16.0);
/// The gap between subjects.
const GAP: f64 = 12.0;
/// The distance between lines at the side of a card, and at the side of a subject.
pub(super) const PORTS: (f64, f64) = (14.0, 11.0);
/// The smallest and largest width for lines between cards and subjects.
const GUTTER: (f64, f64) = (110.0, 340.0);
/// The usual widths: of speakers, of the lines to cards, of cards, of subjects.
const USUAL: [f64; 4] = [164.0, 40.0, 256.0, 184.0];

/// The columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    pub(super) margin: f64,
    pub(super) width: f64,
    /// Where a column begins, and its width.
    pub(super) speaker: [f64; 2],
    pub(super) card: [f64; 2],
    pub(super) subject: [f64; 2],
}

impl Columns {
    /// Columns for a picture of this width; without one, with this much width for lines.
    fn new(width: Option<f64>, gutter: f64) -> Columns {
        let Spread {
            margin,
            width,
            scale,
        } = Spread::new(width, USUAL.iter().sum(), gutter, GUTTER);
        let [speaker, tie, card, subject] = USUAL.map(|one| one * scale);
        let at = margin + speaker + tie;
        Columns {
            margin,
            width,
            speaker: [margin, speaker],
            card: [at, card],
            subject: [width - margin - subject, subject],
        }
    }
}

/// Everything, with its place from the top of the sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) columns: Columns,
    pub(super) cards: Vec<Boxed>,
    /// For each turn, its speakers.
    pub(super) speakers: Vec<Vec<Boxed>>,
    /// In the order of the plan.
    pub(super) subjects: Vec<Boxed>,
    /// The subjects from top to bottom.
    pub(super) order: Vec<usize>,
    pub(super) height: f64,
}

impl Sheet {
    /// Measures and places everything.
    pub(super) fn new(canvas: &Canvas<'_, '_>, plan: &Plan) -> Sheet {
        let asked = canvas.look.width;
        let columns = Columns::new(asked, GUTTER.0);
        let mut sheet = Sheet::measured(canvas, plan, columns);
        if asked.is_none() {
            // The more lines run up and down, the more width they need to bend.
            let columns = Columns::new(
                None,
                (96.0 + 0.13 * sheet.longest(plan)).clamp(GUTTER.0, GUTTER.1),
            );
            for subject in &mut sheet.subjects {
                subject.rect.x = columns.subject[0];
            }
            sheet.columns = columns;
        }
        sheet
    }

    fn measured(canvas: &Canvas<'_, '_>, plan: &Plan, columns: Columns) -> Sheet {
        let text = canvas.look.theme.text;
        let boxed = |id: String, words: NodeWords, [x, width]: [f64; 2]| {
            let block = boxes::node(&words, text, room(&words, width));
            let rect = Rect::new(x, 0.0, width, block.height() + 2.0 * PAD.1);
            Boxed {
                id,
                words,
                block,
                rect,
            }
        };
        let facts = canvas.dossier.facts();
        let cards = plan.rows.iter().map(|row| {
            let [x, width] = columns.card;
            let (words, block) = card::card(canvas, row, width - 2.0 * PAD.0);
            #[expect(clippy::cast_precision_loss, reason = "lines of one claim are few")]
            let ports = row.about.len() as f64 * PORTS.0 + 6.0;
            let height = (block.height() + 2.0 * PAD.1).max(ports);
            let id = format!("claim-{}", as_id(facts.id(row.claim)));
            Boxed {
                id,
                words,
                block,
                rect: Rect::new(x, 0.0, width, height),
            }
        });
        let mut seen = BTreeMap::new();
        let speakers = plan.turns.iter().map(|turn| {
            let who = plan.rows[turn.from].speakers.iter();
            let one = |who: &Speaker| {
                let id = again(&mut seen, speaker_id(canvas, *who));
                boxed(id, card::speaker(canvas, *who), columns.speaker)
            };
            who.map(one).collect::<Vec<_>>()
        });
        let speakers = speakers.collect();
        let subjects = plan.subjects.iter().map(|node| {
            let words = words::of_node(canvas.dossier, canvas.look.theme, *node);
            let id = format!("about-{}-{}", node.kind(), as_id(facts.id(*node)));
            let id = again(&mut seen, id);
            boxed(id, words, columns.subject)
        });
        let mut sheet = Sheet {
            columns,
            cards: cards.collect(),
            speakers,
            subjects: subjects.collect(),
            order: plan.order.clone(),
            height: 0.0,
        };
        sheet.place_rows(plan);
        sheet.place_subjects(plan);
        sheet
    }

    fn place_rows(&mut self, plan: &Plan) {
        let mut top = 0.0;
        for (turn, speakers) in plan.turns.iter().zip(&mut self.speakers) {
            let cards = &mut self.cards[turn.from..turn.until];
            let apart = GAPS.0 * f64::from(u32::try_from(cards.len() - 1).unwrap_or(0));
            let high: f64 = cards.iter().map(|card| card.rect.height).sum::<f64>() + apart;
            let gaps = GAPS.0 * f64::from(u32::try_from(speakers.len() - 1).unwrap_or(0));
            let needed = speakers.iter().map(|one| one.rect.height).sum::<f64>() + gaps;
            let missing = (needed - high).max(0.0);
            if let Some(last) = cards.last_mut() {
                last.rect.height += missing;
            }
            let high = high + missing;
            let share = (high - needed) / f64::from(u32::try_from(speakers.len()).unwrap_or(1));
            let mut at = top;
            for one in speakers {
                one.rect.y = at;
                one.rect.height += share;
                at += one.rect.height + GAPS.0;
            }
            let mut at = top;
            for card in cards {
                card.rect.y = at;
                at += card.rect.height + GAPS.0;
            }
            top += high + GAPS.1;
        }
        self.height = (top - GAPS.1).max(0.0);
    }

    fn place_subjects(&mut self, plan: &Plan) {
        let mut rows: Vec<Vec<f64>> = vec![Vec::new(); self.subjects.len()];
        for (row, subject) in plan.ties() {
            rows[subject].push(self.cards[row].rect.centre().y);
        }
        #[expect(clippy::cast_precision_loss, reason = "lines into one box are few")]
        let wishes: Vec<Wish> = (self.order.iter())
            .map(|&one| {
                let count = rows[one].len() as f64;
                let rect = &mut self.subjects[one].rect;
                rect.height = rect.height.max(count * PORTS.1 + 10.0);
                Wish {
                    middle: rows[one].iter().sum::<f64>() / count.max(1.0),
                    height: rect.height,
                    weight: count,
                }
            })
            .collect();
        for (&one, top) in self.order.iter().zip(places(&wishes, 0.0, GAP)) {
            let rect = &mut self.subjects[one].rect;
            rect.y = top;
            self.height = self.height.max(rect.bottom());
        }
    }

    /// The largest vertical distance of a line.
    fn longest(&self, plan: &Plan) -> f64 {
        let way = |(row, subject): (usize, usize)| {
            let (one, other) = (self.cards[row].rect, self.subjects[subject].rect);
            (one.centre().y - other.centre().y).abs()
        };
        plan.ties().into_iter().map(way).fold(0.0, f64::max)
    }

    /// The ids of the columns from top to bottom.
    pub(super) fn ids(&self) -> Vec<Vec<String>> {
        let ids =
            |boxes: &mut dyn Iterator<Item = &Boxed>| boxes.map(|one| one.id.clone()).collect();
        vec![
            ids(&mut self.speakers.iter().flatten()),
            ids(&mut self.cards.iter()),
            ids(&mut self.order.iter().map(|one| &self.subjects[*one])),
        ]
    }
}

fn speaker_id(canvas: &Canvas<'_, '_>, who: Speaker) -> String {
    let facts = canvas.dossier.facts();
    let of = |kind: &str, id: &str| format!("{kind}-{}", as_id(id));
    match who {
        Speaker::Actor(id, _) => of("speaker", facts.id(id)),
        Speaker::Narrator(Some(id)) => of("narrator", facts.id(id)),
        Speaker::Narrator(None) => "narrator".to_owned(),
        Speaker::Unknown => "not-known".to_owned(),
    }
}

/// The id, with a number if it was used before.
fn again(seen: &mut BTreeMap<String, usize>, id: String) -> String {
    let count = seen.entry(id.clone()).or_default();
    *count += 1;
    if *count == 1 {
        id
    } else {
        format!("{id}:{count}")
    }
}
