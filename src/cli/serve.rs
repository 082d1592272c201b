//! `annals serve`: the explorer.

use std::ffi::OsString;
use std::io::{self, BufRead as _, IsTerminal as _, Write};
use std::net::IpAddr;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};

use clap::FromArgMatches as _;

use super::args::{FactArgs, GlobalArgs, SelectionArgs};
use super::exit::Failure;
use super::subgraph::KindArgs;
use super::{Exit, WHOLE, dispatch, hosted, network, session, terminal, usage_words};
use annals_serve::{Asked, CommandOption, Commands, Refused, ServeError, Settings};
use annals_store::Store;

/// Read and search a dossier in the browser, on this machine
///
/// Prints an address that works once, within two minutes; Enter in the terminal prints another. The
/// server listens on this machine alone and asks no other for anything. Pages are questions: their
/// addresses have the options of the commands, which they show, and .json, .csv, .md and .svg at the
/// end of a page's name give the command's own answer. Ctrl-C ends it.
#[derive(Debug, clap::Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command"
)]
#[command(after_help = "Examples:
  annals serve data
  annals serve data --texts texts --open
  annals serve data.annals --port 8000
  annals serve data --forget
  annals serve data --bind 192.0.2.7 --network --host desk.example --read-only")]
pub(super) struct Args {
    #[command(flatten)]
    facts: FactArgs,
    /// The port; without it 7117, or the next that is free
    #[arg(long, value_name = "N", help_heading = "Server")]
    port: Option<u16>,
    /// Open the browser
    #[arg(long, help_heading = "Server")]
    open: bool,
    /// No page changes anything
    #[arg(long, help_heading = "Server")]
    read_only: bool,
    /// Listen on this address instead of 127.0.0.1; any but loopback needs --network
    #[arg(long, value_name = "ADDRESS", help_heading = "Server")]
    bind: Option<IpAddr>,
    /// Let other machines in, over a connection that is not encrypted
    #[arg(long, requires = "bind", help_heading = "Server")]
    network: bool,
    /// Empty the journal of what was written in the browser, which undoing needs, and end
    #[arg(
        long,
        help_heading = "Server",
        conflicts_with_all = ["port", "open", "read_only", "bind", "network", "host"]
    )]
    forget: bool,
    /// A name by which the server is called, beside localhost (repeatable)
    #[arg(long, value_name = "NAME", help_heading = "Server")]
    host: Vec<String>,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    if args.facts.receipt.is_some() {
        return Err(Failure::usage(
            "--receipt goes with an answer, and a server gives many".to_owned(),
        ));
    }
    if args
        .facts
        .paths()
        .iter()
        .any(|path| path.as_os_str() == "-")
    {
        let words =
            "a server reads files again when they change: give it files, not standard input";
        return Err(Failure::usage(words.to_owned()));
    }
    let store = session::open(&args.facts)?;
    if args.forget {
        let words = match store.forget_journal()? {
            0 => "there was nothing to forget".to_owned(),
            1 => "1 change is forgotten; it can no longer be undone".to_owned(),
            many => format!("{many} changes are forgotten; they can no longer be undone"),
        };
        session::say(&[words], global);
        return Ok(Exit::Done);
    }
    let mut settings = Settings::new(called(&args.facts));
    let configured = &store.configuration().serve;
    if let Some(title) = &configured.title {
        settings.title.clone_from(title);
    }
    settings.keys = configured.keys.unwrap_or(true);
    settings.port = args.port;
    settings.read_only = args.read_only;
    settings.network = args.network;
    settings.hosts.clone_from(&args.host);
    if let Some(address) = args.bind {
        settings.address = address;
    }
    let line = Line {
        quiet: global.quiet,
        open: args.open,
        way: Mutex::default(),
    };
    let server = annals_serve::Server::listen(store, settings, line).map_err(failure)?;
    let end = server.handle();
    // If no handler can be set, the program ends as any does.
    let _ = ctrlc::set_handler(move || end.end());
    if is_asked_from_terminal() {
        let again = server.handle();
        std::thread::spawn(move || {
            for line in io::stdin().lock().lines() {
                if line.is_err() {
                    break;
                }
                again.invite();
            }
        });
    }
    server.run().map_err(failure)?;
    Ok(Exit::Done)
}

/// Whether somebody sits at the terminal to press Enter: a job in the background that read it would be
/// stopped.
#[cfg(unix)]
fn is_asked_from_terminal() -> bool {
    let input = io::stdin();
    let group = rustix::termios::tcgetpgrp(&input);
    input.is_terminal() && group.is_ok_and(|group| group == rustix::process::getpgrp())
}

/// Whether somebody sits at the terminal to press Enter.
#[cfg(not(unix))]
fn is_asked_from_terminal() -> bool {
    io::stdin().is_terminal()
}

/// How the dossier is named in the commands that pages show.
fn called(facts: &FactArgs) -> Vec<String> {
    let named = |path: &std::path::PathBuf| path.to_string_lossy().into_owned();
    let mut words: Vec<String> = facts.paths().iter().map(named).collect();
    for folder in &facts.texts {
        words.extend(["--texts".to_owned(), named(folder)]);
    }
    if let Some(file) = &facts.config {
        words.extend(["--config".to_owned(), named(file)]);
    }
    words
}

fn failure(error: ServeError) -> Failure {
    match error {
        ServeError::Usage(words) => Failure::usage(words),
        ServeError::Io(what, error) => Failure::io(&what, &error),
    }
}

/// The command line for the server.
struct Line {
    quiet: bool,
    open: bool,
    /// The page through which the browser comes to the address.
    way: Mutex<Option<tempfile::NamedTempFile>>,
}

