//! Nobody gets in who has no key, and nothing is done that no page of the server asked for.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use super::client::Server;

fn harbour() -> &'static Path {
    Path::new("data/harbour")
}

/// Words of the dossier, none of which may be seen outside.
const WORDS: [&str; 4] = ["Hrynko", "hrynko", "harbour", "Skerrow"];

#[test]
fn nobody_gets_in_without_the_key() {
    let mut server = Server::locked(harbour(), &[]);
    let key = server.key.clone();
    let host = server.host();
    let paths = [
        "/",
        "/claims",
        "/claims.json",
        "/record/hrynko",
        "/now",
        "/texts",
        "/keys",
        "/nothing",
        "/enter",
        "/enter?key=",
        "/enter?key=0000",
        "/leave",
    ];
    for path in paths {
        for cookie in ["", "annals-7117=0000", "annals=x"] {
            let answer = server.send("GET", path, &[("Host", &host), ("Cookie", cookie)], "");
            assert_eq!(answer.status, 401, "{path}");
            let body = answer.body();
            assert!(
                !WORDS.iter().any(|word| body.contains(word)),
                "{path}: {body}"
            );
        }
        let answer = server.send("POST", path, &[("Host", &host)], "token=x");
        assert!(
            matches!(answer.status, 401 | 405),
            "{path}: {}",
            answer.status
        );
    }
    // The key works once.
    let answer = server.get(&format!("/enter?key={key}"));
    assert_eq!((answer.status, answer.header("location")), (303, Some("/")));
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(cookie.starts_with(&format!("annals-{}=", server.port)));
    server.cookie = cookie.split(';').next().unwrap().to_owned();
    assert_eq!(server.get("/claims").status, 200);
    let again = server.send("GET", &format!("/enter?key={key}"), &[("Host", &host)], "");
    assert_eq!(again.status, 401, "the key is used up");
    // The wrong cookie, beside the right one of another port, is none.
    let other = server
        .cookie
        .replace(&format!("annals-{}", server.port), "annals-1");
    let answer = server.send("GET", "/claims", &[("Host", &host), ("Cookie", &other)], "");
    assert_eq!(answer.status, 401);
}

#[test]
fn only_its_own_name_is_answered() {
    let server = Server::entered(harbour(), &[]);
    let port = server.port;
    let own = [
        format!("127.0.0.1:{port}"),
        format!("localhost:{port}"),
        format!("[::1]:{port}"),
    ];
    for host in &own {
        let answer = server.send(
            "GET",
            "/",
            &[("Host", host), ("Cookie", &server.cookie)],
            "",
        );
        assert_eq!(answer.status, 200, "{host}");
    }
    let others = [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.2:{port}"),
        "127.0.0.1:1".to_owned(),
    ];
    for host in &others {
        for method in ["GET", "HEAD", "POST", "OPTIONS", "PUT"] {
            for path in ["/", "/claims.json", "/assets/x.css", "/enter?key=x"] {
                let answer = server.send(
                    method,
                    path,
                    &[("Host", host), ("Cookie", &server.cookie)],
                    "",
                );
                assert_eq!(answer.status, 421, "{method} {path} {host}");
                let body = String::from_utf8_lossy(&answer.bytes).into_owned();
                assert!(!WORDS.iter().any(|word| body.contains(word)));
            }
        }
    }
    assert_eq!(
        server
            .send("GET", "/", &[("Cookie", &server.cookie)], "")
            .status,
        421
    );
    let absolute = format!("http://evil.example:{port}/claims");
    let answer = server.send(
        "GET",
        &absolute,
        &[("Host", &server.host()), ("Cookie", &server.cookie)],
        "",
    );
    assert_eq!(answer.status, 421);
}

