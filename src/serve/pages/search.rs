//! `/search`: names, claims, events and places in texts, as `annals find`.

use annals_store::rows::FoundRow;
use maud::{Markup, html};

use crate::asking::{Asking, Made, Shown};
use crate::request;
use crate::view::frame::{self, Paged, ROWS};
use crate::view::words::{counted, marked, name, short, shown};

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let words = asking.request.one("words").unwrap_or_default().trim();
    if words.is_empty() {
        let main = html! { (frame::heading(&html! { "Search" }, "", &[])) (form(asking)) p.muted { "Words that must all occur, in names, claims, events and texts; case and accents do not matter." } };
        return Ok(Shown::wide("Search", None, main));
    }
    let found = asking.dossier.store.find(words, &asking.query)?;
    let first = asking
        .request
        .one("start")
        .and_then(|start| start.parse::<usize>().ok())
        .unwrap_or(0)
        .min(found.len());
    let last = found.len().min(first + ROWS);
    let rows = found.rows(first..last);
    let next = (last < found.len()).then(|| last.to_string());
    let paged = Paged {
        first,
        shown: rows.len(),
        all: found.len(),
        next,
    };
    let date = annals_time::Date::parse(words).ok();
    let main = html! {
        (frame::heading(&html! { "“" (name(words)) "”" }, &counted(found.len(), "place", "places"), &[]))
        (frame::command(asking))
        (form(asking))
        (frame::notes(&found.notes))
        @if let Some(date) = &date { p { a.link href=(request::address("/timeline", [("from", words), ("until", words)])) { "What happened and was said " (date.words()) } } }
        @if first == 0 { p { a.link href=(request::address("/claims", [("text", words)])) { "The claims with these words" } } }
        @if rows.is_empty() { p.nothing { b { "Nothing has these words." } } }
        @for group in rows.chunk_by(|a, b| group(a) == group(b)) {
            @if let Some(row) = group.first() { section.hits { h2 { (title(row)) } ul { @for row in group { (one(row, words)) } } } }
        }
        (frame::pager(asking, &paged))
    };
    Ok(Shown::wide("Search", Some("Where it says"), main))
}

fn form(asking: &Asking<'_>) -> Markup {
    html! {
        form.tools role="search" aria-label="Words" action="/search" method="get" {
            input.words name="words" aria-label="Words" value=[asking.request.one("words")] maxlength="400" autocomplete="off";
            button.btn.go { "Search" }
        }
    }
}

/// Names by their kind; all else in the order of the texts.
fn group(row: &FoundRow) -> &str {
    match row.kind {
        "claim" | "text" => "words",
        "event" if row.document.is_some() => "words",
        kind => kind,
    }
}

fn title(row: &FoundRow) -> &'static str {
    match group(row) {
        "actor" => "Actors",
        "topic" => "Topics",
        "place" => "Places",
        "event" => "Events",
        "document" => "Documents",
        _ => "Claims, events and texts, in the order of the texts",
    }
}

fn one(row: &FoundRow, _words: &str) -> Markup {
    let address = match (row.kind, row.line) {
        ("text", Some(line)) => format!(
            "{}?part={line}#line-{line}",
            request::named("texts", &row.id)
        ),
        ("text", None) => request::named("texts", &row.id),
        _ => request::record(&row.id),
    };
    html! {
        li.hit {
            p.say { a href=(address) { (marked(&row.sentence, &row.marks)) } }
            p.meta {
                span { @match row.kind { "text" if row.claims.is_empty() => { "in the text, in no claim" } "text" => { "in the text" } kind => { (kind) } } }
                @if row.kind == "claim" || row.kind == "event" { span { (name(&short(&row.name, 80))) } }
                @if let Some(document) = &row.document { span { a href=(request::named("texts", &document.id)) { (name(&document.name)) } @if let Some(line) = row.line { ", line " (line) } } }
                @for claim in &row.claims { span { a.link href=(request::record(claim)) { (shown(claim)) } } }
                @if !row.certain { b.possibly { "possibly" } }
                @if let Some(retracted) = &row.retracted { b.back { "taken back " (retracted.on.words()) } }
            }
        }
    }
}
