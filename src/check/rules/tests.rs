//! Cycles compared with a slow search, and long ones; what is not requested.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use crate::{Policy, check, check_at_least};
use annals_finding::{Finding, Severity};
use annals_load::{LoadResult, Request, Source, load};

fn loaded(yaml: &str) -> LoadResult {
    let source = Source::Memory {
        name: "facts.yaml".into(),
        bytes: yaml.into(),
    };
    load(&Request {
        facts: vec![source],
        texts: vec![],
    })
}

fn checked(yaml: &str) -> Vec<Finding> {
    let mut findings = check(&loaded(yaml), &Policy::default());
    findings.retain(|one| one.severity > Severity::Info);
    findings
}

fn lines(yaml: &str) -> Vec<String> {
    let findings = checked(yaml);
    findings
        .iter()
        .map(|one| format!("{} {}", one.code.code, one.message))
        .collect()
}

/// Events in JSON Lines, each with the events that it causes.
fn events(causes: &[Vec<usize>]) -> Vec<Finding> {
    let mut text = String::new();
    for (nth, causes) in causes.iter().enumerate() {
        let causes: Vec<String> = causes.iter().map(|to| format!("\"e{to}\"")).collect();
        let causes = causes.join(",");
        writeln!(
            text,
            r#"{{"type":"event","id":"e{nth}","label":"E","causes":[{causes}]}}"#
        )
        .unwrap();
    }
    let source = Source::Memory {
        name: "facts.jsonl".into(),
        bytes: text.into(),
    };
    let loaded = load(&Request {
        facts: vec![source],
        texts: vec![],
    });
    let mut findings = check(&loaded, &Policy::default());
    findings.retain(|one| one.severity > Severity::Info);
    findings
}

#[test]
fn a_chain_is_no_circle_and_a_long_circle_is_one() {
    const LONG: usize = 30_000;
    let chain: Vec<Vec<usize>> = (1..=LONG).map(|next| vec![next % (LONG + 1)]).collect();
    let mut chain_end = chain.clone();
    chain_end.push(vec![]);
    assert!(events(&chain_end).is_empty());
    let mut closed = chain;
    closed.push(vec![0]);
    let findings = events(&closed);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].records.len(), LONG + 1);
    assert_eq!(findings[0].labels.len(), LONG + 1);
    assert!(
        findings[0]
            .message
            .starts_with("these 30001 events each cause the next, in a circle: e0, e1,")
    );
    assert!(findings[0].message.ends_with("e19, and 29981 more"));
}

#[test]
fn each_of_many_circles_is_a_finding() {
    // Sixty events, each causing all others: each pair is a circle.
    const ALL: usize = 60;
    let all: Vec<Vec<usize>> = (0..ALL)
        .map(|from| (0..ALL).filter(|to| *to != from).collect())
        .collect();
    let findings = events(&all);
    assert_eq!(findings.len(), ALL * (ALL - 1) / 2);
    // Four hundred pairs that have nothing to do with each other.
    let pairs: Vec<Vec<usize>> = (0..800).map(|from| vec![from ^ 1]).collect();
    assert_eq!(events(&pairs).len(), 400);
}

#[test]
fn circles_that_would_take_too_long_are_listed_together() {
    // Each event causes the next and the first: the circles have 2, 3, 4 … events.
    const ALL: usize = 2000;
    let causes = |from: usize| match from {
        0 => vec![1],
        _ if from + 1 < ALL => vec![from + 1, 0],
        _ => vec![0],
    };
    let findings = events(&(0..ALL).map(causes).collect::<Vec<_>>());
    let (rest, circles): (Vec<&Finding>, Vec<&Finding>) = findings
        .iter()
        .partition(|one| one.message.contains("more references"));
    assert_eq!(rest.len(), 1);
    assert!(circles.len() > 100, "{} circles", circles.len());
    // Each of the references back to the first closes a circle.
    assert_eq!(circles.len() + rest[0].labels.len(), ALL - 1);
    let sizes: usize = circles.iter().map(|one| one.records.len()).sum();
    assert!(sizes < 10 * 2 * ALL, "{sizes} events in all circles");
}

#[test]
fn a_record_that_refers_to_itself() {
    let yaml = r"
annals: 1
documents:
  - {id: d, title: D, based_on: [d, e], corrects: d}
  - {id: e, title: E}
actors:
  - {id: a, name: A, kind: state}
places:
  - {id: p, name: P, within: p}
events:
  - {id: x, label: X, part_of: x, causes: [x]}
claims:
  - {id: c, speaker: a, about: c, to: a, responds_to: c, supports: c, contradicts: c, repeats: c, via: [a, c]}
  - {id: gone, speaker: a, repeats: gone, retracted: 2023}
relations:
  - {id: r, from: a, kind: allied_with, to: a}
  - {id: again, from: a, kind: succeeds, to: a}
orders:
  - {id: o, first: x, relation: before, second: x}
  - {id: length, first: x, relation: equals, second: x}
  - [x, after, x]
";
    assert_eq!(
        lines(yaml),
        [
            "AN104 document d is based on itself",
            "AN104 document d corrects itself",
            "AN104 place p is within itself",
            "AN104 event x causes itself",
            "AN104 event x is part of itself",
            "AN104 claim c contradicts itself",
            "AN104 claim c repeats itself",
            "AN104 claim c responds to itself",
            "AN104 claim c supports itself",
            "AN104 claim c is passed on by itself",
            "AN104 relation r relates actor a to itself",
            "AN104 order o: event x cannot be \"before\" itself",
            "AN104 order facts.yaml#orders/3: event x cannot be \"after\" itself",
        ]
    );
}

