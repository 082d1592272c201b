//! Every form for programs lists every finding with all its places; forms for people say how much
//! they leave out; a baseline is applied before any of that.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// How many findings each dossier has: more than forms for people show.
const MANY: usize = 13;

fn annals(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.current_dir(folder).args(args).output().unwrap()
}

fn out(folder: &Path, args: &[&str]) -> String {
    String::from_utf8(annals(folder, args).stdout).unwrap()
}

/// Dossiers of one error or warning, many times: the code, the ids at fault, the facts.
fn dossiers() -> Vec<(&'static str, Vec<String>, String)> {
    let ids = |stem: &str| (0..MANY).map(|nth| format!("{stem}-{nth}")).collect();
    let all = |head: &str, each: &dyn Fn(usize) -> String| {
        let mut text = format!("annals: 1\n{head}");
        (0..MANY).for_each(|nth| writeln!(text, "{}", each(nth)).unwrap());
        text
    };
    let person = "actors:\n  - {id: a, name: A, kind: person, lifespan: 1950/2000}\n  - {id: o, name: O, kind: organization}\n";
    vec![
        (
            "AN104",
            ids("pier"),
            all("places:\n", &|nth| {
                format!("  - {{id: pier-{nth}, name: P, within: pier-{nth}}}")
            }),
        ),
        (
            "AN105",
            ids("part"),
            all("events:\n", &|nth| {
                format!(
                    "  - {{id: part-{nth}, label: A, part_of: whole-{nth}}}\n  - {{id: whole-{nth}, label: B, part_of: part-{nth}}}"
                )
            }),
        ),
        (
            "AN203",
            ids("early"),
            all("events:\n", &|nth| {
                format!(
                    "  - {{id: early-{nth}, label: E, when: 2019}}\n  - {{id: late-{nth}, label: L, when: 2021}}"
                )
            }) + "orders:\n"
                + &(0..MANY)
                    .map(|nth| format!("  - [early-{nth}, after, late-{nth}]\n"))
                    .collect::<Vec<_>>()
                    .concat(),
        ),
        (
            "AN302",
            ids("word"),
            all(&format!("{person}claims:\n"), &|nth| {
                format!("  - {{id: word-{nth}, speaker: a, said: 2010-01-02, content: W{nth}}}")
            }),
        ),
        (
            "AN311",
            ids("day"),
            all("events:\n", &|nth| {
                format!("  - {{id: day-{nth}, label: D, when: 2021-05-04, weekday: Monday}}")
            }),
        ),
        (
            "AN324",
            ids("same"),
            all(
                &format!(
                    "{person}claims:\n  - {{id: first, speaker: o, said: 2010-01-02, content: So.}}\n"
                ),
                &|nth| {
                    format!("  - {{id: same-{nth}, speaker: o, said: 2010-01-02, content: So.}}")
                },
            ),
        ),
        (
            "AN015",
            ids("tie"),
            all(&format!("{person}relations:\n"), &|nth| {
                format!("  - {{id: tie-{nth}, from: a, kind: xyzzy, to: o}}")
            }),
        ),
    ]
}

fn written(facts: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("facts.yaml"), facts).unwrap();
    folder
}

#[test]
fn forms_for_programs_list_every_finding() {
    for (code, ids, facts) in dossiers() {
        let folder = written(&facts);
        let check = |form| out(folder.path(), &["check", "facts.yaml", "-f", form]);
        let json: Value = serde_json::from_str(&check("json")).unwrap();
        let rows = json["data"].as_array().unwrap();
        let found = rows.iter().filter(|row| row["code"] == code).count();
        assert_eq!(found, MANY, "{code}: {json:#}");
        let named = |text: &str, form: &str| {
            for id in &ids {
                let alone = |end: usize| !text[end..].starts_with(|c: char| c.is_ascii_digit());
                let mut places = text.match_indices(id.as_str());
                assert!(
                    places.any(|(at, _)| alone(at + id.len())),
                    "{code}: {form} has no {id}\n{text}"
                );
            }
        };
        for form in [
            "json", "jsonl", "csv", "tsv", "md", "sarif", "github", "concise",
        ] {
            let text = check(form).replace('\\', "");
            named(&text, form);
        }
        for form in ["jsonl", "csv", "concise", "github"] {
            let text = check(form);
            let lines = text.lines().filter(|line| line.contains(code)).count();
            assert_eq!(lines, MANY, "{code} as {form}:\n{text}");
        }
        let sarif: Value = serde_json::from_str(&check("sarif")).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        let of_code = results.iter().filter(|one| one["ruleId"] == code);
        assert_eq!(of_code.count(), MANY, "{code}");
    }
}

#[test]
fn forms_for_people_say_how_many_they_leave_out() {
    for (code, _, facts) in dossiers() {
        let folder = written(&facts);
        let table = out(folder.path(), &["check", "facts.yaml"]);
        let shown = table.matches(&format!("[{code}]")).count();
        assert_eq!(shown, 10, "{code}:\n{table}");
        let said = format!("{} more {code} are not shown", MANY - 10);
        assert_eq!(table.matches(&said).count(), 1, "{code}:\n{table}");
        let page = out(folder.path(), &["export", "facts.yaml", "-f", "html"]);
        assert!(page.contains(&said), "{code}");
    }
}

