//! `html`: the document as one page to read and to print, in black and white too. It needs nothing
//! else, and has no script.

use std::fmt::Write as _;
use std::io;

use super::blocks::{Block, Entry, Lead, Part, Run, Style};
use super::layout::blocks;
use super::{BriefFormat, WriteBrief};
use annals_format::escape::html;
use annals_query::brief::BriefDocument;

const STYLE: &str = include_str!("style.css");

pub(super) static FORMAT: BriefFormat = BriefFormat {
    name: "html",
    title: "one page to read and to print",
    extensions: &["html", "htm"],
    loses: "",
    notes: "",
    options: &[],
    work: write as WriteBrief,
};

fn write(document: &BriefDocument, out: &mut dyn io::Write) -> io::Result<()> {
    let blocks = blocks(document);
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(runs) => Some(runs.iter().map(|run| run.text.as_str()).collect::<String>()),
        _ => None,
    });
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>",
        html(&title.unwrap_or_default())
    )?;
    body(&blocks, out)?;
    out.write_all(b"</main>\n</body>\n</html>\n")
}

/// The document without the page around it, to stand in another.
pub fn brief_element(document: &BriefDocument) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = body(&blocks(document), &mut out);
    String::from_utf8(out).unwrap_or_default()
}

fn body(blocks: &[Block], out: &mut dyn io::Write) -> io::Result<()> {
    let mut in_list = false;
    for block in blocks {
        let is_item = matches!(block, Block::Item(_));
        if is_item != in_list {
            out.write_all(if is_item { b"<ul>\n" } else { b"</ul>\n" })?;
            in_list = is_item;
        }
        match block {
            Block::Title(runs) => writeln!(out, "<h1>{}</h1>", inline(runs))?,
            Block::Heading(words) => writeln!(out, "<h2>{}</h2>", html(words))?,
            Block::Paragraph(runs) => writeln!(out, "<p class=\"lead\">{}</p>", inline(runs))?,
            Block::Item(runs) => writeln!(out, "<li>{}</li>", inline(runs))?,
            Block::Entry(one) => entry(one, out)?,
        }
    }
    if in_list {
        out.write_all(b"</ul>\n")?;
    }
    Ok(())
}

fn entry(entry: &Entry, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(
        out,
        "<article id=\"{}\"><p class=\"label\">{}</p><div>\n<h3>{}</h3>",
        entry.name,
        html(&entry.label),
        inline(&entry.head)
    )?;
    for (part, runs) in &entry.parts {
        let words = inline(runs);
        match part {
            Part::Quote => writeln!(out, "<blockquote dir=\"auto\">{words}</blockquote>")?,
            Part::Line => writeln!(out, "<p>{words}</p>")?,
            Part::Passage => writeln!(out, "<p class=\"passage\">{words}</p>")?,
            Part::Alert => writeln!(out, "<p class=\"alert\">{words}</p>")?,
            Part::Origin => writeln!(out, "<p class=\"origin\">{words}</p>")?,
        }
    }
    out.write_all(b"</div></article>\n")
}

fn inline(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        let text = html(&run.text);
        let text = if run.is_data {
            format!("<bdi>{text}</bdi>")
        } else {
            text
        };
        let text = match run.style {
            Style::Plain => text,
            Style::Strong => format!("<strong>{text}</strong>"),
            Style::Italic => format!("<em>{text}</em>"),
            Style::Marked => format!("<mark>{text}</mark>"),
            Style::Small => format!("<small>{text}</small>"),
        };
        // Writing to a String cannot fail.
        let _ = match &run.lead {
            Some(Lead::Entry(name)) => write!(out, "<a href=\"#{name}\">{text}</a>"),
            Some(Lead::Web(address)) => {
                let address = html(address);
                write!(out, "<a href=\"{address}\" rel=\"noreferrer\">{text}</a>")
            }
            None => write!(out, "{text}"),
        };
    }
    out
}
