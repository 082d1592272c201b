//! `annals timeline`.

use super::args::{FactArgs, GlobalArgs, OutputArgs, SelectionArgs};
use super::output::{Answer, Sheet};
use super::session::{self, Opened};
use super::table::{self, Style, date_cells, plain};
use super::{Exit, Failure};
use annals_config::Config;
use annals_load::LoadResult;
use annals_model::Vocabulary;
#[cfg(feature = "snapshot")]
use annals_query::timeline::NarrowedRow;
use annals_query::timeline::{TimelineRow, timeline};
use annals_query::{Dossier, Query};
#[cfg(feature = "snapshot")]
use annals_snapshot::Narrowed;
use annals_time::Date;
use std::cell::OnceCell;

/// What happened, what was said, who held which tie, oldest first
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

pub(super) fn run(args: &Args, manner: GlobalArgs) -> Result<Exit, Failure> {
    let asked = |config: &Config| args.selection.asked(config);
    #[cfg(feature = "snapshot")]
    {
        let (question, narrowed) = session::open_window(&args.facts, asked, manner)?;
        if let Some(narrowed) = narrowed {
            return tell_part(args, manner, &question.0, &question.1, &narrowed);
        }
        tell_all(args, manner, &question.0, &question.1)
    }
    #[cfg(not(feature = "snapshot"))]
    {
        let (opened, asked) = session::open_all(&args.facts, asked, manner)?;
        tell_all(args, manner, &opened, &asked)
    }
}

/// Tells what was read of a snapshot: what all facts leave of the dates is known from there.
#[cfg(feature = "snapshot")]
fn tell_part(
    args: &Args,
    manner: GlobalArgs,
    Opened { loaded, config }: &Opened,
    asked: &Query,
    narrowed: &Narrowed,
) -> Result<Exit, Failure> {
    let selection = asked.resolve(&loaded.facts)?;
    let (force, strict) = (&selection.force, args.output.strict);
    let warnings = session::warnings(loaded, config, Some(force), strict)?;
    let mut rows = timeline(&Dossier::with(loaded, force), &selection, None);
    for row in &mut rows {
        let own = [Date::first, Date::last].map(|end| row.when.as_ref().and_then(end));
        row.narrowed = Some(narrowed.of(&row.id, own)).filter(NarrowedRow::is_some);
    }
    tell(args, manner, loaded, &rows, &warnings)
}

fn tell_all(
    args: &Args,
    manner: GlobalArgs,
    Opened { loaded, config }: &Opened,
    asked: &Query,
) -> Result<Exit, Failure> {
    let selection = asked.resolve(&loaded.facts)?;
    let force = &selection.force;
    let (dossier, chronicle) = (Dossier::with(loaded, force), OnceCell::new());
    let strict = args.output.strict;
    let (warnings, told) = session::chronology(&dossier, config, &chronicle, Some(force), strict)?;
    // What was known on a day is not narrowed by what was learnt later.
    let told = (force.as_of.is_none()).then_some(told);
    let rows = timeline(&dossier, &selection, told.as_ref());
    tell(args, manner, loaded, &rows, &warnings)
}

fn tell(
    args: &Args,
    manner: GlobalArgs,
    loaded: &LoadResult,
    rows: &[TimelineRow],
    warnings: &[String],
) -> Result<Exit, Failure> {
    Answer {
        schema: "annals.timeline/1",
        count: rows.len(),
        row: &|nth| &rows[nth],
        warnings,
        sheet: &|| sheet(rows),
        table: &|width, colour| draw(rows, width, Style { colour }),
    }
    .write(&args.output, &session::inputs(&args.facts, loaded), manner)?;
    session::say(warnings, manner);
    Ok(Exit::Done)
}

fn when(row: &TimelineRow) -> String {
    let given = match (&row.when, row.reported) {
        (Some(when), _) => when.dated(),
        // What was said is not later than its report; what is expected may well be.
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

/// The days that all facts leave, where they are fewer than its own date (or its report) does.
fn narrower(row: &TimelineRow) -> Option<String> {
    let narrowed = row.narrowed?;
    let own = row.when.as_ref();
    let of_report = row.reported.filter(|_| row.kind == "claim");
    let first = narrowed
        .first
        .filter(|day| own.and_then(Date::first) != Some(*day));
    let last = narrowed
        .last
        .filter(|day| own.and_then(Date::last).or(of_report) != Some(*day));
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

/// What kind of thing it is, and how it stands with it.
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
        return "Nothing is like that.\n".to_owned();
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
        table.add_row([when(row), style.dim(&what_kind(row)), label, who, place]);
    }
    let widths = [(9, 16), (5, 11), (20, 80), (8, 30), (5, 16)];
    for (column, (least, most)) in widths.into_iter().enumerate() {
        table::constrain(&mut table, column, least, most);
    }
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
