//! `promises`: the states in which a promise can be on a day, over every completion of the dates.

use std::collections::BTreeSet;

use annals::model::Vocabulary as _;
use annals::query::promises::{PromiseRow, promised, promises};
use annals::query::{Dossier, Query};
use annals::time::Day;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::drawn::{DAYS, Drawn, each_completion, point};

const LINKS: [&str; 3] = ["fulfils", "breaks", "responds_to"];

#[derive(Debug, Clone)]
struct Other {
    when: Drawn,
    /// Which of the links it has to the promise; an event has the first two.
    links: [bool; 3],
}

#[derive(Debug, Clone)]
struct Event {
    other: Other,
    status: Option<&'static str>,
    is_about: bool,
}

#[derive(Debug, Clone)]
struct Made {
    act: &'static str,
    said: Drawn,
    due: Option<(&'static str, i32)>,
    claims: Vec<Other>,
    events: Vec<Event>,
    on: i32,
}

fn other() -> impl Strategy<Value = Other> {
    let links = [0.35, 0.35, 0.4].map(prop::bool::weighted);
    (point(), links).prop_map(|(when, links)| Other { when, links })
}

fn made() -> impl Strategy<Value = Made> {
    let statuses = ["occurred", "ongoing", "alleged", "scheduled", "cancelled"];
    let status = prop::option::weighted(0.8, prop::sample::select(statuses.to_vec()));
    let event =
        (other(), status, prop::bool::weighted(0.7)).prop_map(|(other, status, is_about)| Event {
            other,
            status,
            is_about,
        });
    // By which day each of these has surely passed.
    let due = prop::sample::select(vec![("2020-01-05", 5), ("2020-01-0X", 9), ("2020-01", 31)]);
    (
        prop::sample::select(vec!["promises", "threatens", "questions", "demands"]),
        point(),
        prop::option::weighted(0.4, due),
        prop::collection::vec(other(), 0..3),
        prop::collection::vec(event, 0..3),
        1..=DAYS,
    )
        .prop_map(|(act, said, due, claims, events, on)| Made {
            act,
            said,
            due,
            claims,
            events,
            on,
        })
        .prop_filter("few enough", |made| {
            dates(made)
                .iter()
                .map(|one| one.readings.len())
                .product::<usize>()
                <= 20_000
        })
}

fn dates(made: &Made) -> Vec<&Drawn> {
    let claims = made.claims.iter().map(|one| &one.when);
    let events = made.events.iter().map(|one| &one.other.when);
    [&made.said]
        .into_iter()
        .chain(claims)
        .chain(events)
        .collect()
}

fn dossier(made: &Made) -> Value {
    let linked = |record: &mut Value, other: &Other, links: &[&str]| {
        for (link, has) in links.iter().zip(other.links) {
            if has {
                record[*link] = json!(["p"]);
            }
        }
    };
    let about = made
        .events
        .iter()
        .enumerate()
        .filter(|(_, one)| one.is_about);
    let about: Vec<String> = about.map(|(nth, _)| format!("e{nth}")).collect();
    let mut claim = json!({
        "id": "p", "speaker": ["a"], "content": "words", "act": made.act, "about": about,
    });
    if let Some(said) = &made.said.edtf {
        claim["said"] = json!(said);
    }
    if let Some((due, _)) = made.due {
        claim["due"] = json!(due);
    }
    let mut claims = vec![claim];
    for (nth, one) in made.claims.iter().enumerate() {
        let mut claim = json!({"id": format!("r{nth}"), "speaker": ["b"], "content": "words"});
        if let Some(when) = &one.when.edtf {
            claim["said"] = json!(when);
        }
        linked(&mut claim, one, &LINKS);
        claims.push(claim);
    }
    let events = made.events.iter().enumerate().map(|(nth, one)| {
        let mut event = json!({"id": format!("e{nth}"), "label": "E"});
        if let Some(status) = one.status {
            event["status"] = json!(status);
        }
        if let Some(when) = &one.other.when.edtf {
            event["when"] = json!(when);
        }
        linked(&mut event, &one.other, &LINKS[..2]);
        event
    });
    json!({
        "annals": 1, "events": events.collect::<Vec<_>>(), "claims": claims,
        "actors": [{"id": "a", "name": "A", "kind": "person"}, {"id": "b", "name": "B", "kind": "person"}],
    })
}

/// The state in one completion; `late`: on the day of the claim, an event is after it. `alleged`: what
/// is alleged is so.
fn state(made: &Made, days: &[(i32, i32)], late: bool, alleged: bool) -> Option<&'static str> {
    let said = days[0].0;
    if said > made.on {
        return None;
    }
    let (of_claims, of_events) = days[1..].split_at(made.claims.len());
    let mut holds = [false; 3];
    for (one, day) in made.claims.iter().zip(of_claims) {
        for (holds, link) in holds.iter_mut().zip(one.links) {
            *holds |= link && day.0 <= made.on;
        }
    }
    for (one, day) in made.events.iter().zip(of_events) {
        let is_real = match one.status {
            Some("scheduled" | "cancelled") => false,
            Some("alleged") => alleged,
            _ => true,
        };
        let by = day.0 <= made.on;
        for (holds, link) in holds.iter_mut().zip(one.other.links).take(2) {
            *holds |= link && is_real && by;
        }
        let after = day.0 > said || late && day.0 == said;
        let took_place = matches!(one.status, Some("occurred" | "ongoing"));
        holds[2] |= one.is_about && took_place && after && by;
    }
    let [kept, broken, answered] = holds;
    let overdue = made.due.is_some_and(|(_, last)| last < made.on);
    let promise = matches!(made.act, "promises" | "threatens");
    Some(match (kept, broken, answered) {
        (true, _, _) if promise => "kept",
        (_, true, _) if promise => "broken",
        (_, _, true) if !promise => "answered",
        _ if overdue => "overdue",
        (_, _, true) => "answered",
        _ => "open",
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases() / 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_became_of_a_promise(made in made()) {
        let json = dossier(&made);
        let loaded = super::facts(&json);
        let asked = Query::default().act(made.act);
        let selection = asked.resolve(&loaded.facts).unwrap();
        let dossier = Dossier::new(&loaded);
        let on = Day::from_ymd(2020, 1, made.on as u32);
        let rows = promises(&dossier, &selection, &[], on);
        let rows = rows.iter().filter(|row| loaded.facts.id(row.claim) == "p");
        let rows = rows.map(|row| promised(&dossier, &selection, row));
        let rows: Vec<PromiseRow> = rows.collect();
        let mut possible = BTreeSet::new();
        let mut always = true;
        each_completion(&dates(&made), &mut |days| {
            for (late, alleged) in [(false, false), (false, true), (true, false), (true, true)] {
                match state(&made, days, late, alleged) {
                    Some(state) => drop(possible.insert(state)),
                    None => always = false,
                }
            }
        });
        let found: BTreeSet<&str> = rows.iter().map(|row| row.state.word()).collect();
        prop_assert_eq!(found.len(), rows.len(), "each once");
        prop_assert_eq!(&found, &possible, "{:#}", json);
        let is_certain = always && possible.len() == 1;
        prop_assert!(rows.iter().all(|row| row.claim.certain == is_certain), "{:#}", json);
        for row in &rows {
            let explained = matches!(row.state.word(), "kept" | "broken" | "answered");
            prop_assert_eq!(explained, !row.by.is_empty(), "{:#}", json);
        }
    }
}
