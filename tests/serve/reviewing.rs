//! Drafts are judged one at a time; what is wrong cannot be accepted, and a judgement can be undone.

use std::fs;

use super::client::Server;
use super::dossier::{dossier, send};

const DRAFTS: [&str; 4] = [
    r#"{"type":"claim","id":"d1","speaker":"hrynko","quote":"Nobody asked us","evidence":{"document":"minutes","quote":"Nobody asked us"},"x_by":"program <b>","x_from":"minutes"}"#,
    r#"{"type":"claim","id":"d2","speaker":"hrynko","quote":"The cranes will stand idle","evidence":{"document":"minutes","quote":"The cranes will stand idle"},"x_by":"program"}"#,
    r#"{"type":"claim","id":"d3","speaker":"nobody-known","quote":"It was done on time","evidence":{"document":"minutes","quote":"It was done on time"},"x_by":"program"}"#,
    r#"{"type":"claim","id":"d4","speaker":"kallis","content":"c","stance":{"toward":"nothing-known","value":"supports"},"evidence":{"document":"minutes","quote":"It was done on time"},"x_by":"other"}"#,
];

struct Desk {
    folder: tempfile::TempDir,
    server: Server,
    facts: String,
}

impl Desk {
    fn new() -> Desk {
        let folder = dossier();
        fs::create_dir_all(folder.path().join(".annals/drafts")).unwrap();
        fs::write(
            folder.path().join(".annals/drafts/program.jsonl"),
            DRAFTS.map(|line| format!("{line}\n")).concat(),
        )
        .unwrap();
        let server = Server::entered(folder.path(), &[]);
        let facts = fs::read_to_string(folder.path().join("facts.yaml")).unwrap();
        Desk {
            folder,
            server,
            facts,
        }
    }

    fn facts(&self) -> String {
        fs::read_to_string(self.folder.path().join("facts.yaml")).unwrap()
    }

    fn queue(&self) -> String {
        fs::read_to_string(self.folder.path().join(".annals/drafts/program.jsonl")).unwrap()
    }

    /// The address of the draft that says some words.
    fn draft(&self, words: &str) -> String {
        let page = self.server.get("/review").body();
        let keys = page
            .split("href=\"/review?draft=")
            .skip(1)
            .map(|after| after.split('"').next().unwrap().to_owned());
        let mut addresses = keys.map(|key| format!("/review?draft={key}"));
        addresses
            .find(|address| {
                let page = self.server.get(address).body();
                let quote = page.split("<blockquote>").nth(1).unwrap_or_default();
                let quote = quote.split("</blockquote>").next().unwrap_or_default();
                // Words that differ from those of the text are marked.
                let parts = quote
                    .split('<')
                    .map(|part| part.split('>').next_back().unwrap());
                let text: String = parts.collect();
                format!("{}</bdi>", text.trim_matches(['“', '”'])).starts_with(words)
            })
            .unwrap_or_else(|| panic!("{words}: {page}"))
    }
}

