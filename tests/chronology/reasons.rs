//! The reasons of narrowed dates and of orders: what is listed is enough, and all of it is wanted,
//! also where facts leave a choice. `ANNALS_THOROUGH=1` tries many more.

use std::collections::BTreeSet;

use annals::chronology::premises::Chronicle;
use annals::load::{LoadResult, Request, Source, load};
use annals::model::RecordRef;
use annals::query::Dossier;
use annals::query::chronicle::{BecauseRow, SolvedChronology};
use annals::time::{Allen, Day};
use proptest::prelude::*;
use serde_json::{Value, json};

fn cases() -> u32 {
    crate::common::tried(20_000, 200)
}

/// A few events, dated or not, and orders between them, of which lists leave a choice.
#[derive(Debug, Clone)]
struct Few {
    dates: Vec<Option<String>>,
    orders: Vec<(usize, Vec<&'static str>, usize, Option<String>)>,
}

fn few() -> impl Strategy<Value = Few> {
    let day = 1..20_u32;
    let date = (day.clone(), day, 0..6_u32).prop_map(|(a, b, how)| match how {
        0 => None,
        1 => Some(format!("2021-05-{a:02}")),
        2 => Some(format!("2021-05-{:02}/2021-05-{:02}", a.min(b), a.max(b))),
        _ if a == b => Some(format!("2021-05-{a:02}")),
        3 => Some(format!("[2021-05-{:02},2021-05-{:02}]", a.min(b), a.max(b))),
        4 => Some(format!("[2021-05-01,2021-05-{a:02},2021-05-{:02}]", b + 9)),
        _ => Some(format!("2021-05-{a:02}/")),
    });
    let names = [
        "before",
        "meets",
        "overlaps",
        "during",
        "equals",
        "disjoint",
        "after",
        "starts_before",
        "overlapping",
    ];
    let lists = [
        vec!["before", "after"],
        vec!["before", "during", "after"],
        vec!["meets", "met_by"],
    ];
    let relation = (0..12_usize).prop_map(move |nth| match names.get(nth) {
        Some(name) => vec![*name],
        None => lists[nth - names.len()].clone(),
    });
    let by = prop_oneof![
        3 => Just(None),
        1 => (0..9_u32, 0..3_u32).prop_map(|(days, more)| Some(format!("P{days}D/P{}D", days + more))),
    ];
    let order = (0..4_usize, relation, 0..4_usize, by);
    let order = order.prop_filter("two events", |order| order.0 != order.2);
    (
        prop::collection::vec(date, 4),
        prop::collection::vec(order, 1..6),
    )
        .prop_map(|(dates, orders)| Few { dates, orders })
}

/// The dossier of what some of its facts say: dates by their events, orders by their own ids.
fn dossier(few: &Few, keep: &dyn Fn(&str) -> bool) -> Value {
    let events = few.dates.iter().enumerate().map(|(nth, when)| {
        let id = format!("e{nth}");
        match when.as_ref().filter(|_| keep(&id)) {
            Some(when) => json!({"id": id, "label": "E", "when": when}),
            None => json!({"id": id, "label": "E"}),
        }
    });
    let orders = few.orders.iter().enumerate();
    let orders = orders.filter(|(nth, _)| keep(&format!("o{nth}")));
    let orders = orders.map(|(nth, (first, relation, second, by))| {
        let mut order = json!({"id": format!("o{nth}"), "first": format!("e{first}"), "relation": relation, "second": format!("e{second}")});
        if let Some(by) = by.as_ref().filter(|_| relation == &["starts_before"]) {
            order["by"] = json!(by);
        }
        order
    });
    json!({"annals": 1, "events": events.collect::<Vec<_>>(), "orders": orders.collect::<Vec<_>>()})
}

fn read(dossier: &Value) -> LoadResult {
    let source = Source::Memory {
        name: "facts.json".to_owned(),
        bytes: dossier.to_string().into_bytes(),
    };
    load(&Request {
        facts: vec![source],
        texts: Vec::new(),
    })
}

/// What is asked of a dossier with only some of its facts.
fn asked<T>(
    few: &Few,
    keep: &dyn Fn(&str) -> bool,
    question: &dyn Fn(&LoadResult, &Chronicle, &SolvedChronology<'_, '_>) -> T,
) -> T {
    let loaded = read(&dossier(few, keep));
    let chronicle = Chronicle::new(&loaded.facts, 1);
    let dossier = Dossier::new(&loaded);
    question(
        &loaded,
        &chronicle,
        &SolvedChronology::new(&dossier, &chronicle),
    )
}

fn thing(loaded: &LoadResult, nth: usize) -> RecordRef {
    loaded.facts.find(&format!("e{nth}")).unwrap()
}

/// The ticks between which the ends of an event can lie: starts, then ends.
fn ticks(few: &Few, keep: &dyn Fn(&str) -> bool, nth: usize) -> [Option<i64>; 4] {
    asked(few, keep, &|loaded, chronicle, told| {
        let stretch = chronicle.stretch(thing(loaded, nth)).unwrap();
        let solved = told.solved();
        [
            solved.earliest(stretch.start),
            solved.latest(stretch.start),
            solved.earliest(stretch.end),
            solved.latest(stretch.end),
        ]
    })
}

/// The days between which the ends of an event can lie: starts, then ends.
fn days(few: &Few, keep: &dyn Fn(&str) -> bool, nth: usize) -> [Option<Day>; 4] {
    asked(few, keep, &|loaded, _, told| {
        let [start, end] = told.ends(thing(loaded, nth)).unwrap();
        let ([a, b], [c, d]) = (start.narrowed, end.narrowed);
        [a, b, c, d]
    })
}

fn ids(because: &[BecauseRow]) -> BTreeSet<String> {
    because.iter().map(|row| row.id.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_local_rejects: 10_000_000, ..ProptestConfig::default() })]

    /// What is listed behind a bound is enough for it, and all of it is wanted; so it is of an order.
    #[test]
    fn reasons_are_enough_and_all_are_wanted(few in few()) {
        let whole = |_: &str| true;
        let in_conflict = asked(&few, &whole, &|_, chronicle, told| !chronicle.left_out.is_empty() || !told.solved().conflicts.is_empty());
        if in_conflict {
            return Ok(());
        }
        for nth in 0..few.dates.len() {
            let (rows, given) = (
                asked(&few, &whole, &|loaded, _, told| told.why(thing(loaded, nth)).unwrap()),
                ticks(&few, &whole, nth),
            );
            for row in rows.bounds {
                let side = match (row.point, row.side) {
                    ("start", "first") => 0,
                    ("start", _) => 1,
                    (_, "first") => 2,
                    _ => 3,
                };
                let own = ids(&row.because);
                prop_assert!(own.len() == row.because.len() && !own.is_empty());
                // A start that a distance in days touches lies at a moment of its day: which facts are there
                // decides the tick, not the day.
                let enough = days(&few, &|id| own.contains(id), nth)[side];
                prop_assert_eq!(enough, row.day, "{} {} {}: {:?} is not enough\n{:#}", nth, row.point, row.side, own, dossier(&few, &whole));
                for left_out in &own {
                    let looser = ticks(&few, &|id| own.contains(id) && id != left_out, nth)[side];
                    prop_assert!(looser != given[side], "{} {} {}: {:?} does without {}\n{:#}", nth, row.point, row.side, own, left_out, dossier(&few, &whole));
                }
            }
        }
        let order = |keep: &dyn Fn(&str) -> bool| asked(&few, keep, &|loaded, _, told| {
            let row = told.order(thing(loaded, 0), thing(loaded, 1)).unwrap();
            (row.possible, ids(&row.because))
        });
        let (possible, own) = order(&whole);
        prop_assert!(!possible.is_empty());
        prop_assert_eq!(&order(&|id| own.contains(id)).0, &possible, "{:?} is not enough\n{:#}", own, dossier(&few, &whole));
        for left_out in &own {
            let more = order(&|id| own.contains(id) && id != left_out).0;
            prop_assert!(more != possible, "{:?} does without {}\n{:#}", own, left_out, dossier(&few, &whole));
        }
        prop_assert_eq!(own.is_empty(), possible.len() == Allen::ALL.len());
    }
}

