//! What is asked for.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::Failure;
use annals_finding::shown_path;

/// Propose facts from a text: who said what, with the exact passages
///
/// Claims with speaker, words, act and date; the actors with their offices. Proposals count for nothing
/// until you accept them: they say how sure they are (`x_confidence`) and why (`x_reason`). What is not
/// known is left empty. Nothing is sent anywhere, and the same text gives the same proposals.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals draft report.txt --date 2023-04-20
  annals draft report.txt -o .annals/drafts
  annals draft kyiv-report --actors data/kyiv --texts texts
  annals draft interview.txt --all -f yaml")]
pub(crate) struct Args {
    /// Texts (plain, HTML, DOCX, PDF), ids of documents whose text is there, or - for standard input
    #[arg(value_name = "TEXT", required = true)]
    pub(super) texts: Vec<PathBuf>,
    /// The day of the article, for dates such as "Friday"; default: that of the document record
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<String>,
    /// The language: en, de, fr, uk or ru; of another one, direct quotations only
    #[arg(long, value_name = "CODE")]
    pub(super) language: Option<String>,
    /// Also attitudes: what somebody wants, plans, supports or fears without saying so
    #[arg(long)]
    pub(super) all: bool,
    /// Also events with their dates, and distances such as "two days after the ballot"
    #[arg(long)]
    pub(super) events: bool,
    /// Look names up in these facts first, and propose only what they do not have (repeatable)
    #[arg(long, value_name = "FACTS", help_heading = "Facts")]
    pub(super) actors: Vec<PathBuf>,
    /// A folder with the texts of documents (repeatable)
    #[arg(long = "texts", value_name = "DIR", help_heading = "Facts")]
    pub(super) folders: Vec<PathBuf>,
    /// The format; default: a table, or JSON Lines with -o
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output")]
    pub(super) format: Option<Form>,
    /// A folder: for each text NAME.jsonl, to which only what is new is added
    #[arg(short, long, value_name = "FOLDER", help_heading = "Output")]
    pub(super) output: Option<PathBuf>,
}

/// The forms of proposals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Each proposal under its sentence.
    Table,
    /// Facts as one JSON object.
    Json,
    /// Facts, a record per line.
    Jsonl,
    /// Facts in YAML.
    Yaml,
    /// Offsets in code points, a JSON object per text, for measuring.
    Spans,
}

/// A failure to read or write a path.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::io(&shown_path(path), error)
}
