//! What is uncertain, unusual or merely vague is no fault: the field's known false alarms, and what
//! else must stay silent.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use annals::check::{Policy, check};
use annals::finding::Severity;
use annals::load::{Request, Source, load};

/// The findings worse than a remark: severity and code.
fn found(yaml: &str) -> Vec<(Severity, &'static str)> {
    let source = Source::Memory {
        name: "facts.yaml".to_owned(),
        bytes: format!("annals: 1\n{yaml}").into_bytes(),
    };
    let loaded = load(&Request {
        facts: vec![source],
        texts: Vec::new(),
    });
    let findings = check(&loaded, &Policy::default());
    let worse = findings.iter().filter(|one| one.severity > Severity::Info);
    worse.map(|one| (one.severity, one.code.code)).collect()
}

#[test]
fn what_must_stay_silent() {
    let silent = [
        ("after 1880 is not 1880", "
actors: [{id: a, name: A, kind: person, lifespan: ../1885}]
claims: [{speaker: a, said: 1880/.., content: x}]"),
        ("about 1900 gives no wrong age", "
actors: [{id: a, name: A, kind: person, lifespan: 1900~/..}]
claims: [{speaker: a, said: 2020, content: x}]"),
        ("terms that touch", "
actors: [{id: s, name: S, kind: state}, {id: a, name: A, kind: person}, {id: b, name: B, kind: person}]
relations:
  - {from: a, kind: holds_office, to: s, role: president, when: 2010-05-07/2014-05-07}
  - {from: b, kind: holds_office, to: s, role: president, when: 2014-05-07/..}"),
        ("a term known by its years", "
actors: [{id: s, name: S, kind: state}, {id: a, name: A, kind: person}, {id: b, name: B, kind: person}]
relations:
  - {from: a, kind: holds_office, to: s, role: president, when: 2010/2014}
  - {from: b, kind: holds_office, to: s, role: president, when: 2014/2018}"),
        ("a holder who is appointed again", "
actors: [{id: s, name: S, kind: state}, {id: a, name: A, kind: person}]
relations:
  - {from: a, kind: holds_office, to: s, role: president, when: 2010/2018}
  - {from: a, kind: holds_office, to: s, role: president, when: 2014/..}"),
        ("publication on the day of the event and of the claim", "
documents: [{id: d, title: D, published: 2023-04-20}]
events: [{id: e, label: E, when: 2023-04-20, status: occurred, evidence: {document: d}}]
claims: [{speaker: [], said: 2023-04-20, at: e, content: x, evidence: {document: d}}]"),
        ("a month that leaves room for the day", "
documents: [{id: d, title: D, published: 2023-04-20}]
claims: [{speaker: [], said: 2023-04, content: x, evidence: {document: d}}]"),
        ("a prediction of what comes later", "
documents: [{id: d, title: D, published: 2023-04-20}]
events: [{id: e, label: E, when: 2023-07, status: anticipated, evidence: {document: d}}]
claims: [{speaker: [], said: 2023-04-20, about: e, act: predicts, content: x, evidence: {document: d}}]"),
        ("the day of a death", "
actors: [{id: a, name: A, kind: person, lifespan: 1599/1661-05-09}]
claims: [{speaker: a, said: 1661-05-09, content: x}]"),
        ("a state of many centuries", "
actors: [{id: s, name: S, kind: state, lifespan: 0962/..}]
claims: [{speaker: s, said: 2020, content: x}]"),
        ("a weekday within a month", "
events: [{id: e, label: E, when: 2023-04, weekday: Thursday}]"),
        ("a weekday in the source's own words", "
events: [{id: e, label: E, when: 2023-04-20, weekday: the fourth day of the week}]"),
        ("weekdays of several languages", "
events:
  - {id: e, label: E, when: 2023-04-20, weekday: am Donnerstag}
  - {id: f, label: F, when: 2023-04-20, weekday: у четвер}
  - {id: g, label: G, when: 2023-04-20, weekday: jeudi dernier}
  - {id: h, label: H, when: 2023-04-20, weekday: Thurs.}"),
        ("the same words on another day", "
actors: [{id: a, name: A, kind: person}]
claims:
  - {speaker: a, said: 2023-04-20, quote: No.}
  - {speaker: a, said: 2023-04-21, quote: No.}"),
        ("an office whose ends are not known", "
actors: [{id: s, name: S, kind: state}, {id: a, name: A, kind: person}]
relations: [{id: r, from: a, kind: holds_office, to: s, role: president, when: 2010/}]
claims: [{speaker: a, as: r, said: 2023-04-21, content: x}]"),
        ("retracted records", "
actors: [{id: a, name: A, kind: person, lifespan: 1599/1661}]
claims: [{speaker: a, said: 1999, content: x, retracted: {on: 2020, reason: mistaken}}]"),
    ];
    for (what, yaml) in silent {
        assert_eq!(found(yaml), [], "{what}");
    }
}

#[test]
fn what_is_unlikely_is_a_warning_and_what_cannot_be_is_an_error() {
    use Severity::{Error, Warning};
    let cases = [
        ("posthumous publication", Warning, "AN302", "
documents: [{id: d, title: D, published: 1672}]
actors: [{id: a, name: A, kind: person, lifespan: 1599/1661}]
claims: [{speaker: a, content: x, evidence: {document: d}}]"),
        ("speaking after death", Error, "AN302", "
actors: [{id: a, name: A, kind: person, lifespan: 1599/1661}]
claims: [{speaker: a, said: 1672, content: x}]"),
        ("speaking after a death of about 1661", Warning, "AN302", "
actors: [{id: a, name: A, kind: person, lifespan: 1599/1661~}]
claims: [{speaker: a, said: 1662, content: x}]"),
        ("an office that never ends, and its holder did", Warning, "AN302", "
actors: [{id: s, name: S, kind: state}, {id: a, name: A, kind: person, lifespan: 1950/2010}]
relations: [{from: a, kind: holds_office, to: s, when: 2000/..}]"),
        ("an office held past death", Error, "AN302", "
actors: [{id: s, name: S, kind: state}, {id: a, name: A, kind: person, lifespan: 1950/2010}]
relations: [{from: a, kind: holds_office, to: s, when: 2000/2012}]"),
        ("a term that ends before it begins", Error, "AN016", "
actors: [{id: s, name: S, kind: state}, {id: a, name: A, kind: person}]
relations: [{from: a, kind: holds_office, to: s, when: 2012/2000}]"),
        ("another's office", Error, "AN305", "
actors: [{id: s, name: S, kind: state}, {id: a, name: A, kind: person}, {id: b, name: B, kind: person}]
relations: [{id: r, from: a, kind: holds_office, to: s, when: ../..}]
claims: [{speaker: b, as: r, content: x}]"),
    ];
    for (what, severity, code, yaml) in cases {
        assert_eq!(found(yaml), [(severity, code)], "{what}");
    }
}
