//! Every page that can be reached, over dossiers of every sort, is whole and harmless.

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

use super::client::Server;

/// How many pages of a dossier are looked at.
fn most() -> usize {
    crate::common::tried(3_000, 90)
}

/// Elements without an end.
const VOID: [&str; 6] = ["meta", "link", "input", "br", "hr", "img"];

/// What is wrong with a page: elements that do not end, ids that occur twice, what runs or looks from
/// within the page.
fn faults(page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut ids = BTreeSet::new();
    let body = page.strip_prefix("<!DOCTYPE html>").unwrap_or_else(|| {
        faults.push("no doctype".to_owned());
        page
    });
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').unwrap_or(rest.len());
        let tag = &rest[..end];
        rest = &rest[end..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop().as_deref() != Some(name) {
                faults.push(format!("</{name}> ends nothing"));
            }
            continue;
        }
        let name = tag.split([' ', '/', '\n']).next().unwrap().to_owned();
        let attributes = &tag[name.len()..];
        if name == "style" || (name == "script" && !attributes.contains("src=")) {
            faults.push(format!("<{tag}>"));
        }
        for attribute in attributes.split('"').step_by(2) {
            let attribute = attribute
                .trim()
                .trim_end_matches('=')
                .trim_start_matches('/')
                .trim();
            let last = attribute.rsplit(' ').next().unwrap_or_default();
            if last == "style" || last.starts_with("on") {
                faults.push(format!("<{tag}>"));
            }
        }
        for (before, after) in attributes.match_indices(" id=\"") {
            let id = attributes[before + after.len()..]
                .split('"')
                .next()
                .unwrap();
            if !ids.insert(id.to_owned()) {
                faults.push(format!("the id {id} stands there twice"));
            }
        }
        if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    if !open.is_empty() {
        faults.push(format!("{open:?} does not end"));
    }
    faults
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// Looks at what can be reached from the first page.
fn walked(folder: &Path, options: &[&str]) -> Vec<(String, String)> {
    let server = Server::entered(folder, options);
    let first = [
        "/",
        "/claims",
        "/claims?view=table",
        "/timeline",
        "/timeline?view=list",
        "/timeline?view=ladder",
        "/positions",
        "/positions?changes",
        "/positions?view=within",
        "/positions?view=opposite",
        "/positions?view=stated",
        "/graph",
        "/network",
        "/network?measure=affiliation&sign=kinds&every=year&nth=1",
        "/texts",
        "/findings",
        "/changes",
        "/path",
        "/order",
        "/search",
        "/keys",
        "/review",
        "/new/claim",
        "/new/document",
    ];
    let mut wait: VecDeque<String> = first.iter().map(|path| (*path).to_owned()).collect();
    let mut seen: BTreeSet<String> = wait.iter().cloned().collect();
    let mut pages = Vec::new();
    while let Some(path) = wait.pop_front() {
        if pages.len() == most() {
            break;
        }
        let mut answer = server.get(&path);
        // A busy machine draws large pictures slowly.
        for _ in 0..5 {
            if answer.status == 503 && (path.starts_with("/graph") || path.starts_with("/timeline"))
            {
                answer = server.get(&path);
            }
        }
        assert_eq!(answer.status, 200, "{path}: {}", answer.body());
        let is_file = answer.header("content-disposition").is_some();
        let is_page = !is_file
            && answer
                .header("content-type")
                .is_some_and(|kind| kind.starts_with("text/html"));
        if !is_page {
            continue;
        }
        let page = answer.body();
        let faults = faults(&page);
        assert!(faults.is_empty(), "{path}: {faults:?}");
        let is_picture = page.contains("<svg xmlns=");
        assert!(
            is_picture || page.len() <= 80 * 1024,
            "{path} has {} bytes",
            page.len()
        );
        for hidden in ['\u{1b}', '\u{202e}', '\u{2028}', '\u{7}', '\u{0}'] {
            assert!(!page.contains(hidden), "{path} has {hidden:?}");
        }
        let mut found = Vec::new();
        for link in page.split(" href=\"").skip(1) {
            let link = unescaped(link.split('"').next().unwrap());
            if link.starts_with('/') {
                let link = link.split('#').next().unwrap().to_owned();
                if !link.starts_with("/assets/") && seen.insert(link.clone()) {
                    found.push(link);
                }
            } else if link.starts_with("http://") || link.starts_with("https://") {
                let with_rel = "noreferrer\"";
                assert!(page.contains(with_rel), "{path} leads to {link}");
            } else {
                assert!(
                    link.starts_with('#') || link == "data:,",
                    "{path} leads to {link}"
                );
            }
        }
        // Of each sort some: a page may have a hundred links to one.
        found.sort_by_key(String::len);
        let step = (found.len() / 12).max(1);
        wait.extend(found.into_iter().step_by(step));
        pages.push((path, page));
    }
    pages
}

#[test]
fn the_harbour() {
    let pages = walked(Path::new("data/harbour"), &[]);
    let all: String = pages.iter().map(|(_, page)| page.as_str()).collect();
    for words in [
        "Oleksandr Hrynko",
        "the cranes will stand still",
        "annals said data/harbour",
    ] {
        assert!(all.contains(words), "{words}");
    }
}

#[test]
fn kyiv() {
    walked(Path::new("data/kyiv"), &[]);
}

#[test]
fn names_that_are_markup() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(
        "tests/fixtures/names.yaml",
        folder.path().join("names.yaml"),
    )
    .unwrap();
    let hostile = "<script>alert(1)</script>\\u202e\\u001b[31m\\\"'&amp;";
    let yaml = format!(
        "annals: 1\nactors:\n  - {{id: \"a/../b?c=d#e&f\", name: \"{hostile}\", kind: person}}\n  - {{id: \"x.json\", name: plain, kind: group}}\ntopics:\n  - {{id: \"t<b>\", label: \"{hostile}\"}}\ndocuments:\n  - {{id: \"d'\\\"\", title: \"{hostile}\", published: 2021-10-02, url: \"javascript:alert(1)\", text: d.txt, language: \"en\\\" onload=\\\"x\"}}\nclaims:\n  - {{id: \"c%00;\", speaker: \"a/../b?c=d#e&f\", about: \"t<b>\", stance: supports, quote: \"<img src=x onerror=alert(1)>\", said: 2021-10-01, evidence: [{{document: \"d'\\\"\"}}], tags: [\"<i>\"]}}\n  - {{speaker: x.json, about: \"t<b>\", stance: opposes, content: \"{hostile}\", said: 2021-10-01}}\n"
    );
    fs::write(folder.path().join("hostile.yaml"), yaml).unwrap();
    fs::write(
        folder.path().join("d.txt"),
        "before <img src=x onerror=alert(1)> after\n\n<script>alert(2)</script>\u{202e}x\n",
    )
    .unwrap();
    let pages = walked(folder.path(), &[]);
    for (path, page) in pages {
        // As words, or the value of a field, it is harmless.
        let leads = ["href", "src", "action"].map(|name| format!("{name}=\"javascript:"));
        assert!(
            !leads.iter().any(|lead| page.contains(lead)),
            "{path} leads to a script"
        );
        for running in ["<script>", "<img", "onload=\"x"] {
            assert!(!page.contains(running), "{path} has {running}");
        }
    }
}

