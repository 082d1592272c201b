//! `annals export`.
use super::args::{FactArgs, Manner, SelectionArgs};
use super::{Exit, Failure};

/// The graph, whole or in part, for other programs
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// The format of the file
    #[arg(long, value_name = "NAME", help_heading = "Output")]
    format: Option<String>,
    /// Write to a file, in the format that its ending says
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<std::path::PathBuf>,
}

pub(super) fn run(_args: &Args, _manner: Manner) -> Result<Exit, Failure> {
    Ok(Exit::Done)
}
