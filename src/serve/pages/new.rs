//! `/new/KIND`: a new record that no words of a text are chosen for; of a document also its text.

use annals_model::{RecordKind, Vocabulary as _};
use annals_store::{Change, Plan, Refusal, Store};
use hyper::StatusCode;
use maud::{Markup, html};
use serde_json::{Map, Value};

use crate::asking::{Asking, Fault, Made, Posted, Shown};
use crate::forms::{self, NotSaved, RecordForm, Said};
use crate::request;
use crate::view::frame;

fn kind_of(asking: &Asking<'_>) -> Result<RecordKind, Fault> {
    if !forms::may_write(asking) {
        return Err(Fault::Question(
            "Nothing is changed here: this is only read.".to_owned(),
        ));
    }
    let words = "A new record is a claim, an event, an actor, a topic, a relation, an order, a place or a document.";
    RecordKind::parse(asking.name()).ok_or_else(|| Fault::Missing(words.to_owned()))
}

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let kind = kind_of(asking)?;
    let form = RecordForm::begun(&asking.dossier.store, kind, None);
    Ok(page(asking, &form, "", false))
}

/// The page. `is_tried`: the form was sent, and what it would write is shown.
fn page(asking: &Asking<'_>, form: &RecordForm, text: &str, is_tried: bool) -> Shown {
    let kind = form.kind;
    let title = match kind {
        RecordKind::Document => "A new text".to_owned(),
        kind => format!("A new {}", kind.word()),
    };
    let main = html! {
        (frame::heading(&html! { (title) }, "", &[]))
        nav.views.lanes aria-label="Other records" {
            @for other in RecordKind::ALL { a href={ "/new/" (other.word()) } aria-current=[(*other == kind).then_some("true")] { (other.word()) } }
        }
        (forms::done(asking))
        form.record-form.wide-form method="post" action=(asking.path()) id="form" {
            (forms::token(asking))
            @if kind == RecordKind::Document {
                div.field {
                    label for="text-words" { "Its text" }
                    div.controls {
                        textarea name="text.words" id="text-words" rows="12" placeholder="pasted here; without it, only the record is made" { (text) }
                        p.scripted hidden { label for="text-file" { "or from a file (plain text, HTML, Word" @if annals_plain_text::READS_PDF { ", PDF" } "): " } input type="file" id="text-file" accept={ ".txt,.md,.html,.htm,.docx,text/plain,text/html" @if annals_plain_text::READS_PDF { ",.pdf" } } data-into="text-words"; button type="submit" name="convert" value="yes" id="convert" hidden { "Read the file" } }
                    }
                    p.why { "It is written to a file of the folder “texts”, and the record keeps its SHA-256." }
                }
            }
            (form.markup(asking, false))
            @if form.adds_errors() { (super::annotate::allow()) }
            div.acts {
                button.btn.go name="save" value="yes" { "Save " kbd { "Ctrl ↵" } }
                button.btn name="preview" value="yes" { "Check" }
                @if kind != RecordKind::Document { button.btn name="draft" value="yes" { "Save as a draft" } }
                a.btn.plain href="/" data-do="leave" { "Leave " kbd { "Esc" } }
            }
        }
        div.preview id="preview" { @if is_tried { (preview(asking, form, text)) } }
        (forms::undo(asking, &asking.path()))
    };
    Shown::wide(&title, None, main)
}

fn preview(asking: &Asking<'_>, form: &RecordForm, text: &str) -> Markup {
    let store = &asking.dossier.store;
    let mut tried = form.clone();
    let Some(changes) = tried.changes(store, None) else {
        return html! { p.small.muted { "Not yet: " (tried.first_fault()) } };
    };
    match plan(store, &changes, text) {
        Ok(plan) if !text.is_empty() => forms::lines(&plan),
        Ok(_) => forms::preview(store, &changes),
        Err(refusal) => html! { p.fault { (forms::refused(&refusal)) } },
    }
}

/// The plan of the form: with its text, if there is one.
fn plan(store: &Store, changes: &[Change], text: &str) -> Result<Plan, Refusal> {
    match changes {
        [Change::Add { fields, .. }] if !text.is_empty() => {
            store.plan_text(&without_text(fields), text)
        }
        _ => store.plan(changes),
    }
}

/// The fields that are worked out from the text.
fn without_text(fields: &Map<String, Value>) -> Map<String, Value> {
    let mut fields = fields.clone();
    fields.shift_remove("text");
    fields.shift_remove("sha256");
    fields
}