#[test]
fn circles_of_every_field_that_has_none() {
    let yaml = r"
annals: 1
documents:
  - {id: d, title: D, based_on: [e, f], corrects: e}
  - {id: e, title: E, based_on: d, corrects: d}
  - {id: f, title: F, based_on: d}
actors:
  - {id: a, name: A, kind: state}
places:
  - {id: p, name: P, within: q}
  - {id: q, name: Q, within: p}
claims:
  - {id: b, speaker: a, supports: c, contradicts: c, repeats: c, via: c, responds_to: c}
  - {id: c, speaker: a, supports: b, contradicts: b, repeats: b, via: b, responds_to: b}
";
    assert_eq!(
        lines(yaml),
        [
            "AN105 these two documents are each based on the other: d, e",
            "AN105 these two documents are each based on the other: d, f",
            "AN105 these two documents each correct the other: d, e",
            "AN105 these two places are each within the other: p, q",
            "AN105 these two claims each repeat the other: b, c",
            "AN105 these two claims each respond to the other: b, c",
            "AN105 these two claims are each passed on by the other: b, c",
        ]
    );
}

/// Whether one event leads to another, by exhaustive search.
fn leads(causes: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = causes[from].clone();
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            open.extend(&causes[node]);
        }
    }
    seen.contains(&to)
}

proptest! {
    #[test]
    fn every_circle_shown_is_one_and_none_is_missed(
        causes in prop::collection::vec(prop::collection::vec(0_usize..6, 0..3), 6)
    ) {
        let mut causes = causes;
        for (nth, of_one) in causes.iter_mut().enumerate() {
            of_one.sort_unstable();
            of_one.dedup();
            of_one.retain(|to| *to != nth);
        }
        let findings = events(&causes);
        let some = (0..6).any(|node| leads(&causes, node, node));
        prop_assert_eq!(some, !findings.is_empty());
        for finding in &findings {
            let ids = finding.message.rsplit(": ").next().unwrap_or("");
            let circle: Vec<usize> = ids.split(", ").map(|id| id[1..].parse().unwrap()).collect();
            for (nth, &node) in circle.iter().enumerate() {
                prop_assert!(causes[node].contains(&circle[(nth + 1) % circle.len()]));
            }
            let members: BTreeSet<_> = circle.iter().collect();
            prop_assert_eq!(members.len(), circle.len());
        }
    }
}

/// Two incompatible stances, one of whose claims suppresses the finding.
const SILENCED: &str = "annals: 1
actors:
  - {id: a, name: A, kind: person}
  - {id: b, name: B, kind: person}
documents:
  - {id: d, title: D, published: 2023-01-02}
claims:
  - {id: c1, speaker: a, about: b, stance: supports, said: 2023-01-01, content: x, evidence: {document: d}}
  - {id: c2, speaker: a, about: b, stance: opposes, said: 2023-01-01, content: y, evidence: {document: d}, ignore: [{code: self-contradiction, reason: both were said}]}
";

#[test]
fn a_rule_that_is_not_asked_for_still_silences() {
    let found = |yaml: &str, policy: &Policy, least| -> Vec<&'static str> {
        let findings = check_at_least(&loaded(yaml), policy, least);
        findings.iter().map(|one| one.code.name).collect()
    };
    let policy = Policy::default();
    assert!(found(SILENCED, &policy, Severity::Info).is_empty());
    assert!(found(SILENCED, &policy, Severity::Warning).is_empty());
    // An unused ignore is reported, whatever severity is requested.
    let idle = SILENCED.replace("opposes", "supports");
    for least in [Severity::Info, Severity::Warning] {
        assert_eq!(found(&idle, &policy, least), ["unused-ignore"]);
    }
    // A remark that the user promotes to a warning is one.
    let open = SILENCED.split(", ignore:").next().unwrap().to_owned() + "}\n";
    assert_eq!(
        found(&open, &policy, Severity::Info),
        ["self-contradiction"]
    );
    assert!(found(&open, &policy, Severity::Warning).is_empty());
    let mut strict = Policy::default();
    strict.severities.insert("AN325".into(), Severity::Warning);
    assert_eq!(
        found(&open, &strict, Severity::Warning),
        ["self-contradiction"]
    );
}
