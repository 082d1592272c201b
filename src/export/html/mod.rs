//! `html`: one page that needs nothing else: who said what, with the passages in their sentences;
//! what contradicts what; what was promised and what became of it; what happened, year by year; what `annals check` finds; the documents.
//!
//! It asks no server for anything, and a policy in it forbids that it could. It is read without its
//! script, which only filters rows. It is light or dark as the reader's system is, and made for
//! keyboards and screen readers. Whatever a name has in it is shown, never run: control characters
//! by their signs (`␇`), addresses as links only where they are of the web.
//!
//! The pictures stand before the rows, one drawing each, whose colours are those of the page
//! ([`PAGE`](annals_draw::theme::PAGE)); what has a row leads to it.

mod claims;
mod contradictions;
mod findings;
mod names;
mod pictures;
mod promises;
mod timeline;

use std::io;

use super::dated::dated;
use super::{Export, Exporter, Options};
use annals_draw::theme::page_style;
use annals_format::escape::html;
use annals_graph::View;
use annals_model::RecordKind;
use annals_query::{Dossier, ResolvedQuery};
use names::{anchor, bdi};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("filter.js");

/// The SHA-256 of [`SCRIPT`] in base 64: the one script that the page's policy lets run.
const SCRIPT_SUM: &str = "sNiTBwk25TUy5i3N+lg6pOaG1j7DsaHeROvDNmkP9B8=";

/// A page.
pub(super) static FORMAT: Exporter = Exporter {
    name: "html",
    title: "one page to read and share: pictures, claims in their context, contradictions, promises, timeline, findings",
    extensions: &["html", "htm"],
    loses: "It is for people: it shows the selection as text and pictures, and programs cannot read it back.",
    notes: "It contains the four pictures of `annals draw`, light or dark like the reader's system, each in a window that can be scrolled; boxes link to their rows. A picture shows at most about 300 boxes (a graph 150) and says what it leaves out; the rows below are complete.",
    options: &[],
    work: Export::stream(write),
};

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let title = options
        .title
        .as_deref()
        .unwrap_or("Who said what, and when");
    let all = |kinds: &[RecordKind]| dated(dossier, view, kinds);
    let claims = all(&[RecordKind::Claim]);
    let things = all(&[
        RecordKind::Event,
        RecordKind::Claim,
        RecordKind::Relation,
        RecordKind::Document,
    ]);
    let (findings, found) = findings::of(dossier, view, options);
    head(title, out)?;
    let mut counts = vec![
        counted(claims.len(), "claim"),
        counted(things.len() - claims.len(), "other thing in time"),
    ];
    match found.words() {
        none if none.is_empty() => counts.push("no findings".to_owned()),
        by_severity => counts.extend(by_severity),
    }
    writeln!(
        out,
        "<header><h1>{}</h1>\n<p class=\"line\">{}</p></header>",
        html(title),
        counts.join(" · ")
    )?;
    out.write_all(NAVIGATION.as_bytes())?;
    out.write_all(b"<main id=\"main\">\n")?;
    let selection = match &options.selection {
        Some(selection) => selection.among(view.records()),
        None => ResolvedQuery::of_records(view.records(), dossier.validity.clone()),
    };
    pictures::section((dossier, view), &selection, options, &things, out)?;
    out.write_all(FILTER.as_bytes())?;
    claims::section(dossier, &claims, out)?;
    contradictions::section(dossier, &selection, out)?;
    promises::section(dossier, &selection, out)?;
    timeline::section(dossier, &things, out)?;
    findings::section(dossier, &findings, found, out)?;
    documents(view, out)?;
    out.write_all(b"</main>\n<footer>Written by annals export.</footer>\n")?;
    writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
}

const NAVIGATION: &str = "<nav aria-label=\"Contents\"><ul>\
<li><a href=\"#pictures\">Pictures</a></li>\
<li><a href=\"#claims\">What was said</a></li>\
<li><a href=\"#contradictions\">Contradictions</a></li><li><a href=\"#promises\">Promises and questions</a></li>\
<li><a href=\"#timeline\">What happened, and when</a></li>\
<li><a href=\"#findings\">Findings</a></li><li><a href=\"#documents\">Documents</a></li></ul></nav>\n";

const FILTER: &str = "<form id=\"filter\" class=\"filter\" role=\"search\" hidden>\
<label for=\"words\">Show only rows with these words</label><br>\
<input id=\"words\" type=\"search\" autocomplete=\"off\"> <output class=\"line\" for=\"words\"></output></form>\n";

fn head(title: &str, out: &mut dyn io::Write) -> io::Result<()> {
    // Nothing is loaded, no form is sent, and no script runs but ours.
    let policy = format!(
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{SCRIPT_SUM}'; base-uri 'none'; form-action 'none'"
    );
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>{}</title>\n<style>\n{}{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">To the text</a>",
        html(title),
        page_style()
    )
}

/// The documents behind what is shown.
fn documents(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let facts = view.facts();
    let mut documents = view
        .nodes()
        .filter(|node| node.kind() == RecordKind::Document)
        .peekable();
    out.write_all(b"<section aria-labelledby=\"documents\"><h2 id=\"documents\">Documents</h2>\n")?;
    if documents.peek().is_none() {
        out.write_all(b"<p class=\"empty\">None.</p>")?;
    } else {
        out.write_all(b"<ul class=\"list\">\n")?;
        for node in documents {
            let annals_model::NodeRef::Document(id) = node else {
                continue;
            };
            let document = &facts[id];
            let mut about: Vec<String> = Vec::new();
            about.extend(document.kind.map(|kind| facts.name(kind).to_owned()));
            about.extend(
                facts
                    .list(document.author)
                    .iter()
                    .map(|one| facts.str(*one).to_owned()),
            );
            about.extend(document.publisher.map(|one| facts.str(one).to_owned()));
            about.extend(document.published.map(|date| facts.date(date).dated()));
            let title = bdi(facts.label(id));
            let url = document
                .url
                .and_then(|url| annals_format::escape::web_address(facts.str(url)));
            let title = match url {
                Some(url) => format!("<a href=\"{}\" rel=\"noreferrer\">{title}</a>", html(&url)),
                None => title,
            };
            let about: Vec<String> = about.iter().map(|one| bdi(one)).collect();
            writeln!(
                out,
                "<li id=\"{}\">{title} <span class=\"line\">{}</span></li>",
                anchor(facts, id.into()),
                about.join(" · ")
            )?;
        }
        out.write_all(b"</ul>")?;
    }
    out.write_all(b"</section>\n")
}

fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    let what = what.replacen("thing", &format!("thing{s}"), 1);
    if what.contains("thing") {
        format!("{count} {what}")
    } else {
        format!("{count} {what}{s}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = String::new();
        for three in bytes.chunks(3) {
            let padded = [
                three[0],
                *three.get(1).unwrap_or(&0),
                *three.get(2).unwrap_or(&0),
            ];
            let bits = u32::from_be_bytes([0, padded[0], padded[1], padded[2]]);
            for nth in 0..4 {
                let letter = LETTERS[(bits >> (18 - 6 * nth) & 63) as usize];
                out.push(if nth > three.len() {
                    '='
                } else {
                    char::from(letter)
                });
            }
        }
        out
    }

    #[test]
    fn the_policy_knows_the_script() {
        assert_eq!(base64(b"light w"), "bGlnaHQgdw==");
        assert_eq!(SCRIPT_SUM, base64(&Sha256::digest(SCRIPT)));
    }
}
