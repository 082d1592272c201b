//! What the user decides: mending (`check --fix`, `--diff`), baselines, `annals.toml`, completions.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn annals(arguments: &[&str], folder: &Path) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// The codes of findings worse than a remark.
fn codes(folder: &Path) -> Vec<String> {
    let (_, rows, _) = annals(&["check", ".", "-f", "jsonl", "-q"], folder);
    let rows = rows
        .lines()
        .map(|row| serde_json::from_str::<Value>(row).unwrap());
    rows.filter(|row| row["severity"] != "info")
        .map(|row| row["code"].as_str().unwrap().to_owned())
        .collect()
}

struct Case {
    name: &'static str,
    code: &'static str,
    file: &'static str,
    before: &'static str,
    after: &'static str,
}

const CASES: &[Case] = &[
    Case {
        name: "a field of YAML, among comments",
        code: "AN010",
        file: "facts.yaml",
        before: "annals: 1\n# who\nactors:\n  - {id: a, naem: Änne, kind: person}   # the mayor\n\n",
        after: "annals: 1\n# who\nactors:\n  - {id: a, name: Änne, kind: person}   # the mayor\n\n",
    },
    Case {
        name: "a list of YAML",
        code: "AN010",
        file: "facts.yaml",
        before: "annals: 1\nactros:   # people\n- id: a\n  name: A\n  kind: person\n",
        after: "annals: 1\nactors:   # people\n- id: a\n  name: A\n  kind: person\n",
    },
    Case {
        name: "a quoted field of JSON with CRLF",
        code: "AN010",
        file: "facts.json",
        before: "{\"annals\": 1,\r\n\t\"actors\": [{\"id\": \"a\", \"nmae\": \"漢字 🙂\",\"kind\":\"person\"}]}\r\n",
        after: "{\"annals\": 1,\r\n\t\"actors\": [{\"id\": \"a\", \"name\": \"漢字 🙂\",\"kind\":\"person\"}]}\r\n",
    },
    Case {
        name: "a field of JSON Lines, behind a byte order mark",
        code: "AN010",
        file: "facts.jsonl",
        before: "\u{feff}{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\",\"knd\":\"person\"}\n\n{\"type\":\"topic\",\"id\":\"t\",\"label\":\"T\"}",
        after: "\u{feff}{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\",\"kind\":\"person\"}\n\n{\"type\":\"topic\",\"id\":\"t\",\"label\":\"T\"}",
    },
    Case {
        name: "a date of YAML",
        code: "AN016",
        file: "facts.yaml",
        before: "annals: 1\nevents:\n  - id: e\n    label: E\n    when: 2021-5-4   # a Tuesday\n",
        after: "annals: 1\nevents:\n  - id: e\n    label: E\n    when: 2021-05-04   # a Tuesday\n",
    },
    Case {
        name: "a date of JSON",
        code: "AN016",
        file: "facts.json",
        before: "{\"annals\":1,\"events\":[{\"id\":\"e\",\"label\":\"E\",\"when\":\"20.4.2023\"}]}",
        after: "{\"annals\":1,\"events\":[{\"id\":\"e\",\"label\":\"E\",\"when\":\"2023-04-20\"}]}",
    },
    Case {
        name: "a date of JSON Lines",
        code: "AN016",
        file: "facts.jsonl",
        before: "{\"type\":\"event\",\"id\":\"e\",\"label\":\"E\",\"when\":\"2021-5\"}\n",
        after: "{\"type\":\"event\",\"id\":\"e\",\"label\":\"E\",\"when\":\"2021-05\"}\n",
    },
    Case {
        name: "dates in words",
        code: "AN016",
        file: "facts.yaml",
        before: "annals: 1\nevents:\n  - {id: a, label: A, when: 4 May 2021}\n  - {id: b, label: B, when: spring 2021}\n  - {id: c, label: C, when: 'around 1880'}\n  - {id: d, label: D, when: \"between 2 and 5 May 1999\"}\n  - {id: e, label: E, when: BET 1900 AND 1901}\n",
        after: "annals: 1\nevents:\n  - {id: a, label: A, when: 2021-05-04}\n  - {id: b, label: B, when: 2021-21}\n  - {id: c, label: C, when: '1880~'}\n  - {id: d, label: D, when: \"[1999-05-02..1999-05-05]\"}\n  - {id: e, label: E, when: \"[1900..1901]\"}\n",
    },
    Case {
        name: "EDTF of 2012",
        code: "AN016",
        file: "facts.json",
        before: "{\"annals\":1,\"events\":[{\"id\":\"a\",\"label\":\"A\",\"when\":\"199u\"},{\"id\":\"b\",\"label\":\"B\",\"when\":\"1998/unknown\"},{\"id\":\"c\",\"label\":\"C\",\"when\":{\"edtf\":\"1999/open\"}}]}",
        after: "{\"annals\":1,\"events\":[{\"id\":\"a\",\"label\":\"A\",\"when\":\"199X\"},{\"id\":\"b\",\"label\":\"B\",\"when\":\"1998/\"},{\"id\":\"c\",\"label\":\"C\",\"when\":{\"edtf\":\"1999/..\"}}]}",
    },
    Case {
        name: "a date in a cell",
        code: "AN016",
        file: "events.csv",
        before: "id,label,when\na,A,c. 1880\n",
        after: "id,label,when\na,A,1880~\n",
    },
    Case {
        name: "an id of YAML",
        code: "AN102",
        file: "facts.yaml",
        before: "annals: 1\ntopics:\n  - {id: harbour, label: The harbour}\nclaims:\n  - {speaker: [], about: harbuor, content: It stands.} # x\n",
        after: "annals: 1\ntopics:\n  - {id: harbour, label: The harbour}\nclaims:\n  - {speaker: [], about: harbour, content: It stands.} # x\n",
    },
    Case {
        name: "an id of JSON",
        code: "AN102",
        file: "facts.json",
        before: "{\"annals\":1,\"topics\":[{\"id\":\"harbour\",\"label\":\"H\"}],\"claims\":[{\"speaker\":[],\"about\":[\"harbuor\"]}]}",
        after: "{\"annals\":1,\"topics\":[{\"id\":\"harbour\",\"label\":\"H\"}],\"claims\":[{\"speaker\":[],\"about\":[\"harbour\"]}]}",
    },
    Case {
        name: "white space around an id",
        code: "AN019",
        file: "facts.json",
        before: "{\"annals\":1,\"topics\":[{\"id\":\" harbour \",\"label\":\"H\"}]}",
        after: "{\"annals\":1,\"topics\":[{\"id\":\"harbour\",\"label\":\"H\"}]}",
    },
    Case {
        name: "a field and then the date in it",
        code: "AN010",
        file: "facts.yaml",
        before: "annals: 1\nevents:\n  - {id: e, label: E, whn: 2021-5-4}\n",
        after: "annals: 1\nevents:\n  - {id: e, label: E, when: 2021-05-04}\n",
    },
];

