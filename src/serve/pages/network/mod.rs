//! `/network`: who agrees with whom, as `annals network` and `annals draw network`; and what a tie is made
//! of, as `annals network --why`.

mod form;
mod tie;

use annals_draw::scene::Role;
use annals_draw::theme::PAGE;
use annals_draw::{LinkPattern, Look, svg};
use annals_store::networks::Days;
use annals_store::rows::{NetworkEdgeRow, weight_words};
use annals_store::{Answer, Network, NetworkLook, Notes};
use annals_time::Day;
use maud::{Markup, PreEscaped, html};

use crate::AskedNetwork;
use crate::asking::{Asking, Made, Shown};
use crate::request;
use crate::view::frame;
use crate::view::question;
use crate::view::words::{counted, name};

/// How many ties are listed below the picture.
const LISTED: usize = 100;
/// From how many claims on the heaviest ties are asked for, not all.
const LARGE: usize = 20_000;

const TITLE: &str = "Who agrees with whom";

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let asked = asking.network.clone().unwrap_or_default();
    if let Some(ends) = &asked.why {
        return why(asking, &asked, ends);
    }
    let is_too_much = asking.all_claims() > LARGE && asked.filter.top.is_none();
    if is_too_much {
        let main = html! {
            (styles())
            (frame::heading(&html! { (TITLE) }, "", &[]))
            (form::form(asking, Some("200")))
            p.nothing { "Of this many claims a picture of all ties would show nothing, and take long. Ask for the heaviest." }
        };
        return Ok(Shown::wide(TITLE, Some(TITLE), main));
    }
    let mut asked = asked;
    let nth = asked.asked.nth.unwrap_or(1);
    let several = asked.asked.windows.is_some();
    // All windows are counted, and one is shown.
    asked.asked.nth = several.then_some(nth);
    let store = &asking.dossier.store;
    let network = store.network(&asking.query, &asked.asked, asked.filter)?;
    let windows = network.all_windows();
    let main = html! {
        (styles())
        (drawn(asking, &network, windows, nth, several))
    };
    let chosen: Vec<&str> = asking.request.all("tie").collect();
    let side = match chosen.as_slice() {
        [a, b] if !windows.is_empty() => tie::panel(asking, &asked, [a, b])?,
        _ => {
            html! { p.h { "Tie" } p { "Choose a tie in the picture, or in the list below it: its statements are shown here." } }
        }
    };
    Ok(Shown {
        layout: "record",
        side: Some(side),
        ..Shown::wide(TITLE, Some(TITLE), main)
    })
}

fn styles() -> Markup {
    html! {
        link rel="stylesheet" href=(crate::assets::NETWORK_STYLE.path());
        script src=(crate::assets::NETWORK_SCRIPT.path()) defer {}
    }
}

/// What a tie is made of, on a page of its own.
fn why(asking: &Asking<'_>, asked: &AskedNetwork, ends: &[String; 2]) -> Made {
    let main = html! {
        (styles())
        div.tie-page { (tie::panel(asking, asked, [&ends[0], &ends[1]])?) }
        p.small { a.link href=(asking.with(&["why"], &[])) { "The whole network" } }
    };
    Ok(Shown::wide("A tie", Some("What ties"), main))
}

/// The options, the window, the picture and its ties.
fn drawn(
    asking: &Asking<'_>,
    network: &Answer<Network>,
    windows: &[Days],
    nth: usize,
    several: bool,
) -> Markup {
    let edges: Vec<NetworkEdgeRow> = (network.edges().into_iter())
        .flat_map(|(_, edges)| edges)
        .collect();
    let nodes = network.windows().first();
    let nodes = nodes.map_or(0, |days| network.window(*days).row().nodes.len());
    let count = format!(
        "{}, {}",
        counted(nodes, "node", "nodes"),
        counted(edges.len(), "tie", "ties")
    );
    let mut notes = network.notes.clone();
    let picture = picture(asking, network, nth, several, &mut notes);
    html! {
        div id="asked" {
            (frame::heading(&html! { (TITLE) }, &count, &[]))
            (frame::command(asking))
        }
        (form::form(asking, None))
        (question::later(asking))
        (frame::notes(&notes))
        @if windows.is_empty() { p.nothing { b { "No window lies whole within the range of time." } } }
        @if several && !windows.is_empty() { (slider(asking, windows, nth)) }
        div id="drawn" {
            @if edges.is_empty() && !windows.is_empty() { p.nothing { b { "No ties." } " Nobody and nobody else says something of the same things that is like that." } }
            @else if !windows.is_empty() { (picture) (list(asking, network, &edges, nth, several)) }
        }
    }
}

