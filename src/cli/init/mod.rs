//! `annals init`.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::GlobalArgs;
use super::output::Target;
use super::{Exit, Failure, session};
use annals_schema as schema;

/// Create a small commented dossier to start from
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals init harbour
  annals said harbour")]
pub(super) struct Args {
    /// The folder to create; an existing one must be empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// The files of a new dossier, besides the schema.
const FILES: [(&str, &str); 4] = [
    ("facts.yaml", include_str!("facts.yaml")),
    ("texts/report.txt", include_str!("report.txt")),
    ("annals.toml", include_str!("annals.toml")),
    ("README.md", include_str!("README.md")),
];

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let folder = &args.folder;
    let fault = |error: &std::io::Error| Failure::io(&folder.display().to_string(), error);
    if folder.exists() {
        let mut inside = fs::read_dir(folder).map_err(|error| fault(&error))?;
        if inside.next().is_some() {
            return Err(Failure::usage(format!(
                "{} is not empty; give a new or empty folder",
                folder.display()
            )));
        }
    }
    // Folders whose name begins with a dot are not searched for facts.
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
            format!("created a dossier in {folder}; edit {folder}/facts.yaml"),
            format!("query it with `annals said {folder}`, check it with `annals check {folder}`"),
        ],
        global,
    );
    Ok(Exit::Done)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    Target::new(Some(path), &[])?.write(|out| out.write_all(text.as_bytes()))
}