#[test]
fn spelling_is_mended_and_nothing_else() {
    for case in CASES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(case.file);
        fs::write(&path, case.before).unwrap();
        assert!(
            codes(folder.path()).contains(&case.code.to_owned()),
            "{}: {:?}",
            case.name,
            codes(folder.path())
        );
        let (_, diff, _) = annals(&["check", ".", "--diff"], folder.path());
        assert!(
            diff.lines().any(|line| line.starts_with('+')),
            "{}: {diff}",
            case.name
        );
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            case.before,
            "{}: --diff wrote",
            case.name
        );
        annals(&["check", ".", "--fix"], folder.path());
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            case.after,
            "{}",
            case.name
        );
        assert_eq!(codes(folder.path()), Vec::<String>::new(), "{}", case.name);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "{}: a stray file",
            case.name
        );
    }
}

#[test]
fn what_is_said_is_never_changed() {
    let untouched = [
        // Another speaker is another claim.
        "annals: 1\nactors:\n  - {id: mayor, name: M, kind: person}\nclaims:\n  - {speaker: mayro, content: It stands.}\n",
        // EDTF would say less than these words.
        "annals: 1\nevents:\n  - {id: e, label: E, when: early 1880s}\n",
        "annals: 1\nevents:\n  - {id: e, label: E, when: \"Thursday, 20 April 2023\"}\n",
        "annals: 1\nevents:\n  - {id: e, label: E, when: 5/17 March 1850}\n",
        // Another day of the week than it says, and a year of some century.
        "annals: 1\nevents:\n  - {id: e, label: E, when: \"Friday, 20 April 2023\"}\n",
        "annals: 1\nevents:\n  - {id: e, label: E, when: 20 April 23}\n",
        "annals: 1\nevents:\n  - {id: e, label: E, when: 11 Feb 1731/2}\n",
        // Which is the month?
        "annals: 1\nevents:\n  - {id: e, label: E, when: 3/4/2021}\n",
        "annals: 1\nevents:\n  - {id: e, label: E, when: 12.03.2024}\n",
        "annals: 1\nevents:\n  - {id: e, label: E, when: 3.4.2021}\n",
        "annals: 1\nevents:\n  - {id: e, label: E, when: 12.03.2024/05.04.2024}\n",
        // Not the day of the week that the source names.
        "annals: 1\nevents:\n  - {id: e, label: E, when: 2023-04-19, weekday: Thursday}\n",
    ];
    for text in untouched {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("facts.yaml");
        fs::write(&path, text).unwrap();
        assert!(!codes(folder.path()).is_empty(), "{text}");
        annals(&["check", ".", "--fix"], folder.path());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

/// Facts with a claim `c12`, a tie `mayoralty` and a topic `closures`, and another claim.
fn with_claim(fields: &str) -> String {
    format!(
        "annals: 1\nactors:\n  - {{id: ann-lee, name: Ann Lee, kind: person}}\n  - {{id: town, name: Town, kind: state}}\n\
         topics:\n  - {{id: closures, label: closures of pools}}\n\
         relations:\n  - {{id: mayoralty, from: ann-lee, kind: holds_office, to: town}}\n\
         claims:\n  - {{id: c12, speaker: ann-lee, content: It closes.}}\n  - {{id: d, speaker: ann-lee, content: Not so., {fields}}}\n"
    )
}

#[test]
fn a_reference_is_only_changed_where_nothing_is_guessed() {
    let mended = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("facts.yaml");
        fs::write(&path, text).unwrap();
        let (_, _, told) = annals(&["check", ".", "--fix", "-f", "concise"], folder.path());
        (fs::read_to_string(&path).unwrap(), told)
    };
    for alike in [
        "contradicts: c1",
        "responds_to: c2",
        "as: mayor",
        "about: closure",
        "about: the closures",
        "to: ann",
    ] {
        let text = with_claim(alike);
        let (after, told) = mended(&text);
        assert_eq!(after, text, "{alike}");
        assert!(told.contains("nothing can be fixed"), "{alike}: {told}");
    }
    for (written, meant) in [
        ("contradicts: C12", "contradicts: c12"),
        ("as: Mayoralty", "as: mayoralty"),
        ("about: clôsures", "about: closures"),
        ("about: closures of pools", "about: closures"),
        ("to: Ann_Lee", "to: ann-lee"),
        ("to: Ann Lee", "to: ann-lee"),
    ] {
        let (after, told) = mended(&with_claim(written));
        assert_eq!(after, with_claim(meant), "{written}");
        let (old, new) = (
            &written[written.find(' ').unwrap() + 1..],
            &meant[meant.find(' ').unwrap() + 1..],
        );
        assert!(
            told.contains(&format!("facts.yaml:11: {old} → {new}")),
            "{written}: {told}"
        );
    }
    // A surname that stands first is shown, and not changed.
    let text = with_claim("to: 'Lee, Ann'");
    assert_eq!(mended(&text).0, text);
}

#[test]
fn a_text_in_another_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("texts")).unwrap();
    write("texts/courier-2.txt", "“There is no offer,” she said.");
    let facts = |text: &str| {
        format!(
            "annals: 1\ndocuments:\n  - {{id: courier, title: T{text}}}\nactors:\n  - {{id: a, name: A, kind: person}}\n\
             claims:\n  - {{id: c, speaker: a, quote: There is an offer, evidence: {{document: courier}}}}\n"
        )
    };
    let told = |text: &str| {
        write("facts.yaml", &facts(text));
        let (code, out, _) = annals(&["check", "."], folder.path());
        (code, out)
    };
    let (code, out) = told(", text: courier-2.txt");
    assert_eq!(code, Some(0));
    assert!(
        out.contains("warning[AN121]") && out.contains("write text: texts/courier-2.txt"),
        "{out}"
    );
    let (code, out) = told(", text: texts/courier-2.txt");
    assert!(code == Some(1) && out.contains("AN125"), "{out}");
    let (_, out) = told(", text: letters/none.txt");
    assert!(out.contains("there is no letters/none.txt"), "{out}");
    // Without the field it is quiet.
    assert_eq!(told("").1, "");
}

