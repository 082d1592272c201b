//! `annals order`.

use std::fmt::Write as _;

use super::args::{FactArgs, GlobalArgs, OutputArgs, OutputFormat};
use super::completions::names;
use super::output::{self, Sheet, Target, write_json};
use super::run_notes;
use super::session;
use super::table::{Style, plain};
use super::{Exit, Failure};
use annals_model::{RecordKind, Vocabulary as _};
use annals_store::rows::OrderRow;
use annals_time::{Allen, AllenSet};

/// Must A come before B? The relations that can hold, and the facts that decide it
///
/// Given all facts, which of Allen's thirteen relations can hold between two events, claims,
/// publications or relations.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals order invasion visit data/kyiv
  annals order counteroffensive vilnius-summit data/kyiv -f json")]
pub(super) struct Args {
    /// The first thing: an id, a name or an alias
    #[arg(value_name = "A", add = names(RecordKind::ALL))]
    a: String,
    /// The second thing
    #[arg(value_name = "B", add = names(RecordKind::ALL))]
    b: String,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let store = session::open(&args.facts)?;
    let row = session::ask(&store, global, |store| store.order(&args.a, &args.b))?;
    let notes = session::notes(&row.notes, args.output.strict)?;
    let target = Target::new(
        args.output.output.as_deref(),
        &session::inputs(&args.facts, &row.files),
    )?;
    let row = &row.data;
    run_notes::answered(|| row);
    let form = output::form(&args.output)?;
    let styled = matches!(target, Target::Stdout) && output::colour(global);
    output::show(&target, form, styled, |out| match form {
        OutputFormat::Table => out.write_all(draw(row, Style { colour: styled }).as_bytes()),
        OutputFormat::Json => write_json(out, "annals.order/1", row, &notes),
        OutputFormat::Jsonl => output::write_jsonl(out, std::slice::from_ref(row)),
        OutputFormat::Csv => sheet(row).csv(out, b','),
        OutputFormat::Tsv => sheet(row).csv(out, b'\t'),
        OutputFormat::Md => sheet(row).markdown(out),
    })?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

/// The answer in a sentence.
fn sentence(row: &OrderRow) -> String {
    let quoted = |name: &str| format!("“{}”", plain(name));
    let (a, b) = (quoted(&row.first.name), quoted(&row.second.name));
    let set: AllenSet = row.possible.iter().copied().collect();
    if set.is_empty() {
        return format!(
            "No relation can hold between {a} and {b}: the facts contradict each other."
        );
    }
    if let Some(only) = set.only() {
        return format!("{a} must {} {b}.", must(only));
    }
    if set == AllenSet::ALL {
        return format!("The facts do not decide anything between {a} and {b}.");
    }
    let after = set.inverse();
    if set.is_subset_of(AllenSet::BEFORE_OR_MEETS) {
        format!("{a} must be over when {b} begins.")
    } else if after.is_subset_of(AllenSet::BEFORE_OR_MEETS) {
        format!("{a} cannot begin before {b} is over.")
    } else if set.is_subset_of(AllenSet::STARTS_BEFORE) {
        format!("{a} must begin before {b} begins.")
    } else if after.is_subset_of(AllenSet::STARTS_BEFORE) {
        format!("{a} must begin after {b} begins.")
    } else if set.is_subset_of(AllenSet::ENDS_BEFORE) {
        format!("{a} must end before {b} ends.")
    } else if after.is_subset_of(AllenSet::ENDS_BEFORE) {
        format!("{a} must end after {b} ends.")
    } else if set.is_subset_of(AllenSet::OVERLAPPING) {
        format!("{a} and {b} must overlap.")
    } else if set.is_subset_of(AllenSet::DISJOINT) {
        format!("{a} and {b} cannot overlap.")
    } else if !set.contains(Allen::After) && !set.contains(Allen::MetBy) {
        format!("{a} cannot come entirely after {b}.")
    } else if !set.contains(Allen::Before) && !set.contains(Allen::Meets) {
        format!("{a} cannot come entirely before {b}.")
    } else {
        format!("Only some relations are possible between {a} and {b}.")
    }
}

/// The necessary relation of the first to the second, as a verb between the two.
fn must(relation: Allen) -> &'static str {
    match relation {
        Allen::Before => "come before",
        Allen::After => "come after",
        Allen::Meets => "end at the very beginning of",
        Allen::MetBy => "begin at the very end of",
        Allen::Overlaps => "begin before, and end during,",
        Allen::OverlappedBy => "begin during, and end after,",
        Allen::Starts => "begin with, and end before,",
        Allen::StartedBy => "begin with, and end after,",
        Allen::During => "lie within",
        Allen::Contains => "begin before, and end after,",
        Allen::Finishes => "begin after, and end with,",
        Allen::FinishedBy => "begin before, and end with,",
        Allen::Equals => "have the same time as",
    }
}

fn draw(row: &OrderRow, style: Style) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(out, " {}", style.bold(&sentence(row)));
    let possible: Vec<String> = row
        .possible
        .iter()
        .map(|one| one.as_str().replace('_', " "))
        .collect();
    let _ = writeln!(out, " possible: {}", possible.join(", "));
    if !row.because.is_empty() {
        let _ = writeln!(out, " because");
    }
    for fact in &row.because {
        let place = format!("{}:{}", fact.source.file, fact.source.line);
        let _ = writeln!(
            out,
            "   {}  {}",
            plain(&fact.words),
            style.dim(&plain(&place))
        );
    }
    out
}

fn sheet(row: &OrderRow) -> Sheet<'_> {
    let rows = Allen::ALL.into_iter().map(move |relation| {
        vec![
            row.first.id.clone(),
            row.second.id.clone(),
            relation.as_str().to_owned(),
            row.possible.contains(&relation).to_string(),
        ]
    });
    Sheet {
        columns: vec!["first", "second", "relation", "possible"],
        rows: Box::new(rows),
    }
}
