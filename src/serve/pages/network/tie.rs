//! What the weight of a tie is made of: every statement on both sides.

use annals_model::StanceValue;
use annals_store::rows::{Ref, WhyEdge, WhyStatement, WhyThing, count_words, weight_words};
use maud::{Markup, html};

use crate::AskedNetwork;
use crate::asking::{Asking, Fault, quoted};
use crate::request;
use crate::view::frame;
use crate::view::words::{counted, link, name, of_stance, say, shown, sign};

/// How many things, and how many statements of a side about one, are shown.
const THINGS: usize = 20;
const STATEMENTS: usize = 12;

/// What ties two nodes, with the command that says the same.
pub(super) fn panel(
    asking: &Asking<'_>,
    asked: &AskedNetwork,
    ends: [&str; 2],
) -> Result<Markup, Fault> {
    let store = &asking.dossier.store;
    let why = store.why_network(&asking.query, &asked.asked, ends)?;
    let nth = asked.asked.nth.map(|nth| nth.to_string());
    let mut added: Vec<(&str, &str)> = nth.iter().map(|nth| ("nth", nth.as_str())).collect();
    added.extend(ends.map(|end| ("why", end)));
    let alone = ["nth", "why", "tie"];
    let page = asking.with(&alone, &added);
    let json = page.replacen("/network", "/network.json", 1);
    let is_alone = asked.why.is_some();
    Ok(html! {
        p.h { "Tie" }
        @if is_alone { h1 { (title(&why)) } } @else { h2 { (title(&why)) } }
        (weight(&why))
        div.cmdline {
            code.cmd { (shown(&command(asking, asked, ends))) }
            span.small.muted.twins { a.link href=(json) { "JSON" } " " @if !is_alone { a.link href=(page) { "On a page of its own" } } }
        }
        @if is_alone { (frame::notes(&why.notes)) }
        @if why.things.is_empty() { p { "Nothing that both say adds to it." } }
        @for thing in why.things.iter().take(THINGS) { (of_thing(&why, thing, is_alone)) }
        @if why.things.len() > THINGS { p.small.muted { (counted(why.things.len() - THINGS, "more thing", "more things")) ": " a.link href=(json) { "all as JSON" } } }
    })
}

fn title(why: &WhyEdge) -> Markup {
    html! { (link(&why.a)) " and " (link(&why.b)) }
}

/// The command that explains a tie.
fn command(asking: &Asking<'_>, asked: &AskedNetwork, ends: [&str; 2]) -> String {
    let mut line = asking.command_line().unwrap_or_default();
    if asked.why.is_some() {
        return line;
    }
    if let Some(nth) = asked.asked.nth
        && !asking.request.has("nth")
    {
        line.push_str(&format!(" --nth {nth}"));
    }
    let [a, b] = ends.map(quoted);
    line.push_str(&format!(" --why {a} {b}"));
    line
}

fn weight(why: &WhyEdge) -> Markup {
    let divided = why.denominator.iter().any(|end| (end - 1.0).abs() > 0.0);
    let [a, b] = why.statements;
    html! {
        p.weight { b { (weight_words(why.weight)) } @if divided { " = " (weight_words(why.numerator)) " divided by " (weight_words(why.denominator)) } @if !why.exact { ", or within: some claims count in several places at once" } }
        p.small.muted { "Statements in all: " (count_words(a)) " and " (count_words(b)) }
    }
}

fn of_thing(why: &WhyEdge, thing: &WhyThing, is_alone: bool) -> Markup {
    let heading = html! { (link(&thing.thing)) ", adds " (weight_words(thing.adds)) };
    html! {
        section.of-thing {
            @if is_alone { h2 { (heading) } } @else { h3 { (heading) } }
            (side(&why.a, &thing.a))
            (side(&why.b, &thing.b))
        }
    }
}

/// What one of them says of a thing.
fn side(who: &Ref, statements: &[WhyStatement]) -> Markup {
    html! {
        @if !statements.is_empty() {
            p.small.whose { (name(&who.name)) }
            ul.statements {
                @for one in statements.iter().take(STATEMENTS) { (statement(one)) }
            }
            @if statements.len() > STATEMENTS { p.small.muted { (counted(statements.len() - STATEMENTS, "more statement", "more statements")) } }
        }
    }
}

fn statement(one: &WhyStatement) -> Markup {
    let claim = &one.claim;
    let said = claim.said.as_ref();
    let said = said.map_or_else(|| "undated".to_owned(), annals_time::Date::words);
    html! {
        li {
            p.say { @if let Some(level) = one.level { (sign(Some(level))) span.hidden { (stands(level)) ": " } " " } a href=(request::record(&claim.id)) { (say(claim.quote.as_deref(), claim.content.as_deref())) } }
            p.small.muted { (shown(&said)) @if let Some(document) = &one.document { " · " (link(document)) } @if !one.certain { " · " b.possibly { "possibly" } } }
        }
    }
}

fn stands(level: StanceValue) -> &'static str {
    of_stance(level).2.trim_end_matches(" on")
}
