//! Every command over the dossiers, their texts among them, and over lines of all sorts.

use std::fs;
use std::path::Path;

use super::{annals, build, files};

const ASKED: &[&[&str]] = &[
    &["said"],
    &["said", "-f", "json"],
    &["said", "-f", "csv", "--by", "Stoltenberg"],
    &["said", "--by", "a1", "--about", "t1"],
    &["said", "--in", "d1", "-f", "jsonl"],
    &["said", "--about", "NATO", "--stance", "supports"],
    &["said", "--by", "Nobody At All"],
    &["said", "--by", "Stoltenberg", "--strict"],
    &["said", "--about", "NATO", "--rollup"],
    &["said", "--about", "NATO", "--as-of", "2023-04-20"],
    &["said", "--text", "he"],
    &["find", "a", "-f", "json"],
    &["find", "no"],
    &["find", "no", "--by", "Stoltenberg"],
    &["find", "the mole", "-f", "csv"],
    &["timeline"],
    &["timeline", "-f", "json", "--from", "2023"],
    &["timeline", "--from", "2023-05-01", "--until", "2023-05-01"],
    &["timeline", "-f", "json", "--until", "1879", "--surely"],
    &["timeline", "--before", "e2", "--after", "e1"],
    &["timeline", "-f", "csv", "--from", "2023", "--after", "e0"],
    &["said", "--verified", "missing", "--verified", "null"],
    &["overview"],
    &["overview", "-f", "json"],
    &["overview", "-f", "csv", "--as-of", "2023-05-01"],
    &["count", "--per", "speaker,month"],
    &["count", "--per", "about,stance,act,mode", "-f", "json"],
    &["count", "--per", "to,document,publisher,tag", "-f", "csv"],
    &["count", "--per", "speaker,day", "--retracted", "-f", "csv"],
    &[
        "count",
        "--per",
        "week,speaker",
        "--surely",
        "--from",
        "2023-04",
    ],
    &["count", "--per", "year,through", "--by", "NATO", "--rollup"],
    &[
        "count",
        "--per",
        "month,speaker",
        "--until",
        "2023-04",
        "-f",
        "csv",
    ],
    &[
        "count", "--per", "month", "--stance", "supports", "-f", "csv",
    ],
    &["positions", "-f", "json"],
    &["positions", "--contradictions"],
    &["contradictions", "-f", "json"],
    &["contradictions", "--by", "a1", "--before", "e2"],
    &["changes", "--from", "2020", "-f", "json"],
    &["promises", "-f", "json"],
    &["promises", "--on", "2019-06", "--state", "open"],
    &["voices", "-f", "json"],
    &["network", "-f", "json"],
    &["network", "--from", "2023", "--into", "state", "-f", "json"],
    &["voices", "--of", "positions"],
    &["dates"],
    &["check"],
    &["check", "-f", "json", "-v"],
    &["check", "--statistics"],
    &["subgraph", "-f", "json"],
    &["export", "--format", "json"],
    &["export", "--format", "nquads"],
    &["draw", "claims"],
];

fn same(facts: &str, snapshot: &str, asked: &[&str]) {
    let with = |facts: &str| {
        let mut arguments = asked.to_vec();
        arguments.push(facts);
        annals(&arguments)
    };
    let (one, other) = (with(facts), with(snapshot));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(
        text(&one.stdout),
        text(&other.stdout),
        "{asked:?} of {facts}"
    );
    assert_eq!(
        text(&one.stderr),
        text(&other.stderr),
        "{asked:?} of {facts}"
    );
    assert_eq!(
        one.status.code(),
        other.status.code(),
        "{asked:?} of {facts}"
    );
}

fn every_command(facts: &str, further: &[&[&str]]) {
    let home = tempfile::tempdir().unwrap();
    let snapshot = home.path().join("x.annals");
    build(facts, &snapshot);
    for asked in ASKED.iter().chain(further) {
        same(facts, snapshot.to_str().unwrap(), asked);
    }
}

#[test]
fn the_dossiers_answer_alike() {
    let of_kyiv: &[&[&str]] = &[
        &["show", "zelensky"],
        &["show", "putin-no-option", "-f", "json"],
        &["path", "Putin", "Stoltenberg"],
        &["order", "meeting", "invasion"],
        &["dates", "--why", "meeting"],
    ];
    every_command("data", of_kyiv);
    if super::is_thorough() {
        every_command("data/kyiv", of_kyiv);
    }
    every_command("tests/fixtures/names.yaml", &[]);
    every_command("tests/fixtures/faulty.yaml", &[]);
    every_command("tests/fixtures/tables", &[]);
}

