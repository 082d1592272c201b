//! Depth, length and repetition: whatever is nested 200,000 deep, three megabytes long or refers to
//! itself gets an answer in a moment.

use super::{codes, read};

const DEPTH: usize = 200_000;

fn nested(open: &str, close: &str) -> String {
    format!("{}{}", open.repeat(DEPTH), close.repeat(DEPTH))
}

/// Values nested to the depth, closed and left open.
fn depths() -> Vec<String> {
    vec![
        nested("[", "]"),
        nested("{\"a\":", "}").replacen('}', "1}", 1),
        "[".repeat(DEPTH),
        "{\"a\":".repeat(DEPTH),
    ]
}

#[test]
fn depth_is_refused_wherever_it_stands() {
    for value in depths() {
        let records = [
            value.clone(),
            format!(
                "{{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\",\"kind\":\"person\",\"x_more\":{value}}}"
            ),
            format!("{{\"type\":\"claim\",\"id\":\"c\",\"speaker\":[],\"evidence\":{value}}}"),
        ];
        for record in records {
            for (name, file) in [
                ("deep.jsonl", format!("{record}\n")),
                (
                    "deep.json",
                    format!("{{\"annals\":1,\"actors\":[{record}]}}"),
                ),
                ("deep.yaml", format!("annals: 1\nactors:\n  - {record}\n")),
            ] {
                let loaded = read(name, &file);
                assert!(
                    !codes(&loaded).is_empty(),
                    "{name}: nothing is said of {}…",
                    &file[..60]
                );
            }
        }
    }
}

#[test]
fn depth_by_indentation_is_refused() {
    // A level costs its indentation, so the file grows by the square of the depth.
    let mut file = String::from("annals: 1\nx_deep:\n");
    for level in 1..3_000 {
        file.push_str(&" ".repeat(level));
        file.push_str("a:\n");
    }
    assert!(!codes(&read("deep.yaml", &file)).is_empty());
    let file = format!("annals: 1\nx_deep:\n  {}a\n", "- ".repeat(DEPTH));
    assert!(!codes(&read("deep.yaml", &file)).is_empty());
}

#[test]
fn one_broken_line_of_depth_costs_that_line() {
    let file = format!(
        "{{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\",\"kind\":\"person\"}}\n{}\n{{\"type\":\"actor\",\"id\":\"b\",\"name\":\"B\",\"kind\":\"person\"}}\n",
        "[".repeat(DEPTH)
    );
    let loaded = read("deep.jsonl", &file);
    assert_eq!(loaded.facts.len(), 2);
    assert!(!codes(&loaded).is_empty());
}

#[test]
fn an_id_of_three_megabytes_is_read_and_shown_cut() {
    let id = "x".repeat(3_000_000);
    for (name, file) in [
        (
            "long.json",
            format!(
                "{{\"annals\":1,\"actors\":[{{\"id\":\"{id}\",\"name\":\"A\",\"kind\":\"person\"}}],\"claims\":[{{\"speaker\":[\"{id}y\"],\"about\":[\"{id}\"]}}]}}"
            ),
        ),
        (
            "long.yaml",
            format!(
                "annals: 1\nactors:\n  - {{id: {id}, name: A, kind: person}}\nclaims:\n  - {{speaker: {id}y, about: {id}}}\n"
            ),
        ),
    ] {
        let loaded = read(name, &file);
        // The one name that leads nowhere is a finding; its message is no three megabytes long.
        let messages: Vec<&str> = (loaded.findings.iter())
            .map(|one| one.message.as_str())
            .collect();
        assert!(!messages.is_empty(), "{name}: {:?}", codes(&loaded));
        assert!(
            messages.iter().all(|message| message.len() < 2_000),
            "{name}"
        );
        assert!(loaded.facts.len() <= 2);
    }
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut file =
        String::from("annals: 1\nx_0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        let items = vec![before; 9].join(", ");
        file.push_str(&format!("x_{level}: &a{level} [{items}]\n"));
    }
    assert!(!codes(&read("bomb.yaml", &file)).is_empty());
    // The same within a record, where its value is kept.
    let record = file.replacen(
        "annals: 1\n",
        "annals: 1\nactors:\n- id: a\n  name: A\n  kind: person\n",
        1,
    );
    let record = record.replace("\nx_", "\n  x_");
    assert!(!codes(&read("bomb.yaml", &record)).is_empty());
}

#[test]
fn an_alias_within_itself_is_refused() {
    assert!(!codes(&read("self.yaml", "annals: 1\nactors: &a\n  - *a\n")).is_empty());
}
