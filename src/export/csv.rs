//! `csv`: a folder with a sheet of nodes and a sheet of edges, under the headings that Gephi knows.

use std::borrow::Cow;
use std::io::{self, Write};

use super::columns::{Cell, Column, Columns};
use super::intervals::{Spell, spells, spells_of_edges};
use super::{Choice, Export, Exporter, Folder, Options, date_of, edge_prefix, kind_of_its_own};
use annals_format::escape::written_out;
use annals_graph::View;
use annals_query::Dossier;

/// What a spreadsheet program tells UTF-8 by.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A folder of CSV sheets.
pub(super) static FORMAT: Exporter = Exporter {
    name: "csv",
    title: "a folder with nodes.csv and edges.csv, for Gephi, R, pandas and spreadsheets",
    extensions: &[],
    loses: "Every cell is text: lists are JSON in one cell, and an absent value and an empty string look the same. Characters that steer a terminal or turn the direction of text are written out: `\\u{202e}`, and `\\u{` itself as `\\u{5c}u{`. Passages are on the edges to their documents, and on relations and orders.",
    notes: "The headings that Gephi recognises come first: `Id`, `Label`, `timeset`; for edges `Source`, \
         `Target`, `Type`, `Id`, `Label`, `Kind`, `Weight`, `timeset`. A date takes the columns \
         `written`, `first`, `last` and `precision`. `timeset` has the intervals in which it can lie, each ending before the day after its last: `<[2023-04-20, 2023-04-21]>`; \
         open and unknown ends are `-Infinity` or `Infinity`.\n\n\
         Gephi needs the `Kind` of parallel edges to differ. So `Kind` is the kind for the first \
         edge of its kind between two nodes, `about 2` for the second; `Label` is only the kind.\n\n\
         `--excel` puts a byte order mark first, and an apostrophe before each string that begins with `=`, `+`, `-`, `@`, a tab, a line feed or a full-width form of these, even after apostrophes of its own: spreadsheets then show it and do not run it. The same within a string, after a semicolon, a tab or a line break, where some spreadsheets begin another cell. To restore such a string, remove one apostrophe at each of these places.",
    options: &[Choice::MergeEdges, Choice::Excel],
    work: Export::folder(write),
};

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    folder: &mut dyn Folder,
) -> io::Result<()> {
    let columns = Columns::of(dossier, view, options.parallel);
    folder.file("nodes.csv", &mut |out| {
        nodes(dossier, view, &columns, options, out)
    })?;
    folder.file("edges.csv", &mut |out| {
        edges(dossier, view, &columns, options, out)
    })
}

/// A sheet that is being written.
struct Sheet<'w> {
    cells: ::csv::Writer<&'w mut dyn Write>,
    excel: bool,
}

impl<'w> Sheet<'w> {
    fn new(out: &'w mut dyn Write, excel: bool) -> io::Result<Self> {
        if excel {
            out.write_all(BYTE_ORDER_MARK)?;
        }
        let cells = ::csv::WriterBuilder::new().flexible(false).from_writer(out);
        Ok(Sheet { cells, excel })
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        let text = written_out(text);
        let text = if self.excel {
            harmless(&text)
        } else {
            text.as_ref().into()
        };
        Ok(self.cells.write_field(text.as_bytes())?)
    }

    fn cell(&mut self, cell: &Cell<'_>) -> io::Result<()> {
        match (cell.as_text(), cell) {
            (None, _) => Ok(self.cells.write_field("")?),
            // A number is harmless, also a negative one.
            (Some(number), Cell::Number(_) | Cell::Count(_)) => {
                Ok(self.cells.write_field(number.as_bytes())?)
            }
            (Some(text), _) => self.text(&text),
        }
    }

    fn end_row(&mut self) -> io::Result<()> {
        Ok(self.cells.write_record(None::<&[u8]>)?)
    }

    fn end(mut self) -> io::Result<()> {
        self.cells.flush()
    }
}

/// The columns of edges that stand under a heading of Gephi's already.
fn has_own_heading(name: &str) -> bool {
    matches!(name, "kind" | "weight")
}

fn nodes<'f>(
    dossier: &Dossier<'f>,
    view: &View<'_>,
    columns: &Columns<'f>,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let facts = dossier.facts();
    let mut sheet = Sheet::new(out, options.excel)?;
    for heading in ["Id", "Label", "timeset"] {
        sheet.text(heading)?;
    }
    for column in &columns.nodes {
        sheet.text(column.name())?;
    }
    sheet.end_row()?;
    for node in view.nodes() {
        sheet.text(facts.id(node))?;
        sheet.text(facts.label(node))?;
        sheet.text(&timeset(&spells(facts, date_of(facts, node))))?;
        for column in &columns.nodes {
            sheet.cell(&column.cell(dossier, node))?;
        }
        sheet.end_row()?;
    }
    sheet.end()
}

