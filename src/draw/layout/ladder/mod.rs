//! `ladder`: a chronology to read from the top down. Dates on the left, events in the middle,
//! claims about them on the right.
//!
//! A claim is placed beside the event at which it was said; else beside the first event that it is
//! about; else on the day on which it was said; and if that is unknown, beside the document that
//! first reports it. Lines connect it to all events that it concerns. They run between the columns,
//! where there are no boxes.

mod card;
mod dates;
mod layout;
mod model;
mod paint;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::claims::model::{Speaker, speakers};
use super::frame::{Entry, Frame, Sample, forms, manners, stance_stroke, stances, title};
use super::words::happens;
use super::{SELECT, counted, left_out};
use crate::scene::{Colour, Form, Head, Pattern, Scene, Stroke};
use crate::theme::Theme;
use crate::{Canvas, Draw, Picture};
use dates::Mark;
use layout::Sheet;
use model::{Middle, Plan, Tie};

/// A chronology from the top down.
pub(crate) static PICTURE: Picture = Picture {
    name: "ladder",
    title: "a chronology from top to bottom: the date, what happened, what was said about it",
    extensions: &[],
    loses: "",
    notes: "",
    options: &[],
    work: Draw { scene, pages: None },
};

fn scene(canvas: &Canvas<'_, '_>) -> Scene {
    let plan = Plan::new(canvas);
    let sheet = Sheet::new(canvas, &plan);
    let frame = Frame {
        picture: PICTURE.name,
        title: title(canvas.look.title.as_ref(), "Chronology"),
        summary: summary(canvas, &plan),
        left_out: left_out(
            plan.left_out,
            ["older event or claim", "older events and claims"],
            SELECT,
        ),
        margin: sheet.columns.margin,
        width: sheet.columns.width,
        gaps: (18.0, 18.0),
        legend: entries(canvas, &plan),
        columns: sheet.ids(),
    };
    frame.around(canvas.look.theme, |top, parts| {
        sheet.draw(canvas, &plan, top, parts)
    })
}

/// "13 events, 23 claims by 10 speakers · oldest first".
fn summary(canvas: &Canvas<'_, '_>, plan: &Plan) -> String {
    let facts = canvas.dossier.facts();
    if plan.rungs.is_empty() {
        return "nothing to show".to_owned();
    }
    let who: BTreeSet<_> = (plan.cards.iter())
        .flat_map(|card| speakers(facts, card.claim))
        .map(Speaker::without_office)
        .collect();
    let (events, documents) = plan.counts();
    let mut counts = Vec::new();
    if events > 0 {
        counts.push(counted(events, "event", "events"));
    }
    if documents > 0 {
        counts.push(counted(documents, "publication", "publications"));
    }
    if !plan.cards.is_empty() {
        let claims = counted(plan.cards.len(), "claim", "claims");
        let who = counted(who.len(), "speaker", "speakers");
        counts.push(format!("{claims} by {who}"));
    }
    let mut words = format!("{} · oldest first", counts.join(", "));
    if documents > 0 {
        words.push_str(" · undated claims are placed at their first report");
    }
    if plan.left_out > 0 {
        words.push_str(&format!(
            " · the most recent; {} left out: {SELECT}",
            counted(
                plan.left_out,
                "older event or claim is",
                "older events and claims are"
            )
        ));
    }
    words
}

/// The colour of a rung's mark, and whether the record is not known to have existed.
fn mark_colour(canvas: &Canvas<'_, '_>, middle: Middle) -> (Colour, bool) {
    let theme = canvas.look.theme;
    match middle {
        Middle::Event(id) => (
            theme.event.stroke,
            !happens(canvas.dossier.facts()[id].status),
        ),
        Middle::Document(_) => (theme.document.stroke, false),
        Middle::Said(_) => (theme.actor.stroke, false),
    }
}

/// The lines.
struct Lines {
    theme: &'static Theme,
}

impl Lines {
    fn new(theme: &'static Theme) -> Lines {
        Lines { theme }
    }

    /// A line that only connects.
    fn plain(&self) -> Stroke {
        Stroke {
            colour: self.theme.line,
            width: 1.2,
            pattern: Pattern::Solid,
        }
    }

