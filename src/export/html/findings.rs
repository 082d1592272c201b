//! What `annals check` finds of what is shown.

use std::io;

use crate::Options;
use annals_check as check;
use annals_finding::write::{Counts, first_of_each_code, not_shown};
use annals_finding::{Finding, Locate, Severity};
use annals_format::escape::html;
use annals_graph::View;
use annals_query::Dossier;

/// The most places of a finding that are listed.
const MOST_PLACES: usize = 12;

/// The errors and warnings, and how many findings there are with the remarks, which are counted only;
/// of a part of the facts those that concern it.
pub(super) fn of(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
) -> (Vec<Finding>, Counts) {
    let all = view.records();
    let mut findings = check::check(dossier.loaded, &options.policy);
    findings.retain(|finding| {
        let concerns = finding.records.iter().any(|record| all.contains(*record));
        concerns || finding.records.is_empty()
    });
    let counts = Counts::new(&findings);
    findings.retain(|finding| finding.severity != Severity::Info);
    (findings, counts)
}

pub(super) fn section(
    dossier: &Dossier<'_>,
    findings: &[Finding],
    counts: Counts,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(b"<section aria-labelledby=\"findings\"><h2 id=\"findings\">Findings</h2>\n")?;
    let remarks = match counts.infos {
        0 => String::new(),
        1 => "<p class=\"line\">1 remark is not listed; annals check -v shows it.</p>".to_owned(),
        many => format!(
            "<p class=\"line\">{many} remarks are not listed; annals check -v shows them.</p>"
        ),
    };
    if findings.is_empty() {
        return writeln!(
            out,
            "<p class=\"empty\">annals check finds no errors and no warnings.</p>{remarks}</section>"
        );
    }
    out.write_all(b"<ul class=\"list\">\n")?;
    for (finding, more) in first_of_each_code(findings, check::is_of_rule, |_| true) {
        let severity = finding.severity.word();
        write!(
            out,
            "<li data-row><strong class=\"{severity}\">{severity} {}</strong> <span dir=\"auto\">{}</span>",
            finding.code.code,
            html(&finding.message)
        )?;
        let mut line = |words: &str| write!(out, "<br><span class=\"line\">{}</span>", html(words));
        for (place, label) in finding.places().take(MOST_PLACES) {
            let place = dossier.places.locate(place).place;
            line(&format!("{}:{} {label}", place.file, place.line))?;
        }
        match finding.places().count().saturating_sub(MOST_PLACES) {
            0 => {}
            1 => line("1 more place is not shown; annals check -f json lists all")?,
            more => line(&format!(
                "{more} more places are not shown; annals check -f json lists all"
            ))?,
        }
        out.write_all(b"</li>\n")?;
        if let Some(words) = not_shown(finding.code, more) {
            writeln!(out, "<li data-row>{}</li>", html(&words))?;
        }
    }
    writeln!(out, "</ul>{remarks}</section>")
}
