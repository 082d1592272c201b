//! What the tests of several subjects need.

pub mod json_schema;

use std::path::Path;
use std::process::Command;

/// How many random cases are tried: so many where all is tried (`ANNALS_THOROUGH=1`), else those that a run of
/// all tests has time for.
pub fn tried<N>(thoroughly: N, else_: N) -> N {
    if is_thorough() { thoroughly } else { else_ }
}

/// Whether more is to be tried than a run of all tests has time for.
pub fn is_thorough() -> bool {
    std::env::var_os("ANNALS_THOROUGH").is_some()
}

/// Runs the program, which must succeed, and gives what it prints.
pub fn printed(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// A file of the repository is what is generated now; `UPDATE=1` writes it anew. `part` is the path of the test.
pub fn is_kept(path: &Path, now: &[u8], part: &str) {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, now).unwrap();
    }
    let kept = std::fs::read(path).unwrap_or_default();
    assert!(
        kept == now,
        "{} is out of date: UPDATE=1 cargo test --test program {part}",
        path.display()
    );
}