fn of_yaml(yaml: &str) -> LoadResult {
    let source = Source::Memory {
        name: "facts.yaml".to_owned(),
        bytes: format!("annals: 1\n{yaml}").into_bytes(),
    };
    load(&Request {
        facts: vec![source],
        texts: Vec::new(),
    })
}

fn narrowed(yaml: &str, id: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let loaded = of_yaml(yaml);
    let chronicle = Chronicle::new(&loaded.facts, 1);
    let asked = Dossier::new(&loaded);
    let told = SolvedChronology::new(&asked, &chronicle);
    let why = told.why(loaded.facts.find(id).unwrap()).unwrap();
    let day = |row: &annals::query::chronicle::BoundRow| {
        format!("{} {} {}", row.point, row.side, row.day.unwrap())
    };
    let because = |row: &annals::query::chronicle::BoundRow| {
        row.because.iter().map(|one| one.words.clone()).collect()
    };
    (
        why.bounds.iter().map(day).collect(),
        why.bounds.iter().map(because).collect(),
    )
}

#[test]
fn one_of_two_years_is_left() {
    let yaml = r#"
events:
  - {id: letter, label: The letter, when: "[1667,1672]"}
  - {id: peace, label: The peace, when: 1667-07-31}
  - {id: answer, label: The answer}
orders:
  - {id: o, first: peace, relation: before, second: letter}
  - {id: p, first: letter, relation: before, second: answer}
"#;
    // The last day of 1667 is after the peace: nothing is ruled out.
    assert_eq!(narrowed(yaml, "letter").0[0], "start first 1667-07-31");
    let yaml = yaml.replace("1667-07-31", "1668");
    let (days, because) = narrowed(&yaml, "letter");
    assert_eq!(
        days,
        [
            "start first 1672-01-01",
            "start last 1672-12-31",
            "end first 1672-01-01",
            "end last 1672-12-31"
        ]
    );
    let all = [
        "letter is dated 1667 or 1672",
        "peace is dated 1668",
        "peace is before letter",
    ];
    assert_eq!(because[0], all);
    assert_eq!(because[1], ["letter is dated 1667 or 1672"]);
    // And on, to what rests on it.
    let (days, because) = narrowed(&yaml, "answer");
    assert_eq!(days[0], "start first 1672-01-01");
    assert_eq!(because[0].len(), 4, "{:?}", because[0]);
}

