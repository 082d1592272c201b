//! `/`: what is in the dossier, and what is worth a look, as `annals overview`.

use std::collections::BTreeMap;

use annals_evidence::Level;
use annals_model::RecordKind;
use annals_store::rows::{OverviewRow, Ref, SaidRow};
use annals_store::{PositionFilter, PromiseState, PromisesAsked, Query};
use maud::{Markup, html};

use crate::asking::{Asking, Fault, Made, Shown};
use crate::request;
use crate::view::frame;
use crate::view::words::{counted, name, number, say, short, shown};
use crate::view::{facets, question, strip};

/// The most claims among which changes, contradictions and open promises are looked for.
const LOOKED_THROUGH: usize = 10_000;

/// The claims of which `annals promises` tells what became of them.
const PROMISES: &str = "/claims?act=promises&act=offers&act=threatens&act=questions";

/// How many of each list are shown.
const FEW: usize = 8;

/// How many of the claims that were reported last.
const NEWEST: usize = 10;

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let answer = asking.store.overview()?;
    let row = &answer.data;
    let count = |kind: RecordKind| {
        let found = row.counts.0.iter().find(|(one, _)| *one == kind);
        found.map_or(0, |(_, count)| *count)
    };
    let records: usize = row.counts.0.iter().map(|(_, count)| count).sum();
    let claims = count(RecordKind::Claim);
    let main = html! {
        (frame::heading(&name(&asking.site.settings.title), &span(row), &[]))
        (frame::command(asking))
        (question::later(asking))
        (frame::notes(&answer.notes))
        @if records == 0 { (empty(asking)) } @else {
            (crate::forms::ways_in(asking))
            ul.numbers {
                li { a href=(asking.same_on("/claims")) { b { (number(claims)) } " " @if claims == 1 { "claim" } @else { "claims" } } }
                li { a href=(asking.same_on("/timeline")) { b { (number(count(RecordKind::Event))) } " " @if count(RecordKind::Event) == 1 { "event" } @else { "events" } } }
                li { a href=(asking.same_on("/positions")) { b { (number(count(RecordKind::Actor))) } " " @if count(RecordKind::Actor) == 1 { "actor" } @else { "actors" } } }
                li { a href="/texts" { b { (number(count(RecordKind::Document))) } " " @if count(RecordKind::Document) == 1 { "document" } @else { "documents" } } }
            }
            @if claims > 0 && claims <= facets::LATE { (strip::of_claims(asking)?) }
            div.halves {
                section { h2 { "Worth a look" } (worth(asking, row, claims)?) }
                @if claims <= LOOKED_THROUGH {
                    (newest(asking)?)
                    (not_annotated(asking)?)
                }
                section { h2 { "Who speaks" } (list(row.speakers.iter().map(|one| (&one.actor, one.claims)), "by", row.speakers.len())) }
                section { h2 { "About what" } (list(row.topics.iter().map(|one| (&one.topic, one.claims)), "about", row.topics.len())) }
                section { h2 { "In which documents" } (list(row.documents.iter().map(|one| (&one.document, one.claims)), "in", row.documents.len())) }
            }
        }
    };
    Ok(Shown::wide("Overview", Some("Overview"), main))
}

/// The claims that were reported last.
fn newest(asking: &Asking<'_>) -> Result<Markup, Fault> {
    let claims = asking.store.said(&asking.query)?;
    let mut rows: Vec<SaidRow> = claims.iter().filter(|row| row.reported.is_some()).collect();
    // Of one day in the order of the list, from its end.
    rows.reverse();
    rows.sort_by_key(|row| std::cmp::Reverse(row.reported));
    Ok(html! {
        @if !rows.is_empty() {
            section {
                h2 { "Reported last" }
                ul.worth {
                    @for row in rows.iter().take(NEWEST) {
                        li { a href=(request::record(&row.id)) { (name(&short(&row.speaker(), 60))) ": " (say(row.quote.as_deref().map(|quote| short(quote, 90)).as_deref(), row.content.as_deref().map(|content| short(content, 90)).as_deref())) } " " span.small.muted { (row.reported.map_or_else(String::new, annals_time::Day::words)) } }
                    }
                }
            }
        }
    })
}

