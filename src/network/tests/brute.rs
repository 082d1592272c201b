//! Bounds against every reading of small networks of uncertain days and memberships.

use std::collections::{BTreeMap, BTreeSet};

use annals_time::Day;

use crate::{
    Asked, Days, Duplicates, Measure, Normalise, Scale, Sign, Statements, Unit, Voice, When,
};

/// A generator of random numbers: xorshift64*.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % end
    }

    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(super) fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

/// How many cases to try.
pub(super) fn cases(few: u64, many: u64) -> u64 {
    if std::env::var_os("ANNALS_THOROUGH").is_some() {
        many
    } else {
        few
    }
}

/// 1 January 2020.
pub(super) const DAY: i64 = 18_262;
const NODES: [u32; 2] = [0, 1];
const THINGS: u32 = 3;

#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub(super) days: Days,
    /// Whether it counts for its nodes in every reading.
    pub(super) sure: bool,
    pub(super) nodes: Vec<u32>,
    /// What it says, at which level.
    pub(super) says: Vec<(u32, u8)>,
    pub(super) document: u32,
    /// Whether one speaker stands for all its nodes, or each has its own.
    pub(super) one_voice: bool,
}

#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) claims: Vec<Claim>,
    pub(super) scale: Scale,
    pub(super) range: Days,
    pub(super) window: Days,
}

impl World {
    fn random(random: &mut Random, duplicates: Duplicates) -> World {
        let range = Days::of(DAY, DAY + 180);
        let free = random.chance(60);
        let scale = random.one_of(&[Scale::Two, Scale::Two, Scale::Three]);
        let window = random.one_of(&[
            range,
            Days::of(DAY + 31, DAY + 59),
            Days::of(DAY + 20, DAY + 70),
        ]);
        let mut uncertain = 0;
        let count = 3 + random.below(6);
        let claims = (0..count).map(|nth| {
            let mut says = BTreeSet::new();
            let level = |random: &mut Random| random.below(scale.levels() as u64) as u8;
            says.insert((random.below(u64::from(THINGS)) as u32, level(random)));
            if !free && random.chance(50) {
                says.insert((random.below(u64::from(THINGS)) as u32, level(random)));
            }
            let first = DAY - 20 + random.below(210) as i64;
            let is_vague = uncertain < 5 && random.chance(60);
            uncertain += u64::from(is_vague);
            let longer = if is_vague {
                random.one_of(&[10, 35, 70])
            } else {
                0
            };
            let both = !free && random.chance(30);
            Claim {
                days: Days::of(first, first + longer),
                sure: !is_vague || random.chance(80),
                nodes: if both {
                    NODES.to_vec()
                } else {
                    vec![random.one_of(&NODES)]
                },
                says: says.into_iter().collect(),
                document: if duplicates == Duplicates::Document {
                    random.below(3) as u32
                } else {
                    nth as u32
                },
                one_voice: random.chance(60),
            }
        });
        World {
            claims: claims.collect(),
            scale,
            range,
            window,
        }
    }

    pub(super) fn statements(&self, asked: &Asked) -> Statements {
        let mut units = Vec::new();
        let whens = self.claims.iter().map(|claim| When {
            days: vec![claim.days],
            may: vec![claim.days],
            sure: claim.sure,
        });
        let voices: Vec<Voice> = (0..2 * self.claims.len() as u32)
            .map(|one| vec![(one, true)])
            .collect();
        for (nth, claim) in (0_u32..).zip(&self.claims) {
            for node in &claim.nodes {
                let own = 2 * nth + if claim.one_voice { 0 } else { *node };
                units.extend(claim.says.iter().map(|(thing, level)| Unit {
                    node: *node,
                    thing: *thing,
                    level: *level,
                    when: nth,
                    claim: nth,
                    document: claim.document,
                    voice: (claim.nodes.len() > 1).then_some(own),
                }));
            }
        }
        Statements::within(units, whens.collect(), voices, asked, self.range)
    }