#[test]
fn an_empty_folder_says_how_to_begin() {
    let folder = tempfile::tempdir().unwrap();
    let pages = walked(folder.path(), &[]);
    let (_, first) = &pages[0];
    assert!(
        first.contains("There are no facts here yet") && first.contains("annals init"),
        "{first}"
    );
}

#[test]
fn a_broken_file_is_told_of_and_the_rest_is_served() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy("tests/fixtures/slip.yaml", folder.path().join("slip.yaml")).unwrap();
    fs::copy(
        "tests/fixtures/ferry.yaml",
        folder.path().join("ferry.yaml"),
    )
    .unwrap();
    walked(folder.path(), &[]);
    // What a page says of errors is a region of it, for who goes from one to the next.
    let body = Server::entered(folder.path(), &[]).get("/claims").body();
    let region = "<section class=\"warn\" aria-label=";
    assert!(body.contains(region), "{body}");
    fs::write(
        folder.path().join("torn.json"),
        "{\"annals\": 1, \"claims\": [",
    )
    .unwrap();
    fs::write(folder.path().join("bytes.yaml"), [0xff, 0xfe, 0x00, 0x41]).unwrap();
    let server = Server::entered(folder.path(), &[]);
    let answer = server.get("/findings");
    assert_eq!(answer.status, 200, "{}", answer.body());
    assert!(answer.body().contains("bytes.yaml"), "{}", answer.body());
    for path in ["/", "/claims", "/texts"] {
        let answer = server.get(path);
        assert!(
            matches!(answer.status, 200 | 503),
            "{path}: {}",
            answer.status
        );
        assert!(faults(&answer.body()).is_empty());
    }
}

