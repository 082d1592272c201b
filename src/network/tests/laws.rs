//! Laws that hold of every network.

use super::brute::{Claim, DAY, Random, cases};
use crate::{
    Asked, Days, Duplicates, Measure, Normalise, Pair, Scale, Sign, Statements, Unit, When,
};

const NODES: u64 = 5;

fn claims(random: &mut Random) -> Vec<Claim> {
    let count = 4 + random.below(14);
    (0..count)
        .map(|nth| {
            let first = DAY + random.below(300) as i64;
            let longer = random.one_of(&[0, 0, 20, 90]);
            Claim {
                days: Days::of(first, first + longer),
                sure: random.chance(80),
                nodes: vec![random.below(NODES) as u32],
                says: vec![(random.below(3) as u32, random.below(2) as u8)],
                document: nth as u32 % 4,
                one_voice: true,
            }
        })
        .collect()
}

fn statements(claims: &[Claim], asked: &Asked) -> Statements {
    let whens = claims.iter().map(|claim| When {
        days: vec![claim.days],
        may: vec![claim.days],
        sure: claim.sure,
    });
    let units = (0_u32..).zip(claims).flat_map(|(nth, claim)| {
        let node = claim.nodes[0];
        claim.says.iter().map(move |(thing, level)| Unit {
            node,
            thing: *thing,
            level: *level,
            when: nth,
            claim: nth,
            document: claim.document,
            voice: None,
        })
    });
    Statements::within(
        units.collect(),
        whens.collect(),
        Vec::new(),
        asked,
        Days::of(DAY, DAY + 365),
    )
}

fn pairs(claims: &[Claim], asked: &Asked, window: Days) -> Vec<Pair> {
    let statements = statements(claims, asked);
    let mut pairs = Vec::new();
    let counted = statements.window(window);
    counted
        .pairs(&mut |pair| {
            pairs.push(pair);
            Ok::<(), ()>(())
        })
        .expect("no error");
    pairs
}

fn asked(random: &mut Random) -> Asked {
    Asked {
        measure: random.one_of(&[
            Measure::Congruence,
            Measure::Conflict,
            Measure::Subtract,
            Measure::Ignore,
        ]),
        normalise: random.one_of(&[
            Normalise::No,
            Normalise::Average,
            Normalise::Jaccard,
            Normalise::Cosine,
        ]),
        duplicates: random.one_of(&[
            Duplicates::Keep,
            Duplicates::Document,
            Duplicates::Week,
            Duplicates::Month,
            Duplicates::Year,
            Duplicates::Range,
            Duplicates::DnaWeek,
            Duplicates::DnaMonth,
        ]),
        scale: Scale::Two,
    }
}

const WHOLE: Days = Days {
    first: DAY,
    last: DAY + 365,
};

#[test]
fn laws_of_every_network() {
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    for _ in 0..cases(300, 20_000) {
        let (asked, claims) = (asked(&mut random), claims(&mut random));
        let window = random.one_of(&[WHOLE, Days::of(DAY + 40, DAY + 130)]);
        let found = pairs(&claims, &asked, window);
        for pair in &found {
            assert!(pair.weight[0] <= pair.weight[1], "{pair:?}");
            let is_within_one =
                asked.measure == Measure::Congruence && asked.normalise == Normalise::Jaccard;
            assert!(
                !is_within_one || (0.0..=1.0).contains(&pair.weight[1]),
                "{pair:?}"
            );
        }
        names_do_not_matter(&claims, &asked, window, &found);
        a_window_around_all_changes_nothing(&claims, &asked);
        precision_never_widens(&claims, &asked, window, &mut random);
        copies_in_other_documents(&claims, window);
        heaviest_are_first(&claims, &asked, window, &found);
    }
}

fn names_do_not_matter(claims: &[Claim], asked: &Asked, window: Days, found: &[Pair]) {
    let turned: Vec<Claim> = claims
        .iter()
        .map(|claim| Claim {
            nodes: vec![NODES as u32 - 1 - claim.nodes[0]],
            ..claim.clone()
        })
        .rev()
        .collect();
    let others = pairs(&turned, asked, window);
    assert_eq!(found.len(), others.len());
    for pair in found {
        let (a, b) = (NODES as u32 - 1 - pair.b, NODES as u32 - 1 - pair.a);
        let other = others
            .iter()
            .find(|one| (one.a, one.b) == (a, b))
            .expect("the same pair");
        let same = |nth: usize| (pair.weight[nth] - other.weight[nth]).abs() < 1e-9;
        assert!(
            same(0) && same(1) && pair.exact == other.exact,
            "{pair:?} {other:?}"
        );
    }
}

