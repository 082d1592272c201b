//! `annals promises`.

use std::sync::Arc;

use super::args::{self, FactArgs, GlobalArgs, OutputArgs, SelectionArgs};
use super::output::{Answer, Sheet};
use super::session;
use super::table::{self, Style, date_cells, plain};
use super::{Exit, Failure, said};
use annals_model::Vocabulary as _;
use annals_store::rows::PromiseRow;
use annals_store::{PromiseState, PromisesAsked};
use annals_time::{Date, Day};

/// What was promised or asked, and what became of it by a day
///
/// Promises, offers, threats and questions. Of a promise, an offer or a threat the first that holds: kept (something fulfils it), broken
/// (something breaks it), overdue (its due date has surely passed), answered (a claim responds to it,
/// or an event that it is about took place after it), open. Of a question, or another act asked for
/// with --act: answered, overdue, open. Where dates leave several states, each is a row.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals promises data
  annals promises data --on 2021-10-01 --state open
  annals promises data --act asserts --stance opposes --state open")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    /// At the end of this date (EDTF); without it, as far as the facts reach
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    on: Option<Date>,
    /// Only those in this state (repeatable)
    #[arg(long, value_name = "STATE", value_parser = args::words::<PromiseState>())]
    state: Vec<PromiseState>,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let store = session::open(&args.facts)?;
    let query = args.selection.query(&store)?;
    let asked = PromisesAsked {
        on: args.on.clone(),
        state: args.state.clone(),
    };
    let promises = session::ask_and_keep(&store, global, |store| store.promises(&query, &asked))?;
    let notes = session::notes(&promises.notes, args.output.strict)?;
    let day = promises.day;
    Answer {
        schema: "annals.promises/1",
        count: promises.len(),
        rows: &|range| promises.borrowed_rows(range).collect(),
        kept: Some(&|| Arc::new(promises.data.clone())),
        warnings: &notes,
        sheet: &|| sheet(promises.iter()),
        table: &|width, colour| draw(promises.iter(), day, width, Style { colour }),
    }
    .write(
        &args.output,
        &session::inputs(&args.facts, &promises.files),
        global,
    )?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

fn draw(
    rows: impl Iterator<Item = PromiseRow>,
    day: Option<Day>,
    width: usize,
    style: Style,
) -> String {
    let headings = ["When", "Who → to whom", "What", "State", "Source"];
    let mut table = table::table(&headings, width, style.colour);
    let mut is_empty = true;
    for row in rows {
        is_empty = false;
        let claim = &row.claim;
        let mut who = style.bold(&said::speaker(claim));
        if !claim.to.is_empty() {
            who.push_str(&format!("\n→ {}", said::names(&claim.to)));
        }
        let mut what = vec![said::words(claim, style)];
        what.extend(claim.act.iter().map(|act| style.dim(&plain(act))));
        what.retain(|line| !line.is_empty());
        let mut state = vec![style.bold(row.state.word())];
        if !claim.certain {
            state.push("possibly".to_owned());
        }
        state.extend(row.by.iter().map(|by| format!("by {}", plain(&by.id))));
        state.extend(row.due.iter().map(|due| format!("due {}", due.words())));
        table.add_row(vec![String::new(); headings.len()]);
        table.add_row([
            said::when(claim),
            who,
            what.join("\n"),
            state.join("\n"),
            style.dim(&said::stands(claim)),
        ]);
    }
    if is_empty {
        return "No promises match.\n".to_owned();
    }
    for (column, (least, most)) in [(13, 13), (12, 20), (20, 100), (12, 22), (12, 20)]
        .into_iter()
        .enumerate()
    {
        table::constrain(&mut table, column, least, most);
    }
    let on = day.map_or(String::new(), |day| {
        format!(
            "{}\n",
            style.dim(&format!(" At the end of {}", day.words()))
        )
    });
    on + &table::print(&table)
}

fn sheet<'r>(rows: impl Iterator<Item = PromiseRow> + 'r) -> Sheet<'r> {
    let mut columns = said::COLUMNS.to_vec();
    columns.extend([
        "state",
        "by",
        "due",
        "due_first",
        "due_last",
        "due_precision",
    ]);
    let rows = rows.map(|row| {
        let mut cells = said::cells(&row.claim);
        cells.push(row.state.word().to_owned());
        cells.push(said::ids(&row.by));
        cells.extend(date_cells(row.due.as_ref()));
        cells
    });
    Sheet {
        columns,
        rows: Box::new(rows),
    }
}
