//! What `--why` shows of a weight adds up to it.

#![allow(
    clippy::cast_precision_loss,
    clippy::float_cmp,
    clippy::needless_range_loop,
    reason = "counts are small, ends are compared where they are the same number, and there are two of them"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{
    Asked, Days, Duplicates, EdgeRow, Filter, Made, Measure, Network, NetworkAsked, NodesOf,
    Normalise, Scale, Sign, WhyEdge, WhyStatement, made,
};
use crate::{Dossier, Query, Validity, look_up};
use annals_load::{Request, Source, load};
use annals_model::{RecordKind, StanceValue};

/// A generator of random numbers: xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % end
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

const VALUES: [&str; 4] = ["supports", "opposes", "neutral", "mixed"];

/// A dossier of four speakers; `sure`: of known days.
fn dossier(random: &mut Random, sure: bool) -> String {
    let mut out = String::new();
    for n in 0..4 {
        writeln!(out, r#"{{"type":"actor","id":"a{n}","name":"Actor {n}"}}"#).unwrap();
        writeln!(out, r#"{{"type":"topic","id":"t{n}","label":"Topic {n}"}}"#).unwrap();
        writeln!(out, r#"{{"type":"document","id":"d{n}","title":"D {n}"}}"#).unwrap();
    }
    for n in 0..10 + random.below(20) {
        let speakers = match random.below(6) {
            0 => r#""a0","a1""#.to_owned(),
            _ => format!(r#""a{}""#, random.below(4)),
        };
        let mut stances = format!(
            r#"{{"toward":"t{}","value":"{}"}}"#,
            random.below(2),
            random.one_of(&VALUES)
        );
        if random.below(4) == 0 {
            let value = random.one_of(&VALUES);
            write!(stances, r#",{{"toward":"t2","value":"{value}"}}"#).unwrap();
        }
        let day = format!("2021-0{}-1{}", 1 + random.below(3), random.below(9));
        let said = match random.below(4) {
            0 if !sure => "2021-02".to_owned(),
            1 if !sure => format!("[2020-12-30..{day}]"),
            _ => day,
        };
        let document = random.below(4);
        writeln!(
            out,
            r#"{{"type":"claim","id":"c{n}","speaker":[{speakers}],"about":["t3"],"stance":[{stances}],"said":"{said}","content":"Words {n}","evidence":[{{"document":"d{document}"}}]}}"#
        )
        .unwrap();
    }
    out
}

fn level(statement: &WhyStatement, asked: &NetworkAsked) -> usize {
    let ignores = super::units::ignores(asked);
    if ignores && asked.weighed.duplicates != Duplicates::Keep {
        return 0;
    }
    let level = statement
        .level
        .and_then(|value: StanceValue| super::units::level(value, asked.weighed.scale));
    usize::from(level.unwrap_or(0))
}

/// What a statement at one level adds with one at another, by the formulas of the page.
fn affinity(asked: &NetworkAsked, one: usize, other: usize) -> f64 {
    let widest = match asked.weighed.scale {
        Scale::Two => 1.0,
        Scale::Three => 2.0,
    };
    let apart = one.abs_diff(other) as f64 / widest;
    match asked.weighed.measure {
        Measure::Congruence => 1.0 - apart,
        Measure::Conflict => apart,
        Measure::Subtract => 1.0 - 2.0 * apart,
        _ => 1.0,
    }
}

/// How many statements there are at each level, at least and at most, by the rows that are shown. Of
/// those in one document one counts.
fn counts(rows: &[WhyStatement], asked: &NetworkAsked) -> [[f64; 2]; 3] {
    let mut groups: [BTreeMap<String, bool>; 3] = Default::default();
    for row in rows {
        let document = row.document.as_ref().map_or("", |document| &document.id);
        let group = match asked.weighed.duplicates {
            Duplicates::Document => document.to_owned(),
            _ => row.claim.id.clone(),
        };
        let sure = groups[level(row, asked)].entry(group).or_default();
        *sure |= row.certain;
    }
    groups.map(|groups| {
        let sure = groups.values().filter(|sure| **sure).count();
        [sure as f64, groups.len() as f64]
    })
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

/// Adds a weight up from what is shown of it.
fn adds_up(why: &WhyEdge, edge: &EdgeRow, asked: &NetworkAsked) {
    let what = format!("{asked:?} {why:?}");
    assert_eq!((why.weight, why.exact), (edge.weight, edge.exact), "{what}");
    assert_eq!(edge.things, Some(why.things.len()), "{what}");
    let mut numerator = [0.0, 0.0];
    for thing in &why.things {
        let [a, b] = [&thing.a, &thing.b].map(|rows| counts(rows, asked));
        let mut ends = [0.0, 0.0];
        for (one, x) in a.iter().enumerate() {
            for (other, y) in b.iter().enumerate() {
                let adds = affinity(asked, one, other);
                for end in 0..2 {
                    // What takes away does so most where there is most of it.
                    let end_of = if adds < 0.0 { 1 - end } else { end };
                    ends[end] += adds * x[end_of] * y[end_of];
                }
            }
        }
        let certain = a.iter().chain(&b).all(|[least, most]| least == most);
        let is_positive = asked.weighed.measure != Measure::Subtract;
        for (end, sum) in ends.iter().enumerate() {
            let fits = if certain || is_positive {
                close(*sum, thing.adds[end])
            } else if end == 0 {
                *sum <= thing.adds[0] + 1e-9
            } else {
                thing.adds[1] <= *sum + 1e-9
            };
            assert!(
                fits,
                "{} adds {:?}, not {ends:?}: {what}",
                thing.thing.id, thing.adds
            );
        }
        numerator[0] += thing.adds[0];
        numerator[1] += thing.adds[1];
    }
    assert!(
        (0..2).all(|end| close(numerator[end], why.numerator[end])),
        "{what}"
    );
    let [a, b] = why.statements.map(|ends| ends.map(|end| end as f64));
    let below = match asked.weighed.normalise {
        Normalise::No => Some([1.0, 1.0]),
        Normalise::Average => Some([0, 1].map(|end| f64::midpoint(a[end], b[end]))),
        Normalise::Cosine => Some([0, 1].map(|end| a[end] * b[end])),
        _ => None,
    };
    for end in 0..2 {
        assert!(
            below.is_none_or(|below| close(below[end], why.denominator[end])),
            "{what}"
        );
    }
    let is_certain = numerator[0] == numerator[1] && why.denominator[0] == why.denominator[1];
    if is_certain {
        let weight = if why.denominator[0] == 0.0 {
            0.0
        } else {
            numerator[0] / why.denominator[0]
        };
        assert!(
            close(weight, why.weight[0]) && close(weight, why.weight[1]),
            "{what}"
        );
    }
}

fn network(dossier: &Dossier<'_>, asked: &NetworkAsked) -> Network {
    match made(dossier, &Query::default(), asked, &[]).unwrap() {
        Made::Network(network) => *network,
        Made::TooMany(too_many) => panic!("{too_many}"),
    }
}

#[test]
fn every_weight_adds_up_from_what_is_shown_of_it() {
    let mut random = Random(0xA076_1D64_78BD_642F);
    let many = std::env::var_os("ANNALS_THOROUGH").is_some();
    let (mut weights, mut uncertain) = (0, 0);
    for trial in 0..if many { 600 } else { 30 } {
        let sure = trial % 3 == 0;
        let text = dossier(&mut random, sure);
        let loaded = load(&Request {
            facts: vec![Source::Memory {
                name: "facts.jsonl".to_owned(),
                bytes: text.into_bytes(),
            }],
            texts: Vec::new(),
        });
        assert!(loaded.findings.iter().all(|one| one.code.code > "AN200"));
        let validity = Validity::default();
        let dossier = Dossier::with(&loaded, &validity);
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
                let asked = NetworkAsked {
                    of: random.one_of(&[NodesOf::Actors, NodesOf::Actors, NodesOf::Things]),
                    weighed: Asked {
                        measure,
                        normalise,
                        duplicates: random.one_of(&[Duplicates::Keep, Duplicates::Document]),
                        scale: random.one_of(&[Scale::Two, Scale::Three]),
                    },
                    ..NetworkAsked::default()
                };
                // Half of what is said lies in it, or can.
                let days = random.one_of(&[Days::ALWAYS, Days::of(18_670, 18_690)]);
                let network = network(&dossier, &asked);
                let edges = network.window(days, Filter::default());
                let each: Result<(), ()> = edges.each(&loaded.facts, &mut |edge| {
                    let ends = [&edge.a, &edge.b].map(|end| {
                        let kinds = [RecordKind::Actor, RecordKind::Topic];
                        look_up(&loaded.facts, &end.id, &kinds).unwrap()
                    });
                    let why = network.why(&dossier, ends, days);
                    adds_up(&why, &edge, &asked);
                    weights += 1;
                    uncertain += usize::from(edge.weight[0] < edge.weight[1]);
                    Ok(())
                });
                each.unwrap();
            }
        }
    }
    assert!(weights > 1500 && uncertain > 300, "{weights}, {uncertain}");
}

#[test]
fn an_affiliation_is_what_is_shown_of_it() {
    let mut random = Random(77);
    let text = dossier(&mut random, true);
    let loaded = load(&Request {
        facts: vec![Source::Memory {
            name: "facts.jsonl".to_owned(),
            bytes: text.into_bytes(),
        }],
        texts: Vec::new(),
    });
    let validity = Validity::default();
    let dossier = Dossier::with(&loaded, &validity);
    for normalise in [Normalise::No, Normalise::Activity, Normalise::Prominence] {
        let asked = NetworkAsked {
            weighed: Asked {
                measure: Measure::Affiliation(Sign::Net),
                normalise,
                ..Asked::default()
            },
            ..NetworkAsked::default()
        };
        let network = network(&dossier, &asked);
        let edges = network.window(Days::ALWAYS, Filter::default());
        let each: Result<(), ()> = edges.each(&loaded.facts, &mut |edge| {
            let ends = [&edge.a, &edge.b].map(|end| {
                let kinds = [RecordKind::Actor, RecordKind::Topic];
                look_up(&loaded.facts, &end.id, &kinds).unwrap()
            });
            let why = network.why(&dossier, ends, Days::ALWAYS);
            let [against, favour, _] = counts(&why.things[0].a, &asked);
            let below = match normalise {
                Normalise::Activity => why.statements[0][0] as f64,
                Normalise::Prominence => why.statements[1][0] as f64,
                _ => 1.0,
            };
            let weight = (favour[0] - against[0]) / below;
            assert!(
                close(weight, edge.weight[0]) && why.weight == edge.weight,
                "{why:?}"
            );
            Ok(())
        });
        each.unwrap();
    }
}
