//! `/positions`: where each speaker stood on each thing, as `annals positions`.

use std::collections::{BTreeMap, BTreeSet};

use annals_store::rows::{ContradictionKind, PositionRow, Ref};
use annals_store::{Answer, PositionFilter, Positions};
use maud::{Markup, html};

use crate::asking::{Asking, Fault, Made, Shown};
use crate::request::{self, Request};
use crate::view::facets;
use crate::view::frame;
use crate::view::question;
use crate::view::words::{counted, days_between, link, name, of_stance, say, sign, speaker};

/// How many speakers and things a table shows, and how many pairs a list.
const SPEAKERS: usize = 40;
const THINGS: usize = 10;
const PAIRS: usize = 60;

/// The command of the view.
pub(super) fn words(request: &Request) -> &'static [&'static str] {
    match kind(request) {
        Some(_) => &["contradictions"],
        None => &["positions"],
    }
}

fn kind(request: &Request) -> Option<ContradictionKind> {
    match request.one("view")? {
        "within" => Some(ContradictionKind::Within),
        "opposite" => Some(ContradictionKind::Between),
        "stated" => Some(ContradictionKind::Stated),
        _ => None,
    }
}

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let filter = PositionFilter {
        contradictions: asking.request.has("contradictions"),
        changes: asking.request.has("changes"),
    };
    let view = asking.request.one("view").unwrap_or("");
    let tab = |title: &'static str, name: &str, changes: bool| {
        let mut added: Vec<(&str, &str)> = Vec::new();
        if !name.is_empty() {
            added.push(("view", name));
        }
        if changes {
            added.push(("changes", ""));
        }
        let address = asking.with(
            &[
                "view",
                "changes",
                "contradictions",
                "choose",
                "thing",
                "start",
            ],
            &added,
        );
        (title, address, view == name && filter.changes == changes)
    };
    let views = [
        tab("Where they stand", "", false),
        tab("Changes", "", true),
        tab("Contradictions within", "within", false),
        tab("Opposite each other", "opposite", false),
        tab("Said to contradict", "stated", false),
    ];
    let (count, notes, body, side) = if too_much(asking) {
        (
            String::new(),
            annals_store::Notes::default(),
            ask_less(asking),
            None,
        )
    } else if let Some(kind) = kind(asking.request) {
        let (count, notes, body) = pairs(asking, kind)?;
        (count, notes, body, None)
    } else if let Some(positions) =
        (asking.dossier.store).positions_of_few(&asking.query, filter)?
    {
        let body = if filter.changes {
            changed(&positions)
        } else {
            table(asking, &positions.rows)
        };
        let side = chosen(asking, &positions);
        (
            counted(positions.rows.len(), "position", "positions"),
            positions.notes.clone(),
            body,
            side,
        )
    } else {
        let body = html! { p.nothing { "Whoever else stood for or against the same things is part of this answer, and that is a large part of all claims. Ask for one thing as well, with “and…”; the command above gives all of it." } };
        (String::new(), annals_store::Notes::default(), body, None)
    };
    let main = html! {
        (frame::heading(&html! { "Who stands where" }, &count, &views))
        (frame::command(asking))
        (question::later(asking))
        (frame::notes(&notes))
        (body)
    };
    Ok(Shown {
        layout: if side.is_some() { "record" } else { "wide" },
        side,
        ..Shown::wide("Who stands where", Some("Who stood where"), main)
    })
}

fn too_much(asking: &Asking<'_>) -> bool {
    let query = &asking.query;
    asking.all_claims() > facets::LATE
        && query.by.is_empty()
        && query.about.is_empty()
        && query.in_document.is_empty()
}

fn ask_less(asking: &Asking<'_>) -> Markup {
    let row = asking.dossier.overview();
    html! {
        p { "Say whose position, or toward what: of this many claims all at once would show nothing." }
        @if let Some(row) = row {
            h2 { "Toward" }
            ul.others { @for one in row.topics.iter().take(20) { li { a.link href=(request::address("/positions", [("about", one.topic.id.as_str())])) { (name(&one.topic.name)) } } } }
        }
    }
}

