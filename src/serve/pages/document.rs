//! `/document`: the claims of a selection for an editor or a lawyer, to read and to print, as
//! `annals brief`.

use annals_export::brief::brief_element;
use maud::{PreEscaped, html};

use crate::asking::{Asking, Made, Shown};
use crate::view::frame;
use crate::view::words::{counted, number};

/// The most claims that are shown on a page.
const MOST: usize = 100;

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let store = &asking.dossier.store;
    let all = store.said(&asking.query)?.len();
    let is_long = all > MOST;
    let title = html! { "Document" };
    let views = [
        ("List", asking.same_on("/claims"), false),
        ("Document", asking.with(&[], &[]), true),
    ];
    let main = if is_long {
        html! {
            (frame::heading(&title, &counted(all, "claim", "claims"), &views))
            (frame::command(asking))
            p.nothing { "A document of " (number(all)) " claims is too long for a page. Ask for less, or take the file: " a.link href=(asking.twin("html")) { "HTML" } ", " a.link href=(asking.twin("md")) { "Markdown" } " or " a.link href=(asking.twin("docx")) { "Word" } "." }
        }
    } else {
        let document = store.brief(&asking.query)?;
        html! {
            div.noprint {
                (frame::heading(&title, &counted(all, "claim", "claims"), &views))
                (frame::command(asking))
                (frame::notes(&document.notes))
            }
            div.document { (PreEscaped(brief_element(&document))) }
        }
    };
    Ok(Shown::wide("Document", Some("For an editor"), main))
}
