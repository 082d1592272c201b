//! The program before hostile files: what it opens, writes over and leaves behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The program in a folder.
fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    command
}

/// Runs it; it must end by itself.
pub(super) fn annals(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = program(folder, arguments);
    let (out, err) = (folder.join(".out"), folder.join(".err"));
    command.stdout(fs::File::create(&out).unwrap());
    command.stderr(fs::File::create(&err).unwrap());
    let mut running = command.spawn().unwrap();
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = running.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > Duration::from_secs(240) {
            running.kill().unwrap();
            panic!("{arguments:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let output = Output {
        status,
        stdout: fs::read(&out).unwrap(),
        stderr: fs::read(&err).unwrap(),
    };
    let [code] = [status.code().expect("an exit code")];
    assert!((0..=3).contains(&code), "{arguments:?}: {code}");
    fs::remove_file(out).unwrap();
    fs::remove_file(err).unwrap();
    output
}

pub(super) fn words(output: &Output) -> String {
    let all = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(all).unwrap()
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_without_waiting() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let pipe = |name: &str| {
        let made = Command::new("mkfifo").arg(folder.join(name)).status();
        assert!(made.unwrap().success());
    };
    let good = "annals: 1\nactors:\n  - {id: a, name: A, kind: person}\n";
    fs::write(folder.join("good.yaml"), good).unwrap();
    fs::write(folder.join("t.csv"), "a,b\n1,2\n").unwrap();
    for name in ["p.jsonl", "p.ics", "p.txt", "p.json"] {
        pipe(name);
    }
    for (name, device) in [
        ("z.csv", "/dev/zero"),
        ("z.xlsx", "/dev/urandom"),
        ("z.yaml", "/dev/tty"),
    ] {
        symlink(device, folder.join(name)).unwrap();
    }
    let _socket = UnixListener::bind(folder.join("s.json")).unwrap();
    fs::create_dir(folder.join("f.yaml")).unwrap();
    for arguments in [
        &["check", "p.jsonl"][..],
        &["check", "p.json"],
        &["check", "z.csv"],
        &["check", "z.xlsx"],
        &["check", "z.yaml"],
        &["check", "s.json"],
        &["import", "ics", "p.ics"],
        &["import", "table", "z.csv", "--suggest"],
        &["import", "table", "t.csv", "--map", "p.txt"],
        &["check", "good.yaml", "--baseline", "p.json"],
    ] {
        let ended = annals(folder, arguments);
        assert_eq!(
            ended.status.code(),
            Some(3),
            "{arguments:?}: {}",
            words(&ended)
        );
    }
    let all = words(&annals(folder, &["check", ".", "-f", "concise"]));
    for name in ["p.jsonl", "p.json", "z.yaml", "s.json"] {
        assert!(all.contains(name), "{name} is named: {all}");
    }
    // Nobody's settings are passed over.
    for name in ["p.jsonl", "p.json", "s.json", "z.yaml"] {
        fs::remove_file(folder.join(name)).unwrap();
    }
    pipe("annals.toml");
    let ended = annals(folder, &["said", "good.yaml"]);
    assert!(words(&ended).contains("it is a pipe"), "{}", words(&ended));
}

#[test]
fn sparse_files_are_refused_before_they_are_read() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    for name in [
        "f.yaml",
        "f.json",
        "claims.csv",
        "facts.ods",
        "annals.toml",
        "base.json",
    ] {
        let file = fs::File::create(folder.join(name)).unwrap();
        file.set_len(8 << 30).unwrap();
    }
    for name in ["f.yaml", "f.json", "claims.csv", "facts.ods"] {
        // From elsewhere, so that the settings are not read.
        let inner = folder.join("inner");
        fs::create_dir_all(&inner).unwrap();
        fs::write(inner.join("annals.toml"), "").unwrap();
        fs::rename(folder.join(name), inner.join(name)).unwrap();
        let ended = annals(&inner, &["check", name]);
        assert_eq!(ended.status.code(), Some(3), "{name}");
        assert!(words(&ended).contains("is the limit"), "{}", words(&ended));
        fs::remove_file(inner.join(name)).unwrap();
    }
    fs::write(folder.join("f.yaml"), "annals: 1\n").unwrap();
    let ended = annals(folder, &["check", "f.yaml"]);
    assert!(
        words(&ended).contains("annals.toml: it is larger"),
        "{}",
        words(&ended)
    );
    fs::write(folder.join("annals.toml"), "").unwrap();
    let ended = annals(folder, &["check", "f.yaml", "--baseline", "base.json"]);
    assert!(
        words(&ended).contains("base.json: it is larger"),
        "{}",
        words(&ended)
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of commands")]
fn nothing_that_was_read_is_written_over() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let facts = "annals: 1\ndocuments:\n  - {id: d, title: D, text: texts/d.txt}\nclaims:\n  - {id: c, speaker: [], evidence: {document: d, quote: so}}\n";
    fs::create_dir(folder.join("texts")).unwrap();
    fs::write(folder.join("f.yaml"), facts).unwrap();
    fs::write(folder.join("texts/d.txt"), "He said so.\n").unwrap();
    fs::write(folder.join("annals.toml"), "[check]\n").unwrap();
    fs::write(folder.join("t.csv"), "Who\nA\n").unwrap();
    fs::write(
        folder.join("m.yaml"),
        "annals-map: 1\nrecords:\n  who: {type: actor, key: \"{Who}\", name: \"{Who}\", kind: person}\n",
    )
    .unwrap();
    annals(
        folder,
        &[
            "check",
            "f.yaml",
            "--baseline",
            "known.json",
            "--renew-baseline",
        ],
    );
    annals(folder, &["build", "f.yaml", "-o", "s.annals", "-q"]);
    let manifest = fs::read_to_string(folder.join("s.annals/manifest.json")).unwrap();
    let part = fs::read_dir(folder.join("s.annals/claims")).unwrap().next();
    let part = part.unwrap().unwrap().file_name().into_string().unwrap();
    let table = format!("s.annals/claims/{part}/0.parquet");
    let new = format!("s.annals/claims/{part}/new.json");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("annals.toml", folder.join("link.json")).unwrap();
        fs::hard_link(folder.join("texts/d.txt"), folder.join("hard.json")).unwrap();
    }
    let mut cases: Vec<(Vec<&str>, &str)> = vec![
        (
            vec!["said", "f.yaml", "-f", "json", "-o", "annals.toml"],
            "annals.toml",
        ),
        (
            vec!["export", "f.yaml", "--format", "json", "-o", "texts/d.txt"],
            "texts/d.txt",
        ),
        (
            vec![
                "check",
                "f.yaml",
                "--baseline",
                "known.json",
                "-o",
                "known.json",
            ],
            "known.json",
        ),
        (
            vec![
                "import", "table", "t.csv", "--map", "m.yaml", "-o", "m.yaml",
            ],
            "m.yaml",
        ),
        (
            vec![
                "import", "table", "t.csv", "--map", "m.yaml", "-o", "o.yaml", "--report", "m.yaml",
            ],
            "m.yaml",
        ),
        (
            vec!["said", "s.annals", "-o", "s.annals/manifest.json"],
            "s.annals/manifest.json",
        ),
        (vec!["said", "s.annals", "-f", "json", "-o", &table], &table),
        (
            vec![
                "draw", "claims", "s.annals", "--format", "svg", "-o", &table,
            ],
            &table,
        ),
    ];
    if cfg!(unix) {
        cases.push((vec!["said", "f.yaml", "-o", "link.json"], "link.json"));
        cases.push((vec!["said", "f.yaml", "-o", "hard.json"], "hard.json"));
    }
    for (arguments, file) in cases {
        let before = fs::read(folder.join(file)).unwrap();
        let ended = annals(folder, &arguments);
        assert_ne!(ended.status.code(), Some(0), "{arguments:?}");
        assert_eq!(
            fs::read(folder.join(file)).unwrap(),
            before,
            "{arguments:?}"
        );
        assert!(!folder.join("o.yaml").exists());
    }
    assert_ne!(
        annals(folder, &["said", "f.yaml", "-o", &new])
            .status
            .code(),
        Some(0)
    );
    assert!(
        !folder.join(&new).exists(),
        "nothing is put into a snapshot"
    );
    assert_eq!(
        fs::read_to_string(folder.join("s.annals/manifest.json")).unwrap(),
        manifest
    );
    // Many systems do not regard case.
    let arguments = [
        "import", "table", "t.csv", "--map", "m.yaml", "-o", "x.yaml", "--report", "X.YAML",
    ];
    assert_eq!(annals(folder, &arguments).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_fix_does_not_follow_a_link_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let facts =
        |id: &str| format!("annals: 1\nclaims:\n  - {{id: {id}, speaker: [], said: 2021-5-4}}\n");
    let fixed = |id: &str| facts(id).replace("2021-5-4", "2021-05-04");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    for inner in ["named/sub", "elsewhere"] {
        fs::create_dir_all(folder.join(inner)).unwrap();
    }
    fs::write(folder.join("named/a.yaml"), facts("a")).unwrap();
    fs::write(folder.join("elsewhere/b.yaml"), facts("b")).unwrap();
    fs::write(folder.join("elsewhere/c.yaml"), facts("c")).unwrap();
    fs::write(folder.join("named/sub/.kept"), facts("d")).unwrap();
    symlink("../elsewhere/b.yaml", folder.join("named/b.yaml")).unwrap();
    symlink(
        folder.join("elsewhere/c.yaml"),
        folder.join("named/sub/c.yaml"),
    )
    .unwrap();
    symlink("sub/.kept", folder.join("named/d.yaml")).unwrap();
    let ended = annals(folder, &["check", "named", "--fix"]);
    let said = words(&ended);
    assert_eq!(
        said.matches("it lies outside the files and folders that were named; it is left as it is")
            .count(),
        2,
        "{said}"
    );
    assert_eq!(
        [read("named/a.yaml"), read("named/sub/.kept")],
        [fixed("a"), fixed("d")]
    );
    assert_eq!(
        [read("elsewhere/b.yaml"), read("elsewhere/c.yaml")],
        [facts("b"), facts("c")]
    );
    // A link that is named itself is meant.
    annals(folder, &["check", "named/b.yaml", "--fix"]);
    assert_eq!(read("elsewhere/b.yaml"), fixed("b"));
    assert!(folder.join("named/b.yaml").is_symlink());
}

#[test]
fn texts_of_imports_have_names_on_every_system() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let titles = ["Con", "NUL", "com1", "Lpt9", "Report", "REPORT", "aux"];
    let mut arguments = vec!["import".to_owned(), "tei".to_owned()];
    for (nth, title) in titles.iter().enumerate() {
        let name = format!("{nth}.xml");
        let text = format!(
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt></fileDesc></teiHeader><text><body><p>Hi.</p></body></text></TEI>"
        );
        fs::write(folder.join(&name), text).unwrap();
        arguments.push(name);
    }
    arguments.extend(["-o", "out.yaml", "-q"].map(str::to_owned));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = annals(folder, &arguments);
    assert!(ended.status.success(), "{}", words(&ended));
    let names = fs::read_dir(folder.join("out-texts")).unwrap();
    let names: Vec<String> = names
        .map(|one| one.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), titles.len() + 1, "{names:?}");
    assert!(
        names.iter().all(|name| !annals::files::is_device(name)),
        "{names:?}"
    );
    let lower: std::collections::BTreeSet<String> =
        names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(lower.len(), names.len());
    let checked = annals(folder, &["check", "out.yaml", "-f", "concise"]);
    assert!(
        !words(&checked).contains("AN121"),
        "the texts are found: {}",
        words(&checked)
    );
}

