//! What is decided about drafts: accepted, with the words of the text, edited, rejected; and undone again.

use std::sync::PoisonError;

use annals_store::edits::Journal;
use annals_store::edits::drafts::{self, Draft};
use annals_store::{Change, Refusal};
use hyper::StatusCode;
use maud::html;
use serde_json::Value;

use super::{KEY, Waiting, quote, refused, shown_with, taken, waiting};
use crate::asking::{Asking, Fault, Posted};
use crate::forms::{self, Judged, NotSaved, RecordForm, Said};
use crate::request;
use crate::site::Site;
use crate::view::words::counted;

/// Takes what is decided about a draft.
pub(in crate::pages) fn post(asking: &Asking<'_>) -> Result<Posted, Fault> {
    let said = Said(&asking.request.form);
    if said.one("do") == "undo" {
        return undo(asking);
    }
    if said.one("do") == "all" {
        return accept_all(asking, said);
    }
    let (all, ..) = waiting(asking)?;
    let asked = asking.request.one("draft").filter(|key| key.len() >= KEY);
    let nth = all
        .iter()
        .position(|one| asked.is_some_and(|key| one.draft.key.starts_with(key)));
    let Some(nth) = nth else {
        return Err(Fault::Missing(
            "That draft is not there any more.".to_owned(),
        ));
    };
    let before = nth.checked_sub(1).and_then(|before| all.get(before));
    let next = all.get(nth + 1).or(before);
    let mut form = None;
    match decided(asking, said, &all[nth], &mut form)? {
        Ok(done) => {
            let mut added = vec![("done", done)];
            added.extend(next.map(|next| ("draft", &next.draft.key[..KEY])));
            Ok(Posted::Go(asking.with(&["draft", "edit", "done"], &added)))
        }
        Err(words) => {
            let above = html! { @if !words.is_empty() { p.fault role="alert" { (words) } } };
            let page = shown_with(asking, form.as_ref(), &above)?;
            Ok(Posted::Again(
                StatusCode::UNPROCESSABLE_ENTITY,
                Box::new(page),
            ))
        }
    }
}

/// Accepts the drafts that were on the screen, all in one write, or none.
fn accept_all(asking: &Asking<'_>, said: Said<'_>) -> Result<Posted, Fault> {
    let (all, ..) = waiting(asking)?;
    let keys = said.all("key");
    let meant = all.iter().filter(|one| {
        let is_seen = keys
            .iter()
            .any(|key| key.len() >= KEY && one.draft.key.starts_with(key.as_str()));
        is_seen && one.faults.is_empty()
    });
    let meant: Vec<&Waiting> = meant.collect();
    let changes: Vec<Change> = meant
        .iter()
        .map(|one| drafts::accepted(&one.draft))
        .collect();
    let words = match forms::save(asking, false, |store| store.plan(&changes)) {
        Ok((_, applied)) => {
            let scope = asking.dossier.store.edit_scope();
            for one in &meant {
                drafts::remove(&scope, &one.draft).map_err(|refusal| refused(&refusal))?;
                judged(asking.site, &one.draft, applied.entry);
            }
            let address = asking.with(&["draft", "edit", "done", "state"], &[("done", "accepted")]);
            return Ok(Posted::Go(address));
        }
        Err(NotSaved::Refused(refusal)) => forms::refused(&refusal),
        Err(NotSaved::Errors(found)) => {
            let errors: Vec<String> = found.added.errors().collect();
            format!(
                "Nothing was written: together they would add {}.\n{}",
                counted(errors.len(), "error", "errors"),
                errors.join("\n")
            )
        }
    };
    let above = html! { p.fault role="alert" { (words) } };
    let page = shown_with(asking, None, &above)?;
    Ok(Posted::Again(StatusCode::CONFLICT, Box::new(page)))
}

/// Does what was decided: what was done, or why nothing was written. A form that was not taken is left in
/// `form`.
fn decided(
    asking: &Asking<'_>,
    said: Said<'_>,
    one: &Waiting,
    form: &mut Option<RecordForm>,
) -> Result<Result<&'static str, String>, Fault> {
    let store = &asking.dossier.store;
    let draft = &one.draft;
    let (changes, allows) = match said.one("do") {
        "reject" => {
            let reason = Some(said.one("reason")).filter(|reason| !reason.is_empty());
            store
                .reject_draft(draft, reason)
                .map_err(|refusal| refused(&refusal))?;
            judged(asking.site, draft, None);
            return Ok(Ok("rejected"));
        }
        "accept" => match one.faults.first() {
            Some(fault) => return Ok(Err(forms::refused(&Refusal::Quote(fault.clone())))),
            None => (vec![drafts::accepted(draft)], false),
        },
        "take" => {
            let Some(words) = taken(store, draft) else {
                let words = "The text has no words that are like these.";
                return Ok(Err(words.to_owned()));
            };
            let instead = with_words(draft, &words);
            let faults = store
                .draft_faults(&instead)
                .map_err(|refusal| refused(&refusal))?;
            if let Some(fault) = faults.into_iter().next() {
                return Ok(Err(forms::refused(&Refusal::Quote(fault))));
            }
            (vec![drafts::accepted(&instead)], false)
        }
        "save" => {
            let own = form.insert(RecordForm::posted(draft.kind, said));
            let Some(mut changes) = own.changes(store, None) else {
                return Ok(Err(String::new()));
            };
            if let Some(Change::Add { fields, .. }) = changes.last_mut() {
                keep_others(fields, draft);
            }
            (changes, said.has("allow"))
        }
        _ => {
            return Err(Fault::Question(
                "The form does not say what to do.".to_owned(),
            ));
        }
    };
    let words = match forms::save(asking, allows, |store| store.plan(&changes)) {
        Ok((_, applied)) => {
            // The record is written; a draft that stayed would propose it once more.
            let scope = store.edit_scope();
            drafts::remove(&scope, draft).map_err(|refusal| refused(&refusal))?;
            judged(asking.site, draft, applied.entry);
            return Ok(Ok("accepted"));
        }
        Err(NotSaved::Refused(refusal)) => forms::refused(&refusal),
        Err(NotSaved::Errors(found)) => match form {
            Some(form) => {
                form.add_errors(&found);
                String::new()
            }
            None => {
                let errors: Vec<String> = found.added.errors().collect();
                let count = counted(errors.len(), "error", "errors");
                format!(
                    "Nothing was written: it would add {count}.\n{}",
                    errors.join("\n")
                )
            }
        },
    };
    Ok(Err(words))
}

