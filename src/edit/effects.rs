//! What a change does: the findings that it adds and ends, and what is likely there already.

use std::cmp::Ordering;
use std::ops::Range;

use serde_json::{Map, Value};

use crate::canonical;
use annals_evidence::Span;
use annals_finding::fold::fold;
use annals_finding::{Finding, Severity};
use annals_load::LoadResult;
use annals_model::{Facts, RecordKind, RecordRef};

/// The findings that a change adds, and those that it ends.
#[derive(Debug, Clone, Default)]
pub struct Effects {
    /// New findings, with their places in the facts as they would be.
    pub added: Vec<Finding>,
    /// Findings that are no longer there.
    pub ended: Vec<Finding>,
}

impl Effects {
    /// The findings of facts before and after a change, compared by code, words and records.
    pub fn new(before: (&Facts, &[Finding]), after: (&Facts, &[Finding])) -> Effects {
        let [ended, added] = compared(before, after);
        Effects { added, ended }
    }

    /// Whether there is a new error.
    pub fn has_errors(&self) -> bool {
        self.added.iter().any(|one| one.severity == Severity::Error)
    }
}

/// What makes a finding the same: lines and files move, words and records do not.
fn key<'f>(facts: &'f Facts, finding: &'f Finding) -> Key<'f> {
    let records = finding.records.iter().map(|record| facts.id(*record));
    (
        finding.code.code,
        finding.severity,
        &finding.message,
        records.collect(),
    )
}

/// Whether two findings have the same key, which is not made for that.
fn is_same((facts, one): (&Facts, &Finding), (others, other): (&Facts, &Finding)) -> bool {
    one.code.code == other.code.code
        && one.severity == other.severity
        && one.message == other.message
        && one.records.len() == other.records.len()
        && (one.records.iter().zip(&other.records))
            .all(|(one, other)| facts.id(*one) == others.id(*other))
}

type Key<'f> = (&'static str, Severity, &'f str, Vec<&'f str>);

/// What is only in the first of two lists of findings, and what is only in the second; of equal ones those
/// that are more.
fn compared(first: (&Facts, &[Finding]), second: (&Facts, &[Finding])) -> [Vec<Finding>; 2] {
    let sorted = |(facts, findings): (&Facts, &[Finding]), range: Range<usize>| -> Vec<usize> {
        let mut places: Vec<usize> = range.collect();
        places.sort_by_cached_key(|nth| key(facts, &findings[*nth]));
        places
    };
    // Nearly all findings stay, in their order: only what lies between the first and the last difference is
    // sorted.
    let same = |(one, other): &(&Finding, &Finding)| is_same((first.0, one), (second.0, other));
    let before = first.1.iter().zip(second.1).take_while(same).count();
    let (rest, others) = (&first.1[before..], &second.1[before..]);
    let after = rest.iter().rev().zip(others.iter().rev());
    let after = after.take_while(same).count();
    let middle = |findings: &[Finding]| before..findings.len() - after;
    let (a, b) = (
        sorted(first, middle(first.1)),
        sorted(second, middle(second.1)),
    );
    let (mut a, mut b) = (a.into_iter().peekable(), b.into_iter().peekable());
    let mut only = [Vec::new(), Vec::new()];
    loop {
        let order = match (a.peek(), b.peek()) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => {
                key(first.0, &first.1[*one]).cmp(&key(second.0, &second.1[*other]))
            }
        };
        if order.is_eq() {
            a.next();
            b.next();
        } else if order.is_lt() {
            only[0].extend(a.next());
        } else {
            only[1].extend(b.next());
        }
    }
    let [one, other] = &mut only;
    [(one, first.1), (other, second.1)].map(|(places, findings)| {
        places.sort_unstable();
        places.iter().map(|nth| findings[*nth].clone()).collect()
    })
}

/// A record that a new one is likely the same as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likely {
    /// Its id.
    pub id: String,
    /// Why.
    pub why: String,
}

/// The records that a new one is likely the same as: claims of the same speaker whose words overlap, and
/// what has the same name.
pub fn likely_doubles(
    loaded: &LoadResult,
    kind: RecordKind,
    fields: &Map<String, Value>,
) -> Vec<Likely> {
    let facts = &loaded.facts;
    match kind {
        RecordKind::Claim => doubles_of_claim(facts, fields),
        RecordKind::Actor
        | RecordKind::Place
        | RecordKind::Topic
        | RecordKind::Event
        | RecordKind::Document => {
            let names = ["name", "label", "title", "aliases"];
            let texts = names
                .iter()
                .filter_map(|name| fields.get(*name))
                .flat_map(canonical::items);
            let folded: Vec<String> = texts.filter_map(Value::as_str).map(fold).collect();
            let same = facts.records().filter(|record| record.kind() == kind);
            let same = same.filter(|record| {
                names_of(facts, *record).any(|name| folded.contains(&fold(&name)))
            });
            same.map(|record| Likely {
                id: facts.id(record).to_owned(),
                why: "it has the same name".to_owned(),
            })
            .collect()
        }
        RecordKind::Relation | RecordKind::Order => Vec::new(),
    }
}

