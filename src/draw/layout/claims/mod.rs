//! `claims`: who said what about whom. Three columns: who spoke, a card with what they said, what
//! it is about. One row a claim.
//!
//! Rows that follow each other with the same speaker share that speaker's box, so that nothing
//! crosses on the left. On the right each thing stands once, near its claims, in the order in which
//! lines cross least.

pub(super) mod card;
mod drawing;
pub(super) mod plan;
pub(super) mod ports;
mod sheet;

use std::collections::BTreeSet;

use super::boxes::NOTE;
use super::counted;
use super::frame::{Entry, Sample, heading, legend, stance_stroke, title};
use super::words::{happens, stance_words};
use crate::draw::geometry::Rect;
use crate::draw::scene::{Form, Head, Pattern, Scene, Stroke};
use crate::draw::text::Face;
use crate::draw::theme::Theme;
use crate::draw::{Canvas, Picture};
use crate::model::{NodeRef, StanceValue, Vocabulary};
use crate::time::{Date, Day};
use plan::{Plan, Speaker};
use sheet::Sheet;

/// Who said what about whom.
pub(in crate::draw) struct Claims;

impl Picture for Claims {
    fn name(&self) -> &'static str {
        "claims"
    }

    fn about(&self) -> &'static str {
        "who said what about whom: one row a claim, oldest first"
    }

    fn scene(&self, canvas: &Canvas<'_, '_>) -> Scene {
        let plan = Plan::of(canvas.dossier, canvas.selection);
        let theme = canvas.look.theme;
        let title = title(canvas.look.title.as_ref(), "Who said what about whom");
        let summary = summary(canvas, &plan);
        let sheet = Sheet::of(canvas, &plan);
        let (margin, width) = (sheet.columns.margin, sheet.columns.width);
        let room = Rect::new(margin, margin, width - 2.0 * margin, 0.0);
        let (above, top) = heading(theme, &title, &summary, room);
        let mut parts = vec![above];
        let bottom = sheet.draw(canvas, &plan, top + 18.0, &mut parts);
        let below = Rect {
            y: bottom + 16.0,
            ..room
        };
        let (key, bottom) = legend(theme, &entries(canvas, &plan), below);
        if !key.shapes.is_empty() {
            parts.push(key);
        }
        Scene {
            picture: self.name(),
            title,
            summary,
            width,
            height: bottom + margin,
            theme,
            columns: sheet.ids(),
            parts,
        }
    }
}

/// "23 claims by 9 speakers about 21 things · said or reported 20 Apr 2023".
fn summary(canvas: &Canvas<'_, '_>, plan: &Plan) -> String {
    let facts = canvas.dossier.facts();
    if plan.rows.is_empty() {
        return "no claim is like that".to_owned();
    }
    let all: BTreeSet<Speaker> = (plan.rows.iter())
        .flat_map(|row| row.speakers.iter().map(|one| one.without_office()))
        .collect();
    let mut words = format!(
        "{} by {} about {}",
        counted(plan.rows.len(), "claim", "claims"),
        counted(all.len(), "speaker", "speakers"),
        counted(plan.subjects.len(), "thing", "things")
    );
    let dates = plan
        .rows
        .iter()
        .map(|row| plan::date(facts, &canvas.dossier.force, row.claim));
    let dates: Vec<&Date> = dates.flatten().collect();
    let first = dates.iter().filter_map(|date| date.first()).min();
    let last = dates.iter().filter_map(|date| date.last()).max();
    match (first, last) {
        (Some(first), Some(last)) if first == last => {
            words.push_str(&format!(" · said or reported {}", first.words()));
        }
        (Some(first), Some(last)) => {
            let span = [first, last].map(Day::words).join(" to ");
            words.push_str(&format!(" · said or reported {span}"));
        }
        _ => {}
    }
    if plan.left_out > 0 {
        words.push_str(&format!(
            " · the most recent; {} left out: choose with --from, --by, --about",
            counted(plan.left_out, "older claim is", "older claims are")
        ));
    }
    words
}

