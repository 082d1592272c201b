//! Annotating: words of a text are chosen, and become a claim, an event, an actor or a tie.

use annals_evidence::Span;
use annals_model::{RecordKind, Vocabulary as _};
use annals_store::Refusal;
use annals_store::edits::Passage;
use hyper::StatusCode;
use maud::{Markup, html};

use super::{moving, text};
use crate::asking::{Asking, Fault, Posted};
use crate::forms::{self, Bound, NotSaved, RecordForm, Said};
use crate::request;
use crate::view::words::{name, shown, standing};

/// The options of the page of a text with which words are chosen.
pub(super) const OPTIONS: [&str; 5] = ["from", "to", "words", "make", moving::OF];

/// What words can become, with their keys.
const KINDS: [(RecordKind, &str, &str); 5] = [
    (RecordKind::Claim, "Claim", "c"),
    (RecordKind::Event, "Event", "e"),
    (RecordKind::Actor, "Actor", "a"),
    (RecordKind::Relation, "Tie", "r"),
    (RecordKind::Topic, "Topic", ""),
];

/// The words that the address chooses: from one letter to another, or as they are written.
pub(super) fn chosen(asking: &Asking<'_>, document: &str) -> Option<Result<Passage, Refusal>> {
    let number = |name: &str| {
        asking
            .request
            .one(name)
            .and_then(|text| text.parse::<u32>().ok())
    };
    let store = &asking.dossier.store;
    if let (Some(from), Some(to)) = (number("from"), number("to")) {
        return Some(store.passage(document, None, &[Span::new(from, to.max(from))]));
    }
    let words = asking.request.one("words")?;
    Some(store.passage(document, Some(words), &[]))
}

/// The stretches of the text that are chosen.
pub(super) fn spans(asking: &Asking<'_>, document: &str) -> Vec<Span> {
    if !forms::may_write(asking) {
        return Vec::new();
    }
    chosen(asking, document)
        .and_then(Result::ok)
        .map(|passage| passage.spans)
        .unwrap_or_default()
}

/// What stands beside a text: the words that are chosen and what becomes of them; or what there is else,
/// with the ways to annotate. `record` is the id of a record that is chosen.
pub(super) fn beside(
    asking: &Asking<'_>,
    document: &str,
    form: Option<&RecordForm>,
    record: Option<&str>,
    else_there: Markup,
) -> Markup {
    if !forms::may_write(asking) {
        return else_there;
    }
    let here = asking.with(&["done"], &[]);
    html! {
        @match chosen(asking, document) {
            None => {
                (forms::done(asking))
                @if let Some(id) = moving::record(asking) { p { "The passage of " a.link href=(request::record(id)) { (shown(id)) } " becomes the words that you choose." } }
                @if record.is_none() { (chooser(asking, "")) }
                (else_there)
                @if let Some(id) = record { p.acts { a.btn href={ (request::record(id)) "/edit" } data-do="edit" { "Edit" } a.btn href=(asking.with(&["done", "choose"], &[(moving::OF, id)])) { "Other words…" } a.btn href={ (request::record(id)) "/edit#take-back" } { "Take back…" } } p.small.muted.scripted hidden { kbd { "<" } " " kbd { ">" } " move the beginning of its passage, " kbd { "," } " " kbd { "." } " its end" } }
                (forms::undo(asking, &here))
            }
            Some(Err(refusal)) => {
                p.fault role="alert" { (forms::refused(&refusal)) }
                (chooser(asking, asking.request.one("words").unwrap_or_default()))
                (else_there)
            }
            Some(Ok(passage)) => @match moving::record(asking) {
                Some(id) => (moving::beside(asking, id, &passage)),
                None => (about(asking, &passage, form)),
            },
        }
    }
}

/// The field in which words are chosen without scripts: as they stand in the text.
fn chooser(asking: &Asking<'_>, words: &str) -> Markup {
    html! {
        form.choose method="get" action=(asking.path()) {
            label for="choose-words" { "Choose words of the text" }
            @if let Some(id) = moving::record(asking) { input type="hidden" name=(moving::OF) value=(id); }
            textarea name="words" id="choose-words" rows="2" placeholder="as they stand there" { (words) }
            div.acts { button.btn { "Choose" } span.small.muted.scripted hidden { "or mark them in the text; " kbd { "w" } " a word, " kbd { "s" } " a sentence" } }
        }
    }
}

/// The words that are chosen, what they can become, and the form of one.
fn about(asking: &Asking<'_>, passage: &Passage, form: Option<&RecordForm>) -> Markup {
    let words = passage.evidence["quote"].as_str().unwrap_or_default();
    let asked = asking.request.one("make").and_then(RecordKind::parse);
    html! {
        nav.kind aria-label="What the words are" id="kinds" {
            @for (kind, word, key) in KINDS {
                a href=(asking.with(&["make", "choose", "done"], &[("make", kind.word())])) data-make=(kind.word()) aria-current=[(asked == Some(kind)).then_some("true")] { (word) @if !key.is_empty() { " " kbd { (key) } } }
            }
        }
        div.qbox { "“" (name(words)) "”" }
        (stands(passage))
        @if let Some(kind) = asked {
            @let begun = form.is_none().then(|| RecordForm::begun(&asking.dossier.store, kind, Some(passage)));
            @if let Some(form) = form.or(begun.as_ref()) { (of_kind(asking, form, passage)) }
        } @else {
            p.small.muted { "What are these words? " a.link href=(asking.with(&OPTIONS, &[])) data-do="leave" { "Leave" } }
        }
    }
}