fn names_of(facts: &Facts, record: RecordRef) -> impl Iterator<Item = String> {
    let mut names = vec![facts.label(record).to_owned()];
    if let RecordRef::Actor(id) = record {
        names.extend(
            facts
                .list(facts[id].aliases)
                .iter()
                .map(|alias| facts.str(*alias).to_owned()),
        );
    }
    names.into_iter()
}

fn doubles_of_claim(facts: &Facts, fields: &Map<String, Value>) -> Vec<Likely> {
    let ids = |name: &str| -> Vec<&str> {
        let items = fields.get(name).map(canonical::items).unwrap_or_default();
        items.iter().filter_map(Value::as_str).collect()
    };
    let speakers = ids("speaker");
    let evidence = fields
        .get("evidence")
        .map(canonical::items)
        .unwrap_or_default();
    let mut passages: Vec<(&str, Span)> = Vec::new();
    for one in evidence {
        let document = one["document"].as_str().unwrap_or_default();
        for span in one["spans"].as_array().into_iter().flatten() {
            let number = |nth: usize| span[nth].as_u64().and_then(|at| u32::try_from(at).ok());
            if let (Some(start), Some(end)) = (number(0), number(1)) {
                passages.push((document, Span::new(start, end)));
            }
        }
    }
    let words = |text: &str| fold(text.trim_matches(|c: char| !c.is_alphanumeric()));
    let own: Vec<String> = ["quote", "content"]
        .iter()
        .filter_map(|name| fields.get(*name)?.as_str())
        .map(words)
        .filter(|text| !text.is_empty())
        .collect();
    let mut likely = Vec::new();
    for (id, claim) in facts.claims.iter() {
        let same_speaker = facts
            .list(claim.speaker)
            .iter()
            .any(|one| speakers.contains(&facts.id(*one)));
        let overlaps = facts.list(claim.evidence).iter().any(|one| {
            let document = one.document.map_or("", |document| facts.id(document));
            let mut spans = facts.list(one.found).iter();
            spans.any(|span| {
                let shares = |(of, own): &(&str, Span)| {
                    *of == document && own.start < span.end && span.start < own.end
                };
                passages.iter().any(shares)
            })
        });
        if !same_speaker && !overlaps {
            continue;
        }
        let said = [claim.quote, claim.content].into_iter().flatten();
        let same_words = said
            .map(|text| words(facts.str(text)))
            .any(|text| own.contains(&text));
        let why = match (same_speaker, overlaps, same_words) {
            (true, true, _) => "the same speaker, with some of these words",
            (true, _, true) => "the same speaker said the same words",
            (false, true, _) => "another speaker, with some of these words",
            _ => continue,
        };
        likely.push(Likely {
            id: facts.id(id).to_owned(),
            why: why.to_owned(),
        });
    }
    likely
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_finding::Code;

    static ONE: Code = Code::new("AN901", "one", Severity::Warning, "");
    static OTHER: Code = Code::new("AN902", "other", Severity::Error, "");

    /// A row of numbers, the same for the same seed.
    fn random(seed: &mut u64, below: u64) -> u64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (*seed >> 33) % below
    }

    #[test]
    fn what_is_only_in_one_list_is_what_counting_says() {
        let facts = Facts::default();
        let mut seed = 7;
        let made = |seed: &mut u64| {
            let code = if random(seed, 2) == 0 { &ONE } else { &OTHER };
            Finding::new(code, format!("m{}", random(seed, 3)))
        };
        for _ in 0..400 {
            let length = random(&mut seed, 8);
            let first: Vec<Finding> = (0..length).map(|_| made(&mut seed)).collect();
            // The second is the first with some taken out, some put in and two exchanged.
            let mut second = first.clone();
            for _ in 0..random(&mut seed, 3) {
                let at = random(&mut seed, second.len() as u64 + 1) as usize;
                match random(&mut seed, 3) {
                    0 => second.insert(at, made(&mut seed)),
                    1 if at < second.len() => drop(second.remove(at)),
                    _ if at < second.len() => second.swap(0, at),
                    _ => {}
                }
            }
            let [gone, come] = compared((&facts, &first), (&facts, &second));
            let count = |list: &[Finding], one: &Finding| {
                let same = list
                    .iter()
                    .filter(|other| key(&facts, other) == key(&facts, one));
                same.count()
            };
            for one in first.iter().chain(&second) {
                let (a, b) = (count(&first, one), count(&second, one));
                assert_eq!(count(&gone, one), a.saturating_sub(b));
                assert_eq!(count(&come, one), b.saturating_sub(a));
            }
        }
    }
}
