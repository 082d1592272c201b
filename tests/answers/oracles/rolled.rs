//! `said` with `--rollup`, windows and `--surely`.

use annals::query::said::said;
use annals::query::{Dossier, Query};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::drawn::{Drawn, asked, each_completion, in_window, point, stretch, window};

pub(super) const ACTORS: usize = 4;

#[derive(Debug, Clone)]
pub(super) struct Tie {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: &'static str,
    pub(super) when: Drawn,
}

#[derive(Debug, Clone)]
struct Question {
    ties: Vec<Tie>,
    speaker: usize,
    /// The tie under which they speak, if it is one of theirs.
    under: Option<usize>,
    to: usize,
    about: usize,
    said: Drawn,
    window: (Option<i32>, Option<i32>),
    surely: bool,
    /// What is asked for with --by, --to, --about.
    by: Option<usize>,
    addressed: Option<usize>,
    concerned: Option<usize>,
}

pub(super) fn tie() -> impl Strategy<Value = Tie> {
    let kind = prop::sample::select(vec![
        "represents",
        "holds_office",
        "part_of",
        "part_of",
        "allied_with",
    ]);
    let ends = (0..ACTORS, 0..ACTORS).prop_filter("two", |(a, b)| a != b);
    (ends, kind, stretch()).prop_map(|((from, to), kind, when)| Tie {
        from,
        to,
        kind,
        when,
    })
}

fn question() -> impl Strategy<Value = Question> {
    let who = (
        0..ACTORS,
        0..ACTORS,
        0..ACTORS,
        prop::option::of(0..4_usize),
    );
    let asks = (
        prop::option::weighted(0.9, 0..ACTORS),
        prop::option::weighted(0.2, 0..ACTORS),
        prop::option::weighted(0.2, 0..ACTORS),
    );
    let ties = prop::collection::vec(tie(), 0..=4).prop_filter("few enough completions", |ties| {
        ties.iter()
            .map(|tie| tie.when.readings.len())
            .product::<usize>()
            <= 2_000
    });
    (ties, who, asks, point(), window(), any::<bool>()).prop_map(
        |(ties, (speaker, to, about, under), (by, addressed, concerned), said, window, surely)| {
            let own = |nth: &usize| ties.get(*nth).is_some_and(|tie| tie.from == speaker);
            Question {
                under: under.filter(own),
                speaker,
                to,
                about,
                said,
                window,
                surely,
                by,
                addressed,
                concerned,
                ties,
            }
        },
    )
}

fn dossier(question: &Question) -> Value {
    let actors: Vec<Value> = (0..ACTORS)
        .map(|n| json!({"id": format!("a{n}"), "name": format!("Actor {n}"), "kind": "organization"}))
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
    let mut claim = json!({
        "id": "c", "speaker": [format!("a{}", question.speaker)], "content": "words",
        "to": [format!("a{}", question.to)], "about": [format!("a{}", question.about)],
    });
    if let Some(said) = &question.said.edtf {
        claim["said"] = json!(said);
    }
    if let Some(under) = question.under {
        claim["as"] = json!(format!("r{under}"));
    }
    json!({"annals": 1, "actors": actors, "relations": relations.collect::<Vec<_>>(), "claims": [claim]})
}

/// Whether a chain of ties that all hold on a day leads from one actor to another.
pub(super) fn leads(ties: &[Tie], held: &[(i32, i32)], day: i32, from: usize, to: usize) -> bool {
    let mut reached = [false; ACTORS];
    reached[from] = true;
    for _ in 0..ACTORS {
        for (tie, (first, last)) in ties.iter().zip(held) {
            let rolls = tie.kind != "allied_with";
            if rolls && reached[tie.from] && *first <= day && day <= *last {
                reached[tie.to] = true;
            }
        }
    }
    reached[to]
}

/// Whether the claim is in the answer, possibly and certainly.
fn brute_force(question: &Question) -> (bool, bool) {
    let ties = &question.ties;
    let mut dates: Vec<&Drawn> = ties.iter().map(|tie| &tie.when).collect();
    dates.push(&question.said);
    let (mut possible, mut always_in_window, mut always_leads) = (false, true, true);
    each_completion(&dates, &mut |chosen| {
        let (held, said) = chosen.split_at(ties.len());
        let day = said[0].0;
        let inside = in_window(question.window, day);
        always_in_window &= inside;
        // Whoever says that they speak under a tie speaks while it holds.
        let (under, asked_for) = (question.under, question.by);
        let under = under.filter(|_| asked_for.is_some_and(|by| by != question.speaker));
        if under.is_some_and(|nth| day < held[nth].0 || held[nth].1 < day) {
            return;
        }
        let first = under.map_or(question.speaker, |nth| ties[nth].to);
        let all = asked_for.is_none_or(|by| leads(ties, held, day, first, by))
            && (question.addressed).is_none_or(|to| leads(ties, held, day, question.to, to))
            && (question.concerned).is_none_or(|it| leads(ties, held, day, question.about, it));
        possible |= inside && all;
        always_leads &= all;
    });
    (possible, possible && always_in_window && always_leads)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_stood_for_whom_on_the_day(question in question()) {
        let loaded = super::facts(&dossier(&question));
        let name = |who: Option<usize>| who.map(|n| format!("a{n}")).into_iter().collect();
        let asked = Query {
            by: name(question.by),
            to: name(question.addressed),
            about: name(question.concerned),
            window: asked(question.window),
            surely: question.surely,
            rollup: Some(Vec::new()),
            ..Query::default()
        };
        let selection = asked.resolve(&loaded.facts).unwrap();
        let rows = said(&Dossier::new(&loaded), &selection);
        let (possible, certain) = brute_force(&question);
        let expected = if question.surely { certain } else { possible };
        prop_assert_eq!(rows.len(), usize::from(expected));
        let Some(row) = rows.first() else { return Ok(()) };
        prop_assert_eq!(row.certain, certain);
        // Each chain leads from who is named to who is asked for, a tie after the other.
        let mut at = None;
        for step in &row.through {
            let nth: usize = step.relation[1..].parse().unwrap();
            let tie = &question.ties[nth];
            let starts = [question.speaker, question.to, question.about];
            prop_assert!(at == Some(tie.from) || starts.contains(&tie.from));
            at = Some(tie.to);
        }
        let direct = question.by.is_none_or(|by| by == question.speaker)
            && question.addressed.is_none_or(|to| to == question.to)
            && question.concerned.is_none_or(|it| it == question.about);
        prop_assert_eq!(row.through.is_empty(), direct);
    }
}
