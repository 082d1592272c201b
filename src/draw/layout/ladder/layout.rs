//! The positions of everything on the ladder.

use super::card;
use super::dates::{WIDEST, later};
use super::model::{Middle, Plan};
use crate::Canvas;
use crate::geometry::Rect;
use crate::layout::boxes::{Block, Boxed, NAME, NOTE, PAD, WORDS, room, span};
use crate::layout::claims::ports::fan;
use crate::layout::frame::Spread;
use crate::layout::words::{self, NodeWords};
use crate::scene::{Anchor, Colour};
use crate::text::{Room, Style, wrap};
use annals_format::escape::as_id;
use annals_model::NodeRef;

/// The gaps between cards of one rung, and between rungs.
const GAPS: (f64, f64) = (7.0, 16.0);
/// The distance between lines at the side of a card, and at the side of an event.
const PORTS: (f64, f64) = (14.0, 11.0);
/// The smallest and largest width for lines between events and claims.
const GUTTER: (f64, f64) = (64.0, 260.0);
/// The usual widths: of dates, of the rail, of events, of cards.
const USUAL: [f64; 4] = [104.0, 46.0, 212.0, 316.0];
/// The height of the text of a gap.
const HINT: f64 = 14.0;

/// The columns: where each begins and its width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    pub(super) margin: f64,
    pub(super) width: f64,
    pub(super) date: [f64; 2],
    /// The middle of the rail.
    pub(super) rail: f64,
    pub(super) middle: [f64; 2],
    pub(super) card: [f64; 2],
}

impl Columns {
    /// Columns for a picture of this width; without one, with this much width for lines.
    fn new(width: Option<f64>, gutter: f64) -> Columns {
        let Spread {
            margin,
            width,
            scale,
        } = Spread::new(width, USUAL.iter().sum(), gutter, GUTTER);
        let [date, rail, middle, card] = USUAL.map(|one| one * scale);
        // The rail keeps its width because its marks do.
        let least = (WIDEST + 14.0).max(rail);
        let middle = middle - (least - rail);
        Columns {
            margin,
            width,
            date: [margin, date],
            rail: margin + date + least / 2.0,
            middle: [margin + date + least, middle],
            card: [width - margin - card, card],
        }
    }
}

/// A date with its text, and its box relative to the top of the sheet.
#[derive(Debug, Clone)]
pub(super) struct DateBox {
    pub(super) id: String,
    pub(super) block: Block,
    pub(super) rect: Rect,
}

/// The text of a gap between rungs, and its position.
#[derive(Debug, Clone)]
pub(super) struct Gap {
    pub(super) words: String,
    pub(super) from: f64,
    pub(super) until: f64,
}

/// Everything, with its place from the top of the sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) columns: Columns,
    /// For each rung, its date, if shown.
    pub(super) dates: Vec<Option<DateBox>>,
    /// For each rung, its event.
    pub(super) middles: Vec<Option<Boxed>>,
    pub(super) cards: Vec<Boxed>,
    /// The height of each rung's mark.
    pub(super) levels: Vec<f64>,
    pub(super) gaps: Vec<Gap>,
    pub(super) height: f64,
}

impl Sheet {
    /// Measures and places everything.
    pub(super) fn new(canvas: &Canvas<'_, '_>, plan: &Plan) -> Sheet {
        let columns = Columns::new(canvas.look.width, GUTTER.0);
        let mut sheet = Sheet::measured(canvas, plan, columns);
        sheet.place(plan);
        if canvas.look.width.is_none() {
            // The more lines run up and down, the more width they need to bend.
            let gutter = (48.0 + 0.12 * sheet.longest(plan)).clamp(GUTTER.0, GUTTER.1);
            let columns = Columns::new(None, gutter);
            for card in &mut sheet.cards {
                card.rect.x = columns.card[0];
            }
            sheet.columns = columns;
        }
        sheet
    }

