//! The thin binary around `annals-cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(annals_cli::run(std::env::args_os()).code())
}