#[test]
fn forms_come_from_its_own_pages() {
    let server = Server::entered(harbour(), &[]);
    let (host, token) = (server.host(), server.token());
    let origin = format!("http://{host}");
    let form = "application/x-www-form-urlencoded";
    let body = format!("token={token}");
    let with = |origin: Option<&str>, site: Option<&str>, kind: &str, body: &str| {
        let mut headers = vec![
            ("Host", host.as_str()),
            ("Cookie", server.cookie.as_str()),
            ("Content-Type", kind),
        ];
        headers.extend(origin.map(|origin| ("Origin", origin)));
        headers.extend(site.map(|site| ("Sec-Fetch-Site", site)));
        server.send("POST", "/leave", &headers, body).status
    };
    assert_eq!(with(None, None, form, &body), 403, "no origin");
    assert_eq!(with(Some("http://evil.example"), None, form, &body), 403);
    assert_eq!(with(Some("null"), None, form, &body), 403);
    assert_eq!(with(Some(&origin), Some("cross-site"), form, &body), 403);
    assert_eq!(with(Some(&origin), Some("same-site"), form, &body), 403);
    assert_eq!(with(Some(&origin), None, "text/plain", &body), 415);
    assert_eq!(with(Some(&origin), None, "application/json", &body), 415);
    assert_eq!(with(Some(&origin), None, form, "token="), 403);
    assert_eq!(with(Some(&origin), None, form, "a=b"), 403, "no token");
    // The token of another session.
    let other = Server::entered(harbour(), &[]);
    assert_eq!(
        with(
            Some(&origin),
            None,
            form,
            &format!("token={}", other.token())
        ),
        403
    );
    assert_eq!(server.get("/claims").status, 200, "still in");
    // GET changes nothing.
    assert_eq!(server.get(&format!("/leave?token={token}")).status, 404);
    assert_eq!(server.get("/claims").status, 200);
    let answer = server.post("/leave", &body);
    assert_eq!(answer.status, 303);
    assert_eq!(server.get("/claims").status, 401, "it has left");
}

#[test]
fn every_answer_has_the_headers_that_keep_it_in() {
    let server = Server::entered(harbour(), &[]);
    for path in [
        "/",
        "/claims",
        "/claims.json",
        "/nothing",
        "/record/nobody",
        "/claims?nothing=1",
        "/graph.svg",
    ] {
        let answer = server.get(path);
        let policy = answer
            .header("content-security-policy")
            .unwrap_or_else(|| panic!("{path}"));
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "require-trusted-types-for 'script'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"));
        let has = |name: &str, value: &str| assert_eq!(answer.header(name), Some(value), "{path}");
        has("x-content-type-options", "nosniff");
        has("referrer-policy", "same-origin");
        has("cross-origin-opener-policy", "same-origin");
        has("cross-origin-resource-policy", "same-origin");
        has("cache-control", "no-store");
        for name in ["access-control-allow-origin", "server", "x-powered-by"] {
            assert_eq!(answer.header(name), None, "{path}");
        }
    }
}

#[test]
fn no_request_names_a_file() {
    let server = Server::entered(harbour(), &[]);
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/assets/../../Cargo.toml",
        "/assets/%2e%2e%2fCargo.toml",
        "/texts/..%2f..%2fCargo.toml",
        "/texts/%2Fetc%2Fpasswd",
        "/record/..%2F..%2FCargo.toml",
        "/claims.json?output=elsewhere/x",
        "/claims.json?texts=/etc",
        "/claims.json?receipt=elsewhere/x",
        "/findings.json?baseline=/etc/passwd",
        "/findings.json?fix=yes",
        "/claims?facts=/etc",
        "/graph.svg?output=elsewhere/x",
        "/graph.svg?link=javascript:x",
    ] {
        let answer = server.get(path);
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {}",
            answer.status
        );
        let body = answer.body();
        assert!(
            !body.contains("[package]") && !body.contains("root:"),
            "{path}"
        );
    }
}