impl Line {
    /// Opens the browser. The key goes through a file that only the user can read: the arguments of a
    /// process can be seen by all.
    fn opened(&self, address: &str) -> io::Result<()> {
        let mut page = tempfile::Builder::new()
            .prefix("annals-")
            .suffix(".html")
            .tempfile()?;
        write!(
            page,
            "<!doctype html><meta charset=utf-8><title>Annals</title><meta http-equiv=refresh content=\"0;url={address}\">"
        )?;
        page.flush()?;
        let program = if cfg!(target_os = "macos") {
            "open"
        } else if cfg!(windows) {
            "explorer"
        } else {
            "xdg-open"
        };
        let mut browser = std::process::Command::new(program);
        browser
            .arg(page.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        browser.spawn()?;
        // Removed when another takes its place, or the server ends.
        *self.way.lock().unwrap_or_else(PoisonError::into_inner) = Some(page);
        Ok(())
    }

    fn command(words: &[String]) -> Vec<OsString> {
        // Nothing is shown on a terminal while a page is made.
        let program = ["annals", "--quiet", "--color=never"];
        let program = program.iter().map(OsString::from);
        program.chain(words.iter().map(OsString::from)).collect()
    }
}

impl Commands for Line {
    fn read(&self, store: &Store, words: &[String]) -> Result<Asked, Refused> {
        let matches = super::matches(&Line::command(words));
        let matches = matches.map_err(|error| refused_by(&error))?;
        let Some((name, given)) = matches.subcommand() else {
            return Err(question("there is no command".to_owned()));
        };
        let mut asked = Asked::default();
        if name == "network" {
            let args = network::Args::from_arg_matches(given);
            let args = args.map_err(|error| refused_by(&error))?;
            (asked.query, asked.network) = args.question(store).map_err(refused)?;
            return Ok(asked);
        }
        // Whether the command has these options at all: matches tell it in debug builds alone.
        let command = WHOLE.find_subcommand(name);
        let has = |option: &str| {
            command.is_some_and(|one| {
                one.get_arguments()
                    .any(|argument| argument.get_id() == option)
            })
        };
        if has("about") {
            let selection =
                SelectionArgs::from_arg_matches(given).map_err(|error| refused_by(&error))?;
            asked.query = selection.query(store).map_err(refused)?;
        }
        if has("nodes") {
            let kinds = KindArgs::from_arg_matches(given).map_err(|error| refused_by(&error))?;
            asked.kinds = kinds.kinds();
        }
        Ok(asked)
    }

    fn answer(
        &self,
        store: &Store,
        words: &[String],
        out: Box<dyn Write + Send>,
    ) -> Result<(), Refused> {
        let cli = super::read(&Line::command(words)).map_err(|error| refused_by(&error))?;
        let Some(command) = cli.command else {
            return Err(question("there is no command".to_owned()));
        };
        let (ended, beside) = hosted::with(
            Some(store),
            hosted::Outputs {
                out: Some(out),
                rows: None,
            },
            || dispatch(command, cli.global),
        );
        match ended {
            Ok(_) => Ok(()),
            Err(failure) if failure.message.is_none() && failure.exit == Exit::Done => Ok(()),
            Err(failure) => {
                let mut failure = refused(failure);
                if failure.message.is_empty() {
                    failure.message = beside.said.join("\n");
                }
                Err(failure)
            }
        }
    }

    fn options(&self, command: &str) -> Vec<CommandOption> {
        let Some(command) = WHOLE.find_subcommand(command) else {
            return Vec::new();
        };
        command.get_arguments().filter_map(option).collect()
    }

    fn say(&self, line: &str) {
        if !self.quiet {
            terminal::say(&format!("annals: {line}"), false);
        }
    }

    fn invite(&self, address: &str) {
        // Also where the output is no terminal, and though the rest is quiet: without it nobody gets in.
        terminal::say(
            &format!("annals: {address}  (once, within two minutes; Ctrl-C ends it)"),
            false,
        );
        if self.open
            && let Err(error) = self.opened(address)
        {
            let words = annals_files::words_of(&error);
            terminal::say(
                &format!("annals: the browser could not be opened: {words}"),
                false,
            );
        }
    }
}

/// An option that asks something: not one that names a file, or where and how the answer is shown.
fn option(argument: &clap::Arg) -> Option<CommandOption> {
    const OF_FILES: [&str; 3] = ["FILE", "DIR", "PATTERN"];
    let heading = argument.get_help_heading().unwrap_or_default();
    if argument.is_positional() || matches!(heading, "Output" | "Facts" | "Fixing") {
        return None;
    }
    let value = argument.get_value_names().and_then(|names| names.first());
    let value = value.map(ToString::to_string);
    let takes_values = argument.get_action().takes_values();
    if value
        .as_deref()
        .is_some_and(|name| OF_FILES.contains(&name))
    {
        return None;
    }
    let name = argument.get_long()?.to_owned();
    if matches!(name.as_str(), "help" | "version") {
        return None;
    }
    let values = argument.get_possible_values();
    let default = argument.get_default_values().first();
    Some(CommandOption {
        name,
        help: argument
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default(),
        value: value.filter(|_| takes_values),
        values: if takes_values {
            values.iter().map(|one| one.get_name().to_owned()).collect()
        } else {
            Vec::new()
        },
        default: default.map(|value| value.to_string_lossy().into_owned()),
        takes: argument.get_num_args().map_or(1, |many| many.max_values()),
    })
}

fn question(message: String) -> Refused {
    Refused {
        message,
        is_question: true,
    }
}

fn refused(failure: Failure) -> Refused {
    Refused {
        message: failure.message.unwrap_or_default(),
        is_question: failure.exit == Exit::Usage,
    }
}

/// Wrong usage, as the page says it.
fn refused_by(error: &clap::Error) -> Refused {
    question(usage_words(error))
}
