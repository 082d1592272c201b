//! `positions`: contradictions and changes of one speaker; `contradictions` between two.

use std::collections::BTreeSet;

use annals::check::{Policy, check};
use annals::query::contradictions::{ContradictionKind, contradictions};
use annals::query::positions::{PositionFilter, positions};
use annals::query::show::show;
use annals::query::{Dossier, Query};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::drawn::{DAYS, Drawn, each_completion, point};

#[derive(Debug, Clone)]
struct Said {
    when: Drawn,
    value: Option<&'static str>,
    /// The earlier claim that it retracts.
    retracts: Option<usize>,
}

fn claims() -> impl Strategy<Value = Vec<Said>> {
    let value = prop::sample::select(vec!["supports", "opposes", "neutral", "mixed"]);
    let one = (
        point(),
        prop::option::weighted(0.85, value),
        prop::option::weighted(0.25, 0..5_usize),
    );
    prop::collection::vec(one, 1..6).prop_map(|all| {
        let each = all.into_iter().enumerate();
        each.map(|(nth, (when, value, retracts))| Said {
            when,
            value,
            retracts: retracts.filter(|other| *other < nth),
        })
        .collect()
    })
}

fn dossier(claims: &[Said]) -> Value {
    let each = claims.iter().enumerate().map(|(nth, one)| {
        let mut claim =
            json!({"id": format!("c{nth}"), "speaker": ["a"], "content": "words", "about": ["t"]});
        if let Some(value) = one.value {
            claim["stance"] = json!([{"toward": "t", "value": value}]);
        }
        if let Some(when) = &one.when.edtf {
            claim["said"] = json!(when);
        }
        if let Some(other) = one.retracts {
            claim["act"] = json!("retracts");
            claim["responds_to"] = json!([format!("c{other}")]);
        }
        claim
    });
    json!({
        "annals": 1, "actors": [{"id": "a", "name": "A", "kind": "person"}],
        "topics": [{"id": "t", "label": "T"}], "claims": each.collect::<Vec<_>>(),
    })
}