/// What is used, and nothing else.
fn entries(canvas: &Canvas<'_, '_>, plan: &Plan) -> Vec<Entry> {
    let theme = canvas.look.theme;
    let mut entries = Vec::new();
    let used: BTreeSet<Option<StanceValue>> = (plan.rows.iter())
        .flat_map(|row| row.about.iter().map(|(_, stance)| *stance))
        .collect();
    for stance in StanceValue::ALL
        .iter()
        .filter(|one| used.contains(&Some(**one)))
    {
        entries.push(Entry {
            sample: Sample::Stance(theme.stance(*stance)),
            words: stance_words(*stance),
        });
    }
    if used.contains(&None) {
        entries.push(Entry {
            sample: Sample::Line(plain(theme), Head::Vee),
            words: "speaks of it, no stance given",
        });
    }
    entries.extend(forms(canvas, plan));
    let facts = canvas.dossier.facts();
    let quoted = plan
        .rows
        .iter()
        .filter(|row| facts[row.claim].quote.is_some())
        .count();
    if quoted > 0 {
        entries.push(Entry {
            sample: Sample::Words(Face::Regular),
            words: "“…” in their own words",
        });
    }
    if quoted < plan.rows.len() {
        entries.push(Entry {
            sample: Sample::Words(Face::Italic),
            words: "italic: as others put it",
        });
    }
    entries
}

/// The forms that need a word.
fn forms(canvas: &Canvas<'_, '_>, plan: &Plan) -> Vec<Entry> {
    let facts = canvas.dossier.facts();
    let theme = canvas.look.theme;
    let speakers = plan.rows.iter().flat_map(|row| &row.speakers);
    let spoken_of = || plan.subjects.iter();
    let nameless = speakers.clone().any(|one| match one {
        Speaker::Actor(id, _) => facts[*id].unnamed,
        Speaker::Unknown => true,
        Speaker::Narrator(_) => false,
    }) || spoken_of()
        .any(|one| matches!(one, NodeRef::Actor(id) if facts[*id].unnamed));
    let event = |expected: bool| {
        spoken_of()
            .any(|one| matches!(one, NodeRef::Event(id) if happens(facts[*id].status) != expected))
    };
    let has = |kind: fn(&NodeRef) -> bool| spoken_of().any(kind);
    let solid = |colour| Stroke {
        colour,
        width: 1.4,
        pattern: Pattern::Solid,
    };
    let dashed = |colour| Stroke {
        pattern: Pattern::Dashed,
        ..solid(colour)
    };
    let rounded = Form::Rounded(4.0);
    let pointed = Form::Pointed(0.0, 5.0);
    let (actor, events, topic) = (theme.actor, theme.event, theme.topic);
    let all = [
        (
            nameless,
            rounded,
            actor.fill,
            dashed(actor.stroke),
            "source not named",
        ),
        (
            event(false),
            pointed,
            events.fill,
            solid(events.stroke),
            "event",
        ),
        (
            event(true),
            pointed,
            events.fill,
            dashed(events.stroke),
            "event expected, alleged or called off",
        ),
        (
            has(|one| matches!(one, NodeRef::Topic(_))),
            Form::Square,
            topic.fill,
            solid(topic.stroke),
            "topic",
        ),
        (
            has(|one| matches!(one, NodeRef::Place(_))),
            Form::Rounded(6.0),
            topic.fill,
            solid(topic.stroke),
            "place",
        ),
        (
            has(|one| matches!(one, NodeRef::Document(_))),
            Form::Folded,
            theme.document.fill,
            solid(theme.document.stroke),
            "document",
        ),
    ];
    let used = all.into_iter().filter(|(used, ..)| *used);
    used.map(|(_, form, fill, stroke, words)| Entry {
        sample: Sample::Form(form, fill, stroke),
        words,
    })
    .collect()
}

/// A line that ties without saying more.
fn plain(theme: &Theme) -> Stroke {
    Stroke {
        colour: theme.line,
        width: 1.2,
        pattern: Pattern::Solid,
    }
}

/// The line of a stance, or of none.
fn about_line(theme: &Theme, stance: Option<StanceValue>) -> (Stroke, Head) {
    match stance {
        Some(stance) => {
            let look = theme.stance(stance);
            (stance_stroke(look), look.head)
        }
        None => (plain(theme), Head::Vee),
    }
}
