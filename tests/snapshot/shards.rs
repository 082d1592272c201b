//! Parts that are built apart and joined: the answers are those of one build of all files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::world::{Dice, lines, stance_lines};
use super::{annals, files};

mod faults;

const ASKED: &[&[&str]] = &[
    &["said", "-f", "json"],
    &["said", "--by", "a1", "-f", "json"],
    &[
        "said", "--about", "t1", "--stance", "supports", "-f", "json",
    ],
    &["said", "--about", "a0", "--rollup", "-f", "json"],
    &["said", "--by", "a2", "--as-of", "2023-04-20", "-f", "json"],
    &["said", "--text", "grain", "-f", "json"],
    &["said", "--by", "a1", "--limit", "7", "-f", "json"],
    &["find", "grain", "-f", "json"],
    &["count", "--per", "speaker,month", "-f", "json"],
    &["count", "--per", "about,stance,act", "-f", "json"],
    &["overview", "-f", "json"],
    &["timeline", "-f", "json"],
    &[
        "timeline", "--from", "2023-04", "--until", "2023-05", "-f", "json",
    ],
    &["timeline", "--before", "e2", "--after", "e1", "-f", "json"],
    &["positions", "-f", "json"],
    &["positions", "--contradictions", "-f", "json"],
    &["contradictions", "-f", "json"],
    &["changes", "-f", "json"],
    &["promises", "-f", "json"],
    &["voices", "-f", "json"],
    &["network", "-f", "json"],
    &["dates", "-f", "json"],
    &["path", "a1", "d2", "-f", "json"],
    &["subgraph", "--around", "t0", "-f", "json"],
    &["show", "c3", "-f", "json"],
    &["check", "-v", "-f", "json"],
    &["check", "--statistics"],
    &["export", "--format", "json"],
];

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Lines of facts in which all references lead somewhere and no id occurs twice.
fn sound(seed: u64, claims: usize) -> Vec<String> {
    let mut dice = Dice(seed * 7_368_787 + 3);
    let dice = &mut dice;
    let mut out = Vec::new();
    let dates = [
        "2023-04-20",
        "2023-04",
        "2022-02-24/..",
        "../2023-05",
        "[2023-04-01,2023-04-09]",
        "2023-04-20T10:30:00+02:00",
        "1880~",
        "2023-04-18/2023-04-22",
    ];
    for n in 0..6 {
        out.push(format!("{{\"type\":\"actor\",\"id\":\"a{n}\",\"name\":\"Ann {n}\",\"kind\":\"person\",\"aliases\":[\"Łódź {n}\"]}}"));
        out.push(format!("{{\"type\":\"relation\",\"id\":\"r{n}\",\"from\":\"a{n}\",\"kind\":\"represents\",\"to\":\"a{}\",\"when\":\"2020/..\"}}", (n + 1) % 6));
    }
    for n in 0..3 {
        out.push(format!(
            "{{\"type\":\"topic\",\"id\":\"t{n}\",\"label\":\"Topic {n}\",\"about\":[\"a{n}\"]}}"
        ));
        out.push(format!("{{\"type\":\"document\",\"id\":\"d{n}\",\"title\":\"D {n}\",\"published\":\"2023-05-0{}\",\"based_on\":[\"d{}\"]}}", n + 1, (n + 2) % 3));
        let when = if n == 1 {
            String::new()
        } else {
            format!(",\"when\":\"2023-0{}\"", n + 3)
        };
        out.push(format!("{{\"type\":\"event\",\"id\":\"e{n}\",\"label\":\"E {n}\"{when},\"participants\":[{{\"actor\":\"a{n}\",\"role\":\"host\"}}]}}"));
    }
    for (first, second) in [(0, 1), (1, 2)] {
        out.push(format!("{{\"type\":\"order\",\"id\":\"o{first}\",\"first\":\"e{first}\",\"relation\":\"before\",\"second\":\"e{second}\"}}"));
    }
    for n in 0..claims {
        let who = |dice: &mut Dice| format!("\"a{}\"", dice.roll(6));
        let things = ["a0", "a5", "t0", "t1", "t2", "e0", "e1", "d0"];
        let mut fields = vec![format!("\"type\":\"claim\",\"id\":\"c{n}\"")];
        fields.push(format!("\"speaker\":[{}]", who(dice)));
        if dice.roll(4) == 0 {
            fields.pop();
            let speakers = dice.roll(5);
            fields.push(format!(
                "\"speaker\":[\"a{speakers}\",\"a{}\"]",
                speakers + 1
            ));
        }
        let thing = dice.one(&things);
        fields.push(format!("\"to\":[{}],\"about\":[\"{thing}\"]", who(dice)));
        match dice.roll(4) {
            0 => fields.push("\"stance\":\"opposes\"".to_owned()),
            1 => fields.push(format!("\"stance\":[{{\"value\":\"supports\",\"toward\":\"t1\"}},{{\"toward\":\"{thing}\",\"value\":\"mixed\"}}]")),
            2 => fields.push(format!("\"stance\":[{{\"toward\":\"{thing}\",\"value\":\"supports\"}}]")),
            _ => {}
        }
        if dice.roll(6) > 0 {
            fields.push(format!("\"said\":\"{}\"", dice.one(&dates)));
        }
        fields.push(format!(
            "\"content\":\"{} {n}\"",
            dice.one(&["grain", "Grain, again", "É a b", "no \\\"word\\\""])
        ));
        fields.push(format!(
            "\"evidence\":[{{\"document\":\"d{}\"}}]",
            dice.roll(3)
        ));
        match dice.roll(8) {
            0 => fields.push("\"at\":\"e0\"".to_owned()),
            1 if n > 0 => fields.push(format!(
                "\"responds_to\":[\"c{}\"],\"act\":\"retracts\"",
                dice.roll(n)
            )),
            2 => fields.push("\"retracted\":{\"on\":\"2024\",\"reason\":\"wrong\"}".to_owned()),
            3 => fields.push("\"act\":\"promises\",\"due\":\"2023-06\"".to_owned()),
            4 if n > 0 => fields.push(format!("\"fulfils\":[\"c{}\"]", dice.roll(n))),
            5 => {
                let actor = dice.roll(6);
                fields[1] = format!("\"speaker\":[\"a{actor}\"]");
                fields.push(format!("\"as\":\"r{actor}\""));
            }
            6 => fields.push("\"recorded\":\"2023-04-19\",\"tags\":[\"new\"],\"x_n\":1".to_owned()),
            _ => {}
        }
        out.push(format!("{{{}}}", fields.join(", ")));
    }
    out
}

