//! The store: shared between threads, viewed as of a day and within a window, read anew on request.

use std::fs;
use std::thread;

use annals::rows::SaidRow;
use annals::{AroundRequest, OpenOptions, PathRequest, PositionFilter, Query, Store, StoreError};

/// A store can live in a server, a binding or an editor.
#[test]
fn a_store_is_owned_and_shared() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Store>();
}

fn shown(rows: impl IntoIterator<Item = SaidRow>) -> Vec<String> {
    rows.into_iter().map(|row| row.id).collect()
}

/// The answers to all questions, as text.
fn all_answers(store: &Store) -> Vec<String> {
    let query = Query::new();
    let text = |value: serde_json::Value| value.to_string();
    let said: Vec<SaidRow> = store.said(&query).unwrap().into_iter().collect();
    let around = AroundRequest {
        centres: vec!["nato".to_owned()],
        hops: 2,
        ..AroundRequest::default()
    };
    let path = PathRequest {
        ends: ["putin".to_owned(), "nato".to_owned()],
        ..PathRequest::default()
    };
    let all = PositionFilter::default();
    vec![
        text(serde_json::to_value(said).unwrap()),
        text(serde_json::to_value(store.timeline(&query).unwrap().data).unwrap()),
        text(serde_json::to_value(&store.positions(&query, all, true).unwrap().rows).unwrap()),
        text(serde_json::to_value(store.show("zelensky").unwrap().data).unwrap()),
        text(serde_json::to_value(store.dates(false).unwrap().iter().collect::<Vec<_>>()).unwrap()),
        text(serde_json::to_value(store.why("invasion").unwrap().data).unwrap()),
        text(serde_json::to_value(store.order("invasion", "visit").unwrap().data).unwrap()),
        text(serde_json::to_value(store.subgraph(&around).unwrap().edges()).unwrap()),
        text(serde_json::to_value(store.path(&path).unwrap().data).unwrap()),
        text(serde_json::to_value(store.check().unwrap().rows().collect::<Vec<_>>()).unwrap()),
    ]
}

#[test]
fn eight_threads_get_the_answers_of_one() {
    let store = Store::open("data/kyiv").unwrap();
    let alone = all_answers(&Store::open("data/kyiv").unwrap());
    assert!(alone.iter().all(|answer| answer.len() > 4), "{alone:?}");
    thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| all_answers(&store)))
            .collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), alone);
        }
    });
}

#[test]
fn a_snapshot_answers_as_its_files_do_whatever_was_asked_before() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("kyiv.annals");
    let files = Store::open("data/kyiv").unwrap();
    files.build(&output, annals::BuildAs::default()).unwrap();
    let snapshot = Store::open(&output).unwrap();
    let answers = all_answers(&snapshot);
    assert_eq!(answers, all_answers(&files));
    assert_eq!(answers, all_answers(&snapshot), "asked again");
    assert_eq!(snapshot.len().unwrap(), files.len().unwrap());
}

const FACTS: &str = "annals: 1
actors:
  - {id: ada, name: Ada, kind: person}
topics:
  - {id: dam, label: The dam}
documents:
  - {id: may, title: May, published: 2023-05-10}
  - {id: june, title: June, published: 2023-06-10}
claims:
  - {id: early, speaker: ada, about: dam, content: It holds., said: 2023-05-01, evidence: {document: may}}
  - {id: late, speaker: ada, about: dam, content: It broke., said: 2023-06-01, evidence: {document: june}}
  - {id: month, speaker: ada, about: dam, content: It leaks., said: 2023-05, evidence: {document: june}}
";

#[test]
fn a_view_leaves_out_what_was_not_known_or_lies_outside() {
    let store = Store::from_yaml(FACTS).unwrap();
    let ada = Query::new().by("Ada");
    let then = store.as_of("2023-05-31").unwrap();
    assert_eq!(shown(then.said(&ada).unwrap()), ["early"]);
    let window = store
        .within(Some("2023-05-02"), Some("2023-05-31"))
        .unwrap();
    let rows: Vec<SaidRow> = window.said(&ada).unwrap().into_iter().collect();
    assert_eq!(
        rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        ["month"]
    );
    assert!(
        !rows[0].certain,
        "a month can lie outside of its last thirty days"
    );
    // A view of a view, and a query with a window of its own, leave what all of them have.
    let both = window.within(None, Some("2023-04")).unwrap();
    assert!(both.said(&ada).unwrap().is_empty());
    let narrow = ada
        .clone()
        .from(annals::time::Date::parse("2023-06").unwrap());
    assert!(window.said(&narrow).unwrap().is_empty());
    assert_eq!(shown(store.said(&narrow).unwrap()), ["late"]);
    assert!(matches!(store.as_of("May"), Err(StoreError::Question(_))));
}

#[test]
fn a_store_is_read_anew_only_where_a_file_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("facts.yaml");
    fs::write(&file, FACTS).unwrap();
    let store = OpenOptions::new().facts(folder.path()).open().unwrap();
    assert_eq!(store.said(&Query::new()).unwrap().len(), 3);

    // Nothing has changed: the same facts answer, though the file could not be read any more.
    let same = store.reload().unwrap();
    assert_eq!(same.said(&Query::new()).unwrap().len(), 3);

    fs::write(&file, FACTS.replace("  - {id: month", "  # - {id: month")).unwrap();
    assert_eq!(
        store.said(&Query::new()).unwrap().len(),
        3,
        "until it is reloaded"
    );
    assert_eq!(
        store.reload().unwrap().said(&Query::new()).unwrap().len(),
        2
    );

    fs::write(
        folder.path().join("more.yaml"),
        "annals: 1\nclaims:\n  - {id: more, speaker: ada, about: dam, content: No.}\n",
    )
    .unwrap();
    assert_eq!(
        store.reload().unwrap().said(&Query::new()).unwrap().len(),
        3
    );
}

