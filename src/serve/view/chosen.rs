//! The panel of a record that was chosen in a picture or a text, whatever its kind.

use annals_store::StoreError;
use annals_store::rows::{EdgeRow, Ref, Shown as Record};
use maud::{Markup, html};

use super::panel;
use super::words::{counted, link, name, of_stance, shown, sign};
use crate::asking::{Asking, Fault};
use crate::request;

/// How many of the things at the ends of its edges are named.
const NAMED: usize = 8;

/// What edges of a kind are called, from a record and to it.
const CALLED: [(&str, &str, &str); 21] = [
    ("said", "Said", "Who"),
    ("addressed_to", "To", "Said to them"),
    ("about", "About", "Said about it"),
    ("said_at", "At", "Said at it"),
    ("reported_in", "In", "What rests on it"),
    ("participates", "Takes part in", "Who took part"),
    ("took_place_in", "Where", "What happened there"),
    ("holds_office", "Holds office", "Who held office"),
    ("employed_by", "Works for", "Who works for it"),
    ("member_of", "Member of", "Members"),
    ("part_of", "Part of", "Parts"),
    ("via", "Passed on by", "Hears from"),
    ("within", "Within", "What lies in it"),
    ("same_as", "The same as", "The same as"),
    ("based_on", "Rests on", "What rests on it"),
    ("corrects", "Corrects", "Corrected by"),
    ("causes", "Led to", "Because of"),
    ("order", "Before or after", "Before or after"),
    ("allied_with", "Allied with", "Allied with"),
    ("speaks_for", "Speaks for", "Spokespersons"),
    ("represents", "Represents", "Representatives"),
];

/// What edges of a kind are called.
pub(crate) fn heading(kind: &str, is_out: bool) -> String {
    if let Some((_, out, back)) = CALLED.iter().find(|(own, ..)| *own == kind) {
        return (*if is_out { out } else { back }).to_owned();
    }
    let words = shown(&kind.replace('_', " "));
    if is_out {
        words
    } else {
        format!("{words} (of others)")
    }
}

/// Edges by kind, in the order in which the kinds come.
pub(crate) fn grouped(edges: &[EdgeRow], is_out: bool) -> Vec<(String, bool, Vec<&EdgeRow>)> {
    let mut groups: Vec<(String, bool, Vec<&EdgeRow>)> = Vec::new();
    for edge in edges {
        match groups.iter_mut().find(|(kind, ..)| *kind == edge.kind) {
            Some((.., group)) => group.push(edge),
            None => groups.push((edge.kind.clone(), is_out, vec![edge])),
        }
    }
    groups
}

/// The other end of an edge.
pub(crate) fn other(edge: &EdgeRow, is_out: bool) -> &Ref {
    if is_out { &edge.target } else { &edge.source }
}

/// The panel of a record, by its id.
pub(crate) fn of_id(asking: &Asking<'_>, id: &str) -> Result<Markup, Fault> {
    // Of a large snapshot, all that somebody said would be read.
    match asking.store.show_near(id, !asking.is_large()) {
        Ok((answer, _)) => Ok(record(asking, &answer.data)),
        Err(StoreError::Name(error)) => {
            let words = error.to_string();
            Ok(html! { h2.h { "Not there" } p.muted { (shown(&words)) } })
        }
        Err(other) => Err(other.into()),
    }
}

/// The panel of a record.
pub(crate) fn record(asking: &Asking<'_>, record: &Record) -> Markup {
    let field = |name: &str| record.fields.get(name).and_then(|value| value.as_str());
    let is_claim = record.kind == "claim";
    let what = if is_claim {
        field("act")
    } else {
        field("kind")
    };
    html! {
        p.h { (record.kind) @if let Some(what) = what.filter(|what| *what != record.kind) { " · " (shown(&what.replace('_', " "))) } " · " a.link href=(request::record(&record.id)) { (shown(&record.id)) } }
        h2 { @if is_claim && field("quote").is_some() { "“" (name(&record.label)) "”" } @else if is_claim { i { (name(&record.label)) } } @else { (name(&record.label)) } }
        @if let (Some(_), Some(content)) = (field("quote"), field("content")) { p.content { i { (name(content)) } } }
        (facts(record))
        @if !record.passages.is_empty() { h3 { "Where it stands" } }
        (panel::passages(&record.passages))
        @if is_claim { (panel::edges(asking, record)) }
        @if let Some(note) = field("note") { h3 { "Note" } p { (name(note)) } }
        p.acts-of { a.btn href=(request::record(&record.id)) { "All about it" } }
    }
}

