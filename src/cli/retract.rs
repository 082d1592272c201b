//! `annals retract`.

use serde_json::Value;

use super::args::{FactArgs, GlobalArgs};
use super::changed::{self, Writing};
use super::completions::names;
use super::{Exit, Failure, session};
use annals_model::{RecordKind, Vocabulary as _};
use annals_store::{Change, edits};

/// Take a record back: it stays in its file, and is out of force
///
/// Writes `retracted` with the day and the reason. Answers leave the record out and count it;
/// --retracted shows it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals retract contract-in-april data/harbour --on 2021-10-07 --reason \"The agency corrected it.\"
  annals retract contract-in-april data/harbour --on 2021-10-07 --diff")]
pub(super) struct Args {
    /// An id, a name or an alias
    #[arg(add = names(RecordKind::ALL))]
    id: String,
    #[command(flatten)]
    facts: FactArgs,
    /// The day on which it is taken back (EDTF, or in words)
    #[arg(long, value_name = "DAY")]
    on: String,
    /// Why
    #[arg(long, value_name = "WORDS")]
    reason: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let store = session::open(&args.facts)?;
    let on: Value = edits::date("on", &args.on)?.value;
    let change = Change::Retract {
        record: store.id_of(&args.id)?,
        on,
        reason: args.reason.clone(),
    };
    changed::make(store, &args.facts, &change, &args.writing, global)
}
