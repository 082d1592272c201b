//! Facts that cannot all be true: on a scale of days, tried otherwise, mended, or left with a reason.

use std::fs;

use super::client::Server;
use super::dossier::{files, send};

const FACTS: &str = "annals: 1
events:
  - {id: session, label: Session of the council, when: 2021-09-30}
  - {id: ultimatum, label: The ultimatum, part_of: session}
  - {id: ballot, label: The ballot}
  - {id: strike, label: The strike}
documents:
  - {id: lantern, title: The Lantern, published: 2021-10-12}
orders:
  - {first: ultimatum, relation: before, second: ballot}
  - {first: ballot, relation: starts_before, second: strike, by: P14D}   # from the diary
  - {first: strike, relation: before, second: lantern}
";

const PAGE: &str = "/findings/AN205/1";

fn desk(extra: &[&str]) -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("facts.yaml"), FACTS).unwrap();
    let server = Server::entered(folder.path(), extra);
    (folder, server)
}

#[test]
fn another_value_and_none_are_tried_without_writing() {
    let (folder, server) = desk(&[]);
    let before = files(folder.path());
    let page = server.get(PAGE).body();
    for part in [
        "2 days too few",
        "session is dated 30 Sep 2021",
        "at most 12 days apart",
        "14 Oct 2021 or later",
        "facts.yaml:11",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let fits = "the chronology can be true; nothing is saved yet";
    let tried = server.get(&format!("{PAGE}?fact=4&value=P12D")).body();
    assert!(tried.contains(fits), "{tried}");
    assert!(
        tried.contains("The strike</bdi></a>: 12 Oct 2021"),
        "{tried}"
    );
    let tried = server.get(&format!("{PAGE}?fact=4&value=P13D")).body();
    assert!(
        !tried.contains(fits) && tried.contains("still 1 conflict of dates"),
        "{tried}"
    );
    let wrong = server.get(&format!("{PAGE}?fact=4&value=soon")).body();
    assert!(
        wrong.contains("role=\"alert\"") && !wrong.contains(fits),
        "{wrong}"
    );
    // Without any one of them the others can be true: the conflict is a smallest one.
    for fact in 1..=6 {
        let tried = server
            .get(&format!("{PAGE}?fact={fact}&without=yes"))
            .body();
        assert!(tried.contains(fits), "{fact}: {tried}");
    }
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_value_is_changed_or_the_conflict_is_left_with_a_reason() {
    let (folder, server) = desk(&[]);
    let facts = || fs::read_to_string(folder.path().join("facts.yaml")).unwrap();
    let answer = send(
        &server,
        PAGE,
        &[("fact", "4"), ("change", "yes"), ("value", "P12D")],
    );
    assert_eq!(answer.status, 303, "{}", answer.body());
    assert_eq!(facts(), FACTS.replace("P14D", "P12D"));
    assert_eq!(server.get(PAGE).status, 404);
    assert_eq!(send(&server, "/undo", &[]).status, 303);
    assert_eq!(facts(), FACTS);
    let answer = send(
        &server,
        PAGE,
        &[("fact", "4"), ("change", "yes"), ("value", "soon")],
    );
    assert_eq!(answer.status, 422, "{}", answer.body());
    let answer = send(
        &server,
        PAGE,
        &[("fact", "1"), ("leave", "yes"), ("reason", "")],
    );
    assert_eq!(answer.status, 422);
    assert_eq!(facts(), FACTS);
    let reason = "the diary is: \"unclear\"";
    let answer = send(
        &server,
        PAGE,
        &[("fact", "1"), ("leave", "yes"), ("reason", reason)],
    );
    assert_eq!(answer.status, 303, "{}", answer.body());
    let now = facts();
    assert!(
        now.contains("AN205") && now.contains("the diary is"),
        "{now}"
    );
    let findings = server.get("/findings.json").body();
    assert!(!findings.contains("AN205"), "{findings}");
    let answer = send(
        &server,
        PAGE,
        &[("fact", "99"), ("leave", "yes"), ("reason", "x")],
    );
    assert!(matches!(answer.status, 400 | 404), "{}", answer.status);
}

#[test]
fn what_is_only_read_has_no_form_for_it() {
    let (_folder, server) = desk(&["--read-only"]);
    let page = server.get(&format!("{PAGE}?fact=4&without=yes")).body();
    assert!(page.contains("the chronology can be true"), "{page}");
    assert!(
        !page.contains("method=\"post\" action=\"/findings"),
        "{page}"
    );
}