/// Whether two claims can have been held on one day: some completion has them on one, and neither
/// had been withdrawn before it.
fn can_clash(claims: &[Said], a: usize, b: usize) -> bool {
    let opposed = matches!(
        (claims[a].value, claims[b].value),
        (Some("supports"), Some("opposes")) | (Some("opposes"), Some("supports"))
    );
    let withdraws = |x: usize, y: usize| claims[x].retracts == Some(y);
    if !opposed || withdraws(a, b) || withdraws(b, a) {
        return false;
    }
    let days = |nth: usize| -> BTreeSet<i32> {
        claims[nth].when.readings.iter().map(|day| day.0).collect()
    };
    let enders = (0..claims.len()).filter(|x| withdraws(*x, a) || withdraws(*x, b));
    let enders: Vec<usize> = enders.collect();
    days(a).intersection(&days(b)).any(|day| {
        enders
            .iter()
            .all(|ender| days(*ender).iter().any(|end| day <= end))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_contradicts_themselves(claims in claims()) {
        let loaded = super::facts(&dossier(&claims));
        let selection = Query::default().resolve(&loaded.facts).unwrap();
        let rows = positions(&Dossier::new(&loaded), &selection, PositionFilter::default());
        prop_assert_eq!(rows.len(), usize::from(claims.iter().any(|one| one.value.is_some())));
        let nth = |id: &String| id[1..].parse::<usize>().unwrap();
        let pair = |[a, b]: &[String; 2]| (nth(a).min(nth(b)), nth(a).max(nth(b)));
        let found: BTreeSet<_> = rows.iter().flat_map(|row| &row.contradictions).map(|one| pair(&one.claims)).collect();
        let pairs = (0..claims.len()).flat_map(|a| (a + 1..claims.len()).map(move |b| (a, b)));
        let expected: BTreeSet<_> = pairs.filter(|(a, b)| can_clash(&claims, *a, *b)).collect();
        prop_assert_eq!(&found, &expected);
        // Three commands, one notion.
        let findings = check(&loaded, &Policy::default());
        let told = findings.iter().filter(|one| one.code.name == "self-contradiction");
        let told: BTreeSet<_> = told
            .map(|one| pair(&[0, 1].map(|nth| loaded.facts.id(one.records[nth]).to_owned())))
            .collect();
        prop_assert!(told.is_subset(&expected) && (told.len() == expected.len() || told.len() == 10));
        for nth_claim in 0..claims.len() {
            let id = loaded.facts.find(&format!("c{nth_claim}")).unwrap();
            let shown: BTreeSet<usize> = show(&Dossier::new(&loaded), id, None).contradictions.iter().map(nth).collect();
            let others = expected.iter().filter_map(|(a, b)| match nth_claim {
                one if one == *a => Some(*b),
                one if one == *b => Some(*a),
                _ => None,
            });
            prop_assert_eq!(shown, others.collect::<BTreeSet<usize>>());
        }
        for change in rows.iter().flat_map(|row| &row.changes) {
            let [before, after] = [nth(&change.claims[0]), nth(&change.claims[1])];
            let (one, two) = (&claims[before].when.readings, &claims[after].when.readings);
            let surely = one.iter().all(|a| two.iter().all(|b| a.0 < b.0));
            prop_assert!(surely || claims[after].retracts == Some(before), "{:?}", change);
            prop_assert!(change.from != change.to && !found.contains(&pair(&change.claims)));
            if let Some([least, most]) = change.days {
                let apart = one.iter().flat_map(|a| two.iter().map(move |b| i64::from(b.0 - a.0)));
                prop_assert!(!surely || apart.clone().min() == Some(least) && apart.max() == Some(most));
            }
        }
        // Of two opposed stances that follow each other on days of their own, the change is told.
        let sorted = claims.iter().enumerate().filter(|(_, one)| one.value.is_some() && one.when.edtf.is_some());
        let mut sorted: Vec<_> = sorted.collect();
        sorted.sort_by_key(|(_, one)| one.when.readings[0].0);
        let certain = claims.iter().all(|one| one.when.readings.len() == 1 && one.retracts.is_none());
        for two in sorted.windows(2).filter(|_| certain) {
            let ((a, one), (b, other)) = (two[0], two[1]);
            let alone = claims.iter().enumerate().all(|(nth, claim)| {
                nth == a || nth == b || ![one, other].iter().any(|it| it.when.readings == claim.when.readings)
            });
            let differ = one.value != other.value && one.when.readings != other.when.readings;
            let told = rows[0].changes.iter().any(|change| change.claims == [format!("c{a}"), format!("c{b}")]);
            prop_assert!(!alone || told == differ, "c{} c{}", a, b);
        }
    }
}

/// A dated stance of one of two speakers.
fn sided() -> impl Strategy<Value = (Drawn, &'static str)> {
    let dated = point().prop_filter("dated", |when| when.edtf.is_some());
    (
        dated,
        prop::sample::select(vec!["supports", "opposes", "neutral"]),
    )
}

/// The days on which each claim of a speaker stands, whatever the days on which they were made.
fn surely_standing(claims: &[(Drawn, &'static str)]) -> Vec<BTreeSet<i32>> {
    let mut all = vec![(0..=DAYS + 1).collect::<BTreeSet<i32>>(); claims.len()];
    let dates: Vec<&Drawn> = claims.iter().map(|one| &one.0).collect();
    each_completion(&dates, &mut |chosen| {
        for (nth, days) in all.iter_mut().enumerate() {
            let said = chosen[nth].0;
            let ended = (0..claims.len())
                .filter(|other| claims[*other].1 != claims[nth].1 && chosen[*other].0 >= said)
                .map(|other| chosen[other].0)
                .min();
            days.retain(|day| said <= *day && ended.is_none_or(|end| *day < end));
        }
    });
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_certain_opposite_is_not_hidden_by_a_possible_one(
        one in prop::collection::vec(sided(), 1..4),
        two in prop::collection::vec(sided(), 1..4),
    ) {
        let each = [("a", &one), ("b", &two)].into_iter().flat_map(|(who, claims)| {
            claims.iter().enumerate().map(move |(nth, (when, value))| json!({
                "id": format!("{who}{nth}"), "speaker": [who], "content": "words", "about": ["t"],
                "said": when.edtf, "stance": [{"toward": "t", "value": value}],
            }))
        });
        let loaded = super::facts(&json!({
            "annals": 1, "topics": [{"id": "t", "label": "T"}], "claims": each.collect::<Vec<_>>(),
            "actors": [
                {"id": "a", "name": "A", "kind": "person"}, {"id": "b", "name": "B", "kind": "person"},
            ],
        }));
        let selection = Query::default().resolve(&loaded.facts).unwrap();
        let found = contradictions(&Dossier::new(&loaded), &selection).found;
        let between: Vec<_> = found.iter().filter(|one| one.kind == ContradictionKind::Between).collect();
        let days = [surely_standing(&one), surely_standing(&two)];
        let mut certain = Vec::new();
        for (a, (_, value)) in one.iter().enumerate() {
            for (b, (_, other)) in two.iter().enumerate() {
                let opposed = matches!((*value, *other), ("supports", "opposes") | ("opposes", "supports"));
                let last = days[0][a].intersection(&days[1][b]).max().copied();
                certain.extend(last.filter(|_| opposed).map(|last| (last, format!("a{a}"), format!("b{b}"))));
            }
        }
        prop_assert!(between.len() <= 1);
        prop_assert_eq!(between.iter().any(|one| one.certainty.is_certain()), !certain.is_empty());
        if let Some(last) = certain.iter().map(|one| one.0).max() {
            let mut shown = between[0].claims.map(|claim| loaded.facts.id(claim).to_owned());
            shown.sort();
            prop_assert!(certain.contains(&(last, shown[0].clone(), shown[1].clone())), "{:?}", shown);
        }
    }
}