/// How the words stand in the text, and what rests on them already.
pub(super) fn stands(passage: &Passage) -> Markup {
    let (mark, word) = standing(passage.level);
    html! {
        p.ok role="status" {
            b aria-hidden="true" { (mark) } " "
            @match passage.lines {
                Some((first, last)) if first == last => { "stands in the text, line " (first) },
                Some((first, last)) => { "stands in the text, lines " (first) " to " (last) },
                None => { "not verified: the text is not there" },
            }
            @if passage.lines.is_some() && word != "exact" { " (" (word) ")" }
        }
        @if !passage.taken.is_empty() {
            p.small { "some of these words are in " @for (nth, id) in passage.taken.iter().enumerate() { @if nth > 0 { ", " } a.link href=(request::record(id)) { (shown(id)) } } }
        }
    }
}

/// The form of a record about the passage.
fn of_kind(asking: &Asking<'_>, form: &RecordForm, passage: &Passage) -> Markup {
    let mut tried = form.clone();
    let bound = Bound {
        document: &passage.document,
        spans: &passage.spans,
    };
    let changes = tried.changes(&asking.dossier.store, Some(bound));
    html! {
        form.record-form method="post" action=(asking.with(&["done", "choose"], &[])) id="form" data-version=(asking.dossier.version) {
            (forms::token(asking))
            input type="hidden" name="version" value=(asking.dossier.version);
            (form.markup(asking, true))
            @if form.adds_errors() { (allow()) }
            div.acts {
                button.btn.go name="save" value="yes" { "Save " kbd { "Ctrl ↵" } }
                button.btn name="another" value="yes" { "Save and another" }
                button.btn name="draft" value="yes" { "Save as a draft" }
                button.btn name="preview" value="yes" { "Check" }
                a.btn.plain href=(asking.with(&OPTIONS, &[])) data-do="leave" { "Leave " kbd { "Esc" } }
            }
        }
        div.preview id="preview" {
            @match changes {
                Some(changes) => (forms::preview(&asking.dossier.store, &changes)),
                None => { h2.sub { "What is written" } p.small.muted { "Not yet: " (tried.first_fault()) } },
            }
        }
    }
}

/// The box that says that new errors are meant.
pub(super) fn allow() -> Markup {
    html! { p.make { input type="checkbox" name="allow" value="yes" id="allow"; " " label for="allow" { "Save all the same, with the errors" } } }
}

/// Takes the form of a record about words of a text.
pub(super) fn post(asking: &Asking<'_>) -> Result<Posted, Fault> {
    let said = Said(&asking.request.form);
    let document = match asking.dossier.store.marked_text(asking.name()) {
        Ok(answer) => answer.data.row.document.id,
        Err(error) => return Err(error.into()),
    };
    if said.has(moving::MOVE)
        && let Some(id) = moving::record(asking)
    {
        return match chosen(asking, &document) {
            Some(Ok(passage)) => moving::post(asking, id, &passage),
            Some(Err(refusal)) => Err(Fault::Question(refusal.to_string())),
            None => Err(Fault::Question("No words are chosen.".to_owned())),
        };
    }
    let kind = asking.request.one("make").and_then(RecordKind::parse);
    let kind =
        kind.ok_or_else(|| Fault::Question("The form does not say what it makes.".to_owned()))?;
    let passage = match chosen(asking, &document) {
        Some(Ok(passage)) => passage,
        Some(Err(refusal)) => return Err(Fault::Question(refusal.to_string())),
        None => return Err(Fault::Question("No words are chosen.".to_owned())),
    };
    let mut form = RecordForm::posted(kind, said);
    let bound = Bound {
        document: &document,
        spans: &passage.spans,
    };
    if said.has("preview") {
        return Ok(Posted::Again(
            StatusCode::OK,
            Box::new(text::shown_with(asking, Some(&form))?),
        ));
    }
    let text = |done: &str, chosen: Option<&str>| {
        let mut without = OPTIONS.to_vec();
        without.extend(["done", "choose"]);
        let added: Vec<(&str, &str)> = chosen
            .map(|id| ("choose", id))
            .into_iter()
            .chain([("done", done)])
            .collect();
        let address = asking.with(&without, &added);
        match chosen {
            Some(id) => format!("{address}#{}", crate::view::claim::anchor(id)),
            None => address,
        }
    };
    let Some(changes) = form.changes(&asking.dossier.store, Some(bound)) else {
        return again(asking, &form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if said.has("draft") {
        return match forms::keep_as_drafts(&asking.dossier.store, &changes) {
            Ok(()) => Ok(Posted::Go(text("draft", None))),
            Err(refusal) => {
                form.refuse(&refusal);
                again(asking, &form, StatusCode::CONFLICT)
            }
        };
    }
    match forms::save(asking, said.has("allow"), |store| store.plan(&changes)) {
        Ok((plan, _)) => {
            let has_changed = said.one("version") != asking.dossier.version.to_string();
            let done = if has_changed && !said.one("version").is_empty() {
                "saved-after-change"
            } else {
                "saved"
            };
            let id = plan.records.last().map(|record| record.id.as_str());
            if said.has("another") {
                return Ok(Posted::Go(text(done, None)));
            }
            Ok(Posted::Go(text(done, id)))
        }
        Err(NotSaved::Refused(refusal)) => {
            form.refuse(&refusal);
            again(asking, &form, StatusCode::CONFLICT)
        }
        Err(NotSaved::Errors(found)) => {
            form.add_errors(&found);
            again(asking, &form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn again(asking: &Asking<'_>, form: &RecordForm, status: StatusCode) -> Result<Posted, Fault> {
    Ok(Posted::Again(
        status,
        Box::new(text::shown_with(asking, Some(form))?),
    ))
}
