//! `annals draft`.

mod asked;
mod dossier;
mod input;
mod table;
mod write;

use super::args::GlobalArgs;
use super::output::Target;
use super::session;
use super::terminal::Escapes;
use super::{Exit, Failure};
use annals_draft::{Language, Options};
use annals_time::Date;
use asked::Form;
use dossier::Dossier;
use input::Input;
use write::{Drafted, Read};

pub(super) use asked::Args;

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let form = match (args.format, &args.output) {
        (None, None) => Form::Table,
        (Some(form), None) => form,
        (None | Some(Form::Jsonl), Some(_)) => Form::Jsonl,
        (Some(_), Some(_)) => {
            return Err(Failure::usage(
                "with -o, drafts are JSON Lines; leave -f out".to_owned(),
            ));
        }
    };
    let date = args.date.as_deref().map(day).transpose()?;
    let ground = Dossier::open(args, global)?;
    let inputs = input::all(args, &ground)?;
    let mut drafted = Vec::new();
    for input in inputs {
        drafted.push(one(args, &ground, input, date.as_ref())?);
    }
    let drafted: Vec<Drafted<'_>> = drafted.iter().map(Drafted::new).collect();
    match &args.output {
        Some(folder) => write::folder(folder, &drafted)?,
        None => {
            let escapes = match form {
                Form::Table => Escapes::text(false),
                _ => Escapes::Json,
            };
            Target::Stdout.show(escapes, |out| write::all(out, form, &drafted))?;
        }
    }
    session::say(&notes(&drafted, args), global);
    Ok(Exit::Done)
}

/// A date of an article that is one day.
fn day(text: &str) -> Result<Date, Failure> {
    let date = Date::parse(text).map_err(|error| Failure::usage(format!("--date: {error}")))?;
    match (date.first(), date.last()) {
        (Some(first), Some(last)) if first == last => Ok(date),
        _ => Err(Failure::usage(
            "--date must be a day, such as 2023-04-20".to_owned(),
        )),
    }
}

/// Drafts one text.
fn one(args: &Args, ground: &Dossier, input: Input, date: Option<&Date>) -> Result<Read, Failure> {
    let of_record = input
        .source
        .published
        .as_deref()
        .and_then(|written| Date::parse(written).ok());
    let date = date.cloned().or(of_record);
    let article = date
        .as_ref()
        .and_then(|date| date.first().filter(|first| date.last() == Some(*first)));
    let code = args.language.as_ref().or(input.language.as_ref());
    let beside = dossier::of_output(args.output.as_deref(), &input)?;
    let mut actors = ground.actors.clone();
    actors.extend(beside.actors);
    let options = Options {
        language: code.map(|code| Language::of_code(code)),
        article,
        all: args.all,
        events: args.events,
        actors,
    };
    let draft = annals_draft::draft(input.text.as_str(), &options);
    let mut known = ground.known(&input.source.id)?;
    known.extend(beside.known);
    let mut source = input.source.clone();
    source.known |= beside.document;
    source.published = source
        .published
        .or_else(|| date.map(|date| date.written().to_owned()));
    Ok(Read {
        input,
        draft,
        source,
        known,
    })
}

/// What the user should know beside the proposals: a line for each text.
fn notes(drafted: &[Drafted<'_>], args: &Args) -> Vec<String> {
    drafted
        .iter()
        .flat_map(|one| {
            let [claims, actors, events, orders] = one.proposals.counts();
            let of_events = if args.events {
                format!(", {events} events, {orders} orders")
            } else {
                String::new()
            };
            let language = match one.draft.language {
                Language::Other => "an unknown language: direct quotations only".to_owned(),
                language if one.draft.recognised => format!("{}, recognised", language.code()),
                language => language.code().to_owned(),
            };
            let mut line = format!(
                "{}: {claims} claims, {actors} actors{of_events} proposed ({language})",
                one.input.shown,
            );
            if one.proposals.left_out > 0 {
                line.push_str(&format!(
                    "; {} left out: there already, rejected, or not said",
                    one.proposals.left_out
                ));
            }
            if args.date.is_none() && one.input.source.published.is_none() {
                line.push_str("; without --date, days such as \"Friday\" stay undated");
            }
            let of_file = one.input.notes.iter();
            let of_file = of_file.map(|note| format!("{}: {note}", one.input.shown));
            let unwritten = one.input.extracted && args.output.is_none();
            let unwritten = unwritten.then(|| {
                format!(
                    "{}: passages refer to its plain text, which -o FOLDER writes beside the drafts",
                    one.input.shown
                )
            });
            let all = std::iter::once(line).chain(of_file).chain(unwritten);
            all.collect::<Vec<_>>()
        })
        .collect()
}