    fn measured(canvas: &Canvas<'_, '_>, plan: &Plan, columns: Columns) -> Sheet {
        let facts = canvas.dossier.facts();
        let mut ties = vec![0_usize; plan.rungs.len()];
        for (rung, _) in plan.cards.iter().flat_map(|card| &card.ties) {
            ties[*rung] += 1;
        }
        let dates = plan.rungs.iter().map(|rung| {
            rung.shows_date.then(|| {
                let block = date_block(canvas, rung, columns.date[1]);
                let rect = Rect::new(columns.date[0], 0.0, columns.date[1], block.height());
                DateBox {
                    id: format!(
                        "date:{}-{}",
                        rung.record.kind(),
                        as_id(facts.id(rung.record))
                    ),
                    block,
                    rect,
                }
            })
        });
        let middles = plan.rungs.iter().zip(&ties).map(|(rung, ties)| {
            let node = match rung.middle {
                Middle::Event(id) => NodeRef::Event(id),
                Middle::Document(id) => NodeRef::Document(id),
                Middle::Said(_) => return None,
            };
            let words = match rung.middle {
                Middle::Event(id) => card::event(canvas, id, &rung.dated),
                _ => document(canvas, node),
            };
            let [x, width] = columns.middle;
            let block = card::block(canvas, &words, room(&words, width));
            let height = (block.height() + 2.0 * PAD.1).max(span_of(*ties, PORTS.1) + 10.0);
            let id = format!("{}-{}", node.kind(), as_id(facts.id(node)));
            Some(Boxed {
                id,
                words,
                block,
                rect: Rect::new(x, 0.0, width, height),
            })
        });
        let cards = plan.cards.iter().map(|one| {
            let [x, width] = columns.card;
            let beside = one
                .ties
                .first()
                .and_then(|(rung, _)| match plan.rungs[*rung].middle {
                    Middle::Event(id) => Some(id),
                    _ => None,
                });
            let (words, block) = card::card(canvas, one, beside, width - 2.0 * PAD.0);
            let height =
                (block.height() + 2.0 * PAD.1).max(span_of(one.ties.len(), PORTS.0) + 16.0);
            let id = format!("claim-{}", as_id(facts.id(one.claim)));
            Boxed {
                id,
                words,
                block,
                rect: Rect::new(x, 0.0, width, height),
            }
        });
        Sheet {
            columns,
            dates: dates.collect(),
            middles: middles.collect(),
            cards: cards.collect(),
            levels: Vec::new(),
            gaps: Vec::new(),
            height: 0.0,
        }
    }

    /// Rung by rung, from the top down.
    fn place(&mut self, plan: &Plan) {
        let mut top = 0.0;
        for (nth, rung) in plan.rungs.iter().enumerate() {
            top += self.gap_before(plan, nth, top);
            let stack: f64 = rung
                .cards
                .iter()
                .map(|card| self.cards[*card].rect.height)
                .sum();
            let stack = stack + GAPS.0 * count(rung.cards.len().saturating_sub(1));
            let middle = self.middles[nth]
                .as_ref()
                .map_or(0.0, |one| one.rect.height);
            let date = self.dates[nth].as_ref().map_or(0.0, |one| one.rect.height);
            let height = stack.max(middle).max(date).max(18.0);
            let level = top + height / 2.0;
            self.levels.push(level);
            if let Some(one) = &mut self.middles[nth] {
                one.rect.y = level - one.rect.height / 2.0;
            }
            if let Some(one) = &mut self.dates[nth] {
                one.rect.y = level - one.rect.height / 2.0;
            }
            let mut at = level - stack / 2.0;
            for card in &rung.cards {
                let rect = &mut self.cards[*card].rect;
                rect.y = at;
                at += rect.height + GAPS.0;
            }
            top += height;
        }
        self.height = top;
    }

    /// The gap above a rung: larger, and with text, if much time has certainly passed since the
    /// rung above began.
    fn gap_before(&mut self, plan: &Plan, nth: usize, top: f64) -> f64 {
        if nth == 0 {
            return 0.0;
        }
        let above = plan.rungs[..nth].iter().filter_map(|rung| rung.begins);
        let above = above.map(|(_, latest)| latest).max();
        let days = plan.rungs[nth].begins.zip(above);
        let days = days.map_or(0, |((earliest, _), above)| earliest.saturating_sub(above));
        let Some(words) = later(days) else {
            let same = !plan.rungs[nth].shows_date;
            return if same { GAPS.1 * 0.6 } else { GAPS.1 };
        };
        #[expect(clippy::cast_precision_loss, reason = "only its magnitude counts")]
        let more = (2.0 * (days as f64).log2()).min(36.0);
        let gap = GAPS.1 + HINT + more;
        self.gaps.push(Gap {
            words,
            from: top + 4.0,
            until: top + gap - 4.0,
        });
        gap
    }

