//! Parts that cannot be joined, are damaged, or were killed while they were made.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::super::world::{Dice, lines};
use super::super::{annals, files, tried};
use super::{ACTOR, CLAIM, join, shard, shown, text, two};

#[test]
fn what_cannot_be_joined_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("x.annals");
    let [one, other] = two(home.path(), ACTOR, CLAIM);
    let refused = |parts: &[PathBuf], code: i32, words: &[&str]| {
        let result = join(parts, &out);
        let said = text(&result.stderr);
        assert!(
            result.status.code() == Some(code) && words.iter().all(|word| said.contains(word)),
            "{said}"
        );
        assert!(!out.exists(), "{said}");
    };
    refused(&[one.clone(), one.clone()], 3, &["1.part", "given twice"]);
    refused(
        &[one.clone(), home.path().join("no.part")],
        3,
        &["no.part", "no such folder"],
    );
    refused(
        &[one.clone(), home.path().to_owned()],
        3,
        &["not a part", "build --shard"],
    );
    let copy = home.path().join("copy.part");
    shard(&[home.path().join("1.jsonl")], &copy, &["-q"]);
    refused(
        &[one.clone(), copy.clone()],
        3,
        &["copy.part", "1.jsonl is in this part and in", "1.part"],
    );
    shard(
        &[home.path().join("2.jsonl")],
        &copy,
        &["-q", "--for-cluster"],
    );
    refused(
        &[one.clone(), copy.clone()],
        3,
        &["copy.part was built with --for-cluster", "1.part without"],
    );
    let elsewhere = home.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(
        elsewhere.join("annals.toml"),
        "[check]\nignore = [\"without-evidence\"]\n",
    )
    .unwrap();
    fs::write(elsewhere.join("3.jsonl"), CLAIM).unwrap();
    shard(&[elsewhere.join("3.jsonl")], &copy, &["-q"]);
    refused(
        &[one.clone(), copy.clone()],
        3,
        &["copy.part", "another annals.toml than", "1.part"],
    );
    // Of another version.
    let manifest = other.join("manifest.json");
    let whole = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, whole.replace("annals.part/3", "annals.part/2")).unwrap();
    refused(
        &[one.clone(), other.clone()],
        3,
        &["2.part", "of format 2", "2.jsonl -o"],
    );
    fs::write(&manifest, &whole).unwrap();
    // A part alone answers nothing, and a snapshot is no part.
    let said = annals(&["said", shown(&one)]);
    assert!(
        said.status.code() == Some(3) && text(&said.stderr).contains("build --join"),
        "{}",
        text(&said.stderr)
    );
    assert!(join(&[one.clone(), other.clone()], &out).status.success());
    let whole = home.path().join("whole.annals");
    fs::rename(&out, &whole).unwrap();
    refused(&[one, whole], 3, &["it is a snapshot, not a part", "--add"]);
    // A folder of facts with a part in it has the facts alone.
    let count = annals(&["said", shown(home.path()), "-f", "jsonl"]);
    assert_eq!(
        text(&count.stdout).lines().count(),
        2,
        "{}",
        text(&count.stderr)
    );
}

/// What was joined is a snapshot like others: facts are added to it, and parts of empty files are parts.
#[test]
fn a_damaged_part_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let [one, other] = two(home.path(), ACTOR, CLAIM);
    let out = home.path().join("x.annals");
    let mut dice = Dice(8);
    for (name, bytes) in files(&one) {
        let path = one.join(&name);
        let mut changed = bytes.clone();
        let at = dice.roll(bytes.len());
        changed[at] ^= 1 << dice.roll(8);
        fs::write(&path, changed).unwrap();
        let result = join(&[one.clone(), other.clone()], &out);
        let said = text(&result.stderr);
        assert!(
            result.status.code() == Some(3) && said.contains("1.part"),
            "{name} {at}: {said}"
        );
        assert!(
            !out.exists() && !said.contains("panicked"),
            "{name} {at}: {said}"
        );
        fs::write(&path, bytes).unwrap();
    }
    assert!(join(&[one, other], &out).status.success());
}

#[test]
fn what_is_killed_is_done_again_with_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    let facts = [1, 2].map(|nth| {
        let path = home.path().join(format!("{nth}.jsonl"));
        fs::write(&path, lines(nth, 900)).unwrap();
        path
    });
    let parts = [1, 2].map(|nth| home.path().join(format!("{nth}.part")));
    let snapshot = home.path().join("x.annals");
    let mut begun = Instant::now();
    let mut took = [Duration::ZERO; 2];
    for (facts, part) in facts.iter().zip(&parts) {
        shard(std::slice::from_ref(facts), part, &["-q"]);
    }
    took[0] = begun.elapsed() / 2;
    begun = Instant::now();
    assert!(join(&parts, &snapshot).status.success());
    took[1] = begun.elapsed();
    let right = [files(&parts[0]), files(&snapshot)];
    let commands: [Vec<&str>; 2] = [
        vec![
            "build",
            "-q",
            "--shard",
            shown(&facts[0]),
            "-o",
            shown(&parts[0]),
        ],
        vec![
            "build",
            "-q",
            "--join",
            shown(&parts[0]),
            shown(&parts[1]),
            "-o",
            shown(&snapshot),
        ],
    ];
    let made = [&parts[0], &snapshot];
    let mut dice = Dice(5);
    for round in 0..tried(40, 6) {
        let which = round % 2;
        if dice.roll(2) == 0 {
            fs::remove_dir_all(made[which]).unwrap();
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_annals"))
            .args(&commands[which])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(took[which] / 1000 * dice.roll(1000) as u32);
        child.kill().unwrap();
        let done = child.wait().unwrap().success();
        // What is there without a manifest is not taken for a part or a snapshot.
        let is_there = made[which].join("manifest.json").is_file();
        assert!(!done || is_there);
        if which == 0 && !is_there {
            let refused = join(&parts, &home.path().join("y.annals"));
            assert_eq!(refused.status.code(), Some(3), "{}", text(&refused.stderr));
        }
        assert!(annals(&commands[which]).status.success());
        assert!(files(made[which]) == right[which], "round {round}");
    }
}
