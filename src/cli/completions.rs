//! `annals completions`, and the answers to a shell that requests completions: ids and names from
//! the fact files on the command line.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::ValueEnum;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};

use super::args::GlobalArgs;
use super::output::Target;
use super::table::plain;
use super::{Exit, Failure};
use annals_model::RecordKind;
use annals_store::{Config, OpenOptions};

/// Print shell completions
///
/// For commands, options, ids and names. The script asks the program what may follow, so it also completes ids and names from the fact
/// files on the command line (or from the current folder if there are none).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals completions bash > ~/.local/share/bash-completion/completions/annals
  annals completions zsh > ~/.zfunc/_annals
  annals completions fish > ~/.config/fish/completions/annals.fish
  annals completions powershell >> $PROFILE")]
pub(super) struct Args {
    /// Which shell
    shell: Shell,
}

/// The shells that can complete.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

/// The variable by which a script asks for completions.
const VARIABLE: &str = "ANNALS_COMPLETE";

pub(super) fn run(args: &Args, _manner: GlobalArgs) -> Result<Exit, Failure> {
    let name = args.shell.to_possible_value();
    let shells = Shells::builtins();
    let shell = name.and_then(|name| shells.completer(name.get_name()));
    Target::Stdout.write(|out| match shell {
        Some(shell) => {
            let mut script = Vec::new();
            shell.write_registration(VARIABLE, "annals", "annals", "annals", &mut script)?;
            out.write_all(&script)
        }
        // Each of the shells above is one of the built-in ones.
        None => Ok(()),
    })?;
    Ok(Exit::Done)
}

/// Answers a shell that asks what may follow; whether one did.
pub(super) fn answered(arguments: &[OsString], command: fn() -> clap::Command) -> bool {
    let folder = std::env::current_dir().ok();
    CompleteEnv::with_factory(command)
        .var(VARIABLE)
        .bin("annals")
        .try_complete(arguments.iter().cloned(), folder.as_deref())
        .unwrap_or(true)
}

/// Completes an option by the ids and names of records of some kinds.
pub(super) fn names(kinds: &'static [RecordKind]) -> ArgValueCompleter {
    ArgValueCompleter::new(move |begun: &OsStr| candidates(kinds, &begun.to_string_lossy()))
}

fn candidates(kinds: &[RecordKind], begun: &str) -> Vec<CompletionCandidate> {
    // The line being completed follows a `--` of its own.
    let words = std::env::args_os().skip_while(|word| word != "--").skip(2);
    let mut on_line: Vec<PathBuf> = words
        .map(PathBuf::from)
        .filter(|path| path.exists())
        .collect();
    if on_line.is_empty() {
        on_line.push(PathBuf::from("."));
    }
    // A completion cannot report errors; files that cannot be read have no names.
    let open = |path: PathBuf| {
        let options = OpenOptions::new().facts(path).config(Config::default());
        let store = options.open().ok()?;
        store.names(kinds, begun).ok()
    };
    on_line
        .into_iter()
        .filter_map(open)
        .flatten()
        // A shell takes a candidate a line, and shows it as it is.
        .filter(|found| !found.id.chars().any(annals_finding::is_hidden))
        .map(|found| {
            let help = format!("{} ({})", plain(&found.name), found.kind);
            CompletionCandidate::new(found.id).help(Some(help.into()))
        })
        .collect()
}
