//! `/findings`: what is wrong with the facts, as `annals check`; and one finding with its facts.

use std::collections::BTreeMap;

use annals_finding::write::{Drawing, FindingRow, Letters};
use annals_finding::{Code, Severity};
use annals_store::{Findings, Refusal, Store, codes};
use hyper::StatusCode;
use maud::{Markup, html};

use super::conflict::{self, Done};
use crate::asking::{Asking, Fault, Made, Posted, Shown};
use crate::forms::{self, NotSaved, Said};
use crate::request;
use crate::view::frame::{self, Paged, ROWS};
use crate::view::words::{counted, name, number, shown, shown_lines};

/// A finding's place among all, and its number among those of its code, from 1.
#[derive(Clone, Copy)]
struct Nth {
    at: usize,
    number: usize,
}

/// Each finding's code, severity and number. Of many only those are made into rows that are shown.
fn numbered(findings: &Findings) -> impl Iterator<Item = (&'static Code, Severity, Nth)> + '_ {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let codes = findings.codes().enumerate();
    codes.map(move |(at, (code, severity))| {
        let number = counts.entry(code.code).or_default();
        *number += 1;
        let number = *number;
        (code, severity, Nth { at, number })
    })
}

pub(super) fn show(asking: &Asking<'_>) -> Made {
    let findings = asking.dossier.store.check()?;
    let counts = findings.counts();
    let code = asking.request.one("code").filter(|code| !code.is_empty());
    let mut rows: Vec<(Severity, Nth)> = numbered(&findings)
        .filter(|(of, ..)| code.is_none_or(|code| of.code == code))
        .map(|(_, severity, nth)| (severity, nth))
        .collect();
    // The worst first; within, as they come: by file and line.
    rows.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    let first = asking
        .request
        .one("start")
        .and_then(|start| start.parse::<usize>().ok())
        .unwrap_or(0)
        .min(rows.len());
    let last = rows.len().min(first + ROWS);
    let next = (last < rows.len()).then(|| last.to_string());
    let paged = Paged {
        first,
        shown: last - first,
        all: rows.len(),
        next,
    };
    let count = format!(
        "{}, {}, {}",
        counted(counts.errors, "error", "errors"),
        counted(counts.warnings, "warning", "warnings"),
        counted(counts.infos, "remark", "remarks")
    );
    let on_page = &rows[first..last];
    let made = findings.rows_at(on_page.iter().map(|(_, nth)| nth.at));
    let made: Vec<(usize, FindingRow)> = (on_page.iter().map(|(_, nth)| nth.number))
        .zip(made)
        .collect();
    let main = html! {
        (frame::heading(&html! { "Findings" }, &count, &[]))
        (frame::command(asking))
        (forms::done(asking))
        @if asking.request.one("done").is_some() { (forms::undo(asking, "/findings")) }
        (tabs(asking, &findings, code))
        @if rows.is_empty() { p.nothing { b { @if let Some(code) = code { "There is no finding of " (name(code)) "." } @else { "Nothing is wrong with the facts." } } } }
        @for group in made.chunk_by(|a, b| file(&a.1) == file(&b.1) && a.1.severity == b.1.severity) {
            @if let Some((_, row)) = group.first() {
                section.dayof {
                    div.day { h2 { (shown(file(row).unwrap_or("all files"))) } span.n.small.muted { (counted(group.len(), row.severity.word(), &format!("{}s", row.severity.word()))) } }
                    @for (nth, row) in group { (one_row(*nth, row)) }
                }
            }
        }
        (frame::pager(asking, &paged))
    };
    Ok(Shown::wide("Findings", None, main))
}

/// The codes that there are, each with how many findings have it.
fn tabs(asking: &Asking<'_>, findings: &Findings, chosen: Option<&str>) -> Markup {
    let codes = findings.by_code();
    html! {
        @if codes.len() > 1 {
            nav.views.lanes aria-label="Of one sort" {
                a href=(asking.with(&["code", "start", "done"], &[])) aria-current=[chosen.is_none().then_some("true")] { "all" }
                @for (count, code) in &codes {
                    a href=(asking.with(&["code", "start", "done"], &[("code", code.code)])) aria-current=[(chosen == Some(code.code)).then_some("true")] title=(code.name) { (code.code) " " span.n { (number(*count)) } }
                }
            }
        }
    }
}

fn file(row: &FindingRow) -> Option<&str> {
    row.places.first().map(|place| place.place.file.as_str())
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "lev error",
        Severity::Warning => "lev warning",
        Severity::Info => "lev info",
    }
}

fn one_row(nth: usize, row: &FindingRow) -> Markup {
    html! {
        article.row.found {
            div { b class=(level(row.severity)) { (row.severity.word()) } " " small.muted { (row.code) } }
            div { p.say { a href={ "/findings/" (row.code) "/" (nth) } { (name(&row.message)) } } }
            div.src { @if let Some(place) = row.places.first() { "line " (place.place.line) } }
        }
    }
}

/// One finding.
pub(super) fn one(asking: &Asking<'_>) -> Made {
    Ok(shown_with(asking, &Numbered::find(asking)?, None))
}

/// Takes the forms of a finding: a repair, and those of a conflict of dates.
pub(super) fn post(asking: &Asking<'_>) -> Result<Posted, Fault> {
    let found = Numbered::find(asking)?;
    if Said(&asking.request.form).has("repair") {
        return Ok(repair(asking, &found));
    }
    let Some(of) = found.conflict() else {
        return Err(Fault::Missing("No page takes this form.".to_owned()));
    };
    match conflict::post(asking, &of)? {
        Done::Saved(posted) => Ok(posted),
        Done::Wrong(status, words) => {
            let page = shown_with(asking, &found, Some(&words));
            Ok(Posted::Again(status, Box::new(page)))
        }
    }
}

