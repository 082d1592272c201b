//! `/timeline`: what happened and what was said, as `annals timeline`, `draw timeline` and `draw ladder`.

use annals_draw::theme::PAGE;
use annals_draw::{Lanes, LinkPattern, Look, picture_by_name, svg};
use annals_store::rows::TimelineRow;
use annals_store::{PictureRequest, PromiseState, PromisesAsked, Query};
use maud::{Markup, PreEscaped, html};

use crate::asking::{Asking, Fault, Made, Shown};
use crate::request::{self, Request};
use crate::view::frame::{self, Paged, ROWS};
use crate::view::words::{counted, link, name, say};
use crate::view::{chosen, question};

/// The most things of which a picture is shown unasked, and how wide it then is: as its column.
const BOXES: usize = 300;
const WIDE: u32 = 1_040;

/// How wide a picture may be that is drawn smaller, to fit into its column.
const FITS: f64 = 1_250.0;

/// The most claims among which open promises are looked for and of all of which a picture is tried, and how many
/// promises are listed.
const PROMISED: usize = 10_000;
const OPEN: usize = 5;

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
        Some("list") => &["timeline"],
        _ => picture(request),
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
    let width = wide(asking).unwrap_or(if called == "timeline" { WIDE } else { 0 });
    let request = PictureRequest {
        picture,
        query: asking.query.clone(),
        look: Look {
            theme: &PAGE,
            width: (width > 0).then(|| f64::from(width)),
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
    let here = asking.with(&["choose", "start"], &[]);
    let between = if here.contains('?') { '&' } else { '?' };
    for scene in &mut answer.data {
        answer.notes.others.extend(scene.left_out.clone());
        let of_nodes: std::collections::BTreeSet<String> = (scene.parts.iter())
            .filter(|part| !is_edge(part))
            .filter_map(|part| part.link.clone())
            .collect();
        // Where a box leads to the same record as the line to it, the keyboard need not stop at both.
        for part in &mut scene.parts {
            let is_double = is_edge(part)
                && part
                    .link
                    .as_ref()
                    .is_some_and(|link| of_nodes.contains(link));
            let link = part.link.take().filter(|_| !is_double);
            let id = link
                .as_deref()
                .and_then(|link| link.strip_prefix("/record/"));
            part.link = id.map(|id| format!("{here}{between}choose={id}#side"));
        }
    }
    let drawn: Vec<(bool, String)> = (answer.data.iter_mut())
        .map(|scene| (scene.width <= FITS, without_heading(scene)))
        .collect();
    let markup = html! {
        @for (fits, one) in &drawn {
            div.sheet.fit[*fits] tabindex="0" role="region" aria-label="Picture" { (PreEscaped(one)) }
        }
    };
    Ok((markup, answer.notes))
}

/// A picture as SVG, without the heading that the page has already.
fn without_heading(scene: &mut annals_draw::scene::Scene) -> String {
    let heading = scene.parts.iter().position(|part| part.id == "heading");
    let shapes = heading.map_or_else(Vec::new, |nth| scene.parts.remove(nth).shapes);
    let lowest = shapes.iter().filter_map(|shape| match shape {
        annals_draw::scene::Shape::Label(label) => Some(label.at.y),
        _ => None,
    });
    let top = lowest.fold(0.0, f64::max).floor();
    let svg = svg::element(scene, "picture-");
    let (width, height) = (scene.width, scene.height);
    let [old, new] = [[0.0, height], [top, height - top]].map(|[from, high]| {
        [
            format!("height=\"{}\"", short(high)),
            format!(
                "viewBox=\"0 {} {} {}\"",
                short(from),
                short(width),
                short(high)
            ),
        ]
    });
    let svg = svg.replacen(&old[1], &new[1], 1);
    svg.replacen(&old[0], &new[0], 1)
}

/// A number as the picture writes it.
fn short(number: f64) -> String {
    let number = (number * 100.0).round() / 100.0;
    format!("{number}")
}

fn is_edge(part: &annals_draw::scene::Part) -> bool {
    matches!(part.role, annals_draw::scene::Role::Edge { .. })
}

/// The width that the address asks for.
fn wide(asking: &Asking<'_>) -> Option<u32> {
    asking.request.one("width")?.parse().ok()
}

const TITLE: &str = "What happened and what was said";
const LEAD: &str = "What happened and was said";

pub(super) fn show(asking: &Asking<'_>) -> Made {
    if asking.asks_for_all() {
        let main = html! { (frame::heading(&html! { (TITLE) }, "", &[])) (frame::command(asking)) (super::overview::ways_in(asking)) };
        return Ok(Shown::wide(TITLE, Some(LEAD), main));
    }
    let asked = asking.request.one("view");
    if asked == Some("list") {
        return list_of(asking);
    }
    // A picture of very much shows nothing, and of a large snapshot would read all of it.
    let is_all = asking.options().is_empty() && asking.all_claims() > PROMISED;
    let rows = if asking.is_large() || is_all {
        None
    } else {
        let store = &asking.dossier.store;
        Some(store.timeline_page(&asking.query, None, BOXES)?)
    };
    let is_too_much = rows.as_ref().is_none_or(|(_, [all, _])| *all > BOXES);
    if asked.is_none() && is_too_much {
        return Err(Fault::Elsewhere(asking.with(&[], &[("view", "list")])));
    }
    let called = if asked == Some("ladder") {
        "ladder"
    } else {
        "timeline"
    };
    let (picture, notes) = drawn(asking, called, Vec::new(), 1)?;
    let count = match &rows {
        Some((rows, [all, _])) if rows.len() == *all => counts(rows),
        Some((_, [all, _])) => counted(*all, "thing", "things"),
        None => String::new(),
    };
    let main = html! {
        (frame::heading(&html! { (TITLE) }, &count, &views(asking)))
        (frame::command(asking))
        div.tools.of-picture {
            @if called == "timeline" { span.muted { "lanes by" } (lanes_of(asking)) }
            (tools(asking, called))
        }
        (question::later(asking))
        (frame::notes(&notes))
        (picture)
    };
    Ok(Shown {
        layout: "record",
        side: Some(side(asking)?),
        ..Shown::wide(TITLE, Some(LEAD), main)
    })
}

/// How many of each kind there are.
fn counts(rows: &[TimelineRow]) -> String {
    let kinds = [
        ("event", "event", "events"),
        ("claim", "claim", "claims"),
        ("relation", "tie", "ties"),
        ("document", "document", "documents"),
    ];
    let counts = kinds.iter().filter_map(|(kind, one, many)| {
        let count = rows.iter().filter(|row| row.kind == *kind).count();
        (count > 0).then(|| counted(count, one, many))
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// Nearer and farther, and the picture as a file. A ladder is as wide as it is.
fn tools(asking: &Asking<'_>, called: &str) -> Markup {
    let width = wide(asking).unwrap_or(WIDE);
    let other = |factor: u32| {
        let width = (width * factor / 100).clamp(600, 12_000);
        asking.with(&["width"], &[("width", &width.to_string())])
    };
    html! {
        span.end {
            @if called == "timeline" {
                a.press href=(other(150)) data-press="+" title="nearer" { kbd { "+" } span.hidden { " nearer" } } a.press href=(other(67)) data-press="-" title="farther" { kbd { "−" } span.hidden { " farther" } }
                span.small { "nearer, farther" }
            }
            span.small.moves { kbd { "←" } " " kbd { "→" } " along" }
            a.link.small href=(asking.twin("svg")) { "Save as SVG" }
        }
    }
}

/// The record that was chosen in the picture; before, what is open.
fn side(asking: &Asking<'_>) -> Result<Markup, Fault> {
    if let Some(id) = asking.request.one("choose") {
        return chosen::of_id(asking, id);
    }
    Ok(html! {
        h2.h { "Nothing is chosen" }
        p.muted { "A mark in the picture shows here what it rests on. " kbd { "Tab" } " goes to the marks, arrows from one to the next, " kbd { "Enter" } " chooses." }
        (open_promises(asking)?)
    })
}

/// Promises, offers and threats of the question that nothing has kept, broken or answered.
fn open_promises(asking: &Asking<'_>) -> Result<Markup, Fault> {
    if asking.all_claims() > PROMISED {
        return Ok(html! {});
    }
    let open = |state: PromiseState| matches!(state, PromiseState::Open | PromiseState::Overdue);
    let asked = PromisesAsked {
        state: vec![PromiseState::Open, PromiseState::Overdue],
        ..PromisesAsked::default()
    };
    let query = Query {
        act: ["promises", "offers", "threatens"]
            .map(str::to_owned)
            .to_vec(),
        ..asking.query.clone()
    };
    let found = asking.dossier.store.promises(&query, &asked)?;
    let rows: Vec<_> = found.iter().filter(|row| open(row.state)).collect();
    Ok(html! {
        @if !rows.is_empty() {
            h3 { "Open promises and threats " span.n { (rows.len()) } }
            ul.others {
                @for row in rows.iter().take(OPEN) {
                    li { a.link href=(request::record(&row.claim.id)) { (say(row.claim.quote.as_deref(), row.claim.content.as_deref())) } small.muted { (name(&row.claim.speaker())) ", " (row.claim.when()) @if let Some(due) = &row.due { " · due " (due.words()) } @if row.state == PromiseState::Overdue { " · overdue" } } }
                }
            }
            @if rows.len() > OPEN { p.small.muted { (counted(rows.len() - OPEN, "more", "more")) } }
        }
    })
}

fn views(asking: &Asking<'_>) -> Vec<(&'static str, String, bool)> {
    let own = asking.request.one("view").unwrap_or("lanes");
    let all = [("Lanes", "lanes"), ("Ladder", "ladder"), ("List", "list")];
    let all = all.into_iter().map(|(title, one)| {
        let without = ["view", "start", "choose", "lanes", "width"];
        (title, asking.with(&without, &[("view", one)]), own == one)
    });
    all.collect()
}

fn list_of(asking: &Asking<'_>) -> Made {
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
    let main = html! {
        (frame::heading(&html! { (TITLE) }, &counted(all, "thing", "things"), &views(asking)))
        (frame::command(asking))
        (question::later(asking))
        (frame::notes(&rows.notes))
        @if all == 0 { p.nothing { b { "Nothing is like that." } } }
        (rows_of(&rows))
        (frame::pager(asking, &paged))
    };
    Ok(Shown::wide(TITLE, Some(LEAD), main))
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
        nav.views aria-label="A lane for each" {
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
