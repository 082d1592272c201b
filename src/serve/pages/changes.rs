//! `/changes`: what came to be known between two days, as `annals changes`.

use annals_store::rows::{ChangeKind, Known, KnownRow, stance_words};
use annals_time::Day;
use maud::{Markup, html};

use super::timeline::page_of;
use crate::asking::{Asking, Made, Shown};
use crate::request;
use crate::view::frame;
use crate::view::question;
use crate::view::words::{counted, link, name, shown};

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let query = &asking.query;
    let Some(from) = &query.window.from else {
        let main = html! { (frame::heading(&html! { "What came to be known" }, "", &[])) (form(asking)) (stops(asking)) };
        return Ok(Shown::wide("What came to be known", None, main));
    };
    // The window says between which days things came to be known, not when they were.
    let asked = annals_store::Query {
        window: annals_time::Window::default(),
        ..query.clone()
    };
    let rows = asking
        .dossier
        .store
        .changes(&asked, from, query.window.until.as_ref())?;
    let (shown, paged) = page_of(&rows, asking.request.one("start"), |row| row.id.as_str());
    let main = html! {
        (frame::heading(&html! { "What came to be known" }, &counted(rows.len(), "change", "changes"), &[]))
        (frame::command(asking))
        (form(asking))
        (frame::notes(&rows.notes))
        @if rows.is_empty() { p.nothing { b { "Nothing came to be known." } } }
        @for group in shown.chunk_by(|a, b| a.day == b.day) {
            section.dayof {
                div.day { h2 { (group.first().and_then(|row| row.day).map_or_else(|| "on an unknown day".to_owned(), Day::words)) } span.n.small.muted { (counted(group.len(), "change", "changes")) } }
                @for row in group { (one(row)) }
            }
        }
        (frame::pager(asking, &paged))
    };
    Ok(Shown::wide(
        "What came to be known",
        Some("What came to be known"),
        main,
    ))
}

fn form(asking: &Asking<'_>) -> Markup {
    html! {
        form.tools action="/changes" method="get" {
            (question::hidden(asking, &["from", "until", "start"]))
            label for="changes-from" { "from" }
            input id="changes-from" name="from" value=[asking.request.one("from")] placeholder="2021-10-02" autocomplete="off" required;
            label for="changes-until" { "until" }
            input id="changes-until" name="until" value=[asking.request.one("until")] placeholder="the last day" autocomplete="off";
            button.btn.go { "Show" }
        }
    }
}

/// The days on which something came to be known, to choose from.
fn stops(asking: &Asking<'_>) -> Markup {
    let days = asking.dossier.days();
    html! {
        @if !days.is_empty() {
            p.muted { "On these days a document came out, or a record was entered or taken back:" }
            ul.others { @for day in days.iter().rev().take(50) { li { a.link href=(request::address("/changes", [("from", day.to_string().as_str())])) { "from " (day.words()) " on" } } } }
        }
    }
}

fn one(row: &KnownRow) -> Markup {
    let (before, after) = (known(row.before.as_ref()), known(row.after.as_ref()));
    html! {
        article.row.change {
            div.when { (row.kind.word()) @if !row.certain { " " b.possibly { "possibly" } } }
            div {
                p.say { a href=(request::record(&row.id)) { (name(&row.label)) } }
                p.meta {
                    @if !before.is_empty() || !after.is_empty() { span { (shown(&before)) @if !before.is_empty() && !after.is_empty() { " → " } (shown(&after)) } }
                    @if row.kind == ChangeKind::Contradiction && let Some(Known::Claims(claims)) = &row.after { span { @for id in claims { a.link href=(request::record(id)) { (shown(id)) } " " } } }
                }
            }
            div.src { @if let Some(because) = row.because.as_ref().filter(|because| because.id != row.id) { (link(because)) } }
        }
    }
}

/// What was known, in words.
fn known(known: Option<&Known>) -> String {
    let days = |days: [Option<Day>; 2]| match days {
        [Some(first), Some(last)] if first == last => first.words(),
        [Some(first), Some(last)] => format!("{} to {}", first.words(), last.words()),
        [Some(first), None] => format!("from {}", first.words()),
        [None, Some(last)] => format!("by {}", last.words()),
        [None, None] => "unknown".to_owned(),
    };
    match known {
        Some(Known::Position { value, .. }) => stance_words(*value).to_owned(),
        Some(Known::Dates { start, end }) if start == end => days(*start),
        Some(Known::Dates { start, end }) => {
            format!("began {}, ended {}", days(*start), days(*end))
        }
        Some(Known::Claims(_)) | None => String::new(),
    }
}