/// Writes lines into some files, as chance will have it; their names.
fn spread(home: &Path, all: &[String], dice: &mut Dice) -> Vec<PathBuf> {
    let names = [
        "a.jsonl",
        "b/x.jsonl",
        "b-c/x.jsonl",
        "d.jsonl",
        "e.jsonl",
        "z.jsonl",
    ];
    let mut names = names.to_vec();
    names.retain(|_| dice.roll(4) > 0);
    if names.is_empty() {
        names.push("a.jsonl");
    }
    let mut of: Vec<Vec<&str>> = vec![Vec::new(); names.len()];
    for line in all {
        of[dice.roll(names.len())].push(line);
    }
    let written = names.iter().zip(of).map(|(name, lines)| {
        let path = home.join("facts").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, lines.join("\n")).unwrap();
        path
    });
    written.collect()
}

/// Builds each of some parts of files, and joins them; what the join says.
fn joined(home: &Path, parts: &[Vec<PathBuf>], more: &[&str]) -> (PathBuf, Output) {
    let mut paths = Vec::new();
    for (nth, facts) in parts.iter().enumerate() {
        let part = home.join(format!("{nth}.part"));
        shard(facts, &part, more);
        paths.push(part);
    }
    let snapshot = home.join("joined.annals");
    let out = join(&paths, &snapshot);
    (snapshot, out)
}

fn shard(facts: &[PathBuf], part: &Path, more: &[&str]) {
    let facts: Vec<&str> = facts.iter().map(|path| shown(path)).collect();
    let out = annals(&[&["build", "--shard", "-o", shown(part)], more, &facts].concat());
    assert!(out.status.success(), "{}", text(&out.stderr));
}

fn join(parts: &[PathBuf], snapshot: &Path) -> Output {
    let parts: Vec<&str> = parts.iter().map(|path| shown(path)).collect();
    annals(&[&["build", "--join", "-o", shown(snapshot)][..], &parts].concat())
}

