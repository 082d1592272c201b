//! `/review`: drafts, one at a time: what they say, what the text says, and whether they are taken.

mod judging;

use std::sync::PoisonError;

use annals_model::Vocabulary as _;
use annals_store::edits::drafts::{self, Draft};
use annals_store::{Refusal, Store};
use maud::{Markup, html};
use serde_json::Value;

use crate::asking::{Asking, Fault, Made, Shown};
use crate::forms::{self, RecordForm, words_of_value};
use crate::request;
use crate::view::words::{counted, marked, name, short, shown};

pub(super) use judging::{post, was_undone};

/// How many drafts the list shows.
const LISTED: usize = 60;
/// How much of its key a draft is called by in an address.
const KEY: usize = 16;

/// A draft, and what stands in its way.
struct Waiting {
    draft: Draft,
    faults: Vec<String>,
}

fn refused(refusal: &Refusal) -> Fault {
    Fault::Facts(refusal.to_string())
}

/// The drafts that the address asks for, in their order; how many lines of their files cannot be read; and
/// all drafts.
fn waiting(asking: &Asking<'_>) -> Result<(Vec<Waiting>, usize, Vec<Draft>), Fault> {
    let store = &asking.dossier.store;
    let drafts = store.drafts().map_err(|refusal| refused(&refusal))?;
    let (all, unread) = (drafts.all, drafts.unread.len());
    let matches = |option: &str, value: &str| {
        asking
            .request
            .one(option)
            .is_none_or(|asked| asked == value)
    };
    let chosen = all
        .iter()
        .filter(|draft| matches("by", text(draft, "x_by")) && matches("in", &document(draft)));
    let state = asking.request.one("state");
    let mut found = Vec::new();
    for draft in chosen {
        let faults = store
            .draft_faults(draft)
            .map_err(|refusal| refused(&refusal))?;
        if state.is_none_or(|state| (state == "good") == faults.is_empty()) {
            found.push(Waiting {
                draft: draft.clone(),
                faults,
            });
        }
    }
    Ok((found, unread, all))
}

fn text<'d>(draft: &'d Draft, field: &str) -> &'d str {
    draft
        .fields
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The first evidence of a draft.
fn evidence(draft: &Draft) -> Option<&Value> {
    match draft.fields.get("evidence")? {
        Value::Array(items) => items.first(),
        one => Some(one),
    }
}

/// The document that a draft rests on.
fn document(draft: &Draft) -> String {
    let found = evidence(draft).and_then(|one| one.as_str().or_else(|| one["document"].as_str()));
    found.unwrap_or_default().to_owned()
}

/// The words of its passage.
fn quote(draft: &Draft) -> Option<&str> {
    let own = evidence(draft).and_then(|one| one["quote"].as_str());
    own.or_else(|| draft.fields.get("quote").and_then(Value::as_str))
}

/// What it says, in a line.
fn says(draft: &Draft) -> String {
    let names = ["quote", "content", "label", "name", "title", "role"];
    let found = names
        .iter()
        .map(|name| text(draft, name))
        .find(|words| !words.is_empty());
    match found {
        Some(words) => words.to_owned(),
        None => quote(draft).unwrap_or(draft.kind.word()).to_owned(),
    }
}

/// Who it is about: the speaker, if it has one.
fn who(store: &Store, draft: &Draft) -> String {
    let ids = ["speaker", "from"]
        .iter()
        .find_map(|name| draft.fields.get(*name))
        .map(words_of_value)
        .unwrap_or_default();
    let names: Vec<String> = ids
        .into_iter()
        .map(|id| store.name_of(&id).unwrap_or(id))
        .collect();
    if names.is_empty() {
        draft.kind.with_article().to_owned()
    } else {
        names.join(", ")
    }
}

fn address(asking: &Asking<'_>, draft: &Draft) -> String {
    asking.with(&["draft", "edit", "done"], &[("draft", &draft.key[..KEY])])
}

pub(super) fn show(asking: &Asking<'_>) -> Made {
    shown_with(asking, None, &html! {})
}

