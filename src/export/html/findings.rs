//! What `annals check` finds of what is shown.

use std::io;

use crate::Options;
use annals_check as check;
use annals_finding::{Finding, Locate, Severity};
use annals_format::escape::html;
use annals_graph::View;
use annals_query::Dossier;

/// Errors and warnings; of a part of the facts those that concern it.
pub(super) fn of(dossier: &Dossier<'_>, view: &View<'_>, options: &Options) -> Vec<Finding> {
    let all = view.records();
    let mut findings = check::check(dossier.loaded, &options.policy);
    findings.retain(|finding| {
        let concerns = finding.records.iter().any(|record| all.contains(*record));
        finding.severity != Severity::Info && (concerns || finding.records.is_empty())
    });
    findings
}

pub(super) fn section(
    dossier: &Dossier<'_>,
    findings: &[Finding],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(b"<section aria-labelledby=\"findings\"><h2 id=\"findings\">Findings</h2>\n")?;
    if findings.is_empty() {
        return out.write_all(
            b"<p class=\"empty\">annals check finds no errors and no warnings.</p></section>\n",
        );
    }
    out.write_all(b"<ul class=\"list\">\n")?;
    for finding in findings {
        let severity = finding.severity.word();
        write!(
            out,
            "<li data-row><strong class=\"{severity}\">{severity} {}</strong> <span dir=\"auto\">{}</span>",
            finding.code.code,
            html(&finding.message)
        )?;
        for label in &finding.labels {
            let place = dossier.places.locate(&label.place).place;
            let words = html(&format!("{}:{} {}", place.file, place.line, label.text));
            write!(out, "<br><span class=\"line\">{words}</span>")?;
        }
        out.write_all(b"</li>\n")?;
    }
    out.write_all(b"</ul></section>\n")
}
