//! `/record/ID`: everything about one record, as `annals show`.

mod lists;
mod own;
mod side;

use std::collections::BTreeMap;

use annals_store::rows::{PositionRow, Shown as Record};
use annals_store::{PositionFilter, Query, ReadAll, StoreError};
use maud::{Markup, html};

use lists::List;
use own::{Own, Stood};

use crate::asking::{Asking, Fault, Made, Shown};
use crate::request;
use crate::view::course::{Lane, course};
use crate::view::frame;
use crate::view::words::{counted, link, links, name, number, short, shown, shown_lines, sign};
use crate::view::{claim, panel, question};

/// How many positions are shown, and how many drawn.
const SHOWN: usize = 15;
const DRAWN: usize = 8;

/// The most claims about a thing of which those of others are drawn.
const TALKED_ABOUT: usize = 300;

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let is_large = asking.is_large();
    let shown = if asking.request.has("whole") {
        asking
            .store
            .show(asking.name())
            .map(|answer| (answer, true))
    } else {
        asking.store.show_near(asking.name(), !is_large)
    };
    let (answer, is_whole) = shown.map_err(|error| match error {
        StoreError::Name(error) => Fault::Missing(error.to_string()),
        other => other.into(),
    })?;
    let record = &answer.data;
    let lists = lists::lists(asking, record)?;
    let own = Own::of(asking, record, &lists)?;
    let stood = own
        .as_ref()
        .map_or(Ok(Stood::Nothing), |own| own.stood(asking))?;
    let main = html! {
        (head(asking, record, own.as_ref(), &stood))
        (frame::command(asking))
        (question::later(asking))
        (frame::notes(&answer.notes))
        @if !is_whole { p.small.muted { "Of a snapshot, only what is near was read. " a.link href=(asking.with(&[], &[("whole", "yes")])) { "Read all of it" } " for the dates that all facts narrow, and for contradictions; that takes a while." } }
        (body(asking, record, own.as_ref(), &stood, is_whole)?)
        @for list in &lists { (first_claims(asking, list)) }
        (as_written(record))
    };
    Ok(Shown {
        title: record.label.clone(),
        lead: Some("All about"),
        chips: Some(chips(record)),
        layout: "record",
        rail: None,
        main,
        side: Some(side::side(asking, record, own.as_ref(), &stood)),
    })
}

/// What is asked about, and the other pages that show it.
fn chips(record: &Record) -> Markup {
    let id = record.id.as_str();
    let option = match record.kind {
        "actor" => Some("by"),
        "topic" | "place" => Some("about"),
        "event" => Some("at"),
        "document" => Some("in"),
        _ => None,
    };
    let in_time = if record.kind == "actor" {
        "by"
    } else {
        "about"
    };
    html! {
        span.chip { span.muted { (record.kind) } span { (name(&short(&record.label, 60))) } }
        @if let Some(option) = option { a.chip href=(request::address("/claims", [(option, id)])) { span.muted { "show as" } "claims" } }
        @if matches!(record.kind, "actor" | "topic" | "event" | "place") { a.chip href=(request::address("/timeline", [(in_time, id)])) { span.muted { "on the" } "timeline" } }
        @if record.kind != "relation" && record.kind != "order" { a.chip href=(request::address("/graph", [("around", id)])) { span.muted { "in the" } "graph" } }
    }
}

