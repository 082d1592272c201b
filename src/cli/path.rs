//! `annals path`.

use std::fmt::Write as _;

use super::args::{FactArgs, GlobalArgs, OutputArgs, OutputFormat, SelectionArgs};
use super::completions::names;
use super::output::{self, Target, write_json};
use super::run_notes;
use super::session;
use super::subgraph::{KindArgs, sheet};
use super::table::{Style, plain};
use super::{Exit, Failure};
use annals_store::{Chain, PathRequest, THINGS};

/// The shortest path of dated edges from one thing to another
///
/// Edges are followed in both directions. Of several paths with the fewest edges, the one with the
/// earliest edges is shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals path Putin Stoltenberg data
  annals path Putin Stoltenberg data --in-time
  annals path Bogdan NATO data --nodes actor --surely")]
pub(super) struct Args {
    /// The start: an id, a name or an alias
    #[arg(value_name = "A", add = names(THINGS))]
    a: String,
    /// The end
    #[arg(value_name = "B", add = names(THINGS))]
    b: String,
    #[command(flatten)]
    facts: FactArgs,
    /// No edge may be earlier than the one before it (with --surely: certainly not earlier)
    #[arg(long)]
    in_time: bool,
    #[command(flatten)]
    kinds: KindArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let store = session::open(&args.facts)?;
    let request = PathRequest {
        ends: [args.a.clone(), args.b.clone()],
        query: args.selection.query(&store)?,
        in_time: args.in_time,
        kinds: args.kinds.kinds(),
    };
    let path = session::ask(&store, global, |store| store.path(&request))?;
    let notes = session::notes(&path.notes, args.output.strict)?;
    let target = Target::new(
        args.output.output.as_deref(),
        &session::inputs(&args.facts, &path.files),
    )?;
    let form = output::form(&args.output)?;
    let styled = matches!(target, Target::Stdout) && output::colour(global);
    let chain = path.data.as_ref();
    run_notes::answered(|| chain);
    let edges = chain.map_or(&[][..], |chain| &chain.rows);
    output::show(&target, form, styled, |out| match form {
        OutputFormat::Table => out.write_all(draw(chain, Style { colour: styled }).as_bytes()),
        OutputFormat::Json => write_json(out, "annals.path/1", chain, &notes),
        OutputFormat::Jsonl => {
            output::write_jsonl(out, chain.map_or(&[][..], |chain| &chain.edges))
        }
        OutputFormat::Csv => sheet(edges).csv(out, b','),
        OutputFormat::Tsv => sheet(edges).csv(out, b'\t'),
        OutputFormat::Md => sheet(edges).markdown(out),
    })?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

fn draw(chain: Option<&Chain>, style: Style) -> String {
    let Some(chain) = chain else {
        return "No path leads from one to the other.\n".to_owned();
    };
    let mut out = String::new();
    for (nth, node) in chain.nodes.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            " {} {}",
            style.bold(&plain(&node.node.name)),
            style.dim(node.kind)
        );
        let (Some(edge), Some(&forward)) = (chain.rows.get(nth), chain.forward.get(nth)) else {
            continue;
        };
        let word = edge.kind.replace('_', " ");
        let arrow = if forward {
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
        out.push_str(" possibly: the dates allow it, but do not prove it\n");
    }
    out
}
