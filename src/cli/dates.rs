//! `annals dates`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use super::args::{FactArgs, GlobalArgs, OutputArgs, OutputFormat};
use super::completions::names;
use super::output::{self, Answer, Sheet, Target, write_json};
use super::run_notes;
use super::session;
use super::table::{self, Style, plain};
use super::{Exit, Failure};
use annals_model::{RecordKind, Vocabulary as _};
use annals_store::rows::{BoundRow, DatesRow, Days, EndRow, WhyRow};
use annals_time::Day;

/// The narrowest dates that all facts allow, and the facts behind each
///
/// For every event, claim, publication and relation: the first and last day on which it can have
/// begun and ended, given its own date and everything else the facts say: orders, distances, parts,
/// causes, replies, publications. Facts in conflict are left out; `annals check` shows them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals dates data --changed
  annals dates data --why counteroffensive
  annals dates data -f jsonl -o dates.jsonl")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    /// The chain of facts behind each bound of this record
    #[arg(long, value_name = "ID", add = names(RecordKind::ALL))]
    why: Option<String>,
    /// Only records whose dates all facts together narrow
    #[arg(long, conflicts_with = "why")]
    changed: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let store = session::open(&args.facts)?;
    if let Some(name) = &args.why {
        let why = session::ask(&store, global, |store| store.why(name))?;
        let notes = session::notes(&why.notes, args.output.strict)?;
        let inputs = session::inputs(&args.facts, &why.files);
        run_notes::answered(|| &why.data);
        write_why(args, &inputs, &why, global, &notes)?;
        session::say(&notes, global);
        return Ok(Exit::Done);
    }
    let dates = session::ask(&store, global, |store| store.dates(args.changed))?;
    let notes = session::notes(&dates.notes, args.output.strict)?;
    Answer {
        schema: "annals.dates/1",
        count: dates.len(),
        rows: &|range| dates.rows(range).collect(),
        kept: Some(&|| Arc::new(dates.data.clone())),
        warnings: &notes,
        sheet: &|| sheet(dates.iter()),
        table: &|width, colour| draw(dates.iter(), width, Style { colour }),
    }
    .write(
        &args.output,
        &session::inputs(&args.facts, &dates.files),
        global,
    )?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

fn day(day: Option<Day>, open: &str) -> String {
    day.map_or_else(|| open.to_owned(), Day::words)
}

fn days([first, last]: Days) -> String {
    match (first, last) {
        (None, None) => "unknown".to_owned(),
        (Some(one), Some(other)) if one == other => one.words(),
        (first, last) => format!("{} – {}", day(first, "…"), day(last, "…")),
    }
}

fn end(row: &EndRow) -> String {
    if row.given == [None, None] || row.given == row.narrowed {
        days(row.narrowed)
    } else {
        format!("{}\nnot {}", days(row.narrowed), days(row.given))
    }
}

fn draw<'r>(rows: impl Iterator<Item = DatesRow<'r>>, width: usize, style: Style) -> String {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return "No record matches.\n".to_owned();
    }
    let mut table = table::table(&["", "Begins", "Ends"], width, style.colour);
    for row in rows {
        let doubt = if row.conflict { "\nin conflict" } else { "" };
        let kind = style.dim(&format!("{} {}{doubt}", row.kind, plain(row.id)));
        table.add_row([
            format!("{}\n{kind}", plain(row.label)),
            end(&row.start),
            end(&row.end),
        ]);
    }
    for (column, (least, most)) in [(20, 60), (13, 30), (13, 30)].into_iter().enumerate() {
        table::constrain(&mut table, column, least, most);
    }
    table::print(&table)
}

