//! `/timeline`: what happened and what was said, as `annals timeline`, `draw timeline` and `draw ladder`.

use annals_draw::theme::PAGE;
use annals_draw::{Lanes, LinkPattern, Look, picture_by_name, svg};
use annals_store::PictureRequest;
use annals_store::rows::TimelineRow;
use maud::{Markup, PreEscaped, html};

use crate::asking::{Asking, Fault, Made, Shown};
use crate::request::{self, Request};
use crate::view::frame::{self, Paged, ROWS};
use crate::view::question;
use crate::view::words::{counted, link, name};

/// Which picture a request asks for, as a command.
pub(super) fn picture(request: &Request) -> &'static [&'static str] {
    match request.one("view") {
        Some("ladder") => &["draw", "ladder"],
        _ => &["draw", "timeline"],
    }
}

/// The command of the view.
pub(super) fn words(request: &Request) -> &'static [&'static str] {
    match request.one("view") {
        Some("lanes" | "ladder") => picture(request),
        _ => &["timeline"],
    }
}

/// The command of the list, whatever the view.
pub(super) fn list(_: &Request) -> &'static [&'static str] {
    &["timeline"]
}

/// A picture in the colours of the page.
pub(super) fn drawn(
    asking: &Asking<'_>,
    called: &str,
    centres: Vec<String>,
    hops: usize,
) -> Result<(Markup, annals_store::Notes), Fault> {
    let Some(picture) = picture_by_name(called) else {
        return Err(Fault::Missing("There is no such picture.".to_owned()));
    };
    let asked = asking.request.one("lanes");
    let lanes = Lanes::ALL
        .into_iter()
        .find(|(_, name, _)| Some(*name) == asked);
    let width = asking
        .request
        .one("width")
        .and_then(|width| width.parse::<u32>().ok());
    let request = PictureRequest {
        picture,
        query: asking.query.clone(),
        look: Look {
            theme: &PAGE,
            width: width.map(f64::from),
            title: asking.request.one("title").map(str::to_owned),
            link: LinkPattern::parse("/record/{id}").ok(),
            lanes: lanes.map_or_else(Lanes::default, |(lanes, ..)| lanes),
        },
        centres,
        hops,
        kinds: asking.kinds.clone(),
        things_on_page: None,
    };
    let mut answer = asking.dossier.store.draw(&request)?;
    for scene in &mut answer.data {
        answer.notes.others.extend(scene.left_out.clone());
        // The box at the end of a line leads to the same record: the keyboard need not stop at both.
        for part in &mut scene.parts {
            let is_edge = matches!(part.role, annals_draw::scene::Role::Edge { .. });
            let link = part.link.take().filter(|_| !is_edge);
            part.link = link.map(|link| request::without_ending(&link));
        }
    }
    let drawn: Vec<String> = answer
        .data
        .iter()
        .map(|scene| svg::element(scene, "picture-"))
        .collect();
    let markup = html! {
        @for one in &drawn {
            div.sheet tabindex="0" role="region" aria-label="Picture" { (PreEscaped(one)) }
        }
    };
    Ok((markup, answer.notes))
}

pub(super) fn show(asking: &Asking<'_>) -> Made {
    if asking.asks_for_all() {
        let main = html! { (frame::heading(&html! { "What happened and what was said" }, "", &[])) (frame::command(asking)) (super::overview::ways_in(asking)) };
        return Ok(Shown::wide(
            "What happened and what was said",
            Some("What happened and was said"),
            main,
        ));
    }
    let view = match asking.request.one("view") {
        Some("lanes") => "lanes",
        Some("ladder") => "ladder",
        _ => "list",
    };
    let views: Vec<(&str, String, bool)> =
        [("List", "list"), ("Lanes", "lanes"), ("Ladder", "ladder")]
            .into_iter()
            .map(|(title, one)| {
                let shown = (one != "list").then_some(("view", one));
                let address = asking.with(
                    &["view", "start", "choose", "lanes", "width"],
                    shown.as_slice(),
                );
                (title, address, view == one)
            })
            .collect();
    let title = html! { "What happened and what was said" };
    let main = if view == "list" {
        let start = asking.request.one("start");
        let store = &asking.dossier.store;
        let (rows, [all, first]) = store.timeline_page(&asking.query, start, ROWS)?;
        let last = first + rows.len();
        let next = rows.last().filter(|_| last < all);
        let paged = Paged {
            first,
            shown: rows.len(),
            all,
            next: next.map(|row| row.id.clone()),
        };
        let count = counted(all, "thing", "things");
        html! {
            (frame::heading(&title, &count, &views))
            (frame::command(asking))
            (question::later(asking))
            (frame::notes(&rows.notes))
            @if all == 0 { p.nothing { b { "Nothing is like that." } } }
            (rows_of(&rows))
            (frame::pager(asking, &paged))
        }
    } else {
        let called = if view == "ladder" {
            "ladder"
        } else {
            "timeline"
        };
        let (picture, notes) = drawn(asking, called, Vec::new(), 1)?;
        html! {
            (frame::heading(&title, "", &views))
            (frame::command(asking))
            @if view == "lanes" { (lanes_of(asking)) }
            (question::later(asking))
            (frame::notes(&notes))
            (picture)
        }
    };
    Ok(Shown::wide(
        "What happened and what was said",
        Some("What happened and was said"),
        main,
    ))
}

