//! Whatever is done to a snapshot: it is refused, or answers right.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::world::Dice;
use super::{annals, build, files};

const FACTS: &str = "{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\",\"kind\":\"person\"}\n\
    {\"type\":\"claim\",\"id\":\"c\",\"speaker\":[\"a\"],\"said\":\"2023\",\"quote\":\"yes\"}\n\
    {\"type\":\"claim\",\"id\":\"d\",\"speaker\":\"a\",\"about\":[\"a\"],\"stance\":\"opposes\"}\nodd\n";

struct Fixture {
    home: tempfile::TempDir,
    snapshot: PathBuf,
    right: Vec<Output>,
}

/// A question that reads some, one that reads all, one that verifies all.
fn ask(snapshot: &Path) -> Vec<Output> {
    let path = snapshot.to_str().unwrap();
    vec![
        annals(&["said", path, "--by", "a", "-f", "json"]),
        annals(&["timeline", path, "-f", "json"]),
        annals(&["check", path, "--deep", "-f", "json"]),
    ]
}

impl Fixture {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let facts = home.path().join("f.jsonl");
        fs::write(&facts, FACTS).unwrap();
        let snapshot = home.path().join("x.annals");
        build(facts.to_str().unwrap(), &snapshot);
        let right = ask(&snapshot);
        assert!(right[0].status.success() && right[1].status.success());
        Fixture {
            home,
            snapshot,
            right,
        }
    }

    /// Refused with one clear line, or answered right; with --deep refused.
    fn holds(&self, what: &str) -> usize {
        let mut refused = 0;
        for (now, right) in ask(&self.snapshot).iter().zip(&self.right) {
            let said = String::from_utf8_lossy(&now.stderr);
            assert!(!said.contains("panicked"), "{what}: {said}");
            // Facts with a line that cannot be read end with 3 too, and say the same as before.
            let is_right = now.stdout == right.stdout && now.stderr == right.stderr;
            if now.status.code() == Some(3) && !is_right {
                assert!(
                    said.contains("x.annals") || said.contains("f.jsonl"),
                    "{what}: {said}"
                );
                refused += 1;
            } else {
                assert!(is_right, "{what}: {said}");
            }
        }
        refused
    }
}

/// How many of so many bytes are tried: all where it is to be thorough.
fn step(len: usize, tried: usize) -> usize {
    if super::is_thorough() {
        1
    } else {
        (len / tried).max(1)
    }
}