fn head(asking: &Asking<'_>, record: &Record, own: Option<&Own<'_>>, stood: &Stood) -> Markup {
    let kind = record.fields.get("kind").and_then(|kind| kind.as_str());
    let is_actor = record.kind == "actor";
    html! {
        div.who1 {
            div class={ "card1 " (record.kind) } {
                h1 { @if record.kind == "claim" && record.fields.contains_key("quote") { "“" (name(&record.label)) "”" } @else { (name(&record.label)) } }
                p {
                    @if let Some(kind) = kind.filter(|kind| *kind != record.kind) { (shown(kind)) } @else { (record.kind) }
                    @if is_actor { @for office in side::offices(asking, record) { " · " (office) } }
                    @else if let Some(when) = &record.when { " · " (when.words()) }
                }
            }
            div {
                @if let Some(retracted) = &record.retracted { p.back { "Taken back " (retracted.on.words()) @if let Some(reason) = &retracted.reason { ": " (name(reason)) } } }
                @if let Some(days) = record.narrowed.filter(|days| !record.since_birth && !says_it(record, *days)) { p { (window(days)) } }
                @if let Some(day) = record.reported { p.muted { "reported " (day.words()) } }
                @if let Some(own) = own { (size(own)) }
                @if let Stood::Found(_) = stood { (turns(stood.rows(), is_actor)) }
                (web(record))
                p.small.muted {
                    @if let Some(also) = record.fields.get("aliases").map(crate::forms::words_of_value) { "also " @for (nth, one) in also.iter().enumerate() { @if nth > 0 { ", " } (name(one)) } " · " }
                    @if let Some(life) = record.when.as_ref().filter(|_| is_actor) { "lifespan " (life.words()) " · " }
                    (shown(&record.id)) " · " (shown(&record.source.file)) ", line " (record.source.line)
                }
            }
        }
    }
}

/// How often somebody changed position, or who did on a thing; and whether it contradicts itself.
fn turns(rows: &[PositionRow], is_actor: bool) -> Markup {
    let things = rows.iter().filter(|row| !row.changes.is_empty()).count();
    let changes: usize = rows.iter().map(|row| row.changes.len()).sum();
    let broken = rows
        .iter()
        .filter(|row| !row.contradictions.is_empty())
        .count();
    let times = match changes {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        many => format!("{many} times"),
    };
    let of = if is_actor {
        ["thing", "things"]
    } else {
        ["speaker", "speakers"]
    };
    html! {
        @if !rows.is_empty() {
            p {
                @if things == 0 { "No change of position. " }
                @else if is_actor { "Changed position on " b { @if things == 1 { "one thing" } @else { (counted(things, of[0], of[1])) } } ", " (times) ". " }
                @else { b { (counted(things, of[0], of[1])) } " changed position, " (times) ". " }
                @if broken == 0 { "No contradiction within." } @else if is_actor { b { "Contradicts themselves on " (counted(broken, "thing", "things")) "." } } @else { b { (counted(broken, "speaker contradicts themselves", "speakers contradict themselves")) "." } }
            }
        }
    }
}

/// How much there is of it, and from when to when.
fn size(own: &Own<'_>) -> Markup {
    let texts = own.documents.as_ref().map(Vec::len);
    let (first, last) = own.days();
    html! {
        p { (counted(own.list.claims.all, "claim", "claims")) @if let Some(texts) = texts { " in " (counted(texts, "text", "texts")) } @match (first, last) { (Some(first), Some(last)) if first == last => { ", " (first.words()) }, (Some(first), Some(last)) => { ", " (first.words()) " to " (last.words()) }, _ => {} } }
    }
}

