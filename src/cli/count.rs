//! `annals count`.

use std::io;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use super::args::{FactArgs, GlobalArgs, OutputArgs, OutputFormat, SelectionArgs};
use super::output::{self, Answer, ROW_LEVEL, Sheet};
use super::pretty_json::Written;
use super::session;
use super::table::{self, Style, plain};
use super::{Exit, Failure};
use annals_store::rows::{ByRow, CountRow, Ref};
use annals_store::{Counts, Dimension};

/// How many claims there are for each speaker, stance, month, …
///
/// A count is a least and a most where dates, or the relations of a roll-up, are uncertain: 2–5 is at
/// least 2 and at most 5. A claim with two values is counted under each, one with none under none.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals count data --per speaker
  annals count data --per about,stance --by Stoltenberg
  annals count data --per speaker,month --from 2022 -f csv -o months.csv")]
pub(super) struct Args {
    /// What the claims are counted by; several separated by commas
    ///
    /// `about,stance` counts each stance with what it is toward, `document,publisher` each document
    /// with its publisher. `through` is the relation by which
    /// --rollup selects a claim.
    #[arg(
        long,
        value_name = "PROPERTIES",
        value_delimiter = ',',
        required = true,
        value_parser = dimension()
    )]
    per: Vec<Dimension>,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// The properties, as a parser of option values.
pub(super) fn dimension() -> impl clap::builder::TypedValueParser<Value = Dimension> {
    PossibleValuesParser::new(Dimension::ALL.iter().map(|one| one.word()))
        .try_map(|word| Dimension::parse(&word).ok_or_else(|| format!("{word} is no property")))
}

/// A record stands within its row, and what the row is counted by.
const BY_LEVEL: usize = 2;

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let store = session::open(&args.facts)?;
    let query = args.selection.query(&store)?;
    let counts = session::ask_and_keep(&store, global, |store| store.count(&query, &args.per))?;
    let notes = session::notes(&counts.notes, args.output.strict)?;
    let rows = &counts.data;
    let refs = match output::form(&args.output)? {
        OutputFormat::Json => written(rows.refs())?,
        _ => Vec::new(),
    };
    Answer {
        schema: "annals.count/1",
        count: rows.len(),
        rows: &|range| rows.rows(range).collect(),
        kept: None,
        warnings: &notes,
        sheet: &|| sheet(rows),
        table: &|width, colour| draw(rows, width, Style { colour }),
    }
    .write_with(
        &|range| rows.rows_with(range, &refs).collect(),
        &args.output,
        &session::inputs(&args.facts, &counts.files),
        global,
    )?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

/// Records as rows of JSON name them: of a million rows, many name the same.
fn written(refs: &[Ref]) -> Result<Vec<Written>, Failure> {
    let all = refs
        .iter()
        .map(|one| Written::of(ROW_LEVEL + BY_LEVEL, one));
    let all: io::Result<Vec<Written>> = all.collect();
    all.map_err(|error| Failure::io("the answer", &error))
}

/// What stands for no value.
fn nothing(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Speaker => "the narrator, or unknown",
        dimension if dimension.is_time() => "undated, or too vague",
        _ => "none",
    }
}

fn heading(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Speaker => "Who",
        Dimension::To => "To whom",
        Dimension::About => "About",
        Dimension::Stance => "Stance",
        Dimension::Act => "Act",
        Dimension::Mode => "Mode",
        Dimension::Document => "Document",
        Dimension::Publisher => "Publisher",
        Dimension::Tag => "Tag",
        Dimension::Through => "Through",
        Dimension::Day => "Day",
        Dimension::Week => "Week",
        Dimension::Month => "Month",
        Dimension::Year => "Year",
    }
}

/// "3", or "2–5".
fn range([least, most]: [usize; 2]) -> String {
    if least == most {
        least.to_string()
    } else {
        format!("{least}–{most}")
    }
}

fn draw(counts: &Counts, width: usize, style: Style) -> String {
    if counts.is_empty() {
        return "No claims match.\n".to_owned();
    }
    let mut headings: Vec<&str> = counts.per().iter().map(|one| heading(*one)).collect();
    headings.push("Claims");
    let mut table = table::table(&headings, width, style.colour);
    for row in counts.iter() {
        let mut cells: Vec<String> = row
            .by
            .iter()
            .map(|(of, value)| cell(*of, value, style))
            .collect();
        cells.push(range(row.count));
        table.add_row(cells);
    }
    table::print(&table)
}

fn cell(dimension: Dimension, value: &ByRow<'_>, style: Style) -> String {
    match value {
        ByRow::Nothing => style.dim(nothing(dimension)),
        ByRow::Record(record) => plain(&record.name),
        ByRow::Word(word) => plain(word),
    }
}

fn sheet(counts: &Counts) -> Sheet<'_> {
    let mut columns = Vec::new();
    for dimension in counts.per() {
        columns.push(dimension.word());
        columns.extend(id_heading(*dimension));
    }
    columns.extend(["least", "most"]);
    let cells = |row: CountRow<'_>| {
        let mut cells = Vec::new();
        for (dimension, value) in row.by {
            let (name, id) = match value {
                ByRow::Nothing => (String::new(), String::new()),
                ByRow::Record(record) => (record.name.clone(), record.id.clone()),
                ByRow::Word(word) => (word.into_owned(), String::new()),
            };
            cells.push(name);
            cells.extend(id_heading(dimension).map(|_| id));
        }
        cells.extend(row.count.map(|count| count.to_string()));
        cells
    };
    Sheet {
        columns,
        rows: Box::new(counts.iter().map(cells)),
    }
}

/// The column of ids beside that of names.
fn id_heading(dimension: Dimension) -> Option<&'static str> {
    Some(match dimension {
        Dimension::Speaker => "speaker_id",
        Dimension::To => "to_id",
        Dimension::About => "about_id",
        Dimension::Document => "document_id",
        Dimension::Through => "through_id",
        _ => return None,
    })
}
