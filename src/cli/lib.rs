//! The command line: one file per command. Parses arguments, calls the store, prints a table or
//! JSON; contains no logic.

mod add;
mod agree;
mod args;
mod brief;
mod build;
mod changed;
mod changes;
mod check;
mod completions;
mod contradictions;
mod count;
mod dates;
mod draft;
mod draw;
pub mod embedded;
mod exit;
mod explain;
mod export;
mod find;
mod fix;
mod folder;
mod hosted;
mod import;
mod init;
mod interrupt;
mod multi_file;
mod network;
pub mod on_engine;
mod order;
mod output;
mod overview;
mod path;
mod positions;
mod pretty_json;
mod promises;
mod receipt;
mod retract;
mod run_notes;
mod said;
mod schema;
mod serve;
mod session;
mod show;
mod sql;
mod subgraph;
mod synonyms;
mod table;
mod terminal;
mod timeline;
mod underline;
mod unified_diff;
mod verify;
mod voices;

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _};

use clap::{CommandFactory, Parser, Subcommand};

pub use exit::Exit;
pub use synonyms::options as option_synonyms;

use args::GlobalArgs;
use exit::Failure;

/// An event timeline knowledge graph: who said what about whom, and when
#[derive(Debug, Parser)]
#[command(
    name = "annals",
    version,
    about,
    max_term_width = 100,
    subcommand_required = false,
    after_help = BEGIN
)]
struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

const BEGIN: &str = "Getting started:
  annals overview data                what is in a folder of facts
  annals said data                    who said what about whom, and when
  annals said data --by Zelensky      what one person said
  annals timeline data --from 2023    what happened and what was said
  annals show data ID                 everything about one record
  annals check data                   what is wrong with the facts";

// What each does is said at its arguments.
#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "a run makes one of them")]
enum Command {
    Check(check::Args),
    Explain(explain::Args),
    Overview(overview::Args),
    Said(said::Args),
    Find(find::Args),
    Timeline(timeline::Args),
    Positions(positions::Args),
    Count(count::Args),
    Network(network::Args),
    Contradictions(contradictions::Args),
    Changes(changes::Args),
    Promises(promises::Args),
    Voices(voices::Args),
    Show(show::Args),
    Dates(dates::Args),
    Order(order::Args),
    Agree(agree::Args),
    Subgraph(subgraph::Args),
    Sql(sql::Args),
    Path(path::Args),
    Brief(brief::Args),
    Verify(verify::Args),
    Serve(serve::Args),
    Add(add::Args),
    Retract(retract::Args),
    Export(export::Args),
    Import(import::Args),
    Draft(draft::Args),
    Draw(draw::Args),
    Build(build::Args),
    Init(init::Args),
    Schema(schema::Args),
    Completions(completions::Args),
}

/// The program's commands and options, for whoever draws something from them.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program with these arguments; the first is its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if completions::answered(&arguments, command) {
        return Exit::Done;
    }
    annals_files::remember_what_is_read();
    let words = arguments.iter().map(|one| one.to_string_lossy());
    let words: Vec<String> = words.map(Cow::into_owned).collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(mut error) => {
            synonyms::advise(&mut error, &self::command(), &words);
            return not_parsed(&error, &arguments);
        }
    };
    let Some(command) = cli.command else {
        print(&Cli::command().render_help().to_string(), false);
        return Exit::Done;
    };
    let global = cli.global;
    run_notes::begin(&arguments, self::command);
    let ended = dispatch(command, global);
    let ended = ended.and_then(|exit| {
        receipt::write()?;
        Ok(exit)
    });
    match ended {
        Ok(exit) => exit,
        Err(failure) => {
            if let Some(message) = failure.message {
                terminal::say(&format!("annals: {message}"), false);
            }
            failure.exit
        }
    }
}

/// Runs a command.
fn dispatch(command: Command, global: GlobalArgs) -> Result<Exit, Failure> {
    match command {
        Command::Check(args) => check::run(&args, global),
        Command::Explain(args) => explain::run(&args, global),
        Command::Overview(args) => overview::run(&args, global),
        Command::Said(args) => said::run(&args, global),
        Command::Find(args) => find::run(&args, global),
        Command::Timeline(args) => timeline::run(&args, global),
        Command::Positions(args) => positions::run(&args, global),
        Command::Count(args) => count::run(&args, global),
        Command::Network(args) => network::run(&args, global),
        Command::Contradictions(args) => contradictions::run(&args, global),
        Command::Changes(args) => changes::run(&args, global),
        Command::Promises(args) => promises::run(&args, global),
        Command::Voices(args) => voices::run(&args, global),
        Command::Show(args) => show::run(&args, global),
        Command::Dates(args) => dates::run(&args, global),
        Command::Order(args) => order::run(&args, global),
        Command::Agree(args) => agree::run(&args, global),
        Command::Sql(args) => sql::run(&args, global),
        Command::Subgraph(args) => subgraph::run(&args, global),
        Command::Path(args) => path::run(&args, global),
        Command::Brief(args) => brief::run(&args, global),
        Command::Verify(args) => verify::run(&args, global),
        Command::Serve(args) => serve::run(&args, global),
        Command::Add(args) => add::run(&args, global),
        Command::Retract(args) => retract::run(&args, global),
        Command::Export(args) => export::run(&args, global),
        Command::Import(args) => import::run(&args, global),
        Command::Draft(args) => draft::run(&args, global),
        Command::Draw(args) => draw::run(&args, global),
        Command::Build(args) => build::run(&args, global),
        Command::Init(args) => init::run(&args, global),
        Command::Schema(args) => schema::run(&args, global),
        Command::Completions(args) => completions::run(&args, global),
    }
}

/// Help, version and wrong usage, which clap words.
fn not_parsed(error: &clap::Error, arguments: &[OsString]) -> Exit {
    let hidden = |argument: &OsString| {
        let shown = argument.to_string_lossy();
        shown.chars().any(annals_finding::is_hidden)
    };
    // An argument could bring colours of its own.
    let coloured = !arguments.iter().any(hidden);
    let words = error.render();
    let words = |terminal: bool| {
        let coloured = coloured && terminal && output::is_colour_wanted();
        let words = if coloured {
            words.ansi().to_string()
        } else {
            words.to_string()
        };
        (words, coloured)
    };
    if error.use_stderr() {
        let (words, coloured) = words(io::stderr().is_terminal());
        terminal::say(words.trim_end_matches('\n'), coloured);
        return Exit::Usage;
    }
    let (words, coloured) = words(io::stdout().is_terminal());
    print(words.trim_end_matches('\n'), coloured);
    Exit::Done
}

/// Wrong usage as clap words it, without how the command is called.
fn usage_words(error: &clap::Error) -> String {
    let words = error.render().to_string();
    let words = words.split("\n\nUsage:").next().unwrap_or_default();
    let words = words
        .split("\n\nFor more information")
        .next()
        .unwrap_or_default();
    words.trim().trim_start_matches("error: ").to_owned()
}

/// Prints a text on standard output; whoever has closed it has seen enough.
fn print(words: &str, coloured: bool) {
    let escapes = terminal::Escapes::text(coloured);
    let _ = output::Target::Stdout.show(escapes, |out| writeln!(out, "{words}"));
}
