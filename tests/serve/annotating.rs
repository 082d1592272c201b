//! Words of a text become facts: through forms, without scripts, with no other byte of the files changed.

use std::fs;
use std::path::Path;

use super::client::{Answer, Server};

const FACTS: &str = "annals: 1

documents:
- {id: minutes, title: Minutes, published: 2021-10-02, text: minutes.txt}  # kept

actors:
- {id: kallis, name: Dimitra Kallis, kind: person, aliases: [MS KALLIS]}
- {id: hrynko, name: Oleksandr Hrynko, kind: person, aliases: [MR HRYNKO]}

topics:
- {id: dredging, label: The dredging}

claims:
- {id: first, speaker: kallis, about: dredging, quote: The clay is moved, said: 2021-09-30, evidence: {document: minutes, quote: The clay is moved}}
";

const TEXT: &str = "MS KALLIS: The clay is moved. It was done on time.\n\nMR HRYNKO: The cranes will stand still.\nNobody asked us.\n";

/// A small dossier of one's own.
pub(crate) fn dossier() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("facts.yaml"), FACTS).unwrap();
    fs::write(folder.path().join("minutes.txt"), TEXT).unwrap();
    folder
}

fn facts(folder: &Path) -> String {
    fs::read_to_string(folder.join("facts.yaml")).unwrap()
}

/// All files of a folder, hidden ones too, with what is in them.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(one).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.push((path.display().to_string(), fs::read(&path).unwrap()));
            }
        }
    }
    all.sort();
    all
}

pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// Sends a form with its token.
pub(crate) fn send(server: &Server, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = server.token();
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    let body: Vec<String> = pairs.chain([format!("token={token}")]).collect();
    server.post(path, &body.join("&"))
}

/// Where words stand in the text, as an address chooses them.
fn chosen(words: &str) -> String {
    let at = TEXT.find(words).unwrap();
    let from = TEXT[..at].chars().count();
    format!(
        "/texts/minutes?from={from}&to={}",
        from + words.chars().count()
    )
}

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
fn a_record_is_changed_and_taken_back() {
    let folder = dossier();
    let server = Server::entered(folder.path(), &[]);
    let page = server.get("/record/first/edit").body();
    let seen = page
        .split("name=\"seen\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let seen = seen.replace("&quot;", "\"").replace("&amp;", "&");
    let all = |quote: &'static str, said: &'static str| {
        vec![
            ("seen", ""),
            ("speaker", "kallis"),
            ("about", "dredging"),
            ("quote", quote),
            ("said", said),
        ]
    };
    let with = |fields: Vec<(&'static str, &'static str)>, seen: &str| {
        let mut fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, if *name == "seen" { seen } else { *value }))
            .collect();
        fields.push(("save", "yes"));
        send(&server, "/record/first/edit", &fields)
    };
    let wrong = with(all("The clay was moved", "2021-09-30"), &seen);
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.body().contains("is not in the text of minutes"),
        "{}",
        wrong.body()
    );
    let saved = with(all("The clay is moved", "29 September 2021"), &seen);
    assert_eq!(saved.status, 303, "{}", saved.body());
    assert_eq!(
        facts(folder.path()),
        FACTS.replace("said: 2021-09-30", "said: 2021-09-29")
    );
    // The form was made of the record as it was: what it is now is shown beside, and nothing is written.
    let late = with(all("The clay is moved", "28 September 2021"), &seen);
    assert_eq!(late.status, 409);
    for part in [
        "as you saw it",
        "as it is now",
        "<td>2021-09-30</td><td>2021-09-29</td><td>2021-09-28</td>",
    ] {
        assert!(late.body().contains(part), "{part}: {}", late.body());
    }
    assert!(facts(folder.path()).contains("said: 2021-09-29"));
    let back = send(
        &server,
        "/record/first/edit",
        &[
            ("take-back", "yes"),
            ("on", "1 November 2021"),
            ("reason", "it was another"),
        ],
    );
    assert_eq!(back.status, 303, "{}", back.body());
    let now = facts(folder.path());
    assert!(
        now.contains("on\": 2021-11-01, reason: it was another}"),
        "{now}"
    );
    let without = send(
        &server,
        "/record/first/edit",
        &[("take-back", "yes"), ("on", "")],
    );
    assert!(matches!(without.status, 409 | 422), "{}", without.status);
    assert_eq!(facts(folder.path()), now);
}

