//! `annals export`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::args::{FactArgs, Manner, SelectionArgs, words};
use super::output::Target;
use super::session::{self, Opened};
use super::{Exit, Failure};
use crate::export::anonymise::anonymised;
use crate::export::{Diagram, EXPORTERS, Exporter, Options, base_iri, by_ending, by_name};
use crate::graph::Graph;
use crate::query::Dossier;
use crate::query::timeline::selected;

/// The graph, whole or in part, for other programs
///
/// With a selection: the claims, events, relations and documents that are selected, and what they
/// are tied to.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals export data -o graph.dot
  annals export data --by Zelensky --format json
  annals export data --from 2023-04 --until 2023-07 -o spring.json
  annals export data --about NATO -o nato.yaml
  annals export data --anonymise -o structure.html")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    #[arg(short, long, value_name = "NAME", help = formats(), help_heading = "Output")]
    format: Option<String>,
    /// Write to a file, in the format that its ending says
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
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

/// The help of `--format`.
fn formats() -> String {
    let names: Vec<&str> = EXPORTERS.iter().map(|one| one.name()).collect();
    format!("The format of the file ({})", names.join(", "))
}

pub(super) fn run(args: &Args, manner: Manner) -> Result<Exit, Failure> {
    let exporter = exporter(args)?;
    let Opened { loaded, config } = session::open(&args.facts, manner)?;
    let target = Target::of(
        args.output.as_deref(),
        &session::inputs(&args.facts, &loaded),
    )?;
    let selection = args.selection.asked(&config)?.resolve(&loaded.facts)?;
    let mut warnings = session::warnings(&loaded, &config, Some(&selection.force), args.strict)?;
    let dossier = Dossier::with(&loaded, &selection.force);
    let facts = &loaded.facts;
    let records: BTreeSet<_> = if selection.is_all() {
        let in_force = |record: &_| selection.force.holds(facts, *record);
        facts.records().filter(in_force).collect()
    } else {
        let selected = selected(&dossier, &selection).into_iter();
        selected.map(|(record, _)| record).collect()
    };
    let graph = Graph::of(facts, &records);
    let options = Options {
        selected: Some(records),
        file: args.output.clone().filter(|path| path.as_os_str() != "-"),
        policy: config.policy.clone(),
        diagram: args.diagram.unwrap_or_default(),
        base: args.base.clone(),
        ..Options::default()
    };
    let mut write = |dossier: &Dossier<'_>, graph: &Graph, options: &Options| {
        warnings.extend(exporter.left_out(dossier, graph, options));
        target.write(|out| exporter.write(dossier, graph, options, out))
    };
    if args.anonymise {
        let (loaded, records) = anonymised(&dossier, &graph, &options);
        let graph = Graph::of(&loaded.facts, &records);
        let selected = Some(records);
        let options = Options {
            selected,
            ..options
        };
        write(&Dossier::with(&loaded, &selection.force), &graph, &options)?;
    } else {
        write(&dossier, &graph, &options)?;
    }
    session::say(&warnings, manner);
    Ok(Exit::Done)
}

/// The format that `--format` names, or the ending of the file.
fn exporter(args: &Args) -> Result<&'static dyn Exporter, Failure> {
    let names = || {
        EXPORTERS
            .iter()
            .map(|exporter| exporter.name())
            .collect::<Vec<_>>()
            .join(", ")
    };
    if let Some(name) = &args.format {
        return by_name(name).ok_or_else(|| {
            let name = crate::finding::shown(name);
            Failure::usage(format!("there is no format {name}; there are {}", names()))
        });
    }
    let file = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-");
    match file {
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
