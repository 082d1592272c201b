//! `annals timeline`.

use super::args::{FactArgs, GlobalArgs, OutputArgs, SelectionArgs};
use super::output::{Answer, Sheet};
use super::session;
use super::table::{self, Style, date_cells, plain};
use super::{Exit, Failure};
use annals_model::Vocabulary;
use annals_store::rows::TimelineRow;
use annals_time::Date;

/// What happened, what was said and which relations held, oldest first
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals timeline data
  annals timeline data --from 2022-02 --until 2023-04
  annals timeline data --by Stoltenberg -f csv -o stoltenberg.csv")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let store = session::open(&args.facts)?;
    let query = args.selection.query(&store)?;
    let timeline = session::ask(&store, global, |store| store.timeline(&query))?;
    let notes = session::notes(&timeline.notes, args.output.strict)?;
    let rows = &timeline.data;
    Answer {
        schema: "annals.timeline/1",
        count: rows.len(),
        rows: &|range| rows[range].iter().collect(),
        kept: None,
        warnings: &notes,
        sheet: &|| sheet(rows),
        table: &|width, colour| draw(rows, width, Style { colour }),
    }
    .write(
        &args.output,
        &session::inputs(&args.facts, &timeline.files),
        global,
    )?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

fn when(row: &TimelineRow) -> String {
    let given = match (&row.when, row.reported) {
        (Some(when), _) => when.dated(),
        // A statement is not later than its report; an expected event may well be.
        (None, Some(day)) if row.kind == "claim" => {
            format!("undated, not after {}", day.words())
        }
        (None, Some(day)) => format!("undated, reported {}", day.words()),
        (None, None) => "undated".to_owned(),
    };
    match narrower(row) {
        Some(words) => format!("{given}\n{words}"),
        None => given,
    }
}

/// The narrowed days, if fewer than those of its own date (or its report).
fn narrower(row: &TimelineRow) -> Option<String> {
    let narrowed = row.narrowed?;
    let own = row.when.as_ref();
    let of_report = row.reported.filter(|_| row.kind == "claim");
    let first = narrowed
        .first
        .filter(|_| !row.since_birth)
        .filter(|day| own.and_then(Date::first) != Some(*day));
    let last = narrowed
        .last
        .filter(|day| own.and_then(Date::last).or(of_report) != Some(*day))
        // It was said by the time of its report anyway.
        .filter(|day| own.is_some() || of_report.is_none_or(|report| *day < report));
    match (first, last) {
        (None, None) => None,
        (Some(first), Some(last)) if first == last => Some(format!("so {}", first.words())),
        (Some(first), Some(last)) => Some(format!("so {} to {}", first.words(), last.words())),
        (Some(first), None) => Some(format!("so from {}", first.words())),
        (None, Some(last)) => Some(format!("so until {}", last.words())),
    }
}

fn who(row: &TimelineRow) -> String {
    let names = row.participants.iter().map(|one| match &one.role {
        Some(role) => format!("{} ({})", plain(&one.actor.name), plain(role)),
        None => plain(&one.actor.name),
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The relations through which it is in the answer.
fn through(row: &TimelineRow) -> impl Iterator<Item = &str> {
    row.through.iter().map(|step| step.relation.as_str())
}

/// The kind of record, and its status.
fn what_kind(row: &TimelineRow) -> String {
    let mut words = vec![match row.kind {
        "claim" => "said",
        "relation" => "tie",
        "document" => "published",
        _ => "event",
    }];
    words.extend(row.status.map(Vocabulary::word));
    if row.retracted.is_some() {
        words.push("RETRACTED");
    }
    if !row.certain {
        words.push("possibly");
    }
    words.join("\n")
}

fn draw(rows: &[TimelineRow], width: usize, style: Style) -> String {
    if rows.is_empty() {
        return "No records match.\n".to_owned();
    }
    let mut table = table::table(&["When", "", "What", "Who", "Where"], width, style.colour);
    for row in rows {
        let label = match row.kind {
            "claim" if row.quoted => format!("“{}”", plain(&row.label)),
            "claim" => style.italic(&plain(&row.label)),
            _ => plain(&row.label),
        };
        let place = row
            .place
            .as_ref()
            .map(|place| plain(&place.name))
            .unwrap_or_default();
        let who = if row.kind == "relation" {
            String::new()
        } else {
            who(row)
        };
        let through: Vec<&str> = through(row).collect();
        let label = if through.is_empty() {
            label
        } else {
            let through = format!("through {}", plain(&through.join(", ")));
            format!("{label}\n{}", style.dim(&through))
        };
        table.add_row([when(row), style.dim(&what_kind(row)), label, who, place]);
    }
    // What happened takes a third if it needs it; no status is broken.
    let what = u16::try_from(width / 3).unwrap_or(u16::MAX).min(80);
    let words = rows.iter().filter_map(|row| Some(row.status?.word().len()));
    let kind = words.chain(["published".len()]).max().unwrap_or_default();
    let kind = u16::try_from(kind).unwrap_or(u16::MAX);
    let columns = [(13, 16), (kind, kind), (what, 80), (16, 28), (9, 20)];
    table::fit(&mut table, &columns, width);
    table::print(&table)
}

fn sheet(rows: &[TimelineRow]) -> Sheet<'_> {
    let columns = vec![
        "id",
        "kind",
        "label",
        "when",
        "when_first",
        "when_last",
        "when_precision",
        "narrowed_first",
        "narrowed_last",
        "status",
        "participants",
        "place",
        "reported",
        "through",
        "certain",
        "retracted",
        "file",
        "line",
        "column",
    ];
    let rows = rows.iter().map(|row| {
        let mut cells = vec![row.id.clone(), row.kind.to_owned(), row.label.clone()];
        cells.extend(date_cells(row.when.as_ref()));
        let narrowed = row.narrowed.as_ref();
        let day =
            |day: Option<annals_time::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let who = row.participants.iter().map(|one| match &one.role {
            Some(role) => format!("{} ({role})", one.actor.id),
            None => one.actor.id.clone(),
        });
        cells.extend([
            day(narrowed.and_then(|one| one.first)),
            day(narrowed.and_then(|one| one.last)),
            row.status
                .map(|status| status.word().to_owned())
                .unwrap_or_default(),
            who.collect::<Vec<_>>().join("; "),
            row.place
                .as_ref()
                .map(|place| place.id.clone())
                .unwrap_or_default(),
            day(row.reported),
            through(row).collect::<Vec<_>>().join("; "),
            row.certain.to_string(),
            row.retracted
                .as_ref()
                .map(|one| one.on.written().to_owned())
                .unwrap_or_default(),
            row.source.file.clone(),
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