/// Keeps of a draft what its form does not show: who made it, evidence after the first.
fn keep_others(fields: &mut serde_json::Map<String, Value>, draft: &Draft) {
    for (field, value) in &draft.fields {
        let is_other = field.starts_with("x_") && field != "x_reason";
        if is_other || matches!(field.as_str(), "retracted" | "ignore") {
            fields.entry(field.clone()).or_insert_with(|| value.clone());
        }
    }
    if let Some(Value::Array(items)) = draft.fields.get("evidence")
        && items.len() > 1
    {
        let first = fields.get("evidence").cloned();
        let all = first.into_iter().chain(items.iter().skip(1).cloned());
        fields.insert("evidence".to_owned(), all.collect());
    }
}

/// A draft with other words of its text.
fn with_words(draft: &Draft, words: &str) -> Draft {
    let mut draft = draft.clone();
    let old = quote(&draft).map(str::to_owned);
    if draft.fields.get("quote").and_then(Value::as_str) == old.as_deref() {
        draft.fields.insert("quote".to_owned(), words.into());
    }
    let first = match draft.fields.get_mut("evidence") {
        Some(Value::Array(items)) => items.first_mut(),
        other => other,
    };
    if let Some(Value::Object(parts)) = first {
        parts.insert("quote".to_owned(), words.into());
        parts.shift_remove("spans");
    }
    draft
}

fn judged(site: &Site, draft: &Draft, entry: Option<u64>) {
    let mut all = site.judged.lock().unwrap_or_else(PoisonError::into_inner);
    all.push(Judged {
        draft: draft.clone(),
        entry,
    });
}

/// Undoes the last judgement: the record goes, the draft is back.
fn undo(asking: &Asking<'_>) -> Result<Posted, Fault> {
    let scope = asking.dossier.store.edit_scope();
    let last = asking
        .site
        .judged
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .last()
        .cloned();
    let Some(last) = last else {
        return Err(Fault::Question(
            "Nothing was judged since the server was started.".to_owned(),
        ));
    };
    if let Some(entry) = last.entry {
        let store = &asking.dossier.store;
        let journal = Journal::read(&scope).map_err(|refusal| refused(&refusal))?;
        let newest = journal.state().0.last().map(|newest| newest.n);
        if newest != Some(entry) {
            let words = "Something else was written since; undo that first.";
            return Err(Fault::Question(words.to_owned()));
        }
        let plan = store.undo().map_err(|refusal| refused(&refusal))?;
        if let Some(plan) = plan {
            store.apply(&plan).map_err(|refusal| refused(&refusal))?;
        }
        asking.site.look_again();
    }
    // What was accepted in one write comes back together.
    let back: Vec<Judged> = {
        let judged = &asking.site.judged;
        let mut all = judged.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |one: &Judged| last.entry.is_some() && one.entry == last.entry;
        let count = all.iter().rev().take_while(|one| same(one)).count().max(1);
        let first = all.len().saturating_sub(count);
        all.split_off(first)
    };
    for one in &back {
        drafts::restore(&scope, &one.draft).map_err(|refusal| refused(&refusal))?;
    }
    Ok(Posted::Go(request::address(
        "/review",
        [("draft", &last.draft.key[..KEY]), ("done", "undone")],
    )))
}

/// An entry of the journal was undone from another page: if a draft had become it, that is back.
pub(in crate::pages) fn was_undone(site: &Site) {
    let scope = site.dossier().store.edit_scope();
    let Ok(journal) = Journal::read(&scope) else {
        return;
    };
    let undone: Vec<u64> = journal.state().1.iter().map(|entry| entry.n).collect();
    let mut all = site.judged.lock().unwrap_or_else(PoisonError::into_inner);
    let (back, kept) = std::mem::take(&mut *all)
        .into_iter()
        .partition(|one: &Judged| one.entry.is_some_and(|entry| undone.contains(&entry)));
    *all = kept;
    for one in &back {
        // It is there again for a person to judge; that it cannot be written is seen in the queue.
        let _ = drafts::restore(&scope, &one.draft);
    }
}
