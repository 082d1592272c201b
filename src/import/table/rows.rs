//! The rows of a table, whatever it is written in: headings, and cells with their places.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{json, separated};
use crate::dates::{Dated, of_serial};
use crate::options::{DELIMITER, ENCODING, HEADING, HIDDEN, MERGED, SHEET};
use crate::writer::detected;
use crate::{Builder, Options};
use annals_source::book::{self, Book, Sheet, Value};
use annals_source::{At, Limits, Source, SourceError, Spot, each_input, ends_in};

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Its number in a sheet; of separated values its line. From 1.
    pub(super) number: usize,
    pub(super) cells: Vec<Cell>,
}

/// A cell of a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// What stands in it, without white space around it.
    pub(super) text: String,
    /// The date that it is, where the program that wrote it says so.
    pub(super) date: Option<Dated>,
}

/// Where the rows of a table are, and what its columns are called.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) file: Arc<str>,
    /// The sheet; nothing for separated values.
    pub(super) sheet: Option<Arc<str>>,
    pub(super) headings: Vec<Arc<str>>,
}

/// Said of a row of which all cells are empty.
pub(super) const EMPTY: &str = "an empty row";
/// Said of very many of them, one after another.
const MANY_EMPTY: &str = "more than 1,000 empty rows, one after another";
/// Said of what stands above the headings.
pub(super) const ABOVE: &str = "a row above the headings";
/// Said of a cell beyond the headings.
pub(super) const NO_HEADING: &str = "in a column without a heading";
/// Said of a row in which some cells are missing at the end.
pub(super) const SHORT: &str = "a row with fewer cells than headings";
/// Said of a sheet that is hidden, and of others that were not chosen.
const HIDDEN_SHEET: &str = "a hidden sheet";
const OTHER_SHEET: &str = "a sheet of the workbook that was not chosen";

/// What is told of a table beside its rows: where, what and why.
pub(super) type Remark = (At, String, &'static str);

impl Head {
    /// A cell of a row.
    pub(super) fn at(&self, row: usize, column: usize) -> At {
        let heading = self.headings.get(column).cloned();
        let spot = match &self.sheet {
            Some(sheet) => Spot::Cell {
                sheet: Some(Arc::clone(sheet)),
                row,
                column,
                heading,
            },
            None => Spot::Field {
                line: row,
                heading: heading.unwrap_or_else(|| column_name(column).into()),
            },
        };
        At {
            file: Arc::clone(&self.file),
            spot,
        }
    }

    /// A row.
    pub(super) fn row(&self, row: usize) -> At {
        match &self.sheet {
            Some(sheet) => At::item(&self.file, format!("sheet {sheet}, row {row}")),
            None => At::line(&self.file, row),
        }
    }
}

/// A column without a heading.
fn column_name(column: usize) -> String {
    let name = annals_source::cell_name(1, column);
    format!("column {}", &name[..name.len() - 1])
}

/// What a table is read into.
pub(super) trait Read {
    /// A table begins.
    fn begin(&mut self, head: &Head) -> Result<(), SourceError>;
    /// A row; `false` ends the reading.
    fn row(&mut self, head: &Head, row: &Row) -> Result<bool, SourceError>;
    /// Something about the table that the user should know.
    fn remark(&mut self, remark: Remark) -> Result<(), SourceError>;
}

/// Walks all tables of all sources.
pub(super) fn each(
    sources: &[Source],
    options: &Options,
    read: &mut dyn Read,
) -> Result<(), SourceError> {
    for source in sources {
        if book::is_book(&source.ending()) {
            let book = book::read(source)?;
            sheet(source, &book, options, read)?;
            continue;
        }
        if matches!(source.ending().as_str(), "xls" | "xlsb" | "numbers") {
            let message = "workbooks of this format are not read";
            return Err(SourceError::syntax(source.at(), message)
                .help("save it as .xlsx, .ods or .csv in a spreadsheet program"));
        }
        let wanted = |name: &str| {
            ends_in(name, &["csv", "tsv", "tab", "txt"]) || ends_in(name, json::ENDINGS)
        };
        each_input(source, &Limits::default(), wanted, &mut |input| {
            let at = input.at();
            only_of_workbooks(&at, options, read)?;
            let tabs = matches!(input.ending().as_str(), "tsv" | "tab");
            let is_json = ends_in(&input.own_name, json::ENDINGS);
            let mut text = input.stream(options.get(&ENCODING))?;
            if text.guessed() {
                let encoding = text.encoding().to_owned();
                let why = detected(&encoding);
                read.remark((at.clone(), encoding, why))?;
            }
            if is_json || json::begins(&mut text, &at)? {
                for option in [&DELIMITER, &HEADING] {
                    if options.has(option) {
                        let name = option.name;
                        let message = format!("--{name} is for separated values, not for JSON");
                        return Err(usage(message));
                    }
                }
                return json::rows(&mut text, &at, read);
            }
            separated::rows(text, &at, tabs, options, read)
        })?;
    }
    Ok(())
}

/// Tells of options that only a workbook can answer, and that decide nothing here.
fn only_of_workbooks(at: &At, options: &Options, read: &mut dyn Read) -> Result<(), SourceError> {
    for option in [&MERGED, &SHEET, &HIDDEN] {
        if let Some(value) = options.get(option) {
            let why = "an option for workbooks alone";
            read.remark((at.clone(), format!("--{} {value}", option.name), why))?;
        }
    }
    Ok(())
}

/// The cells of a row in one line.
pub(super) fn cells_in_line<'v>(values: impl Iterator<Item = &'v str>) -> String {
    let filled = values.map(str::trim).filter(|text| !text.is_empty());
    filled.collect::<Vec<_>>().join(" | ")
}