#[test]
fn a_mended_file_keeps_its_permissions_and_its_link() {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("kept.txt");
        fs::write(
            &real,
            "annals: 1\nevents:\n  - {id: e, label: E, whn: 2021}\n",
        )
        .unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        let link = folder.path().join("facts.yaml");
        symlink(&real, &link).unwrap();
        annals(&["check", "facts.yaml", "--fix"], folder.path());
        assert!(fs::read_to_string(&real).unwrap().contains("when: 2021"));
        assert_eq!(
            fs::metadata(&real).unwrap().permissions().mode() & 0o777,
            0o640
        );
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}

#[test]
fn a_baseline_keeps_known_findings_silent_when_lines_move() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.yaml");
    let faulty = "annals: 1\nevents:\n  - {id: e, label: E, when: 2023-04-19, weekday: Thursday}\n";
    fs::write(&path, faulty).unwrap();
    let check = |more: &[&str]| {
        let mut arguments = vec![
            "check",
            "facts.yaml",
            "--baseline",
            "known.json",
            "-f",
            "concise",
        ];
        arguments.extend(more);
        annals(&arguments, folder.path())
    };
    assert_eq!(check(&[]).0, Some(3), "a baseline that is not there");
    let (code, _, said) = check(&["--renew-baseline"]);
    assert_eq!(code, Some(0), "{said}");
    let moved = faulty.replace("events:", "\n\n# moved\nevents:");
    fs::write(&path, &moved).unwrap();
    let (code, printed, said) = check(&[]);
    assert_eq!((code, printed.as_str()), (Some(0), ""), "{said}");
    fs::write(
        &path,
        format!("{moved}  - {{id: f, label: F, when: 2023-04-19, weekday: Friday}}\n"),
    )
    .unwrap();
    let (code, printed, _) = check(&[]);
    assert_eq!((code, printed.lines().count()), (Some(1), 1));
    assert!(printed.contains("event f"), "{printed}");
    fs::write(&path, "annals: 1\n").unwrap();
    let (_, _, said) = check(&[]);
    assert!(said.contains("no longer found"), "{said}");
    fs::write(folder.path().join("known.json"), "[]").unwrap();
    assert_eq!(check(&[]).0, Some(3));
}

