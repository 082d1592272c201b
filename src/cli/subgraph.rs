//! `annals subgraph`.

use std::path::{Path, PathBuf};

use clap::builder::TypedValueParser as _;

use super::args::{FactArgs, GlobalArgs, OutputFormat, SelectionArgs};
use super::completions::names;
use super::output::{self, Sheet, Target};
use super::run_notes;
use super::session;
use super::table::{self, Style, plain};
use super::{Exit, Failure, export};
use annals_export::{EXPORTERS, Exporter, Options, by_extension, by_name};
use annals_model::{RecordKind, Vocabulary};
use annals_store::rows::EdgeRow;
use annals_store::{AroundRequest, Kinds, Subgraph, THINGS};

/// The typed graph around some things, or of selected claims
///
/// Around things: all nodes within --hops edges of them, in either direction, and all edges between
/// these nodes. Claims are limited to the selected ones, events and relations to those that can lie
/// in the window.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals subgraph data --around Stoltenberg
  annals subgraph data --around NATO --hops 2 --nodes actor --nodes claim -o nato.dot
  annals subgraph data --about NATO --from 2023-04 -f json")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    /// A thing to start from: an id, a name or an alias (repeatable)
    #[arg(long, value_name = "THING", add = names(THINGS))]
    around: Vec<String>,
    /// Include nodes up to N edges away
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    hops: usize,
    #[command(flatten)]
    kinds: KindArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// The format of the answer: table, json, jsonl, csv, tsv, md, or a format of `annals export`
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<String>,
    /// Write to a file; its extension gives the format
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Exit with 1 and no answer if `annals check` would show errors or warnings
    #[arg(long, help_heading = "Facts")]
    strict: bool,
}

/// Which kinds of nodes and edges are walked.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct KindArgs {
    /// Only nodes of this kind (repeatable)
    #[arg(long, value_name = "KIND", value_parser = node_kind())]
    nodes: Vec<RecordKind>,
    /// Only edges of this kind, or relations of this kind (repeatable)
    #[arg(long, value_name = "KIND")]
    edges: Vec<String>,
}

impl KindArgs {
    pub(super) fn kinds(&self) -> Kinds {
        Kinds {
            nodes: self.nodes.clone(),
            edges: self.edges.clone(),
        }
    }
}

fn node_kind() -> impl clap::builder::TypedValueParser<Value = RecordKind> {
    let nodes = THINGS.iter().map(|kind| kind.word());
    clap::builder::PossibleValuesParser::new(nodes).try_map(|word| {
        RecordKind::parse(&word).ok_or_else(|| format!("{word} is not a kind of node"))
    })
}