#[test]
fn a_draft_is_accepted_and_that_is_undone() {
    let desk = Desk::new();
    let page = desk.server.get("/review").body();
    for part in [
        "4 drafts to go",
        "Draft 1 of 4",
        "program &lt;b&gt;",
        "Nobody asked us",
        "data-do=\"accept\"",
        "speaker: hrynko",
        "facts.yaml",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let draft = desk.draft("Nobody asked us");
    let answer = send(&desk.server, &draft, &[("do", "accept")]);
    assert_eq!(answer.status, 303, "{}", answer.body());
    let now = desk.facts();
    let added = now.strip_prefix(&desk.facts).unwrap();
    assert!(
        added.contains("id: d1") && added.contains("x_by"),
        "{added}"
    );
    assert!(!desk.queue().contains("\"d1\"") && desk.queue().lines().count() == 3);
    let answer = send(&desk.server, "/review", &[("do", "undo")]);
    assert_eq!(answer.status, 303, "{}", answer.body());
    assert_eq!(desk.facts(), desk.facts);
    assert!(desk.queue().contains("\"d1\"") && desk.queue().lines().count() == 4);
    // Undone from another page, the draft is back as well.
    send(&desk.server, &draft, &[("do", "accept")]);
    assert_eq!(send(&desk.server, "/undo", &[]).status, 303);
    assert_eq!(desk.facts(), desk.facts);
    assert!(desk.queue().contains("\"d1\""));
}

#[test]
fn what_does_not_stand_in_the_text_is_not_accepted() {
    let desk = Desk::new();
    let missing = desk.draft("The cranes will stand idle");
    let page = desk.server.get(&missing).body();
    for part in [
        "data-do=\"accept\" disabled",
        "is not in the text of minutes",
        "<mark>The cranes will stand still</mark>",
        "What the text has",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    for draft in [
        missing.clone(),
        desk.draft("It was done on time"),
        desk.draft("c</bdi>"),
    ] {
        let answer = send(&desk.server, &draft, &[("do", "accept")]);
        assert_eq!(answer.status, 422, "{draft}: {}", answer.body());
    }
    assert_eq!(desk.facts(), desk.facts);
    assert_eq!(desk.queue().lines().count(), 4);
    let answer = send(&desk.server, &missing, &[("do", "take")]);
    assert_eq!(answer.status, 303, "{}", answer.body());
    assert!(
        desk.facts().contains("quote: The cranes will stand still"),
        "{}",
        desk.facts()
    );
    assert_eq!(desk.queue().lines().count(), 3);
}

#[test]
fn a_draft_is_edited_or_rejected() {
    let desk = Desk::new();
    let draft = desk.draft("It was done on time");
    let page = desk.server.get(&format!("{draft}&edit=yes")).body();
    assert!(page.contains("value=\"nobody-known\""), "{page}");
    let fields = [
        ("id", "d3"),
        ("passage.document", "minutes"),
        ("passage.words", "It was done on time"),
        ("passage.are", "own"),
        ("do", "save"),
    ];
    let wrong = send(
        &desk.server,
        &format!("{draft}&edit=yes"),
        &[&fields[..], &[("speaker", "nobody-known")]].concat(),
    );
    assert_eq!(wrong.status, 422);
    assert_eq!(desk.facts(), desk.facts);
    let saved = send(
        &desk.server,
        &format!("{draft}&edit=yes"),
        &[&fields[..], &[("speaker", "Dimitra Kallis")]].concat(),
    );
    assert_eq!(saved.status, 303, "{}", saved.body());
    assert!(
        desk.facts().contains("id: d3, speaker: kallis") && desk.facts().contains("x_by: program"),
        "{}",
        desk.facts()
    );
    let draft = desk.draft("Nobody asked us");
    let answer = send(
        &desk.server,
        &draft,
        &[("do", "reject"), ("reason", "too small")],
    );
    assert_eq!(answer.status, 303, "{}", answer.body());
    let rejected =
        fs::read_to_string(desk.folder.path().join(".annals/drafts/rejected.jsonl")).unwrap();
    assert!(
        rejected.contains("\"d1\"") && rejected.contains("too small"),
        "{rejected}"
    );
    assert_eq!(desk.queue().lines().count(), 2);
    assert_eq!(send(&desk.server, "/review", &[("do", "undo")]).status, 303);
    assert_eq!(desk.queue().lines().count(), 3);
    // What cannot be read is said.
    let path = desk.folder.path().join(".annals/drafts/torn.jsonl");
    fs::write(path, "{\"type\":\"claim\"\n").unwrap();
    let page = desk.server.get("/review").body();
    assert!(
        page.contains("1 line of the files of drafts cannot be read"),
        "{page}"
    );
    let filtered = desk.server.get("/review?by=other").body();
    assert!(filtered.contains("1 draft to go"), "{filtered}");
}

#[test]
fn what_was_on_the_screen_is_accepted_in_one_write() {
    let desk = Desk::new();
    let more = [
        r#"{"type":"claim","id":"d5","speaker":"kallis","quote":"It was done on time","evidence":{"document":"minutes","quote":"It was done on time"},"x_by":"program"}"#,
        r#"{"type":"claim","id":"d6","speaker":"hrynko","content":"In short","evidence":{"document":"minutes","quote":"Nobody asked us"},"x_by":"program"}"#,
    ];
    let file = desk.folder.path().join(".annals/drafts/more.jsonl");
    let more = more.map(|line| format!("{line}\n")).concat();
    fs::write(&file, &more).unwrap();
    // Not while others are in the list.
    assert!(!desk.server.get("/review").body().contains("Accept these"));
    let page = desk.server.get("/review?state=good&by=program").body();
    assert!(page.contains("Accept these 2"), "{page}");
    let keys: Vec<&str> = page
        .split("name=\"key\" value=\"")
        .skip(1)
        .map(|after| after.split('"').next().unwrap())
        .collect();
    let mut form = vec![("do", "all")];
    form.extend(keys.iter().map(|key| ("key", *key)));
    let answer = send(&desk.server, "/review?state=good&by=program", &form);
    assert_eq!(answer.status, 303, "{}", answer.body());
    let now = desk.facts();
    let added = now.strip_prefix(&desk.facts).unwrap();
    assert_eq!(added.matches("x_by").count(), 2, "{added}");
    assert_eq!(
        fs::read_to_string(&file)
            .unwrap_or_default()
            .lines()
            .count(),
        0
    );
    // Together they are undone.
    let answer = send(&desk.server, "/review", &[("do", "undo")]);
    assert_eq!(answer.status, 303, "{}", answer.body());
    assert_eq!(desk.facts(), desk.facts);
    assert_eq!(desk.queue().lines().count(), 4);
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 2);
}
