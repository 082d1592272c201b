//! `--before` and `--after`, with a window and `--surely`, for claims and for events.

use annals::model::{EventId, RecordRef};
use annals::query::Query;
use annals::time::Certainty;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::drawn::{DAYS, Drawn, asked, each_completion, point, stretch, window};

const EVENTS: usize = 3;

#[derive(Debug, Clone)]
struct Question {
    events: Vec<Drawn>,
    said: Drawn,
    before: Vec<usize>,
    after: Vec<usize>,
    window: (Option<i32>, Option<i32>),
    surely: bool,
}

fn question() -> impl Strategy<Value = Question> {
    let events = prop::collection::vec(stretch(), EVENTS).prop_filter("few enough", |events| {
        let each = events.iter().map(|event| event.readings.len());
        each.product::<usize>() <= 3_000
    });
    let some = || prop::collection::btree_set(0..EVENTS, 0..=2);
    (events, point(), some(), some(), window(), any::<bool>()).prop_map(
        |(events, said, before, after, window, surely)| Question {
            events,
            said,
            // The readings of an event in both lists are chosen apart: nobody asks for what lies before
            // and after the same.
            after: after.difference(&before).copied().collect(),
            before: before.into_iter().collect(),
            // One that ends before it begins has no days.
            window: match window {
                (Some(from), Some(until)) => (Some(from.min(until)), Some(from.max(until))),
                _ => window,
            },
            surely,
        },
    )
}

fn dossier(question: &Question) -> Value {
    let events = question.events.iter().enumerate().map(|(n, when)| {
        let mut event = json!({"id": format!("e{n}"), "label": format!("Event {n}")});
        if let Some(when) = &when.edtf {
            event["when"] = json!(when);
        }
        event
    });
    let mut claim = json!({"id": "c", "speaker": ["a"], "content": "words"});
    if let Some(said) = &question.said.edtf {
        claim["said"] = json!(said);
    }
    json!({
        "annals": 1, "events": events.collect::<Vec<_>>(), "claims": [claim],
        "actors": [{"id": "a", "name": "A", "kind": "person"}],
    })
}

/// A reading of a date, in which an end that never comes is farther than any day.
fn far(date: &Drawn, (first, last): (i32, i32)) -> (i32, i32) {
    let edtf = date.edtf.as_deref().unwrap_or_default();
    (
        if edtf.starts_with("../") {
            -1000
        } else {
            first
        },
        if edtf.ends_with("/..") { 1000 } else { last },
    )
}

/// Whether a thing with this date is in the answer; `nth`: it is this event.
fn brute_force(question: &Question, own: &Drawn, nth: Option<usize>) -> Certainty {
    let others: Vec<usize> = (0..EVENTS).filter(|event| Some(*event) != nth).collect();
    let mut dates = vec![own];
    dates.extend(others.iter().map(|event| &question.events[*event]));
    let (mut possible, mut certain) = (false, true);
    each_completion(&dates, &mut |chosen| {
        let (start, end) = far(own, chosen[0]);
        let of = |event: usize| {
            let at = others.iter().position(|other| *other == event)?;
            Some(far(&question.events[event], chosen[at + 1]))
        };
        let before = |apart: i32| {
            let mut each = question.before.iter().filter_map(|event| of(*event));
            question.before.is_empty() || each.any(|(first, _)| end + apart <= first)
        };
        let after = |apart: i32| {
            let mut each = question.after.iter().filter_map(|event| of(*event));
            question.after.is_empty() || each.any(|(_, last)| last + apart <= start)
        };
        let (from, until) = question.window;
        let inside =
            from.is_none_or(|from| from <= end) && until.is_none_or(|until| start <= until);
        possible |= inside && before(0) && after(0);
        certain &= inside && before(1) && after(1);
    });
    match (possible, certain) {
        (true, true) => Certainty::Certainly,
        (true, false) => Certainty::Possibly,
        (false, _) => Certainty::Never,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_lies_before_and_after(question in question()) {
        let loaded = super::facts(&dossier(&question));
        let facts = &loaded.facts;
        let names = |events: &[usize]| events.iter().map(|n| format!("e{n}")).collect();
        let query = Query {
            before: names(&question.before),
            after: names(&question.after),
            window: asked(question.window),
            surely: question.surely,
            ..Query::default()
        };
        let selection = query.resolve(facts).unwrap();
        let given = |expected: Certainty| match expected {
            Certainty::Never => None,
            Certainty::Possibly if question.surely => None,
            _ => Some(expected),
        };
        let claim = facts.claims.handles().next().unwrap();
        let expected = brute_force(&question, &question.said, None);
        prop_assert_eq!(selection.claim(&loaded, claim), given(expected));
        let events: Vec<EventId> = facts.events.handles().collect();
        for (nth, id) in events.into_iter().enumerate() {
            // Beyond the drawn days lies nothing that a window could ask for.
            let expected = brute_force(&question, &question.events[nth], Some(nth));
            let found = selection.other(&loaded, RecordRef::Event(id));
            prop_assert_eq!(found, given(expected), "event {} of {}", nth, DAYS);
        }
    }
}
