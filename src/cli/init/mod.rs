//! `annals init`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::args::GlobalArgs;
use super::{Exit, Failure, interrupt, session};
use annals_files::NewFolder;
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
    let fault = |error: &std::io::Error| Failure::io(&annals_finding::shown_path(folder), error);
    if folder.exists() {
        let mut inside = fs::read_dir(folder).map_err(|error| fault(&error))?;
        if inside.next().is_some() {
            return Err(Failure::usage(format!(
                "{} is not empty; give a new or empty folder",
                annals_finding::shown_path(folder)
            )));
        }
    }
    interrupt::cleans_up();
    create(folder).map_err(|error| fault(&error))?;
    let folder = annals_finding::shown_path(folder);
    session::say(
        &[
            format!("created a dossier in {folder}; edit {folder}/facts.yaml"),
            format!(
                "look at it with `annals overview {folder}`, query it with `annals said {folder}`, check it with `annals check {folder}`"
            ),
        ],
        global,
    );
    Ok(Exit::Done)
}

/// Creates the dossier: all of it, or nothing.
fn create(folder: &Path) -> io::Result<()> {
    let target = std::path::absolute(folder)?;
    if let Some(home) = target.parent() {
        fs::create_dir_all(home)?;
    }
    let beside = NewFolder::beside(&target)?;
    let new = beside.path().join("new");
    // Folders whose name begins with a dot are not searched for facts.
    for inner in ["texts", ".annals"] {
        fs::create_dir_all(new.join(inner))?;
    }
    for (name, text) in FILES {
        fs::write(new.join(name), text)?;
    }
    let facts = schema::by_name("facts").unwrap_or_default();
    // A value of strings, numbers and lists can always be written.
    let facts = serde_json::to_string_pretty(&facts).unwrap_or_default() + "\n";
    fs::write(new.join(".annals/facts.schema.json"), facts)?;
    annals_files::uninterrupted(|| {
        if !target.exists() {
            return fs::rename(&new, &target);
        }
        // An empty folder stays: it may be the one in which the program was started.
        for entry in fs::read_dir(&new)? {
            let entry = entry?;
            fs::rename(entry.path(), target.join(entry.file_name()))?;
        }
        Ok(())
    })
}
