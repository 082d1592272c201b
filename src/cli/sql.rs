//! `annals sql`.

use std::path::PathBuf;

use super::args::{FactArgs, GlobalArgs, SelectionArgs};
use super::output::Target;
use super::session;
use super::terminal::Escapes;
use super::{Exit, Failure};
use annals_store::{Dialect, SqlQuestion, sql_of_ids, sql_views};

/// A question as SQL, for facts that lie where DuckDB, Spark or Sail reads them
///
/// With --views: the statements that give the tables of a snapshot their names, and views of them.
/// A question is one SELECT over these views, the same for all engines; its first columns are id and
/// certain, and its rows come in the order of the question's own command. Names are looked up in the
/// facts that are given; without facts, what is named are ids.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals sql --views facts.annals
  annals sql --views s3://lake/facts.annals --dialect spark --for-cluster
  annals sql said facts.annals --by Zelensky --from 2023-04
  annals sql subgraph facts.annals --around NATO --hops 2")]
pub(super) struct Args {
    /// The question: said, timeline or subgraph; with --views, the folder of a snapshot, as the engine
    /// names it
    #[arg(value_name = "QUESTION|FOLDER")]
    asked: String,
    #[command(flatten)]
    facts: FactArgs,
    /// Print the views of the snapshot in a folder
    #[arg(long)]
    views: bool,
    /// Whose SQL names the files
    #[arg(
        long,
        value_name = "ENGINE",
        default_value = "duckdb",
        requires = "views"
    )]
    dialect: DialectArg,
    /// Also views of the two large tables that `build --for-cluster` writes; where they can be seen, they
    /// are known to be there
    #[arg(long, requires = "views")]
    for_cluster: bool,
    /// With subgraph: a thing to start from (repeatable)
    #[arg(long, value_name = "THING")]
    around: Vec<String>,
    /// With subgraph: up to N edges away, at most 3
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    hops: usize,
    #[command(flatten)]
    selection: SelectionArgs,
    /// Write to a file
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum DialectArg {
    /// DuckDB
    #[value(name = "duckdb")]
    DuckDb,
    /// Spark and Sail
    Spark,
}

impl Args {
    fn question(&self) -> Result<SqlQuestion, Failure> {
        match (&*self.asked, self.around.is_empty()) {
            ("said", true) => Ok(SqlQuestion::Said),
            ("timeline", true) => Ok(SqlQuestion::Timeline),
            ("subgraph", false) => Ok(SqlQuestion::Around(self.around.clone(), self.hops)),
            ("subgraph", true) => Err(Failure::usage(
                "subgraph needs a thing to start from: --around THING".to_owned(),
            )),
            ("said" | "timeline", false) => Err(Failure::usage(
                "--around belongs to the question subgraph".to_owned(),
            )),
            (other, _) => Err(Failure::usage(format!(
                "{} cannot be asked in SQL; said, timeline and subgraph can",
                annals_finding::shown(other)
            ))),
        }
    }
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let text = if args.views {
        let dialect = match args.dialect {
            DialectArg::DuckDb => Dialect::DuckDb,
            DialectArg::Spark => Dialect::Spark,
        };
        sql_views(dialect, &args.asked, args.for_cluster)
    } else {
        let question = args.question()?;
        let store = session::open(&args.facts)?;
        let query = args.selection.query(&store)?;
        let made = if args.facts.facts.is_empty() {
            sql_of_ids(&question, &query)?
        } else {
            session::ask(&store, global, |store| store.sql(&question, &query))?
        };
        made + "\n"
    };
    let target = Target::new(args.output.as_deref(), &args.facts.paths())?;
    target.show(Escapes::Text, |out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Done)
}
