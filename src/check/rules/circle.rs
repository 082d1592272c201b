//! circular references
//!
//! # What it finds
//! Two or more records that refer back to the first: events each `part_of` the next, places each
//! `within` the next, claims that each repeat, pass on, fulfil or break the next. With `causes`, `responds_to`,
//! `based_on` and `corrects`, it is a warning.
//!
//! # Why it matters
//! A part cannot contain its whole, and nobody repeats or fulfils what has not yet been said: one of the
//! references is wrong, and only the sources show which one. Causes and replies also come first,
//! but a war and a famine can feed each other, and two pages that are kept up to date can draw on
//! each other.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: war, label: The war, part_of: campaign}
//!   - {id: campaign, label: The spring campaign, part_of: battle}
//!   - {id: battle, label: The battle of the bridges, part_of: war}
//! ```
//!
//! # How to fix
//! Reverse or remove the reference that is wrong.
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: war, label: The war}
//!   - {id: campaign, label: The spring campaign, part_of: war}
//!   - {id: battle, label: The battle of the bridges, part_of: campaign}
//! ```
//!
//! # When it stays silent
//! Claims may support or contradict each other. Relations between actors are dated and may reverse
//! over time. Retracted records are ignored. A record that refers to itself is AN104. Where very
//! many circles share their records, the references that close further ones are listed together.
//!
//! # Source
//! The terms of the fact format, version 1. The search is the classification of edges in a
//! depth-first search: Cormen, Leiserson, Rivest and Stein, *Introduction to Algorithms*, section
//! 20.3.

mod web;

use super::collected::Collected;
use super::link::{Link, LinkPlaces, Round};
use crate::{Context, Rule};
use annals_finding::{Code, Finding, Severity};
use annals_finding::{shown, wording};
use annals_model::{Facts, RecordRef};
use web::Web;

/// References that run in a circle.
static CODE: Code = Code::new(
    "AN105",
    "circle",
    Severity::Error,
    include_str!("circle.rs"),
);

/// The most members of a cycle that are named.
const MOST_NAMED: usize = 20;

/// See [`CODE`].
pub(crate) struct Circle;

impl Rule for Circle {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let loaded = context.loaded;
        let mut found = Collected::new(context, &CODE);
        for link in Link::ALL {
            let Some(round) = link.round() else { continue };
            let pairs = link.pairs(&loaded.facts);
            let web = Web::new(&pairs);
            let circles = web.circles();
            if circles.found.is_empty() {
                continue;
            }
            let mut places = LinkPlaces::new(loaded, link);
            let record = |node: &u32| web.records[*node as usize];
            for circle in &circles.found {
                let records: Vec<RecordRef> = circle.iter().map(record).collect();
                found.add_of(context, &records, round.severity, || {
                    finding(&loaded.facts, &mut places, link, &round, records.clone())
                });
            }
            for closing in &circles.closing {
                let pairs = closing.iter().map(|(from, to)| (record(from), record(to)));
                let pairs: Vec<(RecordRef, RecordRef)> = pairs.collect();
                let mut records: Vec<RecordRef> =
                    pairs.iter().flat_map(|(from, to)| [*from, *to]).collect();
                records.sort_unstable();
                records.dedup();
                found.add_of(context, &records, round.severity, || {
                    further(&loaded.facts, &mut places, link, &pairs, records.clone())
                });
            }
        }
        found.finish(findings);
    }
}

fn finding(
    facts: &Facts,
    places: &mut LinkPlaces<'_>,
    link: Link,
    round: &Round,
    records: Vec<RecordRef>,
) -> Finding {
    let (many, plural) = (number(records.len()), link.kind().plural());
    let next = if records.len() == 2 {
        "the other"
    } else {
        "the next, in a circle"
    };
    let id = |record: RecordRef| shown(facts.id(record));
    let mut ids: Vec<String> = records
        .iter()
        .take(MOST_NAMED)
        .map(|&record| id(record))
        .collect();
    let rest = records.len() - ids.len();
    if rest > 0 {
        ids.push(format!("and {rest} more"));
    }
    let words = format!(
        "these {many} {plural} {} {next}: {}",
        round.words,
        ids.join(", ")
    );
    let mut finding = Finding::new(&CODE, words);
    let followers = records.iter().skip(1).chain(records.first());
    for (&from, &to) in records.iter().zip(followers) {
        let label = format!("{} {} {}", id(from), link.verb(), id(to));
        finding = finding.at(places.of(from, to), label);
    }
    finding = finding.note(round.rule);
    finding = finding.help("reverse or remove the reference that is wrong");
    finding.records = records;
    finding
}

/// The references that close further circles among records of which many circles are listed.
fn further(
    facts: &Facts,
    places: &mut LinkPlaces<'_>,
    link: Link,
    closing: &[(RecordRef, RecordRef)],
    records: Vec<RecordRef>,
) -> Finding {
    let (count, plural) = (closing.len(), link.kind().plural());
    let references = if count == 1 {
        "reference"
    } else {
        "references"
    };
    let words = format!(
        "{count} more {references} in \"{}\" close circles among {} {plural}",
        link.field(),
        records.len()
    );
    let mut finding = Finding::new(&CODE, words);
    let id = |record: RecordRef| shown(facts.id(record));
    for &(from, to) in closing {
        let label = format!("{} {} {}", id(from), link.verb(), id(to));
        finding = finding.at(places.of(from, to), label);
    }
    finding = finding
        .note(format!("they are {}", wording::some_ids(facts, &records)))
        .help("correct the circles that are listed one by one first, then check again");
    finding.records = records;
    finding
}

/// A count in a sentence.
fn number(count: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
