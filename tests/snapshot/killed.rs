//! A build that is broken off, at any moment, leaves the old snapshot or the new one.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::world::{Dice, lines};
use super::{annals, build, files};

fn answer(snapshot: &Path) -> Vec<u8> {
    let path = snapshot.to_str().unwrap();
    let plain = annals(&["check", path, "-f", "json"]);
    let deep = annals(&["check", path, "--deep", "-f", "json"]);
    // Nothing is damaged: that would be said, and end with 3 also where every line can be read.
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(text(&deep.stderr), text(&plain.stderr));
    assert_eq!(deep.status.code(), plain.status.code());
    deep.stdout
}

#[test]
fn a_killed_build_leaves_the_old_or_the_new() {
    let home = tempfile::tempdir().unwrap();
    let facts: Vec<_> = (1..=2)
        .map(|nth| {
            let path = home.path().join(format!("{nth}.jsonl"));
            fs::write(&path, lines(nth, 900)).unwrap();
            path.to_str().unwrap().to_owned()
        })
        .collect();
    let snapshot = home.path().join("x.annals");
    let mut answers = Vec::new();
    let mut within = Duration::ZERO;
    for facts in &facts {
        let begun = Instant::now();
        build(facts, &snapshot);
        within = within.max(begun.elapsed());
        answers.push(answer(&snapshot));
    }
    let mut dice = Dice(77);
    let (mut killed, wanted) = (0, super::tried(25, 4));
    let mut round = 0;
    while killed < wanted {
        round += 1;
        let mut child = Command::new(env!("CARGO_BIN_EXE_annals"))
            .args([
                "build",
                &facts[round % 2],
                "-q",
                "-o",
                snapshot.to_str().unwrap(),
            ])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(within / 1000 * dice.roll(1000) as u32);
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            // The build was quicker than the one that was timed, which other programs may have held up.
            within = within * 3 / 4;
        } else {
            killed += 1;
        }
        let now = answer(&snapshot);
        assert!(answers.contains(&now), "round {round}");
    }
    // The next build leaves nothing of them.
    let fresh = home.path().join("fresh.annals");
    build(&facts[0], &fresh);
    build(&facts[0], &snapshot);
    assert!(files(&snapshot) == files(&fresh));
}

/// A small disk, if one can be mounted here.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_one() {
    struct Mounted(tempfile::TempDir);
    impl Drop for Mounted {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(self.0.path()).status();
        }
    }
    let home = tempfile::tempdir().unwrap();
    let mut mount = Command::new("mount");
    mount
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(home.path());
    if !mount
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
    {
        eprintln!("no disk can be mounted here: left out");
        return;
    }
    let disk = Mounted(home);
    let facts = tempfile::tempdir().unwrap();
    let (small, large) = (facts.path().join("s.jsonl"), facts.path().join("l.jsonl"));
    fs::write(&small, lines(1, 10)).unwrap();
    fs::write(&large, lines(2, 40000)).unwrap();
    let snapshot = disk.0.path().join("x.annals");
    build(small.to_str().unwrap(), &snapshot);
    let before = answer(&snapshot);
    let out = annals(&[
        "build",
        large.to_str().unwrap(),
        "-o",
        snapshot.to_str().unwrap(),
    ]);
    assert_eq!(out.status.code(), Some(3));
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(said.to_lowercase().contains("no space left"), "{said}");
    assert!(answer(&snapshot) == before);
    // What was written in vain is gone, so that there is room for what fits.
    build(small.to_str().unwrap(), &snapshot);
    assert!(answer(&snapshot) == before);
    let kept = files(&snapshot);
    assert!(kept.iter().all(|(name, _)| !name.starts_with("new")));
}