/// Where a document can be read: a link only to the web, with its host spelled out.
fn web(record: &Record) -> Markup {
    let Some(url) = record.fields.get("url").and_then(|url| url.as_str()) else {
        return html! {};
    };
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let Some(rest) = rest else {
        return html! { p.small { "at " (name(url)) } };
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    html! {
        p.small { "at " a.link href=(url) rel="noopener noreferrer" target="_blank" { (name(host)) } span.muted { " (leads out to the web)" } }
    }
}

/// Whether the date of a record says itself what all facts leave of it.
fn says_it(record: &Record, days: annals_store::rows::NarrowedRow) -> bool {
    let own = record.when.as_ref();
    own.is_some_and(|own| (own.first(), own.last()) == (days.first, days.last))
}

fn window(days: annals_store::rows::NarrowedRow) -> String {
    match (days.first, days.last) {
        (Some(first), Some(last)) if first == last => format!("By all facts on {}", first.words()),
        (Some(first), Some(last)) => {
            format!("By all facts from {} to {}", first.words(), last.words())
        }
        (Some(first), None) => format!("By all facts not before {}", first.words()),
        (None, Some(last)) => format!("By all facts not after {}", last.words()),
        (None, None) => String::new(),
    }
}

fn body(
    asking: &Asking<'_>,
    record: &Record,
    own: Option<&Own<'_>>,
    stood: &Stood,
    is_whole: bool,
) -> Result<Markup, Fault> {
    Ok(match record.kind {
        "claim" => html! {
            @if let (Some(_), Some(content)) = (record.fields.get("quote"), record.fields.get("content").and_then(|one| one.as_str())) { p.content { i { (name(content)) } } }
            (stands(record))
            (panel::edges(asking, record))
        },
        "actor" | "topic" | "place" => {
            html! { @if let Some(own) = own { (positions(asking, own, stood)?) } }
        }
        "document" => {
            html! { p { a.btn href=(request::named("texts", &record.id)) { "Its text" } } }
        }
        _ => html! { (stands(record)) @if is_whole { (why(asking, record)?) } },
    })
}

/// The passages, with a heading.
fn stands(record: &Record) -> Markup {
    html! { section.sect { h2 { "Where it stands" } @if record.passages.is_empty() { p.muted { "It names no document." } } (panel::passages(&record.passages)) } }
}

/// The first claims of a list, and the way to all of them.
fn first_claims(asking: &Asking<'_>, list: &List) -> Markup {
    let found = &list.claims;
    if found.all == 0 {
        return html! {};
    }
    let all = request::address("/claims", [(list.option, asking.name())]);
    html! {
        section.sect {
            h2 { (list.heading) span { a.link href=(all) { (counted(found.all, "claim", "claims")) } } }
            (claim::list(&found.rows, &found.offices(), None, None))
            @if found.all > found.rows.len() { p { a.btn href=(all) { "All " (number(found.all)) } } }
        }
    }
}

/// Where somebody stood, or where all stood toward something, and when that changed.
fn positions(asking: &Asking<'_>, own: &Own<'_>, stood: &Stood) -> Result<Markup, Fault> {
    let found = match stood {
        Stood::Nothing => return Ok(html! {}),
        Stood::Elsewhere => return Ok(elsewhere(asking, own)),
        Stood::Found(found) => found,
    };
    if found.rows.is_empty() {
        return Ok(html! {});
    }
    let is_speaker = own.list.option == "by";
    let changed: Vec<&PositionRow> = found
        .rows
        .iter()
        .filter(|row| !row.changes.is_empty())
        .collect();
    let others = opposite(asking, &found.rows, is_speaker)?;
    let drawn = most_telling(&found.rows);
    let lanes = drawn.iter().map(|row| {
        let of_thing = others.get(&row.toward.id).into_iter().flatten();
        let is_opposite =
            |other: &&PositionRow| row.opposed_by.iter().any(|one| one.id == other.speaker.id);
        Lane {
            title: if is_speaker {
                &row.toward.name
            } else {
                &row.speaker.name
            },
            own: row,
            others: of_thing.filter(is_opposite).collect(),
        }
    });
    let lanes: Vec<Lane<'_>> = lanes.collect();
    let label = "Positions over time: own words large, those of who stands opposite small; a line joins two claims and says nothing of the days between";
    let picture = course(&lanes, label);
    let has_picture = !picture.0.is_empty();
    let left = found.rows.len() - drawn.len();
    let all = all_positions(asking, own);
    Ok(html! {
        section.sect {
            link rel="stylesheet" href=(crate::assets::COURSE_STYLE.path());
            h2 { "Positions" span { (counted(found.rows.len(), "position", "positions")) @if !changed.is_empty() { ", " (counted(changed.len(), "of them changed", "of them changed")) } } }
            (picture)
            ul.poslist.course-list[has_picture] {
                @for row in found.rows.iter().take(SHOWN) {
                    li {
                        b { @if is_speaker { (link(&row.toward)) } @else { (link(&row.speaker)) } }
                        span.signs {
                            @for (nth, taken) in row.history.iter().enumerate() {
                                @if nth > 0 { span.muted aria-hidden="true" { "→" } }
                                a href=(request::record(&taken.claim)) { (sign(taken.value)) span.hidden { (taken.value.map_or("withdrawn", |value| crate::view::words::of_stance(value).2.trim_end_matches(" on"))) " " } @if let Some(said) = &taken.said { (said.words()) } }
                            }
                        }
                        @if !row.opposed_by.is_empty() { small.muted { "opposite: " (links(&row.opposed_by)) } }
                    }
                }
            }
            @if has_picture { p.small.muted { "Own words large" @if is_speaker { ", those of who stands opposite small" } "; a line joins two claims and says nothing of the days between." @if left > 0 { " " (counted(left, "more position", "more positions")) ": " a.link href=(all) { "all of them" } } } }
            @if !has_picture && found.rows.len() > SHOWN { p.small.muted { (counted(found.rows.len() - SHOWN, "more position", "more positions")) ": " a.link href=(all) { "all of them" } } }
        }
        @if !changed.is_empty() {
            section.sect {
                h2 { "What changed" }
                @for row in changed.iter().take(5) {
                    h3 { @if is_speaker { (link(&row.toward)) } @else { (link(&row.speaker)) } }
                    (super::positions::history(row, found))
                }
            }
        }
    })
}

/// The positions that are drawn: those that changed most, then those of most claims, in the order of the list.
fn most_telling(rows: &[PositionRow]) -> Vec<&PositionRow> {
    let mut places: Vec<usize> = (0..rows.len()).collect();
    places.sort_by_key(|nth| {
        let row = &rows[*nth];
        std::cmp::Reverse((row.changes.len(), row.history.len()))
    });
    places.truncate(DRAWN);
    places.sort_unstable();
    places.into_iter().map(|nth| &rows[nth]).collect()
}

/// Where all stood on the things on which a speaker did, by thing: of those that are not very much talked
/// about.
fn opposite(
    asking: &Asking<'_>,
    rows: &[PositionRow],
    is_speaker: bool,
) -> Result<BTreeMap<String, Vec<PositionRow>>, Fault> {
    let mut found = BTreeMap::new();
    if !is_speaker {
        return Ok(found);
    }
    for row in most_telling(rows) {
        let query = Query::new().about(&row.toward.id);
        if row.opposed_by.is_empty()
            || asking.store.few_claims(&query, None, 0, ReadAll::NONE)?.all > TALKED_ABOUT
        {
            continue;
        }
        let filter = PositionFilter::default();
        let all = asking.store.positions(&query, filter, false)?;
        found.insert(row.toward.id.clone(), all.data.rows);
    }
    Ok(found)
}

fn all_positions(asking: &Asking<'_>, own: &Own<'_>) -> String {
    request::address("/positions", [(own.list.option, asking.name())])
}

/// The way to positions that are too many for the page.
fn elsewhere(asking: &Asking<'_>, own: &Own<'_>) -> Markup {
    let all = all_positions(asking, own);
    html! { section.sect { h2 { "Positions" } p { a.link href=(all) { "Who stands where" } ", among very many claims" } } }
}

/// The bounds of a date, each with the facts behind it.
fn why(asking: &Asking<'_>, record: &Record) -> Result<Markup, Fault> {
    if record.kind == "order" || record.kind == "place" || record.kind == "topic" {
        return Ok(html! {});
    }
    let why = asking.store.why(&record.id)?;
    let bounds: Vec<_> = why
        .bounds
        .iter()
        .filter(|bound| bound.day.is_some() && !bound.because.is_empty())
        .collect();
    Ok(html! {
        @if !bounds.is_empty() {
            section.sect {
                h2 { "When, by all facts" }
                @for bound in bounds {
                    h3 { (if bound.point == "start" { "Begins" } else { "Ends" }) " " (if bound.side == "first" { "not before" } else { "not after" }) " " (bound.day.map_or_else(String::new, annals_time::Day::words)) }
                    ul.because { @for fact in &bound.because { li { span { (name(&fact.words)) " " a.link.small href=(request::record(&fact.id)) { (shown(&fact.source.file)) ":" (fact.source.line) } } } } }
                }
            }
        }
    })
}

/// The fields, as the format writes them.
fn as_written(record: &Record) -> Markup {
    let mut text = String::new();
    for (field, value) in &record.fields {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        text.push_str(&format!("{field}: {value}\n"));
    }
    html! {
        section.sect {
            h2 { "The record" span { (shown(&record.source.file)) ", line " (record.source.line) } }
            pre.yaml tabindex="0" { (shown_lines(&text)) }
        }
    }
}
