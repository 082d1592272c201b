//! `annals export`.

use std::path::{Path, PathBuf};

use super::args::{FactArgs, GlobalArgs, SelectionArgs, words};
use super::folder::FolderTarget;
use super::output::Target;
use super::session::{self, Opened};
use super::{Exit, Failure};
use annals_export::anonymise::anonymised;
use annals_export::{
    Choice, Diagram, EXPORTERS, Exporter, Options, WriteFolder, WriteStream, Writes, base_iri,
    by_ending, by_name,
};
use annals_graph::{Parallel, View};
use annals_model::{RecordRef, RecordSet};
use annals_query::Dossier;
use annals_query::timeline::selected;

/// The graph, whole or in part, for other programs
///
/// With a selection: the claims, events, relations and documents that are selected, and what they
/// are tied to.
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
    /// Write to a file, in the format that its ending says; csv and neo4j: to a new folder
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Make one edge of parallel edges that say the same, with their number as its weight
    ///
    /// Of the same kind, stance and role, orders also of the same relation and distance. The edge
    /// has all of their facts and passages, and of the rest what they have in common.
    #[arg(long, help_heading = "Output")]
    merge_edges: bool,
    /// For csv: with a byte order mark, and no cell that a spreadsheet would take for a formula
    #[arg(long, help_heading = "Output")]
    excel: bool,
    /// What a Mermaid diagram shows: the graph as a flowchart, or what is dated as a timeline
    #[arg(long, value_name = "WHAT", value_parser = words::<Diagram>(), help_heading = "Output")]
    diagram: Option<Diagram>,
    /// What the names of things begin with in linked data, in place of urn:annals:
    #[arg(long, value_name = "IRI", value_parser = base_iri, help_heading = "Output")]
    base: Option<String>,
    /// Pseudonyms in place of all names, without quotes, notes, texts and addresses: for sharing
    /// how things hang together
    #[arg(long, help_heading = "Output")]
    anonymise: bool,
    /// Exit with 1, and without a file, if `annals check` would show errors or warnings
    #[arg(long, help_heading = "Facts")]
    strict: bool,
}

pub(super) fn run(args: &Args, manner: GlobalArgs) -> Result<Exit, Failure> {
    let exporter = exporter(args)?;
    let mut options = options(args, exporter)?;
    let Opened { loaded, config } = session::open(&args.facts, manner)?;
    options.policy = config.policy.clone();
    let inputs = session::inputs(&args.facts, &loaded);
    let place = Place::of(exporter, args.output.as_deref(), &inputs)?;
    let selection = args.selection.asked(&config)?.resolve(&loaded.facts)?;
    let mut warnings = session::warnings(&loaded, &config, Some(&selection.force), args.strict)?;
    let dossier = Dossier::with(&loaded, &selection.force);
    let facts = &loaded.facts;
    let records = if selection.is_all() {
        let in_force = |record: &RecordRef| selection.force.holds(facts, *record);
        RecordSet::of(facts, facts.records().filter(in_force))
    } else {
        let some = selected(&dossier, &selection).into_iter();
        RecordSet::of(facts, some.map(|(record, _)| record))
    };
    let mut write = |dossier: &Dossier<'_>, view: &View<'_>, options: &Options| {
        warnings.extend(exporter.left_out(dossier, view));
        place.write(dossier, view, options)
    };
    let view = View::of(facts, records);
    if args.anonymise {
        let (copy, records) = anonymised(&dossier, &view);
        let dossier = Dossier::with(&copy, &selection.force);
        // What was asked for names records that the copy does not have.
        write(&dossier, &View::of(&copy.facts, records), &options)?;
    } else {
        options.selection = Some(selection);
        write(&dossier, &view, &options)?;
    }
    session::say(&warnings, manner);
    Ok(Exit::Done)
}

/// Where a format is written to: one file, or a folder.
pub(super) enum Place {
    File(WriteStream, Target),
    Folder(&'static dyn Exporter, WriteFolder, FolderTarget),
}

impl Place {
    /// The place that `-o` says; an input is never overwritten, and a folder has no other files.
    pub(super) fn of(
        exporter: &'static dyn Exporter,
        output: Option<&Path>,
        inputs: &[PathBuf],
    ) -> Result<Place, Failure> {
        match exporter.writes() {
            Writes::Stream(write) => Ok(Place::File(write, Target::of(output, inputs)?)),
            Writes::Folder(write) => {
                let path = output
                    .filter(|path| path.as_os_str() != "-")
                    .ok_or_else(|| {
                        let name = exporter.name();
                        Failure::usage(format!("{name} is a folder: say where with -o DIR"))
                    })?;
                let target = FolderTarget::of(path, inputs)?;
                Ok(Place::Folder(exporter, write, target))
            }
        }
    }

    pub(super) fn write(
        &self,
        dossier: &Dossier<'_>,
        view: &View<'_>,
        options: &Options,
    ) -> Result<(), Failure> {
        match self {
            Place::File(write, target) => target.write(|out| write(dossier, view, options, out)),
            Place::Folder(exporter, write, target) => {
                target.write(*exporter, |folder| write(dossier, view, options, folder))
            }
        }
    }
}

fn options(args: &Args, exporter: &dyn Exporter) -> Result<Options, Failure> {
    for (made, choice) in [
        (args.merge_edges, Choice::MergeEdges),
        (args.excel, Choice::Excel),
        (args.diagram.is_some(), Choice::Diagram),
        (args.base.is_some(), Choice::Base),
    ] {
        if made && !exporter.heeds().contains(&choice) {
            return Err(Failure::usage(format!(
                "{} is for {}; {} is the same without it",
                choice.option(),
                choice.heeded_by().join(", "),
                exporter.name()
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
    let names: Vec<&str> = EXPORTERS.iter().map(|exporter| exporter.name()).collect();
    names.join(", ")
}

/// The file that is written, if it is one.
fn file(args: &Args) -> Option<&Path> {
    let output = args.output.as_deref();
    output.filter(|path| path.as_os_str() != "-")
}

/// The format that `--format` names, or the ending of the file.
fn exporter(args: &Args) -> Result<&'static dyn Exporter, Failure> {
    if let Some(name) = &args.format {
        return by_name(name).ok_or_else(|| {
            let name = annals_finding::shown(name);
            Failure::usage(format!("there is no format {name}; there are {}", names()))
        });
    }
    match file(args) {
        Some(path) => by_ending(path).ok_or_else(|| {
            let path = path.display();
            Failure::usage(format!(
                "the ending of {path} says no format; name one with --format: {}",
                names()
            ))
        }),
        None => Err(Failure::usage(format!(
            "say which format: -o FILE with its ending, or --format: {}",
            names()
        ))),
    }
}
