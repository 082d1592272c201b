//! `annals overview`.

use std::fmt::Write as _;

use super::args::{self, FactArgs, GlobalArgs, OutputArgs, OutputFormat};
use super::output::{self, Sheet, Target, write_json};
use super::session;
use super::table::{self, Style, plain};
use super::{Exit, Failure};
use annals_model::Vocabulary as _;
use annals_store::rows::{OverviewRow, Ref};
use annals_time::Date;

/// What is in a dossier: how much, from when to when, who speaks, about what
///
/// Of the records in force. The first thing to run on a folder that you do not know.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals overview data
  annals overview data --as-of 2023-04-20
  annals overview data -f json")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    /// As known at the end of this date: what was recorded (or else published) by then, and not yet
    /// retracted
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    as_of: Option<Date>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let mut store = session::open(&args.facts)?;
    if let Some(day) = &args.as_of {
        store = store.as_of_date(day.clone());
    }
    let row = session::ask(&store, global, annals_store::Store::overview)?;
    let notes = session::notes(&row.notes, args.output.strict)?;
    let target = Target::new(
        args.output.output.as_deref(),
        &session::inputs(&args.facts, &row.files),
    )?;
    let row = &row.data;
    let form = output::form(&args.output)?;
    let styled = matches!(target, Target::Stdout) && output::colour(global);
    output::show(&target, form, styled, |out| match form {
        OutputFormat::Table => {
            out.write_all(draw(row, output::width(), Style { colour: styled }).as_bytes())
        }
        OutputFormat::Json => write_json(out, "annals.overview/1", row, &notes),
        OutputFormat::Jsonl => output::write_jsonl(out, std::slice::from_ref(row)),
        OutputFormat::Csv => sheet(row).csv(out, b','),
        OutputFormat::Tsv => sheet(row).csv(out, b'\t'),
        OutputFormat::Md => sheet(row).markdown(out),
    })?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

/// How many of a list are shown in the table.
const SHOWN: usize = 10;

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn draw(row: &OverviewRow, width: usize, style: Style) -> String {
    let mut out = String::new();
    let all = row.counts.0.iter().filter(|(_, count)| *count > 0);
    let all: Vec<String> = all
        .map(|(kind, count)| counted(*count, kind.word(), kind.plural()))
        .collect();
    let mut line = |heading: &str, words: &str| {
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "{}",
            table::wrapped(&format!("{} {words}", style.bold(heading)), width)
        );
    };
    if all.is_empty() {
        line("Records", "none");
        return out;
    }
    line("Records", &all.join(", "));
    let day = |day: Option<annals_time::Day>| day.map(annals_time::Day::words);
    match (day(row.span.first), day(row.span.last)) {
        (Some(first), Some(last)) if first == last => line("When", &first),
        (Some(first), Some(last)) => line("When", &format!("{first} to {last}")),
        (Some(first), None) => line("When", &format!("from {first}")),
        (None, Some(last)) => line("When", &format!("until {last}")),
        (None, None) => {}
    }
    let verified = match row.unverified {
        0 => "every quote could be looked up in its document".to_owned(),
        count => format!(
            "{} could not be looked up: the text of the document is missing",
            counted(count, "quote", "quotes")
        ),
    };
    line("Quotes", &verified);
    let findings = match (row.findings.errors, row.findings.warnings) {
        (0, 0) => "no errors, no warnings".to_owned(),
        (errors, warnings) => format!(
            "{}, {}: `annals check` shows them",
            counted(errors, "error", "errors"),
            counted(warnings, "warning", "warnings")
        ),
    };
    line("Check", &findings);
    let speakers = row.speakers.iter().map(|one| (&one.actor, one.claims));
    list(
        &mut out,
        "Speakers",
        &speakers.collect::<Vec<_>>(),
        width,
        style,
    );
    let topics = row.topics.iter().map(|one| (&one.topic, one.claims));
    list(
        &mut out,
        "Topics",
        &topics.collect::<Vec<_>>(),
        width,
        style,
    );
    let documents = row.documents.iter().map(|one| (&one.document, one.claims));
    list(
        &mut out,
        "Documents",
        &documents.collect::<Vec<_>>(),
        width,
        style,
    );
    out
}

/// The first of a list, and how many more there are.
fn list(out: &mut String, heading: &str, rows: &[(&Ref, usize)], width: usize, style: Style) {
    if rows.is_empty() {
        return;
    }
    let mut table = table::table(&[heading, "Claims"], width, style.colour);
    for (record, claims) in rows.iter().take(SHOWN) {
        table.add_row([plain(&record.name), claims.to_string()]);
    }
    let _ = write!(out, "\n{}", table::print(&table));
    let more = rows.len().saturating_sub(SHOWN);
    if more > 0 {
        let all = "all are in -f json, csv and md";
        let words = style.dim(&format!("and {more} more ({all})"));
        let _ = writeln!(out, " {words}");
    }
}

fn sheet(row: &OverviewRow) -> Sheet<'_> {
    let plain = |what: &str, name: &str, value: String| {
        vec![what.to_owned(), String::new(), name.to_owned(), value]
    };
    let kinds = row.counts.0.iter();
    let kinds = kinds.map(move |(kind, count)| plain("records", kind.plural(), count.to_string()));
    let day = |day: Option<annals_time::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let others = [
        plain("span", "first", day(row.span.first)),
        plain("span", "last", day(row.span.last)),
        plain("unverified", "quotes", row.unverified.to_string()),
        plain("findings", "errors", row.findings.errors.to_string()),
        plain("findings", "warnings", row.findings.warnings.to_string()),
    ];
    let of = |what: &'static str, record: &Ref, claims: usize| {
        let (id, name) = (record.id.clone(), record.name.clone());
        vec![what.to_owned(), id, name, claims.to_string()]
    };
    let speakers = (row.speakers.iter()).map(move |one| of("speaker", &one.actor, one.claims));
    let topics = (row.topics.iter()).map(move |one| of("topic", &one.topic, one.claims));
    let documents = row.documents.iter();
    let documents = documents.map(move |one| of("document", &one.document, one.claims));
    let rows = kinds.chain(others).chain(speakers);
    Sheet {
        columns: vec!["what", "id", "name", "value"],
        rows: Box::new(rows.chain(topics).chain(documents)),
    }
}
