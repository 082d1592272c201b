//! `annals brief`.

use std::path::PathBuf;

use super::args::{FactArgs, GlobalArgs, SelectionArgs};
use super::output::Target;
use super::session;
use super::terminal::Escapes;
use super::{Exit, Failure};
use annals_export::brief::{
    BRIEF_FORMATS, BRIEF_ON_DEMAND, BriefFormat, brief_by_extension, brief_by_name,
};

/// A document for an editor or a lawyer: claims, passages, sources, open questions
///
/// Numbered claims, oldest first, each with day, speaker and office, words, the passage in its sentence
/// and where it stands, how it stands there, what it contradicts, and whether it was taken back. Then the
/// sources and what they rest on, what is not verified, the open findings about these records, and the
/// SHA-256 of every file.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals brief data/harbour --about \"the north basin\" -o basin.html
  annals brief data/harbour --by Solvang --rollup
  annals brief data --until 2022 -o before-2023.docx")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// The format of the document (md, html; docx if built with this feature) [default: md]
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<String>,
    /// Write to a file; its extension gives the format
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Exit with 1 and no document if `annals check` would show errors or warnings
    #[arg(long, help_heading = "Facts")]
    strict: bool,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let format = format(args)?;
    let store = session::open(&args.facts)?;
    let query = args.selection.query(&store)?;
    let document = session::ask(&store, global, |store| store.brief(&query))?;
    let notes = session::notes(&document.notes, args.strict)?;
    let inputs = session::inputs(&args.facts, &document.files);
    let target = Target::new(args.output.as_deref(), &inputs)?;
    let write = |out: &mut dyn std::io::Write| (format.work)(&document.data, out);
    if format.name == "md" {
        target.show(Escapes::Text, write)?;
    } else {
        target.write(write)?;
    }
    session::say(&notes, global);
    Ok(Exit::Done)
}

/// The format that `--format` names, or the ending of the file; without both, Markdown.
fn format(args: &Args) -> Result<&'static BriefFormat, Failure> {
    let known = || format_names().join(", ");
    if let Some(name) = &args.format {
        return brief_by_name(name).ok_or_else(|| {
            let shown = annals_finding::shown(name);
            let words = if name == "json" || name == "jsonl" {
                "a brief has no JSON: its rows are those of `annals said`".to_owned()
            } else {
                format!("there is no format {shown}; there are {}", known())
            };
            Failure::usage(not_built(name).unwrap_or(words))
        });
    }
    let output = args.output.as_deref();
    match output.filter(|path| path.as_os_str() != "-") {
        Some(path) => brief_by_extension(path).ok_or_else(|| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            let words = format!(
                "no format matches the extension of {}; give one with --format: {}",
                annals_finding::shown_path(path),
                known()
            );
            Failure::usage(ending.and_then(not_built).unwrap_or(words))
        }),
        None => {
            brief_by_name("md").ok_or_else(|| Failure::usage("there is no format md".to_owned()))
        }
    }
}

fn format_names() -> Vec<&'static str> {
    BRIEF_FORMATS.iter().map(|format| format.name).collect()
}

/// What to do for a format that this program was built without.
fn not_built(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let is_missing = name == BRIEF_ON_DEMAND && brief_by_name(&name).is_none();
    is_missing.then(|| {
        format!(
            "this annals was built without {name}; `cargo build --release --features {name}` adds it, and HTML needs no feature"
        )
    })
}
