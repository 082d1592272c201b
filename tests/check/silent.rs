//! What is uncertain, unusual or merely vague is no fault: the field's known false alarms, and what
//! else must stay silent.

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
        ("the same text on another day", "
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
fn what_lies_well_in_time_stays_silent() {
    let silent = [
        ("intervals that touch", "
events:
  - {id: a, label: A, when: 2014-01/2014-05}
  - {id: b, label: B, when: 2014-05/2014-09}
  - {id: c, label: C, when: 2014-10-01/2014-12}
  - {id: d, label: D, when: 2014-06/2014-09-30}
orders:
  - [a, before_or_meets, b]
  - [d, meets, c]"),
        ("a report of what happens on its day, has begun, or is planned", "
documents: [{id: d, title: D, published: 2023-04-20}]
events:
  - {id: today, label: E, when: 2023-04-20}
  - {id: war, label: E, when: 2022/..}
  - {id: month, label: E, when: 2023-04}
  - {id: summit, label: E, when: 2023-07, status: scheduled}
  - {id: strike, label: E, when: 2023-07, status: anticipated}
  - {id: feast, label: E, when: 2023-07, status: cancelled}
claims:
  - {speaker: [], act: asserts, about: [today, war, month, summit, strike, feast], said: 2023-04-20, content: a}
  - {speaker: [], act: confirms, about: [today, war, month, summit, strike, feast], content: b, evidence: {document: d}}"),
        ("what is to come, said to be so", "
events: [{id: e, label: E, when: 2023-07, status: occurred}]
claims:
  - {speaker: [], act: predicts, about: e, said: 2023-04, content: a}
  - {speaker: [], act: promises, about: e, said: 2023-04, content: b}
  - {speaker: [], act: demands, about: e, said: 2023-04, content: c}
  - {speaker: [], act: offers, about: e, said: 2023-04, content: d}
  - {speaker: [], act: threatens, about: e, said: 2023-04, content: e}
  - {speaker: [], act: requests, about: e, said: 2023-04, content: f}
  - {speaker: [], act: questions, about: e, said: 2023-04, content: g}
  - {speaker: [], about: e, said: 2023-04, content: h}"),
        ("an assertion whose date is open, or none", "
events: [{id: e, label: E, when: 2023-07}]
claims:
  - {speaker: [], act: asserts, about: e, said: 2023-04/.., content: a}
  - {speaker: [], act: asserts, about: e, said: /2023-07, content: b}
  - {speaker: [], act: asserts, about: e, content: c}"),
        ("a first whose like is elsewhere, of others, or not surely between", "
actors: [{id: a, name: A, kind: person}, {id: b, name: B, kind: person}]
places: [{id: p, name: P}, {id: q, name: Q}]
events:
  - {id: e, label: First visit since 2014, kind: visit, when: 2021-05-04, place: p, participants: [{actor: a, role: guest}]}
  - {label: E, id: e1, kind: visit, when: 2017, place: q, participants: [{actor: a, role: guest}]}
  - {label: E, id: e2, kind: visit, when: 2017, place: p, participants: [{actor: b, role: guest}]}
  - {label: E, id: e3, kind: visit, when: 2017, place: p, participants: [{actor: a, role: host}]}
  - {label: E, id: e4, kind: visit, when: 2014, place: p, participants: [{actor: a, role: guest}]}
  - {label: E, id: e5, kind: visit, when: 2014-12/2015-01, place: p, participants: [{actor: a, role: guest}]}
  - {label: E, id: e6, kind: visit, when: 2021-05, place: p, participants: [{actor: a, role: guest}]}
  - {label: E, id: e7, kind: visit, place: p, participants: [{actor: a, role: guest}]}
  - {label: E, id: e8, kind: visit, when: 2017, status: alleged, place: p, participants: [{actor: a, role: guest}]}
  - {label: E, id: e9, kind: meal, when: 2017, place: p, participants: [{actor: a, role: guest}]}
  - {label: Not the first visit since 2014, id: f1, kind: visit, when: 2022}
  - {label: E, id: f2, kind: visit, when: 2019}
  - {label: First visit since about 2014, id: f3, kind: visit, when: 2022-06}
  - {label: First visit since the war, id: f4, kind: visit, when: 2022-07}"),
        ("a record retracted on the day, or in the month, in which it was entered", "
claims:
  - {speaker: [], content: a, recorded: 2023-04-20, retracted: 2023-04-20}
  - {speaker: [], content: b, recorded: 2023-04-20, retracted: 2023-04}
  - {speaker: [], content: c, recorded: 2023, retracted: 2023-01-01}
  - {speaker: [], content: d, retracted: 2023-01-01}"),
        ("what is always held, and the very day of a birth or a founding", "
actors: [{id: t, name: T, kind: organization, lifespan: 1811/..}, {id: s, name: S, kind: state}, {id: k, name: K, kind: person, lifespan: 1900-05/1950}]
relations:
  - {from: t, kind: member_of, to: s, when: ../..}
  - {id: r, from: k, kind: holds_office, to: s}
events:
  - {id: e, label: The founding, when: 1811-03, participants: t}
  - {id: f, label: A birth, when: 1900-05-09, participants: k}
orders:
  - [f, before, r]"),
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
        ("an assertion about what comes a day later", Warning, "AN210", "
events: [{id: e, label: E, when: 2023-04-21}]
claims: [{speaker: [], act: denies, about: e, said: 2023-04-20, content: x}]"),
        ("an undated assertion, reported before", Warning, "AN210", "
documents: [{id: d, title: D, published: 2023-04-20}]
events: [{id: e, label: E, when: 2023-04-21}]
claims: [{speaker: [], act: asserts, about: e, content: x, evidence: {document: d}}]"),
        ("an assertion about what comes later by an order", Warning, "AN210", "
events: [{id: e, label: E}, {id: f, label: F, when: 2023-04-30}]
orders: [[f, before, e]]
claims: [{speaker: [], act: asserts, about: e, said: 2023-04-20, content: x}]"),
        ("a first since an event, with another in between", Warning, "AN314", "
events:
  - {id: the-war, label: The war, when: 1914-08/1918-11}
  - {id: a, label: The first voyage since the war, kind: voyage, when: 1925}
  - {id: b, label: A voyage, kind: voyage, when: 1919-03}"),
        ("a first since an event that goes on, in a passage", Warning, "AN314", "
documents: [{id: d, title: D}]
events:
  - {id: siege, label: The siege, when: 1914-08/..}
  - {id: a, label: A, kind: voyage, when: 1925, evidence: {document: d, quote: the first such voyage since the siege began}}
  - {id: b, label: B, kind: voyage, when: 1916}"),
        ("a record retracted before it was entered", Error, "AN211", "
actors: [{id: a, name: A, kind: person, recorded: 2023-04-20, retracted: 2023-03}]"),
        ("a record perhaps retracted before it was entered", Warning, "AN211", "
actors: [{id: a, name: A, kind: person, recorded: 2023-04-20, retracted: 2023-03~}]"),
        ("a participant who came later, by an order", Error, "AN209", "
actors: [{id: k, name: K, kind: person, lifespan: 1900/1950}]
events: [{id: e, label: E, participants: k}, {id: f, label: F, when: 1890}]
orders: [[e, before, f]]"),
        ("an office before birth, by an order", Error, "AN209", "
actors: [{id: k, name: K, kind: person, lifespan: 1900/1950}, {id: s, name: S, kind: state}]
relations: [{id: r, from: k, kind: holds_office, to: s}]
events: [{id: f, label: F, when: 1890}]
orders: [[r, before, f]]"),
        ("an office after death, by an order", Error, "AN209", "
actors: [{id: k, name: K, kind: person, lifespan: 1900/1950}, {id: s, name: S, kind: state}]
relations: [{id: r, from: k, kind: holds_office, to: s}]
events: [{id: f, label: F, when: 1960}]
orders: [[r, after, f]]"),
        ("another's office", Error, "AN305", "
actors: [{id: s, name: S, kind: state}, {id: a, name: A, kind: person}, {id: b, name: B, kind: person}]
relations: [{id: r, from: a, kind: holds_office, to: s, when: ../..}]
claims: [{speaker: b, as: r, content: x}]"),
    ];
    for (what, severity, code, yaml) in cases {
        assert_eq!(found(yaml), [(severity, code)], "{what}");
    }
}