    /// The days that stand for all of a claim's; `None`: it does not count.
    fn readings(&self, claim: &Claim, duplicates: Duplicates) -> Vec<Option<i64>> {
        let Days { first, last } = claim.days;
        let edge = |day: i64| {
            let edges = [
                self.window.first,
                self.window.last + 1,
                self.range.first,
                self.range.last + 1,
            ];
            edges.contains(&day) || group(duplicates, day) != group(duplicates, day - 1)
        };
        let days = (first..=last).filter(|day| *day == first || edge(*day));
        let mut readings: Vec<Option<i64>> = days.map(Some).collect();
        if !claim.sure {
            readings.push(None);
        }
        readings
    }
}

/// The period in which statements of a day count once.
fn group(duplicates: Duplicates, day: i64) -> i64 {
    let (year, month, _) = Day::from_number(day).expect("a day").ymd();
    let week = (day + 3).div_euclid(7);
    match duplicates {
        Duplicates::Week => week,
        // 2020 begins in week 1; the range ends in July.
        Duplicates::DnaWeek => {
            if day < DAY - 2 {
                week - 2609 + 52
            } else {
                week - 2609
            }
        }
        Duplicates::Month => i64::from(year) * 12 + i64::from(month),
        Duplicates::DnaMonth => i64::from(month),
        Duplicates::Year => i64::from(year),
        Duplicates::Keep | Duplicates::Document | Duplicates::Range => 0,
    }
}

type Counts = BTreeMap<(u32, u8), u32>;

/// What is counted for each node in one reading, and in how many of the statements counted a claim of
/// one voice stands that counts for both.
fn count(world: &World, reading: &[Option<i64>], asked: &Asked) -> ([Counts; 2], Counts) {
    let drops = asked.drops_levels();
    let mut cells: BTreeMap<(u32, u32, u8), BTreeMap<(i64, bool), i64>> = BTreeMap::new();
    let mut shared: BTreeMap<(u32, u8), BTreeSet<i64>> = BTreeMap::new();
    let window = world.window;
    for (nth, (claim, day)) in world.claims.iter().zip(reading).enumerate() {
        let Some(day) = day.filter(|day| world.range.first <= *day && *day <= world.range.last)
        else {
            continue;
        };
        let is_in = window.first <= day && day <= window.last;
        let key = match asked.duplicates {
            Duplicates::Keep => nth as i64,
            Duplicates::Document => i64::from(claim.document),
            duplicates => group(duplicates, day),
        };
        // A document counts where one of its claims does.
        let apart = asked.duplicates == Duplicates::Document && is_in;
        for (thing, level) in &claim.says {
            let level = if drops { 0 } else { *level };
            for node in &claim.nodes {
                let first = cells.entry((*node, *thing, level)).or_default();
                let first = first.entry((key, apart)).or_insert(day);
                *first = day.min(*first);
            }
            if claim.one_voice && claim.nodes.len() > 1 && is_in {
                shared.entry((*thing, level)).or_default().insert(key);
            }
        }
    }
    let mut counts = [Counts::new(), Counts::new()];
    for ((node, thing, level), groups) in cells {
        let inside = groups
            .values()
            .filter(|day| window.first <= **day && **day <= window.last);
        let inside = inside.count() as u32;
        if inside > 0 {
            counts[node as usize].insert((thing, level), inside);
        }
    }
    let shared = shared
        .into_iter()
        .map(|(cell, groups)| (cell, groups.len() as u32));
    (counts, shared.collect())
}

/// The weight of the two nodes, by the formulas.
fn weight([x, y]: &[Counts; 2], shared: &Counts, asked: &Asked) -> f64 {
    let range = (asked.scale.levels() - 1) as f64;
    let adds = |one: u8, other: u8| {
        let distance = f64::from(one.abs_diff(other)) / range;
        match asked.measure {
            Measure::Ignore => 1.0,
            Measure::Congruence => 1.0 - distance,
            Measure::Conflict => distance,
            _ => 1.0 - 2.0 * distance,
        }
    };
    let mut top = 0.0;
    for ((thing, one), n) in x {
        for ((_, other), m) in y.iter().filter(|((also, _), _)| also == thing) {
            top += f64::from(*n) * f64::from(*m) * adds(*one, *other);
        }
    }
    for (cell, n) in shared {
        let of = |counts: &Counts| counts.get(cell).copied().unwrap_or(0);
        top -= f64::from((*n).min(of(x)).min(of(y))) * adds(cell.1, cell.1);
    }
    let sum = |counts: &Counts| f64::from(counts.values().sum::<u32>());
    let below = match asked.normalise {
        Normalise::Average => (sum(x) + sum(y)) / 2.0,
        Normalise::Cosine => sum(x) * sum(y),
        Normalise::Jaccard => {
            let cells: BTreeSet<_> = x.keys().chain(y.keys()).collect();
            let each = cells.into_iter().map(|cell| {
                match (
                    x.get(cell).copied().unwrap_or(0),
                    y.get(cell).copied().unwrap_or(0),
                ) {
                    (n, 0) | (0, n) => n,
                    (n, m) => n * m,
                }
            });
            f64::from(each.sum::<u32>())
        }
        _ => 1.0,
    };
    if below == 0.0 { 0.0 } else { top / below }
}

