//! The chronology of facts: random dossiers that are true give no error, planted contradictions are
//! found with exactly their facts, choices are decided as enumeration decides them.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::chronology::worlds::{Dice, World, iso, world};
use annals::check::{
    Policy, check, check_at_least, check_with_chronology, count_at_least, count_with_chronology,
    count_with_narrowed_dates,
};
use annals::chronology::premises::Chronicle;
use annals::chronology::scale::Scale;
use annals::chronology::{
    Choice, Chronology, Decision, Network, Point, Premise, Premises, RelationBounds,
    RelationChoice, Stretch, decide,
};
use annals::finding::write::Counts;
use annals::finding::{Finding, Severity};
use annals::load::{LoadResult, Request, Source, load};
use annals::query::Dossier;
use annals::query::chronicle::SolvedChronology;
use annals::time::{Allen, AllenSet};
use proptest::prelude::*;
use serde_json::{Value, json};

fn cases(thorough: u32) -> u32 {
    crate::common::tried(thorough, thorough / 50)
}

fn facts(json: &Value) -> LoadResult {
    let source = Source::Memory {
        name: "facts.json".to_owned(),
        bytes: json.to_string().into_bytes(),
    };
    load(&Request {
        facts: vec![source],
        texts: Vec::new(),
    })
}

/// The conflicts of a dossier: severity, code and the records that take part.
fn conflicts(json: &Value) -> Vec<(Severity, &'static str, BTreeSet<String>)> {
    let loaded = facts(json);
    let findings = check(&loaded, &Policy::default());
    let worse = findings
        .into_iter()
        .filter(|one| one.severity > Severity::Info);
    worse
        .map(|one| {
            let records = one
                .records
                .iter()
                .map(|record| loaded.facts.id(*record).to_owned());
            (one.severity, one.code.code, records.collect())
        })
        .collect()
}

/// A world in which dates are wrong, less is said of claims, and documents report several or are
/// ordered.
fn disturbed(mut dossier: Value, dice: &mut Dice) -> Value {
    let count = dossier["documents"].as_array().map_or(0, Vec::len) as i64;
    for claim in dossier["claims"].as_array_mut().into_iter().flatten() {
        for field in [
            "at",
            "as",
            "responds_to",
            "repeats",
            "act",
            "speaker",
            "said",
        ] {
            if dice.one_in(2) {
                claim.as_object_mut().unwrap().remove(field);
            }
        }
        if dice.one_in(2) {
            claim["said"] = json!(iso(dice.below(90)));
        }
        if dice.one_in(4) {
            let written = [
                "2022-05?",
                "2022~",
                "2022-02-03/2022-02%",
                "2022-03-01/..",
                "/2022-03-01",
                "2022-02-24T10:00Z",
                "[2022-01-01,2022-02-05]",
                "Y5000000",
                "2022-01-01/Y3000000",
            ];
            claim["said"] = json!(written[dice.below(9) as usize]);
        }
        if dice.one_in(5) {
            claim["retracted"] = json!({"on": "2023-01-01"});
        }
        if dice.one_in(3) {
            claim["at"] = json!(format!("e{}", dice.below(3)));
        }
        if dice.one_in(4) {
            claim["responds_to"] = json!([format!("c{}", dice.below(3))]);
        }
        let mut evidence = Vec::new();
        for _ in 0..dice.below(3) {
            evidence.push(json!({"document": format!("d{}", dice.below(count.max(1)))}));
        }
        claim["evidence"] = json!(evidence);
    }
    for document in dossier["documents"].as_array_mut().into_iter().flatten() {
        if dice.one_in(4) {
            let (from, to) = (dice.below(60), dice.below(30));
            document["published"] = json!(format!("{}/{}", iso(from), iso(from + to)));
        }
    }
    let orders = (0..dice.below(3)).map(|_| {
        let (one, other) = (dice.below(count.max(1)), dice.below(3));
        let relation = ["before", "after"][dice.below(2) as usize];
        json!({"first": format!("d{one}"), "relation": relation, "second": format!("e{other}")})
    });
    let mut orders: Vec<Value> = orders.collect();
    orders.extend(dossier["orders"].as_array().into_iter().flatten().cloned());
    dossier["orders"] = json!(orders);
    dossier
}

