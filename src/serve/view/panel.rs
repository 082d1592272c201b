//! A claim that was chosen: its fields, the passage in its sentence, what it answers and who contradicts
//! it.

use annals_store::rows::{EdgeRow, PassageRow, Ref, SaidRow, Shown};
use maud::{Markup, html};

use super::words::{link, links, marked, name, of_stance, say, shown, sign, verified};
use crate::request;

/// The panel of a claim in a list. `shown` has what the row does not: the sentence of each passage, and
/// the edges.
pub(crate) fn claim(row: &SaidRow, shown_record: Option<&Shown>) -> Markup {
    html! {
        p.h { "Claim" @if let Some(act) = &row.act { " · " (shown(act)) } " · " a.link href=(request::record(&row.id)) { (shown(&row.id)) } }
        h2 { (say(row.quote.as_deref(), row.content.as_deref())) }
        @if row.quote.is_some() && let Some(content) = &row.content { p.content { i { (name(content)) } } }
        (fields(row))
        @if let Some(record) = shown_record {
            @if !record.passages.is_empty() { h3 { "Where it stands" } }
            (passages(&record.passages))
            (edges(record))
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
    }
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
pub(crate) fn edges(record: &Shown) -> Markup {
    let of = |edges: &'_ [EdgeRow], kind: &str, other: fn(&EdgeRow) -> &Ref| -> Vec<Ref> {
        let found = edges.iter().filter(|edge| edge.kind == kind);
        found.map(|edge| other(edge).clone()).collect()
    };
    html! {
        @for (kind, from, to) in CALLED {
            @for (title, others) in [(from, of(&record.edges_out, kind, |edge| &edge.target)), (to, of(&record.edges_in, kind, |edge| &edge.source))] {
                @if !others.is_empty() {
                    h3 { (title) }
                    ul.others { @for other in &others { li { (link(other)) } } }
                }
            }
        }
        @if !record.contradictions.is_empty() {
            h3 { "Of the same speaker, the opposite" }
            ul.others { @for id in &record.contradictions { li { a.link href=(request::record(id)) { (shown(id)) } } } }
            @if record.more_contradictions { p.small.muted { "There can be more of them." } }
        }
    }
}