/// What a node says of a thing, by the formulas.
fn affiliation(counts: &[Counts; 2], node: usize, thing: u32, asked: &Asked) -> f64 {
    let top = asked.scale.levels() as u8 - 1;
    let own = counts[node].iter().filter(|((also, _), _)| *also == thing);
    let value = own.map(|((_, level), n)| match asked.measure {
        Measure::Affiliation(Sign::Net) if *level == 0 => -f64::from(*n),
        Measure::Affiliation(Sign::Net) if *level < top => 0.0,
        _ => f64::from(*n),
    });
    let value: f64 = value.sum();
    let all = |counts: &Counts| f64::from(counts.values().sum::<u32>());
    let of_thing = |counts: &Counts| {
        let own = counts.iter().filter(|((also, _), _)| *also == thing);
        own.map(|(_, n)| f64::from(*n)).sum::<f64>()
    };
    let below = match asked.normalise {
        Normalise::Activity => all(&counts[node]),
        Normalise::Prominence => counts.iter().map(of_thing).sum(),
        _ => 1.0,
    };
    if below == 0.0 { 0.0 } else { value / below }
}

fn products(each: &[Vec<Option<i64>>], mut with: impl FnMut(&[Option<i64>])) {
    let mut at = vec![0; each.len()];
    loop {
        let reading: Vec<Option<i64>> = at.iter().zip(each).map(|(at, days)| days[*at]).collect();
        with(&reading);
        let Some(nth) = (0..at.len()).find(|nth| at[*nth] + 1 < each[*nth].len()) else {
            return;
        };
        at[..nth].fill(0);
        at[nth] += 1;
    }
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

const DUPLICATES: [Duplicates; 8] = [
    Duplicates::Keep,
    Duplicates::Document,
    Duplicates::Range,
    Duplicates::Month,
    Duplicates::Week,
    Duplicates::DnaMonth,
    Duplicates::DnaWeek,
    Duplicates::Year,
];

/// How often bounds were those of the readings.
#[derive(Default)]
struct Tally(BTreeMap<String, [usize; 2]>);

impl Tally {
    /// Compares bounds with what the readings gave.
    fn compare(
        &mut self,
        name: &str,
        ours: &crate::Fraction,
        seen: [f64; 2],
        must_be_exact: bool,
        case: &dyn std::fmt::Debug,
    ) {
        let [least, most] = ours.weight;
        assert!(
            least <= seen[0] + 1e-9 && seen[1] - 1e-9 <= most,
            "{name}: {ours:?} does not enclose {seen:?}: {case:?}"
        );
        let same = close(least, seen[0]) && close(most, seen[1]);
        assert!(
            !ours.exact || same,
            "{name}: {ours:?} is said to be {seen:?}: {case:?}"
        );
        assert!(
            !must_be_exact || ours.exact,
            "{name}: {ours:?} is not said to be exact: {case:?}"
        );
        self.0.entry(name.to_owned()).or_default()[usize::from(!same)] += 1;
    }
}

#[test]
fn bounds_are_those_of_all_readings_or_enclose_them() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut tally = Tally::default();
    for trial in 0..cases(48, 1000) {
        let duplicates = DUPLICATES[trial as usize % DUPLICATES.len()];
        let world = World::random(&mut random, duplicates);
        let days: Vec<_> = world
            .claims
            .iter()
            .map(|claim| world.readings(claim, duplicates))
            .collect();
        if days.iter().map(Vec::len).product::<usize>() > cases(3000, 20_000) as usize {
            continue;
        }
        // No uncertain claim is in two cells, and none counts for both nodes.
        let is_free = world.claims.iter().all(|claim| {
            let cells = claim.says.len() * claim.nodes.len();
            cells == 1 || claim.nodes.len() == 1 && days_are_plain(claim)
        });
        let yearly = matches!(duplicates, Duplicates::DnaMonth | Duplicates::DnaWeek);
        let must_be_exact = is_free && (!yearly || world.window == world.range);
        for measure in [
            Measure::Congruence,
            Measure::Conflict,
            Measure::Subtract,
            Measure::Ignore,
        ] {
            for normalise in [
                Normalise::No,
                Normalise::Average,
                Normalise::Jaccard,
                Normalise::Cosine,
            ] {
                let asked = Asked {
                    measure,
                    normalise,
                    duplicates,
                    scale: world.scale,
                };
                let mut seen = [f64::INFINITY, f64::NEG_INFINITY];
                products(&days, |reading| {
                    let (counts, shared) = count(&world, reading, &asked);
                    let weight = weight(&counts, &shared, &asked);
                    seen = [seen[0].min(weight), seen[1].max(weight)];
                });
                let statements = world.statements(&asked);
                let counted = statements.window(world.window);
                let ours = counted.pair(0, 1);
                tally.compare(
                    &format!("{normalise:?}"),
                    &ours,
                    seen,
                    must_be_exact,
                    &(&world, asked),
                );
                let adds = counted
                    .things(0, 1)
                    .into_iter()
                    .fold([0.0, 0.0], |sum, (_, adds)| {
                        [sum[0] + adds[0], sum[1] + adds[1]]
                    });
                assert!(
                    close(adds[0], ours.numerator[0]) && close(adds[1], ours.numerator[1]),
                    "{adds:?} {ours:?}"
                );
                let mut pairs = Vec::new();
                counted
                    .pairs(&mut |pair| {
                        pairs.push(pair.weight);
                        Ok::<(), ()>(())
                    })
                    .expect("no error");
                let wanted = if ours.weight == [0.0, 0.0] {
                    vec![]
                } else {
                    vec![ours.weight]
                };
                assert_eq!(pairs, wanted);
            }
        }
        two_mode(&world, &days, duplicates, must_be_exact, &mut tally);
    }
    eprintln!("equal, wider: {:?}", tally.0);
}