#[test]
fn one_side_of_what_does_not_overlap_is_left() {
    let yaml = r"
events:
  - {id: inspection, label: The inspection, when: 2021-11}
  - {id: strike, label: The strike}
orders:
  - {id: o, first: inspection, relation: disjoint, second: strike}
  - {id: p, first: strike, relation: starts_before, second: inspection}
";
    let (days, because) = narrowed(yaml, "strike");
    assert!(days.contains(&"end last 2021-11-30".to_owned()), "{days:?}");
    let last = days
        .iter()
        .position(|day| day.starts_with("end last"))
        .unwrap();
    assert_eq!(
        because[last],
        [
            "inspection is dated Nov 2021",
            "inspection does not overlap with strike",
            "strike starts before inspection",
        ]
    );
}

/// What `dates` rules out, `order` rules out too: relations are held against days, not against moments
/// that no chain of distances in days can reach.
#[test]
fn an_order_is_as_exact_as_the_days() {
    let yaml = r"
events:
  - {id: strike, label: The strike, when: 2021-05-01/2021-06-02}
  - {id: vote, label: The vote}
  - {id: award, label: The award}
  - {id: notice, label: The notice, when: 2023-05-16}
  - {id: leave, label: The leave, when: 2023-05-15}
orders:
  - {id: o0, first: vote, relation: during, second: strike}
  - {id: o1, first: vote, relation: starts_before, second: award, by: P704D/P712D}
";
    let loaded = of_yaml(yaml);
    let dossier = Dossier::new(&loaded);
    let chronicle = Chronicle::new(&loaded.facts, 1);
    let told = SolvedChronology::new(&dossier, &chronicle);
    let find = |id: &str| loaded.facts.find(id).unwrap();
    let later = told.order(find("award"), find("notice")).unwrap();
    // The award starts on 15 May at the latest, so it does not start with the notice, nor after it.
    assert_eq!(
        later.possible,
        [
            Allen::Before,
            Allen::Meets,
            Allen::Overlaps,
            Allen::Contains,
            Allen::FinishedBy
        ]
    );
    let because: Vec<&str> = later.because.iter().map(|row| row.words.as_str()).collect();
    assert_eq!(
        because,
        [
            "strike is dated 1 May 2021 to 2 Jun 2021",
            "notice is dated 16 May 2023",
            "vote is during strike",
            "vote starts before award, 704 days to 712 days apart",
        ]
    );
    let same = told.order(find("award"), find("leave")).unwrap();
    assert!(
        same.possible.contains(&Allen::Equals),
        "{:?}",
        same.possible
    );
}