/// A window in which everything surely lies is as none.
fn a_window_around_all_changes_nothing(claims: &[Claim], asked: &Asked) {
    let units = |range: Days| {
        let units = statements(claims, asked);
        let (units, whens) = (units.units.clone(), units.whens.clone());
        Statements::within(units, whens, Vec::new(), asked, range)
    };
    let around = Days::of(DAY - 1000, DAY + 2000);
    let (all, within) = (units(Days::ALWAYS), units(around));
    let (all, within) = (all.window(Days::ALWAYS), within.window(around));
    for a in 0..NODES as u32 {
        for b in a + 1..NODES as u32 {
            assert_eq!(all.pair(a, b), within.pair(a, b), "{asked:?} {claims:?}");
        }
    }
}

/// A date made more precise leaves no weight wider.
fn precision_never_widens(claims: &[Claim], asked: &Asked, window: Days, random: &mut Random) {
    let mut precise = claims.to_vec();
    let at = random.below(claims.len() as u64) as usize;
    let of = &mut precise[at];
    let length = (of.days.last - of.days.first) as u64 + 1;
    let day = of.days.first + random.below(length) as i64;
    // A day of it, or a stretch.
    let last = if random.chance(50) {
        day
    } else {
        day + random.below((of.days.last - day) as u64 + 1) as i64
    };
    of.days = Days::of(day, last);
    let (before, after) = (statements(claims, asked), statements(&precise, asked));
    let (before, after) = (before.window(window), after.window(window));
    for a in 0..NODES as u32 {
        for b in a + 1..NODES as u32 {
            let (wide, narrow) = (before.pair(a, b).weight, after.pair(a, b).weight);
            assert!(
                wide[0] <= narrow[0] + 1e-9 && narrow[1] <= wide[1] + 1e-9,
                "{wide:?} {narrow:?} {asked:?} {claims:?} {at} {day}"
            );
        }
    }
}

/// All claims once more, in other documents: four times as many pairs, twice the average; nothing new
/// where all of a range count once.
fn copies_in_other_documents(claims: &[Claim], window: Days) {
    let copies = claims.iter().map(|claim| Claim {
        document: claim.document + 100,
        ..claim.clone()
    });
    let twice: Vec<Claim> = claims.iter().cloned().chain(copies).collect();
    for (normalise, duplicates, factor) in [
        (Normalise::No, Duplicates::Keep, 4.0),
        (Normalise::No, Duplicates::Document, 4.0),
        (Normalise::Average, Duplicates::Document, 2.0),
        (Normalise::Cosine, Duplicates::Keep, 1.0),
        (Normalise::Average, Duplicates::Range, 1.0),
    ] {
        let asked = Asked {
            normalise,
            duplicates,
            ..Asked::default()
        };
        let (one, two) = (statements(claims, &asked), statements(&twice, &asked));
        let (one, two) = (one.window(window), two.window(window));
        for (a, b) in [(0, 1), (1, 2), (0, 3)] {
            let (once, twice) = (one.pair(a, b).weight, two.pair(a, b).weight);
            // Copies of uncertain claims can be apart.
            let fits = |nth: usize| (once[nth] * factor - twice[nth]).abs() < 1e-9;
            let is_certain = once[0] == once[1] && twice[0] == twice[1];
            assert!(!is_certain || fits(0), "{asked:?} {once:?} {twice:?}");
            let linear = normalise == Normalise::No;
            assert!(
                !linear || fits(0) && fits(1),
                "{asked:?} {once:?} {twice:?}"
            );
        }
    }
}

fn heaviest_are_first(claims: &[Claim], asked: &Asked, window: Days, found: &[Pair]) {
    let statements = statements(claims, asked);
    let top = statements
        .window(window)
        .heaviest(3, &|pair| pair.weight[0] != 0.5);
    let mut all: Vec<Pair> = found
        .iter()
        .copied()
        .filter(|pair| pair.weight[0] != 0.5)
        .collect();
    all.sort_by(|a, b| {
        let most = b.weight[1].total_cmp(&a.weight[1]);
        most.then(b.weight[0].total_cmp(&a.weight[0]))
            .then((a.a, a.b).cmp(&(b.a, b.b)))
    });
    all.truncate(3);
    assert_eq!(top, all);
}

