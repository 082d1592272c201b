//! A conflict of dates on the page of its finding: its facts on a scale of days, *Try it* for each of them,
//! and leaving it with a reason. Trying changes nothing, so it is part of the address.

use annals_finding::write::FindingRow;
use annals_model::{RecordKind, Vocabulary as _};
use annals_store::edits::InWords;
use annals_store::{
    Change, ConflictFact, ConflictOfDates, Findings, PlanEffects, Refusal, Store, Tried,
};
use hyper::StatusCode;
use maud::{Markup, html};
use serde_json::{Map, Value};

use crate::asking::{Asking, Fault, Posted};
use crate::forms::{self, NotSaved, Said};
use crate::request;
use crate::view::scale::{scale, span};
use crate::view::words::{counted, name, shown, shown_lines};

/// A conflict with the finding that reports it.
pub(super) struct Of<'f> {
    pub(super) row: &'f FindingRow,
    pub(super) findings: &'f Findings,
    pub(super) conflict: ConflictOfDates,
}

/// The facts on their scale, and the list of them.
pub(super) fn main(asking: &Asking<'_>, of: &Of<'_>) -> Markup {
    let chosen = chosen(asking, &of.conflict);
    html! {
        link rel="stylesheet" href=(crate::assets::CONFLICT_STYLE.path());
        section.sect { (scale(&of.conflict)) }
        section.sect id="facts" {
            h2 { "The facts" span { "and what each would have to say, were all others right" } }
            ol.facts-of {
                @for (nth, fact) in of.conflict.facts.iter().enumerate() {
                    li.row.fact.of-conflict aria-current=[(chosen == Some(nth)).then_some("true")] {
                        span.muted { (nth + 1) }
                        div.say { a href=(choose(asking, nth)) { (name(&fact.words)) } }
                        div.small { @if let Some(words) = &fact.would_be { "or " (name(words)) } }
                        div.src { @if let Some(place) = of.row.places.get(nth) { (shown(&place.place.file)) ":" (place.place.line) } }
                    }
                }
            }
        }
    }
}

/// Which fact is chosen.
fn chosen(asking: &Asking<'_>, conflict: &ConflictOfDates) -> Option<usize> {
    let number: usize = asking.request.one("fact")?.parse().ok()?;
    let nth = number.checked_sub(1)?;
    (nth < conflict.facts.len()).then_some(nth)
}

fn choose(asking: &Asking<'_>, nth: usize) -> String {
    let number = (nth + 1).to_string();
    asking.with(&["fact", "without", "value", "done"], &[("fact", &number)])
}

/// The panel: the fact that is chosen, and what can be tried with it.
pub(super) fn side(asking: &Asking<'_>, of: &Of<'_>, fault: Option<&str>) -> Markup {
    let Some(nth) = chosen(asking, &of.conflict) else {
        return html! { p.h { "Nothing is chosen" } p.muted { "A fact of the list is what can be tried: what follows without it, or with another value. Nothing is saved by that." } };
    };
    let fact = &of.conflict.facts[nth];
    let place = of.row.places.get(nth).map(|place| &place.place);
    let store = &asking.dossier.store;
    let field = changeable(fact, store);
    let value = asking
        .request
        .one("value")
        .filter(|value| !value.is_empty());
    html! {
        p.h { "Fact " (nth + 1) " · " (fact.kind.word()) " " a.link href=(request::record(&fact.record)) { (shown(&fact.record)) } @if let Some(place) = place { " · " (shown(&place.file)) ", line " (place.line) } }
        h2 { (name(&fact.words)) }
        (forms::done(asking))
        (rests_on(store, fact))
        h3 { "Try it" }
        form.try-it method="get" action=(asking.path()) {
            input type="hidden" name="fact" value=(nth + 1);
            @if let Some((field, now)) = &field {
                div.field { label for="value" { (called(field)) } div.controls { input name="value" id="value" value=(value.unwrap_or(now)) autocomplete="off" spellcheck="false"; } }
            }
            div.acts {
                @if field.is_some() { button.btn { "Try this value" } }
                a.btn href=(asking.with(&["fact", "without", "value", "done"], &[("fact", &(nth + 1).to_string()), ("without", "yes")])) { "Try without this fact" }
            }
        }
        @if let Some(fault) = fault { p.fault role="alert" { (shown_lines(fault)) } }
        (outcome(asking, of, nth, field.as_ref().map(|(field, _)| *field)))
        @if forms::may_write(asking) { (leave(asking, of.row, nth)) }
    }
}

