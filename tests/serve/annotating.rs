//! Words of a text become facts: through forms, without scripts, with no other byte of the files changed.

use std::fs;

use super::client::Server;
use super::dossier::{FACTS, chosen, dossier, facts, files, send};

#[test]
fn chosen_words_become_a_claim_and_nothing_else_changes() {
    let folder = dossier();
    let server = Server::entered(folder.path(), &[]);
    let words = "The cranes will stand still";
    let page = server.get(&chosen(words)).body();
    for part in [
        "stands in the text, line 3",
        "<mark class=\"sel\">The cranes will stand still</mark>",
        "data-make=\"claim\"",
        "data-make=\"relation\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let form = format!("{}&make=claim", chosen(words));
    let page = server.get(&form).body();
    // The speaker is proposed with the reason, and the text that would be written is there before it is.
    for part in [
        "name=\"speaker\" id=\"f-speaker\" value=\"hrynko\"",
        "MR HRYNKO:",
        "id: hrynko-cranes-stand-still",
        "speaker: hrynko",
        "facts.yaml",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let before = files(folder.path());
    let fields = [
        ("speaker", "Oleksandr Hrynko"),
        ("stance.value", "opposes"),
        ("stance.toward", "The dredging"),
        ("act", "threatens"),
        ("said", "30 September 2021"),
        ("passage.words", words),
        ("passage.are", "own"),
    ];
    let looked = send(
        &server,
        &form,
        &[&fields[..], &[("preview", "yes")]].concat(),
    );
    assert_eq!(looked.status, 200);
    assert!(
        looked.body().contains("act: threatens"),
        "{}",
        looked.body()
    );
    assert_eq!(files(folder.path()), before, "a look writes nothing");
    let saved = send(&server, &form, &[&fields[..], &[("save", "yes")]].concat());
    assert_eq!(saved.status, 303, "{}", saved.body());
    assert_eq!(
        saved.header("location"),
        Some(
            "/texts/minutes?choose=hrynko-cranes-stand-still&done=saved#r-hrynko-cranes-stand-still"
        )
    );
    let now = facts(folder.path());
    let added = now.strip_prefix(FACTS).expect("what was there has stayed");
    for part in [
        "id: hrynko-cranes-stand-still",
        "speaker: hrynko",
        "toward: dredging",
        "value: opposes",
        "act: threatens",
        "quote: The cranes will stand still",
        "said: 2021-09-30",
        "document: minutes",
    ] {
        assert!(added.contains(part), "{part}: {added}");
    }
    let page = server
        .get("/texts/minutes?choose=hrynko-cranes-stand-still&done=saved")
        .body();
    assert!(
        page.contains("Saved: it stands in the file.") && page.contains("class=\"c opposes\""),
        "{page}"
    );
    // Undone, the file is what it was; done again, what it became.
    let undone = send(
        &server,
        "/undo",
        &[("back", "/texts/minutes?choose=hrynko-cranes-stand-still")],
    );
    assert_eq!(
        (undone.status, undone.header("location")),
        (303, Some("/texts/minutes?done=undone"))
    );
    assert_eq!(facts(folder.path()), FACTS);
    assert!(
        !server
            .get("/texts/minutes")
            .body()
            .contains("class=\"c opposes\"")
    );
    assert_eq!(
        send(&server, "/redo", &[("back", "//evil.example/")]).header("location"),
        Some("/")
    );
    assert_eq!(facts(folder.path()), now);
}

#[test]
fn a_wrong_quote_is_refused_and_the_form_is_kept() {
    let folder = dossier();
    let server = Server::entered(folder.path(), &[]);
    let form = format!("{}&make=claim", chosen("The cranes will stand still"));
    let before = files(folder.path());
    let answer = send(
        &server,
        &form,
        &[
            ("speaker", "hrynko"),
            ("content", "a threat <b>"),
            ("passage.words", "The cranes will stand idle"),
            ("save", "yes"),
        ],
    );
    assert_eq!(answer.status, 422);
    let page = answer.body();
    for part in [
        "Nothing was written.",
        "is not in the text of minutes",
        "where the quote has &quot;idle&quot;, the text has &quot;still&quot;",
        "The cranes will stand idle</textarea>",
        "a threat &lt;b&gt;</textarea>",
        "id=\"f-passage\" rows=\"3\" aria-invalid=\"true\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(files(folder.path()), before);
    // A name that leads nowhere is said at its field, with the way to make it in the same save.
    let fields = [
        ("speaker", "Rosa Lindt"),
        ("passage.words", "The cranes will stand still"),
    ];
    let answer = send(&server, &form, &[&fields[..], &[("save", "yes")]].concat());
    assert_eq!(answer.status, 422);
    assert!(
        answer
            .body()
            .contains("name=\"make.actor\" value=\"Rosa Lindt\""),
        "{}",
        answer.body()
    );
    assert_eq!(files(folder.path()), before);
    let answer = send(
        &server,
        &form,
        &[
            &fields[..],
            &[
                ("make.actor", "Rosa Lindt"),
                ("kind.of.Rosa Lindt", "person"),
                ("save", "yes"),
            ],
        ]
        .concat(),
    );
    assert_eq!(answer.status, 303, "{}", answer.body());
    let now = facts(folder.path());
    assert!(
        now.contains("{id: rosa-lindt, name: Rosa Lindt, kind: person}")
            && now.contains("speaker: rosa-lindt"),
        "{now}"
    );
    // One save, one undo.
    assert_eq!(send(&server, "/undo", &[]).status, 303);
    assert_eq!(facts(folder.path()), FACTS);
}

#[test]
fn a_claim_of_the_document_itself_with_a_stance_toward_what_it_is_about() {
    let folder = dossier();
    let server = Server::entered(folder.path(), &[]);
    let form = format!("{}&make=claim", chosen("It was done on time"));
    let fields = [
        ("narrator", "yes"),
        ("about", "dredging"),
        ("stance.value", "supports"),
        ("stance.toward", ""),
        ("passage.words", "It was done on time"),
        ("passage.are", "reported"),
        ("content", "It was on time."),
        ("save", "yes"),
    ];
    let answer = send(&server, &form, &fields);
    assert_eq!(answer.status, 303, "{}", answer.body());
    let now = facts(folder.path());
    let added = now.split("The clay is moved}}").nth(1).unwrap();
    for part in [
        "speaker: []",
        "stance: supports",
        "content: It was on time.",
    ] {
        assert!(added.contains(part), "{part}: {added}");
    }
    let id = added
        .split("id: ")
        .nth(1)
        .unwrap()
        .split([',', '\n'])
        .next()
        .unwrap();
    let page = server.get(&format!("/record/{id}/edit")).body();
    assert!(
        page.contains("<option value=\"supports\" selected>"),
        "{page}"
    );
    assert!(page.contains("name=\"stance.toward\" value=\"\""), "{page}");
}

#[test]
fn words_can_be_chosen_as_they_are_written() {
    let folder = dossier();
    let server = Server::entered(folder.path(), &[]);
    let page = server
        .get("/texts/minutes?words=It+was+done+on+time")
        .body();
    assert!(
        page.contains("stands in the text, line 1") && page.contains("data-make=\"event\""),
        "{page}"
    );
    let page = server.get("/texts/minutes?words=It+was+late").body();
    assert!(
        page.contains("is not in the text of minutes") && !page.contains("data-make"),
        "{page}"
    );
    let answer = send(
        &server,
        "/texts/minutes?words=It+was+done+on+time&make=event",
        &[
            ("label", "The work is done"),
            ("when", "2021-09"),
            ("passage.words", "It was done on time"),
            ("save", "yes"),
        ],
    );
    assert_eq!(answer.status, 303, "{}", answer.body());
    let now = facts(folder.path());
    assert!(
        now.contains("events:\n- ")
            && now.contains("label: The work is done")
            && now.starts_with(FACTS.split("topics:").next().unwrap()),
        "{now}"
    );
}

#[test]
fn from_an_empty_folder_to_a_claim() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::entered(folder.path(), &[]);
    assert!(server.get("/").body().contains("href=\"/new/document\""));
    let text = "THE MAYOR: We begin.\r\nMS KALLIS: It is on time.\r\n";
    let fields = [
        ("title", "Minutes of May"),
        ("published", "2 May 2021"),
        ("text.words", text),
    ];
    let looked = send(
        &server,
        "/new/document",
        &[&fields[..], &[("preview", "yes")]].concat(),
    );
    assert!(
        looked.body().contains("texts/minutes-may.txt"),
        "{}",
        looked.body()
    );
    assert!(files(folder.path()).is_empty());
    let answer = send(
        &server,
        "/new/document",
        &[&fields[..], &[("save", "yes")]].concat(),
    );
    assert_eq!(answer.status, 303, "{}", answer.body());
    assert_eq!(
        answer.header("location"),
        Some("/texts/minutes-may?done=saved")
    );
    let written = fs::read_to_string(folder.path().join("texts/minutes-may.txt")).unwrap();
    assert_eq!(written, "THE MAYOR: We begin.\nMS KALLIS: It is on time.\n");
    assert!(
        server
            .get("/texts/minutes-may")
            .body()
            .contains("It is on time.")
    );
    for (path, fields) in [
        (
            "/new/actor",
            [
                ("name", "Dimitra Kallis"),
                ("kind", "person"),
                ("aliases", "MS KALLIS"),
            ],
        ),
        (
            "/new/topic",
            [("label", "The dredging"), ("note", ""), ("tags", "")],
        ),
    ] {
        let answer = send(&server, path, &[&fields[..], &[("save", "yes")]].concat());
        assert_eq!(answer.status, 303, "{}", answer.body());
    }
    let path = "/texts/minutes-may?words=It+is+on+time&make=claim";
    let page = server.get(path).body();
    assert!(page.contains("value=\"dimitra-kallis\""), "{page}");
    let answer = send(
        &server,
        path,
        &[
            ("speaker", "Dimitra Kallis"),
            ("about", "dredging"),
            ("passage.words", "It is on time"),
            ("save", "yes"),
        ],
    );
    assert_eq!(answer.status, 303, "{}", answer.body());
    let out = std::process::Command::new(super::client::PROGRAM)
        .arg("check")
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    // All of it can be undone, the text too.
    for _ in 0..4 {
        assert_eq!(send(&server, "/undo", &[]).status, 303);
    }
    let left: Vec<String> = files(folder.path())
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert!(
        left.iter().all(|name| name.contains("/.annals/")),
        "{left:?}"
    );
    assert_eq!(send(&server, "/undo", &[]).status, 409);
}

#[test]
fn a_file_becomes_text_before_anything_is_written() {
    let folder = super::dossier::dossier();
    let server = Server::entered(folder.path(), &[]);
    let before = super::dossier::files(folder.path());
    // "<!doctype html><title>The harbour</title><p>It opens in May.<p>So they say." in base64.
    let html = "PCFkb2N0eXBlIGh0bWw-PHRpdGxlPlRoZSBoYXJib3VyPC90aXRsZT48cD5JdCBvcGVucyBpbiBNYXkuPHA-U28gdGhleSBzYXku";
    let form = [
        ("convert", "yes"),
        ("text.file", html),
        ("text.name", "harbour.html"),
    ];
    let answer = super::dossier::send(&server, "/new/document", &form);
    let page = answer.body();
    assert_eq!(answer.status, 200, "{page}");
    assert!(page.contains("It opens in May.\n\nSo they say."), "{page}");
    assert!(page.contains("value=\"The harbour\""), "{page}");
    for (file, name) in [
        ("AAAA", "x.docx"),
        ("not base64!", "x.html"),
        ("UEsDBA", "x.docx"),
    ] {
        let form = [("convert", "yes"), ("text.file", file), ("text.name", name)];
        let answer = super::dossier::send(&server, "/new/document", &form);
        assert!(answer.status < 500, "{file}: {}", answer.status);
    }
    assert_eq!(super::dossier::files(folder.path()), before);
}

#[test]
fn a_passage_of_a_text_with_pages_has_its_page() {
    let folder = super::dossier::dossier();
    let text = "On the first page.\n\u{c}The clay is moved here.\nIt goes on\n\u{c}to the third.\n";
    std::fs::write(folder.path().join("minutes.txt"), text).unwrap();
    let server = Server::entered(folder.path(), &[]);
    for (words, page) in [
        ("The clay is moved here", "page: &quot;2&quot;}"),
        ("goes on\n\u{c}to the third", "page: &quot;2-3&quot;}"),
    ] {
        let from = text.find(words).unwrap();
        let to = from + words.len();
        let shown = server
            .get(&format!("/texts/minutes?from={from}&to={to}&make=event"))
            .body();
        let plain = page.replace("&quot;", "");
        assert!(
            shown.contains(page) || shown.contains(&plain),
            "{page}: {shown}"
        );
    }
    let reader = server.get("/texts/minutes").body();
    assert!(
        !reader.contains("\\u{c}") && reader.contains('\u{c}'),
        "{reader}"
    );
}