#[test]
fn a_reload_reads_only_the_files_that_have_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("a.yaml"), folder.path().join("b.yaml"));
    let lines = folder.path().join("c.jsonl");
    fs::write(&one, FACTS).unwrap();
    let claim = |words: &str| {
        format!(
            "annals: 1\nclaims:\n  - {{id: other, speaker: ada, about: dam, content: {words}}}\n"
        )
    };
    fs::write(&other, claim("As it was.")).unwrap();
    fs::write(
        &lines,
        "{\"type\":\"claim\",\"id\":\"line\",\"speaker\":[\"ada\"],\"responds_to\":[\"other\"],\"content\":\"A line.\"}\n",
    )
    .unwrap();
    let store = OpenOptions::new().facts(folder.path()).open().unwrap();
    let all = shown(store.said(&Query::new()).unwrap());
    assert!(all.contains(&"other".to_owned()) && all.contains(&"line".to_owned()));

    // The other file is written anew with the size and the time that it had: whoever reads it sees that.
    let time = fs::metadata(&other).unwrap().modified().unwrap();
    fs::write(&other, claim("As it is..")).unwrap();
    let written = fs::File::options().write(true).open(&other).unwrap();
    written.set_modified(time).unwrap();
    drop(written);
    fs::write(&one, FACTS.replace("  - {id: month", "  # - {id: month")).unwrap();

    let words = |store: &Store| -> Vec<String> {
        let rows = store.said(&Query::new()).unwrap().into_iter();
        rows.map(|row: SaidRow| row.text().to_owned()).collect()
    };
    let reloaded = store.reload().unwrap();
    assert_eq!(
        shown(reloaded.said(&Query::new()).unwrap()),
        all.iter()
            .filter(|id| *id != "month")
            .cloned()
            .collect::<Vec<_>>()
    );
    assert!(words(&reloaded).contains(&"As it was.".to_owned()));

    // And once more, from what the reloaded store has kept; findings are those of all files.
    fs::write(&one, FACTS.replace("speaker: ada", "speaker: adda")).unwrap();
    let again = reloaded.reload().unwrap();
    let fresh = OpenOptions::new().facts(folder.path()).open().unwrap();
    let findings = |store: &Store| -> Vec<String> {
        store
            .check()
            .unwrap()
            .rows()
            .map(|row| row.message)
            .collect()
    };
    assert!(!findings(&again).is_empty());
    assert_eq!(findings(&again), findings(&fresh));
    assert!(words(&fresh).contains(&"As it is..".to_owned()));
    assert!(words(&again).contains(&"As it was.".to_owned()));
}

#[test]
fn what_cannot_be_answered_says_why() {
    let store = Store::from_yaml(FACTS).unwrap();
    let unknown = store.said(&Query::new().by("Adda")).unwrap_err();
    assert!(matches!(unknown, StoreError::Name(_)), "{unknown}");
    let broken = Store::from_yaml("annals: 1\nactors: [").unwrap_err();
    assert!(matches!(broken, StoreError::Facts(_)), "{broken}");
    assert!(broken.to_string().contains("facts.yaml:"), "{broken}");
}

/// A named file of settings takes the place of the one in the folder, and is read again like the facts.
#[test]
fn settings_may_be_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(
        path("facts.yaml"),
        "annals: 1\nactors:\n  - {id: ship, name: The Hope, kind: vessel}\n",
    )
    .unwrap();
    fs::write(
        path("annals.toml"),
        "[vocabulary]\nactor_kinds = [\"vessel\"]\n",
    )
    .unwrap();
    let open = || OpenOptions::new().facts(path("facts.yaml"));
    let warnings = |store: &Store| store.size().unwrap().warnings + store.size().unwrap().errors;
    assert_eq!(warnings(&open().open().unwrap()), 0);

    fs::write(path("bare.toml"), "").unwrap();
    let store = open().config_file(path("bare.toml")).open().unwrap();
    assert!(warnings(&store) > 0, "no kind of actor is called a vessel");
    assert!(store.is_current());
    fs::write(
        path("bare.toml"),
        "[vocabulary]\nactor_kinds = [\"vessel\"]\n",
    )
    .unwrap();
    assert!(!store.is_current());
    assert_eq!(warnings(&store.reload().unwrap()), 0);

    let error = open().config_file(path("none.toml")).open().unwrap_err();
    assert!(
        error.to_string().contains("none.toml: no such file"),
        "{error}"
    );
    #[cfg(feature = "snapshot")]
    {
        let built = path("facts.annals");
        let store = open().config_file(path("bare.toml")).open().unwrap();
        store
            .build(&built, annals::store::BuildAs::default())
            .unwrap();
        fs::remove_file(path("annals.toml")).unwrap();
        let snapshot = OpenOptions::new().facts(&built);
        assert_eq!(
            warnings(&snapshot.clone().open().unwrap()),
            0,
            "its settings are in it"
        );
        let error = snapshot.config_file(path("bare.toml")).open().unwrap_err();
        assert!(
            error.to_string().contains("has its settings in it"),
            "{error}"
        );
    }
}