/// Cuts files at random into one to five parts.
fn cut(paths: &[PathBuf], dice: &mut Dice) -> Vec<Vec<PathBuf>> {
    let mut parts = vec![Vec::new(); 1 + dice.roll(5.min(paths.len()))];
    for path in paths {
        let nth = dice.roll(parts.len());
        parts[nth].push(path.clone());
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Every question, of the facts, of one build of them, and of the parts that were joined.
fn answers_as_one(joined: &Path, home: &Path, paths: &[PathBuf], what: &str) {
    let once = home.join("once.annals");
    let facts: Vec<&str> = paths.iter().map(|path| shown(path)).collect();
    let out = annals(&[&["build", "-q", "-o", shown(&once)][..], &facts].concat());
    assert!(out.status.success(), "{}", text(&out.stderr));
    for asked in ASKED {
        let of = |snapshot: &Path| {
            let out = annals(&[asked, &[shown(snapshot)][..]].concat());
            (text(&out.stdout), text(&out.stderr), out.status.code())
        };
        let (parts, one) = (of(joined), of(&once));
        assert!(parts == one, "{asked:?} {what}: {parts:?} is not {one:?}");
    }
    let deep = annals(&["check", shown(joined), "--deep", "-q"]);
    let plain = annals(&["check", shown(&once), "-q"]);
    assert_eq!(text(&deep.stderr), text(&plain.stderr), "{what}");
}

#[test]
fn parts_answer_as_one_build() {
    for seed in 0..super::tried(30, 2) {
        let home = tempfile::tempdir().unwrap();
        let mut dice = Dice(seed + 11);
        let paths = spread(home.path(), &sound(seed, 60), &mut dice);
        let mut parts = cut(&paths, &mut dice);
        let more: &[&str] = if dice.roll(2) == 0 {
            &["--for-cluster"]
        } else {
            &[]
        };
        let (snapshot, out) = joined(home.path(), &parts, more);
        let said = text(&out.stderr);
        assert!(
            out.status.success() && !said.contains("again"),
            "{seed}: {said}"
        );
        answers_as_one(&snapshot, home.path(), &paths, &format!("of world {seed}"));
        // In another order they give the same bytes.
        let before = files(&snapshot);
        parts.reverse();
        let (again, _) = joined(home.path(), &parts, more);
        assert!(files(&again) == before, "{seed}");
    }
}

/// Ids that several records have, references that lead nowhere, records without ids, and lines that are
/// none.
#[test]
fn faulty_parts_answer_as_one_build() {
    for seed in 0..super::tried(30, 2) {
        let home = tempfile::tempdir().unwrap();
        let mut dice = Dice(seed + 77);
        let all = if seed % 2 == 0 {
            lines(seed, 60)
        } else {
            stance_lines(seed, 60)
        };
        let all: Vec<String> = all.lines().map(str::to_owned).collect();
        let paths = spread(home.path(), &all, &mut dice);
        let (snapshot, out) = joined(home.path(), &cut(&paths, &mut dice), &[]);
        assert!(out.status.success(), "{}", text(&out.stderr));
        answers_as_one(&snapshot, home.path(), &paths, &format!("of world {seed}"));
    }
}

/// YAML, JSON and tables, of which each refers to the others, and texts of documents.
#[test]
fn other_formats_answer_as_one_build() {
    let home = tempfile::tempdir().unwrap();
    let of = |folder: &str, names: &[&str]| {
        let paths = names.iter().map(|name| PathBuf::from(folder).join(name));
        paths.map(|path| vec![path]).collect::<Vec<_>>()
    };
    let dossier = of(
        "data/harbour",
        &["archive.json", "claims.jsonl", "harbour.yaml"],
    );
    let tables = of(
        "tests/fixtures/tables",
        &[
            "actors.csv",
            "documents.csv",
            "harbour-claims.csv",
            "relations.csv",
            "topics.tsv",
        ],
    );
    for (nth, parts) in [dossier, tables].iter().enumerate() {
        let (snapshot, out) = joined(home.path(), parts, &["--for-cluster"]);
        assert!(out.status.success(), "{}", text(&out.stderr));
        answers_as_one(
            &snapshot,
            home.path(),
            &parts.concat(),
            &format!("of {nth}"),
        );
    }
}

#[test]
fn a_quote_in_a_text_of_another_part_is_found() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    write("d.txt", "The pier stays open, said Ann.");
    let document = write(
        "d.yaml",
        "annals: 1\ndocuments:\n  - {id: d, title: D, text: d.txt}\nactors:\n  - {id: ann, name: Ann, kind: person}\n",
    );
    let claim = write(
        "c.jsonl",
        "{\"type\":\"claim\",\"id\":\"c\",\"speaker\":[\"ann\"],\"quote\":\"stays open\",\"evidence\":[{\"document\":\"d\"}]}\n",
    );
    let parts = [vec![document.clone()], vec![claim.clone()]];
    let (snapshot, out) = joined(home.path(), &parts, &["--for-cluster"]);
    let said = text(&out.stderr);
    assert!(
        said.contains("1.part was written again") && !said.contains("0.part"),
        "{said}"
    );
    let told = annals(&["said", shown(&snapshot), "-f", "json"]);
    assert!(
        text(&told.stdout).contains("\"verified\": \"exact\""),
        "{}",
        text(&told.stdout)
    );
    answers_as_one(&snapshot, home.path(), &[document, claim], "with a text");
}

const ACTOR: &str = "{\"type\":\"actor\",\"id\":\"a\",\"name\":\"Ann\",\"kind\":\"person\",\"aliases\":[\"Annie\"]}\n";
const CLAIM: &str = "{\"type\":\"claim\",\"id\":\"c\",\"speaker\":[\"a\"],\"content\":\"yes\"}\n";

/// Two parts, of one file each.
fn two(home: &Path, one: &str, other: &str) -> [PathBuf; 2] {
    [("1.jsonl", one), ("2.jsonl", other)].map(|(name, lines)| {
        let path = home.join(name);
        fs::write(&path, lines).unwrap();
        let part = home.join(name.replace("jsonl", "part"));
        shard(&[path], &part, &["-q"]);
        part
    })
}

#[test]
fn what_only_the_whole_tells_is_told_with_the_files() {
    let home = tempfile::tempdir().unwrap();
    let snapshot = home.path().join("x.annals");
    let says = |one: &str, other: &str| {
        let out = join(&two(home.path(), one, other), &snapshot);
        assert!(out.status.success());
        text(&out.stderr)
    };
    // The same id in both.
    let said = says(&format!("{ACTOR}{CLAIM}"), &format!("\n{CLAIM}"));
    assert!(
        said.contains("AN101") && said.contains("1.jsonl:2:") && said.contains("2.jsonl:2:"),
        "{said}"
    );
    assert!(
        said.contains("2.part was written again") && !said.contains("1.part was"),
        "{said}"
    );
    let ids = annals(&["said", shown(&snapshot), "-f", "jsonl"]);
    assert!(
        text(&ids.stdout).contains("\"id\":\"2.jsonl#claims/1\""),
        "{}",
        text(&ids.stdout)
    );
    // A reference to nobody, and by a name in place of an id.
    for (who, code) in [("nobody", "AN102"), ("Annie", "AN102"), ("c2", "AN103")] {
        let claim = CLAIM
            .replace("[\"a\"]", &format!("[\"{who}\"]"))
            .replace("yes", who);
        let said = says(
            &format!("{ACTOR}{}", CLAIM.replace("\"c\"", "\"c2\"")),
            &claim,
        );
        assert!(
            said.contains(code) && said.contains("2.jsonl:1:"),
            "{who}: {said}"
        );
        assert!(who != "Annie" || said.contains("\"a\""), "{said}");
    }
    // Nothing.
    let said = says(ACTOR, CLAIM);
    assert!(!said.contains("AN1") && !said.contains("again"), "{said}");
    assert!(said.contains("2 records of 2 parts in"), "{said}");
    // Much of it is counted.
    let many: String = (0..30)
        .map(|n| {
            CLAIM
                .replace("[\"a\"]", &format!("[\"n{n}\"]"))
                .replace("\"c\"", &format!("\"c{n}\""))
        })
        .collect();
    let said = says(ACTOR, &many);
    assert!(
        said.matches("AN102").count() == 10 && said.contains("20 more like these"),
        "{said}"
    );
    // With --strict nothing is written.
    let before = files(&snapshot);
    let parts = two(home.path(), ACTOR, &many);
    let strict = annals(&[
        "build",
        "--join",
        "--strict",
        shown(&parts[0]),
        shown(&parts[1]),
        "-o",
        shown(&snapshot),
    ]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(files(&snapshot) == before);
}

#[test]
fn facts_are_added_to_what_was_joined() {
    let home = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = (["a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl"].iter())
        .map(|name| home.path().join(name))
        .collect();
    let all = sound(5, 40);
    let (some, rest) = all.split_at(50);
    fs::write(&paths[0], some[..30].join("\n")).unwrap();
    fs::write(&paths[1], "").unwrap();
    fs::write(&paths[2], some[30..].join("\n")).unwrap();
    fs::write(&paths[3], rest.join("\n")).unwrap();
    let parts: Vec<Vec<PathBuf>> = paths[..3].iter().map(|path| vec![path.clone()]).collect();
    let (snapshot, out) = joined(home.path(), &parts, &[]);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let out = annals(&["build", "--add", shown(&paths[3]), "-o", shown(&snapshot)]);
    assert!(out.status.success(), "{}", text(&out.stderr));
    answers_as_one(&snapshot, home.path(), &paths, "with more");
}