/// A cell of the table: the last stance, whether it changed, whether it contradicts itself.
fn table(asking: &Asking<'_>, rows: &[PositionRow]) -> Markup {
    let mut speakers: BTreeMap<&str, (usize, &Ref)> = BTreeMap::new();
    let mut things: BTreeMap<&str, (usize, &Ref)> = BTreeMap::new();
    for row in rows {
        let claims = row.history.len();
        speakers
            .entry(&row.speaker.id)
            .or_insert((0, &row.speaker))
            .0 += claims;
        things.entry(&row.toward.id).or_insert((0, &row.toward)).0 += claims;
    }
    let most = |all: BTreeMap<&str, (usize, &'_ Ref)>, many: usize| {
        let mut all: Vec<(usize, Ref)> = all
            .into_values()
            .map(|(count, one)| (count, one.clone()))
            .collect();
        all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
        let left = all.len().saturating_sub(many);
        all.truncate(many);
        (all, left)
    };
    let (speakers, speakers_left) = most(speakers, SPEAKERS);
    let (things, things_left) = most(things, THINGS);
    let shown: BTreeSet<&str> = things.iter().map(|(_, one)| one.id.as_str()).collect();
    let cells: BTreeMap<(&str, &str), &PositionRow> = rows
        .iter()
        .map(|row| ((row.speaker.id.as_str(), row.toward.id.as_str()), row))
        .collect();
    let chosen = (asking.request.one("choose"), asking.request.one("thing"));
    html! {
        @if rows.is_empty() { p.nothing { b { "Nobody takes a stand that is like that." } } }
        @else {
            div.scroll tabindex="0" role="region" aria-label="Positions" {
                table.matrix {
                    thead { tr { th scope="col" { "Who" } @for (_, thing) in &things { th scope="col" { a href=(request::record(&thing.id)) { (name(&thing.name)) } } } } }
                    tbody {
                        @for (_, who) in &speakers {
                            tr {
                                th scope="row" { a href=(request::record(&who.id)) { (name(&who.name)) } }
                                @for (_, thing) in &things {
                                    td {
                                        @if let Some(row) = cells.get(&(who.id.as_str(), thing.id.as_str())) {
                                            @let last = row.history.last().and_then(|one| one.value);
                                            @let is_chosen = chosen == (Some(who.id.as_str()), Some(thing.id.as_str()));
                                            a.cell href={ (asking.with(&["choose", "thing"], &[("choose", &who.id), ("thing", &thing.id)])) "#side" } aria-current=[is_chosen.then_some("true")] {
                                                (sign(last))
                                                span.hidden { (last.map_or("withdrawn", |last| of_stance(last).2.trim_end_matches(" on"))) }
                                                @if !row.changes.is_empty() { span.turn title="changed" { span aria-hidden="true" { "↻" } span.hidden { ", changed" } } }
                                                @if !row.contradictions.is_empty() { span.broken title="contradicts itself" { span aria-hidden="true" { "≠" } span.hidden { ", contradicts itself" } } }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @if speakers_left + things_left > 0 {
                p.small.muted { "Those with the most claims; " (counted(speakers_left, "more speaker", "more speakers")) " and " (counted(things_left, "more thing", "more things")) " are left out here. Ask " i { "by" } " or " i { "about" } " them, or take " a.link href=(asking.twin("csv")) { "all as CSV" } "." }
            }
            @let others = rows.iter().filter(|row| !shown.contains(row.toward.id.as_str())).count();
            @if others > 0 && things_left == 0 { p.small.muted { (others) } }
        }
    }
}

/// A position, claim by claim.
pub(super) fn history(row: &PositionRow, positions: &Answer<Positions>) -> Markup {
    let claims = positions.claims();
    html! {
        div.course {
            @for (nth, taken) in row.history.iter().enumerate() {
                @let change = row.changes.iter().find(|change| change.claims[1] == taken.claim);
                div.step {
                    @if let Some(change) = change { span.gap { (days_between(change.days)) } } @else if nth > 0 { span.gap.same { "and" } }
                    p.small.muted { (taken.said.as_ref().map_or_else(|| "undated".to_owned(), annals_time::Date::dated)) }
                    p.say {
                        (sign(taken.value)) " "
                        span.hidden { (taken.value.map_or("withdraws", |value| of_stance(value).2.trim_end_matches(" on"))) ": " }
                        @match claims.get(&taken.id) {
                            Some(claim) => { a href=(request::record(&taken.claim)) { (say(claim.quote.as_deref(), claim.content.as_deref())) } },
                            None => { a href=(request::record(&taken.claim)) { (name(&taken.claim)) } },
                        }
                    }
                    @if let Some(spokesman) = &taken.spokesman { p.small.muted { "said by " (link(spokesman)) } }
                    @if !taken.certain { p.small { b.possibly { "possibly" } } }
                }
            }
        }
    }
}

fn changed(positions: &Answer<Positions>) -> Markup {
    html! {
        @if positions.rows.is_empty() { p.nothing { b { "Nobody changed." } } }
        @for row in positions.rows.iter().take(PAIRS) {
            section.sect { h2 { (link(&row.speaker)) span { "on " (name(&row.toward.name)) } } (history(row, positions)) }
        }
        @if positions.rows.len() > PAIRS { p.small.muted { (counted(positions.rows.len() - PAIRS, "more position", "more positions")) " changed: ask " i { "by" } " or " i { "about" } "." } }
    }
}

fn chosen(asking: &Asking<'_>, positions: &Answer<Positions>) -> Option<Markup> {
    let (who, thing) = (asking.request.one("choose")?, asking.request.one("thing")?);
    let row = positions
        .rows
        .iter()
        .find(|row| row.speaker.id == who && row.toward.id == thing)?;
    Some(html! {
        p.h { "Position" }
        h2 { (link(&row.speaker)) " on " (link(&row.toward)) }
        (history(row, positions))
        @if !row.opposed_by.is_empty() { h3 { "Stand opposite" } p { (crate::view::words::links(&row.opposed_by)) @if row.more_opposed_by { " and possibly others" } } }
        @if !row.contradictions.is_empty() { h3 { "Contradictions" } ul.others { @for one in &row.contradictions { li { @for (nth, id) in one.claims.iter().enumerate() { @if nth > 0 { " and " } a.link href=(request::record(id)) { (words_of(row, positions, id)) } } } } } }
    })
}

/// The words of a claim of a position, or else its id.
fn words_of(row: &PositionRow, positions: &Answer<Positions>, id: &str) -> Markup {
    let claims = positions.claims();
    let taken = row.history.iter().find(|taken| taken.claim == id);
    match taken.and_then(|taken| claims.get(&taken.id)) {
        Some(claim) => {
            let short = |words: &String| crate::view::words::short(words, 90);
            say(
                claim.quote.as_ref().map(short).as_deref(),
                claim.content.as_ref().map(short).as_deref(),
            )
        }
        None => name(id),
    }
}

/// Pairs of claims side by side.
fn pairs(
    asking: &Asking<'_>,
    kind: ContradictionKind,
) -> Result<(String, annals_store::Notes, Markup), Fault> {
    let found = asking.dossier.store.contradictions(&asking.query)?;
    let mut all = 0;
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for row in found.iter().filter(|row| row.kind == kind) {
        // Two who speak together make a row each, of the same claims.
        let ids: Vec<String> = row.claims.iter().map(|claim| claim.id.clone()).collect();
        if !seen.insert((row.toward.as_ref().map(|toward| toward.id.clone()), ids)) {
            continue;
        }
        all += 1;
        if rows.len() < PAIRS {
            rows.push(row);
        }
    }
    let body = html! {
        @if all == 0 { p.nothing { b { "There is none." } } }
        @for row in &rows {
            section.pair {
                @if let Some(toward) = &row.toward { h2.small { "on " (link(toward)) @if !row.certain { " " b.possibly { "possibly" } } } }
                div.duo {
                    @for claim in &row.claims {
                        div {
                            p.small { b { (speaker(claim)) } " " span.muted { (claim.when()) } }
                            p.say {
                                @if let Some(stance) = claim.stance.iter().find(|stance| row.toward.as_ref().is_some_and(|toward| toward.id == stance.toward.id)) { (sign(Some(stance.value))) " " }
                                a href=(request::record(&claim.id)) { (say(claim.quote.as_deref(), claim.content.as_deref())) }
                            }
                        }
                    }
                }
            }
        }
        @if all > rows.len() { p.small.muted { (counted(all - rows.len(), "more pair", "more pairs")) ": " a.link href=(asking.twin("csv")) { "all as CSV" } } }
    };
    Ok((counted(all, "pair", "pairs"), found.notes.clone(), body))
}
