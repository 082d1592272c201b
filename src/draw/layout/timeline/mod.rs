//! `timeline`: events and claims, in lanes on a true time scale.
//!
//! Width shows precision: a day is a diamond, a month is as wide as a month. A bar is solid where
//! the record certainly was, and faded where it may have been; an open end is an arrow, and
//! expected events are dashed. Where long gaps would compress everything else, the scale is visibly
//! broken.

mod bars;
mod lanes;
mod layout;
mod legend;
mod mark;
mod model;
mod pack;
mod scale;
mod span;
#[cfg(test)]
mod tests;
mod ticks;
mod words;

use super::frame::{Frame, title};
use super::{counted, left_out};
use crate::scene::Scene;
use crate::{Canvas, Draw, Picture, PictureOption};
use annals_model::RecordRef;
use annals_time::Day;
use layout::{MARGIN, Sheet};
use mark::Kind;
use model::{Plan, Thing};
use span::End;

/// How to see what is left out.
const SELECT: &str = "select with --from, --until, --by, or split it with --pages";

/// Events and claims.
pub(crate) static PICTURE: Picture = Picture {
    name: "timeline",
    title: "what happened and what was said, in lanes on a true time scale",
    extensions: &[],
    loses: "",
    notes: "",
    options: &[PictureOption::Lanes],
    work: Draw {
        scene,
        pages: Some(pages),
    },
};

fn scene(canvas: &Canvas<'_, '_>) -> Scene {
    let plan = Plan::new(canvas, model::things(canvas));
    page(canvas, &plan, None)
}

fn pages(canvas: &Canvas<'_, '_>, things: usize) -> Vec<Scene> {
    let all = model::things(canvas);
    let pages: Vec<&[Thing]> = all.chunks(things.max(1)).collect();
    let count = pages.len();
    if count < 2 {
        return vec![page(canvas, &Plan::new(canvas, all), None)];
    }
    let each = pages.iter().enumerate();
    each.map(|(nth, things)| {
        let plan = Plan::new(canvas, things.to_vec());
        page(canvas, &plan, Some((nth + 1, count)))
    })
    .collect()
}

/// One page, with its number and the number of pages.
fn page(canvas: &Canvas<'_, '_>, plan: &Plan, nth: Option<(usize, usize)>) -> Scene {
    let sheet = Sheet::new(canvas, plan);
    let frame = Frame {
        picture: "timeline",
        title: title(
            canvas.look.title.as_ref(),
            "What happened and what was said",
        ),
        summary: summary(plan, &sheet, nth),
        left_out: left_out(plan.left_out, ["earlier one", "earlier ones"], SELECT),
        margin: MARGIN,
        width: sheet.width,
        gaps: (12.0, 12.0),
        legend: legend::entries(canvas, &sheet),
        columns: sheet.ids(canvas),
    };
    frame.around(canvas.look.theme, |top, parts| {
        sheet.draw(canvas, top, parts)
    })
}

/// "12 events, 23 claims, 1 document · 24 Feb 2022 to 31 Jul 2023 · the scale is broken at 1 place".
fn summary(plan: &Plan, sheet: &Sheet, nth: Option<(usize, usize)>) -> String {
    let count = |kind: Kind| {
        plan.all()
            .filter(|one| Kind::from_record(one.record) == kind)
            .count()
    };
    let kinds = [
        (Kind::Event, "event", "events"),
        (Kind::Claim, "claim", "claims"),
        (Kind::Tie, "tie", "ties"),
        (Kind::Document, "document", "documents"),
    ];
    let counts = kinds
        .iter()
        .map(|(kind, one, several)| (count(*kind), one, several));
    let counts: Vec<String> = counts
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, several)| counted(count, one, several))
        .collect();
    if counts.is_empty() {
        return "nothing to show".to_owned();
    }
    let mut words = vec![counts.join(", ")];
    if let Some((page, pages)) = nth {
        words.insert(0, format!("page {page} of {pages}"));
    }
    words.extend(range(plan));
    let breaks = sheet.scale.breaks().count();
    if breaks > 0 {
        words.push(format!(
            "the scale is broken at {}: true within each part, different from part to part",
            counted(breaks, "place", "places")
        ));
    }
    if plan.left_out > 0 {
        words.push(format!(
            "the most recent; {} left out: {SELECT}",
            counted(plan.left_out, "earlier one is", "earlier ones are")
        ));
    }
    if plan.folded > 0 {
        words.push(format!(
            "{} with the least are merged",
            counted(plan.folded, "lane", "lanes")
        ));
    }
    words.join(" · ")
}

/// From the first day to the last of all dated records except relations.
fn range(plan: &Plan) -> Option<String> {
    let is_tie = |thing: &Thing| matches!(thing.record, RecordRef::Relation(_));
    let things = plan.dated().filter(|thing| thing.given && !is_tie(thing));
    let days = things.flat_map(|thing| {
        let first = match thing.span.first() {
            End::Day(day) => Some(day),
            _ => thing.span.latest_start(),
        };
        let last = match thing.span.last() {
            End::Day(day) => Some(day),
            _ => thing.span.earliest_end(),
        };
        [first, last].into_iter().flatten()
    });
    let [from, until] = plan.window;
    let days = days.map(|day| day.max(from.unwrap_or(day)).min(until.unwrap_or(i64::MAX)));
    let days: Vec<i64> = days.collect();
    let words = |day: &i64| Day::from_number(*day).map(Day::words);
    let (first, last) = (days.iter().min()?, days.iter().max()?);
    if first == last {
        return words(first);
    }
    Some(format!("{} to {}", words(first)?, words(last)?))
}