#[test]
fn what_counts_for_nothing_is_left_out() {
    let claim = |id: &str, more: Value| {
        let mut claim = json!({"id": id, "speaker": [], "content": id, "said": "2020-01-02"});
        claim
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        claim
    };
    let evidence = |names: &[&str]| -> Value {
        let each = names.iter().map(|name| json!({"document": name}));
        json!({"evidence": each.collect::<Vec<_>>()})
    };
    let document = |id: &str| json!({"id": id, "title": id, "published": "2020-01-02"});
    let documents = ["d0", "d1", "d2", "d3"].map(document);
    let loaded = facts(&json!({
        "annals": 1,
        "documents": documents,
        "events": [{"id": "e", "label": "E"}],
        "claims": [
            claim("alone", json!({})),
            claim("reported", evidence(&["d0"])),
            // Of one whole with what is said at an event.
            claim("tied", json!({"at": "e", "evidence": [{"document": "d1"}]})),
            claim("near", evidence(&["d1", "d2"])),
            claim("far", evidence(&["d2"])),
            claim("ordered", evidence(&["d3"])),
        ],
        "orders": [{"first": "d3", "relation": "before", "second": "e"}],
    }));
    let chronicle = Chronicle::without_irrelevant_claims(&loaded.facts, 1);
    let all = Chronicle::new(&loaded.facts, 1);
    for (id, counts) in [
        ("alone", false),
        ("reported", false),
        ("tied", true),
        ("near", true),
        ("far", true),
        ("ordered", true),
    ] {
        let record = loaded.facts.find(id).unwrap();
        assert_eq!(chronicle.stretch(record).is_some(), counts, "{id}");
        assert!(all.stretch(record).is_some());
    }
    assert_eq!(all.network.len() - chronicle.network.len(), 4);
}

/// Three stretches and what is said of each pair.
fn triangle() -> impl Strategy<Value = [u32; 3]> {
    [1..1_u32 << 13, 1..1_u32 << 13, 1..1_u32 << 13]
}

