//! circular references
//!
//! # What it finds
//! Two or more records that refer back to the first: events each `part_of` the next, places each
//! `within` the next, claims that each repeat or pass on the next. With `causes`, `responds_to`,
//! `based_on` and `corrects`, it is a warning.
//!
//! # Why it matters
//! A part cannot contain its whole, and nobody repeats what has not yet been said: one of the
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
//! over time. Retracted records are ignored. A record that refers to itself is AN104. Of many
//! circles in one field, the first ten are shown.
//!
//! # Source
//! The terms of the fact format, version 1. The search is the classification of edges in a
//! depth-first search: Cormen, Leiserson, Rivest and Stein, *Introduction to Algorithms*, section
//! 20.3.

use std::collections::VecDeque;

use super::link::{Link, Round, left_over};
use crate::{Context, Rule};
use annals_finding::shown;
use annals_finding::{Code, Finding, Severity};
use annals_load::Places;
use annals_model::{Facts, RecordRef};

/// References that run in a circle.
static CODE: Code = Code::new(
    "AN105",
    "circle",
    Severity::Error,
    include_str!("circle.rs"),
);

/// The most cycles shown for one field.
const MOST: usize = 10;
/// The most members of a cycle that are named and shown.
const MOST_SHOWN: usize = 20;

/// See [`CODE`].
pub(crate) struct Circle;

impl Rule for Circle {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let loaded = context.loaded;
        for link in Link::ALL {
            let Some(round) = link.round() else { continue };
            let pairs = link.pairs(&loaded.facts);
            let web = Web::new(&pairs);
            let circles = web.circles();
            if circles.found.is_empty() {
                continue;
            }
            let places = Places::new(loaded);
            let start = findings.len();
            findings.extend(circles.found.iter().map(|circle| {
                let records: Vec<RecordRef> = circle
                    .iter()
                    .map(|&node| web.records[node as usize])
                    .collect();
                finding(&loaded.facts, &places, link, &round, records)
            }));
            left_over(&mut findings[start..], circles.more);
        }
    }
}

fn finding(
    facts: &Facts,
    places: &Places<'_>,
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
        .take(MOST_SHOWN)
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
    finding.severity = round.severity;
    let followers = records.iter().skip(1).chain(records.first());
    for (&from, &to) in records.iter().zip(followers).take(MOST_SHOWN) {
        let label = format!("{} {} {}", id(from), link.verb(), id(to));
        finding = finding.at(link.place(facts, places, from, to), label);
    }
    finding = finding.note(round.rule);
    finding = finding.help("reverse or remove the reference that is wrong");
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

/// The references between records, limited to those that refer to another: no other record is in a
/// cycle.
struct Web {
    /// The records, each a node.
    records: Vec<RecordRef>,
    /// The start of each node's targets, and the end of the last.
    starts: Vec<u32>,
    targets: Vec<u32>,
}

/// The cycles found.
#[derive(Debug, Default)]
struct Circles {
    /// The first ten, each from its first node round.
    found: Vec<Vec<u32>>,
    /// How many more references close a cycle.
    more: usize,
}

/// How far the walk is with a node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the path from the root of the walk to the current node.
    Open,
    Done,
}

impl Web {
    /// `pairs` are sorted by the first of each.
    fn new(pairs: &[(RecordRef, RecordRef)]) -> Self {
        let mut records: Vec<RecordRef> = pairs.iter().map(|(from, _)| *from).collect();
        records.dedup();
        let (mut starts, mut targets) = (vec![0], Vec::new());
        for of_one in pairs.chunk_by(|a, b| a.0 == b.0) {
            for (from, to) in of_one {
                let node = records.binary_search(to).ok().filter(|_| from != to);
                targets.extend(node.map(|node| node as u32));
            }
            starts.push(targets.len() as u32);
        }
        Web {
            records,
            starts,
            targets,
        }
    }

    fn targets(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.targets[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// For each reference that closes a cycle in a depth-first walk, the shortest cycle through it.
    /// Every cycle contains at least one of these references.
    fn circles(&self) -> Circles {
        let mut circles = Circles::default();
        let mut state = vec![State::New; self.records.len()];
        let mut way: Vec<(u32, usize)> = Vec::new();
        for root in 0..self.records.len() as u32 {
            if state[root as usize] != State::New {
                continue;
            }
            state[root as usize] = State::Open;
            way.push((root, 0));
            while let Some((node, nth)) = way.last_mut() {
                let Some(&next) = self.targets(*node).get(*nth) else {
                    state[*node as usize] = State::Done;
                    way.pop();
                    continue;
                };
                *nth += 1;
                match state[next as usize] {
                    State::New => {
                        state[next as usize] = State::Open;
                        way.push((next, 0));
                    }
                    State::Open => self.close(*node, next, &mut circles),
                    State::Done => {}
                }
            }
        }
        circles.found.sort();
        circles
    }

    /// Records the shortest cycle through the reference from `last` to `first`.
    fn close(&self, last: u32, first: u32, circles: &mut Circles) {
        if circles.found.len() >= MOST {
            circles.more += 1;
            return;
        }
        let mut circle = self.shortest(first, last);
        let least = circle.iter().enumerate().min_by_key(|(_, node)| **node);
        let least = least.map_or(0, |(nth, _)| nth);
        circle.rotate_left(least);
        if !circles.found.contains(&circle) {
            circles.found.push(circle);
        }
    }

    /// The shortest path from a node to one reachable from it (breadth first).
    fn shortest(&self, from: u32, to: u32) -> Vec<u32> {
        let mut before: Vec<Option<u32>> = vec![None; self.records.len()];
        before[from as usize] = Some(from);
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front().filter(|node| *node != to) {
            for &next in self.targets(node) {
                if before[next as usize].is_none() {
                    before[next as usize] = Some(node);
                    queue.push_back(next);
                }
            }
        }
        let mut way = vec![to];
        let mut at = to;
        while let Some(previous) = before[at as usize].filter(|_| at != from) {
            way.push(previous);
            at = previous;
        }
        way.reverse();
        way
    }
}