fn sheet<'r>(rows: impl Iterator<Item = DatesRow<'r>> + 'r) -> Sheet<'r> {
    let columns = vec![
        "id",
        "kind",
        "label",
        "start_given_first",
        "start_given_last",
        "start_first",
        "start_last",
        "end_given_first",
        "end_given_last",
        "end_first",
        "end_last",
        "conflict",
        "file",
        "line",
        "column",
    ];
    let rows = rows.map(|row| {
        let mut cells = [row.id, row.kind, row.label].map(str::to_owned).to_vec();
        for end in [&row.start, &row.end] {
            let each = end.given.iter().chain(&end.narrowed);
            cells.extend(each.map(|day| day.map(|day| day.to_string()).unwrap_or_default()));
        }
        cells.extend([
            row.conflict.to_string(),
            row.source.file,
            row.source.line.to_string(),
            row.source.column.to_string(),
        ]);
        cells
    });
    Sheet {
        columns,
        rows: Box::new(rows),
    }
}

fn write_why(
    args: &Args,
    inputs: &[PathBuf],
    why: &WhyRow,
    global: GlobalArgs,
    warnings: &[String],
) -> Result<(), Failure> {
    let target = Target::new(args.output.output.as_deref(), inputs)?;
    let form = output::form(&args.output)?;
    let styled = matches!(target, Target::Stdout) && output::colour(global);
    output::show(&target, form, styled, |out| match form {
        OutputFormat::Table => out.write_all(argument(why, Style { colour: styled }).as_bytes()),
        OutputFormat::Json => write_json(out, "annals.why/1", why, warnings),
        OutputFormat::Jsonl => output::write_jsonl(out, &why.bounds),
        OutputFormat::Csv => why_sheet(why).csv(out, b','),
        OutputFormat::Tsv => why_sheet(why).csv(out, b'\t'),
        OutputFormat::Md => why_sheet(why).markdown(out),
    })
}

/// A bound in words; both bounds if the other end has the same.
fn bound(id: &str, row: &BoundRow, of_both: bool) -> String {
    let verb = match row.point {
        _ if of_both => "begins and ends",
        "start" => "begins",
        _ => "ends",
    };
    let side = if row.side == "first" {
        "not before"
    } else {
        "not after"
    };
    format!("{id} {verb} {side} {}", day(row.day, "…"))
}

fn argument(why: &WhyRow, style: Style) -> String {
    let mut out = String::new();
    if why.bounds.is_empty() {
        // Writing to a String cannot fail.
        let _ = writeln!(out, " No fact bounds {}.", plain(&why.id));
    }
    let same = |one: &BoundRow, other: &BoundRow| {
        let ids = |row: &BoundRow| -> Vec<String> {
            row.because.iter().map(|fact| fact.words.clone()).collect()
        };
        (one.side, one.day) == (other.side, other.day) && ids(one) == ids(other)
    };
    for (nth, row) in why.bounds.iter().enumerate() {
        if why.bounds[..nth].iter().any(|before| same(before, row)) {
            continue;
        }
        let of_both = why.bounds[nth + 1..].iter().any(|after| same(after, row));
        let said = bound(&why.id, row, of_both);
        let _ = writeln!(out, " {}, because", style.bold(&plain(&said)));
        for fact in &row.because {
            let place = format!("{}:{}", fact.source.file, fact.source.line);
            let _ = writeln!(
                out,
                "   {}  {}",
                plain(&fact.words),
                style.dim(&plain(&place))
            );
        }
    }
    out
}

fn why_sheet(why: &WhyRow) -> Sheet<'_> {
    let rows = why.bounds.iter().flat_map(move |bound| {
        bound.because.iter().enumerate().map(move |(nth, fact)| {
            vec![
                why.id.clone(),
                bound.point.to_owned(),
                bound.side.to_owned(),
                bound.day.map(|day| day.to_string()).unwrap_or_default(),
                (nth + 1).to_string(),
                fact.id.clone(),
                fact.words.clone(),
                fact.source.file.clone(),
                fact.source.line.to_string(),
            ]
        })
    });
    Sheet {
        columns: vec![
            "id", "point", "side", "day", "step", "fact", "words", "file", "line",
        ],
        rows: Box::new(rows),
    }
}