/// Makes the repair that a finding names, if it changes spelling alone.
fn repair(asking: &Asking<'_>, found: &Numbered) -> Posted {
    let plan = |store: &Store| {
        let none =
            || Refusal::Asked("there is no repair that can be made without asking".to_owned());
        store
            .plan_repair(&found.findings, found.at)?
            .ok_or_else(none)
    };
    let words = match forms::save(asking, true, plan) {
        Ok(_) => {
            return Posted::Go(request::address("/findings", [("done", "mended")]));
        }
        Err(NotSaved::Refused(refusal)) => forms::refused(&refusal),
        Err(NotSaved::Errors(_)) => "It would add errors.".to_owned(),
    };
    let page = shown_with(asking, found, Some(&words));
    Posted::Again(StatusCode::CONFLICT, Box::new(page))
}

/// What would mend a finding: what changes spelling alone can be done here.
fn repairs(asking: &Asking<'_>, found: &Numbered, fault: Option<&str>) -> Markup {
    let store = &asking.dossier.store;
    let may = forms::may_write(asking);
    let plan = may
        .then(|| store.plan_repair(&found.findings, found.at).ok().flatten())
        .flatten();
    html! {
        section.sect {
            h2 { "What would mend it" }
            ul.others { @for fix in &found.row.fixes { li { (name(&fix.message)) } } }
            @if let Some(fault) = fault { p.fault role="alert" { (shown_lines(fault)) } }
            @if let Some(plan) = &plan {
                div.repair { (forms::lines(plan)) }
                form.acts method="post" action=(asking.path()) { (forms::token(asking)) button.btn.go name="repair" value="yes" { "Do it" } span.small.muted { "It changes spelling alone, and can be undone." } }
            }
        }
    }
}

/// A finding, found by its code and its number.
struct Numbered {
    findings: Findings,
    row: FindingRow,
    /// Its place among all.
    at: usize,
    /// Its number among those of its code, and how many these are.
    number: usize,
    of_code: usize,
}

impl Numbered {
    fn find(asking: &Asking<'_>) -> Result<Numbered, Fault> {
        let [code, nth] = asking.rest else {
            return Err(Fault::Missing("There is no such finding.".to_owned()));
        };
        let findings = asking.dossier.store.check()?;
        let of_code: Vec<Nth> = numbered(&findings)
            .filter(|(of, ..)| of.code == code)
            .map(|(.., nth)| nth)
            .collect();
        let found = of_code.iter().find(|one| one.number.to_string() == *nth);
        let row = found.and_then(|one| findings.rows_at([one.at]).next());
        let (Some(found), Some(row)) = (found, row) else {
            return Err(Fault::Missing(
                "There is no such finding any more: the facts may have changed.".to_owned(),
            ));
        };
        Ok(Numbered {
            at: found.at,
            number: found.number,
            of_code: of_code.len(),
            findings,
            row,
        })
    }

    /// The conflict of dates that it reports, if it does.
    fn conflict(&self) -> Option<conflict::Of<'_>> {
        let conflict = self.findings.conflict(self.at)?;
        Some(conflict::Of {
            row: &self.row,
            findings: &self.findings,
            conflict,
        })
    }
}

/// The page; `fault` is why a form was not taken.
fn shown_with(asking: &Asking<'_>, found: &Numbered, fault: Option<&str>) -> Shown {
    let row = &found.row;
    let drawing = Drawing {
        colour: false,
        letters: Letters::Boxes,
        width: 100,
    };
    let drawn = found.findings.drawn_one(found.at, drawing);
    let known = codes().find(|known| known.code == row.code);
    let conflict = found.conflict();
    let main = html! {
        p.small { b class=(level(row.severity)) { (row.severity.word()) } " " (row.code) @if let Some(known) = known { " · " (known.name) } " · " (number(found.number)) " of " (number(found.of_code)) }
        h1 { (name(&title(row))) }
        @for note in found.findings.notes(found.at) { p.lead { (name(note)) } }
        @if let Some(of) = &conflict { (conflict::main(asking, of)) } @else { (facts(row)) }
        @if !row.records.is_empty() { section.sect { h2 { "The records" } ul.others { @for id in &row.records { li { a.link href=(request::record(id)) { (shown(id)) } } } } } }
        @if !row.fixes.is_empty() { (repairs(asking, found, fault.filter(|_| conflict.is_none()))) }
        section.sect { h2 { "In its place" } pre.yaml tabindex="0" { (shown_lines(&drawn.unwrap_or_default())) } }
        @if let Some(known) = known { section.sect { h2 { "What it means" } pre.message { (shown_lines(&known.page())) } } }
        p { a.link href="/findings" { "All findings" } }
    };
    let side = conflict.map(|of| conflict::side(asking, &of, fault));
    Shown {
        layout: if side.is_some() { "record" } else { "wide" },
        side,
        ..Shown::wide(&title(row), None, main)
    }
}

fn facts(row: &FindingRow) -> Markup {
    html! {
        section.sect {
            h2 { @if row.places.len() > 1 { "The facts" } @else { "The fact" } }
            ol.facts-of {
                @for place in &row.places {
                    li.row.fact {
                        div { @if let Some(label) = &place.label { (name(label)) } @else { (name(&row.message)) } }
                        div.src { (shown(&place.place.file)) ":" (place.place.line) }
                    }
                }
            }
        }
    }
}

/// A finding's message, or of a conflict of many facts what they are together.
fn title(row: &FindingRow) -> String {
    let many = row.places.len();
    if many > 3 && row.message.starts_with("these ") {
        let words = row.message.split(':').next().unwrap_or(&row.message);
        return words.replacen("these", "These", 1);
    }
    row.message.clone()
}