/// What the fact rests on.
fn rests_on(store: &Store, fact: &ConflictFact) -> Markup {
    let passages = store.show(&fact.record).map(|shown| shown.data.passages);
    let passages = passages.unwrap_or_default();
    html! {
        h3 { "It rests on" }
        @if passages.is_empty() { p { "no document" } }
        (crate::view::panel::passages(&passages))
    }
}

/// What a field is called beside its input.
fn called(field: &str) -> &str {
    match field {
        "by" => "distance",
        "published" => "came out",
        other => other,
    }
}

/// The field in which another value can be tried, with its value now.
fn changeable(fact: &ConflictFact, store: &Store) -> Option<(&'static str, String)> {
    let (fields, _) = store.fields_of(&fact.record).ok()?;
    let field = match (fact.kind, fact.field) {
        (RecordKind::Order, _) if fields.contains_key("by") => "by",
        (RecordKind::Order, _) => "relation",
        (_, field) if fact.is_date => field?,
        _ => return None,
    };
    let value = fields.get(field)?;
    // Of a date that says more, its days.
    let words = forms::words_of_value(value.get("edtf").unwrap_or(value));
    Some((field, words.join(", ")))
}

/// The change that gives a fact another value.
fn change(store: &Store, fact: &ConflictFact, field: &str, words: &str) -> Result<Change, Refusal> {
    let words: Vec<String> = if field == "relation" {
        let each = words.split(',').map(|word| word.trim().to_owned());
        each.filter(|word| !word.is_empty()).collect()
    } else {
        vec![words.trim().to_owned()]
    };
    let InWords { value, .. } = store.value_in_words(fact.kind, field, &words, &[])?;
    Ok(Change::Set {
        record: fact.record.clone(),
        fields: Map::from_iter([(field.to_owned(), value)]),
        seen: None,
    })
}

/// What follows from what is tried.
fn outcome(asking: &Asking<'_>, of: &Of<'_>, nth: usize, field: Option<&str>) -> Markup {
    let fact = &of.conflict.facts[nth];
    if asking.request.has("without") {
        let tried = of.findings.without_fact(&of.conflict, nth);
        return html! { @if let Some(tried) = tried { (follows(&tried, "without this fact")) } };
    }
    let value = asking
        .request
        .one("value")
        .filter(|value| !value.is_empty());
    let (Some(field), Some(value)) = (field, value) else {
        return html! {};
    };
    let store = &asking.dossier.store;
    let effects = change(store, fact, field, value).and_then(|change| {
        let plan = store.plan(std::slice::from_ref(&change))?;
        store.effects(&plan)
    });
    match effects {
        Err(refusal) => html! { p.fault role="alert" { (forms::refused(&refusal)) } },
        Ok(effects) => {
            let tried = effects.chronology(&of.conflict);
            html! {
                @if is_wrong(&effects, &tried) {
                    p.fault role="alert" { "With this there are other errors; nothing is saved" }
                    (forms::effects(&effects))
                } @else {
                    (follows(&tried, "with this"))
                    @if forms::may_write(asking) { (changing(asking, nth, value)) }
                }
            }
        }
    }
}

/// Whether a change makes other errors: a value that is none ends a conflict as well.
fn is_wrong(effects: &PlanEffects, tried: &Tried) -> bool {
    tried.conflicts == 0 && effects.has_errors()
}

/// The button that writes what was tried.
fn changing(asking: &Asking<'_>, nth: usize, value: &str) -> Markup {
    html! {
        form method="post" action=(asking.path()) {
            (forms::token(asking))
            input type="hidden" name="fact" value=(nth + 1);
            input type="hidden" name="value" value=(value);
            div.acts { button.btn.go name="change" value="yes" { "Change it" } }
        }
    }
}

