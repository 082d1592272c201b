//! A claim that was chosen: its fields, the passage in its sentence, what it answers and who contradicts
//! it.

use annals_store::Query;
use annals_store::rows::{EdgeRow, PassageRow, Ref, SaidRow, Shown};
use maud::{Markup, html};

use super::words::{link, links, marked, name, of_stance, say, short, shown, sign, verified};
use crate::asking::{Asking, Fault};
use crate::request;

/// The most claims among which others who stand in the same place are looked for, and how many are shown.
const OTHERS_AMONG: usize = 10_000;
const OTHERS: usize = 4;

/// The panel of a claim in a list. `shown` has what the row does not: the sentence of each passage, and
/// the edges.
pub(crate) fn claim(
    asking: &Asking<'_>,
    row: &SaidRow,
    shown_record: Option<&Shown>,
) -> Result<Markup, Fault> {
    Ok(html! {
        p.h { "Claim" @if let Some(act) = &row.act { " · " (shown(act)) } " · " a.link href=(request::record(&row.id)) { (shown(&row.id)) } }
        h2 { (say(row.quote.as_deref(), row.content.as_deref())) }
        @if row.quote.is_some() && let Some(content) = &row.content { p.content { i { (name(content)) } } }
        (fields(row))
        @if let Some(record) = shown_record {
            @if !record.passages.is_empty() { h3 { "Where it stands" } }
            (passages(&record.passages))
            (edges(asking, record))
            (others(asking, row)?)
            (rests_on(asking, row))
            @if let Some(note) = record.fields.get("note").and_then(|note| note.as_str()) { h3 { "Note" } p { (name(note)) } }
        } @else {
            @for evidence in &row.evidence {
                h3 { "Where it stands" }
                div.pass {
                    p { (name(evidence.quote.as_deref().or(row.quote.as_deref()).unwrap_or("no words"))) }
                    footer { span { @if let Some(document) = &evidence.document { (link(document)) } } (verified(evidence)) }
                }
            }
        }
    })
}

/// Who, to whom, where they stand, when.
pub(crate) fn fields(row: &SaidRow) -> Markup {
    html! {
        dl.facts {
            dt { "who" } dd.who { (super::words::speaker(row)) }
            @if !row.to.is_empty() { dt { "to" } dd { (links(&row.to)) } }
            @if !row.via.is_empty() { dt { "through" } dd { (links(&row.via)) } }
            @if !row.stance.is_empty() {
                dt { "stands" }
                dd { @for stance in &row.stance { div.st { (sign(Some(stance.value))) " " (of_stance(stance.value).2) " " (link(&stance.toward)) } } }
            }
            @let rest: Vec<&Ref> = row.about.iter().filter(|about| !row.stance.iter().any(|stance| stance.toward.id == about.id)).collect();
            @if !rest.is_empty() { dt { "about" } dd { @for (nth, about) in rest.iter().enumerate() { @if nth > 0 { ", " } (link(about)) } } }
            dt { "said" } dd { (shown(&row.when())) @if let Some(at) = &row.at { ", at " (link(at)) } }
            @if let Some(day) = row.reported { dt { "reported" } dd { (day.words()) } }
            @if !row.certain { dt { "match" } dd { b.possibly { "possibly" } " what was asked" } }
            @if let Some(retracted) = &row.retracted { dt { "taken back" } dd { (retracted.on.words()) @if let Some(reason) = &retracted.reason { ": " (name(reason)) } } }
        }
    }
}

/// The passages, each in its sentence.
pub(crate) fn passages(passages: &[PassageRow]) -> Markup {
    html! {
        @for passage in passages {
            @let evidence = &passage.evidence;
            div.pass {
                @if let Some(sentence) = &passage.sentence {
                    p.dim { (marked(sentence, &passage.marks)) }
                } @else if let Some(quote) = &evidence.quote {
                    p { "“" (name(quote)) "”" }
                    @if evidence.document.is_some() { p.small.muted { @if passage.has_text { "These words do not stand in the text." } @else { "The text of the document is not there." } } }
                }
                footer {
                    span {
                        @if let Some(document) = &evidence.document {
                            a.link href={ (request::named("texts", &document.id)) @if let Some(place) = &passage.place { "?part=" (place.line) "#line-" (place.line) } } { (name(&document.name)) }
                        }
                        @if let Some(place) = &passage.place { ", line " (place.line) }
                        @if let Some(page) = &evidence.page { ", page " (shown(page)) }
                    }
                    (verified(evidence))
                }
            }
        }
    }
}

/// How edges of a claim are called, from it and to it.
const CALLED: [(&str, &str, &str); 7] = [
    ("contradicts", "Speaks against", "Spoken against by"),
    ("responds_to", "Answers", "Answered by"),
    ("repeats", "Repeats", "Repeated by"),
    ("supports", "Supports", "Supported by"),
    ("fulfils", "Keeps", "Kept by"),
    ("breaks", "Breaks", "Broken by"),
    ("via", "Through", "Passed on in"),
];

