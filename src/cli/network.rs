//! `annals network`.

mod asked;
mod table;
mod written;

use std::io;

use super::args::{FactArgs, GlobalArgs, SelectionArgs};
use super::output::{Target, colour, show, width};
use super::pretty_json;
use super::session;
use super::table::Style;
use super::{Exit, Failure};
pub(super) use asked::AskedArgs;
use asked::{Form, ScaleWord, Written};
use written::Writer;

use annals_ordered_parallel as ordered_parallel;
use annals_store::rows::{Envelope, WhyEdge};
use annals_store::{Query, Store};

/// Who agrees with whom, by what they say about the same things
///
/// Actors are linked by things toward which they take the same stance (or, with --measure, opposite
/// ones, or any). Weights are those of Discourse Network Analyzer; where dates or relations are uncertain,
/// a weight is the least and the most that it can be. --why shows every statement behind one.
///
/// Only congruence divided by jaccard, and the like, stays within 0 and 1. By default a weight is divided
/// by the mean number of statements of both actors; who often says the same thing weighs more than 1.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals network data
  annals network data --into organization --over topics --every month -f csv
  annals network data --measure subtract --window days:30 -o network.gexf
  annals network data --measure affiliation --sign kinds -f json
  annals network data --why \"Jens Stoltenberg\" \"Vladimir Putin\"

Files: .json .jsonl .csv .txt, .graphml and .gexf (Gephi, igraph, NetworkX), .net (Pajek), .dot, .cyjs.
`annals draw network` draws it.")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    asked: AskedArgs,
    /// Whether neutral and mixed are a level between for and against
    #[arg(
        long,
        value_name = "LEVELS",
        default_value = "two",
        help_heading = "Network"
    )]
    scale: ScaleWord,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    written: Written,
}

impl Args {
    /// What is asked, for a program that answers it otherwise.
    ///
    /// # Errors
    /// If options do not go together.
    pub(super) fn question(
        &self,
        store: &Store,
    ) -> Result<(Query, Option<annals_serve::AskedNetwork>), Failure> {
        let why = self.asked.why();
        let asked = annals_serve::AskedNetwork {
            asked: self.asked.asked(&self.selection, self.scale.value())?,
            filter: self.asked.filter(&self.selection)?,
            why: why.map(|ends| ends.map(str::to_owned)),
        };
        Ok((self.asked.query(&self.selection, store)?, Some(asked)))
    }
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let form = args.written.form()?;
    let asked = args.asked.asked(&args.selection, args.scale.value())?;
    let filter = args.asked.filter(&args.selection)?;
    let store = session::open(&args.facts)?;
    let query = args.asked.query(&args.selection, &store)?;
    if let Some([a, b]) = args.asked.why() {
        return why(
            args,
            global,
            form,
            |store| store.why_network(&query, &asked, [a, b]),
            &store,
        );
    }
    let network = session::ask(&store, global, |store| {
        store.network(&query, &asked, filter)
    })?;
    let mut notes = session::notes(&network.notes, args.written.strict)?;
    let inputs = session::inputs(&args.facts, &network.files);
    let target = Target::new(args.written.output.as_deref(), &inputs)?;
    let styled = matches!(target, Target::Stdout) && colour(global);
    let writer = Writer::new(&network.data, &notes);
    let said = writer.write(&target, form, (width(), Style { colour: styled }))?;
    notes.extend(said);
    session::say(&notes, global);
    Ok(Exit::Done)
}

fn why(
    args: &Args,
    global: GlobalArgs,
    form: Form,
    ask: impl FnOnce(
        &annals_store::Store,
    ) -> Result<
        annals_store::Answer<annals_store::rows::WhyEdge>,
        annals_store::StoreError,
    >,
    store: &annals_store::Store,
) -> Result<Exit, Failure> {
    let Some(plain) = form.plain() else {
        return Err(Failure::usage(
            "--why is a list of statements: it is written as table or json".to_owned(),
        ));
    };
    let why = session::ask_and_keep(store, global, ask)?;
    let notes = session::notes(&why.notes, args.written.strict)?;
    let inputs = session::inputs(&args.facts, &why.files);
    let target = Target::new(args.written.output.as_deref(), &inputs)?;
    let styled = matches!(target, Target::Stdout) && colour(global);
    super::run_notes::answered(|| &why.data.things);
    if matches!(form, Form::Json) {
        target.write(|out| write_why(out, &why.data, &notes))?;
        session::say(&notes, global);
        return Ok(Exit::Done);
    }
    show(&target, plain, styled, |out| match form {
        Form::Jsonl => {
            serde_json::to_writer(&mut *out, &why.data)?;
            out.write_all(b"\n")
        }
        _ => out.write_all(table::why(&why.data, width(), Style { colour: styled }).as_bytes()),
    })?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

/// Writes what a weight is made of as JSON, in which nothing steers a terminal. There can be tens of thousands of
/// statements: several threads write those of some things each.
fn write_why(out: &mut dyn io::Write, why: &WhyEdge, notes: &[String]) -> io::Result<()> {
    let things = ordered_parallel::map_pieces(&why.things, |things| {
        // Within the envelope, its data and the list.
        pretty_json::Written::values(3, things)
    });
    let things = things.into_iter().collect::<io::Result<Vec<_>>>()?;
    let envelope = Envelope {
        schema: "annals.network-why/1",
        data: why.with_things(things),
        warnings: notes,
    };
    pretty_json::write(out, &envelope)?;
    out.write_all(b"\n")
}
