//! Tables for display: they wrap by grapheme, fit the width, and escape control characters.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

use annals_time::Date;

/// A table without lines but below its headings.
pub(super) fn table(headings: &[&str], width: usize, colour: bool) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.force_no_tty();
    if !headings.is_empty() {
        let style = Style { colour };
        table.set_header(headings.iter().map(|heading| style.bold(heading)));
    }
    table
}

/// Keeps a column between two widths.
pub(super) fn constrain(table: &mut Table, column: usize, least: u16, most: u16) {
    if let Some(column) = table.column_mut(column) {
        column.set_constraint(ColumnConstraint::Boundaries {
            lower: Width::Fixed(least),
            upper: Width::Fixed(most),
        });
    }
}

/// Gives each column what its content needs, between a least and a most, as far as the table has
/// room: what is missing is taken from the columns that can spare most.
pub(super) fn fit(table: &mut Table, columns: &[(u16, u16)], width: usize) {
    /// A space on either side.
    const PADDING: u16 = 2;
    /// Narrower columns cannot be read.
    const NARROWEST: u16 = 4;
    let needed = table.column_max_content_widths();
    let mut widths: Vec<u16> = (columns.iter().zip(needed))
        .map(|((least, most), needed)| needed.clamp(*least, *most))
        .collect();
    let room = width.saturating_sub(usize::from(PADDING) * widths.len());
    let spare = |widths: &[u16], nth: usize| widths[nth].saturating_sub(columns[nth].0);
    while widths
        .iter()
        .map(|width| usize::from(*width))
        .sum::<usize>()
        > room
    {
        let most = (0..widths.len()).max_by_key(|nth| spare(&widths, *nth));
        let widest = (0..widths.len()).max_by_key(|nth| widths[*nth]);
        match (most, widest) {
            (Some(nth), _) if spare(&widths, nth) > 0 => widths[nth] -= 1,
            // There is not even room for the least.
            (_, Some(nth)) if widths[nth] > NARROWEST => widths[nth] -= 1,
            _ => break,
        }
    }
    for (nth, width) in widths.into_iter().enumerate() {
        if let Some(column) = table.column_mut(nth) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + PADDING)));
        }
    }
}

/// The table with its lines' trailing spaces cut off.
pub(super) fn print(table: &Table) -> String {
    let mut printed = String::new();
    for line in table.to_string().lines() {
        printed.push_str(line.trim_end());
        printed.push('\n');
    }
    printed
}

/// Whether letters may be bold and slanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) colour: bool,
}

impl Style {
    pub(super) fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }
    pub(super) fn italic(self, text: &str) -> String {
        self.wrap("3", text)
    }
    pub(super) fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// A text on one line, without control characters.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => shown.push(' '),
            '\r' => {}
            c => shown.extend(annals_finding::visible(c)),
        }
    }
    shown
}

/// The four cells of a date: as written, first day, last day, precision.
pub(super) fn date_cells(date: Option<&Date>) -> [String; 4] {
    let Some(date) = date else {
        return Default::default();
    };
    let day = |day: Option<annals_time::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        date.written().to_owned(),
        day(date.first()),
        day(date.last()),
        date.precision().as_str().to_owned(),
    ]
}

/// A line indented by a column, wrapped between words to fit the width.
pub(super) fn wrapped(line: &str, width: usize) -> String {
    let mut table = table(&[], width, false);
    table.add_row([line]);
    print(&table)
}
