//! Facts that are added: the answers are those of one build of all.

use std::fs;

use super::world::{Dice, lines};
use super::{annals, build, files};

const ASKED: &[&[&str]] = &[
    &["said", "-f", "json"],
    &["said", "--by", "a1", "-f", "json"],
    &["said", "--about", "t1", "-f", "json"],
    &["timeline", "-f", "json"],
    &["check", "-f", "json"],
    &["export", "--format", "json"],
];

fn portions(seed: u64, names: &[&str]) {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(seed + 5);
    let all = lines(seed, 200);
    let all: Vec<&str> = all.split_inclusive('\n').collect();
    let mut cuts: Vec<usize> = (1..names.len()).map(|_| dice.roll(all.len())).collect();
    cuts.sort_unstable();
    cuts.push(all.len());
    let mut begin = 0;
    let snapshot = home.path().join("x.annals");
    let mut paths = Vec::new();
    for (nth, (name, end)) in names.iter().zip(cuts).enumerate() {
        let path = home.path().join(name);
        fs::write(&path, all[begin..end].concat()).unwrap();
        begin = end;
        let path = path.to_str().unwrap().to_owned();
        let mut arguments = vec![
            "build",
            path.as_str(),
            "-q",
            "-o",
            snapshot.to_str().unwrap(),
        ];
        arguments.extend((nth > 0).then_some("--add"));
        let out = annals(&arguments);
        assert!(
            out.status.success(),
            "{}",
            String::from_utf8_lossy(&out.stderr)
        );
        paths.push(path);
        let once = home.path().join("once.annals");
        let mut arguments = vec!["build", "-q", "-o", once.to_str().unwrap()];
        arguments.extend(paths.iter().map(String::as_str));
        assert!(annals(&arguments).status.success());
        for asked in ASKED {
            let of = |snapshot: &std::path::Path| {
                let out = annals(&[asked, &[snapshot.to_str().unwrap()][..]].concat());
                (
                    String::from_utf8(out.stdout).unwrap(),
                    String::from_utf8(out.stderr).unwrap(),
                )
            };
            assert_eq!(
                of(&snapshot),
                of(&once),
                "{asked:?} after {nth} of seed {seed}"
            );
        }
    }
    // Nothing is damaged: that would be said, and end with 3 also where every line can be read.
    let plain = annals(&["check", snapshot.to_str().unwrap(), "-q"]);
    let deep = annals(&["check", snapshot.to_str().unwrap(), "--deep", "-q"]);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(text(&deep.stderr), text(&plain.stderr));
    assert_eq!(deep.status.code(), plain.status.code());
}

#[test]
fn portions_are_as_good_as_one_build() {
    for seed in 0..if super::is_thorough() { 10 } else { 1 } {
        portions(seed, &["a.jsonl", "b.jsonl", "c.jsonl"]);
        portions(
            seed + 50,
            &["c.jsonl", "a.jsonl", "b/c.jsonl"]
                .map(|name| if name == "b/c.jsonl" { "d.jsonl" } else { name }),
        );
    }
}

#[test]
fn only_what_is_new_is_written() {
    let home = tempfile::tempdir().unwrap();
    let (one, two) = (home.path().join("1.jsonl"), home.path().join("2.jsonl"));
    let actor = "{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\",\"kind\":\"person\"}\n";
    // What it refers to comes with the second file.
    let claim = "{\"type\":\"claim\",\"id\":\"c\",\"speaker\":[\"b\"],\"about\":[\"a\"]}\n";
    fs::write(&one, format!("{actor}{claim}")).unwrap();
    fs::write(&two, actor.replace("\"a\"", "\"b\"")).unwrap();
    let snapshot = home.path().join("x.annals");
    build(one.to_str().unwrap(), &snapshot);
    let before = files(&snapshot);
    let shown = snapshot.to_str().unwrap();
    assert!(
        annals(&["build", two.to_str().unwrap(), "-o", shown, "--add"])
            .status
            .success()
    );
    let after = files(&snapshot);
    let kept = before.iter().filter(|file| file.0 != "manifest.json");
    assert!(kept.clone().count() > 5 && kept.clone().all(|file| after.contains(file)));
    let said = annals(&["said", shown, "--by", "b", "-f", "jsonl"]);
    assert!(String::from_utf8_lossy(&said.stdout).contains("\"id\":\"c\""));
    // The same file twice would be facts beside what they were.
    let again = annals(&["build", two.to_str().unwrap(), "-o", shown, "--add"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(files(&snapshot) == after);
}
