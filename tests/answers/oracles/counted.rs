//! `count`, against every completion of the uncertain dates; and against the rows of `said`.

use std::collections::BTreeMap;

use annals::query::count::{Dimension, count};
use annals::query::said::said;
use annals::query::{Dossier, Query};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::drawn::{Drawn, asked, each_completion, in_window, point, window};
use super::rolled::{ACTORS, Tie, leads, tie};

#[derive(Debug, Clone)]
struct Claim {
    speakers: Vec<usize>,
    /// What it is about, and the stance toward that.
    about: Vec<(usize, Option<&'static str>)>,
    act: Option<&'static str>,
    said: Drawn,
}

#[derive(Debug, Clone)]
struct Question {
    ties: Vec<Tie>,
    claims: Vec<Claim>,
    by: Option<usize>,
    rollup: bool,
    window: (Option<i32>, Option<i32>),
    surely: bool,
    per: Vec<Dimension>,
}

fn claim() -> impl Strategy<Value = Claim> {
    let stance = prop::option::of(prop::sample::select(vec!["supports", "opposes"]));
    let about = prop::collection::btree_map(0..3_usize, stance, 0..=2);
    let act = prop::option::of(prop::sample::select(vec!["asserts", "denies"]));
    let speakers = prop::collection::btree_set(0..ACTORS, 0..=2);
    (speakers, about, act, point()).prop_map(|(speakers, about, act, said)| Claim {
        speakers: speakers.into_iter().collect(),
        about: about.into_iter().collect(),
        act,
        said,
    })
}

fn per() -> impl Strategy<Value = Vec<Dimension>> {
    let some = vec![
        Dimension::Speaker,
        Dimension::About,
        Dimension::Stance,
        Dimension::Act,
        Dimension::Day,
        Dimension::Week,
    ];
    prop::sample::subsequence(some, 1..=3).prop_shuffle()
}

fn question() -> impl Strategy<Value = Question> {
    let ties = prop::collection::vec(tie(), 0..=2).prop_filter("few completions", |ties| {
        let each = ties.iter().map(|tie| tie.when.readings.len());
        each.product::<usize>() <= 500
    });
    let claims = prop::collection::vec(claim(), 1..=4);
    let asks = (prop::option::of(0..ACTORS), any::<bool>(), any::<bool>());
    (ties, claims, asks, window(), per()).prop_map(
        |(ties, claims, (by, rollup, surely), window, per)| Question {
            ties,
            claims,
            by,
            rollup: rollup && by.is_some(),
            // One that ends before it begins has no days.
            window: match window {
                (Some(from), Some(until)) => (Some(from.min(until)), Some(from.max(until))),
                _ => window,
            },
            surely,
            per,
        },
    )
}

fn dossier(question: &Question) -> Value {
    let actors: Vec<Value> = (0..ACTORS)
        .map(|n| json!({"id": format!("a{n}"), "name": format!("Actor {n}"), "kind": "organization"}))
        .collect();
    let topics: Vec<Value> = (0..3)
        .map(|n| json!({"id": format!("t{n}"), "label": format!("Topic {n}")}))
        .collect();
    let relations = question.ties.iter().enumerate().map(|(n, tie)| {
        let mut relation = json!({
            "id": format!("r{n}"), "from": format!("a{}", tie.from), "kind": tie.kind,
            "to": format!("a{}", tie.to),
        });
        if let Some(when) = &tie.when.edtf {
            relation["when"] = json!(when);
        }
        relation
    });
    let claims = question.claims.iter().enumerate().map(|(n, claim)| {
        let ids = |all: &[usize]| all.iter().map(|n| format!("a{n}")).collect::<Vec<_>>();
        let about: Vec<String> = claim.about.iter().map(|(n, _)| format!("t{n}")).collect();
        let stance = claim
            .about
            .iter()
            .filter_map(|(n, value)| Some(json!({"toward": format!("t{n}"), "value": (*value)?})));
        let mut written = json!({
            "id": format!("c{n}"), "speaker": ids(&claim.speakers), "content": "words",
            "about": about, "stance": stance.collect::<Vec<_>>(),
        });
        if let Some(act) = claim.act {
            written["act"] = json!(act);
        }
        if let Some(said) = &claim.said.edtf {
            written["said"] = json!(said);
        }
        written
    });
    json!({
        "annals": 1, "actors": actors, "topics": topics,
        "relations": relations.collect::<Vec<_>>(), "claims": claims.collect::<Vec<_>>(),
    })
}

fn unit(dimension: Dimension, day: i32) -> String {
    match dimension {
        // 6 January 2020 was a Monday.
        Dimension::Week if day <= 5 => "2020-W01".to_owned(),
        Dimension::Week => "2020-W02".to_owned(),
        _ => format!("2020-01-{day:02}"),
    }
}

/// Each group of a claim's values that are not of time.
fn groups(question: &Question, claim: &Claim) -> Vec<BTreeMap<&'static str, Value>> {
    let is_asked = |one| question.per.contains(&one);
    let mut axes: Vec<Vec<Vec<(&'static str, Value)>>> = Vec::new();
    let named = |id: String, name: String| json!({"id": id, "name": name});
    if is_asked(Dimension::Speaker) {
        let each = claim
            .speakers
            .iter()
            .map(|n| named(format!("a{n}"), format!("Actor {n}")));
        axes.push(each.map(|one| vec![("speaker", one)]).collect());
    }
    let topic = |n: &usize| named(format!("t{n}"), format!("Topic {n}"));
    match (is_asked(Dimension::About), is_asked(Dimension::Stance)) {
        (true, true) => {
            let each = claim.about.iter();
            axes.push(
                each.map(|(n, value)| vec![("about", topic(n)), ("stance", json!(value))])
                    .collect(),
            );
        }
        (true, false) => {
            axes.push(
                claim
                    .about
                    .iter()
                    .map(|(n, _)| vec![("about", topic(n))])
                    .collect(),
            );
        }
        (false, true) => {
            let mut values: Vec<&str> =
                claim.about.iter().filter_map(|(_, value)| *value).collect();
            values.sort_unstable();
            values.dedup();
            axes.push(
                values
                    .into_iter()
                    .map(|value| vec![("stance", json!(value))])
                    .collect(),
            );
        }
        (false, false) => {}
    }
    if is_asked(Dimension::Act) {
        axes.push(
            claim
                .act
                .iter()
                .map(|act| vec![("act", json!(act))])
                .collect(),
        );
    }
    let mut groups = vec![BTreeMap::new()];
    for axis in axes {
        let mut next = Vec::new();
        for group in &groups {
            for values in &axis {
                let mut more: BTreeMap<&'static str, Value> = group.clone();
                more.extend(values.iter().cloned());
                next.push(more);
            }
            if axis.is_empty() {
                next.push(group.clone());
            }
        }
        groups = next;
    }
    groups
}

/// For each group, the least and the most.
fn brute_force(question: &Question) -> BTreeMap<String, [usize; 2]> {
    let ties = &question.ties;
    let times: Vec<Dimension> = (question.per.iter().copied())
        .filter(|one| one.is_time())
        .collect();
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for claim in &question.claims {
        let mut dates: Vec<&Drawn> = ties.iter().map(|tie| &tie.when).collect();
        dates.push(&claim.said);
        // In which units it was said and is selected, in some completion; and whether in all.
        let mut in_units: BTreeMap<Vec<Option<String>>, usize> = BTreeMap::new();
        let mut completions = 0;
        each_completion(&dates, &mut |chosen| {
            completions += 1;
            let (held, said) = chosen.split_at(ties.len());
            let day = said[0].0;
            let by = question.by.is_none_or(|by| {
                let mut each = claim.speakers.iter();
                each.any(|one| {
                    if question.rollup {
                        leads(ties, held, day, *one, by)
                    } else {
                        *one == by
                    }
                })
            });
            if by && in_window(question.window, day) {
                let dated = claim.said.edtf.is_some();
                let units = times.iter().map(|time| dated.then(|| unit(*time, day)));
                *in_units.entry(units.collect()).or_default() += 1;
            }
        });
        let selected: usize = in_units.values().sum();
        if selected == 0 || (question.surely && selected < completions) {
            continue;
        }
        // Several units of time of one claim are counted one by one.
        let mut units: BTreeMap<Vec<Option<String>>, usize> = BTreeMap::new();
        let each: Vec<std::collections::BTreeSet<Option<String>>> = (0..times.len())
            .map(|nth| in_units.keys().map(|units| units[nth].clone()).collect())
            .collect();
        let mut all: Vec<Vec<Option<String>>> = vec![Vec::new()];
        for some in &each {
            all = (all.iter())
                .flat_map(|before| {
                    some.iter().map(move |one| {
                        let mut more = before.clone();
                        more.push(one.clone());
                        more
                    })
                })
                .collect();
        }
        for some in all {
            let certain = each.iter().all(|some| some.len() == 1) && selected == completions;
            units.insert(some, usize::from(certain));
        }
        for group in groups(question, claim) {
            for (of, least) in &units {
                let mut by = group.clone();
                by.extend(
                    times
                        .iter()
                        .map(|time| time.word())
                        .zip(of.iter().map(|unit| json!(unit))),
                );
                let by: BTreeMap<&str, Value> = (question.per.iter())
                    .map(|one| {
                        (
                            one.word(),
                            by.get(one.word()).cloned().unwrap_or(Value::Null),
                        )
                    })
                    .collect();
                let counts = counts.entry(json!(by).to_string()).or_default();
                counts[0] += least;
                counts[1] += 1;
            }
        }
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn how_many_there_are_at_least_and_at_most(question in question()) {
        let loaded = super::facts(&dossier(&question));
        let query = Query {
            by: question.by.map(|n| format!("a{n}")).into_iter().collect(),
            window: asked(question.window),
            surely: question.surely,
            rollup: question.rollup.then(Vec::new),
            ..Query::default()
        };
        let selection = query.resolve(&loaded.facts).unwrap();
        let dossier = Dossier::new(&loaded);
        let counts = count(&dossier, &selection, &question.per).unwrap();
        let mut found = BTreeMap::new();
        for row in counts.iter() {
            let row = serde_json::to_value(row).unwrap();
            let by: BTreeMap<String, Value> = serde_json::from_value(row["by"].clone()).unwrap();
            let count: [usize; 2] = serde_json::from_value(row["count"].clone()).unwrap();
            prop_assert!(found.insert(json!(by).to_string(), count).is_none(), "{} twice", row);
        }
        prop_assert_eq!(found, brute_force(&question));
        // Through which relations, as the rows of `said` have it.
        let mut through: BTreeMap<Option<String>, [usize; 2]> = BTreeMap::new();
        for row in said(&dossier, &selection) {
            let steps = row.through.iter().map(|step| (Some(step.relation.clone()), step.certain));
            let mut steps: Vec<_> = steps.collect();
            if steps.is_empty() {
                steps.push((None, true));
            }
            for (relation, certain) in steps {
                let counts = through.entry(relation).or_default();
                counts[0] += usize::from(certain && row.certain);
                counts[1] += 1;
            }
        }
        let counts = count(&dossier, &selection, &[Dimension::Through]).unwrap();
        let found: BTreeMap<Option<String>, [usize; 2]> = (counts.iter())
            .map(|row| {
                let by = serde_json::to_value(&row).unwrap();
                (by["by"]["through"]["id"].as_str().map(str::to_owned), row.count)
            })
            .collect();
        prop_assert_eq!(found, through);
    }
}
