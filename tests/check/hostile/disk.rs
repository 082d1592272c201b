//! Files that are folders, cannot be read or are not there; answers that nobody reads, or that
//! would be written where they must not.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const FACTS: &str = "annals: 1\nactors:\n  - {id: a, name: A, kind: person}\n";

fn annals(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_folder_in_place_of_a_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.yaml"), FACTS).unwrap();
    fs::create_dir(folder.path().join("facts.yaml")).unwrap();
    // A folder whose name ends like a fact file's is a folder: what lies in it is read.
    fs::write(
        folder.path().join("facts.yaml/more.yaml"),
        FACTS.replace("id: a", "id: b"),
    )
    .unwrap();
    let output = annals(&["show", "b", "facts.yaml"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // A text that is a folder cannot be read.
    fs::create_dir(folder.path().join("text.txt")).unwrap();
    let with_text = "annals: 1\ndocuments:\n  - {id: d, title: D, text: text.txt}\nclaims:\n  - {speaker: [], evidence: {document: d, quote: words}}\n";
    fs::write(folder.path().join("texts.yaml"), with_text).unwrap();
    let output = annals(&["check", "texts.yaml", "-v"], folder.path());
    let drawn = String::from_utf8_lossy(&output.stdout).into_owned() + &said(&output);
    assert!(drawn.contains("text.txt"), "{drawn}");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_stops_with_its_name() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("closed.yaml");
    fs::write(&path, FACTS).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser reads what is closed to all others.
    if fs::read(&path).is_err() {
        let output = annals(&["said", "closed.yaml"], folder.path());
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        assert!(said(&output).contains("closed.yaml"));
    }
    symlink("nowhere.yaml", folder.path().join("dangling.yaml")).unwrap();
    symlink("circle.yaml", folder.path().join("circle.yaml")).unwrap();
    for name in ["dangling.yaml", "circle.yaml", "absent.yaml"] {
        let output = annals(&["said", name], folder.path());
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        assert!(said(&output).contains(name), "{}", said(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_links_to_itself_ends() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.yaml"), FACTS).unwrap();
    std::os::unix::fs::symlink(".", folder.path().join("again")).unwrap();
    let output = annals(&["show", "a", "."], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(["said", "data/harbour", "-q", "-f", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut first = [0; 1];
    out.read_exact(&mut first).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(said(&output), "");
}

#[test]
fn nothing_is_written_where_it_must_not_be() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("facts.yaml"), FACTS).unwrap();
    fs::create_dir(folder.path().join("folder.json")).unwrap();
    for (target, code) in [
        ("facts.yaml", 2),
        ("folder.json", 2),
        ("absent/answer.json", 3),
    ] {
        let output = annals(
            &["said", "facts.yaml", "-f", "json", "-o", target],
            folder.path(),
        );
        assert_eq!(
            output.status.code(),
            Some(code),
            "{target}: {}",
            said(&output)
        );
    }
    // Also where the input is one of a folder's files.
    let output = annals(
        &["said", ".", "-f", "json", "-o", "facts.yaml"],
        folder.path(),
    );
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert_eq!(
        fs::read_to_string(folder.path().join("facts.yaml")).unwrap(),
        FACTS
    );
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "no temporary file stays");
}