pub(super) fn heading(options: &Options) -> Result<Option<usize>, SourceError> {
    let Some(given) = options.get(&HEADING) else {
        return Ok(None);
    };
    match given.parse() {
        Ok(row) if row > 0 => Ok(Some(row)),
        _ => Err(usage("--heading takes a row number, from 1".to_owned())),
    }
}

/// An option that says what cannot be.
pub(super) fn usage(message: String) -> SourceError {
    SourceError::new(
        annals_source::SourceErrorKind::Usage,
        At::file(&"".into()),
        message,
    )
}

/// The names of columns: doubled ones with a number, those without one after their letter.
pub(super) fn headings<'v>(values: impl Iterator<Item = &'v str>) -> Vec<Arc<str>> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for (column, value) in values.enumerate() {
        let words: Vec<&str> = value.split_whitespace().collect();
        // Braces name columns in mappings.
        let mut name = words.join(" ").replace('{', "(").replace('}', ")");
        if name.is_empty() {
            name = column_name(column);
        }
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            name = format!("{name} ({count})");
        }
        all.push(name.into());
    }
    all
}

/// Which row of a sheet has the headings.
fn heading_row(sheet: &Sheet, wanted: Option<usize>) -> Option<usize> {
    let widest = sheet
        .rows
        .iter()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or(0);
    sheet.rows.iter().position(|row| match wanted {
        Some(wanted) => row.number >= wanted,
        // A title above the table fills a cell or two.
        None => row.cells.len() * 2 >= widest,
    })
}