fn set(bits: u32) -> AllenSet {
    Allen::ALL
        .into_iter()
        .enumerate()
        .filter(|(nth, _)| bits & (1 << nth) != 0)
        .map(|(_, one)| one)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(10_000), failure_persistence: None, max_local_rejects: 10_000_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_true_is_no_contradiction(seed in any::<u64>()) {
        let world = world(seed);
        let found = conflicts(&world.dossier);
        prop_assert!(found.is_empty(), "{:?}\n{:#}", found, world.dossier);
    }

    #[test]
    fn narrowed_dates_leave_what_is_true(seed in any::<u64>()) {
        let world = world(seed);
        let loaded = facts(&world.dossier);
        let asked = Dossier::new(&loaded);
        let chronicle = Chronicle::new(&loaded.facts, 1);
        let told = SolvedChronology::new(&asked, &chronicle);
        for (id, truth) in &world.truths {
            let Some(record) = loaded.facts.find(id) else { continue };
            let row = told.narrowed(record).unwrap();
            let (first, last) = truth.days();
            let wide = row.first.is_none_or(|day| day.to_string() <= iso(first))
                && row.last.is_none_or(|day| day.to_string() >= iso(last));
            prop_assert!(wide, "{} {:?} is narrowed to {:?}\n{:#}", id, truth, row, world.dossier);
        }
        // How they truly lie is among what can be.
        for (a, one) in world.truths.iter().take(4) {
            for (b, other) in world.truths.iter().take(4).filter(|(b, _)| a != b) {
                let (Some(first), Some(second)) = (loaded.facts.find(a), loaded.facts.find(b)) else { continue };
                let row = told.order(first, second).unwrap();
                let truly = Allen::between((one.start, one.end), (other.start, other.end)).unwrap();
                prop_assert!(row.possible.contains(&truly), "{} {} {}: {:?}\n{:#}", a, truly, b, row.possible, world.dossier);
            }
        }
    }

    /// A check leaves claims that count for nothing out of its network, and finds the same.
    #[test]
    fn a_check_finds_what_the_whole_chronology_shows(seed in any::<u64>()) {
        let dossier = disturbed(world(seed).dossier, &mut Dice::new(seed ^ 1));
        let loaded = facts(&dossier);
        let (policy, kept) = (Policy::default(), OnceLock::new());
        let asked = Dossier::new(&loaded);
        let (whole, told) = check_with_chronology(&asked, &policy, Severity::Info, &kept);
        let written = |findings: &[Finding]| -> Vec<String> {
            findings.iter().map(|one| format!("{one:?}")).collect()
        };
        prop_assert_eq!(written(&check(&loaded, &policy)), written(&whole), "{:#}", dossier);
        // Whoever does not ask for remarks gets all but these.
        let mut bad = check(&loaded, &policy);
        bad.retain(|one| one.severity > Severity::Info);
        let found = check_at_least(&loaded, &policy, Severity::Warning);
        prop_assert_eq!(written(&found), written(&bad), "{:#}", dossier);
        // Whoever only counts gets their number.
        prop_assert_eq!(count_at_least(&loaded, &policy, Severity::Warning), Counts::new(&bad));
        let kept = OnceLock::new();
        let (counts, _) = count_with_chronology(&asked, &policy, Severity::Info, &kept);
        prop_assert_eq!(counts, Counts::new(&whole), "{:#}", dossier);
        // Whoever asks for the reasons of a date is given the days of the date.
        for record in loaded.facts.records() {
            let Some(ends) = told.ends(record) else { continue };
            let days: Vec<_> = ends.iter().flat_map(|end| end.narrowed).flatten().collect();
            let why = told.why(record).unwrap();
            let reasons: Vec<_> = why.bounds.iter().filter_map(|bound| bound.day).collect();
            prop_assert_eq!(reasons, days, "{:?} {:#}", record, dossier);
            prop_assert!(why.bounds.iter().all(|bound| !bound.because.is_empty()));
            let row = told.narrowed(record).unwrap();
            prop_assert_eq!([row.first, row.last], [ends[0].narrowed[0], ends[1].narrowed[1]]);
        }
        // What it leaves out is narrowed to what the whole chronology leaves of it.
        let kept = OnceLock::new();
        let (_, narrowed) = count_with_narrowed_dates(&asked, &policy, Severity::Warning, &kept);
        let days = |told: &SolvedChronology<'_, '_>, record| told.narrowed(record).map(|row| (row.first, row.last));
        for record in loaded.facts.records() {
            prop_assert_eq!(days(&narrowed, record), days(&told, record), "{:?} {:#}", record, dossier);
        }
    }

    #[test]
    fn choices_are_decided_as_enumeration_decides_them(bits in triangle()) {
        let sets = bits.map(set);
        let mut network = Network::default();
        let stretches = [0; 3].map(|_| {
            let (start, end) = (network.point(), network.point());
            network.at_least(start, end, 1, Premises::NONE);
            Stretch { start, end }
        });
        let [a, b, c] = stretches;
        let choice = |nth: usize, first: Stretch, second: Stretch, is_listed: bool| {
            let ends: [Point; 4] = [first.start, first.end, second.start, second.end];
            let option = |relation: Allen| {
                let said = RelationBounds::from_set(relation.into());
                said.bounds().iter().map(|&(from, to, most)| (ends[from], ends[to], most)).collect()
            };
            Choice { premise: Premise(nth as u32), options: sets[nth].iter().map(option).collect(), listed: is_listed.then_some(RelationChoice { first, set: sets[nth], second }) }
        };
        // Six ends have at most six places.
        let all: Vec<(i32, i32)> = (0..6).flat_map(|x| (x + 1..6).map(move |y| (x, y))).collect();
        let fits = |nth: usize, one: (i32, i32), other: (i32, i32)| sets[nth].contains(Allen::between(one, other).unwrap());
        let possible = all.iter().any(|x| all.iter().any(|y| fits(0, *x, *y) && all.iter().any(|z| fits(1, *y, *z) && fits(2, *x, *z))));
        // Some lists are known to be lists, others are options like any; a further bound changes nothing.
        let free = network.point();
        for (listed, dated) in (0..8).flat_map(|listed| [(listed, false), (listed, true)]) {
            let is_listed = |nth: usize| listed >> nth & 1 == 1;
            let choices = [choice(0, a, b, is_listed(0)), choice(1, b, c, is_listed(1)), choice(2, a, c, is_listed(2))];
            let mut network = network.clone();
            if dated {
                network.at_most(a.start, free, 100, Premise(9));
            }
            match decide(&network, &choices, 10_000_000) {
                Decision::Possible => prop_assert!(possible),
                Decision::Impossible(premises) => {
                    prop_assert!(!possible);
                    // Two of three relations never exclude each other: all are wanted.
                    prop_assert_eq!(premises.len(), 3);
                }
                Decision::NotDecided => prop_assert!(false, "the budget is ample"),
            }
        }
        let _ = Chronology::new(&network, &|_| 1.0);
    }
}

