//! `docx`: the document for a word processor.

use std::io;

use docx_rs::{
    AlignmentType, DocumentChild, Docx, Footer, Hyperlink, HyperlinkType, LineSpacing,
    LineSpacingType, NumPages, PageMargin, PageNum, Paragraph, ParagraphBorder,
    ParagraphBorderPosition, ParagraphBorders, Run as Words, RunFonts, SpecialIndentType,
    Style as NamedStyle, StyleType,
};

use super::blocks::{Block, Entry, Lead, Part, Run, Style};
use super::layout::blocks;
use super::{BriefFormat, WriteBrief};
use annals_query::brief::BriefDocument;

pub(super) static FORMAT: BriefFormat = BriefFormat {
    name: "docx",
    title: "a document for word processors",
    extensions: &["docx"],
    loses: "",
    notes: "",
    options: &[],
    work: write as WriteBrief,
};

/// How far numbered entries are indented, in twentieths of a point.
const INDENT: i32 = 640;

fn write(document: &BriefDocument, out: &mut dyn io::Write) -> io::Result<()> {
    let mut docx = styled();
    let mut marks = 0;
    for block in blocks(document) {
        docx = match block {
            Block::Title(runs) => docx.add_paragraph(paragraph("Title", &runs)),
            Block::Heading(words) => {
                let words = Words::new().add_text(words);
                docx.add_paragraph(
                    Paragraph::new()
                        .style("Heading1")
                        .keep_next(true)
                        .add_run(words),
                )
            }
            Block::Paragraph(runs) => docx.add_paragraph(paragraph("Normal", &runs)),
            Block::Item(runs) => {
                let bullet = Words::new().add_text("•").add_tab();
                let item = Paragraph::new()
                    .style("Normal")
                    .indent(Some(320), Some(SpecialIndentType::Hanging(320)), None, None)
                    .add_run(bullet);
                docx.add_paragraph(with_runs(item, &runs))
            }
            Block::Entry(one) => {
                marks += 1;
                entry(docx, &one, marks)
            }
        };
    }
    number_paragraphs(&mut docx);
    let mut bytes = io::Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).map_err(io::Error::other)?;
    out.write_all(bytes.get_ref())
}

/// Gives paragraphs ids of their own document: the crate counts through those of the whole process.
fn number_paragraphs(docx: &mut Docx) {
    for (nth, child) in docx.document.children.iter_mut().enumerate() {
        if let DocumentChild::Paragraph(paragraph) = child {
            paragraph.id = format!("{:08x}", nth + 1);
        }
    }
}

/// An empty document with our styles: black on white, numbered pages.
fn styled() -> Docx {
    let fonts = || {
        RunFonts::new()
            .ascii("Georgia")
            .hi_ansi("Georgia")
            .cs("Times New Roman")
    };
    let style = |id: &str, name: &str, size: usize| {
        NamedStyle::new(id, StyleType::Paragraph)
            .name(name)
            .fonts(fonts())
            .size(size)
            .line_spacing(space(60))
    };
    let mut pages = Paragraph::new()
        .align(AlignmentType::Center)
        .add_page_num(PageNum::new())
        .add_run(Words::new().add_text(" / "))
        .add_num_pages(NumPages::new());
    "0f000001".clone_into(&mut pages.id);
    Docx::new()
        .default_fonts(fonts())
        .default_size(21)
        .page_size(11_906, 16_838)
        .page_margin(
            PageMargin::new()
                .top(1_134)
                .bottom(1_247)
                .left(1_020)
                .right(1_020),
        )
        .add_style(style("Normal", "Normal", 21))
        .add_style(style("Title", "Title", 34).bold())
        .add_style(
            style("Heading1", "heading 1", 26)
                .bold()
                .outline_lvl(0)
                .line_spacing(LineSpacing::new().before(360).after(120)),
        )
        .add_style(
            style("Heading2", "heading 2", 21)
                .outline_lvl(1)
                .line_spacing(LineSpacing::new().before(240).after(60)),
        )
        .footer(Footer::new().add_paragraph(pages))
}

fn space(after: u32) -> LineSpacing {
    LineSpacing::new()
        .line_rule(LineSpacingType::Auto)
        .line(270)
        .after(after)
}

fn paragraph(style: &str, runs: &[Run]) -> Paragraph {
    with_runs(Paragraph::new().style(style), runs)
}

/// A numbered entry: its head with the number in the margin, then its parts.
fn entry(mut docx: Docx, entry: &Entry, mark: usize) -> Docx {
    let number = Words::new().add_text(&entry.label).add_tab().bold();
    let head = Paragraph::new()
        .style("Heading2")
        .keep_next(true)
        .indent(
            Some(INDENT),
            Some(SpecialIndentType::Hanging(INDENT)),
            None,
            None,
        )
        .add_bookmark_start(mark, &entry.name)
        .add_run(number);
    docx = docx.add_paragraph(with_runs(head, &entry.head).add_bookmark_end(mark));
    let last = entry.parts.len().saturating_sub(1);
    for (nth, (part, runs)) in entry.parts.iter().enumerate() {
        let inner = match part {
            Part::Passage => INDENT + 160,
            _ => INDENT,
        };
        let mut one = Paragraph::new()
            .style("Normal")
            .keep_lines(true)
            .keep_next(nth < last)
            .indent(Some(inner), None, None, None);
        if let Some(borders) = borders(*part) {
            one.property = one.property.set_borders(borders);
        }
        docx = docx.add_paragraph(with_runs(one, runs));
    }
    docx
}

/// A line beside a passage, a frame around what a reader must not miss.
fn borders(part: Part) -> Option<ParagraphBorders> {
    let line = |position, size| ParagraphBorder::new(position).size(size).space(6);
    let none = ParagraphBorders::with_empty();
    match part {
        Part::Passage => Some(none.set(line(ParagraphBorderPosition::Left, 12))),
        Part::Alert => Some(
            none.set(line(ParagraphBorderPosition::Left, 24))
                .set(line(ParagraphBorderPosition::Right, 4))
                .set(line(ParagraphBorderPosition::Top, 4))
                .set(line(ParagraphBorderPosition::Bottom, 4)),
        ),
        _ => None,
    }
}

fn with_runs(mut paragraph: Paragraph, runs: &[Run]) -> Paragraph {
    for run in runs {
        let words = Words::new().add_text(&run.text);
        let words = match run.style {
            Style::Plain => words,
            Style::Strong => words.bold(),
            Style::Italic => words.italic(),
            Style::Marked => words.bold().underline("single"),
            Style::Small => words.size(18).color("444444"),
        };
        paragraph = match &run.lead {
            // The crate would list addresses in an order that changes from run to run. The text of the run
            // is the address.
            None | Some(Lead::Web(_)) => paragraph.add_run(words),
            Some(Lead::Entry(name)) => {
                let link = Hyperlink::new(name, HyperlinkType::Anchor);
                paragraph.add_hyperlink(link.add_run(words))
            }
        };
    }
    paragraph
}
