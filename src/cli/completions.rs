//! `annals completions`, and what a shell that asks for completions is told: ids and names from the
//! facts that stand on the line.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};

use super::args::GlobalArgs;
use super::output::Target;
use super::{Exit, Failure};
use annals_load::{Request, Source, load};
use annals_model::{Facts, RecordKind, RecordRef, Vocabulary as _};
use annals_query::names::fold;

/// Shell completions, of commands, options, ids and names
///
/// The script asks the program what may follow, so that it also knows the ids and names in the fact
/// files that stand on the line (of the current folder where none does).
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
        // Each of the shells above is one of those that are built in.
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
    ArgValueCompleter::new(move |begun: &OsStr| {
        let begun = fold(&begun.to_string_lossy());
        candidates(kinds, &begun)
    })
}

fn candidates(kinds: &[RecordKind], begun: &str) -> Vec<CompletionCandidate> {
    // The line that is being written stands behind a `--` of its own.
    let words = std::env::args_os().skip_while(|word| word != "--").skip(2);
    let on_line: Vec<Source> = words
        .map(PathBuf::from)
        .filter(|path| path.exists())
        .flat_map(|path| sources(&path))
        .collect();
    let facts = if on_line.is_empty() {
        vec![Source::Path(Path::new(".").to_owned())]
    } else {
        on_line
    };
    let loaded = load(&Request {
        facts,
        texts: Vec::new(),
    });
    let facts = &loaded.facts;
    let records = facts
        .records()
        .filter(|record| kinds.contains(&record.kind()));
    records
        .filter_map(|record| candidate(facts, record, begun))
        .collect()
}

/// The facts of a path; of a snapshot that cannot be read none.
fn sources(path: &Path) -> Vec<Source> {
    #[cfg(feature = "snapshot")]
    if annals_snapshot::is_snapshot(path) {
        let snapshot = annals_snapshot::Snapshot::open(path);
        return snapshot.map_or_else(|_| Vec::new(), |snapshot| snapshot.sources());
    }
    vec![Source::Path(path.to_owned())]
}

/// The id of a record whose id or name begins so.
fn candidate(facts: &Facts, record: RecordRef, begun: &str) -> Option<CompletionCandidate> {
    let (id, name) = (facts.id(record), facts.label(record));
    let fits = |word: &str| fold(word).starts_with(begun);
    let known = facts.common(record).named && (fits(id) || name.split_whitespace().any(fits));
    known.then(|| {
        let help = format!("{name} ({})", record.kind().word());
        CompletionCandidate::new(id).help(Some(help.into()))
    })
}