    /// The largest vertical distance of a line.
    fn longest(&self, plan: &Plan) -> f64 {
        let ways = self.cards.iter().zip(&plan.cards).flat_map(|(card, one)| {
            let y = card.rect.centre().y;
            one.ties
                .iter()
                .map(move |(rung, _)| (y - self.levels[*rung]).abs())
        });
        ways.fold(0.0, f64::max)
    }

    /// The ends of the ties, for each card and each of its ties: at the card and at the event. They
    /// are fanned out in the order of their other ends, so that no two lines at the same box cross.
    pub(super) fn ports(&self, plan: &Plan) -> Vec<Vec<(f64, f64)>> {
        let mut ends: Vec<Vec<(f64, f64)>> = plan
            .cards
            .iter()
            .map(|card| vec![(0.0, 0.0); card.ties.len()])
            .collect();
        let mut lines: Vec<(usize, usize, usize)> = Vec::new();
        for (card, one) in plan.cards.iter().enumerate() {
            lines.extend(
                one.ties
                    .iter()
                    .enumerate()
                    .map(|(nth, (rung, _))| (card, nth, *rung)),
            );
        }
        lines.sort_by_key(|(card, nth, rung)| (*card, *rung, *nth));
        for of_card in lines.chunk_by(|a, b| a.0 == b.0) {
            let rect = self.cards[of_card[0].0].rect;
            for (line, y) in of_card.iter().zip(fan(rect, of_card.len(), PORTS.0)) {
                ends[line.0][line.1].0 = y;
            }
        }
        let y = |line: &(usize, usize, usize)| ends[line.0][line.1].0;
        lines.sort_by(|a, b| a.2.cmp(&b.2).then(y(a).total_cmp(&y(b))).then(a.cmp(b)));
        for of_rung in lines.chunk_by(|a, b| a.2 == b.2) {
            let rung = of_rung[0].2;
            let rect = self.middles[rung].as_ref().map(|one| one.rect);
            let level = Rect::new(0.0, self.levels[rung], 0.0, 0.0);
            // A day without an event is a single point, from which all lines start.
            let apart = if rect.is_some() { PORTS.1 } else { 0.0 };
            for (line, y) in of_rung
                .iter()
                .zip(fan(rect.unwrap_or(level), of_rung.len(), apart))
            {
                ends[line.0][line.1].1 = y;
            }
        }
        ends
    }

    /// The ids of the columns from top to bottom.
    pub(super) fn ids(&self) -> Vec<Vec<String>> {
        let mut cards: Vec<&Boxed> = self.cards.iter().collect();
        cards.sort_by(|a, b| a.rect.y.total_cmp(&b.rect.y));
        vec![
            self.dates
                .iter()
                .flatten()
                .map(|one| one.id.clone())
                .collect(),
            self.middles
                .iter()
                .flatten()
                .map(|one| one.id.clone())
                .collect(),
            cards.into_iter().map(|one| one.id.clone()).collect(),
        ]
    }
}

/// The height of this many stacked ports.
fn span_of(ports: usize, apart: f64) -> f64 {
    count(ports.saturating_sub(1)) * apart
}

fn count(things: usize) -> f64 {
    f64::from(u32::try_from(things).unwrap_or(u32::MAX))
}

fn date_block(canvas: &Canvas<'_, '_>, rung: &super::model::Rung, width: f64) -> Block {
    let theme = canvas.look.theme;
    let (style, colour) = if rung.dated.given {
        (NAME, theme.text)
    } else {
        (WORDS, theme.muted)
    };
    let set = |words: &str, style: Style, colour: Colour| {
        let room = Room::new(width, 4);
        let whole = words::days_unbroken(words, style, width);
        let paragraph = wrap(&[span(&whole, style, colour)], room);
        if paragraph.cut {
            wrap(&[span(words, style, colour)], room)
        } else {
            paragraph
        }
    };
    let words = set(&rung.dated.words, style, colour);
    let note = set(&rung.dated.note, NOTE, theme.muted);
    Block::new(vec![words, note], Anchor::Right)
}

fn document(canvas: &Canvas<'_, '_>, node: NodeRef) -> NodeWords {
    let mut words = words::of_node(canvas.dossier, canvas.look.theme, node);
    let kind = words.note.split(" · ").next().map(str::to_owned);
    words.note = kind.unwrap_or_default();
    words
}