#[test]
fn a_baseline_hides_what_it_has_and_nothing_else() {
    for (code, ids, facts) in dossiers() {
        let folder = written(&facts);
        let known = ["check", "facts.yaml", "--baseline", "known.json"];
        let renewed = annals(folder.path(), &[&known[..], &["--renew-baseline"]].concat());
        assert_eq!(renewed.status.code(), Some(0), "{code}");
        // The same facts with one more at fault, behind all the known ones.
        let (last, new) = (format!("-{}", MANY - 1), "-new");
        let more: String = facts
            .lines()
            .flat_map(|line| {
                let again = line.contains(&last).then(|| line.replace(&last, new));
                [Some(line.to_owned()), again]
            })
            .flatten()
            .map(|line| line + "\n")
            .collect();
        std::fs::write(folder.path().join("facts.yaml"), more).unwrap();
        let told = annals(folder.path(), &[&known[..], &["-f", "concise"]].concat());
        let text = String::from_utf8(told.stdout).unwrap();
        assert!(text.contains(new), "{code}:\n{text}");
        assert!(!text.contains(ids[0].as_str()), "{code}:\n{text}");
        let is_error = text.contains(&format!("error[{code}]"));
        assert_eq!(told.status.code(), Some(i32::from(is_error)), "{code}");
    }
}

#[test]
fn an_unknown_id_is_shown_wherever_it_is_used() {
    let fields = [
        ("claims", "speaker: nobody", 5),
        ("claims", "speaker: a, to: [a, nobody]", 12),
        ("claims", "speaker: a, evidence: [{document: nobody}]", 7),
        ("events", "label: E, participants: [nobody]", 30),
    ];
    for (list, field, count) in fields {
        let mut facts = "annals: 1\nactors:\n  - {id: a, name: A, kind: person}\n".to_owned();
        writeln!(facts, "{list}:").unwrap();
        for nth in 0..count {
            writeln!(facts, "  - {{id: use-{nth}, {field}}}").unwrap();
        }
        let folder = written(&facts);
        let check = |form| out(folder.path(), &["check", "facts.yaml", "-f", form]);
        let json: Value = serde_json::from_str(&check("json")).unwrap();
        let rows = json["data"].as_array().unwrap();
        let row = rows.iter().find(|row| row["code"] == "AN102").unwrap();
        let records: BTreeSet<&str> = (row["records"].as_array().unwrap().iter())
            .map(|id| id.as_str().unwrap())
            .collect();
        assert_eq!(records.len(), count, "{field}");
        let lines: BTreeSet<u64> = (row["places"].as_array().unwrap().iter())
            .map(|place| place["line"].as_u64().unwrap())
            .collect();
        assert_eq!(lines, (5..5 + count as u64).collect(), "{field}");
        let last = format!("facts.yaml:{}:", 4 + count);
        for form in ["csv", "tsv", "github"] {
            assert!(check(form).contains(&last), "{field} as {form}");
        }
        let table = check("table");
        assert!(
            table.contains(&format!("used in {count} records")),
            "{table}"
        );
        let left_out = format!("{} more places are not shown", count - 3);
        assert!(table.contains(&left_out), "{table}");
    }
}

#[test]
fn rules_over_pairs_stay_in_proportion() {
    // Each pair of these is at fault: 400 × 399 / 2 or so.
    const EACH: usize = 400;
    let all = |head: &str, each: &dyn Fn(usize) -> String| {
        let mut text = format!("annals: 1\n{head}");
        (0..EACH).for_each(|nth| writeln!(text, "{}", each(nth)).unwrap());
        text
    };
    let dossiers = [
        (
            "AN304",
            all(
                "actors:\n  - {id: t, name: T, kind: organization}\n  - {id: a, name: A, kind: person}\n  - {id: b, name: B, kind: person}\nrelations:\n",
                &|nth| {
                    let who = ["a", "b"][nth % 2];
                    format!(
                        "  - {{id: term-{nth}, from: {who}, kind: holds_office, to: t, role: mayor, when: 2001-01-01/2005-01-01}}"
                    )
                },
            ),
        ),
        (
            "AN306",
            all(
                "actors:\n  - {id: a, name: A, kind: person}\nplaces:\n  - {id: lisbon, name: L, lat: 38.72, lon: -9.14}\n  - {id: wellington, name: W, lat: -41.29, lon: 174.78}\nevents:\n",
                &|nth| {
                    let place = ["lisbon", "wellington"][nth % 2];
                    format!(
                        "  - {{id: term-{nth}, label: E, when: 2021-05-04, place: {place}, participants: [a]}}"
                    )
                },
            ),
        ),
        (
            "AN325",
            all(
                "actors:\n  - {id: a, name: A, kind: person}\ntopics:\n  - {id: t, label: T}\nclaims:\n",
                &|nth| {
                    let value = ["supports", "opposes"][nth % 2];
                    format!(
                        "  - {{id: term-{nth}, speaker: a, about: t, stance: {value}, said: 2021-05-04, content: C{nth}}}"
                    )
                },
            ),
        ),
    ];
    for (code, facts) in dossiers {
        let folder = written(&facts);
        let json = out(folder.path(), &["check", "facts.yaml", "-f", "json"]);
        let json: Value = serde_json::from_str(&json).unwrap();
        let rows = json["data"].as_array().unwrap();
        let rows: Vec<&Value> = rows.iter().filter(|row| row["code"] == code).collect();
        assert!(
            !rows.is_empty() && rows.len() <= EACH,
            "{code}: {}",
            rows.len()
        );
        // None of the records is left out.
        let named: BTreeSet<&str> = (rows.iter())
            .flat_map(|row| row["records"].as_array().unwrap())
            .filter_map(|id| id.as_str().filter(|id| id.starts_with("term-")))
            .collect();
        assert_eq!(named.len(), EACH, "{code}");
    }
}
