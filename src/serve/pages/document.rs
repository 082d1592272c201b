//! `/document`: the claims of a selection for an editor or a lawyer, to read and to print, as
//! `annals brief`.

use annals_export::brief::brief_element;
use annals_store::ReadAll;
use maud::{PreEscaped, html};

use crate::asking::{Asking, Made, Shown};
use crate::view::frame;
use crate::view::words::{counted, number};

/// The most claims that are shown on a page.
const MOST: usize = 100;

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let store = &asking.dossier.store;
    let only: Vec<&str> = asking.request.all("only").collect();
    let every = store.few_claims(&asking.query, None, 0, ReadAll::NONE)?.all;
    let all = if only.is_empty() { every } else { only.len() };
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
        let document = store.brief_among(&asking.query, &only)?;
        html! {
            div.noprint {
                (frame::heading(&title, &counted(document.claims.len(), "claim", "claims"), &views))
                (frame::command(asking))
                @if !only.is_empty() { p.notes { "Those that were marked, of " (counted(every, "claim", "claims")) ". The command and the files have all. " a.link href=(asking.with(&["only"], &[])) { "All of them" } } }
                (frame::notes(&document.notes))
                p.tools.scripted hidden { button.btn type="button" id="print" data-press="p" { "Print " kbd { "p" } } }
            }
            div.document { (PreEscaped(brief_element(&document))) }
        }
    };
    Ok(Shown::wide("Document", Some("For an editor"), main))
}
