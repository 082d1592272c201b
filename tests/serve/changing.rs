//! Records that are changed and taken back, and who may change anything.

use std::fs;

use super::client::Server;
use super::dossier::{FACTS, chosen, dossier, facts, files, send};

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