/// The texts on which no claim and no event rests.
fn not_annotated(asking: &Asking<'_>) -> Result<Markup, Fault> {
    let documents = asking.store.documents()?;
    let bare = documents.iter();
    let bare = bare.filter(|row| row.text.is_some() && row.claims == 0 && row.events == 0);
    let bare: Vec<_> = bare.collect();
    Ok(html! {
        @if !bare.is_empty() {
            section {
                h2 { "Texts not annotated yet" }
                ul.worth { @for row in bare.iter().take(FEW) { li { a.link href=(request::named("texts", &row.document.id)) { (name(&row.document.name)) } @if let Some(text) = row.text { " " span.small.muted { (counted(text.words, "word", "words")) } } } } }
                @if bare.len() > FEW { p.small { a.link href="/texts" { (number(bare.len() - FEW)) " more" } } }
            }
        }
    })
}

fn span(row: &OverviewRow) -> String {
    match (row.span.first, row.span.last) {
        (Some(first), Some(last)) if first == last => first.words(),
        (Some(first), Some(last)) => format!("{} to {}", first.words(), last.words()),
        (Some(first), None) => format!("from {}", first.words()),
        (None, Some(last)) => format!("until {}", last.words()),
        (None, None) => String::new(),
    }
}

/// Who speaks, about what and where: ways into a dossier that is too large to be shown at once.
pub(super) fn ways_in(asking: &Asking<'_>) -> Markup {
    let Some(row) = asking.dossier.overview() else {
        return html! {};
    };
    html! {
        p.nothing { "There are " (number(asking.all_claims())) " claims in this snapshot, too many to be read at once. Ask for less: by somebody, about something, since a day. " a.link href=(asking.with(&[], &[("all-of-it", "yes")])) { "Read all of it" } ", which takes a while and much memory." }
        div.halves {
            section { h2 { "Who speaks" } (list(row.speakers.iter().map(|one| (&one.actor, one.claims)), "by", row.speakers.len().min(FEW))) }
            section { h2 { "About what" } (list(row.topics.iter().map(|one| (&one.topic, one.claims)), "about", row.topics.len().min(FEW))) }
            section { h2 { "In which documents" } (list(row.documents.iter().map(|one| (&one.document, one.claims)), "in", row.documents.len().min(FEW))) }
        }
    }
}

/// An empty folder: the ways in.
fn empty(asking: &Asking<'_>) -> Markup {
    let folder = asking
        .site
        .settings
        .called
        .first()
        .cloned()
        .unwrap_or_else(|| ".".to_owned());
    let folder = crate::asking::quoted(&folder);
    html! {
        section.nothing {
            h2 { "There are no facts here yet" }
            p { "Ways in; this page shows what there is as soon as a file is saved." }
            dl.ways {
                @if crate::forms::may_write(asking) { dt { "Add a text, and annotate it here" } dd { a.btn.go href="/new/document" { "Add a text" } } }
                dt { "Write a small dossier to start from, with comments" } dd { code.cmd { "annals init " (shown(&folder)) } }
                dt { "Take in a spreadsheet, a calendar or annotations" } dd { code.cmd { "annals import FILE -o " (shown(&folder)) "/claims.jsonl" } }
                dt { "See the example" } dd { code.cmd { "annals serve data" } " in the folder of Annals' own source" }
            }
        }
    }
}

fn list<'r>(rows: impl Iterator<Item = (&'r Ref, usize)>, option: &str, all: usize) -> Markup {
    html! {
        @if all == 0 { p.muted { "none" } }
        ul.bars {
            @for (record, claims) in rows.take(FEW) {
                li.bar { a href=(request::record(&record.id)) { (name(&record.name)) } a.n href=(request::address("/claims", [(option, record.id.as_str())])) { (number(claims)) span.hidden { " claims" } } }
            }
        }
        @if all > FEW { p.small { a.link href={ (request::address("/claims", [("all", option)])) "#facet-" (option) } { (number(all - FEW)) " more" } } }
    }
}

