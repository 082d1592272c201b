//! `/path`: the shortest chain between two things, as `annals path`.

use annals_store::PathRequest;
use maud::{Markup, html};

use crate::asking::{Asking, Made, Shown};
use crate::request;
use crate::view::frame;
use crate::view::words::{counted, link, name, shown};

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let Some((first, second)) = ends(asking) else {
        let main = html! { (frame::heading(&html! { "A chain between two things" }, "", &[])) (ask_for_two("/path", asking)) };
        return Ok(Shown::wide("A chain between two things", None, main));
    };
    let found = asking.dossier.store.path(&PathRequest {
        ends: [first.to_owned(), second.to_owned()],
        query: asking.query.clone(),
        in_time: asking.request.has("in-time"),
        kinds: asking.kinds.clone(),
    })?;
    let count = found.data.as_ref().map_or_else(String::new, |path| {
        counted(path.rows.len(), "edge", "edges")
    });
    let main = html! {
        (frame::heading(&html! { "A chain between two things" }, &count, &[]))
        (frame::command(asking))
        (ask_for_two("/path", asking))
        (frame::notes(&found.notes))
        @match &found.data {
            None => { p.nothing { b { "No chain leads from one to the other." } } },
            Some(path) => {
                ol.path {
                    @for (nth, node) in path.nodes.iter().enumerate() {
                        li {
                            span class={ "card1 " (node.kind) } { (link(&node.node)) " " small { (node.kind) } }
                            @if let (Some(edge), Some(forward)) = (path.rows.get(nth), path.forward.get(nth)) {
                                p.step { span aria-hidden="true" { (if *forward { "↓" } else { "↑" }) } " " @if !*forward { span.hidden { "in the other direction: " } } (name(&edge.kind.replace('_', " "))) @if let Some(role) = &edge.role { " (" (name(role)) ")" } @if let Some(when) = &edge.when { " · " (when.words()) } @for fact in &edge.facts { " · " a.link.small href=(request::record(fact)) { (shown(fact)) } } }
                            }
                        }
                    }
                }
                @if !path.certain { p { b.possibly { "possibly" } ": it rests on dates that are not certain" } }
            },
        }
    };
    Ok(Shown::wide(
        "A chain between two things",
        Some("A chain between"),
        main,
    ))
}

/// The two things that are asked about, if both are named.
pub(super) fn ends<'a>(asking: &'a Asking<'_>) -> Option<(&'a str, &'a str)> {
    let request = &asking.request;
    request.one("first").zip(request.one("second"))
}

/// The form that asks for two things.
pub(super) fn ask_for_two(page: &str, asking: &Asking<'_>) -> Markup {
    html! {
        form.tools action=(page) method="get" {
            label for="first" { "from" }
            input id="first" name="first" value=[asking.request.one("first")] autocomplete="off" required;
            label for="second" { "to" }
            input id="second" name="second" value=[asking.request.one("second")] autocomplete="off" required;
            button.btn.go { "Find it" }
        }
    }
}