/// The picture in the colours of the page.
fn picture(
    asking: &Asking<'_>,
    network: &Answer<Network>,
    nth: usize,
    several: bool,
    notes: &mut Notes,
) -> Markup {
    // What is filled in comes after all that is encoded already.
    let here = with_window(asking, &["tie"], &[], nth, several);
    let between = if here.contains('?') { '&' } else { '?' };
    let look = NetworkLook {
        look: Look {
            theme: &PAGE,
            width: None,
            title: None,
            link: LinkPattern::parse("/record/{id}").ok(),
            lanes: annals_draw::Lanes::default(),
        },
        windows_on_page: None,
        edge_link: Some(format!("{here}{between}tie={{a}}&tie={{b}}#side")),
    };
    let mut scenes = network.drawn(&look);
    for scene in &mut scenes {
        notes.others.extend(scene.left_out.clone());
        for part in &mut scene.parts {
            if matches!(part.role, Role::Node(_)) {
                part.link = part.link.take().map(|link| request::without_ending(&link));
            }
        }
    }
    html! {
        @for scene in &scenes {
            div.sheet tabindex="0" role="region" aria-label="Picture" { (PreEscaped(svg::element(scene, "picture-"))) }
        }
    }
}

/// This page with other options, of the window that is shown.
fn with_window(
    asking: &Asking<'_>,
    without: &[&str],
    added: &[(&str, &str)],
    nth: usize,
    several: bool,
) -> String {
    let nth = nth.to_string();
    let mut left_out = without.to_vec();
    left_out.push("nth");
    let window = several.then_some(("nth", nth.as_str()));
    let added: Vec<(&str, &str)> = window.into_iter().chain(added.iter().copied()).collect();
    asking.with(&left_out, &added)
}

/// Which window is shown.
fn slider(asking: &Asking<'_>, windows: &[Days], nth: usize) -> Markup {
    let all = windows.len();
    let shown = windows.get(nth - 1).copied().unwrap_or(Days::ALWAYS);
    let words = of_days(shown);
    let other = |nth: usize| with_window(asking, &["tie"], &[], nth, true);
    html! {
        form.windows action=(asking.path()) method="get" {
            (question::hidden(asking, &["nth", "tie"]))
            a.btn rel="prev" hidden[nth == 1] href=(other(nth.max(2) - 1)) { span aria-hidden="true" { "←" } span.hidden { "The window before" } }
            label for="nth" { "Window" }
            input id="nth" name="nth" type="range" min="1" max=(all) value=(nth) aria-valuetext=(words);
            output for="nth" { (words) }
            span.muted.small { (nth) " of " (all) }
            button.btn { "Show" }
            a.btn rel="next" hidden[nth >= all] href=(other((nth + 1).min(all))) { span aria-hidden="true" { "→" } span.hidden { "The next window" } }
        }
    }
}

/// "1 Mar 2021 to 31 Mar 2021".
fn of_days(days: Days) -> String {
    let day = |number: i64| Day::from_number(number).map_or_else(|| "…".to_owned(), Day::words);
    format!("{} to {}", day(days.first), day(days.last))
}

/// The ties as a list, the heaviest first.
fn list(
    asking: &Asking<'_>,
    network: &Answer<Network>,
    edges: &[NetworkEdgeRow],
    nth: usize,
    several: bool,
) -> Markup {
    let mut sorted: Vec<&NetworkEdgeRow> = edges.iter().collect();
    let weight = |edge: &NetworkEdgeRow| edge.weight[0].abs().max(edge.weight[1].abs());
    sorted.sort_by(|one, other| weight(other).total_cmp(&weight(one)));
    let chosen: Vec<&str> = asking.request.all("tie").collect();
    let heads = if network.is_affiliation() {
        ["Actor", "Thing"]
    } else {
        ["A", "B"]
    };
    html! {
        details.edges open[!chosen.is_empty()] {
            summary { "As a list" }
            div.scroll tabindex="0" role="region" aria-label="Ties" {
                table.rows.ties-list {
                    thead { tr { @for head in heads { th scope="col" { (head) } } th.num scope="col" { "Weight" } th scope="col" { "Over" } th scope="col" { span.hidden { "What it is made of" } } } }
                    tbody {
                        @for edge in sorted.iter().take(LISTED) {
                            @let address = with_window(asking, &["tie"], &[("tie", &edge.a.id), ("tie", &edge.b.id)], nth, several);
                            @let is_chosen = chosen == [edge.a.id.as_str(), edge.b.id.as_str()];
                            tr {
                                td { (name(&edge.a.name)) } td { (name(&edge.b.name)) }
                                td.num { @if let Some(kinds) = &edge.kinds { (kinds.join(" or ")) } @else { (weight_words(edge.weight)) @if !edge.exact { " or within" } } }
                                td { @if let Some(things) = edge.things { (counted(things, "thing", "things")) } }
                                td { a.link.why href={ (address) "#side" } aria-current=[is_chosen.then_some("true")] { "Why" span.hidden { ": " (name(&edge.a.name)) " and " (name(&edge.b.name)) } } }
                            }
                        }
                    }
                }
            }
            @if sorted.len() > LISTED { p.small.muted { (counted(sorted.len() - LISTED, "more tie", "more ties")) ": " a.link href=(asking.twin("csv")) { "all as CSV" } } }
        }
    }
}
