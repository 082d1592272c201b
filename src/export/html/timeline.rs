//! What happened, what was said, who held which tie, what was published: year by year.

use std::io;

use super::names::{anchor, bdi};
use crate::dated::{Dated, called, speakers};
use crate::escapes::html;
use annals_model::RecordRef;
use annals_query::Dossier;

pub(super) fn section(
    dossier: &Dossier<'_>,
    things: &[Dated<'_>],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(
        b"<section aria-labelledby=\"timeline\"><h2 id=\"timeline\">What happened, and when</h2>\n",
    )?;
    if things.is_empty() {
        out.write_all(b"<p class=\"empty\">Nothing.</p>")?;
    }
    for year in things.chunk_by(|one, other| one.year() == other.year()) {
        writeln!(
            out,
            "<div data-group><h3>{}</h3><ol>",
            html(&year[0].year())
        )?;
        for one in year {
            writeln!(out, "{}", line(dossier, one))?;
        }
        out.write_all(b"</ol></div>\n")?;
    }
    out.write_all(b"</section>\n")
}

fn line(dossier: &Dossier<'_>, one: &Dated<'_>) -> String {
    let facts = dossier.facts();
    let words = bdi(&called(dossier, one.record));
    let (id, words) = match one.record {
        // The claim itself stands in the table.
        RecordRef::Claim(id) => {
            let who = bdi(&speakers(facts, &facts[id]));
            let anchor = anchor(facts, one.record);
            (
                String::new(),
                format!("{who}: <a href=\"#{anchor}\">{words}</a>"),
            )
        }
        RecordRef::Document(_) => {
            let anchor = anchor(facts, one.record);
            (String::new(), format!("<a href=\"#{anchor}\">{words}</a>"))
        }
        _ => (format!(" id=\"{}\"", anchor(facts, one.record)), words),
    };
    let mut kind = match one.record {
        RecordRef::Document(_) => "published".to_owned(),
        RecordRef::Relation(_) => "tie".to_owned(),
        RecordRef::Event(id) => match facts[id].status {
            Some(status) => format!("event, {status}"),
            None => "event".to_owned(),
        },
        other => other.kind().to_string(),
    };
    if dossier.retraction(one.record).is_some() {
        kind.push_str(", retracted");
    }
    let when = html(&one.words());
    format!("<li{id} data-row><span class=\"when\">{when} · {kind}</span><br>{words}</li>")
}
