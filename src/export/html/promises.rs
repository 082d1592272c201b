//! What was promised or asked, and what became of it as far as the facts reach.

use std::io;

use super::claims::in_a_line;
use super::names::bdi;
use annals_format::escape::html;
use annals_model::Vocabulary as _;
use annals_query::promises::{ACTS, PromiseRow, promised, promises, reach};
use annals_query::{Dossier, ResolvedQuery};

pub(super) fn section(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(
        b"<section aria-labelledby=\"promises\"><h2 id=\"promises\">Promises and questions</h2>\n",
    )?;
    let asked = selection.or_of_acts(&ACTS);
    let day = reach(dossier.facts());
    let all = promises(dossier, &asked, &[], day);
    if all.is_empty() {
        return out.write_all(b"<p class=\"empty\">None.</p></section>\n");
    }
    if let Some(day) = day {
        let day = html(&day.words());
        writeln!(
            out,
            "<p class=\"line\">As they stand at the end of {day}.</p>"
        )?;
    }
    out.write_all(b"<ul class=\"list\">\n")?;
    for one in &all {
        let row: PromiseRow = promised(dossier, &asked, one);
        let mut about: Vec<String> = Vec::new();
        about.extend(row.claim.act.as_deref().map(html));
        if !row.claim.certain {
            about.push("possibly".to_owned());
        }
        about.extend(row.by.iter().map(|by| format!("by {}", bdi(&by.name))));
        about.extend(
            row.due
                .iter()
                .map(|due| format!("due {}", html(&due.words()))),
        );
        writeln!(
            out,
            "<li data-row><strong>{}</strong> <span class=\"line\">{}</span>\n<br>{}</li>",
            row.state.word(),
            about.join(" · "),
            in_a_line(dossier, &asked, &row.claim)
        )?;
    }
    out.write_all(b"</ul></section>\n")
}