/// Whether only one reading of a claim's day makes a difference to anything.
fn days_are_plain(claim: &Claim) -> bool {
    claim.sure && claim.days.first == claim.days.last
}

fn two_mode(
    world: &World,
    days: &[Vec<Option<i64>>],
    duplicates: Duplicates,
    must_be_exact: bool,
    tally: &mut Tally,
) {
    for sign in [Sign::Any, Sign::Net] {
        for normalise in [Normalise::No, Normalise::Activity, Normalise::Prominence] {
            let asked = Asked {
                measure: Measure::Affiliation(sign),
                normalise,
                duplicates,
                scale: world.scale,
            };
            let mut seen = vec![[f64::INFINITY, f64::NEG_INFINITY]; 2 * THINGS as usize];
            products(days, |reading| {
                let (counts, _) = count(world, reading, &asked);
                for (at, seen) in seen.iter_mut().enumerate() {
                    let (node, thing) = (at / THINGS as usize, (at % THINGS as usize) as u32);
                    let value = affiliation(&counts, node, thing, &asked);
                    *seen = [seen[0].min(value), seen[1].max(value)];
                }
            });
            let statements = world.statements(&asked);
            let counted = statements.window(world.window);
            for (at, seen) in seen.into_iter().enumerate() {
                let (node, thing) = ((at / THINGS as usize) as u32, (at % THINGS as usize) as u32);
                match counted.affiliation(node, thing) {
                    Some(ours) => tally.compare(
                        &format!("{normalise:?} two-mode"),
                        &ours.fraction,
                        seen,
                        must_be_exact,
                        &(world, asked, node, thing),
                    ),
                    None => assert_eq!(seen, [0.0, 0.0]),
                }
            }
        }
    }
}