#[test]
fn identities_and_agreement_are_alike() {
    let alike = |facts: &str, asked: &[&[&str]]| {
        let home = tempfile::tempdir().unwrap();
        let snapshot = home.path().join("x.annals");
        build(facts, &snapshot);
        for arguments in asked {
            same(facts, snapshot.to_str().unwrap(), arguments);
        }
    };
    let by = ["--by", "adams", "--identity", "by=lantern"];
    let asked: &[&[&str]] = &[
        &[&["said"], &by[..]].concat(),
        &[&["timeline", "-f", "json"], &by[..]].concat(),
        &[&["export", "--format", "json"], &by[..]].concat(),
        &[&["draw", "claims"], &by[..]].concat(),
        &["positions", "--identity", "all"],
        &["subgraph", "--around", "adams", "--identity", "stated"],
        &["said", "--identity", "by=Nobody"],
    ];
    alike("tests/fixtures/identity.yaml", asked);
    let first = "tests/fixtures/annotators/anna.yaml";
    let agree: &[&[&str]] = &[&["agree", first], &["agree", "-f", "json", first]];
    alike("tests/fixtures/annotators/ben.yaml", agree);
}

#[test]
fn lines_answer_alike() {
    let home = tempfile::tempdir().unwrap();
    for seed in 0..super::tried(8, 1) as u64 {
        let path = home.path().join("f.jsonl");
        fs::write(&path, super::world::lines(seed, 120)).unwrap();
        every_command(
            path.to_str().unwrap(),
            &[
                &["show", "c3", "-f", "json"],
                &["show", "a1"],
                &["path", "a1", "d2", "-f", "json"],
                &["path", "c3", "c9", "--in-time"],
                &["path", "a1", "t0", "--by", "a2", "-f", "csv"],
                &["path", "e0", "t0", "--edges", "about"],
                &["path", "a1", "nobody"],
                &["subgraph", "--around", "d1", "-f", "json"],
                &["subgraph", "--around", "c5", "--hops", "2", "-f", "csv"],
                &[
                    "subgraph", "--around", "t0", "--edges", "about", "-f", "csv",
                ],
                &["subgraph", "--by", "a2", "-f", "json"],
            ],
        );
    }
    // The same facts as lines, in files of which a folder holds several.
    let folder = home.path().join("folder");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.jsonl"), super::world::lines(7, 40)).unwrap();
    fs::write(folder.join("b.jsonl"), "").unwrap();
    fs::write(
        folder.join("c.jsonl"),
        [b"\xff\xfe{\n".as_slice(), b"{\"type\":\"actor\"}"].concat(),
    )
    .unwrap();
    fs::copy("tests/fixtures/harbour.yaml", folder.join("d.yaml")).unwrap();
    fs::copy("tests/fixtures/harbour.txt", folder.join("harbour.txt")).unwrap();
    every_command(folder.join("a.jsonl").to_str().unwrap(), &[]);
    fs::remove_file(folder.join("c.jsonl")).unwrap();
    every_command(folder.to_str().unwrap(), &[]);
}

#[test]
fn the_facts_need_not_be_there_any_more() {
    let home = tempfile::tempdir().unwrap();
    let (facts, moved) = (home.path().join("facts"), home.path().join("moved"));
    fs::create_dir(&facts).unwrap();
    for file in ["harbour.yaml", "harbour.txt"] {
        fs::copy(Path::new("tests/fixtures").join(file), facts.join(file)).unwrap();
    }
    fs::write(
        facts.join("annals.toml"),
        "[check]\nignore = [\"without-evidence\"]\n",
    )
    .unwrap();
    let snapshot = home.path().join("x.annals");
    build(facts.to_str().unwrap(), &snapshot);
    let asked: &[&[&str]] = &[
        &["said", "-f", "json"],
        &["check", "-f", "json"],
        &["timeline"],
    ];
    let of = |path: &Path| {
        let asked = asked.iter();
        let with = asked.map(|asked| annals(&[asked, &[path.to_str().unwrap()][..]].concat()));
        with.map(|out| (out.stdout, out.stderr)).collect::<Vec<_>>()
    };
    let before = of(&facts);
    assert!(
        String::from_utf8_lossy(&before[0].0).contains("\"exact\""),
        "a quote was verified"
    );
    fs::rename(&facts, moved).unwrap();
    assert!(of(&snapshot) == before);
}

#[test]
fn built_twice_it_is_the_same() {
    let home = tempfile::tempdir().unwrap();
    let facts = home.path().join("f.jsonl");
    fs::write(&facts, super::world::lines(3, 300)).unwrap();
    let (one, two) = (
        home.path().join("one.annals"),
        home.path().join("two.annals"),
    );
    build(facts.to_str().unwrap(), &one);
    build(facts.to_str().unwrap(), &two);
    assert!(files(&one) == files(&two));
    build(facts.to_str().unwrap(), &two);
    assert!(files(&one) == files(&two));
    // Over another one nothing is left of that.
    build("data", &two);
    build(facts.to_str().unwrap(), &two);
    assert!(files(&one) == files(&two));
}

#[test]
fn a_snapshot_beside_its_facts_is_not_read_twice() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("f.jsonl"), super::world::lines(3, 20)).unwrap();
    let facts = home.path().to_str().unwrap();
    let before = annals(&["said", facts, "-f", "json"]);
    build(facts, &home.path().join("f.annals"));
    assert!(annals(&["said", facts, "-f", "json"]).stdout == before.stdout);
}