    fn tie(&self, tie: Tie) -> (Stroke, Head) {
        let patterned = |pattern| Stroke {
            pattern,
            ..self.plain()
        };
        match tie {
            Tie::SaidAt => (patterned(Pattern::Dashed), Head::None),
            Tie::ReportedIn => (patterned(Pattern::Dotted), Head::None),
            Tie::SaidOn => (self.plain(), Head::None),
            Tie::About(None) => (self.plain(), Head::Vee),
            Tie::About(Some(stance)) => {
                let look = self.theme.stance(stance);
                (stance_stroke(look), look.head)
            }
        }
    }
}

/// Only what is used.
fn entries(canvas: &Canvas<'_, '_>, plan: &Plan) -> Vec<Entry> {
    let theme = canvas.look.theme;
    let facts = canvas.dossier.facts();
    let mut entries = marks(canvas, plan);
    entries.extend(kinds(canvas, plan));
    let ties: BTreeSet<Tie> = (plan.cards.iter())
        .flat_map(|card| card.ties.iter().map(|(_, tie)| *tie))
        .collect();
    let lines = Lines::new(theme);
    for (tie, words) in [
        (Tie::SaidAt, "said at it"),
        (Tie::About(None), "about it, no stance given"),
        (Tie::ReportedIn, "not dated, reported in it"),
    ] {
        if ties.contains(&tie) {
            let (stroke, head) = lines.tie(tie);
            entries.push(Entry {
                sample: Sample::Line(stroke, head),
                words,
            });
        }
    }
    entries.extend(stances(theme, |stance| {
        ties.contains(&Tie::About(Some(stance)))
    }));
    let is_quote = |card: &model::Card| facts[card.claim].quote.is_some();
    entries.extend(manners(
        plan.cards.iter().any(is_quote),
        !plan.cards.iter().all(is_quote),
    ));
    entries
}

/// The marks that need a word.
fn marks(canvas: &Canvas<'_, '_>, plan: &Plan) -> Vec<Entry> {
    let theme = canvas.look.theme;
    let used = |of: fn(&Mark) -> bool| plan.rungs.iter().any(|rung| of(&rung.dated.mark));
    let colour = theme.event.stroke;
    let bare = Stroke {
        colour,
        width: 0.8,
        pattern: Pattern::Solid,
    };
    let all = [
        (
            used(|mark| *mark == Mark::Day),
            Sample::Mark(Form::Diamond, colour, (1.0, 1.0), bare),
            "on one day",
        ),
        (
            used(|mark| matches!(mark, Mark::Stretch { core: None, .. })),
            Sample::Mark(Form::Square, colour, (0.1, 0.9), bare),
            "faded: at some time within; wider means less exact",
        ),
        (
            used(|mark| matches!(mark, Mark::Stretch { core: Some(_), .. })),
            Sample::Mark(Form::Pointed(0.0, 6.0), colour, (1.0, 1.0), bare),
            "solid: throughout; a point: open end",
        ),
        (
            used(|mark| *mark == Mark::Unknown),
            Sample::Mark(
                Form::Ellipse,
                theme.background,
                (1.0, 1.0),
                Stroke {
                    pattern: Pattern::Dotted,
                    width: 1.2,
                    ..bare
                },
            ),
            "undated: where all facts or its report allow it",
        ),
    ];
    let used = all.into_iter().filter(|(used, ..)| *used);
    used.map(|(_, sample, words)| Entry { sample, words })
        .collect()
}

/// The forms that need a word.
fn kinds(canvas: &Canvas<'_, '_>, plan: &Plan) -> Vec<Entry> {
    let theme = canvas.look.theme;
    let facts = canvas.dossier.facts();
    let event = |as_it_is: bool| {
        plan.rungs.iter().any(|rung| match rung.middle {
            Middle::Event(id) => happens(facts[id].status) == as_it_is,
            _ => false,
        })
    };
    let nameless = plan.cards.iter().any(|card| {
        let who = speakers(facts, card.claim);
        who.into_iter().any(|one| card::is_nameless(canvas, one))
    });
    let published = plan
        .rungs
        .iter()
        .any(|rung| matches!(rung.middle, Middle::Document(_)));
    let pointed = Form::Pointed(5.0, 0.0);
    forms([
        (event(true), pointed, theme.event, false, "event"),
        (
            event(false),
            pointed,
            theme.event,
            true,
            "event expected, alleged or cancelled: hollow mark",
        ),
        (published, Form::Folded, theme.document, false, "published"),
        (
            nameless,
            Form::Rounded(4.0),
            theme.claim,
            true,
            "source not named",
        ),
    ])
}
