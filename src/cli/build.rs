//! `annals build`.

use std::path::PathBuf;

use super::args::{FactArgs, GlobalArgs};
use super::interrupt;
use super::session;
use super::{Exit, Failure};
use annals_store::{BuildAs, Store};

/// A snapshot: a folder of Parquet files that every command reads in place of the facts
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals build data -o facts.annals
  annals said facts.annals --by Zelensky
  annals build new.jsonl -o facts.annals --add
  annals check facts.annals --deep")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    /// The folder to write, NAME.annals; replaces an existing snapshot
    #[arg(short, long, value_name = "NAME.annals", help_heading = "Output")]
    output: PathBuf,
    /// Add the facts to the existing snapshot
    #[arg(long, help_heading = "Output")]
    add: bool,
    /// Also write the two large tables that only other engines read: stances, and texts of claims
    #[arg(long, help_heading = "Output")]
    for_cluster: bool,
    /// Exit with 1 and write nothing if `annals check` would show errors or warnings
    #[arg(long, help_heading = "Facts")]
    strict: bool,
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

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let shown = annals_finding::shown_path(&args.output);
    if args
        .output
        .extension()
        .is_none_or(|ending| ending != "annals")
    {
        return Err(Failure::usage(format!(
            "a snapshot is a folder whose name ends in .annals, but {shown} does not"
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
    let store = session::open(&args.facts)?;
    let build = |store: &Store| store.build(&args.output, args.how());
    let built = session::ask(&store, global, build)?;
    let notes = session::notes(&built.notes, args.strict)?;
    session::say(&notes, global);
    let records = if built.records == 1 {
        "1 record".to_owned()
    } else {
        format!("{} records", built.records)
    };
    session::say(&[format!("{records} in {shown}")], global);
    // The process is about to end, which frees all memory at once.
    std::mem::forget(built);
    Ok(Exit::Done)
}