#[test]
fn what_is_too_long_or_malformed_ends_itself_alone() {
    let server = Server::entered(harbour(), &[]);
    let (host, cookie) = (server.host(), server.cookie.clone());
    let long = format!("/claims?by={}", "a".repeat(9_000));
    assert_eq!(server.get(&long).status, 414);
    assert!(matches!(
        server.get(&format!("/{}", "a".repeat(100_000))).status,
        0 | 414 | 431
    ));
    let mut many: Vec<(&str, &str)> = vec![("Host", &host), ("Cookie", &cookie)];
    many.extend(std::iter::repeat_n(("X-Nothing", "1"), 10_000));
    assert!(matches!(server.send("GET", "/", &many, "").status, 0 | 431));
    let token = server.token();
    let body = format!("token={token}&a={}", "x".repeat(2 << 20));
    assert!(matches!(server.post("/leave", &body).status, 0 | 413));
    // One that looks like the beginning of something is waited for: see below.
    for bytes in [
        &b"GET\r\n\r\n"[..],
        b"GET / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        assert!(matches!(server.raw(bytes).status, 0 | 400 | 421 | 505));
    }
    for path in [
        "/record/%",
        "/record/%ff",
        "/record/%00",
        "/claims?by=%zz",
        "/claims?by=%C3",
    ] {
        assert_eq!(server.get(path).status, 400, "{path}");
    }
    assert_eq!(server.get("/claims").status, 200, "it goes on");
}

#[test]
fn options_that_are_none_are_refused() {
    let server = Server::entered(harbour(), &[]);
    for path in [
        "/claims?spaeker=x",
        "/claims?from=tomorrow",
        "/claims?stance=perhaps",
        "/claims?by=nobody-of-this-name",
        "/claims?limit=-1",
        "/claims?rollup",
        "/claims?as-of=never",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 400, "{path}: {}", answer.body());
        let file = server.get(&path.replacen("/claims", "/claims.json", 1));
        assert_eq!(file.status, 400, "{path}");
    }
}

/// A slow head, a slow body and a reader that takes nothing end within their time; the server goes on.
#[test]
fn the_slow_are_not_waited_for() {
    let server = Server::entered(harbour(), &[]);
    let connect = || TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let begun = Instant::now();
    let mut heads: Vec<TcpStream> = (0..20).map(|_| connect()).collect();
    for head in &mut heads {
        head.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    }
    let mut body = connect();
    let form = format!(
        "POST /leave HTTP/1.1\r\nHost: {}\r\nOrigin: http://{0}\r\nCookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ntoken",
        server.host(),
        server.cookie
    );
    body.write_all(form.as_bytes()).unwrap();
    let mut other_protocol = connect();
    other_protocol.write_all(b"\x16\x03\x01\x02\x00").unwrap();
    assert_eq!(
        server.get("/keys").status,
        200,
        "others are served meanwhile"
    );
    // Empty lines may come before a request.
    let mut empty_lines = connect();
    empty_lines.write_all(b"\r\n\r\n").unwrap();
    heads.extend([body, other_protocol, empty_lines]);
    for mut one in heads {
        one.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut all = Vec::new();
        let read = one.read_to_end(&mut all);
        assert!(read.is_ok(), "the connection is closed");
    }
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(25), "{took:?}");
    assert_eq!(server.get("/keys").status, 200);
}

/// What a shell or a service manager sends ends it, before the patience with a silent client ends (10 s).
#[cfg(unix)]
#[test]
fn a_signal_ends_it() {
    for signal in ["-INT", "-TERM"] {
        let mut server = Server::entered(harbour(), &[]);
        // Somebody is connected and says nothing.
        let _idle = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let begun = Instant::now();
        let pid = server.child().id().to_string();
        let sent = std::process::Command::new("kill")
            .args([signal, &pid])
            .status()
            .unwrap();
        assert!(sent.success());
        let ended = server.child().wait().unwrap();
        assert!(ended.success(), "{ended}");
        assert!(
            begun.elapsed() < Duration::from_secs(8),
            "{:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn others_are_only_let_in_if_that_is_said() {
    let run = |options: &[&str]| {
        let output = std::process::Command::new(super::client::PROGRAM)
            .args(["serve", "data/harbour"])
            .args(options)
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, said) = run(&["--bind", "0.0.0.0"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("--network"), "{said}");
    let (code, said) = run(&["--bind", "0.0.0.0", "--network"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("--host"), "{said}");
    let (code, said) = run(&["--host", "a b"]);
    assert_eq!(code, Some(2), "{said}");
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (code, said) = run(&["--port", &port]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("is taken"), "{said}");
}
