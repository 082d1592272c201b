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
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::sync::{LazyLock, Mutex, PoisonError};

use clap::{ArgMatches, Args as _, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

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

/// Declares the commands, each with the module that has its arguments and runs it.
macro_rules! commands {
    ($($command:ident $module:ident,)*) => {
        // What each does is said at its arguments.
        #[derive(Debug, Subcommand)]
        #[expect(clippy::large_enum_variant, reason = "a run makes one of them")]
        enum Command {
            $($command($module::Args),)*
        }

        /// Runs a command.
        fn dispatch(command: Command, global: GlobalArgs) -> Result<Exit, Failure> {
            match command {
                $(Command::$command(args) => $module::run(&args, global),)*
            }
        }

        /// Adds the arguments of the command of this name.
        fn with_arguments(name: &str) -> Option<clap::Command> {
            let command = clap::Command::new(name.to_owned());
            match name {
                $(stringify!($module) => Some($module::Args::augment_args(command)),)*
                _ => None,
            }
        }
    };
}

commands! {
    Check check,
    Explain explain,
    Overview overview,
    Said said,
    Find find,
    Timeline timeline,
    Positions positions,
    Count count,
    Network network,
    Contradictions contradictions,
    Changes changes,
    Promises promises,
    Voices voices,
    Show show,
    Dates dates,
    Order order,
    Agree agree,
    Subgraph subgraph,
    Sql sql,
    Path path,
    Brief brief,
    Verify verify,
    Serve serve,
    Add add,
    Retract retract,
    Export export,
    Import import,
    Draft draft,
    Draw draw,
    Build build,
    Init init,
    Schema schema,
    Completions completions,
}

/// The whole command line, with all commands.
static WHOLE: LazyLock<clap::Command> = LazyLock::new(Cli::command);

/// Reads a command line; the first word is the program's name.
///
/// # Errors
/// Wrong usage, help and version, as clap words them.
fn read(words: &[OsString]) -> Result<Cli, clap::Error> {
    let read = Cli::from_arg_matches(&matches(words)?);
    read.map_err(|error| error.format(&mut WHOLE.clone()))
}

/// What a command line says; the first word is the program's name.
///
/// # Errors
/// As for [`read`].
fn matches(words: &[OsString]) -> Result<ArgMatches, clap::Error> {
    // To describe all commands to clap takes longer than most of what they are asked. Whatever the one that
    // is named does not understand by itself is read, and answered, by the whole.
    let mut words_after = words.iter().skip(1).filter_map(|word| word.to_str());
    let name = words_after.find(|word| !word.starts_with('-'));
    let one = name.and_then(alone);
    let read = one.and_then(|one| one.try_get_matches_from(words).ok());
    match read {
        Some(matches) => Ok(matches),
        None => WHOLE.clone().try_get_matches_from(words),
    }
}

/// The program with one command alone.
fn alone(name: &str) -> Option<clap::Command> {
    static KNOWN: Mutex<BTreeMap<String, clap::Command>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(program) = known.get(name) {
        return Some(program.clone());
    }
    let program = GlobalArgs::augment_args(clap::Command::new("annals"));
    let program = program.subcommand(with_arguments(name)?);
    known.insert(name.to_owned(), program.clone());
    Some(program)
}

/// The program's commands and options, for whoever draws something from them.
pub fn command() -> clap::Command {
    WHOLE.clone()
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
    let cli = match read(&arguments) {
        Ok(cli) => cli,
        Err(mut error) => {
            synonyms::advise(&mut error, &self::command(), &words);
            return not_parsed(&error, &arguments);
        }
    };
    let Some(command) = cli.command else {
        print(&self::command().render_help().to_string(), false);
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