/// What the chronology is with other facts, and the days of the things that were in conflict.
fn follows(tried: &Tried, with: &str) -> Markup {
    html! {
        div role="status" {
            @if tried.conflicts == 0 {
                p.ok { b aria-hidden="true" { "✓ " } (with) " the chronology can be true; nothing is saved yet" }
            } @else {
                p.fault { (with) " there " @if tried.conflicts == 1 { "is" } @else { "are" } " still " (counted(tried.conflicts, "conflict", "conflicts")) " of dates; nothing is saved" }
            }
            h3 { "Then" }
            ul.because {
                @for (id, label, [start, end]) in &tried.things {
                    @let (begins, over) = (span(start.narrowed), span(end.narrowed));
                    li { span {
                        a.link href=(request::record(id)) { (name(label)) }
                        @if begins.is_empty() && over.is_empty() { ": no day is known" }
                        @else if begins == over { ": " (begins) }
                        @else { @if !begins.is_empty() { ": begins " (begins) } @if !over.is_empty() { @if begins.is_empty() { ": " } @else { ", " } "ends " (over) } }
                    } }
                }
            }
        }
    }
}

/// Leaving it as it is, with a reason, which is written into the record.
fn leave(asking: &Asking<'_>, row: &FindingRow, nth: usize) -> Markup {
    let said = Said(&asking.request.form);
    html! {
        details.leave open[said.has("leave")] {
            summary { "Leave it, with a reason" }
            p.small.muted { "The reason is written into the record of this fact, as " code { "ignore: {code: " (row.code) "}" } "; " code { "annals check" } " then keeps silent about it." }
            form method="post" action=(asking.path()) {
                (forms::token(asking))
                input type="hidden" name="fact" value=(nth + 1);
                div.field { label for="reason" { "Why" } div.controls { input name="reason" id="reason" value=(said.one("reason")) autocomplete="off" required; } }
                div.acts { button.btn name="leave" value="yes" { "Leave it" } }
            }
        }
    }
}

/// What became of a form of the page.
pub(super) enum Done {
    /// It was written.
    Saved(Posted),
    /// It was not, for this reason.
    Wrong(StatusCode, String),
}

/// Takes the forms of the page.
pub(super) fn post(asking: &Asking<'_>, of: &Of<'_>) -> Result<Done, Fault> {
    let said = Said(&asking.request.form);
    let number: Option<usize> = said.one("fact").parse().ok();
    let fact = number.and_then(|number| of.conflict.facts.get(number.checked_sub(1)?));
    let Some(fact) = fact else {
        let words = "The form does not say which fact is meant.";
        return Err(Fault::Question(words.to_owned()));
    };
    let store = &asking.dossier.store;
    let wrong = |words: &str| {
        Ok(Done::Wrong(
            StatusCode::UNPROCESSABLE_ENTITY,
            words.to_owned(),
        ))
    };
    let change = if said.has("leave") {
        let reason = said.one("reason");
        if reason.is_empty() {
            return wrong("Say why it is left.");
        }
        let item = [("code", of.row.code), ("reason", reason)];
        let item = item.map(|(key, value)| (key.to_owned(), Value::from(value)));
        Change::Append {
            record: fact.record.clone(),
            field: "ignore".to_owned(),
            item: Value::Object(Map::from_iter(item)),
        }
    } else {
        let Some((field, _)) = changeable(fact, store) else {
            return wrong("This fact has no value that could be another.");
        };
        match change(store, fact, field, said.one("value")) {
            Ok(change) => change,
            Err(refusal) => return wrong(&forms::refused(&refusal)),
        }
    };
    let plan = |store: &Store| store.plan(std::slice::from_ref(&change));
    let effects = store
        .plan(std::slice::from_ref(&change))
        .and_then(|plan| store.effects(&plan));
    if effects.is_ok_and(|effects| is_wrong(&effects, &effects.chronology(&of.conflict))) {
        return wrong("With this there would be other errors; nothing was written.");
    }
    // Of the conflict, another may be left; it was on the page that has the button.
    match forms::save(asking, true, plan) {
        Ok(_) => {
            let address = request::address("/findings", [("done", "saved")]);
            Ok(Done::Saved(Posted::Go(address)))
        }
        Err(NotSaved::Refused(refusal)) => {
            Ok(Done::Wrong(StatusCode::CONFLICT, forms::refused(&refusal)))
        }
        Err(NotSaved::Errors(_)) => wrong("It would add errors."),
    }
}
