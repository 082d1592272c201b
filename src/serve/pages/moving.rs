//! Moving the passage of a record to other words of the same text.

use annals_store::edits::{self, Passage};
use annals_store::{Change, Refusal, Store};
use hyper::StatusCode;
use maud::{Markup, html};

use super::{annotate, text};
use crate::asking::{Asking, Fault, Posted};
use crate::forms::{self, NotSaved, Said};
use crate::request;
use crate::view::words::{name, shown};

/// The option of the page of a text that names the record whose passage moves.
pub(super) const OF: &str = "of";

/// The button of the form.
pub(super) const MOVE: &str = "move";

/// The record whose passage moves, if one does.
pub(super) fn record<'a>(asking: &'a Asking<'_>) -> Option<&'a str> {
    asking.request.one(OF)
}

/// The change that makes the passage of a record these words.
fn change(store: &Store, id: &str, passage: &Passage) -> Result<Change, Refusal> {
    let (seen, _) = store.fields_of(id)?;
    let fields = edits::moved(&seen, passage).ok_or_else(|| {
        let id = annals_finding::shown(id);
        Refusal::Asked(format!("{id} has no passage in this text"))
    })?;
    Ok(Change::Set {
        record: id.to_owned(),
        fields,
        seen: Some(seen),
    })
}

/// What the words would become: the passage of the record, as it would be written.
pub(super) fn beside(asking: &Asking<'_>, id: &str, passage: &Passage) -> Markup {
    let store = &asking.dossier.store;
    let words = passage.evidence["quote"].as_str().unwrap_or_default();
    html! {
        p.h { "The passage of " a.link href=(request::record(id)) { (shown(id)) } " becomes" }
        div.qbox { "“" (name(words)) "”" }
        (annotate::stands(passage))
        form.record-form method="post" action=(asking.with(&["done", "choose"], &[])) {
            (forms::token(asking))
            // It was tried, and what is wrong stands below.
            @if Said(&asking.request.form).has(MOVE) { (annotate::allow()) }
            div.acts {
                button.btn.go name=(MOVE) value="yes" { "Save" }
                a.btn.plain href=(left(asking, id, "")) data-do="leave" { "Leave " kbd { "Esc" } }
            }
        }
        div.preview {
            @match change(store, id, passage) {
                Ok(change) => (forms::preview(store, &[change])),
                Err(refusal) => p.fault role="alert" { (forms::refused(&refusal)) },
            }
        }
    }
}

/// The text again, with the record chosen.
fn left(asking: &Asking<'_>, id: &str, done: &str) -> String {
    let mut without = annotate::OPTIONS.to_vec();
    without.extend(["done", "choose"]);
    let done = (!done.is_empty()).then_some(("done", done));
    let added: Vec<(&str, &str)> = std::iter::once(("choose", id)).chain(done).collect();
    let address = asking.with(&without, &added);
    format!("{address}#{}", crate::view::claim::anchor(id))
}

/// Takes the form.
pub(super) fn post(asking: &Asking<'_>, id: &str, passage: &Passage) -> Result<Posted, Fault> {
    let allows = Said(&asking.request.form).has("allow");
    let saved = forms::save(asking, allows, |store| {
        store.plan(&[change(store, id, passage)?])
    });
    let status = match saved {
        Ok(_) => return Ok(Posted::Go(left(asking, id, "saved"))),
        Err(NotSaved::Refused(_)) => StatusCode::CONFLICT,
        Err(NotSaved::Errors(_)) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = text::shown_with(asking, None)?;
    Ok(Posted::Again(status, Box::new(page)))
}
