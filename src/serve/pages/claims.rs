//! `/claims`: who said what, as `annals said`.

use std::collections::BTreeMap;

use annals_store::rows::SaidRow;
use annals_store::{ClaimsPage, Dimension, ReadAll};
use maud::{Markup, html};

use crate::asking::{Asking, Fault, Made, Shown};
use crate::request::Request;
use crate::view::frame::{self, MOST_ROWS, Paged, ROWS};
use crate::view::words::{counted, name, number, say, speaker};
use crate::view::{claim, facets, panel, question, strip};

/// The command: as a document, it is that of the brief.
pub(super) fn words(_: &Request) -> &'static [&'static str] {
    &["said"]
}

/// How many bytes of a page its list, the strip, the facets and the panel may have; the frame takes the rest
/// of 80 KB.
const PAGE: usize = 68 * 1024;

/// How many bytes the heading of a day has, and how many rows are shown however long they are.
const HEADING: usize = 220;
const LEAST: usize = 8;

pub(super) fn show(asking: &Asking<'_>) -> Made {
    if asking.asks_for_all() {
        let main = html! { (frame::heading(&html! { "Who said what" }, "", &[])) (frame::command(asking)) (super::overview::ways_in(asking)) };
        return Ok(Shown::wide("Who said what", Some("What was said"), main));
    }
    let view = asking.request.one("view").unwrap_or("list");
    let store = &asking.dossier.store;
    // Counting what can be narrowed takes all of the claims; of very many it comes after the page.
    let counts = asking.request.has("counts");
    let whole = if asking.is_large() && !counts {
        facets::READ
    } else {
        ReadAll::ANY
    };
    let start = asking.request.one("start");
    let most = if asking.is_large() { ROWS } else { MOST_ROWS };
    let mut found = store.claims_page(&asking.query, start, most, whole)?;
    let all = found.all;
    let is_late = !counts && is_late(asking, &found)?;
    let views = [("List", "list"), ("Table", "table")].map(|(title, one)| {
        let shown = (one != "list").then_some(("view", one));
        let address = asking.with(&["view"], shown.as_slice());
        (title, address, view == one)
    });
    let document = ("Document", asking.same_on("/document"), false);
    let views: Vec<_> = views.into_iter().chain([document]).collect();
    let speakers = match &found.claims {
        Some(claims) if all > 1 && all <= facets::LATE && asking.query.limit.is_none() => {
            crate::site::counted(&claims.count(&[Dimension::Speaker])?).len()
        }
        _ => 0,
    };
    let mut count = counted(all, "claim", "claims");
    if speakers > 0 {
        count = format!("{count} by {}", counted(speakers, "speaker", "speakers"));
    }
    let strip = strip(asking, &found, is_late)?;
    let rail = match found.claims.as_ref().filter(|_| !is_late) {
        Some(claims) => html! { div id="facets" { (facets::all(asking, claims)?) } },
        None => later(asking, all),
    };
    let chosen = asking.request.one("choose");
    let chosen = found
        .rows
        .iter()
        .find(|row| chosen == Some(row.id.as_str()));
    let side = match chosen {
        Some(row) => panel::claim(asking, row, Some(&record(asking, &row.id)?))?,
        None => {
            html! { h2.h { "Nothing is chosen" } p.muted { "The words of a claim lead to its passage, its sentence and what speaks against it. " kbd { "j" } " and " kbd { "k" } " go from one to the next." } }
        }
    };
    let chosen = chosen.map(|row| row.id.clone());
    let room = PAGE.saturating_sub(strip.0.len() + rail.0.len() + side.0.len());
    let offices = found.offices();
    let fitting = fitting(asking, &found.rows, &offices, room);
    found.data.rows.truncate(fitting);
    let (rows, paged) = (&found.rows, paged(&found));
    let main = html! {
        (frame::heading(&html! { "Who said what" }, &count, &views))
        (frame::command(asking))
        (question::later(asking))
        (frame::notes(&found.notes))
        (strip)
        @if view == "table" { (table(rows)) } @else {
            (claim::list(rows, &offices, chosen.as_deref(), Some(&|id| choose(asking, id))))
        }
        @if all == 0 { (nothing(asking)) }
        (frame::pager(asking, &paged))
    };
    Ok(Shown {
        title: "Who said what".to_owned(),
        lead: Some("What was said"),
        chips: None,
        layout: "page",
        rail: Some(rail),
        main,
        side: Some(side),
    })
}