/// The page; `form` is one that was sent and not taken, `above` what is said before the draft.
fn shown_with(asking: &Asking<'_>, form: Option<&RecordForm>, above: &Markup) -> Made {
    if !forms::may_write(asking) {
        return Err(Fault::Question(
            "Nothing is changed here: this is only read.".to_owned(),
        ));
    }
    let (all, unread, every) = waiting(asking)?;
    let count = every.len();
    let asked = asking.request.one("draft");
    let nth = all
        .iter()
        .position(|one| asked.is_some_and(|key| one.draft.key.starts_with(key)))
        .unwrap_or(0);
    let is_gone = asked.is_some_and(|key| !all.iter().any(|one| one.draft.key.starts_with(key)));
    let current = all.get(nth);
    let is_edited = asking.request.has("edit") && !is_gone;
    let main = html! {
        h1.hidden { "Review of drafts" }
        div.big {
            (forms::done(asking))
            (above)
            @if is_gone { p.small.muted role="status" { "That draft is not there any more." } }
            @match current {
                None => { h2 { "Nothing waits" } p { @if count > 0 { (counted(count, "draft waits", "drafts wait")) " that " a.link href="/review" { "these filters leave out" } "." } @else { "Drafts are proposals that count for nothing until somebody accepts them. They come from " code { "annals draft" } ", from " code { "annals import … --drafts" } ", and from “Save as a draft”." } } },
                Some(one) if is_edited => (editing(asking, one, form)),
                Some(one) => (draft(asking, one, nth, all.len())),
            }
            @if let Some(next) = all.get(nth + 1) { a.hidden data-do="next" href=(address(asking, &next.draft)) { "the next draft" } }
            @if nth > 0 { a.hidden data-do="before" href=(address(asking, &all[nth - 1].draft)) { "the draft before" } }
        }
    };
    Ok(Shown {
        title: "Review".to_owned(),
        lead: None,
        chips: None,
        layout: "review",
        rail: Some(rail(asking, &all, nth, (&every, unread))),
        main,
        side: Some(side(asking, current)),
    })
}

/// The drafts, and what narrows them.
fn rail(
    asking: &Asking<'_>,
    all: &[Waiting],
    nth: usize,
    (every, unread): (&[Draft], usize),
) -> Markup {
    let store = &asking.dossier.store;
    let mut makers: Vec<&str> = every
        .iter()
        .map(|one| text(one, "x_by"))
        .filter(|by| !by.is_empty())
        .collect();
    makers.sort_unstable();
    makers.dedup();
    let mut documents: Vec<String> = every
        .iter()
        .map(document)
        .filter(|id| !id.is_empty())
        .collect();
    documents.sort();
    documents.dedup();
    let judged = asking
        .site
        .judged
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let first = nth
        .saturating_sub(LISTED / 2)
        .min(all.len().saturating_sub(LISTED));
    html! {
        p.h { (counted(all.len(), "draft to go", "drafts to go")) @if !judged.is_empty() { " · " (judged.len()) " judged" } }
        @if !judged.is_empty() { progress.sitting max=(all.len() + judged.len()) value=(judged.len()) aria-label="Judged in this sitting" {} }
        @if unread > 0 { p.fault { (counted(unread, "line of the files of drafts", "lines of the files of drafts")) " cannot be read, and " (if unread == 1 { "is" } else { "are" }) " left out." } }
        form.filters method="get" action="/review" {
            (filter("in", "Text", asking, documents.iter().map(|id| (id.clone(), store.name_of(id).unwrap_or_else(|| id.clone())))))
            (filter("by", "Made by", asking, makers.iter().map(|by| ((*by).to_owned(), (*by).to_owned()))))
            (filter("state", "State", asking, [("good", "can be accepted"), ("bad", "something is wrong")].map(|(value, words)| (value.to_owned(), words.to_owned()))))
            button.btn { "Show" }
        }
        (in_bulk(asking, all))
        ol.drafts {
            @for one in judged.iter().rev().take(3).rev() { li.judged { p { b aria-hidden="true" { (if one.entry.is_some() { "✓" } else { "–" }) } " " (shown(&short(&who(store, &one.draft), 60))) } p.small { (shown(&short(&says(&one.draft), 90))) } p.small.muted { (if one.entry.is_some() { "accepted" } else { "rejected" }) } } }
            @for (at, one) in all.iter().enumerate().skip(first).take(LISTED) {
                li aria-current=[(at == nth).then_some("true")] {
                    a href=(address(asking, &one.draft)) {
                        p { b { (shown(&short(&who(store, &one.draft), 60))) } }
                        p.small { (shown(&short(&says(&one.draft), 90))) }
                        p.small.muted { @if one.faults.is_empty() { "can be accepted" } @else { b.lev.error aria-hidden="true" { "✗ " } (shown(&short(one.faults[0].lines().next().unwrap_or_default(), 80))) } }
                    }
                }
            }
        }
        @if all.len() > LISTED { p.small.muted { (counted(all.len() - LISTED, "more", "more")) } }
    }
}

/// Accepting all drafts of the list, once it has only those that can be, and all of them are on the screen.
fn in_bulk(asking: &Asking<'_>, all: &[Waiting]) -> Markup {
    let is_listed = asking.request.one("state") == Some("good") && all.len() <= LISTED;
    if !is_listed || all.len() < 2 {
        return html! {};
    }
    html! {
        form.bulk method="post" action=(asking.with(&["draft", "edit", "done"], &[])) {
            (forms::token(asking))
            @for one in all { input type="hidden" name="key" value=(one.draft.key[..KEY]); }
            button.btn name="do" value="all" { "Accept these " (all.len()) }
        }
    }
}

