//! `claims`: who said what about whom. Three columns: the speaker, a card with the claim, its
//! subjects. One row per claim.
//!
//! Consecutive rows with the same speaker share that speaker's box, so that nothing crosses on the
//! left. On the right, each subject appears once, near its claims, in the order with the fewest
//! crossing lines.

pub(super) mod card;
mod layout;
pub(super) mod model;
mod paint;
pub(super) mod ports;

use std::collections::BTreeSet;

use super::boxes::NOTE;
use super::frame::{Entry, Frame, Sample, forms, manners, stance_stroke, stances, title};
use super::words::happens;
use super::{SELECT, counted, left_out};
use crate::scene::{Form, Head, Pattern, Scene, Stroke};
use crate::theme::Theme;
use crate::{Canvas, Draw, Picture};
use annals_model::{NodeRef, StanceValue};
use annals_time::{Date, Day};
use layout::Sheet;
use model::{Plan, Speaker};

/// Who said what about whom.
pub(crate) static PICTURE: Picture = Picture {
    name: "claims",
    title: "who said what about whom: one row per claim, oldest first",
    extensions: &[],
    loses: "",
    notes: "",
    options: &[],
    work: Draw { scene, pages: None },
};

fn scene(canvas: &Canvas<'_, '_>) -> Scene {
    let plan = Plan::new(canvas.dossier, canvas.selection);
    let sheet = Sheet::new(canvas, &plan);
    let frame = Frame {
        picture: PICTURE.name,
        title: title(canvas.look.title.as_ref(), "Who said what about whom"),
        summary: summary(canvas, &plan),
        left_out: left_out(plan.left_out, ["older claim", "older claims"], SELECT),
        margin: sheet.columns.margin,
        width: sheet.columns.width,
        gaps: (18.0, 16.0),
        legend: entries(canvas, &plan),
        columns: sheet.ids(),
    };
    frame.around(canvas.look.theme, |top, parts| {
        sheet.draw(canvas, &plan, top, parts)
    })
}

/// "23 claims by 9 speakers about 21 things · said or reported 20 Apr 2023".
fn summary(canvas: &Canvas<'_, '_>, plan: &Plan) -> String {
    let facts = canvas.dossier.facts();
    if plan.rows.is_empty() {
        return "no claims".to_owned();
    }
    let all: BTreeSet<Speaker> = (plan.rows.iter())
        .flat_map(|row| row.speakers.iter().map(|one| one.without_office()))
        .collect();
    let mut words = format!(
        "{} by {} about {}",
        counted(plan.rows.len(), "claim", "claims"),
        counted(all.len(), "speaker", "speakers"),
        counted(plan.things, "thing", "things")
    );
    let dates = plan
        .rows
        .iter()
        .map(|row| annals_query::sort_key::claim_date(facts, &canvas.dossier.validity, row.claim));
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
            " · the most recent; {} left out: {SELECT}",
            counted(plan.left_out, "older claim is", "older claims are")
        ));
    }
    words
}

/// Only what is used.
fn entries(canvas: &Canvas<'_, '_>, plan: &Plan) -> Vec<Entry> {
    let theme = canvas.look.theme;
    let used: BTreeSet<Option<StanceValue>> = (plan.rows.iter())
        .flat_map(|row| row.about.iter().map(|(_, stance)| *stance))
        .collect();
    let mut entries = stances(theme, |stance| used.contains(&Some(stance)));
    if used.contains(&None) {
        entries.push(Entry {
            sample: Sample::Line(plain(theme), Head::Vee),
            words: "mentions it, no stance given",
        });
    }
    entries.extend(kinds(canvas, plan));
    let facts = canvas.dossier.facts();
    let is_quote = |row: &model::Row| facts[row.claim].quote.is_some();
    entries.extend(manners(
        plan.rows.iter().any(is_quote),
        !plan.rows.iter().all(is_quote),
    ));
    entries
}

/// The forms that need a word.
fn kinds(canvas: &Canvas<'_, '_>, plan: &Plan) -> Vec<Entry> {
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
    let rounded = Form::Rounded(4.0);
    let pointed = Form::Pointed(0.0, 5.0);
    let (events, topic) = (theme.event, theme.topic);
    forms([
        (nameless, rounded, theme.actor, true, "source not named"),
        (event(false), pointed, events, false, "event"),
        (
            event(true),
            pointed,
            events,
            true,
            "event expected, alleged or cancelled",
        ),
        (
            has(|one| matches!(one, NodeRef::Topic(_))),
            Form::Square,
            topic,
            false,
            "topic",
        ),
        (
            has(|one| matches!(one, NodeRef::Place(_))),
            Form::Rounded(6.0),
            topic,
            false,
            "place",
        ),
        (
            has(|one| matches!(one, NodeRef::Document(_))),
            Form::Folded,
            theme.document,
            false,
            "document",
        ),
    ])
}

/// A line that only connects.
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