/// What lies within something that ends on a day begins on that day at the latest, though its end can
/// lie at the midnight after: a distance in days counts from there.
#[test]
fn days_are_counted_from_days() {
    let yaml = r"
events:
  - {id: strike, label: The strike, when: 2021-05-01/2021-06-02}
  - {id: vote, label: The vote}
  - {id: award, label: The award}
  - {id: appeal, label: The appeal}
orders:
  - {id: o0, first: vote, relation: during, second: strike}
  - {id: o1, first: vote, relation: starts_before, second: award, by: P704D/P712D}
  - {id: o2, first: award, relation: starts_before, second: appeal, by: P1D}
";
    let all = [
        "strike is dated 1 May 2021 to 2 Jun 2021",
        "vote is during strike",
        "vote starts before award, 704 days to 712 days apart",
        "award starts before appeal, 1 day apart",
    ];
    for (id, days, count) in [
        (
            "award",
            ["start first 2023-04-05", "start last 2023-05-15"],
            3,
        ),
        (
            "appeal",
            ["start first 2023-04-06", "start last 2023-05-16"],
            4,
        ),
    ] {
        let (found, because) = narrowed(yaml, id);
        assert_eq!(found[..2], days);
        assert_eq!(because[0].len(), count, "{:?}", because[0]);
        assert_eq!(because[1], all[..count]);
    }
    // And a day later is too late.
    let late = yaml.replace(
        "{id: award, label: The award}",
        "{id: award, label: The award, when: 2023-05-16}",
    );
    let source = Source::Memory {
        name: "facts.yaml".to_owned(),
        bytes: format!("annals: 1\n{late}").into_bytes(),
    };
    let loaded = load(&Request {
        facts: vec![source],
        texts: Vec::new(),
    });
    let chronicle = Chronicle::new(&loaded.facts, 1);
    let solved = annals::chronology::Chronology::new(&chronicle.network, &|_| 1.0);
    assert_eq!(solved.conflicts.len(), 1);
    assert_eq!(solved.conflicts[0].premises.len(), 4);
}

/// The end of the last hangs on its start alone, and on nothing that anybody says.
#[test]
fn what_another_fact_says_as_well_is_not_named() {
    let yaml = r"
events:
  - {id: e0, label: E, when: 2021-05-01}
  - {id: e1, label: E}
  - {id: e2, label: E}
  - {id: e3, label: E}
orders:
  - {id: o0, first: e1, relation: overlapping, second: e3}
  - {id: o1, first: e1, relation: overlaps, second: e3}
  - {id: o2, first: e3, relation: before, second: e2}
  - {id: o3, first: e1, relation: during, second: e0}
";
    let (days, because) = narrowed(yaml, "e2");
    assert_eq!(days, ["start first 2021-05-01", "end first 2021-05-01"]);
    assert_eq!(because[1], because[0]);
    assert_eq!(because[1].len(), 4);
}
