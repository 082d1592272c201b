//! Forms that change facts: what they say, what it means, what would be written, and writing it.
//!
//! Everything works without scripts: a form is posted, and answered with the page that has what was
//! written, or with itself and what is wrong. Nothing is decided here about facts: words become values, and
//! values bytes, in `annals-edit`.

mod controls;
mod fields;
mod preview;
mod record;
mod save;
mod values;

use annals_store::edits::drafts::Draft;
use maud::{Markup, html};

use crate::asking::Asking;
use crate::view::words::shown;

pub(crate) use fields::label;
pub(crate) use preview::{conflict, effects, lines, preview, refused};
pub(crate) use record::{Bound, RecordForm};
pub(crate) use save::{NotSaved, keep_as_drafts, save};
pub(crate) use values::words_of_value;

/// A draft that was judged since the server started.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    /// The draft as it was.
    pub(crate) draft: Draft,
    /// The entry of the journal that accepting it made; `None` where it was rejected.
    pub(crate) entry: Option<u64>,
}

/// What a form says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'r>(pub(crate) &'r [(String, String)]);

impl<'r> Said<'r> {
    /// The first value of a name; empty where there is none.
    pub(crate) fn one(self, name: &str) -> &'r str {
        let found = self.0.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// The first value of a name, with the white space around it.
    pub(crate) fn whole(self, name: &str) -> &'r str {
        let found = self.0.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// All values of a name that are not empty.
    pub(crate) fn all(self, name: &str) -> Vec<String> {
        let named = self.0.iter().filter(|(own, _)| own == name);
        let words = named.map(|(_, value)| value.trim().to_owned());
        words.filter(|value| !value.is_empty()).collect()
    }

    /// Whether a name is there: a button that was pressed, a box that was ticked.
    pub(crate) fn has(self, name: &str) -> bool {
        self.0.iter().any(|(own, _)| own == name)
    }
}

/// Whether the page has forms.
pub(crate) fn may_write(asking: &Asking<'_>) -> bool {
    asking.site.may_write() && asking.request.one(crate::asking::AS_OF).is_none()
}

/// The style and the scripts of forms, where the page has any.
pub(crate) fn assets(asking: &Asking<'_>) -> Markup {
    html! {
        @if asking.page.post.is_some() && may_write(asking) {
            link rel="stylesheet" href=(crate::assets::FORMS_STYLE.path());
            script src=(crate::assets::FORMS_SCRIPT.path()) defer {}
        }
    }
}

/// The ways to something new, on pages that show what there is.
pub(crate) fn ways_in(asking: &Asking<'_>) -> Markup {
    html! {
        @if may_write(asking) {
            p.tools {
                a.btn href="/new/document" { "Add a text" }
                a.btn href="/new/actor" { "New record" }
                span.small.muted { "an actor, a topic, an event, a claim …; a claim is best made from the words of its text" }
            }
        }
    }
}

/// The token of the session, in a form.
pub(crate) fn token(asking: &Asking<'_>) -> Markup {
    html! { input type="hidden" name="token" value=(asking.request.token); }
}

/// The buttons that undo what was written last, and make it again. `back` is the address of the page.
pub(crate) fn undo(asking: &Asking<'_>, back: &str) -> Markup {
    if !may_write(asking) {
        return html! {};
    }
    let journal = annals_store::edits::Journal::read(&asking.dossier.store.edit_scope()).ok();
    let (done, undone) = journal
        .as_ref()
        .map(|journal| journal.state())
        .unwrap_or_default();
    let buttons = [
        ("undo", "Undo", "u", done.last()),
        ("redo", "Redo", "U", undone.last()),
    ];
    html! {
        @for (path, word, key, entry) in buttons {
            @if let Some(entry) = entry {
                form.undo action={ "/" (path) } method="post" {
                    (token(asking))
                    input type="hidden" name="back" value=(back);
                    button.btn data-do=(path) { (word) " " kbd { (key) } }
                    span.small.muted { (shown(&entry.what)) }
                }
            }
        }
    }
}

/// What was just done, on the page that a form leads to.
pub(crate) fn done(asking: &Asking<'_>) -> Markup {
    let words = match asking.request.one("done") {
        Some("saved") => "Saved: it stands in the file.",
        Some("saved-after-change") => {
            "The file had changed meanwhile; what is new there has stayed, and yours was added."
        }
        Some("mended") => "Mended: the file is written.",
        Some("undone") => "Undone.",
        Some("redone") => "Done again.",
        Some("draft") => "Saved as a draft: it counts for nothing until it is accepted.",
        Some("accepted") => "Accepted: it stands in the file.",
        Some("rejected") => "Rejected: the same will not be proposed again.",
        _ => return html! {},
    };
    html! { p.done role="status" { (words) } }
}
