//! `/order`: must one thing come before another, and why, as `annals order`.

use maud::html;

use super::path::{ask_for_two, ends};
use crate::asking::{Asking, Made, Shown};
use crate::request;
use crate::view::frame;
use crate::view::words::{link, name, shown};

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let Some((first, second)) = ends(asking) else {
        let main = html! { (frame::heading(&html! { "Which came first?" }, "", &[])) (ask_for_two("/order", asking)) };
        return Ok(Shown::wide("Which came first?", None, main));
    };
    let found = asking.dossier.store.order(first, second)?;
    let main = html! {
        (frame::heading(&html! { "Which came first?" }, "", &[]))
        (frame::command(asking))
        (ask_for_two("/order", asking))
        (frame::notes(&found.notes))
        section.sect {
            h2 { (link(&found.first)) " and " (link(&found.second)) }
            @if found.possible.is_empty() { p { "Nothing is possible: the facts about them contradict each other." } }
            @else {
                p { @if found.possible.len() == 1 { "Only this is possible:" } @else { "These are possible:" } }
                ul.others { @for relation in &found.possible { li { (name(&found.first.name)) " " b { (relation.to_string().replace('_', " ")) } " " (name(&found.second.name)) } } }
            }
        }
        @if !found.because.is_empty() {
            section.sect { h2 { "Because" } ul.because { @for fact in &found.because { li { span { (name(&fact.words)) " " a.link.small href=(request::record(&fact.id)) { (shown(&fact.source.file)) ":" (fact.source.line) } } } } } }
        }
    };
    Ok(Shown::wide(
        "Which came first?",
        Some("Which came first"),
        main,
    ))
}