/// Takes the form of the page.
pub(super) fn post(asking: &Asking<'_>) -> Result<Posted, Fault> {
    let kind = kind_of(asking)?;
    let said = Said(&asking.request.form);
    let mut form = RecordForm::posted(kind, said);
    let text = if kind == RecordKind::Document {
        said.whole("text.words")
    } else {
        ""
    };
    let again = |form: &RecordForm, status: StatusCode, is_tried: bool| {
        Ok(Posted::Again(
            status,
            Box::new(page(asking, form, text, is_tried)),
        ))
    };
    if said.has("convert") && kind == RecordKind::Document {
        return Ok(match converted(said, &mut form) {
            Ok(text) => {
                let shown = page(asking, &form, &text, false);
                Posted::Again(StatusCode::OK, Box::new(shown))
            }
            Err(words) => {
                form.fault("", words);
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                Posted::Again(status, Box::new(page(asking, &form, text, false)))
            }
        });
    }
    if said.has("preview") {
        return again(&form, StatusCode::OK, true);
    }
    let Some(changes) = form.changes(&asking.dossier.store, None) else {
        return again(&form, StatusCode::UNPROCESSABLE_ENTITY, false);
    };
    if said.has("draft") {
        return match forms::keep_as_drafts(&asking.dossier.store, &changes) {
            Ok(()) => Ok(Posted::Go(request::address(
                &asking.path(),
                [("done", "draft")],
            ))),
            Err(refusal) => {
                form.refuse(&refusal);
                again(&form, StatusCode::CONFLICT, false)
            }
        };
    }
    match forms::save(asking, said.has("allow"), |store| {
        plan(store, &changes, text)
    }) {
        Ok((plan, _)) => Ok(Posted::Go(match (kind, plan.records.last()) {
            (RecordKind::Document, Some(record)) if !text.is_empty() => {
                request::address(&request::named("texts", &record.id), [("done", "saved")])
            }
            (_, Some(record)) if kind != RecordKind::Order => request::record(&record.id),
            _ => request::address(&asking.path(), [("done", "saved")]),
        })),
        Err(NotSaved::Refused(refusal)) => {
            form.refuse(&refusal);
            again(&form, StatusCode::CONFLICT, false)
        }
        Err(NotSaved::Errors(found)) => {
            form.add_errors(&found);
            again(&form, StatusCode::UNPROCESSABLE_ENTITY, false)
        }
    }
}

/// The text of a file that was sent with the form, in letters of base64 that an address can have. What the
/// file says of itself fills the fields that are empty.
fn converted(said: Said<'_>, form: &mut RecordForm) -> Result<String, String> {
    let bytes = bytes_of(said.one("text.file")).ok_or("The file did not arrive whole.")?;
    let read = annals_plain_text::read(said.one("text.name"), bytes);
    let read = read.map_err(|error| error.to_string())?;
    let stated = [
        ("title", read.title),
        ("published", read.published),
        ("language", read.language),
    ];
    for (field, value) in stated {
        if let Some(value) = value.filter(|_| form.words(field).is_empty()) {
            form.put(field, &value);
        }
    }
    if !read.pages.is_empty() {
        form.notes.push(annals_format::counted(
            read.pages.len(),
            "page: each passage gets its own",
            "pages: each passage gets its own",
        ));
    }
    form.notes.extend(read.notes);
    Ok(read.text)
}

/// The bytes that base64 writes, with `-` and `_`, and without padding.
fn bytes_of(letters: &str) -> Option<Vec<u8>> {
    let value = |letter: u8| {
        Some(match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        })
    };
    let mut bytes = Vec::with_capacity(letters.len() / 4 * 3 + 3);
    for group in letters.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for letter in group {
            bits = bits << 6 | u32::from(value(*letter)?);
        }
        bits <<= 6 * (4 - group.len());
        let three = bits.to_be_bytes();
        let count = match group.len() {
            1 => return None,
            count => count - 1,
        };
        bytes.extend_from_slice(&three[1..=count]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::bytes_of;

    #[test]
    fn letters_are_bytes() {
        let cases: [(&str, Option<&[u8]>); 6] = [
            ("", Some(b"")),
            ("QQ", Some(b"A")),
            ("QUI", Some(b"AB")),
            ("QUJD", Some(b"ABC")),
            ("_-8A", Some(&[255, 239, 0])),
            ("QUJDR", None),
        ];
        for (letters, bytes) in cases {
            assert_eq!(bytes_of(letters).as_deref(), bytes, "{letters}");
        }
        assert_eq!(bytes_of("QU=="), None);
    }
}
