//! `--identity`, alone and with `--rollup`, in `said`, `timeline` and `positions`.

use std::collections::{BTreeMap, BTreeSet};

use annals::query::count::{ByRow, Dimension, count};
use annals::query::positions::{PositionFilter, positions};
use annals::query::said::said;
use annals::query::selection::SameAs;
use annals::query::timeline::timeline;
use annals::query::{Dossier, Query};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::drawn::{Drawn, asked, each_completion, in_window, point, stretch, window};

const ACTORS: usize = 4;

#[derive(Debug, Clone)]
struct Tie {
    from: usize,
    to: usize,
    kind: &'static str,
    /// Of `same_as`: whose view it is.
    by: Option<usize>,
    retracted: bool,
    when: Drawn,
}

#[derive(Debug, Clone)]
struct Question {
    ties: Vec<Tie>,
    speaker: usize,
    under: Option<usize>,
    to: usize,
    about: usize,
    via: usize,
    said: Drawn,
    identity: SameAs,
    rollup: bool,
    window: (Option<i32>, Option<i32>),
    surely: bool,
    by: Option<usize>,
    addressed: Option<usize>,
    concerned: Option<usize>,
    passed_on: Option<usize>,
}

fn tie() -> impl Strategy<Value = Tie> {
    let kind = prop::sample::select(vec![
        "same_as",
        "same_as",
        "same_as",
        "represents",
        "opposes",
    ]);
    let ends = (0..ACTORS, 0..ACTORS).prop_filter("two", |(a, b)| a != b);
    let by = prop::option::weighted(0.5, 0..2_usize);
    (ends, kind, by, prop::bool::weighted(0.1), stretch()).prop_map(
        |((from, to), kind, by, retracted, when)| Tie {
            from,
            to,
            kind,
            by: by.filter(|_| kind == "same_as"),
            retracted,
            when,
        },
    )
}

fn ties(most: usize) -> impl Strategy<Value = Vec<Tie>> {
    prop::collection::vec(tie(), 0..=most).prop_filter("few enough completions", |ties| {
        let readings = ties.iter().map(|tie| tie.when.readings.len());
        readings.product::<usize>() <= 2_000
    })
}

fn identity() -> impl Strategy<Value = SameAs> {
    prop_oneof![
        1 => Just(SameAs::None),
        2 => Just(SameAs::Stated),
        2 => Just(SameAs::By("a1".to_owned())),
        3 => Just(SameAs::All),
    ]
}