fn filter(
    option: &'static str,
    label: &str,
    asking: &Asking<'_>,
    values: impl IntoIterator<Item = (String, String)>,
) -> Markup {
    let asked = asking.request.one(option).unwrap_or_default();
    html! {
        label.small for={ "filter-" (option) } { (label) }
        select name=(option) id={ "filter-" (option) } {
            option value="" { "all" }
            @for (value, words) in values { option value=(value) selected[value == asked] { (shown(&short(&words, 60))) } }
        }
    }
}

/// A draft: what it says, its passage, and what can be done with it.
fn draft(asking: &Asking<'_>, one: &Waiting, nth: usize, count: usize) -> Markup {
    let (store, own) = (&asking.dossier.store, &one.draft);
    let taken = taken(store, own);
    html! {
        p.small.muted { "Draft " (nth + 1) " of " (count) " · " (own.kind.word()) @if !text(own, "act").is_empty() { " · " (shown(text(own, "act"))) } @if !text(own, "x_by").is_empty() { " · made by " (shown(text(own, "x_by"))) } @if !text(own, "x_from").is_empty() { " from " (shown(text(own, "x_from"))) } }
        blockquote { @if own.fields.contains_key("quote") { "“" (quoted(store, own)) "”" } @else { (name(&says(own))) } }
        dl.facts {
            @for (field, value) in own.fields.iter().filter(|(field, _)| !matches!(field.as_str(), "quote" | "evidence" | "x_by" | "x_from" | "id")) {
                dt { (forms::label(own.kind, field).to_lowercase()) }
                dd { @for (at, word) in words_of_value(value).iter().enumerate() { @if at > 0 { ", " } (name(&in_words(store, field, word))) } }
            }
        }
        (passage(store, own))
        @if !one.faults.is_empty() { div.faults { @for fault in &one.faults { p.fault { (forms::refused(&Refusal::Quote(fault.clone()))) } } } }
        form.judge method="post" action=(address(asking, own)) id="judge" {
            (forms::token(asking))
            div.tri {
                button.btn.go[one.faults.is_empty()] name="do" value="accept" data-do="accept" disabled[!one.faults.is_empty()] { "Accept " kbd { "a" } }
                button.btn.go[!one.faults.is_empty() && taken.is_some()] name="do" value="take" data-do="take" disabled[taken.is_none()] { "Take the text’s words " kbd { "t" } }
                button.btn name="do" value="reject" data-do="reject" { "Reject " kbd { "r" } }
            }
            div.field { label for="reason" { "Why" } div.controls { input name="reason" id="reason" placeholder="a word, or none: kept with what is rejected" autocomplete="off"; } }
        }
        p.small.muted { @if !one.faults.is_empty() { "As it is, it cannot be accepted. " } a.link data-do="edit" href=(asking.with(&["draft", "edit", "done"], &[("draft", &own.key[..KEY]), ("edit", "yes")])) { "Edit" } " " kbd { "e" } " · " kbd { "j" } " " kbd { "k" } " next, back · " kbd { "u" } " undo" }
    }
}

/// A value as people read it: a name, a date in words, the name of what a stance is toward.
fn in_words(store: &Store, field: &str, word: &str) -> String {
    if matches!(field, "said" | "when" | "published" | "due") {
        return annals_time::Date::parse(word)
            .map_or_else(|_| word.to_owned(), |date| date.words());
    }
    if let Some((toward, stance)) = word.rsplit_once(": ").filter(|_| field == "stance") {
        let name = store.name_of(toward);
        return format!("{}: {stance}", name.as_deref().unwrap_or(toward));
    }
    store.name_of(word).unwrap_or_else(|| word.to_owned())
}

/// The quote; of words that do not stand in the text, with those marked in which it has others.
fn quoted(store: &Store, draft: &Draft) -> Markup {
    let words = says(draft);
    let Some(instead) = taken(store, draft) else {
        return name(&words);
    };
    let [before, other, after] = differing(&words, &instead);
    html! { (name(before)) @if !other.is_empty() { u.off-words { (name(other)) } } (name(after)) }
}

/// A text in three: what it begins with as another does, whole words in which they differ, and the rest.
fn differing<'w>(words: &'w str, other: &str) -> [&'w str; 3] {
    let same = |(a, b): &(char, char)| a == b;
    let pairs = words.chars().zip(other.chars());
    let start: usize = pairs
        .take_while(same)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    let (own, theirs) = (&words[start..], other.get(start..).unwrap_or_default());
    let pairs = own.chars().rev().zip(theirs.chars().rev());
    let end: usize = pairs
        .take_while(same)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    let end = words.len() - end;
    let start = words[..start].rfind(' ').map_or(0, |space| space + 1);
    let end = match words[..end].strip_suffix(' ') {
        Some(before) if before.len() > start => before.len(),
        _ => words[end..]
            .find(' ')
            .map_or(words.len(), |space| end + space),
    };
    let start = start.min(end);
    [&words[..start], &words[start..end], &words[end..]]
}

