//! Man pages for packagers: `cargo run --example man -- FOLDER` writes `annals.1` and one page for each
//! command.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("."), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    clap_mangen::generate_to(annals::cli::command(), &folder)
}