/// The sheet that is meant, and its rows.
fn sheet(
    source: &Source,
    book: &Book,
    options: &Options,
    read: &mut dyn Read,
) -> Result<(), SourceError> {
    let sheet = chosen(source, book, options)?;
    let wanted = heading(options)?;
    let Some(first) = heading_row(sheet, wanted) else {
        return Err(SourceError::syntax(source.at(), "the sheet is empty"));
    };
    let names = &sheet.rows[first];
    let width = names.cells.last().map_or(0, |cell| cell.column + 1);
    let mut texts = vec![String::new(); width];
    for cell in &names.cells {
        texts[cell.column] = cell.value.text();
    }
    let head = Head {
        file: Arc::clone(&source.name),
        sheet: Some(Arc::clone(&sheet.name)),
        headings: headings(texts.iter().map(String::as_str)),
    };
    read.begin(&head)?;
    tell_beside(source, book, (sheet, first), &head, read)?;
    let repeated = merged(&head, sheet, names.number, options)?;
    let mut repeated = repeated.into_iter().peekable();
    // What holds on in each column, and until which row.
    let mut lasting: BTreeMap<usize, (usize, &Value)> = BTreeMap::new();
    let skip_hidden = options.get(&HIDDEN) == Some("skip");
    let mut before = names.number;
    for row in &sheet.rows[first + 1..] {
        if row.hidden {
            tell_hidden(&head, row, skip_hidden, read)?;
            if skip_hidden {
                continue;
            }
        }
        // A sheet has no rows where nothing was ever written.
        tell_gap(&head, before, row.number, read)?;
        before = row.number;
        let mut cells = cells_of(&head, row, width, book.from_1904, read)?;
        while let Some((_, last, column, value)) =
            repeated.next_if(|(first, ..)| *first <= row.number)
        {
            lasting.insert(column, (last, value));
        }
        lasting.retain(|_, (last, _)| *last >= row.number);
        for (column, (_, value)) in &lasting {
            if let Some(cell) = cells.get_mut(*column).filter(|cell| cell.text.is_empty()) {
                *cell = of_value(value, book.from_1904);
            }
        }
        if cells.iter().all(|cell| cell.text.is_empty()) {
            let is_blank = |cell: &book::Cell| cell.value.text().trim().is_empty();
            if row.cells.iter().all(is_blank) {
                read.remark((head.row(row.number), String::new(), EMPTY))?;
            }
            continue;
        }
        let row = Row {
            number: row.number,
            cells,
        };
        if !read.row(&head, &row)? {
            return Ok(());
        }
    }
    Ok(())
}

/// Tells what stands beside the rows that are read: above the headings, in other sheets, in damaged cells.
fn tell_beside(
    source: &Source,
    book: &Book,
    (sheet, first): (&Sheet, usize),
    head: &Head,
    read: &mut dyn Read,
) -> Result<(), SourceError> {
    for above in &sheet.rows[..first] {
        let texts: Vec<String> = above.cells.iter().map(|cell| cell.value.text()).collect();
        let what = cells_in_line(texts.iter().map(String::as_str));
        read.remark((head.row(above.number), what, ABOVE))?;
    }
    for other in &book.sheets {
        if !std::ptr::eq(other, sheet) && !other.rows.is_empty() {
            let why = if other.hidden {
                HIDDEN_SHEET
            } else {
                OTHER_SHEET
            };
            read.remark((source.at(), other.name.to_string(), why))?;
        }
    }
    for lost in &sheet.lost {
        let at = head.at(lost.row, lost.column);
        read.remark((at, lost.why.clone(), "a damaged cell"))?;
    }
    for _ in 0..sheet.more_lost {
        let more = String::from("one more");
        read.remark((source.at(), more, "a damaged cell"))?;
    }
    Ok(())
}

/// Tells of a hidden row: with its cells, if it is skipped.
fn tell_hidden(
    head: &Head,
    row: &book::SheetRow,
    is_skipped: bool,
    read: &mut dyn Read,
) -> Result<(), SourceError> {
    let (what, why) = if is_skipped {
        let texts: Vec<String> = row.cells.iter().map(|cell| cell.value.text()).collect();
        (
            cells_in_line(texts.iter().map(String::as_str)),
            "a hidden row",
        )
    } else {
        (String::new(), "a hidden row, which was kept")
    };
    read.remark((head.row(row.number), what, why))
}

/// Tells the rows between two others, which are empty; of very many, only the first and the last.
fn tell_gap(
    head: &Head,
    before: usize,
    next: usize,
    read: &mut dyn Read,
) -> Result<(), SourceError> {
    const MOST: usize = 1_000;
    if next.saturating_sub(before) > MOST {
        let what = format!("rows {} to {}", before + 1, next - 1);
        return read.remark((head.row(before + 1), what, MANY_EMPTY));
    }
    (before + 1..next).try_for_each(|empty| read.remark((head.row(empty), String::new(), EMPTY)))
}

/// The cells of a row of a sheet, by column; what cannot be taken is told.
fn cells_of(
    head: &Head,
    row: &book::SheetRow,
    width: usize,
    from_1904: bool,
    read: &mut dyn Read,
) -> Result<Vec<Cell>, SourceError> {
    let mut cells = vec![Cell::default(); width];
    for cell in &row.cells {
        let at = head.at(row.number, cell.column);
        if cell.formula {
            read.remark((at.clone(), cell.value.text(), "computed by a formula"))?;
        }
        if cell.column >= width {
            read.remark((at, cell.value.text(), NO_HEADING))?;
            continue;
        }
        match &cell.value {
            Value::Fault(fault) => {
                read.remark((at, fault.clone(), "a formula that could not be computed"))?;
            }
            value => cells[cell.column] = of_value(value, from_1904),
        }
    }
    Ok(cells)
}