fn edges<'f>(
    dossier: &Dossier<'f>,
    view: &View<'_>,
    columns: &Columns<'f>,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let facts = dossier.facts();
    let own = columns.edges.iter().copied();
    let columns: Vec<Column<'f, _>> = own.filter(|one| !has_own_heading(one.name())).collect();
    let mut sheet = Sheet::new(out, options.excel)?;
    let headings = [
        "Source", "Target", "Type", "Id", "Label", "Kind", "Weight", "timeset",
    ];
    for heading in headings {
        sheet.text(heading)?;
    }
    for column in &columns {
        sheet.text(column.name())?;
    }
    sheet.end_row()?;
    let prefix = edge_prefix(view);
    view.bundles(options.parallel, &mut |bundle| {
        let edge = bundle.edge();
        let kind = edge.kind.word(facts);
        sheet.text(facts.id(edge.source))?;
        sheet.text(facts.id(edge.target))?;
        sheet.text("Directed")?;
        sheet.text(&format!("{prefix}{}", bundle.index))?;
        sheet.text(kind)?;
        sheet.text(&kind_of_its_own(kind, bundle))?;
        sheet.cell(&Cell::Count(bundle.weight()))?;
        sheet.text(&timeset(&spells_of_edges(facts, bundle)))?;
        for column in &columns {
            sheet.cell(&column.cell(dossier, bundle))?;
        }
        sheet.end_row()
    })?;
    sheet.end()
}

/// Stretches of time as Gephi's column `timeset` has them: `<[2023-04-20, 2023-04-21]>`.
fn timeset(spells: &[Spell]) -> String {
    if spells.is_empty() {
        return String::new();
    }
    let one = |spell: &Spell| {
        let start = spell
            .start
            .map_or("-Infinity".into(), |day| day.to_string());
        let end = spell.end.map_or("Infinity".into(), |day| day.to_string());
        format!("[{start}, {end}]")
    };
    let all: Vec<String> = spells.iter().map(one).collect();
    format!("<{}>", all.join("; "))
}

/// A text that no spreadsheet program takes for a formula: with an apostrophe before it where it
/// begins like one, and before each part of it that does and that some program would take for a
/// cell of its own, since it splits lines at semicolons or tabs, or does not honour a line break
/// within quotes. What begins like a formula after apostrophes of its own gets a further one, so
/// that each text can be had back.
fn harmless(text: &str) -> Cow<'_, str> {
    let commas = text.contains('\n');
    let mut out = String::new();
    // What is copied so far.
    let mut done = 0;
    let mut begins = Some(0);
    for (at, c) in text.char_indices() {
        // After a separator, quotation marks and spaces may be dropped, or not.
        let is_passed = c == '\'' || begins != Some(0) && matches!(c, '"' | ' ');
        if let Some(start) = begins.filter(|_| !is_passed) {
            begins = None;
            if runs(c) {
                let at = start + text[start..at].trim_end_matches('\'').len();
                out.push_str(&text[done..at]);
                out.push('\'');
                done = at;
            }
        }
        if matches!(c, ';' | '\t' | '\n') || commas && c == ',' {
            begins = Some(at + c.len_utf8());
        }
    }
    if out.is_empty() {
        return text.into();
    }
    out.push_str(&text[done..]);
    out.into()
}

/// Whether a cell that begins so is a formula to some spreadsheet program.
fn runs(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '\t' | '\n' | '＝' | '＋' | '－' | '＠'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_time::Day;

    #[test]
    fn what_begins_like_a_formula_is_made_harmless() {
        for text in ["=1+1", "+1", "-1", "@a", "\ta", "\na", "'=1", "＝1"] {
            let harmless = harmless(text);
            assert_eq!(harmless, format!("'{text}"));
        }
        for text in ["", "'Ndrangheta", "a=b", "1-2", "'"] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn no_part_that_another_separator_cuts_off_is_a_formula() {
        for (text, wanted) in [
            ("a;=1", "a;'=1"),
            ("a\t+1;\tb", "a\t'+1;'\tb"),
            ("a\n=1,=2", "a\n'=1,'=2"),
            ("a,=2", "a,=2"),
            ("a; \"-1", "a; \"'-1"),
            ("a;'=1", "a;''=1"),
            ("a;b - c; d", "a;b - c; d"),
            ("'", "'"),
        ] {
            assert_eq!(harmless(text), wanted);
        }
    }

    #[test]
    fn stretches_are_written_as_gephi_reads_them() {
        let day = |year, of_month| Day::from_ymd(year, 4, of_month);
        let some = [
            Spell {
                start: None,
                end: day(-43, 2),
            },
            Spell {
                start: day(12_000, 20),
                end: None,
            },
        ];
        let written = "<[-Infinity, -0043-04-02]; [+12000-04-20, Infinity]>";
        assert_eq!(timeset(&some), written);
        assert_eq!(timeset(&[]), "");
    }
}
