//! Events with their dates, and the distances between them.

use annals_evidence::{Span, Text};
use annals_time::Day;

use super::records;
use crate::{Draft, Known, KnownKind, Options, Source, draft};

fn drafted(text: &str) -> Draft {
    draft(
        text,
        &Options {
            article: Day::from_ymd(2023, 4, 20),
            events: true,
            ..Options::default()
        },
    )
}

/// Each event: its label, its date, its words.
#[track_caller]
fn happens(text: &str, wanted: &[(&str, &str, &str)]) {
    let drafted = drafted(text);
    let events = drafted.events.iter().map(|event| {
        let date = event.date.map_or("", |at| drafted.dates[at].value.as_str());
        (&*event.label, date, &text[event.span.clone()])
    });
    assert_eq!(events.collect::<Vec<_>>(), wanted, "{text}");
}

#[test]
fn a_noun_with_its_date_is_an_event() {
    happens(
        "Both sides prepared for the ballot on 14 October 2021.",
        &[("ballot", "2021-10-14", "the ballot on 14 October 2021")],
    );
    happens(
        "He recalled the bombing of Dresden in February 1945.",
        &[(
            "bombing of Dresden",
            "1945-02",
            "the bombing of Dresden in February 1945",
        )],
    );
    happens(
        "The summit in Vilnius was held on 11 July 2022.",
        &[(
            "summit in Vilnius",
            "2022-07-11",
            "The summit in Vilnius was held on 11 July 2022",
        )],
    );
    happens(
        "Monday's meeting was short, and the 2019 election long.",
        &[
            ("meeting", "2023-04-17", "Monday's meeting"),
            ("2019 election", "2019", "the 2019 election"),
        ],
    );
}

#[test]
fn a_clause_with_a_date_is_an_event() {
    happens(
        "The bridge collapsed on 3 May 2022.",
        &[(
            "The bridge collapsed",
            "2022-05-03",
            "The bridge collapsed on 3 May 2022",
        )],
    );
    happens(
        "On 3 May 2022, the council sold the harbour.",
        &[(
            "the council sold the harbour",
            "2022-05-03",
            "On 3 May 2022, the council sold the harbour",
        )],
    );
}

#[test]
fn what_is_said_wanted_or_denied_is_no_event() {
    for text in [
        "The mayor said on Monday that the bridge is closed.",
        "The council wanted a bridge in 2022.",
        "The bridge did not collapse on 3 May 2022.",
        "The bridge was old in 2022.",
        "“The bridge collapsed on 3 May 2022,” she said.",
        "It is 3 May 2022.",
        "Prices of 2022 and 2023.",
    ] {
        happens(text, &[]);
    }
}

#[test]
fn what_is_to_come_is_scheduled_and_what_somebody_says_is_low() {
    let text = "The council will elect a mayor on 3 May 2023. The mayor said the vote on 9 May 2023 was fair.";
    let found = drafted(text);
    assert!(found.events[0].ahead && !found.events[0].within_claim);
    assert!(found.events[1].within_claim);
    let source = Source {
        id: "a".to_owned(),
        ..Source::default()
    };
    let whole = Text::new(text.to_owned());
    let (records, _) = records(&found, &whole, &source, &[]);
    let events: Vec<_> = records
        .iter()
        .filter(|record| record["type"] == "event")
        .collect();
    assert_eq!(events[0]["status"], "scheduled");
    assert_eq!(events[1]["x_confidence"], "low");
    assert_eq!(events[1]["x_reason"], "part of what somebody says");
    assert_eq!(events[1]["evidence"][0]["quote"], "the vote on 9 May 2023");
}

#[test]
fn a_distance_ties_two_events() {
    let text = "The ballot on 14 October 2021 was fair. The council resigned about two days after the ballot.";
    let found = drafted(text);
    let labels: Vec<&str> = found.events.iter().map(|event| &*event.label).collect();
    assert_eq!(labels, ["ballot", "The council resigned"]);
    let order = &found.orders[0];
    assert_eq!((order.first, order.second, order.after), (1, 0, true));
    assert_eq!(order.by, "about P2D");
    assert_eq!(&text[order.span.clone()], "about two days after the ballot");
    let source = Source {
        id: "a".to_owned(),
        ..Source::default()
    };
    let whole = Text::new(text.to_owned());
    let (records, _) = records(&found, &whole, &source, &[]);
    let order = records.last().expect("an order");
    assert_eq!(order["first"], "the-council-resigned");
    assert_eq!(order["relation"], "after");
    assert_eq!(order["second"], "ballot");
    assert_eq!(order["by"], "about P2D");
}

#[test]
fn events_that_are_there_are_not_proposed_again() {
    let text =
        "The ballot on 14 October 2021 was fair. The council resigned two days after the ballot.";
    let found = drafted(text);
    let source = Source {
        id: "a".to_owned(),
        ..Source::default()
    };
    let whole = Text::new(text.to_owned());
    let ballot = Known {
        kind: KnownKind::Event,
        id: "the-vote".to_owned(),
        spans: vec![Span::new(4, 10)],
        ..Known::default()
    };
    let (again, left_out) = records(&found, &whole, &source, std::slice::from_ref(&ballot));
    assert_eq!(left_out, 1);
    let order = again.last().expect("an order");
    assert_eq!(order["second"], "the-vote");
    // What was rejected has no id, and so nothing is tied to it.
    let rejected = Known {
        id: String::new(),
        ..ballot
    };
    let (again, _) = records(&found, &whole, &source, &[rejected]);
    assert!(again.iter().all(|record| record["type"] != "order"));
}

#[test]
fn nouns_of_events_are_known_in_other_languages() {
    happens(
        "Der Rat sprach vor der Volksabstimmung am 14. Oktober 2021 mit der Stadt.",
        &[(
            "Volksabstimmung",
            "2021-10-14",
            "der Volksabstimmung am 14. Oktober 2021",
        )],
    );
    happens(
        "Le maire a parlé après le scrutin du 14 octobre 2021 avec la ville.",
        &[("scrutin", "2021-10-14", "le scrutin du 14 octobre 2021")],
    );
    happens(
        "Міська рада працювала після виборів 14 жовтня 2021 року.",
        &[("виборів", "2021-10-14", "виборів 14 жовтня 2021 року")],
    );
    happens(
        "Совет города работал после выборов 14 октября 2021 года.",
        &[("выборов", "2021-10-14", "выборов 14 октября 2021 года")],
    );
}
