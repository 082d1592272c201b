//! `/keys`: all keys, how to turn them off, and how to leave.

use maud::html;

use crate::asking::{Asking, Made, Shown};
use crate::view::frame;

/// Keys beside those that lead to pages.
const KEYS: [(&str, &[(&str, &str)]); 8] = [
    (
        "Everywhere",
        &[
            ("/", "search"),
            ("[", "as known a step earlier"),
            ("]", "as known a step later"),
            ("?", "this page"),
            ("Esc", "leave a field, close what is chosen"),
        ],
    ),
    (
        "Lists",
        &[
            ("j", "the next"),
            ("k", "the one before"),
            ("Enter", "open it"),
            ("t", "in its text"),
            ("c", "copy it with its source"),
            ("m", "mark it, or not"),
            ("d", "a document of those that are marked"),
            ("e", "edit it"),
            ("f", "what narrows the list"),
        ],
    ),
    (
        "Pictures",
        &[
            ("← →", "from mark to mark"),
            ("Enter", "show what it rests on"),
            ("+ -", "nearer, farther"),
        ],
    ),
    (
        "One record, a document",
        &[
            ("d", "what a speaker said, as a document"),
            ("e", "edit the record"),
            ("p", "print the document"),
        ],
    ),
    (
        "Texts",
        &[
            ("n", "the next claim"),
            ("N", "the claim before"),
            ("o", "the next paragraph that no record rests on"),
        ],
    ),
    (
        "Choosing words",
        &[
            ("w W", "the next word, the word before"),
            ("s S", "the next sentence, the one before"),
            ("x", "wider: the sentence, the paragraph"),
            (
                "< >",
                "the beginning, by a letter: also of a passage that is chosen",
            ),
            (", .", "the end, by a letter"),
            ("Shift ← →", "the end, by a letter"),
            ("c e a r", "make a claim, an event, an actor, a tie"),
        ],
    ),
    (
        "Forms",
        &[
            ("Ctrl ↵", "save"),
            ("Ctrl Shift ↵", "save, and begin another"),
            ("+ - ~ 0", "the stance, in its field"),
            ("u U", "undo, redo"),
            ("Esc", "leave"),
        ],
    ),
    (
        "Review",
        &[
            ("a", "accept"),
            ("t", "take the text's words"),
            ("e", "edit"),
            ("r", "reject"),
            ("j k", "the next, the one before"),
            ("u", "undo"),
        ],
    ),
];

#[expect(clippy::unnecessary_wraps, reason = "as every page is made")]
pub(super) fn show(asking: &Asking<'_>) -> Made {
    let main = html! {
        (frame::heading(&html! { "Keys and help" }, "", &[]))
        div.halves {
            section { h2 { "Pages" } p.small.muted { kbd { "g" } " and then" } dl.keylist { @for page in frame::plain_pages(asking.pages) { @if let Some(key) = page.key { dt { kbd { (key) } } dd { a.link href={ "/" (page.path) } { (page.name) } } } } } }
            @for (title, keys) in KEYS { section { h2 { (title) } dl.keylist { @for (key, words) in keys { dt { kbd { (key) } } dd { (words) } } } } }
        }
        section.sect {
            h2 { "Keys of one letter" }
            p { "They work outside of fields. If a program of yours needs them, or you speak to your computer, turn them off." }
            p { label.switch { input type="checkbox" id="keys-on"; " keys of one letter work" } span.muted.small { " kept in this browser; needs its scripts" } }
        }
        section.sect {
            h2 { "Pages without a place in the bar" }
            ul.others { @for page in frame::plain_pages(asking.pages).filter(|page| !page.in_bar) { li { a.link href={ "/" (page.path) } { (page.name) } } } }
        }
        section.sect {
            h2 { "Leave" }
            p { "Ends this browser's way in. Enter in the terminal prints a new address." }
            form action="/leave" method="post" { input type="hidden" name="token" value=(asking.request.token); button.btn { "Leave" } }
        }
    };
    Ok(Shown::wide("Keys and help", None, main))
}
