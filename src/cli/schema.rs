//! `annals schema`.

use super::args::GlobalArgs;
use super::output::Target;
use super::{Exit, Failure};
use annals_schema as schema;

/// Print the JSON Schema of facts, or of a command's answer
///
/// Editors can use `facts` too: with the YAML language server, begin a fact file with the line `#
/// yaml-language-server: $schema=.annals/facts.schema.json`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals schema facts -o .annals/facts.schema.json
  annals schema said
  annals schema")]
pub(super) struct Args {
    /// Which schema: facts, or that of an answer; without it, list all schemas
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(schema::names()))]
    name: Option<String>,
    /// Write to a file
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<std::path::PathBuf>,
}

pub(super) fn run(args: &Args, _manner: GlobalArgs) -> Result<Exit, Failure> {
    let target = Target::new(args.output.as_deref(), &[])?;
    target.write(|out| match args.name.as_deref().and_then(schema::by_name) {
        Some(schema) => {
            serde_json::to_writer_pretty(&mut *out, &schema).map_err(std::io::Error::from)?;
            writeln!(out)
        }
        None => schema::names().try_for_each(|name| writeln!(out, "{name}")),
    })?;
    Ok(Exit::Done)
}
