//! What would be written, and what it does: shown before anything is.

use annals_finding::Severity;
use annals_store::edits::Conflict;
use annals_store::{Change, Plan, PlanEffects, Refusal, Store};
use maud::{Markup, html};
use serde_json::Value;

use super::values::words_of_value;
use crate::request;
use crate::view::words::{counted, shown, shown_lines};

/// How many findings of each sort are shown, and how many lines.
const FINDINGS: usize = 12;
const LINES: usize = 60;

/// The text that would be written, the findings that it adds and ends, and what is there already.
pub(crate) fn preview(store: &Store, changes: &[Change]) -> Markup {
    match store.plan(changes) {
        Ok(plan) => html! {
            (lines(&plan))
            (doubles(store, changes))
            @match store.effects(&plan) { Ok(found) => (effects(&found)), Err(refusal) => p.fault { (shown_lines(&refusal.to_string())) } }
        },
        Err(refusal) => html! { h2.sub { "What is written" } p.fault { (refused(&refusal)) } },
    }
}

/// Why nothing is written, as a page says it.
pub(crate) fn refused(refusal: &Refusal) -> String {
    let words = refusal.to_string();
    // What the command line asks for by an option, a form has a field for.
    let words = words
        .replace("; nothing was written", "")
        .replace("--span ", "characters ");
    let words = words
        .strip_prefix("--")
        .and_then(|rest| rest.split_once(": "))
        .map_or(words.as_str(), |(_, rest)| rest);
    shown_lines(words)
}

/// The lines of a plan.
pub(crate) fn lines(plan: &Plan) -> Markup {
    html! {
        h2.sub { "What is written" span.right { "and nothing else of the file" } }
        @for file in &plan.files {
            @let why = plan.records.iter().filter(|record| record.file == file.file).find_map(|record| Some((record.line, record.why.as_deref()?)));
            p.small.muted { b { (shown(&file.file)) } @if let Some((line, why)) = why { ", line " (line) ": " (shown(why)) } @if file.before.is_none() { " (a new file)" } }
            @for piece in file.changed_lines() {
                pre.yaml.written tabindex="0" {
                    @for line in piece.gone.iter().take(LINES) { del { (shown(line)) "\n" } }
                    @for line in piece.come.iter().take(LINES) { ins { (shown(line)) "\n" } }
                    @let more = piece.gone.len().saturating_sub(LINES) + piece.come.len().saturating_sub(LINES);
                    @if more > 0 { (counted(more, "line more", "lines more")) }
                }
            }
        }
    }
}

/// The findings that a plan adds and ends.
pub(crate) fn effects(found: &PlanEffects) -> Markup {
    let added: Vec<_> = found
        .added
        .rows()
        .filter(|row| row.severity > Severity::Info)
        .collect();
    let ended: Vec<_> = found
        .ended
        .rows()
        .filter(|row| row.severity > Severity::Info)
        .collect();
    html! {
        h2.sub { "Findings" }
        @if added.is_empty() && ended.is_empty() { p.small.muted { "None comes by it, and none goes." } }
        @for row in added.iter().take(FINDINGS) {
            div.finding { p { span class={ "lev " (row.severity.word()) } { (row.severity.word()) } " " span.muted { (row.code) } } p { (shown_lines(&row.message)) } }
        }
        @if added.len() > FINDINGS { p.small.muted { (counted(added.len() - FINDINGS, "finding more", "findings more")) } }
        @if !ended.is_empty() { p.small { (counted(ended.len(), "finding goes by it", "findings go by it")) ":" } ul.small { @for row in ended.iter().take(FINDINGS) { li { (row.code) " " (shown_lines(&row.message)) } } } }
    }
}

/// What is likely there already.
fn doubles(store: &Store, changes: &[Change]) -> Markup {
    let added = changes.iter().filter_map(|change| match change {
        Change::Add { kind, fields, .. } => Some((*kind, fields)),
        _ => None,
    });
    let found: Vec<_> = added
        .flat_map(|(kind, fields)| store.likely_doubles(kind, fields).unwrap_or_default())
        .collect();
    html! {
        @if !found.is_empty() {
            h2.sub { "Perhaps it is there already" }
            ul.others { @for one in found.iter().take(FINDINGS) { li { a.link href=(request::record(&one.id)) { (shown(&one.id)) } " " span.small.muted { (shown(&one.why)) } } } }
        }
    }
}

/// A record that became another: as it was seen, as it is now, as the form would have it.
pub(crate) fn conflict(conflict: &Conflict) -> Markup {
    let words = |value: &Value| match value {
        Value::Null => "—".to_owned(),
        value => words_of_value(value).join("; "),
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label="The three states" {
            table.rows.conflict {
                caption { b { (shown(&conflict.record)) } " has changed in " (shown(&conflict.file)) " since the form was made. Nothing was written." }
                thead { tr { th scope="col" { "field" } th scope="col" { "as you saw it" } th scope="col" { "as it is now" } th scope="col" { "yours" } } }
                tbody { @for one in &conflict.fields { tr { th scope="row" { (shown(&one.field)) } @for value in [&one.seen, &one.now, &one.yours] { td { (shown(&words(value))) } } } } }
            }
        }
        p.small { "The form below has yours. Saved again, it is written over what is there now." }
    }
}
