//! Writing to disk: all or nothing, in the dossier alone, to be undone.

use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::apply::Moment;
use crate::{Change, Editor, Journal, Plan, Refusal, Scope};
use annals_load::{LoadResult, Request, Source, load};
use annals_model::RecordKind;

const YAML: &str = "\
annals: 1

actors:
  - {id: a0, name: Ann, kind: person}   # the first

claims:
  - id: c0
    speaker: a0
    quote: not one day later
";

const LINES: &str =
    "{\"type\": \"claim\", \"id\": \"c1\", \"speaker\": [\"a0\"], \"content\": \"Yes.\"}\r\n";

struct Dossier {
    folder: tempfile::TempDir,
}

impl Dossier {
    fn new() -> Dossier {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.yaml"), YAML).unwrap();
        fs::write(folder.path().join("b.jsonl"), LINES).unwrap();
        Dossier { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn scope(&self) -> Scope {
        Scope {
            named: vec![self.path().to_owned()],
            ..Scope::default()
        }
    }

    fn loaded(&self) -> LoadResult {
        load(&Request {
            facts: vec![Source::Path(self.path().to_owned())],
            texts: Vec::new(),
        })
    }

    fn plan(&self, changes: &[Change]) -> Result<Plan, Refusal> {
        let (loaded, scope) = (self.loaded(), self.scope());
        Editor::new(&loaded, &scope).plan(changes)
    }

    fn undo(&self) -> Result<Option<Plan>, Refusal> {
        let (loaded, scope) = (self.loaded(), self.scope());
        Editor::new(&loaded, &scope).undo()
    }

    fn redo(&self) -> Result<Option<Plan>, Refusal> {
        let (loaded, scope) = (self.loaded(), self.scope());
        Editor::new(&loaded, &scope).redo()
    }

    /// The names of what is in the folder, hidden ones too.
    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(self.path()).unwrap();
        let mut names: Vec<String> = names
            .map(|one| one.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[expect(clippy::needless_pass_by_value, reason = "what json! makes")]
fn fields(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn claim(id: &str) -> Change {
    Change::Add {
        kind: RecordKind::Claim,
        fields: fields(json!({"id": id, "speaker": "a0", "quote": "so: it is"})),
        to: None,
    }
}

fn two_files() -> Vec<Change> {
    let change = |record: &str| Change::Set {
        record: record.to_owned(),
        fields: fields(json!({"said": "2021-09-30"})),
        seen: None,
    };
    vec![change("c0"), change("c1")]
}

#[test]
fn a_new_record_stands_where_its_kind_does() {
    let dossier = Dossier::new();
    let plan = dossier.plan(&[claim("c9")]).unwrap();
    assert_eq!(plan.what(), "claim c9 added");
    assert_eq!(
        (
            plan.records[0].file.ends_with("a.yaml"),
            plan.records[0].line
        ),
        (true, 10)
    );
    let lines = plan.files[0].changed_lines();
    assert_eq!(
        lines[0].come,
        ["  - id: c9", "    speaker: a0", "    quote: \"so: it is\""]
    );
    assert!(lines[0].gone.is_empty() && lines[0].line == 10, "{lines:?}");
    plan.apply(&dossier.scope()).unwrap();
    assert_eq!(
        dossier.text("a.yaml"),
        format!("{YAML}  - id: c9\n    speaker: a0\n    quote: \"so: it is\"\n")
    );
    assert_eq!(dossier.names(), [".annals", "a.yaml", "b.jsonl"]);
}

#[test]
fn what_was_written_is_undone_and_made_again_over_restarts() {
    let dossier = Dossier::new();
    dossier
        .plan(&two_files())
        .unwrap()
        .apply(&dossier.scope())
        .unwrap();
    let (yaml, lines) = (dossier.text("a.yaml"), dossier.text("b.jsonl"));
    assert!(
        yaml.contains("    said: 2021-09-30\n")
            && lines.contains(", \"said\": \"2021-09-30\"}\r\n")
    );
    dossier
        .plan(&[claim("c9")])
        .unwrap()
        .apply(&dossier.scope())
        .unwrap();
    for _ in 0..2 {
        dossier
            .undo()
            .unwrap()
            .unwrap()
            .apply(&dossier.scope())
            .unwrap();
        assert_eq!(dossier.text("a.yaml"), yaml);
        let undo = dossier.undo().unwrap().unwrap();
        assert_eq!(undo.what(), "undone: claim c0 changed, claim c1 changed");
        undo.apply(&dossier.scope()).unwrap();
        assert_eq!(
            (
                dossier.text("a.yaml").as_str(),
                dossier.text("b.jsonl").as_str()
            ),
            (YAML, LINES)
        );
        assert!(dossier.undo().unwrap().is_none());
        dossier
            .redo()
            .unwrap()
            .unwrap()
            .apply(&dossier.scope())
            .unwrap();
        assert_eq!(
            (&dossier.text("a.yaml"), &dossier.text("b.jsonl")),
            (&yaml, &lines)
        );
        dossier
            .redo()
            .unwrap()
            .unwrap()
            .apply(&dossier.scope())
            .unwrap();
        assert!(dossier.redo().unwrap().is_none());
    }
    Journal::forget(&dossier.scope()).unwrap();
    assert!(dossier.undo().unwrap().is_none());
}

#[test]
fn what_others_have_changed_meanwhile_is_not_undone() {
    let dossier = Dossier::new();
    dossier
        .plan(&[claim("c9")])
        .unwrap()
        .apply(&dossier.scope())
        .unwrap();
    // Elsewhere in the file: the place is found again.
    let now = dossier
        .text("a.yaml")
        .replace("name: Ann", "name: Ann Other");
    fs::write(dossier.path().join("a.yaml"), &now).unwrap();
    let undo = dossier.undo().unwrap().unwrap();
    assert_eq!(
        undo.files[0].after,
        YAML.replace("name: Ann", "name: Ann Other")
    );
    // There: it says what stands there now.
    fs::write(
        dossier.path().join("a.yaml"),
        now.replace("so: it is", "so it was"),
    )
    .unwrap();
    let refused = dossier.undo().unwrap_err().to_string();
    assert!(
        refused.contains("a.yaml:10:1: what was written is not there any more"),
        "{refused}"
    );
    // What is referred to stays.
    fs::write(dossier.path().join("a.yaml"), &now).unwrap();
    let more = LINES.replace("\"Yes.\"", "\"Yes.\", \"contradicts\": [\"c9\"]");
    fs::write(dossier.path().join("b.jsonl"), more).unwrap();
    let refused = dossier.undo().unwrap_err().to_string();
    assert!(refused.starts_with("c1 refers to c9 by now"), "{refused}");
}

/// At every moment an error leaves all files old; an interruption leaves each old or new, and what the
/// journal says of it is true.
#[test]
fn an_interruption_leaves_old_or_new() {
    let moments = [
        Moment::Locked,
        Moment::Compared,
        Moment::Written(0),
        Moment::Written(1),
        Moment::Noted,
        Moment::Put(0),
        Moment::Put(1),
    ];
    for moment in moments {
        let dossier = Dossier::new();
        let plan = dossier.plan(&two_files()).unwrap();
        let fails = |now: Moment| {
            if now == moment {
                Err(io::Error::other("full"))
            } else {
                Ok(())
            }
        };
        let refused = plan.apply_watched(&dossier.scope(), &fails).unwrap_err();
        assert!(matches!(refused, Refusal::Disk { .. }), "{refused}");
        assert_eq!(
            (
                dossier.text("a.yaml").as_str(),
                dossier.text("b.jsonl").as_str()
            ),
            (YAML, LINES)
        );
        assert_eq!(
            dossier.names(),
            [".annals", "a.yaml", "b.jsonl"],
            "{moment:?}"
        );
        assert!(dossier.undo().unwrap().is_none(), "{moment:?}");

        let crashes = |now: Moment| -> io::Result<()> {
            assert!(now != moment, "interrupted");
            Ok(())
        };
        let crashed = catch_unwind(AssertUnwindSafe(|| {
            plan.apply_watched(&dossier.scope(), &crashes)
        }));
        assert!(crashed.is_err());
        for (name, old) in [("a.yaml", YAML), ("b.jsonl", LINES)] {
            let new = plan
                .files
                .iter()
                .find(|file| file.file.ends_with(name))
                .unwrap();
            let text = dossier.text(name);
            assert!(text == old || text == new.after, "{moment:?}: {text}");
        }
        let facts = dossier.loaded();
        assert!(facts.facts.len() == 3 && facts.unread.is_empty());
        // The next write goes on as if nothing had been.
        let later = dossier.plan(&[claim("later")]).unwrap();
        later.apply(&dossier.scope()).unwrap();
        dossier
            .undo()
            .unwrap()
            .unwrap()
            .apply(&dossier.scope())
            .unwrap();
    }
}

#[test]
fn of_two_writers_the_second_makes_a_new_plan() {
    let dossier = Dossier::new();
    let (one, two) = (
        dossier.plan(&[claim("c8")]).unwrap(),
        dossier.plan(&[claim("c9")]).unwrap(),
    );
    one.apply(&dossier.scope()).unwrap();
    let refused = two.apply(&dossier.scope()).unwrap_err();
    assert!(matches!(refused, Refusal::Changed { .. }), "{refused}");
    dossier
        .plan(&two.changes)
        .unwrap()
        .apply(&dossier.scope())
        .unwrap();
    let ids: Vec<String> = ["c8", "c9"]
        .into_iter()
        .filter(|id| dossier.text("a.yaml").contains(*id))
        .map(str::to_owned)
        .collect();
    assert_eq!(ids, ["c8", "c9"]);
}

#[test]
fn many_writers_lose_nothing() {
    let dossier = Dossier::new();
    std::thread::scope(|threads| {
        for writer in 0..4 {
            let dossier = &dossier;
            threads.spawn(move || {
                for nth in 0..3 {
                    let change = [claim(&format!("w{writer}-{nth}"))];
                    while let Err(refused) = dossier
                        .plan(&change)
                        .and_then(|plan| plan.apply(&dossier.scope()))
                    {
                        assert!(matches!(refused, Refusal::Changed { .. }), "{refused}");
                    }
                }
            });
        }
    });
    assert_eq!(dossier.loaded().facts.claims.len(), 14);
    assert_eq!(Journal::read(&dossier.scope()).unwrap().entries.len(), 12);
}

#[test]
fn a_record_that_became_another_is_a_conflict_field_by_field() {
    let dossier = Dossier::new();
    let set = |seen: Value| Change::Set {
        record: "c0".to_owned(),
        fields: fields(json!({"quote": "mine"})),
        seen: Some(fields(seen)),
    };
    let same = set(json!({"quote": "not one day later", "id": "c0", "speaker": ["a0"]}));
    assert!(dossier.plan(&[same]).is_ok());
    let other = set(json!({"id": "c0", "speaker": "a0", "quote": "not one day", "said": "2021"}));
    let Err(Refusal::Conflict(conflict)) = dossier.plan(&[other]) else {
        panic!("no conflict");
    };
    let fields: Vec<&str> = conflict
        .fields
        .iter()
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(fields, ["quote", "said"]);
    let quote = &conflict.fields[0];
    assert_eq!(
        [&quote.seen, &quote.now, &quote.yours],
        ["not one day", "not one day later", "mine"]
    );
}

#[test]
fn nothing_is_written_outside_or_to_what_is_to_be_left() {
    let dossier = Dossier::new();
    let outside = tempfile::tempdir().unwrap();
    let to = |path: &Path| Change::Add {
        kind: RecordKind::Claim,
        fields: fields(json!({"id": "new", "speaker": "a0"})),
        to: Some(path.to_owned()),
    };
    let refused = |path: &Path| dossier.plan(&[to(path)]).unwrap_err().to_string();
    let out = "it lies outside the files and folders that were named";
    assert!(refused(&outside.path().join("x.yaml")).ends_with(out));
    assert!(refused(&dossier.path().join("../x.yaml")).ends_with(out));
    assert!(
        refused(&dossier.path().join("no/x.yaml"))
            .ends_with("the folder in which it would be is not there")
    );
    assert!(refused(&dossier.path().join(".x.yaml")).contains("it is hidden"));
    assert!(refused(&dossier.path().join("x.txt")).contains("it is not a fact file"));
    #[cfg(unix)]
    {
        let link = dossier.path().join("link.yaml");
        fs::write(outside.path().join("far.yaml"), YAML).unwrap();
        std::os::unix::fs::symlink(outside.path().join("far.yaml"), &link).unwrap();
        assert!(refused(&link).ends_with(out));
        fs::remove_file(&link).unwrap();
        std::os::unix::fs::symlink(outside.path().join("none.yaml"), &link).unwrap();
        assert!(dossier.plan(&[to(&link)]).is_err());
        fs::remove_file(&link).unwrap();
        // Nor the journal.
        std::os::unix::fs::symlink(outside.path(), dossier.path().join(".annals")).unwrap();
        let plan = dossier.plan(&[claim("c9")]).unwrap();
        assert!(
            plan.apply(&dossier.scope())
                .unwrap_err()
                .to_string()
                .contains("leads out of the dossier")
        );
        assert_eq!(dossier.text("a.yaml"), YAML);
    }
    let scope = Scope {
        leave: vec![dossier.path().join("a.yaml")],
        ..dossier.scope()
    };
    let loaded = dossier.loaded();
    let editor = Editor::new(&loaded, &scope);
    let plan = editor.plan(&[claim("c9")]).unwrap();
    assert!(plan.records[0].file.ends_with("b.jsonl"));
    let same = Change::Set {
        record: "c1".to_owned(),
        fields: fields(json!({"content": "Yes."})),
        seen: None,
    };
    assert!(editor.plan(&[same]).unwrap().is_empty());
    let change = &two_files()[0];
    let refused = editor
        .plan(std::slice::from_ref(change))
        .unwrap_err()
        .to_string();
    assert!(
        refused.ends_with("[serve] leave in annals.toml says that it is not written"),
        "{refused}"
    );
}

#[test]
fn a_file_that_is_read_in_part_is_left() {
    let dossier = Dossier::new();
    fs::write(
        dossier.path().join("a.yaml"),
        format!("{YAML}  - id: [c2\n"),
    )
    .unwrap();
    let refused = dossier.plan(&two_files()).unwrap_err().to_string();
    assert!(refused.contains("it can only be read in part"), "{refused}");
    let plan = dossier.plan(&[claim("c9")]).unwrap();
    assert!(plan.records[0].file.ends_with("b.jsonl"));
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_a_protected_file_is_left() {
    use std::os::unix::fs::PermissionsExt as _;
    let dossier = Dossier::new();
    let path = dossier.path().join("a.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    dossier
        .plan(&[claim("c9")])
        .unwrap()
        .apply(&dossier.scope())
        .unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o640
    );
    fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
    let refused = dossier
        .plan(&[claim("c10")])
        .unwrap()
        .apply(&dossier.scope())
        .unwrap_err();
    assert!(refused.to_string().contains("write-protected"), "{refused}");
}

#[test]
fn records_are_taken_back_and_only_what_nobody_refers_to_is_removed() {
    let dossier = Dossier::new();
    let retract = |record: &str| Change::Retract {
        record: record.to_owned(),
        on: json!("2021-10-07"),
        reason: Some("Corrected: 8 March.".to_owned()),
    };
    dossier
        .plan(&[retract("c0"), retract("c1")])
        .unwrap()
        .apply(&dossier.scope())
        .unwrap();
    let added = "    retracted: {\"on\": 2021-10-07, reason: \"Corrected: 8 March.\"}\n";
    assert_eq!(dossier.text("a.yaml"), format!("{YAML}{added}"));
    let refused = dossier.plan(&[retract("c0")]).unwrap_err().to_string();
    assert_eq!(refused, "c0 is retracted already");
    let remove = |record: &str| Change::Remove {
        record: record.to_owned(),
    };
    let refused = dossier.plan(&[remove("a0")]).unwrap_err().to_string();
    assert!(
        refused.starts_with("other records refer to a0"),
        "{refused}"
    );
    let plan = dossier.plan(&[remove("c1")]).unwrap();
    assert_eq!(plan.files[0].after, "");
    assert!(
        dossier
            .plan(&[remove("c7")])
            .unwrap_err()
            .to_string()
            .starts_with("no record has the id")
    );
    let refused = dossier.plan(&[claim("a0")]).unwrap_err().to_string();
    assert_eq!(refused, "the id \"a0\" is taken; give another");
}

/// A record without an id is named after its place: it moves only where nothing refers to it by that.
#[test]
fn records_without_an_id_keep_their_names_where_these_are_used() {
    let dossier = Dossier::new();
    let text = "annals: 1
documents:
  - {id: d, title: D, text: d.txt}
claims:
  - {id: c0, speaker: [], evidence: {document: d, quote: one}}
  - {speaker: [], content: without}
";
    fs::write(dossier.path().join("a.yaml"), text).unwrap();
    fs::write(dossier.path().join("d.txt"), "one two three").unwrap();
    let add = Change::Add {
        kind: RecordKind::Claim,
        fields: fields(
            json!({"id": "c9", "speaker": [], "evidence": {"document": "d", "quote": "two"}}),
        ),
        to: None,
    };
    let plan = dossier.plan(std::slice::from_ref(&add)).unwrap();
    assert_eq!(plan.records[0].line, 6);
    assert_eq!(
        plan.records[0].why.as_deref(),
        Some("after c0, the passage before it in d")
    );
    let more = LINES.replace(
        "\"Yes.\"",
        "\"Yes.\", \"contradicts\": [\"a.yaml#claims/2\"]",
    );
    fs::write(dossier.path().join("b.jsonl"), more).unwrap();
    let plan = dossier.plan(&[add]).unwrap();
    assert_eq!(plan.records[0].line, 7);
    assert!(
        plan.records[0]
            .why
            .as_deref()
            .unwrap()
            .starts_with("at the end of the claims")
    );
}

/// The journal is a file like others: whatever stands in it, nothing outside is touched, and nothing fails.
#[test]
fn a_journal_that_was_tampered_with_does_no_harm() {
    let dossier = Dossier::new();
    dossier
        .plan(&[claim("c9")])
        .unwrap()
        .apply(&dossier.scope())
        .unwrap();
    let path = dossier.path().join(".annals/journal.jsonl");
    let line = fs::read_to_string(&path).unwrap();
    let at = format!("\"at\":{}", YAML.len());
    for (from, to) in [
        ("\"file\":\"a.yaml\"", "\"file\":\"../../etc/passwd\""),
        ("\"file\":\"a.yaml\"", "\"file\":\"b.jsonl\""),
        (at.as_str(), "\"at\":18446744073709551615"),
        (at.as_str(), "\"at\":3"),
        ("\"n\":1", "\"n\":18446744073709551615"),
        ("so: it is", "never was"),
    ] {
        assert!(line.contains(from), "{line}");
        fs::write(&path, line.replace(from, to)).unwrap();
        let before = (dossier.text("a.yaml"), dossier.text("b.jsonl"));
        let undone = dossier.undo();
        if let Ok(Some(plan)) = undone {
            assert_eq!(plan.files[0].after, YAML, "{to}");
        }
        assert_eq!((dossier.text("a.yaml"), dossier.text("b.jsonl")), before);
    }
    fs::write(&path, format!("{line}{{\"n\": 2, \"does\": \"sa")).unwrap();
    dossier
        .undo()
        .unwrap()
        .unwrap()
        .apply(&dossier.scope())
        .unwrap();
    assert_eq!(dossier.text("a.yaml"), YAML);
}
