//! `annals sql`.

use std::path::PathBuf;

use super::args::{FactArgs, GlobalArgs, SelectionArgs};
use super::count::dimension;
use super::network::AskedArgs;
use super::output::Target;
use super::session;
use super::terminal::Escapes;
use super::{Exit, Failure};
use annals_store::networks::Scale;
use annals_store::{
    Dialect, Dimension, PositionFilter, Query, SqlQuestion, Store, sql_of_ids, sql_views,
};

/// A question as SQL, for facts that lie where DuckDB, Spark or Sail reads them
///
/// With --views: the statements that give the tables of a snapshot their names, and views of them.
/// A question is one SELECT over these views, the same for all engines; its first columns are id and
/// certain, and its rows come in the order of the question's own command. Names are looked up in the
/// facts that are given; without facts, what is named are ids.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
#[command(after_help = "Examples:
  annals sql --views facts.annals
  annals sql --views s3://lake/facts.annals --dialect spark --for-cluster
  annals sql said facts.annals --by Zelensky --from 2023-04
  annals sql count facts.annals --per speaker,month
  annals sql positions facts.annals --contradictions
  annals sql subgraph facts.annals --around NATO --hops 2")]
pub(super) struct Args {
    /// The question: said, count, overview, timeline, positions, contradictions, network or subgraph; with
    /// --views, the folder of a snapshot, as the engine names it
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
    /// With count: what the claims are counted by; several separated by commas
    #[arg(long, value_name = "PROPERTIES", value_delimiter = ',', value_parser = dimension())]
    per: Vec<Dimension>,
    /// With positions: each contradiction, and not each stance
    #[arg(long)]
    contradictions: bool,
    /// With positions: each change, and not each stance
    #[arg(long)]
    changes: bool,
    #[command(flatten)]
    network: AskedArgs,
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

/// The questions, each with the options that only it has.
const QUESTIONS: [(&str, &str); 8] = [
    ("said", ""),
    ("count", "--per"),
    ("overview", ""),
    ("timeline", ""),
    ("positions", "--contradictions, --changes"),
    ("contradictions", ""),
    ("network", "options of a network"),
    ("subgraph", "--around"),
];

impl Args {
    /// What is asked, of whoever has the facts.
    ///
    /// # Errors
    /// If options do not go together.
    pub(super) fn asked(&self, store: &Store) -> Result<(SqlQuestion, Query), Failure> {
        Ok((self.question()?, self.selection.query(store)?))
    }

    fn question(&self) -> Result<SqlQuestion, Failure> {
        let asked = &*self.asked;
        if !QUESTIONS.iter().any(|(question, _)| *question == asked) {
            let names: Vec<&str> = QUESTIONS.iter().map(|(question, _)| *question).collect();
            return Err(Failure::usage(format!(
                "{} cannot be asked in SQL; these can: {}",
                annals_finding::shown(asked),
                names.join(", ")
            )));
        }
        let given = [
            ("count", !self.per.is_empty()),
            ("positions", self.contradictions || self.changes),
            ("network", self.network.is_asked()),
            ("subgraph", !self.around.is_empty()),
        ];
        for (question, is_given) in given {
            let known = QUESTIONS.iter().find(|(name, _)| *name == question);
            let options = known.map_or("", |(_, options)| options);
            if is_given && question != asked {
                return Err(Failure::usage(format!(
                    "{options} belong{} to the question {question}",
                    if options.starts_with("--") && !options.contains(',') {
                        "s"
                    } else {
                        ""
                    }
                )));
            }
        }
        Ok(match asked {
            "count" if self.per.is_empty() => {
                return Err(Failure::usage("count needs --per PROPERTIES".to_owned()));
            }
            "count" => SqlQuestion::Count(self.per.clone()),
            "overview" => SqlQuestion::Overview,
            "timeline" => SqlQuestion::Timeline,
            "positions" => SqlQuestion::Positions(PositionFilter {
                contradictions: self.contradictions,
                changes: self.changes,
            }),
            "contradictions" => SqlQuestion::Contradictions,
            "network" if self.network.why().is_some() => {
                return Err(Failure::usage(
                    "--why cannot be asked in SQL; ask `annals network` itself".to_owned(),
                ));
            }
            "network" => {
                let asked = self.network.asked(&self.selection, Scale::Two)?;
                let filter = self.network.filter(&self.selection)?;
                SqlQuestion::Network(Box::new((asked, filter)))
            }
            "subgraph" if self.around.is_empty() => {
                return Err(Failure::usage(
                    "subgraph needs a thing to start from: --around THING".to_owned(),
                ));
            }
            "subgraph" => SqlQuestion::Around(self.around.clone(), self.hops),
            _ => SqlQuestion::Said,
        })
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