#[test]
fn files_that_change_are_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("facts.yaml");
    let facts = |quote: &str| format!("annals: 1\nclaims:\n  - {{id: c1, content: \"{quote}\"}}\n");
    fs::write(&file, facts("first")).unwrap();
    let server = Server::entered(folder.path(), &[]);
    assert!(server.get("/claims").body().contains("first"));
    let version = server.get("/now").body();
    fs::write(&file, facts("the second, which is longer")).unwrap();
    let until = std::time::Instant::now() + std::time::Duration::from_secs(120);
    while !server.get("/claims").body().contains("the second") {
        assert!(std::time::Instant::now() < until, "it was not read again");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_ne!(server.get("/now").body(), version);
}

#[test]
fn a_page_says_what_it_leaves_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut facts = "annals: 1\nclaims:\n".to_owned();
    for nth in 0..250 {
        facts.push_str(&format!(
            "  - {{id: c{nth:03}, content: claim number {nth}, said: 2021-10-01}}\n"
        ));
    }
    fs::write(folder.path().join("facts.yaml"), facts).unwrap();
    let server = Server::entered(folder.path(), &[]);
    let mut path = "/claims".to_owned();
    let mut seen = BTreeSet::new();
    let mut turns = 0;
    while !path.is_empty() {
        let page = server.get(&path).body();
        assert!(
            page.contains("250 claims") && page.contains("of 250"),
            "{page}"
        );
        for row in page.split("<article class=\"row\" id=\"r-").skip(1) {
            assert!(
                seen.insert(row.split('"').next().unwrap().to_owned()),
                "a row twice"
            );
        }
        turns += 1;
        let next = page.split(" rel=\"next\" href=\"").nth(1);
        path = next.map_or_else(String::new, |after| {
            unescaped(after.split('"').next().unwrap())
        });
    }
    assert!((3..8).contains(&turns), "{turns} pages");
    assert_eq!(seen.len(), 250);
}

#[test]
fn long_claims_make_a_page_of_fewer_rows_and_none_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut facts = "annals: 1\ntopics:\n".to_owned();
    for nth in 0..12 {
        let label = "a matter with a long name ".repeat(4);
        facts.push_str(&format!("  - {{id: t{nth}, label: {label}{nth}}}\n"));
    }
    facts.push_str("claims:\n");
    let about: Vec<String> = (0..12).map(|nth| format!("t{nth}")).collect();
    for nth in 0..40 {
        let words = "word ".repeat(200);
        facts.push_str(&format!(
            "  - {{id: c{nth:02}, content: {words}{nth}, about: [{}], stance: opposes}}\n",
            about.join(", ")
        ));
    }
    fs::write(folder.path().join("facts.yaml"), facts).unwrap();
    let server = Server::entered(folder.path(), &[]);
    let (mut path, mut seen) = ("/claims".to_owned(), 0);
    while !path.is_empty() {
        let page = server.get(&path).body();
        assert!(page.len() <= 80 * 1024, "{path}: {} bytes", page.len());
        let rows = page.matches("<article class=\"row\"").count();
        assert!(rows > 0, "{path}");
        seen += rows;
        let next = page.split(" rel=\"next\" href=\"").nth(1);
        path = next.map_or_else(String::new, |after| {
            unescaped(after.split('"').next().unwrap())
        });
    }
    assert_eq!(seen, 40);
}
