//! `md`: the document in Markdown.

use std::io;

use super::blocks::{Block, Entry, Lead, Part, Run, Style};
use super::layout::blocks;
use super::{BriefFormat, WriteBrief};
use annals_query::brief::BriefDocument;

pub(super) static FORMAT: BriefFormat = BriefFormat {
    name: "md",
    title: "Markdown",
    extensions: &["md", "markdown"],
    loses: "",
    notes: "",
    options: &[],
    work: write as WriteBrief,
};

fn write(document: &BriefDocument, out: &mut dyn io::Write) -> io::Result<()> {
    let blocks = blocks(document);
    for (nth, block) in blocks.iter().enumerate() {
        let is_item = |block: Option<&Block>| matches!(block, Some(Block::Item(_)));
        // Items of one list follow each other.
        let follows = nth > 0 && is_item(Some(block)) && is_item(blocks.get(nth - 1));
        if nth > 0 && !follows {
            out.write_all(b"\n")?;
        }
        match block {
            Block::Title(runs) => writeln!(out, "# {}", line(runs))?,
            Block::Heading(words) => writeln!(out, "## {words}")?,
            Block::Paragraph(runs) => writeln!(out, "{}", line(runs))?,
            Block::Item(runs) => writeln!(out, "- {}", line(runs))?,
            Block::Entry(one) => entry(one, out)?,
        }
    }
    Ok(())
}

/// A heading, and a paragraph for each part; the speaker's words and the passages are quotations.
fn entry(entry: &Entry, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(
        out,
        "### <a id=\"{}\"></a>{}. {}",
        entry.name,
        entry.label,
        line(&entry.head)
    )?;
    for (part, runs) in &entry.parts {
        let words = line(runs);
        match part {
            Part::Quote | Part::Passage => writeln!(out, "\n> {words}")?,
            Part::Line | Part::Origin => writeln!(out, "\n{words}")?,
            Part::Alert => writeln!(out, "\n**Note:** {words}")?,
        }
    }
    Ok(())
}

fn line(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        let at_start = out.is_empty();
        let text = escaped(&run.text, at_start);
        let (around, inner) = match run.style {
            Style::Plain | Style::Small => ("", text),
            Style::Strong | Style::Marked => ("**", text),
            Style::Italic => ("*", text),
        };
        // Emphasis begins and ends at a letter, not at a space.
        let body = inner.trim();
        let words = if around.is_empty() || body.is_empty() {
            inner
        } else {
            let (before, after) = inner.split_once(body).unwrap_or_default();
            format!("{before}{around}{body}{around}{after}")
        };
        match &run.lead {
            Some(Lead::Entry(name)) => out.push_str(&format!("[{words}](#{name})")),
            Some(Lead::Web(address)) => {
                let address = address.replace('(', "%28").replace(')', "%29");
                out.push_str(&format!("[{words}]({address})"));
            }
            None => out.push_str(&words),
        }
    }
    out
}

/// A text in which no character is markup.
fn escaped(text: &str, at_start: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (nth, c) in text.char_indices() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // What begins a heading, a list or a rule.
            '#' | '+' | '-' | '=' if at_start && nth == 0 => out.extend(['\\', c]),
            '.' | ')' if at_start && text[..nth].chars().all(|c| c.is_ascii_digit()) => {
                out.extend(['\\', c]);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(escaped("# a *b* <c>", true), "\\# a \\*b\\* &lt;c&gt;");
        assert_eq!(escaped("12. of", true), "12\\. of");
        assert_eq!(escaped("12. of", false), "12. of");
        assert_eq!(escaped("[x](javascript:y)", true), "\\[x\\](javascript:y)");
    }
}