/// The worlds have all of what is read of time in them, and what is untrue of them is found.
#[test]
fn worlds_are_rich_and_lies_about_them_are_found() {
    let signs = [
        "first visit since",
        "first round of talks since",
        "began",
        "\"PT",
        "M/P",
        "\"from\":\"end\"",
        "\"as\"",
        "\"recorded\"",
        "\"retracted\"",
        "\"repeats\"",
        "\"responds_to\"",
        "\"participants\"",
        "\"lifespan\"",
        "\"causes\"",
        "\"part_of\"",
        "[1900-01-01,",
        "asserts",
        "predicts",
        ":00\"",
    ];
    let mut seen = vec![0; signs.len()];
    let (mut by_the_second, mut lies, mut caught) = (0, 0, 0);
    for seed in 0..150 {
        let World { dossier, .. } = world(seed);
        let text = dossier.to_string();
        for (count, sign) in seen.iter_mut().zip(signs) {
            *count += usize::from(text.contains(sign));
        }
        let loaded = facts(&dossier);
        by_the_second += usize::from(Chronicle::new(&loaded.facts, 1).scale == Scale::Seconds);
        let mut lie = dossier.clone();
        let Some(order) = lie["orders"]
            .as_array_mut()
            .and_then(|orders| orders.first_mut())
        else {
            continue;
        };
        let (first, second) = (order["first"].clone(), order["second"].clone());
        (order["first"], order["second"]) = (second, first);
        lies += 1;
        caught += usize::from(!conflicts(&lie).is_empty());
    }
    assert!(seen.iter().all(|count| *count >= 5), "{seen:?}");
    assert!(by_the_second >= 3, "{by_the_second}");
    assert!(caught * 3 > lies, "{caught} of {lies}");
}

fn events(dates: &[Option<&str>]) -> Vec<Value> {
    let event = |(nth, when): (usize, Option<&str>)| {
        let mut event = json!({"id": format!("e{nth}"), "label": "E"});
        if let Some(when) = when {
            event["when"] = json!(when);
        }
        event
    };
    dates.iter().copied().enumerate().map(event).collect()
}

fn ids(words: &str) -> BTreeSet<String> {
    words.split(' ').map(str::to_owned).collect()
}

#[test]
fn circles_of_two_to_seven_are_named_whole() {
    for length in 2..=7_usize {
        // Beside the circle stand things that are sound.
        let orders: Vec<Value> = (0..length)
            .map(|nth| json!({"id": format!("o{nth}"), "first": format!("e{nth}"), "relation": "before", "second": format!("e{}", (nth + 1) % length)}))
            .chain([json!({"id": "sound", "first": "e0", "relation": "starts_before", "second": "e8"})])
            .collect();
        let dossier = json!({"annals": 1, "events": events(&[None; 9]), "orders": orders});
        let wanted: BTreeSet<String> = (0..length).map(|nth| format!("o{nth}")).collect();
        let code = if length == 2 { "AN202" } else { "AN201" };
        assert_eq!(conflicts(&dossier), [(Severity::Error, code, wanted)]);
    }
}

#[test]
fn planted_contradictions_are_found_with_exactly_their_facts() {
    let order = |id: &str, first: &str, relation: &str, second: &str| json!({"id": id, "first": first, "relation": relation, "second": second});
    let apart = |id: &str, first: &str, second: &str, by: &str| json!({"id": id, "first": first, "relation": "starts_before", "second": second, "by": by});
    let dated = [
        Some("2021-05-04"),
        Some("2021-05-10"),
        None,
        None,
        Some("2021-06"),
    ];
    let cases: Vec<(&str, Vec<Value>, &str)> = vec![
        ("AN203", vec![order("o", "e1", "before", "e0")], "e0 e1 o"),
        (
            "AN203",
            vec![
                order("o", "e1", "before", "e2"),
                order("p", "e2", "before", "e0"),
            ],
            "e0 e1 o p",
        ),
        (
            "AN203",
            vec![
                order("o", "e4", "before", "e2"),
                order("p", "e2", "before", "e3"),
                order("q", "e3", "before", "e0"),
            ],
            "e0 e4 o p q",
        ),
        ("AN203", vec![order("o", "e0", "equals", "e1")], "e0 e1 o"),
        ("AN203", vec![order("o", "e0", "meets", "e1")], "e0 e1 o"),
        ("AN203", vec![order("o", "e4", "during", "e0")], "e0 e4 o"),
        ("AN204", vec![apart("o", "e0", "e1", "P10D")], "e0 e1 o"),
        ("AN204", vec![apart("o", "e0", "e1", "P5D")], "e0 e1 o"),
        ("AN204", vec![apart("o", "e0", "e4", "P1Y")], "e0 e4 o"),
        (
            "AN204",
            vec![apart("o", "e0", "e2", "P3D"), apart("p", "e2", "e1", "P4D")],
            "e0 e1 o p",
        ),
        (
            "AN204",
            vec![
                apart("o", "e0", "e2", "P1M"),
                order("p", "e2", "before", "e1"),
            ],
            "e0 e1 o p",
        ),
        (
            "AN202",
            vec![
                order("o", "e2", "before", "e3"),
                order("p", "e2", "contains", "e3"),
            ],
            "o p",
        ),
    ];
    for (code, orders, wanted) in cases {
        let dossier = json!({"annals": 1, "events": events(&dated), "orders": orders});
        assert_eq!(
            conflicts(&dossier),
            [(Severity::Error, code, ids(wanted))],
            "{orders:?}"
        );
    }
}