#[test]
fn what_a_user_decides_in_annals_toml_counts_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("facts");
    fs::create_dir(&inner).unwrap();
    fs::write(
        inner.join("f.yaml"),
        "annals: 1\nevents:\n  - {id: e, label: E, when: 2023-04-19, weekday: Thursday}\n",
    )
    .unwrap();
    assert_eq!(annals(&["check", "facts"], folder.path()).0, Some(1));
    let toml = folder.path().join("annals.toml");
    fs::write(&toml, "[check]\nseverity = {weekday = \"warning\"}\n").unwrap();
    assert_eq!(annals(&["check", "facts"], folder.path()).0, Some(0));
    assert_eq!(
        annals(&["timeline", "facts", "--strict"], folder.path()).0,
        Some(1)
    );
    fs::write(&toml, "[check]\nignore = [\"AN311\"]\n").unwrap();
    assert_eq!(
        annals(&["timeline", "facts", "--strict"], folder.path()).0,
        Some(0)
    );
    fs::write(&toml, "[chek]\n").unwrap();
    let (code, _, said) = annals(&["timeline", "facts"], folder.path());
    assert!(
        code == Some(3) && said.contains("annals.toml:1:2"),
        "{said}"
    );
}

#[test]
fn words_of_annals_toml_are_as_good_as_any() {
    let folder = tempfile::tempdir().unwrap();
    let facts = "annals: 1\nactors:\n  - {id: p, name: P, kind: party}\nclaims:\n  - {id: c, speaker: p, act: swears, content: x}\nrelations:\n  - {from: p, kind: backs, to: p2}\n";
    let facts = facts.replace("claims:", "  - {id: p2, name: Q, kind: party}\nclaims:");
    fs::write(folder.path().join("f.yaml"), facts).unwrap();
    let (code, rows, _) = annals(&["check", ".", "-f", "concise"], folder.path());
    assert!(
        code == Some(1) && rows.contains("AN014") && rows.contains("AN015"),
        "{rows}"
    );
    let toml = "[vocabulary]\nactor_kinds = [\"party\"]\nacts = [\"swears\"]\nrelation_kinds = [\"backs\"]\nrolls_up = [\"backs\"]\n";
    fs::write(folder.path().join("annals.toml"), toml).unwrap();
    let (code, rows, said) = annals(&["check", ".", "-f", "concise"], folder.path());
    assert_eq!((code, rows.as_str()), (Some(0), ""), "{said}");
    let (_, rows, _) = annals(
        &["said", ".", "--act", "swears", "-f", "jsonl"],
        folder.path(),
    );
    assert!(rows.contains("\"act\":\"swears\""), "{rows}");
    let (_, rows, _) = annals(
        &["said", ".", "--by", "Q", "--rollup", "-f", "jsonl"],
        folder.path(),
    );
    assert_eq!(rows.lines().count(), 1, "{rows}");
    let (_, rows, _) = annals(&["show", "p", ".", "-f", "jsonl"], folder.path());
    assert!(rows.contains("\"kind\":\"party\""), "{rows}");
    let (code, _, said) = annals(&["said", ".", "--act", "shouts"], folder.path());
    assert!(
        code == Some(2) && said.contains("\"shouts\" is not an act"),
        "{said}"
    );
}

#[test]
fn a_shell_is_told_ids_and_names() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("f.yaml"),
        "annals: 1\nactors:\n  - {id: mayor, name: Ines Carvalho, kind: person}\n",
    )
    .unwrap();
    let asked = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_annals"))
            .arg("--")
            .args(words)
            .current_dir(folder.path())
            .env("ANNALS_COMPLETE", "fish")
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(
        asked(&["annals", "said", "f.yaml", "--by", "carv"]).starts_with("mayor\tInes Carvalho")
    );
    assert!(asked(&["annals", "show", "ma"]).contains("mayor"));
    assert!(asked(&["annals", "posi"]).starts_with("positions"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = annals(&["completions", shell], folder.path());
        assert!(
            code == Some(0) && script.contains("ANNALS_COMPLETE"),
            "{shell}: {script}"
        );
    }
}