fn of_value(value: &Value, from_1904: bool) -> Cell {
    let date = match value {
        Value::Serial(serial) => of_serial(*serial, from_1904),
        Value::Day(day) => {
            let midnight = day.strip_suffix("T00:00:00").unwrap_or(day);
            Dated::edtf_of(midnight).ok()
        }
        _ => None,
    };
    let text = match &date {
        Some(date) => date.edtf().to_owned(),
        None => value.text().trim().to_owned(),
    };
    Cell { text, date }
}

fn chosen<'b>(
    source: &Source,
    book: &'b Book,
    options: &Options,
) -> Result<&'b Sheet, SourceError> {
    let names = |sheets: &mut dyn Iterator<Item = &Sheet>| {
        let names: Vec<String> = sheets
            .map(|sheet| annals_finding::shown(&sheet.name))
            .collect();
        names.join(", ")
    };
    if let Some(wanted) = options.get(&SHEET) {
        let mut sheets = book.sheets.iter();
        return sheets.find(|sheet| &*sheet.name == wanted).ok_or_else(|| {
            let wanted = annals_finding::shown(wanted);
            let all = names(&mut book.sheets.iter());
            usage(format!("there is no sheet {wanted}; there are {all}"))
        });
    }
    let filled: Vec<&Sheet> = (book.sheets.iter())
        .filter(|sheet| !sheet.hidden && !sheet.rows.is_empty())
        .collect();
    match filled[..] {
        [] => Err(SourceError::syntax(
            source.at(),
            "all sheets of the workbook are empty",
        )),
        [one] => Ok(one),
        _ => {
            let all = names(&mut filled.iter().copied());
            let question = format!("which sheet? There are {all}");
            Err(SourceError::ambiguous(
                source.at(),
                question,
                "give one with --sheet NAME",
            ))
        }
    }
}

/// First and last row, column, value.
type Repeated<'b> = (usize, usize, usize, &'b Value);

/// The values of cells merged over several rows that hold for all of them, by their first rows.
fn merged<'b>(
    head: &Head,
    sheet: &'b Sheet,
    heading: usize,
    options: &Options,
) -> Result<Vec<Repeated<'b>>, SourceError> {
    let mut repeated = Vec::new();
    for merged in &sheet.merged {
        let ((row, column), (last, _)) = (merged.first, merged.last);
        if row <= heading || last <= row {
            continue;
        }
        let found = sheet.rows.binary_search_by_key(&row, |row| row.number).ok();
        let cells = found.map(|at| &sheet.rows[at].cells);
        let Some(cell) = cells.and_then(|cells| {
            let at = cells.binary_search_by_key(&column, |cell| cell.column);
            at.ok().map(|at| &cells[at])
        }) else {
            continue;
        };
        match options.get(&MERGED) {
            Some("repeat") => repeated.push((row, last, column, &cell.value)),
            Some(_) => {}
            None => {
                let value = annals_finding::shown(&cell.value.text());
                let question = format!(
                    "does this apply to each of its {} rows? The merged cells contain “{value}”",
                    last - row + 1
                );
                let option = "--merged repeat: to all of them; --merged once: only to the first";
                return Err(SourceError::ambiguous(
                    head.at(row, column),
                    question,
                    option,
                ));
            }
        }
    }
    repeated.sort_by_key(|(row, _, column, _)| (*row, *column));
    Ok(repeated)
}

/// Tells remarks to an import: what was kept, and what was left out.
pub(super) fn tell(out: &mut Builder<'_>, remark: &Remark) -> Result<(), SourceError> {
    let (at, what, why) = remark;
    match *why {
        "a hidden row"
        | ABOVE
        | NO_HEADING
        | EMPTY
        | MANY_EMPTY
        | HIDDEN_SHEET
        | OTHER_SHEET
        | json::NO_ROW
        | json::BESIDE
        | json::TWICE
        | "a damaged cell"
        | "a formula that could not be computed" => out.left_out(at, what, why),
        _ => out.changed(at, what, why),
    }
}
