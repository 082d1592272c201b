//! `/graph`: what is tied to what, as `annals draw graph` and `annals subgraph`.

use annals_model::Vocabulary as _;
use annals_store::{AroundRequest, THINGS};
use maud::{Markup, html};

use super::timeline::drawn;
use crate::asking::{Asking, Made, Shown};
use crate::request;
use crate::view::frame;
use crate::view::question;
use crate::view::words::{counted, link, name};

/// How many edges are listed below the picture.
const LISTED: usize = 200;

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let centres: Vec<String> = asking
        .request
        .all("around")
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect();
    let hops = asking
        .request
        .one("hops")
        .and_then(|hops| hops.parse().ok())
        .unwrap_or(1);
    let asks_nothing = centres.is_empty() && asking.options().is_empty();
    let is_too_much = asks_nothing && asking.all_claims() > crate::view::facets::LATE;
    let main = if is_too_much {
        html! {
            (frame::heading(&html! { "The graph" }, "", &[]))
            (around(asking))
            p { "Say around whom or what: the graph of everything would show nothing." }
        }
    } else {
        let asked = AroundRequest {
            query: asking.query.clone(),
            centres: centres.clone(),
            hops,
            kinds: asking.kinds.clone(),
        };
        let graph = asking.dossier.store.subgraph(&asked)?;
        let edges = graph.edges();
        let (picture, notes) = drawn(asking, "graph", centres.clone(), hops)?;
        let count = format!(
            "{}, {}",
            counted(graph.nodes(), "thing", "things"),
            counted(edges.len(), "edge", "edges")
        );
        html! {
            (frame::heading(&html! { "The graph" }, &count, &[]))
            (frame::command(asking))
            (around(asking))
            (question::later(asking))
            (frame::notes(&notes))
            @if !edges.is_empty() { (picture) }
            @if let [centre] = centres.as_slice() {
                form.chain action="/path" method="get" {
                    input type="hidden" name="first" value=(centre);
                    label for="chain-to" { "A chain from here to" }
                    input id="chain-to" name="second" autocomplete="off" list="names";
                    button.btn { "Find it" }
                }
            }
            @if !edges.is_empty() {
                details.edges {
                    summary { "As a list" }
                    ul.others {
                        @for edge in edges.iter().take(LISTED) {
                            li { (link(&edge.source)) " " span.muted { (name(&edge.kind.replace('_', " "))) @if let Some(role) = &edge.role { " (" (name(role)) ")" } } " " (link(&edge.target)) @if let Some(when) = &edge.when { small { (when.words()) } } }
                        }
                    }
                    @if edges.len() > LISTED { p.small.muted { (counted(edges.len() - LISTED, "more edge", "more edges")) ": " a.link href=(asking.twin("csv")) { "all as CSV" } } }
                }
            }
        }
    };
    Ok(Shown::wide("The graph", Some("The graph"), main))
}

/// The form that says around what.
fn around(asking: &Asking<'_>) -> Markup {
    let hops = asking.request.one("hops").unwrap_or("1");
    html! {
        form.tools action="/graph" method="get" {
            (question::hidden(asking, &["around", "hops", "nodes"]))
            label for="around" { "Around" }
            input id="around" name="around" value=[asking.request.one("around")] autocomplete="off" required;
            label for="hops" { "steps" }
            select id="hops" name="hops" { @for step in ["1", "2", "3"] { option selected[hops == step] { (step) } } }
            fieldset.kinds {
                legend.hidden { "Kinds of things" }
                @for kind in THINGS {
                    label { input type="checkbox" name="nodes" value=(kind.word()) checked[asking.kinds.nodes.contains(kind)]; " " (kind.plural()) }
                }
            }
            button.btn { "Draw" }
            a.btn href=(request::address("/graph", [])) { "Of everything" }
        }
    }
}