/// Whether what claims can be narrowed by is counted after the page.
fn is_late(asking: &Asking<'_>, found: &ClaimsPage) -> Result<bool, Fault> {
    Ok(found.claims.is_none()
        || found.all > facets::LATE
        || asking.is_large() && !facets::are_read(asking)?)
}

/// The strip of days, which comes after the page where not all of the days are known.
fn strip(asking: &Asking<'_>, found: &ClaimsPage, is_late: bool) -> Result<Markup, Fault> {
    if is_late && found.days.is_none() {
        return Ok(html! { div id="strip" data-later=(counted_page(asking)) {} });
    }
    Ok(html! { div id="strip" { (strip::strip(asking, found)?) } })
}

/// How many of some rows fit into so many bytes of a page, and at least the first few.
fn fitting(
    asking: &Asking<'_>,
    rows: &[SaidRow],
    offices: &BTreeMap<String, String>,
    room: usize,
) -> usize {
    let sizes = rows.iter().map(|row| {
        let choose = choose(asking, &row.id);
        claim::one(
            row,
            offices.get(&row.id).map(String::as_str),
            false,
            Some(&choose),
        )
        .0
        .len()
            + HEADING
    });
    let sums = sizes.scan(0, |sum, size| {
        *sum += size;
        Some(*sum)
    });
    sums.take_while(|sum| *sum <= room).count().max(LEAST)
}

/// Where the same page has all that is counted.
fn counted_page(asking: &Asking<'_>) -> String {
    asking.with(&[], &[("counts", "yes")])
}

/// Facets that are counted after the page: a script asks for them.
fn later(asking: &Asking<'_>, all: usize) -> Markup {
    let address = counted_page(asking);
    html! {
        div id="facets" data-later=(address) {
            p.small.muted { "There are " (number(all)) " claims. By speaker, topic and document they are counted after the page: " a.link href=(address) { "count them" } ", or ask for less." }
        }
    }
}

/// Where a claim is the chosen one.
pub(super) fn choose(asking: &Asking<'_>, id: &str) -> String {
    format!(
        "{}#{}",
        asking.with(&["choose"], &[("choose", id)]),
        claim::anchor(id)
    )
}

/// What the row of a claim does not say: the sentences of its passages, and its edges.
fn record(asking: &Asking<'_>, id: &str) -> Result<annals_store::rows::Shown, Fault> {
    Ok(asking.store.show_near(id, true)?.0.data)
}

/// Which rows of the list are shown; the next ones follow the last.
fn paged(page: &ClaimsPage) -> Paged {
    let last = page.first + page.rows.len();
    let next = page.rows.last().filter(|_| last < page.all);
    Paged {
        first: page.first,
        shown: page.rows.len(),
        all: page.all,
        next: next.map(|row| row.id.clone()),
    }
}

fn nothing(asking: &Asking<'_>) -> Markup {
    let options = asking.options();
    html! {
        div.nothing {
            p { b { "No claim is like that." } }
            @if !options.is_empty() {
                ul {
                    @for (option, value) in &options {
                        li { a.link href=(asking.with(&[option, "start", "choose"], &[])) { "Without " (option) @if !value.is_empty() { " " (name(value)) } } }
                    }
                }
            }
        }
    }
}

/// A table, for comparing.
fn table(rows: &[SaidRow]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Claims as a table" {
            table.rows {
                thead { tr { th scope="col" { "Said" } th scope="col" { "Who" } th scope="col" { "To" } th scope="col" { "Words" } th scope="col" { "Stands" } th scope="col" { "Does" } th scope="col" { "Document" } th scope="col" { "Quote" } } }
                tbody {
                    @for row in rows {
                        tr id=(claim::anchor(&row.id)) {
                            td { (row.when()) }
                            td { (speaker(row)) }
                            td { (crate::view::words::links(&row.to)) }
                            td { a href=(crate::request::record(&row.id)) { (say(row.quote.as_deref(), row.content.as_deref())) } }
                            td { @for stance in &row.stance { div.st { (crate::view::words::sign(Some(stance.value))) " " (crate::view::words::of_stance(stance.value).2) " " (crate::view::words::link(&stance.toward)) } } }
                            td { (row.act.as_deref().unwrap_or_default()) }
                            td { @for one in &row.evidence { @if let Some(document) = &one.document { div { (crate::view::words::link(document)) } } } }
                            td { @for one in &row.evidence { div { (crate::view::words::verified(one)) } } }
                        }
                    }
                }
            }
        }
    }
}
