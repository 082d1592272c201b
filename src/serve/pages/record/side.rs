//! What stands beside a record: its ties, who stands opposite, where its words stand.

use std::collections::BTreeMap;

use annals_evidence::Level;
use annals_store::Claims;
use annals_store::rows::{EdgeRow, Ref, Shown as Record};
use maud::{Markup, html};

use super::own::{Own, Stood};
use crate::asking::Asking;
use crate::request;
use crate::site::Counted;
use crate::view::chosen::{grouped, heading, other};
use crate::view::words::{counted, link, name, number, short, standing};

/// How many edges of a kind are shown, and how many who stand opposite and documents.
const EDGES: usize = 25;
const OPPOSITE: usize = 12;
const DOCUMENTS: usize = 6;

/// The most claims whose passages are counted by how they stand in their texts.
const COUNTED: usize = 300;

/// Kinds of edges that stand elsewhere on the page: what claims say stands among the claims.
const ELSEWHERE: [&str; 6] = [
    "said",
    "about",
    "addressed_to",
    "said_at",
    "reported_in",
    "identifies",
];

/// The panel.
pub(super) fn side(
    asking: &Asking<'_>,
    record: &Record,
    own: Option<&Own<'_>>,
    stood: &Stood,
) -> Markup {
    let roles = asking.store.roles(&record.id);
    let groups = grouped(&record.edges_out, true)
        .into_iter()
        .chain(grouped(&record.edges_in, false));
    let groups = groups.filter(|(kind, is_out, _)| {
        !ELSEWHERE.contains(&kind.as_str()) || (record.kind == "claim" && *is_out)
    });
    let mut groups: Vec<_> = groups.collect();
    // Offices and other lasting ties first.
    groups.sort_by_key(|(kind, ..)| matches!(kind.as_str(), "participates" | "via" | "order"));
    html! {
        @for (kind, is_out, edges) in groups {
            h3 { (heading(&kind, is_out)) @if edges.len() > 1 { " " span.n { (number(edges.len())) } } }
            ul.ties { @for edge in edges.iter().take(EDGES) { (tie(edge, is_out, &roles)) } }
            @if edges.len() > EDGES { p.small.muted { (counted(edges.len() - EDGES, "more", "more")) " in " a.link href=(asking.twin("json")) { "JSON" } } }
        }
        @if record.kind == "actor" { (opposite(stood)) }
        @if let Some(own) = own.filter(|_| record.kind == "actor") { (where_words_stand(record, own)) }
        p.acts-of {
            @if record.kind == "actor" { a.btn href=(request::address("/document", [("by", record.id.as_str())])) data-press="d" { "As a document " kbd { "d" } } }
            @if record.kind == "document" { a.btn href=(request::named("texts", &record.id)) { "Its text" } }
            @if crate::forms::may_write(asking) { a.btn href={ (request::record(&record.id)) "/edit" } data-press="e" { "Edit " kbd { "e" } } a.btn href={ (request::record(&record.id)) "/edit#take-back" } { "Take back…" } }
        }
    }
}

fn tie(edge: &EdgeRow, is_out: bool, roles: &BTreeMap<String, String>) -> Markup {
    let role = edge.facts.iter().find_map(|fact| roles.get(fact));
    html! {
        li {
            @if edge.kind == "participates" && is_out { span.dia aria-hidden="true" {} }
            @if let Some(role) = role { b { (name(role)) } @if is_out { " of " } @else { ": " } }
            (link(other(edge, is_out)))
            @if let Some(role) = &edge.role { " " span.muted { "as " (name(role)) } }
            @if let Some(stance) = edge.stance { " " span.muted { (stance) } }
            @if let Some(when) = &edge.when { small.muted { (when.dated()) } }
        }
    }
}

/// What an actor is, by the ties that have not ended: "chairman, Dockers' Union".
pub(super) fn offices(asking: &Asking<'_>, record: &Record) -> Vec<Markup> {
    let roles = asking.store.roles(&record.id);
    let lasting = record.edges_out.iter().filter(|edge| {
        let is_over = edge.when.as_ref().is_some_and(|when| when.last().is_some());
        !is_over && edge.facts.iter().any(|fact| roles.contains_key(fact))
    });
    let offices = lasting.take(2).filter_map(|edge| {
        let role = edge.facts.iter().find_map(|fact| roles.get(fact))?;
        Some(html! { (name(&short(role, 40))) ", " (name(&short(&edge.target.name, 50))) })
    });
    offices.collect()
}

/// Who stands opposite, and on what.
fn opposite(stood: &Stood) -> Markup {
    let mut all: Vec<(&Ref, Vec<&Ref>)> = Vec::new();
    let mut is_all = true;
    for row in stood.rows() {
        is_all &= !row.more_opposed_by;
        for other in &row.opposed_by {
            match all.iter_mut().find(|(one, _)| one.id == other.id) {
                Some((_, things)) => things.push(&row.toward),
                None => all.push((other, vec![&row.toward])),
            }
        }
    }
    html! {
        @if !all.is_empty() {
            h3 { "Stands opposite" @if all.len() > 1 { " " span.n { (number(all.len())) } } }
            ul.ties {
                @for (who, things) in all.iter().take(OPPOSITE) {
                    li { (link(who)) span.muted { " on " @for (nth, thing) in things.iter().enumerate() { @if nth > 0 { ", " } (name(&short(&thing.name, 60))) } } }
                }
            }
            @if all.len() > OPPOSITE { p.small.muted { (counted(all.len() - OPPOSITE, "more", "more")) } }
            @if !is_all { p.small.muted { "There can be more." } }
        }
    }
}

/// The documents that have a speaker's words, and how these stand there.
fn where_words_stand(record: &Record, own: &Own<'_>) -> Markup {
    let Some(documents) = &own.documents else {
        return html! {};
    };
    let mut documents: Vec<&Counted> = documents.iter().collect();
    documents.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.cmp(b)));
    if documents.is_empty() {
        return html! {};
    }
    let most = documents.first().map_or(1, |one| one.2).max(1);
    let all = own.list.claims.claims.as_ref();
    let levels = all.filter(|all| all.len() <= COUNTED).map(levels);
    html! {
        h3 { "Where these words stand" }
        ul {
            @for (id, title, claims) in documents.iter().take(DOCUMENTS) {
                li.share {
                    a href=(request::address("/claims", [("by", record.id.as_str()), ("in", id)])) { (name(&short(title, 70))) } span.n { (number(*claims)) span.hidden { " claims" } }
                    svg viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true" { rect width=(claims * 100 / most) height="3" {} }
                }
            }
        }
        @if documents.len() > DOCUMENTS { p.small.muted { (counted(documents.len() - DOCUMENTS, "more document", "more documents")) } }
        @if let Some(levels) = levels.filter(|levels| !levels.is_empty()) { p.small.muted { (levels.join(" · ")) } }
    }
}

/// How many passages stand in their texts in each way.
fn levels(claims: &Claims) -> Vec<String> {
    let mut counts: BTreeMap<Option<Level>, usize> = BTreeMap::new();
    for row in claims.iter() {
        for evidence in row.evidence.iter().filter(|one| one.document.is_some()) {
            *counts.entry(evidence.verified).or_default() += 1;
        }
    }
    let unknown = counts.remove(&None).map(|count| (None, count));
    let all = counts.into_iter().chain(unknown);
    all.map(|(level, count)| format!("{count} {}", standing(level).1))
        .collect()
}
