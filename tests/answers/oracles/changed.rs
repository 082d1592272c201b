//! `changes`: documents, claims, positions, contradictions and retractions, over every completion of
//! the days on which records came to be known.

use std::collections::BTreeSet;

use annals::query::changes::{ChangeKind, Known, KnownRow, Period, changes, day_before};
use annals::query::{Dossier, Query};
use annals::time::{Date, Day};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::drawn::{DAYS, Drawn, each_completion, point};

#[derive(Debug, Clone)]
struct Entry {
    /// When it was recorded; else its document counts.
    recorded: Option<Drawn>,
    document: Option<usize>,
    retracted: Option<Drawn>,
    value: Option<&'static str>,
    /// The earlier claim that it contradicts.
    contradicts: Option<usize>,
}

#[derive(Debug, Clone)]
struct Dated {
    published: Vec<Drawn>,
    claims: Vec<Entry>,
    from: i32,
    until: i32,
}

const DOCUMENTS: usize = 2;

fn dated() -> impl Strategy<Value = Drawn> {
    point().prop_filter("a date", |drawn| drawn.edtf.is_some())
}

fn drawn() -> impl Strategy<Value = Dated> {
    let entry = (
        prop::option::weighted(0.6, dated()),
        prop::option::weighted(0.3, 0..DOCUMENTS),
        prop::option::weighted(0.3, dated()),
        prop::option::weighted(
            0.8,
            prop::sample::select(vec!["supports", "opposes", "mixed"]),
        ),
        prop::option::weighted(0.3, 0..4_usize),
    );
    let entry = entry.prop_map(
        |(recorded, document, retracted, value, contradicts)| Entry {
            recorded,
            document,
            retracted,
            value,
            contradicts,
        },
    );
    let published = prop::collection::vec(dated(), DOCUMENTS);
    (
        published,
        prop::collection::vec(entry, 1..5),
        2..=DAYS,
        0..DAYS,
    )
        .prop_map(|(published, mut claims, from, more)| {
            for nth in 0..claims.len() {
                // Two claims of one document would come to be known together.
                let others = claims[..nth].iter().filter_map(|one| one.document);
                let others: BTreeSet<usize> = others.collect();
                let claim = &mut claims[nth];
                claim.document = claim.document.filter(|one| !others.contains(one));
                claim.contradicts = claim.contradicts.filter(|other| *other < nth);
            }
            Dated {
                published,
                claims,
                from,
                until: (from + more).min(DAYS),
            }
        })
        .prop_filter("few enough", |dated| {
            dates(dated)
                .iter()
                .map(|one| one.readings.len())
                .product::<usize>()
                <= 20_000
        })
}

/// All dates of knowing, those of the documents first.
fn dates(dated: &Dated) -> Vec<&Drawn> {
    let claims = dated.claims.iter();
    let own = claims.flat_map(|one| one.recorded.iter().chain(&one.retracted));
    dated.published.iter().chain(own).collect()
}

fn dossier(dated: &Dated) -> Value {
    let documents = dated.published.iter().enumerate().map(|(nth, published)| {
        json!({"id": format!("d{nth}"), "title": "A report", "published": published.edtf})
    });
    let claims = dated.claims.iter().enumerate().map(|(nth, one)| {
        // Each is said on a day of its own, long before.
        let mut claim = json!({
            "id": format!("c{nth}"), "speaker": ["a"], "content": "words", "about": ["t"],
            "said": format!("2019-01-{:02}", nth + 1),
        });
        if let Some(value) = one.value {
            claim["stance"] = json!([{"toward": "t", "value": value}]);
        }
        if let Some(recorded) = &one.recorded {
            claim["recorded"] = json!(recorded.edtf);
        }
        if let Some(document) = one.document {
            claim["evidence"] = json!([{"document": format!("d{document}")}]);
        }
        if let Some(retracted) = &one.retracted {
            claim["retracted"] = json!({"on": retracted.edtf, "reason": "mistaken"});
        }
        if let Some(other) = one.contradicts {
            claim["contradicts"] = json!([format!("c{other}")]);
        }
        claim
    });
    json!({
        "annals": 1, "documents": documents.collect::<Vec<_>>(),
        "actors": [{"id": "a", "name": "A", "kind": "person"}],
        "topics": [{"id": "t", "label": "T"}], "claims": claims.collect::<Vec<_>>(),
    })
}

