//! an id that no record has
//!
//! # What it finds
//! A reference to an id that no record of the run has. It is left out. If many records use the id,
//! it is reported once, with all its places.
//!
//! # Why it matters
//! The edge that the reference would create is missing from the graph: a claim by `zelenski` is not
//! among the claims by `zelensky`.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: zelensky, name: Volodymyr Zelensky, kind: person}
//! claims:
//!   - {id: c1, speaker: zelenski, act: asserts}
//! ```
//!
//! # How to fix
//! Correct the id, add the record, or read the file that contains it as well.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: zelensky, name: Volodymyr Zelensky, kind: person}
//! claims:
//!   - {id: c1, speaker: zelensky, act: asserts}
//! ```
//!
//! # When it stays silent
//! The record may come later in the file or be in another file of the run. `same_as` names records
//! of other data sets and is not looked up. A record that could not be read (AN003) is known by its id.
//!
//! # Source
//! The fact format, version 1: *references*.

use std::cell::Cell;

use super::uses::Uses;
use annals_finding::{Code, Finding, Severity};
use annals_model::{Facts, Name};

/// An id that no record has.
pub static CODE: Code = Code::new(
    "AN102",
    "unknown-id",
    Severity::Error,
    include_str!("unknown_id.rs"),
);

/// Every id of the facts, for finding the nearest.
pub(crate) struct Nearest<'f> {
    ids: Vec<&'f str>,
    /// How many more comparisons may be made.
    left: Cell<usize>,
}

impl<'f> Nearest<'f> {
    /// Beyond this many ids only those that begin alike are compared.
    const MANY: usize = 5000;
    /// The most comparisons for all unknown ids together. Where many ids are unknown, a file is
    /// missing, and none of them is misspelt.
    const MOST: usize = 150_000;

    pub(crate) fn new(facts: &'f Facts) -> Self {
        let mut ids: Vec<&str> = (facts.records())
            .map(|record| *facts.common(record))
            .filter(|common| common.named)
            .map(|common| facts.name(common.id))
            .collect();
        ids.sort_unstable();
        Nearest {
            ids,
            left: Cell::new(Self::MOST),
        }
    }

    fn of(&self, id: &str) -> Vec<&'f str> {
        if self.left.get() == 0 {
            return Vec::new();
        }
        if self.ids.len() <= Self::MANY {
            return self.compared(id, &self.ids);
        }
        let stem: String = id.chars().take(2).collect();
        let from = self.ids.partition_point(|one| *one < stem.as_str());
        let after = &self.ids[from..];
        let count = after.partition_point(|one| one.starts_with(&stem));
        self.compared(id, &after[..count.min(Self::MANY)])
    }

    fn compared(&self, id: &str, ids: &[&'f str]) -> Vec<&'f str> {
        self.left.set(self.left.get().saturating_sub(ids.len()));
        super::nearest(id, ids.iter().copied())
    }
}

pub(crate) fn found(facts: &Facts, name: Name, uses: &Uses, nearest: &Nearest<'_>) -> Finding {
    let id = facts.name(name);
    let shown = super::short(id);
    let records = uses.records();
    let mut finding = Finding::new(
        &CODE,
        match records.len() {
            1 => {
                let user = super::record(facts, uses.first.record);
                format!("{user}: no record has the id \"{shown}\"")
            }
            many => format!("no record has the id \"{shown}\", used in {many} records"),
        },
    );
    let near = nearest.of(id);
    let place = uses.first.place(facts);
    finding = match near.first() {
        Some(near) => finding.at(place.clone(), format!("did you mean \"{near}\"?")),
        None => finding.at(place.clone(), "unknown"),
    };
    finding.further = uses.others.iter().map(|one| one.place(facts)).collect();
    let is_alone = records.len() == 1;
    if records.len() > 2 {
        finding = finding.note(format!("used by {}", super::some_ids(facts, &records)));
    }
    finding.records = records;
    match near.as_slice() {
        [] => finding.help("add the record, or correct the id"),
        [one] if is_alone => {
            let kind = facts
                .find(one)
                .map_or("a record", |record| record.kind().with_article());
            let message = format!("there is {kind} \"{one}\"");
            // Another speaker is another claim: that is the user's to decide.
            if uses.first.says_who_speaks() {
                finding.suggest(message, place, one)
            } else {
                finding.respell(message, place, one)
            }
        }
        [one, ..] if is_alone => finding.suggest(
            format!("records with similar ids: {}", near.join(", ")),
            place,
            one,
        ),
        _ => finding.help(format!("records with similar ids: {}", near.join(", "))),
    }
}
