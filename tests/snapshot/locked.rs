//! Several programs at one snapshot: one writes, and whoever reads sees one whole snapshot.

use std::fs;
use std::path::Path;

use annals::files::FolderLock;
use annals::snapshot::Snapshot;

use super::{annals, build, files};

fn facts(folder: &Path, name: &str, ids: std::ops::Range<usize>) -> String {
    let lines = ids.map(|n| {
        format!("{{\"type\":\"claim\",\"id\":\"c{n}\",\"speaker\":[],\"said\":\"2020-01-02\",\"content\":\"Words {n}\"}}\n")
    });
    let path = folder.join(name);
    fs::write(&path, lines.collect::<String>()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_second_build_is_refused_and_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (one, two) = (
        facts(home.path(), "one.jsonl", 0..50),
        facts(home.path(), "two.jsonl", 50..80),
    );
    let snapshot = home.path().join("s.annals");
    let output = snapshot.to_str().unwrap().to_owned();
    build(&one, &snapshot);
    let before = files(&snapshot);
    let other = FolderLock::for_writing(&snapshot).unwrap();
    for arguments in [
        &["build", &two, "-o", &output][..],
        &["build", &two, "-o", &output, "--add"],
        &["build", &one, &two, "-o", &output, "--strict"],
    ] {
        let refused = annals(arguments);
        assert_eq!(refused.status.code(), Some(3));
        let words = String::from_utf8(refused.stderr).unwrap();
        assert!(words.contains("another build is writing to it"), "{words}");
    }
    assert_eq!(files(&snapshot), before);
    drop(other);
    assert!(
        annals(&["build", &two, "-o", &output, "--add"])
            .status
            .success()
    );
    // A new folder that somebody has just made is theirs.
    let empty = home.path().join("new.annals");
    fs::create_dir(&empty).unwrap();
    let _other = FolderLock::for_writing(&empty).unwrap();
    assert_eq!(
        annals(&["build", &one, "-o", empty.to_str().unwrap()])
            .status
            .code(),
        Some(3)
    );
    assert_eq!(files(&empty), []);
}

#[test]
fn a_build_that_fails_leaves_no_folder() {
    let home = tempfile::tempdir().unwrap();
    let output = home.path().join("s.annals");
    let none = home.path().join("none.jsonl");
    let bad = home.path().join("bad.yaml");
    fs::write(&bad, "annals: 1\nclaims: [{id: c, speaker: nobody}]\n").unwrap();
    let output_name = output.to_str().unwrap();
    for arguments in [
        &["build", none.to_str().unwrap(), "-o", output_name][..],
        &[
            "build",
            bad.to_str().unwrap(),
            "-o",
            output_name,
            "--strict",
        ],
        &["build", bad.to_str().unwrap(), "-o", output_name, "--add"],
    ] {
        assert!(!annals(arguments).status.success());
        assert!(!output.exists(), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn whoever_reads_sees_the_old_snapshot_to_the_end() {
    let home = tempfile::tempdir().unwrap();
    let snapshot = home.path().join("s.annals");
    let first = facts(home.path(), "one.jsonl", 0..500);
    build(&first, &snapshot);
    let reader = Snapshot::open(&snapshot).unwrap();
    for round in 1..4 {
        build(
            &facts(home.path(), "other.jsonl", round * 1000..round * 1000 + 300),
            &snapshot,
        );
        // All of it is still there.
        reader.verify().unwrap();
        assert_eq!(Snapshot::open(&snapshot).unwrap().records(), 300);
    }
    assert_eq!(reader.records(), 500);
    drop(reader);
    build(&first, &snapshot);
    for table in ["claims", "sums"] {
        let parts = fs::read_dir(snapshot.join(table)).unwrap().count();
        assert_eq!(parts, 1, "what nobody reads is gone");
    }
}