/// What a claim answers, contradicts and repeats, and what does so to it.
pub(crate) fn edges(asking: &Asking<'_>, record: &Shown) -> Markup {
    let of = |edges: &'_ [EdgeRow], kind: &str, other: fn(&EdgeRow) -> &Ref| -> Vec<Ref> {
        let found = edges.iter().filter(|edge| edge.kind == kind);
        found.map(|edge| other(edge).clone()).collect()
    };
    html! {
        @for (kind, from, to) in CALLED {
            @for (title, others) in [(from, of(&record.edges_out, kind, |edge| &edge.target)), (to, of(&record.edges_in, kind, |edge| &edge.source))] {
                @if !others.is_empty() {
                    h3 { (title) }
                    @let ids: Vec<&str> = others.iter().map(|other| other.id.as_str()).collect();
                    @let rows = asking.store.claims_named(&ids);
                    ul.stands { @for other in &others { @match rows.get(&other.id) { Some(row) => (in_short(row)), None => li { (link(other)) } } } }
                }
            }
        }
        @if !record.contradictions.is_empty() {
            @let ids: Vec<&str> = record.contradictions.iter().map(String::as_str).collect();
            @let rows = asking.store.claims_named(&ids);
            h3 { "Of the same speaker, the opposite" }
            ul.stands { @for id in &record.contradictions { @match rows.get(id) { Some(row) => (in_short(row)), None => li { a.link href=(request::record(id)) { (shown(id)) } } } } }
            @if record.more_contradictions { p.small.muted { "There can be more of them." } }
        }
    }
}

/// A claim among others, in a few words.
fn in_short(row: &SaidRow) -> Markup {
    let quote = row.quote.as_deref().map(|words| short(words, 120));
    let content = row.content.as_deref().map(|words| short(words, 120));
    html! {
        li {
            (sign(row.stance.first().map(|stance| stance.value)))
            div {
                (name(&short(&row.speaker(), 60))) ": " a.link href=(request::record(&row.id)) { (say(quote.as_deref(), content.as_deref())) }
                small.muted { (shown(&row.when())) @for via in &row.via { " · through " (name(&short(&via.name, 60))) } @if let Some(retracted) = &row.retracted { " · taken back " (retracted.on.words()) } }
            }
        }
    }
}

/// Others who stand where a claim stands, on the same thing.
fn others(asking: &Asking<'_>, row: &SaidRow) -> Result<Markup, Fault> {
    if asking.all_claims() > OTHERS_AMONG || asking.is_large() {
        return Ok(html! {});
    }
    let own: Vec<&str> = row.speaker.iter().map(|one| one.id.as_str()).collect();
    let is_other = |one: &SaidRow| !one.speaker.iter().any(|who| own.contains(&who.id.as_str()));
    let mut found: Vec<SaidRow> = Vec::new();
    for stance in &row.stance {
        let query = Query {
            stance: vec![stance.value],
            ..Query::new().about(&stance.toward.id)
        };
        let claims = asking.store.said(&query)?;
        // A claim can be about it and stand so on another thing.
        let stands = |one: &SaidRow| {
            (one.stance.iter())
                .any(|other| other.toward.id == stance.toward.id && other.value == stance.value)
        };
        found.extend(claims.iter().filter(|one| is_other(one) && stands(one)));
    }
    found.dedup_by(|a, b| a.id == b.id);
    let all = found.len();
    Ok(html! {
        @if all > 0 {
            h3 { "Others who stand there" @if all > OTHERS { " " span.n { (all) } } }
            ul.stands { @for one in found.iter().take(OTHERS) { (in_short(one)) } }
        }
    })
}

/// The documents that the reports of a claim rest on.
fn rests_on(asking: &Asking<'_>, row: &SaidRow) -> Markup {
    if asking.is_large() {
        return html! {};
    }
    let documents = row.evidence.iter().filter_map(|one| one.document.as_ref());
    let based = documents.filter_map(|document| {
        let shown = asking.store.show_near(&document.id, false).ok()?.0.data;
        let on = shown
            .edges_out
            .iter()
            .filter(|edge| edge.kind == "based_on");
        let on: Vec<Ref> = on.map(|edge| edge.target.clone()).collect();
        (!on.is_empty()).then(|| (document.clone(), on))
    });
    let based: Vec<(Ref, Vec<Ref>)> = based.collect();
    html! {
        @if !based.is_empty() {
            h3 { "What the report rests on" }
            ul.others { @for (document, on) in &based { li { (name(&short(&document.name, 60))) " rests on " (links(on)) } } }
        }
    }
}
