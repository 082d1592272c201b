//! The dossier after a save, the file of a new record, passages that move, names for fields, and the journal.

use std::fs;
use std::process::Command;

use super::client::{PROGRAM, Server};
use super::dossier::{FACTS, chosen, dossier, facts, send};

/// What the program prints of a folder.
fn printed(arguments: &[&str], folder: &std::path::Path) -> String {
    let ran = Command::new(PROGRAM)
        .args(arguments)
        .arg(folder)
        .output()
        .unwrap();
    String::from_utf8(ran.stdout).unwrap()
}

#[test]
fn after_each_save_pages_say_what_the_files_say() {
    let folder = dossier();
    fs::write(
        folder.path().join("more.jsonl"),
        "{\"type\":\"claim\",\"id\":\"late\",\"speaker\":\"hrynko\",\"about\":[\"coming\"],\"content\":\"It comes.\",\"said\":\"2021-10-05\"}\n",
    )
    .unwrap();
    let server = Server::entered(folder.path(), &[]);
    let same = |step: &str| {
        for (page, command) in [
            ("/claims.json", "said"),
            ("/overview.json", "overview"),
            ("/findings.json", "check"),
            ("/record/kallis.json", "show kallis"),
        ] {
            let words: Vec<&str> = command.split(' ').chain(["--format", "json"]).collect();
            assert_eq!(
                server.get(page).body(),
                printed(&words, folder.path()),
                "{page} {step}"
            );
        }
    };
    same("at first");
    // A save that ends findings of another file, one that adds some on purpose, and one that is undone.
    let topic = send(
        &server,
        "/new/topic",
        &[("label", "coming"), ("id", "coming"), ("save", "yes")],
    );
    assert_eq!(topic.status, 303, "{}", topic.body());
    same("after a topic");
    let early = send(
        &server,
        &format!("{}&make=claim", chosen("Nobody asked us")),
        &[
            ("speaker", "hrynko"),
            ("passage.words", "Nobody asked us"),
            ("said", "2023-01-01"),
            ("allow", "yes"),
            ("save", "yes"),
        ],
    );
    assert_eq!(early.status, 303, "{}", early.body());
    same("after a claim with an error");
    // What another program writes meanwhile is read too.
    fs::write(
        folder.path().join("other.yaml"),
        "annals: 1\ntopics:\n- {id: elsewhere, label: Elsewhere}\n",
    )
    .unwrap();
    let actor = send(
        &server,
        "/new/actor",
        &[("name", "Ann"), ("kind", "person"), ("save", "yes")],
    );
    assert_eq!(actor.status, 303, "{}", actor.body());
    same("after another program wrote");
    assert_eq!(send(&server, "/undo", &[("back", "/")]).status, 303);
    same("after undoing");
}

#[test]
fn a_new_record_goes_into_the_file_that_is_chosen() {
    let folder = dossier();
    fs::write(
        folder.path().join("people.yaml"),
        "annals: 1\ntopics:\n- {id: t, label: T}\n",
    )
    .unwrap();
    let server = Server::entered(folder.path(), &[]);
    let form = server.get("/new/actor").body();
    let options: Vec<&str> = form
        .split("<select name=\"file\"")
        .nth(1)
        .unwrap()
        .split("value=\"")
        .skip(1)
        .collect();
    let file = options
        .iter()
        .find_map(|one| {
            one.split('"')
                .next()
                .filter(|file| file.ends_with("people.yaml"))
        })
        .unwrap();
    let ann = [
        ("name", "Ann"),
        ("kind", "person"),
        ("save", "yes"),
        ("file", file),
    ];
    let saved = send(&server, "/new/actor", &ann);
    assert_eq!(saved.status, 303, "{}", saved.body());
    assert_eq!(facts(folder.path()), FACTS);
    let people = fs::read_to_string(folder.path().join("people.yaml")).unwrap();
    assert!(people.contains("name: Ann"), "{people}");
    // No request names a path.
    for file in ["/etc/passwd", "../people.yaml", "new.yaml", "minutes.txt"] {
        let named = send(
            &server,
            "/new/actor",
            &[
                ("name", "Bo"),
                ("kind", "person"),
                ("save", "yes"),
                ("file", file),
            ],
        );
        assert_eq!(named.status, 422, "{file}");
        assert!(named.body().contains("cannot stand in this file"));
    }
}

