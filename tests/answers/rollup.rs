//! Roll-up, case by case: whom somebody spoke for on the day.

use annals::load::{LoadResult, Request, Source, load};
use annals::query::said::{SaidRow, said};
use annals::query::{Dossier, Query};

/// Ada, Ben and Cy; a party, a ministry within a state, and another party; what they said.
fn dossier(relations: &str, claims: &str) -> LoadResult {
    let yaml = format!(
        "annals: 1
actors:
  - {{id: ada, name: Ada, kind: person}}
  - {{id: ben, name: Ben, kind: person}}
  - {{id: state, name: The state, kind: state}}
  - {{id: ministry, name: The ministry, kind: organization}}
  - {{id: greens, name: The Greens, kind: organization}}
  - {{id: blues, name: The Blues, kind: organization}}
  - {{id: coalition, name: The coalition, kind: group}}
relations:
{relations}
claims:
{claims}
"
    );
    let source = Source::Memory {
        name: "facts.yaml".to_owned(),
        bytes: yaml.into_bytes(),
    };
    let loaded = load(&Request {
        facts: vec![source],
        texts: Vec::new(),
    });
    assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
    loaded
}

fn by(loaded: &LoadResult, actor: &str, kinds: &[&str]) -> Vec<SaidRow> {
    let asked = Query {
        by: vec![actor.to_owned()],
        rollup: Some(kinds.iter().map(|kind| (*kind).to_owned()).collect()),
        ..Query::default()
    };
    let selection = asked.resolve(&loaded.facts).unwrap();
    said(&Dossier::new(loaded), &selection)
}

/// A claim: its id, whether it is sure, and the ties through which.
type SolvedChronology = (String, bool, Vec<(String, bool)>);

/// The claims by an actor.
fn told(loaded: &LoadResult, actor: &str) -> Vec<SolvedChronology> {
    let rows = by(loaded, actor, &[]).into_iter();
    rows.map(|row| {
        let through = row
            .through
            .into_iter()
            .map(|step| (step.relation, step.certain));
        (row.id, row.certain, through.collect())
    })
    .collect()
}

fn ids(loaded: &LoadResult, actor: &str) -> Vec<String> {
    told(loaded, actor).into_iter().map(|row| row.0).collect()
}

const OFFICES: &str = "
  - {id: minister, from: ada, kind: holds_office, to: ministry, role: minister, when: 2020-01-01/2021-06-30}
  - {id: chair, from: ada, kind: holds_office, to: greens, role: chair, when: 2021-03-01/..}
  - {id: of-state, from: ministry, kind: part_of, to: state, when: ../..}";

const CLAIMS: &str = "
  - {id: c2020, speaker: ada, said: 2020-05-05}
  - {id: c2021, speaker: ada, said: 2021-04-01}
  - {id: c2022, speaker: ada, said: 2022-04-01}
  - {id: other, speaker: ben, said: 2021-04-01}";

#[test]
fn a_person_with_two_offices_speaks_for_both_while_they_hold_them() {
    let loaded = dossier(OFFICES, CLAIMS);
    let through = |ties: &[&str]| {
        ties.iter()
            .map(|tie| ((*tie).to_owned(), true))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        told(&loaded, "state"),
        [
            ("c2020".to_owned(), true, through(&["minister", "of-state"])),
            ("c2021".to_owned(), true, through(&["minister", "of-state"])),
        ]
    );
    assert_eq!(ids(&loaded, "greens"), ["c2021", "c2022"]);
}

#[test]
fn moving_the_end_of_one_tie_moves_that_persons_claims_and_no_others() {
    let moved = OFFICES.replace("2021-06-30", "2020-12-31");
    assert_eq!(ids(&dossier(&moved, CLAIMS), "state"), ["c2020"]);
    assert_eq!(ids(&dossier(&moved, CLAIMS), "greens"), ["c2021", "c2022"]);
    let moved = OFFICES.replace("2021-06-30", "2022-12-31");
    assert_eq!(
        ids(&dossier(&moved, CLAIMS), "state"),
        ["c2020", "c2021", "c2022"]
    );
}

#[test]
fn the_capacity_that_a_claim_names_decides() {
    let claims = "
  - {id: as-chair, speaker: ada, as: chair, said: 2021-04-01}
  - {id: as-minister, speaker: ada, as: minister, said: 2021-04-01}
  - {id: undated, speaker: ada, as: minister}";
    let loaded = dossier(OFFICES, claims);
    assert_eq!(ids(&loaded, "state"), ["as-minister", "undated"]);
    assert_eq!(ids(&loaded, "greens"), ["as-chair"]);
    // Whoever says that they speak under an office speaks while they hold it.
    assert!(by(&loaded, "state", &[]).iter().all(|row| row.certain));
    // Their own words stay their own.
    assert_eq!(ids(&loaded, "ada").len(), 3);
}