/// The rows of one completion.
fn completed(dated: &Dated, days: &[(i32, i32)]) -> BTreeSet<String> {
    let (published, mut own) = days.split_at(DOCUMENTS);
    let mut next = |date: &Option<Drawn>| {
        date.as_ref().map(|_| {
            let (first, rest) = own.split_first().unwrap();
            own = rest;
            first.0
        })
    };
    let mut rows = BTreeSet::new();
    let within = |day: i32| dated.from <= day && day <= dated.until;
    for (nth, day) in published.iter().enumerate() {
        if within(day.0) {
            rows.insert(format!("document d{nth}"));
        }
    }
    let mut states = Vec::new();
    for (nth, one) in dated.claims.iter().enumerate() {
        let (recorded, retracted) = (next(&one.recorded), next(&one.retracted));
        let of_document = one.document.map(|document| published[document].0);
        let entered = recorded.or(of_document).unwrap_or(-100);
        let known = |day: i32| entered <= day && retracted.is_none_or(|gone| gone > day);
        let state = (known(dated.from - 1), known(dated.until));
        if within(entered) && state.1 {
            rows.insert(format!("claim c{nth}"));
        }
        if entered <= dated.until && retracted.is_some_and(within) {
            rows.insert(format!("retraction c{nth}"));
        }
        states.push(state);
    }
    let latest = |of: fn(&(bool, bool)) -> bool| {
        let claims = dated.claims.iter().enumerate().rev();
        let mut known = claims.filter(|(nth, one)| one.value.is_some() && of(&states[*nth]));
        known.next().map(|(nth, one)| (nth, one.value.unwrap()))
    };
    if let (Some((_, from)), Some((nth, to))) = (latest(|one| one.0), latest(|one| one.1))
        && from != to
    {
        rows.insert(format!("position c{nth} {from} {to}"));
    }
    for (nth, one) in dated.claims.iter().enumerate() {
        let Some(other) = one.contradicts else {
            continue;
        };
        let both = |of: fn(&(bool, bool)) -> bool| of(&states[nth]) && of(&states[other]);
        if both(|one| one.1) && !both(|one| one.0) {
            rows.insert(format!("contradiction c{nth} c{other}"));
        }
    }
    rows
}

fn shown(row: &KnownRow) -> String {
    let value = |known: &Option<Known>| match known {
        Some(Known::Position { value, .. }) => format!(" {}", value.unwrap()),
        Some(Known::Claims([first, _])) => format!(" {first}"),
        _ => String::new(),
    };
    let before = value(&row.before);
    format!(
        "{} {}{before}{}",
        row.kind.word(),
        row.id,
        value(&row.after)
    )
}

fn day(n: i32) -> Day {
    Day::from_ymd(2020, 1, n as u32).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases() / 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_came_to_be_known(dated in drawn()) {
        let json = dossier(&dated);
        let loaded = super::facts(&json);
        let period = Period { from: day(dated.from), until: Some(day(dated.until)) };
        let as_of = |on: Option<Date>| {
            Query { as_of: on, ..Query::default() }.resolve(&loaded.facts).unwrap()
        };
        let (before, after) = (as_of(day_before(period)), as_of(period.until.map(Date::of_day)));
        let dossiers = [&before, &after].map(|one| Dossier::with(&loaded, &one.validity));
        let rows = changes(&dossiers[1], &after, (&dossiers[0], &before), period, 1);
        prop_assert!(rows.iter().all(|row| row.kind != ChangeKind::Date), "nothing is narrowed");
        let (mut possible, mut certain) = (BTreeSet::new(), None::<BTreeSet<String>>);
        each_completion(&dates(&dated), &mut |days| {
            let rows = completed(&dated, days);
            certain = Some(match certain.take() {
                Some(known) => known.intersection(&rows).cloned().collect(),
                None => rows.clone(),
            });
            possible.extend(rows);
        });
        let found: BTreeSet<String> = rows.iter().map(shown).collect();
        prop_assert_eq!(found.len(), rows.len(), "each once");
        prop_assert_eq!(&found, &possible, "{:#}", json);
        let found: BTreeSet<String> = rows.iter().filter(|row| row.certain).map(shown).collect();
        prop_assert_eq!(found, certain.unwrap(), "{:#}", json);
    }
}