#[test]
fn time_is_in_proportion_to_the_input() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let write = |name: &str, lines: &mut dyn Iterator<Item = String>| {
        let text: String = lines.map(|line| line + "\n").collect();
        fs::write(folder.join(name), text).unwrap();
    };
    let actor = |id: &str| {
        format!("{{\"type\":\"actor\",\"id\":\"{id}\",\"name\":\"N\",\"kind\":\"person\"}}")
    };
    // References to actors of another file, ids that many records have, and of another kind.
    write(
        "unknown.jsonl",
        &mut (0..2000)
            .map(|n| actor(&format!("a{n}")))
            .chain((0..2500).map(|n| {
            format!(
                "{{\"type\":\"claim\",\"speaker\":\"a{n}x\",\"said\":\"2020\",\"content\":\"w\"}}"
            )
        })),
    );
    write("twice.jsonl", &mut (0..2000).map(|n| {
        format!("{{\"type\":\"claim\",\"id\":\"c\",\"speaker\":\"c\",\"said\":\"2020\",\"content\":\"w{n}\"}}")
    }));
    // One who wavers, and many who stand opposite each other.
    let stance = |n: usize| ["supports", "opposes"][n % 2];
    write("wavering.jsonl", &mut std::iter::once(actor("s")).chain((0..1000).map(|n| {
        format!("{{\"type\":\"claim\",\"id\":\"c{n}\",\"speaker\":\"s\",\"about\":\"s\",\"stance\":\"{}\",\"said\":\"2020\"}}", stance(n))
    })));
    write("many.jsonl", &mut (0..2100).flat_map(|n| {
        let claim = format!("{{\"type\":\"claim\",\"id\":\"c{n}\",\"speaker\":\"a{n}\",\"about\":\"a0\",\"stance\":\"{}\",\"said\":\"2020\"}}", stance(n));
        [actor(&format!("a{n}")), claim]
    }));
    // A circle whose every link is needed.
    write("circle.jsonl", &mut (0..1000).flat_map(|n| {
        let next = (n + 1) % 1000;
        [
            format!("{{\"type\":\"event\",\"id\":\"e{n}\",\"label\":\"E\"}}"),
            format!("{{\"type\":\"order\",\"first\":\"e{n}\",\"relation\":\"before\",\"second\":\"e{next}\"}}"),
        ]
    }));
    for (name, code) in [
        ("unknown", "AN102"),
        ("twice", "AN103"),
        ("circle", "AN201"),
    ] {
        let found = words(&annals(
            folder,
            &["check", &format!("{name}.jsonl"), "-f", "concise"],
        ));
        assert!(found.contains(code), "{name}");
    }
    let listed = words(&annals(folder, &["check", "twice.jsonl", "-f", "concise"]));
    assert_eq!(listed.matches("AN101").count(), 1000);
    let drawn = words(&annals(folder, &["check", "twice.jsonl"]));
    assert!(drawn.contains("999 more of this kind about this id are not listed"));
    let wavering = words(&annals(folder, &["positions", "wavering.jsonl"]));
    assert!(
        wavering.contains("more than 10000 contradictions"),
        "{wavering}"
    );
    let shown = annals(folder, &["show", "c0", "wavering.jsonl", "-f", "json"]);
    let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(
        shown["data"]["contradictions"].as_array().unwrap().len(),
        500
    );
    let many = words(&annals(folder, &["positions", "many.jsonl"]));
    assert!(many.contains("and perhaps others"));
    // Macros that unfold without an end.
    let mut macros = String::from("@string{m0 = \"aaaaaaaaaa\"}\n");
    for n in 1..30 {
        macros += &format!(
            "@string{{m{n} = {}}}\n",
            vec![format!("m{}", n - 1); 10].join(" # ")
        );
    }
    fs::write(folder.join("m.bib"), macros + "@book{b, title = m29}\n").unwrap();
    let ended = annals(folder, &["import", "bibliography", "m.bib"]);
    assert!(
        words(&ended).contains("unfold to more than 64 MiB"),
        "{}",
        words(&ended)
    );
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_nothing_behind() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let lines = (0..20_000).map(|n| {
        format!("{{\"type\":\"claim\",\"id\":\"c{n}\",\"speaker\":[],\"said\":\"2020-01-02\",\"content\":\"Words {n}\"}}\n")
    });
    fs::write(folder.join("f.jsonl"), lines.collect::<Vec<_>>().concat()).unwrap();
    let rows = (0..60_000)
        .map(|n| format!("{n},n{n}\n"))
        .collect::<Vec<_>>()
        .concat();
    fs::write(folder.join("t.csv"), format!("No,Who\n{rows}")).unwrap();
    fs::write(
        folder.join("m.yaml"),
        "annals-map: 1\nrecords:\n  who: {type: actor, key: \"{No}\", name: \"{Who}\", kind: person}\n",
    )
    .unwrap();
    let out = folder.join("out");
    for (signal, arguments) in [
        (
            "INT",
            &[
                "import",
                "table",
                "t.csv",
                "--map",
                "m.yaml",
                "-o",
                "out/o.yaml",
                "--report",
                "out/r.txt",
            ][..],
        ),
        (
            "TERM",
            &[
                "export",
                "f.jsonl",
                "--format",
                "csv",
                "-o",
                "out/sheets",
                "-q",
            ],
        ),
        ("HUP", &["export", "f.jsonl", "-o", "out/x.graphml", "-q"]),
        ("INT", &["build", "f.jsonl", "-o", "out/s.annals", "-q"]),
    ] {
        fs::create_dir(&out).unwrap();
        let mut running = program(folder, arguments)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        // As soon as something is there that is not complete.
        while fs::read_dir(&out).unwrap().count() == 0 && running.try_wait().unwrap().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(240));
            std::thread::sleep(Duration::from_millis(1));
        }
        let id = running.id().to_string();
        let _ = Command::new("kill")
            .args([&format!("-{signal}"), &id])
            .status();
        let ended = running.wait().unwrap();
        let left: Vec<_> = fs::read_dir(&out)
            .unwrap()
            .map(|one| one.unwrap().file_name())
            .collect();
        assert!(
            ended.success() || left.is_empty(),
            "{arguments:?} leaves {left:?}"
        );
        fs::remove_dir_all(&out).unwrap();
    }
}

#[test]
fn ids_that_look_the_same_are_found() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let actor = |id: &str| serde_json::json!({"id": id, "name": "N", "kind": "person"});
    for (one, other) in [
        ("putin", "put\u{456}n"),
        ("nato", "na\u{200d}to"),
        ("J\u{f6}rg", "Jo\u{308}rg"),
        ("alpha", "\u{2067}alpha\u{2069}"),
        ("1a", "1\u{ff41}"),
    ] {
        let facts =
            serde_json::json!({"annals": 1, "actors": [actor(one), actor("other"), actor(other)]});
        fs::write(folder.join("f.json"), facts.to_string()).unwrap();
        let found = words(&annals(folder, &["check", "f.json", "-f", "concise"]));
        assert!(found.contains("AN107"), "{other:?}: {found}");
    }
    let facts = serde_json::json!({"annals": 1, "actors": [actor("l1"), actor("ll"), actor("I1"), actor("київ"), actor("львів")]});
    fs::write(folder.join("f.json"), facts.to_string()).unwrap();
    let found = words(&annals(folder, &["check", "f.json", "-f", "concise"]));
    assert!(!found.contains("AN107"), "{found}");
}
