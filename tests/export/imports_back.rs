//! What was exported comes back, for all that the format can hold.

use annals::export::{Options, Writes, by_name};
use annals::graph::View;
use annals::import::{Options as ImportOptions, Outputs, by_name as importer, import};
use annals::load::{LoadResult, Request, Source, load};
use annals::query::Dossier;
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(name: &str, bytes: Vec<u8>) -> LoadResult {
    let source = Source::Memory {
        name: name.into(),
        bytes,
    };
    load(&Request {
        facts: vec![source],
        texts: Vec::new(),
    })
}

/// What a calendar can hold of each event, in an order of its own.
fn held(loaded: &LoadResult) -> Vec<Value> {
    let facts = &loaded.facts;
    let mut all: Vec<Value> = (facts.events.handles())
        .map(|id| {
            let event = &facts[id];
            let place = event.place.map(|place| {
                let (lat, lon) = (facts[place].lat, facts[place].lon);
                json!([facts.label(place), lat.zip(lon)])
            });
            let cancelled = event.status == Some(annals::model::Status::Cancelled);
            json!({
                "label": facts.label(id),
                "when": event.when.map(|date| facts.date(date).written()),
                "kind": event.kind.map(|kind| facts.name(kind)),
                "place": place,
                "cancelled": cancelled,
            })
        })
        .collect();
    all.sort_by_key(ToString::to_string);
    all
}

/// A text that no program changes: without control characters and signs that end a line or a
/// paragraph, and something to see.
fn words() -> impl Strategy<Value = String> {
    "[^\\p{C}\\p{Z}]([^\\p{C}\\p{Zl}\\p{Zp}]{0,40}[^\\p{C}\\p{Z}])?"
}

fn event() -> impl Strategy<Value = Value> {
    let when = prop::sample::select(vec![
        "2023-04-20",
        "2023-04",
        "1880~",
        "2023-04-20/2023-05-01",
        "2023-21",
        "188X",
        "[1880,1882]",
        "2023-04-20T10:00:00Z",
        "2023-04-20T10:00:00",
        "2020/..",
        "1985?",
    ]);
    let place = prop::option::of((words(), prop::option::of((-90_i32..=90, -180_i32..=180))));
    let kind = prop::option::of("[a-z]{1,9}");
    (words(), when, place, kind, any::<bool>()).prop_map(|(label, when, place, kind, cancelled)| {
        json!({"label": label, "when": when, "place": place, "kind": kind, "cancelled": cancelled})
    })
}

/// Dates that a slide can hold: from and to, by year, month or day.
const SLIDES: &[&str] = &[
    "2023-04-20",
    "2023-04",
    "1880",
    "0000",
    "-0043-03-15",
    "-0099",
    "2023-04-20/2023-05-01",
    "2023-04/2024-01",
    "1914/1918",
    "-0043/0014",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn events_of_a_calendar_come_back(events in prop::collection::vec(event(), 1..8)) {
        let mut lines = String::new();
        for (nth, event) in events.iter().enumerate() {
            let mut record = json!({"type": "event", "id": format!("e{nth}"), "label": event["label"], "when": event["when"]});
            if !event["kind"].is_null() {
                record["kind"] = event["kind"].clone();
            }
            if event["cancelled"] == true {
                record["status"] = "cancelled".into();
            }
            if let Some(name) = event["place"].get(0) {
                record["place"] = format!("p{nth}").into();
                let mut place = json!({"type": "place", "id": format!("p{nth}"), "name": name});
                if let Some(geo) = event["place"][1].as_array() {
                    (place["lat"], place["lon"]) = (geo[0].clone(), geo[1].clone());
                }
                lines.push_str(&format!("{place}\n"));
            }
            lines.push_str(&format!("{record}\n"));
        }
        let before = read("facts.jsonl", lines.into());
        prop_assert!(before.findings.is_empty(), "{:?}", before.findings);
        let Writes::Stream(write) = by_name("ics").unwrap().work.writes else {
            panic!("a calendar is a stream");
        };
        let mut calendar = Vec::new();
        let view = View::of_all(&before.facts);
        write(&Dossier::new(&before), &view, &Options::default(), &mut calendar).unwrap();

        let source = annals::source::Source::memory("facts.ics", calendar);
        let mut facts = Vec::new();
        let ics = importer("ics").unwrap();
        import(ics, &[source], &ImportOptions::default(), Outputs::to(&mut facts)).unwrap();
        let after = read("facts.yaml", facts);
        prop_assert!(after.findings.is_empty(), "{:?}", after.findings);
        prop_assert_eq!(held(&before), held(&after));
    }

    #[test]
    fn events_of_a_timeline_come_back(
        events in prop::collection::vec((words(), prop::sample::select(SLIDES.to_vec())), 1..8)
    ) {
        let lines: Vec<String> = (events.iter().enumerate())
            .map(|(nth, (label, when))| {
                json!({"type": "event", "id": format!("e{nth}"), "label": label, "when": when}).to_string()
            })
            .collect();
        let before = read("facts.jsonl", lines.join("\n").into());
        prop_assert!(before.findings.is_empty(), "{:?}", before.findings);
        let Writes::Stream(write) = by_name("timelinejs").unwrap().work.writes else {
            panic!("a timeline is a stream");
        };
        let mut timeline = Vec::new();
        let view = View::of_all(&before.facts);
        write(&Dossier::new(&before), &view, &Options::default(), &mut timeline).unwrap();

        let source = annals::source::Source::memory("facts.timeline.json", timeline);
        let mut facts = Vec::new();
        let timelinejs = importer("timelinejs").unwrap();
        import(timelinejs, &[source], &ImportOptions::default(), Outputs::to(&mut facts)).unwrap();
        let after = read("facts.yaml", facts);
        prop_assert!(after.findings.is_empty(), "{:?}", after.findings);
        prop_assert_eq!(held(&before), held(&after));
    }
}