/// The words of the text that would take the place of those that do not stand there.
fn taken(store: &Store, draft: &Draft) -> Option<String> {
    let (words, document) = (quote(draft)?, document(draft));
    if store.passage(&document, Some(words), &[]).is_ok() {
        return None;
    }
    let (instead, span) = store.words_of_text(&document, words).ok()??;
    let passage = store.passage(&document, Some(&instead), &[span]).ok()?;
    passage.level.is_some().then_some(instead)
}

/// The passage in its sentence; of words that do not stand there, what is most like them.
fn passage(store: &Store, draft: &Draft) -> Markup {
    let (Some(words), document) = (quote(draft), document(draft)) else {
        return html! {};
    };
    let found = store.passage(&document, Some(words), &[]).ok();
    let near = if found.is_none() {
        store.words_of_text(&document, words).ok().flatten()
    } else {
        None
    };
    let spans = match (&found, &near) {
        (Some(found), _) => found.spans.clone(),
        (None, Some((_, span))) => vec![*span],
        (None, None) => return html! {},
    };
    let text = store
        .marked_text(&document)
        .map(|answer| answer.data.text)
        .unwrap_or_default();
    let text = annals_evidence::Text::new(text);
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
        return html! {};
    };
    let sentence = text.sentence_around(annals_evidence::Span::new(first.start, last.end));
    let within: Vec<_> = spans
        .iter()
        .map(|span| {
            annals_evidence::Span::new(
                span.start.saturating_sub(sentence.start),
                span.end.saturating_sub(sentence.start),
            )
        })
        .collect();
    let line = text.line_column(first.start).line;
    html! {
        h2.sub { @if found.is_some() { "Where it stands" } @else { "What the text has" } ", line " (line) }
        div.pass {
            p.dim { (marked(text.slice(sentence).unwrap_or_default(), &within)) }
            footer { span { a.link href={ (request::named("texts", &document)) "?part=" (line) "#line-" (line) } { (name(&store.name_of(&document).unwrap_or_else(|| document.clone()))) } } span.ver { @if found.is_some() { b { "✓" } "stands there" } @else { b { "✗" } "missing" } } }
        }
    }
}

/// Findings, what is like it, where it would be written.
fn side(asking: &Asking<'_>, current: Option<&Waiting>) -> Markup {
    let store = &asking.dossier.store;
    html! {
        @if let Some(one) = current { (forms::preview(store, &[drafts::accepted(&one.draft)])) }
        @let judged = asking.site.judged.lock().unwrap_or_else(PoisonError::into_inner);
        @if let Some(last) = judged.last() {
            h2.sub { "So far" }
            p.small { (judged.iter().filter(|one| one.entry.is_some()).count()) " accepted, " (judged.iter().filter(|one| one.entry.is_none()).count()) " rejected" }
            form.undo method="post" action="/review" { (forms::token(asking)) button.btn name="do" value="undo" data-do="undo" { "Undo the last " kbd { "u" } } span.small.muted { (shown(&short(&says(&last.draft), 60))) } }
        }
    }
}

/// The form of a draft's fields.
fn editing(asking: &Asking<'_>, one: &Waiting, form: Option<&RecordForm>) -> Markup {
    let begun = RecordForm::of_draft(&one.draft);
    html! {
        h2 { "Edit the draft" }
        form.record-form method="post" id="form" action=(asking.with(&["draft", "edit", "done"], &[("draft", &one.draft.key[..KEY]), ("edit", "yes")])) {
            (forms::token(asking))
            (form.unwrap_or(&begun).markup(asking, false))
            @if form.is_some_and(RecordForm::adds_errors) { (super::annotate::allow()) }
            div.acts { button.btn.go name="do" value="save" { "Accept as it is here " kbd { "Ctrl ↵" } } a.btn.plain href=(address(asking, &one.draft)) data-do="leave" { "Leave " kbd { "Esc" } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::differing;

    #[test]
    fn words_that_differ_are_whole() {
        let of = |words, other| differing(words, other).join("|");
        assert_eq!(
            of("a trench at its feet", "a trench at its foot"),
            "a trench at its |feet|"
        );
        assert_eq!(of("the old mole was", "the mole was"), "the |old| mole was");
        assert_eq!(of("ein Fuß da", "ein Füße da"), "ein |Fuß| da");
        assert_eq!(of("one", "two"), "|one|");
        assert_eq!(of("same", "same"), "|same|");
        assert_eq!(of("", "x"), "||");
    }
}
