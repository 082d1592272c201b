//! `annals completions`.

use clap_complete::Shell;

use super::args::Manner;
use super::output::Target;
use super::{Exit, Failure};

/// Shell completions
///
/// For bash: annals completions bash > ~/.local/share/bash-completion/completions/annals
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals completions bash > ~/.local/share/bash-completion/completions/annals
  annals completions zsh > ~/.zfunc/_annals
  annals completions fish > ~/.config/fish/completions/annals.fish")]
pub(super) struct Args {
    /// Which shell
    shell: Shell,
}

pub(super) fn run(args: &Args, _manner: Manner) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "annals", &mut script);
    Target::Stdout.write(|out| out.write_all(&script))?;
    Ok(Exit::Done)
}