/// A table or sheet of the edges, or the graph as a file of some format.
#[derive(Clone, Copy)]
enum Written {
    Edges(OutputFormat),
    Graph(&'static Exporter),
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let written = written(args)?;
    let store = session::open(&args.facts)?;
    let request = AroundRequest {
        query: args.selection.query(&store)?,
        centres: args.around.clone(),
        hops: args.hops,
        kinds: args.kinds.kinds(),
    };
    let graph = session::ask(&store, global, |store| store.subgraph(&request))?;
    run_notes::answered(|| graph.edges());
    let inputs = session::inputs(&args.facts, &graph.files);
    let place = Place::new(written, args.output.as_deref(), &inputs)?;
    let mut notes = session::notes(&graph.notes, args.strict)?;
    match place {
        Place::Graph(exporter, place) => {
            let options = Options {
                file: args.output.clone().filter(|path| path.as_os_str() != "-"),
                ..Options::default()
            };
            let export = graph.export(exporter, options);
            notes.extend(export.left_out());
            place.write(&export)?;
        }
        Place::Edges(form, target) => write_edges(&graph, form, &target, global)?,
    }
    session::say(&notes, global);
    Ok(Exit::Done)
}

/// Where the answer goes.
enum Place {
    Edges(OutputFormat, Target),
    Graph(&'static Exporter, export::Place),
}

impl Place {
    fn new(written: Written, output: Option<&Path>, inputs: &[PathBuf]) -> Result<Place, Failure> {
        Ok(match written {
            Written::Edges(form) => Place::Edges(form, Target::new(output, inputs)?),
            Written::Graph(format) => {
                Place::Graph(format, export::Place::new(format, output, inputs)?)
            }
        })
    }
}

fn write_edges(
    graph: &Subgraph,
    form: OutputFormat,
    target: &Target,
    global: GlobalArgs,
) -> Result<(), Failure> {
    let rows = graph.edges();
    let styled = matches!(target, Target::Stdout) && output::colour(global);
    output::show(target, form, styled, |out| match form {
        OutputFormat::Csv => sheet(&rows).csv(out, b','),
        OutputFormat::Tsv => sheet(&rows).csv(out, b'\t'),
        OutputFormat::Md => sheet(&rows).markdown(out),
        OutputFormat::Jsonl => output::write_jsonl(out, &rows),
        OutputFormat::Table | OutputFormat::Json => {
            let nodes = graph.nodes();
            let drawn = draw(&rows, nodes, output::width(), Style { colour: styled });
            out.write_all(drawn.as_bytes())
        }
    })
}

fn written(args: &Args) -> Result<Written, Failure> {
    let file = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-");
    let known = || {
        let sheets = ["table", "jsonl", "csv", "tsv", "md"];
        let formats = EXPORTERS.iter().map(|exporter| exporter.name);
        let others = formats.filter(|name| !sheets.contains(name));
        let all: Vec<&str> = sheets.into_iter().chain(others).collect();
        all.join(", ")
    };
    if let Some(name) = &args.format {
        // A sheet contains the edges; the graph in JSON is more than its edges.
        let form = <OutputFormat as clap::ValueEnum>::from_str(name, true);
        if let Some(form) = form.ok().filter(|form| *form != OutputFormat::Json) {
            return Ok(Written::Edges(form));
        }
        return by_name(name).map(Written::Graph).ok_or_else(|| {
            let name = annals_finding::shown(name);
            Failure::usage(format!("there is no format {name}; there are {}", known()))
        });
    }
    let Some(path) = file else {
        return Ok(Written::Edges(OutputFormat::Table));
    };
    // JSON is the graph; JSON Lines, sheets and Markdown contain its edges, row by row.
    let rows = OutputFormat::of_ending(path).filter(|form| *form != OutputFormat::Json);
    let graph = || by_extension(path).map(Written::Graph);
    rows.map(Written::Edges).or_else(graph).ok_or_else(|| {
        let path = annals_finding::shown_path(path);
        Failure::usage(format!(
            "no format matches the extension of {path}; give one with --format: {}",
            known()
        ))
    })
}

fn draw(rows: &[EdgeRow], nodes: usize, width: usize, style: Style) -> String {
    let mut table = table::table(&["From", "", "To", "When", "Fact"], width, style.colour);
    for row in rows {
        let mut kind = row.kind.replace('_', " ");
        if let Some(stance) = row.stance {
            kind.push_str(&format!("\n{stance}"));
        }
        if let Some(role) = &row.role {
            kind.push_str(&format!("\nas {}", plain(role)));
        }
        let when = row.when.as_ref().map(annals_time::Date::dated);
        table.add_row([
            plain(&row.source.name),
            style.dim(&kind),
            plain(&row.target.name),
            when.unwrap_or_default(),
            style.dim(&plain(&row.facts.join(", "))),
        ]);
    }
    let widths = [(12, 40), (8, 16), (12, 40), (9, 16), (8, 24)];
    for (column, (least, most)) in widths.into_iter().enumerate() {
        table::constrain(&mut table, column, least, most);
    }
    let edges = if rows.len() == 1 {
        "1 edge".to_owned()
    } else {
        format!("{} edges", rows.len())
    };
    let nodes = if nodes == 1 {
        "1 node".to_owned()
    } else {
        format!("{nodes} nodes")
    };
    let drawn = if rows.is_empty() {
        String::new()
    } else {
        table::print(&table)
    };
    format!("{drawn} {nodes}, {edges}\n")
}

/// The edges as a sheet.
pub(super) fn sheet(rows: &[EdgeRow]) -> Sheet<'_> {
    let columns = vec![
        "source",
        "source_name",
        "kind",
        "target",
        "target_name",
        "when",
        "when_first",
        "when_last",
        "when_precision",
        "stance",
        "role",
        "facts",
    ];
    let rows = rows.iter().map(|row| {
        let mut cells = vec![
            row.source.id.clone(),
            row.source.name.clone(),
            row.kind.clone(),
            row.target.id.clone(),
            row.target.name.clone(),
        ];
        cells.extend(table::date_cells(row.when.as_ref()));
        cells.extend([
            row.stance.unwrap_or_default().to_owned(),
            row.role.clone().unwrap_or_default(),
            row.facts.join("; "),
        ]);
        cells
    });
    Sheet {
        columns,
        rows: Box::new(rows),
    }
}
