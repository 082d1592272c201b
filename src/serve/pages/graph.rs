//! `/graph`: what is tied to what, as `annals draw graph` and `annals subgraph`.

use std::collections::BTreeMap;

use annals_model::{RecordKind, Vocabulary as _};
use annals_store::rows::PositionRow;
use annals_store::{AroundRequest, PositionFilter, Query, ReadAll, THINGS};
use maud::{Markup, html};

use super::timeline::drawn;
use crate::asking::{Asking, Fault, Made, Shown};
use crate::request;
use crate::view::words::{counted, link, name, number, sign};
use crate::view::{chosen, frame, question};

/// How many edges are listed below the picture.
const LISTED: usize = 200;

/// The most claims about a thing of which its panel tells who stands where, and how many it lists.
const TALKED_ABOUT: usize = 300;
const STANDING: usize = 12;

/// What is asked for, and what there is of it.
struct Around {
    centres: Vec<String>,
    hops: usize,
    kinds: BTreeMap<RecordKind, usize>,
}

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let asked = asking.request.all("around").filter(|one| !one.is_empty());
    let centres: Vec<String> = asked.map(str::to_owned).collect();
    let hops = asking.request.one("hops");
    let hops = hops.and_then(|hops| hops.parse().ok()).unwrap_or(1);
    let mut around = Around {
        centres,
        hops,
        kinds: BTreeMap::new(),
    };
    let asks_nothing = around.centres.is_empty() && asking.options().is_empty();
    let main = if asks_nothing && asking.all_claims() > crate::view::facets::LATE {
        html! {
            (frame::heading(&html! { "The graph" }, "", &[]))
            p.nothing { "Say around whom or what: the graph of everything would show nothing." }
        }
    } else {
        picture(asking, &mut around)?
    };
    Ok(Shown {
        layout: "record",
        side: Some(side(asking, &around)?),
        ..Shown::wide("The graph", Some("The graph"), main)
    })
}

