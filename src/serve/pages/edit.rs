//! `/record/ID/edit`: the fields of a record in a form, and taking it back.

use annals_model::{RecordKind, Vocabulary as _};
use annals_store::{Change, Refusal, Store};
use hyper::StatusCode;
use maud::{Markup, html};
use serde_json::Value;

use crate::asking::{Asking, Fault, Made, Posted, Shown};
use crate::forms::{self, NotSaved, RecordForm, Said};
use crate::request;
use crate::view::frame;
use crate::view::words::{name, shown};

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let record = asking
        .dossier
        .store
        .show(asking.name())
        .map_err(missing)?
        .data;
    shown_with(asking, &record, None, &html! {})
}

fn missing(error: annals_store::StoreError) -> Fault {
    match error {
        annals_store::StoreError::Name(error) => Fault::Missing(error.to_string()),
        other => other.into(),
    }
}

/// The page; `above` is what is said before the form.
fn shown_with(
    asking: &Asking<'_>,
    record: &annals_store::rows::Shown,
    form: Option<&RecordForm>,
    above: &Markup,
) -> Made {
    if !forms::may_write(asking) {
        return Err(Fault::Question(
            "Nothing is changed here: this is only read.".to_owned(),
        ));
    }
    let kind = RecordKind::parse(record.kind).unwrap_or(RecordKind::Claim);
    let main = html! {
        (frame::heading(&html! { "Edit " (name(&record.label)) }, "", &[]))
        p.small.muted { (kind.word()) " " a.link href=(request::record(&record.id)) { (shown(&record.id)) } }
        (forms::done(asking))
        (above)
        @match asking.dossier.store.fields_of(&record.id) {
            Err(refusal) => p.fault role="alert" { (forms::refused(&refusal)) },
            Ok((fields, _)) => {
                @let now = RecordForm::of(kind, &fields);
                (of_fields(asking, form.unwrap_or(&now), &record.id))
                @if !fields.contains_key("retracted") { (take_back(asking)) }
            }
        }
        (forms::undo(asking, &asking.path()))
    };
    Ok(Shown::wide("Edit", None, main))
}

fn of_fields(asking: &Asking<'_>, form: &RecordForm, id: &str) -> Markup {
    let seen = form.seen.clone().unwrap_or_default();
    html! {
        form.record-form.wide-form method="post" action=(asking.path()) id="form" {
            (forms::token(asking))
            input type="hidden" name="seen" value=(Value::Object(seen).to_string());
            (form.markup(asking, false))
            @if form.adds_errors() { (super::annotate::allow()) }
            div.acts {
                button.btn.go name="save" value="yes" { "Save " kbd { "Ctrl ↵" } }
                button.btn name="preview" value="yes" { "Check" }
                a.btn.plain href=(request::record(id)) data-do="leave" { "Leave " kbd { "Esc" } }
            }
        }
        div.preview id="preview" {
            @let mut tried = form.clone();
            @match tried.edits(&asking.dossier.store, id) {
                Some(Change::Set { fields, .. }) if fields.is_empty() => p.small.muted { "Nothing is changed yet." },
                Some(change) => (forms::preview(&asking.dossier.store, &[change])),
                None => p.small.muted { "Not yet: " (tried.first_fault()) },
            }
        }
    }
}

/// Taking a record back: it stays in its file, and is out of force from a day on.
fn take_back(asking: &Asking<'_>) -> Markup {
    let said = Said(&asking.request.form);
    html! {
        section.sect id="take-back" {
            h2 { "Take back" }
            p.small.muted { "The record stays in its file, since others may have cited it, and is out of force." }
            form.wide-form method="post" action=(asking.path()) {
                (forms::token(asking))
                div.field { label for="back-on" { "On" } div.controls { input name="on" id="back-on" value=(said.one("on")) placeholder="30 September 2021" autocomplete="off"; } }
                div.field { label for="back-reason" { "Why" } div.controls { input name="reason" id="back-reason" value=(said.one("reason")) autocomplete="off"; } }
                div.acts { button.btn name="take-back" value="yes" { "Take back" } }
            }
        }
    }
}