/// Its days, and who and what it is tied to.
fn facts(record: &Record) -> Markup {
    let is_claim = record.kind == "claim";
    // In a claim who spoke comes first; in all else what leads out.
    let (first, second) = (
        grouped(&record.edges_in, false),
        grouped(&record.edges_out, true),
    );
    let groups = if is_claim {
        first
            .into_iter()
            .filter(|(kind, ..)| kind == "said")
            .chain(second)
            .collect()
    } else {
        second.into_iter().chain(first).collect::<Vec<_>>()
    };
    // The words that a claim stands in, and what it answers, have a place of their own.
    let elsewhere = [
        "reported_in",
        "responds_to",
        "contradicts",
        "repeats",
        "supports",
        "fulfils",
        "breaks",
    ];
    let groups = groups
        .iter()
        .filter(|(kind, ..)| !is_claim || !elsewhere.contains(&kind.as_str()));
    html! {
        dl.facts {
            @for (kind, is_out, edges) in groups { (group(record, kind, *is_out, edges)) }
            @if let Some(when) = &record.when { dt { @if is_claim { "said" } @else { "when" } } dd { (when.dated()) } }
            @else if let (true, Some(day)) = (is_claim, record.reported) { dt { "said" } dd { "undated, not after " (day.words()) } }
            @if let Some(days) = record.narrowed.filter(|_| !record.since_birth && !is_claim) { (narrowed(record, days)) }
            @if let Some(day) = record.reported { dt { "reported" } dd { (day.words()) } }
            @if let Some(retracted) = &record.retracted { dt { "taken back" } dd { (retracted.on.words()) @if let Some(reason) = &retracted.reason { ": " (name(reason)) } } }
        }
    }
}

fn narrowed(record: &Record, days: annals_store::rows::NarrowedRow) -> Markup {
    let own = record.when.as_ref();
    let is_same = own.is_some_and(|own| (own.first(), own.last()) == (days.first, days.last));
    html! {
        @if !is_same {
            dt { "by all facts" }
            dd { @match (days.first, days.last) { (Some(first), Some(last)) if first == last => { (first.words()) }, (Some(first), Some(last)) => { (first.words()) " to " (last.words()) }, (Some(first), None) => { "from " (first.words()) }, (None, Some(last)) => { "by " (last.words()) }, (None, None) => {} } }
        }
    }
}

/// The option that asks for the claims at the other ends of edges of a kind.
fn claims_by(kind: &str, is_out: bool) -> Option<&'static str> {
    Some(match (kind, is_out) {
        ("said", true) => "by",
        ("about", false) => "about",
        ("addressed_to", false) => "to",
        ("said_at", false) => "at",
        ("reported_in", false) => "in",
        _ => return None,
    })
}

fn group(record: &Record, kind: &str, is_out: bool, edges: &[&EdgeRow]) -> Markup {
    // Claims can be many: they have a page.
    if let Some(option) = claims_by(kind, is_out) {
        let address = request::address("/claims", [(option, record.id.as_str())]);
        return html! { dt { (heading(kind, is_out).to_lowercase()) } dd { a.link href=(address) { (counted(edges.len(), "record", "records")) } } };
    }
    let (stands, plain): (Vec<&&EdgeRow>, Vec<&&EdgeRow>) = edges
        .iter()
        .partition(|edge| kind == "about" && is_out && edge.stance.is_some());
    html! {
        @if !stands.is_empty() {
            dt { "stands" }
            dd { @for edge in stands { div.st { (stance(edge)) (link(&edge.target)) } } }
        }
        @if !plain.is_empty() {
            dt { (heading(kind, is_out).to_lowercase()) }
            dd {
                @for (nth, edge) in plain.iter().take(NAMED).enumerate() {
                    @if nth > 0 { ", " }
                    (link(other(edge, is_out)))
                    @if let Some(role) = &edge.role { " " span.muted { (name(role)) } }
                }
                @if plain.len() > NAMED { span.muted { " and " (counted(plain.len() - NAMED, "more", "more")) } }
            }
        }
    }
}

/// The sign and the words of a stance, as the answer names it.
fn stance(edge: &EdgeRow) -> Markup {
    use annals_model::Vocabulary as _;
    let value = edge.stance.and_then(annals_model::StanceValue::parse);
    html! { @if let Some(value) = value { (sign(Some(value))) " " (of_stance(value).2) " " } }
}