#[test]
fn a_file_that_changed_meanwhile_keeps_what_is_new_in_it() {
    let folder = dossier();
    let server = Server::entered(folder.path(), &[]);
    let form = format!("{}&make=claim", chosen("Nobody asked us"));
    let page = server.get(&form).body();
    let after = page.split("name=\"version\" value=\"").nth(1).unwrap();
    let version = after.split('"').next().unwrap().to_owned();
    let theirs = FACTS.replace(
        "kind: person, aliases: [MR HRYNKO]",
        "kind: person, aliases: [MR HRYNKO, The union]",
    );
    fs::write(folder.path().join("facts.yaml"), &theirs).unwrap();
    let answer = send(
        &server,
        &form,
        &[
            ("version", &version),
            ("speaker", "The union"),
            ("passage.words", "Nobody asked us"),
            ("save", "yes"),
        ],
    );
    assert_eq!(answer.status, 303, "{}", answer.body());
    assert!(
        answer
            .header("location")
            .unwrap()
            .contains("done=saved-after-change"),
        "{:?}",
        answer.header("location")
    );
    let now = facts(folder.path());
    assert!(
        now.starts_with(&theirs) && now.contains("quote: Nobody asked us"),
        "{now}"
    );
}

#[test]
fn nothing_is_written_that_no_page_of_the_session_asked_for() {
    let folder = dossier();
    let server = Server::entered(folder.path(), &[]);
    let other = Server::entered(folder.path(), &[]);
    let (host, token, foreign) = (server.host(), server.token(), other.token());
    let origin = format!("http://{host}");
    let before = files(folder.path());
    let form = "application/x-www-form-urlencoded";
    let paths = [
        "/texts/minutes?words=Nobody+asked+us&make=actor",
        "/new/actor",
        "/record/first/edit",
        "/undo",
        "/redo",
        "/review",
    ];
    let body = |token: &str| {
        format!(
            "token={token}&name=X&kind=person&passage.words=Nobody+asked+us&save=yes&take-back=yes&on=2021&do=undo"
        )
    };
    for path in paths {
        for (from, site, cookie, token) in [
            (
                Some("http://evil.example"),
                None,
                server.cookie.as_str(),
                token.as_str(),
            ),
            (Some("null"), None, &server.cookie, &token),
            (None, None, &server.cookie, &token),
            (
                Some(origin.as_str()),
                Some("cross-site"),
                &server.cookie,
                &token,
            ),
            (Some(&origin), None, &server.cookie, ""),
            (Some(&origin), None, &server.cookie, &foreign),
            (Some(&origin), None, "", &token),
            (Some(&origin), None, &other.cookie, &foreign),
        ] {
            let mut headers = vec![
                ("Host", host.as_str()),
                ("Cookie", cookie),
                ("Content-Type", form),
            ];
            headers.extend(from.map(|origin| ("Origin", origin)));
            headers.extend(site.map(|site| ("Sec-Fetch-Site", site)));
            let answer = server.send("POST", path, &headers, &body(token));
            assert!(
                matches!(answer.status, 401 | 403),
                "{path}: {}",
                answer.status
            );
        }
        // GET changes nothing, whatever it says.
        server.get(&format!(
            "{path}{}{}",
            if path.contains('?') { "&" } else { "?" },
            body(&token)
        ));
    }
    assert_eq!(files(folder.path()), before);
}

#[test]
fn what_is_only_read_has_no_form() {
    let folder = dossier();
    let before = files(folder.path());
    let server = Server::entered(folder.path(), &["--read-only"]);
    for path in [
        "/texts/minutes",
        "/texts/minutes?words=Nobody+asked+us&make=claim",
        "/record/first",
        "/texts",
        "/",
    ] {
        let page = server.get(path).body();
        for part in [
            "method=\"post\"",
            "/edit\"",
            "/new/",
            "href=\"/review\"",
            "data-annotate",
        ] {
            assert!(!page.contains(part), "{path} has {part}");
        }
    }
    for path in ["/new/actor", "/record/first/edit", "/review"] {
        assert_eq!(server.get(path).status, 400, "{path}");
    }
    for path in [
        "/new/actor",
        "/record/first/edit",
        "/review",
        "/undo",
        "/texts/minutes?words=Nobody+asked+us&make=actor",
    ] {
        let answer = send(
            &server,
            path,
            &[("name", "X"), ("kind", "person"), ("save", "yes")],
        );
        assert_eq!(answer.status, 403, "{path}");
    }
    assert_eq!(files(folder.path()), before);
}