#[test]
fn what_admits_a_solution_stays_silent() {
    let order = |first: &str, relation: &str, second: &str| json!({"first": first, "relation": relation, "second": second});
    let apart = |first: &str, second: &str, by: &str| json!({"first": first, "relation": "starts_before", "second": second, "by": by});
    let dated = [
        Some("2022-02-24/.."),
        Some("2023-04-20"),
        Some("2023-04"),
        Some("1643~"),
        None,
        Some("/2023-04-20"),
        Some("2023-04-20"),
        Some("2023-04-21"),
    ];
    let silent = [
        apart("e0", "e1", "about P14M"),
        order("e1", "before", "e2"),
        order("e2", "before", "e1"),
        order("e1", "before", "e6"),
        order("e6", "before", "e1"),
        order("e1", "meets", "e6"),
        // What ends at midnight meets what begins with the next day.
        order("e1", "meets", "e7"),
        order("e7", "met_by", "e1"),
        order("e4", "before", "e3"),
        order("e5", "before", "e1"),
        order("e0", "contains", "e1"),
        json!({"first": "e1", "relation": ["before", "after"], "second": "e6"}),
        apart("e1", "e6", "P0D"),
    ];
    for order in silent {
        let dossier = json!({"annals": 1, "events": events(&dated), "orders": [order]});
        assert_eq!(conflicts(&dossier), [], "{order}");
    }
}

#[test]
fn a_conflict_that_vanishes_with_the_slack_is_a_warning() {
    let dossier = |when: &str| json!({"annals": 1, "events": events(&[Some(when), Some("1901")]), "orders": [{"id": "o", "first": "e1", "relation": "before", "second": "e0"}]});
    assert_eq!(
        conflicts(&dossier("1900")),
        [(Severity::Error, "AN203", ids("e0 e1 o"))]
    );
    assert_eq!(
        conflicts(&dossier("1900~")),
        [(Severity::Warning, "AN203", ids("e0 e1 o"))]
    );
    assert_eq!(conflicts(&dossier("1901~")), []);
}

/// Allen's table of compositions, by enumeration: how the first can lie to the third.
#[test]
fn what_follows_of_two_orders_is_what_enumeration_leaves() {
    let all: Vec<(i32, i32)> = (0..6)
        .flat_map(|x| (x + 1..6).map(move |y| (x, y)))
        .collect();
    for one in Allen::ALL {
        for other in Allen::ALL {
            let orders = [("e0", one, "e1"), ("e1", other, "e2")].map(|(first, relation, second)| {
                json!({"first": first, "relation": relation.as_str(), "second": second})
            });
            let dossier = json!({"annals": 1, "events": events(&[None; 3]), "orders": orders});
            let loaded = facts(&dossier);
            let asked = Dossier::new(&loaded);
            let chronicle = Chronicle::new(&loaded.facts, 1);
            let told = SolvedChronology::new(&asked, &chronicle);
            let [first, third] = ["e0", "e2"].map(|id| loaded.facts.find(id).unwrap());
            let row = told.order(first, third).unwrap();
            let mut left = AllenSet::EMPTY;
            for a in &all {
                for b in all.iter().filter(|b| Allen::between(*a, **b) == Some(one)) {
                    for c in all
                        .iter()
                        .filter(|c| Allen::between(*b, **c) == Some(other))
                    {
                        left = left | Allen::between(*a, *c).unwrap().into();
                    }
                }
            }
            let possible: AllenSet = row.possible.iter().copied().collect();
            assert_eq!(possible, left, "{one} and {other}");
            assert_eq!(
                row.because.is_empty(),
                left == AllenSet::ALL,
                "{one} and {other}"
            );
        }
    }
}
