//! `ladder`: a chronology to be read from the top down. On the left the date, in the middle what
//! happened, on the right what was said about it.
//!
//! A claim stands beside the event at which it was said; else beside the first event that it is
//! about; else on the day on which it was said; and where that is not known, beside the document that
//! first reports it. Lines tie it to all events that it concerns. They run between the columns, where
//! there are no boxes.

mod card;
mod dates;
mod drawing;
mod plan;
mod sheet;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::claims::plan::{Speaker, speakers};
use super::counted;
use super::frame::{Entry, Sample, heading, legend, stance_stroke, title};
use super::words::{happens, stance_words};
use crate::draw::geometry::Rect;
use crate::draw::scene::{Colour, Form, Head, Pattern, Scene, Stroke};
use crate::draw::text::Face;
use crate::draw::theme::Theme;
use crate::draw::{Canvas, Picture};
use crate::model::{StanceValue, Vocabulary};
use dates::Mark;
use plan::{Middle, Plan, Tie};
use sheet::Sheet;

/// A chronology from the top down.
pub(in crate::draw) struct Ladder;

impl Picture for Ladder {
    fn name(&self) -> &'static str {
        "ladder"
    }

    fn about(&self) -> &'static str {
        "a chronology from the top down: the date, what happened, what was said about it"
    }

    fn scene(&self, canvas: &Canvas<'_, '_>) -> Scene {
        let plan = Plan::of(canvas);
        let theme = canvas.look.theme;
        let title = title(canvas.look.title.as_ref(), "Chronology");
        let summary = summary(canvas, &plan);
        let sheet = Sheet::of(canvas, &plan);
        let (margin, width) = (sheet.columns.margin, sheet.columns.width);
        let room = Rect::new(margin, margin, width - 2.0 * margin, 0.0);
        let (above, top) = heading(theme, &title, &summary, room);
        let mut parts = vec![above];
        let bottom = sheet.draw(canvas, &plan, top + 18.0, &mut parts);
        let below = Rect {
            y: bottom + 18.0,
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

/// "13 events, 23 claims by 10 speakers · oldest first".
fn summary(canvas: &Canvas<'_, '_>, plan: &Plan) -> String {
    let facts = canvas.dossier.facts();
    if plan.rungs.is_empty() {
        return "nothing is like that".to_owned();
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
        words.push_str(" · undated claims stand at their first report");
    }
    if plan.left_out > 0 {
        words.push_str(&format!(
            " · the most recent; {} left out: choose with --from, --by, --about",
            counted(
                plan.left_out,
                "older event or claim is",
                "older events and claims are"
            )
        ));
    }
    words
}

/// The colour of a rung's mark, and whether it is not known to have been.
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
    fn of(theme: &'static Theme) -> Lines {
        Lines { theme }
    }

    /// A line that ties without saying more.
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

/// What is used, and nothing else.
fn entries(canvas: &Canvas<'_, '_>, plan: &Plan) -> Vec<Entry> {
    let theme = canvas.look.theme;
    let facts = canvas.dossier.facts();
    let mut entries = marks(canvas, plan);
    entries.extend(forms(canvas, plan));
    let ties: BTreeSet<Tie> = (plan.cards.iter())
        .flat_map(|card| card.ties.iter().map(|(_, tie)| *tie))
        .collect();
    let lines = Lines::of(theme);
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
    for stance in StanceValue::ALL {
        if ties.contains(&Tie::About(Some(*stance))) {
            entries.push(Entry {
                sample: Sample::Stance(theme.stance(*stance)),
                words: stance_words(*stance),
            });
        }
    }
    let claims = || plan.cards.iter().map(|card| card.claim);
    if claims().any(|claim| facts[claim].quote.is_some()) {
        entries.push(Entry {
            sample: Sample::Words(Face::Regular),
            words: "“…” in their own words",
        });
    }
    if claims().any(|claim| facts[claim].quote.is_none()) {
        entries.push(Entry {
            sample: Sample::Words(Face::Italic),
            words: "italic: as others put it",
        });
    }
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
            "faded: at some time within, the wider the less exact",
        ),
        (
            used(|mark| matches!(mark, Mark::Stretch { core: Some(_), .. })),
            Sample::Mark(Form::Pointed(0.0, 6.0), colour, (1.0, 1.0), bare),
            "full: through it; a point: open end",
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
            "undated: where all facts or its report leave it",
        ),
    ];
    let used = all.into_iter().filter(|(used, ..)| *used);
    used.map(|(_, sample, words)| Entry { sample, words })
        .collect()
}

/// The forms that need a word.
fn forms(canvas: &Canvas<'_, '_>, plan: &Plan) -> Vec<Entry> {
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
    let solid = |colour| Stroke {
        colour,
        width: 1.4,
        pattern: Pattern::Solid,
    };
    let dashed = |colour| Stroke {
        pattern: Pattern::Dashed,
        ..solid(colour)
    };
    let (events, claim, document) = (theme.event, theme.claim, theme.document);
    let pointed = Form::Pointed(5.0, 0.0);
    let all = [
        (
            event(true),
            pointed,
            events.fill,
            solid(events.stroke),
            "event",
        ),
        (
            event(false),
            pointed,
            events.fill,
            dashed(events.stroke),
            "event expected, alleged or called off: its mark is hollow",
        ),
        (
            published,
            Form::Folded,
            document.fill,
            solid(document.stroke),
            "published",
        ),
        (
            nameless,
            Form::Rounded(4.0),
            claim.fill,
            dashed(claim.stroke),
            "source not named",
        ),
    ];
    let used = all.into_iter().filter(|(used, ..)| *used);
    used.map(|(_, form, fill, stroke, words)| Entry {
        sample: Sample::Form(form, fill, stroke),
        words,
    })
    .collect()
}