/// A line of what is worth a look, and the page that lists it.
type Line = (String, &'static str);

/// How many there are, if there are any.
fn line(count: usize, one: &str, many: &str, address: &'static str) -> Option<Line> {
    (count > 0).then(|| (counted(count, one, many), address))
}

/// What somebody who knows nothing of the dossier would ask first.
fn worth(asking: &Asking<'_>, row: &OverviewRow, claims: usize) -> Result<Markup, Fault> {
    let mut lines: Vec<Line> = Vec::new();
    if claims <= LOOKED_THROUGH {
        lines.extend(of_positions(asking)?);
        lines.extend(of_claims(asking)?);
    }
    lines.extend(line(
        row.unverified,
        "quote not verified: its text is not there",
        "quotes not verified: their texts are not there",
        "/claims?verified=null",
    ));
    let findings = row.findings;
    lines.extend(line(
        findings.errors,
        "error in the facts",
        "errors in the facts",
        "/findings",
    ));
    lines.extend(line(findings.warnings, "warning", "warnings", "/findings"));
    Ok(html! {
        @if lines.is_empty() { p.muted { "Nothing stands out." } }
        ul.worth { @for (words, address) in &lines { li { a.link href=(address) { (words) } } } }
        @if claims > LOOKED_THROUGH { p.small.muted { "With this many claims, changes and contradictions are asked for by speaker or topic." } }
    })
}

/// Positions that changed, and those within which somebody contradicts themselves.
fn of_positions(asking: &Asking<'_>) -> Result<Vec<Line>, Fault> {
    let rows = |filter| -> Result<usize, Fault> {
        Ok(asking
            .store
            .positions(&asking.query, filter, false)?
            .rows
            .len())
    };
    let changed = rows(PositionFilter {
        changes: true,
        ..PositionFilter::default()
    })?;
    let opposed = rows(PositionFilter {
        contradictions: true,
        ..PositionFilter::default()
    })?;
    let changed = line(
        changed,
        "position that changed",
        "positions that changed",
        "/positions?changes",
    );
    let opposed = line(
        opposed,
        "speaker who contradicts themselves on a thing",
        "positions within which a speaker contradicts themselves",
        "/positions?contradictions",
    );
    Ok(changed.into_iter().chain(opposed).collect())
}

/// Claims that call for another: denials, promises that nothing answers, quotes that are not there.
fn of_claims(asking: &Asking<'_>) -> Result<Vec<Line>, Fault> {
    let store = &asking.store;
    let any = asking.query.clone();
    let denials = store.said(&Query {
        act: vec!["denies".to_owned()],
        ..any.clone()
    })?;
    let denials = line(denials.len(), "denial", "denials", "/claims?act=denies");
    let missing = store.said(&any.clone().verified(Some(Level::Missing)))?;
    let missing = line(
        missing.len(),
        "quote that does not stand in its text",
        "quotes that do not stand in their texts",
        "/claims?verified=missing",
    );
    let promises = store.promises(&any, &PromisesAsked::default())?;
    let mut unanswered: BTreeMap<String, bool> = BTreeMap::new();
    for one in promises.iter() {
        let is_open = matches!(one.state, PromiseState::Open | PromiseState::Overdue);
        *unanswered.entry(one.claim.id).or_default() |= is_open;
    }
    let open = unanswered.values().filter(|is_open| **is_open).count();
    // The page lists all of them, answered or not.
    let open = (open > 0).then(|| {
        let all = counted(
            unanswered.len(),
            "promise, offer, threat or question",
            "promises, offers, threats and questions",
        );
        (
            format!("{} of {all}: nothing answers", number(open)),
            PROMISES,
        )
    });
    Ok(denials.into_iter().chain(open).chain(missing).collect())
}
