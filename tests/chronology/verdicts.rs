//! How what cannot be true is told: each part on its own, the smallest set, the worst fact, what
//! would mend it.

use std::fmt::Write as _;

use annals::check::{Policy, check};
use annals::chronology::premises::Chronicle;
use annals::finding::{Finding, Severity};
use annals::query::Dossier;
use annals::query::chronicle::SolvedChronology;

use crate::chronology::small::{days, found, read, two, with_policy};

#[test]
fn what_is_plainly_wrong_is_found_before_the_network_is() {
    let itself = "events: [{id: a, label: A, when: 2023}]\norders: [[a, before, a]]\n";
    assert_eq!(found(itself), ["AN104"]);
    let twice = two("", "", "relation: before") + "  - [a, contains, b]\n";
    assert_eq!(found(&twice), ["AN202"]);
    assert_eq!(
        found("events: [{id: a, label: A, when: 2023-04/2022}]\n"),
        ["AN016"]
    );
}

#[test]
fn one_contradiction_never_spoils_the_answers_elsewhere() {
    let sound =
        "  - {id: x, label: X, when: 2023-04}\n  - {id: y, label: Y}\n  - {id: z, label: Z}\n";
    let wrong = "  - {id: a, label: A, when: 2023-01}\n  - {id: b, label: B, when: 2022}\n";
    let orders = "orders:\n  - [x, before, y]\n  - [a, before, z]\n";
    let alone = days(
        &format!("events:\n{sound}{orders}").replace("  - [a, before, z]\n", ""),
        "y",
    );
    let yaml = format!("events:\n{sound}{wrong}{orders}  - [a, before, b]\n");
    assert_eq!(found(&yaml), ["AN203"]);
    assert_eq!(days(&yaml, "y"), alone);
    // What is in it says so, and its facts narrow nothing.
    let loaded = read(&yaml);
    let dossier = Dossier::new(&loaded);
    let chronicle = Chronicle::new(&loaded.facts, 1);
    let told = SolvedChronology::new(&dossier, &chronicle);
    let rows = told.dates(false).into_iter().map(|thing| told.row(thing));
    let marked: Vec<&str> = rows.filter(|row| row.conflict).map(|row| row.id).collect();
    assert_eq!(marked, ["b", "a"]);
    assert_eq!(days(&yaml, "z"), ["…"; 4].map(str::to_owned));
}

/// The ids of the records of each finding.
fn records(yaml: &str) -> Vec<Vec<String>> {
    let loaded = read(yaml);
    let mut findings = check(&loaded, &Policy::default());
    findings.retain(|one| one.severity > Severity::Info);
    let ids = |one: &Finding| {
        let ids = one.records.iter().map(|record| loaded.facts.id(*record));
        ids.map(str::to_owned).collect()
    };
    findings.iter().map(ids).collect()
}

#[test]
fn a_conflict_has_the_fewest_facts_and_of_equals_the_least_sure() {
    let orders = |confidence: [&str; 3]| {
        let order = |nth: usize, order: &str| {
            format!(
                "  - {{id: o{nth}, {order}, confidence: {}}}\n",
                confidence[nth]
            )
        };
        "events: [{id: a, label: A}, {id: b, label: B}]\norders:\n".to_owned()
            + &order(0, "first: a, relation: before, second: b")
            + &order(1, "first: b, relation: before, second: a")
            + &order(2, "first: b, relation: starts_before, second: a")
    };
    assert_eq!(records(&orders(["1", "0.9", "0.4"])), [["o0", "o2"]]);
    assert_eq!(records(&orders(["1", "0.4", "0.9"])), [["o0", "o1"]]);
    // Fewer facts before less sure ones.
    let yaml = "events: [{id: a, label: A}, {id: b, label: B}, {id: c, label: C}]\norders:\n  - {id: o1, first: a, relation: before, second: b}\n  - {id: o2, first: b, relation: before, second: c, confidence: 0.1}\n  - {id: o3, first: c, relation: before, second: a, confidence: 0.1}\n  - {id: o4, first: b, relation: before, second: a}\n";
    assert_eq!(records(yaml), [["o1", "o4"]]);
}

#[test]
fn several_conflicts_are_told_in_one_run_and_the_worst_fact_is_named() {
    let claim = |nth: usize| {
        format!(
            "  - {{id: c{nth}, speaker: [], at: visit, said: 2023-04-20, content: words {nth}}}\n"
        )
    };
    let mut yaml = "events:\n  - {id: visit, label: The visit, when: 2023-04-21}\n  - {id: a, label: A, when: 2023}\n  - {id: b, label: B, when: 2022}\norders: [[a, before, b]]\nclaims:\n".to_owned();
    yaml.extend((0..4).map(claim));
    let findings = with_policy(&yaml, &Policy::default());
    assert_eq!(findings.len(), 2);
    let notes = |code: &str| {
        let found = findings.iter().find(|one| one.code.code == code);
        found.unwrap().notes.clone()
    };
    let named = "“visit is dated 21 Apr 2023” conflicts with other facts 3 more times";
    assert!(
        notes("AN208").contains(&named.to_owned()),
        "{:?}",
        notes("AN208")
    );
    assert!(
        notes("AN203")
            .iter()
            .all(|note| !note.contains("runs against"))
    );
}

#[test]
fn all_of_a_kind_are_listed() {
    let mut yaml = "events:\n".to_owned();
    for nth in 0..30 {
        writeln!(
            yaml,
            "  - {{id: a{nth}, label: A, when: 2023}}\n  - {{id: b{nth}, label: B, when: 2022}}"
        )
        .unwrap();
    }
    yaml.push_str("orders:\n");
    for nth in 0..30 {
        writeln!(yaml, "  - [a{nth}, before, b{nth}]").unwrap();
    }
    let findings = with_policy(&yaml, &Policy::default());
    assert_eq!(findings.len(), 30);
    assert!(findings.iter().all(|one| one.more == 0));
}

/// Distances that are off are said to be so, by what the other facts leave.
#[test]
fn repairs_say_what_each_fact_would_have_to_be() {
    let helps = |yaml: &str| -> Vec<String> {
        let findings = with_policy(yaml, &Policy::default());
        findings[0]
            .fixes
            .iter()
            .map(|fix| fix.message.clone())
            .collect()
    };
    assert_eq!(
        helps(&two(
            "2023-04-04",
            "2023-04-10",
            "relation: starts_before, by: P9D"
        )),
        [
            "if all else is right, a falls on 1 Apr 2023: 3 days earlier than given",
            "if all else is right, a and b are 6 days apart, not 9 days",
            "if all else is right, b falls on 13 Apr 2023: 3 days later than given",
        ]
    );
    assert_eq!(
        helps(&two(
            "2023-04-20T18:00:00",
            "2023-04-20T21:40:00",
            "relation: before, by: PT4H"
        ))[1],
        "if all else is right, a and b are 3 hours 40 minutes apart, not 4 hours"
    );
    assert_eq!(
        helps(&two("2023-04", "2023-03", "relation: before")),
        [
            "if all else is right, a falls on 31 Mar 2023 or earlier: 1 day earlier than given",
            "if all else is right, b falls on 1 Apr 2023 or later: 1 day later than given",
            "if all else is right, b is before a: reverse the order",
        ]
    );
}
