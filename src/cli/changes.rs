//! `annals changes`.

use super::args::{FactArgs, GlobalArgs, OutputArgs, SelectionArgs};
use super::output::{Answer, Sheet};
use super::session;
use super::table::{self, Style, plain};
use super::{Exit, Failure};
use annals_store::Query;
use annals_store::rows::{Known, KnownRow, stance_words};
use annals_time::{Day, Window};

/// What came to be known between two days
///
/// What is known at the end of --until, or as far as the facts reach, and was not on the day before
/// --from: documents and claims, positions that changed by them, contradictions that arose, what was
/// retracted, and dates that grew narrower. A record is known from the day on which it was recorded,
/// or else first published. --before and --after are about when something was said or happened.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals changes data --from 2021-10-06
  annals changes data --from 2021-10-06 --until 2021-10-08 --about \"the old mole\"")]
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
    let Window { from, until } = query.window.clone();
    let Some(from) = from else {
        return Err(Failure::usage(
            "--from is missing: the day from which on it is new, as in --from 2021-10-06"
                .to_owned(),
        ));
    };
    for (given, option) in [
        (
            query.as_of.is_some(),
            "--as-of: --until is the day as of which changes are shown",
        ),
        (
            query.retracted,
            "--retracted: what was retracted is among the changes",
        ),
    ] {
        if given {
            return Err(Failure::usage(format!("changes does not take {option}")));
        }
    }
    let query = Query {
        window: Window::default(),
        ..query
    };
    let ask = |store: &annals_store::Store| store.changes(&query, &from, until.as_ref());
    let rows = session::ask(&store, global, ask)?;
    let notes = session::notes(&rows.notes, args.output.strict)?;
    Answer {
        schema: "annals.changes/1",
        count: rows.len(),
        rows: &|range| rows[range].iter().collect(),
        kept: None,
        warnings: &notes,
        sheet: &|| sheet(&rows),
        table: &|width, colour| draw(&rows, width, Style { colour }),
    }
    .write(
        &args.output,
        &session::inputs(&args.facts, &rows.files),
        global,
    )?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

fn day_words(day: Option<Day>) -> String {
    day.map_or("unknown".to_owned(), Day::words)
}

/// What was known of a start or an end: "4 to 8 Oct 2021".
fn days(days: [Option<Day>; 2]) -> String {
    match days {
        [Some(first), Some(last)] if first == last => first.words(),
        [Some(first), Some(last)] => format!("{} to {}", first.words(), last.words()),
        [Some(first), None] => format!("from {}", first.words()),
        [None, Some(last)] => format!("by {}", last.words()),
        [None, None] => "unknown".to_owned(),
    }
}

/// What was known, in words.
fn known(known: Option<&Known>) -> String {
    match known {
        None => String::new(),
        Some(Known::Position { value, .. }) => stance_words(*value).to_owned(),
        Some(Known::Claims(claims)) => {
            let ids = claims.iter().map(|id| plain(id));
            ids.collect::<Vec<_>>().join(" and ")
        }
        Some(Known::Dates { start, end }) if start == end => days(*start),
        Some(Known::Dates { start, end }) => {
            format!("began {}, ended {}", days(*start), days(*end))
        }
    }
}

fn draw(rows: &[KnownRow], width: usize, style: Style) -> String {
    if rows.is_empty() {
        return "Nothing came to be known.\n".to_owned();
    }
    let mut table = table::table(
        &["Known", "Kind", "What", "Because of"],
        width,
        style.colour,
    );
    for row in rows {
        let mut what = vec![style.bold(&plain(&row.label))];
        let (before, after) = (known(row.before.as_ref()), known(row.after.as_ref()));
        what.push(match (before.is_empty(), after.is_empty()) {
            (false, false) => format!("{before} → {after}"),
            _ => before + &after,
        });
        what.push(style.dim(&plain(&row.id)));
        what.retain(|line| !line.is_empty());
        let kind = if row.certain {
            row.kind.word().to_owned()
        } else {
            format!("{}\npossibly", row.kind.word())
        };
        let because = row.because.as_ref().filter(|because| because.id != row.id);
        let because = because
            .map(|because| plain(&because.name))
            .unwrap_or_default();
        table.add_row([day_words(row.day), kind, what.join("\n"), because]);
    }
    for (column, (least, most)) in [(13, 13), (12, 15), (24, 100), (12, 30)]
        .into_iter()
        .enumerate()
    {
        table::constrain(&mut table, column, least, most);
    }
    table::print(&table)
}

fn sheet(rows: &[KnownRow]) -> Sheet<'_> {
    let columns = vec![
        "kind", "id", "label", "day", "because", "toward", "before", "after", "certain",
    ];
    let cell = |known: Option<&Known>| match known {
        None => String::new(),
        Some(Known::Position { value, .. }) => stance_words(*value).to_owned(),
        Some(Known::Claims(claims)) => claims.join("; "),
        Some(Known::Dates { start, end }) => {
            let day = |day: &Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
            let days: Vec<String> = start.iter().chain(end).map(day).collect();
            days.join("; ")
        }
    };
    let rows = rows.iter().map(move |row| {
        let toward = match &row.after {
            Some(Known::Position { toward, .. }) => toward.id.clone(),
            _ => String::new(),
        };
        vec![
            row.kind.word().to_owned(),
            row.id.clone(),
            row.label.clone(),
            row.day.map(|day| day.to_string()).unwrap_or_default(),
            row.because
                .as_ref()
                .map(|one| one.id.clone())
                .unwrap_or_default(),
            toward,
            cell(row.before.as_ref()),
            cell(row.after.as_ref()),
            row.certain.to_string(),
        ]
    });
    Sheet {
        columns,
        rows: Box::new(rows),
    }
}
