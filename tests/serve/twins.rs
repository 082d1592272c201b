//! The files of a page are the command's own answers, byte for byte.

use std::path::Path;
use std::process::Command;

use super::client::{PROGRAM, Server};

fn printed(words: &[&str]) -> Vec<u8> {
    let output = Command::new(PROGRAM).args(words).output().unwrap();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{words:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// Addresses without ending, and the words of the command before and after the folder.
const ASKED: [(&str, &str, &[&str], &[&str]); 25] = [
    ("/overview", "", &["overview"], &[]),
    (
        "/overview",
        "?as-of=2021-10-02",
        &["overview"],
        &["--as-of", "2021-10-02"],
    ),
    ("/claims", "", &["said"], &[]),
    (
        "/claims",
        "?by=hrynko&about=north-basin&from=2021-09",
        &["said"],
        &[
            "--by",
            "hrynko",
            "--about",
            "north-basin",
            "--from",
            "2021-09",
        ],
    ),
    (
        "/claims",
        "?by=hrynko&by=Dimitra+Kallis&surely",
        &["said"],
        &["--by", "hrynko", "--by", "Dimitra Kallis", "--surely"],
    ),
    (
        "/claims",
        "?text=night&retracted=yes&view=table&choose=x",
        &["said"],
        &["--text", "night", "--retracted"],
    ),
    (
        "/claims",
        "?by=hrynko&rollup&verified=null",
        &["said"],
        &["--by", "hrynko", "--rollup", "--verified", "null"],
    ),
    (
        "/claims",
        "?as-of=2021-10-01&limit=3",
        &["said"],
        &["--as-of", "2021-10-01", "--limit", "3"],
    ),
    (
        "/claims",
        "?about=no+such+thing+but+empty&by=&from=",
        &["said"],
        &["--about", "no such thing but empty"],
    ),
    (
        "/timeline",
        "?from=2021-09&until=2021-10",
        &["timeline"],
        &["--from", "2021-09", "--until", "2021-10"],
    ),
    ("/timeline", "?view=lanes&lanes=side", &["timeline"], &[]),
    ("/positions", "", &["positions"], &[]),
    ("/positions", "?changes", &["positions"], &["--changes"]),
    ("/positions", "?view=within", &["contradictions"], &[]),
    (
        "/graph",
        "?around=hrynko&hops=2&nodes=actor",
        &["subgraph"],
        &["--around", "hrynko", "--hops", "2", "--nodes", "actor"],
    ),
    ("/network", "", &["network"], &[]),
    (
        "/network",
        "?measure=subtract&into=organization&every=year&nth=1&tie=a&tie=b&normalise=",
        &["network"],
        &[
            "--measure",
            "subtract",
            "--into",
            "organization",
            "--every",
            "year",
            "--nth",
            "1",
        ],
    ),
    (
        "/network",
        "?why=hrynko&why=Dimitra+Kallis&until=2021-12",
        &["network"],
        &["--why", "hrynko", "Dimitra Kallis", "--until", "2021-12"],
    ),
    ("/record/hrynko", "", &["show", "hrynko"], &[]),
    (
        "/record/Oleksandr%20Hrynko",
        "?as-of=2021-10-02",
        &["show", "Oleksandr Hrynko"],
        &["--as-of", "2021-10-02"],
    ),
    ("/search", "?words=night", &["find", "night"], &[]),
    (
        "/changes",
        "?from=2021-10-02&until=2021-10-06",
        &["changes"],
        &["--from", "2021-10-02", "--until", "2021-10-06"],
    ),
    (
        "/path",
        "?first=hrynko&second=lantern&in-time",
        &["path", "hrynko", "lantern"],
        &["--in-time"],
    ),
    (
        "/order",
        "?first=council-session&second=strike",
        &["order", "council-session", "strike"],
        &[],
    ),
    ("/findings", "", &["check"], &[]),
];

#[test]
fn every_file_is_what_the_command_prints() {
    let server = Server::entered(Path::new("data/harbour"), &[]);
    for (path, options, before, after) in ASKED {
        for form in ["json", "csv", "md"] {
            let mut words = before.to_vec();
            words.push("data/harbour");
            words.extend(after);
            words.extend(["--format", form]);
            let output = Command::new(PROGRAM).args(&words).output().unwrap();
            let address = format!("{path}.{form}{options}");
            let answer = server.get(&address);
            if output.status.code() == Some(2) {
                assert_eq!(answer.status, 400, "{address}: {}", answer.body());
                continue;
            }
            assert_eq!(answer.status, 200, "{address}: {}", answer.body());
            assert!(
                answer.bytes == output.stdout,
                "{address} is not what `annals {}` prints",
                words.join(" ")
            );
        }
    }
}

#[test]
fn pictures_are_what_the_command_draws() {
    let server = Server::entered(Path::new("data/harbour"), &[]);
    let pictures: [(&str, &[&str]); 6] = [
        (
            "/claims.svg?by=hrynko",
            &["draw", "claims", "data/harbour", "--by", "hrynko"],
        ),
        ("/timeline.svg", &["draw", "timeline", "data/harbour"]),
        (
            "/timeline.svg?view=lanes&lanes=side&from=2021-09",
            &[
                "draw",
                "timeline",
                "data/harbour",
                "--lanes",
                "side",
                "--from",
                "2021-09",
            ],
        ),
        (
            "/timeline.svg?view=ladder",
            &["draw", "ladder", "data/harbour"],
        ),
        (
            "/network.svg?every=year&nth=1&tie=a&tie=b",
            &[
                "draw",
                "network",
                "data/harbour",
                "--every",
                "year",
                "--nth",
                "1",
            ],
        ),
        (
            "/graph.svg?around=hrynko&hops=2",
            &[
                "draw",
                "graph",
                "data/harbour",
                "--around",
                "hrynko",
                "--hops",
                "2",
            ],
        ),
    ];
    for (address, words) in pictures {
        let answer = server.get(address);
        assert_eq!(answer.status, 200, "{address}: {}", answer.body());
        assert_eq!(answer.header("content-type"), Some("image/svg+xml"));
        let words: Vec<&str> = words.iter().copied().chain(["--format", "svg"]).collect();
        assert!(answer.bytes == printed(&words), "{address}");
    }
}