#[test]
fn a_changed_byte_is_refused() {
    let fixture = Fixture::new();
    let mut dice = Dice(3);
    for (name, bytes) in files(&fixture.snapshot) {
        let path = fixture.snapshot.join(&name);
        let mut at = 0;
        while at < bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << dice.roll(8);
            fs::write(&path, &changed).unwrap();
            let refused = fixture.holds(&format!("{name} at {at}"));
            assert!(refused >= 1, "--deep finds {name} at {at}");
            // In the texts of claims a changed byte can give another text that is as good.
            let tried = if name.starts_with("claims/") { 50 } else { 2 };
            at += step(bytes.len(), tried);
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert_eq!(fixture.holds("mended"), 0);
}

#[test]
fn a_file_cut_off_is_refused() {
    let fixture = Fixture::new();
    // Many of the tables are alike: some, and what is no table.
    let every = super::tried(1, 4);
    let is_tried = |nth: usize, name: &str| {
        nth.is_multiple_of(every) || !name.ends_with(".parquet") || name.starts_with("claims/")
    };
    for (nth, (name, bytes)) in files(&fixture.snapshot).into_iter().enumerate() {
        if !is_tried(nth, &name) {
            continue;
        }
        let path = fixture.snapshot.join(&name);
        for nth in (0..100).step_by(super::tried(1, 60)) {
            let len = bytes.len() * nth / 100;
            fs::write(&path, &bytes[..len]).unwrap();
            if len < bytes.len() {
                assert_eq!(fixture.holds(&format!("{name} cut at {len}")), 3);
            }
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(fixture.holds(&format!("{name} gone")), 3);
        fs::write(&path, &bytes).unwrap();
    }
}

#[test]
fn files_of_another_snapshot_are_refused() {
    let fixture = Fixture::new();
    let other = fixture.home.path().join("other.annals");
    let facts = fixture.home.path().join("other.jsonl");
    // As long as the right ones: only what stands in them tells them apart.
    fs::write(&facts, FACTS.replace("yes", "now")).unwrap();
    build(facts.to_str().unwrap(), &other);
    let (own, others) = (files(&fixture.snapshot), files(&other));
    // The name of the table: that of the part differs.
    let base = |name: &str| name.split('/').next().unwrap().to_owned();
    let mut differ = 0;
    for (name, bytes) in &own {
        let theirs = others
            .iter()
            .find(|(other, _)| base(other) == base(name))
            .unwrap();
        if theirs.1 == *bytes || name == "manifest.json" {
            continue;
        }
        differ += 1;
        fs::write(fixture.snapshot.join(name), &theirs.1).unwrap();
        assert!(fixture.holds(&format!("{name} of another")) >= 1);
        fs::write(fixture.snapshot.join(name), bytes).unwrap();
    }
    assert!(differ >= 3, "{differ}");
}

/// Writes a manifest with its sum put right, as one who means harm would.
fn forge(snapshot: &Path, change: impl Fn(&str) -> String) {
    use sha2::Digest as _;
    let path = snapshot.join("manifest.json");
    let text = fs::read_to_string(&path).unwrap();
    let (body, _) = text.rsplit_once(",\n  \"sum\": \"").unwrap();
    let body = change(body);
    let sum = sha2::Sha256::digest(body.as_bytes());
    let digits: Vec<String> = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    let sum = digits.concat();
    fs::write(&path, format!("{body},\n  \"sum\": \"{sum}\"\n}}\n")).unwrap();
}

#[test]
fn a_manifest_leads_nowhere_else() {
    let fixture = Fixture::new();
    let kept = fs::read(fixture.snapshot.join("manifest.json")).unwrap();
    let text = String::from_utf8(kept.clone()).unwrap();
    let part = text
        .split("\"parts\": [")
        .nth(1)
        .unwrap()
        .split("\"name\": \"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let outside = fixture.home.path().join("outside");
    let table = fixture.snapshot.join("claims").join(format!("part={part}"));
    fs::create_dir(&outside).unwrap();
    for (name, bytes) in files(&table) {
        fs::write(outside.join(name), bytes).unwrap();
    }
    for (from, to) in [
        (part, "../outside"),
        (part, "p/../../outside"),
        (part, "."),
        (part, ""),
        (part, part.trim_start_matches('p')),
        ("\"claims\"", "\"../claims\""),
        ("\"claims\"", "\"claims/0.parquet\""),
        ("\"part\": 0", "\"part\": 7"),
    ] {
        forge(&fixture.snapshot, |body| body.replace(from, to));
        let refused = fixture.holds(&format!("{from} as {to}"));
        assert!(refused >= 1, "{from} as {to}");
        fs::write(fixture.snapshot.join("manifest.json"), &kept).unwrap();
    }
    #[cfg(unix)]
    {
        let away = fixture.home.path().join("away");
        fs::rename(&table, &away).unwrap();
        std::os::unix::fs::symlink(&outside, &table).unwrap();
        assert_eq!(fixture.holds("a link"), 3);
    }
}

#[test]
fn newer_and_foreign_folders_are_refused() {
    let fixture = Fixture::new();
    let said = |path: &Path| {
        let out = annals(&["said", path.to_str().unwrap()]);
        assert_eq!(out.status.code(), Some(3));
        let home = fixture.home.path().to_str().unwrap();
        String::from_utf8(out.stderr).unwrap().replace(home, "HOME")
    };
    forge(&fixture.snapshot, |body| {
        body.replace("annals.snapshot/3", "annals.snapshot/4")
    });
    assert_eq!(
        said(&fixture.snapshot),
        "annals: HOME/x.annals: it is a snapshot of format 4, written by Annals 0.1.0, but this program reads format 3: build it anew with `annals build HOME/f.jsonl -o HOME/x.annals`, or read it with that version\n"
    );
    let empty = fixture.home.path().join("empty.annals");
    fs::create_dir(&empty).unwrap();
    assert_eq!(
        said(&empty),
        "annals: HOME/empty.annals: it is not a snapshot: it has no manifest.json; `annals build` makes one\n"
    );
    fs::write(empty.join("manifest.json"), "{\"name\": \"an app\"}").unwrap();
    assert_eq!(
        said(&empty),
        "annals: HOME/empty.annals: it is not a snapshot: its manifest.json belongs to another program\n"
    );
    // Nothing of others is written over.
    let facts = fixture.home.path().join("f.jsonl");
    fs::write(empty.join("mine.txt"), "mine").unwrap();
    let out = annals(&[
        "build",
        facts.to_str().unwrap(),
        "-o",
        empty.to_str().unwrap(),
    ]);
    assert_eq!(out.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&out.stderr).contains("mine.txt"));
    assert_eq!(fs::read_dir(&empty).unwrap().count(), 2);
}
