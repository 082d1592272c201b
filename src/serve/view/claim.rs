//! Claims in a list, under the headings of their days.

use std::collections::BTreeMap;

use annals_store::rows::SaidRow;
use maud::{Markup, html};

use super::words::{name, names, of_stance, say, short, shown, sign, speaker, verified};
use crate::request;

/// A heading and the rows below it.
struct Group<'r> {
    day: String,
    /// The event at which all of them were said.
    at: Option<&'r annals_store::rows::Ref>,
    rows: &'r [SaidRow],
}

fn groups(rows: &[SaidRow]) -> Vec<Group<'_>> {
    let grouped = rows.chunk_by(|a, b| a.when() == b.when());
    let mut all = Vec::new();
    for rows in grouped {
        if let Some((first, _)) = rows.split_first() {
            let at = first.at.as_ref();
            let same = rows.iter().all(|row| row.at.as_ref() == at);
            all.push(Group {
                day: first.when(),
                at: at.filter(|_| same),
                rows,
            });
        }
    }
    all
}

/// Claims in days. `choose` gives the address at which a claim is the chosen one; without it the words of
/// a claim lead to its record, and the list may stand beside others that have the same claims. `offices` says
/// what speakers were, by the id of the claim.
pub(crate) fn list(
    rows: &[SaidRow],
    offices: &BTreeMap<String, String>,
    chosen: Option<&str>,
    choose: Option<&dyn Fn(&str) -> String>,
) -> Markup {
    html! {
        @for group in groups(rows) {
            section.dayof {
                div.day {
                    h2 { (shown(&group.day)) }
                    @if let Some(at) = group.at { span.at { span.dia aria-hidden="true" {} a href=(request::record(&at.id)) { (name(&at.name)) } } }
                    span.n.small.muted { (super::words::counted(group.rows.len(), "claim", "claims")) }
                }
                @for row in group.rows { (one(row, offices.get(&row.id).map(String::as_str), chosen == Some(row.id.as_str()), choose.map(|choose| choose(&row.id)).as_deref())) }
            }
        }
    }
}

/// What a claim is called for those who hear it.
fn label(row: &SaidRow) -> String {
    shown(&format!("{}, {}", row.speaker(), row.when()))
}

/// A claim as a row.
pub(crate) fn one(
    row: &SaidRow,
    office: Option<&str>,
    is_chosen: bool,
    choose: Option<&str>,
) -> Markup {
    let record = request::record(&row.id);
    html! {
        article.row id=[choose.map(|_| anchor(&row.id))] aria-label=(label(row)) aria-current=[is_chosen.then_some("true")] {
            div.who {
                (speaker(row))
                @if let Some(office) = office { small { (name(&short(office, 60))) } }
                @if !row.to.is_empty() { small { span aria-hidden="true" { "→ " } span.hidden { "to " } (names(&row.to)) } }
                @for via in &row.via { small { "through " (name(&via.name)) } }
            }
            div {
                p.say { a.choose[choose.is_some()] href=(choose.unwrap_or(&record)) { (say(row.quote.as_deref().map(|quote| short(quote, 600)).as_deref(), row.content.as_deref().map(|content| short(content, 600)).as_deref())) } }
                (manner(row))
            }
            div.src {
                @for evidence in &row.evidence {
                    div {
                        @if let Some(document) = &evidence.document { a href=(request::named("texts", &document.id)) { (name(&short(&document.name, 60))) } }
                        @if let Some(page) = &evidence.page { ", page " (shown(page)) }
                        " " (verified(evidence))
                    }
                }
                @if row.evidence.is_empty() { span.muted { "no document" } }
            }
        }
    }
}

/// What the speaker does, and where they stand.
pub(crate) fn manner(row: &SaidRow) -> Markup {
    let rest = row
        .about
        .iter()
        .filter(|about| !row.stance.iter().any(|stance| stance.toward.id == about.id));
    let rest: Vec<_> = rest.collect();
    html! {
        p.meta {
            @for stance in &row.stance {
                span.st { (sign(Some(stance.value))) span { (of_stance(stance.value).2) " " a href=(request::record(&stance.toward.id)) { (name(&stance.toward.name)) } } }
            }
            @if !rest.is_empty() {
                span { "on " @for (nth, about) in rest.iter().enumerate() { @if nth > 0 { ", " } a href=(request::record(&about.id)) { (name(&about.name)) } } }
            }
            @if let Some(act) = &row.act { span { (shown(act)) } }
            @if !row.through.is_empty() { span { "through " @for (nth, one) in row.through.iter().enumerate() { @if nth > 0 { ", " } a href=(request::record(&one.relation)) { (shown(&one.relation)) } } } }
            @if !row.certain { b.possibly { "possibly" } }
            @if let Some(retracted) = &row.retracted { b.back { "taken back " (retracted.on.words()) } }
        }
    }
}

/// An id as the name of a place in the page.
pub(crate) fn anchor(id: &str) -> String {
    format!("r-{}", request::encoded(id))
}
