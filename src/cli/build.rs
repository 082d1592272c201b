//! `annals build`.

use std::path::{Path, PathBuf};

use super::args::{FactArgs, GlobalArgs};
use super::interrupt;
use super::output;
use super::session;
use super::terminal;
use super::{Exit, Failure};
use annals_finding::shown_path;
use annals_store::{BuildAs, Findings, JoinAs, Store, StoreError, join_parts};

/// A snapshot: a folder of Parquet files that every command reads in place of the facts
///
/// Much that is spread over several machines can be built in parts, each where its files are
/// (--shard), and joined afterwards (--join).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals build data -o facts.annals
  annals said facts.annals --by Zelensky
  annals build new.jsonl -o facts.annals --add
  annals check facts.annals --deep
  annals build --shard 2022.jsonl -o 2022.part
  annals build --join 2022.part 2023.part -o facts.annals")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    /// The folder to write, NAME.annals, or NAME.part with --shard; replaces what is there of that
    #[arg(short, long, value_name = "NAME.annals", help_heading = "Output")]
    output: PathBuf,
    /// Add the facts to the existing snapshot
    #[arg(long, help_heading = "Output")]
    add: bool,
    #[command(flatten)]
    parts: Parts,
    /// Also write the two large tables that only other engines read: stances, and texts of claims
    #[arg(long, help_heading = "Output")]
    for_cluster: bool,
    /// Exit with 1 and write nothing if `annals check` would show errors or warnings
    #[arg(long, help_heading = "Facts")]
    strict: bool,
}

/// A snapshot in parts.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Output")]
struct Parts {
    /// Write a part of a snapshot, NAME.part, to be joined with others
    ///
    /// References to records of other parts stay open: nothing is said of them until all parts are
    /// joined. Where a quote is to be found in the text of its document, build both in one part.
    #[arg(long, conflicts_with_all = ["add", "join", "strict"])]
    shard: bool,
    /// Make a snapshot of parts, which are given in place of facts, in any order
    ///
    /// It answers as one build of all their files does. Ids that several records have and references
    /// that lead nowhere are shown, with their files. All facts are read once more, on this machine.
    #[arg(long, conflicts_with_all = ["add", "for_cluster", "texts", "receipt", "config"])]
    join: bool,
}

impl Args {
    fn how(&self) -> BuildAs {
        BuildAs {
            add: self.add,
            strict: self.strict,
            for_cluster: self.for_cluster,
        }
    }
}

/// How many findings about the parts together are shown.
const SHOWN: usize = 10;

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let shown = shown_path(&args.output);
    let (what, ending) = if args.parts.shard {
        ("a part", "part")
    } else {
        ("a snapshot", "annals")
    };
    if args.output.extension().is_none_or(|other| other != ending) {
        return Err(Failure::usage(format!(
            "{what} is a folder whose name ends in .{ending}, but {shown} does not"
        )));
    }
    let output = args.output.canonicalize().ok();
    let is_output = |path: &PathBuf| output.is_some() && path.canonicalize().ok() == output;
    if args.facts.paths().iter().any(is_output) {
        return Err(Failure::usage(format!(
            "{shown} is one of the input files; write to another file"
        )));
    }
    interrupt::cleans_up();
    if args.parts.join {
        return joined(args, global);
    }
    let store = session::open(&args.facts)?;
    if args.parts.shard {
        let build = |store: &Store| store.build_shard(&args.output, args.for_cluster);
        let built = session::ask(&store, global, build)?;
        session::say(&built.notes.lines(), global);
        session::say(&[format!("{} in {shown}", records(built.records))], global);
        std::mem::forget(built);
        return Ok(Exit::Done);
    }
    let build = |store: &Store| store.build(&args.output, args.how());
    let built = session::ask(&store, global, build)?;
    let notes = session::notes(&built.notes, args.strict)?;
    session::say(&notes, global);
    session::say(&[format!("{} in {shown}", records(built.records))], global);
    // The process is about to end, which frees all memory at once.
    std::mem::forget(built);
    Ok(Exit::Done)
}

fn records(count: usize) -> String {
    match count {
        1 => "1 record".to_owned(),
        count => format!("{count} records"),
    }
}

/// Makes a snapshot of the parts that are given.
fn joined(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let parts = &args.facts.facts;
    if parts.is_empty() {
        return Err(Failure::usage(
            "--join needs the parts: `annals build --join A.part B.part -o NAME.annals`".to_owned(),
        ));
    }
    let join = || {
        let how = JoinAs {
            strict: args.strict,
        };
        join_parts(parts, &args.output, how)
    };
    let joined = session::reading(global, join).map_err(|error| match error {
        StoreError::Facts(findings) => {
            session::say_errors(&findings, global);
            Failure::quiet(Exit::Unreadable)
        }
        other => other.into(),
    })?;
    say_across(&joined.findings, &args.output, global);
    let mut notes = session::notes(&joined.notes, args.strict)?;
    for part in &joined.rewritten {
        notes.push(format!(
            "{} was written again: other parts have a record of the same id, do not have what it refers to, or have the text of a quote",
            shown_path(part)
        ));
    }
    let (count, shown) = (records(joined.records), shown_path(&args.output));
    let of = if parts.len() == 1 {
        "1 part"
    } else {
        &format!("{} parts", parts.len())
    };
    notes.push(format!("{count} of {of} in {shown}"));
    session::say(&notes, global);
    std::mem::forget(joined);
    Ok(Exit::Done)
}

/// Shows what no part tells alone.
fn say_across(findings: &Findings, output: &Path, global: GlobalArgs) {
    if global.quiet {
        return;
    }
    let drawing = session::drawing(output::colour_err(global));
    for nth in 0..findings.len().min(SHOWN) {
        if let Some(drawn) = findings.drawn_one(nth, drawing) {
            terminal::say(&format!("{drawn}\n"), drawing.colour);
        }
    }
    let more = findings.len().saturating_sub(SHOWN);
    if more > 0 {
        let output = shown_path(output);
        let line = format!("{more} more like these: `annals check {output}` shows them");
        session::say(&[line], global);
    }
}