/// Takes the forms of the page.
pub(super) fn post(asking: &Asking<'_>) -> Result<Posted, Fault> {
    let record = asking
        .dossier
        .store
        .show(asking.name())
        .map_err(missing)?
        .data;
    if Said(&asking.request.form).has("take-back") {
        taken_back(asking, &record)
    } else {
        edited(asking, &record)
    }
}

/// The page again, with what is wrong.
fn again(
    asking: &Asking<'_>,
    record: &annals_store::rows::Shown,
    form: Option<&RecordForm>,
    status: StatusCode,
    above: &Markup,
) -> Result<Posted, Fault> {
    let page = shown_with(asking, record, form, above)?;
    Ok(Posted::Again(status, Box::new(page)))
}

/// Takes the fields.
fn edited(asking: &Asking<'_>, record: &annals_store::rows::Shown) -> Result<Posted, Fault> {
    let said = Said(&asking.request.form);
    let store = &asking.dossier.store;
    let kind = RecordKind::parse(record.kind).unwrap_or(RecordKind::Claim);
    let mut form = RecordForm::posted(kind, said);
    if form.seen.is_none() {
        let words = "The form does not say what it was made of.";
        return Err(Fault::Question(words.to_owned()));
    }
    if said.has("preview") {
        return again(asking, record, Some(&form), StatusCode::OK, &html! {});
    }
    let Some(change) = form.edits(store, &record.id) else {
        return again(
            asking,
            record,
            Some(&form),
            StatusCode::UNPROCESSABLE_ENTITY,
            &html! {},
        );
    };
    let plan = |store: &Store| store.plan(std::slice::from_ref(&change));
    let (status, above) = match forms::save(asking, said.has("allow"), plan) {
        Ok(_) => return Ok(Posted::Go(saved(asking))),
        Err(NotSaved::Refused(Refusal::Conflict(conflict))) => {
            // Sent again, the form is about the record as it is now.
            form.seen = store.fields_of(&record.id).ok().map(|(fields, _)| fields);
            (StatusCode::CONFLICT, forms::conflict(&conflict))
        }
        Err(NotSaved::Refused(refusal)) => {
            form.refuse(&refusal);
            (StatusCode::CONFLICT, html! {})
        }
        Err(NotSaved::Errors(found)) => {
            form.add_errors(&found);
            (StatusCode::UNPROCESSABLE_ENTITY, html! {})
        }
    };
    again(asking, record, Some(&form), status, &above)
}

/// Takes the day from which on the record is out of force.
fn taken_back(asking: &Asking<'_>, record: &annals_store::rows::Shown) -> Result<Posted, Fault> {
    let said = Said(&asking.request.form);
    let wrong = |status: StatusCode, words: String| {
        let above = html! { p.fault role="alert" { (words) } };
        again(asking, record, None, status, &above)
    };
    let on = said.one("on");
    if on.is_empty() {
        let words = "Say on which day it is taken back.";
        return wrong(StatusCode::UNPROCESSABLE_ENTITY, words.to_owned());
    }
    let on = match annals_store::edits::date("on", on) {
        Ok(on) => on.value,
        Err(refusal) => {
            return wrong(StatusCode::UNPROCESSABLE_ENTITY, forms::refused(&refusal));
        }
    };
    let reason = Some(said.one("reason")).filter(|reason| !reason.is_empty());
    let change = Change::Retract {
        record: record.id.clone(),
        on,
        reason: reason.map(str::to_owned),
    };
    let plan = |store: &Store| store.plan(std::slice::from_ref(&change));
    match forms::save(asking, true, plan) {
        Ok(_) => Ok(Posted::Go(saved(asking))),
        Err(NotSaved::Refused(refusal)) => wrong(StatusCode::CONFLICT, forms::refused(&refusal)),
        Err(NotSaved::Errors(found)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            again(asking, record, None, status, &forms::effects(&found))
        }
    }
}

fn saved(asking: &Asking<'_>) -> String {
    request::address(&asking.path(), [("done", "saved")])
}
