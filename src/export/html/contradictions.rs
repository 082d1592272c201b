//! What contradicts what, with both claims.

use std::io;

use super::claims::in_a_line;
use super::names::bdi;
use annals_query::contradictions::{
    Contradiction, ContradictionKind, contradictions, contradictory,
};
use annals_query::{Dossier, ResolvedQuery};

pub(super) fn section(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(
        b"<section aria-labelledby=\"contradictions\"><h2 id=\"contradictions\">Contradictions</h2>\n",
    )?;
    let all = contradictions(dossier, selection);
    if all.found.is_empty() && all.is_complete {
        return out.write_all(b"<p class=\"empty\">None.</p></section>\n");
    }
    out.write_all(b"<ul class=\"list\">\n")?;
    // Two who speak together are two pairs with somebody else, of the same claims.
    let alike = |one: &Contradiction, other: &Contradiction| {
        (one.kind, one.claims, one.toward) == (other.kind, other.claims, other.toward)
    };
    for same in all.found.chunk_by(alike) {
        let Some(one) = same.iter().max_by_key(|one| one.certainty) else {
            continue;
        };
        let row = contradictory(dossier, selection, one);
        let mut heading = match row.kind {
            ContradictionKind::Stated => "Stated",
            ContradictionKind::Within => "Within one speaker",
            ContradictionKind::Between => "Between speakers",
        }
        .to_owned();
        if let Some(toward) = &row.toward {
            heading.push_str(&format!(", on {}", bdi(&toward.name)));
        }
        if !row.certain {
            heading.push_str(" <span class=\"line\">possibly</span>");
        }
        writeln!(out, "<li data-row><strong>{heading}</strong>")?;
        for claim in &row.claims {
            writeln!(out, "<br>{}", in_a_line(dossier, selection, claim))?;
        }
        out.write_all(b"</li>\n")?;
    }
    out.write_all(b"</ul>")?;
    if !all.is_complete {
        out.write_all(
            b"<p class=\"line\">There are too many to list them all; annals contradictions with a selection lists fewer.</p>",
        )?;
    }
    out.write_all(b"</section>\n")
}
