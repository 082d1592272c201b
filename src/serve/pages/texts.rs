//! `/texts`: the documents, and how much rests on the text of each.

use annals_store::rows::DocumentRow;
use maud::{Markup, html};

use crate::asking::{Asking, Made, Shown};
use crate::request;
use crate::view::frame;
use crate::view::question;
use crate::view::words::{counted, links, name, number, shown};

/// How many documents are listed at a time.
const LISTED: usize = 250;

pub(super) fn show(asking: &Asking<'_>) -> Made {
    if asking.asks_for_all() {
        let main = html! { (frame::heading(&html! { "Texts" }, "", &[])) (frame::command(asking)) (super::overview::ways_in(asking)) };
        return Ok(Shown::wide("Texts", Some("Texts"), main));
    }
    let answer = asking.store.documents()?;
    let rows = &answer.data;
    let main = html! {
        (frame::heading(&html! { "Texts" }, &counted(rows.len(), "document", "documents"), &[]))
        (crate::forms::ways_in(asking))
        (question::later(asking))
        (frame::notes(&answer.notes))
        @if rows.is_empty() { p.nothing { b { "There are no documents." } } } @else {
            div.scroll tabindex="0" role="region" aria-label="Documents" {
                table.rows {
                    thead { tr { th scope="col" { "Title" } th scope="col" { "Published" } th scope="col" { "Rests on" } th scope="col" { "Words" } th scope="col" { "Claims" } th scope="col" { "Events" } th scope="col" { "In no record" } th scope="col" { "Text" } } }
                    tbody { @for row in rows.iter().take(LISTED) { (one(row)) } }
                }
            }
            @if rows.len() > LISTED { p.small.muted { (counted(rows.len() - LISTED, "more document", "more documents")) ": search for them by name." } }
        }
    };
    Ok(Shown::wide("Texts", Some("Texts"), main))
}

fn one(row: &DocumentRow) -> Markup {
    html! {
        tr {
            th scope="row" { a.link href=(request::named("texts", &row.document.id)) { (name(&row.document.name)) } @if let Some(kind) = &row.kind { small.muted { (shown(kind)) @if let Some(publisher) = &row.publisher { ", " (name(publisher)) } } } }
            td { @if let Some(published) = &row.published { (published.words()) } }
            td { (links(&row.based_on)) @if !row.corrects.is_empty() { small { "corrects " (links(&row.corrects)) } } }
            td.num { @if let Some(text) = row.text { (number(text.words)) } }
            td.num { a href=(request::address("/claims", [("in", row.document.id.as_str())])) { (number(row.claims)) } }
            td.num { (number(row.events)) }
            td.num { @if let Some(text) = row.text.filter(|text| text.length[0] > 0) { (u64::from(text.length[1]) * 100 / u64::from(text.length[0])) " %" } }
            td { (state(row)) }
        }
    }
}

/// Whether the text is there, and as it was.
pub(super) fn state(row: &DocumentRow) -> Markup {
    html! {
        @match row.text {
            None => { span.muted { "not there" @if let Some(path) = &row.path { ": " (shown(path)) } } },
            Some(text) => { @match text.unchanged { Some(true) => { "unchanged" } Some(false) => { b.back { "changed since" } } None => { "there" span.muted { ", no sum" } } } },
        }
    }
}
