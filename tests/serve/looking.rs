//! What pages show beside their lists: the strip of days, pictures with their panel, and what mends a finding.

use std::fs;
use std::path::Path;

use super::client::Server;
use super::dossier::send;

fn harbour() -> Server {
    Server::entered(Path::new("data/harbour"), &["--read-only"])
}

fn has(server: &Server, path: &str, parts: &[&str]) {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}");
    let page = answer.body();
    for part in parts {
        assert!(page.contains(part), "{path} has not {part}: {page}");
    }
}

#[test]
fn the_strip_shows_what_the_window_leaves_out() {
    let server = harbour();
    let drawn = [
        "class=\"is\"",
        "class=\"band\"",
        "class=\"happened\"",
        "class=\"came-out\"",
        "class=\"bracket\"",
    ];
    has(&server, "/claims?from=2021-09", &drawn);
    has(
        &server,
        "/claims?from=2021-09",
        &[
            "class=\"out\"",
            ", 7 outside the window",
            ">1643<",
            ">1 Sep 2021<",
            "48 claims by 18 speakers",
        ],
    );
    let all = server.get("/claims").body();
    assert!(!all.contains("class=\"out\"") && !all.contains("outside the window"));
    // A bar leads to its day, and a day is all that is left then.
    has(
        &server,
        "/claims?from=2021-09-30&until=2021-09-30",
        &["since", "30 Sep 2021", "class=\"out\""],
    );
}

#[test]
fn a_timeline_is_a_picture_whose_marks_lead_to_the_panel() {
    let server = harbour();
    has(
        &server,
        "/timeline?about=night-shifts",
        &[
            "<svg xmlns",
            "annals draw timeline",
            "choose=hrynko-ultimatum#side",
            "Open promises and threats",
        ],
    );
    has(
        &server,
        "/timeline?about=night-shifts&choose=hrynko-ultimatum",
        &[
            "If night work is not off the table",
            "Town of Skerrow",
            "All about it",
        ],
    );
    has(&server, "/timeline?choose=nobody", &["Not there"]);
    has(
        &server,
        "/timeline?view=list",
        &["127 things", "annals timeline"],
    );
    // Of very many things a picture shows nothing: the list takes its place.
    let folder = tempfile::tempdir().unwrap();
    let events =
        (0..301).map(|nth| format!("  - {{id: e{nth}, label: Event {nth}, when: 2021-10-01}}\n"));
    let facts = format!("annals: 1\nevents:\n{}", events.collect::<String>());
    fs::write(folder.path().join("facts.yaml"), facts).unwrap();
    let server = Server::entered(folder.path(), &[]);
    let answer = server.get("/timeline?from=2021");
    assert_eq!(answer.status, 303);
    assert_eq!(
        answer.header("location"),
        Some("/timeline?from=2021&view=list")
    );
}

#[test]
fn a_graph_has_its_panel() {
    let server = harbour();
    has(
        &server,
        "/graph?around=night-shifts",
        &[
            "Around <bdi>dredging by night</bdi>",
            "Who stands where",
            "against their own word",
            "A chain from here to",
            "10 things, 11 edges",
        ],
    );
    has(
        &server,
        "/graph?around=hrynko&choose=hrynko-chairman",
        &["relation", "Dockers", "its chairman said"],
    );
    let gexf = server.get("/graph.gexf?around=night-shifts");
    assert_eq!(gexf.status, 200);
    assert!(gexf.body().contains("<gexf") && gexf.header("content-disposition").is_some());
}

#[test]
fn a_record_says_who_stands_opposite_and_where_its_words_stand() {
    let server = harbour();
    has(
        &server,
        "/record/hrynko",
        &[
            "8 claims in 3 texts, 17 Oct 2019 to 6 Oct 2021",
            "Changed position on <b>one thing</b>, twice. No contradiction within.",
            "Stands opposite",
            "Where these words stand",
            "chairman",
            "show as",
            "in the",
        ],
    );
    // A claim in a list has its speaker's office; one that is chosen, who else stands there.
    has(&server, "/claims?by=solvang", &["mayor, Town of Skerrow"]);
    has(
        &server,
        "/claims?choose=lin-nobody-surveyed",
        &[
            "Speaks against",
            "Others who stand there",
            "There was no second survey",
        ],
    );
}

#[test]
fn a_repair_of_spelling_is_done_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.yaml");
    let old = "annals: 1\nevents:\n  - {id: e, label: E, when: 20 April 2023}   # kept\n  - {id: f, label: F, when: 21 April 2023}\n";
    fs::write(&path, old).unwrap();
    let server = Server::entered(folder.path(), &[]);
    let list = server.get("/findings").body();
    let link = list.split("<p class=\"say\"><a href=\"").nth(1).unwrap();
    let link = link.split('"').next().unwrap();
    let page = server.get(link).body();
    assert!(
        page.contains("Do it") && page.contains("2023-04-20"),
        "{page}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), old);
    let answer = send(&server, link, &[("repair", "yes")]);
    assert_eq!(answer.status, 303, "{}", answer.body());
    assert_eq!(answer.header("location"), Some("/findings?done=mended"));
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        old.replace("20 April 2023", "2023-04-20")
    );
    assert!(
        server
            .get("/findings?done=mended")
            .body()
            .contains("Mended")
    );
    let undone = send(&server, "/undo", &[("back", "/findings")]);
    assert_eq!(undone.status, 303, "{}", undone.body());
    assert_eq!(fs::read_to_string(&path).unwrap(), old);
    // Nothing is guessed: a repair that asks a question has no button.
    fs::write(
        &path,
        "annals: 1\nevents:\n  - {id: e, label: E, when: 3/4/2021}\n",
    )
    .unwrap();
    let server = Server::entered(folder.path(), &[]);
    let list = server.get("/findings").body();
    let link = list.split("<p class=\"say\"><a href=\"").nth(1).unwrap();
    let link = link.split('"').next().unwrap();
    assert!(!server.get(link).body().contains("Do it"));
    assert_ne!(send(&server, link, &[("repair", "yes")]).status, 303);
}
