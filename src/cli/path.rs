//! `annals path`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use super::args::{FactArgs, GlobalArgs, OutputArgs, OutputFormat, SelectionArgs};
use super::completions::names;
use super::output::{self, Target, write_json};
use super::session::{self, Opened};
use super::subgraph::{KindArgs, sheet};
use super::table::{Style, plain};
use super::{Exit, Failure};
use annals_config::Config;
use annals_export::json;
use annals_model::{NodeRef, Vocabulary};
use annals_query::path::{Chain, InTime, path};
use annals_query::selection::THINGS;
use annals_query::show::{EdgeRow, edge_row};
use annals_query::subgraph::walked;
use annals_query::{Dossier, Query, Ref, look_up};

/// The shortest chain of dated edges from one thing to another
///
/// Edges are walked either way. Of several chains with the fewest edges, the one with the earliest
/// is shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals path Putin Stoltenberg data
  annals path Putin Stoltenberg data --in-time
  annals path Bogdan NATO data --nodes actor --surely")]
pub(super) struct Args {
    /// From what: an id, a name or an alias
    #[arg(value_name = "A", add = names(THINGS))]
    a: String,
    /// To what
    #[arg(value_name = "B", add = names(THINGS))]
    b: String,
    #[command(flatten)]
    facts: FactArgs,
    /// No edge earlier than the one before it (with --surely: it cannot be otherwise)
    #[arg(long)]
    in_time: bool,
    #[command(flatten)]
    kinds: KindArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// A chain as data.
#[derive(Serialize)]
struct PathData {
    nodes: Vec<PathNode>,
    edges: Vec<Value>,
    certain: bool,
}

/// A node of a chain.
#[derive(Serialize)]
struct PathNode {
    #[serde(flatten)]
    node: Ref,
    kind: &'static str,
}

impl PathData {
    fn of(dossier: &Dossier<'_>, chain: &Chain) -> Self {
        let node = |node: &NodeRef| PathNode {
            node: Ref::of(dossier.facts(), *node),
            kind: node.kind().word(),
        };
        PathData {
            nodes: chain.nodes.iter().map(node).collect(),
            edges: chain
                .edges
                .iter()
                .map(|edge| json::edge(dossier, edge))
                .collect(),
            certain: chain.certain,
        }
    }
}

pub(super) fn run(args: &Args, manner: GlobalArgs) -> Result<Exit, Failure> {
    let asked = |config: &Config| args.selection.asked(config);
    if args.kinds.names_edges() {
        // Whether there are such edges at all is not seen in a part.
        let (opened, asked) = session::open_all(&args.facts, asked, manner)?;
        return Ok(tell(args, manner, &opened, &asked, None)?.unwrap_or(Exit::Done));
    }
    let ends = [args.a.as_str(), args.b.as_str()];
    let (question, long) = session::open_between(&args.facts, asked, ends, manner)?;
    if let Some(exit) = tell(args, manner, &question.0, &question.1, long)? {
        return Ok(exit);
    }
    let (opened, asked) = session::open_all(&args.facts, asked, manner)?;
    Ok(tell(args, manner, &opened, &asked, None)?.unwrap_or(Exit::Done))
}

/// Looks for the chain and tells it; not so, where it must have so many edges and none has.
fn tell(
    args: &Args,
    manner: GlobalArgs,
    Opened { loaded, config }: &Opened,
    asked: &Query,
    long: Option<usize>,
) -> Result<Option<Exit>, Failure> {
    let facts = &loaded.facts;
    let in_time = match (args.in_time, asked.surely) {
        (false, _) => InTime::Ignored,
        (true, false) => InTime::Possibly,
        (true, true) => InTime::Surely,
    };
    let selection = asked.resolve(facts)?;
    let kinds = args.kinds.kinds();
    kinds.check(facts)?;
    let end = |word: &String| -> Result<NodeRef, Failure> {
        let found = look_up(facts, word, THINGS)?;
        // Of the kinds that are looked among, each is a node.
        found
            .node()
            .ok_or_else(|| Failure::usage(format!("{word} is no node of the graph")))
    };
    let ends = [end(&args.a)?, end(&args.b)?];
    let warnings = session::warnings(loaded, config, Some(&selection.force), args.output.strict)?;
    let target = Target::of(
        args.output.output.as_deref(),
        &session::inputs(&args.facts, loaded),
    )?;
    let form = output::form(&args.output)?;
    let dossier = Dossier::with(loaded, &selection.force);
    let graph = walked(&dossier, &selection, &kinds, &BTreeSet::from(ends));
    let chain = path(&dossier, &selection, &graph, ends, in_time);
    if long.is_some_and(|long| chain.as_ref().is_none_or(|chain| chain.edges.len() != long)) {
        return Ok(None);
    }
    let edges: Vec<EdgeRow> = (chain.iter().flat_map(|chain| &chain.edges))
        .map(|edge| edge_row(&dossier, edge))
        .collect();
    let styled = matches!(target, Target::Stdout) && output::colour(manner);
    target.write(|out| match form {
        OutputFormat::Table => out
            .write_all(draw(&dossier, chain.as_ref(), &edges, Style { colour: styled }).as_bytes()),
        OutputFormat::Json => {
            let data = chain.as_ref().map(|chain| PathData::of(&dossier, chain));
            write_json(out, "annals.path/1", data, &warnings)
        }
        OutputFormat::Jsonl => {
            let rows = chain.iter().flat_map(|chain| &chain.edges);
            let rows: Vec<Value> = rows.map(|edge| json::edge(&dossier, edge)).collect();
            output::write_jsonl(out, &rows)
        }
        OutputFormat::Csv => sheet(&edges).csv(out, b','),
        OutputFormat::Tsv => sheet(&edges).csv(out, b'\t'),
        OutputFormat::Md => sheet(&edges).markdown(out),
    })?;
    session::say(&warnings, manner);
    Ok(Some(Exit::Done))
}

fn draw(dossier: &Dossier<'_>, chain: Option<&Chain>, edges: &[EdgeRow], style: Style) -> String {
    let Some(chain) = chain else {
        return "No chain of edges leads from one to the other.\n".to_owned();
    };
    let facts = dossier.facts();
    let mut out = String::new();
    for (nth, node) in chain.nodes.iter().enumerate() {
        let kind = node.kind().word();
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            " {} {}",
            style.bold(&plain(facts.label(*node))),
            style.dim(kind)
        );
        let Some(edge) = edges.get(nth) else { continue };
        let forth = chain.edges[nth].source == *node;
        let word = edge.kind.replace('_', " ");
        let arrow = if forth {
            format!("─ {word} →")
        } else {
            format!("← {word} ─")
        };
        let mut tail = String::new();
        if let Some(stance) = edge.stance {
            let _ = write!(tail, ", {stance}");
        }
        if let Some(role) = &edge.role {
            let _ = write!(tail, ", as {}", plain(role));
        }
        if let Some(when) = &edge.when {
            let _ = write!(tail, ", {}", when.dated());
        }
        let _ = writeln!(
            out,
            "   {arrow}{tail}  {}",
            style.dim(&plain(&edge.facts.join(", ")))
        );
    }
    if !chain.certain {
        out.push_str(" possibly: the dates allow it, and do not make it sure\n");
    }
    out
}