/// The rows of a page, and how many there are.
pub(super) fn page_of<'r, T>(
    rows: &'r [T],
    start: Option<&str>,
    id: impl Fn(&T) -> &str,
) -> (&'r [T], Paged) {
    let first = start
        .and_then(|start| rows.iter().position(|row| id(row) == start))
        .map_or(0, |at| at + 1);
    let last = rows.len().min(first + ROWS);
    let shown = &rows[first.min(last)..last];
    let next = shown
        .last()
        .filter(|_| last < rows.len())
        .map(|row| id(row).to_owned());
    let paged = Paged {
        first,
        shown: shown.len(),
        all: rows.len(),
        next,
    };
    (shown, paged)
}

fn lanes_of(asking: &Asking<'_>) -> Markup {
    let asked = asking.request.one("lanes").unwrap_or("actor");
    html! {
        nav.views.lanes aria-label="A lane for each" {
            @for (_, name, about) in Lanes::ALL {
                a href=(asking.with(&["lanes"], &[("lanes", name)])) title=(about) aria-current=[(asked == name).then_some("true")] { (name) }
            }
        }
    }
}

fn when(row: &TimelineRow) -> String {
    match (&row.when, row.reported) {
        (Some(when), _) => when.words(),
        (None, Some(day)) => format!("not after {}", day.words()),
        (None, None) => "undated".to_owned(),
    }
}

fn rows_of(rows: &[TimelineRow]) -> Markup {
    html! {
        ul.things {
            @for row in rows {
                li.row.thing id=(crate::view::claim::anchor(&row.id)) {
                    div.when { (when(row)) @if let Some(days) = row.narrowed.filter(|_| !row.since_birth) { (narrowed(row, days)) } }
                    div {
                        p.say { (mark(row.kind)) a href=(request::record(&row.id)) { @if row.quoted { "“" (name(&row.label)) "”" } @else { (name(&row.label)) } } }
                        p.meta {
                            span { (row.kind) }
                            @if let Some(status) = row.status { span { (annals_model::Vocabulary::word(status)) } }
                            @for one in &row.participants { span { (link(&one.actor)) @if let Some(role) = &one.role { " " (name(role)) } } }
                            @if let Some(place) = &row.place { span { "at " (link(place)) } }
                            @if !row.certain { b.possibly { "possibly" } }
                            @if let Some(retracted) = &row.retracted { b.back { "taken back " (retracted.on.words()) } }
                        }
                    }
                }
            }
        }
    }
}

/// The days that all facts leave, where the date itself leaves more.
fn narrowed(row: &TimelineRow, days: annals_store::rows::NarrowedRow) -> Markup {
    let own = (
        row.when.as_ref().and_then(annals_time::Date::first),
        row.when.as_ref().and_then(annals_time::Date::last),
    );
    if own == (days.first, days.last) {
        return html! {};
    }
    let words = match (days.first, days.last) {
        (Some(first), Some(last)) if first == last => format!("so {}", first.words()),
        (Some(first), Some(last)) => format!("so {} to {}", first.words(), last.words()),
        (Some(first), None) => format!("so from {}", first.words()),
        (None, Some(last)) => format!("so by {}", last.words()),
        (None, None) => return html! {},
    };
    html! { small { (words) } }
}

/// The mark of a kind of thing.
pub(super) fn mark(kind: &str) -> Markup {
    match kind {
        "event" => html! { span.dia aria-hidden="true" {} },
        "document" => html! { span.doc aria-hidden="true" {} },
        "relation" => html! { span.tie aria-hidden="true" {} },
        _ => html! {},
    }
}