/// A window that ends no earlier than it begins.
fn some_days() -> impl Strategy<Value = (Option<i32>, Option<i32>)> {
    window().prop_map(|(from, until)| match (from, until) {
        (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
        open => open,
    })
}

fn question() -> impl Strategy<Value = Question> {
    let who = (
        0..ACTORS,
        0..ACTORS,
        0..ACTORS,
        0..ACTORS,
        prop::option::of(0..4_usize),
    );
    let asks = (
        prop::option::weighted(0.8, 0..ACTORS),
        prop::option::weighted(0.2, 0..ACTORS),
        prop::option::weighted(0.2, 0..ACTORS),
        prop::option::weighted(0.2, 0..ACTORS),
    );
    let how = (identity(), any::<bool>(), any::<bool>());
    (ties(4), who, asks, point(), how, some_days()).prop_map(
        |(ties, (speaker, to, about, via, under), asks, said, how, window)| {
            let own = |nth: &usize| {
                let tie = ties.get(*nth);
                tie.is_some_and(|tie| tie.from == speaker && tie.kind == "represents")
            };
            Question {
                under: under.filter(own),
                speaker,
                to,
                about,
                via,
                said,
                identity: how.0,
                rollup: how.1,
                surely: how.2,
                window,
                by: asks.0,
                addressed: asks.1,
                concerned: asks.2,
                passed_on: asks.3,
                ties,
            }
        },
    )
}

fn actors_and_relations(ties: &[Tie]) -> (Vec<Value>, Vec<Value>) {
    let actors = (0..ACTORS).map(
        |n| json!({"id": format!("a{n}"), "name": format!("Actor {n}"), "kind": "organization"}),
    );
    let relations = ties.iter().enumerate().map(|(n, tie)| {
        let mut relation = json!({
            "id": format!("r{n}"), "from": format!("a{}", tie.from), "kind": tie.kind,
            "to": format!("a{}", tie.to),
        });
        if let Some(by) = tie.by {
            relation["by"] = json!([format!("a{by}")]);
        }
        if tie.retracted {
            relation["retracted"] = json!("2021-01-01");
        }
        if let Some(when) = &tie.when.edtf {
            relation["when"] = json!(when);
        }
        relation
    });
    (actors.collect(), relations.collect())
}

fn dossier(question: &Question) -> Value {
    let (actors, relations) = actors_and_relations(&question.ties);
    let mut claim = json!({
        "id": "c", "speaker": [format!("a{}", question.speaker)], "content": "words",
        "to": [format!("a{}", question.to)], "about": [format!("a{}", question.about)],
        "via": [format!("a{}", question.via)],
    });
    let mut event = json!({
        "id": "e", "label": "Meeting", "participants": [{"actor": format!("a{}", question.speaker)}],
    });
    if let Some(said) = &question.said.edtf {
        claim["said"] = json!(said);
        event["when"] = json!(said);
    }
    if let Some(under) = question.under {
        claim["as"] = json!(format!("r{under}"));
    }
    json!({"annals": 1, "actors": actors, "relations": relations, "claims": [claim], "events": [event]})
}

fn makes_one(identity: &SameAs, tie: &Tie) -> bool {
    tie.kind == "same_as"
        && !tie.retracted
        && match identity {
            SameAs::None => false,
            SameAs::Stated => tie.by.is_none(),
            SameAs::By(_) => tie.by.is_none_or(|by| by == 1),
            SameAs::All => true,
        }
}

/// Whether ties that all hold on a day lead from one actor to another.
fn leads(
    (identity, rollup): (&SameAs, bool),
    (ties, held): (&[Tie], &[(i32, i32)]),
    day: i32,
    from: usize,
    to: usize,
) -> bool {
    let mut reached = [false; ACTORS];
    reached[from] = true;
    for _ in 0..ACTORS {
        for (tie, (first, last)) in ties.iter().zip(held) {
            if tie.retracted || day < *first || *last < day {
                continue;
            }
            let one = makes_one(identity, tie);
            if reached[tie.from] && (one || rollup && tie.kind == "represents") {
                reached[tie.to] = true;
            }
            if reached[tie.to] && one {
                reached[tie.from] = true;
            }
        }
    }
    reached[to]
}

/// Whether the claim is in the answer, possibly and certainly.
fn of_claim(question: &Question) -> (bool, bool) {
    let ties = &question.ties;
    let mut dates: Vec<&Drawn> = ties.iter().map(|tie| &tie.when).collect();
    dates.push(&question.said);
    let (mut possible, mut always_in_window, mut always_leads) = (false, true, true);
    each_completion(&dates, &mut |chosen| {
        let (held, said) = chosen.split_at(ties.len());
        let day = said[0].0;
        let inside = in_window(question.window, day);
        always_in_window &= inside;
        let under = question
            .under
            .filter(|_| question.rollup && question.by.is_some_and(|by| by != question.speaker));
        if under.is_some_and(|nth| day < held[nth].0 || held[nth].1 < day) {
            return;
        }
        let all = (ties.as_slice(), held);
        let joint = (&question.identity, question.rollup);
        let same = (&question.identity, false);
        let spoke = question.by.is_none_or(|by| match under {
            Some(nth) => {
                leads(same, all, day, question.speaker, by)
                    || leads(joint, all, day, ties[nth].to, by)
            }
            None => leads(joint, all, day, question.speaker, by),
        });
        let fits = spoke
            && (question.addressed).is_none_or(|to| leads(joint, all, day, question.to, to))
            && (question.concerned).is_none_or(|it| leads(joint, all, day, question.about, it))
            && (question.passed_on).is_none_or(|it| leads(same, all, day, question.via, it));
        possible |= inside && fits;
        always_leads &= fits;
    });
    (possible, possible && always_in_window && always_leads)
}

/// The same of the event, which nobody stands for: only names count.
fn of_event(question: &Question) -> (bool, bool) {
    let ties = &question.ties;
    let mut dates: Vec<&Drawn> = ties.iter().map(|tie| &tie.when).collect();
    dates.push(&question.said);
    let (mut possible, mut always_in_window, mut always_leads) = (false, true, true);
    each_completion(&dates, &mut |chosen| {
        let (held, said) = chosen.split_at(ties.len());
        let day = said[0].0;
        let inside = in_window(question.window, day);
        let all = (ties.as_slice(), held);
        let same = (&question.identity, false);
        let fits = (question.by).is_none_or(|by| leads(same, all, day, question.speaker, by));
        always_in_window &= inside;
        possible |= inside && fits;
        always_leads &= fits;
    });
    (possible, possible && always_in_window && always_leads)
}

fn query(question: &Question) -> Query {
    let name = |who: Option<usize>| who.map(|n| format!("a{n}")).into_iter().collect();
    let rollup = question.rollup
        && (question.by.is_some() || question.addressed.is_some() || question.concerned.is_some());
    Query {
        by: name(question.by),
        to: name(question.addressed),
        about: name(question.concerned),
        via: name(question.passed_on),
        window: asked(question.window),
        surely: question.surely,
        rollup: rollup.then(Vec::new),
        identity: question.identity.clone(),
        ..Query::default()
    }
}

/// A stance of an actor on a day.
#[derive(Debug, Clone)]
struct Taken {
    speaker: usize,
    supports: bool,
    said: Drawn,
}

fn taken() -> impl Strategy<Value = Vec<Taken>> {
    let one = (0..ACTORS, any::<bool>(), point());
    let one = one.prop_map(|(speaker, supports, said)| Taken {
        speaker,
        supports,
        said,
    });
    prop::collection::vec(one, 1..=5)
}

fn stances(ties: &[Tie], taken: &[Taken]) -> Value {
    let (actors, relations) = actors_and_relations(ties);
    let claims = taken.iter().enumerate().map(|(n, one)| {
        let value = if one.supports { "supports" } else { "opposes" };
        let mut claim = json!({
            "id": format!("c{n}"), "speaker": [format!("a{}", one.speaker)], "content": "words",
            "about": ["t"], "stance": [{"toward": "t", "value": value}],
        });
        if let Some(said) = &one.said.edtf {
            claim["said"] = json!(said);
        }
        claim
    });
    json!({"annals": 1, "actors": actors, "topics": [{"id": "t", "label": "it"}],
        "relations": relations, "claims": claims.collect::<Vec<_>>()})
}

/// Whose a stance can be, and whether it certainly is: by actor.
fn whose(ties: &[Tie], identity: &SameAs, one: &Taken) -> [(bool, bool); ACTORS] {
    let mut dates: Vec<&Drawn> = ties.iter().map(|tie| &tie.when).collect();
    dates.push(&one.said);
    let mut found = [(false, true); ACTORS];
    each_completion(&dates, &mut |chosen| {
        let (held, said) = chosen.split_at(ties.len());
        for (actor, (may, must)) in found.iter_mut().enumerate() {
            let is_one = leads(
                (identity, false),
                (ties, held),
                said[0].0,
                one.speaker,
                actor,
            );
            *may |= is_one;
            *must &= is_one;
        }
    });
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_was_who_on_the_day(question in question()) {
        let loaded = super::facts(&dossier(&question));
        let query = query(&question);
        let question = Question { rollup: query.rollup.is_some(), ..question };
        let selection = query.resolve(&loaded.facts).unwrap();
        let dossier = Dossier::new(&loaded);
        let rows = said(&dossier, &selection);
        let (possible, certain) = of_claim(&question);
        let expected = if question.surely { certain } else { possible };
        prop_assert_eq!(rows.len(), usize::from(expected));
        if let Some(row) = rows.first() {
            prop_assert_eq!(row.certain, certain);
            let direct = question.by.is_none_or(|by| by == question.speaker)
                && question.addressed.is_none_or(|to| to == question.to)
                && question.concerned.is_none_or(|it| it == question.about)
                && question.passed_on.is_none_or(|it| it == question.via);
            prop_assert_eq!(row.through.is_empty(), direct);
            for step in &row.through {
                let nth: usize = step.relation[1..].parse().unwrap();
                let tie = &question.ties[nth];
                prop_assert!(makes_one(&question.identity, tie) || tie.kind == "represents");
            }
        }
        let only_by = question.addressed.or(question.concerned).or(question.passed_on).is_none();
        if only_by {
            let rows = timeline(&dossier, &selection, None);
            let row = rows.iter().find(|row| row.id == "e");
            let (possible, certain) = of_event(&question);
            prop_assert_eq!(row.is_some(), if question.surely { certain } else { possible });
            if let Some(row) = row {
                prop_assert_eq!(row.certain, certain);
                let direct = question.by.is_none_or(|by| by == question.speaker);
                prop_assert_eq!(row.through.is_empty(), direct);
            }
        }
    }

    #[test]
    fn the_course_of_one_who_has_several_names(
        ties in ties(3), taken in taken(), identity in identity(), by in prop::option::weighted(0.3, 0..ACTORS),
    ) {
        let loaded = super::facts(&stances(&ties, &taken));
        let query = Query {
            identity: identity.clone(),
            by: by.map(|n| format!("a{n}")).into_iter().collect(),
            ..Query::default()
        };
        let selection = query.resolve(&loaded.facts).unwrap();
        let rows = positions(&Dossier::new(&loaded), &selection, PositionFilter::default());
        let whose: Vec<_> = taken.iter().map(|one| whose(&ties, &identity, one)).collect();
        // The full course of each actor: the claims that can be theirs, and whether they surely are.
        let course = |actor: usize| -> BTreeMap<String, bool> {
            let theirs = whose.iter().enumerate().filter(|(_, of)| of[actor].0);
            theirs.map(|(n, of)| (format!("c{n}"), of[actor].1)).collect()
        };
        let mut listed: Vec<BTreeSet<String>> = Vec::new();
        for row in &rows {
            let actor: usize = row.speaker.id[1..].parse().unwrap();
            prop_assert!(by.is_none_or(|by| by == actor));
            let history: BTreeMap<String, bool> =
                row.history.iter().map(|one| (one.claim.clone(), one.certain)).collect();
            prop_assert_eq!(history.len(), row.history.len());
            prop_assert_eq!(&history, &course(actor));
            for one in &row.history {
                let nth: usize = one.claim[1..].parse().unwrap();
                let is_own = taken[nth].speaker == actor;
                prop_assert_eq!(one.through.is_empty(), is_own);
                prop_assert_eq!(one.spokesman.is_none(), is_own);
            }
            listed.push(history.into_keys().collect());
        }
        // Everybody's course is in a row, whole, and none is there twice.
        for actor in (0..ACTORS).filter(|actor| by.is_none_or(|by| by == *actor)) {
            let claims: BTreeSet<String> = course(actor).into_keys().collect();
            prop_assert!(claims.is_empty() || listed.iter().any(|row| claims.is_subset(row)));
        }
        for (nth, row) in listed.iter().enumerate() {
            let others = listed.iter().enumerate().filter(|(other, _)| *other != nth);
            prop_assert!(others.into_iter().all(|(_, other)| !row.is_subset(other)));
        }
    }

    /// Who always is somebody else may as well have their id.
    #[test]
    fn one_on_every_day_is_one_id(taken in taken()) {
        let always = Tie {
            from: 1, to: 0, kind: "same_as", by: None, retracted: false,
            when: Drawn { edtf: Some("../..".to_owned()), readings: vec![(0, 99)] },
        };
        let merged = super::facts(&stances(&[always], &taken));
        let renamed: Vec<Taken> = taken
            .iter()
            .map(|one| Taken { speaker: if one.speaker == 1 { 0 } else { one.speaker }, ..one.clone() })
            .collect();
        let renamed = super::facts(&stances(&[], &renamed));
        let rows = |loaded: &annals::load::LoadResult, identity| {
            let query = Query { identity, ..Query::default() };
            let selection = query.resolve(&loaded.facts).unwrap();
            positions(&Dossier::new(loaded), &selection, PositionFilter::default())
                .into_iter()
                .map(|row| {
                    let history: Vec<String> = row.history.into_iter().map(|one| one.claim).collect();
                    let changes: Vec<_> = row.changes.into_iter().map(|one| (one.claims, one.days)).collect();
                    let against: Vec<_> = row.contradictions.into_iter().map(|one| one.claims).collect();
                    let opposed: Vec<String> = row.opposed_by.into_iter().map(|one| one.id).collect();
                    (row.speaker.id, history, changes, against, opposed)
                })
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(rows(&merged, SameAs::Stated), rows(&renamed, SameAs::None));
    }

    #[test]
    fn claims_are_counted_under_the_names_of_their_speakers(
        ties in ties(3), taken in taken(), identity in identity(), by in prop::option::weighted(0.3, 0..ACTORS),
    ) {
        let loaded = super::facts(&stances(&ties, &taken));
        let query = Query {
            identity: identity.clone(),
            by: by.map(|n| format!("a{n}")).into_iter().collect(),
            ..Query::default()
        };
        let selection = query.resolve(&loaded.facts).unwrap();
        let counts = count(&Dossier::new(&loaded), &selection, &[Dimension::Speaker]).unwrap();
        let whose: Vec<_> = taken.iter().map(|one| whose(&ties, &identity, one)).collect();
        let most = |actor: usize| whose.iter().filter(|of| of[actor].0).count();
        let least = |actor: usize| whose.iter().filter(|of| of[actor].1).count();
        let mut listed = BTreeSet::new();
        for row in counts.iter() {
            let [(_, ByRow::Record(speaker))] = &row.by[..] else {
                panic!("a claim without a speaker");
            };
            let actor: usize = speaker.id[1..].parse().unwrap();
            listed.insert(actor);
            if by.is_none_or(|by| by == actor) {
                prop_assert_eq!(row.count, [least(actor), most(actor)], "{}", &speaker.id);
            }
        }
        // Whoever is not listed has no claim, or can always be one with somebody who is.
        for actor in 0..ACTORS {
            let alike = |other: &usize| whose.iter().all(|of| of[*other].0 == of[actor].0);
            if by.is_none_or(|by| by == actor) && most(actor) > 0 {
                prop_assert!(listed.contains(&actor) || by.is_none() && listed.iter().any(alike));
            }
        }
    }
}