/// The picture, with its edges as a list below it.
fn picture(asking: &Asking<'_>, around: &mut Around) -> Result<Markup, Fault> {
    let asked = AroundRequest {
        query: asking.query.clone(),
        centres: around.centres.clone(),
        hops: around.hops,
        kinds: asking.kinds.clone(),
    };
    let graph = asking.dossier.store.subgraph(&asked)?;
    let edges = graph.edges();
    around.kinds = graph.kinds();
    let (picture, notes) = drawn(asking, "graph", around.centres.clone(), around.hops)?;
    let names: Vec<String> = (around.centres.iter())
        .map(|one| asking.store.name_of(one).unwrap_or_else(|| one.clone()))
        .collect();
    let count = format!(
        "{}, {}",
        counted(graph.nodes(), "thing", "things"),
        counted(edges.len(), "edge", "edges")
    );
    let title = html! {
        @if names.is_empty() { "The graph" } @else { "Around " @for (nth, one) in names.iter().enumerate() { @if nth > 0 { ", " } (name(one)) } }
    };
    Ok(html! {
        (frame::heading(&title, &count, &[]))
        (frame::command(asking))
        div.tools.of-picture {
            @if !names.is_empty() { span.muted { "edges away" } (steps(asking, around.hops)) }
            span.end {
                a.link.small href=(asking.twin("svg")) { "Save as SVG" }
                a.link.small href=(asking.twin("gexf")) { "for Gephi" }
                a.link.small href=(asking.twin("csv")) { "as a table" }
            }
        }
        (question::later(asking))
        (frame::notes(&notes))
        @if !edges.is_empty() {
            (picture)
            p.small.muted.below { "Every line is a fact, and every box leads to one: choose it, and its file, line and words are shown beside the picture." }
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
    })
}

/// How far the picture reaches.
fn steps(asking: &Asking<'_>, hops: usize) -> Markup {
    html! {
        nav.views aria-label="Edges away" {
            @for step in ["1", "2", "3"] { a href=(asking.with(&["hops"], &[("hops", step)])) aria-current=[(hops.to_string() == step).then_some("true")] { (step) } }
        }
    }
}

/// The record that was chosen, else the one in the middle; what is shown; and the way to a chain.
fn side(asking: &Asking<'_>, around: &Around) -> Result<Markup, Fault> {
    let centre = match around.centres.as_slice() {
        [one] => Some(one.as_str()),
        _ => None,
    };
    let shown = asking.request.one("choose").or(centre);
    let panel = match shown {
        Some(id) => chosen::of_id(asking, id)?,
        None => {
            html! { h2.h { "Nothing is chosen" } p.muted { "A box or a line in the picture shows here what it rests on." } }
        }
    };
    let standing = match centre {
        Some(centre) if shown == Some(centre) => standing(asking, centre)?,
        _ => html! {},
    };
    Ok(html! {
        (panel)
        (standing)
        (form(asking, around))
        @if let Some(from) = shown {
            form action="/path" method="get" {
                h3 { label for="chain-to" { "A chain from here to" } }
                input type="hidden" name="first" value=(from);
                div.join { input id="chain-to" name="second" autocomplete="off" placeholder="a name or an id" data-kinds="actor-topic-event-place" required; button.btn { "Find it" } }
                p.small.muted { "the shortest chain of dated edges" }
            }
        }
    })
}

/// Who stands where on the thing in the middle.
fn standing(asking: &Asking<'_>, centre: &str) -> Result<Markup, Fault> {
    let query = Query {
        about: vec![centre.to_owned()],
        ..Query::default()
    };
    let claims = asking.store.few_claims(&query, None, 0, ReadAll::NONE);
    // A document or a claim is not what anything is about.
    let Ok(claims) = claims else {
        return Ok(html! {});
    };
    if asking.is_large() || claims.all == 0 || claims.all > TALKED_ABOUT {
        return Ok(html! {});
    }
    let found = asking
        .store
        .positions(&query, PositionFilter::default(), false)?;
    Ok(html! {
        @if !found.rows.is_empty() {
            h3 { "Who stands where" }
            ul.stands { @for row in found.rows.iter().take(STANDING) { (stands(row)) } }
            p.small { a.link href=(request::address("/positions", [("about", centre)])) { @if found.rows.len() > STANDING { (number(found.rows.len() - STANDING)) " more, and how it came to that" } @else { "How it came to that" } } }
        }
    })
}

/// A speaker with the last stance, and how it came to it.
fn stands(row: &PositionRow) -> Markup {
    let last = row.history.last();
    html! {
        li {
            (sign(last.and_then(|one| one.value)))
            div {
                (link(&row.speaker))
                @if let Some(said) = last.and_then(|one| one.said.as_ref()) { small.muted { (said.words()) @if row.history.len() > 1 { ", of " (row.history.len()) " claims" } } }
                @if !row.changes.is_empty() { small.muted { "changed " (counted(row.changes.len(), "time", "times")) } }
                @if !row.contradictions.is_empty() { small { b.against { "against their own word" } } }
            }
        }
    }
}

/// Around what, and which kinds of things are shown.
fn form(asking: &Asking<'_>, around: &Around) -> Markup {
    html! {
        form.shows action="/graph" method="get" {
            (question::hidden(asking, &["around", "nodes", "choose"]))
            @if around.centres.len() > 1 { @for one in &around.centres { input type="hidden" name="around" value=(one); } }
            @else {
                h3 { label for="around" { "Around" } }
                input id="around" name="around" value=[around.centres.first()] autocomplete="off" placeholder="a name or an id" data-kinds="actor-topic-event-place";
            }
            fieldset {
                legend { "Show" }
                @for kind in THINGS {
                    @let count = around.kinds.get(kind).copied().unwrap_or(0);
                    label.tick { input type="checkbox" name="nodes" value=(kind.word()) checked[asking.kinds.nodes.is_empty() || asking.kinds.nodes.contains(kind)]; span { (kind.plural()) } span.n { (number(count)) } }
                }
            }
            div.join { button.btn { "Draw" } @if !around.centres.is_empty() { a.btn href="/graph" { "Of everything" } } }
        }
    }
}
