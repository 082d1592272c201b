//! `annals init`.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::GlobalArgs;
use super::output::Target;
use super::{Exit, Failure, session};
use annals_schema as schema;

/// A small commented dossier to begin from
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals init harbour
  annals said harbour")]
pub(super) struct Args {
    /// The folder to make; one that is there must be empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// The files of a new dossier, beside the schema.
const FILES: [(&str, &str); 4] = [
    ("facts.yaml", include_str!("facts.yaml")),
    ("texts/report.txt", include_str!("report.txt")),
    ("annals.toml", include_str!("annals.toml")),
    ("README.md", include_str!("README.md")),
];

pub(super) fn run(args: &Args, manner: GlobalArgs) -> Result<Exit, Failure> {
    let folder = &args.folder;
    let fault = |error: &std::io::Error| Failure::io(&folder.display().to_string(), error);
    if folder.exists() {
        let mut inside = fs::read_dir(folder).map_err(|error| fault(&error))?;
        if inside.next().is_some() {
            return Err(Failure::usage(format!(
                "{} is not empty; a new dossier wants a folder of its own",
                folder.display()
            )));
        }
    }
    // Folders that begin with a dot are not looked through for facts.
    for inner in ["texts", ".annals"] {
        fs::create_dir_all(folder.join(inner)).map_err(|error| fault(&error))?;
    }
    for (name, text) in FILES {
        write(&folder.join(name), text)?;
    }
    let facts = schema::by_name("facts").unwrap_or_default();
    // A value of strings, numbers and lists can always be written.
    let facts = serde_json::to_string_pretty(&facts).unwrap_or_default() + "\n";
    write(&folder.join(".annals/facts.schema.json"), &facts)?;
    let folder = folder.display();
    session::say(
        &[
            format!("a dossier lies in {folder}: change {folder}/facts.yaml"),
            format!("ask it with `annals said {folder}`, check it with `annals check {folder}`"),
        ],
        manner,
    );
    Ok(Exit::Done)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    Target::of(Some(path), &[])?.write(|out| out.write_all(text.as_bytes()))
}