#[test]
fn the_passage_of_a_claim_moves_to_other_words() {
    let folder = dossier();
    let server = Server::entered(folder.path(), &[]);
    let page = server.get("/texts/minutes?choose=first").body();
    assert!(
        page.contains("data-chosen=\"first\" data-from=\"11\" data-to=\"28\""),
        "{page}"
    );
    let words = format!("{}&of=first", chosen("The clay is moved. It was done"));
    let shown = server.get(&words).body();
    for part in [
        "The passage of",
        "quote: The clay is moved. It was done",
        "name=\"move\"",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert_eq!(facts(folder.path()), FACTS);
    let saved = send(&server, &words, &[("move", "yes")]);
    assert_eq!(saved.status, 303, "{}", saved.body());
    let now = facts(folder.path());
    assert_eq!(
        now.matches("The clay is moved. It was done").count(),
        2,
        "{now}"
    );
    assert!(now.contains("[11, 41]") || now.contains("- 11"), "{now}");
    assert_eq!(printed(&["check", "-q"], folder.path()), "");
    assert_eq!(send(&server, "/undo", &[("back", "/")]).status, 303);
    assert_eq!(facts(folder.path()), FACTS);
    let other = send(
        &server,
        &format!("{}&of=nobody", chosen("Nobody")),
        &[("move", "yes")],
    );
    assert_eq!(other.status, 409);
}

#[test]
fn names_are_completed_and_the_journal_is_forgotten() {
    let folder = dossier();
    let server = Server::entered(folder.path(), &[]);
    let names = |query: &str| server.get(&format!("/names?{query}")).body();
    assert_eq!(
        names("kinds=actor-topic&begun=dr"),
        "[[\"dredging\",\"The dredging\"]]"
    );
    assert_eq!(
        names("kinds=actor&begun=kal"),
        "[[\"kallis\",\"Dimitra Kallis\"]]"
    );
    assert_eq!(
        names("kinds=actor&begun=mr+hr"),
        "[[\"hrynko\",\"Oleksandr Hrynko\"]]"
    );
    assert_eq!(names("kinds=topic&begun=kal"), "[]");
    assert_eq!(names(""), "[]");
    assert!(
        server
            .get("/claims")
            .body()
            .contains("data-kinds=\"actor\"")
    );
    let saved = send(
        &server,
        "/new/topic",
        &[("label", "Tides"), ("save", "yes")],
    );
    assert_eq!(saved.status, 303);
    let journal = folder.path().join(".annals/journal.jsonl");
    assert!(journal.exists());
    let forget = || {
        let ran = Command::new(PROGRAM)
            .args(["serve", "--forget"])
            .arg(folder.path())
            .output()
            .unwrap();
        assert!(ran.status.success());
        String::from_utf8(ran.stderr).unwrap()
    };
    assert!(forget().contains("1 change is forgotten"));
    assert!(!journal.exists());
    assert!(forget().contains("nothing to forget"));
    assert_eq!(send(&server, "/undo", &[("back", "/")]).status, 409);
}

#[test]
fn a_document_can_be_of_the_claims_that_are_marked() {
    let folder = dossier();
    let server = Server::entered(folder.path(), &[]);
    let more = send(
        &server,
        &format!("{}&make=claim", chosen("Nobody asked us")),
        &[
            ("speaker", "hrynko"),
            ("passage.words", "Nobody asked us"),
            ("id", "second"),
            ("save", "yes"),
        ],
    );
    assert_eq!(more.status, 303, "{}", more.body());
    let all = server.get("/document").body();
    assert!(all.contains("The clay is moved") && all.contains("Nobody asked us"));
    let one = server.get("/document?only=second").body();
    assert!(
        one.contains("Nobody asked us") && one.contains("Those that were marked, of 2 claims"),
        "{one}"
    );
    assert!(!one.contains("“The clay is moved”"), "{one}");
}