/// Enough rows for several threads.
fn a_thousand_nodes() -> Vec<Unit> {
    let mut random = Random(7);
    (0..6000)
        .map(|claim| Unit {
            node: random.below(1000) as u32,
            thing: random.below(40) as u32,
            level: random.below(2) as u8,
            when: 0,
            claim,
            document: claim,
            voice: None,
        })
        .collect()
}

/// Whether dates are certain or not, weights are equal or not, and whatever is left out.
#[test]
fn the_heaviest_of_a_thousand_nodes_are_those_of_all() {
    let units = a_thousand_nodes();
    let certain = vec![When::on(Days::of(DAY, DAY))];
    let uncertain = vec![When::on(Days::of(DAY, DAY + 1))];
    let window = Days::of(DAY, DAY);
    for normalise in [
        Normalise::No,
        Normalise::Average,
        Normalise::Jaccard,
        Normalise::Cosine,
    ] {
        for measure in [Measure::Congruence, Measure::Subtract] {
            let asked = Asked {
                measure,
                normalise,
                ..Asked::default()
            };
            for days in [&certain, &uncertain] {
                let units = &units[..if days == &certain { units.len() } else { 900 }];
                let statements = Statements::new(units.to_vec(), days.clone(), Vec::new(), &asked);
                let counted = statements.window(window);
                let kept = |pair: &Pair| !pair.a.is_multiple_of(5);
                let mut all = Vec::new();
                let Ok(()) = counted.pairs(&mut |pair| {
                    all.extend(Some(pair).filter(kept));
                    Ok::<(), std::convert::Infallible>(())
                });
                all.sort_by(|one, other| {
                    let most = other.weight[1].total_cmp(&one.weight[1]);
                    most.then(other.weight[0].total_cmp(&one.weight[0]))
                        .then((one.a, one.b).cmp(&(other.a, other.b)))
                });
                for most in [1, 20, 3_000] {
                    let heaviest = counted.heaviest(most, &kept);
                    let expected = &all[..most.min(all.len())];
                    assert!(heaviest == expected, "{most} of {asked:?}");
                }
            }
        }
    }
}

#[test]
fn a_thousand_nodes_are_weighed_in_order() {
    let units = a_thousand_nodes();
    let days = [When::on(Days::of(DAY, DAY))];
    for normalise in [Normalise::Average, Normalise::Jaccard] {
        for measure in [Measure::Conflict, Measure::Subtract] {
            let asked = Asked {
                measure,
                normalise,
                ..Asked::default()
            };
            let statements = Statements::new(units.clone(), days.to_vec(), Vec::new(), &asked);
            let counted = statements.window(Days::ALWAYS);
            let mut last = (0, 0);
            let mut count = 0;
            counted
                .pairs(&mut |pair| {
                    assert!(last < (pair.a, pair.b));
                    last = (pair.a, pair.b);
                    count += 1;
                    if count % 97 == 0 {
                        let alone = counted.pair(pair.a, pair.b).weight;
                        assert!(
                            (alone[0] - pair.weight[0]).abs() < 1e-12,
                            "{pair:?} {alone:?}"
                        );
                    }
                    Ok::<(), ()>(())
                })
                .expect("no error");
            assert!(count > 100_000);
        }
    }
}

#[test]
fn kinds_are_all_that_can_be() {
    let asked = Asked {
        measure: Measure::Affiliation(Sign::Kinds),
        normalise: Normalise::No,
        ..Asked::default()
    };
    let unit = |claim: u32, level: u8| Unit {
        node: 0,
        thing: 0,
        level,
        when: claim,
        claim,
        document: claim,
        voice: None,
    };
    let sure = When::on(Days::of(DAY, DAY));
    let unsure = When {
        sure: false,
        ..sure.clone()
    };
    let statements = Statements::new(
        vec![unit(0, 1), unit(1, 0)],
        vec![sure, unsure],
        Vec::new(),
        &asked,
    );
    let counted = statements.window(Days::ALWAYS);
    let found = counted.affiliation(0, 0).expect("something is said");
    let words: Vec<&str> = found.kinds.iter().map(|kind| kind.word()).collect();
    assert_eq!(words, ["for", "both"]);
    assert_eq!(found.fraction.weight, [1.0, 3.0]);
}
