//! Paints the claims picture from its layout: row by row, in reading order.

use super::layout::Sheet;
use super::model::{Plan, Speaker, Turn};
use super::ports::Ports;
use super::{NOTE, about_line, plain};
use crate::Canvas;
use crate::geometry::{Path, Point, Rect};
use crate::layout::boxes::{Boxed, span};
use crate::layout::frame::badge;
use crate::scene::{Anchor, Head, Line, Part, Role, Shape, set};
use crate::text::{Room, wrap};
use annals_model::{RecordRef, StanceValue, Vocabulary};

impl Sheet {
    /// Paints it from a vertical offset down, and returns where it ends.
    pub(super) fn draw(
        &self,
        canvas: &Canvas<'_, '_>,
        plan: &Plan,
        top: f64,
        parts: &mut Vec<Part>,
    ) -> f64 {
        let top = if self.cards.is_empty() {
            top
        } else {
            self.heads(canvas, top, parts)
        };
        let ports = Ports::new(self, plan);
        let mut shown = vec![false; self.subjects.len()];
        for (turn, speakers) in plan.turns.iter().zip(&self.speakers) {
            for (nth, one) in speakers.iter().enumerate() {
                let who = plan.rows[turn.from].speakers[nth];
                parts.push(one.part(canvas, "speaker", speaker_record(who), top));
            }
            for row in turn.from..turn.until {
                let claim = plan.rows[row].claim.into();
                parts.push(self.cards[row].part(canvas, "", Some(claim), top));
                parts.extend(self.said(canvas, plan, turn, speakers, row, top));
                for (nth, (subject, stance)) in plan.rows[row].about.iter().enumerate() {
                    let at = ports.of_line(row, nth);
                    parts.push(self.about(canvas, plan, row, (*subject, *stance), at, top));
                }
                let mut spoken_of: Vec<usize> =
                    plan.rows[row].about.iter().map(|one| one.0).collect();
                spoken_of.sort_by(|a, b| {
                    self.subjects[*a]
                        .rect
                        .y
                        .total_cmp(&self.subjects[*b].rect.y)
                });
                for subject in spoken_of {
                    if !std::mem::replace(&mut shown[subject], true) {
                        let node = plan.subjects[subject];
                        parts.push(self.subjects[subject].part(
                            canvas,
                            "subject",
                            Some(node.into()),
                            top,
                        ));
                    }
                }
            }
        }
        top + self.height
    }

    /// The heads of the columns.
    fn heads(&self, canvas: &Canvas<'_, '_>, top: f64, parts: &mut Vec<Part>) -> f64 {
        let muted = canvas.look.theme.muted;
        let mut part = Part::new("columns", "columns", Role::Ornament);
        let columns = self.columns;
        let heads = [
            (columns.speaker, "who"),
            (columns.card, "said what"),
            (columns.subject, "about whom or what"),
        ];
        let mut bottom = top;
        for ([x, width], words) in heads {
            let words = wrap(&[span(words, NOTE, muted)], Room::new(width, 1));
            let room = Rect::new(x, top, width, words.height());
            part.write(set(&words, room, Anchor::Left));
            bottom = room.bottom() + 5.0;
        }
        parts.push(part);
        bottom
    }

    /// The lines from the speakers of a row to its card.
    fn said<'s>(
        &'s self,
        canvas: &'s Canvas<'_, '_>,
        plan: &'s Plan,
        turn: &'s Turn,
        speakers: &'s [Boxed],
        row: usize,
        top: f64,
    ) -> impl Iterator<Item = Part> + 's {
        let card = &self.cards[row];
        let claim = plan.rows[row].claim;
        let alone = turn.until - turn.from > 1 || speakers.len() == 1;
        speakers.iter().map(move |speaker| {
            let level = if alone { card.rect } else { speaker.rect };
            let y = top + level.centre().y;
            let role = Role::Edge {
                from: speaker.id.clone(),
                to: card.id.clone(),
            };
            let mut part = Part::new(format!("said:{}:{}", speaker.id, card.id), "said", role);
            let by = format!("said by {}", speaker.words.name);
            part.tooltip = vec![by, card.words.name.clone()];
            part.link = canvas.link(claim);
            let ends = (
                Point::new(speaker.rect.right(), y),
                Point::new(card.rect.x, y),
            );
            part.shapes.push(Shape::Line(Line {
                path: Path::straight(ends.0, ends.1),
                stroke: plain(canvas.look.theme),
                head: Head::None,
            }));
            part
        })
    }

    /// The line from a card to a subject.
    fn about(
        &self,
        canvas: &Canvas<'_, '_>,
        plan: &Plan,
        row: usize,
        (subject, stance): (usize, Option<StanceValue>),
        (from, to): (f64, f64),
        top: f64,
    ) -> Part {
        let theme = canvas.look.theme;
        let (card, thing) = (&self.cards[row], &self.subjects[subject]);
        let word = stance.map_or("", Vocabulary::word);
        let id = [card.id.as_str(), &thing.id, word].join(":");
        let role = Role::Edge {
            from: card.id.clone(),
            to: thing.id.clone(),
        };
        let class = format!("about {word}");
        let mut part = Part::new(id.trim_end_matches(':'), class.trim_end(), role);
        let name = &thing.words.name;
        let does = match stance {
            None => format!("about {name}"),
            Some(StanceValue::Supports | StanceValue::Opposes) => format!("{word} {name}"),
            Some(StanceValue::Neutral) => format!("neutral toward {name}"),
            Some(StanceValue::Mixed) => format!("mixed about {name}"),
        };
        part.tooltip = vec![does, card.words.name.clone()];
        part.link = canvas.link(plan.rows[row].claim);
        let from = Point::new(card.rect.right(), top + from);
        let to = Point::new(thing.rect.x, top + to);
        let (stroke, head) = about_line(theme, stance);
        let path = Path::level(from, to);
        part.shapes.push(Shape::Line(Line { path, stroke, head }));
        if let Some(stance) = stance {
            part.shapes.extend(badge(theme.stance(stance), from));
        }
        part
    }
}

fn speaker_record(who: Speaker) -> Option<RecordRef> {
    match who {
        Speaker::Actor(id, _) => Some(id.into()),
        Speaker::Narrator(document) => document.map(Into::into),
        Speaker::Unknown => None,
    }
}
