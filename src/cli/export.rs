//! `annals export`.

use std::path::{Path, PathBuf};

use super::args::{FactArgs, GlobalArgs, SelectionArgs, words};
use super::folder::FolderTarget;
use super::output::Target;
use super::session;
use super::terminal::Escapes;
use super::{Exit, Failure};
use annals_export::{
    Choice, Diagram, EXPORTERS, Exporter, Options, Parallel, WriteFolder, WriteStream, Writes,
    base_iri, by_extension, by_name,
};
use annals_store::{Export, ExportRequest};

/// Write the graph, or part of it, for other programs
///
/// A selection limits it to the selected claims, events, relations and documents, and everything
/// linked to them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals export data -o graph.dot
  annals export data --by Zelensky --format json
  annals export data --from 2023-04 --until 2023-07 -o spring.gexf
  annals export data --format csv -o sheets --excel
  annals export data --about NATO -o nato.yaml
  annals export data --anonymise -o structure.html")]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command"
)]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// The format
    #[arg(short, long, value_name = "NAME", help_heading = "Output", help = format!("The format: {}", names()))]
    format: Option<String>,
    /// Write to a file, in the format of its extension; csv and neo4j: to a new folder
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Merge parallel edges that say the same into one, with their number as its weight
    ///
    /// They must have the same kind, stance and role, and for orders the same relation and
    /// distance. The merged edge has all their facts and passages; of everything else, only what
    /// they have in common.
    #[arg(long, help_heading = "Output")]
    merge_edges: bool,
    /// For csv: add a byte order mark, and let no cell be read as a formula
    #[arg(long, help_heading = "Output")]
    excel: bool,
    /// What a Mermaid diagram shows: the graph as a flowchart, or dated records as a timeline
    #[arg(long, value_name = "WHAT", value_parser = words::<Diagram>(), help_heading = "Output")]
    diagram: Option<Diagram>,
    /// The IRI prefix of records in linked data, instead of urn:annals:
    #[arg(long, value_name = "IRI", value_parser = base_iri, help_heading = "Output")]
    base: Option<String>,
    /// Replace all names with pseudonyms and leave out quotes, notes, texts and URLs, to share
    /// structure only
    #[arg(long, help_heading = "Output")]
    anonymise: bool,
    /// Exit with 1 and write no file if `annals check` would show errors or warnings
    #[arg(long, help_heading = "Facts")]
    strict: bool,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let exporter = exporter(args)?;
    let options = options(args, exporter)?;
    let store = session::open(&args.facts)?;
    let request = ExportRequest {
        query: args.selection.query(&store)?,
        exporter,
        options,
        anonymise: args.anonymise,
    };
    let export = session::ask(&store, global, |store| store.export(&request))?;
    let inputs = session::inputs(&args.facts, &export.files);
    let place = Place::new(exporter, args.output.as_deref(), &inputs)?;
    let mut notes = session::notes(&export.notes, args.strict)?;
    notes.extend(export.left_out());
    place.write(&export)?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

/// Whether what an exporter writes to a file is JSON.
fn is_json(exporter: &Exporter, output: Option<&Path>) -> bool {
    let ending = output.and_then(Path::extension);
    let ending = ending.map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match exporter.name {
        "json" | "cyjs" | "jgf" | "timelinejs" | "jsonld" => true,
        // Facts are YAML or JSON, as the file is called.
        _ => {
            exporter.name == "facts"
                && ending.is_some_and(|ending| ending == "json" || ending == "jsonl")
        }
    }
}

/// Where to write: one file, or a folder.
pub(super) enum Place {
    /// What writes it, where to, and whether it is JSON.
    File(WriteStream, Target, bool),
    Folder(&'static Exporter, WriteFolder, FolderTarget),
}

impl Place {
    /// The place given by `-o`; an input is never overwritten, and a folder contains no other
    /// files.
    pub(super) fn new(
        exporter: &'static Exporter,
        output: Option<&Path>,
        inputs: &[PathBuf],
    ) -> Result<Place, Failure> {
        match exporter.work.writes {
            Writes::Stream(write) => {
                let target = Target::new(output, inputs)?;
                Ok(Place::File(write, target, is_json(exporter, output)))
            }
            Writes::Folder(write) => {
                let path = output
                    .filter(|path| path.as_os_str() != "-")
                    .ok_or_else(|| {
                        let name = exporter.name;
                        Failure::usage(format!("{name} is a folder; give one with -o DIR"))
                    })?;
                let target = FolderTarget::new(path, inputs)?;
                Ok(Place::Folder(exporter, write, target))
            }
        }
    }

    pub(super) fn write(&self, export: &Export) -> Result<(), Failure> {
        match self {
            // In JSON, what steers a terminal can be written another way.
            Place::File(write, target, true) => {
                target.show(Escapes::Json, |out| export.write(*write, out))
            }
            Place::File(write, target, false) => target.write(|out| export.write(*write, out)),
            Place::Folder(exporter, write, target) => {
                target.write(exporter, |folder| export.write_folder(*write, folder))
            }
        }
    }
}

fn options(args: &Args, exporter: &Exporter) -> Result<Options, Failure> {
    for (made, choice) in [
        (args.merge_edges, Choice::MergeEdges),
        (args.excel, Choice::Excel),
        (args.diagram.is_some(), Choice::Diagram),
        (args.base.is_some(), Choice::Base),
    ] {
        if made && !exporter.options.contains(&choice) {
            return Err(Failure::usage(format!(
                "{} is for {}; {} does not use it",
                choice.option(),
                choice.formats().join(", "),
                exporter.name
            )));
        }
    }
    let parallel = if args.merge_edges {
        Parallel::Merged
    } else {
        Parallel::Kept
    };
    Ok(Options {
        parallel,
        excel: args.excel,
        file: file(args).map(Path::to_path_buf),
        diagram: args.diagram.unwrap_or_default(),
        base: args.base.clone(),
        ..Options::default()
    })
}

/// The names of all formats.
pub(super) fn names() -> String {
    let names: Vec<&str> = EXPORTERS.iter().map(|exporter| exporter.name).collect();
    names.join(", ")
}

/// The file to write, if it is one.
fn file(args: &Args) -> Option<&Path> {
    let output = args.output.as_deref();
    output.filter(|path| path.as_os_str() != "-")
}

/// The format that `--format` names, or the ending of the file.
fn exporter(args: &Args) -> Result<&'static Exporter, Failure> {
    if let Some(name) = &args.format {
        return by_name(name).ok_or_else(|| {
            let name = annals_finding::shown(name);
            Failure::usage(format!("there is no format {name}; there are {}", names()))
        });
    }
    match file(args) {
        Some(path) => by_extension(path).ok_or_else(|| {
            let path = annals_finding::shown_path(path);
            Failure::usage(format!(
                "no format matches the extension of {path}; give one with --format: {}",
                names()
            ))
        }),
        None => Err(Failure::usage(format!(
            "give a format: -o FILE with its extension, or --format: {}",
            names()
        ))),
    }
}