#[test]
fn a_change_of_party_within_the_month_of_a_claim() {
    let parties = "
  - {id: green, from: ada, kind: represents, to: greens, when: 2021-01-01/2021-05-15}
  - {id: blue, from: ada, kind: represents, to: blues, when: 2021-05-16/..}
  - {id: greens-in, from: greens, kind: part_of, to: coalition, when: ../..}
  - {id: blues-in, from: blues, kind: part_of, to: coalition, when: ../..}";
    let loaded = dossier(parties, "  - {id: may, speaker: ada, said: 2021-05}");
    for party in ["greens", "blues"] {
        assert!(!told(&loaded, party)[0].1, "{party}: only possibly");
    }
    // Whichever day it was, she spoke for one of the coalition.
    assert!(told(&loaded, "coalition")[0].1);
}

#[test]
fn an_office_whose_end_is_not_known_may_have_been_held() {
    let offices = "  - {id: chair, from: ada, kind: holds_office, to: greens, when: 2020-01-01/}";
    let loaded = dossier(offices, CLAIMS);
    let rows = told(&loaded, "greens");
    assert_eq!(rows.len(), 3);
    assert!(
        rows.iter()
            .all(|row| !row.1 && row.2 == [("chair".to_owned(), false)])
    );
    // A tie without a date possibly holds on any day; `../..` always.
    let undated = offices.replace(", when: 2020-01-01/", "");
    assert!(
        told(&dossier(&undated, CLAIMS), "greens")
            .iter()
            .all(|row| !row.1)
    );
    let always = offices.replace("2020-01-01/", "../..");
    assert!(
        told(&dossier(&always, CLAIMS), "greens")
            .iter()
            .all(|row| row.1)
    );
}

#[test]
fn a_circle_of_ties_ends() {
    let circle = "
  - {id: one, from: ada, kind: represents, to: greens, when: ../..}
  - {id: two, from: greens, kind: part_of, to: blues, when: ../..}
  - {id: three, from: blues, kind: part_of, to: greens, when: ../..}";
    let loaded = dossier(circle, CLAIMS);
    assert_eq!(ids(&loaded, "blues").len(), 3);
    assert_eq!(ids(&loaded, "greens").len(), 3);
}

#[test]
fn other_kinds_of_tie_are_asked_for_by_name() {
    let member = "  - {id: member, from: ada, kind: member_of, to: greens, when: ../..}";
    let loaded = dossier(member, CLAIMS);
    assert!(by(&loaded, "greens", &[]).is_empty());
    assert_eq!(by(&loaded, "greens", &["member_of"]).len(), 3);
}

/// Each of many speaks under a tie of uncertain date, which their claim states to have held; and one tie
/// further on decides for all of them.
#[test]
fn many_ties_that_claims_state_cost_no_more_than_their_number() {
    use std::fmt::Write as _;
    let many = 20_000;
    let mut lines = String::from(
        "{\"type\":\"actor\",\"id\":\"org\",\"name\":\"O\",\"kind\":\"organization\"}\n{\"type\":\"actor\",\"id\":\"state\",\"name\":\"S\",\"kind\":\"state\"}\n{\"type\":\"relation\",\"id\":\"of\",\"from\":\"org\",\"kind\":\"part_of\",\"to\":\"state\",\"when\":\"2021-01-10/2021-01-20\"}\n",
    );
    for nth in 0..many {
        let day = 1 + nth % 28;
        writeln!(
            lines,
            "{{\"type\":\"actor\",\"id\":\"a{nth}\",\"name\":\"A {nth}\",\"kind\":\"person\"}}"
        )
        .unwrap();
        writeln!(lines, "{{\"type\":\"relation\",\"id\":\"r{nth}\",\"from\":\"a{nth}\",\"kind\":\"represents\",\"to\":\"org\",\"when\":\"2021-01~/\"}}").unwrap();
        writeln!(lines, "{{\"type\":\"claim\",\"id\":\"c{nth}\",\"speaker\":\"a{nth}\",\"as\":\"r{nth}\",\"said\":\"2021-01-{day:02}\",\"content\":\"So it is.\"}}").unwrap();
    }
    let loaded = load(&Request {
        facts: vec![Source::Memory {
            name: "facts.jsonl".to_owned(),
            bytes: lines.into_bytes(),
        }],
        texts: Vec::new(),
    });
    let rows = by(&loaded, "org", &[]);
    assert_eq!(rows.len(), many);
    assert!(rows.iter().all(|row| row.certain && row.through[0].certain));
    let within = (0..many).filter(|nth| (10..=20).contains(&(1 + nth % 28)));
    assert_eq!(by(&loaded, "state", &[]).len(), within.count());
}
